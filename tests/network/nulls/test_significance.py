"""p, q, effect sizes and the sentences that stand in their place, against direct counts."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from rte_graph.errors import InvalidParameter, UnknownName
from rte_graph.network.measures import Scores, compute, measure_named
from rte_graph.network.nulls import Plan, adjusted, all_matrices, compare, margins_of, measure_significance
from rte_graph.network.nulls.significance import redrawn
from rte_graph.network.nulls.tally import Tally
from tests.network.nulls.samples import matrices, network_of, sparse

SMALL = np.array([[1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 1, 1], [0, 0, 0, 1]])


@settings(derandomize=True, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_q_is_scipys_false_discovery_control(p):
    np.testing.assert_allclose(adjusted(np.array(p)), false_discovery_control(p), rtol=1e-12, atol=1e-300)


@settings(derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=40), st.integers(0, 4), st.booleans())
def test_counts_means_and_spreads_are_the_direct_ones(draws, observed, exact):
    if exact:
        draws = [*draws, observed]
    tally = Tally(np.array([float(observed)]), exact=exact)
    for value in draws:
        tally.add(np.array([float(value)]))
    extra, total = (0, len(draws)) if exact else (1, len(draws) + 1)
    upper = (sum(v >= observed for v in draws) + extra) / total
    lower = (sum(v <= observed for v in draws) + extra) / total
    one, two = tally.outcome("upper"), tally.outcome("two-sided")
    assert one.p[0] == pytest.approx(upper)
    assert two.p[0] == pytest.approx(min(1, 2 * min(upper, lower)))
    assert one.mean[0] == pytest.approx(np.mean(draws))
    assert one.sd[0] == pytest.approx(np.std(draws, ddof=0 if exact or len(draws) == 1 else 1), abs=1e-9)
    assert bool(one.constant[0]) == (set(draws) == {observed})
    # No value seen could have got a smaller p than this.
    top = max([*draws, observed])
    assert one.least_p[0] == pytest.approx((sum(v >= top for v in draws) + extra) / total)
    assert one.least_p[0] <= one.p[0] + 1e-12
    assert two.least_p[0] <= two.p[0] + 1e-12


def test_a_small_space_is_enumerated_and_p_are_exact():
    network = network_of(SMALL)
    found = measure_significance(network, "betweenness", Plan(seed=1))
    every = [
        compute("betweenness", redrawn(network, drawn))[1].values
        for drawn in all_matrices(margins_of(sparse(SMALL)))
    ]
    assert found.run.method == "enumeration"
    assert found.run.draws == found.run.space == len(every)
    assert found.run.seed is None
    count = len(every)
    assert found.sentences("en")[0].startswith(f"Compared with all {count} possible networks in which each")
    assert found.sentences("fr")[0].startswith(f"Comparé aux {count} réseaux possibles où chaque nœud garde")
    own = compute("betweenness", network)[1].values
    for i, row in enumerate(found.rows):
        values = np.array([each[i] for each in every])
        assert row.mean == pytest.approx(values.mean())
        assert row.sd == pytest.approx(values.std(), abs=1e-9)
        upper, lower = ((values >= own[i] - 1e-9).mean(), (values <= own[i] + 1e-9).mean())
        if row.p is not None:
            assert row.p == pytest.approx(min(1, 2 * min(upper, lower)))
            assert row.z == pytest.approx((own[i] - values.mean()) / values.std())


@pytest.mark.parametrize("null", ["fixed-degrees", "expected-degrees"])
def test_the_observed_values_are_those_of_the_ranking(davis, null):
    found = measure_significance(davis, "eigenvector", Plan(null=null, seed=1, draws=50))
    own = compute("eigenvector", davis)[1].values
    np.testing.assert_allclose([row.observed for row in found.rows], own, rtol=1e-9)


def test_degree_cannot_vary_and_gets_a_sentence_in_place_of_a_p(davis):
    found = measure_significance(davis, "degree", Plan(seed=1, draws=40))
    assert {row.fixed for row in found.rows} == {"proved"}
    assert {(row.p, row.q, row.z) for row in found.rows} == {(None, None, None)}
    notes = [found.rows[0].note(found.run, lang) for lang in ("fr", "en")]
    assert notes[0].startswith("Ne peut pas varier")
    assert notes[1].startswith("Cannot vary: it is 0.")
    assert found.passing == ()


def test_expected_degrees_let_the_degree_vary(davis):
    found = measure_significance(davis, "degree", Plan(null="expected-degrees", seed=1, draws=200))
    assert {row.fixed for row in found.rows} == {""}
    assert min(row.p for row in found.rows) > 0.5


def test_a_nested_network_is_the_only_one_with_its_degrees():
    found = measure_significance(network_of([[1, 1, 1], [1, 1, 0], [1, 0, 0]]), "betweenness", Plan(seed=1))
    assert found.run.draws == 1
    assert {row.fixed for row in found.rows} == {"proved"}
    assert "the only possible network in which" in found.sentences("en")[0]
    assert found.sentences("fr")[0].startswith("Comparé au seul réseau possible où chaque nœud garde")


def test_an_isolate_never_varies():
    cells = np.zeros((9, 8))
    cells[:8] = np.eye(8) + np.eye(8, k=1) + np.eye(8, k=-7)
    found = measure_significance(network_of(cells), "harmonic-closeness", Plan(seed=1, draws=60))
    assert found.run.method == "curveball"
    isolate = next(row for row in found.rows if row.iri == "s08")
    assert isolate.fixed == "seen"
    assert "60 draws" in isolate.note(found.run, "en")


def test_a_value_that_has_few_others_gets_no_p():
    # Five of six: what a node shares can take two values, neither of them rare.
    outcome, _ = compare(
        sparse(np.array([[1], [1], [1], [1], [1], [0]])), lambda m: m.toarray()[:, 0], Plan(seed=1)
    )
    assert outcome.least_p[0] == 1.0
    found = measure_significance(network_of(SMALL), _one, Plan(seed=1))
    assert {row.fixed for row in found.rows} <= {"narrow", "proved"}
    narrow = next(row for row in found.rows if row.fixed == "narrow")
    assert narrow.p is None
    assert "even the most extreme value met" in narrow.note(found.run, "en")


def _one(network):
    """Whether the node is tied to the first target."""
    first = network.biadjacency().toarray()[:, 0]
    return Scores(values=np.concatenate([first, np.zeros(network.target_count)]))


def test_closeness_gives_way_to_harmonic_closeness_as_draws_may_fall_apart(davis):
    found = measure_significance(davis, "closeness", Plan(seed=1, draws=40))
    assert found.name == "harmonic-closeness"


def test_families_are_the_two_sets(davis):
    found = measure_significance(davis, "betweenness", Plan(seed=2, draws=100))
    for name in ("source", "target"):
        rows = [row for row in found.rows if row.set == name and row.p is not None]
        np.testing.assert_allclose([row.q for row in rows], adjusted(np.array([row.p for row in rows])))


def test_same_seed_same_result(davis):
    first, again = (measure_significance(davis, "betweenness", Plan(seed=9, draws=60)) for _ in range(2))
    assert first == again
    assert first != measure_significance(davis, "betweenness", Plan(seed=10, draws=60))


def test_planted_structure_is_found_and_random_networks_pass_at_the_rate():
    # Two groups that never mix: ties within a group exceed chance for any seed.
    cells = np.kron(np.eye(2), np.ones((8, 8)))
    outcome, _ = compare(
        sparse(cells), lambda m: np.array([m.toarray()[:8, :8].sum()]), Plan(seed=1, draws=99)
    )
    assert outcome.p[0] == pytest.approx(2 / 100)
    generator = np.random.default_rng(8)
    weights = generator.normal(size=(9, 9))
    passed = 0
    for _ in range(60):
        drawn = (generator.random((9, 9)) < 0.4).astype(float)
        outcome, _ = compare(
            sparse(drawn), lambda m: np.array([(m.toarray() * weights).sum()]), Plan(seed=3, draws=99)
        )
        passed += outcome.p[0] <= 0.05
    assert passed <= 8


def test_progress_is_told_and_a_stop_leaves_nothing_behind(davis):
    told = []

    def stop(done, total):
        told.append((done, total))
        if done == 7:
            raise KeyboardInterrupt

    before = measure_significance(davis, "betweenness", Plan(seed=1, draws=40))
    with pytest.raises(KeyboardInterrupt):
        measure_significance(davis, "betweenness", Plan(seed=1, draws=40, progress=stop))
    assert told == [(done, 40) for done in range(1, 8)]
    assert measure_significance(davis, "betweenness", Plan(seed=1, draws=40)) == before


def test_draws_too_few_for_the_family_are_said(davis):
    found = measure_significance(davis, "betweenness", Plan(seed=1, draws=100))
    said = " ".join(found.sentences("en"))
    assert "no p is below 0.0198" in said
    # q is adjusted within each set: the larger family is that of the 18 women, and 2 / (1 + 719) = 0.05 / 18.
    assert "at least 8 of the family together" in said
    assert "720 draws would let a single one pass" in said


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"null": "any"}, "write fixed-degrees or expected-degrees"),
        ({"alternative": "lower"}, "write two-sided or upper"),
        ({"alpha": 1.0}, "rate between 0 and 1"),
        ({"seed": -1}, "whole seed"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(values, message):
    with pytest.raises(InvalidParameter, match=message):
        Plan(**{"seed": 1, **values})


def test_too_few_draws_for_any_p_are_refused(davis):
    with pytest.raises(InvalidParameter, match="ask for 39 at least"):
        measure_significance(davis, "betweenness", Plan(seed=1, draws=38))


def test_unknown_and_weighted_measures_are_refused(davis):
    with pytest.raises(UnknownName):
        measure_significance(davis, "betwenness", Plan(seed=1))
    with pytest.raises(InvalidParameter, match="weights"):
        measure_significance(davis, "strength", Plan(seed=1))


def test_json_says_all_that_is_needed_to_run_it_again(davis):
    found = measure_significance(davis, "betweenness", Plan(seed=5, draws=100)).as_dict("en")
    again = json.loads(json.dumps(found, allow_nan=False))
    names = ("null", "method", "draws", "seed", "generator", "alternative", "alpha")
    assert [again[name] for name in names] == [
        *("fixed-degrees", "curveball", 100, 5, "PCG64", "two-sided", 0.05)
    ]
    assert [again["mixing"][name] for name in ("chains", "burnIn", "thinning")] == [8, 50, 10]
    assert set(again["rows"][0]) == {
        *("set", "label", "iri", "observed", "mean", "sd", "z", "p", "q", "note")
    }


@settings(derandomize=True, deadline=None, max_examples=30)
@given(matrices(5, 5), st.sampled_from(["fixed-degrees", "expected-degrees"]))
def test_any_network_gives_numbers_or_sentences(cells, null):
    found = measure_significance(network_of(cells), "betweenness", Plan(null=null, seed=1, draws=40))
    for row in found.rows:
        assert (row.p is None) == bool(row.fixed)
        assert row.z is not None or row.note(found.run)
        assert row.p is None or 0 < row.p <= row.q <= 1
    assert all(found.sentences(lang) for lang in ("fr", "en"))


def test_measure_functions_can_be_the_users_own(davis):
    found = measure_significance(davis, measure_named("degree").function, Plan(seed=1, draws=40))
    assert found.name == "degree"
