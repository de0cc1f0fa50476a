"""Communities of a large network by Louvain's method, all nodes at once, and the levels they make.

The same splits serve two ends: the coarse levels of the layout, and the colours of the page. Nodes move
together in seeded halves instead of one by one, which sparse products do in fractions of a second where a
loop in Python takes minutes [1]_.

References
----------
.. [1] Blondel, Guillaume, Lambiotte & Lefebvre, Fast unfolding of communities in large networks, 2008,
   doi:10.1088/1742-5468/2008/10/P10008
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]

# Sweeps over the nodes at one level; few still move after so many.
SWEEPS = 24
MOST_LEVELS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level: ties among its nodes, how many nodes of the network each stands for, and its parents.

    ``parent[i]`` is the node of the next, coarser level that node ``i`` belongs to; the coarsest has none.
    """

    ties: csr_array[Any, Any]
    mass: FloatArray
    parent: IntArray | None = None


def louvain_levels(ties: csr_array[Any, Any], *, seed: int, smallest: int = 1) -> list[Level]:
    """Merge nodes into communities, and those again, until modularity grows no more.

    Parameters
    ----------
    ties : csr_array
        Symmetric weights without a diagonal.
    seed : int
        Seed of the order in which nodes move.
    smallest : int
        Stop above a level with at most so many nodes.

    Returns
    -------
    list of Level
        From the network itself to the coarsest level.
    """
    import numpy as np

    generator = np.random.default_rng(seed)
    current, mass = ties, np.ones(ties.shape[0])
    levels: list[Level] = []
    total = float(ties.sum())
    while len(levels) < MOST_LEVELS and current.shape[0] > smallest:
        found = _moved(current, total, generator)
        count = int(found.max()) + 1
        if count >= 0.95 * current.shape[0]:
            break
        levels.append(Level(ties=_without_loops(current), mass=mass, parent=found))
        mass = np.bincount(found, weights=mass, minlength=count)
        current = _merged(current, found, count)
    return [*levels, Level(ties=_without_loops(current), mass=mass)]


def communities(levels: list[Level]) -> IntArray:
    """Return each node's community at the coarsest level; 0 is the largest, then by first node."""
    import numpy as np

    at = np.arange(len(levels[0].mass), dtype=np.int64)
    for level in levels[:-1]:
        assert level.parent is not None
        at = level.parent[at]
    _, first, inverse, sizes = np.unique(at, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    return place[inverse]


def modularity(ties: csr_array[Any, Any], groups: IntArray) -> float:
    """Newman and Girvan's modularity of a split (0 without ties)."""
    import numpy as np

    total = float(ties.sum())
    if total == 0:
        return 0.0
    pairs = ties.tocoo()
    inside = float(pairs.data[groups[pairs.row] == groups[pairs.col]].sum())
    strength = np.bincount(groups, weights=np.asarray(ties.sum(axis=1)).ravel())
    return inside / total - float(((strength / total) ** 2).sum())


def _moved(ties: csr_array[Any, Any], total: float, generator: np.random.Generator) -> IntArray:
    """Move nodes to the neighbouring community that gains most, until hardly any does."""
    import numpy as np
    from scipy.sparse import csr_array

    n = ties.shape[0]
    strength = np.asarray(ties.sum(axis=1)).ravel()
    loops = ties.diagonal()
    group = np.arange(n, dtype=np.int64)
    ones, rows = np.ones(n), np.arange(n + 1)
    for sweep in range(SWEEPS):
        weight = np.bincount(group, weights=strength, minlength=n)
        near = (ties @ csr_array((ones, group, rows), shape=(n, n))).tocoo()
        own = group[near.row] == near.col
        linked = near.data - np.where(own, loops[near.row], 0.0)
        rest = weight[near.col] - np.where(own, strength[near.row], 0.0)
        gain = linked - strength[near.row] * rest / total
        best, there = _best_of_rows(near.row.astype(np.int64), near.col.astype(np.int64), gain, n)
        # What a node without ties inside its community would lose by staying.
        stay = -strength * (weight[group] - strength) / total
        stay[near.row[own]] = gain[own]
        # Half of them at a time: neighbours that swap places for ever would never agree.
        better = (best > stay + 1e-9 * total / n) & (there >= 0) & (generator.random(n) < 0.5)
        group[better] = there[better]
        if sweep > 2 and better.sum() <= n // 500:
            break
    return np.unique(group, return_inverse=True)[1].astype(np.int64)


def _best_of_rows(rows: IntArray, columns: IntArray, gain: FloatArray, n: int) -> tuple[FloatArray, IntArray]:
    """Return each row's largest value and where it stands; -1 for an empty row."""
    import numpy as np

    best, there = np.full(n, -np.inf), np.full(n, -1, dtype=np.int64)
    order = np.lexsort((columns, -gain, rows))
    first = order[np.r_[True, np.diff(rows[order]) > 0]] if len(order) else order
    best[rows[first]], there[rows[first]] = gain[first], columns[first]
    return best, there


def _merged(ties: csr_array[Any, Any], group: IntArray, count: int) -> csr_array[Any, Any]:
    import numpy as np
    from scipy.sparse import csr_array

    n = len(group)
    to_group = csr_array((np.ones(n), group, np.arange(n + 1)), shape=(n, count))
    return csr_array(to_group.T @ ties @ to_group)


def _without_loops(ties: csr_array[Any, Any]) -> csr_array[Any, Any]:
    from scipy.sparse import csr_array

    kept = ties.tocoo()
    off = kept.row != kept.col
    return csr_array((kept.data[off], (kept.row[off], kept.col[off])), shape=ties.shape)
