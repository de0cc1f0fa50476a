"""The files of an alignment: all of them in a folder, or none."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

from rte_graph.errors import UsageError, reason
from rte_graph.exchange.align import Alignment
from rte_graph.exchange.concepts import patch
from rte_graph.exchange.report_json import to_json
from rte_graph.exchange.report_text import print_alignment
from rte_graph.rdf_io import format_turtle
from rte_graph.typography import french

_HEADERS = {
    "mapped.ttl": (
        "Ce qui passe de {0}, dans notre vocabulaire. À compléter avant de charger : voyez report.txt.",
        "What comes across of {0}, in our vocabulary. To be completed before loading: see report.txt.",
    ),
    "mended.ttl": (
        "{0}, réparé ; les nombres et les dates sont écrits comme la base les écrit.",
        "{0}, mended; numbers and dates are written as the store writes them.",
    ),
    "lost.ttl": (
        "Les triplets de {0} (réparé) qu’aucune correspondance ne prend.",
        "The triples of {0} (mended) that no mapping takes.",
    ),
    "back.ttl": (
        "mapped.ttl réécrit dans le vocabulaire de {0}.",
        "mapped.ttl written again in the vocabulary of {0}.",
    ),
    "patch.ttl": (
        "Noms français proposés pour des concepts d’ESSGlobal que {0} emploie, avec la correspondance "
        "sur laquelle chacun repose.",
        "French names offered for concepts of ESSGlobal that {0} uses, with the mapping that each rests on.",
    ),
}
REPORTS = ("report.txt", "report.json")
FILES = (*_HEADERS, *REPORTS)
_WIDTH = 120


def files_of(found: Alignment, lang: str) -> dict[str, str]:
    """Return the files of an alignment: name → text, the same for the same file and language."""
    graphs = {
        "mapped.ttl": found.mapped,
        "mended.ttl": found.mended.triples,
        "lost.ttl": found.account.lost,
        "back.ttl": found.round_trip.back,
        "patch.ttl": frozenset(patch(found.concepts)),
    }
    texts = {name: format_turtle(graph, header=_header(name, found, lang)) for name, graph in graphs.items()}
    return {**texts, "report.txt": to_text(found, lang), "report.json": to_json(found, lang)}


def mapped_turtle(found: Alignment, lang: str) -> str:
    """Return what comes across as Turtle."""
    return format_turtle(found.mapped, header=_header("mapped.ttl", found, lang))


def to_text(found: Alignment, lang: str) -> str:
    """Return the report as text without colours."""
    from rich.console import Console

    page = StringIO()
    console = Console(file=page, width=_WIDTH, highlight=False, emoji=False, color_system=None)
    print_alignment(found, console, lang, written=True)
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines()) + "\n"


def write_folder(files: Mapping[str, str], folder: Path) -> None:
    """Write files into a folder, which takes its place at once: a new one, an empty one, or one of these.

    Raises
    ------
    UsageError
        The folder holds something else, or cannot be written.
    """
    _check(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".rte-graph-align-"))
        try:
            for name, text in files.items():
                (staging / name).write_text(text, encoding="utf-8", newline="\n")
            _take_place(staging, folder)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise UsageError(
            fr=f"Impossible d’écrire dans {folder} ({reason(error, 'fr')}) : choisissez un autre endroit "
            "avec -o.",
            en=f"{folder} cannot be written to ({reason(error, 'en')}): choose another place with -o.",
            keep=(folder,),
        ) from error


def _check(folder: Path) -> None:
    if not folder.exists():
        return
    if folder.is_dir() and all(each.name in FILES for each in folder.iterdir()):
        return
    raise UsageError(
        fr=f"{folder} contient autre chose qu’un alignement : donnez à -o un dossier neuf.",
        en=f"{folder} holds something else than an alignment: give -o a new folder.",
        keep=(folder,),
    )


def _take_place(staging: Path, folder: Path) -> None:
    staging.chmod(0o755)
    if not folder.exists():
        staging.rename(folder)
        return
    aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".rte-graph-old-")) / "old"
    folder.rename(aside)
    try:
        staging.rename(folder)
    except BaseException:
        aside.rename(folder)
        raise
    finally:
        shutil.rmtree(aside.parent, ignore_errors=True)


def _header(name: str, found: Alignment, lang: str) -> str:
    fr, en = _HEADERS[name]
    file_name = found.path.name.encode("ascii", "backslashreplace").decode()
    text = (en if lang == "en" else french(fr)).format(" ".join(file_name.split()))
    return f"# {text}"
