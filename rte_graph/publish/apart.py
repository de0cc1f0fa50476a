"""What is published beside the data (queries, measurements): its IRIs are addresses of the site's own files.

The data's base IRI promises a page for each of its IRIs; these have none, so they are named after the file
that states them, or the page that shows them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from rte_graph.namespaces import DATA_BASE, RDF, RDFS, SH, data_namespace
from rte_graph.publish.networks import Drawn, read_network

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from rte_graph.publish.model import Site

QUERIES = "dumps/queries.ttl"
MEASUREMENTS = "measurements.ttl"
_QUERY = f"{DATA_BASE}query/"
_PARAMETER = f"{_QUERY}parameter#"
_COLLECTION = f"{DATA_BASE}queries"
_PATH = SH("path")
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

    found = list(_renamed(triples, named))
    return [*found, *_named_paths(site, found)]


def _named_paths(site: Site, triples: Iterable[Triple]) -> list[Triple]:
    """Return what the properties are by which queries take their values: each IRI there is described."""
    from pyoxigraph import Literal, NamedNode, Triple

    start = f"{site.url(QUERIES)}#"
    values = (t.object for t in triples if t.predicate.value == _PATH)
    paths = {value.value for value in values if isinstance(value, NamedNode)}
    made = []
    for iri in sorted(each for each in paths if each.startswith(start)):
        made.append(Triple(NamedNode(iri), NamedNode(RDF("type")), NamedNode(RDF("Property"))))
        made.append(Triple(NamedNode(iri), NamedNode(RDFS("label")), Literal(iri.removeprefix(start))))
    return made


def measurement_statements(site: Site) -> Iterator[Triple]:
    """Yield the rankings of all networks as measurements named after the file that holds them.

    Notes
    -----
    What is nothing (a value of zero) is left out; of large networks only what counts ties is given.
    """

    def named(iri: str) -> str:
        for kind in _MEASURED:
            start = data_namespace(kind)
            if iri.startswith(start):
                return site.url(MEASUREMENTS) + f"#{kind}-{iri[len(start) :]}"
        return site.published(iri)

    for query in site.library.networks():
        drawn = read_network(site, query.name)
        if drawn.network.mode != "multi":
            yield from _renamed(_measured(site, drawn), named)


def _measured(site: Site, drawn: Drawn) -> Iterable[Triple]:
    from rte_graph.network.measurements import computation_of, measurement_triples

    network, rows = drawn.network, [row for row in drawn.rows if row.value]
    return measurement_triples(network, rows, computation_of(site.store, site.library, network, rows))


def _renamed(triples: Iterable[Triple], named: Callable[[str], str]) -> Iterator[Triple]:
    from pyoxigraph import NamedNode, Triple

    def term(value: Any) -> Any:
        return NamedNode(named(value.value)) if isinstance(value, NamedNode) else value

    return (Triple(term(t.subject), term(t.predicate), term(t.object)) for t in triples)
