"""Where the boxes and lines of the class diagram stand.

Two columns of boxes, one box a class, one row a property. Lines run in three gutters, left, middle and right,
and all lines to one class in one gutter share one track, so that no line crosses a box or lies on another:
rows of the two columns are at different heights, and every track is at its own place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rte_graph.views.layout import text_width

STEP = 20
"""Height of a row, and of everything else a multiple of it; the right column stands a quarter of it lower."""
HEAD = 2 * STEP
INDENT = 18
TRACK = 15
"""Between two tracks of a gutter."""
MARGIN = 18
LEAST_WIDTH = 190


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagramClass:
    """A class to draw: ``links`` have a label and the classes of values, ``parents`` are superclasses."""

    iri: str
    label: str
    code: str
    href: str
    parents: tuple[str, ...] = ()
    links: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagramGroup:
    """Classes that belong together, in a column (0 or 1)."""

    title: str
    column: int
    classes: tuple[DiagramClass, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A class in its place; ``rows`` are the heights of its links' lines."""

    of: DiagramClass
    column: int
    x: float
    y: float
    width: float
    height: float
    depth: int
    rows: tuple[float, ...]

    @property
    def door(self) -> float:
        """Height at which lines arrive."""
        return self.y + HEAD / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """From the row of a box to a track, at one height."""

    source: str
    label: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bus:
    """All lines to one class in one gutter: a track at ``x``, the branches that join it, where it arrives."""

    target: str
    gutter: int
    x: float
    door_x: float
    door_y: float
    branches: tuple[Branch, ...]

    @property
    def span(self) -> tuple[float, float]:
        """Heights between which the track runs."""
        heights = [self.door_y, *(each.y for each in self.branches)]
        return min(heights), max(heights)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stem:
    """Lines from subclasses to the class above: an ``x``, that class's lower edge, the children's heights."""

    parent: str
    x: float
    top: float
    children: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """Everything in its place."""

    width: float
    height: float
    titles: tuple[tuple[str, float, float], ...]
    boxes: tuple[Box, ...]
    buses: tuple[Bus, ...]
    stems: tuple[Stem, ...]


@dataclass(slots=True)
class _Column:
    """A column being filled, from the top."""

    y: float
    titles: list[tuple[str, float]] = field(default_factory=list)
    boxes: list[tuple[DiagramClass, float, int]] = field(default_factory=list)


def lay_out(groups: Sequence[DiagramGroup]) -> Diagram:
    """Place the classes of groups, and their lines.

    Returns
    -------
    Diagram
        The same for the same groups. Sizes are in pixels.
    """
    groups = [group for group in groups if group.classes]
    columns = [_filled(groups, each) for each in (0, 1)]
    width = max([LEAST_WIDTH, *(_width(cls, depth) for column in columns for cls, _, depth in column.boxes)])
    sides = {cls.iri: at for at, column in enumerate(columns) for cls, _, _ in column.boxes}
    tracks = _tracks(columns, sides)
    gutters = [MARGIN + TRACK * (len(tracks[at]) + 1) if tracks[at] or at == 1 else MARGIN for at in range(3)]
    lefts = (gutters[0], gutters[0] + width + gutters[1])
    boxes = {
        cls.iri: _box(cls, at, lefts[at] + depth * INDENT, y, width - depth * INDENT, depth)
        for at, column in enumerate(columns)
        for cls, y, depth in column.boxes
    }
    starts = (0.0, lefts[0] + width, lefts[1] + width)
    buses = [
        _bus(boxes, sides, target, gutter, _track_x(gutter, place, starts[gutter], gutters[gutter]))
        for gutter in range(3)
        for place, target in enumerate(tracks[gutter], start=1)
    ]
    return Diagram(
        width=lefts[1] + width + gutters[2],
        height=max(column.y for column in columns),
        titles=tuple(
            (title, lefts[at], y) for at, column in enumerate(columns) for title, y in column.titles
        ),
        boxes=tuple(boxes.values()),
        buses=tuple(buses),
        stems=tuple(_stems(boxes)),
    )


def _filled(groups: Sequence[DiagramGroup], at: int) -> _Column:
    column = _Column(y=STEP / 2)
    for group in groups:
        if group.column != at:
            continue
        column.titles.append((group.title, column.y + STEP * 0.75))
        column.y = _snapped(column.y + 1.25 * STEP, at)
        for cls, depth in _tree(group.classes):
            column.boxes.append((cls, column.y, depth))
            column.y += HEAD + STEP * len(cls.links) + STEP
        column.y += STEP
    return column


