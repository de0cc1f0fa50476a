"""Forces among very many nodes: all-pairs repulsion through a grid, springs through sparse sums.

Nodes hand their mass to the four grid points around them; the field of all masses is one convolution by
fast Fourier transform; nodes read the field where they are (particle-mesh, as [1]_ and [2]_ do for other
kernels). A step so costs O(n + E + G² log G) for a grid of G × G points instead of O(n²).

References
----------
.. [1] Linderman, Rachh, Hoskins, Steinerberger & Kluger, Fast interpolation-based t-SNE, 2019,
   doi:10.1038/s41592-018-0308-4
.. [2] Zhong, Xue, Zhang, Zhang, Ban, Deussen & Wang, Force-directed graph layouts revisited: a new force
   based on the t-distribution, 2024, doi:10.1109/TVCG.2023.3238821
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

# Below this many nodes all pairs are summed as they are.
EXACT = 600
# Grid points along a side, for up to so many nodes.
COARSE_GRID, FINE_GRID, MANY = 256, 512, 20_000
# Share of the total repulsion that a pull to the middle takes back; from a half on everything would collapse.
GRAVITY = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Springs:
    """Ties as arrays: both ends and the weight of each pair, once."""

    left: IntArray
    right: IntArray
    weight: FloatArray


def springs_of(ties: Any) -> Springs:
    """Return the pairs of a symmetric sparse matrix, once each."""
    import numpy as np
    from scipy.sparse import triu

    pairs = triu(ties, k=1).tocoo()
    return Springs(left=pairs.row.astype(np.int64), right=pairs.col.astype(np.int64), weight=pairs.data)


def relax(
    places: FloatArray, springs: Springs, mass: FloatArray, *, rounds: int, heat: float, cold: float = 0.002
) -> FloatArray:
    """Move nodes along their forces, in steps that shrink.

    Repulsion is the product of the masses over the distance; a tie pulls with the logarithm of its length,
    which leaves clusters apart where springs would draw everything into one ball (between ForceAtlas2 and
    LinLog, Noack 2009, doi:10.1103/PhysRevE.79.026102).

    Parameters
    ----------
    places : array (n, 2)
        Where to start.
    springs, mass
        The ties, and how strongly each node repels.
    rounds : int
        How many steps.
    heat, cold : float
        Length of the first and of the last step, as shares of the drawing's extent.
    """
    import numpy as np

    n, total = len(places), float(mass.sum())
    repulsion = Repulsion(soften=1.0, cells=COARSE_GRID if n < MANY else FINE_GRID)
    for number in range(rounds):
        force = repulsion(places, mass) * mass[:, None] + _pulls(places, springs)
        centred = places - np.average(places, axis=0, weights=mass)
        extent = max(float(np.average((centred**2).sum(axis=1), weights=mass)), 1e-12)
        force -= (GRAVITY * total / extent) * mass[:, None] * centred
        step = math.sqrt(extent) * heat * (cold / heat) ** (number / max(1, rounds - 1))
        strength = np.hypot(force[:, 0], force[:, 1]) + 1e-12
        moved = np.minimum(step, step * strength / np.median(strength))
        places = centred + force * (moved / strength)[:, None]
    return places


def _pulls(places: FloatArray, springs: Springs) -> FloatArray:
    import numpy as np

    gap = places[springs.right] - places[springs.left]
    length = np.hypot(gap[:, 0], gap[:, 1]) + 1e-9
    pull = gap * (springs.weight * np.log1p(length) / length)[:, None]
    return summed(springs.left, pull, len(places)) - summed(springs.right, pull, len(places))


def summed(ends: IntArray, values: FloatArray, size: int) -> FloatArray:
    """Sum vectors by the node they belong to."""
    import numpy as np

    return np.stack([np.bincount(ends, weights=values[:, axis], minlength=size) for axis in (0, 1)], axis=1)


@dataclass(slots=True)
class Repulsion:
    """Repulsion with the softened kernel ``g / (g² + s²)``: like 1/g far away, bounded near by.

    ``soften`` is the distance ``s`` below which the force no longer grows; ``cells`` the grid's side.
    """

    soften: float
    cells: int
    kernels: dict[int, tuple[Any, Any]] = field(default_factory=dict)

    def __call__(self, places: FloatArray, mass: FloatArray) -> FloatArray:
        """Return the field at each place: the sum over all masses of mass × kernel, pointing away."""
        return all_pairs(places, mass, self.soften) if len(places) <= EXACT else self.by_grid(places, mass)

    def by_grid(self, places: FloatArray, mass: FloatArray) -> FloatArray:
        """Return the field through the grid: exact far away, smoothed within a grid step."""
        import numpy as np
        from scipy import fft

        low, high = places.min(axis=0), places.max(axis=0)
        # Steps grow by tenths, so that one transform of the kernel serves many rounds.
        rung = math.ceil(math.log(max(float((high - low).max()), 1e-9) / (self.cells - 3)) / math.log(1.1))
        step = 1.1**rung
        at = (places - (low + high) / 2) / step + self.cells / 2
        corner = np.floor(at).astype(np.int64)
        flat = corner[:, 1] * self.cells + corner[:, 0]
        (x, y), size = (at - corner).T, self.cells * self.cells
        near = {
            0: (1 - x) * (1 - y), 1: x * (1 - y), self.cells: (1 - x) * y, self.cells + 1: x * y,
        }  # fmt: skip
        grid = np.zeros(size)
        for shift, share in near.items():
            grid += np.bincount(flat + shift, weights=mass * share, minlength=size)
        padded = (2 * self.cells, 2 * self.cells)
        spectrum = fft.rfft2(grid.reshape(self.cells, self.cells), padded)
        found = np.empty_like(places)
        for axis, kernel in enumerate(self._kernel(rung, step)):
            values = fft.irfft2(spectrum * kernel, padded)[: self.cells, : self.cells].ravel()
            found[:, axis] = sum(values[flat + shift] * share for shift, share in near.items())
        return found

    def _kernel(self, rung: int, step: float) -> tuple[Any, Any]:
        import numpy as np
        from scipy import fft

        if rung not in self.kernels:
            if len(self.kernels) > 8:
                self.kernels.clear()
            steps = np.arange(2 * self.cells)
            away = np.where(steps < self.cells, steps, steps - 2 * self.cells) * step
            squared = away[None, :] ** 2 + away[:, None] ** 2 + self.soften**2
            self.kernels[rung] = (fft.rfft2(away[None, :] / squared), fft.rfft2(away[:, None] / squared))
        return self.kernels[rung]


def all_pairs(places: FloatArray, mass: FloatArray, soften: float) -> FloatArray:
    """Return the same field summed pair by pair."""
    import numpy as np

    gap = places[:, None, :] - places[None, :, :]
    pull = mass[None, :] / ((gap**2).sum(axis=2) + soften**2)
    return np.asarray((gap * pull[:, :, None]).sum(axis=1))


def push_apart(places: FloatArray, radii: FloatArray, *, rounds: int = 30) -> FloatArray:
    """Move discs apart until hardly any two overlap; what is beyond their reach stays where it is."""
    import numpy as np
    from scipy.spatial import cKDTree

    n = len(places)
    for _ in range(rounds):
        # Few discs are larger than most: pairs with one of them are found through the large ones.
        pairs = _touching(cKDTree(places), places, radii)
        a, b = pairs[:, 0], pairs[:, 1]
        gap = places[b] - places[a]
        length = np.hypot(gap[:, 0], gap[:, 1]) + 1e-9
        lack = radii[a] + radii[b] - length
        clash = lack > 0
        if clash.sum() <= n // 200:
            break
        a, b = a[clash], b[clash]
        move = gap[clash] * (0.35 * lack[clash] / length[clash])[:, None]
        contacts = np.bincount(a, minlength=n) + np.bincount(b, minlength=n)
        # Averaged where many press at once: the sum would throw nodes out of their cluster.
        places = places + (summed(b, move, n) - summed(a, move, n)) / np.maximum(1.0, contacts / 3)[:, None]
    return places


def _touching(tree: Any, places: FloatArray, radii: FloatArray) -> IntArray:
    import numpy as np

    common = float(np.percentile(radii, 95))
    pairs = np.asarray(tree.query_pairs(2 * common, output_type="ndarray"), dtype=np.int64).reshape(-1, 2)
    large = np.flatnonzero(radii > common)
    around = tree.query_ball_point(places[large], radii[large] + float(radii.max()), return_sorted=True)
    counts = np.array([len(found) for found in around], dtype=np.int64)
    if not counts.sum():
        return pairs
    other = np.concatenate([np.asarray(found, dtype=np.int64) for found in around])
    more = np.stack([np.repeat(large, counts), other], axis=1)
    more = more[(more[:, 0] != more[:, 1]) & ((radii[more[:, 1]] <= common) | (more[:, 0] < more[:, 1]))]
    far = np.hypot(*(places[more[:, 0]] - places[more[:, 1]]).T) > 2 * common
    return np.concatenate([pairs, more[far]])
