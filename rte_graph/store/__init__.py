"""Stores: one protocol, several engines."""

from __future__ import annotations

from rte_graph.store.base import Solutions, Store, Term
from rte_graph.store.embedded import EmbeddedStore

__all__ = ["EmbeddedStore", "Solutions", "Store", "Term"]
