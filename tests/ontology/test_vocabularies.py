"""Every concept is named, defined, coded and placed, in French and in English (HABITS 8)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import RDF, SH, SKOS

from rte_graph.namespaces import RTE, SCHEMES, VOCABULARY_BASE, scheme_namespace
from rte_graph.resources import ontology_folder

from .conftest import parsed

FILES = sorted((ontology_folder() / "vocab").glob("*.ttl"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_scheme_and_its_concepts_are_complete(path: Path) -> None:
    graph, scheme = parsed([path]), rdflib.URIRef(VOCABULARY_BASE + path.stem)
    assert set(graph.subjects(RDF.type, SKOS.ConceptScheme)) == {scheme}
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert concepts
    for thing in (scheme, *concepts):
        for predicate in (SKOS.prefLabel, SKOS.definition):
            languages = sorted(text.language for text in graph.objects(thing, predicate))
            assert languages == ["en", "fr"], f"{thing} {predicate}"
    for concept in concepts:
        assert str(concept).startswith(scheme_namespace(path.stem)), concept
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", str(concept).rpartition("/")[2]), concept
        assert list(graph.objects(concept, SKOS.inScheme)) == [scheme], concept
        is_top = (concept, SKOS.topConceptOf, scheme) in graph
        assert is_top != bool(graph.value(concept, SKOS.broader)), f"{concept}: top or narrower, not both"
        for broader in graph.objects(concept, SKOS.broader):
            assert broader in concepts, f"{concept}: {broader} is not in its scheme"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_notations_and_labels_are_unique_in_a_scheme(path: Path) -> None:
    graph = parsed([path])
    notations = [
        str(n) for c in graph.subjects(RDF.type, SKOS.Concept) for n in graph.objects(c, SKOS.notation)
    ]
    assert len(notations) == len(set(graph.subjects(RDF.type, SKOS.Concept)))
    assert len(notations) == len(set(notations))
    for language in ("fr", "en"):
        labels = [
            str(label)
            for concept in graph.subjects(RDF.type, SKOS.Concept)
            for label in graph.objects(concept, SKOS.prefLabel)
            if label.language == language
        ]
        assert len(labels) == len(set(labels)), language


def test_every_scheme_of_the_prefix_table_has_a_file() -> None:
    assert set(SCHEMES) <= {path.stem for path in FILES}


def test_every_scheme_that_a_shape_names_exists(shapes: rdflib.Graph, vocabulary: rdflib.Graph) -> None:
    for shape in shapes.subjects(SH.path, SKOS.inScheme):
        for scheme in shapes.objects(shape, SH.hasValue):
            assert (scheme, RDF.type, SKOS.ConceptScheme) in vocabulary, scheme


def test_order_counts_from_one_without_gap_among_siblings(vocabulary: rdflib.Graph) -> None:
    siblings: dict[object, list[int]] = {}
    for concept, order in vocabulary.subject_objects(rdflib.URIRef(RTE("order"))):
        parent = vocabulary.value(concept, SKOS.broader) or vocabulary.value(concept, SKOS.inScheme)
        siblings.setdefault(parent, []).append(int(order))
    for parent, orders in siblings.items():
        assert sorted(orders) == list(range(1, len(orders) + 1)), parent


def test_the_report_gives_five_domains_five_dimensions_nine_steps(vocabulary: rdflib.Graph) -> None:
    def size(scheme: str) -> int:
        return len(set(vocabulary.subjects(SKOS.inScheme, rdflib.URIRef(VOCABULARY_BASE + scheme))))

    sizes = {name: size(name) for name in ("action-domain", "grid-dimension", "grid-aspect", "research-step")}
    assert sizes == {"action-domain": 5, "grid-dimension": 5, "grid-aspect": 2, "research-step": 9}


def test_each_dimension_of_the_grid_has_lever_and_impact_in_both_languages(vocabulary: rdflib.Graph) -> None:
    for dimension in vocabulary.subjects(SKOS.inScheme, rdflib.URIRef(VOCABULARY_BASE + "grid-dimension")):
        for name in ("leverText", "impactText"):
            texts = vocabulary.objects(dimension, rdflib.URIRef(RTE(name)))
            assert {text.language for text in texts} == {"fr", "en"}, dimension


def test_research_steps_follow_each_other_in_time(vocabulary: rdflib.Graph) -> None:
    steps = vocabulary.subjects(SKOS.inScheme, rdflib.URIRef(VOCABULARY_BASE + "research-step"))
    order, earliest = rdflib.URIRef(RTE("order")), rdflib.URIRef(RTE("earliest"))
    days = [
        day
        for _, day in sorted(
            (int(vocabulary.value(s, order)), str(vocabulary.value(s, earliest))) for s in steps
        )
    ]
    assert days == sorted(days)
