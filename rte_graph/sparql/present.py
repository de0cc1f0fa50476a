"""Tables for people: a terminal table that fits the width, and Markdown."""

from __future__ import annotations

import re
import shutil
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rte_graph.namespaces import XSD, shorten
from rte_graph.sparql.model import Library
from rte_graph.sparql.results import Row, Table, is_iri, is_number, text
from rte_graph.sparql.wording import NBSP, date_in_words, number, one_line
from rte_graph.store.base import Term

_DATES = frozenset(f"{XSD}{name}" for name in ("date", "gYear", "gYearMonth"))
_FOR_SORTING = ("earliest", "latest")
"""Days that bound a date: people see the date as it is printed."""

_WIDE = 100
"""Columns of a terminal that says nothing about itself (a pipe, a file)."""


def readable(term: Term | None, lang: str) -> str:
    """Write a term for people: grouped digits, dates in words, yes and no, IRIs in their short form.

    Examples
    --------
    >>> from pyoxigraph import Literal
    >>> readable(Literal(120000), "en"), readable(Literal(True), "fr")
    ('120,000', 'oui')
    """
    value = text(term)
    if is_iri(term):
        return shorten(value)
    if is_number(term):
        return number(value, lang)
    datatype = getattr(getattr(term, "datatype", None), "value", "")
    if datatype in _DATES:
        return date_in_words(value, lang)
    if datatype == f"{XSD}boolean":
        return {("true", "en"): "yes", ("false", "en"): "no", ("true", "fr"): "oui"}.get((value, lang), "non")
    return one_line(value)


def shown_columns(table: Table, *, iris: bool) -> tuple[str, ...]:
    """Columns that people see.

    Without `iris`, columns of IRIs (``?member`` beside ``?memberLabel``) are left out, and so are columns
    without any value and a document that is the same in all rows (see `caption`).
    """
    if iris:
        return table.columns
    plain = tuple(column for column in table.columns if not _is_hidden(table, column))
    return plain or table.columns


def _is_hidden(table: Table, column: str) -> bool:
    if f"{column}Label" in table.columns or column.endswith("Iri") or column in _FOR_SORTING:
        return True
    values = [term for term in table.column(column) if term is not None]
    if not table.rows:
        return False
    if is_document(column):
        return not values or _only_document(table) is not None
    return all(is_iri(term) or is_iri_list(term) for term in values)


def is_iri_list(term: Term | None) -> bool:
    """Whether a text is nothing but addresses with spaces between them."""
    return not is_iri(term) and bool(re.fullmatch(r"(https?://\S+( https?://\S+)*)?", text(term)))


def is_document(column: str) -> bool:
    """Whether a column names the document that a line stands in."""
    return bool(re.fullmatch(r"document[A-Z]?", column))


def iri_column_of(columns: Sequence[str], column: str) -> str | None:
    """Name of the column that holds the IRIs of a column of labels, if there is one.

    Examples
    --------
    >>> iri_column_of(["role", "roleIri", "member", "memberLabel"], "memberLabel")
    'member'
    """
    iri = column.removesuffix("Label") if column.endswith("Label") else f"{column}Iri"
    return iri if iri != column and iri in columns else None


def _only_document(table: Table) -> str | None:
    """Title of the document that all rows rest on, if there is one only."""
    columns = [column for column in table.columns if is_document(column)]
    found = {text(term) for column in columns for term in table.column(column) if text(term)}
    return found.pop() if len(found) == 1 else None


def caption(table: Table) -> str:
    """Sentence below a table: the document whose lines it cites, when it is one; else nothing."""
    document = _only_document(table)
    if document is None:
        return ""
    return f"Lines of: {document}." if table.lang == "en" else f"Lignes de{NBSP}: {document}."


def format_table(table: Table, library: Library | None = None, *, iris: bool = False, width: int = 0) -> str:
    """Return the table for a terminal: it fits the width, words stay whole, numbers stand to the right.

    Parameters
    ----------
    table
        What to show.
    library
        Gives the columns headings in the table's language; their names are spelt out without it.
    iris
        Show the columns of IRIs too.
    width
        Characters a line; the terminal's when 0.

    Notes
    -----
    A table whose columns do not fit side by side is written as one block of lines a row.
    """
    columns = [
        _column(table, name, _titled(table, library, name)) for name in shown_columns(table, iris=iris)
    ]
    size = width or shutil.get_terminal_size((_WIDE, 24)).columns
    shown = next((grid for gap, broken in _TRIES if (grid := _grid(columns, size, gap, broken))), None)
    shown = shown or _records(columns, size)
    below = f"\n{caption(table)}\n" if not iris and caption(table) else ""
    return shown + below


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    title: str
    cells: tuple[str, ...]
    numeric: bool

    @property
    def natural(self) -> int:
        """Width at which no cell is broken."""
        return max(map(len, (self.title, *self.cells)))

    @property
    def least(self) -> int:
        """Width below which a word would be broken, or a number, whose groups stay together."""
        cells = self.cells if self.numeric else [word for cell in self.cells for word in cell.split(" ")]
        return max(map(len, [*self.title.split(" "), *cells]))


