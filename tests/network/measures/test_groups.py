"""E-I index, brokerage and group centrality against brute force and networkx."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rte_graph.errors import InvalidParameter, UnknownName
from rte_graph.network.measures import groups, result
from tests.network.samples import networks, one_mode, one_mode_networks, two_mode

slow = settings(max_examples=100, deadline=None, derandomize=True)
ROLES = ("coordinator", "gatekeeper", "itinerant", "liaison")


def graph_of(network) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(node.iri for node in network.nodes)
    names = [node.iri for node in network.nodes]
    left, right = network.pairs()
    graph.add_edges_from((names[i], names[j]) for i, j in zip(left, right, strict=True))
    return graph


@st.composite
def grouped(draw):
    network = draw(one_mode_networks())
    size = len(network.nodes)
    return network, draw(
        st.lists(st.sampled_from(["red", "blue", "green", ""]), min_size=size, max_size=size)
    )


@slow
@given(grouped())
def test_ei_index_counts_pairs_within_and_between(drawn):
    network, names = drawn
    group = {node.iri: name for node, name in zip(network.nodes, names, strict=True)}
    pairs = [(group[a], group[b]) for a, b in graph_of(network).edges if group[a] and group[b]]
    between = sum(a != b for a, b in pairs)
    within = len(pairs) - between
    expected = (between - within) / len(pairs) if pairs else None
    assert groups.ei_index(network, names).value == expected


@slow
@given(grouped())
def test_brokerage_roles_count_open_triples_by_group(drawn):
    network, names = drawn
    graph = graph_of(network)
    place = {node.iri: index for index, node in enumerate(network.nodes)}
    expected = {role: [0] * len(names) for role in ROLES}
    for node in graph:
        for a, b in combinations(graph[node], 2):
            if graph.has_edge(a, b):
                continue
            mine, one, other = (names[place[each]] for each in (node, a, b))
            if mine == one == other:
                role = "coordinator"
            elif mine in (one, other):
                role = "gatekeeper"
            else:
                role = "itinerant" if one == other else "liaison"
            expected[role][place[node]] += 1
    found = groups.brokerage_roles(network, names)
    assert {role: getattr(found, role).tolist() for role in ROLES} == expected
    assert groups.brokerage(network).raw.tolist() == found.total().tolist()


@slow
@given(one_mode_networks(), st.data())
def test_group_centralities_are_those_of_networkx(network, data):
    graph = graph_of(network)
    if len(graph) < 2:
        return
    group = sorted(data.draw(st.sets(st.sampled_from(sorted(graph)), min_size=1, max_size=len(graph) - 1)))
    assert groups.group_degree(network, group) == pytest.approx(nx.group_degree_centrality(graph, group))
    found = groups.group_closeness(network, group)
    reach = set().union(*(nx.node_connected_component(graph, node) for node in group))
    if len(reach) == len(graph):
        assert found == pytest.approx(nx.group_closeness_centrality(graph, group))
    else:
        assert found is None
    outside = sorted(set(graph) - set(group))
    assert groups.group_betweenness(network, group) == (
        None if len(outside) < 2 else pytest.approx(through_by_hand(graph, group, outside))
    )
    if nx.is_connected(graph) and len(outside) > 1:
        oracle = nx.group_betweenness_centrality(graph, group)
        assert groups.group_betweenness(network, group) == pytest.approx(oracle, abs=1e-9)


def through_by_hand(graph, group, outside) -> float:
    total = 0.0
    for s, t in combinations(outside, 2):
        paths = list(nx.all_shortest_paths(graph, s, t)) if nx.has_path(graph, s, t) else []
        total += sum(bool(set(path) & set(group)) for path in paths) / max(len(paths), 1)
    return total / (len(outside) * (len(outside) - 1) / 2)


@slow
@given(networks(), st.data())
def test_group_degree_of_two_modes_is_the_share_of_the_other_set_that_is_gathered(network, data):
    sources = [network.nodes[place].iri for place in network.positions("source")]
    if not sources:
        return
    group = data.draw(st.sets(st.sampled_from(sources), min_size=1))
    graph = network.to_networkx()
    reached = set().union(*(graph[node] for node in group))
    found = result("group-degree", network, group)
    assert found == (len(reached) / network.target_count if network.target_count else None)


def test_types_are_the_groups_where_none_are_given():
    assert groups.ei_index(one_mode(2, [(0, 1)])).value is None
    with pytest.raises(InvalidParameter, match="one per node"):
        groups.ei_index(one_mode(2, [(0, 1)]), ["red"])


def test_a_group_that_is_not_there_or_of_both_sets_is_refused():
    network = two_mode(1, 1, [(0, 0)])
    for nobody in ([], ["nobody"]):
        with pytest.raises(UnknownName, match="IRIs"):
            groups.group_degree(network, nobody)
    with pytest.raises(InvalidParameter, match="one of the two sets"):
        groups.group_degree(network, ["s0", "t0"])


def test_a_longer_way_round_the_group_does_not_count_as_avoiding_it():
    ring = one_mode(5, [(i, (i + 1) % 5) for i in range(5)])
    # Of the six pairs of the others only n1 and n4 meet through n0; the way round is one step longer.
    assert groups.group_betweenness(ring, ["n0"]) == pytest.approx(1 / 6)
