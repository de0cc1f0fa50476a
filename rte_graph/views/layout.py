"""Positions computed before the page is opened: seeded, made for two-mode networks.

Four ways, chosen by the data and named in the result:

``rings``
    One target gathers at least half of the linked sources (a meta-coalition, say) and the network
    is small: that target stands in the middle, its members on a ring around it, the other targets
    outside, each beside its own members, which so stand *between* their alliances. The order on the
    ring is the one that keeps the members of each alliance together.
``fans``
    One node of a larger component is tied to much of the other set, and without it the component falls
    apart: the hub in the middle, what hangs together without it to its left and right (see `fans`).
``stress``
    Otherwise: stress majorisation on graph distances, component by component [1]_, and a pass that
    pushes apart shapes and the names under them.
``levels``
    The same, where a component has more than 300 nodes: that one is laid out by `large_layout`.

Components stand side by side, nodes without links in columns below.

References
----------
.. [1] Gansner, Koren & North, Graph drawing by stress majorization, 2005, doi:10.1007/978-3-540-31843-9_25
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rte_graph.views.fans import fan_layout, fans_possible, hub_of
from rte_graph.views.large_layout import large_layout
from rte_graph.views.packing import pack
from rte_graph.views.rings import ring_layout, ring_possible

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rte_graph.views.page_model import PageNetwork

EDGE_LENGTH = 130.0
GAP = 18.0
LINE_HEIGHT = 18.0
# Above this many nodes stress is slow and its picture a ball: larger components are laid out level by level.
FULL_STRESS = 300
LARGE_SPACING = 2.2
# Above this many nodes not all names can be shown at once.
CROWD = 400
ISOLATE_ROW, ISOLATE_COLUMN = 46.0, 400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Positions in pixels at scale 1, y downwards, one pair per node, centred on the origin."""

    positions: tuple[tuple[float, float], ...]
    algorithm: str
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutProblem:
    """What the layout knows: distinct pairs (source, target), sides and how wide the names are."""

    size: int
    pairs: tuple[tuple[int, int], ...]
    targets: tuple[int, ...]
    widths: tuple[float, ...]
    two_mode: bool = True

    def neighbours(self) -> list[set[int]]:
        """Return the set of neighbours of each node."""
        near: list[set[int]] = [set() for _ in range(self.size)]
        for a, b in self.pairs:
            near[a].add(b)
            near[b].add(a)
        return near


def text_width(text: str, size: float = 13.0) -> float:
    """Estimate the width of a text in pixels for a humanist sans serif (within about 10 %)."""
    narrow, wide = "iljI.,;:'’|!()[] ft", "mwMWÆŒœ@%"
    units = sum(0.33 if c in narrow else 0.92 if c in wide else 0.68 if c.isupper() else 0.57 for c in text)
    return units * size


def problem_of(network: PageNetwork) -> LayoutProblem:
    """Reduce a network to what the layout needs."""
    pairs = sorted({(e.source, e.target) for e in network.edges if e.source != e.target})
    return LayoutProblem(
        size=len(network.nodes),
        pairs=tuple(pairs),
        targets=tuple(i for i, node in enumerate(network.nodes) if node.side == "target"),
        widths=tuple(text_width(node.label.fr) for node in network.nodes),
        two_mode=network.two_mode,
    )


def compute_layout(problem: LayoutProblem, *, seed: int = 1) -> Layout:
    """Place the nodes; the same problem and seed give the same positions.

    Returns
    -------
    Layout
        Rounded to a tenth of a pixel, so that files stay small and equal across machines.
    """
    import numpy as np

    if problem.size == 0:
        return Layout(positions=(), algorithm="none", seed=seed)
    if ring_possible(problem):
        places, algorithm = ring_layout(problem, seed=seed), "rings"
    else:
        places, algorithm = _component_layout(problem, seed)
    places = places - (places.min(axis=0) + places.max(axis=0)) / 2
    rounded = np.round(places, 1) + 0.0
    positions = tuple((float(x), float(y)) for x, y in rounded)
    return Layout(positions=positions, algorithm=algorithm, seed=seed)


