"""The register of measures: commands, pages and documentation derive from it."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rte_graph.errors import InvalidParameter, UnknownName
from rte_graph.network.model import Mode, Network
from rte_graph.network.structure import is_connected
from rte_graph.network.wording import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

MODE_NAMES = {
    "two-mode": Text(fr="bimodaux", en="two-mode"),
    "one-mode": Text(fr="unimodaux", en="one-mode"),
    "multi": Text(fr="multimodaux", en="multi-mode"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Where a measure is defined."""

    text: str
    doi: str


BORGATTI_EVERETT = Reference(
    text="Borgatti, S. P. & Everett, M. G. (1997). Network analysis of 2-mode data. "
    "Social Networks 19(3), 243–269.",
    doi="10.1016/S0378-8733(96)00301-2",
)
FAUST = Reference(
    text="Faust, K. (1997). Centrality in affiliation networks. Social Networks 19(2), 157–191.",
    doi="10.1016/S0378-8733(96)00300-0",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scores:
    """What a measure returns, one value per node in the order of the network's nodes.

    ``values`` lie in the measure's declared range. ``raw`` is the count or sum before normalisation,
    where there is one. ``component`` numbers the component within which values compare, where it matters.
    """

    values: FloatArray
    raw: FloatArray | None = None
    component: IntArray | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One registered measure.

    ``instead`` names the measure that stands in where this one is not defined (``connected_only``).
    """

    name: str
    label: Text
    definition: Text
    formula: str
    raw: Text
    range: tuple[float, float]
    modes: tuple[Mode, ...]
    references: tuple[Reference, ...]
    complexity: str
    oracle: str
    function: Callable[[Network], Scores]
    connected_only: bool = False
    instead: str = ""


_MEASURES: dict[str, Measure] = {}


def measure(
    name: str,
    *,
    label: Text,
    definition: Text,
    formula: str,
    raw: Text,
    modes: tuple[Mode, ...],
    references: tuple[Reference, ...],
    complexity: str,
    oracle: str,
    value_range: tuple[float, float] = (0.0, 1.0),
    connected_only: bool = False,
    instead: str = "",
) -> Callable[[Callable[[Network], Scores]], Callable[[Network], Scores]]:
    """Register the decorated function under ``name`` with what a reader must know to cite it."""

    def register(function: Callable[[Network], Scores]) -> Callable[[Network], Scores]:
        _MEASURES[name] = Measure(
            name=name,
            label=label,
            definition=definition,
            formula=formula,
            raw=raw,
            range=value_range,
            modes=modes,
            references=references,
            complexity=complexity,
            oracle=oracle,
            function=function,
            connected_only=connected_only,
            instead=instead,
        )
        return function

    return register


def measures() -> tuple[Measure, ...]:
    """Return all registered measures, in the order in which they were registered."""
    return tuple(_MEASURES.values())


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
    fr = f"Vouliez-vous dire {' ou '.join(near)} ? " if near else ""
    en = f"Did you mean {' or '.join(near)}? " if near else ""
    raise UnknownName(
        fr=f"La mesure « {name} » n’existe pas. {fr}Mesures possibles : {', '.join(_MEASURES)}.",
        en=f"There is no measure “{name}”. {en}Measures you can ask for: {', '.join(_MEASURES)}.",
    )


def applicable(name: str, network: Network) -> Measure:
    """Return the measure to use for ``name`` on this network: itself, or the one that stands in for it.

    Raises
    ------
    InvalidParameter
        If the measure is not defined for networks of this mode.
    """
    found = measure_named(name)
    if network.mode not in found.modes:
        accepted = [MODE_NAMES[mode] for mode in found.modes]
        raise InvalidParameter(
            fr=f"La mesure « {name} » vaut pour les réseaux {', '.join(t.fr for t in accepted)} ; "
            f"« {network.name} » n’en est pas un : choisissez un autre réseau (rte-graph network list).",
            en=f"The measure “{name}” is for {', '.join(t.en for t in accepted)} networks, which "
            f"“{network.name}” is not: choose another network (rte-graph network list).",
        )
    if found.connected_only and not is_connected(network):
        return measure_named(found.instead)
    return found


def compute(name: str, network: Network) -> tuple[Measure, Scores]:
    """Compute a measure; the answer says which one it is (see `applicable`).

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> net = network_from_rows("n", [("a", "source"), ("b", "source"), ("x", "target")], [("a", "x")])
    >>> used, scores = compute("closeness", net)
    >>> used.name, scores.values.tolist()
    ('harmonic-closeness', [0.6666666666666666, 0.0, 0.5])
    """
    import numpy as np

    used = applicable(name, network)
    scores = used.function(network)
    # A quotient of sums can pass its bound by a rounding error; more than that is a bug that tests catch.
    return used, replace(scores, values=np.clip(scores.values, *used.range))
