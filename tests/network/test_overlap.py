from __future__ import annotations

import pytest
from hypothesis import given, settings

from rte_graph.errors import InvalidParameter
from rte_graph.network import build_network, network_from_rows
from rte_graph.network.coverage_sentences import coverage_sentences
from rte_graph.network.declared import Declared, read_declared
from rte_graph.network.overlap import overlap
from tests.network.samples import networks, two_mode


@pytest.fixture
def report(clubs_store, clubs_library):
    net = build_network(clubs_store, clubs_library, "clubs")
    return overlap(net, declared=read_declared(clubs_store, "en"))


def test_pairs_come_once_with_shared_members_and_both_coefficients(report):
    pairs = {(row.a.label, row.b.label): row for row in report.pairs}
    assert len(pairs) == 6
    petit = pairs["Grand Réseau", "Petit Réseau"]
    assert [each.label for each in petit.shared] == ["École"]
    assert (petit.jaccard, petit.overlap) == (0.5, 1.0)
    autre = pairs["Autre Alliance", "Grand Réseau"]
    assert (autre.jaccard, autre.overlap) == (pytest.approx(1 / 3), 0.5)


def test_a_list_without_names_has_no_overlap_coefficient(report):
    empty = [row for row in report.pairs if row.b.label == "Vide"]
    assert {row.overlap for row in empty} == {None}
    assert {row.jaccard for row in empty} == {0.0}


def test_coverage_is_over_the_distinct_members_that_the_others_name(report):
    grand = report.coverage[0]
    assert grand.alliance.label == "Grand Réseau"
    assert (grand.gathered, grand.others_members, grand.touched, grand.others) == (2, 3, 2, 2)
    assert [each.label for each in grand.missing] == ["Zèbre"]
    assert grand.meta_by_data
    assert grand.meta_declared
    assert grand.declared_coverage == "almost all"


def test_named_members_stand_beside_claimed_ones(report):
    petit = next(row for row in report.coverage if row.alliance.label == "Petit Réseau")
    assert (petit.named, petit.claimed, petit.qualifier) == (1, 12, "about")
    assert not petit.meta_by_data
    assert [each.label for each in petit.untouched] == ["Autre Alliance"]


def test_claimed_numbers_can_be_given_alone():
    report = overlap(two_mode(1, 2, [(0, 0)]), {"t0": 5})
    assert {row.alliance.iri: row.claimed for row in report.coverage} == {"t0": 5, "t1": None}


def test_one_other_alliance_is_not_enough_for_a_meta_coalition():
    assert not overlap(two_mode(2, 2, [(0, 0), (1, 0), (0, 1)])).meta_by_data


def test_touching_all_without_half_of_the_members_is_not_a_meta_coalition():
    ties = [(0, 0), (1, 0), *((0, 1), (2, 1), (3, 1)), *((1, 2), (4, 2), (5, 2))]
    rows = {row.alliance.iri: row for row in overlap(two_mode(6, 3, ties)).coverage}
    assert (rows["t0"].touched, rows["t0"].others) == (2, 2)
    assert not rows["t0"].meta_by_data


def test_the_sentences_say_what_is_found_and_that_it_describes(report):
    found = coverage_sentences(report, "en")
    assert found[0] == (
        "Grand Réseau is a meta-coalition by the data and by the source (“almost all”): it gathers 2 of the "
        "3 members that the others name (67%) and shares members with all 2 others; missing: Zèbre."
    )
    assert found[-1].startswith("Coverage describes the members that the sources name")
    assert "any list of 2 names among the 4 would cover 50%" in found[-1]


def test_data_and_source_that_disagree_are_both_told():
    net = two_mode(3, 3, [(0, 0), (1, 0), (0, 1), (1, 2)])
    by_data = coverage_sentences(overlap(net), "fr")
    assert "d’après les données\u00a0; la source ne le dit pas" in by_data[0]
    by_source = coverage_sentences(overlap(net, declared=Declared(meta={"t1": ""})), "fr")
    assert any("d’après la source, non d’après les données" in sentence for sentence in by_source)


def test_a_one_mode_network_is_refused():
    net = network_from_rows("friends", [("a", ""), ("b", "")], [("a", "b")], mode="one-mode")
    with pytest.raises(InvalidParameter, match="two-mode"):
        overlap(net)


@settings(max_examples=80, deadline=None)
@given(networks())
def test_against_sets_counted_by_hand(network):
    lists = {network.nodes[t].iri: set() for t in network.positions("target")}
    for edge in network.edges:
        lists[network.nodes[edge.target].iri].add(network.nodes[edge.source].iri)
    report = overlap(network)
    assert len(report.pairs) == len(lists) * (len(lists) - 1) // 2
    for row in report.pairs:
        a, b = lists[row.a.iri], lists[row.b.iri]
        assert {each.iri for each in row.shared} == a & b
        assert row.jaccard == (pytest.approx(len(a & b) / len(a | b)) if a | b else None)
        smaller = min(len(a), len(b))
        assert row.overlap == (pytest.approx(len(a & b) / smaller) if smaller else None)
    for row in report.coverage:
        own = lists[row.alliance.iri]
        others = [named for iri, named in lists.items() if iri != row.alliance.iri and named]
        theirs = set().union(*others)
        assert row.coverage == (pytest.approx(len(own & theirs) / len(theirs)) if theirs else None)
        assert {each.iri for each in row.missing} == theirs - own
        assert row.touched == sum(bool(own & named) for named in others)
