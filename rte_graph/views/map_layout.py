"""Where the pieces of the map stand, on a wide and on a narrow picture, and how large its circles are."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rte_graph.network.wording import Text
from rte_graph.views.map_codes import OVERSEAS
from rte_graph.views.page_model import same

# Radius of a circle of 1, and the largest radius, in units of the picture (about pixels).
ONE, LARGEST = 10.0, 34.0
LAND, COAST, REGION_LINE, BOX = "#e9edf1", "#ffffff", "#a9b4c0", "#d5dbe2"
# Light to dark, one hue: the classes of a choropleth (ColorBrewer « Blues », shortened at the light end).
CLASSES = ("#d6e4f0", "#a9cce3", "#6fa8cf", "#3a7fb5", "#0b4f86")
NO_DATA = "#f2f3f5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A frame's place in the picture; insets have a border and a name above the drawing."""

    frame: str
    x: float
    y: float
    width: float
    height: float
    inset: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """A picture: its size, its boxes, where its legend stands (left, bottom), how small its circles are."""

    name: str
    width: float
    height: float
    boxes: tuple[Box, ...]
    legend: tuple[float, float]
    shrink: float = 1.0
    largest: float = LARGEST


WIDE = Arrangement(
    name="wide",
    width=950,
    height=736,
    boxes=(
        Box(frame="main", x=184, y=14, width=760, height=710, inset=False),
        Box(frame="paris", x=176, y=2, width=158, height=150),
        *(
            Box(frame=code, x=6, y=2 + 147 * place, width=156, height=138)
            for place, code in enumerate(OVERSEAS)
        ),
    ),
    legend=(192, 722),
)
NARROW = Arrangement(
    name="narrow",
    width=400,
    height=618,
    boxes=(
        Box(frame="main", x=8, y=4, width=384, height=362, inset=False),
        *(
            Box(frame=code, x=4 + 132 * (place % 3), y=388 + 116 * (place // 3), width=126, height=110)
            for place, code in enumerate(("paris", *OVERSEAS))
        ),
    ),
    legend=(10, 375),
    shrink=0.72,
    largest=20.0,
)
ARRANGEMENTS = (WIDE, NARROW)
LABELS: dict[str, Text] = {
    "paris": Text(fr="Paris et petite couronne", en="Paris and inner suburbs"),
    "971": same("Guadeloupe"),
    "972": same("Martinique"),
    "973": same("Guyane"),
    "974": same("La Réunion"),
    "976": same("Mayotte"),
}


def one_radius(largest: float) -> float:
    """Return the radius of a circle of 1 when the largest stands for this number, so that areas compare.

    >>> one_radius(4), round(one_radius(100), 2)
    (10.0, 3.4)
    """
    return min(ONE, LARGEST / math.sqrt(largest)) if largest > 0 else ONE


def legend_sizes(numbers: Iterable[float]) -> tuple[int, ...]:
    """Return up to three whole numbers, largest first, that the legend shows: none above what the map shows.

    >>> legend_sizes([1, 2, 3])
    (3, 2, 1)
    >>> legend_sizes([1, 17, 240])
    (200, 50, 5)
    >>> legend_sizes([1, 1]), legend_sizes([4])
    ((1,), (4, 2, 1))
    """
    top = int(max(numbers, default=0))
    if top <= 3:
        return tuple(range(top, 0, -1))
    if top <= 40:
        return (top, -(-top // 3), 1)
    first = _round_below(top)
    return (first, _round_below(first // 4), _round_below(first // 40) if first > 50 else 1)


def _round_below(number: int) -> int:
    """Return the largest of 1, 2, 5, 10, 20, 50 … that is not above a number."""
    power: int = 10 ** (len(str(number)) - 1)
    steps = (each * power for each in (5, 2, 1))
    return next(step for step in steps if step <= number)


def class_breaks(rates: Sequence[float]) -> tuple[float, ...]:
    """Return the lower bounds of up to five classes that hold about as many values each.

    >>> class_breaks([0.1, 0.2, 0.3, 0.4, 0.5])
    (0.1, 0.2, 0.3, 0.4, 0.5)
    >>> class_breaks([0.5, 0.5])
    (0.5,)
    """
    ordered = sorted(rates)
    if not ordered:
        return ()
    bounds = (ordered[len(ordered) * i // len(CLASSES)] for i in range(len(CLASSES)))
    return tuple(sorted(set(bounds)))
