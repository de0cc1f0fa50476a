"""The network as a figure: what a reader can read at that width, and what was left out for it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from rte_graph.views import style
from rte_graph.views.figures.frame import Caption, Figure, LegendEntry, sample_of
from rte_graph.views.figures.selection import Selection, left_out, selection
from rte_graph.views.figures.sheet import MM, SMALL, Area, Drawing, Item, Line, Mark, Point, Words, moved
from rte_graph.views.figures.words import credits_of, in_a_sentence, many, names_left_out, one_line, said
from rte_graph.views.geometry import bends, control_point, polyline
from rte_graph.views.labels import LabelRequest, PlacedLabel, outward, place_labels, wrap
from rte_graph.views.layout import compute_layout, problem_of
from rte_graph.views.page_build import NO_ROLE
from rte_graph.views.page_model import PageEdge, PageNetwork
from rte_graph.views.picture import node_radii

# So many square millimetres a shape and its lines need, or nothing can be followed.
ROOM_OF_NODE = 115.0
# A picture is at most so much higher than wide.
TALLEST, FLATTEST = 1.12, 0.8
# Kinds of shapes and of lines that a reader tells apart; the rarer ones are drawn alike.
MOST_TYPES, MOST_ROLES = 6, 5
# Names are placed at the scale of the screen, where one pixel is half a point in print.
PIXEL = 0.5
LABEL = SMALL / PIXEL * 1.06
MARGIN = 3.0
SMALLEST, LARGEST, RINGED = 1.7, 7.2, 2.8


def network_figure(
    network: PageNetwork, width: float, *, lang: str = "fr", size_by: str | None = None, seed: int = 1
) -> Figure:
    """Draw a network at a width in points; the shapes' area grows with a measure, else with the neighbours.

    Where there are more nodes than the width bears, those with the fewest ties are left out; rare types
    and roles share one look; names without room are not written. The caption counts all of it.
    """
    tallest = width * TALLEST
    chosen = selection(network, int(width * tallest / MM**2 / ROOM_OF_NODE))
    drawn = _Drawn(chosen.network, _sizes(network, chosen.network, size_by), width, lang, seed)
    return Figure(
        plot=Drawing(items=tuple(drawn.items()), height=drawn.height),
        legend=tuple(drawn.legend()),
        caption=_caption(network, chosen, drawn, size_by, lang),
    )


def _caption(
    network: PageNetwork, chosen: Selection, drawn: _Drawn, size_by: str | None, lang: str
) -> Caption:
    shown = chosen.network
    counts = said(
        lang,
        f"{many(len(shown.nodes), 'fr', 'nœud', '')} et {many(len(shown.edges), 'fr', 'lien', '')} dessinés.",
        f"{many(len(shown.nodes), 'en', '', 'node')} and {many(len(shown.edges), 'en', '', 'tie')} drawn.",
    )
    return Caption(
        title=network.title.in_language(lang),
        sentences=(
            counts,
            drawn.alike(),
            _sized(network, size_by, lang),
            left_out(chosen, lang),
            names_left_out(drawn.unnamed, lang),
        ),
        credits_=credits_of(network, lang),
    )


def _sized(network: PageNetwork, size_by: str | None, lang: str) -> str:
    """Say what the size of a shape tells, with its definition."""
    measure = network.measure(size_by) if size_by else None
    if measure is None:
        return said(
            lang,
            "La surface des formes croît avec le nombre de voisins distincts dans le réseau entier.",
            "The area of the shapes grows with the number of distinct neighbours in the whole network.",
        )
    label, definition = measure.label.in_language(lang), measure.definition.in_language(lang)
    apart = said(lang, ", une échelle par ensemble", ", a scale for each set") if network.two_mode else ""
    return said(
        lang,
        f"La surface des formes croît avec la mesure « {in_a_sentence(label)} »{apart}. "
        f"{label} : {definition}",
        f"The area of the shapes grows with {in_a_sentence(label)}{apart}. {label}: {definition}",
    )


def _sizes(whole: PageNetwork, part: PageNetwork, size_by: str | None) -> list[float]:
    """Return the radius of each node of the part as a share of the largest in the whole network."""
    if size_by is not None:
        sizes = node_radii(whole, size_by)
    else:
        degrees = whole.degrees()
        sizes = [style.radius(float(degree), float(max(degrees, default=0))) for degree in degrees]
    of_iri = {node.iri: size / style.LARGEST_RADIUS for node, size in zip(whole.nodes, sizes, strict=True)}
    return [of_iri[node.iri] for node in part.nodes]


def _one_a_pair(edges: Sequence[PageEdge]) -> tuple[PageEdge, ...]:
    pairs = {(min(e.source, e.target), max(e.source, e.target)): e for e in reversed(edges)}
    return tuple(sorted(pairs.values(), key=lambda e: (e.source, e.target)))


class _Drawn:
    """The state of one drawing: places in points, looks, names."""

    def __init__(
        self, network: PageNetwork, sizes: Sequence[float], width: float, lang: str, seed: int
    ) -> None:
        self.network, self.width, self.lang = network, width, lang
        self._looks()
        self.edges = _one_a_pair(network.edges) if self.plain else network.edges
        self.bends = bends(self.edges)
        crowd = max(0.6, min(1.0, math.sqrt(30 / max(len(sizes), 1)))) * min(1.35, width / (85 * MM))
        self.radii = [max(SMALLEST, LARGEST * crowd * size) for size in sizes]
        for i, node in enumerate(network.nodes):
            if style.REACH[self.looks[node.type].shape] > 1.5:
                # A smaller ring could not be seen.
                self.radii[i] = max(self.radii[i], RINGED)
        self.reach = [
            r * style.REACH[self.looks[node.type].shape]
            for r, node in zip(self.radii, network.nodes, strict=True)
        ]
        layout = compute_layout(problem_of(network), seed=seed)
        self.points, self.height = self._fit(layout.positions)
        self.labels = self._names()
        self.unnamed = sum(label is None for label in self.labels)
        self._trim()

    def _looks(self) -> None:
        types = Counter(node.type for node in self.network.nodes)
        roles = Counter(edge.role for edge in self.network.edges)
        self.types = [t for t in self.network.types if types[t.key]]
        self.roles = [r for r in self.network.roles if roles[r.key]]
        # The type of a hub counts for more than that of as many leaves.
        weight: Counter[str] = Counter()
        for node, degree in zip(self.network.nodes, self.network.degrees(), strict=True):
            weight[node.type] += degree + 1
        frequent = sorted(self.types, key=lambda t: (-weight[t.key], t.key))
        kept = frequent if len(frequent) <= MOST_TYPES else frequent[: MOST_TYPES - 1]
        own = style.node_looks([t.key for t in kept])
        self.looks = {t.key: own.get(t.key, style.OTHER_LOOK) for t in self.types}
        self.plain = len(self.roles) > MOST_ROLES
        strokes = style.edge_strokes([r.key for r in self.roles])
        self.strokes = {key: style.PLAIN_STROKE if self.plain else stroke for key, stroke in strokes.items()}
        self.counts, self.kept = types | roles, {t.key for t in kept}

    def _fit(self, positions: Sequence[Point]) -> tuple[list[Point], float]:
        """Turn and stretch the layout into the width; return the places and the height."""
        if not positions:
            return [], 10.0
        side = max(self.reach) + MARGIN
        spread_x, spread_y = (max(p[a] for p in positions) - min(p[a] for p in positions) for a in (0, 1))
        if spread_y > spread_x * 1.05:
            positions = [(y, -x) for x, y in positions]
            spread_x, spread_y = spread_y, spread_x
        # Room at the sides for names that stand beside their shapes.
        beside = min(0.13 * self.width, 30.0)
        scale = (self.width - 2 * side - 2 * beside) / max(spread_x, 1.0)
        height = min(max(spread_y * scale * 1.25, FLATTEST * self.width), TALLEST * self.width)
        rise = (height - 2 * side - 16) / max(spread_y, 1.0) if spread_y > 1 else 0.0
        left, top = min(p[0] for p in positions), min(p[1] for p in positions)
        places = [
            (side + beside + (x - left) * scale, side + 8 + (y - top) * rise if rise else height / 2)
            for x, y in positions
        ]
        return self._apart(places, height), height

    def _apart(self, places: list[Point], height: float) -> list[Point]:
        """Push shapes apart that touch, each by half of what is missing, within the frame."""
        points = [list(place) for place in places]
        for _ in range(80):
            still = True
            for i in range(len(points)):
                for j in range(i):
                    dx, dy = points[i][0] - points[j][0], points[i][1] - points[j][1]
                    apart, need = math.hypot(dx, dy), self.reach[i] + self.reach[j] + 1.6
                    if apart < need:
                        ux, uy = (dx / apart, dy / apart) if apart > 1e-6 else (1.0, 0.0)
                        push = (need - apart) / 2
                        points[i][0], points[i][1] = points[i][0] + ux * push, points[i][1] + uy * push
                        points[j][0], points[j][1] = points[j][0] - ux * push, points[j][1] - uy * push
                        still = False
            for point, reach in zip(points, self.reach, strict=True):
                point[0] = min(max(point[0], reach + 1), self.width - reach - 1)
                point[1] = min(max(point[1], reach + 1), height - reach - 1)
            if still:
                break
        return [(round(x, 2), round(y, 2)) for x, y in points]

    def _names(self) -> list[PlacedLabel | None]:
        degrees = self.network.degrees()
        order = sorted(range(len(degrees)), key=lambda i: (-degrees[i], -self.radii[i], i))
        must = {i for i in order[: round(self.width / MM / 20)] if degrees[i] > 2}
        targets = sum(node.side == "target" for node in self.network.nodes)
        self.few_targets = self.network.two_mode and targets <= len(degrees) / 3
        self.requests = {i: self._request(i, i in must) for i in order}
        pixels = [(x / PIXEL, y / PIXEL) for x, y in self.points]
        reach = [r / PIXEL for r in self.reach]
        shapes = [(x - r, y - r, x + r, y + r) for (x, y), r in zip(pixels, reach, strict=True)]
        segments = [
            piece
            for edge, bend in zip(self.edges, self.bends, strict=True)
            for piece in polyline(pixels[edge.source], pixels[edge.target], bend)
        ]
        frame = (0.0, 0.0, self.width / PIXEL, self.height / PIXEL)
        placed = place_labels([self.requests[i] for i in order], shapes, segments, frame)
        result: list[PlacedLabel | None] = [None] * len(order)
        for i, label in zip(order, placed, strict=True):
            result[i] = label
        return result

    def _trim(self) -> None:
        """Take away the empty room above and below."""
        boxes = [tuple(side * PIXEL for side in label.box) for label in self.labels if label]
        tops = [box[1] for box in boxes] + [y - r for (_, y), r in zip(self.points, self.reach, strict=True)]
        feet = [box[3] for box in boxes] + [y + r for (_, y), r in zip(self.points, self.reach, strict=True)]
        self.above = max(min(tops, default=0.0) - 1.0, 0.0)
        self.height = max(feet, default=self.height) + 1.0 - self.above

    def _request(self, i: int, must: bool) -> LabelRequest:
        edges = self.network.edges
        near = [self.points[e.target] for e in edges if e.source == i]
        near += [self.points[e.source] for e in edges if e.target == i]
        name = one_line(self.network.nodes[i].label.in_language(self.lang))
        x, y = self.points[i]
        return LabelRequest(
            at=(x / PIXEL, y / PIXEL),
            reach=self.reach[i] / PIXEL,
            lines=wrap(name, 15, 3),
            narrow=wrap(name, 11, 4),
            must=must,
            size=LABEL,
            bold=self.few_targets and self.network.nodes[i].side == "target",
            outward=outward(self.points[i], near),
        )

    def items(self) -> list[Item]:
        """Return lines, then shapes, then leaders, then names, so that nothing covers a name."""
        items: list[Item] = []
        for edge, bend in zip(self.edges, self.bends, strict=True):
            a, b = self.points[edge.source], self.points[edge.target]
            stroke = self.strokes[edge.role]
            items.append(
                Line(
                    points=(a, b), colour=stroke.colour, width=stroke.width * 0.42,
                    dash=tuple(0.42 * d for d in stroke.dash), opacity=0.75,
                    bend=control_point(a, b, bend) if bend else None,
                )
            )  # fmt: skip
        for i, node in enumerate(self.network.nodes):
            look = self.looks[node.type]
            items.append(
                Mark(
                    shape=look.shape, at=self.points[i], radius=self.radii[i], colour=look.colour,
                    name=node.label.in_language(self.lang), edge=min(0.5, 0.1 * self.radii[i]),
                )
            )  # fmt: skip
        drawn = items + self._leaders() + self._written()
        return [moved(item, 0.0, -self.above) for item in drawn]

    def _leaders(self) -> list[Item]:
        found: list[Item] = []
        for i, label in enumerate(self.labels):
            if label is None or not label.leader:
                continue
            left, top, right, bottom = (side * PIXEL for side in label.box)
            x, y = self.points[i]
            end = (min(max(x, left), right), min(max(y, top), bottom))
            away = math.dist((x, y), end) or 1.0
            start = (
                x + (end[0] - x) * self.reach[i] / away,
                y + (end[1] - y) * self.reach[i] / away,
            )
            found.append(Line(points=(start, end), colour=style.MUTED, width=0.4))
        return found

    def _written(self) -> list[Item]:
        backs: list[Item] = []
        words: list[Item] = []
        for i, label in enumerate(self.labels):
            if label is None:
                continue
            left, top, right, bottom = (side * PIXEL for side in label.box)
            backs.append(Area(box=(left, top, right, bottom), colour=style.PAPER, opacity=0.82))
            step = (bottom - top) / len(label.lines)
            for row, text in enumerate(label.lines):
                words.append(
                    Words(
                        at=((left + right) / 2, top + step * row + SMALL * 0.95),
                        text=text,
                        anchor="middle",
                        bold=self.requests[i].bold,
                    )
                )
        return backs + words

    def alike(self) -> str:
        """Say that lines of many roles are drawn alike."""
        if not self.plain:
            return ""
        return said(
            self.lang,
            f"Les liens ont {len(self.roles)} rôles ; un trait par paire de nœuds ({len(self.edges)}).",
            f"The ties have {len(self.roles)} roles; one line a pair of nodes ({len(self.edges)}).",
        )

    def legend(self) -> list[LegendEntry]:
        """Return the entries of shapes, then of lines, with counts."""
        entries = []
        for t in self.types:
            if t.key in self.kept:
                text = f"{t.label.in_language(self.lang)} ({self.counts[t.key]})"
                entries.append(sample_of(self.looks[t.key].shape, self.looks[t.key].colour, text))
        others = [t for t in self.types if t.key not in self.kept]
        if others:
            count = sum(self.counts[t.key] for t in others)
            words = said(self.lang, "autres types", "other types")
            text = f"{len(others)} {words} ({count})"
            entries.append(sample_of(style.OTHER_LOOK.shape, style.OTHER_LOOK.colour, text))
        for r in self.roles:
            if self.plain or r.key == NO_ROLE:
                continue
            stroke = self.strokes[r.key]
            line = Line(
                points=((-8.0, 0.0), (8.0, 0.0)), colour=stroke.colour, width=stroke.width * 0.5,
                dash=tuple(0.42 * d for d in stroke.dash),
            )  # fmt: skip
            text = f"{r.label.in_language(self.lang)} ({self.counts[r.key]})"
            entries.append(LegendEntry(text=text, sample=(line,), width=16.0))
        return entries
