"""The triples behind a description, as canonical Turtle."""

from __future__ import annotations

from pyoxigraph import NamedNode, Triple

from rte_graph.describe.neighbourhood import Neighbourhood, read_neighbourhood
from rte_graph.namespaces import RTE
from rte_graph.rdf_io import format_turtle, to_rdflib
from rte_graph.store.base import Store


def to_turtle(store: Store, iri: str) -> str:
    """Return the subject's triples, those of the statements about it, and the passages that they cite."""
    return format_turtle(to_rdflib(triples_about(read_neighbourhood(store, iri, "fr"))))


def triples_about(around: Neighbourhood) -> list[Triple]:
    """Return the triples that the description of a neighbourhood's IRI rests on, sorted."""
    iri = around.iri
    statements = {subject for subject in around.subjects() if subject == iri or around.is_nary(subject)}
    cited = {each for subject in statements for each in around.iris(subject, RTE("evidence"))}
    pointing = {subject for subject, _ in around.inward}
    return [
        triple
        for triple in around.triples()
        if isinstance(triple.subject, NamedNode)
        and (
            triple.subject.value in statements | cited
            or (triple.subject.value in pointing and triple.object == NamedNode(iri))
        )
    ]
