"""Small components, laid out all at once, and their places around the largest one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rte_graph.views.large_forces import Springs, summed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

ROUNDS = 150
# Side of a cell of the packing grid and free room around a component, in units of the nodes' spacing.
CELL = 1.0
MARGIN = 0.5


def relax_small(parts: list[IntArray], springs: Springs, size: int, seed: int) -> FloatArray:
    """Lay out many small components, each around the origin, with forces inside each only.

    Parameters
    ----------
    parts : list of arrays
        The nodes of each component.
    springs : Springs
        Ties among nodes of the components.
    size : int
        Number of nodes of the whole network; nodes outside the components stay at the origin.
    """
    import numpy as np

    places = np.zeros((size, 2))
    if not parts:
        return places
    nodes, sizes = np.concatenate(parts), np.array([len(part) for part in parts])
    part_of = np.repeat(np.arange(len(parts)), sizes)
    rank = np.arange(len(nodes)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    angle = 2 * math.pi * rank / sizes[part_of] + np.random.default_rng(seed).normal(
        scale=0.2, size=len(nodes)
    )
    ring = np.sqrt(sizes[part_of] - 1.0)
    places[nodes] = np.stack([ring * np.cos(angle), ring * np.sin(angle)], axis=1)
    # Every ordered pair within a component.
    left = np.repeat(nodes, sizes[part_of])
    first = np.repeat(np.repeat(np.cumsum(sizes) - sizes, sizes), sizes[part_of])
    within = np.arange(len(left)) - np.repeat(np.cumsum(sizes[part_of]) - sizes[part_of], sizes[part_of])
    right = nodes[first + within]
    left, right = left[left != right], right[left != right]
    for number in range(ROUNDS):
        gap = places[left] - places[right]
        force = summed(left, gap / ((gap**2).sum(axis=1) + 0.05)[:, None], size)
        pull = places[springs.right] - places[springs.left]
        pull *= np.hypot(pull[:, 0], pull[:, 1])[:, None]
        force += summed(springs.left, pull, size) - summed(springs.right, pull, size)
        strength = np.hypot(force[:, 0], force[:, 1]) + 1e-12
        step = 0.4 * 0.02 ** (number / (ROUNDS - 1))
        places += force * (np.minimum(step, strength) / strength)[:, None]
    return places


def pack(places: FloatArray, parts: list[IntArray]) -> FloatArray:
    """Put components around the first one, the larger the nearer, without a shape over another.

    Components take blocks of cells whose sides are powers of two; a block of each size lies on that size's
    own grid, so blocks of one size never overlap and each size is placed in one go.
    """
    import numpy as np

    places = places.copy()
    for part in parts:
        places[part] -= (places[part].min(axis=0) + places[part].max(axis=0)) / 2
    spans = np.array([float(np.ptp(places[part], axis=0).max()) for part in parts])
    need = np.maximum(0, np.ceil(np.log2((spans + 2 * MARGIN) / CELL))).astype(np.int64)
    half = _half_side(spans[0], need[1:])
    taken = _occupied(places[parts[0]], half)
    for power in sorted(set(need[1:].tolist()), reverse=True):
        which = [i for i in range(1, len(parts)) if need[i] == power]
        for i, centre in zip(which, _free_blocks(taken, int(power), len(which), half), strict=True):
            places[parts[i]] += centre
    return places


def _half_side(first: float, need: IntArray) -> int:
    """Cells from the middle to the side of a grid that holds everything, a multiple of every block."""
    cells = (first / CELL + 8) ** 2 + float((4.0**need).sum()) * 2
    largest = 1 << int(need.max(initial=0))
    return (math.ceil(math.sqrt(cells) / 2 / largest) + 3) * largest


def _occupied(places: FloatArray, half: int) -> NDArray[np.bool_]:
    """Mark the cells of the largest component, its inner gaps and a margin around it."""
    import numpy as np
    from scipy import ndimage

    taken = np.zeros((2 * half, 2 * half), dtype=bool)
    cells = np.clip(np.floor(places / CELL).astype(np.int64) + half, 0, 2 * half - 1)
    taken[cells[:, 1], cells[:, 0]] = True
    # Nothing foreign stands between the arms of a cluster.
    closed = ndimage.binary_dilation(taken, iterations=6)
    closed = ndimage.binary_erosion(ndimage.binary_fill_holes(closed), iterations=3)
    return np.asarray(closed | ndimage.binary_dilation(taken, iterations=3))


def _free_blocks(taken: NDArray[np.bool_], power: int, count: int, half: int) -> FloatArray:
    """Take the free blocks nearest to the middle; return their centres."""
    import numpy as np

    side = 2**power
    blocks = 2 * half // side
    free = ~taken.reshape(blocks, side, blocks, side).any(axis=(1, 3))
    rows, columns = np.nonzero(free)
    centres = (np.stack([columns, rows], axis=1) + 0.5) * side - half
    # A little wider than high, as screens are.
    far = np.hypot(centres[:, 0] / 1.25, centres[:, 1])
    chosen = np.lexsort((np.arctan2(centres[:, 1], centres[:, 0]), np.round(far, 6)))[:count]
    for row, column in zip(rows[chosen], columns[chosen], strict=True):
        taken[row * side : (row + 1) * side, column * side : (column + 1) * side] = True
    return np.asarray(centres[chosen] * CELL)
