"""The first of a ranking as a chart: values, and what becomes of them when ties are missing."""

from __future__ import annotations

import math

from rte_graph.network.robustness_values import ValueIntervals
from rte_graph.network.wording import percent, whole
from rte_graph.views import style
from rte_graph.views.figures.frame import Caption, Figure, LegendEntry
from rte_graph.views.figures.metrics import fitted, width_of
from rte_graph.views.figures.sheet import SMALL, Drawing, Item, Line, Mark, Words
from rte_graph.views.figures.words import credits_of, in_a_sentence, one_line, said, short_number
from rte_graph.views.page_build import for_readers
from rte_graph.views.page_model import PageNetwork

ROW, TALL_ROW = 12.0, 18.5
HEAD, FOOT = 20.0, 22.0


def hubs_figure(
    network: PageNetwork, found: ValueIntervals, width: float, *, lang: str = "fr", top: int = 10
) -> Figure:
    """Draw the first nodes of a set by a measure, with the interval of each.

    Parameters
    ----------
    network : PageNetwork
        What the figure is about: title and credits.
    found : ValueIntervals
        Values and intervals of one set.
    width : float
        In points.
    lang : {"fr", "en"}
    top : int
        How many nodes; ties at the last one are in.
    """
    chart = _Chart(found, width, lang, top)
    label = found.measure.label.in_language(lang)
    of = found.network.set_label(found.set, lang)
    colon = "\u00a0: " if lang == "fr" else ": "
    return Figure(
        plot=Drawing(items=tuple(chart.items()), height=chart.height),
        legend=chart.legend(),
        caption=Caption(
            title=f"{network.title.in_language(lang)}{colon}{in_a_sentence(of)}, {in_a_sentence(label)}",
            sentences=(chart.definition(), chart.told(), chart.left_out()),
            credits_=credits_of(network, lang),
        ),
    )


def ticks(highest: float, most: int = 5) -> list[float]:
    """Return round numbers from 0 to about the highest value.

    >>> ticks(0.93), ticks(0.0)
    ([0.0, 0.2, 0.4, 0.6, 0.8, 1.0], [0.0, 1.0])
    """
    if highest <= 0:
        return [0.0, 1.0]
    rough = highest / most
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * factor for factor in (1, 2, 2.5, 5, 10) if unit * factor >= rough * 0.999)
    count = math.ceil(highest / step - 1e-9)
    return [round(step * i, 10) for i in range(count + 1)]