def _snapped(y: float, at: int) -> float:
    """Return the next height on the column's grid."""
    shift = at * STEP / 4
    steps = -(-(y - shift) // STEP)
    return steps * STEP + shift


def _tree(classes: Sequence[DiagramClass]) -> list[tuple[DiagramClass, int]]:
    """Return the classes with their depth, each after the superclass that it is drawn under."""
    here = {cls.iri for cls in classes}
    parent = {
        cls.iri: next((each for each in cls.parents if each in here and each != cls.iri), "")
        for cls in classes
    }
    found: list[tuple[DiagramClass, int]] = []
    done: set[str] = set()

    def walk(above: str, depth: int) -> None:
        for cls in classes:
            if parent[cls.iri] == above and cls.iri not in done:
                done.add(cls.iri)
                found.append((cls, depth))
                walk(cls.iri, depth + 1)

    walk("", 0)
    found += [(cls, 0) for cls in classes if cls.iri not in done]  # superclasses in a circle
    return found


def _width(cls: DiagramClass, depth: int) -> float:
    texts = [text_width(cls.label, 15) * 1.08, len(cls.code) * 7.4]
    texts += [text_width(label, 13) for label, _ in cls.links]
    return round(max(texts) + 36 + depth * INDENT)


def _box(cls: DiagramClass, column: int, x: float, y: float, width: float, depth: int) -> Box:
    rows = tuple(y + HEAD + STEP * (at + 0.5) for at in range(len(cls.links)))
    height = HEAD + STEP * len(cls.links) + (6 if cls.links else 0)
    return Box(of=cls, column=column, x=x, y=y, width=width, height=height, depth=depth, rows=rows)


def _tracks(columns: Sequence[_Column], sides: Mapping[str, int]) -> list[list[str]]:
    """Return the targets that have a track in each gutter: left, middle, right; in the order of the boxes."""
    order = [cls.iri for column in columns for cls, _, _ in column.boxes]
    wanted: list[set[str]] = [set(), set(), set()]
    for column in columns:
        for cls, _, _ in column.boxes:
            for _, targets in cls.links:
                for target in targets:
                    if target in sides:
                        wanted[_gutter(sides[cls.iri], sides[target])].add(target)
    return [[iri for iri in order if iri in each] for each in wanted]


def _gutter(source: int, target: int) -> int:
    return 1 if source != target else 2 * source


def _track_x(gutter: int, place: int, start: float, width: float) -> float:
    """Return where a track runs; the first is next to the boxes that its lines leave, outside the first."""
    return start + (width - place * TRACK if gutter == 0 else place * TRACK)


def _bus(boxes: Mapping[str, Box], sides: Mapping[str, int], target: str, gutter: int, x: float) -> Bus:
    there = boxes[target]
    branches = []
    for box in boxes.values():
        for (label, targets), y in zip(box.of.links, box.rows, strict=True):
            if target in targets and _gutter(box.column, there.column) == gutter:
                branches.append(Branch(source=box.of.iri, label=label, x=_edge(box, gutter), y=y))
    return Bus(
        target=target,
        gutter=gutter,
        x=x,
        door_x=_edge(there, gutter),
        door_y=there.door,
        branches=tuple(sorted(branches, key=lambda each: each.y)),
    )


def _edge(box: Box, gutter: int) -> float:
    """Return the edge of a box that looks at a gutter."""
    leftwards = gutter == 0 or (gutter == 1 and box.column == 1)
    return box.x if leftwards else box.x + box.width


def _stems(boxes: Mapping[str, Box]) -> list[Stem]:
    found = []
    order = list(boxes.values())
    for at, box in enumerate(order):
        below = []
        for child in order[at + 1 :]:
            if child.depth <= box.depth or child.column != box.column:
                break
            if child.depth == box.depth + 1 and box.of.iri in child.of.parents:
                below.append((child.x, child.y + HEAD * 0.75))
        if below:
            found.append(
                Stem(parent=box.of.iri, x=box.x + INDENT / 2, top=box.y + box.height, children=tuple(below))
            )
    return found
