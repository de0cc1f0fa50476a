"""A table of counts as a figure: circles whose area is the count, which stands in them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rte_graph.errors import UsageError
from rte_graph.network.wording import Text, whole
from rte_graph.views import style
from rte_graph.views.figures.frame import Caption, Figure
from rte_graph.views.figures.metrics import fitted, fold, width_of
from rte_graph.views.figures.sheet import SMALL, Drawing, Item, Line, Mark, Words
from rte_graph.views.figures.slanted import folded, room_of, slanted
from rte_graph.views.figures.words import one_line, said

if TYPE_CHECKING:
    from rte_graph.sparql.model import SavedQuery
    from rte_graph.sparql.results import Table

LARGEST, SMALLEST = 13.0, 2.0
# What a page bears: rows, and the width of a column in points.
MOST_ROWS, NARROWEST = 40, 11.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Counts of two kinds of things against each other, rows and columns in their order."""

    title: Text
    description: Text
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Mapping[tuple[int, int], int]
    credits_: Text


def grid_of(query: SavedQuery, table: Table, credits_: Text) -> Grid:
    """Read a grid from what a saved query gave: two columns of labels and one of counts.

    Raises
    ------
    UsageError
        If it gave something else.
    """
    from rte_graph.sparql.results import text

    labels = [i for i, name in enumerate(table.columns) if name.endswith("Label")]
    counted = [i for i, name in enumerate(table.columns) if name == "count"]
    if len(labels) != 2 or len(counted) != 1:
        raise UsageError(
            fr="La figure « grid » montre une requête à deux libellés et un nombre (count) ; "
            f"« {query.name} » n’en est pas une : essayez domains-by-dimension.",
            en=f"The figure “grid” shows a query with two labels and a count; “{query.name}” is not one: try "
            "domains-by-dimension.",
        )
    cells = [(one_line(text(row[labels[0]])), one_line(text(row[labels[1]]))) for row in table.rows]
    if len(set(cells)) < len(cells):
        raise UsageError(
            fr=f"« {query.name} » donne plusieurs nombres pour une même case : écrivez une requête qui les "
            "réunit (rte-graph query new).",
            en=f"“{query.name}” gives several numbers for one cell: write a query that joins them (rte-graph "
            "query new).",
        )
    rows, columns = (tuple(dict.fromkeys(cell[side] for cell in cells)) for side in (0, 1))
    counts = {
        (rows.index(one), columns.index(other)): _count(text(row[counted[0]]))
        for (one, other), row in zip(cells, table.rows, strict=True)
    }
    return Grid(
        title=Text(fr=query.summary.fr, en=query.summary.en),
        description=Text(fr=query.description.fr, en=query.description.en),
        rows=rows,
        columns=columns,
        counts=counts,
        credits_=credits_,
    )


def _count(text: str) -> int:
    from rte_graph.network.figures import number_of

    return int(number_of(text) or 0)


def grid_figure(grid: Grid, width: float, *, lang: str = "fr") -> Figure:
    """Draw the grid at a width in points; what is zero is written, and has no circle.

    Raises
    ------
    UsageError
        If a page of that width cannot bear the grid.
    """
    if len(grid.rows) > MOST_ROWS or len(grid.columns) * NARROWEST > width * 0.6:
        most = int(width * 0.6 / NARROWEST)
        raise UsageError(
            fr=f"Cette grille a {len(grid.rows)} lignes et {len(grid.columns)} colonnes ; à cette largeur "
            f"une page en porte {MOST_ROWS} et {most} : filtrez la requête, ou élargissez (--width).",
            en=f"This grid has {len(grid.rows)} rows and {len(grid.columns)} columns; at this width a page "
            f"bears {MOST_ROWS} and {most}: filter the query, or widen the figure (--width).",
        )
    drawn = _Table(grid, width, lang)
    area = said(
        lang,
        "La surface des disques est proportionnelle au nombre.",
        "The area of the discs is proportional to the number.",
    )
    return Figure(
        plot=Drawing(items=tuple(drawn.items()), height=drawn.height),
        legend=(),
        caption=Caption(
            title=grid.title.in_language(lang),
            sentences=(grid.description.in_language(lang), area),
            credits_=grid.credits_.in_language(lang),
        ),
    )


