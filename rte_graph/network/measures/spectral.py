"""Eigenvector centrality and PageRank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rte_graph.network.measures.arrays import joined, row_sums
from rte_graph.network.measures.references import BORGATTI_EVERETT, FAUST, Reference
from rte_graph.network.measures.register import measure
from rte_graph.network.measures.results import Scores
from rte_graph.network.model import Network
from rte_graph.network.structure import components
from rte_graph.network.wording import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    FloatArray = NDArray[np.float64]

# Up to this side of the smaller set a dense solver is exact and quick; beyond it, Lanczos.
DENSE = 60
# networkx's default tolerance is 7 % off on a network of 140 000 nodes; this one needs more steps.
DAMPING = 0.85
PAGERANK_TOLERANCE = 1e-14
PAGERANK_STEPS = 2000


@measure(
    "eigenvector",
    label=Text(fr="Vecteur propre", en="Eigenvector"),
    definition=Text(
        fr="Importance d’un nœud selon celle des nœuds auxquels il est lié : vecteurs singuliers dominants "
        "de la matrice d’incidence (vecteur propre de la matrice d’adjacence s’il n’y a qu’un ensemble), "
        "calculés dans chaque composante, positifs, de longueur 1 dans chaque ensemble. HITS (Kleinberg) "
        "donne la même chose ici et n’est donc pas une mesure à part ; les poids ne comptent pas. Dans un "
        "réseau en plusieurs composantes, le vecteur de chacune est multiplié par la racine de la part de "
        "tous les nœuds qu’elle contient : deux composantes de même taille pèsent autant, un couple isolé "
        "ne passe pas devant tous. Les valeurs ne se comparent rigoureusement qu’au sein d’une composante. "
        "Un nœud isolé vaut 0.",
        en="Importance of a node by that of the nodes it is joined to: leading singular vectors of the "
        "biadjacency (eigenvector of the adjacency where there is one set), found in each component, "
        "positive, of length 1 in each set. HITS (Kleinberg) is the same thing here and so no measure of its "
        "own; weights do not count. In a network of several components each one’s vector is "
        "multiplied by the square root of the "
        "share of all nodes that it holds: components of equal size weigh the same, an isolated pair "
        "does not outrank everyone. Strictly, values compare only within a component. An isolate is 0.",
    ),
    formula="B v = σ₁ u, Bᵀ u = σ₁ v; u, v ≥ 0; ‖u‖ = ‖v‖ = 1; × √(V_c / V); one-mode: A u = λ₁ u",
    raw=Text(
        fr="valeur dans la composante seule (longueur 1)", en="value within the component alone (length 1)"
    ),
    modes=("two-mode", "one-mode"),
    references=(
        BORGATTI_EVERETT,
        FAUST,
        Reference(
            text="Bonacich, P. (1991). Simultaneous group and individual centralities. "
            "Social Networks 13(2), 155–168.",
            doi="10.1016/0378-8733(91)90018-O",
        ),
        Reference(
            text="Bonacich, P. (1972). Factoring and weighting approaches to status scores and clique "
            "identification. Journal of Mathematical Sociology 2(1), 113–120.",
            doi="10.1080/0022250X.1972.9989806",
        ),
        Reference(
            text="Kleinberg, J. M. (1999). Authoritative sources in a hyperlinked environment. "
            "Journal of the ACM 46(5), 604–632.",
            doi="10.1145/324133.324140",
        ),
    ),
    complexity="O(k·E); O(min(n, m)³) ≤ 60³",
    oracle="numpy.linalg.svd; networkx.hits; networkx.eigenvector_centrality (× √2 for two modes; "
    "eigenvector_centrality_numpy refuses disconnected networks)",
    unconfirmed=Text(
        fr="ni le tableau de Faust (1997) sur les dirigeants et leurs clubs, ni un tableau "
        "imprimé des vecteurs propres de Southern Women n’ont pu être consultés.",
        en="neither Faust’s table of chief executives and clubs (1997) nor a printed table of "
        "the eigenvectors of Southern Women could be consulted.",
    ),
    tested_by=(
        "test_measures.py::test_southern_women_eigenvector_is_that_of_the_bipartite_graph",
        "measures/test_one_mode_centrality.py::test_hits_gives_the_eigenvector_of_a_connected_two_mode_network",
    ),
)
def eigenvector(network: Network) -> Scores:
    """Leading singular vectors of the biadjacency (or eigenvector), component by component.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target")]
    >>> eigenvector(network_from_rows("n", nodes, [("a", "x"), ("b", "x")])).values.round(4).tolist()
    [0.7071, 0.7071, 1.0]
    """
    import numpy as np

    labels = components(network)
    raw = np.zeros(len(labels))
    two_mode = network.mode == "two-mode"
    sources = network.source_count
    matrix = network.biadjacency() if two_mode else joined(network)
    # Members of each component together, so that many small components cost no more than one.
    order = np.argsort(labels, kind="stable")
    for members in np.split(order, np.cumsum(np.bincount(labels, minlength=1))[1:-1]):
        if len(members) < 2:
            continue
        if two_mode:
            rows, columns = members[members < sources], members[members >= sources]
            raw[rows], raw[columns] = _leading_pair(matrix[rows][:, columns - sources])
        else:
            raw[members] = _leading_vector(matrix[members][:, members])
    sizes = np.bincount(labels, minlength=1)
    values = raw * np.sqrt(sizes[labels] / max(len(labels), 1))
    return Scores(values=values, raw=raw, component=labels)


def _leading_pair(block: csr_array[Any, Any]) -> tuple[FloatArray, FloatArray]:
    """Positive unit singular vectors of a connected block; equal rows get exactly equal values."""
    import numpy as np

    wide = block.shape[0] <= block.shape[1]
    flat = block if wide else block.T.tocsr()
    vector = _leading_eigenvector(flat @ flat.T)
    # A few multiplications by non-negative matrices make small entries as exact as large ones.
    for _ in range(20):
        other = flat.T @ vector
        vector = flat @ other
        vector /= np.linalg.norm(vector)
    other = flat.T @ vector
    other /= np.linalg.norm(other)
    return (vector, other) if wide else (other, vector)


def _leading_vector(block: csr_array[Any, Any]) -> FloatArray:
    """Positive unit eigenvector of a connected symmetric block."""
    import numpy as np

    vector = _leading_eigenvector(block)
    for _ in range(20):
        # Adding the vector itself keeps a block of two halves (a tree, say) from swinging between them.
        vector = block @ vector + vector
        vector /= np.linalg.norm(vector)
    return vector


def _leading_eigenvector(gram: Any) -> FloatArray:
    import numpy as np
    from scipy.sparse.linalg import eigsh

    if gram.shape[0] <= DENSE:
        found = np.linalg.eigh(gram.toarray())[1][:, -1]
    else:
        found = eigsh(gram, k=1, which="LA", v0=np.ones(gram.shape[0]), tol=0)[1][:, 0]
    # The vector of a connected block has one sign throughout: taking it as positive fixes that sign.
    positive: FloatArray = np.abs(found)
    return positive


@measure(
    "pagerank",
    label=Text(fr="PageRank", en="PageRank"),
    definition=Text(
        fr="Part du temps qu’une marche au hasard de lien en lien passe sur le nœud, avec un saut vers "
        "n’importe quel nœud une fois sur sept environ (amortissement 0,85), et toujours depuis un "
        "nœud isolé. Ne se compare qu’au sein d’un "
        "ensemble, et suit de près le degré : sans saut, c’est le degré même (les deux rangs se lisent comme "
        "un seul). Les poids ne comptent pas.",
        en="Share of the time that a random walk from tie to tie spends on the node, with a jump to any node "
        "about one time in seven (damping 0.85), and always from an isolate. Compares only within a set, and "
        "nearly follows degree: "
        "without the jump it is degree itself (read the two rankings as one). Weights do not count.",
    ),
    formula="p = 0.85 · A D⁻¹ p + 0.15 / V; Σ p = 1",
    raw=Text(fr="", en=""),
    modes=("two-mode", "one-mode"),
    references=(
        Reference(
            text="Brin, S. & Page, L. (1998). The anatomy of a large-scale hypertextual Web search engine. "
            "Computer Networks and ISDN Systems 30(1–7), 107–117.",
            doi="10.1016/S0169-7552(98)00110-X",
        ),
    ),
    complexity="O(k·E), k ≤ 2000",
    oracle="networkx.pagerank(tol=1e-14, max_iter=2000) (its default tolerance is too coarse on large "
    "networks); numpy.linalg.solve",
    tested_by=(
        "test_measures.py::test_southern_women_against_networkx",
        "test_measures.py::test_pagerank_solves_its_equations",
    ),
)
def pagerank(network: Network) -> Scores:
    """PageRank over the joined pairs, damping 0.85, tolerance 1e-14 a node.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> net = network_from_rows("n", [("a", "source"), ("x", "target")], [("a", "x")])
    >>> pagerank(net).values.tolist()
    [0.5, 0.5]
    """
    import numpy as np

    size = len(network.nodes)
    matrix = joined(network)
    degrees = row_sums(matrix)
    alone = degrees == 0
    rank = np.full(size, 1 / max(size, 1))
    for _ in range(PAGERANK_STEPS):
        # A walk on a node without a tie goes on anywhere.
        passed = np.divide(rank, degrees, out=np.zeros(size), where=~alone)
        jump = (1 - DAMPING + DAMPING * rank[alone].sum()) / max(size, 1)
        before, rank = rank, DAMPING * (matrix @ passed) + jump
        if np.abs(rank - before).sum() < PAGERANK_TOLERANCE * size:
            break
    return Scores(values=rank)
