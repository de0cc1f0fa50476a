"""The order of rows: numbers by value, text in French alphabetical order, always the same.

Each distinct value is looked at once: a column becomes whole numbers (the ranks of its values), and the
columns of the order are joined into one number a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count, groupby
from operator import add
from typing import TypeAlias

from rte_graph.sparql.collation import collation_key
from rte_graph.sparql.grid import UNBOUND, Cell, Grid
from rte_graph.sparql.model import SortKey
from rte_graph.sparql.results import is_number, text
from rte_graph.sparql.terms import turtle_text
from rte_graph.store.base import Term

SortValue: TypeAlias = tuple[int, float, tuple[str, str, str]]


def order_of(grid: Grid, keys: Sequence[SortKey]) -> list[int]:
    """Return the places of the rows in order: numbers by value, text in French order, unbound values last.

    Rows that are equal in all columns named are ordered by all columns, so that the order is always the same.
    """
    joined = [0] * grid.size
    possible = 1
    for key in keys:
        if key.column not in grid.variables:
            continue
        column = grid.columns[grid.variables.index(key.column)]
        ranks, different = _ranks(grid, column, key.descending)
        joined = ranks if possible == 1 else list(map(add, map(different.__mul__, joined), ranks))
        possible *= different
        if possible >= grid.size and len(set(joined)) == grid.size:
            # The columns that follow decide nothing more.
            return sorted(range(grid.size), key=joined.__getitem__)
    return _with_ties(grid, joined)


def _with_ties(grid: Grid, joined: Sequence[int]) -> list[int]:
    ordered = sorted(range(grid.size), key=joined.__getitem__)
    # Only rows that are equal so far are compared as a whole, which costs more.
    ties = [group for _, equal in groupby(ordered, key=joined.__getitem__) if len(group := list(equal)) > 1]
    if not ties:
        return ordered
    start = {group[0]: group for group in ties}
    for position in [position for position, place in enumerate(ordered) if place in start]:
        group = sorted(start[ordered[position]], key=lambda place: tuple(map(turtle_text, grid.row(place))))
        ordered[position : position + len(group)] = group
    return ordered


def _ranks(grid: Grid, column: Sequence[Cell], descending: bool) -> tuple[list[int], int]:
    """Rank of each cell among the distinct ones, 0 first, and how many ranks there are.

    Values that are equal share one rank; unbound ones come last.
    """
    first: dict[Cell, int] = {}
    # What follows counts with the place where a value first stands: a cell is looked up once.
    places = list(map(first.setdefault, column, count()))
    unbound = first.pop(UNBOUND, None)
    values = {place: _value(grid, cell) for cell, place in first.items()}
    ranks = [0] * len(column)
    rank = -1
    for rank, (_, equal) in enumerate(
        groupby(sorted(values, key=values.__getitem__, reverse=descending), key=values.__getitem__)
    ):
        for place in equal:
            ranks[place] = rank
    if unbound is not None:
        ranks[unbound] = rank + 1
    return list(map(ranks.__getitem__, places)), rank + 2


def _value(grid: Grid, cell: Cell) -> SortValue:
    said = _plain_text(cell)
    return sort_value(grid.terms[cell]) if said is None else (1, 0.0, collation_key(said))


def _plain_text(cell: Cell) -> str | None:
    """Text of a cell that is an IRI, or a text in which nothing is escaped; None where a term must say it."""
    if not isinstance(cell, str) or "\\" in cell:
        return None
    if cell[0] == "<" and cell[1] != "<":
        return cell[1:-1]
    end = cell.rfind('"')
    return cell[1:end] if cell[0] == '"' and cell[end : end + 2] != '"^' else None


def sort_value(term: Term | None) -> SortValue:
    """Sort key of a term: numbers by value before everything else by its text.

    A literal that only says that it is a number (``"beaucoup"^^xsd:integer``) is text.
    """
    if is_number(term):
        try:
            value = float(text(term))
        except (ValueError, OverflowError):
            value = float("nan")
        if value == value:  # NaN has no place among numbers
            return 0, value, ("", "", "")
    return 1, 0.0, collation_key(text(term))
