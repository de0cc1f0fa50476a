"""Each measure of the register beside the library call that gives the same, and the null models' draws."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.inputs import Inputs
from benchmarks.measuring import Pair, Task

SEED = 20261120
BESIDE = {
    "degree": "numpy bincount",
    "strength": "numpy bincount with weights",
    "betweenness": "networkx betweenness_centrality",
    "closeness": "scipy shortest_path",
    "harmonic-closeness": "scipy shortest_path",
    "eigenvector": "scipy svds, one pair",
    "pagerank": "networkx pagerank, same tolerance",
    "core": "networkx core_number",
    "articulation": "networkx articulation_points",
    "components": "scipy connected_components",
    "bridges": "networkx bridges",
    "clustering": "networkx latapy_clustering",
    "redundancy": "networkx node_redundancy",
    "global-clustering": "networkx robins_alexander_clustering",
    "projection-count": "scipy product",
    "projection-newman": "networkx collaboration_weighted…",
    "projection-jaccard": "networkx overlap_weighted…",
}
RUSTWORKX = ("betweenness", "closeness", "articulation")
# What walks all pairs, or what networkx does for each of them, takes minutes on more than a few thousand.
SMALL = ("betweenness", "closeness", "harmonic-closeness", "clustering", "redundancy", "global-clustering")
SMALL += ("projection-newman", "projection-jaccard")
ON_SCIPY = (
    "degree",
    "strength",
    "closeness",
    "harmonic-closeness",
    "eigenvector",
    "components",
    "projection-count",
)


def tasks() -> list[Task]:
    """Return the tasks of this module."""
    return [
        *(
            Task(
                name=f"measure-{name}",
                bare=bare,
                prepare=measured(name),
                target=1.2,
                once=name not in ON_SCIPY,
                small_only=name in SMALL,
            )
            for name, bare in BESIDE.items()
        ),
        *(
            Task(
                name=f"rustworkx-{name}",
                bare="rustworkx, one thread",
                prepare=in_rust(name),
                small_only=True,
                once=True,
            )
            for name in RUSTWORKX
        ),
        Task(
            name="null-fixed-degrees",
            bare="the same trades in numba",
            prepare=draws,
            small_only=True,
        ),
    ]


def drawn(inputs: Inputs) -> Any:
    """Draw one network for all, heavy-tailed; a connected one, where walking all paths is possible at all."""
    from benchmarks.network import heavy_tailed
    from benchmarks.snapshot_tasks import synthetic

    if inputs.size.actors > 1_000:
        return synthetic(inputs)
    return heavy_tailed(inputs.size.actors, inputs.size.initiatives, 5 * inputs.size.initiatives)


def measured(name: str) -> Callable[[Inputs], Pair]:
    """Return what prepares a measure; both sides start from a matrix or a graph that is there."""

    def prepare(inputs: Inputs) -> Pair:
        from rte_graph.network.measures import result
        from rte_graph.network.measures.centrality import simple_graph

        network = drawn(inputs)
        bare = (on_arrays if name in ON_SCIPY else on_graph)(network, name)
        if name not in ON_SCIPY:
            simple_graph(network)
        beginning = dict(network._memory)

        def ours() -> None:
            network._memory.clear()
            network._memory.update(beginning)
            result(name, network)

        def silent() -> None:
            bare()

        return Pair(bare=silent, ours=ours)

    return prepare


def on_arrays(network: Any, name: str) -> Callable[[], Any]:
    """Return the call of numpy or scipy."""
    import numpy as np
    from scipy.sparse.csgraph import connected_components, shortest_path
    from scipy.sparse.linalg import svds

    from rte_graph.network.measures.arrays import joined

    (left, right), size = network.pairs(), len(network.nodes)
    matrix, adjacency = network.biadjacency(), joined(network)
    both, ones = np.concatenate([left, right]), np.ones(2 * len(left))
    paths = lambda: shortest_path(adjacency, method="D", unweighted=True, directed=False)  # noqa: E731
    return {
        "degree": lambda: np.bincount(both, minlength=size) / size,
        "strength": lambda: np.bincount(both, weights=ones, minlength=size) / size,
        "closeness": paths,
        "harmonic-closeness": paths,
        "eigenvector": lambda: svds(matrix, k=1, v0=np.ones(min(matrix.shape))),
        "components": lambda: connected_components(adjacency, directed=False),
        "projection-count": lambda: matrix @ matrix.T,
    }[name]


def on_graph(network: Any, name: str) -> Callable[[], Any]:
    """Return the call of networkx."""
    import networkx as nx
    from networkx.algorithms import bipartite

    from rte_graph.network.measures.centrality import simple_graph

    graph = simple_graph(network).copy()
    sources = list(network.positions("source"))
    several = [node for node in graph if graph.degree(node) > 1]
    return {
        "betweenness": lambda: nx.betweenness_centrality(graph, normalized=False),
        "pagerank": lambda: nx.pagerank(graph, tol=1e-14, max_iter=2000, weight=None),
        "core": lambda: nx.core_number(graph),
        "articulation": lambda: list(nx.articulation_points(graph)),
        "bridges": lambda: list(nx.bridges(graph)),
        "clustering": lambda: bipartite.latapy_clustering(graph),
        "redundancy": lambda: bipartite.node_redundancy(graph, several),
        "global-clustering": lambda: bipartite.robins_alexander_clustering(graph),
        "projection-newman": lambda: bipartite.collaboration_weighted_projected_graph(graph, sources),
        "projection-jaccard": lambda: bipartite.overlap_weighted_projected_graph(graph, sources),
    }[name]


def in_rust(name: str) -> Callable[[Inputs], Pair]:
    """Return what prepares a measure beside rustworkx, where that is installed."""

    def prepare(inputs: Inputs) -> Pair:
        import rustworkx as rx

        network = drawn(inputs)
        graph = rx.PyGraph(multigraph=False)
        graph.add_nodes_from(range(len(network.nodes)))
        left, right = network.pairs()
        graph.add_edges_from_no_data(list(zip(left.tolist(), right.tolist(), strict=True)))
        alone = 10**9  # no threads: sums in one order, so that the same input gives the same bytes
        call = {
            "betweenness": lambda: rx.graph_betweenness_centrality(graph, False, parallel_threshold=alone),
            "closeness": lambda: rx.graph_closeness_centrality(graph, parallel_threshold=alone),
            "articulation": lambda: rx.articulation_points(graph),
        }[name]

        def bare() -> None:
            call()

        return Pair(bare=bare, ours=measured(name)(inputs).ours)

    return prepare


def draws(inputs: Inputs) -> Pair:
    """Draw a hundred networks with the same degrees, as by default and compiled."""
    from rte_graph.network.nulls.curveball import curveball

    matrix = drawn(inputs).biadjacency()

    def count(compiled: bool | None) -> int:
        return sum(1 for _ in curveball(matrix, 100, SEED, compiled=compiled))

    return Pair(bare=lambda: count(True), ours=lambda: count(None))
