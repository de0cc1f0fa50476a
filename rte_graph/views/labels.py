"""Where names stand in a picture: beside their shape, never over a shape or another name.

The same rules, in the same order, are in ``assets/page/labels.js`` for the interactive page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rte_graph.views.layout import text_width

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom

GAP = 4.0
LEADER = 24.0
WRAP = 24
IMPOSSIBLE = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRequest:
    """A name to place: around ``at``, at least ``reach`` away from it."""

    at: Point
    reach: float
    lines: tuple[str, ...]
    size: float = 13.0
    outward: Point = (0.0, 1.0)
    bold: bool = False

    @property
    def width(self) -> float:
        """Width of the widest line in pixels."""
        wider = 1.12 if self.bold else 1.0
        return wider * max(text_width(line, self.size) for line in self.lines)

    @property
    def height(self) -> float:
        """Height of all lines in pixels."""
        return len(self.lines) * self.size * 1.22


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedLabel:
    """The box of a placed name; ``leader`` says that a line must join it to its shape."""

    box: Box
    leader: bool


def wrap(text: str, limit: int = WRAP) -> tuple[str, ...]:
    """Break a long name into two lines at the space nearest its middle.

    >>> wrap("Alliance pour l’activité et le logement adaptés")
    ('Alliance pour l’activité', 'et le logement adaptés')
    """
    spaces = [i for i, char in enumerate(text) if char == " "]
    if len(text) <= limit or not spaces:
        return (text,)
    middle = min(spaces, key=lambda i: (abs(i - len(text) / 2), i))
    return (text[:middle], text[middle + 1 :])


def outward(at: Point, neighbours: Sequence[Point]) -> Point:
    """Return the middle of the widest gap between a node's links, as a unit vector.

    >>> outward((0, 0), [(1, 0)])[0]
    -1.0
    """
    best, best_room = (0.0, 1.0), -1.0
    angles = sorted(math.atan2(y - at[1], x - at[0]) for x, y in neighbours)
    for i, angle in enumerate(angles):
        gap = (angles[i + 1] if i + 1 < len(angles) else angles[0] + 2 * math.pi) - angle
        x, y = math.cos(angle + gap / 2), math.sin(angle + gap / 2)
        # Names run sideways: beside a shape they need less of the gap than above or below it.
        room = gap + 0.2 * abs(x) + 0.05 * y
        if room > best_room:
            best, best_room = (x, y), room
    return best


def place_labels(
    requests: Sequence[LabelRequest],
    shapes: Sequence[Box],
    segments: Sequence[tuple[Point, Point]],
    frame: Box | None = None,
) -> list[PlacedLabel | None]:
    """Place names in the order given (the most important first); ``None`` where there is no room.

    Complexity: O(n² · candidates); meant for printed pictures of up to some hundred names.
    """
    placed: list[PlacedLabel | None] = [None] * len(requests)
    for sweep in range(2):
        for i, request in enumerate(requests):
            taken = [p.box for j, p in enumerate(placed) if p is not None and j != i]
            best, best_cost = None, IMPOSSIBLE
            for box, leader, bias in _candidates(request):
                cost = bias + _cost(box, shapes, taken, segments, frame, best_cost)
                if cost < best_cost:
                    best, best_cost = PlacedLabel(box=box, leader=leader), cost
            if sweep == 0 or best is not None:
                placed[i] = best
    return placed


def _candidates(request: LabelRequest) -> list[tuple[Box, bool, float]]:
    """List boxes around the shape, near ones first, each with how little it is liked."""
    x, y = request.at
    w, h = request.width, request.height
    found = []
    for leader, away in ((False, request.reach + GAP), (True, request.reach + LEADER)):
        for step in range(16):
            angle = step * math.pi / 8
            dx, dy = math.cos(angle), math.sin(angle)
            # The box touches the circle of radius `away` with the side that faces the shape.
            cx = x + dx * away + _towards(dx) * w / 2
            cy = y + dy * away + _towards(dy) * h / 2
            likes = dx * request.outward[0] + dy * request.outward[1]
            slant = 0.0 if step % 4 == 0 else 0.5
            bias = 1.2 * (1 - likes) + slant + (7.0 if leader else 0.0)
            found.append(((cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2), leader, bias))
    return found


def _towards(component: float) -> float:
    """Ease from centred (0) to beside (±1), so that oblique names hug the shape."""
    return max(-1.0, min(1.0, component * 1.45))


def _cost(
    box: Box,
    shapes: Sequence[Box],
    taken: Sequence[Box],
    segments: Sequence[tuple[Point, Point]],
    frame: Box | None,
    limit: float,
) -> float:
    if frame and (box[0] < frame[0] or box[1] < frame[1] or box[2] > frame[2] or box[3] > frame[3]):
        return IMPOSSIBLE
    if any(_overlap(box, other, 2.0) for other in shapes) or any(
        _overlap(box, other, 3.0) for other in taken
    ):
        return IMPOSSIBLE
    cost = 0.0
    for a, b in segments:
        if cost >= limit:
            break
        cost += 3.0 if crosses(box, a, b) else 0.0
    return cost


def _overlap(a: Box, b: Box, margin: float) -> bool:
    return a[0] < b[2] + margin and b[0] < a[2] + margin and a[1] < b[3] + margin and b[1] < a[3] + margin


def crosses(box: Box, a: Point, b: Point) -> bool:
    """Tell whether a straight line runs through a box (slab test)."""
    low, high = 0.0, 1.0
    for axis in (0, 1):
        start, step = a[axis], b[axis] - a[axis]
        if abs(step) < 1e-9:
            if not box[axis] <= start <= box[axis + 2]:
                return False
            continue
        t1, t2 = (box[axis] - start) / step, (box[axis + 2] - start) / step
        low, high = max(low, min(t1, t2)), min(high, max(t1, t2))
    return low <= high
