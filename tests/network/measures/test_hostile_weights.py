"""Weights that no one should write: nothing, next to nothing, and more than can be added."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rte_graph.errors import UnreadableQuery
from rte_graph.network import Network, network_from_rows
from rte_graph.network.measures import measures
from rte_graph.network.structure import is_connected
from tests.network.samples import two_mode

WEIGHTS = ["0", "1", "2.5", "3", "1e99", "1e16", "1e-160", "1e-300", "1e-310"]
slow = settings(max_examples=60, deadline=None, derandomize=True)


def weighted(ties: list[tuple[int, int, str]], size: int) -> Network:
    rows = [{"source": f"n{i}", "target": f"n{j}", "weight": weight} for i, j, weight in ties]
    return network_from_rows("sample", [(f"n{i}", "") for i in range(size)], rows, mode="one-mode")


@st.composite
def hostile(draw: st.DrawFn) -> Network:
    """Draw a one-mode network with ties to oneself, doubled ties and weights without measure."""
    size = draw(st.integers(1, 6))
    ends = st.integers(0, size - 1)
    return weighted(draw(st.lists(st.tuples(ends, ends, st.sampled_from(WEIGHTS)), max_size=10)), size)


def numbers(measure, network: Network) -> list[float]:
    if measure.kind == "group":
        found = measure.function(network, [network.nodes[0].iri])
        return [] if found is None else [found]
    result = measure.function(network)
    if measure.kind in ("node", "pair"):
        return result.values.tolist()
    found = [result.quality] if measure.kind == "partition" else [result.value, result.source, result.target]
    return [value for value in found if value is not None]


@pytest.mark.filterwarnings("error")
@slow
@given(hostile())
def test_no_weight_gives_a_value_that_is_no_number_or_out_of_range(network):
    for measure in measures(mode="one-mode"):
        if measure.connected_only and not is_connected(network):
            continue
        low, high = measure.range
        for value in numbers(measure, network):
            assert np.isfinite(value), measure.name
            assert low - 1e-9 <= value <= high + 1e-9, measure.name


def test_where_all_ties_weigh_nothing_each_node_is_a_community_of_its_own():
    communities = next(each for each in measures() if each.name == "communities").function
    found = communities(weighted([(0, 1, "0"), (1, 2, "0")], 3))
    assert (found.labels.tolist(), found.quality) == ([1, 2, 3], None)


def test_communities_of_tiny_weights_are_those_of_ordinary_ones():
    communities = next(each for each in measures() if each.name == "communities").function
    ties = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)]
    found = [communities(weighted([(i, j, weight) for i, j in ties], 6)) for weight in ("1", "1e-300")]
    assert found[0].labels.tolist() == found[1].labels.tolist() == [1, 1, 1, 2, 2, 2]
    assert found[1].quality == pytest.approx(found[0].quality)


@pytest.mark.parametrize("name", ["strength", "constraint", "effective-size", "communities"])
def test_a_weight_that_cannot_be_added_is_refused(name):
    measure = next(each for each in measures() if each.name == name)
    with pytest.raises(UnreadableQuery, match="above 10¹⁰⁰"):
        measure.function(weighted([(0, 1, "1e308"), (1, 2, "1e308")], 3))


@slow
@given(st.data())
def test_two_mode_values_do_not_depend_on_the_order_of_rows_and_names(data):
    sources, targets = data.draw(st.integers(0, 5)), data.draw(st.integers(0, 5))
    pairs = [(i, j) for i in range(sources) for j in range(targets)]
    ties = data.draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    left, right = data.draw(st.permutations(range(sources))), data.draw(st.permutations(range(targets)))
    one = two_mode(sources, targets, ties)
    other = two_mode(sources, targets, [(left[i], right[j]) for i, j in reversed(ties)])
    moved = {f"s{i}": f"s{left[i]}" for i in range(sources)} | {
        f"t{j}": f"t{right[j]}" for j in range(targets)
    }
    for measure in measures("node", "two-mode"):
        if measure.connected_only and not is_connected(one):
            continue
        found = {
            moved[node.iri]: value
            for node, value in zip(one.nodes, measure.function(one).values, strict=True)
        }
        again = {
            node.iri: value for node, value in zip(other.nodes, measure.function(other).values, strict=True)
        }
        assert found == pytest.approx(again, rel=1e-11, abs=1e-13), measure.name
