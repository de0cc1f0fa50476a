"""Mixing: whether nodes of many ties are joined to nodes of many ties, and nodes of a group to its own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rte_graph.network.measures.arrays import joined, row_sums
from rte_graph.network.measures.groups import group_numbers, stated_types
from rte_graph.network.measures.references import Reference
from rte_graph.network.measures.register import measure
from rte_graph.network.measures.results import Whole
from rte_graph.network.model import Network
from rte_graph.network.wording import Text


@measure(
    "assortativity",
    kind="network",
    label=Text(fr="Assortativité des degrés", en="Degree assortativity"),
    definition=Text(
        fr="Corrélation, sur les paires liées, entre les degrés des deux bouts : positive si les nœuds très "
        "liés le sont entre eux, négative s’ils le sont à des nœuds peu liés. Deux ensembles : le degré de "
        "la source et celui de la cible, chaque paire une fois ; le coefficient à un seul ensemble y "
        "mêlerait l’écart entre les degrés moyens des deux ensembles. Non définie si tous les bouts d’un "
        "côté ont le même degré.",
        en="Correlation, over the joined pairs, between the degrees of the two ends: positive if nodes of "
        "many ties are joined to each other, negative if they are joined to nodes of few. Two sets: the "
        "degree of the source and that of the target, each pair once; the coefficient for one set would "
        "mix in the gap between the mean degrees of the two sets. Not defined where all ends on one side "
        "have the same degree.",
    ),
    formula="Σ (d_u − d̄)(d_v − d̄′) / √(Σ (d_u − d̄)² · Σ (d_v − d̄′)²) over joined pairs (u, v); "
    "one-mode: each pair both ways",
    modes=("two-mode", "one-mode"),
    references=(
        Reference(
            text="Newman, M. E. J. (2003). Mixing patterns in networks. Physical Review E 67, 026126.",
            doi="10.1103/PhysRevE.67.026126",
        ),
    ),
    complexity="O(E)",
    oracle="networkx.degree_assortativity_coefficient (two modes: of the ties drawn as arrows from source to "
    'target, x="out", y="in")',
    tested_by=("measures/test_published.py::test_assortativity_is_that_of_networkx",),
    value_range=(-1.0, 1.0),
)
def assortativity(network: Network) -> Whole:
    """Correlation of the degrees at the two ends of the joined pairs (None where one side does not vary).

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target"), ("y", "target")]
    >>> assortativity(network_from_rows("n", nodes, [("a", "x"), ("a", "y"), ("b", "x")])).value
    -0.5
    """
    import numpy as np

    matrix = joined(network)
    degrees = np.rint(row_sums(matrix)).astype(np.int64)
    row, column = matrix.tocoo().coords
    if network.mode == "two-mode":
        across = row < network.source_count
        row, column = row[across], column[across]
    one, other = degrees[row], degrees[column]
    # Whole numbers without limit of size: what does not vary is exactly 0, not floating point's noise.
    count, total, total_other = len(one), int(one.sum()), int(other.sum())
    spread = count * int(one @ one) - total**2
    spread_other = count * int(other @ other) - total_other**2
    if not spread or not spread_other:
        return Whole()
    shared = count * int(one @ other) - total * total_other
    return Whole(value=max(-1.0, min(1.0, shared / math.sqrt(spread * spread_other))))


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTies:
    """The joined pairs of one group: within it, and from it to nodes of other groups."""

    name: str
    nodes: int
    within: int
    outside: int

    @property
    def ei_index(self) -> float | None:
        """The E-I index of the group (None without a tie to a node that has a group)."""
        total = self.within + self.outside
        return (self.outside - self.within) / total if total else None


def ties_of_groups(network: Network, groups: Sequence[str] | None = None) -> tuple[GroupTies, ...]:
    """Count each group's joined pairs, by the name of the group; nodes without a group do not enter.

    Parameters
    ----------
    groups : sequence of str, optional
        Each node's group in the order of the nodes, empty for none; by default their types.

    References
    ----------
    Krackhardt & Stern (1988), doi:10.2307/2786835.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> ties = [("a", "b"), ("b", "c")]
    >>> net = network_from_rows("n", [("a", ""), ("b", ""), ("c", "")], ties, mode="one-mode")
    >>> [(each.name, each.within, each.outside) for each in ties_of_groups(net, ["red", "red", "blue"])]
    [('blue', 0, 1), ('red', 1, 1)]
    """
    import numpy as np

    names = sorted({*(stated_types(network) if groups is None else groups)} - {""})
    numbers, size = group_numbers(network, groups), len(names)
    row, column = (numbers[end] for end in joined(network).tocoo().coords)
    known = (row >= 0) & (column >= 0)
    within = np.bincount(row[known & (row == column)], minlength=size) // 2
    outside = np.bincount(row[known & (row != column)], minlength=size)
    nodes = np.bincount(numbers[numbers >= 0], minlength=size)
    return tuple(
        GroupTies(name=name, nodes=int(nodes[i]), within=int(within[i]), outside=int(outside[i]))
        for i, name in enumerate(names)
    )