def _component_layout(problem: LayoutProblem, seed: int) -> tuple[NDArray[np.float64], str]:
    """Lay out each connected component by itself, then pack them, the largest first; isolates last."""
    import numpy as np
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    ends = np.array(problem.pairs, dtype=np.int64).reshape(-1, 2)
    shape = (problem.size, problem.size)
    graph = coo_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=shape).tocsr()
    graph = graph + graph.T
    count, label = connected_components(graph, directed=False)
    parts = sorted((np.flatnonzero(label == c) for c in range(count)), key=lambda p: (-len(p), int(p[0])))
    near = problem.neighbours()
    places, algorithm = np.zeros((problem.size, 2)), "stress"

    def alone(part: Sequence[int]) -> NDArray[np.float64]:
        chosen = np.asarray(part)
        if len(chosen) > FULL_STRESS:
            inside = np.stack(graph[chosen][:, chosen].nonzero(), axis=1)
            return large_layout(len(chosen), inside, seed=seed).positions * LARGE_SPACING
        return _push_apart(_stress(graph[chosen][:, chosen], seed), problem, chosen)

    for part in (p for p in parts if len(p) > 1):
        members = [int(node) for node in part]
        if fans_possible(members, near, _opposite(problem, members, near)):
            found = fan_layout(members, near, problem.widths, alone, columns=problem.two_mode)
            places[part], algorithm = [found[node] for node in members], "fans"
        else:
            places[part] = alone(members)
    groups = [part for part in parts if len(part) > 1]
    if algorithm == "stress" and any(len(part) > FULL_STRESS for part in parts):
        algorithm = "levels"
    if algorithm == "fans":
        _shrink(places, groups)
    isolates = np.array([int(part[0]) for part in parts if len(part) == 1], dtype=np.int64)
    return _packed(places, groups, isolates, problem), algorithm


def _shrink(places: NDArray[np.float64], groups: Sequence[NDArray[np.int64]]) -> None:
    """Make the components about as dense as the densest: one scale must serve them all."""
    import numpy as np

    rooms = [float(np.prod(np.ptp(places[group], axis=0) + 60.0)) / len(group) for group in groups]
    for group, room in zip(groups, rooms, strict=True):
        places[group] *= max(0.4, min(1.0, math.sqrt(1.6 * min(rooms[:1]) / room)))


def _opposite(problem: LayoutProblem, members: Sequence[int], near: Sequence[set[int]]) -> int:
    """Count the nodes of the component that its hub could be tied to."""
    if not problem.two_mode:
        return len(members) - 1
    targets = set(problem.targets)
    side = hub_of(members, near) in targets
    return sum((node in targets) != side for node in members)


def _packed(
    places: NDArray[np.float64],
    groups: Sequence[NDArray[np.int64]],
    isolates: NDArray[np.int64],
    problem: LayoutProblem,
) -> NDArray[np.float64]:
    """Put the components side by side with room for their names, and the isolates in columns below."""
    import numpy as np

    named = problem.size <= CROWD
    half = np.minimum(np.array(problem.widths) / 2, 85.0) if named else np.full(problem.size, 20.0)
    high = 34.0 if named else 24.0
    boxes = []
    for group in groups:
        low = (places[group] - np.c_[half[group], np.full(len(group), high)]).min(axis=0)
        top = (places[group] + np.c_[half[group], np.full(len(group), high)]).max(axis=0)
        places[group] -= low
        boxes.append((float(top[0] - low[0]), float(top[1] - low[1])))
    for group, corner in zip(groups, pack(boxes), strict=True):
        places[group] += corner
    if len(isolates):
        _place_isolates(places, groups, isolates, problem)
    return places


