"""Shortest paths from many nodes at once: breadth first, a level of all searches in one product."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rte_graph.network.progress import tell

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

# Entries of a nodes × searches array held in memory at once: 4 million are 32 MB.
ENTRIES = 4_000_000


def spread(matrix: csr_array[Any, Any], starts: IntArray) -> tuple[FloatArray, FloatArray]:
    """Return distances and numbers of shortest paths from each start to all nodes.

    Parameters
    ----------
    matrix : csr_array, nodes × nodes
        Symmetric, one for each joined pair.
    starts : array of int
        Positions to start from.

    Returns
    -------
    distances, counts : arrays of float, nodes × starts
        Infinite and zero out of reach.

    Examples
    --------
    >>> import numpy as np
    >>> from scipy.sparse import csr_array
    >>> square = csr_array(np.array([[0, 1, 1, 0], [1, 0, 0, 1], [1, 0, 0, 1], [0, 1, 1, 0.0]]))
    >>> distances, counts = spread(square, np.array([0]))
    >>> distances[:, 0].tolist(), counts[:, 0].tolist()
    ([0.0, 1.0, 1.0, 2.0], [1.0, 1.0, 1.0, 2.0])
    """
    import numpy as np

    shape = (matrix.shape[0], len(starts))
    distances, counts = np.full(shape, np.inf), np.zeros(shape)
    places = (starts, np.arange(len(starts)))
    distances[places], counts[places] = 0.0, 1.0
    frontier, level = counts, 0
    while frontier.any():
        level += 1
        reached = matrix @ frontier
        new = (reached > 0) & np.isinf(distances)
        distances[new] = level
        frontier = np.where(new, reached, 0.0)
        counts = counts + frontier
    return distances, counts


def searches(
    matrix: csr_array[Any, Any], starts: IntArray | None = None
) -> Iterator[tuple[IntArray, FloatArray, FloatArray]]:
    """Spread from all nodes (or from ``starts``), as many at a time as memory allows: see `spread`."""
    import numpy as np

    size = matrix.shape[0]
    wanted = np.arange(size) if starts is None else starts
    step = max(1, min(256, ENTRIES // max(size, 1)))
    for first in range(0, len(wanted), step):
        some = wanted[first : first + step]
        yield some, *spread(matrix, some)
        tell(first + len(some), len(wanted))


def carried(matrix: csr_array[Any, Any]) -> FloatArray:
    """Return each node's sum of shares of shortest paths, over unordered pairs of other nodes.

    References
    ----------
    Brandes (2001), doi:10.1080/0022250X.2001.9990249: dependencies are summed from the farthest level back.
    """
    import numpy as np

    found = np.zeros(matrix.shape[0])
    for _, distances, counts in searches(matrix):
        dependency = np.zeros_like(distances)
        finite = np.isfinite(distances)
        for level in range(int(distances[finite].max(initial=0)), 1, -1):
            share = np.divide(1 + dependency, counts, out=np.zeros_like(counts), where=distances == level)
            dependency += np.where(distances == level - 1, counts * (matrix @ share), 0.0)
        found += dependency.sum(axis=1)
    return found / 2
