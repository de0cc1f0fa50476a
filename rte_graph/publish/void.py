"""VoID: what the data hold, counted.

References
----------
K. Alexander, R. Cyganiak, M. Hausenblas, J. Zhao, Describing Linked Datasets with the VoID Vocabulary, W3C
Interest Group Note, 3 March 2011, https://www.w3.org/TR/void/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

from rte_graph.namespaces import DCTERMS, FOAF, PREFIXES, RDF, VOID, split_iri
from rte_graph.publish.triples import day, link, number, text, texts

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from rte_graph.network.wording import Text
    from rte_graph.publish.dumps import Dump
    from rte_graph.publish.model import Site
    from rte_graph.publish.statements import Statements

VOID_FILE = "catalogue/void.ttl"
WELL_KNOWN = ".well-known/void"
DCAT_FILE = "catalogue/dcat.ttl"
_TYPE = RDF("type")
_FORMATS = {"ttl": "Turtle", "nt": "N-Triples", "jsonld": "JSON-LD"}


@dataclass(slots=True, kw_only=True)
class PropertyCount:
    """How often a property is used, on how many subjects, with how many values."""

    triples: int = 0
    subjects: int = 0
    objects: int = 0


@dataclass(slots=True, kw_only=True)
class Counts:
    """What VoID says of a dataset in numbers.

    Attributes
    ----------
    entities : int
        Distinct subjects below the dataset's URI space.
    classes : dict of str to int
        Distinct instances of each class, by its IRI, sorted.
    properties : dict of str to PropertyCount
        By IRI, sorted.
    examples : dict of str to str
        The most described thing of each kind below the URI space, by kind, sorted.
    """

    triples: int = 0
    entities: int = 0
    subjects: int = 0
    objects: int = 0
    classes: dict[str, int] = field(default_factory=dict)
    properties: dict[str, PropertyCount] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)


def count(statements: Statements, space: str) -> Counts:
    """Count some statements in one pass.

    Parameters
    ----------
    statements : Statements
        Each triple once.
    space : str
        Beginning of the IRIs that are the dataset's own.

    Notes
    -----
    Subjects come one after the other; of the values eight bytes each are remembered, to tell them apart.
    """
    found = Counts(triples=statements.count)
    values: set[bytes] = set()
    values_of: dict[str, set[bytes]] = {}
    best: dict[str, tuple[int, str]] = {}
    for triples in statements.by_subject():
        found.subjects += 1
        subject = getattr(triples[0].subject, "value", "")
        if subject.startswith(space):
            found.entities += 1
            kind = subject[len(space) :].partition("/")[0]
            best[kind] = min(best.get(kind, (0, "~")), (-len(triples), subject))
        for predicate in {triple.predicate.value for triple in triples}:
            found.properties.setdefault(predicate, PropertyCount()).subjects += 1
        for triple in triples:
            predicate, value = triple.predicate.value, _digest(triple)
            found.properties[predicate].triples += 1
            values.add(value)
            values_of.setdefault(predicate, set()).add(value)
        for each in _classes(triples):
            found.classes[each] = found.classes.get(each, 0) + 1
    for predicate, held in values_of.items():
        found.properties[predicate].objects = len(held)
    found.objects = len(values)
    found.classes = dict(sorted(found.classes.items()))
    found.properties = dict(sorted(found.properties.items()))
    found.examples = {kind: iri for kind, (_, iri) in sorted(best.items())}
    return found


def _classes(triples: Iterable[Triple]) -> set[str]:
    from pyoxigraph import NamedNode

    types = (triple.object for triple in triples if triple.predicate.value == _TYPE)
    return {each.value for each in types if isinstance(each, NamedNode)}


def _digest(triple: Triple) -> bytes:
    return blake2b(str(triple.object).encode(), digest_size=8).digest()


def uri_space(site: Site) -> str:
    """Return how the IRIs of the published data begin."""
    return site.url("id/") if site.config.mint else site.config.base


def dataset_iri(site: Site) -> str:
    """Return the IRI of the published data as one dataset: what ``void:inDataset`` names."""
    return f"{site.url(VOID_FILE)}#dataset"


def publisher_iri(site: Site) -> str:
    """Return the IRI of whoever publishes."""
    return f"{site.url(DCAT_FILE)}#publisher"


def void_triples(site: Site, counts: Counts, parts: dict[str, Counts], dumps: Sequence[Dump]) -> list[Triple]:
    """Return the description of the data in VoID.

    Parameters
    ----------
    site : Site
    counts : Counts
        Of all the data.
    parts : dict of str to Counts
        Of each dataset, by its IRI.
    dumps : sequence of Dump
        Files to download.
    """
    return list(_Writer(site).everything(counts, parts, dumps))


class _Writer:
    """Makes the triples of one file."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._dataset = dataset_iri(site)

    def everything(self, counts: Counts, parts: dict[str, Counts], dumps: Sequence[Dump]) -> Iterator[Triple]:
        site, whole = self._site, self._dataset
        file = site.url(VOID_FILE)
        yield link(file, _TYPE, VOID("DatasetDescription"))
        yield link(file, FOAF("primaryTopic"), whole)
        yield from self._named(whole, site.config.title)
        yield from texts(whole, DCTERMS("description"), site.config.description)
        yield from self._of(whole, counts, [each for each in dumps if each.group == "data"])
        for licence in licence_addresses(site):
            yield link(whole, DCTERMS("license"), licence)
        if site.config.publisher:
            yield link(whole, DCTERMS("publisher"), publisher_iri(site))
            yield text(publisher_iri(site), FOAF("name"), site.config.publisher)
        for iri in parts:
            yield link(whole, VOID("subset"), self.part(iri))
        for media in _FORMATS.values():
            yield link(whole, VOID("feature"), f"http://www.w3.org/ns/formats/{media}")
        for namespace in _vocabularies(counts):
            yield link(whole, VOID("vocabulary"), namespace)
        for example in counts.examples.values():
            yield link(whole, VOID("exampleResource"), example)
        for iri, part in parts.items():
            yield from self._part(iri, part, [each for each in dumps if each.dataset == iri])

    def part(self, iri: str) -> str:
        """Return the IRI of one of the datasets, as published."""
        return self._site.published(iri)

    def _named(self, subject: str, title: Text) -> Iterator[Triple]:
        yield link(subject, _TYPE, VOID("Dataset"))
        yield from texts(subject, DCTERMS("title"), title)
        if self._site.issued:
            yield day(subject, DCTERMS("issued"), self._site.issued)

    def _part(self, iri: str, counts: Counts, dumps: Iterable[Dump]) -> Iterator[Triple]:
        """Say of one dataset what its own description does not: its numbers."""
        subject, found = self.part(iri), self._site.resources.get(iri)
        yield link(subject, _TYPE, VOID("Dataset"))
        if found is not None:
            yield from texts(subject, DCTERMS("title"), found.label)
        yield from self._of(subject, counts, dumps)
        for licence in licences_of(self._site, iri):
            yield link(subject, DCTERMS("license"), licence)

    def _of(self, subject: str, counts: Counts, dumps: Iterable[Dump]) -> Iterator[Triple]:
        numbers = {
            "triples": counts.triples,
            "entities": counts.entities,
            "classes": len(counts.classes),
            "properties": len(counts.properties),
            "distinctSubjects": counts.subjects,
            "distinctObjects": counts.objects,
        }
        for name, held in numbers.items():
            yield number(subject, VOID(name), held)
        yield text(subject, VOID("uriSpace"), uri_space(self._site))
        yield link(subject, FOAF("homepage"), self._site.url("index.html"))
        for dump in dumps:
            yield link(subject, VOID("dataDump"), self._site.url(dump.path))
        yield from self._partitions(subject, counts)

    def _partitions(self, subject: str, counts: Counts) -> Iterator[Triple]:
        start = f"{self._site.url(VOID_FILE)}#{'' if subject == self._dataset else _local(subject) + '-'}"
        for iri, instances in counts.classes.items():
            node = f"{start}class-{_local(iri)}"
            yield link(subject, VOID("classPartition"), node)
            yield link(node, VOID("class"), iri)
            yield number(node, VOID("entities"), instances)
        for iri, used in counts.properties.items():
            node = f"{start}property-{_local(iri)}"
            yield link(subject, VOID("propertyPartition"), node)
            yield link(node, VOID("property"), iri)
            yield number(node, VOID("triples"), used.triples)
            yield number(node, VOID("distinctSubjects"), used.subjects)
            yield number(node, VOID("distinctObjects"), used.objects)


