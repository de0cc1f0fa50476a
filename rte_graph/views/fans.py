"""The layout for a component that falls apart without one node: the hub between two fans.

Most of what a report's author tells is told of the author: one node is tied to nearly all the others, and
a force-directed picture becomes a ball around it. Here the hub stands in the middle; what remains of the
component without it, piece by piece, opens to the left and to the right like a fan: what is tied to the hub
stands next to it, what is tied to that one column further, so links are short and names have a side of
their own. Small pieces stand above and below, large ones in the middle.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Point = tuple[float, float]

# Smaller components are clear enough without; the hub must have this share of all its possible ties …
SMALLEST = 40
LEAST_SHARE = 0.35
# … and no piece that is left may hold more than this share of the component.
LARGEST_PIECE = 0.5
# A piece with more nodes than this is laid out by itself, not in columns.
MOST_IN_COLUMNS = 30

# Pixels at scale 1: rows of leaves and of nodes with further ties, between pieces, from the hub to the fan.
ROW, TALL_ROW, PIECE_GAP, FAN = 25.0, 40.0, 10.0, 210.0
LEAST_COLUMN, MOST_COLUMN = 120.0, 170.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What hangs together without the hub: its nodes, their places (x outwards) and the height it takes."""

    nodes: tuple[int, ...]
    places: tuple[Point, ...]
    height: float
    depth: float


def hub_of(nodes: Sequence[int], near: Sequence[set[int]]) -> int:
    """Return the node with most neighbours, the first of equal ones."""
    return max(nodes, key=lambda node: (len(near[node]), -node))


def pieces_without(hub: int, nodes: Sequence[int], near: Sequence[set[int]]) -> list[tuple[int, ...]]:
    """Return what hangs together without the hub, the largest piece first."""
    left, found = set(nodes) - {hub}, []
    while left:
        start = min(left)
        reached, border = {start}, [start]
        while border:
            border = [n for each in border for n in sorted(near[each]) if n in left and n not in reached]
            border = sorted(set(border))
            reached.update(border)
        left -= reached
        found.append(tuple(sorted(reached)))
    return sorted(found, key=lambda piece: (-len(piece), piece))


def fans_possible(nodes: Sequence[int], near: Sequence[set[int]], opposite: int) -> bool:
    """Tell whether one node holds the component together.

    Parameters
    ----------
    nodes : sequence of int
        The nodes of one component.
    near : sequence of set of int
        The neighbours of every node.
    opposite : int
        How many nodes of the component the hub could be tied to.
    """
    if len(nodes) < SMALLEST:
        return False
    hub = hub_of(nodes, near)
    if len(near[hub]) < LEAST_SHARE * opposite:
        return False
    return len(pieces_without(hub, nodes, near)[0]) <= LARGEST_PIECE * len(nodes)


def fan_layout(
    nodes: Sequence[int],
    near: Sequence[set[int]],
    widths: Sequence[float],
    alone: Callable[[Sequence[int]], NDArray[np.float64]],
    *,
    columns: bool,
) -> dict[int, Point]:
    """Place hub and fans around the origin.

    Parameters
    ----------
    nodes, near, widths
        The component's nodes; neighbours and widths of names (pixels) of every node.
    alone : callable
        Lays out a piece by itself: returns places in the order of the nodes.
    columns : bool
        Whether pieces open in columns (two-mode networks, where nodes of one column are never tied).
    """
    hub = hub_of(nodes, near)
    pieces = [
        _columns(piece, hub, near, widths)
        if columns and len(piece) <= MOST_IN_COLUMNS
        else _block(piece, alone(piece), widths)
        for piece in pieces_without(hub, nodes, near)
    ]
    places = {hub: (0.0, 0.0)}
    sides = _two_sides(pieces)
    tallest = max(_height(side) for side in sides)
    for side, sign in zip(sides, (1.0, -1.0), strict=True):
        _place_side(side, sign, tallest, places)
    return places


def _height(side: Sequence[Piece]) -> float:
    return sum(piece.height + PIECE_GAP for piece in side)


