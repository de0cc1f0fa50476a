"""What degrees force, and how many networks have them, against brute force and published counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.sparse.csgraph import connected_components

from rte_graph.errors import InvalidParameter
from rte_graph.network import network_from_rows
from rte_graph.network.nulls import all_matrices, count_matrices, margins, margins_of
from rte_graph.network.nulls.curveball import packed
from rte_graph.network.nulls.margins import two_mode_matrix
from tests.network.nulls.samples import FINCHES, key, matrices, same_degrees, sparse


@settings(derandomize=True, deadline=None, max_examples=60)
@given(matrices(4, 4))
def test_enumeration_is_what_trying_every_matrix_finds(cells):
    found = [key(matrix) for matrix in all_matrices(margins_of(sparse(cells)))]
    assert len(set(found)) == len(found)
    assert set(found) == {key(each) for each in same_degrees(cells)}
    assert count_matrices(margins_of(sparse(cells))) == len(found)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(matrices(4, 4))
def test_forced_cells_are_the_same_in_every_matrix_and_free_ones_are_not(cells):
    every = np.array(same_degrees(cells))
    found = margins_of(sparse(cells))
    np.testing.assert_array_equal(found.forced_ones(), every.all(axis=0))
    np.testing.assert_array_equal(found.free(), every.any(axis=0) & ~every.all(axis=0))


@settings(derandomize=True, deadline=None, max_examples=200)
@given(matrices(9, 9))
def test_blocks_are_the_strong_components_of_the_alternating_graph(cells):
    # A tie can move where it lies on a cycle that alternates ties and their absence.
    rows, columns = cells.shape
    graph = np.zeros((rows + columns, rows + columns))
    graph[:rows, rows:] = cells
    graph[rows:, :rows] = (1 - cells).T
    _, component = connected_components(graph, connection="strong")
    free = component[:rows, None] == component[None, rows:]
    np.testing.assert_array_equal(margins_of(sparse(cells)).free(), free)


@pytest.mark.parametrize(
    ("size", "degree", "count"),
    # OEIS A001499 and A001501.
    [(3, 2, 6), (4, 2, 90), (5, 2, 2040), (6, 2, 67950), (4, 3, 24), (5, 3, 2040), (6, 3, 297200)],
)
def test_regular_matrices_are_as_many_as_published(size, degree, count):
    assert count_matrices(margins([degree] * size, [degree] * size)) == count


def test_darwins_finches_have_as_many_tables_as_published():
    # Chen, Diaconis, Holmes & Liu (2005), doi:10.1198/016214504000001303.
    assert count_matrices(margins_of(sparse(FINCHES)), most_steps=1_000_000) == 67_149_106_137_567_626


def test_counting_gives_up_at_its_bound():
    assert count_matrices(margins([10] * 30, [10] * 30), most_steps=500) is None


def test_degrees_that_no_network_has_are_refused():
    for rows, columns in (([3], [1, 1]), ([2, 2], [3, 1, 0]), ([-1, 1], [0])):
        with pytest.raises(InvalidParameter, match="No network has these degrees"):
            margins(rows, columns)


@settings(derandomize=True, deadline=None)
@given(matrices(9, 9))
def test_the_packed_start_has_the_same_degrees(cells):
    found = packed(sparse(cells)).toarray()
    np.testing.assert_array_equal(found.sum(0), cells.sum(0))
    np.testing.assert_array_equal(found.sum(1), cells.sum(1))


def test_one_mode_networks_are_refused():
    net = network_from_rows("friends", [("a", "source"), ("b", "source")], [("a", "b")], mode="one-mode")
    with pytest.raises(InvalidParameter, match="two-mode"):
        two_mode_matrix(net)
