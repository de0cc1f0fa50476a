"""A static SVG of a network, with title, legend and credits: for the report, papers and print."""

from __future__ import annotations

from collections import Counter
from xml.sax.saxutils import escape, quoteattr

from rte_graph.views import style
from rte_graph.views.geometry import bends, control_point, polyline
from rte_graph.views.gexf import xml_text
from rte_graph.views.labels import LabelRequest, PlacedLabel, outward, place_labels, wrap
from rte_graph.views.layout import Layout, text_width
from rte_graph.views.page_model import PageCategory, PageNetwork

MARGIN = 24.0
LABEL_ROOM = 150.0
LEGEND_LINE = 26.0
# Of a set with at most so many nodes every name is a main one; else so many of the most linked nodes are.
SMALL_SET, MOST_MAINS = 16, 10


def draw_svg(
    network: PageNetwork,
    layout: Layout,
    *,
    lang: str = "fr",
    size_by: str | None = None,
    title: bool = True,
    text_size: float = 13.0,
) -> str:
    """Write a standalone SVG; the same input gives the same bytes.

    Parameters
    ----------
    network, layout
        What to draw and where.
    lang : {"fr", "en"}
        Language of title, legend and credits.
    size_by : str, optional
        Name of the measure that sets the sizes (default: the first measure, else degree).
    title : bool
        Write title and credits into the picture; leave out where the page around says them.
    text_size : float
        Size of the names in pixels at scale 1; more where the picture will be shown smaller.
    """
    return _Picture(network, layout, lang, size_by, title, text_size).write()


