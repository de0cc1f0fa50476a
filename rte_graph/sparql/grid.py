"""Large results in columns of cells, which become terms when somebody reads them.

An engine writes rows as text in the time that it takes to hand them out one by one, and to cut text into
cells costs a fraction of holding as many terms. So a result of an engine in this process comes as TSV: its
cells are compared, sorted and filled in as they are, and each distinct one becomes a term once.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, TypeAlias, overload

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, parse_query_results

from rte_graph.sparql.results import Row
from rte_graph.sparql.terms import turtle_text
from rte_graph.store.base import Solutions, Term

Cell: TypeAlias = str | Term
"""A term, or its text in TSV."""

UNBOUND: Final = ""
_PIECE = 1 << 20


class Terms(dict[Cell, Term | None]):
    """The terms of cells, each made once, when it is asked for."""

    def __init__(self) -> None:
        super().__init__({UNBOUND: None})

    def __missing__(self, cell: Cell) -> Term:
        term = self[cell] = _term(cell) if isinstance(cell, str) else cell
        return term

    def cell(self, term: Term | None) -> Cell:
        """Return a cell for a term that the result does not hold."""
        if term is None:
            return UNBOUND
        text = turtle_text(term)
        self[text] = term
        return text


def _term(cell: str) -> Term:
    if cell[0] == "<" and cell[1] != "<":
        return NamedNode(cell[1:-1])
    if cell[0] == '"' and "\\" not in cell:
        value, _, kind = cell[1:].rpartition('"')
        if not kind:
            return Literal(value)
        if kind[0] == "^":
            return Literal(value, datatype=NamedNode(kind[3:-1]))
        if "--" not in kind:
            return Literal(value, language=kind[1:])
    # Whatever is rarer, the engine reads.
    parsed = parse_query_results(f"?x\n{cell}\n".encode(), QueryResultsFormat.TSV)
    assert isinstance(parsed, QuerySolutions)
    term: Term = next(parsed)[0]
    return term


@dataclass(slots=True)
class Grid:
    """A result in columns.

    Attributes
    ----------
    variables : tuple of str
        Names of the columns.
    columns : list of list
        Cells of each, ``UNBOUND`` where there is no value.
    size : int
        Number of rows, also where there is no column.
    terms : Terms
        What they stand for.
    """

    variables: tuple[str, ...]
    columns: list[list[Cell]]
    size: int
    terms: Terms

    @classmethod
    def of(cls, solutions: Solutions) -> Grid:
        """Read a result to its end."""
        width = len(solutions.variables)
        if solutions.write_tsv is None or not width:
            return cls.of_rows(solutions.variables, solutions.rows)
        reader = _Reader()
        solutions.write_tsv(reader)
        cells = reader.cells()
        columns = [cells[place::width] for place in range(width)]
        return cls(solutions.variables, columns, len(columns[0]), Terms())

    @classmethod
    def of_rows(cls, variables: Sequence[str], rows: Iterable[Row]) -> Grid:
        """Hold rows of terms."""
        held = list(rows)
        columns: list[list[Cell]] = [
            [UNBOUND if row[place] is None else row[place] for row in held]  # type: ignore[misc]
            for place in range(len(variables))
        ]
        return cls(tuple(variables), columns, len(held), Terms())

    def row(self, place: int) -> Row:
        """Return a row."""
        return tuple([self.terms[column[place]] for column in self.columns])


class _Reader:
    """A file that cuts the TSV written to it into cells, one after the other."""

    def __init__(self) -> None:
        self._cells: list[Cell] = []
        self._pieces: list[bytes] = []
        self._size = 0
        self._in_heading = True

    def write(self, piece: bytes) -> int:
        """Take what the engine writes."""
        self._pieces.append(bytes(piece))
        self._size += len(piece)
        if self._size > _PIECE:
            self._cut()
        return len(piece)

    def flush(self) -> None:
        """Do nothing: cells are cut when there are enough of them."""

    def _cut(self) -> None:
        # Tabs and line ends within values are escaped; no other character ends a cell.
        lines, end, rest = b"".join(self._pieces).rpartition(b"\n")
        self._pieces, self._size = [rest], len(rest)
        if self._in_heading and end:
            _, end, lines = lines.partition(b"\n")
            self._in_heading = False
        if end:
            self._cells += lines.decode().replace("\n", "\t").split("\t")

    def cells(self) -> list[Cell]:
        """Return all cells, those of the heading left out."""
        self._cut()
        return self._cells


class Rows(Sequence[Row]):
    """Rows of a grid, in an order, as terms."""

    def __init__(self, grid: Grid, order: Sequence[int] | None = None) -> None:
        self._grid = grid
        self._order = range(grid.size) if order is None else order

    def __len__(self) -> int:
        return self._grid.size

    def __iter__(self) -> Iterator[Row]:
        grid = self._grid
        if not grid.columns:
            return iter([()] * grid.size)
        rows = zip(*(map(grid.terms.__getitem__, column) for column in grid.columns), strict=True)
        if isinstance(self._order, range):
            return rows
        with without_collector():
            # One column after the other as they lie in memory: jumping about costs more than a list of rows.
            held = list(rows)
        return map(held.__getitem__, self._order)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        if isinstance(place, slice):
            return tuple([self._grid.row(each) for each in self._order[place]])
        return self._grid.row(self._order[place])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Rows | tuple | list) or len(other) != len(self):
            return False
        return all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Rows({tuple(self)!r})"


@contextmanager
def without_collector() -> Iterator[None]:
    """Build large tables without the garbage collector: it would go through all of them again and again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
