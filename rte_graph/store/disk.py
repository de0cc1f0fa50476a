"""Oxigraph on disk: data that survive the process, one writer, many readers."""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from pyoxigraph import NamedNode

from rte_graph.errors import StoreDamaged, StoreUnavailable
from rte_graph.store import folder as layout
from rte_graph.store.base import Kind
from rte_graph.store.checking import CheckReport, Tell, broken, check
from rte_graph.store.copying import back_up
from rte_graph.store.engine import ENGINE_ERRORS, EngineStore, closed
from rte_graph.store.feeding import Datasets
from rte_graph.store.filling import fill, is_worth_removing, remove_datasets, stated
from rte_graph.store.generations import Draft, Generation, hold_current
from rte_graph.store.manifest import EMPTY, Manifest, Record
from rte_graph.store.updating import UpdateReport, reconcile


class DiskStore(EngineStore):
    """A store in a folder. Opened for reading by default; any number of processes may read while one writes.

    A reader goes on reading what it opened, whatever a writer commits in the meantime. Every change is a new
    generation of the store, which replaces the old one in a single step once it is on the disk: a process
    killed at any moment leaves the old state or the new one.
    """

    def __init__(self, folder: Path, generation: Generation | None, lock: int | None = None) -> None:
        self.folder = folder
        self._generation = generation
        self._closed = False
        self._release = weakref.finalize(self, os.close, lock) if lock is not None else None

    @classmethod
    def create(cls, folder: Path) -> DiskStore:
        """Make an empty store in a new or empty folder, and open it for writing.

        Raises
        ------
        UsageError
            The folder is a store already, or holds something else.
        StoreUnavailable
            The folder cannot be written, or the disk is full.
        """
        layout.check_platform()
        layout.check_new(folder)
        with layout.storage_errors(folder):
            (folder / layout.GENERATIONS).mkdir(parents=True, exist_ok=True)
        store = cls(folder, None, layout.lock_for_writing(folder))
        layout.check_new(folder)  # another process may have made it before we had the lock
        store._commit_empty()
        with layout.storage_errors(folder):
            layout.write_marker(folder)
        return store

    @classmethod
    def open(cls, folder: Path, *, write: bool = False) -> DiskStore:
        """Open a store.

        A store opened for writing opens although its data are damaged, so that it can be rebuilt; reading
        them raises.

        Raises
        ------
        StoreUnavailable
            There is no store, or a later version made it.
        StoreLocked
            Another process writes, and writing was asked for.
        StoreDamaged
            The store cannot be read as it is.
        """
        layout.check_marker(folder)
        if not write:
            return cls(folder, hold_current(folder))
        lock = layout.lock_for_writing(folder)
        store = cls(folder, None, lock)
        with layout.storage_errors(folder):
            layout.remove_leftovers(folder)
        try:
            store._generation = hold_current(folder)
        except StoreDamaged:
            store._generation = None
        return store

    @staticmethod
    def is_store(folder: Path) -> bool:
        """Tell whether a folder is a store, by its marker."""
        return (folder / layout.MARKER).is_file()

    @property
    def kind(self) -> Kind:
        """Always ``disk``."""
        return "disk"

    @property
    def location(self) -> str:
        """Folder of the engine's files that are read; they stay there until this store is closed."""
        held = self._held()
        held.verify()
        return str(held.files.absolute())

    @property
    def manifest(self) -> Manifest:
        """What the generation that is read holds.

        Raises
        ------
        StoreDamaged
            The manifest is missing or damaged.
        """
        return self._held().manifest

    @property
    def derived(self) -> Path:
        """Folder for what others compute from the data as they are now.

        It is the generation's, which never changes: what stands there goes with it, and is no data.
        """
        held = self._held()
        held.verify()
        return held.path

    def size(self) -> int:
        """Return the number of triples in the default graph."""
        return self.manifest.triples

    def replace_datasets(self, datasets: Datasets, *, record: Record | None = None) -> None:
        """Replace datasets; see :meth:`rte_graph.store.base.Store.replace_datasets`.

        Parameters
        ----------
        datasets : mapping
            Memory stays flat, however long the iterables are.
        record : Record, optional
            Where the datasets come from. Without it, what is held no longer counts as validated.

        Notes
        -----
        Linear in the whole store, as its hash is computed anew.
        """
        self._check_writable()
        self._replace(datasets, record)
        self._tidy()

    def _replace(self, datasets: Datasets, record: Record | None) -> None:
        base = self._held()
        held = {NamedNode(entry.iri): entry.triples for entry in base.manifest.datasets}
        replaced = [name for name in datasets if name in held]
        kept = {name: self.triples(name) for name in held if name not in datasets}
        removing = is_worth_removing(sum(held[name] for name in replaced), sum(held[name] for name in kept))
        with self._draft(base if removing else None) as draft:
            if removing:
                with layout.storage_errors(self.folder):
                    remove_datasets(draft, base, replaced)
                contents = fill(draft, self.folder, datasets, held=kept)
            else:
                contents = fill(draft, self.folder, {**kept, **datasets})
            self._publish(draft, base.manifest.after(contents, datasets, record))

    def replace_all(self, datasets: Datasets, *, record: Record) -> None:
        """Make the store anew from nothing: afterwards it holds these datasets and no others.

        Works although what the store holds is damaged. Memory stays flat; all or nothing.
        """
        self._check_writable()
        with self._draft(None) as draft:
            contents = fill(draft, self.folder, datasets)
            self._publish(draft, EMPTY.after(contents, datasets, record))
        self._tidy()

    def update(self, text: str) -> UpdateReport:
        """Run a SPARQL Update; the default graph and the datasets stay in step.

        What is inserted into the default graph belongs to the dataset :data:`UPDATES`; what is deleted there
        is deleted from every dataset. The text is trusted: it may LOAD whatever the machine can reach.

        Raises
        ------
        UnreadableQuery
            The text is no SPARQL Update.
        """
        self._check_writable()
        report = self._update(text)
        self._tidy()
        return report

    def _update(self, text: str) -> UpdateReport:
        base = self._held()
        with self._draft(base) as draft:
            try:
                draft.engine.update(text)
            except OSError as error:
                raise layout.unwritable(self.folder, error) from error
            except ENGINE_ERRORS as error:
                raise self._meaning(error) from error
            with layout.storage_errors(self.folder):
                report = reconcile(draft.engine, base.engine)
            contents = fill(draft, self.folder, {}, held=stated(draft.engine))
            manifest = base.manifest.after(contents, (), None)
            # How the files were loaded is kept: a rebuild, which gives the updates up, does as then.
            validated = base.manifest.validated
            self._publish(draft, replace(manifest, updates=manifest.updates + 1, validated=validated))
        return report

    def check(self, tell: Tell = lambda step: None) -> CheckReport:
        """Compare the store with what was written; nothing is changed.

        Each file is compared with its hash. When all are sound, every triple is read: the counts and the
        canonical hash must be those of the manifest, and the default graph the union of the datasets.

        Parameters
        ----------
        tell : callable
            Called with each step, a :class:`~rte_graph.store.checking.Sentence`, before it begins.

        Notes
        -----
        Linear in the store, with flat memory.
        """
        if self._closed:
            raise closed()
        if self._generation is None:
            return broken(layout.damaged(self.folder))
        return check(self.folder, self._generation, tell)

    def backup(self, target: Path) -> None:
        """Copy the store to a folder that does not exist or is empty; the copy is a store and shares nothing.

        Raises
        ------
        UsageError
            The target holds something, or stands inside the store.
        StoreDamaged
            A file is not what was written: a damaged store is not copied.
        StoreFull, StoreUnavailable
            There is no room, or no right; nothing is left there.
        """
        back_up(self.folder, self._held(), target)

    def close(self) -> None:
        """Release the locks; results that are still being read keep theirs until they are done."""
        self._generation = None
        self._closed = True
        if self._release is not None:
            self._release()

    def _commit_empty(self) -> None:
        with self._draft(None) as draft:
            contents = fill(draft, self.folder, {})
            self._publish(draft, EMPTY.after(contents, {}, None))

    @contextmanager
    def _draft(self, base: Generation | None) -> Iterator[Draft]:
        draft = Draft(self.folder, base)
        try:
            with layout.storage_errors(self.folder):
                draft.begin()
            yield draft
        finally:
            draft.drop()

    def _publish(self, draft: Draft, manifest: Manifest) -> None:
        with layout.storage_errors(self.folder):
            draft.publish(manifest)
        self._generation = hold_current(self.folder)
        self._generation.sound = True

    def _tidy(self) -> None:
        """Remove generations that nobody reads any more; must not fail, as the change is made."""
        with suppress(OSError):
            layout.remove_leftovers(self.folder)

    def _check_writable(self) -> None:
        if self._closed:
            raise closed()
        if self._release is None:
            raise StoreUnavailable(
                fr=f"La base {self.folder} est ouverte en lecture seule : ouvrez-la en écriture.",
                en=f"The store {self.folder} is open for reading only: open it for writing.",
                keep=(self.folder,),
            )

    def _held(self) -> Generation:
        if self._closed:
            raise closed()
        if self._generation is None:
            raise layout.damaged(self.folder)
        return self._generation

    def _failure(self, error: Exception) -> StoreUnavailable:
        if isinstance(error, RuntimeError | FileNotFoundError):
            return layout.damaged(self.folder)
        return StoreUnavailable(
            fr=f"La base {self.folder} n’a pas pu être lue ({error}) : réessayez.",
            en=f"The store {self.folder} could not be read ({error}): try again.",
            keep=(self.folder,),
        )
