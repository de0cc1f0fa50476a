"""Open the store that a command reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from rte_graph import resources
from rte_graph.errors import StoreUnavailable, UnknownName
from rte_graph.loading.load import ONTOLOGY_DATASET, not_conforming
from rte_graph.loading.staging import SUFFIXES, rdf_files, stage
from rte_graph.project import PROJECT_FILE, read_project
from rte_graph.rdf_io import closure
from rte_graph.store import EmbeddedStore, Store
from rte_graph.validation import check, packaged_ontology


def packaged_store() -> EmbeddedStore:
    """Return the packaged data in memory, without validation.

    ``rte-graph run``, ``validate`` and the tests validate them.
    """
    return _memory_store(resources.data_files(), checked=True)


def store_from(spec: str | None) -> Store:
    """Open what ``--store`` names.

    Parameters
    ----------
    spec : str or None
        A Turtle file or a folder of Turtle files; None for what ``rte.toml`` in the working folder names
        (key ``store``), else the packaged data.

    Raises
    ------
    StoreUnavailable
        There is nothing there, or it is a kind of store that this version does not open.
    NotConforming
        The files use terms that are declared nowhere.
    """
    chosen = chosen_store(spec)
    if chosen is None:
        return packaged_store()
    return _memory_store(named_files(spec), checked=False)


def named_files(spec: str | None) -> tuple[Path, ...]:
    """Return the files behind the store that :func:`store_from` would open."""
    chosen = chosen_store(spec)
    if chosen is None:
        return resources.data_files()
    return _store_files(chosen, "--store" if spec is not None else str(PROJECT_FILE))


def chosen_store(spec: str | None) -> str | None:
    """Return what ``--store`` names, else what the working folder's ``rte.toml`` names, else None."""
    return spec if spec is not None else read_project().store


def _store_files(spec: str, where: str) -> tuple[Path, ...]:
    """Return the Turtle files that a store's name stands for; ``where`` says where that name was given."""
    if re.match(r"[a-z][a-z0-9+.-]+://", spec, re.IGNORECASE):
        raise StoreUnavailable(
            fr=f"{spec} est une base distante, que cette version n’ouvre pas : enregistrez ses données "
            f"en Turtle et donnez le fichier dans {where}.",
            en=f"{spec} is a remote store, which this version does not open: save its data as Turtle "
            f"and give the file in {where}.",
            keep=(spec,),
        )
    path = Path(spec).expanduser()
    try:
        files = rdf_files(path) if path.exists() and spec else []
    except UnknownName:
        files = []
    if not files or any(file.suffix.lower() not in SUFFIXES for file in files):
        raise StoreUnavailable(
            fr=f"« {spec} » n’est ni un fichier Turtle ni un dossier qui en contient : "
            f"vérifiez le chemin donné dans {where}.",
            en=f"“{spec}” is neither a Turtle file nor a folder that holds some: "
            f"check the path given in {where}.",
            keep=(spec,),
        )
    return tuple(files)


def _memory_store(paths: Sequence[Path], *, checked: bool) -> EmbeddedStore:
    """Return the ontology and some files in memory; undeclared terms are refused unless ``checked``."""
    store = EmbeddedStore.in_memory()
    ontology = packaged_ontology()
    staged = stage(paths)
    if not checked and not (report := check(staged.files, ontology)).conforms:
        raise not_conforming(report)
    store.replace_dataset(ONTOLOGY_DATASET, ontology.triples)
    for dataset, files in staged.by_dataset().items():
        stated = chain.from_iterable(file.triples for file in files)
        store.replace_dataset(dataset, closure(stated, ontology.triples))
    return store
