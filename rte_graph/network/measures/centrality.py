"""Degree, closeness and betweenness of two-mode networks.

Normalisations are those of Borgatti & Everett (1997): each value is divided by the largest that a
node of its set could reach in a connected two-mode network with sets of the same sizes. Both sets are
counted in full, nodes without a tie included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from rte_graph.network.measures.register import BORGATTI_EVERETT, FAUST, Reference, Scores, measure
from rte_graph.network.model import Network
from rte_graph.network.wording import Text

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]

# Rows of the distance matrix held in memory at once: 256 × 140 000 nodes is 290 MB.
CHUNK = 256


def simple_graph(network: Network) -> nx.Graph[Any]:
    """Return the joined pairs as a networkx graph of positions, isolates included."""
    return network.remembered("simple_graph", lambda: _simple_graph(network))


def _simple_graph(network: Network) -> nx.Graph[Any]:
    import networkx as nx

    graph: nx.Graph[Any] = nx.Graph()
    graph.add_nodes_from(range(len(network.nodes)))
    left, right = network.pairs()
    graph.add_edges_from(zip(left.tolist(), right.tolist(), strict=True))
    return graph


def _maxima(network: Network, largest: Callable[[int, int], float]) -> FloatArray:
    """Each node's largest possible value, from the size of its own set and of the other one."""
    import numpy as np

    n, m = network.source_count, network.target_count
    return np.concatenate([np.full(n, largest(n, m) if n else 0.0), np.full(m, largest(m, n) if m else 0.0)])


def _shares(raw: FloatArray, maxima: FloatArray) -> FloatArray:
    """Divide, where there is something to divide by; nothing possible is nothing reached."""
    import numpy as np

    return np.divide(raw, maxima, out=np.zeros_like(raw), where=maxima > 0)


@measure(
    "degree",
    label=Text(fr="Degré", en="Degree"),
    definition=Text(
        fr="Part des nœuds de l’autre ensemble auxquels le nœud est lié ; plusieurs rôles d’une même "
        "paire comptent une fois.",
        en="Share of the other set’s nodes that the node is joined to; several roles of one pair count once.",
    ),
    formula="d(v) / m",
    raw=Text(fr="nombre de nœuds liés", en="number of nodes joined"),
    modes=("two-mode",),
    references=(BORGATTI_EVERETT, FAUST),
    complexity="O(E)",
    oracle="networkx.bipartite.degree_centrality",
)
def degree(network: Network) -> Scores:
    """Degree over the size of the other set (0 where the other set is empty).

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target"), ("y", "target")]
    >>> degree(network_from_rows("n", nodes, [("a", "x"), ("a", "y"), ("b", "y")])).values.tolist()
    [1.0, 0.5, 0.5, 1.0]
    """
    import numpy as np

    ends = np.concatenate(network.pairs())
    raw = np.bincount(ends, minlength=len(network.nodes)).astype(np.float64)
    return Scores(values=_shares(raw, _maxima(network, lambda own, other: float(other))), raw=raw)


