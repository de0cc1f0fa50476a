"""Saved queries as RDF, so that other tools can find and run them (SHACL-AF ``sh:select``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rte_graph.namespaces import DATA_BASE, DCTERMS, RDF, RTE, SH, VOCABULARY_BASE, XSD
from rte_graph.sparql.model import Library, Parameter, SavedQuery, Text

if TYPE_CHECKING:
    from rdflib import Graph

_DATATYPES = {name: XSD(name) for name in ("string", "integer", "decimal", "boolean", "date")}
_FORMS = {
    "table": ("SPARQLSelectExecutable", "select"),
    "graph": ("SPARQLConstructExecutable", "construct"),
    "boolean": ("SPARQLAskExecutable", "ask"),
}


def library_graph(library: Library) -> Graph:
    """Return the library as a graph: title, description, text and parameters of each query.

    Notes
    -----
    The text is complete SPARQL: it runs as it is, with an example or ``UNDEF`` for each parameter.
    """
    from rdflib import Graph

    graph = Graph()
    for name in sorted(library.queries):
        _add_query(graph, library.queries[name])
    return graph


def query_iri(name: str) -> str:
    """IRI of a saved query."""
    return f"{DATA_BASE}query/{name}"


def _add_query(graph: Graph, query: SavedQuery) -> None:
    from rdflib import Literal, URIRef

    node = URIRef(query_iri(query.name))
    kind, predicate = _FORMS[query.expect]
    graph.add((node, URIRef(RDF("type")), URIRef(SH(kind))))
    graph.add((node, URIRef(DCTERMS("identifier")), Literal(query.name)))
    _add_text(graph, node, DCTERMS("title"), query.summary)
    _add_text(graph, node, DCTERMS("description"), query.description)
    for tag in query.tags:
        graph.add((node, URIRef(DCTERMS("subject")), Literal(tag, lang="en")))
    graph.add((node, URIRef(SH(predicate)), Literal(query.body)))
    for parameter in query.parameters:
        _add_parameter(graph, node, query, parameter)


def _add_parameter(graph: Graph, node: object, query: SavedQuery, parameter: Parameter) -> None:
    from rdflib import Literal, URIRef

    own = URIRef(f"{query_iri(query.name)}#{parameter.name}")
    graph.add((URIRef(str(node)), URIRef(SH("parameter")), own))
    graph.add((own, URIRef(RDF("type")), URIRef(SH("Parameter"))))
    graph.add((own, URIRef(SH("path")), URIRef(RTE(parameter.name))))
    graph.add((own, URIRef(SH("optional")), Literal(parameter.optional)))
    _add_text(graph, own, SH("name"), parameter.label)
    _add_text(graph, own, SH("description"), parameter.description)
    if parameter.class_name:
        graph.add((own, URIRef(SH("class")), URIRef(parameter.class_name)))
    if parameter.scheme:
        graph.add((own, URIRef(DCTERMS("source")), URIRef(VOCABULARY_BASE + parameter.scheme)))
    if parameter.type in _DATATYPES:
        graph.add((own, URIRef(SH("datatype")), URIRef(_DATATYPES[parameter.type])))


def _add_text(graph: Graph, node: object, predicate: str, text: Text) -> None:
    from rdflib import Literal, URIRef

    for language in ("fr", "en"):
        value = Literal(text.in_language(language), lang=language)
        graph.add((URIRef(str(node)), URIRef(predicate), value))
