"""Measures of one-mode networks against networkx, on random networks and on Zachary's karate club."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from rte_graph.errors import UnreadableQuery
from rte_graph.network import Network, network_from_rows
from rte_graph.network.measures import compute, measures
from rte_graph.network.measures.centrality import strength
from rte_graph.network.measures.spectral import eigenvector, pagerank
from rte_graph.network.structure import is_connected
from tests.network.samples import networks, one_mode, one_mode_networks

CLOSE = {"rel": 1e-9, "abs": 1e-12}


def values(network: Network, name: str) -> dict[str, float]:
    _, scores = compute(name, network)
    return {node.iri: float(value) for node, value in zip(network.nodes, scores.values, strict=True)}


def graph_of(network: Network) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(node.iri for node in network.nodes)
    left, right = network.pairs()
    names = [node.iri for node in network.nodes]
    graph.add_edges_from((names[i], names[j]) for i, j in zip(left, right, strict=True))
    return graph


@pytest.fixture(scope="module")
def karate() -> Network:
    graph = nx.karate_club_graph()
    return one_mode(34, list(graph.edges))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(one_mode_networks())
def test_one_mode_values_are_those_of_networkx(network):
    graph = graph_of(network)
    size = len(graph)
    harmonic = {node: value / max(size - 1, 1) for node, value in nx.harmonic_centrality(graph).items()}
    if size > 1:
        assert values(network, "degree") == pytest.approx(nx.degree_centrality(graph), **CLOSE)
    assert values(network, "betweenness") == pytest.approx(nx.betweenness_centrality(graph), **CLOSE)
    assert values(network, "harmonic-closeness") == pytest.approx(harmonic, **CLOSE)
    closeness = nx.closeness_centrality(graph) if is_connected(network) else harmonic
    assert values(network, "closeness") == pytest.approx(closeness, **CLOSE)
    if size:
        oracle = nx.pagerank(graph, tol=1e-14, max_iter=2000, weight=None)
        assert values(network, "pagerank") == pytest.approx(oracle, rel=1e-9)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(one_mode_networks())
def test_one_mode_eigenvector_is_the_leading_one_of_each_component(network):
    scores = eigenvector(network)
    for members in nx.connected_components(graph_of(network)):
        places = [i for i, node in enumerate(network.nodes) if node.iri in members]
        if len(places) == 1:
            assert scores.raw[places].tolist() == [0.0]
            continue
        block = network.adjacency().toarray()[np.ix_(places, places)]
        leading = np.abs(np.linalg.eigh(block)[1][:, -1])
        assert scores.raw[places] == pytest.approx(leading, rel=1e-9, abs=1e-12)


def test_karate_club_against_networkx(karate):
    graph = graph_of(karate)
    oracle = nx.eigenvector_centrality(graph, max_iter=100_000, tol=1e-15)
    assert values(karate, "eigenvector") == pytest.approx(oracle, rel=1e-9)
    assert values(karate, "closeness") == pytest.approx(nx.closeness_centrality(graph), **CLOSE)
    # The instructor carries the most: 231.07 of 528 pairs, as in every textbook.
    assert values(karate, "betweenness")["n0"] == pytest.approx(0.4376, abs=5e-5)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(networks() | one_mode_networks())
def test_strength_is_the_weighted_degree_of_the_multigraph(network):
    graph = network.to_networkx(parallel=True)
    expected = [graph.degree(node.iri, weight="weight") for node in network.nodes]
    assert strength(network).raw.tolist() == pytest.approx(expected)
    total = graph.size(weight="weight")
    assert strength(network).values.sum() == pytest.approx(2.0 if total else 0.0)


def test_strength_of_pairs_with_several_roles_counts_each_role():
    ties = [{"source": "a", "target": "x", "role": role} for role in ("member", "founder")]
    network = network_from_rows("n", [("a", "source"), ("x", "target")], ties)
    assert strength(network).raw.tolist() == [2.0, 2.0]


def test_strength_refuses_a_negative_weight():
    with pytest.raises(UnreadableQuery, match="negative weight"):
        strength(one_mode(2, [(0, 1)], [-1]))


def test_a_tie_to_oneself_changes_no_measure_of_centrality():
    with_loop, without = one_mode(3, [(0, 1), (1, 1), (1, 2)]), one_mode(3, [(0, 1), (1, 2)])
    for measure in measures("node", "one-mode"):
        found = [compute(measure.name, network)[1].values.tolist() for network in (with_loop, without)]
        assert found[0] == found[1], measure.name


def test_hits_gives_the_eigenvector_of_a_connected_two_mode_network(davis, davis_graph):
    women = davis_graph.graph["top"]
    # Undirected, the leading singular value is double and networkx returns any mixture of the two sets.
    directed = nx.DiGraph((a, b) if a in women else (b, a) for a, b in davis_graph.edges)
    hubs, authorities = nx.hits(directed, max_iter=10_000, tol=1e-15)
    found = values(davis, "eigenvector")
    for oracle, members in ((hubs, women), (authorities, davis_graph.graph["bottom"])):
        total = sum(found[node] for node in members)
        for node in members:
            assert found[node] / total == pytest.approx(oracle[node], rel=1e-9)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(one_mode_networks())
def test_no_value_of_a_one_mode_network_leaves_its_declared_range(network):
    for measure in measures("node", "one-mode"):
        if measure.connected_only and not is_connected(network):
            continue
        found = measure.function(network).values
        assert np.isfinite(found).all(), measure.name
        assert ((found >= measure.range[0]) & (found <= measure.range[1] + 1e-12)).all(), measure.name


def test_pagerank_of_the_empty_network_is_empty():
    assert pagerank(one_mode(0, [])).values.tolist() == []
