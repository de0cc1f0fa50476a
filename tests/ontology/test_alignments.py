"""Alignments say no more than is true, and say what they rest on."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from rte_graph.namespaces import RTE, VOCABULARY_BASE
from rte_graph.resources import ontology_folder

from .conftest import parsed

FILES = sorted((ontology_folder() / "align").glob("*.ttl"))
MAPPINGS = {SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch}
# The namespaces that the model names, as they are written in the world.
FOREIGN = (
    *("http://www.w3.org/ns/org#", "https://schema.org/", "http://xmlns.com/foaf/0.1/"),
    *("http://www.w3.org/ns/prov#", "http://purl.org/dc/terms/", "http://www.w3.org/2004/02/skos/core#"),
    *("http://www.opengis.net/ont/geosparql#", "http://rdf.insee.fr/def/geo#"),
    *("http://purl.org/essglobal/vocab/", "http://purl.org/essglobal/standard/"),
    *("https://w3id.solidarityeconomy.coop/essglobal/V2a/vocab/", "https://lod.coop/essglobal/2.1/"),
    *("http://virtual-assembly.org/ontologies/pair#", "http://www.wikidata.org/entity/"),
)


def test_each_vocabulary_has_its_file() -> None:
    names = {"org", "schema", "foaf-prov-dcterms", "geosparql", "insee", "essglobal", "pair", "wikidata"}
    assert {path.stem for path in FILES} == names


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_alignment_says_what_it_is_and_under_which_licence(path: Path) -> None:
    graph = parsed([path])
    header = graph.value(None, RDF.type, OWL.Ontology)
    assert str(header) == f"https://w3id.org/rte/ontology/align/{path.stem}"
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.rights):
        assert {text.language for text in graph.objects(header, predicate)} == {"fr", "en"}
    assert graph.value(header, DCTERMS.license)
    assert path.read_text(encoding="utf-8").startswith("# ")


def test_alignments_go_from_our_terms_to_known_vocabularies(
    alignments: rdflib.Graph, whole_ontology: rdflib.Graph
) -> None:
    headers = set(alignments.subjects(RDF.type, OWL.Ontology))
    for subject, predicate, value in alignments:
        if subject in headers:
            continue
        assert str(subject).startswith((RTE, VOCABULARY_BASE)), subject
        assert (subject, RDF.type, None) in whole_ontology, subject
        assert predicate in {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.seeAlso, *MAPPINGS}, predicate
        assert str(value).startswith(FOREIGN), value


def test_mappings_stand_between_concepts_only(alignments: rdflib.Graph, vocabulary: rdflib.Graph) -> None:
    for predicate in MAPPINGS:
        for subject in alignments.subjects(predicate):
            assert (subject, RDF.type, SKOS.Concept) in vocabulary, subject


def test_nothing_is_a_subclass_of_a_vocabulary_that_defines_nothing(alignments: rdflib.Graph) -> None:
    for value in alignments.objects(None, RDFS.subClassOf):
        assert not str(value).startswith(("http://virtual-assembly.org/", "http://purl.org/essglobal/"))


def test_initiative_is_neither_an_activity_nor_a_schema_project(
    alignments: rdflib.Graph, whole_ontology: rdflib.Graph
) -> None:
    above = set(
        (alignments + whole_ontology).transitive_objects(rdflib.URIRef(RTE("Initiative")), RDFS.subClassOf)
    )
    assert above == {rdflib.URIRef(RTE("Initiative"))}
