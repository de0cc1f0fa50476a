"""Alliances that are members of alliances: direct against expanded members, and what ranks owe to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rte_graph.errors import InvalidParameter
from rte_graph.network.hubs import HubRow, hubs
from rte_graph.network.model import Edge, Network
from rte_graph.network.structure import neighbours
from rte_graph.network.tables import ReaderTable
from rte_graph.network.wording import Text, decimal, listed
from rte_graph.typography import french

if TYPE_CHECKING:
    from rte_graph.store.base import Store

# Who is a member: docs/queries.md, “Who is a member”.
MEMBERS = """
PREFIX rte: <https://w3id.org/rte/ontology#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX membership-role: <https://w3id.org/rte/vocab/membership-role/>
SELECT DISTINCT ?alliance ?member WHERE {
  ?membership a rte:Membership ; org:organization ?alliance ; org:member ?member ; org:role ?role .
  FILTER EXISTS { ?alliance a rte:Alliance }
  FILTER(EXISTS { ?role skos:broader* membership-role:belonging } || NOT EXISTS { ?role skos:broader ?wider })
  FILTER NOT EXISTS { ?role skos:broader* membership-role:seat }
  FILTER NOT EXISTS { ?role skos:broader* membership-role:function }
  FILTER(EXISTS { ?member a rte:Organisation } || EXISTS { ?member a rte:Alliance })
}
"""
NONE = Text(
    fr="Emboîtement : aucune alliance n’est nommée membre d’une autre ; les rangs ne doivent rien à "
    "l’emboîtement.",
    en="Nesting: no alliance is named as a member of another; ranks owe nothing to nesting.",
)
MEANING = Text(
    fr="Membres étendus : les membres directs et ceux des alliances membres, à tout niveau, parmi les nœuds "
    "du réseau ; les rangs sont ceux de la mesure sans et avec ces liens.",
    en="Expanded members: direct members and those of member alliances, at any depth, among the network’s "
    "nodes; ranks are those of the measure without and with these ties.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NestingRow:
    """One alliance with its direct and its expanded members.

    ``through`` are the alliances that it has as members, ``gained`` the labels of the members that it has
    through them only; ranks and values are by the measure, on direct and on expanded members.
    """

    label: str
    iri: str
    direct: int
    expanded: int
    through: tuple[str, ...]
    gained: tuple[str, ...]
    rank_direct: int
    rank_expanded: int
    value_direct: float
    value_expanded: float

    def as_dict(self) -> dict[str, Any]:
        """Return the row as the JSON output writes it."""
        return {
            "label": self.label,
            "iri": self.iri,
            "direct": self.direct,
            "expanded": self.expanded,
            "through": list(self.through),
            "gained": list(self.gained),
            "rankDirect": self.rank_direct,
            "rankExpanded": self.rank_expanded,
            "valueDirect": self.value_direct,
            "valueExpanded": self.value_expanded,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Nesting:
    """Every target of a network, direct and expanded; ``nested`` says whether any has member alliances."""

    measure: str
    nested: bool
    rows: tuple[NestingRow, ...]

    def as_dict(self, lang: str = "fr") -> dict[str, Any]:
        """Return the comparison as the JSON output writes it."""
        note = MEANING if self.nested else NONE
        return {
            "measure": self.measure,
            "nested": self.nested,
            "rows": [row.as_dict() for row in self.rows],
            "note": note.in_language(lang),
        }


def read_members(store: Store) -> dict[str, frozenset[str]]:
    """Return the members (organisations and alliances) of each alliance, by IRI."""
    found: dict[str, set[str]] = {}
    for row in store.select(MEMBERS).rows:
        alliance, member = (str(getattr(term, "value", "")) for term in row)
        found.setdefault(alliance, set()).add(member)
    return {alliance: frozenset(members) for alliance, members in found.items()}


def nesting(network: Network, members: Mapping[str, frozenset[str]], measure: str = "degree") -> Nesting:
    """Compare direct with expanded members of every target.

    Parameters
    ----------
    network : Network
        Two-mode; the sources are the members.
    members : mapping of IRI to IRIs
        The members of each alliance, alliances among them.
    measure : str
        By which the targets are ranked.

    Raises
    ------
    InvalidParameter
        If the network is not two-mode.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target"), ("y", "target")]
    >>> net = network_from_rows("n", nodes, [("a", "x"), ("b", "y")])
    >>> found = nesting(net, {"x": frozenset({"a", "y"}), "y": frozenset({"b"})})
    >>> [(row.label, row.direct, row.expanded, row.through, row.gained) for row in found.rows]
    [('x', 1, 2, ('y',), ('b',)), ('y', 1, 1, (), ())]
    """
    if network.mode != "two-mode":
        raise InvalidParameter(
            fr=f"L’emboîtement compare les membres d’un réseau bimodal ; « {network.name} » n’en est pas "
            "un : choisissez un autre réseau (rte-graph network list).",
            en=f"Nesting compares the members of a two-mode network, which “{network.name}” is not: choose "
            "another network (rte-graph network list).",
        )
    place = {node.iri: position for position, node in enumerate(network.nodes)}
    sources = frozenset(network.positions("source"))
    gained: dict[int, frozenset[int]] = {}
    for target in network.positions("target"):
        reached = expanded(network.nodes[target].iri, members)
        gained[target] = frozenset(place[iri] for iri in reached if iri in place) & sources
        gained[target] -= neighbours(network)[target]
    more = [Edge(source=member, target=target) for target, new in gained.items() for member in sorted(new)]
    wider = replace(network, edges=(*network.edges, *more))
    direct, full = (_ranks(net, measure) for net in (network, wider))
    alliances = _alliances(network, members)
    rows = [_row(network, target, gained[target], alliances[target], direct, full) for target in gained]
    rows.sort(key=lambda row: row.rank_expanded)
    return Nesting(measure=measure, nested=any(alliances.values()), rows=tuple(rows))


def expanded(alliance: str, members: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the members of the alliances that are members of an alliance, at any depth, cycles included.

    Examples
    --------
    >>> sorted(expanded("x", {"x": frozenset({"y"}), "y": frozenset({"x", "b"})}))
    ['b', 'y']
    """
    seen: set[str] = set()
    waiting = [alliance]
    while waiting:
        new = members.get(waiting.pop(), frozenset()) - seen
        seen |= new
        waiting += sorted(new)
    return frozenset(seen - {alliance})


