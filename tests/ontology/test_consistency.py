"""OWL RL closure over ontology, alignments, key axioms of others and example data finds no contradiction."""

from __future__ import annotations

from pathlib import Path

import owlrl
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from rte_graph.namespaces import ORG, RTE
from rte_graph.rdf_io import closure, from_rdflib, to_rdflib

from .conftest import EXAMPLES, parsed, with_prefixes

ERROR = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
AXIOMS = Path(__file__).parent / "axioms.ttl"
# What carries no meaning for OWL RL and would only slow it.
ANNOTATIONS = {RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, SKOS.prefLabel, SKOS.altLabel}


def closed(graph: rdflib.Graph) -> rdflib.Graph:
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(
        graph
    )
    return graph


def contradictions(graph: rdflib.Graph) -> list[str]:
    return sorted(str(message) for message in graph.objects(None, ERROR))


@pytest.fixture(scope="module")
def known(main_ontology: rdflib.Graph, alignments: rdflib.Graph, vocabulary: rdflib.Graph) -> rdflib.Graph:
    """Return axioms and examples, with the concepts that the examples name."""
    examples = parsed(sorted(EXAMPLES.glob("*.ttl")))
    graph = parsed([AXIOMS])
    for triple in main_ontology + alignments + examples:
        if triple[1] not in ANNOTATIONS and not isinstance(triple[2], rdflib.Literal):
            graph.add(triple)
    for concept in set(examples.objects()):
        for predicate in (RDF.type, SKOS.inScheme, SKOS.topConceptOf, SKOS.broader):
            for value in vocabulary.objects(concept, predicate):
                graph.add((concept, predicate, value))
    return graph


@pytest.fixture(scope="module")
def concluded(known: rdflib.Graph) -> rdflib.Graph:
    return closed(_copy(known))


def _copy(graph: rdflib.Graph) -> rdflib.Graph:
    copy = rdflib.Graph()
    copy += graph
    return copy


def test_ontology_alignments_and_examples_do_not_contradict_each_other(concluded: rdflib.Graph) -> None:
    assert contradictions(concluded) == []


@pytest.mark.parametrize(
    "plant",
    [
        # A person who is also an alliance: two of our kinds of actors.
        "INSERT DATA { person:jeanne-martin a rte:Alliance }",
        # An alliance as a person: foaf:Person and foaf:Organization exclude each other, ours or not.
        "INSERT DATA { alliance:coalition-du-fleuve a foaf:Person }",
        # A role that is a scheme: skos:Concept and skos:ConceptScheme exclude each other, by a range of ORG.
        "DELETE { ?m org:role ?r } INSERT { ?m org:role scheme:membership-role } WHERE { ?m org:role ?r } ;"
        "INSERT DATA { scheme:membership-role a skos:ConceptScheme }",
        # An event as the initiative of a participation: the range makes it an initiative.
        "INSERT DATA { participation:cpam--fete-du-pont-2025--partner rte:initiative"
        " event:fete-du-pont-2025 }",
        # A territory with a rank: the domain makes it a claim.
        "INSERT DATA { territory:commune-63113 rte:rank rank:preferred }",
    ],
)
def test_planted_contradiction_is_found(known: rdflib.Graph, plant: str) -> None:
    graph = _copy(known)
    graph.update(with_prefixes(plant))
    assert contradictions(closed(graph)) != []


def test_domains_and_ranges_give_no_example_a_class_that_its_own_does_not_imply(
    concluded: rdflib.Graph, main_ontology: rdflib.Graph
) -> None:
    examples = parsed(sorted(EXAMPLES.glob("*.ttl")))
    stated = to_rdflib(closure(from_rdflib(examples), from_rdflib(main_ontology)))
    for thing in set(examples.subjects(RDF.type)):
        inferred = {kind for kind in concluded.objects(thing, RDF.type) if str(kind).startswith(RTE)}
        implied = {kind for kind in stated.objects(thing, RDF.type) if str(kind).startswith(RTE)}
        assert inferred == implied, thing


def test_only_roles_of_memberships_become_roles_of_org(concluded: rdflib.Graph) -> None:
    for role in concluded.subjects(RDF.type, rdflib.URIRef(ORG("Role"))):
        assert "/vocab/membership-role/" in str(role)


def test_no_class_is_empty_by_definition(concluded: rdflib.Graph) -> None:
    assert not [c for c in concluded.subjects(RDFS.subClassOf, OWL.Nothing) if str(c).startswith(RTE)]
