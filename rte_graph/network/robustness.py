"""Robustness: how much of a ranking stays when ties, one list or one source are missing.

It models ties that are missing, not the way in which the cases were chosen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rte_graph.errors import InvalidParameter
from rte_graph.network.measures import Measure, measure_named, node_measure
from rte_graph.network.measures.register import applicable
from rte_graph.network.model import Network, SetName
from rte_graph.network.ranking import rounded
from rte_graph.network.wording import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]

SHARES = (0.05, 0.1, 0.2, 0.3)
FIELDS = ("kind", "what", "share", "set", "top", "size", "kept", "low", "first")
SETS: tuple[SetName, ...] = ("target", "source")
MODELS = Text(
    fr="Ce calcul suppose des liens manquants ; il ne dit rien de la façon dont les cas ont été choisis.",
    en="This supposes missing ties; it says nothing about how the cases were chosen.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability:
    """What stays of the top of one set when something is missing.

    Attributes
    ----------
    kind : {"random", "list", "source"}
        Joined pairs missing at random, one target's ties, or what one source alone states.
    what : str
        The target or source that is missing, "" at random.
    share : float
        Share of the joined pairs that is missing, 0–1.
    set : {"target", "source"}
    top, size : int
        Ranks looked at, of how many nodes.
    kept, low : float
        Jaccard similarity of the top before and after, 0–1 (1 is the same nodes): mean over the draws, and
        what 95 % of the draws reach. Nodes that tie share the places left: m for r places, r / m each.
    first : float
        Share of the draws in which who was first still is; m nodes that tie for it count 1 / m each.
    """

    kind: str
    what: str = ""
    share: float
    set: SetName
    top: int
    size: int
    kept: float
    low: float
    first: float

    def as_dict(self) -> dict[str, Any]:
        """Return the row as the JSON and CSV outputs write it."""
        values = {name: getattr(self, name) for name in FIELDS}
        return {name: rounded(x) if isinstance(x, float) else x for name, x in values.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Staying:
    """A node of the observed top, and the share of draws in which it stays there, by share missing.

    A draw in which m nodes tie for the last r places counts r / m for each of them.
    """

    set: SetName
    label: str
    iri: str
    stays: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Robustness:
    """The robustness card of one measure of one network."""

    network: Network
    measure: Measure
    draws: int
    seed: int
    shares: tuple[float, ...]
    rows: tuple[Stability, ...]
    staying: tuple[Staying, ...]

    def as_dict(self, lang: str = "fr") -> dict[str, Any]:
        """Return the card as the JSON output writes it."""
        return {
            "network": self.network.full_name,
            "measure": self.measure.name,
            "draws": self.draws,
            "seed": self.seed,
            "generator": "PCG64",
            "shares": list(self.shares),
            "rows": [row.as_dict() for row in self.rows],
            "staying": [
                {"set": row.set, "label": row.label, "iri": row.iri, "stays": [rounded(x) for x in row.stays]}
                for row in self.staying
            ],
            "notes": [MODELS.in_language(lang)],
        }


def robustness(
    network: Network,
    measure: str = "degree",
    *,
    shares: Sequence[float] = SHARES,
    draws: int = 200,
    seed: int = 1,
    top: int = 10,
    sources: Mapping[str, Sequence[int]] | None = None,
) -> Robustness:
    """Say how stable the top of a ranking is when ties are missing.

    Parameters
    ----------
    network : Network
    measure : str
        A measure of nodes that the network's mode accepts; one for connected networks only is replaced by
        the one that stands in for it, as networks with missing ties may fall apart.
    shares : sequence of float
        Shares of the joined pairs that are missing, each between 0 and 1; at least one pair is.
    draws, seed : int
        How often pairs are taken away at random, and the seed of numpy's PCG64. A draw takes its pairs in one
        order: those of a smaller share are missing in the larger ones too.
    top : int
        Ranks; of a set with no more nodes than that, the first half. A tie at the last rank is left out
        whole; a set whose nodes all tie has no rows.
    sources : mapping of name to positions of edges, optional
        The ties that would be gone without each source.

    Raises
    ------
    UnknownName, InvalidParameter
        If the measure is not known or not for this mode, or a number makes no sense.

    References
    ----------
    Costenbader, E. & Valente, T. W. (2003). The stability of centrality measures when networks are sampled.
    Social Networks 25, 283–307, doi:10.1016/S0378-8733(03)00012-1.
    Borgatti, S. P., Carley, K. M. & Krackhardt, D. (2006). On the robustness of centrality measures under
    conditions of imperfect data. Social Networks 28, 124–136, doi:10.1016/j.socnet.2005.05.001.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target"), ("y", "target")]
    >>> net = network_from_rows("n", nodes, [("a", "x"), ("b", "x"), ("b", "y")])
    >>> card = robustness(net, "degree", shares=[0.3], draws=20)
    >>> [(row.kind, row.what, row.top, row.kept) for row in card.rows if row.set == "target"][1:]
    [('list', 'x', 1, 0.0), ('list', 'y', 1, 1.0)]
    """
    _check(shares, draws, seed, top)
    node_measure(measure)
    used = applicable(measure, network)
    ranking = _Ranking(network, measure_named(used.instead) if used.connected_only else used, top)
    random, staying = _at_random(ranking, tuple(shares), draws, seed) if network.edges else ([], [])
    rows = [*random, *_without_lists(ranking), *_without_sources(ranking, sources or {})]
    return Robustness(
        network=network,
        measure=ranking.measure,
        draws=draws,
        seed=seed,
        shares=tuple(shares),
        rows=tuple(rows),
        staying=tuple(staying),
    )


def _check(shares: Sequence[float], draws: int, seed: int, top: int) -> None:
    if all(0 < share < 1 for share in shares) and draws > 0 and seed >= 0 and top > 0:
        return
    raise InvalidParameter(
        fr="Donnez des parts manquantes entre 0 et 100 (exclus), au moins un tirage et un rang, et une "
        "graine de 0 ou plus.",
        en="Give missing shares between 0 and 100 (excluded), at least one draw and one rank, and a seed "
        "of 0 or more.",
    )


class _Ranking:
    """The observed top of each set, and the top of the same network with ties missing."""

    def __init__(self, network: Network, measure: Measure, top: int) -> None:
        self.network, self.measure = network, measure
        self.pairs = [(edge.source, edge.target) for edge in network.edges]
        self.distinct = list(dict.fromkeys(self.pairs))
        values = self._values(network)
        self.top = {name: self._cut(values, name, top) for name in SETS}
        # Where all tie there is no ranking that could be stable or not.
        self.sets = [name for name in SETS if 0 < self.top[name] < len(network.positions(name))]
        self.observed = {name: self._best(values, name, self.top[name]) for name in self.sets}
        self.first = {name: self._best(values, name, 1) for name in self.sets}

    def _values(self, network: Network) -> FloatArray:
        values: FloatArray = self.measure.function(network).values
        return values

    def _cut(self, values: FloatArray, name: SetName, top: int) -> int:
        """Return how many ranks to look at: no tie is cut, and one that would swallow the rest stays out."""
        import numpy as np

        mine = np.sort(values[np.array(self.network.positions(name), dtype=np.int64)])[::-1]
        wanted = top if len(mine) > top else len(mine) // 2
        steps = [k for k in range(1, len(mine)) if mine[k] < mine[k - 1] - 1e-12 * max(1.0, mine[k - 1])]
        return max([k for k in steps if k <= wanted], default=min(steps, default=0))

    def _best(self, values: FloatArray, name: SetName, top: int) -> FloatArray:
        """Say how far each node of a set stands in the first ranks: 1, 0, or its part of a tie's places."""
        import numpy as np

        mine = values[np.array(self.network.positions(name))]
        least = float(np.sort(mine)[-top])
        slack = 1e-12 * max(1.0, abs(least))
        above, tied = mine > least + slack, np.abs(mine - least) <= slack
        best: FloatArray = above + tied * ((top - above.sum()) / tied.sum())
        return best

    def without(self, gone: frozenset[int]) -> FloatArray:
        """Measure the network without the edges at these positions; all nodes stay."""
        edges = tuple(edge for place, edge in enumerate(self.network.edges) if place not in gone)
        return self._values(replace(self.network, edges=edges))

    def compared(self, values: FloatArray, name: SetName) -> tuple[float, float, FloatArray]:
        """Return the Jaccard similarity of the tops, how far the first stays so, and the new top."""
        import numpy as np

        top, before = self._best(values, name, self.top[name]), self.observed[name]
        first = self._best(values, name, 1)[self.first[name] > 0].sum()
        return float(np.minimum(top, before).sum() / np.maximum(top, before).sum()), float(first), top

    def row(self, kind: str, what: str, share: float, name: SetName, found: FloatArray) -> Stability:
        """Make a row of the similarities (first column) and first places (second) of each draw."""
        import numpy as np

        return Stability(
            kind=kind,
            what=what,
            share=share,
            set=name,
            top=self.top[name],
            size=len(self.network.positions(name)),
            kept=float(found[:, 0].mean()),
            low=float(np.quantile(found[:, 0], 0.05, method="lower")),
            first=float(found[:, 1].mean()),
        )


