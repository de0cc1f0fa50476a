"""The folder of a store on disk: what stands where, who may write, and how it is moved on."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from rte_graph import __version__
from rte_graph.errors import (
    RteError,
    StoreDamaged,
    StoreFull,
    StoreLocked,
    StoreUnavailable,
    UsageError,
    reason,
)

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

MARKER = "rte-store.json"
LOCK = "lock"
CURRENT = "current"
GENERATIONS = "generations"
READERS = "readers"
ENGINE_FILES = "db"
FORMAT = 1
# What a creation that was killed may leave: it can be taken up again.
_UNFINISHED = {LOCK, GENERATIONS, CURRENT}
_NUMBERED = re.compile(r"[0-9]{6,12}")
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


def check_marker(folder: Path) -> None:
    """Refuse a folder that is no store, or one of a later rte-graph.

    Raises
    ------
    StoreUnavailable, StoreDamaged
        One sentence each.
    """
    marker = folder / MARKER
    if not marker.is_file():
        raise StoreUnavailable(
            fr=f"{folder} n’est pas une base rte-graph : vérifiez le chemin, "
            "ou créez-la avec « rte-graph load ».",
            en=f"{folder} is no rte-graph store: check the path, or make it with `rte-graph load`.",
            keep=(folder,),
        )
    try:
        with marker.open("rb") as handle:
            found = json.loads(handle.read(10_000))["format"]
        if type(found) is not int:
            raise ValueError(found)
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
        raise damaged(folder, marker) from error
    if found != FORMAT:
        raise StoreUnavailable(
            fr=f"La base {folder} a été faite par une version plus récente (format {found}) : "
            "mettez rte-graph à jour.",
            en=f"The store {folder} was made by a later version (format {found}): upgrade rte-graph.",
            keep=(folder,),
        )


def check_new(folder: Path) -> None:
    """Refuse to make a store where there is one, or where something else stands.

    Raises
    ------
    UsageError
        The folder is a store, a file, or holds other things.
    """
    if (folder / MARKER).exists():
        raise UsageError(
            fr=f"{folder} est déjà une base rte-graph : donnez un autre dossier, ou chargez-y les données.",
            en=f"{folder} is an rte-graph store already: give another folder, or load the data into it.",
            keep=(folder,),
        )
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir() or {entry.name for entry in folder.iterdir()} - _UNFINISHED:
        raise UsageError(
            fr=f"{folder} contient autre chose qu’une base rte-graph : donnez un dossier nouveau ou vide.",
            en=f"{folder} holds something else than an rte-graph store: give a new or an empty folder.",
            keep=(folder,),
        )


def write_marker(folder: Path) -> None:
    """Say that the folder is a store: the last step of its making."""
    text = json.dumps({"format": FORMAT, "made-by": f"rte-graph {__version__}"}) + "\n"
    unfinished = folder / GENERATIONS / f".{MARKER}"
    unfinished.write_text(text, encoding="utf-8")
    sync(unfinished)
    unfinished.replace(folder / MARKER)
    sync(folder)


def current(folder: Path) -> Path:
    """Return the folder of the generation in force.

    Raises
    ------
    StoreDamaged
        ``current`` is missing, or leads anywhere else than to a generation of this store.
    """
    link = folder / CURRENT
    try:
        base, name = Path(link.readlink()).parts
    except (OSError, ValueError) as error:
        raise damaged(folder, link) from error
    found = folder / GENERATIONS / name
    inside = base == GENERATIONS and _NUMBERED.fullmatch(name)
    # Each step must be a real folder: a link could lead out of the store.
    steps = (found.parent, found, found / ENGINE_FILES)
    if not inside or any(step.is_symlink() or not step.is_dir() for step in steps):
        raise damaged(folder, link)
    return found


def point_current_to(folder: Path, generation: Path) -> None:
    """Move ``current`` to a generation, in one step that lasts."""
    unfinished = folder / GENERATIONS / f".{CURRENT}"
    unfinished.unlink(missing_ok=True)
    unfinished.symlink_to(Path(GENERATIONS) / generation.name)
    unfinished.replace(folder / CURRENT)
    sync(folder)


def next_generation(folder: Path) -> Path:
    """Return the folder of the generation to come."""
    numbers = [int(path.name) for path in (folder / GENERATIONS).iterdir() if _NUMBERED.fullmatch(path.name)]
    return folder / GENERATIONS / f"{max(numbers, default=0) + 1:06}"


def remove_leftovers(folder: Path) -> None:
    """Remove what dead writers left, and generations that nobody reads any more.

    Only the one writer may call this. What cannot be removed now is left to the next writer.
    """
    generations = folder / GENERATIONS
    kept = (folder / CURRENT).readlink().name if (folder / CURRENT).is_symlink() else None
    for path in generations.iterdir():
        with suppress(OSError):
            if path.name.startswith("."):
                _remove(path)
            elif path.name != kept and _NUMBERED.fullmatch(path.name):
                _remove_unread(path)


def _remove_unread(generation: Path) -> None:
    """Remove a generation unless somebody reads it."""
    readers = generation / READERS
    if readers.is_file():
        descriptor = os.open(readers, os.O_RDONLY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return
    else:
        descriptor = None
    try:
        # Out of sight first: half a generation must never stand under its number.
        hidden = generation.with_name(f".{generation.name}")
        generation.rename(hidden)
        _remove(hidden)
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def lock_for_writing(folder: Path) -> int:
    """Become the one writer; return the descriptor to close in order to stop.

    Raises
    ------
    StoreLocked
        Another process (or another store object of this one) writes.
    StoreUnavailable
        The file system refuses.
    """
    check_platform()
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
    try:
        descriptor = os.open(folder / LOCK, flags, 0o666)
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise StoreLocked(
            fr=f"Un autre processus écrit dans la base {folder} : réessayez quand il aura fini.",
            en=f"Another process is writing to the store {folder}: try again when it is done.",
            keep=(folder,),
        ) from error
    except OSError as error:
        os.close(descriptor)
        raise without_locks(folder) from error
    return descriptor


def release(descriptor: int) -> None:
    """Give a lock back."""
    os.close(descriptor)


def share(generation: Path, store: Path) -> int | None:
    """Keep a generation from being removed; return the descriptor to close afterwards.

    None when it is being removed, or is not there any more.
    """
    readers = generation / READERS
    try:
        # For reading only: works on a medium that cannot be written, and without the right to write.
        descriptor = os.open(readers, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(descriptor), readers.stat()):
            return descriptor
    except (BlockingIOError, FileNotFoundError):
        pass
    except OSError as error:
        os.close(descriptor)
        raise without_locks(store) from error
    os.close(descriptor)
    return None


def check_platform() -> None:
    """Refuse to work where files cannot be locked as this store needs it."""
    if fcntl is None:
        raise StoreUnavailable(
            fr="Une base sur disque demande Linux ou macOS : sous Windows, donnez les fichiers Turtle "
            "eux-mêmes à --store.",
            en="A store on disk needs Linux or macOS: on Windows, give the Turtle files themselves to "
            "--store.",
        )


def sync(path: Path) -> None:
    """Wait until a file or a folder is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def storage_errors(folder: Path, *, but: Sequence[BaseException] = ()) -> Iterator[None]:
    """Turn what the system or the engine raises while the store is written into one sentence.

    Errors in ``but``, which may grow in the meantime, come through as they are.
    """
    try:
        yield
    except Exception as error:
        if but:
            raise but[0] from None
        if isinstance(error, RteError):
            raise
        raise _meaning(folder, error) from error