class _Chart:
    """The state of one chart."""

    def __init__(self, found: ValueIntervals, width: float, lang: str, top: int) -> None:
        self.found, self.width, self.lang = found, width, lang
        last = found.rows[min(top, len(found.rows)) - 1].value if found.rows else 0.0
        tied = [row for row in found.rows if row.value >= last - 1e-12]
        # Where ties at the last place would swell the chart, they stay out as a group.
        above = [row for row in tied if row.value > last + 1e-12]
        self.rows = (tied if len(tied) <= top + 5 else above) or list(found.rows[:top])
        names = [one_line(row.label) for row in self.rows]
        room = 0.36 * width
        self.names = [fitted(name, room, SMALL) for name in names]
        self.left = max((width_of(x, SMALL) for name in self.names for x in name), default=0.0) + 6.0
        self.right = width - (34.0 if self._ranked else 8.0)
        self.ticks = ticks(max((max(row.high, row.value) for row in self.rows), default=0.0))
        self.row = TALL_ROW if any(len(name) > 1 for name in self.names) else ROW
        self.height = HEAD + self.row * len(self.rows) + FOOT

    @property
    def _ranked(self) -> bool:
        return any(row.stays is not None for row in self.found.rows)

    def _x(self, value: float) -> float:
        return self.left + (self.right - self.left) * value / self.ticks[-1]

    def items(self) -> list[Item]:
        """Return axis, rows and headings."""
        return [*self._axis(), *(item for place in range(len(self.rows)) for item in self._row(place))]

    def _axis(self) -> list[Item]:
        bottom = self.height - FOOT
        items: list[Item] = []
        for tick in self.ticks:
            x = self._x(tick)
            line = Line(points=((x, HEAD - 4), (x, bottom)), colour=style.MUTED, width=0.3, opacity=0.45)
            text = short_number(tick, self.lang)
            items += [line, Words(at=(x, bottom + 9), text=text, anchor="middle", colour=style.MUTED)]
        label = self.found.measure.label.in_language(self.lang)
        middle = (self.left + self.right) / 2
        items.append(Words(at=(middle, bottom + 19), text=label[:1].upper() + label[1:], anchor="middle"))
        if self._ranked:
            heading = said(self.lang, "reste", "stays")
            items.append(Words(at=(self.width, HEAD - 10), text=heading, anchor="end", colour=style.MUTED))
        return items

    def _row(self, place: int) -> list[Item]:
        row, name = self.rows[place], self.names[place]
        y = HEAD + self.row * (place + 0.5)
        items: list[Item] = []
        step = SMALL * 1.2
        for line, text in enumerate(name):
            base = y + SMALL * 0.36 + step * (line - (len(name) - 1) / 2)
            items.append(Words(at=(self.left - 5, base), text=text, anchor="end"))
        low, high = self._x(row.low), self._x(row.high)
        items.append(Line(points=((low, y), (high, y)), colour=BLUE, width=1.5))
        for end in (low, high):
            items.append(Line(points=((end, y - 2.2), (end, y + 2.2)), colour=BLUE, width=0.8))
        items.append(Mark(shape="circle", at=(self._x(row.value), y), radius=2.6, colour=RED, edge=0.5))
        if row.stays is not None:
            share = percent(row.stays, self.lang)
            items.append(Words(at=(self.width, y + SMALL * 0.36), text=share, anchor="end"))
        return items

    def legend(self) -> tuple[LegendEntry, ...]:
        """Return what dot and line are."""
        share = percent(self.found.share, self.lang)
        dot = Mark(shape="circle", at=(0.0, 0.0), radius=2.6, colour=RED, edge=0.5)
        line = Line(points=((-8.0, 0.0), (8.0, 0.0)), colour=BLUE, width=1.5)
        observed = said(self.lang, "valeur observée", "observed value")
        missing = said(
            self.lang,
            f"90 % des tirages où {share} des paires manquent",
            f"90% of the draws with {share} of the pairs missing",
        )
        return (
            LegendEntry(text=observed, sample=(dot,), width=6.0),
            LegendEntry(text=missing, sample=(line,), width=16.0),
        )

    def definition(self) -> str:
        """Return the definition of the measure."""
        label = self.found.measure.label.in_language(self.lang)
        text = for_readers(self.found.measure.definition).in_language(self.lang)
        colon = "\u00a0: " if self.lang == "fr" else ": "
        return f"{label[:1].upper()}{label[1:]}{colon}{text}"

    def told(self) -> str:
        """Say how the intervals were made, and what the share at the right is."""
        draws, seed = whole(self.found.draws, self.lang), self.found.seed
        text = said(
            self.lang,
            f"{draws} tirages, graine {seed} : ils supposent des liens manquants au hasard et ne disent rien "
            "du choix des cas.",
            f"{draws} draws, seed {seed}: they suppose ties missing at random and say nothing about how the "
            "cases were chosen.",
        )
        if not self._ranked:
            return text
        top = self.found.top
        more = said(
            self.lang,
            f"Reste : part des tirages où le nœud est {_among(top, 'fr')} ; les ex æquo se partagent "
            "les places.",
            f"Stays: share of the draws in which the node is {_among(top, 'en')}; ties share the places.",
        )
        return f"{text} {more}"

    def left_out(self) -> str:
        """Say how many nodes of the set are not in the chart."""
        left = len(self.found.rows) - len(self.rows)
        if not left:
            return ""
        of = in_a_sentence(self.found.network.set_label(self.found.set, self.lang))
        shown, every = whole(len(self.rows), self.lang), whole(len(self.found.rows), self.lang)
        return said(
            self.lang,
            f"Les {shown} premiers de {every} ({of}).",
            f"The first {shown} of {every} ({of}).",
        )


def _among(top: int, lang: str) -> str:
    if lang == "en":
        return "first" if top == 1 else f"among the first {top}"
    return "le premier" if top == 1 else f"parmi les {top} premiers"


BLUE, RED = style.CHART_COLOURS
