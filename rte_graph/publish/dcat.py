"""DCAT-AP 3 and schema.org: the data as open-data portals and search engines list them.

References
----------
DCAT-AP 3.0.1, SEMIC, https://semiceu.github.io/DCAT-AP/releases/3.0.1/
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rte_graph.namespaces import DCAT, DCTERMS, FOAF, ONTOLOGY_IRI, RDF, RDFS, SCHEMA, SKOS
from rte_graph.network.wording import Text
from rte_graph.publish.dumps import CSV, JSONLD, NTRIPLES, TURTLE
from rte_graph.publish.triples import day, link, number, text, texts, typed
from rte_graph.publish.void import DCAT_FILE, dataset_iri, licence_addresses, licences_of, publisher_iri

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from rte_graph.publish.dumps import Dump
    from rte_graph.publish.model import Site

VCARD = "http://www.w3.org/2006/vcard/ns#"
SPDX = "http://spdx.org/rdf/terms#"
AUTHORITY = "http://publications.europa.eu/resource/authority/"
MEDIA = "http://www.iana.org/assignments/media-types/"
PUBLIC = f"{AUTHORITY}access-right/PUBLIC"
THEME = f"{AUTHORITY}data-theme/SOCI"
THEME_LABEL = Text(fr="Population et société", en="Population and society")
LANGUAGE_IRIS = {"fr": f"{AUTHORITY}language/FRA", "en": f"{AUTHORITY}language/ENG"}
FILE_TYPES = {TURTLE: "RDF_TURTLE", NTRIPLES: "RDF_N_TRIPLES", JSONLD: "JSON_LD", CSV: "CSV"}
KEYWORDS = (
    Text(fr="économie sociale et solidaire", en="social and solidarity economy"),
    Text(fr="coopération", en="cooperation"),
    Text(fr="réseaux", en="networks"),
)
FORM_NAMES = {TURTLE: "Turtle", NTRIPLES: "N-Triples", JSONLD: "JSON-LD", CSV: "CSV"}
_TYPE = RDF("type")


def description(site: Site) -> Text:
    """Return what the publisher says of the data, else a plain sentence: catalogues want one."""
    given, title = site.config.description, site.config.title
    return Text(
        fr=given.fr or f"{title.fr} : le graphe, ses requêtes et ses mesures, en données liées.",
        en=given.en or f"{title.en}: the graph, its queries and its measurements, as linked data.",
    )


def publisher(site: Site) -> str:
    """Return who publishes; a catalogue cannot be without: the site's title stands in."""
    return site.config.publisher or site.config.title.in_language(site.first)


def dcat_triples(site: Site, dumps: Sequence[Dump]) -> list[Triple]:
    """Return the catalogue: the data as a whole, each dataset, each file with its size and checksum."""
    made = _Catalogue(site, dumps)
    return list(dict.fromkeys([*made.catalogue(), *made.whole(), *made.parts(), *made.shared()]))


