"""What a node's value becomes when ties are missing: the intervals of a hub chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rte_graph.errors import InvalidParameter
from rte_graph.network.measures import Measure, measure_named, node_measure
from rte_graph.network.measures.register import applicable
from rte_graph.network.model import Network, SetName
from rte_graph.network.robustness import _check, _Ranking

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# What is left out at either end of an interval.
TAIL = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueInterval:
    """A node's value, and where the middle 90 % of its values lie when ties are missing.

    ``stays`` is the share of the draws in which it stands in the first ranks, 0–1, nodes that tie for the
    last of them sharing the places; None where the set has no ranking (all tie).
    """

    label: str
    iri: str
    value: float
    low: float
    high: float
    stays: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueIntervals:
    """The intervals of one set, highest value first, then by label; ``top`` are the first ranks."""

    network: Network
    measure: Measure
    set: SetName
    share: float
    draws: int
    seed: int
    top: int
    rows: tuple[ValueInterval, ...]


def value_intervals(
    network: Network,
    measure: str = "degree",
    name: SetName = "target",
    *,
    share: float = 0.1,
    draws: int = 200,
    seed: int = 1,
    top: int = 10,
) -> ValueIntervals:
    """Draw networks in which a share of the joined pairs is missing, and measure the nodes of a set in each.

    The draws are those of the robustness card with the same seed; all nodes stay.

    Parameters
    ----------
    network : Network
    measure : str
        A measure of nodes that the network's mode accepts.
    name : {"target", "source"}
    share : float
        Share of the joined pairs that is missing, between 0 and 1.
    draws, seed, top : int
        How many draws, from which seed; how many ranks count as the first.

    Raises
    ------
    InvalidParameter
        If the share, the draws, the seed or the ranks are out of range.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target"), ("y", "target")]
    >>> net = network_from_rows("n", nodes, [("a", "x"), ("b", "x"), ("b", "y")])
    >>> found = value_intervals(net, share=0.3, draws=20)
    >>> [(row.label, row.value, row.low, row.high) for row in found.rows]
    [('x', 1.0, 0.5, 1.0), ('y', 0.5, 0.0, 0.5)]
    """
    import numpy as np

    _check([share], draws, seed, top)
    node_measure(measure)
    if name == "target" and network.mode != "two-mode":
        raise InvalidParameter(
            fr=f"« {network.name} » n’a qu’un ensemble de nœuds : gardez --set source.",
            en=f"“{network.name}” has one set of nodes: keep --set source.",
        )
    used = applicable(measure, network)
    ranking = _Ranking(network, measure_named(used.instead) if used.connected_only else used, top)
    mine = np.array(network.positions(name), dtype=np.int64)
    observed = ranking.measure.function(network).values[mine]
    everyone = _drawn(ranking, share, draws, seed) if network.edges else ranking.without(frozenset())[None, :]
    drawn = everyone[:, mine]
    low = np.quantile(drawn, TAIL, axis=0, method="lower")
    high = np.quantile(drawn, 1 - TAIL, axis=0, method="higher")
    stays = _stays(ranking, name, everyone)
    rows = [
        ValueInterval(
            label=network.nodes[place].label,
            iri=network.nodes[place].iri,
            value=float(observed[i]),
            low=float(low[i]),
            high=float(high[i]),
            stays=None if stays is None else stays[i],
        )
        for i, place in enumerate(mine.tolist())
    ]
    # Nodes stand in the order of their labels, and sorting keeps it.
    rows.sort(key=lambda row: -round(row.value, 12))
    return ValueIntervals(
        network=network, measure=ranking.measure, set=name, share=share, draws=draws, seed=seed,
        top=ranking.top[name], rows=tuple(rows),
    )  # fmt: skip


def _drawn(ranking: _Ranking, share: float, draws: int, seed: int) -> NDArray[np.float64]:
    """Return the values of all nodes, one row a draw."""
    import numpy as np

    generator = np.random.Generator(np.random.PCG64(seed))
    rows = []
    for _ in range(draws):
        order = generator.permutation(len(ranking.distinct))
        missing = {ranking.distinct[each] for each in order[: max(1, round(share * len(order)))].tolist()}
        gone = frozenset(place for place, pair in enumerate(ranking.pairs) if pair in missing)
        rows.append(ranking.without(gone))
    return np.array(rows)


def _stays(ranking: _Ranking, name: SetName, drawn: NDArray[np.float64]) -> Sequence[float] | None:
    """Return for each node of a set how often it stands in the first ranks, as the robustness card does."""
    import numpy as np

    if name not in ranking.sets:
        return None
    tops = [ranking._best(values, name, ranking.top[name]) for values in drawn]
    kept: list[float] = np.mean(tops, axis=0).tolist()
    return kept
