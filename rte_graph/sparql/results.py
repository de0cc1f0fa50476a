"""Tables: what a query gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from rte_graph.namespaces import XSD
from rte_graph.store.base import Term

Row: TypeAlias = tuple[Term | None, ...]

NUMERIC = frozenset(f"{XSD}{name}" for name in ("integer", "decimal", "double", "float"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Result of a query: named columns and rows of terms, None where a value is unbound."""

    columns: tuple[str, ...]
    rows: Sequence[Row]
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
