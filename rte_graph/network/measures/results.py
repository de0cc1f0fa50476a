"""What measures return: a value per node, per joined pair or per network, or a partition of the nodes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scores:
    """One value per node, in the order of the network's nodes.

    ``values`` lie in the measure's declared range. ``raw`` is the count or sum before normalisation,
    where there is one. ``component`` numbers the component within which values compare, where it matters.
    """

    values: FloatArray
    raw: FloatArray | None = None
    component: IntArray | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PairScores:
    """One value per joined pair: ``left`` and ``right`` are positions in the nodes, left before right.

    Pairs are sorted by position, each once.
    """

    left: IntArray
    right: IntArray
    values: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """One value for a whole network, and one per set where the measure tells the sets of two modes apart.

    None says that the measure is not defined there (nothing to divide by).
    """

    value: float | None = None
    source: float | None = None
    target: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Partition:
    """Each node's group, numbered from 1 by falling size, then by first node; ``quality`` scores it."""

    labels: IntArray
    quality: float | None = None


def numbered(labels: IntArray, quality: float | None = None) -> Partition:
    """Return a partition whose groups are numbered from 1: by falling size, then by first node.

    Examples
    --------
    >>> import numpy as np
    >>> numbered(np.array([7, 3, 3, 9])).labels.tolist()
    [2, 1, 1, 3]
    """
    import numpy as np

    _, first, inverse, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(1, len(order) + 1)
    return Partition(labels=number[inverse], quality=quality)
