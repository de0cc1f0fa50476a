"""``rte-graph run``: the main job, with its progress, a summary in the terminal and a report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rte_graph.cli.common import FilePath, Session, command, option, text

if TYPE_CHECKING:
    from rte_graph.pipeline import Outcome, Step


@command(
    "run",
    help=text(
        fr="Tout faire sur les données : charger, valider, exécuter les requêtes, classer, comparer, "
        "dessiner, et en écrire le rapport. Sans --store, les données livrées avec rte-graph.",
        en="Do it all on the data: load, validate, run the queries, rank, compare, draw, and write the "
        "report. Without --store, the data that come with rte-graph.",
    ),
    example=text(
        fr="rte-graph run --out out\nrte-graph run --store mes-donnees/ --out out --lang en",
        en="rte-graph run --out out\nrte-graph run --store my-data/ --out out --lang en",
    ),
)
@option(
    "--out",
    type=FilePath(file_okay=False),
    default=Path("out"),
    metavar=text(fr="DOSSIER", en="FOLDER"),
    help=text(fr="Dossier des résultats (out par défaut).", en="Folder of the results (out by default)."),
)
@option(
    "--open",
    "show",
    is_flag=True,
    help=text(
        fr="Ouvrir ensuite la page du réseau et le rapport dans le navigateur, si l’écran le permet.",
        en="Then open the network’s page and the report in the browser, where there is a screen.",
    ),
)
def run(session: Session, out: Path, show: bool) -> int:
    """Run the job and say what it found."""
    from rte_graph.errors import NotConforming
    from rte_graph.loading import place_of
    from rte_graph.pipeline import run_job
    from rte_graph.validation import Report, print_text

    # Files are loaded and validated here; a store and an endpoint are taken as they are.
    source = place_of(session.store_spec).files or session.store
    try:
        with _Progress(session) as progress:
            outcome = run_job(source, session.library, out, lang=session.lang, tell=progress.begin)
    except NotConforming as error:
        if isinstance(error.report, Report):
            print_text(error.report, session.console(), session.lang)
        session.say(
            fr="Rien n’a été écrit : réparez d’abord les violations ci-dessus.",
            en="Nothing was written: repair the violations above first.",
        )
        return error.exit_code
    session.emit(_summary(session, outcome))
    if show and _has_screen():
        _open_pages(outcome)
    return 0


def _has_screen() -> bool:
    """Whether a person sits at a desktop: without one a browser would fail or take the terminal."""
    import os
    import sys

    desktop = sys.platform in ("darwin", "win32") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
    return desktop and sys.stdout.isatty()


def _open_pages(outcome: Outcome) -> None:
    """Open the report, then the network's page, which so comes to the front."""
    import webbrowser

    pages = [path for path, _, _ in outcome.files if path.suffix == ".html"]
    for page in pages:
        webbrowser.open(page.resolve().as_uri())


class _Progress:
    """A bar on a terminal; one line a step elsewhere; nothing with ``-q``."""

    def __init__(self, session: Session) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        from rte_graph.pipeline import STEPS

        self._session = session
        console = Console(stderr=True, highlight=False)
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            console=console,
            transient=True,
            disable=session.verbosity < 0 or not console.is_terminal,
        )
        self._task = self._bar.add_task("", total=len(STEPS))
        self._begun = 0

    def __enter__(self) -> _Progress:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def begin(self, step: Step) -> None:
        """Show the step that begins."""
        name = self._session.text(fr=step.fr, en=step.en)
        self._bar.update(self._task, description=name, completed=self._begun)
        self._begun += 1
        if self._bar.disable:
            self._session.say(fr=f"… {name}", en=f"… {name}")


def _counted(session: Session, count: int, fr: str, en: str) -> str:
    from rte_graph.validation import number

    # French counts zero as singular, English as plural.
    many = count != 1 if session.lang == "en" else count > 1
    return f"{number(count, session.lang)} {en if session.lang == 'en' else fr}{'s' * many}"


def _summary(session: Session, outcome: Outcome) -> str:
    from rte_graph.network.boundary_card import boundary_tables
    from rte_graph.network.present import hub_tables, overlap_tables
    from rte_graph.network.tables import to_terminal
    from rte_graph.pipeline.report_page import UNVALIDATED
    from rte_graph.validation import summary

    lang = session.lang
    counts = {iri.rpartition("#")[2]: count for iri, _, count in outcome.loaded.entities}
    width = session.console().width
    stated = ", ".join(
        _counted(session, count, fr, en)
        for count, fr, en in (
            (outcome.loaded.triples, "triplet", "triple"),
            (counts.get("Alliance", 0), "alliance", "alliance"),
            (counts.get("Organisation", 0), "organisation", "organisation"),
            (counts.get("Initiative", 0), "initiative", "initiative"),
            (counts.get("Membership", 0), "appartenance", "membership"),
            (counts.get("Participation", 0), "participation", "participation"),
            (counts.get("Citation", 0), "passage", "passage"),
        )
    ) + session.text(fr=" cité" + "s" * (counts.get("Citation", 0) > 1), en=" cited")
    head, first, *_ = [*hub_tables(outcome.network, outcome.hubs, outcome.declared, lang=lang), None]
    tables = [table for table in (head, first) if table is not None]
    tables += overlap_tables(outcome.overlap, lang)[:1]
    loaded = outcome.loaded
    verdict = summary(loaded.validation, lang) if loaded.validated else UNVALIDATED[lang]
    tables = [*boundary_tables(outcome.boundaries, lang), *tables]
    lines = [stated, verdict, "", to_terminal(tables, width)]
    lines += [session.text(fr="Écrit :", en="Written:")]
    size = max(len(str(path)) for path, _, _ in outcome.files)
    lines += [f"  {path!s:<{size}}  {fr if lang == 'fr' else en}" for path, fr, en in outcome.files]
    return "\n".join(lines) + "\n"
