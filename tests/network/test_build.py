from __future__ import annotations

import random

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from rte_graph.errors import AmbiguousName, UnknownName, UnknownQuery, UnreadableQuery
from rte_graph.network import build_network, network_from_rows
from rte_graph.network.declared import read_declared
from rte_graph.network.find import find_node
from rte_graph.sparql.library import load_library
from rte_graph.sparql.model import Library
from rte_graph.store import EmbeddedStore


def test_a_saved_query_becomes_a_network(clubs_store, clubs_library):
    net = build_network(clubs_store, clubs_library, "clubs", "fr")
    assert [node.label for node in net.nodes] == [
        *("Abri", "École", "Seul", "Zèbre"),
        *("Autre Alliance", "Grand Réseau", "Petit Réseau", "Vide"),
    ]
    assert (net.source_count, net.target_count, len(net.edges)) == (4, 4, 6)
    assert net.biadjacency().nnz == 5
    assert net.set_label("target", "en") == "Alliances"
    assert {edge.role for edge in net.edges} == {"membre", "fondateur"}


def test_a_node_with_two_types_is_one_node_that_knows_both(clubs_store, clubs_library):
    net = build_network(clubs_store, clubs_library, "clubs")
    grand = next(node for node in net.nodes if node.label == "Grand Réseau")
    assert [iri.rpartition("#")[2] for iri in grand.type_iris] == ["Alliance", "MetaCoalition"]


def test_rows_in_any_order_give_the_same_network(clubs_store, clubs_library):
    nodes = [(f"s{i}", "source") for i in range(5)] + [(f"t{i}", "target") for i in range(3)]
    edges = [(f"s{i}", f"t{i % 3}") for i in range(5)]
    first = network_from_rows("n", nodes, edges)
    random.Random(1).shuffle(nodes)
    random.Random(2).shuffle(edges)
    assert network_from_rows("n", nodes, edges) == first


def test_evidence_of_one_tie_is_gathered():
    rows = [{"source": "a", "target": "x", "role": "member", "evidence": e} for e in ("c2", "c1")]
    net = network_from_rows("n", [("a", "source"), ("x", "target")], rows)
    assert [edge.evidence for edge in net.edges] == [("c1", "c2")]


def test_an_edge_end_missing_from_the_nodes_is_an_error_that_names_it():
    rows = [{"source": "a", "target": "x", "targetLabel": "Le Collectif"}]
    with pytest.raises(UnreadableQuery, match=r"Le Collectif.*missing from its nodes query"):
        network_from_rows("n", [("a", "source")], rows)


def test_an_edge_end_in_the_wrong_set_is_an_error():
    with pytest.raises(UnreadableQuery, match="other set"):
        network_from_rows("n", [("a", "source"), ("b", "source")], [("a", "b")])


@pytest.mark.parametrize("rows", [[("a", "")], [("a", "third")], [("a", "source"), ("a", "target")]])
def test_a_node_stands_in_exactly_one_set(rows):
    with pytest.raises(UnreadableQuery, match="exactly one set"):
        network_from_rows("n", rows, [])


def test_an_unknown_network_is_named_with_those_that_exist(clubs_store, clubs_library):
    with pytest.raises(UnknownQuery, match="clubs"):
        build_network(clubs_store, clubs_library, "clbus")
    with pytest.raises(UnknownQuery, match="is a query, not a network") as caught:
        build_network(clubs_store, clubs_library, "clubs-nodes")
    assert caught.value.exit_code == 2
    with pytest.raises(UnknownQuery, match="add a query"):
        build_network(clubs_store, Library(queries={}), "clubs")


def test_what_the_source_declares_is_read_in_the_language(clubs_store):
    french, english = read_declared(clubs_store, "fr"), read_declared(clubs_store, "en")
    petit, grand = "https://w3id.org/rte/id/alliance/petit", "https://w3id.org/rte/id/alliance/grand"
    assert french.claimed == {petit: 12}
    assert (french.qualifiers[petit], english.qualifiers[petit]) == ("environ", "about")
    assert (french.meta, english.meta) == ({grand: "quasi-totalité"}, {grand: "almost all"})


CLAIMS = """
@prefix rte: <https://w3id.org/rte/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix counted-thing: <https://w3id.org/rte/vocab/counted-thing/> .
"""


