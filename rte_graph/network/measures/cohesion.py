"""How a network holds together: density, components, cores, cut points and bridges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rte_graph.network.measures.arrays import joined, maxima, normalised, row_sums
from rte_graph.network.measures.references import BORGATTI_EVERETT, TARJAN, WASSERMAN_FAUST, Reference
from rte_graph.network.measures.register import measure
from rte_graph.network.measures.results import PairScores, Partition, Scores, Whole
from rte_graph.network.model import Network
from rte_graph.network.structure import components, shape
from rte_graph.network.wording import Text

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@measure(
    "density",
    kind="network",
    label=Text(fr="Densité", en="Density"),
    definition=Text(
        fr="Part des paires possibles qui sont liées ; non définie si aucune paire n’est possible.",
        en="Share of the possible pairs that are joined; not defined where no pair is possible.",
    ),
    formula="E / (n·m); one-mode: E / (V(V − 1)/2)",
    modes=("two-mode", "one-mode", "multi"),
    references=(BORGATTI_EVERETT, WASSERMAN_FAUST),
    complexity="O(E)",
    oracle="networkx.bipartite.density; networkx.density",
    tested_by=("measures/test_cohesion.py::test_density_is_that_of_networkx",),
)
def density(network: Network) -> Whole:
    """Joined pairs over possible pairs (None where there are none).

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> net = network_from_rows("n", [("a", "source"), ("b", "source"), ("x", "target")], [("a", "x")])
    >>> density(net).value
    0.5
    """
    size = len(network.nodes)
    if network.mode == "two-mode":
        return Whole(value=shape(network).density)
    possible = size * (size - 1) / 2
    return Whole(value=joined(network).nnz / 2 / possible if possible else None)


@measure(
    "components",
    kind="partition",
    label=Text(fr="Composantes", en="Components"),
    definition=Text(
        fr="Les morceaux du réseau : deux nœuds sont dans la même composante s’il existe un chemin de l’un à "
        "l’autre. Un nœud isolé en est une à lui seul ; la plus grande porte le numéro 1.",
        en="The pieces of the network: two nodes are in one component if there is a path from one to the "
        "other. An isolate is one by itself; the largest has the number 1.",
    ),
    formula="classes of: there is a path from u to v; numbered 1, 2 …",
    modes=("two-mode", "one-mode", "multi"),
    references=(TARJAN,),
    value_range=(1.0, float("inf")),
    complexity="O(V + E)",
    oracle="networkx.connected_components",
    tested_by=("measures/test_cohesion.py::test_components_are_those_of_networkx",),
)
def component_partition(network: Network) -> Partition:
    """Return each node's component: 1 is the largest (see `structure.components`).

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> net = network_from_rows("n", [("a", "source"), ("b", "source"), ("x", "target")], [("b", "x")])
    >>> component_partition(net).labels.tolist()
    [2, 1, 1]
    """
    return Partition(labels=components(network))


@measure(
    "core",
    label=Text(fr="Indice de noyau", en="Core number"),
    definition=Text(
        fr="Le plus grand k tel que le nœud appartienne au k-noyau : la plus grande partie du réseau où "
        "chacun est lié à k autres de cette partie au moins. Rapporté au plus grand possible pour des "
        "ensembles de ces tailles.",
        en="The largest k such that the node belongs to the k-core: the largest part of the network in which "
        "everyone is joined to at least k others of that part. Over the largest possible with sets of these "
        "sizes.",
    ),
    formula="max{k : v ∈ k-core} / min(n, m); one-mode: / (V − 1)",
    raw=Text(fr="indice de noyau k", en="core number k"),
    modes=("two-mode", "one-mode", "multi"),
    references=(
        Reference(
            text="Seidman, S. B. (1983). Network structure and minimum degree. Social Networks 5(3), "
            "269–287.",
            doi="10.1016/0378-8733(83)90028-X",
        ),
    ),
    complexity="O(r·E), r rounds of peeling",
    oracle="networkx.core_number",
    tested_by=("measures/test_cohesion.py::test_core_numbers_are_those_of_networkx",),
)
def core(network: Network) -> Scores:
    """Core number over the largest possible (0 for an isolate).

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target"), ("y", "target"), ("z", "target")]
    >>> ties = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y"), ("b", "z")]
    >>> core(network_from_rows("n", nodes, ties)).raw.tolist()
    [2.0, 2.0, 2.0, 2.0, 1.0]
    """
    import numpy as np

    matrix = joined(network)
    degrees, raw = row_sums(matrix), np.zeros(len(network.nodes))
    left, level = np.ones(len(raw), dtype=bool), 0.0
    while left.any():
        level = max(level, float(degrees[left].min()))
        peeled = left & (degrees <= level)
        raw[peeled] = level
        left &= ~peeled
        degrees = degrees - matrix @ peeled.astype(np.float64)
    return normalised(raw, maxima(network, min, lambda size: size - 1))


@measure(
    "articulation",
    label=Text(fr="Point d’articulation", en="Articulation point"),
    definition=Text(
        fr="En combien de morceaux de plus le réseau tomberait sans le nœud (0 : il n’en sépare aucun), "
        "rapporté au plus grand nombre possible pour des ensembles de ces tailles.",
        en="Into how many more pieces the network would fall without the node (0: it keeps none apart), over "
        "the largest number possible with sets of these sizes.",
    ),
    formula="(c(G − v) − c(G)) / (m − 1), c: components; one-mode: / (V − 2)",
    raw=Text(fr="morceaux de plus", en="more pieces"),
    modes=("two-mode", "one-mode", "multi"),
    references=(TARJAN,),
    complexity="O(V + E)",
    oracle="networkx.articulation_points",
    tested_by=(
        "measures/test_cohesion.py::test_articulation_points_leave_as_many_pieces_as_removing_them_does",
    ),
)
def articulation(network: Network) -> Scores:
    """How many more pieces there would be without the node; an isolate leaves none behind and counts 0.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("c", "source"), ("x", "target")]
    >>> articulation(network_from_rows("n", nodes, [("a", "x"), ("b", "x"), ("c", "x")])).raw.tolist()
    [0.0, 0.0, 0.0, 2.0]
    """
    import numpy as np

    parent, found, low = _walked(network)
    raw = np.zeros(len(network.nodes))
    for node, above in enumerate(parent):
        if above >= 0 and low[node] >= found[above]:
            raw[above] += 1
        if above < 0:
            # A root has nothing above it that would stay behind as a piece of its own.
            raw[node] -= 1
    raw = np.maximum(raw, 0.0)
    most = maxima(network, lambda own, other: other - 1, lambda size: size - 2)
    return normalised(raw, most)


@measure(
    "bridges",
    kind="pair",
    label=Text(fr="Ponts", en="Bridges"),
    definition=Text(
        fr="1 pour une paire liée sans laquelle le réseau tomberait en un morceau de plus, 0 sinon ; les "
        "rôles d’une paire ne font qu’un lien.",
        en="1 for a joined pair without which the network would fall into one more piece, 0 otherwise; the "
        "roles of a pair make one tie.",
    ),
    formula="c(G − uv) − c(G), c: components",
    modes=("two-mode", "one-mode", "multi"),
    references=(
        TARJAN,
        Reference(
            text="Tarjan, R. E. (1974). A note on finding the bridges of a graph. "
            "Information Processing Letters 2(6), 160–161.",
            doi="10.1016/0020-0190(74)90003-9",
        ),
    ),
    complexity="O(V + E)",
    oracle="networkx.bridges",
    tested_by=("measures/test_cohesion.py::test_bridges_are_those_of_networkx",),
)
def bridges(network: Network) -> PairScores:
    """Mark the joined pairs that alone hold two parts together.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> net = network_from_rows("n", [("a", "source"), ("b", "source"), ("x", "target")], [("a", "x")])
    >>> bridges(net).values.tolist()
    [1.0]
    """
    import numpy as np
    from scipy.sparse import triu

    parent, found, low = _walked(network)
    alone = {
        (min(node, above), max(node, above))
        for node, above in enumerate(parent)
        if above >= 0 and low[node] > found[above]
    }
    left, right = (end.astype(np.int64) for end in triu(joined(network)).tocoo().coords)
    order = np.lexsort((right, left))
    left, right = left[order], right[order]
    marks = [float(pair in alone) for pair in zip(left.tolist(), right.tolist(), strict=True)]
    return PairScores(left=left, right=right, values=np.array(marks, dtype=np.float64))


def _walked(network: Network) -> tuple[list[int], list[int], list[int]]:
    return network.remembered("depth_first", lambda: depth_first(joined(network)))


def depth_first(matrix: csr_array[Any, Any]) -> tuple[list[int], list[int], list[int]]:
    """Walk a simple undirected graph depth first.

    Returns
    -------
    parent, found, low : lists of int
        Where each node was reached from (-1 for a root), when, and the earliest that its subtree can
        reach by one tie that is not in the tree.

    References
    ----------
    Hopcroft & Tarjan (1973), doi:10.1145/362248.362272.
    """
    starts, ends = matrix.indptr.tolist(), matrix.indices.tolist()
    size = matrix.shape[0]
    parent, found, low = [-1] * size, [-1] * size, [0] * size
    coming, clock = starts[:-1], 0
    for root in range(size):
        stack = [root] if found[root] < 0 else []
        while stack:
            node = stack[-1]
            if found[node] < 0:
                found[node] = low[node] = clock
                clock += 1
            if coming[node] == starts[node + 1]:
                stack.pop()
                above = parent[node]
                if above >= 0:
                    low[above] = min(low[above], low[node])
                continue
            other = ends[coming[node]]
            coming[node] += 1
            if found[other] < 0:
                parent[other] = node
                stack.append(other)
            elif other != parent[node]:
                low[node] = min(low[node], found[other])
    return parent, found, low