def _alliances(network: Network, members: Mapping[str, frozenset[str]]) -> dict[int, tuple[str, ...]]:
    """Labels (IRIs of those that are no nodes) of the alliances with members that are members of a target."""
    labels = {node.iri: node.label for node in network.nodes}
    return {
        target: tuple(
            sorted(
                labels.get(member, member)
                for member in members.get(network.nodes[target].iri, frozenset())
                if members.get(member)
            )
        )
        for target in network.positions("target")
    }


def _ranks(network: Network, measure: str) -> dict[str, HubRow]:
    return {row.iri: row for row in hubs(network, [measure], "target")}


def _row(
    network: Network,
    target: int,
    gained: frozenset[int],
    through: tuple[str, ...],
    direct: Mapping[str, HubRow],
    full: Mapping[str, HubRow],
) -> NestingRow:
    node, count = network.nodes[target], len(neighbours(network)[target])
    return NestingRow(
        label=node.label,
        iri=node.iri,
        direct=count,
        expanded=count + len(gained),
        through=through,
        gained=tuple(network.nodes[member].label for member in sorted(gained)),
        rank_direct=direct[node.iri].rank,
        rank_expanded=full[node.iri].rank,
        value_direct=direct[node.iri].value,
        value_expanded=full[node.iri].value,
    )


def nesting_table(found: Nesting, label: str, lang: str = "fr") -> ReaderTable:
    """Return the table of direct and expanded members, or the sentence that says that nothing is nested."""
    english = lang == "en"
    if not found.nested:
        return ReaderTable(title=_worded(NONE, lang), above=(), columns=(), rows=(), numeric=frozenset())
    return ReaderTable(
        title="Direct and expanded members" if english else "Membres directs et étendus",
        above=(_worded(MEANING, lang),),
        columns=(
            (label, "Direct", "Expanded", f"{found.measure}, direct → expanded", "Through", "Gained")
            if english
            else (label, "Directs", "Étendus", f"{found.measure}, direct → étendu", "Par", "Gagnés")
        ),
        rows=tuple(
            (
                row.label,
                str(row.direct),
                str(row.expanded),
                f"{decimal(row.value_direct, lang)} ({row.rank_direct}) → "
                f"{decimal(row.value_expanded, lang)} ({row.rank_expanded})",
                listed(row.through, lang) or "—",
                listed(row.gained, lang) or "—",
            )
            for row in found.rows
        ),
        numeric=frozenset({1, 2, 3}),
    )


def _worded(words: Text, lang: str) -> str:
    text = words.in_language(lang)
    return text if lang == "en" else french(text)