def claims(*figures: str) -> EmbeddedStore:
    """A store in which an alliance <x:a> claims figures, each a value and perhaps a qualifier."""
    body = "".join(
        f"<x:a> rte:figure <x:f{n}> . <x:f{n}> rte:counts counted-thing:members ; rte:value {figure} .\n"
        for n, figure in enumerate(figures)
    )
    store = EmbeddedStore.in_memory()
    quads = parse(CLAIMS + body, format=RdfFormat.TURTLE)
    store.replace_dataset(NamedNode("x:d"), [quad.triple for quad in quads])
    return store


@pytest.mark.parametrize(
    "value", ['"une douzaine"', '"abc"^^xsd:integer', '"INF"^^xsd:double', '"NaN"^^xsd:double', '""', "<x:v>"]
)
def test_a_claimed_figure_that_is_no_number_is_left_out(value):
    assert read_declared(claims(value)).claimed == {}
    assert read_declared(claims(value, "7")).claimed == {"x:a": 7}


def test_the_largest_claim_counts_as_a_number_and_not_as_a_text():
    assert read_declared(claims("9", "12")).claimed == {"x:a": 12}
    assert read_declared(claims('"12.0"^^xsd:decimal', "9")).claimed == {"x:a": 12}


def test_of_two_equal_claims_the_same_one_is_always_kept():
    about = "12 ; rte:qualifier [ skos:prefLabel {}@fr ]"
    for order in (("environ", "plus de"), ("plus de", "environ")):
        found = read_declared(claims(*(about.format(f'"{word}"') for word in order)))
        assert (found.claimed, found.qualifiers) == ({"x:a": 12}, {"x:a": "environ"})


@pytest.mark.parametrize(("weight", "expected"), [("2.5", 2.5), ("lourd", None), ("NaN", None), ("", None)])
def test_a_weight_that_is_no_number_is_left_out(weight, expected):
    rows = [{"source": "a", "target": "x", "weight": weight}]
    net = network_from_rows("n", [("a", "source"), ("x", "target")], rows)
    assert [edge.weight for edge in net.edges] == [expected]


def test_nodes_are_found_by_label_former_name_other_label_and_iri(clubs_store, clubs_library):
    net = build_network(clubs_store, clubs_library, "clubs")
    for name in ("ecole", "Ancienne École", "https://w3id.org/rte/id/organisation/ecole"):
        assert find_node(net, name, clubs_store).label == "École"
    assert find_node(net, "ZBR", clubs_store).label == "Zèbre"


def test_a_name_that_fits_two_nodes_lists_them(clubs_store, clubs_library):
    net = build_network(clubs_store, clubs_library, "clubs")
    with pytest.raises(AmbiguousName, match=r"Grand Réseau.*Petit Réseau"):
        find_node(net, "réseau", clubs_store)


def test_an_unknown_node_is_answered_with_the_nearest(clubs_store, clubs_library):
    net = build_network(clubs_store, clubs_library, "clubs")
    with pytest.raises(UnknownName, match="the nearest: Zèbre"):
        find_node(net, "zèbres", clubs_store)


def test_a_query_without_label_columns_gets_the_labels_of_the_store(clubs_store, tmp_path):
    folder = tmp_path / "networks"
    folder.mkdir()
    head = "".join(f"#+ {key}: {{fr: x, en: x}}\n" for key in ("summary", "description")) + "#+ tags: [t]\n"
    (folder / "bare.rq").write_text(
        head + "#+ network: {mode: two-mode}\n#+ order: [source, target]\n"
        "PREFIX org: <http://www.w3.org/ns/org#>\n"
        "SELECT ?source ?target WHERE { ?m org:member ?source ; org:organization ?target }\n",
        encoding="utf-8",
    )
    net = build_network(clubs_store, load_library(tmp_path), "bare")
    assert {"École", "Grand Réseau"} <= {node.label for node in net.nodes}
    assert not [node.label for node in net.nodes if "/" in node.label]


def test_two_nodes_of_one_set_with_one_name_are_told_apart():
    nodes = [("i/1", "source", "Jumeau"), ("i/2", "source", "Jumeau"), ("i/3", "target", "Jumeau")]
    net = network_from_rows("n", nodes, [("i/1", "i/3")])
    assert [node.label for node in net.nodes] == ["Jumeau (1)", "Jumeau (2)", "Jumeau"]
