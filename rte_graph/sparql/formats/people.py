"""Tables for people, through the same door as those for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from rte_graph.sparql.model import Library
from rte_graph.sparql.present import format_table, to_markdown
from rte_graph.sparql.results import Row, Table


def write_for_people(
    form: str,
    columns: Sequence[str],
    rows: Iterable[Row],
    out: BinaryIO,
    *,
    lang: str,
    library: Library | None,
    iris: bool,
) -> int:
    """Write a ``table`` for the terminal or ``markdown``; the whole table is held, to fit its columns."""
    table = Table(columns=tuple(columns), rows=tuple(rows), lang=lang)
    write = to_markdown if form == "markdown" else format_table
    out.write(write(table, library, iris=iris).encode())
    return len(table.rows)
