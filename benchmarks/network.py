"""Measures of rte-graph against direct library calls on the same arrays, side by side in one run.

Usage: ``python benchmarks/network.py [--sources 400 --targets 600 --ties 2500] [--repeat 5]``

Prints one line per task: best time of the direct call, best time of ours, and their ratio, which is what
counts (absolute times drift with the machine). Runs of the two alternate, so that both meet the same noise.
Both sides start from a network whose biadjacency or graph has been built once, as a command that asks for
several measures does; building has its own line.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import networkx as nx
import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path
from scipy.sparse.linalg import eigsh

from rte_graph.network import Network, network_from_rows
from rte_graph.network.hubs import hubs
from rte_graph.network.measures import centrality, spectral
from rte_graph.network.overlap import overlap

SEED = 20261120


def heavy_tailed(sources: int, targets: int, ties: int) -> Network:
    """Draw a connected two-mode network with a few large targets, as cooperation networks have."""
    rng = np.random.default_rng(SEED)
    weights = 1 / np.arange(1, targets + 1)
    drawn_targets = rng.choice(targets, ties, p=weights / weights.sum())
    drawn = np.stack([rng.integers(0, sources, ties), drawn_targets], axis=1)
    chain = [(i, 0) for i in range(sources)] + [(0, j) for j in range(targets)]
    pairs = sorted({*map(tuple, drawn.tolist()), *chain})
    nodes = [(f"s{i:07}", "source") for i in range(sources)] + [
        (f"t{j:07}", "target") for j in range(targets)
    ]
    return network_from_rows("bench", nodes, [(f"s{i:07}", f"t{j:07}") for i, j in pairs])


def best(direct: Callable[[], Any], ours: Callable[[], Any], repeat: int) -> tuple[float, float]:
    """Return the best time of each, run in turns."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(repeat):
        for call, spent in zip((direct, ours), times, strict=True):
            start = time.perf_counter()
            call()
            spent.append(time.perf_counter() - start)
    return min(times[0]), min(times[1])


def fresh(network: Network) -> Network:
    """Return the same network with nothing remembered."""
    return replace(network)


Task = tuple[str, str, Callable[[], Any], Callable[[], Any]]


def array_tasks(network: Network) -> list[Task]:
    """Tasks whose direct call works on arrays."""
    left, right = network.pairs()
    n, size = network.source_count, len(network.nodes)
    matrix, ones, shape = network.biadjacency(), np.ones(len(left)), (n, size - n)
    return [
        (
            "biadjacency",
            "scipy csr_array + numpy unique",
            lambda: csr_array((ones, tuple(_unique(network).T - [[0], [n]])), shape=shape),
            lambda: fresh(network).biadjacency(),
        ),
        (
            "degree",
            "numpy bincount",
            lambda: np.bincount(np.concatenate([left, right]), minlength=size) / size,
            lambda: centrality.degree(network),
        ),
        (
            "overlap of 50 targets",
            "scipy product of the biadjacency",
            lambda: (matrix[:, :50].T @ matrix[:, :50]).toarray(),
            lambda: overlap(fresh(_first_targets(network, 50))),
        ),
    ]


def graph_tasks(network: Network) -> list[Task]:
    """Tasks whose direct call walks a graph or iterates on a matrix."""
    matrix, adjacency, graph = network.biadjacency(), network.adjacency(), centrality.simple_graph(network)
    gram = matrix @ matrix.T if matrix.shape[0] <= matrix.shape[1] else matrix.T @ matrix
    paths = partial(shortest_path, adjacency, method="D", unweighted=True, directed=False)
    between = partial(nx.betweenness_centrality, graph, normalized=False)
    vector = partial(eigsh, gram, k=1, v0=np.ones(gram.shape[0]))
    rank = partial(nx.pagerank, graph, tol=1e-14, max_iter=2000, weight=None)
    direct = (paths, between, vector, rank)
    return [
        ("closeness", "scipy shortest_path", paths, lambda: centrality.closeness(network)),
        ("betweenness", "networkx betweenness", between, lambda: centrality.betweenness(network)),
        ("eigenvector", "scipy eigsh of the smaller gram", vector, lambda: spectral.eigenvector(network)),
        ("pagerank", "networkx pagerank, same tolerance", rank, lambda: spectral.pagerank(network)),
        (
            "five rankings",
            "these four calls",
            lambda: [call() for call in direct],
            lambda: hubs(network),
        ),
    ]


def _unique(network: Network) -> Any:
    return np.unique(np.array([(edge.source, edge.target) for edge in network.edges]), axis=0)


def _first_targets(network: Network, count: int) -> Network:
    kept = network.positions("target")[:count]
    return network.remembered(
        "bench-part",
        lambda: network.without(network.nodes[p].iri for p in network.positions("target") if p not in kept),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sources", type=int, default=400)
    parser.add_argument("--targets", type=int, default=600)
    parser.add_argument("--ties", type=int, default=2500)
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    network = heavy_tailed(options.sources, options.targets, options.ties)
    print(f"{network.source_count} × {network.target_count}, {len(network.pairs()[0])} pairs, seed {SEED}")
    print(f"{'task':24}{'direct call':36}{'direct ms':>11}{'ours ms':>11}{'ratio':>8}")
    for name, library, direct, ours in (*array_tasks(network), *graph_tasks(network)):
        reference, mine = best(direct, ours, options.repeat)
        print(f"{name:24}{library:36}{reference * 1e3:11.2f}{mine * 1e3:11.2f}{mine / reference:8.2f}")


if __name__ == "__main__":
    main()
