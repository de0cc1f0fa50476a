"""Validate without loading: files, files joined to a store, or what a store holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from rte_graph.loading.incoming import ONTOLOGY_DATASET, held, validated
from rte_graph.loading.recorded import changed_files, recorded_files
from rte_graph.loading.staging import Wanted, stage, wanted_again
from rte_graph.rdf_io import closure
from rte_graph.store import DiskStore, Store
from rte_graph.validation import Ontology, Report, SourceFile, packaged_ontology, validate


def examine(
    paths: Sequence[Path | str] | Wanted, *, store: Store | None = None, ontology: Ontology | None = None
) -> Report:
    """Validate files, joined to a store when one is given, and load nothing.

    Raises
    ------
    UnreadableData, UnknownName, LimitReached
        A file cannot be read.
    """
    ontology = packaged_ontology() if ontology is None else ontology
    return validated(stage(paths), store, ontology)


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """A validation report on a store, and whether it cites the files that the store was loaded from."""

    report: Report
    by_files: bool


def examine_store(store: Store, *, ontology: Ontology | None = None) -> Examined:
    """Validate what a store holds: by the files it was loaded from if they are as they were.

    Raises
    ------
    SizeLimit
        It holds too many triples to be validated together.
    """
    files = recorded(store) if isinstance(store, DiskStore) else None
    if files is not None:
        return Examined(report=examine(files, ontology=ontology), by_files=True)
    return Examined(report=examine_triples(store, ontology=ontology), by_files=False)


def examine_triples(store: Store, *, ontology: Ontology | None = None) -> Report:
    """Validate the triples that a store holds; no result has a file or a line."""
    ontology = packaged_ontology() if ontology is None else ontology
    declared = {*ontology.triples, *store.triples(ONTOLOGY_DATASET)}
    triples = [t for t in dict.fromkeys(held(store, without={ONTOLOGY_DATASET})) if t not in declared]
    data = closure(chain(triples, ontology.triples), ontology.triples)
    report = validate([SourceFile(path=Path(), triples=tuple(triples))], data, ontology)
    return replace(report, results=tuple(replace(each, file=None, line=None) for each in report.results))


def recorded(store: DiskStore) -> Wanted | None:
    """Return the files that a store was loaded from; None when they no longer say all that it holds."""
    manifest = store.manifest
    without_files = [e for e in manifest.datasets if not e.sources and e.iri != ONTOLOGY_DATASET.value]
    if manifest.updates or without_files or next(changed_files(store), None) is not None:
        return None
    return wanted_again(recorded_files(manifest, store.folder))