def _at_random(
    ranking: _Ranking, shares: tuple[float, ...], draws: int, seed: int
) -> tuple[list[Stability], list[Staying]]:
    import numpy as np

    generator = np.random.Generator(np.random.PCG64(seed))
    places: dict[tuple[int, int], list[int]] = {}
    for place, pair in enumerate(ranking.pairs):
        places.setdefault(pair, []).append(place)
    found = {name: np.zeros((len(shares), draws, 2)) for name in ranking.sets}
    stays = {name: np.zeros((len(shares), len(ranking.observed[name]))) for name in ranking.sets}
    for draw in range(draws):
        order = generator.permutation(len(ranking.distinct))
        for index, share in enumerate(shares):
            missing = order[: max(1, round(share * len(order)))].tolist()
            gone = frozenset(place for each in missing for place in places[ranking.distinct[each]])
            values = ranking.without(gone)
            for name in ranking.sets:
                kept, first, top = ranking.compared(values, name)
                found[name][index, draw] = kept, first
                stays[name][index] += top
    rows = [
        ranking.row("random", "", share, name, found[name][index])
        for name in ranking.sets
        for index, share in enumerate(shares)
    ]
    return rows, [row for name in ranking.sets for row in _staying(ranking, name, stays[name] / draws)]


def _staying(ranking: _Ranking, name: SetName, stays: FloatArray) -> list[Staying]:
    nodes = [ranking.network.nodes[place] for place in ranking.network.positions(name)]
    return [
        Staying(set=name, label=node.label, iri=node.iri, stays=tuple(stays[:, place].tolist()))
        for place, node in enumerate(nodes)
        if ranking.observed[name][place]
    ]


def _without_lists(ranking: _Ranking) -> list[Stability]:
    """One target's ties are missing, each in turn (two-mode networks only)."""
    if ranking.network.mode != "two-mode":
        return []
    lists: dict[str, list[int]] = {}
    for place, edge in enumerate(ranking.network.edges):
        lists.setdefault(ranking.network.nodes[edge.target].label, []).append(place)
    return _each(ranking, "list", lists)


def _without_sources(ranking: _Ranking, sources: Mapping[str, Sequence[int]]) -> list[Stability]:
    """What one source alone states is missing, each in turn; a network of one source has nothing else."""
    return _each(ranking, "source", sources) if len(sources) > 1 else []


def _each(ranking: _Ranking, kind: str, lists: Mapping[str, Sequence[int]]) -> list[Stability]:
    import numpy as np

    rows = []
    for what, gone in lists.items():
        left = {pair for place, pair in enumerate(ranking.pairs) if place not in set(gone)}
        share = 1 - len(left) / len(ranking.distinct)
        values = ranking.without(frozenset(gone))
        for name in ranking.sets:
            kept, first, _ = ranking.compared(values, name)
            rows.append(ranking.row(kind, what, share, name, np.array([[kept, first]])))
    return rows
