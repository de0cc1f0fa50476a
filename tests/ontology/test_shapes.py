"""Valid examples pass without a remark; each spoilt one is refused by the shape meant for it."""

from __future__ import annotations

import pyshacl
import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH

from rte_graph.namespaces import DCTERMS, RTE, SKOS
from rte_graph.rdf_io import closure, from_rdflib, to_rdflib
from rte_graph.resources import shape_files

from .conftest import EXAMPLES, Judge, parsed, results_of, with_prefixes
from .mutation_rules import MUTATIONS

TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
OWN_CONSTRAINTS = (SH["or"], SH.xone, SH["and"], SH["not"], SH.sparql, SH.node, SH["class"])
ROWS = [(shape, example, update) for shape, rows in MUTATIONS.items() for example, update in rows]


def reporting_shapes(shapes: rdflib.Graph) -> set[rdflib.URIRef]:
    """Return the shapes that a report can name: a targeted shape that constrains, and its properties."""
    found = set()
    for node in {subject for target in TARGETS for subject in shapes.subjects(target)}:
        found.update(shapes.objects(node, SH.property))
        if any(shapes.value(node, constraint) for constraint in OWN_CONSTRAINTS):
            found.add(node)
    return found


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.ttl")))
def test_valid_example_passes_without_a_remark(name: str, judge: Judge) -> None:
    assert judge(name, parsed([EXAMPLES / f"{name}.ttl"])) == []


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.ttl")))
def test_valid_example_passes_with_its_superclasses_stated(
    name: str, judge: Judge, main_ontology: rdflib.Graph
) -> None:
    example = parsed([EXAMPLES / f"{name}.ttl"])
    closed = to_rdflib(closure(from_rdflib(example), from_rdflib(main_ontology)))
    assert judge(name, closed) == []


@pytest.fixture(scope="module")
def examples() -> dict[str, rdflib.Graph]:
    return {path.stem: parsed([path]) for path in EXAMPLES.glob("*.ttl")}


@pytest.mark.parametrize(
    ("shape", "example", "update"), ROWS, ids=[f"{row[0]}-{number}" for number, row in enumerate(ROWS)]
)
def test_spoilt_example_is_refused_by_the_shape_meant_for_it(
    shape: str,
    example: str,
    update: str,
    judge: Judge,
    shapes: rdflib.Graph,
    examples: dict[str, rdflib.Graph],
) -> None:
    before, data = set(examples[example]), rdflib.Graph()
    data += examples[example]
    data.update(with_prefixes(update))
    assert set(data) != before, "the mutation changes nothing"
    iri = rdflib.URIRef(RTE(shape))
    results = judge(example, data, shape=iri)
    hits = [result for result in results if result.shape == iri]
    assert hits, f"refused only by {sorted(result.shape for result in results)}"
    assert {result.severity for result in hits} == {shapes.value(iri, SH.severity)}
    # As text: pyshacl drops the language of messages of SPARQL constraints.
    repairs = {str(message) for message in shapes.objects(iri, SH.message)}
    assert all({str(message) for message in result.messages} == repairs for result in hits)


OPTIONAL = (
    *(RTE("earliest"), RTE("latest"), RTE("figure"), RTE("territory"), RTE("competence")),
    *(DCTERMS("description"), DCTERMS("issued"), DCTERMS("license"), DCTERMS("language"), RTE("sha256")),
    *(RTE("page"), RTE("cogEdition"), RTE("inseeCode"), RTE("within"), RTE("overlaps"), RTE("reason")),
    *(SKOS("altLabel"), SKOS("definition"), SKOS("notation"), RTE("purpose"), RTE("origin")),
)


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.ttl")))
def test_newcomer_who_writes_english_only_and_leaves_out_what_is_optional_gets_warnings_at_most(
    name: str, judge: Judge
) -> None:
    poor = rdflib.Graph()
    for subject, predicate, value in parsed([EXAMPLES / f"{name}.ttl"]):
        if str(predicate) in OPTIONAL:
            continue
        if isinstance(value, rdflib.Literal) and value.language == "fr":
            value = rdflib.Literal(str(value), lang="en")
        if (subject, predicate, None) not in poor or not isinstance(value, rdflib.Literal):
            poor.add((subject, predicate, value))
    assert [result for result in judge(name, poor) if result.severity == SH.Violation] == []


def test_every_shape_that_can_report_has_a_mutation(shapes: rdflib.Graph) -> None:
    assert {str(shape) for shape in reporting_shapes(shapes)} == {RTE(shape) for shape in MUTATIONS}


def test_every_reporting_shape_has_name_severity_and_a_repair_in_both_languages(shapes: rdflib.Graph) -> None:
    for shape in reporting_shapes(shapes):
        assert {name.language for name in shapes.objects(shape, SH.name)} == {"fr", "en"}, shape
        assert {text.language for text in shapes.objects(shape, SH.message)} == {"fr", "en"}, shape
        assert shapes.value(shape, SH.severity) in (SH.Violation, SH.Warning), shape


def test_no_shape_is_a_blank_node(shapes: rdflib.Graph) -> None:
    for kind in (SH.NodeShape, SH.PropertyShape, SH.SPARQLConstraint):
        assert not [shape for shape in shapes.subjects(RDF.type, kind) if isinstance(shape, rdflib.BNode)]


def test_property_shapes_are_named_after_their_node_shape(shapes: rdflib.Graph) -> None:
    for node, _, shape in shapes.triples((None, SH.property, None)):
        assert str(shape).startswith(f"{node}-"), shape


def test_every_shape_referred_to_is_declared(shapes: rdflib.Graph) -> None:
    declared = set(shapes.subjects(RDF.type))
    referred: set[rdflib.term.Node] = set()
    for predicate in (SH.property, SH.node, SH["not"], SH.qualifiedValueShape, SH.sparql):
        referred.update(shapes.objects(None, predicate))
    for operator in (SH["or"], SH.xone, SH["and"]):
        for members in shapes.objects(None, operator):
            referred.update(Collection(shapes, members))
    assert referred <= declared


def test_every_helper_shape_is_used(shapes: rdflib.Graph) -> None:
    used = set(shapes.objects())
    for shape in shapes.subjects(RDF.type, SH.NodeShape):
        has_target = any((shape, target, None) in shapes for target in TARGETS)
        assert has_target or shape in used, shape


def test_each_file_holds_the_shape_of_its_name() -> None:
    for path in shape_files():
        if not path.stem.startswith("_"):
            assert (rdflib.URIRef(RTE(f"{path.stem}Shape")), RDF.type, SH.NodeShape) in parsed([path]), path


def test_every_class_with_data_has_a_shape_and_an_example() -> None:
    shaped = {path.stem for path in shape_files()}
    classes = {
        *("Organisation", "Person", "Alliance", "MetaCoalition", "Membership", "StakeholderRelation"),
        *("Initiative", "Event", "Participation", "Funding", "Territory", "Figure", "Claim", "Citation"),
        *("Characterisation", "Document", "Dataset", "Concept", "Measurement", "Computation"),
    }
    assert classes <= shaped
    assert classes == {path.stem for path in EXAMPLES.glob("*.ttl")}


def test_no_shape_is_closed(shapes: rdflib.Graph) -> None:
    assert not list(shapes.triples((None, SH.closed, None)))


def test_shapes_are_themselves_valid_shapes(shapes: rdflib.Graph) -> None:
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


def test_vocabulary_conforms_without_a_remark(whole_ontology: rdflib.Graph, shapes: rdflib.Graph) -> None:
    assert results_of(whole_ontology, shapes) == []
