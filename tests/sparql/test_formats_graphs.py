"""Graphs: Turtle and JSON-LD are the same for the same triples, and each form reads back as what it was."""

from __future__ import annotations

import io
import json
import random

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
)
from written_terms import iris, literals

from rte_graph.errors import UsageError
from rte_graph.namespaces import DCTERMS, ORG, RDF, RTE, SKOS, XSD
from rte_graph.rdf_io import from_rdflib
from rte_graph.sparql.formats import write_graph
from rte_graph.sparql.formats.jsonld import format_jsonld

ALLIANCE = NamedNode("https://w3id.org/rte/id/alliance/zèbre")
PREDICATES = (
    *(
        RTE(name)
        for name in ("theme", "earliest", "inseeCode", "formerName", "value", "unknownTerm", "Alliance")
    ),
    RDF("type"),
    SKOS("prefLabel"),
    ORG("member"),
    DCTERMS("description"),
    "urn:x:y",
    "http://e.org/p",
)


def objects() -> st.SearchStrategy[NamedNode | BlankNode | Literal]:
    special = [
        NamedNode(RTE("Alliance")),
        NamedNode("https://w3id.org/rte/id/x//y"),
        NamedNode("https://w3id.org/rte/id//y"),
        NamedNode("https://w3id.org/rte/id///y"),
        NamedNode("skos:prefLabel"),
        NamedNode("time:now"),
        NamedNode("rte:x"),
        NamedNode("id:x"),
        Literal("2020-02-06", datatype=NamedNode(XSD("date"))),
        Literal("00", datatype=NamedNode(XSD("integer"))),
        Literal("9" * 20, datatype=NamedNode(XSD("integer"))),
        Literal("TRUE", datatype=NamedNode(XSD("boolean"))),
    ]
    return st.one_of(iris(), st.sampled_from("ab").map(BlankNode), literals(), st.sampled_from(special))


def graphs() -> st.SearchStrategy[list[Triple]]:
    subjects = st.sampled_from([ALLIANCE, NamedNode("http://e.org/s"), BlankNode("a"), BlankNode("b")])
    predicates = st.sampled_from(PREDICATES).map(lambda iri: NamedNode(str(iri)))
    return st.lists(st.builds(Triple, subjects, predicates, objects()), max_size=8, unique=True)


def written(form: str, triples: list[Triple]) -> bytes:
    out = io.BytesIO()
    write_graph(form, iter(triples), out)
    return out.getvalue()


def canonical(triples: list[Triple]) -> list[str]:
    held = Dataset(Quad(t.subject, t.predicate, t.object) for t in triples)
    held.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, held))


def read(content: bytes, form: RdfFormat) -> list[Triple]:
    return [quad.triple for quad in pyoxigraph.parse(content, format=form)]


@settings(deadline=None)
@given(graphs())
def test_any_graph_comes_back_from_each_form(triples: list[Triple]) -> None:
    for form, engine_form in (
        ("turtle", RdfFormat.TURTLE),
        ("jsonld", RdfFormat.JSON_LD),
        ("ntriples", RdfFormat.N_TRIPLES),
    ):
        assert canonical(read(written(form, triples), engine_form)) == canonical(triples)


@settings(deadline=None)
@given(graphs(), st.integers())
def test_the_order_of_the_triples_does_not_matter(triples: list[Triple], seed: int) -> None:
    shuffled = random.Random(seed).sample(triples, len(triples))
    for form in ("turtle", "jsonld"):
        assert written(form, triples) == written(form, shuffled)


def test_the_names_of_blank_nodes_do_not_matter() -> None:
    def circle(*names: str) -> list[Triple]:
        nodes = [BlankNode(name) for name in names]
        property_ = NamedNode("http://e.org/p")
        pairs = zip(nodes, [*nodes[1:], nodes[0]], strict=True)
        return [
            *(Triple(one, property_, other) for one, other in pairs),
            Triple(nodes[0], property_, Literal("x")),
        ]

    for form in ("turtle", "jsonld"):
        assert written(form, circle("a", "b", "c")) == written(form, circle("z", "m", "a"))


