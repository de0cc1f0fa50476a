"""The shape of a network: sizes, density, components, isolates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rte_graph.network.model import Network

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a network looks like before anything is ranked.

    ``pairs`` counts joined pairs once, ``ties`` every statement; ``density`` is the share of possible
    pairs that are joined (None where no pair is possible); ``component_sizes`` is largest first.
    """

    sources: int
    targets: int
    pairs: int
    ties: int
    density: float | None
    component_sizes: tuple[int, ...]
    isolates: tuple[str, ...]


def components(network: Network) -> IntArray:
    """Return each node's component: 1 is the largest.

    Components of equal size (nodes, then joined pairs) are numbered in the order in which their
    first node stands in the network, so that numbers do not depend on chance.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("c", "source"), ("x", "target"), ("y", "target")]
    >>> components(network_from_rows("n", nodes, [("b", "x"), ("c", "x"), ("a", "y")])).tolist()
    [2, 1, 1, 1, 2]
    """
    return network.remembered("components", lambda: _components(network))


def _components(network: Network) -> IntArray:
    import numpy as np
    from scipy.sparse.csgraph import connected_components

    if not network.nodes:
        return np.zeros(0, dtype=np.int64)
    count, labels = connected_components(network.adjacency(), directed=False)
    sizes = np.bincount(labels, minlength=count)
    pairs = np.bincount(labels[network.pairs()[0]], minlength=count)
    first = np.full(count, len(labels))
    np.minimum.at(first, labels, np.arange(len(labels)))
    order = np.lexsort((first, -pairs, -sizes))
    number = np.empty(count, dtype=np.int64)
    number[order] = np.arange(1, count + 1)
    return number[labels]


def is_connected(network: Network) -> bool:
    """Return whether one component holds every node (true of an empty network)."""
    return bool((components(network) <= 1).all())


def shape(network: Network) -> Shape:
    """Return sizes, density, components and isolates of a network.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target")]
    >>> summary = shape(network_from_rows("n", nodes, [("a", "x")]))
    >>> summary.density, summary.component_sizes, summary.isolates
    (0.5, (2, 1), ('b',))
    """
    import numpy as np

    labels = components(network)
    left, right = network.pairs()
    touched = set(left.tolist()) | set(right.tolist())
    n, m = network.source_count, network.target_count
    size = len(network.nodes)
    possible = n * m if network.mode == "two-mode" else size * (size - 1) // 2
    joined = len(left) if network.mode == "two-mode" else int(network.adjacency().nnz) // 2
    return Shape(
        sources=n,
        targets=m,
        pairs=joined,
        ties=len(network.edges),
        density=joined / possible if possible else None,
        component_sizes=tuple(int(x) for x in np.bincount(labels)[1:]) if size else (),
        isolates=tuple(node.label for i, node in enumerate(network.nodes) if i not in touched),
    )


def neighbours(network: Network) -> tuple[frozenset[int], ...]:
    """Return, for each node, the positions of the nodes that it is joined to."""
    return network.remembered("neighbours", lambda: _neighbours(network))


def _neighbours(network: Network) -> tuple[frozenset[int], ...]:
    found: list[set[int]] = [set() for _ in network.nodes]
    for left, right in zip(*(end.tolist() for end in network.pairs()), strict=True):
        found[left].add(right)
        found[right].add(left)
    return tuple(frozenset(joined) for joined in found)
