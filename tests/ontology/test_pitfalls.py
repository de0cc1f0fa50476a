"""What goes wrong silently: terms never declared, circles, files out of form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import RDF, RDFS, SKOS

from rte_graph.namespaces import ONTOLOGY_IRI, RTE
from rte_graph.rdf_io import check_canonical
from rte_graph.resources import data_files, ontology_folder, queries_folder

from .conftest import EXAMPLES, parsed, terms_in

CANONICAL = sorted(ontology_folder().rglob("*.ttl")) + sorted(EXAMPLES.glob("*.ttl"))
# Where queries name terms: a prefixed name or a full IRI of our namespace.
IN_TEXT = re.compile(r"\brte:([A-Za-z][\w-]*)|<https://w3id\.org/rte/ontology#([\w-]+)>")


@pytest.fixture(scope="module")
def declared(main_ontology: rdflib.Graph, shapes: rdflib.Graph) -> set[str]:
    terms = set(main_ontology.subjects(RDFS.isDefinedBy, rdflib.URIRef(ONTOLOGY_IRI)))
    return {str(term) for term in terms | set(shapes.subjects(RDF.type))}


@pytest.mark.parametrize("part", ["shapes", "vocab", "align"])
def test_ontology_files_use_declared_terms_only(part: str, declared: set[str]) -> None:
    graph = parsed(sorted((ontology_folder() / part).glob("*.ttl")))
    assert {str(term) for term in terms_in(graph)} - declared == set()


def test_main_file_uses_declared_terms_only(main_ontology: rdflib.Graph, declared: set[str]) -> None:
    assert {str(term) for term in terms_in(main_ontology)} - declared == set()


def test_sparql_of_shapes_uses_declared_terms_only(shapes: rdflib.Graph, declared: set[str]) -> None:
    texts = " ".join(str(value) for value in shapes.objects() if isinstance(value, rdflib.Literal))
    assert {RTE(a or b) for a, b in IN_TEXT.findall(texts)} - declared == set()


def test_examples_use_declared_terms_only(declared: set[str]) -> None:
    graph = parsed(sorted(EXAMPLES.glob("*.ttl")))
    assert {str(term) for term in terms_in(graph)} - declared == set()


def test_data_use_declared_terms_only(declared: set[str]) -> None:
    graph = parsed(data_files())
    assert {str(term) for term in terms_in(graph)} - declared == set()


def test_queries_use_declared_terms_only(declared: set[str]) -> None:
    for path in sorted(queries_folder().rglob("*.rq")):
        text = re.sub(r"^\s*#.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert {RTE(a or b) for a, b in IN_TEXT.findall(text)} - declared == set(), path


def circles(graph: rdflib.Graph, predicate: rdflib.URIRef) -> set[rdflib.term.Node]:
    starts = set(graph.subjects(predicate))
    return {
        start
        for start in starts
        for above in graph.objects(start, predicate)
        if start in _above(graph, above, predicate)
    }


def _above(graph: rdflib.Graph, start: rdflib.term.Node, predicate: rdflib.URIRef) -> set[rdflib.term.Node]:
    return set(graph.transitive_objects(start, predicate))


@pytest.mark.parametrize("predicate", [RDFS.subClassOf, RDFS.subPropertyOf, SKOS.broader])
def test_hierarchies_have_no_circle(
    predicate: rdflib.URIRef, whole_ontology: rdflib.Graph, alignments: rdflib.Graph
) -> None:
    assert circles(whole_ontology + alignments, predicate) == set()


def test_a_circle_would_be_found() -> None:
    graph = rdflib.Graph().parse(
        data="@prefix : <http://example.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
        ":a skos:broader :b . :b skos:broader :c . :c skos:broader :a .",
        format="turtle",
    )
    assert len(circles(graph, SKOS.broader)) == 3


@pytest.mark.parametrize("path", CANONICAL, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_file_is_canonical_turtle(path: Path) -> None:
    line = check_canonical(path)
    assert line is None, f"{path}:{line}: run python -m rte_graph.rdf_io --write {path}"
