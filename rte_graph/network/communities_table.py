"""The communities of a network for people and for programs: who is together, and what the split is worth."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rte_graph.network.measures import result
from rte_graph.network.measures.communities import default_starts
from rte_graph.network.measures.results import Partition
from rte_graph.network.model import Network
from rte_graph.network.ranking import rounded
from rte_graph.network.sentences import empty_sentence, network_sentence
from rte_graph.network.tables import ReaderTable, to_csv, to_markdown, to_terminal
from rte_graph.network.wording import Text, decimal, whole

FIELDS = ("community", "set", "label", "iri", "type")
NO_TIE = Text(
    fr="Aucune paire liée : chaque nœud est seul et la modularité n’est pas définie.",
    en="No joined pair: each node is alone and modularity is not defined.",
)
CAUTION = Text(
    fr="Méthode approchée : d’autres partages peuvent valoir presque autant ; une autre graine (--seed) "
    "montre ce qui tient. Un nœud isolé est seul dans sa communauté.",
    en="A heuristic: other splits may be worth almost as much; another seed (--seed) shows what holds. An "
    "isolate is alone in its community.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Communities:
    """A partition of a network, the seed that it was drawn from and how many starts were asked for."""

    network: Network
    partition: Partition
    seed: int
    starts: int

    def members(self) -> Iterator[tuple[int, list[int]]]:
        """Yield each community's number and its members' positions, in the order of the nodes."""
        found: dict[int, list[int]] = {}
        for position, number in enumerate(self.partition.labels.tolist()):
            found.setdefault(number, []).append(position)
        yield from sorted(found.items())


def find_communities(network: Network, seed: int, starts: int | None = None) -> Communities:
    """Split a network into communities.

    Raises
    ------
    InvalidParameter
        If modularity is not defined for the network's mode.
    """
    partition = result("communities", network, seed=seed, starts=starts)
    return Communities(
        network=network, partition=partition, seed=seed, starts=starts or default_starts(network)
    )


def format_communities(found: Communities, *, lang: str = "fr", output: str = "table", width: int = 0) -> str:
    """Return the communities as a table, CSV (one row a node), JSON or Markdown."""
    if output == "json":
        return json.dumps(_record(found), ensure_ascii=False, indent=2) + "\n"
    if output == "csv":
        return to_csv(FIELDS, _rows(found))
    table = _table(found, lang)
    return to_markdown([table]) if output == "markdown" else to_terminal([table], width)


def _rows(found: Communities) -> Iterator[dict[str, Any]]:
    for number, members in found.members():
        for position in members:
            node = found.network.nodes[position]
            yield {
                "community": number,
                "set": node.set if found.network.mode == "two-mode" else None,
                "label": node.label,
                "iri": node.iri,
                "type": node.type or None,
            }


def _record(found: Communities) -> dict[str, Any]:
    quality, two_mode = found.partition.quality, found.network.mode == "two-mode"
    return {
        "network": found.network.full_name,
        "excluded": list(found.network.excluded),
        "modularity": None if quality is None else rounded(quality),
        "modularityOf": "Barber 2007" if two_mode else "Newman & Girvan 2004",
        "seed": found.seed,
        "starts": found.starts,
        "communities": [
            {
                "number": number,
                "size": len(members),
                "members": [
                    {"label": node.label, "iri": node.iri} | ({"set": node.set} if two_mode else {})
                    for node in (found.network.nodes[position] for position in members)
                ],
            }
            for number, members in found.members()
        ],
    }


def modularity_sentence(found: Communities, lang: str) -> str:
    """Say how many communities there are, what the split is worth and from which seed it was drawn."""
    quality = found.partition.quality
    if quality is None:
        return NO_TIE.in_language(lang)
    count = len({*found.partition.labels.tolist()})
    by = "Barber" if found.network.mode == "two-mode" else "Newman & Girvan"
    value, number = decimal(quality, lang), whole(count, lang)
    if lang == "en":
        parts = "communities" if count > 1 else "community"
        drawn = f"best of {found.starts} starts, seed {found.seed}"
        return f"{number} {parts}, modularity Q = {value} ({by}), {drawn}."
    parts = "communautés" if count > 1 else "communauté"
    drawn = f"le meilleur de {found.starts} départs, graine {found.seed}"
    return f"{number} {parts}, modularité Q = {value} ({by}), {drawn}."


def _table(found: Communities, lang: str) -> ReaderTable:
    network, english = found.network, lang == "en"
    sets = ("source", "target") if network.mode == "two-mode" else ("source",)
    empty = not network.nodes
    said = empty_sentence(network, lang) if empty else network_sentence(network, lang)
    return ReaderTable(
        title=f"{'Communities of' if english else 'Communautés de'} {network.full_name}",
        above=(said,) if empty else (said, modularity_sentence(found, lang)),
        columns=(
            "No." if english else "Nº",
            "Nodes" if english else "Nœuds",
            *(network.set_label(name, lang) for name in sets),
        ),
        rows=tuple(
            (str(number), whole(len(members), lang), *(_named(network, members, name) for name in sets))
            for number, members in found.members()
        ),
        numeric=frozenset({0, 1}),
        below=() if found.partition.quality is None else (CAUTION.in_language(lang),),
    )


def _named(network: Network, members: list[int], name: str) -> str:
    nodes = (network.nodes[position] for position in members)
    return ", ".join(node.label for node in nodes if network.mode != "two-mode" or node.set == name) or "—"
