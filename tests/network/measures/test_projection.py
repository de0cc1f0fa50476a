"""Projections against networkx and dense arithmetic; constraint and effective size on them."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rte_graph.errors import InvalidParameter
from rte_graph.network.measures import compute, result
from rte_graph.network.measures.holes import constraint, effective_size
from rte_graph.network.measures.projection import project, projection_matrix
from tests.network.samples import networks, one_mode, one_mode_networks, two_mode

CLOSE = {"rel": 1e-9, "abs": 1e-12}
slow = settings(max_examples=100, deadline=None, derandomize=True)
SETS = st.sampled_from(["source", "target"])
ORACLES = {
    "count": nx.bipartite.weighted_projected_graph,
    "newman": nx.bipartite.collaboration_weighted_projected_graph,
    "jaccard": nx.bipartite.overlap_weighted_projected_graph,
}


def weights_of(network) -> dict[frozenset[str], float]:
    names = [node.iri for node in network.nodes]
    return {frozenset((names[edge.source], names[edge.target])): edge.weight for edge in network.edges}


@slow
@given(networks(), SETS, st.sampled_from(sorted(ORACLES)))
def test_projections_are_those_of_networkx_isolates_included(network, onto, weighting):
    graph = network.to_networkx()
    kept = [network.nodes[place].iri for place in network.positions(onto)]
    # networkx refuses a graph without a second set.
    oracle = ORACLES[weighting](graph, kept) if len(kept) < len(graph) else nx.Graph()
    found = project(network, onto, weighting)
    assert found.mode == "one-mode"
    assert [node.iri for node in found.nodes] == kept
    assert weights_of(found) == pytest.approx(
        {frozenset((a, b)): weight for a, b, weight in oracle.edges(data="weight")}, **CLOSE
    )


@slow
@given(networks(), SETS)
def test_cosine_is_that_of_dense_rows(network, onto):
    matrix = network.biadjacency().toarray()
    rows = matrix if onto == "source" else matrix.T
    lengths = np.linalg.norm(rows, axis=1)
    expected = rows @ rows.T / np.maximum(np.outer(lengths, lengths), 1e-300)
    np.fill_diagonal(expected, 0)
    assert projection_matrix(network, onto, "cosine").toarray() == pytest.approx(expected, **CLOSE)


@slow
@given(networks())
def test_strength_in_newmans_projection_counts_the_neighbours_that_are_shared(network):
    degrees = network.biadjacency().toarray().sum(axis=0)
    shared = network.biadjacency().toarray()[:, degrees > 1].sum(axis=1)
    assert projection_matrix(network, "source", "newman").sum(axis=1) == pytest.approx(shared)


@pytest.mark.parametrize("weighting", ["count", "newman", "jaccard", "cosine"])
def test_the_register_returns_the_same_projection(davis, weighting):
    found = result(f"projection-{weighting}", davis, "target")
    assert weights_of(found) == weights_of(project(davis, "target", weighting))
    assert found.full_name == f"davis, projection = target, weighting = {weighting}"


def test_southern_women_at_several_events_together_as_breiger_has_them(davis):
    # Davis, Gardner & Gardner's table: Evelyn and Theresa met at seven events, Evelyn and Laura at six.
    weights = weights_of(project(davis))
    assert weights[frozenset(("Evelyn Jefferson", "Theresa Anderson"))] == 7
    assert weights[frozenset(("Evelyn Jefferson", "Laura Mandeville"))] == 6


def test_what_is_not_two_mode_or_not_known_is_refused():
    with pytest.raises(InvalidParameter, match="two-mode"):
        project(one_mode(2, [(0, 1)]))
    with pytest.raises(InvalidParameter, match="count, newman"):
        project(two_mode(1, 1, []), "source", "sum")
    with pytest.raises(InvalidParameter, match="source or target"):
        project(two_mode(1, 1, []), "left")


# ---- Structural holes ----


@slow
@given(
    one_mode_networks() | networks().map(project) | networks().map(lambda n: project(n, "target", "newman"))
)
def test_constraint_and_effective_size_are_those_of_networkx(network):
    graph = nx.Graph()
    graph.add_nodes_from(range(len(network.nodes)))
    weighted = any(edge.weight is not None for edge in network.edges)
    for edge in network.edges:
        before = graph.get_edge_data(edge.source, edge.target, {"weight": 0.0})["weight"]
        graph.add_edge(edge.source, edge.target, weight=before + (edge.weight or 0.0))
    name = "weight" if weighted else None
    isolates = dict.fromkeys(nx.isolates(graph), 0.0)
    for measure, found in (
        (nx.constraint, constraint(network).values),
        (nx.effective_size, effective_size(network).raw),
    ):
        # Asked node by node: asked for all at once with weights, networkx.effective_size (3.6) divides by
        # the strongest tie of q where Burt (and its own other branch) divides by that of j.
        expected = measure(graph, nodes=list(graph), weight=name) | isolates
        assert dict(enumerate(found.tolist())) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_constraint_without_weights_of_known_shapes():
    triangle, star = one_mode(3, [(0, 1), (1, 2), (0, 2)]), one_mode(5, [(0, i) for i in range(1, 5)])
    assert constraint(triangle).values.tolist() == [1.125] * 3
    assert constraint(star).values.tolist() == [0.25, 1, 1, 1, 1]
    assert effective_size(star).raw.tolist() == [4, 1, 1, 1, 1]
    assert effective_size(star).values[0] == 1


def test_a_two_mode_network_is_to_be_projected_first(davis):
    with pytest.raises(InvalidParameter, match="project it first"):
        compute("constraint", davis)
