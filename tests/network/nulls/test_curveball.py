"""The fixed-degree sampler: margins, uniformity, the same draws with and without numba, mixing."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.stats import chisquare

from rte_graph.errors import InvalidParameter, SizeLimit
from rte_graph.network.nulls import Plan, compare, curveball
from rte_graph.network.nulls import trades as trades_module
from rte_graph.network.nulls.ensemble import _mixing
from rte_graph.network.nulls.mixing import HalfMoments, Perturbation, correlation_and_effective
from rte_graph.network.nulls.scalar import all_trades, trade
from tests.network.nulls.samples import FINCHES, key, matrices, same_degrees, sparse

# Known spaces: the last one has rows and columns of unlike degrees, a full row and an isolate.
SMALL = [
    [[1, 1, 0], [0, 1, 1], [1, 0, 1]],
    [[1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 1, 1]],
    [[1, 1, 1, 1], [1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 1, 0]],
]


@settings(derandomize=True, deadline=None, max_examples=60)
@given(matrices(8, 8))
def test_draws_keep_every_degree(cells):
    for drawn in curveball(sparse(cells), 10, 1, burn_in=2, thinning=1):
        found = drawn.toarray()
        assert set(np.unique(found)) <= {0.0, 1.0}
        np.testing.assert_array_equal(found.sum(0), cells.sum(0))
        np.testing.assert_array_equal(found.sum(1), cells.sum(1))


@pytest.mark.parametrize("cells", SMALL)
def test_draws_are_uniform_over_all_matrices_with_these_degrees(cells):
    space = {key(each) for each in same_degrees(np.array(cells))}
    seen = Counter(key(drawn) for drawn in curveball(sparse(cells), 2500, 7))
    assert set(seen) == space
    assert chisquare([seen[each] for each in space]).pvalue > 0.01


@pytest.mark.parametrize("cells", SMALL)
def test_single_trades_are_uniform_too_where_the_start_is_forgotten(cells):
    space = {key(each) for each in same_degrees(np.array(cells))}
    seen = Counter(key(drawn) for drawn in curveball(sparse(cells), 2000, 3, burn_in=40, thinning=4))
    assert chisquare([seen[each] for each in space]).pvalue > 0.01


def test_same_seed_same_draws_and_another_seed_others():
    first, again, other = ([key(m) for m in curveball(sparse(FINCHES), 40, seed)] for seed in (5, 5, 6))
    assert first == again != other


@settings(derandomize=True, deadline=None, max_examples=25)
@given(matrices(7, 9))
def test_what_numba_compiles_draws_the_same(cells):
    plain = [key(m) for m in curveball(sparse(cells), 20, 2, burn_in=3, thinning=2, compiled=False)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(trades_module, "_numba_kernel", lambda: all_trades(trade))
        scalar = [key(m) for m in curveball(sparse(cells), 20, 2, burn_in=3, thinning=2, compiled=True)]
    assert scalar == plain


def test_numba_draws_the_same():
    pytest.importorskip("numba")
    plain, fast = (
        [key(m) for m in curveball(sparse(FINCHES), 40, 2, compiled=compiled)] for compiled in (False, True)
    )
    assert fast == plain


def test_draws_do_not_depend_on_how_far_ahead_numbers_are_drawn(monkeypatch):
    whole = [key(m) for m in curveball(sparse(FINCHES), 24, 2)]
    monkeypatch.setattr(trades_module, "MOST_WORDS", 1)
    assert [key(m) for m in curveball(sparse(FINCHES), 24, 2)] == whole


def test_darwins_finches_compete_as_published():
    # Roberts & Stone's mean squared co-occurrence: observed 53.1, p 4·10⁻⁴ (Chen, Diaconis, Holmes & Liu
    # 2005, doi:10.1198/016214504000001303). Of 4 000 draws 1.6 are expected as large; 9 would come once in
    # 10 000.
    def co_occurrence(matrix):
        common = (matrix @ matrix.T).toarray()
        np.fill_diagonal(common, 0)
        return np.array([(common**2).sum() / (13 * 12)])

    assert co_occurrence(sparse(FINCHES))[0] == pytest.approx(53.115, abs=0.001)
    outcome, run = compare(sparse(FINCHES), co_occurrence, Plan(seed=1, draws=4000, alternative="upper"))
    assert outcome.p[0] <= 9 / 4001
    assert run.method == "curveball"
    assert run.mixing.good


def test_chains_that_have_mixed_say_so_and_others_warn():
    degrees = np.zeros((60, 60))
    for i in range(60):
        degrees[i, [(i + k) % 60 for k in range(5)]] = 1
    matrix = sparse(degrees)
    good, bad = _diagnosed(matrix, 400, 50, 10), _diagnosed(matrix, 96, 1, 1)
    assert good.good
    assert good.r_hat == pytest.approx(1, abs=0.02)
    assert good.effective > 200
    assert not bad.good
    assert "not mixed" in bad.sentence("en")
    assert "mélangées" in bad.sentence("fr")


def _diagnosed(matrix, draws, burn_in, thinning):
    changed, moments, series = Perturbation(matrix), HalfMoments(8, draws, 1), []
    for drawn in curveball(matrix, draws, 1, burn_in=burn_in, thinning=thinning):
        moments.add(len(series), np.array([changed.of(drawn)]))
        series.append(changed.of(drawn))
    return _mixing(series, moments, Plan(seed=1, burn_in=burn_in, thinning=thinning))


def test_every_second_chain_starts_far_from_the_observed_network():
    matrix = sparse(np.kron(np.eye(30), np.ones((4, 4))))
    changed = Perturbation(matrix)
    shares = [changed.of(drawn) for drawn in curveball(matrix, 8, 1, burn_in=1)]
    assert max(shares[0::2]) < min(shares[1::2])


def test_too_few_draws_to_see_mixing_say_so():
    _, run = compare(sparse(FINCHES), lambda m: m.toarray()[0], Plan(seed=1, draws=40))
    assert not run.mixing.good
    assert "Too few draws" in run.mixing.sentence("en")


def test_split_r_hat_is_its_definition():
    generator = np.random.default_rng(3)
    series = generator.normal(size=(100, 4)) + np.array([0, 0, 0, 1])
    moments = HalfMoments(4, 400, 1)
    for draw, value in enumerate(series.ravel()):
        moments.add(draw, np.array([value]))
    halves = np.concatenate([series[:50].T, series[50:].T])
    within = halves.var(axis=1, ddof=1).mean()
    expected = np.sqrt((49 / 50 * within + halves.mean(axis=1).var(ddof=1)) / within)
    assert moments.r_hat()[0] == pytest.approx(expected)


def test_effective_draws_of_an_autoregression_are_what_theory_says():
    generator = np.random.default_rng(4)
    series = np.zeros((4000, 4))
    for turn in range(1, 4000):
        series[turn] = 0.5 * series[turn - 1] + generator.normal(size=4)
    correlation, effective = correlation_and_effective(series)
    assert correlation == pytest.approx(0.5, abs=0.03)
    assert effective == pytest.approx(16000 / 3, rel=0.15)


def test_limits_say_how_many_draws_are_possible(monkeypatch):
    monkeypatch.setenv("RTE_GRAPH_MAX_NULL_MOVES", "100000")
    with pytest.raises(SizeLimit, match="ask for 41 draws at most") as refused:
        curveball(sparse(FINCHES), 1000, 1)
    assert "RTE_GRAPH_MAX_NULL_MOVES" in refused.value.message("fr")
    assert len(list(curveball(sparse(FINCHES), 41, 1))) == 41


def test_nonsense_numbers_are_refused():
    for arguments in ({"draws": 0}, {"draws": 1, "burn_in": 0}, {"draws": 1, "thinning": 0}):
        with pytest.raises(InvalidParameter, match="whole numbers"):
            curveball(sparse(FINCHES), seed=1, **arguments)
