"""Write ontology/context.jsonld from rte.ttl and the shapes: ``python scripts/make_context.py``.

A term is the local name of a class or property of rte:. Terms of other vocabularies stay compact IRIs
(``org:role`` beside ``role``). How a value is read comes from the ontology (object property: an IRI) and
from the shapes (a single datatype, or text with a language). Concepts and entities are written
``rtevocab:rank/preferred`` and ``rteid:organisation/siel-bleu``: as prefixes, the names of the schemes
would hide properties such as ``theme`` or ``need``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, SH, XSD

from rte_graph.namespaces import DATA_BASE, DATA_KINDS, PREFIXES, RTE, SCHEMES, VOCABULARY_BASE, shorten
from rte_graph.resources import ontology_folder, shape_files

CONTEXT_FILE = ontology_folder() / "context.jsonld"
# What JSON itself tells apart needs no type.
NATIVE = {XSD.integer, XSD.boolean, XSD.string}


def main() -> None:
    """Write the file."""
    CONTEXT_FILE.write_text(context_text(), encoding="utf-8", newline="\n")


def context_text() -> str:
    """Return the text of the context, the same for the same ontology."""
    ontology = rdflib.Graph().parse(ontology_folder() / "rte.ttl", format="turtle")
    shapes = rdflib.Graph()
    for path in shape_files():
        shapes.parse(path, format="turtle")
    context: dict[str, Any] = {"@version": 1.1, "id": "@id", "type": "@type"}
    context.update(_prefixes())
    terms = dict(_classes(ontology)) | dict(_properties(ontology, shapes)) | dict(_external(shapes))
    for name in sorted(terms):
        if name in context:
            raise ValueError(f"{name} is both a prefix and a term: rename one")
        context[name] = terms[name]
    return json.dumps({"@context": context}, ensure_ascii=False, indent=2) + "\n"


def _prefixes() -> dict[str, str]:
    left_out = {*DATA_KINDS, *SCHEMES, "scheme"}
    kept = {prefix: str(iri) for prefix, iri in PREFIXES.items() if prefix not in left_out}
    return kept | {"rteid": DATA_BASE, "rtevocab": VOCABULARY_BASE}


def _classes(ontology: rdflib.Graph) -> Iterator[tuple[str, str]]:
    for term in ontology.subjects(RDF.type, OWL.Class):
        if str(term).startswith(RTE):
            yield str(term).removeprefix(RTE), shorten(str(term))


def _properties(ontology: rdflib.Graph, shapes: rdflib.Graph) -> Iterator[tuple[str, Any]]:
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty):
        for term in ontology.subjects(RDF.type, kind):
            if str(term).startswith(RTE):
                is_link = kind == OWL.ObjectProperty
                yield str(term).removeprefix(RTE), _definition(term, shapes, is_link=is_link)


def _external(shapes: rdflib.Graph) -> Iterator[tuple[str, Any]]:
    for path in set(shapes.objects(None, SH.path)):
        # rdf:type has its keyword, and rdf:object may be an IRI or a literal.
        if (
            isinstance(path, rdflib.URIRef)
            and not path.startswith(RTE)
            and path not in (RDF.type, RDF.object)
        ):
            is_link = any(
                (shape, SH.nodeKind, SH.IRI) in shapes or (shape, SH.node, None) in shapes
                for shape in shapes.subjects(SH.path, path)
            )
            definition = _definition(path, shapes, is_link=is_link)
            if isinstance(definition, dict):
                yield shorten(str(path)), definition


def _definition(term: rdflib.term.Node, shapes: rdflib.Graph, *, is_link: bool) -> Any:
    short = shorten(str(term))
    if is_link:
        return {"@id": short, "@type": "@id"}
    datatypes = set(_datatypes(term, shapes))
    if datatypes == {RDF.langString}:
        return {"@id": short, "@container": "@language"}
    if len(datatypes) == 1 and not datatypes & NATIVE:
        return {"@id": short, "@type": shorten(str(datatypes.pop()))}
    return short


def _datatypes(term: rdflib.term.Node, shapes: rdflib.Graph) -> Iterator[rdflib.term.Node]:
    """Yield the datatypes that the shapes of a property allow, in the shape or in those that it names."""
    for shape in shapes.subjects(SH.path, term):
        helpers = list(shapes.objects(shape, SH.node))
        for members in shapes.objects(shape, SH["or"]):
            helpers.extend(Collection(shapes, members))
        for described in (shape, *helpers):
            yield from shapes.objects(described, SH.datatype)


if __name__ == "__main__":
    main()
