"""The stores that must fulfil the contract: to add a back end, add it here."""

from __future__ import annotations

from collections.abc import Callable

from rte_graph.store import EmbeddedStore, Store
from rte_graph.store.remote import RemoteStore
from tests.store.sparql_server import emptied


def _remote() -> RemoteStore:
    return RemoteStore(f"{emptied()}/query")


def _remote_with_a_graph_for_the_default_one() -> RemoteStore:
    """As on endpoints whose own default graph is all graphs together."""
    return RemoteStore(f"{emptied()}/query", default_graph="http://x.org/graph/all")


BACK_ENDS: dict[str, Callable[[], Store]] = {
    "memory": EmbeddedStore.in_memory,
    "remote": _remote,
    "remote-default-graph": _remote_with_a_graph_for_the_default_one,
}
