"""Which part of a network a figure of some size can show, and what it says of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rte_graph.views.figures.words import many, said
from rte_graph.views.page_model import PageNetwork


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The part of a network that a figure shows; ``least`` ties a node must have to be in it."""

    network: PageNetwork
    isolates: int
    least: int
    fewer: int
    """Nodes with ties, but fewer than ``least``."""
    alone: int
    """Nodes with enough ties, none of whose neighbours is in the figure."""


def selection(network: PageNetwork, room: int) -> Selection:
    """Leave out the nodes without ties, then those with the fewest, until so many are left."""
    degrees = network.degrees()
    linked = sum(degree > 0 for degree in degrees)
    least = 1
    while sum(degree >= least for degree in degrees) > max(room, 1) and least < max(degrees, default=1):
        least += 1
    kept = {i for i, degree in enumerate(degrees) if degree >= least}
    joined = {end for e in network.edges if {e.source, e.target} <= kept for end in (e.source, e.target)}
    fewer = sum(0 < degree < least for degree in degrees)
    alone = sum(i not in joined for i in kept)
    # Without any tie at all the nodes are all there is.
    shown = sorted(joined) or list(range(len(degrees)))
    isolates = len(degrees) - linked if linked else 0
    return Selection(network=_part(network, shown), isolates=isolates, least=least, fewer=fewer, alone=alone)


def _part(network: PageNetwork, kept: Sequence[int]) -> PageNetwork:
    place = {old: new for new, old in enumerate(kept)}
    return replace(
        network,
        nodes=tuple(network.nodes[i] for i in kept),
        edges=tuple(
            replace(edge, source=place[edge.source], target=place[edge.target])
            for edge in network.edges
            if edge.source in place and edge.target in place
        ),
        measures=tuple(
            replace(m, values=tuple(m.values[i] for i in kept), ranks=tuple(m.ranks[i] for i in kept), raw=())
            for m in network.measures
        ),
        hub=None,
    )


def left_out(chosen: Selection, lang: str) -> str:
    """Say which nodes are not drawn, and why."""
    parts = []
    if chosen.isolates:
        fr = many(chosen.isolates, "fr", "nœud", "")
        parts.append(said(lang, f"{fr} sans lien", f"{many(chosen.isolates, 'en', '', 'node')} without ties"))
    if chosen.fewer:
        few_fr = "à un seul lien" if chosen.least == 2 else f"à moins de {chosen.least} liens"
        few_en = "with a single tie" if chosen.least == 2 else f"with fewer than {chosen.least} ties"
        fr, en = many(chosen.fewer, "fr", "nœud", ""), many(chosen.fewer, "en", "", "node")
        parts.append(said(lang, f"{fr} {few_fr}", f"{en} {few_en}"))
    if chosen.alone:
        fr, en = many(chosen.alone, "fr", "nœud", ""), many(chosen.alone, "en", "", "node")
        parts.append(said(lang, f"{fr} sans voisin dessiné", f"{en} without a neighbour in the figure"))
    if not parts:
        return ""
    listed = ", ".join(parts)
    return said(lang, f"Non dessinés : {listed}.", f"Not drawn: {listed}.")
