"""What a generation holds: written beside its files, and sealed, so that a damaged one is noticed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from rte_graph.errors import StoreDamaged

MANIFEST = "manifest.json"
# A dataset takes some 200 bytes, a file 100.
_MAX_BYTES = 50_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that data were loaded from.

    Attributes
    ----------
    path : str
        Relative to the folder that holds the store's folder when the file is inside it, else absolute.
    sha256 : str
        Of its bytes when it was loaded.
    """

    path: str
    sha256: str

    @classmethod
    def of(cls, file: Path, store: Path) -> Source:
        """Return the source that a file is for a store folder; the file is read for its hash."""
        return cls(path=recorded_path(file, store), sha256=file_hash(file))

    def resolve(self, store: Path) -> Path:
        """Return where the file stands, seen from a store folder."""
        return store.absolute().parent / self.path


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetEntry:
    """One dataset of a generation: its IRI, the triples in its graph, and where they came from."""

    iri: str
    triples: int
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a load says of the datasets that it replaces.

    Attributes
    ----------
    datasets : mapping
        The files of each dataset that is given anew.
    validated : bool
        Whether all that the store holds afterwards was validated, joined; what it held before too.
    ontology_version : str
        Of the ontology that it holds afterwards.
    """

    datasets: Mapping[NamedNode, tuple[Source, ...]]
    validated: bool
    ontology_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a draft holds, counted by its engine: the default graph, and each dataset that is not empty."""

    hash: str
    triples: int
    datasets: Mapping[NamedNode, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What one generation holds.

    Attributes
    ----------
    hash : str
        Canonical hash of the datasets; see :func:`rte_graph.rdf_io.hashing.canonical_hash`.
    datasets : tuple of DatasetEntry
        Sorted by IRI.
    triples : int
        Triples in the default graph.
    validated : bool
        Whether all that is held was validated when it was loaded; what updates brought since never was.
    ontology_version : str
        Version of the ontology at the last load; empty when none was recorded.
    updates : int
        SPARQL updates since the data were loaded from their files.
    files : mapping of str to str
        SHA-256 of each file of the engine.
    """

    hash: str
    datasets: tuple[DatasetEntry, ...]
    triples: int
    validated: bool
    ontology_version: str
    updates: int
    files: Mapping[str, str]

    def entry(self, dataset: NamedNode) -> DatasetEntry | None:
        """Return what is said of one dataset, or None when it is not held."""
        return next((entry for entry in self.datasets if entry.iri == dataset.value), None)

    def after(self, contents: Contents, replaced: Container[NamedNode], record: Record | None) -> Manifest:
        """Return what is held after some datasets were replaced.

        Parameters
        ----------
        contents : Contents
            What the engine counted.
        replaced : container of NamedNode
            The datasets that were given anew; the others keep their sources.
        record : Record, optional
            What is known of those.
        """
        kept = {entry.iri: entry for entry in self.datasets if NamedNode(entry.iri) not in replaced}
        known = record.datasets if record is not None else {}
        entries = [
            replace(kept[name.value], triples=triples)
            if name.value in kept
            else DatasetEntry(iri=name.value, triples=triples, sources=tuple(known.get(name, ())))
            for name, triples in contents.datasets.items()
        ]
        return Manifest(
            hash=contents.hash,
            datasets=tuple(sorted(entries, key=lambda entry: entry.iri)),
            triples=contents.triples,
            validated=record is not None and record.validated,
            ontology_version=record.ontology_version if record is not None else self.ontology_version,
            updates=self.updates,
            files={},
        )


EMPTY = Manifest(hash="", datasets=(), triples=0, validated=True, ontology_version="", updates=0, files={})


def recorded_path(file: Path, store: Path) -> str:
    """Return the path under which a store records a file.

    Examples
    --------
    >>> recorded_path(Path("/home/me/data/a.ttl"), Path("/home/me/rte-store"))
    'data/a.ttl'
    >>> recorded_path(Path("/srv/a.ttl"), Path("/home/me/rte-store"))
    '/srv/a.ttl'
    """
    file, beside = file.absolute(), store.absolute().parent
    return str(file.relative_to(beside)) if file.is_relative_to(beside) else str(file)


def file_hash(file: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def to_bytes(manifest: Manifest) -> bytes:
    """Return a manifest as JSON, with its seal."""
    said = {**asdict(manifest), "files": dict(sorted(manifest.files.items()))}
    return json.dumps({"manifest": said, "seal": _seal(said)}, indent=1, ensure_ascii=False).encode() + b"\n"


def read_manifest(file: Path) -> Manifest:
    """Read a manifest.

    Raises
    ------
    StoreDamaged
        It is missing, unreadable, or not as it was written.
    """
    try:
        with file.open("rb") as handle:
            found = json.loads(handle.read(_MAX_BYTES))
        said = found["manifest"]
        if found["seal"] != _seal(said):
            raise ValueError("seal")
        return _manifest(said)
    except (OSError, ValueError, LookupError, TypeError, RecursionError, AttributeError) as error:
        raise StoreDamaged(
            fr=f"L’inventaire de la base {file} est illisible ou abîmé : refaites-la avec "
            "« rte-graph rebuild », ou rechargez les données dans un autre dossier.",
            en=f"The store’s inventory {file} is unreadable or damaged: make the store anew with "
            "`rte-graph rebuild`, or load the data into another folder.",
            keep=(file,),
        ) from error


def _manifest(said: dict[str, Any]) -> Manifest:
    datasets = tuple(
        DatasetEntry(
            iri=entry["iri"],
            triples=entry["triples"],
            sources=tuple(Source(**source) for source in entry["sources"]),
        )
        for entry in said["datasets"]
    )
    return Manifest(**{**said, "datasets": datasets})


def _seal(said: object) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
