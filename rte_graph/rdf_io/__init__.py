"""Reading RDF with limits, and writing canonical Turtle.

What needs rdflib is imported when it is first used: the child that parses files must start fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

# Not lazily: the function has the name of its module.
from rte_graph.rdf_io.closure import closure

if TYPE_CHECKING:
    from rte_graph.rdf_io.canonical import check_canonical, format_turtle, is_canonical, write_turtle
    from rte_graph.rdf_io.graphs import read_graph, read_graphs
    from rte_graph.rdf_io.lines import StatementLines, statement_lines
    from rte_graph.rdf_io.reader import iter_pieces, iter_triples, parse_triples, triples_in
    from rte_graph.rdf_io.terms import from_rdflib, from_rdflib_term, to_rdflib, to_rdflib_term

__all__ = [
    "StatementLines",
    "check_canonical",
    "closure",
    "format_turtle",
    "from_rdflib",
    "from_rdflib_term",
    "is_canonical",
    "iter_pieces",
    "iter_triples",
    "parse_triples",
    "read_graph",
    "read_graphs",
    "statement_lines",
    "to_rdflib",
    "to_rdflib_term",
    "triples_in",
    "write_turtle",
]

_MODULES = {
    "canonical": ("check_canonical", "format_turtle", "is_canonical", "write_turtle"),
    "graphs": ("read_graph", "read_graphs"),
    "lines": ("StatementLines", "statement_lines"),
    "reader": ("iter_pieces", "iter_triples", "parse_triples", "triples_in"),
    "terms": ("from_rdflib", "from_rdflib_term", "to_rdflib", "to_rdflib_term"),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
