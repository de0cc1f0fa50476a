"""Brokers between types of nodes for people and for programs, with the E-I index of each type."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rte_graph.network.measures.groups import Brokerage, brokerage_roles, ei_index
from rte_graph.network.measures.holes import constraint, effective_size
from rte_graph.network.measures.mixing import GroupTies, ties_of_groups
from rte_graph.network.measures.register import measure_named, refuse_mode
from rte_graph.network.model import Network
from rte_graph.network.ranking import ranked, rounded
from rte_graph.network.sentences import empty_sentence, network_sentence
from rte_graph.network.tables import ReaderTable, to_csv, to_markdown, to_terminal
from rte_graph.network.wording import Text, decimal, whole
from rte_graph.sparql.collation import collation_key

if TYPE_CHECKING:
    from rte_graph.network.measures.results import FloatArray

ROLES = {
    "coordinator": Text(fr="Coordination", en="Coordinator"),
    "gatekeeper": Text(fr="Garde", en="Gatekeeper"),
    "itinerant": Text(fr="Itinérance", en="Itinerant"),
    "liaison": Text(fr="Liaison", en="Liaison"),
}
FIELDS = ("rank", "label", "iri", "type", *ROLES, "total", "effectiveSize", "constraint")
LEGEND = Text(
    fr="Paires de voisins du nœud qui ne sont pas liées entre elles (Gould & Fernandez 1989), selon les "
    "types : coordination, les trois du même type ; garde (ou représentation), un des deux du type du "
    "nœud ; itinérance, les deux d’un même autre type ; liaison, trois types. Les nœuds sans type font un "
    "groupe. Un compte brut : un nœud qui a beaucoup de liens courte beaucoup.",
    en="Pairs of the node’s neighbours that are not joined to each other (Gould & Fernandez 1989), by type: "
    "coordinator, all three of one type; gatekeeper (or representative), one of the two of the node’s type; "
    "itinerant, both of one other type; liaison, three types. Nodes without a type are a group. Raw counts: "
    "a node of many ties brokers much.",
)
HOLES = Text(
    fr="Taille effective et contrainte (Burt 1992) pèsent les liens ; plus la contrainte est basse, plus le "
    "nœud relie des cercles qui sans lui s’ignorent.",
    en="Effective size and constraint (Burt 1992) weigh the ties; the lower the constraint, the more the "
    "node joins circles that would otherwise ignore each other.",
)
NO_TYPE = Text(
    fr="Indice E-I non défini : aucune paire liée entre nœuds qui ont un type.",
    en="E-I index not defined: no joined pair between nodes that have a type.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brokers:
    """How often each node of a network brokers, by role, and how the types mix."""

    network: Network
    roles: Brokerage
    index: float | None
    holes: tuple[FloatArray, FloatArray] | None
    types: tuple[GroupTies, ...]


def find_brokers(network: Network) -> Brokers:
    """Count brokerage by type of node.

    Raises
    ------
    InvalidParameter
        If the network is two-mode: brokers are sought in its projection.
    """
    refuse_mode(measure_named("brokerage"), network)
    return Brokers(
        network=network,
        roles=brokerage_roles(network),
        index=ei_index(network).value,
        holes=_holes(network),
        types=tuple(sorted(ties_of_groups(network), key=lambda each: collation_key(each.name))),
    )


def _holes(network: Network) -> tuple[FloatArray, FloatArray] | None:
    """Return effective size and constraint, which a network of several kinds of nodes does not have."""
    if network.mode != "one-mode":
        return None
    size = effective_size(network).raw
    assert size is not None
    return size, constraint(network).values


def format_brokers(
    found: Brokers, *, lang: str = "fr", output: str = "table", top: int | None = None, width: int = 0
) -> str:
    """Return the brokers, first those that broker most, as tables, CSV, JSON or Markdown."""
    rows = [row for row in _rows(found) if top is None or row["rank"] <= top]
    if output == "json":
        return json.dumps(_record(found, rows), ensure_ascii=False, indent=2) + "\n"
    if output == "csv":
        return to_csv(FIELDS, rows)
    tables = [_roles_table(found, rows, lang), *([_types_table(found, lang)] if found.types else [])]
    return to_markdown(tables) if output == "markdown" else to_terminal(tables, width)


def _rows(found: Brokers) -> list[dict[str, Any]]:
    totals = found.roles.total().tolist()
    nodes = found.network.nodes
    return [
        {
            "rank": rank,
            "label": nodes[position].label,
            "iri": nodes[position].iri,
            "type": nodes[position].type or None,
            **{role: round(float(getattr(found.roles, role)[position])) for role in ROLES},
            "total": round(totals[position]),
            "effectiveSize": None if found.holes is None else rounded(float(found.holes[0][position])),
            "constraint": None if found.holes is None else rounded(float(found.holes[1][position])),
        }
        for rank, position in ranked(nodes, totals)
    ]


def _record(found: Brokers, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "network": found.network.full_name,
        "excluded": list(found.network.excluded),
        "eiIndex": _rounded(found.index),
        "types": [
            {
                "type": each.name,
                "nodes": each.nodes,
                "within": each.within,
                "outside": each.outside,
                "eiIndex": _rounded(each.ei_index),
            }
            for each in found.types
        ],
        "brokers": list(rows),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else rounded(value)


def _roles_table(found: Brokers, rows: Sequence[dict[str, Any]], lang: str) -> ReaderTable:
    network, english = found.network, lang == "en"
    said = network_sentence(network, lang) if network.nodes else empty_sentence(network, lang)
    holes = ("Eff. size", "Constraint") if english else ("Taille eff.", "Contrainte")
    return ReaderTable(
        title=f"{'Brokerage in' if english else 'Courtage dans'} {network.full_name}",
        above=(said,),
        columns=(
            *(("Rank", "Node", "Type") if english else ("Rang", "Nœud", "Type")),
            *(role.in_language(lang) for role in ROLES.values()),
            "Total",
            *(holes if found.holes else ()),
        ),
        rows=tuple(
            (
                str(row["rank"]),
                row["label"],
                row["type"] or "—",
                *(whole(row[role], lang) for role in (*ROLES, "total")),
                *(_holes_cells(row, lang) if found.holes else ()),
            )
            for row in rows
        ),
        numeric=frozenset({0, *range(3, 10)}),
        below=tuple(each.in_language(lang) for each in (LEGEND, *([HOLES] if found.holes else [])) if rows),
    )


def _holes_cells(row: dict[str, Any], lang: str) -> tuple[str, str]:
    return decimal(row["effectiveSize"], lang, 1), decimal(row["constraint"], lang, 2)


def _types_table(found: Brokers, lang: str) -> ReaderTable:
    english = lang == "en"
    index = "—" if found.index is None else decimal(found.index, lang)
    colon = ": " if english else "\u00a0: "
    said = f"{'E-I index of the network' if english else 'Indice E-I du réseau'}{colon}{index}"
    return ReaderTable(
        title="Ties within and between types" if english else "Liens au sein des types et entre eux",
        above=(NO_TYPE.in_language(lang) if found.index is None else f"{said}.",),
        columns=("Type", "Nodes", "Within", "To others", "E-I index")
        if english
        else ("Type", "Nœuds", "Au sein", "Vers d’autres", "Indice E-I"),
        rows=tuple(
            (
                each.name,
                whole(each.nodes, lang),
                whole(each.within, lang),
                whole(each.outside, lang),
                "—" if each.ei_index is None else decimal(each.ei_index, lang),
            )
            for each in found.types
        ),
        numeric=frozenset(range(1, 5)),
    )
