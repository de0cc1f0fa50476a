"""The arrays that measures share: who is joined to whom, how strongly, and what is possible at most."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rte_graph.errors import UnreadableQuery
from rte_graph.network.measures.results import Scores
from rte_graph.network.model import Network

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    FloatArray = NDArray[np.float64]

# Sums of squares of such weights are still finite.
HEAVIEST = 1e100


def joined(network: Network) -> csr_array[Any, Any]:
    """Return the symmetric nodes × nodes matrix with one for each joined pair, ties to oneself left out."""
    return network.remembered("joined", lambda: _without_diagonal(network.adjacency()))


def weighted(network: Network) -> csr_array[Any, Any]:
    """Return the symmetric matrix of the pairs' weights, ties to oneself left out.

    A pair weighs the sum of its ties' weights, a tie without weight one among others that have one; where
    no tie has a weight each joined pair weighs one, however many roles it has.

    Raises
    ------
    UnreadableQuery
        If a weight is negative.
    """
    if all(edge.weight is None for edge in network.edges):
        return joined(network)
    return network.remembered("weighted", lambda: _weighted(network))


def tie_weights(network: Network) -> FloatArray:
    """Return each tie's weight, one where it has none.

    Raises
    ------
    UnreadableQuery
        If a weight is negative, or too large for sums and squares of weights to be finite.
    """
    import numpy as np

    weights = np.array([1.0 if edge.weight is None else edge.weight for edge in network.edges], dtype=float)
    if (weights < 0).any():
        raise UnreadableQuery(
            fr=f"Le réseau « {network.name} » a un lien de poids négatif : corrigez la colonne ?weight de sa "
            "requête.",
            en=f"The network “{network.name}” has a tie of negative weight: mend the column ?weight of its "
            "query.",
        )
    if (weights > HEAVIEST).any():
        raise UnreadableQuery(
            fr=f"Le réseau « {network.name} » a un lien de poids supérieur à 10¹⁰⁰ : corrigez la colonne "
            "?weight de sa requête.",
            en=f"The network “{network.name}” has a tie of a weight above 10¹⁰⁰: mend the column ?weight of "
            "its query.",
        )
    return weights


def _weighted(network: Network) -> csr_array[Any, Any]:
    import numpy as np
    from scipy.sparse import coo_array

    size = len(network.nodes)
    ends = np.array([(edge.source, edge.target) for edge in network.edges], dtype=np.int64).reshape(-1, 2)
    weights = tie_weights(network)
    one_way = coo_array((weights, (ends[:, 0], ends[:, 1])), shape=(size, size)).tocsr()
    return _without_diagonal((one_way + one_way.T).tocsr())


def _without_diagonal(matrix: csr_array[Any, Any]) -> csr_array[Any, Any]:
    from scipy.sparse import coo_array

    found = matrix.tocoo()
    row, column = found.coords
    keep = (row != column) & (found.data != 0)
    return coo_array((found.data[keep], (row[keep], column[keep])), shape=matrix.shape).tocsr()


def maxima(
    network: Network, two_mode: Callable[[int, int], float], one_mode: Callable[[int], float]
) -> FloatArray:
    """Return each node's largest possible value.

    Parameters
    ----------
    two_mode : callable
        Largest value of a node from the size of its own set and of the other one.
    one_mode : callable
        Largest value of a node from the number of all nodes, where there are not two sets.
    """
    import numpy as np

    if network.mode != "two-mode":
        size = len(network.nodes)
        return np.full(size, float(one_mode(size) if size else 0))
    n, m = network.source_count, network.target_count
    return np.concatenate(
        [np.full(n, float(two_mode(n, m) if n else 0)), np.full(m, float(two_mode(m, n) if m else 0))]
    )


def shares(raw: FloatArray, most: FloatArray) -> FloatArray:
    """Divide, where there is something to divide by; nothing possible is nothing reached."""
    import numpy as np

    return np.divide(raw, most, out=np.zeros_like(raw), where=most > 0)


def normalised(raw: FloatArray, most: FloatArray) -> Scores:
    """Return raw values and their shares of the largest possible ones."""
    return Scores(values=shares(raw, most), raw=raw)


def row_sums(matrix: Any) -> FloatArray:
    """Return the sum of each row of a sparse matrix as a flat array."""
    import numpy as np

    return np.asarray(matrix.sum(axis=1), dtype=np.float64).ravel()
