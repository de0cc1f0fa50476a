"""The files that a store remembers: written down when it is loaded, found again to rebuild it."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode

from rte_graph.errors import UnreadableData, reason
from rte_graph.loading.staging import Members
from rte_graph.store import DiskStore, Manifest, Source, Store
from rte_graph.store.manifest import file_hash, recorded_path


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedFile:
    """A file that a store was loaded from and that is no longer as it was."""

    path: Path
    missing: bool


def digest(path: Path) -> str:
    """Return the SHA-256 of a file.

    Raises
    ------
    UnreadableData
        It cannot be read.
    """
    try:
        if not path.is_file():  # a pipe could be read once only
            raise OSError(errno.EINVAL, str(path))
        return file_hash(path)
    except OSError as error:
        raise UnreadableData(
            fr=f"{path} ne peut pas être lu ({reason(error, 'fr')}) : vérifiez le chemin et les droits.",
            en=f"{path} cannot be read ({reason(error, 'en')}): check the path and the permissions.",
            keep=(path,),
        ) from error


def digests(paths: Iterable[Path]) -> dict[Path, str]:
    """Return the SHA-256 of each file; those that do not exist are left to who reads them."""
    return {path: digest(path) for path in paths if path.exists()}


def demand_unchanged(path: Path, sha256: str) -> None:
    """Raise when a file is no longer what was read and checked a moment ago."""
    if digest(path) != sha256:
        raise UnreadableData(
            fr=f"{path} a changé pendant qu’il était lu : recommencez.",
            en=f"{path} changed while it was being read: try again.",
            keep=(path,),
        )


def source(path: Path, sha256: str, folder: Path) -> Source:
    """Return how the store in ``folder`` remembers a file."""
    return Source(path=recorded_path(Path(os.path.abspath(path)), folder), sha256=sha256)  # noqa: PTH100 - no « .. »


def source_path(source: Source, folder: Path) -> Path:
    """Return where a recorded file should be, as short as it can be written."""
    path = source.resolve(folder)
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def recorded_files(manifest: Manifest, folder: Path) -> Members:
    """Return the files of each dataset that was loaded from files."""
    return {
        NamedNode(entry.iri): tuple(source_path(each, folder) for each in entry.sources)
        for entry in manifest.datasets
        if entry.sources
    }


def is_validated(store: Store) -> bool:
    """Tell whether the shapes were asked about all that a store holds when it was loaded, and nothing since.

    Nothing is known of data in memory or behind an endpoint.
    """
    return isinstance(store, DiskStore) and store.manifest.validated and not store.manifest.updates


def changed_files(store: DiskStore) -> Iterator[ChangedFile]:
    """Yield the files that are missing or no longer as they were loaded, in the order of their datasets."""
    seen: set[Source] = set()
    for entry in store.manifest.datasets:
        for each in entry.sources:
            if each in seen:
                continue
            seen.add(each)
            path = source_path(each, store.folder)
            if not path.is_file():
                yield ChangedFile(path=path, missing=True)
            elif digest(path) != each.sha256:
                yield ChangedFile(path=path, missing=False)
