"""Projections: a two-mode network as a weighted one-mode network of one of its sets."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, get_args

from rte_graph.errors import InvalidParameter
from rte_graph.network.measures.arrays import row_sums
from rte_graph.network.measures.references import BREIGER, Reference
from rte_graph.network.measures.register import measure, measure_named, refuse_mode
from rte_graph.network.model import Edge, Network, SetName
from rte_graph.network.wording import Text

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Weighting = Literal["count", "newman", "jaccard", "cosine"]


def project(network: Network, onto: SetName = "source", weighting: Weighting = "count") -> Network:
    """Return the one-mode network of one set, two nodes tied if they share a neighbour.

    Parameters
    ----------
    network : Network
        Two-mode.
    onto : {"source", "target"}
        The set to keep; its isolates stay.
    weighting : {"count", "newman", "jaccard", "cosine"}
        What a tie weighs: see the measures ``projection-…``.

    Returns
    -------
    Network
        One-mode, one edge a pair, with a weight; the set and the weighting are among its parameters.

    Raises
    ------
    InvalidParameter
        If the network is not two-mode, or the set or the weighting does not exist.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("c", "source"), ("x", "target"), ("y", "target")]
    >>> net = network_from_rows("n", nodes, [("a", "x"), ("b", "x"), ("a", "y"), ("b", "y")])
    >>> [(edge.source, edge.target, edge.weight) for edge in project(net).edges]
    [(0, 1, 2.0)]
    """
    from scipy.sparse import triu

    weights = triu(projection_matrix(network, onto, weighting), k=1).tocsr()
    weights.sort_indices()
    found = weights.tocoo()
    rows, columns = (end.tolist() for end in found.coords)
    edges = (
        Edge(source=left, target=right, weight=weight)
        for left, right, weight in zip(rows, columns, found.data.tolist(), strict=True)
    )
    held = network.source if onto == "source" else network.target
    return Network(
        name=network.name,
        mode="one-mode",
        source=held,
        target=held,
        nodes=tuple(replace(network.nodes[place], set="source") for place in network.positions(onto)),
        edges=tuple(edges),
        title=network.title,
        excluded=network.excluded,
        parameters=(*network.parameters, ("projection", onto), ("weighting", weighting)),
    )


def projection_matrix(
    network: Network, onto: SetName = "source", weighting: Weighting = "count"
) -> csr_array[Any, Any]:
    """Return the symmetric matrix of weights of a projection, nothing on its diagonal: see `project`.

    Raises
    ------
    InvalidParameter
        If the network is not two-mode, or the set or the weighting does not exist.
    """
    _check(network, onto, weighting)
    matrix = network.biadjacency()
    matrix = (matrix if onto == "source" else matrix.T).tocsr()
    return _without_diagonal(_weights(matrix, weighting))


def _weights(matrix: csr_array[Any, Any], weighting: Weighting) -> csr_array[Any, Any]:
    import numpy as np
    from scipy.sparse import csr_array

    if weighting == "newman":
        # A neighbour of one node only brings nobody together.
        sizes = row_sums(matrix.T) - 1
        scaled = matrix.multiply(np.divide(1.0, sizes, out=np.zeros_like(sizes), where=sizes > 0)[None, :])
        return csr_array(scaled.tocsr() @ matrix.T)
    shared = (matrix @ matrix.T).tocoo()
    if weighting != "count":
        degrees, (row, column) = row_sums(matrix), shared.coords
        left, right = degrees[row], degrees[column]
        whole = left + right - shared.data if weighting == "jaccard" else np.sqrt(left * right)
        shared.data = shared.data / whole
    return csr_array(shared)


def _without_diagonal(matrix: csr_array[Any, Any]) -> csr_array[Any, Any]:
    matrix.setdiag(0)
    matrix.eliminate_zeros()
    return matrix


def _check(network: Network, onto: str, weighting: str) -> None:
    known = get_args(Weighting)
    if weighting not in known:
        raise InvalidParameter(
            fr=f"Le poids « {weighting} » n’existe pas : écrivez {', '.join(known)}.",
            en=f"There is no weighting “{weighting}”: write one of {', '.join(known)}.",
        )
    if onto not in ("source", "target"):
        raise InvalidParameter(
            fr=f"L’ensemble « {onto} » n’existe pas : écrivez source ou target.",
            en=f"There is no set “{onto}”: write source or target.",
        )
    refuse_mode(measure_named(f"projection-{weighting}"), network)


def _register(weighting: Weighting, **about: Any) -> None:
    """Register the projection with this weighting as a measure of its own."""
    measure(f"projection-{weighting}", kind="projection", modes=("two-mode",), complexity="O(Σ d²)", **about)(
        partial(project, weighting=weighting)
    )


_register(
    "count",
    label=Text(fr="Projection par voisins communs", en="Projection by shared neighbours"),
    definition=Text(
        fr="Réseau d’un seul des deux ensembles ; deux nœuds sont liés s’ils ont des voisins communs, et le "
        "lien pèse leur nombre.",
        en="Network of one of the two sets; two nodes are tied if they share neighbours, and the tie weighs "
        "their number.",
    ),
    formula="w(a,b) = |N(a) ∩ N(b)|",
    references=(BREIGER,),
    oracle="networkx.bipartite.weighted_projected_graph",
    tested_by=("measures/test_projection.py::test_projections_are_those_of_networkx_isolates_included",),
    value_range=(0.0, float("inf")),
)

_register(
    "newman",
    label=Text(fr="Projection de Newman", en="Newman’s projection"),
    definition=Text(
        fr="Comme la projection par voisins communs, chaque voisin commun pesant d’autant moins qu’il réunit "
        "plus de nœuds : la force d’un nœud y est le nombre de ses voisins qu’il partage.",
        en="Like the projection by shared neighbours, each shared neighbour weighing the less the more nodes "
        "it brings together: a node’s strength in it is the number of its neighbours that it shares.",
    ),
    formula="w(a,b) = Σ 1/(d(x) − 1), x ∈ N(a) ∩ N(b)",
    references=(
        Reference(
            text="Newman, M. E. J. (2001). Scientific collaboration networks. II. Shortest paths, weighted "
            "networks, and centrality. Physical Review E 64, 016132.",
            doi="10.1103/PhysRevE.64.016132",
        ),
    ),
    oracle="networkx.bipartite.collaboration_weighted_projected_graph",
    tested_by=("measures/test_projection.py::test_projections_are_those_of_networkx_isolates_included",),
    value_range=(0.0, float("inf")),
)

_register(
    "jaccard",
    label=Text(fr="Projection de Jaccard", en="Jaccard’s projection"),
    definition=Text(
        fr="Comme la projection par voisins communs, le lien pesant la part des voisins distincts des deux "
        "nœuds qui leur sont communs.",
        en="Like the projection by shared neighbours, the tie weighing the share of the two nodes’ distinct "
        "neighbours that are common to both.",
    ),
    formula="w(a,b) = |N(a) ∩ N(b)| / |N(a) ∪ N(b)|",
    references=(
        Reference(
            text="Jaccard, P. (1912). The distribution of the flora in the alpine zone. "
            "New Phytologist 11(2), 37–50.",
            doi="10.1111/j.1469-8137.1912.tb05611.x",
        ),
    ),
    oracle="networkx.bipartite.overlap_weighted_projected_graph",
    tested_by=("measures/test_projection.py::test_projections_are_those_of_networkx_isolates_included",),
)

_register(
    "cosine",
    label=Text(fr="Projection par cosinus", en="Cosine projection"),
    definition=Text(
        fr="Comme la projection par voisins communs, le lien pesant leur nombre rapporté à la moyenne "
        "géométrique des deux degrés (cosinus des lignes de la matrice d’incidence ; indice d’Ochiai).",
        en="Like the projection by shared neighbours, the tie weighing their number over the geometric mean "
        "of the two degrees (cosine of the rows of the biadjacency; Ochiai’s index).",
    ),
    formula="w(a,b) = |N(a) ∩ N(b)| / √(d(a)·d(b))",
    references=(
        Reference(
            text="Ochiai, A. (1957). Zoogeographical studies on the soleoid fishes found in Japan and its "
            "neighbouring regions, II. Bulletin of the Japanese Society of Scientific Fisheries 22(9), "
            "526–530.",
            doi="10.2331/suisan.22.526",
        ),
    ),
    oracle="scipy.spatial.distance.cosine; numpy.linalg.norm (cosine of dense rows)",
    unconfirmed=Text(
        fr="une seule autre source donne le DOI d’Ochiai avec le titre.",
        en="only one other source gives Ochiai’s DOI with the title.",
    ),
    tested_by=("measures/test_published.py::test_cosine_is_that_of_scipy",),
)
