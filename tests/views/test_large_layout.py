from __future__ import annotations

import numpy as np
import pytest
from large_sample import AREAS, large_pairs
from scipy.sparse import csr_array

from rte_graph.views.large_communities import communities, louvain_levels, modularity
from rte_graph.views.large_forces import Repulsion, all_pairs, push_apart
from rte_graph.views.large_layout import LargeLayout, large_layout

SIZE = 3000


@pytest.fixture(scope="module")
def layout() -> LargeLayout:
    return large_layout(SIZE, large_pairs(SIZE), seed=1)


def test_the_same_network_and_seed_give_the_same_positions(layout: LargeLayout) -> None:
    again = large_layout(SIZE, large_pairs(SIZE), seed=1)
    assert np.array_equal(layout.positions, again.positions)
    assert np.array_equal(layout.groups, again.groups)
    other = large_layout(SIZE, large_pairs(SIZE), seed=2)
    assert not np.array_equal(layout.positions, other.positions)


def test_the_order_and_repetition_of_ties_do_not_matter(layout: LargeLayout) -> None:
    pairs = large_pairs(SIZE)
    shuffled = [(b, a) for a, b in reversed(pairs)] + pairs[:50] + [(3, 3)]
    assert np.array_equal(layout.positions, large_layout(SIZE, shuffled, seed=1).positions)


def test_positions_are_finite_and_no_two_are_equal(layout: LargeLayout) -> None:
    assert np.isfinite(layout.positions).all()
    assert len(np.unique(layout.positions, axis=0)) == SIZE


def test_components_stand_apart_from_the_largest_and_from_each_other(layout: LargeLayout) -> None:
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial import cKDTree

    pairs = np.array(large_pairs(SIZE))
    ties = csr_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(SIZE, SIZE))
    count, label = connected_components(ties, directed=False)
    assert count > 20
    distances, nearest = cKDTree(layout.positions).query(layout.positions, k=2)
    apart = distances[label != label[nearest[:, 1]], 1]
    assert apart.min() > 10
    main = label == np.bincount(label).argmax()
    middle, reach = layout.positions[main].mean(axis=0), np.ptp(layout.positions[main], axis=0).max()
    assert np.hypot(*(layout.positions - middle).T).max() < 1.6 * reach


def test_neighbours_stand_nearer_than_strangers_and_communities_are_the_areas(layout: LargeLayout) -> None:
    pairs = np.array(large_pairs(SIZE))
    places = layout.positions
    tied = np.hypot(*(places[pairs[:, 0]] - places[pairs[:, 1]]).T)
    strangers = np.random.default_rng(0).integers(0, SIZE, size=(4000, 2))
    apart = np.hypot(*(places[strangers[:, 0]] - places[strangers[:, 1]]).T)
    assert np.median(tied) < 0.3 * np.median(apart)
    assert layout.modularity > 0.7
    inside = pairs[:, 0] % AREAS == pairs[:, 1] % AREAS
    same = layout.groups[pairs[:, 0]] == layout.groups[pairs[:, 1]]
    assert same[inside].mean() > 0.8


@pytest.mark.parametrize(
    ("size", "pairs"),
    [(0, []), (1, []), (5, []), (2, [(0, 1)]), (3, [(0, 0)]), (70, [(0, i) for i in range(70)])],
)
def test_tiny_and_degenerate_networks_have_places(size: int, pairs: list[tuple[int, int]]) -> None:
    found = large_layout(size, pairs)
    assert found.positions.shape == (size, 2)
    assert np.isfinite(found.positions).all()
    assert len({tuple(place) for place in found.positions.tolist()}) == size


def test_repulsion_through_the_grid_is_that_of_all_pairs() -> None:
    generator = np.random.default_rng(3)
    places, mass = generator.normal(size=(800, 2)) * 100, generator.random(800) * 5
    exact = all_pairs(places, mass, 1.0)
    by_grid = Repulsion(soften=1.0, cells=256).by_grid(places, mass)
    lack = np.hypot(*(exact - by_grid).T) / np.hypot(*exact.T)
    assert np.median(lack) < 0.02
    assert np.percentile(lack, 95) < 0.15


def test_discs_are_pushed_apart_the_large_ones_too() -> None:
    generator = np.random.default_rng(4)
    places, radii = generator.normal(size=(400, 2)) * 6, np.full(400, 0.4)
    radii[:3] = 3.0
    moved = push_apart(places, radii, rounds=200)
    gap = np.hypot(*np.moveaxis(moved[:, None] - moved[None], 2, 0)) - (radii[:, None] + radii[None])
    np.fill_diagonal(gap, 1.0)
    assert (gap < -0.2).sum() / 2 <= 4


def test_communities_score_as_high_as_networkx_finds_them() -> None:
    import networkx as nx

    graph = nx.planted_partition_graph(8, 40, 0.3, 0.02, seed=5)
    ties = csr_array(nx.to_scipy_sparse_array(graph, weight=None, dtype=float))
    found = communities(louvain_levels(ties, seed=1))
    parts = [set(np.flatnonzero(found == group).tolist()) for group in range(found.max() + 1)]
    assert modularity(ties, found) == pytest.approx(nx.community.modularity(graph, parts))
    best = nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=1))
    assert modularity(ties, found) > best - 0.03