class _Catalogue:
    """Makes the triples of the catalogue."""

    def __init__(self, site: Site, dumps: Sequence[Dump]) -> None:
        self._site, self._dumps = site, dumps
        self._file = site.url(DCAT_FILE)
        self._parts = sorted({dump.dataset for dump in dumps} - {""})

    def catalogue(self) -> Iterator[Triple]:
        site, own = self._site, f"{self._file}#catalogue"
        yield link(own, _TYPE, DCAT("Catalog"))
        yield from texts(own, DCTERMS("title"), site.config.title)
        yield from texts(own, DCTERMS("description"), description(site))
        yield link(own, FOAF("homepage"), site.url("index.html"))
        yield link(own, DCTERMS("conformsTo"), "https://semiceu.github.io/DCAT-AP/releases/3.0.1")
        yield from self._common(own, site.issued)
        for dataset in (dataset_iri(site), *map(site.published, self._parts)):
            yield link(own, DCAT("dataset"), dataset)
        licences = list(licence_addresses(site))
        if len(licences) == 1:
            yield from self._licence(own, licences[0])

    def whole(self) -> Iterator[Triple]:
        site, own = self._site, dataset_iri(self._site)
        yield from self._dataset(own, site.config.title, description(site), site.issued)
        yield from self._landing(own, "index.html")
        if site.data_version:
            yield text(own, DCAT("version"), site.data_version)
        for keyword in KEYWORDS:
            yield from texts(own, DCAT("keyword"), keyword)
        for part in self._parts:
            yield link(own, DCTERMS("hasPart"), site.published(part))
        licences = list(licence_addresses(site))
        for dump in self._dumps:
            if not dump.dataset:
                yield from self._distribution(own, dump, licences)

    def parts(self) -> Iterator[Triple]:
        site = self._site
        for part in self._parts:
            own, found = site.published(part), site.resources.get(part)
            title = found.label if found else Text(fr=part, en=part)
            said = _said(site, part)
            stated = _literals(site, part, DCTERMS("issued"))
            issued = next(iter(stated.values()), site.issued)
            yield from self._dataset(own, title, Text(fr=said.fr or title.fr, en=said.en or title.en), issued)
            yield from self._landing(own, found.page(site.first, site.first) if found else "index.html")
            yield link(own, DCTERMS("isPartOf"), dataset_iri(site))
            for dump in self._dumps:
                if dump.dataset == part:
                    yield from self._distribution(own, dump, list(licences_of(site, part)))

    def shared(self) -> Iterator[Triple]:
        """Say what the classes are of all that is pointed at: the profile asks for it."""
        site, who = self._site, publisher_iri(self._site)
        yield link(who, _TYPE, FOAF("Agent"))
        yield text(who, FOAF("name"), publisher(site))
        yield link(site.url("index.html"), _TYPE, FOAF("Document"))
        yield link(ONTOLOGY_IRI, _TYPE, DCTERMS("Standard"))
        yield link(THEME, _TYPE, SKOS("Concept"))
        yield from texts(THEME, SKOS("prefLabel"), THEME_LABEL)
        yield link(PUBLIC, _TYPE, DCTERMS("RightsStatement"))
        for lang in site.config.languages:
            yield link(LANGUAGE_IRIS[lang], _TYPE, DCTERMS("LinguisticSystem"))
        if site.config.contact:
            own = f"{self._file}#contact"
            for kind in ("Kind", "Organization"):
                yield link(own, _TYPE, f"{VCARD}{kind}")
            yield text(own, f"{VCARD}fn", publisher(site))
            mail = site.config.contact.startswith("mailto:")
            yield link(own, f"{VCARD}{'hasEmail' if mail else 'hasURL'}", site.config.contact)

    def _common(self, own: str, issued: str) -> Iterator[Triple]:
        site = self._site
        yield link(own, DCTERMS("publisher"), publisher_iri(site))
        for lang in site.config.languages:
            yield link(own, DCTERMS("language"), LANGUAGE_IRIS[lang])
        if issued:
            yield day(own, DCTERMS("issued"), issued)
            yield day(own, DCTERMS("modified"), issued)

    def _dataset(self, own: str, title: Text, said: Text, issued: str) -> Iterator[Triple]:
        site = self._site
        yield link(own, _TYPE, DCAT("Dataset"))
        yield from texts(own, DCTERMS("title"), title)
        yield from texts(own, DCTERMS("description"), said)
        yield text(own, DCTERMS("identifier"), own)
        yield from self._common(own, issued)
        yield link(own, DCAT("theme"), THEME)
        yield link(own, DCTERMS("conformsTo"), ONTOLOGY_IRI)
        yield link(own, DCTERMS("accessRights"), PUBLIC)
        if site.config.contact:
            yield link(own, DCAT("contactPoint"), f"{self._file}#contact")

    def _landing(self, own: str, path: str) -> Iterator[Triple]:
        """Name the page that presents a dataset."""
        address = self._site.url(path)
        yield link(own, DCAT("landingPage"), address)
        yield link(address, _TYPE, FOAF("Document"))

    def _distribution(self, dataset: str, dump: Dump, licences: Sequence[str]) -> Iterator[Triple]:
        site, own = self._site, f"{self._file}#{dump.path}"
        address = site.url(dump.path)
        yield link(dataset, DCAT("distribution"), own)
        yield link(own, _TYPE, DCAT("Distribution"))
        form = FORM_NAMES[dump.media]
        yield from texts(
            own, DCTERMS("title"), Text(fr=f"{dump.title.fr} ({form})", en=f"{dump.title.en} ({form})")
        )
        yield link(own, DCAT("accessURL"), address)
        yield link(own, DCAT("downloadURL"), address)
        yield number(own, DCAT("byteSize"), dump.size, "nonNegativeInteger")
        for predicate, media in (
            (DCAT("mediaType"), dump.media),
            (DCAT("compressFormat"), "application/gzip"),
        ):
            if dump.zipped or media == dump.media:
                yield link(own, predicate, MEDIA + media)
                yield link(MEDIA + media, _TYPE, DCTERMS("MediaType"))
        yield link(own, DCTERMS("format"), f"{AUTHORITY}file-type/{FILE_TYPES[dump.media]}")
        yield link(f"{AUTHORITY}file-type/{FILE_TYPES[dump.media]}", _TYPE, DCTERMS("MediaTypeOrExtent"))
        yield from self._checksum(own, dump)
        if len(licences) == 1:
            yield from self._licence(own, licences[0])
        elif licences:  # one licence at most, says the profile: which part has which stands with the parts
            yield from self._several(own, licences)

    def _several(self, own: str, licences: Sequence[str]) -> Iterator[Triple]:
        rights = f"{self._file}#rights"
        yield link(own, DCTERMS("rights"), rights)
        yield link(rights, _TYPE, DCTERMS("RightsStatement"))
        listed = ", ".join(licences)
        said = Text(
            fr=f"Chaque jeu de données a sa licence : {listed}.",
            en=f"Each dataset has its licence: {listed}.",
        )
        yield from texts(rights, RDFS("label"), said)

    def _checksum(self, own: str, dump: Dump) -> Iterator[Triple]:
        node = f"{own}-sha256"
        yield link(own, f"{SPDX}checksum", node)
        yield link(node, _TYPE, f"{SPDX}Checksum")
        yield link(node, f"{SPDX}algorithm", f"{SPDX}checksumAlgorithm_sha256")
        yield link(f"{SPDX}checksumAlgorithm_sha256", _TYPE, f"{SPDX}ChecksumAlgorithm")
        yield typed(node, f"{SPDX}checksumValue", dump.sha256, "hexBinary")

    def _licence(self, own: str, address: str) -> Iterator[Triple]:
        yield link(own, DCTERMS("license"), address)
        yield link(address, _TYPE, DCTERMS("LicenseDocument"))


