"""Generations of a store on disk: one is read and never changes, the next is made out of sight."""

from __future__ import annotations

import os
import shutil
import weakref
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from pyoxigraph import Store as Engine

from rte_graph.errors import StoreDamaged, StoreUnavailable, reason
from rte_graph.store import folder as layout
from rte_graph.store.manifest import MANIFEST, Manifest, file_hash, read_manifest, to_bytes

# Files of the engine that say nothing of the data.
_NOT_DATA = ("LOG", "LOCK", "IDENTITY")
_FOLDER_OF_DRAFT = "work"
# Files that together are larger are not compared with their hashes before they are read: about half a second.
VERIFIED_BYTES = 1_000_000_000


class Generation:
    """A published generation; it stays on the disk for as long as this object lives.

    Results that are still being read hold it, so it can outlive the store object that opened it.
    """

    def __init__(self, store: Path, path: Path, descriptor: int) -> None:
        self.path = path
        self._store = store
        self._engine: Engine | None = None
        self._manifest: Manifest | None = None
        self.sound = False
        weakref.finalize(self, os.close, descriptor)

    @property
    def files(self) -> Path:
        """Folder of the engine's files."""
        return self.path / layout.ENGINE_FILES

    @property
    def engine(self) -> Engine:
        """The engine, which opens at first use and only reads.

        Raises
        ------
        StoreDamaged
            A file is not what was written, or the engine cannot open them.
        """
        if self._engine is None:
            self.verify()
            try:
                self._engine = Engine.read_only(str(self.files))
            except (OSError, RuntimeError, ValueError) as error:
                raise layout.damaged(self._store) from error
        return self._engine

    @property
    def manifest(self) -> Manifest:
        """What the generation holds, read at first use."""
        if self._manifest is None:
            self._manifest = read_manifest(self.path / MANIFEST)
        return self._manifest

    def verify(self) -> None:
        """Compare the files with what was written, once, unless they are very large.

        The engine checks each block that it reads, but an ORDER BY over a damaged block never ends and takes
        all memory there is (Oxigraph 0.5.13).

        Raises
        ------
        StoreDamaged
            A file is missing or is not what was written.
        """
        if self.sound:
            return
        files = {self.files / name: expected for name, expected in self.manifest.files.items()}
        try:
            if sum(path.stat().st_size for path in files) <= VERIFIED_BYTES:
                for path, expected in files.items():
                    if file_hash(path) != expected:
                        raise layout.damaged(self._store, path)
        except OSError as error:
            raise layout.damaged(self._store, error.filename) from error
        self.sound = True


def hold_current(store: Path) -> Generation:
    """Return the generation in force, which nobody can remove from then on.

    Raises
    ------
    StoreDamaged
        There is none.
    StoreUnavailable
        It may not be read.
    """
    layout.check_platform()
    while True:
        link = _link(store)
        try:
            held = _try_to_hold(store)
        except StoreDamaged:
            held = None
        except OSError as error:
            raise StoreUnavailable(
                fr=f"La base {store} ne peut pas être lue ({reason(error, 'fr')}) : vérifiez les droits.",
                en=f"The store {store} cannot be read ({reason(error, 'en')}): check the permissions.",
                keep=(store,),
            ) from error
        if held is not None:
            return held
        # A writer may have moved on and removed this generation in the meantime: try the new one.
        if _link(store) == link:
            raise layout.damaged(store, store / layout.CURRENT)


def _link(store: Path) -> Path | None:
    try:
        return (store / layout.CURRENT).readlink()
    except OSError:
        return None


def _try_to_hold(store: Path) -> Generation | None:
    path = layout.current(store)
    descriptor = layout.share(path, store)
    return None if descriptor is None else Generation(store, path, descriptor)


class Draft:
    """The next generation in the making: nobody sees it until it is published, and it can be dropped.

    Parameters
    ----------
    store : path
        The store's folder, locked by this process.
    base : Generation, optional
        What to begin with: its files are shared, not copied. Nothing by default.
    """

    def __init__(self, store: Path, base: Generation | None = None) -> None:
        self._store = store
        self._base = base
        self._target = layout.next_generation(store)
        # A name of its own: an engine that an error still holds keeps its folder's name locked.
        self.path = self._target.with_name(f".{self._target.name}-{uuid4().hex[:8]}")
        self._engine: Engine | None = None

    def begin(self) -> None:
        """Make the folder and open the engine; :meth:`drop` must be called in the end."""
        self.path.mkdir()
        work = str(self.path / _FOLDER_OF_DRAFT)
        if self._base is not None:
            self._base.engine.backup(work)
        self._engine = Engine(work)

    @property
    def engine(self) -> Engine:
        """The engine, which writes."""
        assert self._engine is not None, "a draft is used between begin and publish"
        return self._engine

    def publish(self, manifest: Manifest) -> None:
        """Put the draft in force: it is whole and on the disk when this returns.

        Parameters
        ----------
        manifest : Manifest
            What the draft holds; the hashes of the files are filled in.
        """
        self.engine.flush()
        # A snapshot: no engine ever had its files open for writing, none can change them any more.
        final = self.path / layout.ENGINE_FILES
        self.engine.backup(str(final))
        self._engine = None
        shutil.rmtree(self.path / _FOLDER_OF_DRAFT)
        manifest = replace(manifest, files=self._hashes(final))
        (self.path / MANIFEST).write_bytes(to_bytes(manifest))
        (self.path / layout.READERS).touch()
        for path in (self.path / MANIFEST, self.path / layout.READERS, final, self.path):
            layout.sync(path)
        self.path.rename(self._target)
        layout.sync(self._target.parent)
        layout.point_current_to(self._store, self._target)

    def drop(self) -> None:
        """Remove what was not published."""
        self._engine = None
        shutil.rmtree(self.path, ignore_errors=True)

    def _hashes(self, files: Path) -> dict[str, str]:
        """Return the hash of each file; those shared with the base are not read again."""
        hashes: dict[str, str] = {}
        for path in sorted(files.iterdir()):
            if path.name.startswith(_NOT_DATA):
                continue
            known = self._known(path)
            if known is None:
                known = file_hash(path)
                layout.sync(path)
            hashes[path.name] = known
        return hashes

    def _known(self, path: Path) -> str | None:
        if self._base is None:
            return None
        shared = self._base.files / path.name
        if not (shared.exists() and shared.samefile(path)):
            return None
        return self._base.manifest.files.get(path.name)
