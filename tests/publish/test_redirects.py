"""IRIs lead to their pages and files: the rules of a site and of the host of its IRIs, on a real Apache."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from apache import serving
from pyoxigraph import Literal, NamedNode, Triple
from sites import ADDRESS, packaged_site, site_of

from rte_graph.namespaces import RTE, SKOS
from rte_graph.publish.model import Page
from rte_graph.publish.redirects import closing
from rte_graph.store import EmbeddedStore

IRI = "/id/alliance/coalition-solidaire"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
RDFLIB = "text/turtle, application/rdf+xml;q=0.9, application/ld+json;q=0.8, */*;q=0.1"

ACCEPTED = [
    (BROWSER, "html"),
    ("*/*", "html"),
    ("", "html"),
    ("image/png", "html"),
    ("text/turtle", "ttl"),
    ("application/ld+json", "jsonld"),
    (RDFLIB, "ttl"),
    ("application/json", "jsonld"),
    ("text/turtle;q=0.5, application/ld+json", "jsonld"),
    ("application/ld+json;q=0.3, text/turtle;q=0.7, text/html;q=0.2", "ttl"),
    ("text/html;q=0.2, text/turtle;q=0.35", "ttl"),
    ("text/turtle;q=0, text/html;q=0.1", "html"),
    ("text/turtle;q=0, application/ld+json;q=0.05", "jsonld"),
    ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted", */*;q=0.1', "jsonld"),
    ("TEXT/TURTLE ; charset=utf-8 ; q=1.0", "ttl"),
    ("application/xhtml+xml, text/turtle;q=0.9", "html"),
    ("text/turtlex", "html"),
]


def files(site_paths: list[str]) -> list[Page]:
    return [Page(path=path, content=f"{path}\n".encode()) for path in site_paths]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The packaged site's rules beside stand-ins of its files, and those of w3id.org in another folder."""
    site = packaged_site()
    paths = [f"{each.stem}.{end}" for each in site.resources.values() for end in ("html", "ttl", "jsonld")]
    paths += ["404.html", ".well-known/void", "dumps/data.ttl.gz", "ontology/index.html"]
    paths += ["ontology/ontology.ttl", "ontology/ontology.jsonld"]
    paths += ["vocab/alliance-form.html", "vocab/alliance-form.ttl"]
    root, host = tmp_path_factory.mktemp("site"), tmp_path_factory.mktemp("host")
    rules = list(closing(site, paths))
    for page in [*files(paths), *rules]:
        target = root / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(page.content)
    (host / ".htaccess").write_bytes(next(page.content for page in rules if page.path == "w3id.htaccess"))
    return {"graphe": root, "rte": host}


@pytest.fixture(scope="module")
def address(folders: dict[str, Path]) -> Iterator[str]:
    with serving(folders, allowed="FileInfo Options") as found:
        yield found


def ask(address: str, path: str, accept: str = "*/*") -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.request("GET", path, headers={"Accept": accept})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


@pytest.mark.parametrize(("accept", "form"), ACCEPTED)
def test_an_iri_leads_by_303_to_what_the_accept_header_prefers(address: str, accept: str, form: str) -> None:
    answer = ask(address, f"/graphe{IRI}", accept)
    assert (answer.status, answer.getheader("Location")) == (303, f"{address}/graphe{IRI}.{form}")
    assert "accept" in (answer.getheader("Vary") or "").lower()


@pytest.mark.parametrize(("accept", "form"), ACCEPTED)
def test_the_rules_of_w3id_lead_to_the_site_by_the_accept_header(
    address: str, accept: str, form: str
) -> None:
    answer = ask(address, f"/rte{IRI}", accept)
    assert (answer.status, answer.getheader("Location")) == (303, f"{ADDRESS}{IRI}.{form}")


def test_every_iri_of_the_data_leads_to_a_file_that_is_there(address: str, folders: dict[str, Path]) -> None:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    wrong = []
    for number, resource in enumerate(packaged_site().resources.values()):
        if number % 7 and resource.stem == f"id/{resource.kind}/{resource.slug}":
            continue
        for place, home in (("graphe", f"{address}/graphe/"), ("rte", f"{ADDRESS}/")):
            path = f"/{place}/id/{resource.kind}/{quote(resource.slug)}"
            connection.request("GET", path, headers={"Accept": "text/turtle"})
            answer = connection.getresponse()
            answer.read()
            told = (answer.getheader("Location") or "").removeprefix(home)
            if answer.status != 303 or not (folders["graphe"] / told).is_file() or not told.endswith(".ttl"):
                wrong.append((path, answer.status, told))
    connection.close()
    assert not wrong


