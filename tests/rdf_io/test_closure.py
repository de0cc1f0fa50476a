from __future__ import annotations

from pyoxigraph import NamedNode, Triple

from rte_graph.namespaces import FOAF, ORG, OWL, RDF, RDFS, RTE
from rte_graph.rdf_io import closure
from rte_graph.validation import Ontology

A = NamedNode(RDF("type"))
ME = NamedNode("http://x.org/me")
OTHER = NamedNode("http://x.org/other")


def types(ontology: Ontology, stated: str) -> set[str]:
    return {
        t.object.value  # type: ignore[union-attr]
        for t in closure([Triple(ME, A, NamedNode(RTE(stated)))], ontology.triples)
    }


def test_superclasses_are_added_step_by_step_external_ones_included(mini_ontology: Ontology) -> None:
    assert types(mini_ontology, "MetaCoalition") == {
        RTE("MetaCoalition"),
        RTE("Alliance"),
        RTE("Actor"),
        ORG("Organization"),
        FOAF("Agent"),
    }


def test_what_the_ontology_says_of_other_vocabularies_adds_nothing(mini_ontology: Ontology) -> None:
    assert OWL("Thing") not in types(mini_ontology, "Actor")
    agent = Triple(ME, A, NamedNode(FOAF("Agent")))
    assert list(closure([agent], mini_ontology.triples)) == [agent]


def test_superproperties_are_added_step_by_step(mini_ontology: Ontology) -> None:
    found = {
        t.predicate.value
        for t in closure([Triple(ME, NamedNode(RTE("founderOf")), OTHER)], mini_ontology.triples)
    }
    assert found == {RTE("founderOf"), RTE("memberOf"), ORG("memberOf")}


def test_a_circle_of_classes_ends() -> None:
    a, b = NamedNode(RTE("A")), NamedNode(RTE("B"))
    above = NamedNode(RDFS("subClassOf"))
    circle = [Triple(a, above, b), Triple(b, above, a)]
    assert {t.object for t in closure([Triple(ME, A, a)], circle)} == {a, b}
