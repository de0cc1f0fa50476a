"""What is published beside the data (queries, measurements): its IRIs are addresses of the site's own files.

The data's base IRI promises a page for each of its IRIs; these have none, so they are named after the file
that states them, or the page that shows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from rte_graph.namespaces import DATA_BASE, data_namespace
from rte_graph.publish.standings import MOST_NODES, QUICK

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from rte_graph.network.model import Network
    from rte_graph.publish.model import Site

QUERIES = "dumps/queries.ttl"
MEASUREMENTS = "measurements.ttl"
_QUERY = f"{DATA_BASE}query/"
_PARAMETER = f"{_QUERY}parameter#"
_COLLECTION = f"{DATA_BASE}queries"
_MEASURED = ("measurement", "computation", "network")


def queries_apart(site: Site, triples: Iterable[Triple]) -> list[Triple]:
    """Return saved queries named after their pages: ``queries/<name>.html#it``."""

    def named(iri: str) -> str:
        if iri.startswith(_PARAMETER):
            return site.url(QUERIES) + "#" + iri.removeprefix(_PARAMETER)
        if iri.startswith(_QUERY):
            name, _, part = iri.removeprefix(_QUERY).partition("#")
            return site.url(f"queries/{name}.html") + "#" + (f"parameter-{part}" if part else "it")
        if iri.partition("#")[0] == _COLLECTION:
            return site.url(QUERIES) + "#" + (iri.partition("#")[2] or "it")
        return iri

    return _renamed(triples, named)


def measurement_statements(site: Site) -> list[Triple]:
    """Return the rankings of all networks as measurements named after the file that holds them.

    Notes
    -----
    In a network of more than `MOST_NODES` nodes only the measures that count ties are given.
    """
    from rte_graph.network.build import build_network

    found: dict[Triple, None] = {}
    for query in site.library.networks():
        network = build_network(site.store, site.library, query.name)
        if network.mode != "multi" and network.nodes:
            found.update(dict.fromkeys(_measured(site, network)))

    def named(iri: str) -> str:
        for kind in _MEASURED:
            start = data_namespace(kind)
            if iri.startswith(start):
                return site.url(MEASUREMENTS) + f"#{kind}-{iri[len(start) :]}"
        return site.published(iri)

    return _renamed(found, named)


def _measured(site: Site, network: Network) -> Iterable[Triple]:
    from rte_graph.network.hubs import hubs
    from rte_graph.network.measurements import computation_of, measurement_triples

    rows = [row for row in hubs(network, None if len(network.nodes) <= MOST_NODES else QUICK) if row.value]
    return measurement_triples(network, rows, computation_of(site.store, site.library, network, rows))


def _renamed(triples: Iterable[Triple], named: Callable[[str], str]) -> list[Triple]:
    from pyoxigraph import NamedNode, Triple

    def term(value: Any) -> Any:
        return NamedNode(named(value.value)) if isinstance(value, NamedNode) else value

    return [Triple(term(t.subject), term(t.predicate), term(t.object)) for t in triples]
