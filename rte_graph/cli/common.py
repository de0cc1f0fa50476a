"""What verb modules need: ``command``, ``group``, ``option``, ``argument``, ``text`` and the session.

A verb::

    @command("hubs", help=text(fr="Classer les nœuds.", en="Rank the nodes."), example="rte-graph hubs x")
    @argument("name", metavar=text(fr="NOM", en="NAME"))
    @option("--top", type=int, help=text(fr="Les N premiers.", en="The first N."))
    def hubs(session: Session, name: str, top: int | None) -> None:
        from rte_graph.network import ...   # heavy imports stand inside
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from rte_graph.cli.language import Text, current_language, text
from rte_graph.cli.localised import LocalArgument, LocalCommand, LocalGroup, LocalOption
from rte_graph.cli.session import Session, write_file
from rte_graph.errors import InvalidParameter

__all__ = [
    "FilePath",
    "Session",
    "Text",
    "argument",
    "command",
    "current_language",
    "format_option",
    "group",
    "option",
    "output_option",
    "safe_csv_option",
    "say_unvalidated",
    "store_option",
    "text",
    "write_file",
]

_Function = TypeVar("_Function", bound=Callable[..., Any])


def command(
    name: str,
    *,
    help: Text,  # noqa: A002 - click's word
    example: str | Text,
    parent: LocalGroup | None = None,
    hidden: bool = False,
) -> Callable[[Callable[..., Any]], LocalCommand]:
    """Make a function a verb with the common options; it gets the :class:`Session` first.

    Parameters
    ----------
    name : str
        The verb.
    help : Text
        What it does, in both languages.
    example : str or Text
        One or more lines to copy into a terminal.
    parent : LocalGroup, optional
        The group to which the verb belongs.
    hidden : bool
        Whether the verb is left out of the list.
    """

    def decorate(function: Callable[..., Any]) -> LocalCommand:
        made = click.command(name, cls=LocalCommand, help=help, example=example, hidden=hidden)(
            _with_session(function)
        )
        if parent is not None:
            parent.add_command(made)
        return made

    return decorate


def group(
    name: str,
    *,
    help: Text,  # noqa: A002
    example: str | Text,
    lazy: Mapping[str, tuple[str, Text]] | None = None,
) -> Callable[[Callable[..., Any]], LocalGroup]:
    """Make a function (called first, with the session) a verb that has verbs of its own."""

    def decorate(function: Callable[..., Any]) -> LocalGroup:
        return click.group(name, cls=LocalGroup, help=help, example=example, lazy=lazy)(
            _with_session(function)
        )

    return decorate


def option(*declarations: str, **attributes: Any) -> Callable[[_Function], _Function]:
    """Add an option; as ``click.option``, with ``help`` a :class:`Text`."""
    return click.option(*declarations, cls=LocalOption, **attributes)


def argument(*declarations: str, **attributes: Any) -> Callable[[_Function], _Function]:
    """Add an argument; as ``click.argument``, with ``metavar`` and ``help`` a :class:`Text`."""
    return click.argument(*declarations, cls=LocalArgument, **attributes)


class FilePath(click.Path):
    """A path given on the command line; an empty one (a shell variable that is not set) is refused."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(path_type=Path, **attributes)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path."""
        if str(value) == "":
            raise InvalidParameter(
                fr="Un des chemins donnés est vide : écrivez-le, ou écrivez « . » pour le dossier courant.",
                en="One of the paths given is empty: write it, or write “.” for the current folder.",
            )
        return super().convert(value, param, ctx)


def say_unvalidated(session: Session) -> None:
    """Say that nobody has asked the shapes about the store named: that takes seconds, and is a verb."""
    from rte_graph.loading import is_validated, place_of

    if place_of(session.store_spec).kind == "packaged":
        return
    if not is_validated(session.store):
        command = f"rte-graph validate{store_option(session)}"
        session.say(
            fr=f"Données non validées ; « {command} » dit si elles sont conformes.",
            en=f"These data are not validated; “{command}” says whether they conform.",
        )


def store_option(session: Session) -> str:
    """Return what to add to a command so that it reads this session's store; nothing if rte.toml names it."""
    from rte_graph.project import read_project

    spec = session.store_spec
    return "" if spec is None or read_project().store == spec else f" --store {shlex.quote(spec)}"


def output_option(function: _Function) -> _Function:
    """Add ``-o FILE``, given to the function as ``output: Path | None``."""
    return option(
        "-o",
        "--output",
        type=FilePath(dir_okay=False),
        metavar=text(fr="FICHIER", en="FILE"),
        help=text(
            fr="Écrire dans ce fichier au lieu de l’écran.", en="Write to this file, not to the screen."
        ),
    )(function)


def format_option(*forms: str) -> Callable[[_Function], _Function]:
    """Add ``--format``, given to the function as ``form: str | None``; None means: by the file's name."""
    return option(
        "--format",
        "form",
        type=click.Choice(forms),
        help=text(
            fr=f"Forme du résultat ; par défaut celle du nom de FICHIER (-o), sinon {forms[0]}.",
            en=f"Form of the result; by default that of FILE’s name (-o), else {forms[0]}.",
        ),
    )


def safe_csv_option(function: _Function) -> _Function:
    """Add ``--safe-csv``, given to the function as ``safe: bool``."""
    return option(
        "--safe-csv",
        "safe",
        is_flag=True,
        help=text(
            fr="Avec csv : une apostrophe devant les textes qu’un tableur exécuterait comme des formules.",
            en="With csv: an apostrophe before texts that a spreadsheet would run as formulas.",
        ),
    )(function)


def _with_session(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def run(*arguments: Any, **options: Any) -> Any:
        session = click.get_current_context().ensure_object(Session)
        return function(session, *arguments, **options)

    return run
