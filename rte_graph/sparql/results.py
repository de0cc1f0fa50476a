"""Tables: what a query gives, in one order, in formats for programs and for people."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from rte_graph.namespaces import XSD
from rte_graph.sparql.collation import collation_key
from rte_graph.sparql.model import SortKey
from rte_graph.sparql.terms import turtle_text
from rte_graph.store.base import Term

Row: TypeAlias = tuple[Term | None, ...]

NUMERIC = frozenset(f"{XSD}{name}" for name in ("integer", "decimal", "double", "float"))
SortValue: TypeAlias = tuple[int, float, tuple[str, str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Result of a query: named columns and rows of terms, None where a value is unbound."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    lang: str = "fr"

    def column(self, name: str) -> tuple[Term | None, ...]:
        """All values of a column."""
        index = self.columns.index(name)
        return tuple(row[index] for row in self.rows)

    def records(self) -> Iterator[dict[str, str]]:
        """Rows as dictionaries of plain text; unbound values are left out."""
        for row in self.rows:
            yield {name: text(term) for name, term in zip(self.columns, row, strict=True) if term is not None}


def text(term: Term | None) -> str:
    """Bare text of a term: the characters of a literal, the address of an IRI, nothing when unbound."""
    return "" if term is None else str(getattr(term, "value", term))


def is_iri(term: Term | None) -> bool:
    """Whether a term is an IRI."""
    return isinstance(term, NamedNode)


def is_number(term: Term | None) -> bool:
    """Whether a term is a number."""
    return isinstance(term, Literal) and term.datatype.value in NUMERIC


def sorted_rows(columns: Sequence[str], rows: Sequence[Row], order: Sequence[SortKey]) -> tuple[Row, ...]:
    """Sort rows by columns: numbers by value, text in French order, unbound values last.

    Rows that are equal in all of them are ordered by all columns, so that the order is always the same.
    """
    named = [key for key in order if key.column in columns]
    places = [_ranks([row[columns.index(key.column)] for row in rows], key.descending) for key in named]
    keys = list(zip(*places, strict=True)) if places else [()] * len(rows)
    ordered: list[Row] = []
    # Most rows differ in the named columns: only those that do not are compared as a whole, which costs more.
    for _, equal in groupby(sorted(range(len(rows)), key=keys.__getitem__), key=keys.__getitem__):
        group = [rows[index] for index in equal]
        if len(group) > 1:
            group.sort(key=lambda row: tuple(turtle_text(term) for term in row))
        ordered += group
    return tuple(ordered)


def _ranks(terms: Sequence[Term | None], descending: bool) -> list[int]:
    """Rank of each term among the distinct ones, 0 first; equal terms share one, unbound ones come last."""
    keys = {term: sort_value(term) for term in terms if term is not None}
    distinct = sorted(keys, key=keys.__getitem__, reverse=descending)
    rank: dict[Term | None, int] = {None: len(distinct)}
    for place, (_, equal) in enumerate(groupby(distinct, key=keys.__getitem__)):
        rank.update(dict.fromkeys(equal, place))
    return [rank[term] for term in terms]


def sort_value(term: Term | None) -> SortValue:
    """Sort key of a term: numbers by value before everything else by its text.

    A literal that only says that it is a number (``"beaucoup"^^xsd:integer``) is text.
    """
    if is_number(term):
        try:
            value = float(text(term))
        except (ValueError, OverflowError):
            value = float("nan")
        if value == value:  # NaN has no place among numbers
            return 0, value, ("", "", "")
    return 1, 0.0, collation_key(text(term))


def to_csv(table: Table) -> str:
    """Return the table as CSV (W3C SPARQL results, RFC 4180), with one difference.

    Text that a spreadsheet would run as a formula (it begins with ``=``, ``+``, ``-`` or ``@``) gets an
    apostrophe before it; TSV and JSON keep every value as it is.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([_csv_cell(term) for term in row] for row in table.rows)
    return out.getvalue()


def _csv_cell(term: Term | None) -> str:
    value = text(term)
    formula = value.startswith(("=", "+", "-", "@", "\t", "\r")) and not is_number(term)
    return f"'{value}" if formula else value


def to_tsv(table: Table) -> str:
    """Return the table as W3C SPARQL results TSV: terms as in Turtle, one row a line."""
    lines = ["\t".join(f"?{column}" for column in table.columns)]
    lines += ["\t".join(turtle_text(term) for term in row) for row in table.rows]
    return "\n".join(lines) + "\n"


def to_json(table: Table) -> str:
    """Return the table as W3C SPARQL results JSON."""
    bindings = [
        {name: _json_term(term) for name, term in zip(table.columns, row, strict=True) if term is not None}
        for row in table.rows
    ]
    document = {"head": {"vars": list(table.columns)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    assert isinstance(term, Literal)
    result = {"type": "literal", "value": term.value}
    if term.language:
        result["xml:lang"] = term.language
    elif term.datatype.value != f"{XSD}string":
        result["datatype"] = term.datatype.value
    return result


MACHINE_FORMATS: dict[str, Callable[[Table], str]] = {"csv": to_csv, "tsv": to_tsv, "json": to_json}
