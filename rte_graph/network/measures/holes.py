"""Structural holes: Burt's constraint and effective size, on one-mode networks and projections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rte_graph.network.measures.arrays import joined, normalised, row_sums, weighted
from rte_graph.network.measures.clustering import ROWS
from rte_graph.network.measures.references import Reference
from rte_graph.network.measures.register import measure
from rte_graph.network.measures.results import Scores
from rte_graph.network.model import Network
from rte_graph.network.wording import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    FloatArray = NDArray[np.float64]

BURT = Reference(
    text="Burt, R. S. (1992). Structural Holes: The Social Structure of Competition. Harvard University "
    "Press.",
    doi="10.4159/9780674029095",
)
BURT_2004 = Reference(
    text="Burt, R. S. (2004). Structural holes and good ideas. American Journal of Sociology 110(2), "
    "349–399.",
    doi="10.1086/421787",
)


@measure(
    "constraint",
    label=Text(fr="Contrainte", en="Constraint"),
    definition=Text(
        fr="À quel point les relations du nœud, pondérées, reviennent à un même cercle : somme, sur ses "
        "voisins, du carré de ce qu’il y investit directement et à travers les autres. Plus elle est basse, "
        "plus le nœud relie des cercles qui sans lui s’ignorent ; le premier rang est donc le plus "
        "contraint. Un nœud isolé, pour qui elle n’est pas définie, vaut 0 (networkx rend NaN).",
        en="How far the node’s weighted relations lead back to one circle: sum over its neighbours of the "
        "square of what it invests in each directly and through the others. The lower, the more the node "
        "joins circles that would otherwise ignore each other; so the first rank is the most constrained. "
        "An isolate, for which it is not defined, is 0 (networkx returns NaN).",
    ),
    formula="Σ_j (p_ij + Σ_q p_iq p_qj)², j ∈ N(i), p_ij = w_ij / Σ_k w_ik",
    modes=("one-mode",),
    references=(BURT, BURT_2004),
    complexity="O(Σ d²)",
    oracle="networkx.constraint",
    tested_by=("measures/test_projection.py::test_constraint_and_effective_size_are_those_of_networkx",),
    value_range=(0.0, 2.0),
)
def constraint(network: Network) -> Scores:
    """Burt's constraint with the pairs' weights (0 for an isolate).

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> ties = [("a", "b"), ("a", "c")]
    >>> net = network_from_rows("n", [("a", ""), ("b", ""), ("c", "")], ties, mode="one-mode")
    >>> constraint(net).values.tolist()
    [0.5, 1.0, 1.0]
    """
    import numpy as np

    invested, present = _shares_of_rows(weighted(network)), joined(network)
    found = [np.zeros(0)]
    for start in range(0, len(network.nodes), ROWS):
        some = slice(start, start + ROWS)
        both = (invested[some] + invested[some] @ invested) * present[some]
        found.append(row_sums(both * both))
    return Scores(values=np.concatenate(found))


@measure(
    "effective-size",
    label=Text(fr="Taille effective", en="Effective size"),
    definition=Text(
        fr="Nombre de voisins du nœud moins ce que leurs liens entre eux, pondérés, font double emploi, "
        "rapporté aux autres nœuds du réseau ; sans poids, d − 2t/d (t : liens entre voisins). Un nœud "
        "isolé vaut 0 (networkx rend NaN).",
        en="Number of the node’s neighbours less what their weighted ties to each other make redundant, over "
        "the other nodes of the network; without weights d − 2t/d (t: ties among neighbours). An isolate is "
        "0 (networkx returns NaN).",
    ),
    formula="Σ_j (1 − Σ_q p_iq m_jq) / (V − 1), j ∈ N(i), q ≠ i, j, m_jq = w_jq / max_k w_jk",
    raw=Text(fr="taille effective", en="effective size"),
    modes=("one-mode",),
    references=(BURT,),
    complexity="O(Σ d²)",
    oracle="networkx.effective_size(nodes=…) (without nodes=, networkx 3.6 divides by max_k w_qk)",
    tested_by=("measures/test_projection.py::test_constraint_and_effective_size_are_those_of_networkx",),
)
def effective_size(network: Network) -> Scores:
    """Burt's effective size with the pairs' weights, over the other nodes (0 for an isolate).

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> ties = [("a", "b"), ("a", "c"), ("b", "c")]
    >>> net = network_from_rows("n", [("a", ""), ("b", ""), ("c", "")], ties, mode="one-mode")
    >>> effective_size(net).raw.tolist()
    [1.0, 1.0, 1.0]
    """
    import numpy as np

    weights, present = weighted(network), joined(network)
    invested = _shares_of_rows(weights)
    most = weights.max(axis=1).toarray().ravel() if len(network.nodes) else np.zeros(0)
    marginal = _scaled(weights, most)
    redundant = [np.zeros(0)]
    for start in range(0, len(network.nodes), ROWS):
        some = slice(start, start + ROWS)
        redundant.append(row_sums((invested[some] @ marginal.T) * present[some]))
    raw = row_sums(present) - np.concatenate(redundant)
    # What floating point leaves of a complete redundancy is nothing.
    raw = np.maximum(raw, 0.0)
    return normalised(raw, np.full(len(raw), max(len(raw) - 1.0, 0.0)))


def _shares_of_rows(weights: csr_array[Any, Any]) -> csr_array[Any, Any]:
    return _scaled(weights, row_sums(weights))


def _scaled(weights: csr_array[Any, Any], by: FloatArray) -> csr_array[Any, Any]:
    """Divide each row by a number; a row without weights has no entry to divide."""
    found = weights.tocoo()
    # Not times an inverse: that of a tiny weight is infinite.
    found.data = found.data / by[found.coords[0]]
    divided: csr_array[Any, Any] = found.tocsr()
    return divided
