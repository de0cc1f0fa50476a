"""Any SPARQL 1.1 endpoint by its URL: what it answers is read with limits, what it says is not trusted."""

from __future__ import annotations

from rte_graph.store.remote.addresses import origin_of, shown
from rte_graph.store.remote.credentials import Credentials
from rte_graph.store.remote.store import RemoteStore

__all__ = ["Credentials", "RemoteStore", "origin_of", "shown"]