def _said(site: Site, dataset: str) -> Text:
    """Return a dataset's own description, in each language in which it has one."""
    found = _literals(site, dataset, DCTERMS("description"))
    return Text(fr=found.get("fr", found.get("", "")), en=found.get("en", found.get("", "")))


def _literals(site: Site, subject: str, predicate: str) -> dict[str, str]:
    """Return the texts that the data state of something, by language, one a language."""
    from pyoxigraph import Literal, NamedNode

    query = f"SELECT ?text WHERE {{ {NamedNode(subject)} <{predicate}> ?text }}"
    rows = sorted((row[0] for row in site.store.select(query).rows if isinstance(row[0], Literal)), key=str)
    return {each.language or "": each.value for each in rows}


def schema_dataset(site: Site, dumps: Sequence[Dump] = (), lang: str = "fr") -> dict[str, Any]:
    """Return the data as a schema.org ``Dataset``, to embed in a page in a language.

    Parameters
    ----------
    site : Site
    dumps : sequence of Dump
        Files to offer; the front page may leave them to the catalogue's page.
    lang : {"fr", "en"}
    """
    found: dict[str, Any] = {
        "@context": SCHEMA.rstrip("/"),
        "@type": "Dataset",
        "@id": dataset_iri(site),
        "name": site.config.title.in_language(lang),
        "description": description(site).in_language(lang),
        "url": site.url(site.named("catalogue/index", lang)),
        "identifier": dataset_iri(site),
        "inLanguage": list(site.config.languages),
        "isAccessibleForFree": True,
        "keywords": [keyword.in_language(lang) for keyword in KEYWORDS],
        "publisher": {"@type": "Organization", "@id": publisher_iri(site), "name": publisher(site)},
        "license": list(licence_addresses(site)),
        "version": site.data_version,
        "datePublished": site.issued,
        "distribution": [_download(site, dump, lang) for dump in dumps if not dump.dataset],
    }
    return {key: value for key, value in found.items() if value not in ("", [])}


def _download(site: Site, dump: Dump, lang: str) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": f"{dump.title.in_language(lang)} ({FORM_NAMES[dump.media]})",
        "contentUrl": site.url(dump.path),
        "encodingFormat": ["application/gzip", dump.media] if dump.zipped else dump.media,
        "contentSize": f"{dump.size} B",
        "sha256": dump.sha256,
    }
