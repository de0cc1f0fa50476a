"""What the degrees alone decide: which ties every network with these degrees has, and which it lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rte_graph.errors import InvalidParameter
from rte_graph.network.model import Network

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Block:
    """A part of the matrix in which ties can move; no tie can move between two parts.

    ``rows`` and ``columns`` are positions in the matrix; the sums are those of the part alone, each
    strictly between 0 and the size of the other side.
    """

    rows: IntArray
    columns: IntArray
    row_sums: IntArray
    column_sums: IntArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Margins:
    """The degrees of both sets and what they force.

    The cell (i, j) holds a tie in every matrix with these degrees where ``columns[j] >= ceiling[i]``, in
    none where ``columns[j] <= floor[i]``; otherwise it is free.
    """

    rows: IntArray
    columns: IntArray
    floor: IntArray
    ceiling: IntArray

    def forced_ones(self) -> BoolArray:
        """Return rows × columns, true where every matrix with these degrees has a tie."""
        return self.columns[None, :] >= self.ceiling[:, None]

    def free(self) -> BoolArray:
        """Return rows × columns, true where some matrices with these degrees have a tie, not all."""
        below = self.columns[None, :] < self.ceiling[:, None]
        return below & (self.columns[None, :] > self.floor[:, None])

    def blocks(self) -> Iterator[Block]:
        """Yield the parts in which ties can move, in the order of their degrees."""
        import numpy as np

        for ceiling in np.unique(self.ceiling)[::-1]:
            rows = np.flatnonzero(self.ceiling == ceiling)
            floor = self.floor[rows[0]]
            columns = np.flatnonzero((self.columns > floor) & (self.columns < ceiling))
            if len(columns):
                full = int((self.columns >= ceiling).sum())
                yield Block(
                    rows=rows,
                    columns=columns,
                    row_sums=self.rows[rows] - full,
                    column_sums=self.columns[columns] - floor,
                )

    def column_blocks(self) -> IntArray:
        """Return for each column the number of the part in which its ties move, -1 where none can."""
        return _numbered(self.blocks(), len(self.columns), "columns")

    def row_blocks(self) -> IntArray:
        """Return for each row the number of the part in which its ties move, -1 where none can."""
        return _numbered(self.blocks(), len(self.rows), "rows")


def _numbered(blocks: Iterator[Block], size: int, side: str) -> IntArray:
    import numpy as np

    numbers = np.full(size, -1, dtype=np.int64)
    for number, block in enumerate(blocks):
        numbers[getattr(block, side)] = number
    return numbers


def margins_of(matrix: csr_array[Any, Any]) -> Margins:
    """Return the degrees of a matrix of zeros and ones, and what they force."""
    import numpy as np

    rows = np.diff(matrix.indptr).astype(np.int64)
    columns = np.bincount(matrix.indices, minlength=matrix.shape[1]).astype(np.int64)
    return margins(rows, columns)


def margins(rows: Any, columns: Any) -> Margins:
    """Return what the degrees of two sets force.

    Parameters
    ----------
    rows, columns : sequence of int
        The degrees of the nodes of each set.

    Raises
    ------
    InvalidParameter
        If no matrix of zeros and ones has these row and column sums.

    Notes
    -----
    With rows in decreasing order, the first k hold at most Σ min(column, k) ties (Gale 1957, Ryser 1957).
    Where they hold just as many, the matrix falls apart at k: cells on one side of the cut are forced.
    O(n log n + m log m), without building the matrix.

    References
    ----------
    Ryser, H. J. (1957). Combinatorial properties of matrices of zeros and ones. Canadian Journal of
    Mathematics 9, 371–377, doi:10.4153/CJM-1957-044-3.

    Examples
    --------
    >>> margins([2, 1, 1], [3, 1]).free().any(), margins([1, 1], [1, 1]).free().all()
    (np.False_, np.True_)
    """
    import numpy as np

    r, c = np.asarray(rows, dtype=np.int64), np.asarray(columns, dtype=np.int64)
    size = len(r)
    order = np.argsort(-r, kind="stable")
    held = np.concatenate([[0], np.cumsum(r[order])])
    # Σ min(c, k) grows from k − 1 to k by the number of columns with a sum of at least k.
    at_least = len(c) - np.searchsorted(np.sort(c), np.arange(1, size + 1), side="left")
    room = np.concatenate([[0], np.cumsum(at_least)])
    if r.sum() != c.sum() or (held > room).any() or min(r.min(initial=0), c.min(initial=0)) < 0:
        raise InvalidParameter(
            fr="Aucun réseau n’a ces degrés : donnez ceux d’un réseau existant.",
            en="No network has these degrees: give those of an existing one.",
        )
    cuts = np.flatnonzero(held == room)
    place = np.empty(size, dtype=np.int64)
    place[order] = np.arange(size)
    after = np.searchsorted(cuts, place, side="right")
    return Margins(rows=r, columns=c, floor=cuts[after - 1], ceiling=cuts[np.minimum(after, len(cuts) - 1)])


def two_mode_matrix(network: Network) -> csr_array[Any, Any]:
    """Return the sources × targets matrix, row indices sorted.

    Raises
    ------
    InvalidParameter
        If the network is not two-mode.
    """
    if network.mode != "two-mode":
        raise InvalidParameter(
            fr="Les modèles nuls valent pour les réseaux bimodaux ; "
            f"« {network.name} » n’en est pas un : choisissez un autre réseau (rte-graph network list).",
            en=f"The null models are for two-mode networks, which “{network.name}” is not: choose another "
            "network (rte-graph network list).",
        )
    matrix = network.biadjacency().copy()
    matrix.sort_indices()
    return matrix


def matrix_from(indices: Any, indptr: Any, shape: tuple[int, int]) -> csr_array[Any, Any]:
    """Return a matrix of ones from the columns of each row."""
    import numpy as np
    from scipy.sparse import csr_array

    return csr_array((np.ones(len(indices)), indices, indptr), shape=shape)
