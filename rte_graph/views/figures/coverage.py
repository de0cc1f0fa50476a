"""Which nodes gather which others: the sets, and how many members each combination of sets has.

References
----------
.. [1] Lex, A., Gehlenborg, N., Strobelt, H., Vuillemot, R. & Pfister, H. (2014). UpSet: visualization of
   intersecting sets. IEEE Transactions on Visualization and Computer Graphics 20(12), 1983–1992,
   doi:10.1109/TVCG.2014.2346248
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from rte_graph.network.wording import percent, whole
from rte_graph.views import style
from rte_graph.views.figures.frame import Caption, Figure
from rte_graph.views.figures.matrix import refuse_one_mode
from rte_graph.views.figures.metrics import fitted, width_of
from rte_graph.views.figures.sheet import MM, SMALL, Area, Drawing, Item, Line, Mark, Words
from rte_graph.views.figures.words import credits_of, many, one_line, said
from rte_graph.views.page_model import PageNetwork

STEP, WIDEST_STEP, ROW, TALL_ROW, BARS, HEAD = 12.5, 19.0, 12.5, 18.5, 88.0, 12.0


def coverage_figure(
    network: PageNetwork,
    width: float,
    *,
    lang: str = "fr",
    side: str = "target",
    coverage: Mapping[str, float | None] | None = None,
) -> Figure:
    """Draw the largest sets of a two-mode network and the combinations of them that have members.

    Parameters
    ----------
    network : PageNetwork
    width : float
        In points.
    lang : {"fr", "en"}
    side : {"target", "source"}
        Whose nodes are the sets; those of the other side are the members.
    coverage : mapping of IRI to float, optional
        Which share of the members of all other sets a set gathers, 0–1.

    Raises
    ------
    UsageError
        If the network is not two-mode.
    """
    refuse_one_mode(network)
    drawn = _Sets(network, width, lang, side, coverage or {})
    return Figure(
        plot=Drawing(items=tuple(drawn.items()), height=drawn.height),
        legend=(),
        caption=Caption(
            title=drawn.title(),
            sentences=(drawn.told(), drawn.left_out()),
            credits_=credits_of(network, lang),
        ),
    )


class _Sets:
    """The sets that are shown, their combinations, and the room for them."""

    def __init__(
        self, network: PageNetwork, width: float, lang: str, side: str, coverage: Mapping[str, float | None]
    ) -> None:
        self.network, self.width, self.lang, self.side = network, width, lang, side
        self.coverage = coverage
        members: dict[int, set[int]] = {i: set() for i, n in enumerate(network.nodes) if n.side == side}
        for edge in network.edges:
            one, other = (edge.target, edge.source) if side == "target" else (edge.source, edge.target)
            members[one].add(other)
        self.members = members
        ranked = sorted(members, key=lambda i: (-len(members[i]), i))
        most = 8 if width < 120 * MM else 14
        self.shown = [i for i in ranked[:most] if members[i]]
        self.empty = sum(not found for found in members.values())
        self.smaller = len(members) - len(self.shown) - self.empty
        self._combine()
        self._measure()

    def _combine(self) -> None:
        of_member: dict[int, tuple[int, ...]] = {}
        for row, i in enumerate(self.shown):
            for member in self.members[i]:
                of_member[member] = (*of_member.get(member, ()), row)
        self.within = len(of_member)
        counts = Counter(of_member.values())
        self.every = sorted(counts.items(), key=lambda item: (-item[1], len(item[0]), item[0]))

    def _measure(self) -> None:
        room = 0.34 * self.width
        nodes = self.network.nodes
        self.names = [
            fitted(one_line(nodes[i].label.in_language(self.lang)), room, SMALL) for i in self.shown
        ]
        wide = max((width_of(line, SMALL) for name in self.names for line in name), default=0.0)
        self.sizes_at = wide + 18.0
        self.shares_at = self.sizes_at + 29.0
        self.left = (self.shares_at if self.coverage else self.sizes_at) + 8.0
        fitting = max(1, int((self.width - self.left) / STEP))
        self.combinations = self.every[:fitting]
        self.step = min(WIDEST_STEP, (self.width - self.left) / max(len(self.combinations), 1))
        self.row = TALL_ROW if any(len(name) > 1 for name in self.names) else ROW
        self.top = HEAD + BARS + 10.0
        self.height = self.top + self.row * len(self.shown) + 2.0

    def items(self) -> list[Item]:
        """Return stripes, names, bars and dots."""
        items: list[Item] = []
        for row in range(0, len(self.shown), 2):
            y = self.top + self.row * row
            box = (0.0, y, self.width, y + self.row)
            items.append(Area(box=box, colour=style.FAINT, opacity=0.35))
        items += self._headings()
        for row in range(len(self.shown)):
            items += self._set(row)
        largest = max((count for _, count in self.combinations), default=1)
        for place, (rows, count) in enumerate(self.combinations):
            items += self._combination(self.left + self.step * (place + 0.5), rows, count, largest)
        return items

    def _headings(self) -> list[Item]:
        y = self.top - 4.0
        found: list[Item] = [
            Words(at=(0.0, HEAD - 4), text=self._heading(), colour=style.MUTED),
            Words(
                at=(self.sizes_at, y), text=said(self.lang, "tous", "all"), anchor="end", colour=style.MUTED
            ),
        ]
        if self.coverage:
            text = said(self.lang, "couvre", "covers")
            found.append(Words(at=(self.shares_at, y), text=text, anchor="end", colour=style.MUTED))
        return found

    def _heading(self) -> str:
        other = self.network.sides[0 if self.side == "target" else 1].in_language(self.lang).lower()
        return said(
            self.lang,
            f"Nombre de membres ({other}) de chaque combinaison",
            f"Number of members ({other}) of each combination",
        )

    def _set(self, row: int) -> list[Item]:
        y = self.top + self.row * (row + 0.5)
        name, step = self.names[row], SMALL * 1.2
        items: list[Item] = [
            Words(
                at=(2.0, y + SMALL * 0.36 + step * (line - (len(name) - 1) / 2)),
                text=text,
            )
            for line, text in enumerate(name)
        ]
        size = whole(len(self.members[self.shown[row]]), self.lang)
        base = y + SMALL * 0.36
        items.append(Words(at=(self.sizes_at, base), text=size, anchor="end", bold=True))
        share = self.coverage.get(self.network.nodes[self.shown[row]].iri)
        if self.coverage:
            text = "–" if share is None else percent(share, self.lang)
            items.append(Words(at=(self.shares_at, base), text=text, anchor="end"))
        return items

    def _combination(self, x: float, rows: tuple[int, ...], count: int, largest: int) -> list[Item]:
        blue, red = style.CHART_COLOURS
        colour = red if len(rows) > 1 else blue
        high = (BARS - 12.0) * count / largest
        foot = HEAD + BARS
        items: list[Item] = [
            Area(box=(x - 3.6, foot - high, x + 3.6, foot), colour=colour),
            Words(at=(x, foot - high - 2.5), text=whole(count, self.lang), anchor="middle"),
        ]
        centres = [self.top + self.row * (row + 0.5) for row in range(len(self.shown))]
        ends = ((x, centres[rows[0]]), (x, centres[rows[-1]]))
        items.append(Line(points=ends, colour=colour, width=1.4))
        for row, y in enumerate(centres):
            shown = colour if row in rows else style.FAINT
            items.append(Mark(shape="circle", at=(x, y), radius=3.0, colour=shown, edge=0.0))
        return items

    def title(self) -> str:
        """Return the title: what the sets are."""
        sets = self.network.sides[1 if self.side == "target" else 0].in_language(self.lang)
        title = self.network.title.in_language(self.lang)
        return said(
            self.lang, f"{title} : recouvrement ({sets.lower()})", f"{title}: overlap ({sets.lower()})"
        )

    def told(self) -> str:
        """Say how the figure is read."""
        text = said(
            self.lang,
            f"Chaque colonne compte les membres ({self.within} en tout) qui appartiennent exactement aux "
            "ensembles marqués, reliés s’ils sont plusieurs. Tous : membres de l’ensemble.",
            f"Each column counts the members ({self.within} in all) that belong to exactly the sets marked, "
            "linked where they are several. All: members of the set.",
        )
        if not self.coverage:
            return text
        more = said(
            self.lang,
            "Couvre : part des membres de tous les autres ensembles qui en sont aussi membres.",
            "Covers: share of the members of all other sets that are members of it too.",
        )
        return f"{text} {more}"

    def left_out(self) -> str:
        """Say which sets and combinations are not in the figure."""
        parts = []
        if self.smaller:
            fr, en = many(self.smaller, "fr", "ensemble", ""), many(self.smaller, "en", "", "set")
            plus = "s" * (self.smaller > 1)
            parts.append(said(self.lang, f"{fr} plus petit{plus} ou aussi petit{plus}", f"{en} no larger"))
        if self.empty:
            fr, en = many(self.empty, "fr", "ensemble", ""), many(self.empty, "en", "", "set")
            parts.append(said(self.lang, f"{fr} sans membre", f"{en} without members"))
        rest = self.every[len(self.combinations) :]
        if rest:
            fr, en = many(len(rest), "fr", "combinaison", ""), many(len(rest), "en", "", "combination")
            held = sum(count for _, count in rest)
            members_fr, members_en = many(held, "fr", "membre", ""), many(held, "en", "", "member")
            parts.append(said(self.lang, f"{fr} ({members_fr})", f"{en} ({members_en})"))
        if not parts:
            return ""
        listed = ", ".join(parts)
        return said(self.lang, f"Non dessinés : {listed}.", f"Not drawn: {listed}.")
