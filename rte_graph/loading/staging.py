"""Find the files to read, and the dataset to which each belongs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from rte_graph.errors import RteError, UnknownName
from rte_graph.namespaces import DCAT, RDF, data_namespace
from rte_graph.rdf_io import parse_triples
from rte_graph.rdf_io.reader import read_text
from rte_graph.validation import SourceFile

SUFFIXES = (".ttl", ".nt", ".jsonld", ".json")
TYPE = NamedNode(RDF("type"))
DATASET = NamedNode(DCAT("Dataset"))

Members = Mapping[NamedNode, tuple[Path, ...]]
Described = Mapping[Path, frozenset[NamedNode]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Files to read, and how they fall into datasets once it is known which datasets they describe.

    Attributes
    ----------
    files : tuple of Path
        Each file once, in the order in which they are read.
    members : callable
        From the datasets described in each file to the files of each dataset, sorted by IRI. A file may
        belong to several datasets.
    """

    files: tuple[Path, ...]
    members: Callable[[Described], Members]


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """Files that were read and not yet committed, and the files of each dataset, sorted by IRI."""

    files: tuple[SourceFile, ...]
    members: Members

    def triples(self) -> list[Triple]:
        """Return all that the files state, each triple once."""
        return list(dict.fromkeys(triple for file in self.files for triple in file.triples))

    def by_dataset(self) -> dict[NamedNode, list[SourceFile]]:
        """Return the files of each dataset, datasets sorted by IRI."""
        read = {file.path: file for file in self.files}
        return {dataset: [read[path] for path in paths] for dataset, paths in self.members.items()}


def wanted(paths: Iterable[Path | str]) -> Wanted:
    """Return the files named (folders are searched for RDF files).

    The dataset of a file is the ``dcat:Dataset`` described in it or in a file beside it, else
    ``dataset:<name>`` after the folder named, or the file named.
    """
    found: dict[Path, str] = {}
    for path in map(Path, paths):
        for file in rdf_files(path):
            found.setdefault(file, path.resolve().stem)

    def members(own: Described) -> Members:
        described = _described_datasets(own)
        named = {path: NamedNode(data_namespace("dataset")(slug(name))) for path, name in found.items()}
        return _grouped((described.get(path, named[path]), path) for path in found)

    return Wanted(files=tuple(found), members=members)


def wanted_again(recorded: Members) -> Wanted:
    """Return the files that a store was loaded from, each in the dataset it was loaded into.

    A file that now describes one other dataset goes there, as it would when loaded anew.
    """
    pairs = [(dataset, path) for dataset, paths in recorded.items() for path in paths]

    def members(own: Described) -> Members:
        return _grouped((next(iter(own[path])) if len(own[path]) == 1 else d, path) for d, path in pairs)

    return Wanted(files=tuple(dict.fromkeys(path for _, path in pairs)), members=members)


def stage(paths: Iterable[Path | str] | Wanted) -> Staged:
    """Read files into memory and find the dataset of each; see :func:`wanted`."""
    asked = paths if isinstance(paths, Wanted) else wanted(paths)
    files = tuple(SourceFile(path=path, triples=tuple(parse_triples(path))) for path in asked.files)
    own = {file.path: described_in(file.triples) for file in files}
    return Staged(files=files, members=asked.members(own))


def slug(name: str) -> str:
    """Return a name as the last part of a data IRI: ASCII, lower case, hyphens.

    Examples
    --------
    >>> slug("Données 2026 (été)")
    'donnees-2026-ete'
    """
    plain = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "oe").replace("’", " "))
    ascii_only = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-") or "data"


def rdf_files(path: Path) -> list[Path]:
    """Return the RDF files of a folder, sorted, or the file itself (which need not exist)."""
    if not path.is_dir():
        return [path]
    found = sorted(file for file in path.rglob("*") if file.suffix.lower() in (".ttl", ".nt", ".jsonld"))
    if not found:
        raise UnknownName(
            fr=f"Le dossier {path} ne contient aucun fichier .ttl, .nt ou .jsonld : vérifiez le chemin.",
            en=f"The folder {path} holds no .ttl, .nt or .jsonld file: check the path.",
            keep=(path,),
        )
    return found


def described_in(triples: Iterable[Triple]) -> frozenset[NamedNode]:
    """Return the datasets that some triples describe."""
    return frozenset(
        triple.subject
        for triple in triples
        if triple.predicate == TYPE and triple.object == DATASET and isinstance(triple.subject, NamedNode)
    )


def _grouped(pairs: Iterable[tuple[NamedNode, Path]]) -> Members:
    grouped: dict[NamedNode, dict[Path, None]] = {}
    for dataset, path in pairs:
        grouped.setdefault(dataset, {})[path] = None
    ordered = sorted(grouped.items(), key=lambda item: item[0].value)
    return {dataset: tuple(paths) for dataset, paths in ordered}


def _described_datasets(own: Described) -> dict[Path, NamedNode]:
    """Return the dataset of each file that describes one, or whose folder does."""
    by_folder: dict[Path, frozenset[NamedNode]] = {}
    for path in own:
        if path.parent not in by_folder:
            by_folder[path.parent] = _described_beside(path.parent, own)
    result: dict[Path, NamedNode] = {}
    for path in own:
        for candidates in (own[path], by_folder[path.parent]):
            # Several descriptions in one folder: none of them can claim the other files.
            if len(candidates) == 1:
                result[path] = next(iter(candidates))
                break
    return result


def _described_beside(folder: Path, own: Described) -> frozenset[NamedNode]:
    staged = frozenset(dataset for path, found in own.items() if path.parent == folder for dataset in found)
    if staged:
        return staged
    found: frozenset[NamedNode] = frozenset()
    for path in sorted(folder.glob("*.ttl")):
        # A neighbour that was not asked for must not make the load fail.
        try:
            if path not in own and "Dataset" in read_text(path):
                found |= described_in(parse_triples(path))
        except RteError:
            continue
    return found
