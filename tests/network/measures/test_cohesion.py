"""Components, cores, cut points, bridges, clustering and redundancy against networkx."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings

from rte_graph.network import Network
from rte_graph.network.measures import clustering, cohesion
from tests.network.samples import networks, one_mode, one_mode_networks, two_mode

CLOSE = {"rel": 1e-9, "abs": 1e-12}
EITHER = networks() | one_mode_networks()
slow = settings(max_examples=100, deadline=None, derandomize=True)


def graph_of(network: Network) -> nx.Graph:
    graph = network.to_networkx()
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return graph


def by_iri(network: Network, found) -> dict[str, float]:
    return {node.iri: float(value) for node, value in zip(network.nodes, found, strict=True)}


@slow
@given(EITHER)
def test_core_numbers_are_those_of_networkx(network):
    assert by_iri(network, cohesion.core(network).raw) == nx.core_number(graph_of(network))


@slow
@given(EITHER)
def test_components_are_those_of_networkx(network):
    labels = by_iri(network, cohesion.component_partition(network).labels)
    found = {frozenset(node for node in labels if labels[node] == label) for label in set(labels.values())}
    assert found == {frozenset(part) for part in nx.connected_components(graph_of(network))}


@slow
@given(EITHER)
def test_articulation_points_leave_as_many_pieces_as_removing_them_does(network):
    graph = graph_of(network)
    raw = by_iri(network, cohesion.articulation(network).raw)
    assert {node for node, more in raw.items() if more} == set(nx.articulation_points(graph))
    before = nx.number_connected_components(graph)
    for node, more in raw.items():
        rest = graph.subgraph(set(graph) - {node})
        pieces = nx.number_connected_components(rest) if len(rest) else 0
        assert more == max(0, pieces - before)


@slow
@given(EITHER)
def test_bridges_are_those_of_networkx(network):
    found = cohesion.bridges(network)
    names = [node.iri for node in network.nodes]
    pairs = {
        frozenset((names[i], names[j])): mark
        for i, j, mark in zip(found.left, found.right, found.values, strict=True)
    }
    graph = graph_of(network)
    assert set(pairs) == {frozenset(edge) for edge in graph.edges}
    assert {pair for pair, mark in pairs.items() if mark} == {frozenset(edge) for edge in nx.bridges(graph)}


@slow
@given(EITHER)
def test_density_is_that_of_networkx(network):
    graph, found = graph_of(network), cohesion.density(network).value
    n, m, size = network.source_count, network.target_count, len(network.nodes)
    possible = n * m if network.mode == "two-mode" else size * (size - 1) / 2
    assert found == (graph.number_of_edges() / possible if possible else None)


@slow
@given(networks())
def test_two_mode_clustering_and_redundancy_are_those_of_networkx(network):
    graph = graph_of(network)
    assert by_iri(network, clustering.clustering(network).values) == pytest.approx(
        nx.bipartite.latapy_clustering(graph, mode="dot"), **CLOSE
    )
    wide = [node for node in graph if graph.degree[node] > 1]
    expected = dict.fromkeys(graph, 0.0) | nx.bipartite.node_redundancy(graph, wide)
    assert by_iri(network, clustering.redundancy(network).values) == pytest.approx(expected, **CLOSE)
    # networkx looks for paths in a network of four nodes or more only, and calls none 0.
    oracle = nx.bipartite.robins_alexander_clustering(graph) if graph.number_of_edges() > 2 else 0
    assert (clustering.global_clustering(network).value or 0) == pytest.approx(oracle, **CLOSE)


@slow
@given(one_mode_networks())
def test_one_mode_clustering_is_that_of_networkx(network):
    graph = graph_of(network)
    found = by_iri(network, clustering.clustering(network).values)
    assert found == pytest.approx(nx.clustering(graph), **CLOSE)
    assert (clustering.global_clustering(network).value or 0) == pytest.approx(nx.transitivity(graph))


def test_southern_women_as_networkx_and_by_hand(davis, davis_graph):
    assert clustering.global_clustering(davis).value == pytest.approx(
        nx.bipartite.robins_alexander_clustering(davis_graph), rel=1e-12
    )
    # 89 attendances of 18 × 14: 35 % as Borgatti and Everett have it.
    assert cohesion.density(davis).value == 89 / (18 * 14)
    assert set(cohesion.component_partition(davis).labels.tolist()) == {1}
    assert not cohesion.articulation(davis).raw.any()


def test_clustering_without_a_path_is_not_defined():
    assert clustering.global_clustering(two_mode(1, 2, [(0, 0), (0, 1)])).value is None
    assert clustering.global_clustering(one_mode(2, [(0, 1)])).value is None
    assert cohesion.density(two_mode(2, 0, [])).value is None


def test_blocks_of_rows_give_the_same_values(monkeypatch, davis):
    whole = clustering.redundancy(davis).values.tolist()
    monkeypatch.setattr(clustering, "ROWS", 5)
    assert clustering.redundancy(davis).values.tolist() == whole


def test_a_long_chain_is_walked_without_recursion():
    network = one_mode(5000, [(i, i + 1) for i in range(4999)])
    assert cohesion.articulation(network).raw.sum() == 4998
    assert cohesion.bridges(network).values.all()
