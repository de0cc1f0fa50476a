"""Tables for people: a terminal table that fits the width, and Markdown."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Sequence

from rte_graph.namespaces import XSD, shorten
from rte_graph.sparql.model import Library
from rte_graph.sparql.results import Row, Table, is_iri, is_number, text
from rte_graph.sparql.wording import NBSP, THIN, date_in_words, number
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
    return value


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
    if _is_document(column):
        return _only_document(table) is not None
    return all(is_iri(term) or _is_iri_list(term) for term in values)


def _is_iri_list(term: Term) -> bool:
    return bool(re.fullmatch(r"(https?://\S+( https?://\S+)*)?", text(term)))


def _is_document(column: str) -> bool:
    return bool(re.fullmatch(r"document[A-Z]?", column))


def _only_document(table: Table) -> str | None:
    """Title of the document that all rows rest on, if there is one only."""
    columns = [column for column in table.columns if _is_document(column)]
    found = {text(term) for column in columns for term in table.column(column) if text(term)}
    return found.pop() if len(found) == 1 else None


def caption(table: Table) -> str:
    """Sentence below a table: the document whose lines it cites, when it is one; else nothing."""
    document = _only_document(table)
    if document is None:
        return ""
    return f"Lines of: {document}." if table.lang == "en" else f"Lignes de{NBSP}: {document}."


def format_table(table: Table, library: Library | None = None, *, iris: bool = False, width: int = 0) -> str:
    """Return the table for a terminal.

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
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text as Cell

    columns = shown_columns(table, iris=iris)
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1))
    for column in columns:
        numeric = _numeric(table, column)
        title = _kept_together(heading(library, column, table.lang))
        grid.add_column(Cell(title), justify="right" if numeric else "left", no_wrap=numeric, overflow="fold")
    places = [table.columns.index(column) for column in columns]
    for row in table.rows:
        grid.add_row(*(Cell(_kept_together(_shown(table, row, place))) for place in places))
    out = io.StringIO()
    size = width or shutil.get_terminal_size((_WIDE, 24)).columns
    Console(file=out, width=size, color_system=None, highlight=False, markup=False).print(grid)
    lines = [line.rstrip() for line in _spaced(out.getvalue()).splitlines()]
    below = ["", caption(table)] if not iris and caption(table) else []
    return "\n".join([*lines, *below]) + "\n"


# rich breaks lines at no-break spaces as at any other; these stand in for them while it lays the table out.
_STAND_INS: dict[str, str] = {NBSP: "\ue000", THIN: "\ue001"}


def _kept_together(value: str) -> str:
    return value.replace(NBSP, _STAND_INS[NBSP]).replace(THIN, _STAND_INS[THIN])


def _spaced(value: str) -> str:
    return value.replace(_STAND_INS[NBSP], NBSP).replace(_STAND_INS[THIN], THIN)


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


def to_markdown(table: Table, library: Library | None = None, *, iris: bool = False) -> str:
    """Return the table as a Markdown table, numbers to the right."""
    columns = shown_columns(table, iris=iris)
    places = [table.columns.index(column) for column in columns]
    rules = ["---:" if _numeric(table, column) else "---" for column in columns]
    lines = [
        _markdown_line([heading(library, column, table.lang) for column in columns]),
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
