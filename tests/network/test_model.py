from __future__ import annotations

import dataclasses

import networkx as nx
import pytest

from rte_graph.network import network_from_rows
from tests.network.samples import two_mode

ROLES = [
    {"source": "a", "target": "x", "role": "founder"},
    {"source": "a", "target": "x", "role": "member"},
]
NODES = [("a", "source"), ("b", "source"), ("x", "target")]


def test_parallel_ties_are_kept_as_edges_and_count_once_in_the_biadjacency():
    net = network_from_rows("n", NODES, ROLES)
    assert [edge.role for edge in net.edges] == ["founder", "member"]
    assert net.biadjacency().toarray().tolist() == [[1.0], [0.0]]


def test_nodes_stand_sources_first_in_french_order():
    rows = [("1", "target", "b"), ("2", "source", "Zoé"), ("3", "source", "Écho"), ("4", "source", "Eau")]
    assert [node.label for node in network_from_rows("n", rows, []).nodes] == ["Eau", "Écho", "Zoé", "b"]


def test_networkx_graph_has_isolates_sets_and_roles():
    graph = network_from_rows("n", NODES, ROLES).to_networkx()
    assert set(graph) == {"a", "b", "x"}
    assert graph.edges["a", "x"]["roles"] == ["founder", "member"]
    assert nx.bipartite.is_bipartite(graph)
    assert graph.nodes["x"]["bipartite"] == 1


def test_networkx_multigraph_keeps_parallel_ties():
    assert network_from_rows("n", NODES, ROLES).to_networkx(parallel=True).number_of_edges() == 2


def test_a_network_cannot_be_changed():
    net = two_mode(1, 1, [(0, 0)])
    with pytest.raises(dataclasses.FrozenInstanceError):
        net.name = "other"  # type: ignore[misc]


def test_leaving_a_node_out_keeps_the_others_even_isolated():
    net = two_mode(2, 2, [(0, 0), (1, 0), (1, 1)])
    smaller = net.without(["t0"])
    assert [node.iri for node in smaller.nodes] == ["s0", "s1", "t1"]
    assert [(edge.source, edge.target) for edge in smaller.edges] == [(1, 2)]
    assert smaller.excluded == ("t0",)
    assert len(net.edges) == 3


def test_one_mode_adjacency_counts_a_pair_once_whichever_way_it_is_stated():
    net = network_from_rows("n", [("a", ""), ("b", "")], [("a", "b"), ("b", "a")], mode="one-mode")
    assert net.adjacency().toarray().tolist() == [[0.0, 1.0], [1.0, 0.0]]
