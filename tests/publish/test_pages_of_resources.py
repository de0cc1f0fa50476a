"""A page for each resource, with its twins; the same bytes each time; hostile names do nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from observatory import (
    BASE,
    HOSTILE_BASE,
    PAYLOADS,
    SECTIONS,
    SLUGS,
    hostile_site,
    observatory,
    observatory_store,
    pages_of,
)
from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib.compare import isomorphic

from rte_graph.describe import describe
from rte_graph.describe.describe import describe_around
from rte_graph.describe.neighbourhood import gather
from rte_graph.describe.reading import IndexReading
from rte_graph.describe.turtle import to_turtle, triples_about
from rte_graph.loading import packaged_store
from rte_graph.publish import Site
from rte_graph.publish.markup import markup_faults
from rte_graph.publish.resources import Desk, resource_pages
from rte_graph.publish.site import build_site
from rte_graph.publish.standings import read_standings
from rte_graph.publish.write import write_site
from rte_graph.rdf_io import format_turtle
from rte_graph.sparql.library import working_library
from rte_graph.store import EmbeddedStore

LARGEST_PAGE = 60_000
OPEN = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"


@pytest.fixture(scope="module")
def pages() -> dict[str, bytes]:
    return pages_of(observatory(), "resources")


def text(pages: dict[str, bytes], path: str) -> str:
    return pages[path].decode()


def test_each_resource_has_its_page_in_both_languages_and_both_twins(pages: dict[str, bytes]) -> None:
    for resource in observatory().resources.values():
        for suffix in (".html", ".en.html", ".ttl", ".jsonld"):
            assert f"id/{resource.kind}/{resource.slug}{suffix}" in pages


def test_a_page_has_one_language_and_names_the_other_one(pages: dict[str, bytes]) -> None:
    french = text(pages, "id/alliance/table-commune.html")
    english = text(pages, "id/alliance/table-commune.en.html")
    assert '<html lang="fr"' in french
    assert '<html lang="en"' in english
    address = "https://observatoire.example.org/id/alliance/table-commune"
    for page in (french, english):
        assert f'hreflang="fr" href="{address}.html"' in page
        assert f'hreflang="en" href="{address}.en.html"' in page
    assert f'rel="canonical" href="{address}.en.html"' in english
    assert "Ceux qui cultivent" in french
    assert "Those who grow" in english
    assert "Ceux qui cultivent" not in english


def test_former_names_roles_periods_evidence_and_ranks_stand_on_the_page(pages: dict[str, bytes]) -> None:
    alliance = text(pages, "id/alliance/ateliers.html")
    assert "anciennement <bdi>Cercle des réparateurs</bdi>" in alliance
    assert "membre fondateur, depuis 2024" in alliance
    assert re.search(r'<sup><a href="#s1">1</a></sup>', alliance)
    assert 'id="s1"' in alliance
    assert "lignes\u00a012–19" in alliance
    assert "Place dans les réseaux" in alliance
    assert '<svg class="ego"' in alliance
    assert "1\u00a0sur 2" in alliance or "2 sur 2" in alliance


def test_an_error_is_reported_with_the_iri_of_the_statement(pages: dict[str, bytes]) -> None:
    page = text(pages, "id/alliance/ateliers.html")
    statement = "https%3A%2F%2Fobservatoire.example.org%2Fid%2Fmembership%2Fbois-et-fil--ateliers"
    assert re.search(rf'href="mailto:erreurs@observatoire\.example\.org\?[^"]*{re.escape(statement)}"', page)


def test_twins_hold_the_same_triples_and_say_their_licence(pages: dict[str, bytes]) -> None:
    stem = "id/organisation/velos-pour-tous"
    turtle = rdflib.Graph().parse(data=pages[f"{stem}.ttl"], format="turtle")
    compact = rdflib.Graph().parse(data=pages[f"{stem}.jsonld"], format="json-ld")
    address = rdflib.URIRef("https://observatoire.example.org/id/organisation/velos-pour-tous")
    for graph, suffix in ((turtle, ".ttl"), (compact, ".jsonld")):
        document = rdflib.URIRef(f"{address}{suffix}")
        licence = rdflib.URIRef("http://purl.org/dc/terms/license")
        assert str(graph.value(document, licence)) == "https://creativecommons.org/licenses/by/4.0/"
        assert graph.value(document, rdflib.FOAF.primaryTopic) == address
        graph.remove((document, None, None))
    assert isomorphic(turtle, compact)
    described = rdflib.Graph().parse(data=to_turtle(observatory().store, str(address)), format="turtle")
    assert isomorphic(turtle, described)


def two_datasets() -> Site:
    """The observatory beside a dataset of another licence, which names one organisation more."""
    other, base = "https://observatoire.example.org/id/dataset/autre", "https://observatoire.example.org/id/"
    said = f"""
    @prefix rte: <https://w3id.org/rte/ontology#> . @prefix dcterms: <http://purl.org/dc/terms/> .
    @prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix org: <http://www.w3.org/ns/org#> .
    <{other}> a <http://www.w3.org/ns/dcat#Dataset> ; dcterms:title "Autre"@fr ; dcterms:license <{OPEN}> .
    <{base}organisation/seule> a rte:Organisation ; skos:prefLabel "Seule"@fr .
    <{base}membership/seule> a rte:Membership ; org:member <{base}organisation/seule> ;
        org:organization <{base}alliance/ateliers> .
    """
    store = EmbeddedStore.in_memory()
    for dataset in observatory_store().datasets():
        store.replace_dataset(dataset, observatory_store().triples(dataset))
    store.replace_dataset(NamedNode(other), (quad.triple for quad in parse(said, format=RdfFormat.TURTLE)))
    return build_site(store, working_library(), observatory().config)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_twin_has_the_licences_of_its_own_statements_only(tmp_path: Path, jobs: int) -> None:
    site = two_datasets()
    write_site(site, tmp_path / "site", sections=("resources",), jobs=jobs)
    by = "https://creativecommons.org/licenses/by/4.0/"
    for name, licences in {
        "organisation/velos-pour-tous": {by},
        "organisation/seule": {OPEN},
        # One dataset describes the alliance, the other says who is in it.
        "alliance/ateliers": {by, OPEN},
    }.items():
        stem = f"id/{name}"
        for suffix, form in ((".ttl", "turtle"), (".jsonld", "json-ld")):
            twin = rdflib.Graph().parse(tmp_path / "site" / f"{stem}{suffix}", format=form)
            stated = twin.objects(rdflib.URIRef(site.url(f"{stem}{suffix}")), rdflib.DCTERMS.license)
            assert {str(each) for each in stated} == licences, name


def test_minted_iris_stand_in_the_published_copy_only() -> None:
    site = observatory(mint=True, base_url="https://pages.example.net/o")
    found = pages_of(site, "resources")
    twin = found["id/organisation/velos-pour-tous.ttl"].decode()
    assert "https://pages.example.net/o/id/organisation/velos-pour-tous#it" in twin
    assert BASE not in twin
    assert f"{BASE}organisation/velos-pour-tous" in site.resources


def test_the_site_has_the_same_bytes_each_time() -> None:
    sections = (*SECTIONS, "ontology", "redirects")
    assert pages_of(observatory(), *sections) == pages_of(observatory(), *sections)


def test_several_processes_write_the_same_files(tmp_path: Path, pages: dict[str, bytes]) -> None:
    write_site(observatory(), tmp_path / "site", sections=("resources",), jobs=2)
    for path, content in pages.items():
        assert (tmp_path / "site" / path).read_bytes() == content


def test_describing_by_index_says_what_describing_by_queries_says() -> None:
    store = packaged_store()
    reading = IndexReading(store)
    base = "https://w3id.org/rte/id/"
    for name in (
        "alliance/coalition-solidaire",
        "organisation/mgen",
        "person/jean-michel-ricard",
        "territory/ocean-indien",
    ):
        around = gather(reading, base + name, "fr")
        assert describe_around(around) == describe(store, base + name, "fr")
        assert describe_around(around.in_language("en", reading)) == describe(store, base + name, "en")
        assert format_turtle(triples_about(around)) == to_turtle(store, base + name)


def test_even_the_page_of_the_best_known_actor_stays_small() -> None:
    from rte_graph.publish.config import read_config

    config = read_config({"report": "https://example.org/issues/new"}, base_url="https://example.org/g")
    site = build_site(packaged_store(), working_library(), config)
    desk = Desk(site, IndexReading(packaged_store()), read_standings(site))
    for name in (
        "organisation/mgen",
        "organisation/ag2r-la-mondiale",
        "document/mgen-responsabilite-territoriale",
    ):
        for page in resource_pages(desk, site.resources[f"https://w3id.org/rte/id/{name}"]):
            if page.path.endswith(".html"):
                bare = re.sub(rb'<svg class="(?:ego|place)".*?</svg>', b"", page.content, flags=re.DOTALL)
                assert len(bare) < LARGEST_PAGE, page.path


def test_hostile_names_are_text_and_hostile_addresses_no_links() -> None:
    found = pages_of(hostile_site())
    for path, content in found.items():
        if not path.endswith(".html") or b'id="app"' in content:
            continue
        page = content.decode()
        assert list(markup_faults(path, page)) == [], path
        assert "<script>window" not in page, path
        assert "<img src=x" not in page, path
        assert not re.search(r'(?:href|src)="\s*(?:javascript|data|vbscript):', page, re.IGNORECASE), path
    alliance = found["id/alliance/a.html"].decode()
    assert "&lt;/script&gt;&lt;script&gt;window.hacked=1" in alliance
    assert "\u202e" not in found["id/organisation/o6.html"].decode()
    index = found["assets/search.fr.js"].decode()
    assert "</script>" not in index
    assert "\u2028" not in index


def test_hostile_iris_get_files_that_any_system_takes(tmp_path: Path) -> None:
    site = hostile_site()
    stems = {site.resources[f"{HOSTILE_BASE}organisation/{slug}"].stem for slug in SLUGS}
    assert len({stem.casefold() for stem in stems}) == len(SLUGS)
    for stem in stems:
        assert re.fullmatch(r"id/organisation/[a-z0-9_.~-]{1,210}", stem), stem
        assert not re.search(r"/(con|\.\.?)$", stem)
    write_site(site, tmp_path / "site", sections=("resources", "assets"))
    assert len(PAYLOADS) == len(list((tmp_path / "site" / "id" / "membership").glob("*.ttl")))
