"""Names above columns, turned so that they are read without turning the head much."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rte_graph.views.figures.metrics import cut, fitted, width_of
from rte_graph.views.figures.sheet import SMALL, Item, Words

ANGLE = 60.0
ACROSS, UP = math.cos(math.radians(ANGLE)), math.sin(math.radians(ANGLE))
LONGEST = 112.0
STEP = SMALL * 1.15
# Lines of one name stand side by side, so a column must be so wide for two.
TWO_LINES = 2 * STEP / UP + 2.0


def folded(names: Sequence[str], pitch: float) -> list[Sequence[str]]:
    """Fold names that stand ``pitch`` points apart into one or two lines."""
    return [fitted(name, LONGEST, SMALL, 2 if pitch >= TWO_LINES else 1) for name in names]


def room_of(names: Sequence[Sequence[str]]) -> tuple[float, float]:
    """Return how high the names reach, and how far the last one reaches beyond its column's middle."""
    long = [max((width_of(line, SMALL) for line in name), default=0.0) for name in names]
    return max(long, default=0.0) * UP + SMALL, (long[-1] if long else 0.0) * ACROSS + SMALL


def slanted(names: Sequence[Sequence[str]], places: Sequence[float], foot: float, right: float) -> list[Item]:
    """Write names that begin above their places, cut where they would pass the right border."""
    items: list[Item] = []
    for name, x in zip(names, places, strict=True):
        for row, line in enumerate(name):
            # The first line stands to the left of the second: read from above, it comes first.
            at = x + SMALL * 0.3 + (row - (len(name) - 1) / 2) * STEP / UP
            room = max((right - at) / ACROSS, 24.0)
            items.append(Words(at=(at, foot), text=cut(line, room, SMALL), turn=-ANGLE))
    return items
