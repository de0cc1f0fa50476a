"""Where ``load`` writes: a store that is there, one that is made for it, or an endpoint."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from rte_graph.errors import UsageError, reason
from rte_graph.files import replace_file
from rte_graph.loading.opening import remote_store
from rte_graph.loading.places import Place, chosen_store, place_to_write
from rte_graph.project import PROJECT_FILE
from rte_graph.store import DiskStore, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A store opened for writing.

    Attributes
    ----------
    store : Store
    place : Place
        Where it is.
    new : bool
        Whether it was made for this.
    """

    store: Store
    place: Place
    new: bool


@contextmanager
def writable(spec: str | None) -> Iterator[Target]:
    """Open what ``load`` writes to; a store that is made here is gone again when the block fails.

    Parameters
    ----------
    spec : str or None
        What ``--store`` names; None for the store of ``rte.toml``, else ``rte-store`` in the working folder.

    Raises
    ------
    UsageError
        There is something else.
    StoreUnavailable
        The store is locked by another writer, damaged, or cannot be reached.
    """
    place = place_to_write(spec)
    if place.kind == "nothing":
        with _made(place.path) as made:
            yield Target(store=made, place=place, new=True)
        return
    store = remote_store(place) if place.kind == "endpoint" else DiskStore.open(place.path, write=True)
    try:
        yield Target(store=store, place=place, new=False)
    finally:
        store.close()


@contextmanager
def _made(folder: Path) -> Iterator[DiskStore]:
    was_there = folder.is_dir()
    missing = [parent for parent in folder.absolute().parents if not parent.exists()]
    try:
        with closing(DiskStore.create(folder)) as store:
            try:
                yield store
            except BaseException:
                # While the store is still locked, so that nobody writes into it meanwhile.
                _remove(folder, keep=was_there)
                raise
    except BaseException:
        for parent in missing:
            with suppress(OSError):
                parent.rmdir()
        raise


def _remove(folder: Path, *, keep: bool) -> None:
    if not keep:
        shutil.rmtree(folder)
        return
    for inside in folder.iterdir():
        shutil.rmtree(inside) if inside.is_dir() and not inside.is_symlink() else inside.unlink()


def name_in_project(spec: str | None, place: Place) -> bool:
    """Name a store in ``rte.toml``, unless ``--store`` or ``rte.toml`` named it; tell whether it was done.

    Raises
    ------
    UsageError
        ``rte.toml`` cannot be written.
    """
    if chosen_store(spec) is not None:
        return False
    line = f'store = "{place.spec}"\n'
    try:
        before = PROJECT_FILE.read_text(encoding="utf-8") if PROJECT_FILE.is_file() else ""
        replace_file(PROJECT_FILE, line + before)
    except OSError as error:
        raise UsageError(
            fr=f"Les données sont dans {place.spec}, mais {PROJECT_FILE} ne peut pas être écrit "
            f"({reason(error, 'fr')}) : ajoutez --store {place.spec} aux commandes.",
            en=f"The data are in {place.spec}, but {PROJECT_FILE} cannot be written "
            f"({reason(error, 'en')}): add --store {place.spec} to the commands.",
            keep=(place.spec, PROJECT_FILE),
        ) from error
    return True
