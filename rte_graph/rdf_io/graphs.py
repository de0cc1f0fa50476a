"""Files as rdflib graphs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import rdflib

from rte_graph.rdf_io.reader import parse_triples
from rte_graph.rdf_io.terms import to_rdflib


def read_graph(path: Path | str) -> rdflib.Graph:
    """Return a file as an rdflib graph; limits and errors as for :func:`parse_triples`."""
    return to_rdflib(parse_triples(path))


def read_graphs(paths: Iterable[Path | str]) -> rdflib.Graph:
    """Return several files as one rdflib graph."""
    graph = to_rdflib(())
    for path in paths:
        to_rdflib(parse_triples(path), graph)
    return graph
