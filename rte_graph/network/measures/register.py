"""The register of measures: commands, pages and documentation derive from it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar, get_args

from rte_graph.errors import InvalidParameter, UnknownName
from rte_graph.network.measures.references import Reference
from rte_graph.network.measures.results import Scores, Whole
from rte_graph.network.model import Mode, Network
from rte_graph.network.structure import is_connected
from rte_graph.network.wording import Text, listed

Kind = Literal["node", "pair", "network", "partition", "group", "projection"]
Function = TypeVar("Function", bound=Callable[..., Any])

MODE_NAMES = {
    "two-mode": Text(fr="bimodaux", en="two-mode"),
    "one-mode": Text(fr="unimodaux", en="one-mode"),
    "multi": Text(fr="multimodaux", en="multi-mode"),
}
KIND_NAMES: dict[Kind, Text] = {
    "node": Text(fr="une valeur par nœud", en="one value per node"),
    "pair": Text(fr="une valeur par paire liée", en="one value per joined pair"),
    "network": Text(fr="une valeur pour le réseau entier", en="one value for the whole network"),
    "partition": Text(fr="un partage des nœuds", en="a partition of the nodes"),
    "group": Text(fr="une valeur pour un groupe de nœuds donné", en="one value for a given group of nodes"),
    "projection": Text(fr="un réseau unimodal pondéré", en="a weighted one-mode network"),
}

NOTHING = Text(fr="", en="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One registered measure.

    ``kind`` says what ``function`` returns: `Scores` (node), `PairScores` (pair), `Whole` (network),
    `Partition`, a value of a group of nodes (group), a `Network` (projection). ``instead`` names the measure
    that stands in where this one is not defined (``connected_only``). ``oracle`` says what the values are
    checked against, ``tested_by`` names the tests that do it (``file::test`` below ``tests/network/``), and
    ``unconfirmed`` what no independent source could confirm.
    """

    name: str
    kind: Kind
    label: Text
    definition: Text
    formula: str
    raw: Text
    range: tuple[float, float]
    modes: tuple[Mode, ...]
    references: tuple[Reference, ...]
    complexity: str
    oracle: str
    tested_by: tuple[str, ...]
    function: Callable[..., Any]
    unconfirmed: Text = NOTHING
    connected_only: bool = False
    instead: str = ""


_MEASURES: dict[str, Measure] = {}


def measure(
    name: str,
    *,
    label: Text,
    definition: Text,
    formula: str,
    modes: tuple[Mode, ...],
    references: tuple[Reference, ...],
    complexity: str,
    oracle: str,
    tested_by: tuple[str, ...],
    kind: Kind = "node",
    raw: Text = NOTHING,
    unconfirmed: Text = NOTHING,
    value_range: tuple[float, float] = (0.0, 1.0),
    connected_only: bool = False,
    instead: str = "",
) -> Callable[[Function], Function]:
    """Register the decorated function under ``name`` with what a reader must know to cite it."""

    def register(function: Function) -> Function:
        _MEASURES[name] = Measure(
            name=name,
            kind=kind,
            label=label,
            definition=definition,
            formula=formula,
            raw=raw,
            range=value_range,
            modes=modes,
            references=references,
            complexity=complexity,
            oracle=oracle,
            tested_by=tested_by,
            function=function,
            unconfirmed=unconfirmed,
            connected_only=connected_only,
            instead=instead,
        )
        return function

    return register


def measures(kind: Kind | None = None, mode: Mode | None = None) -> tuple[Measure, ...]:
    """Return the registered measures of a kind and for a mode (all by default), kind by kind.

    Examples
    --------
    >>> [each.name for each in measures("node", "multi")][:2]
    ['degree', 'strength']
    """
    kinds: Sequence[str] = get_args(Kind)
    found = [
        each
        for each in _MEASURES.values()
        if kind in (None, each.kind) and (mode is None or mode in each.modes)
    ]
    return tuple(sorted(found, key=lambda each: kinds.index(each.kind)))


def measure_named(name: str) -> Measure:
    """Return the measure registered under ``name``.

    Raises
    ------
    UnknownName
        If there is none; the message names the nearest ones.
    """
    found = _MEASURES.get(name.strip().lower())
    if found:
        return found
    near = difflib.get_close_matches(name.lower(), _MEASURES, n=2, cutoff=0.5)
    fr = f"Vouliez-vous dire {' ou '.join(near)} ? " if near else ""
    en = f"Did you mean {' or '.join(near)}? " if near else ""
    names = ", ".join(each.name for each in measures())
    raise UnknownName(
        fr=f"La mesure « {name} » n’existe pas. {fr}Mesures possibles : {names}.",
        en=f"There is no measure “{name}”. {en}Measures you can ask for: {names}.",
    )


