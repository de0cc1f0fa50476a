"""How often the data use the classes, the properties and the concepts."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass, field

from rte_graph.publish.model import Resource, Site

EXAMPLES = 5
"""So many resources are named beside a count."""
SHOWN_KINDS = frozenset(
    {"alliance", "organisation", "person", "initiative", "event", "territory", "document"}
)
"""Kinds of resources that have a name of their own; others are statements between them."""
PROPERTIES = """
SELECT ?p (COUNT(?s) AS ?n) WHERE {{ ?s ?p ?o . FILTER(STRSTARTS(STR(?s), "{base}")) }} GROUP BY ?p
"""
# A claim repeats, as rdf:object, what its subject says itself.
CONCEPTS = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?s ?p ?c WHERE {{
  ?c a <http://www.w3.org/2004/02/skos/core#Concept> .
  ?s ?p ?c . FILTER(STRSTARTS(STR(?s), "{base}") && ?p != rdf:object)
}}
"""


@dataclass(slots=True)
class Use:
    """How often something is used, with the first of those that use it, by kind and name of their IRI."""

    count: int = 0
    examples: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, resource: Resource) -> None:
        """Count one more."""
        self.count += 1
        if resource.category not in SHOWN_KINDS:
            return
        insort(self.examples, (resource.category, resource.slug, resource.iri))
        del self.examples[EXAMPLES:]

    def iris(self) -> Iterable[str]:
        """Return the examples' IRIs."""
        return [iri for _, _, iri in self.examples]


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Counts by IRI: resources of a class, statements of a property, uses of a concept by property."""

    classes: dict[str, Use]
    kinds: dict[str, str]
    properties: dict[str, int]
    concepts: dict[str, dict[str, Use]]


def read_usage(site: Site) -> Usage:
    """Count in the site's store; what stays in memory does not grow with the data.

    Only subjects under the base IRI count: the ontology itself, loaded beside the data, does not.
    """
    classes: dict[str, Use] = {}
    kinds: dict[str, set[str]] = {}
    for resource in site.resources.values():
        for each in resource.types:
            classes.setdefault(each, Use()).add(resource)
            kinds.setdefault(each, set()).add(resource.category)
    base = site.config.base.replace("\\", "\\\\").replace('"', '\\"')
    return Usage(
        classes=classes,
        kinds={iri: next(iter(found)) for iri, found in kinds.items() if len(found) == 1},
        properties=_properties(site, base),
        concepts=_concepts(site, base),
    )


def _properties(site: Site, base: str) -> dict[str, int]:
    found = {}
    for predicate, count in site.store.select(PROPERTIES.format(base=base)).rows:
        if predicate is not None and count is not None:
            found[predicate.value] = int(count.value)
    return found


def _concepts(site: Site, base: str) -> dict[str, dict[str, Use]]:
    found: dict[str, dict[str, Use]] = {}
    for subject, predicate, concept in site.store.select(CONCEPTS.format(base=base)).rows:
        resource = site.resources.get(subject.value) if subject is not None else None
        if resource is not None and predicate is not None and concept is not None:
            found.setdefault(concept.value, {}).setdefault(predicate.value, Use()).add(resource)
    return found
