"""The small network around a resource: names in a column, ties as arcs beside them, legible on a phone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from rte_graph.publish.kinds import DOTS
from rte_graph.views.layout import text_width

WIDTH = 300.0
ROW = 23.0
ARCS = 78.0
"""Room for the arcs, left of the names."""
MOST = 14
SIZE = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class EgoNode:
    """A node: its name, its kind, where its page is ("" for none)."""

    iri: str
    label: str
    kind: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """A tie as an SVG path; ``own`` where it is the subject's."""

    path: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A node at its place, with the name as there is room for it."""

    y: float
    css: str
    label: str
    full: str
    href: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ego:
    """A drawing: its height, its arcs and its dots; ``more`` neighbours are not drawn."""

    height: float
    arcs: tuple[Arc, ...]
    dots: tuple[Dot, ...]
    more: int


def draw_ego(subject: EgoNode, others: Sequence[EgoNode], ties: Collection[tuple[str, str]]) -> Ego | None:
    """Place the subject on top, its neighbours below it, and the ties between all of them.

    Parameters
    ----------
    subject : EgoNode
    others : sequence of EgoNode
        Neighbours, most telling first; the first `MOST` are drawn, those of one kind together.
    ties : collection of pairs of IRIs
        Pairs of neighbours that are tied to each other.

    Returns
    -------
    Ego or None
        None where there is no neighbour.
    """
    if not others:
        return None
    rank = {kind: place for place, kind in enumerate(DOTS)}
    drawn = sorted(others[:MOST], key=lambda each: rank.get(each.kind, len(rank)))
    rows = {each.iri: place for place, each in enumerate([subject, *drawn])}
    arcs = [Arc(path=_arc(0, rows[each.iri]), own=True) for each in drawn]
    inner = sorted((rows[a], rows[b]) for a, b in ties if a in rows and b in rows)
    arcs = [Arc(path=_arc(*sorted(pair)), own=False) for pair in inner if 0 not in pair] + arcs
    return Ego(
        height=ROW * len(rows) + 4,
        arcs=tuple(arcs),
        dots=tuple(_dot(each, place) for place, each in enumerate([subject, *drawn])),
        more=len(others) - len(drawn),
    )


def _y(row: int) -> float:
    return ROW * row + ROW / 2 + 2


def _arc(first: int, second: int) -> str:
    """Return a half ellipse between two rows; long ones stay in the room that there is."""
    top, bottom = _y(first), _y(second)
    reach = min(ARCS - 10, 10 + 5.2 * (second - first))
    return f"M{ARCS:g} {top:g}A{reach:.4g} {(bottom - top) / 2:g} 0 0 0 {ARCS:g} {bottom:g}"


def _dot(node: EgoNode, row: int) -> Dot:
    return Dot(
        y=_y(row),
        css=node.kind if node.kind in DOTS else "other",
        label=fitted(node.label, WIDTH - ARCS - 16, bold=row == 0),
        full=node.label,
        href=node.href,
        own=row == 0,
    )


def fitted(label: str, room: float, *, bold: bool = False) -> str:
    """Return a name, cut where it is wider than the room.

    Examples
    --------
    >>> fitted("Siel Bleu", 200), fitted("Siel Bleu", 30)
    ('Siel Bleu', 'Siel…')
    """
    size = SIZE * (1.08 if bold else 1.0)
    if text_width(label, size) <= room:
        return label
    widths = accumulate(text_width(char, size) for char in label)
    end = sum(1 for _ in takewhile(lambda width: width + text_width("…", size) <= room, widths))
    return f"{label[:end].rstrip()}…"
