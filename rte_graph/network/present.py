"""Hubs and overlap as a reader sees them, in every output format."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from rte_graph.network.beside import Beside, with_cells
from rte_graph.network.coverage_sentences import coverage_sentences
from rte_graph.network.declared import Declared
from rte_graph.network.hubs import FIELDS, SETS, HubRow
from rte_graph.network.measures import measure_named
from rte_graph.network.model import Network, SetName
from rte_graph.network.nesting import Nesting, nesting_table
from rte_graph.network.overlap import RULE, CoverageRow, OverlapReport, PairRow
from rte_graph.network.sentences import (
    basis_sentence,
    empty_sentence,
    excluded_sentence,
    named_of_claimed,
    network_sentence,
    why_sentence,
)
from rte_graph.network.structure import shape
from rte_graph.network.tables import ReaderTable, to_csv, to_markdown, to_terminal
from rte_graph.network.wording import Text, decimal, listed, percent, whole

FORMATS = ("table", "csv", "json", "markdown")
DECLARED_MARK = "*"
DECLARED_LEGEND = Text(
    fr="* méta-coalition d’après la source.", en="* a meta-coalition according to the source."
)
CELL_LEGEND = Text(
    fr="Chaque case : valeur entre 0 et 1, puis (rang) dans l’ensemble ; définitions : "
    "rte-graph network show {name}.",
    en="Each cell: value from 0 to 1, then (rank) within the set; definitions: "
    "rte-graph network show {name}.",
)
RANGE_NOTE = Text(
    fr="Exception : « {label} » va de {low} à {high}.",
    en="Exception: “{label}” runs from {low} to {high}.",
)
HARMONIC_NOTE = Text(
    fr="Le réseau n’est pas d’un seul tenant : la proximité est harmonique.",
    en="The network is in several pieces: closeness is harmonic.",
)
PIECES_NOTE = Text(
    fr="Les valeurs du vecteur propre ne se comparent rigoureusement qu’au sein d’une composante.",
    en="Eigenvector values strictly compare only within a component.",
)


def format_hubs(
    network: Network,
    rows: Sequence[HubRow],
    declared: Declared,
    *,
    lang: str = "fr",
    output: str = "table",
    top: int | None = None,
    width: int = 0,
    beside: Sequence[Beside] = (),
) -> str:
    """Return hub rows in a format.

    Parameters
    ----------
    rows : sequence of HubRow
        All rows of the wanted sets and measures, uncut.
    output : {"table", "csv", "json", "markdown"}
        JSON is one list of rows; CSV has the same columns.
    top : int, optional
        Ranks 1 to ``top``: of each measure in JSON and CSV, of the first one in tables.
    width : int
        Characters a line of a table; the terminal's when 0.
    beside : sequence of Beside
        What goes with the ranking: tables before and after it, more columns in JSON and CSV.
    """
    cut = [with_cells(row, beside) for row in rows if top is None or row.rank <= top]
    if output == "json":
        return json.dumps(cut, ensure_ascii=False, indent=2) + "\n"
    if output == "csv":
        return to_csv((*FIELDS, *(field for each in beside for field in each.fields)), cut)
    head, *ranking = hub_tables(network, rows, declared, lang=lang, top=top)
    tables = [head, *(table for each in beside for table in each.before), *ranking]
    tables += [table for each in beside for table in each.after]
    return to_markdown(tables) if output == "markdown" else to_terminal(tables, width)


def hub_tables(
    network: Network, rows: Sequence[HubRow], declared: Declared, *, lang: str = "fr", top: int | None = None
) -> list[ReaderTable]:
    """Return one table per set, targets first: a line per node, value and rank by each measure."""
    if not rows:
        note = empty_sentence(network, lang)
        return [ReaderTable(title=note, above=(), columns=(), rows=(), numeric=frozenset())]
    wanted = [name for name in SETS if any(row.set == name for row in rows)]
    tables = [_hub_table(network, rows, declared, name, lang, top) for name in wanted]
    caption = [
        network_sentence(network, lang),
        basis_sentence(network, declared, lang),
        excluded_sentence(network, lang),
    ]
    first = tables[0]
    title = f"{network.title.in_language(lang)} ({network.full_name})"
    legend = CELL_LEGEND.in_language(lang).format(name=network.name)
    head = ReaderTable(
        title=title,
        above=tuple(line for line in caption if line),
        columns=(),
        rows=(),
        numeric=frozenset(),
        below=(" ".join((legend, *_notes(network, rows, lang))),),
    )
    return [head, first, *tables[1:]]


def _range_notes(used: Sequence[str], lang: str) -> tuple[str, ...]:
    """Say what the values of a measure run from and to, where that is not from 0 to 1."""
    others = [found for found in map(measure_named, used) if found.range != (0.0, 1.0)]
    return tuple(
        RANGE_NOTE.in_language(lang).format(
            label=found.label.in_language(lang), low=f"{found.range[0]:g}", high=f"{found.range[1]:g}"
        )
        for found in others
    )


def _notes(network: Network, rows: Sequence[HubRow], lang: str) -> tuple[str, ...]:
    used = dict.fromkeys(row.measure for row in rows)
    ranges = _range_notes([*used], lang)
    return (*ranges, *_pieces_notes(network, used, lang))


def _pieces_notes(network: Network, used: Iterable[str], lang: str) -> tuple[str, ...]:
    if len(shape(network).component_sizes) < 2:
        return ()
    notes = (("harmonic-closeness", HARMONIC_NOTE), ("eigenvector", PIECES_NOTE))
    return tuple(note.in_language(lang) for name, note in notes if name in used)


def _hub_table(
    network: Network, rows: Sequence[HubRow], declared: Declared, name: SetName, lang: str, top: int | None
) -> ReaderTable:
    mine = [row for row in rows if row.set == name]
    used = list(dict.fromkeys(row.measure for row in mine))
    places = {(row.iri, row.measure): row for row in mine}
    shown = [row for row in mine if row.measure == used[0] and (top is None or row.rank <= top)]
    digits = len(str(max(row.rank for row in mine)))
    lines = tuple(
        (
            row.label + DECLARED_MARK * (row.iri in declared.meta),
            *(_place(places[row.iri, measure], lang, digits) for measure in used),
        )
        for row in shown
    )
    label = network.set_label(name, lang)
    marked = any(row.iri in declared.meta for row in shown)
    sentence = why_sentence(network, rows, name, lang)
    size = len(network.positions(name))
    count = whole(size, lang) if len(shown) == size else f"{len(shown)} / {whole(size, lang)}"
    return ReaderTable(
        title=f"{label} ({count})",
        above=(sentence,) if sentence else (),
        columns=(label, *(measure_named(measure).label.in_language(lang) for measure in used)),
        rows=lines,
        numeric=frozenset(range(1, len(used) + 1)),
        below=(DECLARED_LEGEND.in_language(lang),) if marked else (),
    )


def _place(row: HubRow, lang: str, digits: int) -> str:
    return f"{decimal(row.value, lang)} {f'({row.rank})':>{digits + 2}}"


def format_overlap(
    report: OverlapReport,
    *,
    lang: str = "fr",
    output: str = "table",
    width: int = 0,
    nested: Nesting | None = None,
) -> str:
    """Return an overlap report as a table, CSV (pairs, coverage, nesting), JSON or Markdown."""
    if output == "json":
        more = {} if nested is None else {"nesting": nested.as_dict(lang)}
        return json.dumps({**report.as_dict(lang), **more}, ensure_ascii=False, indent=2) + "\n"
    if output == "csv":
        records = [{**row.as_dict(), "row": "nesting"} for row in nested.rows] if nested else []
        columns = (*OVERLAP_COLUMNS, *(NESTING_COLUMNS if nested else ()))
        return to_csv(columns, [*_overlap_records(report), *records])
    tables = overlap_tables(report, lang)
    if nested is not None:
        tables.append(nesting_table(nested, report.targets.in_language(lang), lang))
    return to_markdown(tables) if output == "markdown" else to_terminal(tables, width)


OVERLAP_COLUMNS = (
    *("row", "label", "iri", "other", "otherIri", "sharedCount", "shared", "jaccard", "overlap"),
    *("named", "claimed", "claimedQualifier", "othersMembers", "gathered", "coverage", "touched", "others"),
    *("missing", "untouched", "metaByData", "metaDeclared"),
)


NESTING_COLUMNS = (
    *("direct", "expanded", "through", "gained", "rankDirect", "rankExpanded"),
    *("valueDirect", "valueExpanded"),
)


def _overlap_records(report: OverlapReport) -> list[dict[str, Any]]:
    pairs = [
        {
            **row.as_dict(),
            "row": "pair",
            "label": row.a.label,
            "iri": row.a.iri,
            "other": row.b.label,
            "otherIri": row.b.iri,
        }
        for row in report.pairs
    ]
    return [*pairs, *({**row.as_dict(), "row": "coverage"} for row in report.coverage)]


def overlap_tables(report: OverlapReport, lang: str = "fr") -> list[ReaderTable]:
    """Return the coverage table (with the rule and what it finds) and the table of pairs."""
    if not report.coverage:
        none = Text(
            fr=f"Le réseau « {report.network} » n’a aucune liste à comparer : chargez des données que sa "
            "requête trouve (rte-graph load FICHIERS).",
            en=f"The network “{report.network}” has no list to compare: load data that its query finds "
            "(rte-graph load FILES).",
        )
        return [ReaderTable(title=none.in_language(lang), above=(), columns=(), rows=(), numeric=frozenset())]
    return [_coverage_table(report, lang), _pair_table(report, lang)]


def _coverage_table(report: OverlapReport, lang: str) -> ReaderTable:
    english = lang == "en"
    targets = report.targets.in_language(lang)
    without = (
        f" — without {listed(report.excluded, lang)}"
        if english
        else f" — sans {listed(report.excluded, lang)}"
    )
    return ReaderTable(
        title=("Who gathers the members of the others?" if english else "Qui réunit les membres des autres ?")
        + (without if report.excluded else ""),
        above=tuple(coverage_sentences(report, lang)),
        columns=(
            (targets, "Named / claimed", "Coverage", "Others touched", "Missing", "Meta")
            if english
            else (
                targets,
                "Nommés / annoncés",
                "Couverture",
                "Autres touchées",
                "Manquent",
                "Méta",
            )
        ),
        rows=tuple(_coverage_cells(row, lang) for row in report.coverage),
        numeric=frozenset({1, 2, 3}),
        below=(RULE.in_language(lang),) if report.alliances else (),
    )


def _coverage_cells(row: CoverageRow, lang: str) -> tuple[str, ...]:
    share = "—" if row.coverage is None else percent(row.coverage, lang)
    return (
        row.alliance.label,
        named_of_claimed(row.named, row.claimed, row.qualifier, lang),
        f"{row.gathered}/{row.others_members} ({share})",
        f"{row.touched}/{row.others}",
        listed([each.label for each in row.missing], lang, at_most=3) or "—",
        _meta_word(row, lang),
    )


def _meta_word(row: CoverageRow, lang: str) -> str:
    words = {
        (True, True): Text(fr="données et source", en="data and source"),
        (True, False): Text(fr="données", en="data"),
        (False, True): Text(fr="source", en="source"),
    }
    found = words.get((row.meta_by_data, row.meta_declared))
    return found.in_language(lang) if found else "—"


def _pair_table(report: OverlapReport, lang: str) -> ReaderTable:
    apart = sum(not row.shared for row in report.pairs)
    total = len(report.pairs)
    shared = [row for row in report.pairs if row.shared]
    english = lang == "en"
    note = (
        f"{total - apart} of {total} pairs share members; the others are not listed."
        if english
        else f"{total - apart} paires sur {total} ont des membres en commun ; les autres ne sont pas listées."
    )
    return ReaderTable(
        title="Members shared by two" if english else "Membres communs, deux à deux",
        above=(note,),
        columns=(
            "A",
            "B",
            "n",
            "Jaccard",
            "Overlap" if english else "Recouvrement",
            "Shared" if english else "Communs",
        ),
        rows=tuple(_pair_cells(row, lang) for row in shared),
        numeric=frozenset({2, 3, 4}),
        below=(
            "Jaccard: shared over all distinct members of both; overlap (Szymkiewicz–Simpson): shared over "
            "the shorter list."
            if english
            else "Jaccard : communs sur tous les membres distincts des deux ; recouvrement "
            "(Szymkiewicz–Simpson) : communs sur la liste la plus courte.",
        ),
    )


def _pair_cells(row: PairRow, lang: str) -> tuple[str, ...]:
    ratios = ("—" if value is None else decimal(value, lang) for value in (row.jaccard, row.overlap))
    names = listed([each.label for each in row.shared], lang, at_most=8)
    return (row.a.label, row.b.label, str(len(row.shared)), *ratios, names)
