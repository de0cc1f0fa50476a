"""What a figure is made of: lines, shapes, boxes and words at their places, in points, y downwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from rte_graph.views import style

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom
Anchor = Literal["start", "middle", "end"]

MM = 72 / 25.4
# The smallest size that is read in print without effort, in points.
SMALL = 6.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A polyline, or a quadratic curve where ``bend`` gives its control point."""

    points: tuple[Point, ...]
    colour: str = style.INK
    width: float = 0.6
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    bend: Point | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One shape of the style's table, filled or hollow; ``name`` is what it stands for."""

    shape: str
    at: Point
    radius: float
    colour: str
    hollow: bool = False
    edge: float = 0.5
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A filled rectangle."""

    box: Box
    colour: str
    opacity: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One line of text; ``turn`` in degrees, clockwise, around the point where it is anchored."""

    at: Point
    text: str
    size: float = SMALL
    anchor: Anchor = "start"
    bold: bool = False
    colour: str = style.INK
    turn: float = 0.0


Item = Line | Mark | Area | Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A part of a figure before its place on the sheet is known: it is ``height`` points high."""

    items: tuple[Item, ...]
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A figure at its printed size: ``width`` and ``height`` in points."""

    width: float
    height: float
    title: str
    description: str
    items: Sequence[Item] = field(default=())


def moved(item: Item, dx: float, dy: float) -> Item:
    """Return the item at another place."""
    from dataclasses import replace

    if isinstance(item, Line):
        bend = None if item.bend is None else (item.bend[0] + dx, item.bend[1] + dy)
        return replace(item, points=tuple((x + dx, y + dy) for x, y in item.points), bend=bend)
    if isinstance(item, Area):
        left, top, right, bottom = item.box
        return replace(item, box=(left + dx, top + dy, right + dx, bottom + dy))
    return replace(item, at=(item.at[0] + dx, item.at[1] + dy))