@pytest.mark.parametrize(
    ("path", "accept", "told"),
    [
        ("ontology", "text/turtle", "ontology/ontology.ttl"),
        ("ontology", BROWSER, "ontology/index.html"),
        ("ontology", "application/ld+json", "ontology/ontology.jsonld"),
        ("ontology/0.1.0", "text/turtle", "ontology/0.1.0/ontology.ttl"),
        ("vocab/alliance-form/coalition", "text/turtle", "vocab/alliance-form.ttl"),
        ("vocab/alliance-form/coalition", BROWSER, "vocab/alliance-form.html#coalition"),
        ("vocab/alliance-form", BROWSER, "vocab/alliance-form.html"),
        ("vocab/alliance-form", "application/ld+json", "vocab/alliance-form.html"),
        ("", BROWSER, ""),
    ],
)
def test_the_rules_of_w3id_lead_to_the_ontology_and_the_vocabularies(
    address: str, path: str, accept: str, told: str
) -> None:
    answer = ask(address, f"/rte/{path}", accept)
    assert (answer.status, answer.getheader("Location")) == (303, f"{ADDRESS}/{told}")


@pytest.mark.parametrize(
    ("path", "media"),
    [
        (f"{IRI}.ttl", "text/turtle; charset=utf-8"),
        (f"{IRI}.jsonld", "application/ld+json"),
        (f"{IRI}.html", "text/html; charset=utf-8"),
        ("/.well-known/void", "text/turtle"),
        ("/dumps/data.ttl.gz", "application/gzip"),
    ],
)
def test_files_are_given_with_their_media_type(address: str, path: str, media: str) -> None:
    answer = ask(address, f"/graphe{path}", "text/turtle")
    assert (answer.status, answer.getheader("Content-Type")) == (200, media)
    assert answer.getheader("Content-Encoding") is None


def test_an_iri_that_nobody_minted_is_not_found(address: str) -> None:
    assert ask(address, "/graphe/id/alliance/nobody").status == 404
    assert ask(address, "/graphe/id/nothing/here/at/all").status == 404


def test_rules_need_no_more_than_the_right_to_say_what_files_are(folders: dict[str, Path]) -> None:
    with serving({"": folders["graphe"]}, allowed="FileInfo") as address:
        assert ask(address, IRI, "text/turtle").getheader("Location") == f"{address}{IRI}.ttl"


HOSTILE = (
    "Édith",
    "a b",
    'x"y',
    "x$1",
    "x%41",
    "$(id)",
    "a.html",
    "CON",
    "l'été",
    "a\\b",
    "x/y/z",
    "..",
    "a^b",
)


def test_odd_and_hostile_names_lead_to_their_own_files_or_nowhere(tmp_path: Path) -> None:
    store = EmbeddedStore.in_memory()
    base = "https://w3id.org/rte/id/"
    iris = [NamedNode(f"{base}alliance/{quote(each, safe='/$()%.')}") for each in HOSTILE]
    store.replace_dataset(
        NamedNode(f"{base}dataset/x"),
        [Triple(each, NamedNode(SKOS("prefLabel")), Literal("x", language="fr")) for each in iris],
    )
    site = site_of(store)
    paths = [f"{each.stem}.{end}" for each in site.resources.values() for end in ("html", "ttl", "jsonld")]
    for page in [*files(paths), *closing(site, paths)]:
        target = tmp_path / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(page.content)
    with serving({"": tmp_path}) as address:
        assert ask(address, "/id/alliance/other").status == 404  # the rules can be read: no error 500
        for resource in site.resources.values():
            answer = ask(address, f"/id/alliance/{resource.slug}", "text/turtle")
            told = (answer.getheader("Location") or "").removeprefix(f"{address}/")
            assert answer.status == 404 or told == f"{resource.stem}.ttl", (
                resource.slug,
                answer.status,
                told,
            )


def test_a_site_that_is_the_host_of_its_iris_has_no_rules_for_another() -> None:
    store = EmbeddedStore.in_memory()
    iri = NamedNode(f"{ADDRESS}/id/alliance/x")
    store.replace_dataset(
        NamedNode("urn:x-test:d"), [Triple(iri, NamedNode(RTE("formerName")), Literal("x"))]
    )
    site = site_of(store, base=f"{ADDRESS}/id/")
    assert [page.path for page in closing(site, [])] == [".htaccess"]
    other = site_of(store, base=f"{ADDRESS}/", base_url="https://example.net")
    assert [page.path for page in closing(other, [])] == [".htaccess", "iris.htaccess"]
