"""Triples from plain values, for the catalogues."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rte_graph.namespaces import XSD

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from rte_graph.network.wording import Text
    from rte_graph.store.base import Term


def link(subject: str, predicate: str, value: str) -> Triple:
    """Return a triple whose value is an IRI."""
    from pyoxigraph import NamedNode

    return _triple(subject, predicate, NamedNode(value))


def text(subject: str, predicate: str, value: str, language: str | None = None) -> Triple:
    """Return a triple whose value is a text."""
    from pyoxigraph import Literal

    return _triple(subject, predicate, Literal(value, language=language))


def texts(subject: str, predicate: str, value: Text) -> Iterator[Triple]:
    """Yield a text in each language in which there is one."""
    for language, said in (("fr", value.fr), ("en", value.en)):
        if said:
            yield text(subject, predicate, said, language)


def number(subject: str, predicate: str, value: int, kind: str = "integer") -> Triple:
    """Return a triple whose value is a whole number of an XSD type."""
    return typed(subject, predicate, str(value), kind)


def day(subject: str, predicate: str, value: str) -> Triple:
    """Return a triple whose value is a day, a month or a year, by how much is written."""
    return typed(
        subject, predicate, value, {4: "gYear", 7: "gYearMonth", 10: "date"}.get(len(value), "string")
    )


def typed(subject: str, predicate: str, value: str, kind: str) -> Triple:
    """Return a triple whose value is a literal of an XSD type."""
    from pyoxigraph import Literal, NamedNode

    return _triple(subject, predicate, Literal(value, datatype=NamedNode(XSD(kind))))


def _triple(subject: str, predicate: str, value: Term) -> Triple:
    from pyoxigraph import NamedNode, Triple

    return Triple(NamedNode(subject), NamedNode(predicate), value)
