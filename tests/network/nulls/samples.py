"""Matrices of zeros and ones: drawn at random by hypothesis, counted by brute force, or published."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import strategies as st
from scipy.sparse import csr_array

from rte_graph.network import Network, network_from_rows

# Presence of 13 species of Darwin's finches on 17 islands (Sanderson 2000, as Chen, Diaconis, Holmes & Liu
# 2005 print it, doi:10.1198/016214504000001303).
FINCHES = np.array(
    [
        [int(cell) for cell in row]
        for row in (
            "00111111110111111",
            "11111111110101100",
            "11111111111101100",
            "00111001010110111",
            "11101111110101100",
            "00000000001010000",
            "00111111100101100",
            "00000000000100000",
            "00111111110100100",
            "00111111110101100",
            "00111011010000000",
            "00110000000000000",
            "11111111111111111",
        )
    ],
    dtype=np.float64,
)


def sparse(cells: object) -> csr_array:
    matrix = csr_array(np.asarray(cells, dtype=np.float64))
    matrix.sort_indices()
    return matrix


def network_of(cells: object, name: str = "sample") -> Network:
    """Make a network of sources s00, s01 … and targets t00, t01 … from a matrix."""
    array = np.asarray(cells)
    nodes = [(f"s{i:02}", "source") for i in range(array.shape[0])]
    nodes += [(f"t{j:02}", "target") for j in range(array.shape[1])]
    ties = [(f"s{i:02}", f"t{j:02}") for i, j in np.argwhere(array).tolist()]
    return network_from_rows(name, nodes, ties)


@st.composite
def matrices(draw: st.DrawFn, rows: int = 6, columns: int = 6) -> np.ndarray:
    """Draw a matrix, empty sides, isolates and full rows included."""
    shape = draw(st.integers(0, rows)), draw(st.integers(0, columns))
    size = shape[0] * shape[1]
    cells = draw(st.lists(st.booleans(), min_size=size, max_size=size))
    return np.array(cells, dtype=np.float64).reshape(shape)


def same_degrees(cells: np.ndarray) -> list[np.ndarray]:
    """Return all matrices with the degrees of this one, by trying every matrix."""
    rows, columns = cells.shape
    tried = (np.array(bits).reshape(rows, columns) for bits in product((0, 1), repeat=cells.size))
    return [
        found
        for found in tried
        if (found.sum(1) == cells.sum(1)).all() and (found.sum(0) == cells.sum(0)).all()
    ]


def key(matrix: csr_array | np.ndarray) -> bytes:
    cells = matrix if isinstance(matrix, np.ndarray) else matrix.toarray()
    return cells.astype(np.int8).tobytes()
