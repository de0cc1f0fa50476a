"""The catalogue against the shapes of DCAT-AP 3, which are no part of this project.

``RTE_GRAPH_CONFORMANCE`` names the folder that holds ``dcat-ap/dcat-ap-SHACL.ttl``
(https://semiceu.github.io/DCAT-AP/releases/3.0.1/).
"""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Triple
from pyshacl import validate

from rte_graph.loading import packaged_store
from rte_graph.namespaces import RTE
from rte_graph.network.wording import Text
from rte_graph.publish.config import read_config
from rte_graph.publish.dcat import dcat_triples
from rte_graph.publish.dumps import CSV, TURTLE, Dump
from rte_graph.publish.model import Site
from rte_graph.publish.site import build_site
from rte_graph.sparql.formats import write_graph
from rte_graph.sparql.library import working_library
from rte_graph.store import EmbeddedStore, Store

ADDRESS = "https://example.org/graphe"
WHO = {"publisher": "Observatoire", "contact": "mailto:contact@example.org"}


@pytest.fixture(scope="module")
def shapes() -> rdflib.Graph:
    root = os.environ.get("RTE_GRAPH_CONFORMANCE")
    file = Path(root or ".") / "dcat-ap" / "dcat-ap-SHACL.ttl"
    if not root or not file.is_file():
        pytest.skip("RTE_GRAPH_CONFORMANCE names no folder with dcat-ap/dcat-ap-SHACL.ttl")
    return rdflib.Graph().parse(file)


def bare_store() -> Store:
    """Somebody's data with nothing about themselves: no dataset described, no licence, no date."""
    store = EmbeddedStore.in_memory()
    thing = NamedNode("https://example.org/id/alliance/x")
    store.replace_dataset(
        NamedNode("urn:x-test:d"), [Triple(thing, NamedNode(RTE("formerName")), Literal("X"))]
    )
    return store


def site(which: str) -> Site:
    if which == "bare":
        config = read_config({"base-url": ADDRESS, "base": "https://example.org/id/", "languages": ["en"]})
        return build_site(bare_store(), working_library(), config)
    contact = {"contact": "https://example.org/contact"} if which == "minted" else {}
    config = read_config({"base-url": ADDRESS, **WHO, **contact, "mint": which == "minted"})
    return build_site(packaged_store(), working_library(), config)


def dumps(of: Site) -> list[Dump]:
    parts = [each.value for each in of.store.datasets() if "ontology" not in each.value]
    title = Text(fr="Données", en="Data")
    whole = Dump(
        path="dumps/data.ttl.gz",
        title=title,
        media=TURTLE,
        size=12,
        sha256="ab" * 32,
        group="data",
        zipped=True,
    )
    table = Dump(path="dumps/csv/x.csv", title=title, media=CSV, size=1, sha256="cd" * 32, group="table")
    own = [
        Dump(
            path=f"dumps/{n}.ttl.gz",
            title=title,
            media=TURTLE,
            size=3,
            sha256="ef" * 32,
            group="dataset",
            zipped=True,
            dataset=each,
        )
        for n, each in enumerate(parts)
    ]
    return [whole, table, *own]


@pytest.mark.parametrize("form", ["turtle", "jsonld"])
@pytest.mark.parametrize("which", ["packaged", "minted", "bare"])
def test_the_catalogue_has_no_violation_of_dcat_ap(shapes: rdflib.Graph, which: str, form: str) -> None:
    of, out = site(which), BytesIO()
    write_graph(form, dcat_triples(of, dumps(of)), out)
    read = rdflib.Graph().parse(data=out.getvalue(), format={"turtle": "turtle", "jsonld": "json-ld"}[form])
    assert len(list(read.subjects(rdflib.RDF.type, rdflib.DCAT.Distribution))) >= 3
    conforms, _, text = validate(read, shacl_graph=shapes)
    assert conforms, text


def test_a_catalogue_without_its_publisher_or_a_title_is_refused_by_these_shapes(
    shapes: rdflib.Graph,
) -> None:
    of, out = site("packaged"), BytesIO()
    write_graph("turtle", dcat_triples(of, dumps(of)), out)
    for predicate in (
        rdflib.DCTERMS.publisher,
        rdflib.DCTERMS.title,
        rdflib.DCAT.accessURL,
        rdflib.FOAF.name,
    ):
        read = rdflib.Graph().parse(data=out.getvalue(), format="turtle")
        read.remove((None, predicate, None))
        conforms, _, _ = validate(read, shacl_graph=shapes)
        assert not conforms, predicate
