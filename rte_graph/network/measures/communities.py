"""Communities: parts with more ties inside than degrees alone would give, by modularity.

Two modes: Barber's modularity (2007), raised by his BRIM steps (each set in turn takes the best
community given the other) and by merging communities as in LPAb+ (Liu & Murata 2010), from many seeded
starts. One mode: networkx's Louvain. Both are heuristics: the split found need not be the best one, and
several splits may score almost the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rte_graph.errors import InvalidParameter
from rte_graph.network.measures.arrays import joined, row_sums, weighted
from rte_graph.network.measures.references import Reference
from rte_graph.network.measures.register import measure
from rte_graph.network.measures.results import Partition, numbered
from rte_graph.network.model import Network
from rte_graph.network.wording import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

STARTS = 50
# What a merger or a step must add to count as better than floating point's noise.
LEAST_GAIN = 1e-12


@measure(
    "communities",
    kind="partition",
    label=Text(fr="Communautés", en="Communities"),
    definition=Text(
        fr="Partage des nœuds en groupes qui ont entre eux plus de liens que leurs degrés ne le feraient "
        "attendre : le plus haut score de modularité trouvé (Barber pour deux ensembles, Newman & Girvan "
        "pondérée pour un seul), en plusieurs départs tirés d’une graine. Méthode approchée : d’autres "
        "partages peuvent valoir presque autant. Un nœud isolé est seul dans son groupe.",
        en="Split of the nodes into groups with more ties among them than their degrees would lead one to "
        "expect: the highest modularity found (Barber’s for two sets, Newman and Girvan’s with weights for "
        "one), from several starts drawn from a seed. A heuristic: other splits may be worth almost as much. "
        "An isolate is alone in its group.",
    ),
    formula="Q = 1/E · Σ_ij (B_ij − d_i d_j / E) δ(g_i, g_j); one-mode: 1/2W · Σ_ij (w_ij − s_i s_j / 2W) δ",
    modes=("two-mode", "one-mode"),
    references=(
        Reference(
            text="Barber, M. J. (2007). Modularity and community detection in bipartite networks. "
            "Physical Review E 76, 066102.",
            doi="10.1103/PhysRevE.76.066102",
        ),
        Reference(
            text="Liu, X. & Murata, T. (2010). An efficient algorithm for optimizing bipartite modularity in "
            "bipartite networks. Journal of Advanced Computational Intelligence and Intelligent Informatics "
            "14(4), 408–415.",
            doi="10.20965/jaciii.2010.p0408",
        ),
        Reference(
            text="Newman, M. E. J. & Girvan, M. (2004). Finding and evaluating community structure in "
            "networks. Physical Review E 69, 026113.",
            doi="10.1103/PhysRevE.69.026113",
        ),
        Reference(
            text="Blondel, V. D., Guillaume, J.-L., Lambiotte, R. & Lefebvre, E. (2008). Fast unfolding of "
            "communities in large networks. Journal of Statistical Mechanics, P10008.",
            doi="10.1088/1742-5468/2008/10/P10008",
        ),
    ),
    complexity="O(starts·steps·E)",
    oracle="all partitions of small networks; the best value known for Southern Women (0.3455); "
    "networkx.community.modularity",
    unconfirmed=Text(
        fr="le DOI de Liu & Murata a la forme de ceux de la revue, mais aucune autre source ne "
        "le donne avec le titre (titre, volume et pages sont confirmés). Ce que l’article de "
        "Barber imprime pour Southern Women n’a pas pu être lu ; 0,3455 est la meilleure "
        "valeur connue, non prouvée la plus haute.",
        en="Liu & Murata’s DOI has the form of the journal’s, but no other source gives it with "
        "the title (title, volume and pages are confirmed). What Barber’s article prints for "
        "Southern Women could not be read; 0.3455 is the best value known, not proved to be "
        "the highest.",
    ),
    tested_by=(
        "measures/test_communities.py::test_southern_women_reach_the_best_modularity_known",
        "measures/test_communities.py::test_one_mode_modularity_is_that_of_networkx",
    ),
    value_range=(-0.5, 1.0),
)
def communities(network: Network, seed: int = 0, starts: int | None = None) -> Partition:
    """Return the partition of highest modularity found; ``quality`` is that modularity.

    Parameters
    ----------
    seed : int
        Same seed, same partition.
    starts : int, optional
        How many starts to try; by default 50 (10 for one mode), fewer (at least 3) on a large network.

    Raises
    ------
    InvalidParameter
        If the starts are fewer than 1, or the seed is negative.

    Returns
    -------
    Partition
        Groups numbered from 1 by falling size; quality None without a tie.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target"), ("y", "target")]
    >>> found = communities(network_from_rows("n", nodes, [("a", "x"), ("b", "y")]))
    >>> found.labels.tolist(), found.quality
    ([1, 2, 1, 2], 0.5)
    """
    import numpy as np

    _check(seed, starts)
    matrix = joined(network) if network.mode == "two-mode" else weighted(network)
    if not matrix.nnz:
        return numbered(np.arange(len(network.nodes)))
    tries = starts or default_starts(network)
    if network.mode == "two-mode":
        labels = _best_of_starts(network.biadjacency(), seed, tries)
    else:
        labels = _louvain(matrix, seed, tries)
    labels = np.where(row_sums(matrix) > 0, labels, labels.max() + 1 + np.arange(len(labels)))
    return numbered(labels, modularity(network, labels))


def _check(seed: int, starts: int | None) -> None:
    if seed < 0:
        raise InvalidParameter(
            fr=f"La graine vaut {seed} : donnez un nombre entier, 0 ou plus.",
            en=f"The seed is {seed}: give a whole number, 0 or more.",
        )
    if starts is not None and starts < 1:
        raise InvalidParameter(
            fr=f"--starts vaut {starts} : donnez un nombre de départs, 1 ou plus.",
            en=f"--starts is {starts}: give a number of starts, 1 or more.",
        )


def default_starts(network: Network) -> int:
    """Return how many starts are tried: 50 (10 for one mode), fewer on more than 10 000 joined pairs."""
    pairs = max(joined(network).nnz // 2, 1)
    return max(3, min(STARTS if network.mode == "two-mode" else STARTS // 5, STARTS * 10_000 // pairs))


def modularity(network: Network, labels: IntArray) -> float | None:
    """Return the modularity of a partition: Barber's for two modes, Newman and Girvan's with weights else.

    Parameters
    ----------
    labels : array of int
        Each node's group, in the order of the network's nodes.

    Returns
    -------
    float or None
        None without a tie.
    """
    import numpy as np

    two_mode = network.mode == "two-mode"
    matrix = joined(network) if two_mode else weighted(network)
    total = float(matrix.sum())
    if not total:
        return None
    strengths = row_sums(matrix)
    groups = np.unique(labels, return_inverse=True)[1]
    ends = matrix.tocoo()
    row, column = ends.coords
    inside = float(ends.data[groups[row] == groups[column]].sum()) / total
    if not two_mode:
        return inside - float((np.bincount(groups, weights=strengths / total) ** 2).sum())
    sources = network.source_count
    size = int(groups.max()) + 1
    left = np.bincount(groups[:sources], weights=strengths[:sources], minlength=size)
    right = np.bincount(groups[sources:], weights=strengths[sources:], minlength=size)
    return inside - float((left * right).sum()) / (total / 2) ** 2


def _louvain(weights: csr_array[Any, Any], seed: int, starts: int) -> IntArray:
    import networkx as nx
    import numpy as np

    # A power of two changes no digit: squares of tiny weights would be 0.
    scaled = weights.copy()
    scaled.data = np.ldexp(weights.data, -int(np.frexp(weights.data.max())[1]))
    graph = nx.from_scipy_sparse_array(scaled)
    found: list[tuple[float, list[set[int]]]] = []
    for start in range(starts):
        split = nx.community.louvain_communities(graph, weight="weight", seed=seed + start)
        found.append((nx.community.modularity(graph, split, weight="weight"), split))
    best = max(found, key=lambda each: round(each[0], 12))[1]
    labels = np.zeros(weights.shape[0], dtype=np.int64)
    for number, members in enumerate(best):
        labels[list(members)] = number
    return labels


def _best_of_starts(matrix: csr_array[Any, Any], seed: int, starts: int) -> IntArray:
    """Climb from each node of the smaller set alone, then from random splits of it; keep the best."""
    import numpy as np

    turned = matrix.shape[0] < matrix.shape[1]
    flat = (matrix.T if turned else matrix).tocsr()
    across = flat.T.tocsr()
    rng = np.random.default_rng(seed)
    width = flat.shape[1]
    best: tuple[float, IntArray, IntArray] | None = None
    for start in range(starts):
        first = np.arange(width) if not start else rng.integers(0, rng.integers(1, width + 1), width)
        found = _climb(flat, across, first)
        if best is None or found[0] > best[0] + LEAST_GAIN:
            best = found
    assert best is not None
    _, rows, columns = best
    return np.concatenate([columns, rows] if turned else [rows, columns])


def _climb(
    flat: csr_array[Any, Any], across: csr_array[Any, Any], columns: IntArray
) -> tuple[float, IntArray, IntArray]:
    """Take BRIM steps and mergers in turn until neither adds anything."""
    best, rows = -1.0, columns
    while True:
        new_rows = _best_given(flat, columns)
        new_columns = _best_given(across, new_rows)
        new_rows, new_columns = _merged(flat, new_rows, new_columns)
        value = _barber(flat, new_rows, new_columns)
        if value <= best + LEAST_GAIN:
            return best, rows, columns
        best, rows, columns = value, new_rows, new_columns


def _indicator(labels: IntArray, size: int) -> csr_array[Any, Any]:
    import numpy as np
    from scipy.sparse import csr_array

    count = len(labels)
    return csr_array((np.ones(count), (np.arange(count), labels)), shape=(count, size))


def _best_given(matrix: csr_array[Any, Any], labels: IntArray) -> IntArray:
    """Give each row the community that adds most, given those of the columns (ties: the lowest number)."""
    import numpy as np

    size = int(labels.max()) + 1
    weights = row_sums(matrix.T)
    held = np.bincount(labels, weights=weights, minlength=size)
    gains = (matrix @ _indicator(labels, size)).tocoo()
    row, group = gains.coords
    value = np.round(gains.data - row_sums(matrix)[row] * held[group] / weights.sum(), 12)
    order = np.lexsort((group, -value, row))
    rows, first = np.unique(row[order], return_index=True)
    chosen = np.zeros(matrix.shape[0], dtype=np.int64)
    chosen[rows] = group[order][first]
    return chosen


def _between(
    flat: csr_array[Any, Any], rows: IntArray, columns: IntArray
) -> tuple[Any, FloatArray, FloatArray]:
    """Ties between communities (of rows × of columns), and the degrees that each holds on either side."""
    size = int(max(rows.max(), columns.max())) + 1
    left, right = _indicator(rows, size), _indicator(columns, size)
    return left.T @ flat @ right, left.T @ row_sums(flat), right.T @ row_sums(flat.T)


def _barber(flat: csr_array[Any, Any], rows: IntArray, columns: IntArray) -> float:
    ties, left, right = _between(flat, rows, columns)
    total = float(flat.sum())
    return float(ties.diagonal().sum()) / total - float((left * right).sum()) / total**2


def _merged(flat: csr_array[Any, Any], rows: IntArray, columns: IntArray) -> tuple[IntArray, IntArray]:
    """Merge the communities whose union adds most, as long as one does.

    Gains of unions without a community in common add up: of many communities a share is merged at once.
    """
    import numpy as np
    from scipy.sparse import triu

    total = float(flat.sum())
    while True:
        ties, left, right = _between(flat, rows, columns)
        # Only communities with a tie between them can gain by a merger.
        both = triu(ties + ties.T, k=1).tocoo()
        one, other = both.coords
        gain = np.round(both.data - (left[one] * right[other] + left[other] * right[one]) / total, 12)
        worth = np.flatnonzero(gain > 0)
        if not len(worth):
            return rows, columns
        names, taken = np.arange(len(left)), set[int]()
        for place in worth[np.lexsort((worth, -gain[worth]))].tolist():
            pair = {int(one[place]), int(other[place])}
            if not taken & pair:
                taken |= pair
                names[max(pair)] = min(pair)
            if len(taken) > len(left) // 50:
                break
        rows, columns = names[rows], names[columns]