class _Table:
    """The room for names and discs."""

    def __init__(self, grid: Grid, width: float, lang: str) -> None:
        self.grid, self.lang = grid, lang
        names = [fitted(name, 0.3 * width, SMALL, 3) for name in grid.rows]
        self.names = names
        self.left = max((width_of(x, SMALL) for name in names for x in name), default=0.0) + 6.0
        columns = max(len(grid.columns), 1)
        self.width, self.across = width, min((width - self.left) / columns, 70.0)
        self.heads: list[Sequence[str]] = [fold(name, self.across - 4.0, SMALL) for name in grid.columns]
        # A word wider than its column calls for slanted names, the last of which needs room at the right.
        words = (word for head in self.heads for word in head)
        self.slanted = any(width_of(word, SMALL) > self.across - 1.0 for word in words)
        if self.slanted:
            self.heads = folded(grid.columns, 0.85 * self.across)
            self.across = (width - self.left - room_of(self.heads)[1]) / max(columns - 0.5, 1.0)
            self.top = room_of(self.heads)[0] + 4.0
        else:
            self.top = max(map(len, self.heads), default=1) * SMALL * 1.2 + 5.0
        self.radius = min(LARGEST, self.across * 0.42)
        self.down = max(2 * self.radius + 3.0, max(map(len, names), default=1) * SMALL * 1.2 + 4.0)
        self.height = self.top + self.down * len(grid.rows) + 2.0
        self.most = max(grid.counts.values(), default=1) or 1

    def items(self) -> list[Item]:
        """Return rules, names and discs."""
        items: list[Item] = []
        right = self.left + self.across * len(self.grid.columns)
        for row in range(len(self.grid.rows) + 1):
            y = self.top + self.down * row
            items.append(Line(points=((0.0, y), (right, y)), colour=style.MUTED, width=0.25, opacity=0.6))
        items += self._headings()
        for row, name in enumerate(self.names):
            y = self.top + self.down * (row + 0.5)
            for line, text in enumerate(name):
                base = y + SMALL * 0.36 + SMALL * 1.2 * (line - (len(name) - 1) / 2)
                items.append(Words(at=(0.0, base), text=text))
            for column in range(len(self.grid.columns)):
                at = (self.left + self.across * (column + 0.5), y)
                items += self._disc(at, self.grid.counts.get((row, column)))
        return items

    def _headings(self) -> list[Item]:
        centres = [self.left + self.across * (column + 0.5) for column in range(len(self.heads))]
        foot = self.top - 4.0
        if self.slanted:
            return slanted(self.heads, centres, foot, self.width)
        return [
            Words(at=(x, foot - SMALL * 1.2 * (len(head) - 1 - line)), text=text, anchor="middle")
            for x, head in zip(centres, self.heads, strict=True)
            for line, text in enumerate(head)
        ]

    def _disc(self, at: tuple[float, float], count: int | None) -> list[Item]:
        if count is None:
            return []
        text = whole(count, self.lang)
        base = at[1] + SMALL * 0.36
        if count <= 0:
            return [Words(at=(at[0], base), text=text, anchor="middle", colour=style.MUTED)]
        radius = max(self.radius * math.sqrt(count / self.most), SMALLEST)
        inside = width_of(text, SMALL, bold=True) < 1.7 * radius and radius > 0.62 * SMALL
        disc = Mark(shape="circle", at=at, radius=radius, colour=style.CHART_COLOURS[0], edge=0.0)
        place = at if inside else (at[0] + radius + 1.5, at[1])
        words = Words(
            at=(place[0], base), text=text, anchor="middle" if inside else "start", bold=inside,
            colour=style.PAPER if inside else style.INK,
        )  # fmt: skip
        return [disc, words]
