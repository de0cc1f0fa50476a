"""The catalogue says what is true: its counts against SPARQL over the dump, its files against their bytes."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple
from sites import ADDRESS, CATALOGUE, packaged_site, published, site_of, written

from rte_graph.namespaces import DATA_BASE, DCTERMS, RDF, RTE, SKOS
from rte_graph.publish.sitemap import closing
from rte_graph.store import EmbeddedStore

VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
DCT = rdflib.DCTERMS
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
WHOLE = rdflib.URIRef(f"{ADDRESS}/catalogue/void.ttl#dataset")

COUNTED = {
    VOID.triples: "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    VOID.distinctSubjects: "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o }",
    VOID.distinctObjects: "SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE { ?s ?p ?o }",
    VOID.properties: "SELECT (COUNT(DISTINCT ?p) AS ?n) WHERE { ?s ?p ?o }",
    VOID["classes"]: "SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE { ?s a ?o }",
    VOID.entities: 'SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o FILTER(STRSTARTS(STR(?s), "%s")) }',
}
BY_CLASS = "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?c } GROUP BY ?c"
BY_PROPERTY = """SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
WHERE { ?s ?p ?o } GROUP BY ?p"""


def dump(folder: Path, name: str) -> Store:
    store = Store()
    content = gzip.decompress((folder / f"dumps/{name}.nt.gz").read_bytes())
    store.load(content, format=RdfFormat.N_TRIPLES)
    return store


def graph(folder: Path, path: str) -> rdflib.Graph:
    return rdflib.Graph().parse(folder / path)


def rows(store: Store, query: str) -> Iterator[tuple[str, ...]]:
    for row in store.query(query):  # type: ignore[union-attr]
        yield tuple(term.value for term in row)


def number(held: rdflib.Graph, subject: rdflib.term.Node | None, predicate: rdflib.term.Node) -> int:
    return int(str(held.value(subject, predicate)))


def parts(folder: Path) -> list[tuple[rdflib.term.Node, str]]:
    void = graph(folder, "catalogue/void.ttl")
    datasets = sorted(void.subjects(rdflib.RDF.type, VOID.Dataset), key=str)
    names = {
        each: next(
            str(file).removeprefix(f"{ADDRESS}/dumps/").removesuffix(".nt.gz")
            for file in void.objects(each, VOID.dataDump)
            if str(file).endswith(".nt.gz")
        )
        for each in datasets
    }
    return list(names.items())


@pytest.mark.parametrize("mint", [False, True], ids=["own IRIs", "minted IRIs"])
def test_every_count_of_void_is_what_sparql_finds_in_the_dump(mint: bool) -> None:
    folder = published(mint)
    void = graph(folder, "catalogue/void.ttl")
    found = parts(folder)
    assert len(found) == 5
    for dataset, name in found:
        store = dump(folder, name)
        space = str(void.value(dataset, VOID.uriSpace))
        assert space == (f"{ADDRESS}/id/" if mint else DATA_BASE)
        for predicate, query in COUNTED.items():
            text = query % space if "%s" in query else query
            ((found_number,),) = rows(store, text)
            assert int(found_number) == number(void, dataset, predicate), (name, predicate)
        classes = {
            str(void.value(each, VOID["class"])): number(void, each, VOID.entities)
            for each in void.objects(dataset, VOID.classPartition)
        }
        assert classes == {iri: int(many) for iri, many in rows(store, BY_CLASS)}
        properties = {
            str(void.value(each, VOID.property)): tuple(
                number(void, each, VOID[what]) for what in ("triples", "distinctSubjects", "distinctObjects")
            )
            for each in void.objects(dataset, VOID.propertyPartition)
        }
        assert properties == {iri: tuple(map(int, numbers)) for iri, *numbers in rows(store, BY_PROPERTY)}


def test_example_resources_are_described_in_the_dump_and_of_different_kinds() -> None:
    folder = published()
    store = dump(folder, "data")
    examples = [
        str(each) for each in graph(folder, "catalogue/void.ttl").objects(WHOLE, VOID.exampleResource)
    ]
    kinds = {each.removeprefix(DATA_BASE).partition("/")[0] for each in examples}
    assert len(kinds) == len(examples) >= 12
    assert all(store.query(f"ASK {{ <{each}> a ?class }}") for each in examples)


def test_the_well_known_file_is_the_void_description() -> None:
    folder = published()
    assert (folder / ".well-known/void").read_bytes() == (folder / "catalogue/void.ttl").read_bytes()


@pytest.mark.parametrize("file", ["dcat.ttl", "dcat.jsonld"])
def test_every_distribution_is_a_file_of_that_size_and_checksum(file: str) -> None:
    folder = published()
    catalogue = graph(folder, f"catalogue/{file}")
    distributions = list(catalogue.subjects(rdflib.RDF.type, DCAT.Distribution))
    names = set()
    for each in distributions:
        path = str(catalogue.value(each, DCAT.downloadURL)).removeprefix(f"{ADDRESS}/")
        content = (folder / path).read_bytes()
        assert number(catalogue, each, DCAT.byteSize) == len(content)
        checksum = catalogue.value(catalogue.value(each, SPDX.checksum), SPDX.checksumValue)
        assert str(checksum).lower() == hashlib.sha256(content).hexdigest()
        names.add(path)
    dumped = {str(path.relative_to(folder)) for path in folder.rglob("dumps/**/*") if path.is_file()}
    assert names == dumped | {"measurements.ttl", "measurements.jsonld"}


def test_each_dataset_has_its_own_licence_and_the_whole_says_that_they_differ() -> None:
    catalogue = graph(published(), "catalogue/dcat.ttl")
    whole = list(catalogue.objects(WHOLE, DCAT.distribution))
    assert whole
    assert not any(catalogue.value(each, DCT.license) for each in whole)
    assert all(catalogue.value(each, DCT.rights) for each in whole)
    territories = rdflib.URIRef(f"{DATA_BASE}dataset/territories")
    licences = {
        catalogue.value(each, DCT.license) for each in catalogue.objects(territories, DCAT.distribution)
    }
    assert licences == {rdflib.URIRef("https://www.etalab.gouv.fr/licence-ouverte-open-licence")}


@pytest.mark.parametrize("mint", [False, True])
def test_each_dataset_lands_on_its_own_page_and_the_whole_on_the_front_page(mint: bool) -> None:
    site, dcat = packaged_site(mint), graph(published(mint), "catalogue/dcat.ttl")
    pages = {
        rdflib.URIRef(site.published(each.iri)): site.url(f"{each.stem}.html")
        for each in site.resources.values()
        if each.category == "dataset"
    }
    pages[WHOLE] = site.url("index.html")
    assert len(pages) > 3
    for dataset, page in pages.items():
        assert [str(each) for each in dcat.objects(dataset, DCAT.landingPage)] == [page]
        assert (rdflib.URIRef(page), rdflib.RDF.type, rdflib.FOAF.Document) in dcat


def test_the_page_embeds_the_data_as_schema_org_in_its_language() -> None:
    folder = published()
    for lang, file in (("fr", "index.html"), ("en", "index.en.html")):
        text = (folder / "catalogue" / file).read_text(encoding="utf-8")
        (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
        said = json.loads(block)
        assert (said["@type"], said["name"]) == ("Dataset", packaged_site().config.title.in_language(lang))
        assert len(said["description"]) >= 50
        for each in said["distribution"]:
            path = folder / each["contentUrl"].removeprefix(f"{ADDRESS}/")
            assert hashlib.sha256(path.read_bytes()).hexdigest() == each["sha256"]


def test_no_iri_of_queries_and_measurements_promises_a_page_that_does_not_exist() -> None:
    folder = published()
    known = packaged_site().resources
    for path in ("dumps/queries.ttl", "measurements.ttl"):
        named = {
            str(term) for triple in graph(folder, path) for term in triple if isinstance(term, rdflib.URIRef)
        }
        assert {each for each in named if each.startswith(DATA_BASE)} <= known.keys()
    names = {str(each) for each in graph(folder, "dumps/queries.ttl").subjects(DCT.identifier)}
    assert names == {f"{ADDRESS}/queries/{name}.html#it" for name in packaged_site().library.queries}


def test_the_same_data_give_the_same_bytes_in_whatever_order_they_are_loaded() -> None:
    first = published()
    store = EmbeddedStore.in_memory()
    source = packaged_site().store
    for dataset in reversed(source.datasets()):
        store.replace_dataset(dataset, sorted(source.triples(dataset), key=str, reverse=True))
    again = written(site_of(store, publisher="Observatoire", contact="mailto:contact@example.org"), CATALOGUE)
    files = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert [f for f in files if (first / f).read_bytes() != (again / f).read_bytes()] == []


HOSTILE = "</script><script>alert(1)</script>\"'`{{7*7}}\u202e"


def test_hostile_titles_and_licences_do_nothing_in_the_catalogue(tmp_path: Path) -> None:
    store = EmbeddedStore.in_memory()
    dataset = NamedNode(f"{DATA_BASE}dataset/x")
    alliance = NamedNode(f"{DATA_BASE}alliance/a")

    def triple(subject: NamedNode, predicate: str, value: Literal | NamedNode) -> Triple:
        return Triple(subject, NamedNode(predicate), value)

    store.replace_dataset(
        dataset,
        [
            triple(dataset, RDF("type"), NamedNode(str(DCAT.Dataset))),
            triple(dataset, DCTERMS("title"), Literal(HOSTILE, language="fr")),
            triple(dataset, DCTERMS("description"), Literal(HOSTILE, language="fr")),
            triple(dataset, DCTERMS("issued"), Literal("</loc>")),
            triple(dataset, DCTERMS("license"), NamedNode("javascript:alert(1)")),
            triple(dataset, DCTERMS("license"), Literal("https://x y/<script>")),
            triple(alliance, RDF("type"), NamedNode(RTE("Alliance"))),
            triple(alliance, SKOS("prefLabel"), Literal("=cmd|' /C calc'!A0", language="fr")),
        ],
    )
    folder = written(site_of(store, title=HOSTILE.rstrip("\u202e")), CATALOGUE)
    for path in folder.glob("catalogue/*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search("<script>|javascript:|\u202e", text)
        assert "{{7*7}}" in text
    assert "'=cmd|" in (folder / "dumps/csv/alliance.csv").read_text(encoding="utf-8")
    graph(folder, "catalogue/dcat.ttl"), graph(folder, "catalogue/void.ttl")  # they can be read
    assert "</loc><" in (folder / "sitemap.xml").read_text()
    assert "<lastmod><" not in (folder / "sitemap.xml").read_text(encoding="utf-8")


def test_the_site_map_lists_every_page_once_and_robots_names_it() -> None:
    folder = published()
    text = (folder / "sitemap.xml").read_text(encoding="utf-8")
    listed = re.findall("<loc>(.*?)</loc>", text)
    pages = {f"{ADDRESS}/{path.relative_to(folder)}" for path in folder.rglob("*.html")}
    assert len(listed) == len(set(listed))
    assert set(listed) == pages - {f"{ADDRESS}/404.html"}
    assert f"Sitemap: {ADDRESS}/sitemap.xml" in (folder / "robots.txt").read_text(encoding="utf-8")


def test_a_site_of_more_pages_than_one_map_may_hold_has_several() -> None:
    paths = sorted(f"id/x/{number}.html" for number in range(120_001))
    made = {page.path: page.content for page in closing(packaged_site(), paths)}
    assert sorted(made) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    assert [made[f"sitemap-{n}.xml"].count(b"<loc>") for n in (1, 2, 3)] == [50_000, 50_000, 20_001]
    assert made["sitemap.xml"].count(b"<loc>") == 3
