"""Stores: one protocol, several engines."""

from __future__ import annotations

from rte_graph.store.base import Solutions, Store, Term
from rte_graph.store.disk import DiskStore
from rte_graph.store.embedded import EmbeddedStore
from rte_graph.store.manifest import DatasetEntry, Manifest, Record, Source

__all__ = [
    "DatasetEntry",
    "DiskStore",
    "EmbeddedStore",
    "Manifest",
    "Record",
    "Solutions",
    "Source",
    "Store",
    "Term",
]
