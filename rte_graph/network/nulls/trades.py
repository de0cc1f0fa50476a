"""Curveball trades: two rows pool what only one of them has and share it out anew, each keeping its number.

All rows trade at once, in pairs drawn at random (a global trade), in several chains side by side. Random
numbers come as raw 64-bit words of the bit generator, a fixed number per global trade, and decide by their
order: whether numpy or numba does the work, and whatever the version of numpy, the draws are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]
    WordArray = NDArray[np.uint64]

# A word's upper 40 bits decide an order within a pair, with the pair's number above them: ties (one in 10¹²)
# fall to the lower column. So a step has at most 2²⁴ pairs.
KEY_BITS = 40
MOST_PAIRS = 2 ** (64 - KEY_BITS)
# Words drawn ahead, 8 bytes each.
MOST_WORDS = 2_000_000
# Moves (entries × global trades) from which compiling pays for itself.
WORTH_COMPILING = 100_000_000


@dataclass(slots=True, kw_only=True, eq=False)
class Chains:
    """The state of the chains: the sorted columns of each row, all rows of all chains in one line.

    ``columns`` has chains × entries values; row i of chain c is ``indptr[c * rows + i]`` to the next.
    """

    count: int
    rows: int
    width: int
    columns: IntArray
    indptr: IntArray
    compiled: bool = False

    @property
    def entries(self) -> int:
        """Number of ties of one chain."""
        return len(self.columns) // self.count

    def chain(self, number: int) -> tuple[IntArray, IntArray]:
        """Return the columns and row starts of one chain."""
        start = self.entries * number
        rows = self.indptr[: self.rows + 1]
        return self.columns[start : start + self.entries], rows

    def advance(self, bits: np.random.PCG64, steps: int) -> None:
        """Make this many global trades in every chain."""
        if self.rows < 2:
            return
        per_step = self.count * (self.rows + self.entries)
        while steps:
            block = max(1, min(steps, MOST_WORDS // max(1, per_step)))
            perms, keys = self._random(bits, block)
            run = _numba_kernel() if self.compiled else _numpy_trades
            self.columns = run(self.columns, self.indptr, perms, keys, self.width)
            steps -= block

    def _random(self, bits: np.random.PCG64, steps: int) -> tuple[IntArray, WordArray]:
        """Return the orders in which rows pair up (steps × chains × rows) and a key per entry and step."""
        import numpy as np

        raw = bits.random_raw(steps * self.count * (self.rows + self.entries)).reshape(steps, -1)
        first, rest = np.split(raw, [self.count * self.rows], axis=1)
        orders = first.reshape(steps, self.count, self.rows)
        keys = np.ascontiguousarray(rest >> np.uint64(64 - KEY_BITS))
        return np.argsort(orders, axis=2, kind="stable"), keys


def can_compile() -> bool:
    """Return whether numba is there."""
    return find_spec("numba") is not None


def _numpy_trades(columns: IntArray, indptr: IntArray, perms: IntArray, keys: WordArray, width: int) -> Any:
    """Make one global trade per step; return the columns in the same layout."""
    import numpy as np

    row = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
    for perm, key in zip(perms, keys, strict=True):
        row, columns = _global_trade(row, columns, perm, key, width)
    return columns[np.argsort(row * width + columns, kind="stable")]


def _global_trade(
    row: IntArray, column: IntArray, perm: IntArray, keys: WordArray, width: int
) -> tuple[IntArray, IntArray]:
    import numpy as np

    first, second, pair_of = _pairs(perm)
    pair = pair_of[row]
    # Entries by pair, then column: one that both rows have stands beside its twin, and stays.
    place = pair * width + column
    order = np.argsort(place, kind="stable")
    row, column, pair, place = row[order], column[order], pair[order], place[order]
    twin = np.zeros(len(row), dtype=bool)
    twin[1:] = place[1:] == place[:-1]
    twin[:-1] |= twin[1:]
    own = np.flatnonzero(~twin)
    p = pair[own]
    share = np.bincount(p[row[own] == first[p]], minlength=len(first))
    drawn = np.argsort((p.astype(np.uint64) << np.uint64(KEY_BITS)) | keys[own], kind="stable")
    # Pairs stay in order, so that a rank within the pair is a rank minus the pair's start.
    start = np.concatenate([[0], np.cumsum(np.bincount(p, minlength=len(first)))])[:-1]
    to_first = np.arange(len(p)) - start[p] < share[p]
    row[own[drawn]] = np.where(to_first, first[p], second[p])
    return row, column


def _pairs(perm: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Pair neighbours in each chain's order; the last of an odd number keeps what it has."""
    import numpy as np

    chains, rows = perm.shape
    line = perm + np.arange(chains)[:, None] * rows
    first, second = line[:, 0::2], line[:, 1::2]
    if rows % 2:
        second = np.concatenate([second, line[:, -1:]], axis=1)
    first, second = first.ravel(), second.ravel()
    pair_of = np.empty(chains * rows, dtype=np.int64)
    pair_of[second] = np.arange(len(second))
    pair_of[first] = np.arange(len(first))
    return first, second, pair_of


@cache
def _numba_kernel() -> Callable[..., Any]:
    from numba import njit  # type: ignore[import-not-found, import-untyped, unused-ignore]

    from rte_graph.network.nulls.scalar import all_trades, trade

    kernel: Callable[..., Any] = njit(all_trades(njit(trade)))
    return kernel
