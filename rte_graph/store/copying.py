"""A copy of a store on disk that shares nothing with it."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from rte_graph.errors import StoreFull, StoreUnavailable, UsageError, reason
from rte_graph.store import folder as layout
from rte_graph.store.generations import Generation
from rte_graph.store.manifest import MANIFEST, Manifest, Source, recorded_path, to_bytes

_CHUNK = 1 << 20


def back_up(folder: Path, generation: Generation, target: Path) -> None:
    """Copy a store as one generation; see :meth:`rte_graph.store.disk.DiskStore.backup`."""
    _check_target(folder, target)
    # Beside the target, so that it appears whole: a rename does not cross disks.
    beside = target.absolute().with_name(f".{target.absolute().name}.{uuid4().hex[:8]}.unfinished")
    with _copy_errors(target):
        beside.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        beside.mkdir()
    lock = layout.lock_for_writing(beside)
    try:
        with _copy_errors(target):
            _copy(folder, generation, beside, target)
            beside.rename(target.absolute())
            layout.sync(beside.parent)
    finally:
        layout.release(lock)
        shutil.rmtree(beside, ignore_errors=True)


def _check_target(folder: Path, target: Path) -> None:
    if target.resolve().is_relative_to(folder.resolve()):
        raise UsageError(
            fr=f"La copie ne peut pas être dans la base elle-même ({target}) : donnez un autre dossier.",
            en=f"The copy cannot stand inside the store itself ({target}): give another folder.",
            keep=(target,),
        )
    exists = target.exists() or target.is_symlink()
    if exists and (target.is_symlink() or not target.is_dir() or any(target.iterdir())):
        raise UsageError(
            fr=f"{target} existe déjà et n’est pas un dossier vide : donnez un dossier nouveau.",
            en=f"{target} exists already and is no empty folder: give a new folder.",
            keep=(target,),
        )


def _sweep(target: Path) -> None:
    """Remove what copies to the same place left when they were killed."""
    target = target.absolute()
    for path in target.parent.glob(f".{target.name}.????????.unfinished"):
        with suppress(OSError, StoreUnavailable):
            lock = layout.lock_for_writing(path)
            shutil.rmtree(path)
            layout.release(lock)


def _copy(folder: Path, generation: Generation, beside: Path, target: Path) -> None:
    copy = beside / layout.GENERATIONS / generation.path.name
    (copy / layout.ENGINE_FILES).mkdir(parents=True)
    manifest = generation.manifest
    for name, expected in manifest.files.items():
        source = generation.files / name
        if not source.is_file() or _copied(source, copy / layout.ENGINE_FILES / name) != expected:
            raise layout.damaged(folder, source)
    (copy / MANIFEST).write_bytes(to_bytes(_seen_from(manifest, folder, target)))
    (copy / layout.READERS).touch()
    for path in (copy / MANIFEST, copy / layout.READERS, copy / layout.ENGINE_FILES, copy, copy.parent):
        layout.sync(path)
    layout.point_current_to(beside, copy)
    layout.write_marker(beside)


def _copied(source: Path, target: Path) -> str:
    """Copy a file, and return the hash of what was read."""
    digest = hashlib.sha256()
    with source.open("rb") as reading, target.open("wb") as writing:
        while chunk := reading.read(_CHUNK):
            digest.update(chunk)
            writing.write(chunk)
    layout.sync(target)
    return digest.hexdigest()


def _seen_from(manifest: Manifest, folder: Path, target: Path) -> Manifest:
    """Return the manifest with sources recorded as the copy sees them."""
    datasets = tuple(
        replace(
            entry,
            sources=tuple(
                Source(path=recorded_path(source.resolve(folder), target), sha256=source.sha256)
                for source in entry.sources
            ),
        )
        for entry in manifest.datasets
    )
    return replace(manifest, datasets=datasets)


@contextmanager
def _copy_errors(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if layout.is_full(error):
            raise StoreFull(
                fr=f"Il n’y a pas assez de place sur le disque pour la copie {target}, qui n’a pas été "
                "faite : libérez de la place ou donnez un autre disque.",
                en=f"There is not enough room on the disk for the copy {target}, which was not made: "
                "make room or give another disk.",
                keep=(target,),
            ) from error
        raise StoreUnavailable(
            fr=f"La copie {target} ne peut pas être faite ({reason(error, 'fr')}) : vérifiez le chemin et "
            "les droits.",
            en=f"The copy {target} cannot be made ({reason(error, 'en')}): check the path and the "
            "permissions.",
            keep=(target,),
        ) from error
