"""``rte-graph publish``: the graph as a folder of static files, for people and for machines."""

from __future__ import annotations

from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rte_graph.cli.common import FilePath, Session, command, option, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rte_graph.publish import Site, SiteConfig
    from rte_graph.publish.write import Written


@command(
    "publish",
    help=text(
        fr="Publier le graphe : un dossier de fichiers statiques que n’importe quel hébergement sert, "
        "avec une "
        "page par ressource, des listes, des requêtes, des réseaux, et Turtle, JSON-LD, VoID et DCAT pour "
        "les "
        "machines. Le titre, la licence, les langues et les couleurs se disent dans [publish] de rte.toml.",
        en="Publish the graph: a folder of static files that any host serves, with a page for each resource, "
        "lists, queries, networks, and Turtle, JSON-LD, VoID and DCAT for machines. Title, licence, "
        "languages "
        "and colours are said in [publish] of rte.toml.",
    ),
    example=text(
        fr="rte-graph publish --out site --base-url https://example.org/graphe\n"
        "rte-graph publish --out site --base-url https://example.org/graphe --data mes-donnees/ --check",
        en="rte-graph publish --out site --base-url https://example.org/graph\n"
        "rte-graph publish --out site --base-url https://example.org/graph --data my-data/ --check",
    ),
)
@option(
    "--out",
    type=FilePath(file_okay=False),
    default=Path("site"),
    metavar=text(fr="DOSSIER", en="FOLDER"),
    help=text(
        fr="Dossier du site (site par défaut), remplacé en entier s’il vient de cette commande.",
        en="Folder of the site (site by default), replaced whole if this command wrote it.",
    ),
)
@option(
    "--base-url",
    metavar="URL",
    help=text(
        fr="Adresse du dossier publié ; elle ne change pas les IRI des données.",
        en="Address of the published folder; it does not change the IRIs of the data.",
    ),
)
@option(
    "--data",
    "data",
    type=FilePath(),
    multiple=True,
    metavar=text(fr="CHEMIN", en="PATH"),
    help=text(
        fr="Fichier ou dossier Turtle à publier au lieu des données livrées (répétable).",
        en="Turtle file or folder to publish in place of the packaged data (repeatable).",
    ),
)
@option(
    "--previous",
    metavar=text(fr="ANCIENNE", en="OLD"),
    help=text(
        fr="Édition précédente (fichier, dossier, base ou URL) : le site dit ce qui a changé depuis.",
        en="Previous edition (file, folder, store or URL): the site says what has changed since.",
    ),
)
@option(
    "--mint",
    is_flag=True,
    help=text(
        fr="Écrire les IRI comme adresses du site (…#it) dans la copie publiée, pour un hébergement sans "
        "règles.",
        en="Write the IRIs as addresses of the site (…#it) in the published copy, for a host without rules.",
    ),
)
@option(
    "--jobs",
    type=int,
    default=1,
    metavar="N",
    help=text(
        fr="Processus qui écrivent les pages des ressources (1 par défaut).",
        en="Processes that write the pages of resources (1 by default).",
    ),
)
@option(
    "--check",
    is_flag=True,
    help=text(
        fr="Vérifier ensuite le site ; code de sortie 1 s’il a des défauts.",
        en="Then check the site; exit code 1 if it has faults.",
    ),
)
def publish(
    session: Session,
    out: Path,
    base_url: str | None,
    data: tuple[Path, ...],
    previous: str | None,
    mint: bool,
    jobs: int,
    check: bool,
) -> int:
    """Write the site, and check it where that was asked for."""
    from rte_graph.errors import NotConforming, UsageError
    from rte_graph.project import read_project
    from rte_graph.publish.config import read_config
    from rte_graph.publish.write import check_folder
    from rte_graph.validation import Report, print_text

    if jobs < 1:
        raise UsageError(
            fr=f"--jobs vaut {jobs} : donnez un nombre de processus, 1 ou plus.",
            en=f"--jobs is {jobs}: give a number of processes, 1 or more.",
        )
    config = read_config(read_project().publish, base_url=base_url, mint=mint)
    check_folder(out)
    try:
        with _opened(session, data, config) as opened, _compared(opened, previous) as site:
            written = _written(session, site, out, jobs)
            session.emit(_summary(session, site, written))
            return _checked(session, site, written) if check else 0
    except NotConforming as error:
        if isinstance(error.report, Report):
            print_text(error.report, session.console(), session.lang)
        session.say(
            fr="Rien n’a été écrit : réparez d’abord les violations ci-dessus.",
            en="Nothing was written: repair the violations above first.",
        )
        return error.exit_code


