"""Communities: Barber's modularity against its definition, the optimum of small networks, Davis's women."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from rte_graph.network import Network
from rte_graph.network.measures.communities import communities, modularity
from tests.network.samples import networks, one_mode, one_mode_networks, two_mode

slow = settings(max_examples=60, deadline=None, derandomize=True)


def barber_by_definition(network: Network, labels) -> float:
    matrix, sources = network.biadjacency().toarray(), network.source_count
    total = matrix.sum()
    rows, columns = matrix.sum(axis=1), matrix.sum(axis=0)
    same = labels[:sources, None] == labels[None, sources:]
    return float(((matrix - np.outer(rows, columns) / total) * same).sum() / total)


def partitions(size: int, most: int = 0):
    """Yield every partition of `size` nodes as restricted growth strings."""
    if size == 0:
        yield ()
        return
    for head in partitions(size - 1):
        for group in range(max(head, default=-1) + 2):
            yield (*head, group)


@slow
@given(networks())
def test_the_modularity_told_is_that_of_the_partition(network):
    found = communities(network, starts=3)
    if not network.edges:
        assert found.quality is None
        assert sorted(found.labels.tolist()) == list(range(1, len(network.nodes) + 1))
        return
    assert found.quality == pytest.approx(barber_by_definition(network, found.labels), abs=1e-12)
    assert found.quality == pytest.approx(modularity(network, found.labels), abs=1e-12)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(networks(most=4))
def test_small_two_mode_networks_get_the_best_partition_of_all(network):
    if not network.edges:
        return
    best = max(barber_by_definition(network, np.array(each)) for each in partitions(len(network.nodes)))
    assert communities(network).quality == pytest.approx(best, abs=1e-12)


def test_southern_women_reach_the_best_modularity_known(davis):
    # The best value known: networkx's tests of bipartite communities expect 0.34554 of the best run too.
    assert communities(davis).quality == pytest.approx(0.3455, abs=5e-5)


def test_the_same_seed_gives_the_same_partition(davis):
    assert communities(davis, seed=3).labels.tolist() == communities(davis, seed=3).labels.tolist()


def test_two_separate_blocks_are_two_communities_and_isolates_are_alone():
    ties = [(i, j) for i in range(3) for j in range(2)] + [(i, j) for i in range(3, 6) for j in range(2, 4)]
    found = communities(two_mode(7, 5, ties))
    assert found.labels.tolist() == [1, 1, 1, 2, 2, 2, 3, 1, 1, 2, 2, 4]
    assert found.quality == 0.5


@slow
@given(one_mode_networks())
def test_one_mode_modularity_is_that_of_networkx(network):
    found = communities(network, starts=2)
    if not network.edges:
        assert found.quality is None
        return
    graph = nx.Graph()
    graph.add_nodes_from(range(len(network.nodes)))
    weighted = any(edge.weight is not None for edge in network.edges)
    for edge in network.edges:
        before = graph.get_edge_data(edge.source, edge.target, {"weight": 0.0})["weight"]
        graph.add_edge(edge.source, edge.target, weight=before + edge.weight if weighted else 1.0)
    split = [set(np.flatnonzero(found.labels == label).tolist()) for label in np.unique(found.labels)]
    assert found.quality == pytest.approx(nx.community.modularity(graph, split), abs=1e-12)


def test_karate_club_splits_as_well_as_louvain_does():
    network = one_mode(34, list(nx.karate_club_graph().edges))
    assert communities(network).quality == pytest.approx(0.4198, abs=5e-4)
