"""Results in the forms that programs and people read: W3C's, spreadsheets, Turtle and its kin.

What programs read is written row by row, so that memory does not grow with the result. CSV, TSV, JSON and XML
are the W3C's SPARQL 1.1 results; N-Triples, Turtle and JSON-LD hold graphs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import BinaryIO

from pyoxigraph import Triple

from rte_graph.errors import UsageError
from rte_graph.sparql.formats.about import About, about_query, no_truncation
from rte_graph.sparql.model import Library
from rte_graph.sparql.results import Row, Table

__all__ = [
    "BINARY_FORMS",
    "BOOLEAN_FORMS",
    "GRAPH_FORMS",
    "TABLE_FORMS",
    "About",
    "about_query",
    "to_text",
    "write_boolean",
    "write_graph",
    "write_table",
]

TABLE_FORMS = ("table", "csv", "tsv", "json", "xml", "xlsx", "markdown")
"""Forms of a table, the default first; ``table`` and ``markdown`` need the whole table to fit its columns."""

GRAPH_FORMS = ("turtle", "jsonld", "ntriples")
"""Forms of a graph, the default first; only N-Triples is written as the triples come."""

BOOLEAN_FORMS = ("table", "json", "xml")
"""Forms of yes or no, the default first."""

BINARY_FORMS = frozenset({"xlsx"})
"""Forms that a terminal cannot show."""


def write_table(
    form: str,
    columns: Sequence[str],
    rows: Iterable[Row],
    out: BinaryIO,
    *,
    lang: str = "fr",
    library: Library | None = None,
    iris: bool = False,
    safe: bool = False,
    about: About | None = None,
    truncated: Callable[[], str | None] = no_truncation,
) -> int:
    """Write a table, reading its rows once.

    Parameters
    ----------
    form
        One of `TABLE_FORMS`.
    columns
        Names without the question mark.
    rows
        One term (or None) per column.
    out
        Where the bytes go; it need not be seekable, and is not closed.
    lang
        Language of headings and of what is written for people.
    library
        Gives headings; the names of the columns are spelt out without it.
    iris
        Show people the columns of IRIs too (``table`` and ``markdown``).
    safe
        Put an apostrophe before text that a spreadsheet would run as a formula (``csv`` only).
    about
        What the table is, for the second sheet of ``xlsx``.
    truncated
        Asked once all rows are read: a sentence that says how the rows were cut, or None.

    Returns
    -------
    int
        Number of rows written.

    Raises
    ------
    UsageError
        No table can be written in this form.
    SizeLimit
        A spreadsheet cannot hold that much (``xlsx``).
    """
    if form in ("table", "markdown"):
        from rte_graph.sparql.formats.people import write_for_people

        return write_for_people(form, columns, rows, out, lang=lang, library=library, iris=iris)
    if form == "xlsx":
        from rte_graph.sparql.formats.xlsx import write_xlsx

        return write_xlsx(
            columns, rows, out, lang=lang, library=library, about=about or About(), truncated=truncated
        )
    from rte_graph.sparql.formats.json_results import write_json
    from rte_graph.sparql.formats.separated import write_csv, write_tsv
    from rte_graph.sparql.formats.xml_results import write_xml

    if form == "csv":
        return write_csv(columns, rows, out, safe=safe)
    writers = {"tsv": write_tsv, "json": write_json, "xml": write_xml}
    if form not in writers:
        raise _no_such_form("tableau", "table", form, TABLE_FORMS)
    return writers[form](columns, rows, out)


def to_text(form: str, table: Table, *, safe: bool = False) -> str:
    """Return a table in one of the W3C's forms (``csv``, ``tsv``, ``json``, ``xml``); see `write_table`.

    Examples
    --------
    >>> from pyoxigraph import Literal
    >>> to_text("csv", Table(columns=("x",), rows=((Literal("=1+1"),),)), safe=True)
    "x\\r\\n'=1+1\\r\\n"
    """
    out = BytesIO()
    write_table(form, table.columns, table.rows, out, lang=table.lang, safe=safe)
    return out.getvalue().decode()


def write_graph(form: str, triples: Iterable[Triple], out: BinaryIO) -> None:
    """Write a graph in one of `GRAPH_FORMS`.

    Turtle is canonical and JSON-LD sorted: the same triples give the same bytes. N-Triples are written as
    they come, each as often as it comes.

    Raises
    ------
    UsageError
        No graph can be written in this form.
    """
    from rte_graph.sparql.formats.graphs import GRAPH_WRITERS

    if form not in GRAPH_WRITERS:
        raise _no_such_form("graphe", "graph", form, GRAPH_FORMS)
    GRAPH_WRITERS[form](triples, out)


def write_boolean(form: str, value: bool, out: BinaryIO, *, lang: str = "fr") -> None:
    """Write yes or no in one of `BOOLEAN_FORMS`.

    Raises
    ------
    UsageError
        Yes or no cannot be written in this form.
    """
    from rte_graph.sparql.formats.json_results import boolean_json
    from rte_graph.sparql.formats.xml_results import boolean_xml

    words = {(True, "fr"): "oui", (True, "en"): "yes", (False, "en"): "no"}
    if form not in BOOLEAN_FORMS:
        raise _no_such_form("oui ou non", "yes or no", form, BOOLEAN_FORMS)
    if form == "table":
        out.write(f"{words.get((value, lang), 'non')}\n".encode())
    else:
        out.write((boolean_json if form == "json" else boolean_xml)(value).encode())


def _no_such_form(fr: str, en: str, form: str, possible: Sequence[str]) -> UsageError:
    listed = ", ".join(possible)
    return UsageError(
        fr=f"Un résultat « {fr} » ne s’écrit pas en {form} : choisissez parmi {listed}.",
        en=f"A result “{en}” cannot be written as {form}: choose among {listed}.",
    )
