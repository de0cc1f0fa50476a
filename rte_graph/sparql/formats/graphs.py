"""Graphs: canonical Turtle, JSON-LD with the ontology's context, N-Triples."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import BinaryIO

from pyoxigraph import Triple

from rte_graph.rdf_io import format_turtle
from rte_graph.sparql.formats.characters import write_texts
from rte_graph.sparql.formats.jsonld import format_jsonld


def write_turtle(triples: Iterable[Triple], out: BinaryIO) -> None:
    """Write canonical Turtle."""
    out.write(format_turtle(triples).encode())


def write_jsonld(triples: Iterable[Triple], out: BinaryIO) -> None:
    """Write JSON-LD, compacted, with its context inside."""
    out.write(format_jsonld(triples).encode())


def write_ntriples(triples: Iterable[Triple], out: BinaryIO) -> None:
    """Write N-Triples as they come."""
    write_texts((f"{triple} .\n" for triple in triples), out)


GRAPH_WRITERS: dict[str, Callable[[Iterable[Triple], BinaryIO], None]] = {
    "turtle": write_turtle,
    "jsonld": write_jsonld,
    "ntriples": write_ntriples,
}
