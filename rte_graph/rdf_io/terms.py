"""From Oxigraph's terms to rdflib's and back, without touching the lexical forms."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib.term import Node

from rte_graph.namespaces import PREFIXES, XSD

Term = NamedNode | BlankNode | Literal

_STRING = XSD("string")


def to_rdflib_term(term: Term) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    """Return the rdflib twin of a term; a plain string has no datatype there."""
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    # normalize=False: rdflib would rewrite « 012 » and « 12.50 », and the report would cite neither.
    return rdflib.Literal(
        term.value, datatype=None if datatype == _STRING else rdflib.URIRef(datatype), normalize=False
    )


def from_rdflib_term(node: Node) -> Term:
    """Return the Oxigraph twin of an rdflib node."""
    if isinstance(node, rdflib.Literal):
        if node.language:
            return Literal(str(node), language=node.language)
        return Literal(str(node), datatype=NamedNode(str(node.datatype or _STRING)))
    if isinstance(node, rdflib.BNode):
        return BlankNode(str(node))
    return NamedNode(str(node))


def to_rdflib(triples: Iterable[Triple], graph: rdflib.Graph | None = None) -> rdflib.Graph:
    """Add triples to an rdflib graph (a new one by default) and return it, project prefixes bound."""
    if graph is None:
        graph = rdflib.Graph(bind_namespaces="none")
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, str(namespace))
    with quiet():
        for triple in triples:
            graph.add((_node(triple.subject), _node(triple.predicate), _node(triple.object)))
    return graph


@contextmanager
def quiet() -> Iterator[None]:
    """Silence rdflib on ill-typed literals (it logs tracebacks): validation says it, with file and line."""
    logger = logging.getLogger("rdflib.term")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module=r"rdflib\.term")
            yield
    finally:
        logger.setLevel(level)


def from_rdflib(graph: rdflib.Graph) -> Iterator[Triple]:
    """Yield the triples of an rdflib graph as Oxigraph's."""
    for subject, predicate, value in graph:
        yield Triple(
            from_rdflib_term(subject),  # type: ignore[arg-type]  # rdflib types a subject loosely
            from_rdflib_term(predicate),  # type: ignore[arg-type]
            from_rdflib_term(value),
        )


def _node(term: object) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    if isinstance(term, NamedNode | BlankNode | Literal):
        return to_rdflib_term(term)
    raise TypeError(f"not an RDF 1.1 term: {term!r}")
