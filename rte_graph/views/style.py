"""The one table of shapes, colours and dashes that page, SVG, GEXF and report share.

Colours follow Okabe & Ito's palette, darkened until each has a contrast of at least 3:1 on white
(WCAG 2.2, 1.4.11); shape and dash repeat what colour says, so nothing rests on colour alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

INK = "#1d2733"
MUTED = "#5b6675"
PAPER = "#ffffff"
HALO = "#ffffff"
FONT = "'Segoe UI', 'Helvetica Neue', 'Noto Sans', 'DejaVu Sans', Arial, sans-serif"

SMALLEST_RADIUS = 8.0
LARGEST_RADIUS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How nodes of one type are drawn: the name of a shape and a fill colour ``#rrggbb``."""

    shape: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """How links of one role are drawn: colour, dash lengths in pixels (empty: solid) and width."""

    colour: str
    dash: tuple[int, ...]
    width: float


def _polygon(points: Iterable[tuple[float, float]]) -> str:
    pairs = " L".join(f"{x:.4g} {y:.4g}" for x, y in points)
    return f"M{pairs}Z"


def _regular(corners: int, radius: float, turn: float) -> str:
    angles = (turn + 2 * math.pi * i / corners for i in range(corners))
    return _polygon((radius * math.cos(a), radius * math.sin(a)) for a in angles)


def _star(radius: float, inner: float) -> str:
    angles = [-math.pi / 2 + math.pi * i / 5 for i in range(10)]
    radii = [radius if i % 2 == 0 else inner for i in range(10)]
    return _polygon((r * math.cos(a), r * math.sin(a)) for a, r in zip(angles, radii, strict=True))


_CIRCLE = "M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z"
_CROSS = "M-.4 -1.1H.4V-.4H1.1V.4H.4V1.1H-.4V.4H-1.1V-.4H-.4Z"
# The ring around the diamond marks the meta-coalition; "evenodd" cuts the gap out.
_RINGED = f"{_regular(4, 1.62, 0)} {_regular(4, 1.38, 0)} {_regular(4, 1.16, 0)}"

# SVG paths around the origin; each has about the area of the unit circle, so that size compares.
SHAPES: dict[str, str] = {
    "circle": _CIRCLE,
    "square": _regular(4, 1.253, math.pi / 4),
    "diamond": _regular(4, 1.253, 0),
    "ringed-diamond": _RINGED,
    "triangle": _regular(3, 1.555, -math.pi / 2),
    "triangle-down": _regular(3, 1.555, math.pi / 2),
    "pentagon": _regular(5, 1.149, -math.pi / 2),
    "hexagon": _regular(6, 1.1, 0),
    "star": _star(1.5, 0.68),
    "cross": _CROSS,
}

# How far a shape reaches from its centre, in radii: labels and hit tests keep that distance.
REACH: dict[str, float] = {
    "circle": 1.0,
    "square": 0.9,
    "diamond": 1.25,
    "ringed-diamond": 1.62,
    "triangle": 1.35,
    "triangle-down": 1.35,
    "pentagon": 1.1,
    "hexagon": 1.1,
    "star": 1.4,
    "cross": 1.1,
}

# GEXF knows four shapes only.
GEXF_SHAPES: dict[str, str] = {
    "circle": "disc",
    "square": "square",
    "diamond": "diamond",
    "ringed-diamond": "diamond",
    "triangle": "triangle",
    "triangle-down": "triangle",
    "pentagon": "disc",
    "hexagon": "disc",
    "star": "diamond",
    "cross": "square",
}