def node_measure(name: str) -> Measure:
    """Return the measure registered under ``name`` if it gives a value per node, as a ranking needs.

    Raises
    ------
    UnknownName
        If there is no such measure.
    InvalidParameter
        If it gives something else.
    """
    found = measure_named(name)
    if found.kind != "node":
        names = ", ".join(each.name for each in measures("node"))
        raise InvalidParameter(
            fr=f"La mesure « {found.name} » rend {KIND_NAMES[found.kind].fr} et ne classe pas les nœuds : "
            f"choisissez parmi {names}.",
            en=f"The measure “{found.name}” gives {KIND_NAMES[found.kind].en} and does not rank nodes: "
            f"choose among {names}.",
        )
    return found


def refuse_mode(found: Measure, network: Network) -> None:
    """Refuse a network of a mode that the measure is not defined for.

    Raises
    ------
    InvalidParameter
        In one sentence that says what to do.
    """
    if network.mode in found.modes:
        return
    accepted = [MODE_NAMES[mode] for mode in found.modes]
    fr, en = "choisissez un autre réseau", "choose another network"
    if network.mode == "two-mode" and found.modes[0] == "one-mode":
        fr, en = (
            "projetez-le d’abord (rte-graph brokerage --project source, ou project en Python) ou choisissez "
            "un autre réseau",
            "project it first (rte-graph brokerage --project source, or project in Python) or choose another "
            "network",
        )
    raise InvalidParameter(
        fr=f"La mesure « {found.name} » vaut pour les réseaux {listed([t.fr for t in accepted], 'fr')} ; "
        f"« {network.name} » n’en est pas un : {fr} (rte-graph network list).",
        en=f"The measure “{found.name}” is for {listed([t.en for t in accepted], 'en')} networks, which "
        f"“{network.name}” is not: {en} (rte-graph network list).",
    )


def applicable(name: str, network: Network) -> Measure:
    """Return the measure to use for ``name`` on this network: itself, or the one that stands in for it.

    Raises
    ------
    InvalidParameter
        If the measure is not defined for networks of this mode.
    """
    found = measure_named(name)
    refuse_mode(found, network)
    if found.connected_only and not is_connected(network):
        return measure_named(found.instead)
    return found


def compute(name: str, network: Network) -> tuple[Measure, Scores]:
    """Compute a measure that has a value per node; the answer says which one it is (see `applicable`).

    Raises
    ------
    InvalidParameter
        If the measure has no value per node, or does not accept the network's mode.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> net = network_from_rows("n", [("a", "source"), ("b", "source"), ("x", "target")], [("a", "x")])
    >>> used, scores = compute("closeness", net)
    >>> used.name, scores.values.tolist()
    ('harmonic-closeness', [0.6666666666666666, 0.0, 0.5])
    """
    import numpy as np

    node_measure(name)
    used = applicable(name, network)
    scores: Scores = used.function(network)
    # A quotient of sums can pass its bound by a rounding error; more than that is a bug that tests catch.
    return used, replace(scores, values=np.clip(scores.values, *used.range))


def result(name: str, network: Network, *arguments: Any, **options: Any) -> Any:
    """Return what the measure's function returns, of whatever kind, once the mode has been checked.

    Raises
    ------
    InvalidParameter
        If the measure does not accept the network's mode.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> net = network_from_rows("n", [("a", "source"), ("b", "source"), ("x", "target")], [("a", "x")])
    >>> result("density", net).value
    0.5
    """
    found = measure_named(name)
    refuse_mode(found, network)
    return found.function(network, *arguments, **options)


def whole_values(network: Network, at_most: float = float("inf")) -> tuple[tuple[Measure, Whole], ...]:
    """Return every measure of the whole network that is defined for its mode, with its value.

    Parameters
    ----------
    at_most : float
        Leave out what walks all shortest paths where nodes times joined pairs are more than this.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> net = network_from_rows("n", [("a", ""), ("b", "")], [("a", "b")], mode="multi")
    >>> [(each.name, found.value) for each, found in whole_values(net)]
    [('density', 1.0), ('ei-index', None)]
    """
    slow = len(network.nodes) * len(network.pairs()[0]) > at_most
    return tuple(
        (each, each.function(network))
        for each in measures("network", network.mode)
        if not (slow and each.complexity.startswith("O(V·E"))
    )
