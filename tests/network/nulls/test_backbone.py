"""Shared memberships against chance: Southern Women, exact spaces, planted groups, lists of any length."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.stats import hypergeom, spearmanr

from rte_graph.errors import SizeLimit
from rte_graph.network import network_from_rows
from rte_graph.network.nulls import Plan, all_matrices, backbone, coverage_test, margins_of
from rte_graph.network.overlap import overlap
from tests.network.nulls.samples import matrices, network_of, same_degrees, sparse


def upper(**values):
    return Plan(**{"seed": 1, "alternative": "upper", **values})


@pytest.fixture(scope="module")
def women(davis):
    nulls = ("fixed-degrees", "expected-degrees")
    return {null: backbone(davis, upper(null=null, draws=2000), "source") for null in nulls}


def test_southern_women_share_events_as_the_projection_counts_them(davis, women):
    common = (davis.biadjacency() @ davis.biadjacency().T).toarray()
    linked = int((np.triu(common, k=1) > 0).sum())
    for found in women.values():
        assert (found.size, found.linked) == (153, linked) == (153, 139)
        assert found.fraction == len(found.exceeding) / 139
    row = next(r for r in women["fixed-degrees"].rows if (r.label, r.other) == EVELYN_THERESA)
    assert row.observed == 7


EVELYN_THERESA = ("Evelyn Jefferson", "Theresa Anderson")


def test_fixed_degrees_agree_with_the_hypergeometric_null_in_order_of_magnitude(davis, women):
    # The fixed-row null needs no draws: a pair's shared events are hypergeometric. It lets events be as large
    # as one another, so it finds more (Neal, Domagalski & Sagan 2021, doi:10.1038/s41598-021-03238-3).
    degrees = {
        node.iri: int(davis.biadjacency().toarray()[i].sum()) for i, node in enumerate(davis.nodes[:18])
    }
    rows = [row for row in women["fixed-degrees"].rows if row.p is not None]
    fixed_row = [hypergeom.sf(row.observed - 1, 14, degrees[row.iri], degrees[row.other_iri]) for row in rows]
    assert spearmanr([row.p for row in rows], fixed_row).statistic > 0.6
    assert np.mean(fixed_row) < np.mean([row.p for row in rows])


def test_expected_degrees_are_close_to_fixed_ones_and_more_cautious(women):
    # As Neal, Domagalski & Sagan (2021) found of the two models over many networks.
    fixed = {(r.iri, r.other_iri): r for r in women["fixed-degrees"].rows if r.p is not None}
    expected = {(r.iri, r.other_iri): r for r in women["expected-degrees"].rows}
    pairs = sorted(fixed)
    p, other = ([rows[pair].p for pair in pairs] for rows in (fixed, expected))
    assert spearmanr(p, other).statistic > 0.9
    assert np.mean(other) > np.mean(p)
    means = [[rows[pair].mean for pair in pairs] for rows in (fixed, expected)]
    np.testing.assert_allclose(*means, atol=0.5)


def test_no_pair_of_southern_women_passes_once_153_pairs_are_tested(women):
    for found in women.values():
        assert found.exceeding == ()
        assert min(row.p for row in found.rows if row.p is not None) < 0.1


def test_fixed_degrees_over_a_whole_space_are_exact():
    cells = np.array([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1], [0, 0, 1, 1]])
    found = backbone(network_of(cells), upper())
    every = [(m.T @ m).toarray() for m in all_matrices(margins_of(sparse(cells)))]
    assert found.run.method == "enumeration"
    assert found.run.draws == 90
    pair = next(row for row in found.rows if (row.iri, row.other_iri) == ("t00", "t01"))
    assert pair.least_p == pytest.approx(np.mean([m[0, 1] >= 2 for m in every]))
    assert pair.mean == pytest.approx(np.mean([m[0, 1] for m in every]))


@pytest.mark.parametrize("null", ["fixed-degrees", "expected-degrees"])
def test_planted_groups_are_the_backbone_and_avoidance_shows_when_asked(null):
    generator = np.random.default_rng(5)
    cells = np.kron(np.eye(2), np.ones((30, 6))) * (generator.random((60, 12)) < 0.85)
    network = network_of(cells)
    found = backbone(network, upper(null=null))
    within = {(f"t{a:02}", f"t{b:02}") for g in (0, 6) for a in range(g, g + 6) for b in range(a + 1, g + 6)}
    assert {(row.iri, row.other_iri) for row in found.exceeding} == within
    both = backbone(network, upper(null=null, alternative="two-sided"))
    assert {(row.iri, row.other_iri) for row in both.exceeding} == within
    assert len(both.below) == 36
    assert {row.observed for row in both.below} == {0}


@settings(derandomize=True, deadline=None, max_examples=40)
@given(matrices(4, 4))
def test_pairs_said_not_to_vary_do_not(cells):
    from rte_graph.network.nulls.backbone import _cannot_vary

    every = np.array([each.T @ each for each in same_degrees(cells)])
    pairs = np.triu_indices(cells.shape[1], k=1)
    said = _cannot_vary(sparse(cells), pairs, False)
    varies = (every.max(axis=0) != every.min(axis=0))[pairs] if cells.size else np.zeros(len(said), bool)
    assert not (said & varies).any()


def test_a_list_of_all_members_shares_what_the_others_have():
    generator = np.random.default_rng(2)
    cells = (generator.random((20, 6)) < 0.4).astype(float)
    cells[:, 0] = 1
    found = backbone(network_of(cells), upper(draws=100))
    full = [row for row in found.rows if "t00" in (row.iri, row.other_iri)]
    assert {row.fixed for row in full} == {"proved"}
    assert all("Cannot vary" in row.note(found.run, "en") for row in full)
    assert found.tested <= found.size - 5


def test_no_pair_no_backbone():
    found = backbone(network_from_rows("empty", [], []), upper())
    assert (found.size, found.linked, found.fraction, found.rows) == (0, 0, None, ())
    assert found.sentences("fr")


def test_too_many_pairs_are_refused(davis, monkeypatch):
    monkeypatch.setenv("RTE_GRAPH_MAX_NULL_VALUES", "100")
    with pytest.raises(SizeLimit, match="take the other set"):
        backbone(davis, upper(), "source")


def test_json_of_a_backbone_holds_both_ends_of_each_pair(women):
    for found in women.values():
        again = json.loads(json.dumps(found.as_dict("fr"), allow_nan=False))
        assert {"iri", "otherIri", "observed", "p", "q"} <= set(again["rows"][0])
        assert again["pairs"] == 153
        assert len(again["rows"]) == 139


# A list of 15 among 16, as in the alliances of the first source.
LONG = np.zeros((16, 5))
LONG[:15, 0] = 1
LONG[[0, 1, 2, 3], 1] = 1
LONG[[4, 5, 6], 2] = 1
LONG[[0, 7, 15], 3] = 1
LONG[[2], 4] = 1


def test_coverage_is_that_of_the_overlap_report():
    network = network_of(LONG)
    found = coverage_test(network, Plan(seed=1, draws=200))
    rows = {row.alliance.iri: row for row in overlap(network).coverage}
    for tested, each in zip(found.significance.rows, found.lists, strict=True):
        own = rows[tested.iri]
        assert tested.observed == pytest.approx(own.coverage)
        assert (each.named, each.gathered, each.others_members) == (
            own.named,
            own.gathered,
            own.others_members,
        )


def test_a_list_of_15_among_16_would_cover_as_much():
    each = coverage_test(network_of(LONG), Plan(seed=1, draws=200)).lists[0]
    assert (each.named, each.members, each.gathered, each.others_members) == (15, 16, 8, 9)
    assert each.mean == pytest.approx(15 * 9 / 16)
    assert each.as_much == 1
    english, french = each.sentence("en"), each.sentence("fr")
    assert (
        "any list of 15 names among the 16 would gather 8.4 on average, and always as many or more" in english
    )
    assert "une liste quelconque de 15 noms parmi les 16 en réunirait 8,4 en moyenne" in french


def test_a_blind_list_is_hypergeometric():
    # Four members that no list names: among them a blind list may fall.
    cells = np.concatenate([LONG, np.zeros((4, 5))])
    lists = coverage_test(network_of(cells), Plan(seed=1, draws=200)).lists
    assert lists[0].as_much < 1
    for each in lists:
        law = hypergeom(each.members, each.others_members, each.named)
        assert each.as_much == pytest.approx(law.sf(each.gathered - 1))
        assert each.mean == pytest.approx(sum(k * law.pmf(k) for k in range(17)))


@settings(derandomize=True, deadline=None, max_examples=40)
@given(matrices(6, 5))
def test_where_every_member_is_named_a_list_gathers_the_least_that_its_length_allows(cells):
    named = cells[cells.sum(1) > 0]
    for each in coverage_test(network_of(named), Plan(seed=1, draws=60)).lists:
        assert each.gathered == each.others_members + each.named - each.members
        assert each.as_much == 1


def test_coverage_of_a_list_of_all_cannot_vary():
    cells = LONG.copy()
    cells[15, 0] = 1
    found = coverage_test(network_of(cells), Plan(seed=1, draws=200))
    row = found.significance.rows[0]
    assert row.p is None
    assert row.fixed == "proved"


@settings(derandomize=True, deadline=None, max_examples=40)
@given(matrices(5, 5))
def test_any_network_has_a_coverage_test(cells):
    found = coverage_test(network_of(cells), Plan(seed=1, draws=60))
    assert len(found.lists) == cells.shape[1]
    assert found.as_dict("fr")["notes"]
    assert all(0 <= each.as_much <= 1 for each in found.lists)