class _Picture:
    """The state of one drawing."""

    def __init__(
        self,
        network: PageNetwork,
        layout: Layout,
        lang: str,
        size_by: str | None,
        title: bool,
        text_size: float,
    ) -> None:
        self.network, self.lang, self.titled, self.text_size = network, lang, title, text_size
        self.points = layout.positions
        self.looks = style.node_looks([t.key for t in network.types])
        self.strokes = style.edge_strokes([r.key for r in network.roles])
        # Where the picture will be shown smaller, shapes and lines grow with the names.
        self.zoom = max(1.0, text_size / 13)
        self.radii = [r * min(1.25, self.zoom) for r in node_radii(network, size_by)]
        reaches = zip(self.radii, network.nodes, strict=True)
        self.reach = [r * style.REACH[self.looks[node.type].shape] for r, node in reaches]
        self.measure = network.measure(size_by)
        self.labels = self._place()
        self.frame = self._frame()

    def _place(self) -> list[PlacedLabel | None]:
        self.must = main_nodes(self.network)
        degrees = self.network.degrees()
        order = sorted(range(len(self.points)), key=lambda i: (i not in self.must, -degrees[i], i))
        self.requests = {i: self._request(i) for i in order}
        shapes = [(x - r, y - r, x + r, y + r) for (x, y), r in zip(self.points, self.reach, strict=True)]
        segments = [
            piece
            for edge, bend in zip(self.network.edges, bends(self.network.edges), strict=True)
            for piece in polyline(self.points[edge.source], self.points[edge.target], bend)
        ]
        placed = place_labels([self.requests[i] for i in order], shapes, segments)
        result: list[PlacedLabel | None] = [None] * len(order)
        for i, label in zip(order, placed, strict=True):
            result[i] = label
        return result

    def _request(self, i: int) -> LabelRequest:
        node = self.network.nodes[i]
        near = [self.points[e.target] for e in self.network.edges if e.source == i]
        near += [self.points[e.source] for e in self.network.edges if e.target == i]
        main, name = i in self.must, node.label.in_language(self.lang)
        size = self.text_size * (
            (1.3 if self.radii[i] > 27 * min(1.25, self.zoom) else 1.15) if main else 1.0
        )
        return LabelRequest(
            at=self.points[i],
            reach=self.reach[i],
            lines=wrap(name),
            narrow=wrap(name, 14, 4),
            must=i in self.must,
            size=round(size, 1),
            bold=main,
            outward=outward(self.points[i], near),
        )

    def _frame(self) -> tuple[float, float, float, float]:
        boxes = [label.box for label in self.labels if label]
        boxes += [(x - r, y - r, x + r, y + r) for (x, y), r in zip(self.points, self.reach, strict=True)]
        boxes = boxes or [(0.0, 0.0, 100.0, 100.0)]
        left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
        return left, top, max(b[2] for b in boxes), max(b[3] for b in boxes)

    def write(self) -> str:
        left, top, right, bottom = self.frame
        room = max(right - left, 560.0)
        width = room + 2 * MARGIN
        legend, legend_height = self._legend(room)
        caption, credits_ = self._captions(room) if self.titled else ([], [])
        head = 44.0 + 17 * len(caption) if self.titled else 0.0
        foot = legend_height + (24.0 + 16 * len(credits_) if self.titled else 8.0)
        height = bottom - top + 2 * MARGIN + head + foot
        shift_x = MARGIN - left + (room - (right - left)) / 2
        shift_y = MARGIN - top + head
        title = self.network.title.in_language(self.lang)
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
            f'width="{width:.0f}" height="{height:.0f}" role="img" aria-labelledby="t d" '
            f"font-family={quoteattr(style.FONT)}>",
            f'<title id="t">{_xml(title)}</title>',
            f'<desc id="d">{_xml(" ".join(self._description()))}</desc>',
            f'<rect width="100%" height="100%" fill="{style.PAPER}"/>',
            *(self._titles(caption, credits_, height) if self.titled else []),
            f'<g transform="translate({shift_x:.1f} {shift_y:.1f})">',
            *self._links(),
            *self._shapes(),
            *self._names(),
            "</g>",
            f'<g class="legend" transform="translate({MARGIN:.1f} {height - foot:.1f})">{legend}</g>',
            "</svg>",
        ]
        return "\n".join(parts) + "\n"

    def _description(self) -> list[str]:
        """Say what the picture shows: what counts most comes first, it may be all that is read."""
        shown, links = len(self.network.nodes), len(self.network.edges)
        hidden = sum(label is None for label in self.labels)
        headline = self.network.headline.in_language(self.lang)
        text = self.network.description.in_language(self.lang)
        many, more = "s" * (shown != 1), "s" * (links != 1)
        if self.lang == "en":
            counts = f"{shown} node{many}, {links} link{more}."
            lost = f"{hidden} name{'s' * (hidden > 1)} left out for want of room." if hidden else ""
        else:
            counts = f"{shown} nœud{'s' * (shown > 1)}, {links} lien{'s' * (links > 1)}."
            lost = f"{hidden} nom{'s' * (hidden > 1)} non écrit{'s' * (hidden > 1)} faute de place."
        return [
            part for part in (f"{headline}." if headline else "", counts, lost * bool(hidden), text) if part
        ]

    def _captions(self, room: float) -> tuple[list[str], list[str]]:
        """Fold what stands below the title, and the credits, to the width of the picture."""
        making = self.network.making
        credits_ = (making.cite.in_language(self.lang), making.licence_in(self.lang))
        return (
            fold_text(" ".join(self._description()), room, 12),
            fold_text(" · ".join(part for part in credits_ if part), room, 12),
        )

    def _titles(self, caption: list[str], credits_: list[str], height: float) -> list[str]:
        size = f'fill="{style.MUTED}" font-size="12"'
        last = height - 14 - 16 * (len(credits_) - 1)
        return [
            f'<text x="{MARGIN}" y="38" font-size="20" font-weight="700" fill="{style.INK}">'
            f"{_xml(self.network.title.in_language(self.lang))}</text>",
            *(
                f'<text x="{MARGIN}" y="{58 + 17 * row}" {size}>{_xml(line)}</text>'
                for row, line in enumerate(caption)
            ),
            *(
                f'<text x="{MARGIN}" y="{last + 16 * row:.0f}" {size}>{_xml(line)}</text>'
                for row, line in enumerate(credits_)
            ),
        ]

    def _links(self) -> list[str]:
        lines = []
        for edge, bend in zip(self.network.edges, bends(self.network.edges), strict=True):
            a, b = self.points[edge.source], self.points[edge.target]
            c = control_point(a, b, bend)
            curve = (
                f"L{b[0]:.1f} {b[1]:.1f}" if bend == 0 else f"Q{c[0]:.1f} {c[1]:.1f} {b[0]:.1f} {b[1]:.1f}"
            )
            lines.append(f'<path d="M{a[0]:.1f} {a[1]:.1f}{curve}" fill="none" {self._stroke(edge.role)}/>')
        return lines

    def _stroke(self, role: str) -> str:
        stroke = self.strokes[role]
        lengths = " ".join(f"{length * self.zoom:g}" for length in stroke.dash)
        dash = f' stroke-dasharray="{lengths}"' if lengths else ""
        width = f"{stroke.width * self.zoom:.3g}"
        return f'stroke="{stroke.colour}" stroke-width="{width}" stroke-opacity="0.75"{dash}'

    def _shapes(self) -> list[str]:
        lines = []
        for node, (x, y), r in zip(self.network.nodes, self.points, self.radii, strict=True):
            look = self.looks[node.type]
            lines.append(shape(look, x, y, r, node.label.in_language(self.lang)))
        return lines

    def _names(self) -> list[str]:
        lines = []
        for i, label in enumerate(self.labels):
            if label is None:
                continue
            request = self.requests[i]
            left, top, right, bottom = label.box
            middle = (left + right) / 2
            if label.leader:
                x, y = self.points[i]
                end = (min(max(x, left), right), min(max(y, top), bottom))
                lines.append(
                    f'<path d="M{x:.1f} {y:.1f}L{end[0]:.1f} {end[1]:.1f}" stroke="{style.MUTED}" '
                    'stroke-width="0.8" fill="none"/>'
                )
            weight = ' font-weight="600"' if request.bold else ""
            for row, text in enumerate(label.lines):
                y = top + request.size * (0.93 + 1.22 * row)
                lines.append(
                    f'<text x="{middle:.1f}" y="{y:.1f}" text-anchor="middle" font-size="{request.size:g}"'
                    f'{weight} fill="{style.INK}" stroke="{style.HALO}" stroke-width="3.5" '
                    f'stroke-linejoin="round" paint-order="stroke">{_xml(text)}</text>'
                )
        return lines

    def _legend(self, room: float) -> tuple[str, float]:
        types = Counter(node.type for node in self.network.nodes)
        roles = Counter(edge.role for edge in self.network.edges)
        marks: list[tuple[str, str]] = [
            (shape(self.looks[t.key], 13, 0, 8, "", edge=0.4), self._entry(t, types[t.key]))
            for t in self.network.types
            if types[t.key]
        ]
        marks += self._role_entries(roles)
        if self.measure:
            word = "Size: " if self.lang == "en" else "Taille\u00a0: "
            marks.append(("", word + self.measure.label.in_language(self.lang)))
        x, y, parts = 0.0, 12.0, []
        for mark, text in marks:
            wide = 34 * bool(mark) + text_width(text, self.text_size) + 26
            if x > 0 and x + wide > room:
                x, y = 0.0, y + LEGEND_LINE * self.text_size / 13
            parts.append(
                f'<g transform="translate({x:.0f} {y:.0f})">{mark}<text x="{34 * bool(mark)}" y="4.5" '
                f'font-size="{self.text_size:g}" fill="{style.INK}">{_xml(text)}</text></g>'
            )
            x += wide
        return "".join(parts), y + LEGEND_LINE

    def _role_entries(self, counts: Counter[str]) -> list[tuple[str, str]]:
        """One entry a role; those that share the last line share an entry."""
        used = [role for role in self.network.roles if counts[role.key]]
        others = [role for role in used if self.strokes[role.key] == style.OTHER_STROKE]
        others = others if len(others) > 1 else []
        marked = [(role, self._entry(role, counts[role.key])) for role in used if role not in others]
        if others:
            many = sum(counts[role.key] for role in others)
            words = "other roles" if self.lang == "en" else "autres rôles"
            marked.append((others[0], f"{len(others)} {words} ({many})"))
        return [(f'<path d="M0 0H26" fill="none" {self._stroke(r.key)}/>', text) for r, text in marked]

    def _entry(self, category: PageCategory, count: int) -> str:
        return f"{category.label.in_language(self.lang)} ({count})"


