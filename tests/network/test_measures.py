"""Each measure against published values, an independent oracle, brute force, and its limit cases."""

from __future__ import annotations

import ast
from itertools import chain, combinations, product
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from rte_graph.errors import InvalidParameter, UnknownName
from rte_graph.network import Network, network_from_rows
from rte_graph.network.measures import centrality, compute, measure_named, measures, paths, spectral
from rte_graph.network.structure import is_connected
from tests.network.samples import networks, two_mode

TESTS = Path(__file__).parent
CLOSE = {"rel": 1e-9, "abs": 1e-12}

# Normalised degree, closeness and betweenness of Davis's Southern Women as Borgatti & Halgin print them
# (Analyzing affiliation networks, 2011, doi:10.4135/9781446294413.n28), with the normalisations of
# Borgatti & Everett 1997.
PUBLISHED = {
    "E8": (0.78, 0.85, 0.24),
    "E9": (0.67, 0.79, 0.23),
    "E7": (0.56, 0.73, 0.13),
    "Nora Fayette": (0.57, 0.80, 0.11),
    "Evelyn Jefferson": (0.57, 0.80, 0.10),
    "Theresa Anderson": (0.57, 0.80, 0.09),
    "E6": (0.44, 0.69, 0.07),
    "Sylvia Avondale": (0.50, 0.77, 0.07),
    "Laura Mandeville": (0.50, 0.73, 0.05),
    "Brenda Rogers": (0.50, 0.73, 0.05),
    "Katherina Rogers": (0.43, 0.73, 0.05),
    "E5": (0.44, 0.59, 0.04),
    "Helen Lloyd": (0.36, 0.73, 0.04),
    "E3": (0.33, 0.56, 0.02),
    "Ruth DeSand": (0.29, 0.71, 0.02),
    "Verne Sanderson": (0.29, 0.71, 0.02),
    "E12": (0.33, 0.56, 0.02),
    "Myra Liddel": (0.29, 0.69, 0.02),
    "E11": (0.22, 0.54, 0.02),
    "Eleanor Nye": (0.29, 0.67, 0.01),
    "Frances Anderson": (0.29, 0.67, 0.01),
    "Pearl Oglethorpe": (0.21, 0.67, 0.01),
    "E4": (0.22, 0.54, 0.01),
    "Charlotte McDowd": (0.29, 0.60, 0.01),
    "E10": (0.28, 0.55, 0.01),
    "Olivia Carleton": (0.14, 0.59, 0.01),
    "Flora Price": (0.14, 0.59, 0.01),
    "E2": (0.17, 0.52, 0.00),
    "E1": (0.17, 0.52, 0.00),
    "Dorothy Murchison": (0.14, 0.65, 0.00),
    "E13": (0.17, 0.52, 0.00),
    "E14": (0.17, 0.52, 0.00),
}


def values(network: Network, name: str) -> dict[str, float]:
    found = measure_named(name).function(network).values
    return {node.iri: float(value) for node, value in zip(network.nodes, found, strict=True)}


@pytest.mark.parametrize(("place", "name"), list(enumerate(["degree", "closeness", "betweenness"])))
def test_southern_women_as_published(davis, place, name):
    found = values(davis, name)
    # The print has two decimals, cut or rounded.
    assert {node: found[node] for node in PUBLISHED} == pytest.approx(
        {node: printed[place] for node, printed in PUBLISHED.items()}, abs=0.0100001
    )


def test_southern_women_against_networkx(davis, davis_graph):
    women = davis_graph.graph["top"]
    oracles = {
        "degree": nx.bipartite.degree_centrality(davis_graph, women),
        "betweenness": nx.bipartite.betweenness_centrality(davis_graph, women),
        "closeness": nx.bipartite.closeness_centrality(davis_graph, women),
        "pagerank": nx.pagerank(davis_graph, tol=1e-14, max_iter=2000, weight=None),
    }
    for name, oracle in oracles.items():
        assert values(davis, name) == pytest.approx(oracle, **CLOSE)
    harmonic = nx.harmonic_centrality(davis_graph)
    n, m = davis.source_count, davis.target_count
    most = {node.iri: m + (n - 1) / 2 if node.set == "source" else n + (m - 1) / 2 for node in davis.nodes}
    expected = {node: harmonic[node] / most[node] for node in harmonic}
    assert values(davis, "harmonic-closeness") == pytest.approx(expected, **CLOSE)


def test_southern_women_eigenvector_is_that_of_the_bipartite_graph(davis, davis_graph):
    # Borgatti & Everett: the largest entry of a unit eigenvector of a two-mode graph is √½, hence × √2.
    vector = nx.eigenvector_centrality(davis_graph, max_iter=100_000, tol=1e-14)
    expected = {node: value * 2**0.5 for node, value in vector.items()}
    assert values(davis, "eigenvector") == pytest.approx(expected, **CLOSE)


