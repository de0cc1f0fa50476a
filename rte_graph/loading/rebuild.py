"""Make a store anew from the files that it was loaded from: they are the truth, the store is a cache."""

from __future__ import annotations

from dataclasses import dataclass

from rte_graph.errors import UnknownName, UsageError
from rte_graph.loading.incoming import ONTOLOGY_DATASET
from rte_graph.loading.load import read_in, record_of
from rte_graph.loading.recorded import ChangedFile, changed_files, recorded_files
from rte_graph.loading.staging import wanted_again
from rte_graph.loading.version import version_of
from rte_graph.store import UPDATES, DiskStore, Manifest
from rte_graph.validation import Ontology, packaged_ontology


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetChange:
    """A dataset that a rebuild changed; None where it was not there, or is no longer."""

    iri: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """What a rebuild made of a store.

    Attributes
    ----------
    before, after : Manifest
        What the store held and what it holds.
    files : tuple of ChangedFile
        Files that had changed since they were loaded.
    """

    before: Manifest
    after: Manifest
    files: tuple[ChangedFile, ...]

    @property
    def same(self) -> bool:
        """Whether the store holds the same triples as before."""
        return self.before.hash == self.after.hash

    @property
    def changes(self) -> tuple[DatasetChange, ...]:
        """Datasets whose files or number of triples differ, sorted by IRI."""
        before = {entry.iri: entry for entry in self.before.datasets}
        after = {entry.iri: entry for entry in self.after.datasets}
        return tuple(
            DatasetChange(
                iri=iri,
                before=before[iri].triples if iri in before else None,
                after=after[iri].triples if iri in after else None,
            )
            for iri in sorted(before.keys() | after.keys())
            if before.get(iri) != after.get(iri)
        )


def rebuild(store: DiskStore, *, discard_updates: bool = False, ontology: Ontology | None = None) -> Rebuilt:
    """Load again all the files that a store remembers, into a new generation made from nothing.

    Parameters
    ----------
    store : DiskStore
        Opened for writing; its data may be damaged.
    discard_updates : bool
        Whether changes made by SPARQL Update, which stand in no file, may be lost.
    ontology : Ontology, optional
        By default the packaged one.

    Raises
    ------
    UsageError
        There are updates and they may not be lost, or a dataset was not loaded from files.
    UnknownName
        A file is missing.
    NotConforming
        With the report; the shapes are asked if they were at loading. The store is as it was.
    """
    ontology = packaged_ontology() if ontology is None else ontology
    before = store.manifest
    if before.updates and not discard_updates:
        raise _updates(before.updates)
    changed = tuple(changed_files(store))
    _demand_files(before, changed, discard_updates=discard_updates)
    asked = wanted_again(recorded_files(before, store.folder))
    incoming = read_in(asked, None, ontology, shapes=before.validated)
    commits = incoming.closed(ontology)
    commits[ONTOLOGY_DATASET] = ontology.triples
    version = version_of(ontology)
    store.replace_all(
        commits, record=record_of(incoming, store.folder, shapes=before.validated, version=version)
    )
    return Rebuilt(before=before, after=store.manifest, files=changed)


def _demand_files(manifest: Manifest, changed: tuple[ChangedFile, ...], *, discard_updates: bool) -> None:
    missing = [file.path for file in changed if file.missing]
    if missing:
        more = len(missing) - 1
        fr_more = f" (et {more} autre{'s' * (more > 1)})" if more else ""
        en_more = f" (and {more} more)" if more else ""
        raise UnknownName(
            fr=f"{missing[0]}{fr_more} n’est plus là, et la base en a été chargée : remettez le fichier à sa "
            "place, ou chargez ce qui reste dans une nouvelle base.",
            en=f"{missing[0]}{en_more} is gone, and the store was loaded from it: put the file back, or load "
            "what is left into a new store.",
            keep=missing[:1],
        )
    for entry in manifest.datasets:
        by_update = entry.iri == UPDATES.value and discard_updates
        if not (entry.sources or by_update or entry.iri == ONTOLOGY_DATASET.value):
            raise UsageError(
                fr=f"Le jeu de données {entry.iri} n’a été chargé d’aucun fichier et serait perdu : "
                "chargez-le d’abord d’un fichier.",
                en=f"The dataset {entry.iri} was loaded from no file and would be lost: load it from a file "
                "first.",
                keep=(entry.iri,),
            )


def _updates(count: int) -> UsageError:
    return UsageError(
        fr=f"La base a reçu {count} mise{'s' * (count > 1)} à jour SPARQL, qui ne sont dans aucun fichier : "
        "ajoutez --discard-updates pour les abandonner.",
        en=f"The store got {count} SPARQL update{'s' * (count > 1)}, which stand in no file: "
        "add --discard-updates to give them up.",
    )
