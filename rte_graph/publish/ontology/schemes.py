"""Concept schemes as the pages show them: concepts in their hierarchy, with their use in the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from rte_graph.namespaces import DCTERMS, OWL, RDF, RTE, SKOS
from rte_graph.publish.model import LINKABLE
from rte_graph.publish.ontology.drawing import path_label
from rte_graph.publish.ontology.formulas import formula_in_language
from rte_graph.publish.ontology.links import concept_anchor, joined, markup
from rte_graph.publish.ontology.reading import DEFINITIONS, LABELS
from rte_graph.publish.ontology.shapes import schemes_of
from rte_graph.publish.ontology.terms import Term, Terms, counted, other_names
from rte_graph.publish.ontology.usage import Use
from rte_graph.sparql.collation import collation_key
from rte_graph.sparql.wording import date_in_words, one_line

if TYPE_CHECKING:
    from markupsafe import Markup

    from rte_graph.publish.ontology.reading import Ontology

SHOWN_ELSEWHERE = frozenset(
    {RDF("type"), *LABELS, *DEFINITIONS, RTE("order"), DCTERMS("references")}
    | {SKOS(name) for name in ("altLabel", "notation", "note", "scopeNote", "example", "inScheme")}
    | {SKOS(name) for name in ("topConceptOf", "hasTopConcept", "broader", "narrower")}
    | {SKOS(f"{name}Match") for name in ("exact", "close", "broad", "narrow", "related")}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A concept with its depth in the hierarchy."""

    term: Term
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A scheme: what stands at the head of its page, and its concepts in order."""

    iri: str
    label: str
    definition: str
    facts: tuple[tuple[str, Markup], ...]
    concepts: tuple[Concept, ...]


def scheme_of(terms: Terms, iri: str) -> Scheme:
    """Return a scheme with its concepts."""
    of, lang = terms.ontology, terms.linker.lang
    return Scheme(
        iri=iri,
        label=of.label(iri, lang) or one_line(terms.linker.to(iri).label),
        definition=of.text(of.schemes, iri, DEFINITIONS, lang),
        facts=tuple((name, value) for name, value in _scheme_facts(terms, iri) if value),
        concepts=tuple(
            Concept(term=_concept(terms, concept, iri), depth=depth)
            for concept, depth in ordered(of, iri, lang)
        ),
    )


def ordered(ontology: Ontology, scheme: str, lang: str) -> Iterator[tuple[str, int]]:
    """Yield the concepts of a scheme with their depth, each after its broader one; by order, or label."""
    concepts = [iri for iri, owner in ontology.scheme_of.items() if owner == scheme and iri != scheme]
    here = set(concepts)
    keys = {iri: (_order(ontology, iri), collation_key(ontology.label(iri, lang)), iri) for iri in concepts}
    above = {
        iri: next(iter(each for each in _broader(ontology, iri) if each in here), "") for iri in concepts
    }
    below: dict[str, list[str]] = {}
    for iri in sorted(concepts, key=lambda each: keys[each]):
        below.setdefault(above[iri], []).append(iri)
    done: set[str] = set()
    for start in ("", *sorted(concepts, key=lambda each: keys[each])):
        if start and start not in done:
            below.setdefault("", []).append(start)  # broader concepts in a circle
        waiting = [(iri, 0) for iri in reversed(below.get("", []))]
        while waiting:
            iri, depth = waiting.pop()
            if iri in done:
                continue
            done.add(iri)
            yield iri, depth
            waiting += [(each, depth + 1) for each in reversed(below.get(iri, []))]


def _broader(ontology: Ontology, iri: str) -> list[str]:
    return ontology.values(ontology.schemes, iri, SKOS("broader"))


def _order(ontology: Ontology, iri: str) -> Decimal:
    try:
        return Decimal(ontology.value(ontology.schemes, iri, RTE("order")) or "1e9")
    except InvalidOperation:
        return Decimal("1e9")


def _scheme_facts(terms: Terms, iri: str) -> Iterator[tuple[str, Markup]]:
    from markupsafe import Markup

    from rte_graph.views.page_texts import licence_name

    of, said, linker = terms.ontology, terms.words, terms.linker
    pairs = schemes_of(of).get(iri, [])
    links = [
        Markup("{} ({})").format(markup(linker.to(path, path_label(linker, path))), markup(linker.to(owner)))
        for owner, path in pairs
    ]
    yield said["values_of"], joined(links)
    yield said["alignments"], terms.alignment(iri)
    yield said["note"], _texts(terms, iri, SKOS("note"))
    licences = of.values(of.schemes, iri, DCTERMS("license"))
    yield said["scheme_licence"], joined([markup(linker.to(each, licence_name(each))) for each in licences])


def _concept(terms: Terms, iri: str, scheme: str) -> Term:
    of, lang = terms.ontology, terms.linker.lang
    return Term(
        anchor=concept_anchor(iri, scheme),
        iri=iri,
        code=", ".join(one_line(each) for each in of.values(of.schemes, iri, SKOS("notation"))),
        label=of.label(iri, lang) or concept_anchor(iri, scheme),
        definition=of.text(of.schemes, iri, DEFINITIONS, lang),
        examples=tuple(of.texts(of.schemes, iri, SKOS("example"), lang)),
        deprecated=of.value(of.schemes, iri, OWL("deprecated")) in ("true", "1"),
        facts=tuple((name, value) for name, value in _concept_facts(terms, iri) if value),
        find=other_names(of, iri, lang),
    )


def _concept_facts(terms: Terms, iri: str) -> Iterator[tuple[str, Markup]]:
    of, said, named = terms.ontology, terms.words, terms.linker.named
    yield said["other_names"], _texts(terms, iri, SKOS("altLabel"))
    yield said["broader"], named(of.values(of.schemes, iri, SKOS("broader")))
    yield said["narrower"], named(of.subjects(of.schemes, SKOS("broader"), iri))
    yield said["note"], _texts(terms, iri, SKOS("note"))
    yield said["note"], _texts(terms, iri, SKOS("scopeNote"))
    yield from _further(terms, iri)
    yield said["references"], named(of.values(of.schemes, iri, DCTERMS("references")))
    yield said["mapping"], terms.alignment(iri)
    yield said["used"], _use(terms, iri)


def _further(terms: Terms, iri: str) -> Iterator[tuple[str, Markup]]:
    """Yield what a concept has beside SKOS: the formula of a measure, the dates of a step."""
    of, linker = terms.ontology, terms.linker
    from rdflib import URIRef

    predicates = sorted({str(each) for each in of.schemes.predicates(URIRef(iri))} - SHOWN_ELSEWHERE)
    for predicate in predicates:
        label = path_label(linker, predicate)
        if label:
            texts = of.texts(of.schemes, iri, predicate, linker.lang)
            if predicate == RTE("formula"):
                texts = [formula_in_language(each, linker.lang) for each in texts]
            found = [
                markup(linker.to(each)) if LINKABLE.match(each) else _plain(each, linker.lang)
                for each in texts
            ]
            yield label[:1].upper() + label[1:], joined(found)


def _plain(text: str, lang: str) -> Markup:
    from markupsafe import escape

    return escape(date_in_words(text, lang))


def _texts(terms: Terms, iri: str, predicate: str) -> Markup:
    from markupsafe import escape

    of = terms.ontology
    return joined([escape(each) for each in of.texts(of.schemes, iri, predicate, terms.linker.lang)])


def _use(terms: Terms, iri: str) -> Markup:
    from markupsafe import Markup, escape

    said, lang, linker = terms.words, terms.linker.lang, terms.linker
    uses = terms.usage.concepts.get(iri, {})
    if not uses:
        return escape(said["unused"])
    parts = []
    merged = Use()
    for path, use in sorted(uses.items()):
        count = counted(use.count, lang, said["resource"], said["resources"], said["unused"])
        parts.append(Markup("{} ({})").format(count, markup(linker.to(path, path_label(linker, path)))))
        merged.examples = sorted({*merged.examples, *use.examples})[:3]
    return Markup("{}{}").format(joined(parts, " · "), terms.examples(merged, 3))