@contextmanager
def _opened(session: Session, data: Sequence[Path], config: SiteConfig) -> Iterator[Site]:
    """Give the site: files are loaded and validated, a store and an endpoint are taken as they are."""
    from rte_graph.errors import UsageError
    from rte_graph.loading import load, place_of
    from rte_graph.publish.site import build_site
    from rte_graph.store import EmbeddedStore

    if data and session.store_spec is not None:
        raise UsageError(
            fr="--data et --store désignent deux fois les données : gardez l’un des deux.",
            en="--data and --store both name the data: keep one of the two.",
        )
    files = tuple(data) or place_of(session.store_spec).files
    if not files:
        yield build_site(session.store, session.library, config)
        return
    session.say(fr="… Charger et valider", en="… Load and validate")
    with closing(EmbeddedStore.in_memory()) as store:
        loaded = load(store, files, lang=session.lang)
        yield build_site(store, session.library, config, loaded)


@contextmanager
def _compared(site: Site, previous: str | None) -> Iterator[Site]:
    """Give the site with the edition before it, where one is named."""
    from dataclasses import replace

    from rte_graph.loading import edition_from

    if previous is None:
        yield site
        return
    with closing(edition_from(previous)) as store:
        yield replace(site, previous=store)


def _written(session: Session, site: Site, out: Path, jobs: int) -> Written:
    from rte_graph.publish.write import write_site

    files = len(site.resources) * (len(site.config.languages) + 2)
    with _progress(session, files) as tell:
        return write_site(site, out, jobs=jobs, tell=tell)


@contextmanager
def _progress(session: Session, files: int) -> Iterator[Callable[[str, int], None]]:
    """Give what shows the progress: a bar on a terminal, a line a section elsewhere, nothing with ``-q``."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    from rte_graph.publish.write import LABELS

    console = Console(stderr=True, highlight=False)
    shown = session.verbosity >= 0 and console.is_terminal
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:.0f}"),
        console=console,
        transient=True,
        disable=not shown,
    )
    task = bar.add_task("", total=None)

    def tell(section: str, done: int) -> None:
        label = LABELS[section].in_language(session.lang) if section in LABELS else section
        if done == 0:
            bar.update(task, description=label, completed=0, total=files if section == "resources" else None)
            if not shown:
                session.say(fr=f"… {label}", en=f"… {label}")
        elif shown and done % 20 == 0:
            bar.update(task, completed=done)

    with bar:
        yield tell


def _summary(session: Session, site: Site, written: Written) -> str:
    from rte_graph.network.wording import decimal
    from rte_graph.validation import number

    files = number(len(written.sizes), session.lang)
    resources = number(len(site.resources), session.lang)
    size = decimal(sum(written.sizes.values()) / 1e6, session.lang, 1)
    return session.text(
        fr=f"Site écrit dans {written.folder} : {files} fichiers ({size} Mo), {resources} ressources. "
        f"Ouvrez {written.folder / 'index.html'}, ou déposez le dossier à {site.config.base_url}/",
        en=f"Site written to {written.folder}: {files} files ({size} MB), {resources} resources. "
        f"Open {written.folder / 'index.html'}, or put the folder at {site.config.base_url}/",
    )


def _checked(session: Session, site: Site, written: Written) -> int:
    from rte_graph.publish.lint import check_site
    from rte_graph.validation import number

    session.say(fr="… Vérifier le site", en="… Check the site")
    report = check_site(site, written.folder)
    lines = [f"  {fault.message.in_language(session.lang)}" for fault in report.shown]
    if report.faults:
        count = number(len(report.faults), session.lang)
        head = session.text(fr=f"Défauts du site : {count}", en=f"Faults of the site: {count}")
    else:
        head = session.text(
            fr=f"Site vérifié : {number(report.pages, 'fr')} pages, {number(report.links, 'fr')} liens, "
            "aucun défaut.",
            en=f"Site checked: {number(report.pages, 'en')} pages, {number(report.links, 'en')} links, no "
            "fault.",
        )
    session.emit("\n".join([head, *lines]))
    return 1 if report.faults else 0