# ---- Brute force on random networks ----


def brute_force_betweenness(network: Network) -> list[float]:
    graph = nx.Graph()
    graph.add_nodes_from(range(len(network.nodes)))
    graph.add_edges_from(zip(*(end.tolist() for end in network.pairs()), strict=True))
    found = [0.0] * len(network.nodes)
    for a, b in combinations(graph, 2):
        paths = list(nx.all_shortest_paths(graph, a, b)) if nx.has_path(graph, a, b) else []
        for path in paths:
            for inner in path[1:-1]:
                found[inner] += 1 / len(paths)
    return found


@settings(max_examples=60, deadline=None)
@given(networks())
def test_raw_betweenness_counts_shortest_paths(network):
    raw = centrality.betweenness(network).raw
    assert raw.tolist() == pytest.approx(brute_force_betweenness(network), **CLOSE)


def all_networks(sources: int, targets: int) -> list[Network]:
    pairs = list(product(range(sources), range(targets)))
    subsets = chain.from_iterable(combinations(pairs, size) for size in range(len(pairs) + 1))
    return [two_mode(sources, targets, list(ties)) for ties in subsets]


@pytest.mark.parametrize(("sources", "targets"), [(1, 1), (1, 4), (2, 2), (2, 3), (3, 2), (3, 3), (2, 4)])
def test_the_largest_betweenness_is_what_the_formula_says(sources, targets):
    found = max(
        centrality.betweenness(network).raw[:sources].max() for network in all_networks(sources, targets)
    )
    assert found == pytest.approx(centrality.most_betweenness(sources, targets), **CLOSE)


@settings(max_examples=100, deadline=None)
@given(networks())
def test_no_value_leaves_its_declared_range(network):
    for measure in measures("node", network.mode):
        if measure.connected_only and not is_connected(network):
            continue
        found = measure.function(network).values
        low, high = measure.range
        assert len(found) == len(network.nodes)
        assert np.isfinite(found).all()
        assert (found >= low).all()
        assert (found <= high + 1e-12).all()


@settings(max_examples=100, deadline=None)
@given(networks())
def test_closeness_and_degree_against_distances_counted_by_hand(network):
    graph = network.to_networkx()
    n, m = network.source_count, network.target_count
    for index, node in enumerate(network.nodes):
        own, other = (n, m) if node.set == "source" else (m, n)
        lengths = nx.single_source_shortest_path_length(graph, node.iri)
        harmonic = sum(1 / length for length in lengths.values() if length)
        assert centrality.harmonic_closeness(network).raw[index] == pytest.approx(harmonic, **CLOSE)
        assert centrality.degree(network).values[index] == pytest.approx(
            graph.degree[node.iri] / other if other else 0.0, **CLOSE
        )
        if is_connected(network) and len(network.nodes) > 1:
            expected = (other + 2 * (own - 1)) / sum(lengths.values())
            assert centrality.closeness(network).values[index] == pytest.approx(expected, **CLOSE)


@settings(max_examples=100, deadline=None)
@given(networks())
def test_eigenvector_is_the_leading_singular_pair_of_each_component(network):
    scores = spectral.eigenvector(network)
    sources = network.source_count
    matrix = network.biadjacency().toarray()
    assert scores.component is not None
    assert scores.raw is not None
    for number in set(scores.component.tolist()):
        members = np.flatnonzero(scores.component == number)
        rows, columns = members[members < sources], members[members >= sources]
        if len(members) == 1:
            assert scores.raw[members].tolist() == [0.0]
            continue
        left, _, right = np.linalg.svd(matrix[np.ix_(rows, columns - sources)])
        assert scores.raw[rows].tolist() == pytest.approx(np.abs(left[:, 0]).tolist(), rel=1e-9)
        assert scores.raw[columns].tolist() == pytest.approx(np.abs(right[0]).tolist(), rel=1e-9)
        assert scores.values[members] == pytest.approx(
            scores.raw[members] * (len(members) / len(network.nodes)) ** 0.5, rel=1e-12
        )


@settings(max_examples=60, deadline=None)
@given(networks())
def test_pagerank_solves_its_equations(network):
    size = len(network.nodes)
    if not size:
        return
    adjacency = network.adjacency().toarray()
    degrees = adjacency.sum(axis=0)
    moves = np.where(degrees > 0, adjacency / np.maximum(degrees, 1), 1 / size)
    expected = np.linalg.solve(np.eye(size) - 0.85 * moves, np.full(size, 0.15 / size))
    assert spectral.pagerank(network).values.tolist() == pytest.approx(expected.tolist(), rel=1e-9)


# ---- Limit cases ----


