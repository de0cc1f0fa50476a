"""CSV and TSV of the W3C's SPARQL 1.1 results.

References
----------
SPARQL 1.1 Query Results CSV and TSV Formats, W3C Recommendation, 21 March 2013,
https://www.w3.org/TR/sparql11-results-csv-tsv/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from pyoxigraph import BlankNode

from rte_graph.sparql.formats.characters import is_formula, write_texts
from rte_graph.sparql.results import Row, is_number, text
from rte_graph.sparql.terms import turtle_text
from rte_graph.store.base import Term

_QUOTED = re.compile('[",\r\n]')
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


def write_csv(columns: Sequence[str], rows: Iterable[Row], out: BinaryIO, *, safe: bool = False) -> int:
    """Write CSV: one line a row ended by CR LF, bare text, ``_:b`` for a blank node, nothing when unbound.

    Notes
    -----
    A row of one column that is unbound is an empty line, as the Recommendation has it.
    """
    cell = safe_csv_value if safe else csv_value
    out.write((",".join(map(_between_quotes, columns)) + "\r\n").encode())
    return write_texts(
        (",".join([_between_quotes(cell(term)) for term in row]) + "\r\n" for row in rows), out
    )


def csv_value(term: Term | None) -> str:
    """Return the text of a term as CSV gives it, before any quotation marks."""
    return f"_:{term.value}" if isinstance(term, BlankNode) else text(term)


def safe_csv_value(term: Term | None) -> str:
    """Return the text of a term with an apostrophe before it where a spreadsheet would run it as a formula.

    Examples
    --------
    >>> from pyoxigraph import Literal
    >>> safe_csv_value(Literal("=1+1")), safe_csv_value(Literal(-5))
    ("'=1+1", '-5')
    """
    value = csv_value(term)
    if not is_formula(value) or (is_number(term) and _NUMBER.fullmatch(value)):
        return value
    return f"'{value}"


def _between_quotes(value: str) -> str:
    if not _QUOTED.search(value):
        return value
    doubled = value.replace('"', '""')
    return f'"{doubled}"'


def write_tsv(columns: Sequence[str], rows: Iterable[Row], out: BinaryIO) -> int:
    """Write TSV: terms as in Turtle, nothing when unbound, one line a row."""
    out.write(("\t".join(f"?{column}" for column in columns) + "\n").encode())
    return write_texts(("\t".join([turtle_text(term) for term in row]) + "\n" for row in rows), out)
