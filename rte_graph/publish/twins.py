"""A resource for machines: Turtle and JSON-LD of what its page rests on, and schema.org in the page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from rte_graph.describe import Description, Relation
from rte_graph.namespaces import DCTERMS, FOAF, PREFIXES, RDF, SCHEMA, XSD, split_iri
from rte_graph.publish.licences import licence_book
from rte_graph.publish.model import LINKABLE, Resource, Site
from rte_graph.sparql.wording import one_line
from rte_graph.store.base import Term

SCHEMA_TYPES = {
    "alliance": "Organization",
    "organisation": "Organization",
    "person": "Person",
    "initiative": "Project",
    "event": "Event",
    "territory": "Place",
    "document": "CreativeWork",
    "dataset": "Dataset",
}
"""What search engines understand of our kinds; others are a Thing."""
MOST_LINKS = 25


def about_document(site: Site, resource: Resource, suffix: str, triples: Iterable[Triple]) -> list[Triple]:
    """Return what a file says of itself: what it is about, and the licences of what it states."""
    document = NamedNode(site.url(resource.stem + suffix))
    topic = NamedNode(site.published(resource.iri))
    found = [
        Triple(document, NamedNode(RDF("type")), NamedNode(FOAF("Document"))),
        Triple(document, NamedNode(FOAF("primaryTopic")), topic),
    ]
    licence = NamedNode(DCTERMS("license"))
    return found + [Triple(document, licence, NamedNode(each)) for each in licence_book(site).of(triples)]


def published_triples(site: Site, triples: Iterable[Triple]) -> list[Triple]:
    """Return triples with the IRIs that the site publishes."""
    if not site.config.mint:
        return list(triples)
    return [Triple(_published(site, t.subject), t.predicate, _published(site, t.object)) for t in triples]


def _published(site: Site, term: Any) -> Any:
    return NamedNode(site.published(term.value)) if isinstance(term, NamedNode) else term


def turtle_twin(site: Site, resource: Resource, triples: Sequence[Triple]) -> bytes:
    """Return the ``.ttl`` of a resource, canonical."""
    from rte_graph.rdf_io import format_turtle

    everything = [*about_document(site, resource, ".ttl", triples), *published_triples(site, triples)]
    return format_turtle(everything).encode()


def jsonld_twin(site: Site, resource: Resource, triples: Sequence[Triple]) -> bytes:
    """Return the ``.jsonld`` of a resource: one node a subject, prefixes in the file itself."""
    everything = [*about_document(site, resource, ".jsonld", triples), *published_triples(site, triples)]
    writer = _Compact()
    nodes: dict[str, dict[str, Any]] = {}
    for triple in sorted(everything, key=str):
        subject = triple.subject.value  # type: ignore[union-attr]
        node = nodes.setdefault(subject, {"@id": subject})
        if triple.predicate.value == RDF("type"):
            node.setdefault("@type", []).append(writer.name(triple.object.value))  # type: ignore[union-attr]
        else:
            node.setdefault(writer.name(triple.predicate.value), []).append(writer.value(triple.object))
    first = site.published(resource.iri)
    ordered = sorted(nodes, key=lambda each: (each != first, each))
    prefixes = {name: str(PREFIXES[name]) for name in PREFIXES if name in writer.used}
    lines = ",\n".join(_json(nodes[each]) for each in ordered)
    return f'{{"@context": {_json(prefixes)},\n"@graph": [\n{lines}\n]}}\n'.encode()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


_split = lru_cache(maxsize=10_000)(split_iri)


class _Compact:
    """Names with the prefixes of canonical Turtle; knows which were used."""

    def __init__(self) -> None:
        self.used: set[str] = set()

    def name(self, iri: str) -> str:
        """Return ``prefix:local``, or the IRI."""
        parts = _split(iri)
        if parts is None or parts[1].startswith("//"):
            return iri
        self.used.add(parts[0])
        return f"{parts[0]}:{parts[1]}"

    def value(self, term: Term | Triple) -> dict[str, str] | str:
        """Return a value object."""
        if isinstance(term, NamedNode):
            return {"@id": term.value}
        if not isinstance(term, Literal):
            return {"@id": str(term)}
        if term.language:
            return {"@value": term.value, "@language": term.language}
        if term.datatype.value == XSD("string"):
            return term.value
        return {"@value": term.value, "@type": self.name(term.datatype.value)}


def schema_jsonld(site: Site, resource: Resource, description: Description, lang: str) -> dict[str, Any]:
    """Return what stands in the page for search engines: schema.org only."""
    path = resource.page(lang, site.first)
    found: dict[str, Any] = {
        "@context": SCHEMA.rstrip("/"),
        "@id": site.published(resource.iri),
        "@type": SCHEMA_TYPES.get(resource.category, "Thing"),
        "name": one_line(description.label),
        "mainEntityOfPage": site.url(path),
    }
    names = [one_line(name) for name in (*description.former_names, *description.other_names)]
    if names:
        found["alternateName"] = names
    if description.text:
        found["description"] = one_line(description.text)
    if resource.category == "dataset":
        found |= _licences(site, resource)
    pages = sorted(
        fact.value.iri
        for fact in description.facts
        if fact.predicate.iri == FOAF("homepage") and LINKABLE.match(fact.value.iri)
    )
    if pages:
        found["url"] = pages[0]
    member_of = dict.fromkeys(
        relation.other.iri
        for relation in description.relations
        if _is_own_membership(site, description, relation)
    )
    if member_of and resource.category in ("organisation", "person", "alliance"):
        found["memberOf"] = [{"@id": site.published(iri)} for iri in list(member_of)[:MOST_LINKS]]
    return found


def _licences(site: Site, resource: Resource) -> dict[str, list[str]]:
    """Return what search engines want of a dataset."""
    from rte_graph.publish.void import licences_of

    stated = licences_of(site, resource.iri)
    return {"license": list(stated)} if stated else {}


def _is_own_membership(site: Site, description: Description, relation: Relation) -> bool:
    """Tell whether the resource is the member; the alliance's own page lists its members elsewhere."""
    other = site.resources.get(relation.other.iri)
    return (
        "membership-role/" in relation.role_iri
        and other is not None
        and other.category in ("alliance", "organisation")
        and relation.sentence.startswith(f"{description.label}, ")
    )
