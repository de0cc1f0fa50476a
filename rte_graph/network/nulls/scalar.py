"""The same trades entry by entry, in the plain Python that numba compiles; `trades` imports it when it does.

Without numba it runs too, slowly: the tests compare it to what numpy does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def trade(out: Any, first: Any, second: Any, keys: Any, merged: Any, goes: Any, place: Any, key: Any) -> None:
    """Let two rows trade: ``first`` and ``second`` are (start, end) in ``out``, ``keys`` those of the pair.

    The other four arrays are room to work in. ``goes`` says where a merged column goes: 2 to both rows,
    1 to the first, 0 to the second.
    """
    a, b = first[0], second[0]
    size, own, share = 0, 0, 0
    while a < first[1] or b < second[1]:
        if b == second[1] or (a < first[1] and out[a] < out[b]):
            merged[size] = out[a]
            place[own], key[own] = size, keys[a - first[0] + b - second[0]]
            a, own, share = a + 1, own + 1, share + 1
            goes[size] = 0
        elif a == first[1] or out[b] < out[a]:
            merged[size] = out[b]
            place[own], key[own] = size, keys[a - first[0] + b - second[0]]
            b, own = b + 1, own + 1
            goes[size] = 0
        else:
            merged[size], goes[size] = out[a], 2
            a, b = a + 1, b + 1
        size += 1
    order = np.argsort(key[:own], kind="mergesort")
    for rank in range(share):
        goes[place[order[rank]]] = 1
    a, b = first[0], second[0]
    for at in range(size):
        if goes[at] >= 1:
            out[a] = merged[at]
            a += 1
        if goes[at] != 1:
            out[b] = merged[at]
            b += 1


def all_trades(one: Callable[..., None]) -> Callable[..., Any]:
    """Return the function that makes one global trade per step with ``one``."""

    def run(columns: Any, indptr: Any, perms: Any, keys: Any, width: int) -> Any:
        out = columns.copy()
        steps, chains, rows = perms.shape
        most = 2 * np.max(indptr[1:] - indptr[:-1])
        merged = np.empty(most, dtype=np.int64)
        goes = np.empty(most, dtype=np.int64)
        place = np.empty(most, dtype=np.int64)
        key = np.empty(most, dtype=np.uint64)
        for step in range(steps):
            used = 0
            for chain in range(chains):
                for k in range(0, rows, 2):
                    i = chain * rows + perms[step, chain, k]
                    first = (indptr[i], indptr[i + 1])
                    entries = first[1] - first[0]
                    if k + 1 < rows:
                        j = chain * rows + perms[step, chain, k + 1]
                        second = (indptr[j], indptr[j + 1])
                        entries += second[1] - second[0]
                        # The k-th key of a pair is that of its k-th entry, by column.
                        one(out, first, second, keys[step, used : used + entries], merged, goes, place, key)
                    used += entries
        return out

    return run
