"""Hubs: the nodes of each set, ranked by each measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rte_graph.errors import InvalidParameter
from rte_graph.network.measures import compute, measure_named
from rte_graph.network.model import Network, SetName
from rte_graph.network.ranking import ranked, rounded

DEFAULT_MEASURES = ("degree", "betweenness", "closeness", "eigenvector", "pagerank")
SETS: tuple[SetName, ...] = ("target", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class HubRow:
    """One node's place by one measure within its set.

    ``value`` lies in the measure's range, to 12 significant digits; ``raw`` is the count or sum before
    normalisation (None where there is none); ``component`` numbers the component (1 is the largest)
    for measures whose values compare within a component only.
    """

    set: SetName
    measure: str
    rank: int
    label: str
    iri: str
    value: float
    raw: float | None = None
    component: int | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the row as the JSON and CSV outputs write it, keys in their order."""
        return {name: getattr(self, name) for name in FIELDS}


FIELDS = ("set", "measure", "rank", "label", "iri", "value", "raw", "component")


def hubs(
    network: Network,
    measures: Sequence[str] | None = None,
    set: str | None = None,  # noqa: A002 - the word that users and outputs have for it
    top: int | None = None,
) -> tuple[HubRow, ...]:
    """Rank the nodes of each set by each measure.

    Parameters
    ----------
    network : Network
        A network whose mode the measures accept.
    measures : sequence of str, optional
        Names from the register; by default degree, betweenness, closeness, eigenvector, pagerank, or
        those of them that the network's mode has.
    set : {"target", "source"}, optional
        One set only.
    top : int, optional
        Ranks 1 to ``top`` only; a tie at the last rank is kept whole.

    Returns
    -------
    tuple of HubRow
        Target set first, then source; within a set in the order of the measures, then by rank, then by
        French-collated label, then IRI. Empty for an empty network. The rows say
        ``harmonic-closeness`` where closeness was asked for and the network is not connected.

    Raises
    ------
    UnknownName
        If a measure is not registered.
    InvalidParameter
        If a measure does not accept the network's mode, or ``set`` or ``top`` makes no sense.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target"), ("y", "target")]
    >>> net = network_from_rows("n", nodes, [("a", "x"), ("b", "x"), ("b", "y")])
    >>> [(row.set, row.rank, row.iri, row.value) for row in hubs(net, ["degree"])]
    [('target', 1, 'x', 1.0), ('target', 2, 'y', 0.5), ('source', 1, 'b', 1.0), ('source', 2, 'a', 0.5)]
    """
    defaults = [name for name in DEFAULT_MEASURES if network.mode in measure_named(name).modes]
    names = list(dict.fromkeys(measures or defaults))
    wanted = _wanted_sets(set)
    check_top(top)
    computed = {used.name: scores for used, scores in (compute(name, network) for name in names)}
    return tuple(
        row
        for name in wanted
        for measure, scores in computed.items()
        for row in _rows(network, name, measure, scores)
        if top is None or row.rank <= top
    )


def on_same_measures(
    one: Network,
    other: Network,
    measures: Sequence[str] | None = None,
    set: str | None = None,  # noqa: A002 - as in `hubs`
) -> tuple[tuple[HubRow, ...], tuple[HubRow, ...]]:
    """Rank two networks so that their ranks compare: where one has to do without a measure, both do.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target"), ("y", "target")]
    >>> net = network_from_rows("n", nodes, [("a", "x"), ("b", "x"), ("b", "y")])
    >>> rows = on_same_measures(net, net.without(["x"]), ["closeness"])
    >>> sorted({row.measure for ranking in rows for row in ranking})
    ['harmonic-closeness']
    """
    rankings = hubs(one, measures or None, set), hubs(other, measures or None, set)
    used = [dict.fromkeys(row.measure for row in ranking) for ranking in rankings]
    if used[0] == used[1] or not all(used):
        return rankings
    shared = used[0].keys() & used[1].keys()
    wanted = [
        name if name in shared else measure_named(name).instead or name for each in used for name in each
    ]
    wanted = list(dict.fromkeys(wanted))
    return hubs(one, wanted, set), hubs(other, wanted, set)


def check_top(top: int | None) -> None:
    """Refuse a number of ranks that makes no sense.

    Raises
    ------
    InvalidParameter
        If ``top`` is below 1.
    """
    if top is not None and top < 1:
        raise InvalidParameter(
            fr=f"--top vaut {top} : donnez un nombre de rangs, 1 ou plus.",
            en=f"--top is {top}: give a number of ranks, 1 or more.",
        )


def _wanted_sets(name: str | None) -> tuple[SetName, ...]:
    wanted = tuple(known for known in SETS if name in (None, known))
    if not wanted:
        raise InvalidParameter(
            fr=f"L’ensemble « {name} » n’existe pas : écrivez target ou source.",
            en=f"There is no set “{name}”: write target or source.",
        )
    return wanted


def _rows(network: Network, name: SetName, measure: str, scores: Any) -> list[HubRow]:
    places = network.positions(name)
    nodes = [network.nodes[place] for place in places]
    values = [float(scores.values[place]) for place in places]
    return [
        HubRow(
            set=name,
            measure=measure,
            rank=rank,
            label=nodes[index].label,
            iri=nodes[index].iri,
            value=rounded(values[index]),
            raw=None if scores.raw is None else rounded(float(scores.raw[places[index]])),
            component=None if scores.component is None else int(scores.component[places[index]]),
        )
        for rank, index in ranked(nodes, values)
    ]