def test_addresses_that_a_prefix_would_change_stay_whole() -> None:
    odd = NamedNode("https://w3id.org/rte/id///y")
    triples = [Triple(ALLIANCE, NamedNode(RTE("theme")), odd)]
    assert odd.value in format_jsonld(triples)
    assert read(written("jsonld", triples), RdfFormat.JSON_LD) == triples


def test_json_ld_is_short_and_reads_offline_with_rdflib_too() -> None:
    triples = [
        Triple(ALLIANCE, NamedNode(RDF("type")), NamedNode(RTE("Alliance"))),
        Triple(ALLIANCE, NamedNode(SKOS("prefLabel")), Literal("Zèbre", language="fr")),
        Triple(ALLIANCE, NamedNode(SKOS("prefLabel")), Literal("Zebra", language="en")),
        Triple(ALLIANCE, NamedNode(RTE("theme")), NamedNode("https://w3id.org/rte/vocab/theme/housing")),
        Triple(ALLIANCE, NamedNode(RTE("value")), Literal(12)),
        Triple(ALLIANCE, NamedNode("http://e.org/p"), NamedNode("http://e.org/o")),
    ]
    text = format_jsonld(triples)
    document = json.loads(text)
    assert document["@graph"] == [
        {
            "id": "rteid:alliance/zèbre",
            "type": "Alliance",
            "http://e.org/p": {"id": "http://e.org/o"},
            "skos:prefLabel": {"en": "Zebra", "fr": "Zèbre"},
            "theme": "rtevocab:theme/housing",
            "value": 12,
        }
    ]
    assert set(document["@context"]) == {
        *("Alliance", "id", "rte", "rteid", "rtevocab", "skos", "skos:prefLabel", "theme", "type", "value")
    }
    graph = rdflib.Graph().parse(data=text, format="json-ld")
    assert canonical(list(from_rdflib(graph))) == canonical(triples)


def test_a_value_of_another_kind_than_the_context_says_is_spelt_out() -> None:
    wrong = [
        Triple(ALLIANCE, NamedNode(RTE("theme")), Literal("habitat")),
        Triple(
            ALLIANCE, NamedNode(RTE("earliest")), Literal("2020-03", datatype=NamedNode(XSD("gYearMonth")))
        ),
        Triple(ALLIANCE, NamedNode(SKOS("prefLabel")), Literal("sans langue")),
    ]
    (node,) = json.loads(format_jsonld(wrong))["@graph"]
    assert node["theme"] == {"@value": "habitat"}
    assert node["earliest"] == {"@type": "xsd:gYearMonth", "@value": "2020-03"}
    assert node[str(SKOS("prefLabel"))] == "sans langue"


def test_n_triples_are_written_as_they_come() -> None:
    def triples() -> object:
        yield Triple(ALLIANCE, NamedNode("http://e.org/p"), Literal("a\nb"))
        raise KeyboardInterrupt

    out = io.BytesIO()
    with pytest.raises(KeyboardInterrupt):
        write_graph("ntriples", triples(), out)  # type: ignore[arg-type]
    large = [Triple(ALLIANCE, NamedNode("http://e.org/p"), Literal(number)) for number in range(2_000)]
    assert read(written("ntriples", large), RdfFormat.N_TRIPLES) == large


def test_quoted_triples_and_unknown_forms_get_a_sentence() -> None:
    inner = Triple(ALLIANCE, NamedNode("http://e.org/p"), Literal("a"))
    with pytest.raises(UsageError, match="choose ntriples"):
        written("jsonld", [Triple(ALLIANCE, NamedNode("http://e.org/p"), inner)])
    with pytest.raises(UsageError, match="choose among turtle, jsonld, ntriples"):
        written("csv", [])


def test_no_triples_are_a_document_too() -> None:
    assert json.loads(written("jsonld", [])) == {"@context": {}, "@graph": []}
    assert written("ntriples", []) == b""
    assert read(written("turtle", []), RdfFormat.TURTLE) == []
