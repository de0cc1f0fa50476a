"""From files to a store.

Nothing is ever fetched. All the inference there is, the closure of our own classes and properties, is made
here, once.
"""

from __future__ import annotations

from rte_graph.loading.load import LoadedDataset, LoadReport, examine, load, not_conforming
from rte_graph.loading.opening import chosen_store, named_files, packaged_store, store_from
from rte_graph.loading.staging import Staged, slug, stage

__all__ = [
    "LoadReport",
    "LoadedDataset",
    "Staged",
    "chosen_store",
    "examine",
    "load",
    "named_files",
    "not_conforming",
    "packaged_store",
    "slug",
    "stage",
    "store_from",
]
