"""A two-mode network as a matrix, its lines and columns ordered so that nesting is seen.

Ordered by falling number of ties, a perfectly nested network fills the upper left corner: who has few ties
has them with those that have many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rte_graph.errors import UsageError
from rte_graph.views import style
from rte_graph.views.figures.frame import Caption, Figure, LegendEntry
from rte_graph.views.figures.metrics import cut, width_of
from rte_graph.views.figures.sheet import MM, SMALL, Area, Drawing, Item, Line, Mark, Words
from rte_graph.views.figures.slanted import folded, room_of, slanted
from rte_graph.views.figures.words import (
    credits_of,
    many,
    names_left_out,
    one_line,
    said,
    short_number,
)
from rte_graph.views.page_model import PageEdge, PageNetwork

# A line of names needs so much height, a column of slanted ones so much width, in points.
PITCH, LEAST = 8.0, 7.2
LARGEST_CELL, WIDEST_CELL = 11.0, 28.0
# The page's height, less caption and names.
TALLEST = 190 * MM
# More roles than these cannot be told apart in a cell.
MOST_ROLES = 4
SHAPES = ("square", "circle", "diamond", "triangle")
FEW_NAMES, FAN_PITCH = 10, 9.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """Positions of the nodes on lines and columns, and the edges of each cell."""

    lines: tuple[int, ...]
    columns: tuple[int, ...]
    cells: dict[tuple[int, int], tuple[PageEdge, ...]]
    left_out: int


def matrix_figure(
    network: PageNetwork, width: float, *, lang: str = "fr", nestedness: float | None = None
) -> Figure:
    """Draw the matrix of a two-mode network, the larger set as lines.

    Parameters
    ----------
    network : PageNetwork
    width : float
        In points.
    lang : {"fr", "en"}
    nestedness : float, optional
        NODF of the network, 0–100, for the caption.

    Raises
    ------
    UsageError
        If the network is not two-mode.
    """
    refuse_one_mode(network)
    drawn = _Matrix(network, _ordered(network), width, lang)
    items = drawn.items()
    return Figure(
        plot=Drawing(items=tuple(items), height=drawn.height),
        legend=tuple(drawn.legend()),
        caption=Caption(
            title=network.title.in_language(lang),
            sentences=(drawn.told(), _nested(nestedness, lang), *drawn.left_out()),
            credits_=credits_of(network, lang),
        ),
    )


def refuse_one_mode(network: PageNetwork) -> None:
    """Refuse the networks that have no two sets to cross."""
    if not network.two_mode:
        raise UsageError(
            fr=f"Cette figure croise deux ensembles ; « {network.name} » n’est pas bimodal : choisissez "
            "--figure network, ou un autre réseau (rte-graph network list).",
            en=f"This figure crosses two sets; “{network.name}” is not two-mode: choose --figure network, or "
            "another network (rte-graph network list).",
        )


def _nested(value: float | None, lang: str) -> str:
    if value is None:
        return ""
    number = short_number(round(value, 1), lang)
    return said(
        lang,
        f"Emboîtement (NODF) : {number} sur 100, où 100 veut dire que chaque liste courte est contenue dans "
        "toute liste plus longue.",
        f"Nestedness (NODF): {number} of 100, where 100 means that each shorter list is contained in every "
        "longer one.",
    )


def _ordered(network: PageNetwork) -> _Order:
    degrees = network.degrees()
    cells: dict[tuple[int, int], tuple[PageEdge, ...]] = {}
    for edge in network.edges:
        cells[edge.source, edge.target] = (*cells.get((edge.source, edge.target), ()), edge)
    sides: dict[str, list[int]] = {"source": [], "target": []}
    for i, node in enumerate(network.nodes):
        if degrees[i]:
            sides[node.side].append(i)
    near: dict[int, set[int]] = {i: set() for i in range(len(degrees))}
    for a, b in cells:
        near[a].add(b)
        near[b].add(a)
    wide, tall = sorted(("target", "source"), key=lambda side: len(sides[side]))
    columns = sorted(sides[wide], key=lambda i: (-degrees[i], i))
    place = {i: at for at, i in enumerate(columns)}
    lines = sorted(sides[tall], key=lambda i: (-degrees[i], sorted(place[j] for j in near[i]), i))
    return _Order(
        lines=tuple(lines), columns=tuple(columns), cells=cells, left_out=sum(not d for d in degrees)
    )


class _Matrix:
    """The state of one matrix: room for names, size of cells."""

    def __init__(self, network: PageNetwork, order: _Order, width: float, lang: str) -> None:
        self.network, self.order, self.width, self.lang = network, order, width, lang
        self.names = [one_line(node.label.in_language(lang)) for node in network.nodes]
        crowded = len(order.lines) > TALLEST / LEAST or len(order.columns) * PITCH > 0.6 * width
        written = order.lines[: FEW_NAMES if crowded else None]
        wide = max((width_of(self.names[i], SMALL) for i in written), default=0.0)
        self.left = min(wide + 8.0 * crowded, 0.38 * width) + 5.0
        lines, columns = max(len(order.lines), 1), max(len(order.columns), 1)
        room = width - self.left - 2
        # The last slanted name reaches beyond its column.
        across = (room - min(0.14 * width, 40.0)) / columns
        self.across = min(across, WIDEST_CELL) if across >= PITCH else room / columns
        self.down = min(LARGEST_CELL, TALLEST / lines, self.across if self.across < PITCH else LARGEST_CELL)
        self.fan = self.across < PITCH
        self.roles = self._roles()
        self.heads = folded([self.names[i] for i in self.columns_named], 0.0 if self.fan else self.across)
        self.top = room_of(self.heads)[0] + 4.0 + 8.0 * self.fan
        self.height = self.top + self.down * lines + 2

    @property
    def columns_named(self) -> tuple[int, ...]:
        """The columns whose names are written: all, or the first ones."""
        if not self.fan:
            return self.order.columns
        return self.order.columns[: min(FEW_NAMES, int((self.width - self.left) * 0.6 / FAN_PITCH))]

    @property
    def lines_named(self) -> tuple[int, ...]:
        """The same for the lines."""
        return self.order.lines if self.down >= LEAST else self.order.lines[:FEW_NAMES]

    def items(self) -> list[Item]:
        """Return the grid, the cells and the names."""
        return [*self._grid(), *self._cells(), *self._line_names(), *self._column_names()]

    def _grid(self) -> list[Item]:
        right = self.left + self.across * len(self.order.columns)
        bottom = self.top + self.down * len(self.order.lines)
        frame = [(self.left, self.top), (right, self.top), (right, bottom), (self.left, bottom)]
        items: list[Item] = [Line(points=(*frame, frame[0]), colour=style.MUTED, width=0.4)]
        if self.down < LEAST:
            return items
        for row in range(1, len(self.order.lines)):
            y = self.top + self.down * row
            items.append(
                Line(points=((self.left, y), (right, y)), colour=style.MUTED, width=0.2, opacity=0.5)
            )
        for column in range(1, len(self.order.columns)):
            x = self.left + self.across * column
            items.append(
                Line(points=((x, self.top), (x, bottom)), colour=style.MUTED, width=0.2, opacity=0.5)
            )
        return items

    def _roles(self) -> list[str]:
        """Return the roles that have a mark each; none where they are too many or cells too small."""
        used = {edge.role for edge in self.network.edges}
        kept = [role.key for role in self.network.roles if role.key in used]
        small = min(self.across, self.down) < LEAST
        return kept if 1 < len(kept) <= MOST_ROLES and not small else []

    def _cells(self) -> list[Item]:
        rows = {i: row for row, i in enumerate(self.order.lines)}
        columns = {i: column for column, i in enumerate(self.order.columns)}
        items: list[Item] = []
        for (a, b), edges in sorted(self.order.cells.items()):
            row, column = (rows[a], columns[b]) if a in rows else (rows[b], columns[a])
            items += self._cell(
                self.left + self.across * (column + 0.5), self.top + self.down * (row + 0.5), edges
            )
        return items

    def _cell(self, x: float, y: float, edges: Sequence[PageEdge]) -> list[Item]:
        """Return the square of a pair, or one mark for each of its roles, side by side."""
        if not self.roles:
            half = 0.38 * min(self.across, self.down)
            return [Area(box=(x - half, y - half, x + half, y + half), colour=style.INK)]
        strokes = style.edge_strokes(self.roles)
        roles = sorted({edge.role for edge in edges}, key=self.roles.index)
        step = min(self.across / (len(roles) + 1), self.down * 0.9)
        radius = min(self.down * 0.32, step)
        return [
            self._mark(role, (x + step * (place - (len(roles) - 1) / 2), y), strokes[role].colour, radius)
            for place, role in enumerate(roles)
        ]

    def _mark(self, role: str, at: tuple[float, float], colour: str, radius: float) -> Mark:
        shape = SHAPES[self.roles.index(role)]
        return Mark(shape=shape, at=at, radius=radius, colour=colour, edge=0.0)

    def _line_names(self) -> list[Item]:
        items: list[Item] = []
        room = self.left - 5.0
        named = self.lines_named
        centres = [self.top + self.down * (row + 0.5) for row in range(len(named))]
        fan = len(named) < len(self.order.lines)
        written = spread(centres, PITCH) if fan else centres
        for i, centre, at in zip(named, centres, written, strict=True):
            text = cut(self.names[i], room - 8.0 * fan, SMALL)
            x = self.left - 3.0 - 8.0 * fan
            items.append(Words(at=(x, at + SMALL * 0.36), text=text, anchor="end"))
            if fan:
                ends = ((x + 1.0, at), (self.left - 1.0, centre))
                items.append(Line(points=ends, colour=style.MUTED, width=0.3))
        return items

    def _column_names(self) -> list[Item]:
        centres = [self.left + self.across * (i + 0.5) for i in range(len(self.columns_named))]
        foot = self.top - 2.5 - 8.0 * self.fan
        if not self.fan:
            return slanted(self.heads, centres, foot, self.width)
        places = spread(centres, FAN_PITCH)
        leaders: list[Item] = [
            Line(points=((place, foot + 0.5), (centre, self.top - 1.0)), colour=style.MUTED, width=0.3)
            for place, centre in zip(places, centres, strict=True)
        ]
        return leaders + slanted(self.heads, places, foot, self.width)

    def told(self) -> str:
        """Say what lines, columns and cells are."""
        first = self.network.nodes[self.order.lines[0]].side if self.order.lines else "source"
        sides = self.network.sides if first == "source" else self.network.sides[::-1]
        rows, columns = (side.in_language(self.lang).lower() for side in sides)
        filled = many(len(self.order.cells), self.lang, "paire liée", "joined pair")
        return said(
            self.lang,
            f"{len(self.order.lines)} lignes : {rows} ; {len(self.order.columns)} colonnes : {columns} ; "
            f"{filled}, un signe par paire. Lignes et colonnes par nombre de liens décroissant.",
            f"{len(self.order.lines)} rows: {rows}; {len(self.order.columns)} columns: {columns}; {filled}, "
            "a mark for each. Rows and columns by falling number of ties.",
        )

    def left_out(self) -> Sequence[str]:
        """Say which nodes and names are not in the figure."""
        nodes = many(self.order.left_out, self.lang, "nœud", "node")
        none = said(self.lang, f"Non dessinés : {nodes} sans lien.", f"Not drawn: {nodes} without ties.")
        names = len(self.order.lines) + len(self.order.columns)
        names -= len(self.lines_named) + len(self.columns_named)
        return (none if self.order.left_out else "", names_left_out(names, self.lang))

    def legend(self) -> list[LegendEntry]:
        """Return the marks of the roles."""
        strokes = style.edge_strokes(self.roles)
        labels = {role.key: role.label.in_language(self.lang) for role in self.network.roles}
        return [
            LegendEntry(text=labels[role], sample=(sample,), width=7.0)
            for role in self.roles
            for sample in [self._mark(role, (0.0, 0.0), strokes[role].colour, 2.8)]
        ]


def spread(places: Sequence[float], pitch: float) -> list[float]:
    """Move places apart, in their order, until each is a pitch from the one before.

    >>> spread([0.0, 1.0, 9.0], 3.0)
    [0.0, 3.0, 9.0]
    """
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + pitch) if moved else place)
    return moved
