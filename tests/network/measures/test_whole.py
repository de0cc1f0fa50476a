"""Centralisation and nestedness: the article's example, brute force, and the bounds on all small networks."""

from __future__ import annotations

from itertools import chain, combinations, product

import networkx as nx
import pytest
from hypothesis import given, settings

from rte_graph.network.measures import measures, result, whole, whole_values
from tests.network.samples import networks, one_mode, one_mode_networks, two_mode

slow = settings(max_examples=80, deadline=None, derandomize=True)


def subsets(pairs):
    return chain.from_iterable(combinations(pairs, size) for size in range(len(pairs) + 1))


def test_nestedness_of_the_worked_example():
    # Almeida-Neto et al. (2008), figure 2: 63.3 for columns, 53.3 for rows, 58.3 for the matrix.
    matrix = ["10111", "11100", "01110", "11000", "11000"]
    ties = [(i, j) for i, row in enumerate(matrix) for j, mark in enumerate(row) if mark == "1"]
    found = whole.nestedness(two_mode(5, 5, ties))
    assert (found.source, found.target, found.value) == pytest.approx((160 / 3, 190 / 3, 175 / 3))


@slow
@given(networks())
def test_nestedness_is_the_mean_over_pairs(network):
    graph = network.to_networkx()
    sums, pairs = 0.0, 0
    for name in ("source", "target"):
        members = [network.nodes[place].iri for place in network.positions(name)]
        for a, b in combinations(members, 2):
            pairs += 1
            long, short = sorted((set(graph[a]), set(graph[b])), key=len, reverse=True)
            if len(long) > len(short) > 0:
                sums += len(long & short) / len(short)
    found = whole.nestedness(network).value
    assert found == (pytest.approx(100 * sums / pairs) if pairs else None)


@pytest.mark.parametrize(("sources", "targets"), [(2, 2), (2, 3), (3, 3), (4, 2)])
@pytest.mark.parametrize("name", ["degree-centralisation", "betweenness-centralisation"])
def test_two_mode_centralisation_reaches_one_and_never_passes_it(name, sources, targets):
    pairs = list(product(range(sources), range(targets)))
    found = [result(name, two_mode(sources, targets, list(ties))).source for ties in subsets(pairs)]
    assert max(found) == pytest.approx(1.0)
    assert min(found) == 0.0


@pytest.mark.parametrize("size", [3, 4, 5])
def test_one_mode_centralisation_is_one_for_the_star_alone(size):
    names = [each.name for each in measures("network", "one-mode") if "centralisation" in each.name]
    assert len(names) == 3
    for ties in subsets(list(combinations(range(size), 2))):
        network = one_mode(size, list(ties))
        star = len(ties) == size - 1 and max(network.adjacency().sum(axis=0)) == size - 1
        for name in names:
            value = result(name, network).value
            assert value is None or (value == pytest.approx(1.0) if star else 0 <= value < 1 - 1e-9)


def test_florentine_families_as_published():
    # Wasserman & Faust 1994: of the marriages of 16 families (with Pucci, who has none), degree
    # centralisation 0.267 and betweenness centralisation 0.383.
    graph = nx.florentine_families_graph()
    names = sorted(graph)
    ties = [(names.index(a), names.index(b)) for a, b in graph.edges]
    network = one_mode(16, ties)
    assert whole.degree_centralisation(network).value == pytest.approx(0.267, abs=5e-4)
    assert whole.betweenness_centralisation(network).value == pytest.approx(0.383, abs=5e-4)
    # Without Pucci, closeness centralisation 0.322.
    assert whole.closeness_centralisation(one_mode(15, ties)).value == pytest.approx(0.322, abs=5e-4)
    assert whole.closeness_centralisation(network).value is None


def test_degree_centralisation_of_two_modes_as_borgatti_and_everett_divide(davis):
    found = whole.degree_centralisation(davis)
    degrees = davis.biadjacency().sum(axis=1)
    theirs = (degrees.max() - degrees).sum() / ((18 - 1) * (14 - 1))
    assert found.source * 14 / 13 == pytest.approx(theirs)
    assert found.value is None


@slow
@given(networks() | one_mode_networks())
def test_values_of_the_whole_network_stay_in_their_range(network):
    for measure, found in whole_values(network):
        for value in (found.value, found.source, found.target):
            assert value is None or measure.range[0] - 1e-9 <= value <= measure.range[1] + 1e-9, measure.name


def test_what_walks_all_paths_is_left_out_of_a_large_network(davis):
    every = {each.name for each, _ in whole_values(davis)}
    quick = {each.name for each, _ in whole_values(davis, at_most=10)}
    assert every - quick == {"betweenness-centralisation"}
