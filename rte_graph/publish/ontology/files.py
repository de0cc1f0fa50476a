"""The ontology's files for machines: Turtle, JSON-LD, the JSON-LD context."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rte_graph.namespaces import PREFIXES, RDF, XSD, split_iri
from rte_graph.publish.model import Page, safe_name
from rte_graph.publish.ontology.reading import Ontology

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node


def file_pages(ontology: Ontology) -> Iterator[Page]:
    """Yield terms, shapes and context, of now and under their version, then schemes and alignments."""
    own = {
        "ontology.ttl": _text(ontology.folder / "rte.ttl"),
        "ontology.jsonld": as_jsonld(ontology.terms),
        "shapes.ttl": _turtle(ontology.shapes),
        "shapes.jsonld": as_jsonld(ontology.shapes),
    }
    context = ontology.folder / "context.jsonld"
    if context.is_file():
        own["context.jsonld"] = _text(context)
    for folder in ("ontology", *([f"ontology/{ontology.version}"] if ontology.version else [])):
        for name, content in own.items():
            yield Page(path=f"{folder}/{name}", content=content)
    for part, folder in (("vocab", "vocab"), ("align", "ontology/align")):
        for path in ontology.files(part):
            stem = f"{folder}/{safe_name(path.stem)}"
            yield Page(path=f"{stem}.ttl", content=_text(path))
            yield Page(path=f"{stem}.jsonld", content=as_jsonld(_read(path)))


def as_jsonld(graph: rdflib.Graph) -> bytes:
    """Return a graph as JSON-LD: flat, one node a line, sorted, its prefixes in the file itself.

    Examples
    --------
    >>> import rdflib
    >>> as_jsonld(rdflib.Graph()).decode()
    '{"@context": {},\\n"@graph": [\\n\\n]}\\n'
    """
    writer = _Writer(graph)
    lines = [json.dumps(writer.node(each), ensure_ascii=False) for each in writer.subjects()]
    prefixes = {name: str(PREFIXES[name]) for name in PREFIXES if name in writer.used}
    body = ",\n".join(lines)
    return f'{{"@context": {json.dumps(prefixes)},\n"@graph": [\n{body}\n]}}\n'.encode()


class _Writer:
    """Writes nodes with the prefixes of canonical Turtle; what has no name stands where it is used."""

    def __init__(self, graph: rdflib.Graph) -> None:
        self.graph, self.used = graph, set[str]()

    def subjects(self) -> list[Node]:
        """Return the named subjects, sorted."""
        from rdflib import URIRef

        return sorted({each for each in self.graph.subjects() if isinstance(each, URIRef)}, key=str)

    def node(self, subject: Node) -> dict[str, Any]:
        """Return a subject with its properties, sorted."""
        from rdflib import URIRef

        found: dict[str, Any] = {"@id": str(subject)} if isinstance(subject, URIRef) else {}
        for predicate in sorted({str(each) for each in self.graph.predicates(subject)}):
            values = Ontology.nodes(self.graph, subject, predicate)
            if predicate == RDF("type"):
                found["@type"] = [self.name(str(each)) for each in values]
            else:
                found[self.name(predicate)] = [self.value(each) for each in values]
        return found

    def value(self, node: Node) -> Any:
        """Return a value: an IRI, a literal, a list, or what has no name."""
        from rdflib import Literal, URIRef

        if isinstance(node, URIRef):
            return {"@list": []} if str(node) == RDF("nil") else {"@id": str(node)}
        if not isinstance(node, Literal):
            if Ontology.nodes(self.graph, node, RDF("first")):
                return {"@list": [self.value(each) for each in Ontology.listed(self.graph, node)]}
            return self.node(node)
        if node.language:
            return {"@value": str(node), "@language": node.language}
        if node.datatype is None or str(node.datatype) == XSD("string"):
            return {"@value": str(node)}
        return {"@value": str(node), "@type": self.name(str(node.datatype))}

    def name(self, iri: str) -> str:
        """Return ``prefix:local``, or the IRI."""
        parts = split_iri(iri)
        if parts is None or parts[1].startswith("//"):
            return iri
        self.used.add(parts[0])
        return f"{parts[0]}:{parts[1]}"


def _text(path: Path) -> bytes:
    return path.read_bytes().replace(b"\r\n", b"\n")


def _read(path: Path) -> rdflib.Graph:
    from rte_graph.rdf_io import read_graph

    return read_graph(path)


def _turtle(graph: rdflib.Graph) -> bytes:
    from rte_graph.rdf_io import format_turtle

    return format_turtle(graph).encode()