def test_an_empty_network_gives_empty_scores():
    for measure in measures("node", "two-mode"):
        assert measure.function(two_mode(0, 0, [])).values.tolist() == []


@pytest.mark.parametrize(("sources", "targets"), [(3, 0), (0, 3), (1, 0), (1, 1), (2, 2)])
def test_without_a_tie_everything_but_pagerank_is_zero(sources, targets):
    network = two_mode(sources, targets, [])
    for measure in measures("node", "two-mode"):
        if measure.name in ("pagerank", "closeness"):
            continue
        assert not measure.function(network).values.any()
    assert spectral.pagerank(network).values.sum() == pytest.approx(1)


def test_a_single_tie_joins_all_there_is():
    network = two_mode(1, 1, [(0, 0)])
    for name in ("degree", "closeness", "harmonic-closeness", "eigenvector"):
        assert values(network, name) == pytest.approx({"s0": 1.0, "t0": 1.0})
    assert values(network, "betweenness") == {"s0": 0.0, "t0": 0.0}


def test_the_centre_of_a_star_has_one_everywhere():
    network = two_mode(4, 1, [(i, 0) for i in range(4)])
    for name in ("degree", "closeness", "betweenness", "eigenvector"):
        assert values(network, name)["t0"] == pytest.approx(1.0)


def test_components_of_equal_size_weigh_the_same():
    network = two_mode(2, 2, [(0, 0), (1, 1)])
    assert set(values(network, "eigenvector").values()) == {0.5**0.5}


def test_an_isolated_pair_does_not_outrank_a_large_component():
    network = two_mode(6, 3, [(i, 0) for i in range(5)] + [(0, 1), (5, 2)])
    found = values(network, "eigenvector")
    assert found["t0"] > found["t2"] > 0


def test_nodes_with_the_same_ties_have_exactly_the_same_eigenvector_value():
    network = two_mode(9, 4, [(i, j) for i in range(9) for j in range(4) if (i // 3 + j) % 3])
    found = values(network, "eigenvector")
    assert found["s0"] == found["s1"] == found["s2"]


def test_large_sets_take_the_iterative_solver_and_agree_with_the_dense_one(monkeypatch):
    rng = np.random.default_rng(1)
    ties = {(int(i), int(j)) for i, j in rng.integers(0, 40, (300, 2))}
    network = two_mode(40, 40, sorted(ties))
    dense = spectral.eigenvector(network).values
    monkeypatch.setattr(spectral, "DENSE", 1)
    assert spectral.eigenvector(network).values.tolist() == pytest.approx(dense.tolist(), rel=1e-9)


def test_distances_in_chunks_are_the_same(monkeypatch, davis):
    whole = centrality.closeness(davis).values
    monkeypatch.setattr(paths, "ENTRIES", 5 * len(davis.nodes))
    assert centrality.closeness(davis).values.tolist() == whole.tolist()


# ---- The register ----


def test_closeness_gives_way_to_harmonic_closeness_on_a_disconnected_network():
    used, _ = compute("closeness", two_mode(2, 1, [(0, 0)]))
    assert used.name == "harmonic-closeness"
    used, _ = compute("closeness", two_mode(2, 1, [(0, 0), (1, 0)]))
    assert used.name == "closeness"


def test_a_measure_refuses_a_network_of_another_mode():
    network = network_from_rows("mixed", [("a", ""), ("b", "")], [("a", "b")], mode="multi")
    with pytest.raises(InvalidParameter, match="two-mode and one-mode networks"):
        compute("betweenness", network)


def test_an_unknown_measure_is_answered_with_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean betweenness"):
        measure_named("betweeness")


@pytest.mark.parametrize("measure", measures(), ids=lambda measure: measure.name)
def test_every_measure_says_what_a_reader_must_know_to_cite_it(measure):
    assert all((measure.label.fr, measure.label.en, measure.definition.fr, measure.definition.en))
    assert measure.formula
    assert measure.oracle
    assert measure.complexity.startswith("O(")
    assert measure.references
    assert all(reference.doi.startswith("10.") for reference in measure.references)
    assert measure.modes


@pytest.mark.parametrize("measure", measures(), ids=lambda measure: measure.name)
def test_every_measure_names_tests_that_exist_and_hold_it_against_something_independent(measure):
    assert measure.tested_by
    for named in measure.tested_by:
        file, test = named.split("::")
        tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
        assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, named


def test_what_could_not_be_confirmed_is_said_in_both_languages():
    doubtful = [measure for measure in measures() if any((measure.unconfirmed.fr, measure.unconfirmed.en))]
    assert "communities" in {measure.name for measure in doubtful}
    assert all(measure.unconfirmed.fr and measure.unconfirmed.en for measure in doubtful)
