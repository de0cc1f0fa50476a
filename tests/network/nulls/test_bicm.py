"""Expected degrees: the solver against another one, its limits, exact tails against brute force."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import root
from scipy.stats import binom

from rte_graph.errors import SizeLimit
from rte_graph.network.nulls import bicm, bicm_draws
from rte_graph.network.nulls.poisson_binomial import pair_tails, tail
from tests.network.nulls.samples import FINCHES, key, matrices, same_degrees, sparse


@settings(derandomize=True, deadline=None, max_examples=200)
@given(matrices(8, 8))
def test_expected_degrees_are_the_observed_ones(cells):
    chance = bicm(sparse(cells)).probabilities()
    assert ((chance >= 0) & (chance <= 1)).all()
    np.testing.assert_allclose(chance.sum(0), cells.sum(0), atol=1e-8)
    np.testing.assert_allclose(chance.sum(1), cells.sum(1), atol=1e-8)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(matrices(4, 4))
def test_cells_are_certain_where_and_only_where_the_degrees_force_them(cells):
    every = np.array(same_degrees(cells))
    chance = bicm(sparse(cells)).probabilities()
    np.testing.assert_array_equal(chance == 1, every.all(axis=0))
    np.testing.assert_array_equal(chance == 0, ~every.any(axis=0))


def heavy_tailed(rows, columns, seed):
    generator = np.random.default_rng(seed)
    chance = generator.pareto(1.2, (rows, 1)) * generator.pareto(1.2, (1, columns))
    return (generator.random((rows, columns)) < chance / (1 + chance)).astype(float)


@pytest.mark.parametrize("cells", [heavy_tailed(14, 11, 7), heavy_tailed(40, 25, 2)])
def test_probabilities_are_what_a_general_solver_finds(cells):
    # Independent: one unknown per node, the equations as Saracco et al. (2015) write them, scipy's hybr.
    kept = cells[:, (cells.sum(0) > 0) & (cells.sum(0) < len(cells))]
    kept = kept[(kept.sum(1) > 0) & (kept.sum(1) < kept.shape[1])]
    rows, columns = kept.sum(1), kept.sum(0)

    def chances(unknown):
        xy = np.exp(unknown[: len(rows), None] + unknown[None, len(rows) :])
        return xy / (1 + xy)

    def equations(unknown):
        p = chances(unknown)
        # The last equation follows from the others: it fixes the free factor instead.
        return np.concatenate([p.sum(1) - rows, p.sum(0)[:-1] - columns[:-1], [unknown[0]]])

    found = root(equations, np.zeros(len(rows) + len(columns)), method="hybr")
    assert np.abs(found.fun).max() < 1e-8
    np.testing.assert_allclose(bicm(sparse(kept)).probabilities(), chances(found.x), atol=1e-7)


def test_a_regular_network_gives_every_pair_the_density():
    np.testing.assert_allclose(bicm(sparse([[1, 1, 0], [0, 1, 1], [1, 0, 1]])).probabilities(), 2 / 3)


def test_no_other_independent_ties_with_these_degrees_have_more_entropy():
    chance = bicm(sparse(FINCHES)).probabilities()
    free = np.argwhere((chance > 0) & (chance < 1))
    generator = np.random.default_rng(1)

    def entropy(p):
        inner = p[(p > 0) & (p < 1)]
        return -(inner * np.log(inner) + (1 - inner) * np.log(1 - inner)).sum()

    tried = 0
    for (i, j), (k, m) in free[generator.integers(len(free), size=(200, 2))]:
        other = chance.copy()
        other[[i, k], [j, m]] += 1e-3
        other[[i, k], [m, j]] -= 1e-3
        if i != k and j != m and other.min() >= 0 and other.max() <= 1:
            tried += 1
            assert entropy(other) < entropy(chance)
    assert tried > 50


def test_draws_have_the_models_probabilities_and_follow_the_seed():
    model = bicm(sparse(FINCHES))
    draws = [matrix.toarray() for matrix in bicm_draws(model, 3000, 4)]
    chance = model.probabilities()
    error = np.sqrt(chance * (1 - chance) / 3000)
    assert (np.abs(np.mean(draws, axis=0) - chance) <= 4.5 * error).all()
    again = [key(matrix) for matrix in bicm_draws(model, 5, 4)]
    assert again == [key(each) for each in draws[:5]]
    assert again != [key(matrix) for matrix in bicm_draws(model, 5, 5)]


def test_too_many_draws_are_refused(monkeypatch):
    monkeypatch.setenv("RTE_GRAPH_MAX_NULL_MOVES", "1000")
    with pytest.raises(SizeLimit, match="ask for 4 draws at most"):
        bicm_draws(bicm(sparse(FINCHES)), 5, 1)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    st.lists(st.tuples(st.just(0.0) | st.floats(1e-9, 1), st.integers(1, 5)), min_size=1, max_size=6),
    st.integers(0, 12),
)
def test_tails_are_those_of_the_distribution_convolved_one_by_one(classes, observed):
    chances, times = (np.array(part) for part in zip(*classes, strict=True))
    distribution = np.array([1.0])
    for p in np.repeat(chances, times):
        distribution = np.convolve(distribution, [1 - p, p])
    observed = min(observed, len(distribution) - 1)
    found = tail(chances, times, observed)
    assert found.at_least == pytest.approx(distribution[observed:].sum(), rel=1e-9, abs=1e-300)
    assert found.at_most == pytest.approx(distribution[: observed + 1].sum(), rel=1e-9, abs=1e-14)
    assert found.mean == pytest.approx(distribution @ np.arange(len(distribution)))


def test_tiny_tails_keep_their_digits():
    assert tail(np.array([0.01]), np.array([60]), 40).at_least == pytest.approx(
        binom.sf(39, 60, 0.01), rel=1e-9, abs=0
    )


def test_pair_tails_are_what_every_pair_of_columns_gives():
    model = bicm(sparse(FINCHES))
    chance = model.probabilities()
    common = (FINCHES.T @ FINCHES).astype(int)
    first, second = np.triu_indices(17, k=1)
    found = pair_tails(model, first, second, common[first, second])
    for a, b, each in zip(first, second, found, strict=True):
        alone = tail(chance[:, a] * chance[:, b], np.ones(13, dtype=int), int(common[a, b]))
        assert each.at_least == pytest.approx(alone.at_least, rel=1e-9)
        assert each.variance == pytest.approx(alone.variance)
