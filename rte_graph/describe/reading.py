"""How the triples around an IRI are read: by queries from any store, or by the index of an engine at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from pyoxigraph import Literal, NamedNode

from rte_graph.namespaces import DCTERMS, RDF, RDFS, RTE, SKOS
from rte_graph.sparql.names import labels
from rte_graph.sparql.terms import iri_text, is_absolute, known_iris
from rte_graph.store.base import Store, Term
from rte_graph.store.engine import EngineStore

TYPE = RDF("type")
PERSON, ALLIANCE = RTE("Person"), RTE("Alliance")
_NAMES = (SKOS("prefLabel"), RDFS("label"), DCTERMS("title"))
_KEPT = 200_000


class Reading(Protocol):
    """What a neighbourhood asks for; answers come in no order."""

    def outward(self, iri: str) -> Iterable[tuple[str, Term]]:
        """Predicates and values of an IRI."""
        ...

    def inward(self, iri: str) -> Iterable[tuple[str, str]]:
        """Subjects and predicates of the triples that point to an IRI."""
        ...

    def nodes(self, iris: Sequence[str]) -> Iterable[tuple[str, str, Term]]:
        """All triples of some subjects."""
        ...

    def pointing(self, predicate: str, iris: Sequence[str]) -> set[str]:
        """Subjects that point to one of some IRIs by a predicate."""
        ...

    def labels(self, iris: Sequence[str], lang: str) -> dict[str, str]:
        """Labels: in the language, else French, English, any; absent where there is none."""
        ...

    def classes(self, iris: Sequence[str]) -> set[tuple[str, str]]:
        """Which of some IRIs are persons and alliances."""
        ...


class StoreReading:
    """Reads by SPARQL, a few queries for one IRI."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def outward(self, iri: str) -> Iterator[tuple[str, Term]]:
        """Predicates and values of an IRI."""
        for predicate, value in self._rows(f"SELECT ?p ?o WHERE {{ {iri_text(iri)} ?p ?o }}"):
            yield predicate.value, value

    def inward(self, iri: str) -> Iterator[tuple[str, str]]:
        """Subjects and predicates of the triples that point to an IRI."""
        for subject, predicate in self._rows(f"SELECT ?s ?p WHERE {{ ?s ?p {iri_text(iri)} }}"):
            yield subject.value, predicate.value

    def nodes(self, iris: Sequence[str]) -> Iterator[tuple[str, str, Term]]:
        """All triples of some subjects."""
        for start in range(0, len(iris), 500):
            values = known_iris(iris[start : start + 500])
            query = f"SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ {values} }} ?s ?p ?o }}"
            for subject, predicate, value in self._rows(query):
                yield subject.value, predicate.value, value

    def pointing(self, predicate: str, iris: Sequence[str]) -> set[str]:
        """Subjects that point to one of some IRIs by a predicate."""
        query = f"SELECT ?s WHERE {{ VALUES ?o {{ {known_iris(iris)} }} ?s <{predicate}> ?o }}"
        return {row[0].value for row in self._rows(query)}

    def labels(self, iris: Sequence[str], lang: str) -> dict[str, str]:
        """Labels of IRIs."""
        return labels(self._store, iris, lang)

    def classes(self, iris: Sequence[str]) -> set[tuple[str, str]]:
        """Which of some IRIs are persons and alliances."""
        found: set[tuple[str, str]] = set()
        for start in range(0, len(iris), 500):
            query = (
                f"SELECT ?s ?class WHERE {{ VALUES ?s {{ {known_iris(iris[start : start + 500])} }} "
                f"?s <{TYPE}> ?class . FILTER(?class IN (<{PERSON}>, <{ALLIANCE}>)) }}"
            )
            found.update((subject.value, each.value) for subject, each in self._rows(query))
        return found

    def _rows(self, query: str) -> Iterator[tuple[Term, ...]]:
        for row in self._store.select(query).rows:
            yield tuple(term for term in row if term is not None)


class IndexReading:
    """Reads from the index of an engine in this process, for whoever describes thousands of IRIs.

    Labels and classes of what is met again and again (concepts, properties) are kept, a bounded number.
    """

    def __init__(self, store: EngineStore) -> None:
        self._store = store
        self._labels: dict[tuple[str, str], str | None] = {}
        self._classes: dict[str, tuple[str, ...]] = {}

    def outward(self, iri: str) -> Iterator[tuple[str, Term]]:
        """Predicates and values of an IRI."""
        for triple in self._store.match(subject=NamedNode(iri_text(iri)[1:-1])):
            yield triple.predicate.value, triple.object  # type: ignore[misc]

    def inward(self, iri: str) -> Iterator[tuple[str, str]]:
        """Subjects and predicates of the triples that point to an IRI."""
        for triple in self._store.match(value=NamedNode(iri_text(iri)[1:-1])):
            yield triple.subject.value, triple.predicate.value  # type: ignore[union-attr]

    def nodes(self, iris: Sequence[str]) -> Iterator[tuple[str, str, Term]]:
        """All triples of some subjects."""
        for iri in filter(is_absolute, iris):
            for predicate, value in self.outward(iri):
                yield iri, predicate, value

    def pointing(self, predicate: str, iris: Sequence[str]) -> set[str]:
        """Subjects that point to one of some IRIs by a predicate."""
        return {
            subject
            for iri in filter(is_absolute, iris)
            for subject, found in self.inward(iri)
            if found == predicate
        }

    def labels(self, iris: Sequence[str], lang: str) -> dict[str, str]:
        """Labels of IRIs."""
        found = {}
        for iri in iris:
            key = (iri, lang)
            if key not in self._labels:
                self._make_room(self._labels)
                self._labels[key] = self._label(iri, lang)
            label = self._labels[key]
            if label is not None:
                found[iri] = label
        return found

    def classes(self, iris: Sequence[str]) -> set[tuple[str, str]]:
        """Which of some IRIs are persons and alliances."""
        return {(iri, each) for iri in iris for each in self._classes_of(iri)}

    def _classes_of(self, iri: str) -> tuple[str, ...]:
        known = self._classes.get(iri)
        if known is None:
            self._make_room(self._classes)
            types = {value.value for p, value in self._own(iri) if p == TYPE}
            known = self._classes[iri] = tuple(each for each in (PERSON, ALLIANCE) if each in types)
        return known

    def _label(self, iri: str, lang: str) -> str | None:
        """Return the label by the order that :func:`rte_graph.sparql.names.labels` has."""
        order = {"fr": 1, "en": 2, "": 3, lang: 0}
        ranked = [
            (order.get(value.language or "", 4), predicate != SKOS("prefLabel"), value.value)
            for predicate, value in self._own(iri)
            if predicate in _NAMES and isinstance(value, Literal)
        ]
        return min(ranked)[2] if ranked else None

    def _own(self, iri: str) -> Iterable[tuple[str, Term]]:
        return self.outward(iri) if is_absolute(iri) else ()

    @staticmethod
    def _make_room(kept: dict[Any, Any]) -> None:
        if len(kept) >= _KEPT:
            kept.clear()
