"""Concepts of ESSGlobal that a file uses: which are ours, and which have no French name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from rte_graph.exchange.running import ALIGNMENTS, concept_mappings
from rte_graph.exchange.vocabularies import ESSGLOBAL_STANDARD
from rte_graph.namespaces import SKOS

_LABEL = SKOS("prefLabel")
# The nearest first: one relation is told for each concept.
_NEAREST = tuple(SKOS(f"{each}Match") for each in ("exact", "close", "narrow", "broad", "related"))
_SAME = _NEAREST[:2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A concept of theirs that a file uses.

    Attributes
    ----------
    iri : str
    label : str
        Its label in the file, in English or any language; or empty.
    uses : int
        Triples that point to it.
    french : str
        Its French label in the file; or empty.
    ours : str
        The nearest concept of ours; or empty.
    relation : str
        ``exactMatch``, ``closeMatch``, ``narrowMatch`` (theirs is narrower), ``broadMatch`` (theirs is
        broader), ``relatedMatch``; or empty.
    offered : str
        The French label that we offer; or empty.
    """

    iri: str
    label: str
    uses: int
    french: str
    ours: str
    relation: str
    offered: str


def concepts_in(triples: Iterable[Triple], labels: Mapping[str, Mapping[str, str]]) -> tuple[Concept, ...]:
    """Return the ESSGlobal concepts that occur in a file, sorted by IRI.

    Parameters
    ----------
    triples : iterable of Triple
    labels : mapping
        Labels of our concepts, by IRI and language.
    """
    uses: Counter[str] = Counter()
    names: dict[str, dict[str, str]] = {}
    for triple in triples:
        if isinstance(triple.object, NamedNode) and _is_concept(triple.object.value):
            uses[triple.object.value] += 1
        if isinstance(triple.subject, NamedNode) and _is_concept(triple.subject.value):
            uses[triple.subject.value] += 0
            if triple.predicate.value == _LABEL and isinstance(triple.object, Literal):
                by_language = names.setdefault(triple.subject.value, {})
                language = triple.object.language or ""
                by_language[language] = min(
                    triple.object.value, by_language.get(language, triple.object.value)
                )
    return tuple(_concept(iri, uses[iri], names.get(iri, {}), labels) for iri in sorted(uses))


def _is_concept(iri: str) -> bool:
    """Whether an IRI is a concept of a scheme, not the scheme itself."""
    if not iri.startswith(ESSGLOBAL_STANDARD):
        return False
    scheme, slash, local = iri[len(ESSGLOBAL_STANDARD) :].partition("/")
    return bool(scheme and slash and local)


def _concept(
    iri: str, uses: int, names: Mapping[str, str], labels: Mapping[str, Mapping[str, str]]
) -> Concept:
    ours, relation = _nearest().get(iri, ("", ""))
    french = next((names[tag] for tag in sorted(names) if tag == "fr" or tag.startswith("fr-")), "")
    offered = labels.get(ours, {}).get("fr", "") if relation in _SAME and not french else ""
    any_name = names[min(names)] if names else ""
    return Concept(
        iri=iri,
        label=names.get("en", any_name),
        uses=uses,
        french=french,
        ours=ours,
        relation=relation.removeprefix(SKOS("")),
        offered=offered,
    )


def _nearest() -> dict[str, tuple[str, str]]:
    """Return for each concept of theirs the nearest of ours, and the relation."""
    found: dict[str, tuple[int, str, str]] = {}
    for triple in concept_mappings()[f"{ALIGNMENTS}essglobal"]:
        relation = triple.predicate.value
        assert isinstance(triple.subject, NamedNode)
        assert isinstance(triple.object, NamedNode)
        rank = (_NEAREST.index(relation), triple.subject.value, relation)
        theirs = triple.object.value
        found[theirs] = min(rank, found.get(theirs, rank))
    return {theirs: (ours, relation) for theirs, (_, ours, relation) in found.items()}


def patch(concepts: Iterable[Concept]) -> Iterator[Triple]:
    """Yield the French labels that we offer, each with the mapping that it rests on."""
    for concept in concepts:
        if concept.offered:
            theirs = NamedNode(concept.iri)
            yield Triple(theirs, NamedNode(_LABEL), Literal(concept.offered, language="fr"))
            yield Triple(theirs, NamedNode(SKOS(concept.relation)), NamedNode(concept.ours))
