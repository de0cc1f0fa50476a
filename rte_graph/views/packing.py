"""Boxes side by side: how the components of a network share the paper."""

from __future__ import annotations

from collections.abc import Sequence

Box = tuple[float, float]
# Screens and pages are wider than high.
ASPECT = 1.1
GAP = 26.0
# Trying every free corner is worth its time for so many boxes only.
MOST_FITTED = 40


def pack(boxes: Sequence[Box]) -> list[tuple[float, float]]:
    """Place boxes (width, height) without overlap; return their upper left corners.

    The largest first, each at the free corner that keeps the whole nearest to the wanted aspect: small
    components fill the gaps beside large ones. Of equal places the upper, then the left one is taken.

    >>> pack([(10.0, 10.0), (2.0, 2.0)])
    [(0.0, 0.0), (36.0, 0.0)]
    """
    order = sorted(range(len(boxes)), key=lambda i: (-boxes[i][0] * boxes[i][1], i))
    corners: list[tuple[float, float]] = [(0.0, 0.0)] * len(boxes)
    taken: list[tuple[float, float, float, float]] = []
    for i in order[:MOST_FITTED]:
        w, h = boxes[i]
        corner = min(_free(taken, w, h), key=lambda at: (_cost(taken, at, w, h), at[1], at[0]))
        corners[i] = corner
        taken.append((*corner, corner[0] + w, corner[1] + h))
    _shelve(order[MOST_FITTED:], boxes, taken, corners)
    return corners


def _shelve(
    rest: Sequence[int],
    boxes: Sequence[Box],
    taken: Sequence[tuple[float, ...]],
    corners: list[tuple[float, float]],
) -> None:
    """Place the many small boxes that are left in rows below."""
    limit = max([box[2] for box in taken] or [0.0])
    x, y, row = 0.0, max([box[3] for box in taken] or [0.0]) + GAP, 0.0
    for i in rest:
        w, h = boxes[i]
        if x > 0 and x + w > limit:
            x, y, row = 0.0, y + row + GAP, 0.0
        corners[i] = (x, y)
        x, row = x + w + GAP, max(row, h)


def _free(taken: Sequence[tuple[float, ...]], w: float, h: float) -> list[tuple[float, float]]:
    xs = sorted({0.0, *(box[2] + GAP for box in taken), *(box[0] for box in taken)})
    ys = sorted({0.0, *(box[3] + GAP for box in taken), *(box[1] for box in taken)})
    return [
        (x, y)
        for x in xs
        for y in ys
        if all(
            x >= box[2] + GAP - 1e-9
            or box[0] >= x + w + GAP - 1e-9
            or y >= box[3] + GAP - 1e-9
            or box[1] >= y + h + GAP - 1e-9
            for box in taken
        )
    ]


def _cost(taken: Sequence[tuple[float, ...]], at: tuple[float, float], w: float, h: float) -> float:
    """The height of the frame of the wanted aspect that holds everything."""
    right = max([at[0] + w, *(box[2] for box in taken)])
    bottom = max([at[1] + h, *(box[3] for box in taken)])
    return round(max(right / ASPECT, bottom), 6)
