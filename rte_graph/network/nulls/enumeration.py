"""All networks with given degrees: how many there are, and each of them where they are few."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from itertools import combinations, product
from math import comb
from typing import TYPE_CHECKING, Any

from rte_graph.network.nulls.margins import Block, Margins, matrix_from

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# Steps of the counting before it is given up: about half a second.
MOST_STEPS = 10_000

Counts = tuple[int, ...]


class _TooManyError(Exception):
    """The counting passed its bound."""


class _Counter:
    """Counts the matrices of one block: rows one after the other, columns only by what they still need.

    A state is how many columns still need 0, 1, 2 … ties: columns with the same need are alike.
    """

    def __init__(self, rows: list[int], columns: list[int], most_steps: int) -> None:
        self.rows = rows
        self.columns = columns
        self.left = most_steps
        self._known: dict[tuple[int, Counts], int] = {}

    def start(self) -> Counts:
        return tuple(self.columns.count(need) for need in range(max(self.columns) + 1))

    def ways(self, row: int, state: Counts) -> int:
        """Return how many ways there are to fill the rows from this one on."""
        if row == len(self.rows):
            return 1
        key = (row, state)
        if key not in self._known:
            self._known[key] = sum(
                _arrangements(state, taken) * self.ways(row + 1, after)
                for taken, after in self.choices(row, state)
            )
        return self._known[key]

    def choices(self, row: int, state: Counts) -> Iterator[tuple[Counts, Counts]]:
        """Yield how many columns of each need this row can take, with the state that follows."""
        rest = self.rows[row + 1 :]
        for taken in _splits(self.rows[row], state):
            self.left -= 1
            if self.left < 0:
                raise _TooManyError
            after = tuple(
                state[need] - taken[need] + (taken[need + 1] if need + 1 < len(state) else 0)
                for need in range(len(state))
            )
            if _possible(rest, after):
                yield taken, after


def _splits(total: int, state: Counts) -> Iterator[Counts]:
    """Yield the ways to take ``total`` columns, some of each need but none of need 0."""

    needs = [need for need in range(1, len(state)) if state[need]]
    # What the needs from each one on can give together, so that no dead end is entered.
    rest = [sum(state[need] for need in needs[i:]) for i in range(len(needs) + 1)]
    taken = [0] * len(state)

    def split(i: int, left: int) -> Iterator[Counts]:
        if i == len(needs):
            yield tuple(taken)
            return
        for number in range(max(0, left - rest[i + 1]), min(left, state[needs[i]]) + 1):
            taken[needs[i]] = number
            yield from split(i + 1, left - number)
        taken[needs[i]] = 0

    if total <= rest[0]:
        yield from split(0, total)


def _possible(rows: list[int], state: Counts) -> bool:
    """Gale–Ryser: whether the rows left (largest first) can give the columns what they need."""
    needs = [(need, count) for need, count in enumerate(state) if need and count]
    if sum(rows) != sum(need * count for need, count in needs):
        return False
    most, held = max((need for need, _ in needs), default=0), 0
    # From the largest need on, the room no longer grows and the sums above decide.
    for k, row in enumerate(rows[:most], start=1):
        held += row
        if held > sum(min(need, k) * count for need, count in needs):
            return False
    return True


def _arrangements(state: Counts, taken: Counts) -> int:
    return reduce(lambda ways, pair: ways * comb(*pair), zip(state, taken, strict=True), 1)


def _counter(block: Block, most_steps: int) -> tuple[_Counter, list[int], list[int], bool]:
    """Return the counter of a block with its row and column positions, turned so that columns are few."""
    turned = len(block.columns) > len(block.rows)
    sides = [(block.rows, block.row_sums), (block.columns, block.column_sums)]
    (rows, row_sums), (columns, column_sums) = reversed(sides) if turned else sides
    order = sorted(range(len(rows)), key=lambda i: -int(row_sums[i]))
    counter = _Counter([int(row_sums[i]) for i in order], column_sums.tolist(), most_steps)
    return counter, [int(rows[i]) for i in order], columns.tolist(), turned


def count_matrices(margins: Margins, most_steps: int = MOST_STEPS) -> int | None:
    """Return how many matrices of zeros and ones have these row and column sums.

    Parameters
    ----------
    margins : Margins
    most_steps : int
        Bound on the work; one step is one way for a row to take columns, alike ones not told apart.

    Returns
    -------
    int or None
        The exact number, None where it takes more steps to know.

    References
    ----------
    Miller, J. W. & Harrison, M. T. (2013). Exact sampling and counting for fixed-margin matrices. Annals of
    Statistics 41(3), 1569–1592, doi:10.1214/13-AOS1131.

    Examples
    --------
    >>> from rte_graph.network.nulls.margins import margins
    >>> count_matrices(margins([2, 2, 2], [2, 2, 2])), count_matrices(margins([2] * 6, [2] * 6))
    (6, 67950)
    """
    total = 1
    for block in margins.blocks():
        # Deep recursion, and such blocks have more matrices than anyone would list.
        if max(len(block.rows), len(block.columns)) > 300:
            return None
        counter = _counter(block, most_steps)[0]
        try:
            total *= counter.ways(0, counter.start())
        except _TooManyError:
            return None
        most_steps = counter.left
    return total


def all_matrices(margins: Margins) -> Iterator[csr_array[Any, Any]]:
    """Yield every matrix of zeros and ones with these row and column sums, once, in a fixed order.

    Count them first (`count_matrices`): there may be very many.

    Examples
    --------
    >>> from rte_graph.network.nulls.margins import margins
    >>> [matrix.toarray().astype(int).tolist() for matrix in all_matrices(margins([1, 1], [1, 1]))]
    [[[1, 0], [0, 1]], [[0, 1], [1, 0]]]
    """
    import numpy as np

    fixed = margins.forced_ones()
    fillings = [list(_fillings(block)) for block in margins.blocks()]
    for chosen in product(*fillings):
        cells = fixed.copy()
        for rows, columns in chosen:
            cells[rows, columns] = True
        row, column = np.nonzero(cells)
        indptr = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=len(margins.rows)))])
        yield matrix_from(column, indptr, cells.shape)


def _fillings(block: Block) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the tied cells of each way to fill a block, as rows and columns of the whole matrix."""
    # Counted already: the bound is on the number of matrices, which the caller knows.
    counter, rows, columns, turned = _counter(block, most_steps=2**62)
    for picks in _fill(counter, 0, list(counter.columns)):
        left = [rows[i] for i, pick in enumerate(picks) for _ in pick]
        right = [columns[j] for pick in picks for j in pick]
        yield (right, left) if turned else (left, right)


def _fill(counter: _Counter, row: int, needs: list[int]) -> Iterator[tuple[tuple[int, ...], ...]]:
    if row == len(counter.rows):
        yield ()
        return
    state = tuple(needs.count(need) for need in range(max(counter.columns) + 1))
    alike = [[j for j, need in enumerate(needs) if need == which] for which in range(len(state))]
    for taken, after in counter.choices(row, state):
        if not counter.ways(row + 1, after):
            continue
        for groups in product(*(combinations(same, k) for same, k in zip(alike, taken, strict=True))):
            pick = tuple(sorted(j for group in groups for j in group))
            left = [need - (j in pick) for j, need in enumerate(needs)]
            for rest in _fill(counter, row + 1, left):
                yield (pick, *rest)
