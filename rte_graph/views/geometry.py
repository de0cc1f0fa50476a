"""Curves of links, shared by the SVG writer and, rule for rule, by ``assets/page/model.js``."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from rte_graph.views.page_model import PageEdge

Point = tuple[float, float]
# How far the middles of two neighbouring parallel links stand apart, as a share of their length.
FAN = 0.16


def bends(edges: Sequence[PageEdge]) -> list[float]:
    """Return a bend per link: 0 for a lone one, spread evenly around 0 for parallel ones.

    Links of one pair count as parallel in either direction.
    """
    groups: dict[tuple[int, int], list[int]] = {}
    for i, edge in enumerate(edges):
        groups.setdefault((min(edge.source, edge.target), max(edge.source, edge.target)), []).append(i)
    result = [0.0] * len(edges)
    for (low, _), members in groups.items():
        for place, i in enumerate(members):
            bend = (place - (len(members) - 1) / 2) * FAN * 2
            result[i] = bend if edges[i].source == low else -bend
    return result


def control_point(a: Point, b: Point, bend: float) -> Point:
    """Return the control point of the quadratic curve from ``a`` to ``b``."""
    return (a[0] + b[0]) / 2 - (b[1] - a[1]) * bend, (a[1] + b[1]) / 2 + (b[0] - a[0]) * bend


def polyline(a: Point, b: Point, bend: float, pieces: int = 6) -> list[tuple[Point, Point]]:
    """Cut a link into straight pieces, for tests against names."""
    if bend == 0:
        return [(a, b)]
    c = control_point(a, b, bend)
    points = []
    for i in range(pieces + 1):
        t = i / pieces
        u = 1 - t
        points.append(
            (
                u * u * a[0] + 2 * u * t * c[0] + t * t * b[0],
                u * u * a[1] + 2 * u * t * c[1] + t * t * b[1],
            )
        )
    return list(itertools.pairwise(points))
