"""Clustering and redundancy: how much the neighbours of a node are joined without it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rte_graph.network.measures.arrays import joined, normalised, row_sums, shares
from rte_graph.network.measures.references import LATAPY, Reference
from rte_graph.network.measures.register import measure
from rte_graph.network.measures.results import Scores, Whole
from rte_graph.network.model import Network
from rte_graph.network.wording import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    FloatArray = NDArray[np.float64]

# Rows of a product held in memory at once.
ROWS = 1024


def shared_counts(network: Network) -> csr_array[Any, Any]:
    """Return, for each two nodes, how many neighbours they share (nothing on the diagonal)."""
    return network.remembered("shared_counts", lambda: _shared_counts(network))


def _shared_counts(network: Network) -> csr_array[Any, Any]:
    matrix = joined(network)
    found: csr_array[Any, Any] = (matrix @ matrix).tocsr()
    found.setdiag(0)
    found.eliminate_zeros()
    return found


def closed(first: csr_array[Any, Any], across: csr_array[Any, Any], last: csr_array[Any, Any]) -> FloatArray:
    """Return, for each v, Σ first(v,u) · across(u,w) · last(v,w), a block of rows at a time."""
    import numpy as np

    sums = [
        row_sums((first[start : start + ROWS] @ across) * last[start : start + ROWS])
        for start in range(0, first.shape[0], ROWS)
    ]
    return np.concatenate([np.zeros(0), *sums])


@measure(
    "clustering",
    label=Text(fr="Regroupement local", en="Local clustering"),
    definition=Text(
        fr="Réseau à deux ensembles : ressemblance moyenne (Jaccard des voisinages) du nœud avec ceux de son "
        "ensemble qui partagent un voisin avec lui (Latapy et al.). Un seul ensemble : part des paires de "
        "voisins qui sont liées entre elles (Watts & Strogatz). 0 si rien n’est à comparer.",
        en="Two sets: mean likeness (Jaccard of the neighbourhoods) of the node with those of its set that "
        "share a neighbour with it (Latapy et al.). One set: share of the pairs of neighbours that are "
        "joined to each other (Watts & Strogatz). 0 where there is nothing to compare.",
    ),
    formula="mean over w of |N(v) ∩ N(w)| / |N(v) ∪ N(w)|, w ≠ v, N(v) ∩ N(w) ≠ ∅; "
    "one-mode: 2 t(v) / (d(v)(d(v) − 1)), t: triangles",
    modes=("two-mode", "one-mode"),
    references=(
        LATAPY,
        Reference(
            text="Watts, D. J. & Strogatz, S. H. (1998). Collective dynamics of “small-world” networks. "
            "Nature 393, 440–442.",
            doi="10.1038/30918",
        ),
    ),
    complexity="O(Σ d²)",
    oracle="figure 5 of Latapy et al. (2008); networkx.bipartite.latapy_clustering; networkx.clustering; "
    "igraph on the projected Southern Women",
    tested_by=(
        "measures/test_published.py::test_two_mode_clustering_of_the_figure_of_latapy",
        "measures/test_published.py::test_clustering_of_the_projected_southern_women_is_that_of_igraph",
    ),
)
def clustering(network: Network) -> Scores:
    """Local clustering: Latapy's for two modes, Watts and Strogatz's for one.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target"), ("y", "target")]
    >>> clustering(network_from_rows("n", nodes, [("a", "x"), ("b", "x"), ("b", "y")])).values.tolist()
    [0.5, 0.5, 0.5, 0.5]
    """
    matrix = joined(network)
    degrees = row_sums(matrix)
    if network.mode != "two-mode":
        return Scores(values=shares(closed(matrix, matrix, matrix), degrees * (degrees - 1)))
    shared = shared_counts(network).tocoo()
    row, column = shared.coords
    likeness = shared.copy()
    likeness.data = shared.data / (degrees[row] + degrees[column] - shared.data)
    second = row_sums(shared.astype(bool).astype(float))
    return Scores(values=shares(row_sums(likeness), second))


@measure(
    "redundancy",
    label=Text(fr="Redondance", en="Redundancy"),
    definition=Text(
        fr="Part des paires de voisins du nœud qui ont encore un voisin commun sans lui : à 1, son départ ne "
        "séparerait personne dans la projection. 0 avec moins de deux voisins (networkx refuse alors).",
        en="Share of the pairs of the node’s neighbours that still share a neighbour without it: at 1, its "
        "leaving would part nobody in the projection. 0 with fewer than two neighbours (networkx refuses "
        "then).",
    ),
    formula="|{ {u,w} ⊆ N(v) : ∃ x ≠ v, u ∈ N(x), w ∈ N(x) }| / (d(v)(d(v) − 1)/2)",
    raw=Text(fr="paires de voisins encore unies", en="pairs of neighbours still united"),
    modes=("two-mode",),
    references=(LATAPY,),
    complexity="O(Σ d² + Σ d·s), s: nodes that share two neighbours or more with the node",
    oracle="networkx.bipartite.node_redundancy",
    tested_by=("measures/test_cohesion.py::test_two_mode_clustering_and_redundancy_are_those_of_networkx",),
)
def redundancy(network: Network) -> Scores:
    """Redundancy of Latapy, Magnien and Del Vecchio (0 with fewer than two neighbours).

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target"), ("y", "target")]
    >>> ties = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]
    >>> redundancy(network_from_rows("n", nodes, ties)).values.tolist()
    [1.0, 1.0, 1.0, 1.0]
    """
    matrix = joined(network)
    degrees = row_sums(matrix)
    # The node itself is one of the neighbours that two of its neighbours share.
    twice = (shared_counts(network) >= 2).astype(float)
    raw = closed(matrix, twice.tocsr(), matrix) / 2
    return normalised(raw, degrees * (degrees - 1) / 2)


@measure(
    "global-clustering",
    kind="network",
    label=Text(fr="Regroupement global", en="Global clustering"),
    definition=Text(
        fr="Deux ensembles : part des chemins de trois liens qui se referment en un cycle de quatre (Robins "
        "& Alexander). Un seul ensemble : part des chemins de deux liens qui se referment en un triangle "
        "(transitivité). Non défini sans un tel chemin (networkx rend 0).",
        en="Two sets: share of the paths of three ties that close into a cycle of four (Robins & Alexander). "
        "One set: share of the paths of two ties that close into a triangle (transitivity). Not defined "
        "without such a path (networkx returns 0).",
    ),
    formula="4·C₄ / L₃; one-mode: 3·C₃ / L₂",
    modes=("two-mode", "one-mode"),
    references=(
        Reference(
            text="Robins, G. & Alexander, M. (2004). Small worlds among interlocking directors: network "
            "structure and distance in bipartite graphs. Computational & Mathematical Organization Theory "
            "10(1), 69–94.",
            doi="10.1023/B:CMOT.0000032580.12184.c0",
        ),
        Reference(
            text="Holland, P. W. & Leinhardt, S. (1971). Transitivity in structural models of small groups. "
            "Comparative Group Studies 2(2), 107–124.",
            doi="10.1177/104649647100200201",
        ),
    ),
    complexity="O(Σ d²)",
    oracle="networkx.bipartite.robins_alexander_clustering; networkx.transitivity; "
    "igraph (Florentine families)",
    tested_by=("measures/test_published.py::test_global_clustering_as_other_programs_print_it",),
)
def global_clustering(network: Network) -> Whole:
    """Return 4-cycles over 3-paths in two modes, triangles over 2-paths in one (None where there is none).

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target"), ("y", "target")]
    >>> ties = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]
    >>> global_clustering(network_from_rows("n", nodes, ties)).value
    1.0
    """
    matrix = joined(network)
    degrees = row_sums(matrix)
    if network.mode != "two-mode":
        paths = float((degrees * (degrees - 1)).sum())
        return Whole(value=float(closed(matrix, matrix, matrix).sum()) / paths if paths else None)
    # Each pair of one set that shares s neighbours is the diagonal of s(s − 1)/2 cycles; each cycle has two
    # diagonals, one in each set, and both stand in the matrix twice.
    shared = shared_counts(network).data
    cycles = float((shared * (shared - 1)).sum()) / 8
    left, right = network.pairs()
    paths = float(((degrees[left] - 1) * (degrees[right] - 1)).sum())
    return Whole(value=4 * cycles / paths if paths else None)
