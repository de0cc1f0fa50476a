"""Ranks: competition ranking, with ties decided on what a reader could tell apart."""

from __future__ import annotations

from collections.abc import Sequence

from rte_graph.network.model import Node
from rte_graph.sparql.collation import collation_key

SIGNIFICANT_DIGITS = 12


def rounded(value: float) -> float:
    """Return ``value`` to 12 significant digits: beyond them lies the noise of floating point.

    Examples
    --------
    >>> rounded(0.1 + 0.2), rounded(2 / 3)
    (0.3, 0.666666666667)
    """
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}") + 0.0


def ranked(nodes: Sequence[Node], values: Sequence[float]) -> list[tuple[int, int]]:
    """Return ``(rank, position)`` for each node, best first.

    Equal values (to 12 significant digits) share a rank and leave a gap after it (1, 2, 2, 4);
    within a tie nodes stand by French-collated label, then IRI.

    Examples
    --------
    >>> a, b, c = (Node(iri=i, label=i) for i in ("a", "É", "z"))
    >>> ranked([c, a, b], [0.5, 1.0, 0.5])
    [(1, 1), (2, 2), (2, 0)]
    """
    keys = [rounded(float(value)) for value in values]
    order = sorted(range(len(nodes)), key=lambda i: (-keys[i], collation_key(nodes[i].label), nodes[i].iri))
    result: list[tuple[int, int]] = []
    for place, position in enumerate(order, start=1):
        tied = place > 1 and keys[position] == keys[order[place - 2]]
        result.append((result[-1][0] if tied else place, position))
    return result
