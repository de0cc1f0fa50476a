"""Degree, strength, betweenness, closeness and harmonic closeness.

In two-mode networks the normalisations are those of Borgatti & Everett (1997): each value is divided by the
largest that a node of its set could reach in a connected network with sets of the same sizes. In one-mode
networks they are Freeman's (1978), as networkx has them. Nodes without a tie are counted throughout.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rte_graph.network.measures.arrays import joined, maxima, normalised, row_sums, shares, tie_weights
from rte_graph.network.measures.paths import carried, searches
from rte_graph.network.measures.references import BORGATTI_EVERETT, FAUST, FREEMAN, Reference
from rte_graph.network.measures.register import measure
from rte_graph.network.measures.results import Scores
from rte_graph.network.model import Network
from rte_graph.network.wording import Text

if TYPE_CHECKING:
    import networkx as nx


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


@measure(
    "degree",
    label=Text(fr="Degré", en="Degree"),
    definition=Text(
        fr="Part des nœuds possibles (ceux de l’autre ensemble, ou tous les autres s’il n’y a qu’un "
        "ensemble) auxquels le nœud est lié ; plusieurs rôles d’une même paire comptent une fois.",
        en="Share of the possible nodes (those of the other set, or all others where there is one set) that "
        "the node is joined to; several roles of one pair count once.",
    ),
    formula="d(v) / m; one-mode: d(v) / (V − 1)",
    raw=Text(fr="nombre de nœuds liés", en="number of nodes joined"),
    modes=("two-mode", "one-mode", "multi"),
    references=(BORGATTI_EVERETT, FAUST, FREEMAN),
    complexity="O(E)",
    oracle="table of Borgatti & Halgin (2011); networkx.bipartite.degree_centrality; "
    "networkx.degree_centrality",
    tested_by=("test_measures.py::test_southern_women_as_published",),
)
def degree(network: Network) -> Scores:
    """Degree over the number of nodes that could be joined (0 where there are none).

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target"), ("y", "target")]
    >>> degree(network_from_rows("n", nodes, [("a", "x"), ("a", "y"), ("b", "y")])).values.tolist()
    [1.0, 0.5, 0.5, 1.0]
    """
    raw = row_sums(joined(network))
    return normalised(raw, maxima(network, lambda own, other: other, lambda size: size - 1))


@measure(
    "strength",
    label=Text(fr="Force", en="Strength"),
    definition=Text(
        fr="Somme des poids des liens du nœud, un lien sans poids comptant 1 (sans poids, c’est donc le "
        "nombre de liens, chaque rôle d’une paire en étant un), rapportée au poids de tous les liens du "
        "réseau. Un lien d’un nœud avec lui-même ne compte pas.",
        en="Sum of the weights of the node’s ties, a tie without weight counting 1 (so without weights it is "
        "the number of ties, each role of a pair being one), over the weight of all ties of the network. A "
        "tie of a node to itself does not count.",
    ),
    formula="s(v) / Σ w; s(v) = Σ w(v,u)",
    raw=Text(fr="somme des poids des liens", en="sum of the ties’ weights"),
    modes=("two-mode", "one-mode", "multi"),
    references=(
        Reference(
            text="Barrat, A., Barthélemy, M., Pastor-Satorras, R. & Vespignani, A. (2004). The architecture "
            "of complex weighted networks. PNAS 101(11), 3747–3752.",
            doi="10.1073/pnas.0400087101",
        ),
    ),
    complexity="O(E)",
    oracle="networkx.MultiGraph.degree(weight=…)",
    tested_by=(
        "measures/test_one_mode_centrality.py::test_strength_is_the_weighted_degree_of_the_multigraph",
    ),
)
def strength(network: Network) -> Scores:
    """Weight of the node's ties over the weight of all.

    Raises
    ------
    UnreadableQuery
        If a weight is negative.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> ties = [{"source": "a", "target": "x", "weight": "3"}, {"source": "b", "target": "x"}]
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target")]
    >>> strength(network_from_rows("n", nodes, ties)).raw.tolist()
    [3.0, 1.0, 4.0]
    """
    import numpy as np

    weights = tie_weights(network)
    ends = np.array([(edge.source, edge.target) for edge in network.edges], dtype=np.int64).reshape(-1, 2)
    weights = np.where(ends[:, 0] == ends[:, 1], 0.0, weights)
    size = len(network.nodes)
    raw = np.zeros(size)
    for side in (0, 1):
        raw += np.bincount(ends[:, side], weights=weights, minlength=size)
    return normalised(raw, np.full(size, weights.sum()))


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
        "rapportée au maximum possible pour des ensembles de ces tailles.",
        en="Share of the shortest paths between all other pairs of nodes that run through the node, against "
        "the largest value possible with sets of these sizes.",
    ),
    formula="Σ σ(s,t|v) / σ(s,t) / b_max, s ≠ v ≠ t, unordered pairs; b_max(n, m) = "
    "½[m²(s+1)² + m(s+1)(2t−s−1) − t(2s−t+3)], s = (n−1) div m, t = (n−1) mod m; "
    "one-mode: b_max = (V − 1)(V − 2) / 2",
    raw=Text(fr="somme des parts de plus courts chemins", en="sum of the shares of shortest paths"),
    modes=("two-mode", "one-mode"),
    references=(
        BORGATTI_EVERETT,
        FAUST,
        FREEMAN,
        Reference(
            text="Brandes, U. (2001). A faster algorithm for betweenness centrality. "
            "Journal of Mathematical Sociology 25(2), 163–177.",
            doi="10.1080/0022250X.2001.9990249",
        ),
    ),
    complexity="O(V·E·h), h levels",
    oracle="table of Borgatti & Halgin (2011); igraph on Southern Women; "
    "networkx.bipartite.betweenness_centrality; networkx.betweenness_centrality",
    tested_by=(
        "test_measures.py::test_southern_women_as_published",
        "measures/test_published.py::test_southern_women_betweenness_is_that_of_igraph",
    ),
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
    raw = network.remembered("betweenness", lambda: carried(joined(network)))
    most = maxima(network, most_betweenness, lambda size: (size - 1) * (size - 2) / 2)
    return normalised(raw, most)


@measure(
    "closeness",
    label=Text(fr="Proximité", en="Closeness"),
    definition=Text(
        fr="Somme minimale possible des distances à tous les autres nœuds, divisée par la somme observée "
        "(1 : voisin direct de tous ceux qui peuvent l’être). Ne vaut que pour un réseau connexe ; sinon la "
        "proximité harmonique la remplace (networkx.bipartite.closeness_centrality y dépasse 1).",
        en="Smallest possible sum of distances to all other nodes over the observed sum (1: a direct "
        "neighbour of all that can be one). Defined for a connected network only; otherwise harmonic "
        "closeness stands in for it (networkx.bipartite.closeness_centrality exceeds 1 there).",
    ),
    formula="(m + 2(n − 1)) / Σ d(v,u); one-mode: (V − 1) / Σ d(v,u)",
    raw=Text(fr="somme des distances", en="sum of distances"),
    modes=("two-mode", "one-mode"),
    references=(BORGATTI_EVERETT, FAUST, FREEMAN),
    complexity="O(V·E·h), h levels",
    oracle="table of Borgatti & Halgin (2011); networkx.bipartite.closeness_centrality (exceeds 1 on "
    "disconnected networks); networkx.closeness_centrality",
    tested_by=("test_measures.py::test_southern_women_as_published",),
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

    sums = [distances.sum(axis=0) for _, distances, _ in searches(joined(network))]
    raw = np.concatenate([np.zeros(0), *sums])
    least = maxima(network, lambda own, other: other + 2 * (own - 1), lambda size: size - 1)
    return Scores(values=shares(least, raw), raw=raw)


@measure(
    "harmonic-closeness",
    label=Text(fr="Proximité harmonique", en="Harmonic closeness"),
    definition=Text(
        fr="Somme des inverses des distances à tous les autres nœuds (0 pour un nœud hors d’atteinte), "
        "rapportée au maximum possible : utilisable sur un réseau en plusieurs morceaux.",
        en="Sum of inverse distances to all other nodes (0 for a node out of reach) over the largest "
        "possible sum: usable on a network in several pieces.",
    ),
    formula="Σ 1/d(v,u) / (m + (n − 1)/2); one-mode: Σ 1/d(v,u) / (V − 1)",
    raw=Text(fr="somme des inverses des distances", en="sum of inverse distances"),
    modes=("two-mode", "one-mode"),
    references=(
        Reference(
            text="Boldi, P. & Vigna, S. (2014). Axioms for centrality. "
            "Internet Mathematics 10(3–4), 222–262.",
            doi="10.1080/15427951.2013.865686",
        ),
        BORGATTI_EVERETT,
    ),
    complexity="O(V·E·h), h levels",
    oracle="networkx.harmonic_centrality",
    tested_by=("test_measures.py::test_southern_women_against_networkx",),
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
    for _, distances, _ in searches(joined(network)):
        inverse = np.divide(1.0, distances, out=np.zeros_like(distances), where=distances > 0)
        sums.append(inverse.sum(axis=0))
    raw = np.concatenate([np.zeros(0), *sums])
    most = maxima(network, lambda own, other: other + (own - 1) / 2, lambda size: size - 1)
    return normalised(raw, most)