# Looks of the types we know, by scheme and concept or by class name. All forms of alliance share one
# colour and differ in shape; so do the kinds of organisation: blue for associations, green for the social
# economy, violet for public bodies, brown for care, teaching and publishing; the frequent kinds differ in
# shape across the colours too.
NODE_LOOKS: dict[str, Look] = {
    "alliance-form/alliance": Look(shape="diamond", colour="#a3195b"),
    "alliance-form/coalition": Look(shape="hexagon", colour="#a3195b"),
    "alliance-form/collective": Look(shape="pentagon", colour="#a3195b"),
    "alliance-form/network": Look(shape="star", colour="#a3195b"),
    "organisation-kind/association": Look(shape="circle", colour="#0067a3"),
    "organisation-kind/federation": Look(shape="hexagon", colour="#0067a3"),
    "organisation-kind/ess-structure": Look(shape="square", colour="#007a5a"),
    "organisation-kind/mutual": Look(shape="hexagon", colour="#007a5a"),
    "organisation-kind/union-of-mutuals": Look(shape="pentagon", colour="#007a5a"),
    "organisation-kind/cooperative": Look(shape="triangle", colour="#007a5a"),
    "organisation-kind/bank": Look(shape="triangle-down", colour="#007a5a"),
    "organisation-kind/social-protection-group": Look(shape="cross", colour="#007a5a"),
    "organisation-kind/local-authority": Look(shape="triangle-down", colour="#5f4b9e"),
    "organisation-kind/state-agency": Look(shape="cross", colour="#5f4b9e"),
    "organisation-kind/ministry": Look(shape="hexagon", colour="#5f4b9e"),
    "organisation-kind/regional-directorate": Look(shape="pentagon", colour="#5f4b9e"),
    "organisation-kind/parapublic-institution": Look(shape="square", colour="#5f4b9e"),
    "organisation-kind/care-establishment": Look(shape="cross", colour="#9c4a2f"),
    "organisation-kind/school-or-university": Look(shape="triangle", colour="#9c4a2f"),
    "organisation-kind/research-chair": Look(shape="square", colour="#9c4a2f"),
    "organisation-kind/publisher": Look(shape="pentagon", colour="#9c4a2f"),
    "organisation-kind/not-stated": Look(shape="circle", colour="#79838f"),
    "vocab/action-domain": Look(shape="hexagon", colour="#8a6d00"),
    "MetaCoalition": Look(shape="ringed-diamond", colour="#a3195b"),
    "Alliance": Look(shape="diamond", colour="#a3195b"),
    "Organisation": Look(shape="circle", colour="#0067a3"),
    "Person": Look(shape="triangle", colour="#8a5a00"),
    "Initiative": Look(shape="star", colour="#b35900"),
    "Event": Look(shape="pentagon", colour="#5f4b9e"),
    "Territory": Look(shape="hexagon", colour="#55606e"),
    "untyped": Look(shape="circle", colour="#79838f"),
}

_SPARE_LOOKS: tuple[Look, ...] = (
    Look(shape="circle", colour="#0067a3"),
    Look(shape="square", colour="#007a5a"),
    Look(shape="triangle", colour="#b35900"),
    Look(shape="hexagon", colour="#5f4b9e"),
    Look(shape="pentagon", colour="#2b7a9b"),
    Look(shape="star", colour="#8a6d00"),
    Look(shape="triangle-down", colour="#9c4a2f"),
    Look(shape="cross", colour="#55606e"),
    Look(shape="square", colour="#33415c"),
    Look(shape="circle", colour="#6b7a1e"),
)

# Further types repeat neither a shape with its colour nor, one after the other, a shape or a colour.
_MORE_LOOKS: tuple[Look, ...] = tuple(
    Look(shape=shape, colour=colour)
    for turn in range(1, 8)
    for shape, colour in zip(
        (look.shape for look in _SPARE_LOOKS[:8]),
        (_SPARE_LOOKS[(i + turn) % 8].colour for i in range(8)),
        strict=True,
    )
)


def spare_looks() -> tuple[Look, ...]:
    """Return the looks for types that we do not know, in the order in which they are given."""
    return _SPARE_LOOKS


