"""The changes between two editions in words: what came, what went, what is said otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rte_graph.describe.neighbourhood import Neighbourhood
from rte_graph.describe.reading import IndexReading, StoreReading
from rte_graph.describe.relations import predicate_label, sentence_of
from rte_graph.namespaces import DCAT, DCTERMS, FOAF, RDF, RTE, SKOS
from rte_graph.network.wording import Text
from rte_graph.rdf_io.order import predicate_key
from rte_graph.sparql.collation import collation_key
from rte_graph.sparql.present import readable
from rte_graph.sparql.terms import last_segment
from rte_graph.sparql.wording import NBSP, date_in_words, one_line, quoted

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from rte_graph.describe.reading import Reading
    from rte_graph.publish.difference import Difference, SubjectDifference
    from rte_graph.store.base import Store, Term

What = Literal["came", "went", "changed"]
WHATS: tuple[What, ...] = ("came", "went", "changed")
_TYPE = RDF("type")

KIND_OF_CLASS: tuple[tuple[str, str], ...] = (
    (RTE("Alliance"), "alliance"),
    (RTE("Organisation"), "organisation"),
    (RTE("Person"), "person"),
    (RTE("Initiative"), "initiative"),
    (RTE("Event"), "event"),
    (RTE("Territory"), "territory"),
    (RTE("Membership"), "membership"),
    (RTE("StakeholderRelation"), "relation"),
    (RTE("Interaction"), "interaction"),
    (RTE("Participation"), "participation"),
    (RTE("Funding"), "funding"),
    (RTE("Figure"), "figure"),
    (RTE("Characterisation"), "characterisation"),
    (RTE("Claim"), "claim"),
    (RTE("Citation"), "citation"),
    (FOAF("Document"), "document"),
    (DCAT("Dataset"), "dataset"),
    (SKOS("Concept"), "concept"),
)
"""Sorts of things, in the order in which a reader meets them: by class, so that any base IRI will do."""
PROPERTIES: dict[str, Text] = {
    _TYPE: Text(fr="nature", en="type"),
    SKOS("prefLabel"): Text(fr="nom", en="name"),
    SKOS("altLabel"): Text(fr="autre nom", en="other name"),
    SKOS("note"): Text(fr="note", en="note"),
    DCTERMS("description"): Text(fr="description", en="description"),
    DCTERMS("references"): Text(fr="renvoie à", en="refers to"),
    DCTERMS("rights"): Text(fr="droits", en="rights"),
    DCTERMS("conformsTo"): Text(fr="conforme à", en="conforms to"),
}
"""What describing a thing does not show as a fact, in words."""
OTHER = "other"
KINDS: tuple[str, ...] = (*(kind for _, kind in KIND_OF_CLASS), OTHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value in words; ``iri`` where it is something."""

    label: str
    iri: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueChange:
    """One property of a resource: values that it no longer has, and values that it has now."""

    label: str
    iri: str
    removed: tuple[Value, ...]
    added: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceChange:
    """One resource that came, went or changed; ``values`` only where it changed."""

    iri: str
    kind: str
    label: str
    what: What
    values: tuple[ValueChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changelog:
    """Changes in one language.

    Attributes
    ----------
    old, new : str
        The editions: version, date, first letters of the hash.
    resources : tuple of ResourceChange
        By kind, then what came, went, changed, then by label.
    added, removed : int
        Triples.
    """

    lang: str
    old: str
    new: str
    resources: tuple[ResourceChange, ...]
    added: int
    removed: int

    def of(self, what: What, kind: str | None = None) -> tuple[ResourceChange, ...]:
        """Return what came, went or changed, of one kind or of all."""
        return tuple(
            each for each in self.resources if each.what == what and (kind is None or each.kind == kind)
        )

    def kinds(self) -> tuple[str, ...]:
        """Return the kinds that have changes, in their order."""
        met = {each.kind for each in self.resources}
        return tuple(kind for kind in KINDS if kind in met)


def changelog(found: Difference, old: Store, new: Store, lang: str) -> Changelog:
    """Put a difference into words.

    Parameters
    ----------
    found : Difference
        As `compare_stores` gives it.
    old, new : Store
        The editions, for the labels: those of the new one first.
    lang : {"fr", "en"}

    Notes
    -----
    What loading derives (wider classes and properties) is left out: nobody changed it. A resource of which
    only that differs is not listed.
    """
    words = _Words(old, new, lang)
    resources = [each for each in map(words.change, found.subjects) if each is not None]
    order = {kind: place for place, kind in enumerate(KINDS)}
    resources.sort(
        key=lambda each: (order[each.kind], WHATS.index(each.what), collation_key(each.label), each.iri)
    )
    return Changelog(
        lang=lang,
        old=edition_name(old, lang),
        new=edition_name(new, lang),
        resources=tuple(resources),
        added=sum(len(each.added) for each in found.subjects),
        removed=sum(len(each.removed) for each in found.subjects),
    )


def edition_name(store: Store, lang: str) -> str:
    """Say which edition a store holds: versions of the data, latest date, beginning of the hash."""
    from rte_graph.network.lineage import data_hash
    from rte_graph.views.page_texts import data_version

    query = f"SELECT ?day WHERE {{ ?d a <{DCAT('Dataset')}> ; <{DCTERMS('issued')}> ?day }}"
    days = [str(getattr(row[0], "value", "")) for row in store.select(query).rows]
    version, _ = data_version(store)
    parts = (one_line(version), date_in_words(one_line(max(days, default="")), lang), data_hash(store)[:12])
    return ", ".join(part for part in parts if part)


class _Words:
    """Labels and sentences of what either edition knows."""

    def __init__(self, old: Store, new: Store, lang: str) -> None:
        self._lang = lang
        self._old, self._new = _reading(old), _reading(new)
        self._above = _above()

    def change(self, found: SubjectDifference) -> ResourceChange | None:
        """Return what happened to one subject; None where only derived statements differ."""
        what: What = "changed" if found.before and found.after else "came" if found.after else "went"
        reading = self._new if found.after else self._old
        around = self._around(reading, found.iri)
        values = tuple(self._values(around, found)) if what == "changed" else ()
        if what == "changed" and not values:
            return None
        return ResourceChange(
            iri=found.iri, kind=_kind(around), label=self._title(around), what=what, values=values
        )

    def _around(self, reading: Reading, iri: str) -> Neighbourhood:
        around = Neighbourhood(iri=iri, lang=self._lang)
        if iri.startswith("_:"):
            return around
        for predicate, value in reading.outward(iri):
            around.add(iri, predicate, value)
        for other in around.iris(iri, RDF("object")):
            for predicate, value in reading.outward(other):
                around.add(other, predicate, value)
        around.name_all(reading)
        return around

    def _title(self, around: Neighbourhood) -> str:
        iri = around.iri
        if RTE("Citation") in around.iris(iri, _TYPE):
            return self._passage(around)
        return one_line(sentence_of(around, iri))

    def _passage(self, around: Neighbourhood) -> str:
        iri, lang = around.iri, self._lang
        document = around.first_iri(iri, RTE("document"))
        first, last = (one_line(around.text(iri, RTE(each))) for each in ("firstLine", "lastLine"))
        word = ("lines" if lang == "en" else "lignes")[: None if first != last else -1]
        heading = one_line(around.text(iri, RTE("heading")))
        parts = [
            one_line(around.label(document)) if document else "",
            quoted(heading, lang) if heading else "",
            f"{word}{NBSP}{first if first == last else f'{first}–{last}'}" if first else "",
        ]
        return ", ".join(part for part in parts if part) or last_segment(iri)

    def _values(self, around: Neighbourhood, found: SubjectDifference) -> Iterator[ValueChange]:
        gone, come = self._stated(found.removed), self._stated(found.added)
        predicates = {each.predicate.value for each in (*gone, *come)}
        met = sorted(predicates | {t.object.value for t in (*gone, *come) if _is_iri(t)})  # type: ignore[union-attr]
        labels = {**self._old.labels(met, self._lang), **self._new.labels(met, self._lang)}
        for predicate in sorted(predicates, key=predicate_key):
            yield ValueChange(
                label=one_line(_predicate(around, predicate, labels)),
                iri=predicate,
                removed=self._in_words(gone, predicate, labels),
                added=self._in_words(come, predicate, labels),
            )

    def _stated(self, triples: Sequence[Triple]) -> list[Triple]:
        """Leave out what loading derives from another of the triples: nobody changed it."""
        pairs = {(each.predicate.value, each.object) for each in triples}
        derived = {(wider, value) for term, value in pairs for wider in self._above.get(term, ())}
        types = {getattr(value, "value", "") for predicate, value in pairs if predicate == _TYPE}
        classes = {wider for each in types for wider in self._above.get(each, ())}
        return [
            each
            for each in triples
            if (each.predicate.value, each.object) not in derived
            and not (each.predicate.value == _TYPE and getattr(each.object, "value", "") in classes)
        ]

    def _in_words(
        self, triples: Iterable[Triple], predicate: str, labels: dict[str, str]
    ) -> tuple[Value, ...]:
        found = [
            self._value(each.object, labels)  # type: ignore[arg-type]
            for each in triples
            if each.predicate.value == predicate
        ]
        return tuple(sorted(found, key=lambda each: (collation_key(each.label), each.iri)))

    def _value(self, term: Term, labels: dict[str, str]) -> Value:
        from pyoxigraph import Literal, NamedNode

        if isinstance(term, NamedNode):
            return Value(label=one_line(labels.get(term.value) or last_segment(term.value)), iri=term.value)
        language = term.language if isinstance(term, Literal) else None
        said = one_line(readable(term, self._lang))
        return Value(label=f"{quoted(said, self._lang)} ({language})" if language else said)


def _is_iri(triple: Triple) -> bool:
    from pyoxigraph import NamedNode

    return isinstance(triple.object, NamedNode)


def _predicate(around: Neighbourhood, predicate: str, labels: dict[str, str]) -> str:
    if predicate in PROPERTIES:
        return PROPERTIES[predicate].in_language(around.lang)
    known = predicate_label(around, predicate)
    return labels.get(predicate) or known if known == last_segment(predicate) else known


def _kind(around: Neighbourhood) -> str:
    types = set(around.iris(around.iri, _TYPE))
    return next((kind for class_iri, kind in KIND_OF_CLASS if class_iri in types), OTHER)


def _reading(store: Store) -> Reading:
    from rte_graph.store.engine import EngineStore

    return IndexReading(store) if isinstance(store, EngineStore) else StoreReading(store)


def _above() -> dict[str, frozenset[str]]:
    """Return the classes and properties above each of ours."""
    from rte_graph.namespaces import RDFS
    from rte_graph.rdf_io.closure import superterms
    from rte_graph.validation import packaged_ontology

    axioms = packaged_ontology().triples
    return {
        term.value: frozenset(each.value for each in wider)
        for relation in ("subClassOf", "subPropertyOf")
        for term, wider in superterms(axioms, RDFS(relation)).items()
    }
