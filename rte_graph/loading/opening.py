"""Open the store that a command reads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from rte_graph import resources
from rte_graph.loading.incoming import ONTOLOGY_DATASET
from rte_graph.loading.load import not_conforming
from rte_graph.loading.places import Place, no_store_at, place_of
from rte_graph.loading.staging import stage
from rte_graph.project import read_project
from rte_graph.rdf_io import closure
from rte_graph.store import DiskStore, EmbeddedStore, Store
from rte_graph.validation import check, packaged_ontology


def packaged_store() -> EmbeddedStore:
    """Return the packaged data in memory, without validation.

    ``rte-graph run``, ``validate`` and the tests validate them.
    """
    return _memory_store(resources.data_files(), checked=True)


def store_from(spec: str | None) -> Store:
    """Open what ``--store`` names, for reading.

    Parameters
    ----------
    spec : str or None
        A store folder, a Turtle file, a folder of Turtle files, or the URL of a SPARQL endpoint; None for
        what ``rte.toml`` in the working folder names (key ``store``), else the packaged data.

    Raises
    ------
    StoreUnavailable
        There is nothing there, or it cannot be opened.
    NotConforming
        The files use terms that are declared nowhere.
    """
    return open_place(place_of(spec))


def edition_from(spec: str) -> Store:
    """Open an edition to compare it with another; see :func:`store_from`.

    Files may use terms that the ontology no longer declares, or does not yet: what they say is compared, not
    judged.
    """
    place = place_of(spec)
    return _memory_store(place.files, checked=True) if place.kind == "turtle" else open_place(place)


def open_place(place: Place) -> Store:
    """Open a place for reading; see :func:`store_from`."""
    if place.kind == "packaged":
        return packaged_store()
    if place.kind == "disk":
        return DiskStore.open(place.path)
    if place.kind == "endpoint":
        return remote_store(place)
    if place.kind == "turtle":
        return _memory_store(place.files, checked=False)
    raise no_store_at(place)


def remote_store(place: Place) -> Store:
    """Return the endpoint that a place names, with the other URLs that ``rte.toml`` gives for it."""
    from rte_graph.store.remote import Credentials, RemoteStore  # loads SPARQLWrapper

    project = read_project()
    named_by_file = place.where != "--store"
    credentials = Credentials.for_named_endpoint(place.spec) if named_by_file else None
    if project.store != place.spec:
        return RemoteStore(place.spec, credentials=credentials)
    return RemoteStore(
        place.spec,
        update_url=project.endpoint_update,
        graph_store_url=project.endpoint_graph_store,
        default_graph=project.endpoint_default_graph,
        credentials=credentials,
    )


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
