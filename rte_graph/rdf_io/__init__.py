"""Reading RDF with limits, and writing canonical Turtle."""

from __future__ import annotations

from rte_graph.rdf_io.canonical import check_canonical, format_turtle, is_canonical, write_turtle
from rte_graph.rdf_io.closure import closure
from rte_graph.rdf_io.lines import StatementLines, statement_lines
from rte_graph.rdf_io.reader import parse_triples, read_graph, read_graphs
from rte_graph.rdf_io.terms import from_rdflib, from_rdflib_term, to_rdflib, to_rdflib_term

__all__ = [
    "StatementLines",
    "check_canonical",
    "closure",
    "format_turtle",
    "from_rdflib",
    "from_rdflib_term",
    "is_canonical",
    "parse_triples",
    "read_graph",
    "read_graphs",
    "statement_lines",
    "to_rdflib",
    "to_rdflib_term",
    "write_turtle",
]
