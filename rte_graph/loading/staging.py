"""Read files and find the dataset to which each belongs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from rte_graph.errors import RteError, UnknownName
from rte_graph.namespaces import DCAT, RDF, data_namespace
from rte_graph.rdf_io import parse_triples
from rte_graph.rdf_io.reader import read_text
from rte_graph.validation import SourceFile

SUFFIXES = (".ttl", ".nt", ".jsonld", ".json")
_TYPE = NamedNode(RDF("type"))
_DATASET = NamedNode(DCAT("Dataset"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """Files that were read and not yet committed, each with the dataset to which it belongs."""

    files: tuple[SourceFile, ...]
    datasets: dict[Path, NamedNode]

    def triples(self) -> list[Triple]:
        """Return all that the files state, each triple once."""
        return list(dict.fromkeys(triple for file in self.files for triple in file.triples))

    def by_dataset(self) -> dict[NamedNode, list[SourceFile]]:
        """Return the files of each dataset, datasets sorted by IRI."""
        grouped: dict[NamedNode, list[SourceFile]] = {}
        for file in self.files:
            grouped.setdefault(self.datasets[file.path], []).append(file)
        return dict(sorted(grouped.items(), key=lambda item: item[0].value))


def stage(paths: Iterable[Path | str]) -> Staged:
    """Read files (folders are searched for RDF files) and find the dataset of each.

    The dataset of a file is the ``dcat:Dataset`` described in it or in a file beside it, else
    ``dataset:<name>`` after the folder named, or the file named.
    """
    found: dict[Path, str] = {}
    for path in map(Path, paths):
        for file in rdf_files(path):
            found.setdefault(file, path.resolve().stem)
    files = tuple(SourceFile(path=path, triples=tuple(parse_triples(path))) for path in found)
    described = _described_datasets(files)
    datasets = {
        file.path: described.get(file.path) or NamedNode(data_namespace("dataset")(slug(found[file.path])))
        for file in files
    }
    return Staged(files=files, datasets=datasets)


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
            fr=f"Le dossier {path} ne contient aucun fichier .ttl, .nt ou .jsonld : vérifiez le chemin.",
            en=f"The folder {path} holds no .ttl, .nt or .jsonld file: check the path.",
            keep=(path,),
        )
    return found


def _described_datasets(files: Sequence[SourceFile]) -> dict[Path, NamedNode]:
    """Return the dataset of each file whose folder describes one."""
    own = {file.path: _datasets_in(file.triples) for file in files}
    by_folder: dict[Path, set[NamedNode]] = {}
    for file in files:
        folder = file.path.parent
        if folder not in by_folder:
            by_folder[folder] = _datasets_beside(folder, own)
    result: dict[Path, NamedNode] = {}
    for file in files:
        for candidates in (own[file.path], by_folder[file.path.parent]):
            # Several descriptions in one folder: none of them can claim the other files.
            if len(candidates) == 1:
                result[file.path] = next(iter(candidates))
                break
    return result


def _datasets_beside(folder: Path, own: dict[Path, set[NamedNode]]) -> set[NamedNode]:
    staged = {dataset for path, found in own.items() if path.parent == folder for dataset in found}
    if staged:
        return staged
    found: set[NamedNode] = set()
    for path in sorted(folder.glob("*.ttl")):
        # A neighbour that was not asked for must not make the load fail.
        try:
            if path not in own and "Dataset" in read_text(path):
                found |= _datasets_in(parse_triples(path))
        except RteError:
            continue
    return found


def _datasets_in(triples: Iterable[Triple]) -> set[NamedNode]:
    return {
        triple.subject
        for triple in triples
        if triple.predicate == _TYPE and triple.object == _DATASET and isinstance(triple.subject, NamedNode)
    }
