"""Positions for large networks (2 000 to 100 000 nodes): seeded, multilevel, in numpy and scipy alone.

The largest component is drawn level by level: communities of communities first, then what they hold, each
level a few dozen rounds of forces from where its parents stood; last, shapes are pushed apart, so that a
dense cluster becomes a disc in which nodes can be told apart. Small components stand around it, isolates
outermost. docs/large-networks.md says why this one, with figures.

References
----------
Walshaw, A multilevel algorithm for force-directed graph-drawing, 2003, doi:10.7155/jgaa.00070;
Hu, Efficient, high-quality force-directed graph drawing, 2005 (Mathematica Journal 10:1).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rte_graph.views.large_communities import Level, communities, louvain_levels, modularity
from rte_graph.views.large_forces import Springs, push_apart, relax, springs_of
from rte_graph.views.large_packing import pack, relax_small

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

# Components with at most so many nodes are laid out together, pair by pair.
SMALL = 60
FIRST_ROUNDS, ROUNDS = 300, 60
FIRST_HEAT, HEAT = 0.3, 0.04
# Pixels at scale 1 between neighbouring nodes.
SPACING = 26.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LargeLayout:
    """Positions in pixels at scale 1 (y downwards, tenths), the community of each node and their modularity.

    Community 0 is the largest; every component outside the largest one is a community of its own.
    """

    positions: FloatArray
    groups: IntArray
    modularity: float
    seed: int


def large_layout(size: int, pairs: Any, *, seed: int = 1) -> LargeLayout:
    """Place the nodes of a large network.

    Parameters
    ----------
    size : int
        Number of nodes.
    pairs : array-like of shape (ties, 2)
        Positions of the two nodes of each tie; directions, repetitions and loops do not matter.
    seed : int
        Same network, same seed, same positions (with the same versions of numpy and scipy).
    """
    import numpy as np

    if size == 0:
        nothing = np.zeros(0, dtype=np.int64)
        return LargeLayout(positions=np.zeros((0, 2)), groups=nothing, modularity=0.0, seed=seed)
    ties = _ties(size, np.asarray(pairs, dtype=np.int64).reshape(-1, 2))
    parts = _parts(ties)
    small = [part for part in parts[1:] if len(part) <= SMALL]
    chosen = np.zeros(size, dtype=bool)
    chosen[np.concatenate(small) if small else []] = True
    springs = springs_of(ties)
    of_small = chosen[springs.left]
    inside = Springs(
        left=springs.left[of_small], right=springs.right[of_small], weight=springs.weight[of_small]
    )
    places = relax_small(small, inside, size, seed)
    groups = np.zeros(size, dtype=np.int64)
    for number, part in enumerate(parts):
        if number == 0 or len(part) > SMALL:
            levels = louvain_levels(ties[part][:, part], seed=seed)
            places[part] = _multilevel(levels, seed)
            groups[part] = communities(levels) if number == 0 else int(groups.max()) + 1
        else:
            groups[part] = -1
    alone = [part for part in parts if groups[part[0]] == -1]
    for number, part in enumerate(alone, start=int(groups.max()) + 1):
        groups[part] = number
    places = _distinct(pack(places, parts) * SPACING)
    return LargeLayout(positions=places, groups=groups, modularity=modularity(ties, groups), seed=seed)


def _ties(size: int, pairs: IntArray) -> csr_array[Any, Any]:
    import numpy as np
    from scipy.sparse import csr_array

    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    rows, columns = np.r_[pairs[:, 0], pairs[:, 1]], np.r_[pairs[:, 1], pairs[:, 0]]
    ties = csr_array((np.ones(len(rows)), (rows, columns)), shape=(size, size))
    ties.sum_duplicates()
    ties.data[:] = 1.0
    return ties


def _parts(ties: csr_array[Any, Any]) -> list[IntArray]:
    """Return the nodes of each component, the largest component first, then by first node."""
    import numpy as np
    from scipy.sparse.csgraph import connected_components

    _, label = connected_components(ties, directed=False)
    sizes = np.bincount(label)
    parts = np.split(np.argsort(label, kind="stable"), np.cumsum(sizes)[:-1])
    return sorted(parts, key=lambda part: (-len(part), int(part[0])))


def _multilevel(levels: list[Level], seed: int) -> FloatArray:
    """Place the coarsest level, then each finer one around its parents."""
    import numpy as np

    generator = np.random.default_rng(seed)
    degree = np.asarray(levels[0].ties.sum(axis=1), dtype=np.float64).ravel()
    masses: list[FloatArray] = [degree + 1]
    for level in levels[:-1]:
        assert level.parent is not None
        masses.append(np.bincount(level.parent, weights=masses[-1]).astype(np.float64))
    places = generator.normal(size=(len(masses[-1]), 2)) * 10 * math.sqrt(len(masses[-1]))
    for number in range(len(levels) - 1, -1, -1):
        level, first = levels[number], number == len(levels) - 1
        if level.parent is not None:
            spread = math.sqrt(float(((places - places.mean(axis=0)) ** 2).sum(axis=1).mean()) / len(degree))
            room = 0.3 * spread * np.sqrt(levels[number + 1].mass[level.parent])
            places = places[level.parent] + generator.normal(size=(len(level.mass), 2)) * room[:, None]
        rounds, heat = (FIRST_ROUNDS, FIRST_HEAT) if first else (ROUNDS, HEAT)
        places = relax(places, springs_of(level.ties), masses[number], rounds=rounds, heat=heat)
    return _spaced(places, degree)


def _spaced(places: FloatArray, degree: FloatArray) -> FloatArray:
    """Scale to one node per unit of area, give busy nodes more room, and push apart."""
    import numpy as np

    centred = places - places.mean(axis=0)
    area = 2 * math.pi * float((centred**2).sum(axis=1).mean())
    scaled = centred / math.sqrt(max(area, 1e-12) / len(places))
    return push_apart(scaled, 0.33 * (1 + 0.12 * np.sqrt(np.maximum(0.0, degree - 1))))


def _distinct(places: FloatArray) -> FloatArray:
    """Centre, round to tenths of a pixel and move nodes that would share a place to the next free tenth."""
    import numpy as np

    tenths = np.round((places - (places.min(axis=0) + places.max(axis=0)) / 2) * 10).astype(np.int64)
    used: set[tuple[int, int]] = set()
    for i, (x, y) in enumerate(tenths.tolist()):
        while (x, y) in used:
            x, y = (x + 1, y) if (x + y) % 2 else (x, y + 1)
        used.add((x, y))
        tenths[i] = x, y
    return np.asarray(tenths / 10 + 0.0)
