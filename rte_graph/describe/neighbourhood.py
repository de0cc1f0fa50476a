"""What stands around one IRI in the store: its triples, those that point to it, and the nodes between."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from pyoxigraph import Literal, NamedNode, Triple

from rte_graph.describe.reading import ALLIANCE, PERSON, TYPE, Reading, StoreReading
from rte_graph.namespaces import DATA_BASE, RDF, RTE, VOCABULARY_BASE
from rte_graph.sparql.terms import last_segment
from rte_graph.store.base import Store, Term

__all__ = ["ALLIANCE", "NARY", "PERSON", "TYPE", "Neighbourhood", "gather", "read_neighbourhood"]

NARY = frozenset(
    RTE(name)
    for name in (
        "Membership",
        "StakeholderRelation",
        "Interaction",
        "Participation",
        "Funding",
        "Figure",
        "Claim",
        "Characterisation",
    )
)
"""Classes whose instances are statements about other things."""


@dataclass(slots=True)
class Neighbourhood:
    """Triples around a subject, indexed by subject and predicate, and the labels of all IRIs in them."""

    iri: str
    lang: str
    inward: list[tuple[str, str]] = field(default_factory=list)
    _values: dict[str, dict[str, list[Term]]] = field(default_factory=dict)
    _labels: dict[str, str] = field(default_factory=dict)
    _classes: set[tuple[str, str]] = field(default_factory=set)

    def add(self, subject: str, predicate: str, value: Term) -> None:
        """Add a triple; a triple that is there already is not added again."""
        known = self._values.setdefault(subject, {}).setdefault(predicate, [])
        if value not in known:
            known.append(value)

    def subjects(self) -> Iterator[str]:
        """All subjects whose triples are known."""
        return iter(self._values)

    def predicates(self, subject: str) -> Iterator[str]:
        """Predicates of a subject."""
        return iter(self._values.get(subject, {}))

    def values(self, subject: str, predicate: str) -> list[Term]:
        """Values of a subject's predicate."""
        return self._values.get(subject, {}).get(predicate, [])

    def iris(self, subject: str, predicate: str) -> list[str]:
        """Values that are IRIs."""
        return [value.value for value in self.values(subject, predicate) if isinstance(value, NamedNode)]

    def first_iri(self, subject: str, *predicates: str) -> str:
        """First IRI among the values of some predicates, or nothing."""
        found = (iri for predicate in predicates for iri in sorted(self.iris(subject, predicate)))
        return next(found, "")

    def text(self, subject: str, predicate: str) -> str:
        """One text of a subject, in the language chosen, else French, else English, else any."""
        literals = [value for value in self.values(subject, predicate) if isinstance(value, Literal)]
        order = {"fr": 1, "en": 2, None: 3, self.lang: 0}
        ranked = sorted(literals, key=lambda each: (order.get(each.language, 4), each.value))
        return ranked[0].value if ranked else ""

    def texts(self, subject: str, predicate: str) -> list[str]:
        """All texts of a subject, sorted, each once."""
        return sorted({each.value for each in self.values(subject, predicate) if isinstance(each, Literal)})

    def is_nary(self, subject: str) -> bool:
        """Whether a node is a statement about other things."""
        return any(iri in NARY for iri in self.iris(subject, TYPE))

    def is_a(self, iri: str, class_iri: str) -> bool:
        """Whether something met is an instance of `PERSON` or `ALLIANCE`, whatever its address."""
        return (iri, class_iri) in self._classes

    def label(self, iri: str) -> str:
        """Label of an IRI, else the end of it."""
        return self._labels.get(iri) or last_segment(iri)

    def is_known(self, iri: str) -> bool:
        """Whether an IRI has a label, or is one of ours whose end can be read."""
        return iri in self._labels or iri.startswith((DATA_BASE, VOCABULARY_BASE, RTE))

    def triples(self) -> Iterator[Triple]:
        """All triples known, sorted."""
        for subject in sorted(self._values):
            for predicate in sorted(self._values[subject]):
                for value in sorted(self._values[subject][predicate], key=str):
                    yield Triple(NamedNode(subject), NamedNode(predicate), value)

    def met(self) -> list[str]:
        """Every IRI met, sorted."""
        found = {self.iri, *self._values, *(iri for pair in self.inward for iri in pair)}
        for subject, predicates in self._values.items():
            found.update(predicates)
            found.update(iri for predicate in predicates for iri in self.iris(subject, predicate))
        return sorted(found)

    def name_all(self, reading: Reading) -> None:
        """Look up the labels of every IRI met, and which of them are persons and alliances."""
        met = self.met()
        self._labels = reading.labels(met, self.lang)
        self._classes = reading.classes(met)

    def in_language(self, lang: str, reading: Reading) -> Neighbourhood:
        """The same in another language; the triples are shared."""
        other = replace(self, lang=lang)
        other._labels = reading.labels(self.met(), lang)
        return other


def read_neighbourhood(store: Store, iri: str, lang: str) -> Neighbourhood:
    """Read from a store what stands around an IRI; see :func:`gather`."""
    return gather(StoreReading(store), iri, lang)


def gather(reading: Reading, iri: str, lang: str) -> Neighbourhood:
    """Read what stands around an IRI.

    Four rounds, whatever the node: its own triples, the triples that point to it, all triples of the n-ary
    nodes and of the claims about it or its ties, and their citations.
    """
    around = Neighbourhood(iri=iri, lang=lang)
    for predicate, value in reading.outward(iri):
        around.add(iri, predicate, value)
    around.inward.extend(sorted(reading.inward(iri)))
    nodes = {subject for subject, _ in around.inward} | set(around.iris(iri, RTE("figure")))
    _read_nodes(reading, around, nodes)
    _read_nodes(reading, around, _contradictions(reading, around))
    objects = {other for subject in list(around.subjects()) for other in around.iris(subject, RDF("object"))}
    _read_nodes(reading, around, objects)
    cited = {c for subject in list(around.subjects()) for c in around.iris(subject, RTE("evidence"))}
    _read_nodes(reading, around, [*cited, *around.iris(iri, TYPE)])
    around.name_all(reading)
    return around


def _contradictions(reading: Reading, around: Neighbourhood) -> set[str]:
    """Claims that read otherwise what a claim about the subject reads."""
    known = [subject for subject in around.subjects() if RTE("Claim") in around.iris(subject, TYPE)]
    found = {other for claim in known for other in around.iris(claim, RTE("alternativeTo"))}
    return found | reading.pointing(RTE("alternativeTo"), sorted({*found, *known}))


def _read_nodes(reading: Reading, around: Neighbourhood, iris: Iterable[str]) -> None:
    for subject, predicate, value in reading.nodes(sorted(set(iris) - set(around.subjects()))):
        around.add(subject, predicate, value)
