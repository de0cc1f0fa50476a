"""The steps of the main job, in order, and what they bring."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rte_graph.errors import UsageError, reason

if TYPE_CHECKING:
    from rte_graph.loading import LoadReport
    from rte_graph.network.boundary import Boundary
    from rte_graph.network.declared import Declared
    from rte_graph.network.hubs import HubRow
    from rte_graph.network.model import Network
    from rte_graph.network.overlap import OverlapReport
    from rte_graph.sparql.model import Library, SavedQuery
    from rte_graph.sparql.results import Table
    from rte_graph.store.base import Store
    from rte_graph.views.layout import Layout
    from rte_graph.views.page_model import PageNetwork

NETWORK = "alliance-memberships"
REPORT = "index.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step, as the progress display names it."""

    name: str
    fr: str
    en: str


STEPS: tuple[Step, ...] = (
    Step(name="load", fr="Charger et valider", en="Load and validate"),
    Step(name="queries", fr="Exécuter les requêtes", en="Run the queries"),
    Step(name="measures", fr="Classer et comparer", en="Rank and compare"),
    Step(name="picture", fr="Dessiner", en="Draw"),
    Step(name="report", fr="Écrire le rapport", en="Write the report"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryResult:
    """A saved query with the parameters it was run with, and its table."""

    query: SavedQuery
    values: Mapping[str, str]
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the job found, for the report and the terminal.

    Attributes
    ----------
    files : tuple of (path, what it is in French, in English)
        What was written, the report first.
    measurements : str
        The rankings as linked data, in Turtle.
    """

    lang: str
    loaded: LoadReport
    library: Library
    queries: tuple[QueryResult, ...]
    network: Network
    declared: Declared
    hubs: tuple[HubRow, ...]
    measurements: str
    overlap: OverlapReport
    boundaries: tuple[Boundary, ...]
    page: PageNetwork
    layout: Layout
    files: tuple[tuple[Path, str, str], ...]


def run_job(
    source: Sequence[Path] | Store,
    library: Library,
    out: Path,
    *,
    lang: str = "fr",
    tell: Callable[[Step], None] = lambda step: None,
) -> Outcome:
    """Do the main job on some files, or on an open store, and write its results into a folder.

    Parameters
    ----------
    source : sequence of path, or Store
        The Turtle files to load; or a store, which is read and left open.
    library : Library
        The saved queries; those that give a table are run, with their defaults and examples, or with what
        the data hold instead.
    out : path
        Folder of the results; made if it is missing. Files of the same name are replaced, and tables that
        an earlier run left and this one does not give are removed.
    lang : str
        Language of the texts, ``fr`` or ``en``.
    tell : callable
        Called with each of `STEPS` when it begins.

    Returns
    -------
    Outcome

    Raises
    ------
    NotConforming
        With the validation report; nothing is written then.
    UsageError
        The folder cannot be made.
    """
    from rte_graph.loading import load, report_on
    from rte_graph.pipeline.report_page import report_html
    from rte_graph.store import EmbeddedStore

    tell(STEPS[0])
    if isinstance(source, Sequence):
        with closing(EmbeddedStore.in_memory()) as store:
            outcome, contents = _found(store, load(store, source, lang=lang), library, out, lang, tell)
    else:
        outcome, contents = _found(source, report_on(source, lang), library, out, lang, tell)
    contents[out / REPORT] = report_html(outcome)
    _write(out, contents)
    return outcome


def _found(
    store: Store, loaded: LoadReport, library: Library, out: Path, lang: str, tell: Callable[[Step], None]
) -> tuple[Outcome, dict[Path, str | bytes]]:
    """Ask the store all that the results need; return them with the files to write but for the report."""
    from rte_graph.network.boundary import read_boundaries

    tell(STEPS[1])
    queries = _answers(store, library, lang)
    tell(STEPS[2])
    found = _measured(store, library, lang)
    tell(STEPS[3])
    drawn = _drawn(store, library)
    tell(STEPS[4])
    outcome = Outcome(
        lang=lang,
        loaded=loaded,
        library=library,
        queries=queries,
        files=_planned(out, queries),
        network=found[0],
        declared=found[1],
        hubs=found[2],
        measurements=_measurements(store, library, found[0], found[2]),
        overlap=found[3],
        boundaries=read_boundaries(store, lang),
        page=drawn[0],
        layout=drawn[1],
    )
    return outcome, _contents(outcome, out)


def _answers(store: Store, library: Library, lang: str) -> tuple[QueryResult, ...]:
    """Run each query that gives a table; those that ask for something these data lack are left out."""
    from rte_graph.sparql.engine import run_query
    from rte_graph.sparql.possible import fitting_values

    results = []
    for query in (q for group in library.by_topic().values() for q in group if q.expect == "table"):
        values = fitting_values(store, query, lang)
        if values is not None:
            table = run_query(store, query, values, lang)
            results.append(QueryResult(query=query, values=values, table=table))
    return tuple(results)


def _measured(
    store: Store, library: Library, lang: str
) -> tuple[Network, Declared, tuple[HubRow, ...], OverlapReport]:
    from rte_graph.network.build import build_network
    from rte_graph.network.declared import read_declared
    from rte_graph.network.hubs import hubs
    from rte_graph.network.overlap import overlap

    network = build_network(store, library, NETWORK, lang)
    declared = read_declared(store, lang)
    return network, declared, tuple(hubs(network)), overlap(network, declared.claimed, declared)


def _measurements(store: Store, library: Library, network: Network, rows: Sequence[HubRow]) -> str:
    from rte_graph.network.measurements import computation_of, format_measurements

    return format_measurements(network, rows, computation_of(store, library, network, rows))


def _drawn(store: Store, library: Library) -> tuple[PageNetwork, Layout]:
    from rte_graph.views.layout import compute_layout, problem_of
    from rte_graph.views.page_build import page_network

    page = page_network(store, library, NETWORK)
    return page, compute_layout(problem_of(page))


def _planned(out: Path, queries: Sequence[QueryResult]) -> tuple[tuple[Path, str, str], ...]:
    """Files of the job, each with what it is."""
    network = f"« {NETWORK} »"
    return (
        (out / REPORT, "le rapport", "the report"),
        (out / f"{NETWORK}.html", f"la page du réseau {network}", f"the page of the network “{NETWORK}”"),
        (out / f"{NETWORK}.svg", "la même image, pour une page ou un document", "the same picture, as SVG"),
        (out / f"{NETWORK}.gexf", "le réseau pour Gephi", "the network for Gephi"),
        (out / "hubs.json", "les classements", "the rankings"),
        (out / "measurements.ttl", "les mesures en données liées", "the measurements as linked data"),
        (out / "overlap.json", "les recouvrements", "the overlaps"),
        (
            out / "queries",
            f"{len(queries)} tableaux CSV, un par requête",
            f"{len(queries)} CSV tables, one a query",
        ),
    )


def _contents(outcome: Outcome, out: Path) -> dict[Path, str | bytes]:
    from rte_graph.network.present import format_hubs, format_overlap
    from rte_graph.sparql.formats import to_text
    from rte_graph.views.draw import draw_network
    from rte_graph.views.export import export_files

    lang, page = outcome.lang, outcome.page
    contents: dict[Path, str | bytes] = {
        out / f"{NETWORK}.html": draw_network(page, out / f"{NETWORK}.html", lang=lang),
        out / f"{NETWORK}.svg": draw_network(page, out / f"{NETWORK}.svg", lang=lang),
        out / "hubs.json": format_hubs(
            outcome.network, outcome.hubs, outcome.declared, lang=lang, output="json"
        ),
        out / "measurements.ttl": outcome.measurements,
        out / "overlap.json": format_overlap(outcome.overlap, lang=lang, output="json"),
    }
    contents |= export_files(page, outcome.layout, out / f"{NETWORK}.gexf", lang=lang)
    for answer in outcome.queries:
        contents[out / "queries" / f"{answer.query.name}.csv"] = to_text("csv", answer.table, safe=True)
    return contents


def _write(out: Path, contents: Mapping[Path, str | bytes]) -> None:
    from rte_graph.files import replace_file

    try:
        _forget_tables(out, kept=contents)
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, content)
    except OSError as error:
        raise UsageError(
            fr=f"Impossible d’écrire dans {out} ({reason(error, 'fr')}) : "
            "choisissez un autre dossier avec --out.",
            en=f"{out} cannot be written to ({reason(error, 'en')}): choose another folder with --out.",
            keep=(out,),
        ) from error


def _forget_tables(out: Path, *, kept: Mapping[Path, str | bytes]) -> None:
    """Remove the tables of an earlier run that this one does not give: they would pass for its results."""
    # Without a report no run has written here, and the tables are somebody else's.
    if (out / REPORT).is_file():
        for path in sorted((out / "queries").glob("*.csv")):
            if path not in kept:
                path.unlink()
