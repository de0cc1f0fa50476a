"""The ontology as graphs, each file parsed once per session."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, SH, SKOS

from rte_graph.namespaces import PREFIXES, RTE
from rte_graph.resources import ontology_files, ontology_folder, shape_files

EXAMPLES = Path(__file__).parent / "examples"


def parsed(paths: Iterable[Path]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


def with_prefixes(text: str) -> str:
    """Put the project's prefixes that a SPARQL text uses before it: reading all of them takes longest."""
    used = {prefix: namespace for prefix, namespace in PREFIXES.items() if f"{prefix}:" in text}
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in used.items()) + text


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    shape: rdflib.URIRef
    severity: rdflib.URIRef
    messages: frozenset[rdflib.Literal]
    focus: rdflib.term.Node


Judge = Callable[..., list[Result]]


def results_of(data: rdflib.Graph, shapes: rdflib.Graph) -> list[Result]:
    """Validate and return the results that the report itself lists (not those nested in others)."""
    _, report, text = pyshacl.validate(
        data, shacl_graph=shapes, inference="none", allow_warnings=True, inplace=True
    )
    assert isinstance(report, rdflib.Graph), text
    return [
        Result(
            shape=report.value(node, SH.sourceShape),
            severity=report.value(node, SH.resultSeverity),
            messages=frozenset(report.objects(node, SH.resultMessage)),
            focus=report.value(node, SH.focusNode),
        )
        for node in report.objects(None, SH.result)
    ]


@pytest.fixture(scope="session")
def main_ontology() -> rdflib.Graph:
    return parsed([ontology_folder() / "rte.ttl"])


@pytest.fixture(scope="session")
def vocabulary() -> rdflib.Graph:
    return parsed(sorted((ontology_folder() / "vocab").glob("*.ttl")))


@pytest.fixture(scope="session")
def whole_ontology() -> rdflib.Graph:
    return parsed(ontology_files())


@pytest.fixture(scope="session")
def alignments() -> rdflib.Graph:
    return parsed(sorted((ontology_folder() / "align").glob("*.ttl")))


@pytest.fixture(scope="session")
def shapes() -> rdflib.Graph:
    return parsed(shape_files())


@pytest.fixture(scope="session")
def shapes_of_data(shapes: rdflib.Graph) -> rdflib.Graph:
    """Return the shapes without those that target the hundreds of concepts: they would slow each test."""
    kept = rdflib.Graph()
    for triple in shapes:
        if triple[1:] not in ((SH.targetClass, SKOS.Concept), (SH.targetClass, SKOS.ConceptScheme)):
            kept.add(triple)
    return kept


@pytest.fixture(scope="session")
def ontology_to_validate_with(whole_ontology: rdflib.Graph) -> rdflib.Graph:
    """Return what shapes look at in the ontology: how classes relate, what is in each scheme."""
    lean = rdflib.Graph()
    kept = (rdflib.RDFS.subClassOf, OWL.disjointWith, SKOS.inScheme)
    for triple in whole_ontology:
        if triple[1] in kept or triple[1:] == (RDF.type, SKOS.Concept):
            lean.add(triple)
    return lean


@pytest.fixture(scope="session")
def judge(
    shapes: rdflib.Graph, shapes_of_data: rdflib.Graph, ontology_to_validate_with: rdflib.Graph
) -> Judge:
    """Return a function that validates an example with all shapes, or those beside a given one.

    Loading few shapes keeps hundreds of validations short.
    """
    files = {path.stem: parsed([path]) for path in shape_files()}
    home = {shape: stem for stem, graph in files.items() for shape in graph.subjects(RDF.type)}
    own: dict[tuple[str, ...], rdflib.Graph] = {}
    of_classes = [t for t in ontology_to_validate_with if t[1] in (rdflib.RDFS.subClassOf, OWL.disjointWith)]

    def with_ontology(data: rdflib.Graph) -> rdflib.Graph:
        named = [
            triple
            for concept in set(data.objects())
            for triple in ontology_to_validate_with.triples((concept, None, None))
        ]
        for triple in (*of_classes, *named):
            data.add(triple)
        return data

    def results(name: str, data: rdflib.Graph, *, shape: rdflib.URIRef | None = None) -> list[Result]:
        if name == "Concept":
            return results_of(data, shapes)
        if shape is None:
            return results_of(with_ontology(data), shapes_of_data)
        chosen = tuple(sorted({home[shape], "_shared", "_schemes"}))
        if chosen not in own:
            own[chosen] = rdflib.Graph()
            for stem in chosen:
                own[chosen] += files[stem]
        return results_of(with_ontology(data), own[chosen])

    return results


def terms_in(graph: rdflib.Graph) -> Iterator[rdflib.URIRef]:
    """Yield each ``rte:`` term that a graph uses as a predicate, a class or a value."""
    for triple in graph:
        for term in triple:
            if isinstance(term, rdflib.URIRef) and term.startswith(RTE):
                yield term