def _meaning(folder: Path, error: Exception) -> Exception:
    if isinstance(error, OSError):
        return unwritable(folder, error)
    return damaged(folder) if isinstance(error, RuntimeError) else error


def is_full(error: OSError) -> bool:
    """Tell whether the disk (or the user's share of it) is full."""
    # The engine's own errors carry a text and no number.
    return error.errno in _NO_ROOM or "No space left" in str(error)


def unwritable(folder: Path, error: OSError) -> StoreUnavailable:
    """Return the error of a store that could not be written."""
    if is_full(error):
        return StoreFull(
            fr=f"Il n’y a plus de place sur le disque pour la base {folder} ; elle est restée comme elle "
            "était : libérez de la place, puis recommencez.",
            en=f"There is no room left on the disk for the store {folder}; it is as it was: make room, "
            "then try again.",
            keep=(folder,),
        )
    fr, en = (reason(error, "fr"), reason(error, "en")) if error.errno else (str(error), str(error))
    return StoreUnavailable(
        fr=f"La base {folder} ne peut pas être écrite ({fr}) : vérifiez le chemin et les droits.",
        en=f"The store {folder} cannot be written ({en}): check the path and the permissions.",
        keep=(folder,),
    )


def damaged(folder: Path, what: object = None) -> StoreDamaged:
    """Return the error of a store that cannot be read as it is."""
    fr, en = (f" ({what})", f" ({what})") if what else ("", "")
    return StoreDamaged(
        fr=f"La base {folder} est abîmée{fr} : voyez en quoi avec « rte-graph check », et refaites-la avec "
        "« rte-graph rebuild ».",
        en=f"The store {folder} is damaged{en}: see how with `rte-graph check`, and make it anew with "
        "`rte-graph rebuild`.",
        keep=(folder, *([what] if what else [])),
    )


def without_locks(folder: Path) -> StoreUnavailable:
    """Return the error of a file system that does not know locks."""
    return StoreUnavailable(
        fr=f"Le système de fichiers de {folder} ne sait pas verrouiller : mettez la base sur un disque "
        "local.",
        en=f"The file system of {folder} cannot lock: put the store on a local disk.",
        keep=(folder,),
    )
