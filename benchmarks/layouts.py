"""Layouts for large networks side by side: quality and time on synthetic two-mode networks.

Usage: ``python -m benchmarks.layouts [--sizes 500 5000 50000]``

Networks have areas within which most ties lie, actors with a heavy tail of initiatives, isolates and small
components. What is told of each layout:

* ``kept``: how far the nodes nearest to a node in the drawing (as many as it has neighbours, at most 100)
  are its neighbours, as the Jaccard index; mean over 2 000 nodes (higher is better).
* ``stress``: normalised stress on the distances from 60 nodes, at the best scale (lower is better).
* ``spread``: coefficient of variation of the lengths of ties (1 and less: even; hubs need long ties).
* ``overlap``: pairs nearer than half the spacing that all nodes would have on a square grid, per node.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from rte_graph.views.large_forces import push_apart, relax, springs_of
from rte_graph.views.large_layout import large_layout

SEED = 20261120
Layout = Callable[[Any], Any]


def cooperation(size: int) -> Any:
    """Return the largest component of a network of ``size`` nodes, three actors for seven initiatives."""
    rng = np.random.default_rng(SEED)
    actors, areas = size * 3 // 10, max(4, int(math.sqrt(size) / 4))
    weights = 1 / np.arange(1, areas + 1) ** 0.7
    area = rng.choice(areas, size, p=weights / weights.sum())
    ties = np.minimum(80, (1.3 / np.sqrt(1 - rng.random(size - actors))).astype(int))
    initiative = np.repeat(np.arange(actors, size), ties)
    order = np.argsort(area[:actors], kind="stable")
    starts = np.searchsorted(area[:actors][order], np.arange(areas + 1))
    count = np.diff(starts)[area[initiative]]
    rank = rng.random(len(initiative)) ** 3
    local = (rng.random(len(initiative)) < 0.8) & (count > 0)
    near = order[np.minimum(starts[area[initiative]] + (rank * count).astype(int), actors - 1)]
    actor = np.where(local, near, (rank * actors).astype(int))
    pairs = np.unique(np.stack([actor, initiative], axis=1), axis=0)
    return largest_component(size, pairs)


def largest_component(size: int, pairs: Any) -> Any:
    """Return the adjacency matrix of the largest component."""
    from scipy.sparse.csgraph import connected_components

    ends = np.concatenate([pairs, pairs[:, ::-1]])
    ties = csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(size, size))
    _, label = connected_components(ties, directed=False)
    kept = np.flatnonzero(label == np.bincount(label).argmax())
    return csr_array(ties[kept][:, kept])


def pivots(ties: Any, count: int = 50) -> Any:
    """Pivot MDS alone (Brandes & Pich 2007, doi:10.1007/978-3-540-70904-6_6)."""
    chosen = [int(np.diff(ties.indptr).argmax())]
    rows = [dijkstra(ties, unweighted=True, indices=chosen[0])]
    while len(chosen) < min(count, ties.shape[0]):
        chosen.append(int(np.min(rows, axis=0).argmax()))
        rows.append(dijkstra(ties, unweighted=True, indices=chosen[-1]))
    squared = np.stack(rows, axis=1) ** 2
    centred = -0.5 * (squared - squared.mean(0) - squared.mean(1)[:, None] + squared.mean())
    _, vectors = np.linalg.eigh(centred.T @ centred)
    places = centred @ vectors[:, [-1, -2]]
    jitter = np.random.default_rng(1).normal(scale=1e-3, size=places.shape)
    return places / places.std(axis=0) + jitter


def stress(ties: Any) -> Any:
    """Stress majorisation, as for small networks."""
    from rte_graph.views.layout import _stress

    return _stress(ties, 1)


def spring(ties: Any) -> Any:
    """Fruchterman and Reingold as networkx has it."""
    import networkx as nx

    return np.array(list(nx.spring_layout(nx.from_scipy_sparse_array(ties), seed=1).values()))


def spectral(ties: Any) -> Any:
    """Second and third eigenvector of the normalised Laplacian, then 60 rounds of our forces."""
    from scipy.sparse.csgraph import laplacian
    from scipy.sparse.linalg import eigsh

    start = np.ones(ties.shape[0])
    _, vectors = eigsh(-laplacian(ties, normed=True), k=3, which="LA", v0=start, maxiter=5000, tol=1e-3)
    return forced(ties, vectors[:, :2])


def pivots_and_forces(ties: Any) -> Any:
    """Pivot MDS, then 60 rounds of our forces."""
    return forced(ties, pivots(ties))


def forced(ties: Any, start: Any) -> Any:
    """Relax from a start on one level."""
    degree = np.diff(ties.indptr)
    scaled = start / np.abs(start).max() * 10 * math.sqrt(len(degree))
    placed = relax(scaled, springs_of(ties), degree + 1.0, rounds=60, heat=0.1)
    centred = placed - placed.mean(axis=0)
    area = 2 * math.pi * float((centred**2).sum(axis=1).mean())
    return push_apart(centred / math.sqrt(area / len(degree)), 0.33 * (1 + 0.12 * np.sqrt(degree - 1)))


def levels(ties: Any) -> Any:
    """The one chosen: communities as levels, forces through a grid, shapes pushed apart."""
    pairs = ties.tocoo()
    return large_layout(ties.shape[0], np.stack([pairs.row, pairs.col], axis=1)).positions


LAYOUTS: tuple[tuple[str, Layout, int], ...] = (
    ("stress (small networks)", stress, 1000),
    ("networkx spring", spring, 1000),
    ("pivot MDS", pivots, 10**6),
    ("pivot MDS + forces", pivots_and_forces, 10**6),
    ("spectral + forces", spectral, 10**4),
    ("levels (chosen)", levels, 10**6),
)


def quality(places: Any, ties: Any) -> tuple[float, float, float, float]:
    """Return what is told of a layout: kept, stress, spread, overlap."""
    rng, n = np.random.default_rng(0), len(places)
    start = rng.choice(n, min(n, 60), replace=False)
    steps = dijkstra(ties, unweighted=True, indices=start)
    drawn = np.hypot(*np.moveaxis(places[start][:, None] - places[None], 2, 0))
    known = steps > 0
    weight, far, seen = 1 / steps[known] ** 2, steps[known], drawn[known]
    scale = (weight * far * seen).sum() / (weight * seen**2).sum()
    lengths = np.hypot(*(places[ties.tocoo().row] - places[ties.tocoo().col]).T)
    tree = cKDTree(places)
    room = math.sqrt(float(np.prod(np.ptp(places, axis=0))) / n) / 4
    return (
        float(np.mean([*_kept(tree, places, ties, rng)])),
        float((weight * (scale * seen - far) ** 2).mean()),
        float(lengths.std() / lengths.mean()),
        len(tree.query_pairs(room)) / n,
    )


def _kept(tree: Any, places: Any, ties: Any, rng: Any) -> Iterator[float]:
    degree = np.diff(ties.indptr)
    for node in rng.choice(len(places), min(len(places), 2000), replace=False):
        near = set(tree.query(places[node], min(degree[node], 100) + 1)[1].tolist()) - {node}
        tied = set(ties.indices[ties.indptr[node] : ties.indptr[node + 1]].tolist())
        yield len(near & tied) / len(near | tied)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 5000, 50000])
    print("| nodes | ties | layout | seconds | kept | stress | spread | overlap |")
    print("|---:|---:|---|---:|---:|---:|---:|---:|")
    for size in parser.parse_args().sizes:
        ties = cooperation(size)
        for name, layout, most in LAYOUTS:
            if size > most:
                continue
            start = time.perf_counter()
            places = layout(ties)
            spent = time.perf_counter() - start
            told = " | ".join(f"{value:.2f}" for value in quality(places, ties))
            print(f"| {ties.shape[0]} | {ties.nnz // 2} | {name} | {spent:.1f} | {told} |", flush=True)


if __name__ == "__main__":
    main()
