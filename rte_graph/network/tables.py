"""Tables of network results for people (terminal, Markdown) and for programs (CSV)."""

from __future__ import annotations

import csv
import io
import re
import shutil
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rte_graph.errors import InvalidParameter
from rte_graph.typography import printable

# Columns of a terminal that says nothing about itself (a pipe, a file).
WIDE = 100
# Rich breaks lines at no-break spaces too: private characters of the same width stand in for them.
UNBROKEN = {0xA0: 0xE000, 0x202F: 0xE001}


FORMAT_OF_SUFFIX = {".csv": "csv", ".json": "json", ".md": "markdown", ".txt": "table", "": "table"}


def format_of(asked: str | None, output: Path | None) -> str:
    """Return the output format: the one asked for, else that of the file’s name, else a table.

    Raises
    ------
    InvalidParameter
        The file's name promises a format that is not written here.

    Examples
    --------
    >>> from pathlib import Path
    >>> format_of(None, Path("hubs.json")), format_of("csv", None), format_of(None, None)
    ('json', 'csv', 'table')
    """
    suffix = output.suffix.lower() if output is not None and (output.is_file() or not output.exists()) else ""
    found = asked or FORMAT_OF_SUFFIX.get(suffix)
    if found is None:
        known = ", ".join(key for key in FORMAT_OF_SUFFIX if key)
        raise InvalidParameter(
            fr=f"{output} : « {suffix} » n’est pas un format écrit ici ; nommez un fichier en {known}, "
            "ou donnez --format.",
            en=f"{output}: “{suffix}” is not a format written here; name a file {known}, or give --format.",
            keep=(output,),
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderTable:
    """One table for people: a title, sentences above it, and sentences below it.

    ``numeric`` names the columns that stand to the right, ``unbroken`` those whose cells stay on one line:
    names that a reader types.
    """

    title: str
    above: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int]
    below: tuple[str, ...] = ()
    unbroken: frozenset[int] = frozenset()


def to_terminal(tables: Iterable[ReaderTable], width: int = 0) -> str:
    """Return tables as text that fits the terminal (or ``width`` characters a line)."""
    size = width or shutil.get_terminal_size((WIDE, 24)).columns
    return "\n\n".join(_block(table, size) for table in tables) + "\n"


def _block(table: ReaderTable, width: int) -> str:
    head = "\n".join(_wrapped(line, width) for line in (table.title, *table.above))
    grid = [_drawn(table, width)] if table.rows else []
    return "\n\n".join([head, *grid, *(_wrapped(line, width) for line in table.below)])


def _wrapped(sentence: str, width: int) -> str:
    # textwrap breaks at plain spaces only: « 94 % » keeps its no-break space.
    return "\n".join(
        textwrap.wrap(printable(sentence), width, break_long_words=False, break_on_hyphens=False)
    )


def _drawn(table: ReaderTable, width: int) -> str:
    from rich.console import Console

    out = io.StringIO()
    Console(file=out, width=width, color_system=None, highlight=False, markup=False).print(_grid(table))
    drawn = "\n".join(line.rstrip() for line in out.getvalue().splitlines())
    return drawn.translate({stand_in: space for space, stand_in in UNBROKEN.items()})


def _grid(table: ReaderTable) -> Any:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    grid = Table(
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        show_edge=False,
        show_header=any(table.columns),
        padding=(0, 1),
        collapse_padding=True,
    )
    for index, column in enumerate(table.columns):
        right = index in table.numeric
        grid.add_column(
            Text(_one_line(column)),
            justify="right" if right else "left",
            overflow="fold",
            no_wrap=index in table.unbroken,
        )
    for row in table.rows:
        cells = (
            Text(_one_line(cell).translate(UNBROKEN), no_wrap=index in table.numeric)
            for index, cell in enumerate(row)
        )
        grid.add_row(*cells)
    return grid


def _one_line(cell: str) -> str:
    # Plain white space only: « 94 % » keeps its no-break space.
    return re.sub(r"[ \t\n]+", " ", printable(cell)).strip(" ")


def to_markdown(tables: Iterable[ReaderTable]) -> str:
    """Return tables as Markdown, each under a heading."""
    return "\n".join(_markdown(table) for table in tables)


def _markdown(table: ReaderTable) -> str:
    lines = [f"## {_escaped(table.title)}", ""]
    for sentence in table.above:
        lines += [_escaped(sentence), ""]
    if table.rows:
        rules = ["---:" if index in table.numeric else "---" for index in range(len(table.columns))]
        lines += [_markdown_row(map(_escaped, table.columns)), _markdown_row(rules)]
        lines += [_markdown_row(map(_escaped, row)) for row in table.rows]
        lines.append("")
    for sentence in table.below:
        lines += [_escaped(sentence), ""]
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return re.sub(r"([\\|<>*_`\[\]])", r"\\\1", printable(text)).replace("\n", " ").strip()


def _markdown_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def to_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as CSV (RFC 4180); a list is joined by « ; », nothing stands for None.

    Text that a spreadsheet would run as a formula gets an apostrophe before it.

    Examples
    --------
    >>> to_csv(["label", "value"], [{"label": "=A1", "value": 0.5}])
    "label,value\\r\\n'=A1,0.5\\r\\n"
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_csv_cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue()


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        value = "; ".join(map(str, value))
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return str(value)
