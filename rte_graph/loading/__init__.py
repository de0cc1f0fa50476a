"""From files to a store.

Nothing is ever fetched. All the inference there is, the closure of our own classes and properties, is made
here, once.
"""

from __future__ import annotations

from rte_graph.loading.examine import examine, examine_store
from rte_graph.loading.holdings import report_on
from rte_graph.loading.load import load, not_conforming
from rte_graph.loading.opening import edition_from, open_place, packaged_store, store_from
from rte_graph.loading.places import Place, chosen_store, no_store_at, place_of
from rte_graph.loading.rebuild import Rebuilt, rebuild
from rte_graph.loading.recorded import ChangedFile, changed_files, is_validated
from rte_graph.loading.report import LoadedDataset, LoadReport
from rte_graph.loading.staging import Staged, slug, stage
from rte_graph.loading.target import Target, name_in_project, writable

__all__ = [
    "ChangedFile",
    "LoadReport",
    "LoadedDataset",
    "Place",
    "Rebuilt",
    "Staged",
    "Target",
    "changed_files",
    "chosen_store",
    "edition_from",
    "examine",
    "examine_store",
    "is_validated",
    "load",
    "name_in_project",
    "no_store_at",
    "not_conforming",
    "open_place",
    "packaged_store",
    "place_of",
    "rebuild",
    "report_on",
    "slug",
    "stage",
    "store_from",
    "writable",
]
