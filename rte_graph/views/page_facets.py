"""What a page filters and colours by beside types and roles: domains, dates, communities; the boundary."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rte_graph.network.wording import Text
from rte_graph.views.page_model import PageCard, PagePartition, shown_text
from rte_graph.views.page_texts import read_rows, terms

if TYPE_CHECKING:
    from rte_graph.network.model import Network
    from rte_graph.sparql.model import Library
    from rte_graph.store.base import Store
    from rte_graph.views.map_model import MapData, MapEntry

FACETS = """
SELECT ?item ?domain ?start ?end WHERE {
  VALUES ?item { %s }
  { ?item rte:actionDomain ?domain } UNION { ?item rte:start ?start } UNION { ?item rte:end ?end }
}
"""
# The search for communities starts fifty times: larger networks are coloured otherwise.
MOST_PARTED = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """Action domains (IRIs) and printed dates of one node."""

    domains: tuple[str, ...] = ()
    start: str = ""
    end: str = ""


def read_facets(store: Store, iris: Collection[str]) -> dict[str, Facets]:
    """Read domains and dates of these nodes; nodes without any are absent."""
    if not iris:
        return {}
    found: dict[str, dict[str, set[str]]] = {}
    for row in read_rows(store, FACETS % terms(iris)):
        for name in ("domain", "start", "end"):
            if name in row:
                found.setdefault(row["item"][0], {}).setdefault(name, set()).add(row[name][0])
    return {
        item: Facets(
            domains=tuple(sorted(values.get("domain", ()))),
            start=min(values.get("start", {""})),
            end=max(values.get("end", {""})),
        )
        for item, values in found.items()
    }


def partition_of(network: Network) -> PagePartition | None:
    """Return the communities of a network, or None where the measure does not take it or finds but one.

    A node without ties is in no community (0).
    """
    from rte_graph.network.measures import measure_named, result

    known = measure_named("communities")
    if network.mode not in known.modes or not network.edges or len(network.nodes) > MOST_PARTED:
        return None
    labels = [int(label) for label in result("communities", network).labels]
    sizes = {label: labels.count(label) for label in set(labels)}
    groups = tuple(label if sizes[label] > 1 else 0 for label in labels)
    if len(set(groups) - {0}) < 2:
        return None
    return PagePartition(label=known.label, definition=known.definition, groups=groups)


def map_of(store: Store, library: Library, network: Network) -> MapData | None:
    """Return where the nodes of a network lie, or None where the data place none of them."""
    from rte_graph.errors import UsageError
    from rte_graph.views.map_build import build_map

    try:
        found = build_map(store, library, network.name, dict(network.parameters))
    except UsageError:
        return None
    nodes = {node.iri for node in network.nodes}
    entries = tuple(entry for entry in found.entries if entry.iri in nodes and _placed(entry, found))
    # The panel of the page cites the sources; its legend filters.
    kept = (replace(entry, actors=(), datasets=(), places=_bare(entry)) for entry in entries)
    return replace(found, entries=tuple(kept), actors=(), datasets=(), sources=()) if entries else None


def _placed(entry: MapEntry, found: MapData) -> bool:
    return any(found.places[number].iri for number, _ in entry.places)


def _bare(entry: MapEntry) -> tuple[tuple[int, tuple[int, ...]], ...]:
    return tuple((number, ()) for number, _ in entry.places)


def read_boundary(store: Store) -> tuple[PageCard, ...]:
    """Return the boundary card of each source, in both languages."""
    from rte_graph.network.boundary import read_boundaries
    from rte_graph.network.boundary_card import boundary_tables

    french, english = (boundary_tables(read_boundaries(store, lang), lang) for lang in ("fr", "en"))
    return tuple(
        PageCard(
            title=shown_text(Text(fr=fr.title, en=en.title)),
            rows=tuple(
                (Text(fr=a[0], en=b[0]), shown_text(Text(fr=a[1], en=b[1])))
                for a, b in zip(fr.rows, en.rows, strict=True)
            ),
        )
        for fr, en in zip(french, english, strict=True)
    )
