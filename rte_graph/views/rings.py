"""The layout for a network that one alliance dominates: a hub, a ring of members, alliances outside."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

    import numpy as np
    from numpy.typing import NDArray

    from rte_graph.views.layout import LayoutProblem

# Larger networks get too long a ring to be read.
MOST_MEMBERS = 40
MOST_TARGETS = 16
MEMBER_SPACING = 112.0
SMALLEST_RING = 215.0
OUTER_STEP = 135.0
# Screens are wider than high, and names run sideways.
STRETCH = 1.2
# The hub's name stands in a gap of the ring: so many places of members are left free for it.
NAME_GAP = 1.0


def ring_possible(problem: LayoutProblem) -> bool:
    """Tell whether one target gathers at least half of the linked sources of a small two-mode network."""
    near = problem.neighbours()
    if not problem.two_mode or not problem.targets or not 2 <= len(problem.targets) <= MOST_TARGETS:
        return False
    linked = {a for a, _ in problem.pairs}
    best = max(len(near[t]) for t in problem.targets)
    return 3 <= best <= MOST_MEMBERS and 2 * best >= len(linked) and len(linked) <= 2 * MOST_MEMBERS


def ring_layout(problem: LayoutProblem, *, seed: int) -> NDArray[np.float64]:
    """Place hub, ring and outer alliances; nodes without links stand in a row below."""
    import random

    import numpy as np

    near = problem.neighbours()
    hub = max(problem.targets, key=lambda t: (len(near[t]), -t))
    members = sorted(near[hub])
    others = [t for t in problem.targets if t != hub and near[t]]
    order = _ring_order(members, [near[t] & near[hub] for t in others], random.Random(seed))
    angle = _ring_angles(order, [near[t] & near[hub] for t in others])
    ring = max(SMALLEST_RING, MEMBER_SPACING * len(order) / (2 * math.pi))
    places = np.zeros((problem.size, 2))
    for node in order:
        places[node] = _on_ellipse(angle[node], ring)
    outer = _outer_angles(others, near, angle)
    for node, at in outer.items():
        places[node] = _on_ellipse(at, ring + OUTER_STEP)
    rest = [s for s in range(problem.size) if s != hub and s not in angle and s not in outer]
    _place_rest(places, rest, near, outer, ring)
    return places


def _on_ellipse(angle: float, radius: float) -> tuple[float, float]:
    return STRETCH * radius * math.cos(angle), radius * math.sin(angle)


def _ring_cost(order: list[int], groups: list[set[int]]) -> float:
    """Sum, over the groups, how far their members stand apart on the ring."""
    place = {node: i for i, node in enumerate(order)}
    n = len(order)
    cost = 0.0
    for group in groups:
        spots = sorted(place[node] for node in group)
        for i, a in enumerate(spots):
            for b in spots[i + 1 :]:
                steps = min(b - a, n - b + a)
                cost += steps * steps / len(spots)
    return cost


def _ring_order(members: list[int], groups: list[set[int]], chance: random.Random) -> list[int]:
    """Find an order by seeded starts and swaps until no swap helps; ties keep the first found."""
    shared = [group for group in groups if len(group) > 1]
    best, best_cost = list(members), _ring_cost(members, shared)
    for _ in range(12 if shared else 0):
        order = list(members)
        chance.shuffle(order)
        cost = _ring_cost(order, shared)
        better = True
        while better:
            better = False
            for i in range(len(order)):
                for j in range(i + 1, len(order)):
                    order[i], order[j] = order[j], order[i]
                    trial = _ring_cost(order, shared)
                    if trial < cost - 1e-9:
                        cost, better = trial, True
                    else:
                        order[i], order[j] = order[j], order[i]
        if cost < best_cost - 1e-9:
            best, best_cost = order, cost
    return best


def _mean_angle(angles: list[float]) -> float:
    x, y = sum(math.cos(a) for a in angles), sum(math.sin(a) for a in angles)
    return math.atan2(y, x)


def _ring_angles(order: list[int], groups: list[set[int]]) -> dict[int, float]:
    """Leave a gap on the right or on the left for the hub's name; outer alliances stand sideways.

    Names run sideways, so a gap there lets the hub's name stand free of its own links.
    """
    n = len(order)
    slot = 2 * math.pi / (n + NAME_GAP)
    first = (1 + NAME_GAP) / 2

    def angles(start: int, side: float) -> dict[int, float]:
        turned = [*order[start:], *order[:start]]
        return {node: side + slot * (first + i) for i, node in enumerate(turned)}

    def cost(at: dict[int, float]) -> float:
        bunches = [[at[node] for node in sorted(group)] for group in groups if group]
        upright = sum(math.sin(_mean_angle(bunch)) ** 2 for bunch in bunches)
        # An outer alliance whose members stand on both sides of the gap has its links run around the name.
        torn = sum(1.0 for bunch in bunches if max(bunch) - min(bunch) > math.pi)
        return upright + 2 * torn

    choices = [(start, side) for side in (0.0, math.pi) for start in range(n)]
    best = min(choices, key=lambda choice: round(cost(angles(*choice)), 6))
    return angles(*best)


def _outer_angles(others: list[int], near: list[set[int]], angle: dict[int, float]) -> dict[int, float]:
    """Put each outer alliance over the middle of its ring members, and part those that come too close."""
    at = {}
    for target in others:
        known = [angle[m] for m in sorted(near[target]) if m in angle]
        at[target] = _mean_angle(known) if known else math.pi / 2
    least = 2 * math.pi / max(8, 2 * len(others))
    for _ in range(200):
        ranked = sorted(at, key=lambda t: (at[t] % (2 * math.pi), t))
        moved = False
        for i, a in enumerate(ranked):
            b = ranked[(i + 1) % len(ranked)]
            gap = (at[b] - at[a]) % (2 * math.pi)
            if a != b and gap < least - 1e-6:
                push = (least - gap) / 2
                at[a], at[b], moved = at[a] - push, at[b] + push, True
        if not moved:
            break
    return at


def _place_rest(
    places: NDArray[np.float64], rest: list[int], near: list[set[int]], outer: dict[int, float], ring: float
) -> None:
    """Place what the hub does not gather: beyond its alliance, or in a row below when it has no link."""
    import numpy as np

    waiting: dict[tuple[int, ...], list[int]] = {}
    for node in rest:
        waiting.setdefault(tuple(sorted(near[node] & set(outer))), []).append(node)
    alone = waiting.pop((), [])
    for targets, nodes in sorted(waiting.items()):
        middle = _mean_angle([outer[t] for t in targets])
        for i, node in enumerate(nodes):
            shift = (i - (len(nodes) - 1) / 2) * 0.24
            places[node] = _on_ellipse(middle + shift, ring + OUTER_STEP + 105.0)
    bottom = float(np.max(places[:, 1])) + 110.0
    for i, node in enumerate(alone):
        column, row = i % 8, i // 8
        places[node] = ((column - (min(len(alone), 8) - 1) / 2) * 130.0, bottom + row * 60.0)
