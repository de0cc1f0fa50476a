"""Load files into a store: read, validate, commit; all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rte_graph.errors import NotConforming
from rte_graph.loading.incoming import ONTOLOGY_DATASET, Incoming, read_and_validate, read_twice
from rte_graph.loading.recorded import source
from rte_graph.loading.report import LoadReport, load_report
from rte_graph.loading.staging import Wanted, wanted
from rte_graph.loading.version import is_newer, version_in, version_of
from rte_graph.store import DiskStore, Record, Store
from rte_graph.validation import Ontology, Report, packaged_ontology


def load(
    store: Store,
    paths: Sequence[Path | str],
    *,
    shapes: bool = True,
    lang: str = "fr",
    ontology: Ontology | None = None,
) -> LoadReport:
    """Load files into a store: all of them, or none.

    Parameters
    ----------
    store : Store
        Where to; each dataset of the files replaces the one of the same IRI. A store on disk remembers the
        files.
    paths : sequence of path
        Files and folders. The files of one dataset are given together.
    shapes : bool
        Whether the shapes are asked, about the files joined to what the store holds. Without them the files
        are read twice and never kept in memory. Undeclared terms are always refused.
    lang : str
        Language of the labels in the report.
    ontology : Ontology, optional
        By default the packaged one. It is written too when the store has none, or an older one.

    Raises
    ------
    NotConforming
        With the report; the store is then as it was.
    UnreadableData, UnknownName, LimitReached
        A file cannot be read.
    """
    ontology = packaged_ontology() if ontology is None else ontology
    incoming = read_in(wanted(paths), store, ontology, shapes=shapes)
    commits = incoming.closed(ontology)
    held, packaged = version_in(store), version_of(ontology)
    if held is None or is_newer(packaged, held):
        commits[ONTOLOGY_DATASET] = ontology.triples
    if isinstance(store, DiskStore):
        current = packaged if ONTOLOGY_DATASET in commits else held
        record = record_of(incoming, store.folder, shapes=shapes, version=current or "")
        store.replace_datasets(commits, record=record)
    else:
        store.replace_datasets(commits)
    replaced = held if held is not None and ONTOLOGY_DATASET in commits else None
    return load_report(store, incoming, lang, shapes=shapes, replaced_ontology=replaced)


def read_in(asked: Wanted, store: Store | None, ontology: Ontology, *, shapes: bool) -> Incoming:
    """Read files and check them; with the shapes, joined to what a store holds.

    Raises
    ------
    NotConforming
        With the report.
    """
    incoming = (read_and_validate if shapes else read_twice)(asked, store, ontology)
    if not incoming.validation.conforms:
        raise not_conforming(incoming.validation)
    return incoming


def record_of(incoming: Incoming, folder: Path, *, shapes: bool, version: str) -> Record:
    """Return what the store in ``folder`` remembers of a load."""
    sources = {
        dataset: tuple(source(path, incoming.digests[path], folder) for path in paths)
        for dataset, paths in incoming.members.items()
    }
    return Record(datasets=sources, validated=shapes, ontology_version=version)


def not_conforming(report: Report) -> NotConforming:
    """Return the error that carries a report with violations."""
    count = len(report.violations)
    first = report.violations[0]
    place = first.place()
    fr_place, en_place = (f"{place} : ", f"{place}: ") if place else ("", "")
    return NotConforming(
        fr=f"Rien n’a été chargé, {count} violation{'s' if count > 1 else ''} ; la première : {fr_place}"
        f"{first.message('fr')} Voyez-les toutes avec « rte-graph validate ».",
        en=f"Nothing was loaded, {count} violation{'s' if count > 1 else ''}; the first: {en_place}"
        f"{first.message('en')} See them all with “rte-graph validate”.",
        keep=(place,),
        report=report,
    )