def _two_sides(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Share the pieces out so that both sides get about the same height, and each its deep pieces."""
    right: list[Piece] = []
    left: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: (-p.height, -p.depth, p.nodes)):
        (right if _height(right) <= _height(left) else left).append(piece)
    return _large_in_the_middle(right), _large_in_the_middle(left)


def _large_in_the_middle(pieces: Sequence[Piece]) -> list[Piece]:
    ordered: list[Piece] = []
    for i, piece in enumerate(sorted(pieces, key=lambda p: (-p.depth, -p.height, p.nodes))):
        ordered.insert(0 if i % 2 else len(ordered), piece)
    return ordered


def _place_side(side: Sequence[Piece], sign: float, tallest: float, places: dict[int, Point]) -> None:
    y = -_height(side) / 2
    for piece in side:
        for node, (x, dy) in zip(piece.nodes, piece.places, strict=True):
            row = y + piece.height / 2 + dy
            middle = y + piece.height / 2
            places[node] = (sign * (_bulge(middle if len(piece.nodes) > 1 else row, tallest) + x), row)
        y += piece.height + PIECE_GAP


def _bulge(y: float, tallest: float) -> float:
    """How far from the hub a row begins: far in the middle, near above and below."""
    share = min(1.0, abs(2 * y / tallest)) if tallest else 0.0
    return float(FAN * (0.3 + 0.7 * (1 - share**2) ** 0.5))


def _block(piece: Sequence[int], inside: NDArray[np.float64], widths: Sequence[float]) -> Piece:
    """A piece laid out by itself, its names within its height."""
    import numpy as np

    if len(piece) == 1:
        return Piece(nodes=tuple(piece), places=((0.0, 0.0),), height=ROW, depth=widths[piece[0]])
    middle = (inside[:, 1].min() + inside[:, 1].max()) / 2
    room = min(90.0, float(np.median([widths[node] for node in piece])) / 2)
    places = tuple((float(x - inside[:, 0].min() + room), float(y - middle)) for x, y in inside)
    height = float(np.ptp(inside[:, 1])) + 2 * ROW
    return Piece(nodes=tuple(piece), places=places, height=height, depth=float(np.ptp(inside[:, 0])))


def _columns(piece: Sequence[int], hub: int, near: Sequence[set[int]], widths: Sequence[float]) -> Piece:
    """A piece in columns by its distance to the hub; rows follow the neighbours' rows."""
    layers = _layers(piece, hub, near)
    ties = {node: near[node] - {hub} for node in piece}
    row = {
        node: TALL_ROW if ties[node] and k + 1 < len(layers) else ROW
        for k, layer in enumerate(layers)
        for node in layer
    }
    height = max(sum(row[node] for node in layer) for layer in layers)
    y = _rows(layers, ties, row, height)
    x, column = {}, 0.0
    for layer in layers:
        x.update(dict.fromkeys(layer, column))
        wide = max(min(widths[node], 1.2 * LEAST_COLUMN) for node in layer)
        column += max(LEAST_COLUMN, min(MOST_COLUMN, wide + 40.0))
    return Piece(
        nodes=tuple(piece),
        places=tuple((x[node], y[node]) for node in piece),
        height=height,
        depth=column,
    )


def _layers(piece: Sequence[int], hub: int, near: Sequence[set[int]]) -> list[list[int]]:
    left, layers, border = set(piece), [], sorted(near[hub] & set(piece))
    while border:
        layers.append(border)
        left -= set(border)
        border = sorted({n for node in border for n in near[node]} & left)
    return layers


def _rows(
    layers: Sequence[Sequence[int]], ties: dict[int, set[int]], row: dict[int, float], height: float
) -> dict[int, float]:
    """Order and place the rows of each column by the mean row of the neighbours, in some sweeps."""
    y = {node: i - len(layer) / 2 for layer in layers for i, node in enumerate(layer)}
    for _ in range(12):
        for layer in (*layers, *reversed(layers)):
            wish = {
                node: sum(y[n] for n in ties[node]) / len(ties[node]) if ties[node] else y[node]
                for node in layer
            }
            order = sorted(layer, key=lambda node: (wish[node], node))
            found = spread([wish[node] for node in order], [row[node] for node in order])
            over = max(0.0, (found[-1] + row[order[-1]] / 2) - height / 2)
            under = min(0.0, (found[0] - row[order[0]] / 2) + height / 2)
            y.update({node: at - over - under for node, at in zip(order, found, strict=True)})
    return y


def spread(wishes: Sequence[float], rows: Sequence[float]) -> list[float]:
    """Return the places nearest to the wishes (least squares) that keep order and distance.

    Two neighbours stand at least half of both their rows apart (pool adjacent violators).

    >>> spread([0.0, 0.0, 9.0], [2.0, 2.0, 2.0])
    [-1.0, 1.0, 9.0]
    """
    offsets, at = [], 0.0
    for i, row in enumerate(rows):
        at += (rows[i - 1] + row) / 2 if i else 0.0
        offsets.append(at)
    pools: list[list[float]] = []  # mean, size
    for wish, offset in zip(wishes, offsets, strict=True):
        pools.append([wish - offset, 1.0])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            mean, size = pools.pop()
            before = pools[-1]
            before[0] = (before[0] * before[1] + mean * size) / (before[1] + size)
            before[1] += size
    means = [mean for mean, size in pools for _ in range(int(size))]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]
