"""The stores that must fulfil the contract: to add a back end, add it here."""

from __future__ import annotations

from collections.abc import Callable

from rte_graph.store import EmbeddedStore, Store

BACK_ENDS: dict[str, Callable[[], Store]] = {
    "memory": EmbeddedStore.in_memory,
}
