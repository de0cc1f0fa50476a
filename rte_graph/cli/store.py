"""``rte-graph check|rebuild|backup``: keep a store on disk sound."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rte_graph.cli.common import FilePath, Session, argument, command, option, text

if TYPE_CHECKING:
    from rte_graph.loading import ChangedFile, Rebuilt
    from rte_graph.store import CheckReport, DiskStore


@command(
    "check",
    help=text(
        fr="Dire si une base sur disque est saine : chaque fichier comparé à son empreinte, chaque triplet "
        "lu. Code de sortie 69 si elle est endommagée.",
        en="Say whether a store on disk is sound: each file compared with its hash, each triple read. "
        "Exit code 69 when it is damaged.",
    ),
    example="rte-graph check\nrte-graph check --store rte-store",
)
def check(session: Session) -> int:
    """Check and report."""
    from rte_graph.errors import StoreDamaged

    store = _opened(session, "check", write=False)
    try:
        report = store.check(lambda step: session.say(fr=step.fr, en=step.en))
    finally:
        store.close()
    lines = [f"  {sentence.message(session.lang)}" for sentence in (*report.problems, *report.notes)]
    session.emit("\n".join([*_verdict(session, report), *lines]))
    return 0 if report.ok else StoreDamaged.exit_code


@command(
    "rebuild",
    help=text(
        fr="Refaire une base à neuf à partir des fichiers dont elle a été chargée, validés comme alors ; "
        "fonctionne aussi quand ses données sont endommagées.",
        en="Make a store anew from the files that it was loaded from, validated as then; it works on damaged "
        "data too.",
    ),
    example="rte-graph rebuild\nrte-graph rebuild --store rte-store",
)
@option(
    "--discard-updates",
    is_flag=True,
    help=text(
        fr="Abandonner les modifications faites par SPARQL Update, qui ne sont dans aucun fichier.",
        en="Give up changes made by SPARQL Update, which stand in no file.",
    ),
)
def rebuild(session: Session, discard_updates: bool) -> int:
    """Rebuild and say what changed."""
    from rte_graph.errors import NotConforming
    from rte_graph.loading import rebuild as rebuild_store
    from rte_graph.validation import Report, print_text

    store = _opened(session, "rebuild", write=True)
    try:
        rebuilt = rebuild_store(store, discard_updates=discard_updates)
    except NotConforming as error:
        if isinstance(error.report, Report):
            print_text(error.report, session.console(), session.lang)
        session.say(
            fr="La base est restée telle quelle : réparez d’abord les violations ci-dessus.",
            en="The store is as it was: repair the violations above first.",
        )
        return error.exit_code
    finally:
        store.close()
    session.emit("\n".join(_what_changed(session, rebuilt)))
    return 0


@command(
    "backup",
    help=text(
        fr="Copier une base sur disque dans un dossier, qui est lui-même une base.",
        en="Copy a store on disk into a folder, which is a store itself.",
    ),
    example=text(
        fr="rte-graph backup sauvegardes/2026-11-20\nrte-graph query list --store sauvegardes/2026-11-20",
        en="rte-graph backup backups/2026-11-20\nrte-graph query list --store backups/2026-11-20",
    ),
)
@argument("folder", metavar=text(fr="DOSSIER", en="FOLDER"), type=FilePath())
def backup(session: Session, folder: Path) -> None:
    """Copy the store."""
    store = _opened(session, "backup", write=False)
    try:
        store.backup(folder)
    finally:
        store.close()
    session.say(fr=f"Copie faite : {folder}", en=f"Copied: {folder}")


def _opened(session: Session, verb: str, *, write: bool) -> DiskStore:
    """Open the store on disk that the session names.

    Raises
    ------
    UsageError
        It names data of another kind.
    """
    from rte_graph.errors import UsageError
    from rte_graph.loading import no_store_at, place_of
    from rte_graph.store import DiskStore

    place = place_of(session.store_spec)
    if place.kind == "disk":
        return DiskStore.open(place.path, write=write)
    if place.kind in ("nothing", "other"):
        raise no_store_at(place)
    what = {
        "packaged": ("les données livrées", "the packaged data"),
        "turtle": ("des fichiers Turtle", "Turtle files"),
        "endpoint": ("un point d’accès SPARQL", "a SPARQL endpoint"),
    }[place.kind]
    raise UsageError(
        fr=f"« rte-graph {verb} » ne s’applique qu’à une base sur disque, pas à {what[0]} : nommez-en une "
        "avec --store, ou créez-la avec « rte-graph load FICHIERS… ».",
        en=f"“rte-graph {verb}” is for a store on disk, not for {what[1]}: name one with --store, or create "
        "one with “rte-graph load FILES…”.",
    )


def _verdict(session: Session, report: CheckReport) -> list[str]:
    """Return what was checked, and the outcome."""
    from rte_graph.validation import number

    if not report.ok:
        return [
            session.text(
                fr="Base endommagée ; « rte-graph rebuild » la refait à partir de ses fichiers :",
                en="The store is damaged; “rte-graph rebuild” makes it anew from its files:",
            )
        ]
    files, datasets, triples = (
        number(count, session.lang) for count in (report.files, report.datasets, report.triples)
    )
    return [
        session.text(
            fr=f"Base saine : {files} fichiers, {datasets} jeux de données, {triples} triplets lus et "
            "comparés à ce qui a été écrit.",
            en=f"The store is sound: {files} files, {datasets} datasets, {triples} triples read and compared "
            "with what was written.",
        )
    ]


def _what_changed(session: Session, rebuilt: Rebuilt) -> list[str]:
    from rte_graph.validation import number

    def size(count: int | None) -> str:
        return "—" if count is None else number(count, session.lang)

    lines = _changed_files(session, rebuilt.files)
    if rebuilt.same:
        same = session.text(fr="Base refaite : même empreinte", en="Store rebuilt: same hash")
        return [*lines, f"{same} ({rebuilt.after.hash[:12]}…)"]
    lines.append(
        session.text(
            fr=f"Base refaite : l’empreinte est maintenant {rebuilt.after.hash[:12]}… "
            f"(avant : {rebuilt.before.hash[:12]}…)",
            en=f"Store rebuilt: its hash now is {rebuilt.after.hash[:12]}… "
            f"(before: {rebuilt.before.hash[:12]}…)",
        )
    )
    triples = session.text(fr="triplets", en="triples")
    lines += [
        f"  {change.iri} : {size(change.before)} → {size(change.after)} {triples}"
        for change in rebuilt.changes
    ]
    return lines


def _changed_files(session: Session, files: Sequence[ChangedFile]) -> list[str]:
    """Return a line for each file that is no longer as it was loaded."""
    gone = session.text(fr="n’est plus là", en="is gone")
    changed = session.text(fr="a changé depuis le chargement", en="has changed since it was loaded")
    return [f"  {file.path} {gone if file.missing else changed}" for file in files]
