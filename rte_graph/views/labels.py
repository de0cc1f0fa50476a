"""Where names stand in a picture: beside their shape, never over a shape or another name.

Names that a picture cannot do without (``must``) also try further places and narrower lines, and in the
end stand over what matters least: they are written whatever the crowd.

The same rules, in the same order, are in ``assets/page/labels.js`` for the interactive page.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rte_graph.views.layout import text_width

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom

GAP = 4.0
LEADER = 24.0
# Where a name that must be written looks further, in pixels beyond the shape.
FURTHER = (44.0, 70.0, 100.0)
WRAP = 24
IMPOSSIBLE = 1000.0
# A name that must be written may cover a shape rather than be lost, but hardly another such name's shape.
OVER_SHAPE, OVER_MAIN = 40.0, 160.0
# What it costs that a leader crosses a shape, and the most that links through a name cost.
OVER_LEADER, MOST_LINES, MOST_SHAPES = 22.0, 18.0, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRequest:
    """A name to place: around ``at``, at least ``reach`` away from it."""

    at: Point
    reach: float
    lines: tuple[str, ...]
    size: float = 13.0
    outward: Point = (0.0, 1.0)
    bold: bool = False
    must: bool = False
    narrow: tuple[str, ...] = ()

    @property
    def width(self) -> float:
        """Width of the widest line in pixels."""
        return self.width_of(self.lines)

    @property
    def height(self) -> float:
        """Height of all lines in pixels."""
        return self.height_of(self.lines)

    def width_of(self, lines: Sequence[str]) -> float:
        """Return the width of the widest of these lines in pixels."""
        wider = 1.12 if self.bold else 1.0
        return wider * max(text_width(line, self.size) for line in lines)

    def height_of(self, lines: Sequence[str]) -> float:
        """Return the height of these lines in pixels."""
        return len(lines) * self.size * 1.22


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedLabel:
    """The box of a placed name, its lines, and whether a line must join it to its shape."""

    box: Box
    leader: bool
    lines: tuple[str, ...]


def wrap(text: str, limit: int = WRAP, most: int = 2) -> tuple[str, ...]:
    """Break a long name at the spaces that make its lines most equal; shorten what is still too long.

    >>> wrap("Alliance pour l’activité et le logement adaptés")
    ('Alliance pour l’activité', 'et le logement adaptés')
    """
    count = min(most, math.ceil(len(text) / limit))
    spaces = [i for i, char in enumerate(text) if char == " "]
    lines, start = [], 0
    for row in range(1, count):
        ideal = start + (len(text) - start) / (count - row + 1)
        left = [i for i in spaces if i > start]
        if not left:
            break
        at = min(left, key=lambda i: (abs(i - ideal), i))
        lines.append(text[start:at])
        start = at + 1
    return tuple(shorten(line, limit * 7 // 4) for line in (*lines, text[start:]))


def shorten(text: str, limit: int) -> str:
    """Cut a text with « … », never inside a letter with its accents or an emoji of several parts.

    >>> shorten("Anticonstitutionnellement", 8)
    'Anticon…'
    """
    if len(text) <= limit:
        return text
    end = limit - 1
    while end > 1 and (_joins(text[end]) or text[end - 1] == "\u200d"):
        end -= 1
    return text[:end].rstrip() + "…"


def _joins(char: str) -> bool:
    return (
        char == "\u200d" or unicodedata.category(char).startswith("M") or "\U0001f3fb" <= char <= "\U0001f3ff"
    )


def outward(at: Point, neighbours: Sequence[Point]) -> Point:
    """Return the middle of the widest gap between a node's links, as a unit vector.

    >>> outward((0, 0), [(1, 0)])[0]
    -1.0
    """
    best, best_room = (1.0, 0.0) if not neighbours else (0.0, 1.0), -1.0
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
    mains = [_around(request) for request in requests if request.must]
    scene = _Scene(shapes=shapes, mains=mains, segments=segments, frame=frame)
    for sweep in range(2):
        for i, request in enumerate(requests):
            taken = [p.box for j, p in enumerate(placed) if p is not None and j != i]
            best = _best(request, _candidates(request), scene, taken, forced=False)
            if best is None and request.must:
                best = _best(request, _far_candidates(request), scene, taken, forced=True)
            if sweep == 0 or best is not None:
                placed[i] = best
    return placed


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """What names must mind: shapes, those of the names that must be written, links, the frame."""

    shapes: Sequence[Box]
    mains: Sequence[Box]
    segments: Sequence[tuple[Point, Point]]
    frame: Box | None


def _around(request: LabelRequest) -> Box:
    (x, y), r = request.at, request.reach
    return x - r, y - r, x + r, y + r


def _best(
    request: LabelRequest,
    candidates: Iterable[tuple[PlacedLabel, float]],
    scene: _Scene,
    taken: Sequence[Box],
    *,
    forced: bool,
) -> PlacedLabel | None:
    best, best_cost = None, IMPOSSIBLE
    for label, bias in candidates:
        if bias >= best_cost:
            continue
        if label.leader:
            bias += OVER_LEADER * _leader_crossings(label.box, request, scene)
        cost = bias + _cost(label.box, scene, taken, best_cost, forced=forced)
        if cost < best_cost:
            best, best_cost = label, cost
    return best


def _candidates(request: LabelRequest) -> list[tuple[PlacedLabel, float]]:
    """List boxes around the shape, near ones first, each with how little it is liked."""
    steps = [(False, request.reach + GAP, 0.0)]
    # A line from a name to its shape costs the eye more than a name is worth, unless it must be written.
    if request.must:
        steps.append((True, request.reach + LEADER, 7.0))
    return [each for step in steps for each in _circle(request, request.lines, *step)]


def _far_candidates(request: LabelRequest) -> list[tuple[PlacedLabel, float]]:
    """List further boxes, also with narrower lines, for a name that must be written."""
    steps = [(False, request.reach + GAP, 0.0), (True, request.reach + LEADER, 7.0)]
    steps += [(True, request.reach + away, 7.0 + away / 12) for away in FURTHER]
    variants = [(request.lines, 0.0), *([(request.narrow, 2.0)] if request.narrow else [])]
    return [
        (label, bias + dislike)
        for lines, dislike in variants
        for step in steps
        for label, bias in _circle(request, lines, *step)
    ]


def _circle(
    request: LabelRequest, lines: tuple[str, ...], leader: bool, away: float, dislike: float
) -> list[tuple[PlacedLabel, float]]:
    x, y = request.at
    w, h = request.width_of(lines), request.height_of(lines)
    found = []
    for step in range(16):
        angle = step * math.pi / 8
        dx, dy = math.cos(angle), math.sin(angle)
        # The box touches the circle of radius `away` with the side that faces the shape.
        cx = x + dx * away + _towards(dx) * w / 2
        cy = y + dy * away + _towards(dy) * h / 2
        likes = dx * request.outward[0] + dy * request.outward[1]
        bias = 1.2 * (1 - likes) + (0.0 if step % 4 == 0 else 0.5) + dislike
        box = (cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2)
        found.append((PlacedLabel(box=box, leader=leader, lines=lines), bias))
    return found


def _towards(component: float) -> float:
    """Ease from centred (0) to beside (±1), so that oblique names hug the shape."""
    return max(-1.0, min(1.0, component * 1.45))


def _cost(box: Box, scene: _Scene, taken: Sequence[Box], limit: float, *, forced: bool) -> float:
    frame = scene.frame
    if frame and (box[0] < frame[0] or box[1] < frame[1] or box[2] > frame[2] or box[3] > frame[3]):
        return IMPOSSIBLE
    covered = sum(_overlap(box, other, 2.0) for other in scene.shapes)
    if (covered and not forced) or any(_overlap(box, other, 3.0) for other in taken):
        return IMPOSSIBLE
    # In a thicket of small shapes a main name stands over them rather than nowhere.
    cost = OVER_SHAPE * min(covered, MOST_SHAPES)
    cost += OVER_MAIN * min(2, sum(_overlap(box, each, 2.0) for each in scene.mains)) if covered else 0.0
    # A line along a name hides it worse than one across; the name's white edge keeps it readable.
    crossed = 0.0
    for a, b in scene.segments:
        if crossed >= MOST_LINES or cost + crossed >= limit:
            break
        inside = share_inside(box, a, b)
        crossed += 3.0 + 0.06 * inside * math.dist(a, b) if inside >= 0 else 0.0
    return cost + min(crossed, MOST_LINES)


def _leader_crossings(box: Box, request: LabelRequest, scene: _Scene) -> int:
    """Count the other shapes that the line from a name to its shape would cross: it would seem theirs."""
    x, y = request.at
    end = (min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3]))
    others = (shape for shape in scene.shapes if not (shape[0] < x < shape[2] and shape[1] < y < shape[3]))
    return sum(share_inside(shape, (x, y), end) >= 0 for shape in others)


def _overlap(a: Box, b: Box, margin: float) -> bool:
    return a[0] < b[2] + margin and b[0] < a[2] + margin and a[1] < b[3] + margin and b[1] < a[3] + margin


def crosses(box: Box, a: Point, b: Point) -> bool:
    """Tell whether a straight line runs through a box."""
    return share_inside(box, a, b) >= 0


def share_inside(box: Box, a: Point, b: Point) -> float:
    """Return which share of a straight line lies in a box, -1 when it runs beside (slab test)."""
    low, high = 0.0, 1.0
    for axis in (0, 1):
        start, step = a[axis], b[axis] - a[axis]
        if abs(step) < 1e-9:
            if not box[axis] <= start <= box[axis + 2]:
                return -1.0
            continue
        t1, t2 = (box[axis] - start) / step, (box[axis + 2] - start) / step
        low, high = max(low, min(t1, t2)), min(high, max(t1, t2))
    return high - low if low <= high else -1.0
