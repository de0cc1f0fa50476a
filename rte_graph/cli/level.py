"""``--level``: whether the organisations of one family are one node each, or one node together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from rte_graph.cli.common import option, text

LEVELS = ("instance", "family")

_Function = TypeVar("_Function", bound=Callable[..., Any])


def level_option(function: _Function) -> _Function:
    """Add ``--level``, given to the function as ``level: str | None``."""
    return option(
        "--level",
        type=click.Choice(LEVELS),
        help=text(
            fr="instance : chaque organisation nommée est un nœud (par défaut) ; family : celles d’une même "
            "famille en sont un seul.",
            en="instance: each named organisation is a node (the default); family: those of one family are "
            "a single node.",
        ),
    )(function)


def level_value(level: str | None) -> dict[str, str]:
    """Return the value of the network query’s parameter; nothing leaves its default."""
    return {} if level is None else {"level": level}