def _place_isolates(
    places: NDArray[np.float64],
    groups: Sequence[NDArray[np.int64]],
    isolates: NDArray[np.int64],
    problem: LayoutProblem,
) -> None:
    """Write what has no link in columns below the rest, by set and in the order of the names."""
    import numpy as np

    linked = np.concatenate(groups) if groups else np.zeros(0, dtype=np.int64)
    wide = float(np.ptp(places[linked][:, 0])) if len(linked) else 0.0
    bottom = float(places[linked][:, 1].max()) + 90.0 if len(linked) else 0.0
    left = float(places[linked][:, 0].min()) if len(linked) else 0.0
    # Names keep their size when the drawing shrinks: columns are wider than names at scale 1.
    step, row = (ISOLATE_COLUMN, ISOLATE_ROW) if problem.size <= CROWD else (34.0, 30.0)
    across = max(1, min(len(isolates), int(max(wide, step * math.sqrt(len(isolates) / 12)) / step)))
    down = math.ceil(len(isolates) / across)
    for i, node in enumerate(isolates):
        places[node] = (left + (i // down) * step, bottom + (i % down) * row)


def _stress(graph: Any, seed: int) -> NDArray[np.float64]:
    """Minimise the stress of one connected component."""
    import numpy as np
    from scipy.sparse.csgraph import shortest_path

    n = graph.shape[0]
    generator = np.random.default_rng(seed)
    if n == 1:
        return np.zeros((1, 2))
    degree = np.asarray((graph > 0).sum(axis=1)).ravel()
    distance = shortest_path(graph, unweighted=True, directed=False)
    # Hubs need room for their leaves: a link grows with the logarithm of the busier end.
    room = np.log2(1 + np.maximum.outer(degree, degree)) / 2
    ideal = distance * EDGE_LENGTH * np.where(distance == 1, np.maximum(1.0, room), 1.15)
    start = _classical(ideal) + generator.normal(scale=8.0, size=(n, 2))
    return _majorise(start, ideal, rounds=120 if n <= 500 else 40)


def _classical(ideal: NDArray[np.float64]) -> NDArray[np.float64]:
    """Classical scaling; signs are fixed so that every machine gives the same picture."""
    import numpy as np

    n = len(ideal)
    squared = ideal**2
    centred = -0.5 * (squared - squared.mean(0) - squared.mean(1)[:, None] + squared.mean())
    values, vectors = np.linalg.eigh(centred)
    top = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 1e-9))
    if n == 2:
        top = np.array([[0.0, 0.0], [0.0, ideal[0, 1]]])
    top = top[:, ::-1]
    signs = np.sign(top[np.abs(top).argmax(axis=0), [0, 1]])
    return np.asarray(top * np.where(signs == 0, 1, signs))


def _majorise(start: NDArray[np.float64], ideal: NDArray[np.float64], rounds: int) -> NDArray[np.float64]:
    """Run SMACOF with weights 1/d², which keeps near things near."""
    import numpy as np

    n = len(ideal)
    away = ~np.eye(n, dtype=bool)
    weights = np.where(away, 1.0 / np.maximum(ideal, 1.0) ** 2, 0.0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.inv(laplacian + 1.0 / n)
    places = start
    for _ in range(rounds):
        gap = places[:, None, :] - places[None, :, :]
        length = np.maximum(np.hypot(gap[..., 0], gap[..., 1]), 1e-6)
        pull = np.where(away, -weights * ideal / length, 0.0)
        pull -= np.diag(pull.sum(axis=1))
        places = inverse @ (pull @ places)
    return np.asarray(places)


def _push_apart(
    places: NDArray[np.float64], problem: LayoutProblem, part: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Move overlapping boxes (a shape with its name below) apart along their shorter overlap."""
    import numpy as np
    from scipy.spatial import cKDTree

    half_w = np.clip(np.array(problem.widths)[part] / 2, 14.0, 85.0) + GAP / 2
    half_h = np.full(len(part), 14.0 + LINE_HEIGHT / 2 + GAP / 4)
    if problem.size > CROWD:  # names are shown only after zooming in: room for shapes is enough
        half_w, half_h = np.full(len(part), 20.0), np.full(len(part), 20.0)
    reach = 2 * float(max(np.percentile(half_w, 95), half_h.max()))
    for _ in range(60):
        pairs = np.asarray(cKDTree(places).query_pairs(reach, output_type="ndarray"), dtype=np.int64)
        if not len(pairs):
            break
        a, b = pairs[:, 0], pairs[:, 1]
        gap = places[b] - places[a]
        lack_x = half_w[a] + half_w[b] - np.abs(gap[:, 0])
        lack_y = half_h[a] + half_h[b] - np.abs(gap[:, 1])
        clash = (lack_x > 0) & (lack_y > 0)
        if not clash.any():
            break
        a, b, gap, lack_x, lack_y = a[clash], b[clash], gap[clash], lack_x[clash], lack_y[clash]
        sideways = lack_x < lack_y
        move = np.where(sideways[:, None], np.c_[lack_x, 0 * lack_x], np.c_[0 * lack_y, lack_y])
        move *= np.where(gap < 0, -1.0, 1.0) * 0.3
        np.subtract.at(places, a, move)
        np.add.at(places, b, move)
    return places