def most_betweenness(own: int, other: int) -> float:
    """Return the largest betweenness of a node whose set has ``own`` nodes, the other ``other``.

    References
    ----------
    Borgatti & Everett (1997), doi:10.1016/S0378-8733(96)00301-2; the formula as networkx writes it.

    Examples
    --------
    >>> most_betweenness(1, 4), most_betweenness(1, 1)
    (6.0, 0.0)
    """
    if not other:
        return 0.0
    s, t = divmod(own - 1, other)
    return (other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2


@measure(
    "betweenness",
    label=Text(fr="Intermédiarité", en="Betweenness"),
    definition=Text(
        fr="Part des plus courts chemins entre toutes les autres paires de nœuds qui passent par le nœud, "
        "rapportée au maximum possible pour deux ensembles de ces tailles.",
        en="Share of the shortest paths between all other pairs of nodes that run through the node, against "
        "the largest value possible with two sets of these sizes.",
    ),
    formula="Σ σ(s,t|v) / σ(s,t) / b_max(n, m), s ≠ v ≠ t, unordered pairs; "
    "b_max = ½[m²(s+1)² + m(s+1)(2t−s−1) − t(2s−t+3)], s = (n−1) div m, t = (n−1) mod m",
    raw=Text(fr="somme des parts de plus courts chemins", en="sum of the shares of shortest paths"),
    modes=("two-mode",),
    references=(
        BORGATTI_EVERETT,
        FAUST,
        Reference(
            text="Brandes, U. (2001). A faster algorithm for betweenness centrality. "
            "Journal of Mathematical Sociology 25(2), 163–177.",
            doi="10.1080/0022250X.2001.9990249",
        ),
    ),
    complexity="O(V·E)",
    oracle="networkx.bipartite.betweenness_centrality",
)
def betweenness(network: Network) -> Scores:
    """Betweenness over the largest possible for sets of these sizes (0 where none is possible).

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target"), ("y", "target")]
    >>> betweenness(network_from_rows("n", nodes, [("a", "x"), ("a", "y"), ("b", "y")])).values.tolist()
    [1.0, 0.0, 0.0, 1.0]
    """
    import networkx as nx
    import numpy as np

    found = nx.betweenness_centrality(simple_graph(network), normalized=False)
    raw = np.array([found[i] for i in range(len(network.nodes))], dtype=np.float64)
    return Scores(values=_shares(raw, _maxima(network, most_betweenness)), raw=raw)


def _distances(network: Network) -> Iterator[FloatArray]:
    """Distances from each node to all, a chunk of rows at a time; unreachable is infinite."""
    import numpy as np
    from scipy.sparse.csgraph import shortest_path

    size = len(network.nodes)
    for start in range(0, size, CHUNK):
        rows = np.arange(start, min(start + CHUNK, size))
        yield shortest_path(network.adjacency(), method="D", unweighted=True, directed=False, indices=rows)


@measure(
    "closeness",
    label=Text(fr="Proximité", en="Closeness"),
    definition=Text(
        fr="Somme minimale possible des distances à tous les autres nœuds, divisée par la somme observée "
        "(1 : voisin direct de tout l’autre ensemble). Ne vaut que pour un réseau connexe ; sinon la "
        "proximité harmonique la remplace (networkx.bipartite.closeness_centrality y dépasse 1).",
        en="Smallest possible sum of distances to all other nodes over the observed sum (1: a direct "
        "neighbour of the whole other set). Defined for a connected network only; otherwise harmonic "
        "closeness stands in for it (networkx.bipartite.closeness_centrality exceeds 1 there).",
    ),
    formula="(m + 2(n − 1)) / Σ d(v,u)",
    raw=Text(fr="somme des distances", en="sum of distances"),
    modes=("two-mode",),
    references=(BORGATTI_EVERETT, FAUST),
    complexity="O(V·E)",
    oracle="networkx.bipartite.closeness_centrality",
    connected_only=True,
    instead="harmonic-closeness",
)
def closeness(network: Network) -> Scores:
    """Closeness in a connected network (0 for a node that is alone).

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target"), ("y", "target")]
    >>> closeness(network_from_rows("n", nodes, [("a", "x"), ("a", "y"), ("b", "y")])).raw.tolist()
    [4.0, 6.0, 6.0, 4.0]
    """
    import numpy as np

    raw = np.concatenate([np.zeros(0), *(rows.sum(axis=1) for rows in _distances(network))])
    least = _maxima(network, lambda own, other: float(other + 2 * (own - 1)))
    return Scores(values=_shares(least, raw), raw=raw)


@measure(
    "harmonic-closeness",
    label=Text(fr="Proximité harmonique", en="Harmonic closeness"),
    definition=Text(
        fr="Somme des inverses des distances à tous les autres nœuds (0 pour un nœud hors d’atteinte), "
        "rapportée au maximum possible : utilisable sur un réseau en plusieurs morceaux.",
        en="Sum of inverse distances to all other nodes (0 for a node out of reach) over the largest "
        "possible sum: usable on a network in several pieces.",
    ),
    formula="Σ 1/d(v,u) / (m + (n − 1)/2)",
    raw=Text(fr="somme des inverses des distances", en="sum of inverse distances"),
    modes=("two-mode",),
    references=(
        Reference(
            text="Boldi, P. & Vigna, S. (2014). Axioms for centrality. "
            "Internet Mathematics 10(3–4), 222–262.",
            doi="10.1080/15427951.2013.865686",
        ),
        BORGATTI_EVERETT,
    ),
    complexity="O(V·E)",
    oracle="networkx.harmonic_centrality",
)
def harmonic_closeness(network: Network) -> Scores:
    """Harmonic closeness over the largest possible for sets of these sizes (0 for an isolate).

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target")]
    >>> harmonic_closeness(network_from_rows("n", nodes, [("a", "x")])).raw.tolist()
    [1.0, 0.0, 1.0]
    """
    import numpy as np

    sums = []
    for rows in _distances(network):
        inverse = np.divide(1.0, rows, out=np.zeros_like(rows), where=rows > 0)
        sums.append(inverse.sum(axis=1))
    raw = np.concatenate([np.zeros(0), *sums])
    return Scores(values=_shares(raw, _maxima(network, lambda own, other: other + (own - 1) / 2)), raw=raw)
