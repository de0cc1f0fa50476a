"""What ``--store`` or ``rte.toml`` names: packaged data, files, a store folder, an endpoint, nothing."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rte_graph import resources
from rte_graph.errors import RteError, StoreUnavailable, UnknownName, UsageError
from rte_graph.loading.staging import SUFFIXES, rdf_files
from rte_graph.project import PROJECT_FILE, read_project
from rte_graph.store import DiskStore
from rte_graph.store.folder import check_new

NEW_STORE = "rte-store"
_URL = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where data are, or where they could go.

    Attributes
    ----------
    kind : str
        ``packaged``; ``turtle`` (files); ``disk`` (a store folder); ``endpoint`` (a URL); ``nothing`` (no
        such file, or an empty folder); ``other`` (something that is no store).
    spec : str
        As it was written; empty for the packaged data.
    where : str
        Where it was written, ``--store`` or ``rte.toml``.
    files : tuple of Path
        The files of ``packaged`` and ``turtle``.
    """

    kind: Literal["packaged", "turtle", "disk", "endpoint", "nothing", "other"]
    spec: str = ""
    where: str = "--store"
    files: tuple[Path, ...] = ()

    @property
    def path(self) -> Path:
        """The file or folder named."""
        return Path(self.spec).expanduser()


def chosen_store(spec: str | None) -> str | None:
    """Return what ``--store`` names, else what the working folder's ``rte.toml`` names, else None."""
    return spec if spec is not None else read_project().store


def place_of(spec: str | None) -> Place:
    """Say what ``--store`` names; None for what ``rte.toml`` names, else the packaged data.

    Raises
    ------
    StoreUnavailable
        It is a URL of a kind that is not spoken.
    """
    chosen = chosen_store(spec)
    if chosen is None:
        return Place(kind="packaged", files=resources.data_files())
    where = "--store" if spec is not None else str(PROJECT_FILE)
    url = _URL.match(chosen)
    if url is not None:
        if url.group(1).lower() not in ("http", "https"):
            raise _unspoken(chosen, url.group(1), where)
        return Place(kind="endpoint", spec=chosen, where=where)
    return _in_files(chosen, where)


def _in_files(spec: str, where: str) -> Place:
    path = Path(spec).expanduser()
    if not spec:
        return Place(kind="other", spec=spec, where=where)
    if DiskStore.is_store(path):
        return Place(kind="disk", spec=spec, where=where)
    if _is_free(path):
        return Place(kind="nothing", spec=spec, where=where)
    try:
        files = rdf_files(path)
    except UnknownName:
        files = []
    if not files or any(file.suffix.lower() not in SUFFIXES for file in files):
        return Place(kind="other", spec=spec, where=where)
    return Place(kind="turtle", spec=spec, where=where, files=tuple(files))


def _is_free(path: Path) -> bool:
    """Tell whether a store can be made here: nothing, an empty folder, or a making that was interrupted."""
    try:
        check_new(path)
    except UsageError:
        return False
    return True


def place_to_write(spec: str | None) -> Place:
    """Return where ``load`` writes: a store folder, there or to be made, or an endpoint.

    Raises
    ------
    UsageError
        Something else stands there.
    """
    place = place_of(spec)
    if place.kind == "packaged":
        place = _in_files(NEW_STORE, "--store")
    if place.kind == "turtle":
        raise UsageError(
            fr=f"« {place.spec} » contient vos fichiers, où rien n’est écrit : nommez dans {place.where} "
            f"le dossier d’une base, nouveau ou existant (par exemple {NEW_STORE}).",
            en=f"“{place.spec}” holds your files, where nothing is written: name in {place.where} "
            f"the folder of a store, new or existing ({NEW_STORE}, for example).",
            keep=(place.spec,),
        )
    if place.kind == "other":
        raise UsageError(
            fr=f"« {place.spec} » n’est pas une base rte-graph et n’est pas vide : nommez un autre dossier "
            f"avec --store.",
            en=f"“{place.spec}” is no rte-graph store and is not empty: name another folder with --store.",
            keep=(place.spec,),
        )
    return place


def no_store_at(place: Place) -> RteError:
    """Return the error for a place where there is nothing to read."""
    if place.kind == "nothing" and place.where != "--store":
        return StoreUnavailable(
            fr=f"{place.where} nomme la base « {place.spec} », qui n’existe pas encore : "
            "« rte-graph load FICHIERS… » la crée.",
            en=f"{place.where} names the store “{place.spec}”, which does not exist yet: "
            "“rte-graph load FILES…” creates it.",
            keep=(place.spec,),
        )
    if place.kind == "nothing":
        option = f"--store {shlex.quote(place.spec)}"
        return StoreUnavailable(
            fr=f"Rien ne se trouve à « {place.spec} » : vérifiez le chemin donné dans --store, ou créez là "
            f"une base avec « rte-graph load FICHIERS… {option} ».",
            en=f"Nothing is at “{place.spec}”: check the path given in --store, or create a store there with "
            f"“rte-graph load FILES… {option}”.",
            keep=(place.spec, option),
        )
    return StoreUnavailable(
        fr=f"« {place.spec} » n’est ni une base, ni un fichier Turtle, ni un dossier qui en contient : "
        f"vérifiez le chemin donné dans {place.where}.",
        en=f"“{place.spec}” is neither a store, nor a Turtle file, nor a folder that holds some: "
        f"check the path given in {place.where}.",
        keep=(place.spec,),
    )


def _unspoken(spec: str, scheme: str, where: str) -> StoreUnavailable:
    return StoreUnavailable(
        fr=f"Une adresse {scheme}:// n’est pas un point d’accès SPARQL : donnez dans {where} une URL "
        "http(s)://, une base ou un dossier Turtle.",
        en=f"An address {scheme}:// is no SPARQL endpoint: give in {where} an http(s):// URL, a store or "
        "a folder of Turtle.",
        keep=(spec,),
    )