EDGE_STROKES: dict[str, Stroke] = {
    "membership-role/member": Stroke(colour="#4a6a8a", dash=(), width=1.5),
    "membership-role/founding-member": Stroke(colour="#a3195b", dash=(9, 4), width=1.8),
    "membership-role/founder": Stroke(colour="#a3195b", dash=(9, 4), width=1.8),
    "ontology/role": Stroke(colour="#5f7489", dash=(), width=1.3),
}

_SPARE_STROKES: tuple[Stroke, ...] = (
    Stroke(colour="#4a6a8a", dash=(), width=1.5),
    Stroke(colour="#b35900", dash=(9, 4), width=1.6),
    Stroke(colour="#007a5a", dash=(2, 4), width=1.9),
    Stroke(colour="#5f4b9e", dash=(10, 4, 2, 4), width=1.6),
    Stroke(colour="#2b7a9b", dash=(5, 4), width=1.6),
    Stroke(colour="#8a6d00", dash=(14, 5), width=1.6),
    Stroke(colour="#55606e", dash=(2, 7), width=1.6),
)


def spare_strokes() -> tuple[Stroke, ...]:
    """Return the strokes for roles that we do not know, in the order in which they are given."""
    return _SPARE_STROKES


# Roles for which no line is left that could be told apart.
OTHER_STROKE = Stroke(colour="#8a94a0", dash=(), width=1.1)

# Where more types or roles meet than a reader tells apart, the rarer ones share these.
OTHER_LOOK = Look(shape="square", colour="#7d8794")
PLAIN_STROKE = Stroke(colour="#6b7684", dash=(), width=1.2)
# Charts: bars and intervals, and what stands out from them.
CHART_COLOURS = ("#0067a3", "#a3195b")
# A mark that is not there: the places of an empty grid.
FAINT = "#d5dae0"


def short_key(key: str, known: Iterable[str]) -> str | None:
    """Return which of the known keys an IRI ends with: ``scheme/concept`` or a class name.

    >>> short_key("https://w3id.org/rte/ontology#Alliance", ["Alliance"])
    'Alliance'
    """
    tail = "/" + key.rstrip("/").replace("#", "/")
    return next((name for name in known if tail.endswith("/" + name)), None)


def _assign(
    keys: Sequence[str],
    known: dict[str, T],
    spare: Sequence[T],
    same: Callable[[T], object],
    last: T | None = None,
) -> dict[str, T]:
    """Give known keys their fixed style and the others, in their order, the spare ones not yet taken."""
    names = {key: short_key(key, known) for key in keys}
    chosen = {key: known[name] for key, name in names.items() if name is not None}
    taken = {same(style) for style in chosen.values()}
    free = [style for style in spare if same(style) not in taken] or list(spare)
    for i, key in enumerate(dict.fromkeys(key for key in keys if key not in chosen)):
        chosen[key] = free[i % len(free)] if last is None or i < len(free) else last
    return chosen


def node_looks(types: Sequence[str]) -> dict[str, Look]:
    """Return one look per node type; types we do not know get spare looks in the order of their IRIs."""
    return _assign(
        sorted(types), NODE_LOOKS, (*_SPARE_LOOKS, *_MORE_LOOKS), lambda look: (look.shape, look.colour)
    )


def edge_strokes(roles: Sequence[str]) -> dict[str, Stroke]:
    """Return one stroke per role; roles we do not know get spare strokes in the order given.

    When the spare ones are used up the roles that are left share one thin grey line.
    """
    same: Callable[[Stroke], object] = lambda stroke: (stroke.colour, stroke.dash)  # noqa: E731
    return _assign(roles, EDGE_STROKES, _SPARE_STROKES, same, OTHER_STROKE)


def radius(value: float | None, largest: float) -> float:
    """Return the radius of a node whose *area* grows with the value (0 for missing values)."""
    share = 0.0 if value is None or largest <= 0 else max(0.0, min(1.0, value / largest))
    return SMALLEST_RADIUS + (LARGEST_RADIUS - SMALLEST_RADIUS) * math.sqrt(share)


def rgb(colour: str) -> tuple[int, int, int]:
    """Split ``#rrggbb`` into three numbers from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
