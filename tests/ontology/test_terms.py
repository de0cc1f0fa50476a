"""Every class and property is named, defined, exemplified and declared in one way only (HABITS 8)."""

from __future__ import annotations

import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, VANN, XSD

from rte_graph.namespaces import ONTOLOGY_IRI, RTE, VS

from .conftest import with_prefixes

ONTOLOGY = rdflib.URIRef(ONTOLOGY_IRI)
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)

# One rule a line: what it finds is wrong.
RULES = {
    "a term without a label in French and in English": """
        ?term rdfs:isDefinedBy <https://w3id.org/rte/ontology>
        FILTER (NOT EXISTS { ?term rdfs:label ?l FILTER (LANG(?l) = "fr") }
             || NOT EXISTS { ?term rdfs:label ?l FILTER (LANG(?l) = "en") })""",
    "a term with two labels in one language": """
        ?term rdfs:label ?a, ?b FILTER (LANG(?a) = LANG(?b) && STR(?a) < STR(?b))""",
    "a term without a definition in French and in English": """
        ?term rdfs:isDefinedBy <https://w3id.org/rte/ontology>
        FILTER (NOT EXISTS { ?term skos:definition ?l FILTER (LANG(?l) = "fr") }
             || NOT EXISTS { ?term skos:definition ?l FILTER (LANG(?l) = "en") })""",
    "a definition that begins with the term itself": """
        ?term rdfs:label ?l ; skos:definition ?d
        FILTER (LANG(?l) = LANG(?d) && STRSTARTS(LCASE(?d), CONCAT(LCASE(STR(?l)), " ")))""",
    "a definition that is no sentence": """
        ?term rdfs:isDefinedBy ?o ; skos:definition ?d FILTER (!REGEX(STR(?d), "[.…]$"))""",
    "a term without an example": """
        ?term rdfs:isDefinedBy ?o FILTER NOT EXISTS { ?term skos:example ?e }""",
    "a term without a status that the vocabulary of statuses knows": """
        ?term rdfs:isDefinedBy ?o
        FILTER NOT EXISTS {
            ?term vs:term_status ?s FILTER (?s IN ("stable", "testing", "unstable", "archaic")) }""",
    "a term of ours that is not said to be": """
        ?term a ?kind FILTER (STRSTARTS(STR(?term), "https://w3id.org/rte/ontology#"))
        FILTER NOT EXISTS { ?term rdfs:isDefinedBy <https://w3id.org/rte/ontology> }""",
    "a deprecated term without a replacement": """
        ?term owl:deprecated true FILTER NOT EXISTS { ?term dcterms:isReplacedBy ?other }""",
    "a class whose name does not begin with a capital": """
        ?term a owl:Class FILTER (STRSTARTS(STR(?term), "https://w3id.org/rte/ontology#"))
        FILTER (!REGEX(STR(?term), "#[A-Z]"))""",
    "a property whose name does not begin in lower case": """
        ?term a ?kind FILTER (?kind IN (owl:ObjectProperty, owl:DatatypeProperty, owl:AnnotationProperty))
        FILTER (STRSTARTS(STR(?term), "https://w3id.org/rte/ontology#") && !REGEX(STR(?term), "#[a-z]"))""",
    "a datatype stated as a range: datatypes live in SHACL": """
        ?term rdfs:range ?r FILTER (STRSTARTS(STR(?r), STR(xsd:)) || ?r IN (rdf:langString, rdfs:Literal))""",
    "a stated inverse: inverses are derived": "?term owl:inverseOf ?other",
    "a straight apostrophe or an ordinary space before a colon in a French text": """
        ?term ?p ?text FILTER (LANG(?text) = "fr" && REGEX(STR(?text), "'| [:;!?»]|« "))""",
}


@pytest.mark.parametrize("wrong", RULES)
def test_ontology_has_no(wrong: str, main_ontology: rdflib.Graph) -> None:
    found = main_ontology.query(with_prefixes(f"SELECT DISTINCT ?term WHERE {{ {RULES[wrong]} }}"))
    assert sorted(str(row[0]) for row in found) == []


def test_every_term_is_declared_as_exactly_one_kind(main_ontology: rdflib.Graph) -> None:
    for term in set(main_ontology.subjects(RDFS.isDefinedBy, ONTOLOGY)):
        kinds = [kind for kind in main_ontology.objects(term, RDF.type) if kind in KINDS]
        assert len(kinds) == 1, term


def test_superproperties_are_of_the_same_kind(main_ontology: rdflib.Graph) -> None:
    for lower, upper in main_ontology.subject_objects(RDFS.subPropertyOf):
        assert set(main_ontology.objects(lower, RDF.type)) == set(main_ontology.objects(upper, RDF.type)), (
            lower
        )


def test_datatype_and_annotation_properties_have_no_class_as_range(main_ontology: rdflib.Graph) -> None:
    for kind in (OWL.DatatypeProperty, OWL.AnnotationProperty):
        for term in main_ontology.subjects(RDF.type, kind):
            assert main_ontology.value(term, RDFS.range) is None, term


def test_properties_that_several_classes_share_have_no_domain_and_no_range(
    main_ontology: rdflib.Graph,
) -> None:
    for name in ("kind", "territory", "evidence", "figure", "start", "end", "date", "earliest", "latest"):
        for predicate in (RDFS.domain, RDFS.range):
            assert main_ontology.value(rdflib.URIRef(RTE(name)), predicate) is None, name


def test_header_names_version_licence_and_prefix(main_ontology: rdflib.Graph) -> None:
    value = main_ontology.value
    version = str(value(ONTOLOGY, OWL.versionInfo))
    assert str(value(ONTOLOGY, OWL.versionIRI)) == f"{ONTOLOGY_IRI}/{version}"
    assert str(value(ONTOLOGY, DCTERMS.license)) == "https://creativecommons.org/licenses/by/4.0/"
    assert str(value(ONTOLOGY, VANN.preferredNamespacePrefix)) == "rte"
    assert str(value(ONTOLOGY, VANN.preferredNamespaceUri)) == RTE
    for predicate in (DCTERMS.title, DCTERMS.description):
        assert {text.language for text in main_ontology.objects(ONTOLOGY, predicate)} == {"fr", "en"}
    for predicate in (DCTERMS.created, DCTERMS.modified):
        assert value(ONTOLOGY, predicate).datatype == XSD.date


def test_terms_of_others_are_only_declared_not_described(main_ontology: rdflib.Graph) -> None:
    for term in set(main_ontology.subjects()):
        if not str(term).startswith(ONTOLOGY_IRI):
            assert set(main_ontology.predicates(term)) == {RDF.type}, term


def test_ontology_has_no_blank_node(main_ontology: rdflib.Graph) -> None:
    assert not [node for node in main_ontology.all_nodes() if isinstance(node, rdflib.BNode)]


def test_status_comes_from_its_vocabulary(main_ontology: rdflib.Graph) -> None:
    assert (rdflib.URIRef(VS("term_status")), RDF.type, OWL.AnnotationProperty) in main_ontology
    assert (SKOS.definition, RDF.type, OWL.AnnotationProperty) in main_ontology
