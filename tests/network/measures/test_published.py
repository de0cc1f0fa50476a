"""Values that other programs and articles print, and oracles written by others."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import distance

from rte_graph.network import Network
from rte_graph.network.measures import clustering, groups, measure_named, mixing, result, whole
from rte_graph.network.measures.centrality import betweenness, most_betweenness
from rte_graph.network.measures.communities import modularity
from rte_graph.network.measures.projection import project, projection_matrix
from rte_graph.network.structure import is_connected
from tests.network.samples import networks, one_mode, one_mode_networks, two_mode

slow = settings(max_examples=100, deadline=None, derandomize=True)


def simple(network: Network) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(range(len(network.nodes)))
    left, right = network.pairs()
    graph.add_edges_from((i, j) for i, j in zip(left.tolist(), right.tolist(), strict=True) if i != j)
    return graph


def by_label(network: Network, values) -> dict[str, float]:
    return {node.iri: float(value) for node, value in zip(network.nodes, values, strict=True)}


@pytest.fixture(scope="module")
def florentine() -> Network:
    graph = nx.florentine_families_graph()
    names = sorted(graph)
    # Pucci, the sixteenth family, has no marriage with the others.
    return one_mode(16, [(names.index(a), names.index(b)) for a, b in graph.edges])


# ---- Southern Women in other programs ----


def test_southern_women_betweenness_is_that_of_igraph(davis):
    # As the tests of the R package manynet have it (igraph::betweenness).
    printed = {
        "Evelyn Jefferson": 42.9802,
        "Laura Mandeville": 22.8541,
        "Theresa Anderson": 38.9796,
        "Brenda Rogers": 22.0215,
        "Charlotte McDowd": 4.7153,
        "E12": 8.1786,
        "E13": 1.0128,
        "E14": 1.0128,
    }
    found = by_label(davis, betweenness(davis).raw)
    assert {name: found[name] for name in printed} == pytest.approx(printed, abs=5e-5)


def test_the_largest_betweenness_of_18_by_14_is_reached():
    # 18 women and 14 events: 2(n − 1)(m − 1) = 442, by which manynet divides, would be passed.
    ties = [(0, event) for event in range(14)] + [(woman, (woman - 1) % 14) for woman in range(1, 18)]
    assert betweenness(two_mode(18, 14, ties)).raw[0] == most_betweenness(18, 14) == 445


def test_two_mode_centralisation_of_southern_women_is_that_of_manynet(davis):
    # With Borgatti & Everett's denominators, to three decimals.
    degree = whole.degree_centralisation(davis)
    assert degree.source * 14 / 13 == pytest.approx(0.249, abs=5e-4)
    assert degree.target * 18 / 17 == pytest.approx(0.484, abs=5e-4)
    between = whole.betweenness_centralisation(davis)
    assert between.source * 445 / 442 == pytest.approx(0.082, abs=5e-4)
    assert between.target == pytest.approx(0.202, abs=5e-4)


def test_clustering_of_the_projected_southern_women_is_that_of_igraph(davis):
    # igraph::transitivity(type = "local") of the women's projection, as the R package bitriad prints it.
    values = {17: 0.8970588, 16: 0.9333333, 15: 0.9619048, 12: 1.0, 11: 1.0}
    women = project(davis)
    degrees = women.adjacency().sum(axis=0)
    found = clustering.clustering(women).values
    assert sorted(degrees.tolist()) == [11, 12, 12, *[15] * 4, *[16] * 4, *[17] * 7]
    assert found == pytest.approx([values[int(degree)] for degree in degrees], abs=5e-8)


def test_clique_a_of_deep_south_is_clustered_as_bitriad_prints_it():
    rows = ["10110", "00110", "11001", "11100", "01011"]
    ties = [(i, j) for i, row in enumerate(rows) for j, mark in enumerate(row) if mark == "1"]
    women = project(two_mode(5, 5, ties))
    assert clustering.clustering(women).values == pytest.approx([5 / 6, 1, 1, 5 / 6, 5 / 6])
    assert clustering.global_clustering(women).value == 0.875


# ---- Clustering, brokerage ----


@pytest.mark.parametrize(
    ("first", "second", "printed"),
    [(range(5), range(3, 6), 1 / 3), (range(3), range(1, 4), 1 / 2), (range(5), range(3, 8), 2 / 8)],
)
def test_two_mode_clustering_of_the_figure_of_latapy(first, second, printed):
    # Latapy et al. (2008), figure 5: two nodes and what they share of their neighbours.
    pair = two_mode(2, 8, [(0, j) for j in first] + [(1, j) for j in second])
    assert clustering.clustering(pair).values[:2].tolist() == pytest.approx([printed, printed])


def test_global_clustering_as_other_programs_print_it(davis, florentine):
    # networkx's tests have 0.468 for Southern Women, igraph::transitivity 0.1914894 for the families.
    assert clustering.global_clustering(davis).value == pytest.approx(0.468, abs=5e-4)
    assert clustering.global_clustering(florentine).value == pytest.approx(0.1914894, abs=5e-8)


def test_brokerage_adds_up_to_the_triad_census_of_the_florentine_families(florentine):
    # sna::triad.census (R): 38 open triples, each with one broker; 3 triangles.
    assert groups.brokerage(florentine).raw.sum() == 38
    assert groups.brokerage(florentine).raw.max() == 14


@st.composite
def grouped(draw):
    network = draw(one_mode_networks())
    size = len(network.nodes)
    return network, draw(st.lists(st.sampled_from(["red", "blue"]), min_size=size, max_size=size))


@slow
@given(grouped())
def test_coordinators_are_the_open_triples_of_each_group(drawn):
    network, names = drawn
    graph = simple(network)
    roles = groups.brokerage_roles(network, names)
    found = {"coordinator": 0, "all": nx.triadic_census(graph.to_directed())["201"]}
    for name in set(names):
        part = graph.subgraph(i for i, other in enumerate(names) if other == name)
        found["coordinator"] += nx.triadic_census(part.to_directed())["201"]
    assert found == {"coordinator": roles.coordinator.sum(), "all": roles.total().sum()}


# ---- Oracles written by others ----


@slow
@given(grouped())
def test_ei_index_is_what_the_mixing_matrix_of_networkx_gives(drawn):
    network, names = drawn
    graph = simple(network)
    nx.set_node_attributes(graph, dict(enumerate(names)), "group")
    found = groups.ei_index(network, names).value
    if not graph.number_of_edges():
        assert found is None
        return
    inside = np.trace(nx.attribute_mixing_matrix(graph, "group"))
    assert found == pytest.approx(1 - 2 * inside, abs=1e-12)


def test_ei_index_of_the_two_sides_of_the_karate_club():
    graph = nx.karate_club_graph()
    sides = [graph.nodes[member]["club"] for member in graph]
    # 11 of the 78 ties join the two sides.
    assert groups.ei_index(one_mode(34, list(graph.edges)), sides).value == (11 - 67) / 78


def coefficient(graph, **ends) -> float | None:
    with np.errstate(all="ignore"):
        found = nx.degree_pearson_correlation_coefficient(graph, **ends) if graph.size() > 1 else np.nan
    return None if np.isnan(found) else float(found)


@pytest.mark.filterwarnings("ignore")
@slow
@given(networks() | one_mode_networks())
def test_assortativity_is_that_of_networkx(network):
    found, graph = mixing.assortativity(network).value, simple(network)
    if network.mode == "two-mode":
        graph = nx.DiGraph((min(ends), max(ends)) for ends in graph.edges)
        expected = coefficient(graph, x="out", y="in")
    else:
        expected = coefficient(graph)
    assert found == (None if expected is None else pytest.approx(expected, abs=1e-9))


def test_assortativity_of_southern_women_keeps_the_sets_apart(davis, davis_graph):
    # Taken for one set, the gap between events (6.4 women) and women (4.9 events) is mixed in.
    assert mixing.assortativity(davis).value == pytest.approx(-0.27832, abs=5e-6)
    assert nx.degree_assortativity_coefficient(davis_graph) == pytest.approx(-0.33700, abs=5e-6)


@pytest.mark.parametrize(("sources", "targets"), [(0, 0), (1, 1), (3, 4), (5, 1)])
def test_assortativity_is_not_defined_where_degrees_do_not_vary(sources, targets):
    ties = [(i, j) for i in range(sources) for j in range(targets)]
    assert mixing.assortativity(two_mode(sources, targets, ties)).value is None


@slow
@given(one_mode_networks())
def test_one_mode_centralisation_is_the_sum_of_gaps_of_networkx(network):
    graph, size = simple(network), len(network.nodes)
    if size < 3:
        return
    oracles = {
        "degree": (nx.degree_centrality(graph), size - 2),
        "betweenness": (nx.betweenness_centrality(graph), size - 1),
    }
    if is_connected(network):
        oracles["closeness"] = (nx.closeness_centrality(graph), (size - 1) * (size - 2) / (2 * size - 3))
    for name, (found, largest) in oracles.items():
        gaps = sum(max(found.values()) - value for value in found.values())
        assert result(f"{name}-centralisation", network).value == pytest.approx(gaps / largest, abs=1e-12)


@slow
@given(networks(), st.sampled_from(["source", "target"]))
def test_cosine_is_that_of_scipy(network, onto):
    matrix = network.biadjacency().toarray()
    rows = matrix if onto == "source" else matrix.T
    found = projection_matrix(network, onto, "cosine").toarray()
    for i, j in zip(*np.triu_indices(len(rows), 1), strict=True):
        expected = 1 - distance.cosine(rows[i], rows[j]) if rows[i].any() and rows[j].any() else 0.0
        assert found[i, j] == found[j, i] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("blocks", [2, 3])
def test_separate_complete_blocks_have_the_modularity_that_networkx_expects(blocks):
    # networkx's tests of bipartite.modularity: 1/2 for two blocks, 2/3 for three, 0 for one group.
    ties = [(2 * b + i, 3 * b + j) for b in range(blocks) for i in range(2) for j in range(3)]
    network = two_mode(2 * blocks, 3 * blocks, ties)
    labels = np.concatenate([np.repeat(np.arange(blocks), 2), np.repeat(np.arange(blocks), 3)])
    assert modularity(network, labels) == pytest.approx(1 - 1 / blocks)
    assert modularity(network, np.zeros_like(labels)) == pytest.approx(0)
    assert modularity(network, np.arange(len(labels))) == 0


# ---- Where networkx is not followed ----


def test_networkx_passes_one_or_refuses_where_a_network_is_in_pieces():
    ties = [(0, 0), (1, 1), (1, 2), (2, 2)]
    graph = two_mode(3, 3, ties).to_networkx()
    assert max(nx.bipartite.closeness_centrality(graph, ["s0", "s1", "s2"]).values()) > 1
    assert measure_named("closeness").connected_only
    with pytest.raises(nx.AmbiguousSolution):
        nx.eigenvector_centrality_numpy(graph)
