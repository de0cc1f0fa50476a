"""Stores: one protocol, several engines."""

from __future__ import annotations

from rte_graph.store.base import Solutions, Store, Term
from rte_graph.store.checking import CheckReport, Sentence
from rte_graph.store.disk import DiskStore
from rte_graph.store.embedded import EmbeddedStore
from rte_graph.store.manifest import DatasetEntry, Manifest, Record, Source
from rte_graph.store.remote import Credentials, RemoteStore
from rte_graph.store.updating import UPDATES, UpdateReport

__all__ = [
    "UPDATES",
    "CheckReport",
    "Credentials",
    "DatasetEntry",
    "DiskStore",
    "EmbeddedStore",
    "Manifest",
    "Record",
    "RemoteStore",
    "Sentence",
    "Solutions",
    "Source",
    "Store",
    "Term",
    "UpdateReport",
]
