from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rte_graph.errors import InvalidParameter, UnknownName
from rte_graph.network import Node, build_network, network_from_rows
from rte_graph.network.hubs import FIELDS, hubs
from rte_graph.network.ranking import ranked, rounded
from rte_graph.network.sentences import why_sentence
from tests.network.samples import networks, two_mode


def test_rows_come_targets_first_then_by_measure_in_the_order_asked_then_by_rank(davis):
    rows = hubs(davis, ["pagerank", "degree"])
    blocks = list(dict.fromkeys((row.set, row.measure) for row in rows))
    assert blocks == [
        *(("target", "pagerank"), ("target", "degree")),
        *(("source", "pagerank"), ("source", "degree")),
    ]
    assert len(rows) == 2 * len(davis.nodes)
    for block in blocks:
        ranks = [row.rank for row in rows if (row.set, row.measure) == block]
        assert ranks == sorted(ranks)


def test_the_five_measures_are_the_default(davis):
    assert list(dict.fromkeys(row.measure for row in hubs(davis))) == [
        *("degree", "betweenness", "closeness", "eigenvector", "pagerank"),
    ]


def test_a_row_carries_its_keys_in_order():
    row = hubs(two_mode(1, 1, [(0, 0)]))[0].as_dict()
    assert list(row)[:6] == ["set", "measure", "rank", "label", "iri", "value"]
    assert tuple(row) == FIELDS


def test_degree_is_normalised_and_its_count_stands_beside_it():
    row = hubs(two_mode(4, 1, [(0, 0), (1, 0)]), ["degree"])[0]
    assert (row.value, row.raw) == (0.5, 2.0)


def test_parallel_memberships_count_once(clubs_store, clubs_library):
    rows = hubs(build_network(clubs_store, clubs_library, "clubs"), ["degree"])
    assert [(row.rank, row.label, row.raw) for row in rows if row.set == "target"] == [
        (1, "Autre Alliance", 2),
        (1, "Grand Réseau", 2),
        (3, "Petit Réseau", 1),
        (4, "Vide", 0),
    ]


def test_a_disconnected_network_is_ranked_by_harmonic_closeness_and_the_row_says_so(
    clubs_store, clubs_library
):
    rows = hubs(build_network(clubs_store, clubs_library, "clubs"), ["closeness"])
    assert {row.measure for row in rows} == {"harmonic-closeness"}


def test_asking_twice_for_one_measure_ranks_once():
    assert len(hubs(two_mode(2, 1, [(0, 0)]), ["closeness", "harmonic-closeness", "closeness"])) == 3


def test_ties_share_a_rank_and_leave_a_gap():
    nodes = [Node(iri=iri, label=iri) for iri in "abcd"]
    assert [rank for rank, _ in ranked(nodes, [0.1, 0.5, 0.5, 0.9])] == [1, 2, 2, 4]


def test_order_within_a_tie_is_french_then_by_iri():
    labels = [("3", "Zèbre"), ("2", "Éole"), ("1", "Eole"), ("5", "Ami"), ("4", "Ami")]
    nodes = [Node(iri=iri, label=label) for iri, label in labels]
    assert [nodes[position].iri for _, position in ranked(nodes, [0.0] * 5)] == ["4", "5", "1", "2", "3"]


@given(st.floats(0, 1, allow_subnormal=False))
def test_rounding_noise_does_not_break_a_tie(value):
    nodes = [Node(iri="a", label="a"), Node(iri="b", label="b")]
    noisy = rounded(value) * (1 + 1e-15)
    assert [rank for rank, _ in ranked(nodes, [rounded(value), noisy])] == [1, 1]


@settings(max_examples=50, deadline=None)
@given(networks(), st.integers(1, 4))
def test_top_keeps_whole_ties_and_nothing_beyond(network, top):
    rows = hubs(network, ["degree"])
    assert hubs(network, ["degree"], top=top) == tuple(row for row in rows if row.rank <= top)


def test_one_set_can_be_asked_for(davis):
    assert {row.set for row in hubs(davis, ["degree"], set="source")} == {"source"}


@pytest.mark.parametrize("wrong", [{"set": "women"}, {"top": 0}])
def test_a_senseless_set_or_top_is_one_sentence(wrong):
    with pytest.raises(InvalidParameter, match=r"write target or source|1 or more"):
        hubs(two_mode(1, 1, []), **wrong)


def test_an_unknown_measure_is_refused():
    with pytest.raises(UnknownName, match="Did you mean degree"):
        hubs(two_mode(1, 1, []), ["degre"])


def test_an_empty_network_has_no_rows():
    assert hubs(two_mode(0, 0, [])) == ()


def test_the_sentence_says_what_the_hub_gathers_and_what_only_it_links():
    # Hub h gathers a, b, c, d; x names a and b, y names only c, z names e.
    ties = {"h": "abcd", "x": "ab", "y": "c", "z": "ae"}
    nodes = [(member, "source") for member in "abcde"] + [(each, "target") for each in ties]
    net = network_from_rows("n", nodes, [(member, each) for each, named in ties.items() for member in named])
    sentence = why_sentence(net, hubs(net), "target", "en")
    assert sentence == (
        "h is the hub: it gathers 4 of the 5 sources (80%), 3 of the 4 found in the other targets (75%: all "
        "but e), and shares some with all 3 other targets; it is the only link of y to the rest; first on "
        "all 5 measures."
    )
    french = why_sentence(net, hubs(net), "target", "fr")
    assert french.startswith("h est le pivot\u00a0: ce nœud réunit 4 des 5 sources (80\u00a0%)")
    assert "sans ce nœud, y ne tient plus au reste" in french


def test_the_sentence_names_those_that_tie_and_who_leads_among_them():
    net = two_mode(3, 2, [(0, 0), (1, 0), (1, 1), (2, 1)])
    assert why_sentence(net, hubs(net, ["degree"]), "target", "en") == (
        "t0 and t1 tie for first place, each joined to 2 of the 3 sources."
    )


def test_a_network_without_ties_has_no_hub_to_explain():
    net = two_mode(2, 2, [])
    assert why_sentence(net, hubs(net), "target", "fr") == ""


@settings(max_examples=60, deadline=None)
@given(networks(), st.sampled_from(["fr", "en"]), st.sampled_from(["target", "source"]))
def test_the_sentence_can_be_written_for_any_network(network, lang, name):
    sentence = why_sentence(network, hubs(network), name, lang)
    assert not sentence or sentence.endswith(".")
