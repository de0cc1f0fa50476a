"""Write the site: every section into a folder out of sight, which then takes the place of the old one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from rte_graph.errors import InternalError, UsageError, reason
from rte_graph.network.wording import Text
from rte_graph.publish.model import Page, Site

MARKER = ".rte-graph-site"
MARKER_TEXT = "This folder is written by rte-graph publish, which replaces it whole.\n"
# What hosts and git keep in a published folder stays there.
KEPT = (".git", ".gitattributes", ".github", ".gitignore", "CNAME")
# What desktops leave in any folder that is looked at.
LITTER = (".DS_Store", "Thumbs.db", "desktop.ini")

Tell = Callable[[str, int], None]
"""Told the name of a section and how many of its files are written."""

SECTIONS: tuple[str, ...] = (
    "assets",
    "front",
    "resources",
    "browse",
    "search",
    "queries",
    "ask",
    "networks",
    "map",
    "about",
    "ontology",
    "catalogue",
    "changes",
    "redirects",
    "sitemap",
)
"""Modules of this room that have ``pages(site)``, in the order in which they are written.

A module may also have ``closing(site, paths)``: it is called at the end with the sorted paths of all files
written (the site map).
"""


LABELS: dict[str, Text] = {
    "assets": Text(fr="Feuille de style et scripts", en="Style sheet and scripts"),
    "front": Text(fr="Page d’accueil", en="Front page"),
    "resources": Text(fr="Pages des ressources", en="Pages of resources"),
    "browse": Text(fr="Listes", en="Lists"),
    "search": Text(fr="Index des noms", en="Index of names"),
    "queries": Text(fr="Requêtes enregistrées", en="Saved queries"),
    "ask": Text(fr="Interroger le graphe", en="Ask the graph"),
    "networks": Text(fr="Réseaux", en="Networks"),
    "map": Text(fr="Carte", en="Map"),
    "about": Text(fr="À propos", en="About"),
    "ontology": Text(fr="Ontologie et vocabulaires", en="Ontology and vocabularies"),
    "catalogue": Text(fr="Catalogue et données entières", en="Catalogue and dumps"),
    "changes": Text(fr="Changements", en="Changes"),
    "redirects": Text(fr="Règles de redirection", en="Redirect rules"),
    "sitemap": Text(fr="Plan du site", en="Site map"),
}
"""What each section is called while it is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written: the folder and its files, sorted, with their sizes in bytes."""

    folder: Path
    sizes: dict[str, int]


def write_site(
    site: Site,
    out: Path,
    *,
    sections: Sequence[str] | None = None,
    jobs: int = 1,
    tell: Tell = lambda section, done: None,
) -> Written:
    """Write a site into a folder: all of it, or nothing.

    Parameters
    ----------
    site : Site
    out : path
        The folder: a new one, an empty one, or one that this wrote before and nobody has added to, which
        is replaced (``.git``, ``.github`` and ``CNAME`` stay).
    sections : sequence of str, optional
        Names of `SECTIONS`; all of them by default.
    jobs : int
        How many processes write the pages of resources.
    tell : callable
        Told of the progress.

    Raises
    ------
    UsageError
        The folder holds something else, or cannot be written.
    """
    check_folder(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(dir=out.parent, prefix=".rte-graph-site-"))
    except OSError as error:
        raise _not_writable(out, error) from error
    try:
        sizes = _fill(site, staging, sections or SECTIONS, jobs, tell)
        _take_place(staging, out)
    except OSError as error:
        raise _not_writable(out, error) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return Written(folder=out, sizes=sizes)


def check_folder(out: Path) -> None:
    """Refuse a folder that holds what this did not write.

    Raises
    ------
    UsageError
        Saying what to do.
    """
    if not out.exists():
        return
    found = sorted(each.name for each in out.iterdir()) if out.is_dir() else [""]
    if MARKER in found:
        _check_own(out, found)
        return
    if not [name for name in found if name not in (*KEPT, *LITTER)]:
        return
    raise UsageError(
        fr=f"{out} contient autre chose qu’un site écrit par rte-graph : donnez à --out un dossier neuf.",
        en=f"{out} holds something else than a site written by rte-graph: give --out a new folder.",
        keep=(out,),
    )


def _check_own(out: Path, found: Sequence[str]) -> None:
    """Refuse to replace a site that somebody has put a file of theirs into."""
    written = (out / MARKER).read_text(encoding="utf-8", errors="replace").splitlines()[1:]
    added = [name for name in found if name not in {MARKER, *KEPT, *LITTER, *written}]
    if written and added:
        theirs = out / added[0]
        raise UsageError(
            fr=f"{theirs} n’a pas été écrit par rte-graph, qui remplace {out} en entier : déplacez-le, ou "
            "donnez à --out un dossier neuf.",
            en=f"{theirs} was not written by rte-graph, which replaces {out} whole: move it away, or give "
            "--out a new folder.",
            keep=(theirs, out),
        )


def section_pages(site: Site, name: str) -> Iterator[Page]:
    """Yield the pages of one section."""
    yield from import_module(f"rte_graph.publish.{name}").pages(site)


def _fill(site: Site, folder: Path, sections: Sequence[str], jobs: int, tell: Tell) -> dict[str, int]:
    writer = _Writer(folder)
    # GitHub Pages would leave out what begins with an underscore.
    writer.write(Page(path=".nojekyll", content=b""))
    closing = []
    for name in sections:
        module = import_module(f"rte_graph.publish.{name}")
        tell(name, 0)
        if jobs > 1 and hasattr(module, "write_parallel"):
            writer.took(module.write_parallel(site, folder, jobs, tell))
        else:
            for done, page in enumerate(module.pages(site), start=1):
                writer.write(page)
                tell(name, done)
        if hasattr(module, "closing"):
            closing.append(module)
    for module in closing:
        for page in module.closing(site, sorted(writer.sizes)):
            writer.write(page)
    own = sorted({path.partition("/")[0] for path in writer.sizes})
    writer.write(Page(path=MARKER, content="\n".join([MARKER_TEXT.rstrip(), *own, ""]).encode()))
    return dict(sorted(writer.sizes.items()))


class _Writer:
    """Writes pages into a folder, each path once whatever the file system thinks of capitals."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.sizes = folder, dict[str, int]()
        self._known: set[str] = set()
        self._folders: set[Path] = set()

    def write(self, page: Page) -> None:
        """Write one page."""
        self._note(page.path, len(page.content))
        target = self.folder / page.path
        if target.parent not in self._folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(target.parent)
        target.write_bytes(page.content)

    def took(self, sizes: Iterable[tuple[str, int]]) -> None:
        """Take note of files that another process wrote."""
        for path, size in sizes:
            self._note(path, size)

    def _note(self, path: str, size: int) -> None:
        folded = path.casefold()
        if folded in self._known or path.startswith("/") or ".." in path.split("/"):
            raise InternalError(
                fr=f"Deux fichiers du site voudraient s’appeler {path} : signalez-le.",
                en=f"Two files of the site would be called {path}: report it.",
            )
        self._known.add(folded)
        self.sizes[path] = size


def _take_place(staging: Path, out: Path) -> None:
    """Put the new folder where the old one is; what hosts and git keep there goes over."""
    staging.chmod(0o755)
    if not out.exists():
        staging.rename(out)
        return
    old = Path(tempfile.mkdtemp(dir=out.parent, prefix=".rte-graph-old-"))
    aside = old / "site"
    out.rename(aside)
    try:
        for name in KEPT:
            if (aside / name).exists() and not (staging / name).exists():
                (aside / name).rename(staging / name)
        staging.rename(out)
    except BaseException:
        for name in KEPT:
            if (staging / name).exists() and not (aside / name).exists():
                (staging / name).rename(aside / name)
        aside.rename(out)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _not_writable(out: Path, error: OSError) -> UsageError:
    return UsageError(
        fr=f"Impossible d’écrire dans {out} ({reason(error, 'fr')}) : choisissez un autre dossier avec "
        "--out.",
        en=f"{out} cannot be written to ({reason(error, 'en')}): choose another folder with --out.",
        keep=(out,),
    )
