"""The graph at hand: an index to look things up in, thousands of times."""

from __future__ import annotations

from pyoxigraph import NamedNode

from rte_graph.describe.reading import IndexReading
from rte_graph.publish.model import Site
from rte_graph.store import EmbeddedStore
from rte_graph.store.engine import EngineStore


def reading_of(site: Site) -> IndexReading:
    """Return a reading by index: of the store itself where its engine is in this process, else of a copy."""
    store = site.store
    if isinstance(store, EngineStore):
        return IndexReading(store)
    copy = EmbeddedStore.in_memory()
    copy.replace_dataset(NamedNode("urn:x-rte-graph:copy"), store.triples())
    return IndexReading(copy)