def licence_addresses(site: Site) -> tuple[str, ...]:
    """Return the licences of the data that are addresses: what the data write may be anything."""
    return tuple(address for _, address in site.licences if _is_address(address))


def licences_of(site: Site, dataset: str) -> tuple[str, ...]:
    """Return the licences that a dataset states of itself, else the publisher's, as addresses, sorted."""
    from pyoxigraph import NamedNode

    query = f"SELECT ?licence WHERE {{ {NamedNode(dataset)} <{DCTERMS('license')}> ?licence }}"
    stated = sorted(str(getattr(row[0], "value", "")) for row in site.store.select(query).rows)
    own = tuple(filter(_is_address, stated))
    return own or ((site.config.licence,) if site.config.licence else ())


def _is_address(text: str) -> bool:
    from rte_graph.publish.model import LINKABLE
    from rte_graph.sparql.terms import is_absolute

    return LINKABLE.match(text) is not None and is_absolute(text)


def _vocabularies(counts: Counts) -> list[str]:
    """Return the namespaces of the classes and properties used, sorted."""
    found = {split_iri(iri) for iri in (*counts.classes, *counts.properties)}
    return sorted({str(PREFIXES[parts[0]]) for parts in found if parts is not None})


def _local(iri: str) -> str:
    """Return a name for a fragment: ``rte-Alliance``; with a digest where no prefix fits.

    >>> _local("https://w3id.org/rte/ontology#Alliance")
    'rte-Alliance'
    """
    parts = split_iri(iri)
    if parts is not None and parts[1].replace("-", "").replace("_", "").isalnum() and parts[1].isascii():
        return f"{parts[0]}-{parts[1]}"
    return f"x-{blake2b(iri.encode(), digest_size=6).hexdigest()}"