def _column(table: Table, name: str, title: str) -> _Column:
    place = table.columns.index(name)
    cells = tuple(_shown(table, row, place) for row in table.rows)
    return _Column(title=title, cells=cells, numeric=_numeric(table, name))


_TRIES = ((3, 1000), (2, 1000), (2, 13))
"""Spaces between columns, and length from which a word may be broken: as roomy as the width allows."""


def _widths(columns: Sequence[_Column], room: int, broken: int) -> list[int]:
    """Widths that fill at most `room`, the widest columns giving way first; nothing when it cannot be."""
    widths = [column.natural for column in columns]
    least = [column.least if column.numeric else min(column.least, broken) for column in columns]
    if sum(least) > room:
        return []
    while sum(widths) > room:
        index = max(range(len(widths)), key=lambda each: (widths[each] > least[each], widths[each]))
        widths[index] -= 1
    return widths


def _grid(columns: Sequence[_Column], size: int, gap: int, broken: int) -> str:
    widths = _widths(columns, size - gap * (len(columns) - 1), broken)
    if not widths:
        return ""
    lines = _line([column.title for column in columns], columns, widths, gap)
    lines.append("─" * (sum(widths) + gap * (len(widths) - 1)))
    for cells in zip(*(column.cells for column in columns), strict=True):
        lines += _line(cells, columns, widths, gap)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _line(cells: Sequence[str], columns: Sequence[_Column], widths: Sequence[int], gap: int) -> list[str]:
    # textwrap breaks at plain spaces only: a no-break space keeps « words » together.
    wrapped = [
        textwrap.wrap(cell, width, break_on_hyphens=False) or [""]
        for cell, width in zip(cells, widths, strict=True)
    ]
    return [
        (" " * gap).join(
            piece.rjust(width) if column.numeric else piece.ljust(width)
            for piece, column, width in zip(pieces, columns, widths, strict=True)
        )
        for pieces in zip_longest(*wrapped, fillvalue="")
    ]


def _records(columns: Sequence[_Column], size: int) -> str:
    blocks = []
    for cells in zip(*(column.cells for column in columns), strict=True):
        fields = [f"{column.title} | {cell}" for column, cell in zip(columns, cells, strict=True) if cell]
        lines = [textwrap.fill(field, size, subsequent_indent="    ") for field in fields]
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def shown_cells(table: Table, *, iris: bool = False) -> tuple[tuple[str, ...], ...]:
    """Cells that people see, row by row, in the order of `shown_columns`."""
    places = [table.columns.index(column) for column in shown_columns(table, iris=iris)]
    return tuple(tuple(_shown(table, row, place) for place in places) for row in table.rows)


def _shown(table: Table, row: Row, place: int) -> str:
    value = readable(row[place], table.lang)
    # A passage of one line is one number.
    return re.sub(r"\b(\d+)-\1\b", r"\1", value) if table.columns[place].startswith("lines") else value


def _numeric(table: Table, column: str) -> bool:
    values = [term for term in table.column(column) if term is not None]
    return bool(values) and all(is_number(term) for term in values)


def heading(library: Library | None, column: str, lang: str) -> str:
    """Heading of a column for people."""
    return (library or Library(queries={})).heading(column, lang)


def heading_of(columns: Sequence[str], library: Library | None, column: str, lang: str) -> str:
    """Heading of a column beside others: an IRI beside its label says that it is the IRI."""
    return (library or Library(queries={})).title(column, columns, lang)


def _titled(table: Table, library: Library | None, column: str) -> str:
    return heading_of(table.columns, library, column, table.lang)


def to_markdown(table: Table, library: Library | None = None, *, iris: bool = False) -> str:
    """Return the table as a Markdown table, numbers to the right."""
    columns = shown_columns(table, iris=iris)
    places = [table.columns.index(column) for column in columns]
    rules = ["---:" if _numeric(table, column) else "---" for column in columns]
    lines = [
        _markdown_line([_titled(table, library, column) for column in columns]),
        _markdown_line(rules),
        *(_markdown_line(_markdown_cells(table, row, places)) for row in table.rows),
        *(["", caption(table)] if not iris and caption(table) else []),
    ]
    return "\n".join(lines) + "\n"


def _markdown_cells(table: Table, row: Row, places: Sequence[int]) -> list[str]:
    values = (_shown(table, row, place) for place in places)
    return [re.sub(r"([\\|<>*_`\[\]])", r"\\\1", value).replace("\n", " ") for value in values]


def _markdown_line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
