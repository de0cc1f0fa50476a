"""Put a figure together: the drawing, the legend under it, the caption under that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rte_graph.typography import french
from rte_graph.views import style
from rte_graph.views.figures.metrics import fold, width_of
from rte_graph.views.figures.sheet import MM, SMALL, Drawing, Item, Mark, Sheet, Words, moved

# Widths that journals print at, in millimetres.
WIDTHS = {"column": 85.0, "page": 170.0}
NARROWEST, WIDEST = 60.0, 400.0
LINE = SMALL * 1.28
TITLE = 7.5
GAP = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """What stands below a figure: its title, sentences (definition, counts, what was left out), credits."""

    title: str
    sentences: tuple[str, ...]
    credits_: str = ""

    @property
    def text(self) -> str:
        """Return all of it as one paragraph, as an author pastes it below the figure."""
        title = self.title if self.title.endswith((".", "!", "?", "…")) else f"{self.title}."
        return " ".join(part for part in (title, *self.sentences, self.credits_) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing with its legend and caption, in one language."""

    plot: Drawing
    legend: tuple[LegendEntry, ...]
    caption: Caption

    def noted(self, notes: tuple[str, ...]) -> Figure:
        """Return the figure with more sentences in its caption: which ties were asked for."""
        caption = replace(self.caption, sentences=(*self.caption.sentences, *notes))
        return replace(self, caption=caption)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendEntry:
    """A sample, drawn around the origin, ``width`` points wide (0: words only), and what it stands for."""

    text: str
    sample: tuple[Item, ...] = ()
    width: float = 0.0


def compose(figure: Figure, width: float, *, lang: str, captioned: bool = True) -> Sheet:
    """Return the sheet, ``width`` points wide; without a caption its text stays in the description."""
    items: list[Item] = list(figure.plot.items)
    y = figure.plot.height
    if figure.legend:
        legend = _legend(figure.legend, width)
        items += [moved(item, 0.0, y + GAP) for item in legend.items]
        y += GAP + legend.height
    if captioned:
        caption = _caption(figure.caption, width)
        items += [moved(item, 0.0, y + GAP) for item in caption.items]
        y += GAP + caption.height
    return Sheet(
        width=width,
        height=y + 1.0,
        title=_shown(figure.caption.title, lang),
        description=_shown(figure.caption.text, lang),
        items=items,
    )


def _shown(text: str, lang: str) -> str:
    return text if lang == "en" else french(text)


def _legend(entries: Sequence[LegendEntry], width: float) -> Drawing:
    items: list[Item] = []
    x, y = 0.0, LINE / 2 + 1
    for entry in entries:
        before = entry.width + 4 if entry.width else 0.0
        wide = before + width_of(entry.text, SMALL) + 11
        if x > 0 and x + wide - 11 > width:
            x, y = 0.0, y + LINE + 2.5
        items += [moved(item, x + entry.width / 2, y) for item in entry.sample]
        for row, line in enumerate(fold(entry.text, width - before, SMALL)):
            y += LINE * bool(row)
            items.append(Words(at=(x + before, y + SMALL * 0.36), text=line))
        x += wide
    return Drawing(items=tuple(items), height=y + LINE / 2 + 1)


def _caption(caption: Caption, width: float) -> Drawing:
    items: list[Item] = []
    y = TITLE
    for line in fold(caption.title, width, TITLE, bold=True):
        items.append(Words(at=(0.0, y), text=line, size=TITLE, bold=True))
        y += TITLE * 1.25
    told = " ".join(filter(None, caption.sentences))
    for text, colour in ((told, style.INK), (caption.credits_, style.MUTED)):
        for line in fold(text, width, SMALL):
            items.append(Words(at=(0.0, y), text=line, colour=colour))
            y += LINE
    return Drawing(items=tuple(items), height=y - LINE + 2.0)


def width_in_points(text: str) -> float:
    """Return the width that « column », « page » or « 120mm » says, in points.

    Raises
    ------
    InvalidParameter
        If it says none, or one that no page has.

    Examples
    --------
    >>> round(width_in_points("85mm"), 1), width_in_points("column") == width_in_points("85 mm")
    (240.9, True)
    """
    from rte_graph.errors import InvalidParameter

    if text in WIDTHS:
        return WIDTHS[text] * MM
    number = text.strip().lower().removesuffix("mm").strip().replace(",", ".")
    try:
        width = float(number)
    except ValueError:
        width = 0.0
    if not NARROWEST <= width <= WIDEST:
        raise InvalidParameter(
            fr=f"« {text} » n’est pas une largeur de figure : donnez column (85 mm), page (170 mm) ou des "
            f"millimètres, de {NARROWEST:.0f}mm à {WIDEST:.0f}mm.",
            en=f"“{text}” is no width of a figure: give column (85 mm), page (170 mm) or millimetres, from "
            f"{NARROWEST:.0f}mm to {WIDEST:.0f}mm.",
        )
    return width * MM


def sample_of(shape: str, colour: str, text: str, radius: float = 3.0) -> LegendEntry:
    """Return the entry of a shape."""
    mark = Mark(shape=shape, at=(0.0, 0.0), radius=radius, colour=colour, edge=0.3)
    return LegendEntry(text=text, sample=(mark,), width=2 * radius * max(1.0, style.REACH[shape]))
