"""Where each node stands in the networks: values and ranks by measure, and who is tied to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rte_graph.network.wording import Text

if TYPE_CHECKING:
    from rte_graph.network.model import Network
    from rte_graph.publish.model import Site
    from rte_graph.publish.networks import Drawn

# Beyond so many nodes, measures that walk all paths take minutes: only what counts ties is given.
MOST_NODES = 800
QUICK = ("degree", "pagerank")
TIES = "cooperation"
"""Network whose ties are drawn around a resource."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One node's place by one measure, among ``among`` nodes of its set; ``raw`` is the number of neighbours,
    where the measure counts them."""

    measure: Text
    value: float
    raw: float | None
    rank: int
    among: int
    tied: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkStanding:
    """One node's places in one network."""

    network: str
    title: Text
    set_label: Text
    standings: tuple[Standing, ...]


@dataclass(slots=True)
class Standings:
    """Places of all nodes, and the ties between them, by IRI."""

    places: dict[str, list[NetworkStanding]] = field(default_factory=dict)
    ties: dict[str, set[str]] = field(default_factory=dict)

    def between(self, iris: Iterable[str]) -> set[tuple[str, str]]:
        """Return the pairs of some nodes that are tied, each once."""
        wanted = set(iris)
        return {(a, b) for a in wanted for b in self.ties.get(a, set()) & wanted if a < b}


def read_standings(site: Site) -> Standings:
    """Read every network of the library and rank its nodes."""
    from rte_graph.publish.networks import read_network

    found = Standings()
    for query in site.library.networks():
        drawn = read_network(site, query.name)
        if query.name == TIES:
            _add_ties(found, drawn.network)
        if drawn.network.mode != "multi":
            _add_places(found, drawn)
    return found


def _add_ties(found: Standings, network: Network) -> None:
    for edge in network.edges:
        a, b = network.nodes[edge.source].iri, network.nodes[edge.target].iri
        if a != b:
            found.ties.setdefault(a, set()).add(b)
            found.ties.setdefault(b, set()).add(a)


def _add_places(found: Standings, drawn: Drawn) -> None:
    from rte_graph.network.measures import measure_named

    network, rows = drawn.network, drawn.rows
    among: dict[tuple[str, str], Counter[int]] = {}
    for row in rows:
        among.setdefault((row.set, row.measure), Counter())[row.rank] += 1
    gathered: dict[tuple[str, str], list[Standing]] = {}
    for row in rows:
        if not row.value:
            continue
        ranks = among[row.set, row.measure]
        gathered.setdefault((row.iri, row.set), []).append(
            Standing(
                measure=measure_named(row.measure).label,
                value=row.value,
                raw=row.raw if row.measure == "degree" else None,
                rank=row.rank,
                among=ranks.total(),
                tied=ranks[row.rank],
            )
        )
    # A node without any tie is ranked by some measures all the same: that says nothing of it.
    tied = {(row.iri, row.set) for row in rows if row.measure == "degree" and row.value}
    for (iri, side), standings in gathered.items():
        if (iri, side) not in tied:
            continue
        found.places.setdefault(iri, []).append(
            NetworkStanding(
                network=network.name,
                title=network.title,
                set_label=network.source if side == "source" else network.target,
                standings=tuple(standings),
            )
        )
