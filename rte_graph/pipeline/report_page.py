"""From the job's outcome to the report's page: texts in the report's language, nothing computed anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rte_graph.pipeline.job import NETWORK, REPORT, Outcome, QueryResult
from rte_graph.views.report import (
    Report,
    ReportCount,
    ReportFile,
    ReportFinding,
    ReportHubs,
    ReportOverlap,
    ReportQuery,
    ReportTable,
    ReportValidation,
    write_report,
)

if TYPE_CHECKING:
    from rte_graph.network.tables import ReaderTable

TITLE = {
    "fr": "Réseaux de coopération de l’ESS",
    "en": "Cooperation networks of the ESS",
}
STANDFIRST = {
    "fr": "Ce que disent les sources chargées : qui coopère avec qui, dans quelle alliance, et d’après "
    "quelles lignes. Chaque nombre repose sur ce que les sources nomment.",
    "en": "What the loaded sources say: who cooperates with whom, in which alliance, and on the word of "
    "which lines. Each number rests on what the sources name.",
}
UNVALIDATED = {
    "fr": "Les formes n’ont pas été interrogées ; « rte-graph validate » le fait.",
    "en": "The shapes were not asked; “rte-graph validate” asks them.",
}
# What tells a reader what is in the graph, in the plural: class, French, English.
COUNTED = (
    ("Alliance", "alliances", "alliances"),
    ("Organisation", "organisations", "organisations"),
    ("Person", "personnes", "persons"),
    ("Initiative", "initiatives", "initiatives"),
    ("Event", "événements", "events"),
    ("Membership", "appartenances", "memberships"),
    ("StakeholderRelation", "relations de partie prenante", "stakeholder relations"),
    ("Participation", "participations", "participations"),
    ("Funding", "financements", "fundings"),
    ("Figure", "chiffres", "figures"),
    ("Claim", "affirmations sourcées", "sourced claims"),
    ("Citation", "passages cités", "passages cited"),
)


def report_html(outcome: Outcome) -> str:
    """Return the report as one offline HTML page."""
    return write_report(_report(outcome))


def _report(outcome: Outcome) -> Report:
    from rte_graph.network.measures import measure_named
    from rte_graph.views.page_build import for_readers

    lang = outcome.lang
    used = list(dict.fromkeys(row.measure for row in outcome.hubs))
    measures = [measure_named(name) for name in used]
    return Report(
        title=TITLE[lang],
        headline=outcome.page.headline.in_language(lang),
        standfirst=STANDFIRST[lang],
        lang=lang,
        counts=_counts(outcome),
        validation=_validation(outcome),
        hubs=_hubs(outcome),
        overlap=_overlap(outcome),
        boundaries=_boundaries(outcome),
        queries=tuple(_query(outcome, answer) for answer in outcome.queries),
        making=replace(outcome.page.making, query=""),
        network=outcome.page,
        layout=outcome.layout,
        network_page=f"{NETWORK}.html",
        files=tuple(
            ReportFile(name=path.name + "/" * (not path.suffix), what=fr if lang == "fr" else en)
            for path, fr, en in outcome.files
            if path.name != REPORT
        ),
        definitions=tuple(
            (m.label.in_language(lang), for_readers(m.definition).in_language(lang)) for m in measures
        ),
    )


def _counts(outcome: Outcome) -> tuple[ReportCount, ...]:
    found = {iri.rpartition("#")[2]: count for iri, _, count in outcome.loaded.entities}
    return tuple(
        ReportCount(label=fr if outcome.lang == "fr" else en, count=found[name])
        for name, fr, en in COUNTED
        if name in found
    )


def _validation(outcome: Outcome) -> ReportValidation:
    from rte_graph.validation import summary

    report = outcome.loaded.validation
    if not outcome.loaded.validated:
        return ReportValidation(conforms=None, sentence=UNVALIDATED[outcome.lang])
    return ReportValidation(
        conforms=report.conforms,
        sentence=summary(report, outcome.lang),
        findings=tuple(
            ReportFinding(
                severity=result.severity,
                message=result.message(outcome.lang),
                subject=report.label(result.subject, outcome.lang),
                place=result.place(),
            )
            for result in report.results
        ),
    )


def _hubs(outcome: Outcome) -> tuple[ReportHubs, ...]:
    from rte_graph.network.present import hub_tables

    head, *tables = hub_tables(outcome.network, outcome.hubs, outcome.declared, lang=outcome.lang)
    return tuple(
        ReportHubs(
            title=table.title,
            why=" ".join(table.above),
            # The tables come targets first, their rows by rank: the hub is the first row of the first table.
            table=replace(_table(table), strong=(0,) if first and outcome.page.hub is not None else ()),
            note=" ".join((*table.below, *head.above) if first else table.below),
        )
        for first, table in zip((True, *(False for _ in tables)), tables, strict=False)
    )


def _overlap(outcome: Outcome) -> ReportOverlap | None:
    from rte_graph.network.present import overlap_tables

    tables = overlap_tables(outcome.overlap, outcome.lang)
    if len(tables) < 2:
        return None
    coverage, pairs = tables
    bars = tuple(row.coverage or 0.0 for row in outcome.overlap.coverage)
    strong = tuple(i for i, row in enumerate(outcome.overlap.coverage) if row.meta_by_data)
    # Whom an alliance lacks is a list of names: the one column of the coverage table that needs room.
    wide = (len(coverage.columns) - 2,)
    return ReportOverlap(
        sentences=coverage.above,
        coverage=replace(_table(coverage), bars=bars, strong=strong, wide=wide),
        pairs=_table(pairs),
        rule=" ".join((*coverage.below, *pairs.below)),
    )


def _boundaries(outcome: Outcome) -> tuple[tuple[str, ReportTable], ...]:
    from rte_graph.network.boundary_card import boundary_tables

    tables = boundary_tables(outcome.boundaries, outcome.lang)
    return tuple((table.title, replace(_table(table), wide=(1,))) for table in tables)


def _table(table: ReaderTable) -> ReportTable:
    return ReportTable(columns=table.columns, rows=table.rows, numeric=tuple(sorted(table.numeric)))


def _query(outcome: Outcome, answer: QueryResult) -> ReportQuery:
    from rte_graph.sparql.present import caption, heading, shown_cells, shown_columns

    lang, query, table = outcome.lang, answer.query, answer.table
    topics = outcome.library.topics
    given = ", ".join(f"{name} = {value}" for name, value in answer.values.items() if value)
    description = query.description.in_language(lang).strip()
    if description and description[-1] not in ".!?…":
        description += "."
    parts = [description, caption(table)]
    columns = tuple(heading(outcome.library, column, lang) for column in shown_columns(table, iris=False))
    return ReportQuery(
        name=query.name,
        summary=query.summary.in_language(lang),
        description=" ".join(part for part in parts if part),
        text=query.body,
        given=given,
        topic=topics[query.topic].in_language(lang) if query.topic in topics else query.topic,
        table=ReportTable(columns=columns, rows=shown_cells(table)),
    )