def _xml(text: str) -> str:
    """Escape a text for XML and leave out what XML cannot hold."""
    return escape(xml_text(text))


def fold_text(text: str, room: float, size: float) -> list[str]:
    """Fold a text into lines no wider than the room.

    >>> fold_text("un deux trois", 50, 12)
    ['un deux', 'trois']
    """
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= room:
            lines[-1] = longer
        elif word:
            lines.append(word)
    return lines


def main_nodes(network: PageNetwork) -> set[int]:
    """Return what the picture is about: a small leading set whole, else the most linked nodes.

    The same rule as in ``assets/page/labels.js``; of equally linked nodes all are main ones or none.
    """
    lead, degrees = network.leading_side(), network.degrees()
    leading = [i for i, node in enumerate(network.nodes) if network.two_mode and node.side == lead]
    if 0 < len(leading) <= SMALL_SET:
        return set(leading)
    linked = sorted((i for i, d in enumerate(degrees) if d > 2), key=lambda i: (-degrees[i], i))
    limit = degrees[linked[MOST_MAINS]] if len(linked) > MOST_MAINS else 0
    return {i for i in linked[:MOST_MAINS] if degrees[i] > limit}


def node_radii(network: PageNetwork, size_by: str | None = None) -> list[float]:
    """Return the radius of each node by a measure, else by its number of neighbours.

    In a two-mode network the two sets are scaled apart, as their values do not compare.
    """
    measure = network.measure(size_by)
    values: list[float | None] = list(measure.values) if measure else [float(d) for d in network.degrees()]
    largest: dict[str, float] = {}
    for node, value in zip(network.nodes, values, strict=True):
        side = node.side if network.two_mode else ""
        largest[side] = max(largest.get(side, 0.0), value or 0.0)
    radii, lead = [], network.leading_side()
    for node, value in zip(network.nodes, values, strict=True):
        source = network.two_mode and node.side != lead
        full = style.radius(value, largest[node.side if network.two_mode else ""])
        radii.append(round(full * (0.5 if source else 1.0) + (2.5 if source else 0.0), 1))
    return radii


def shape(look: style.Look, x: float, y: float, r: float, name: str, edge: float = 1.5) -> str:
    """Write one shape with a white edge; a name becomes its tooltip."""
    tip = f"<title>{_xml(name)}</title>" if name else ""
    place = f"translate({x:.1f} {y:.1f}) scale({r:g})"
    # No line may show through the gap of a ringed shape.
    back = f'<path d="{style.SHAPES[look.shape]}" transform="{place}" fill="{style.PAPER}"/>'
    return (back if style.REACH[look.shape] > 1.5 else "") + (
        f'<path d="{style.SHAPES[look.shape]}" transform="{place}" fill="{look.colour}" '
        f'fill-rule="evenodd" stroke="{style.PAPER}" stroke-width="{edge / r:.3f}">{tip}</path>'
    )
