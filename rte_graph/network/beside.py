"""What goes beside a ranking: the ranking without some nodes, chance, and the boundary of its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rte_graph.network.boundary_card import boundary_lines
from rte_graph.network.hubs import SETS, HubRow
from rte_graph.network.measures import measure_named
from rte_graph.network.model import Network, SetName
from rte_graph.network.nulls.results import Significance, Tested
from rte_graph.network.ranking import rounded
from rte_graph.network.tables import ReaderTable
from rte_graph.network.wording import Text, decimal
from rte_graph.typography import french

if TYPE_CHECKING:
    from rte_graph.network.boundary import Boundary
    from rte_graph.network.nulls.ensemble import Plan

Key = tuple[str, str, str]
# What ties pass through: a merged network gives none of these without its boundary card.
PATH_BASED = ("betweenness", "closeness", "harmonic-closeness", "articulation")
CANNOT_UNDO = Text(
    fr="Retirer un nœud n’annule pas la façon dont les cas ont été choisis : les autres sont là parce que la "
    "source les a retenus.",
    en="Leaving out a node does not undo how the cases were chosen: the others are there because the source "
    "kept them.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Tables before and after a ranking, and more columns for its rows in JSON and CSV.

    ``cells`` gives the columns of a row by (set, measure, IRI); a row without an entry has None there.
    """

    fields: tuple[str, ...] = ()
    cells: Mapping[Key, Mapping[str, Any]] = field(default_factory=dict)
    before: tuple[ReaderTable, ...] = ()
    after: tuple[ReaderTable, ...] = ()


def with_cells(row: HubRow, beside: Sequence[Beside]) -> dict[str, Any]:
    """Return a row as JSON and CSV write it, with the columns that stand beside."""
    record = row.as_dict()
    for each in beside:
        cells = each.cells.get((row.set, row.measure, row.iri), {})
        record |= {name: cells.get(name) for name in each.fields}
    return record


def without_beside(
    before: Sequence[HubRow],
    after: Sequence[HubRow],
    network: Network,
    *,
    lang: str = "fr",
    top: int | None = None,
) -> Beside:
    """Put the ranks with all nodes beside those without the excluded ones.

    Parameters
    ----------
    before, after : sequence of HubRow
        All rows with the nodes and without them.
    network : Network
        The network without the nodes.
    """
    ranks = {(row.set, row.measure, row.iri): row for row in before}
    cells: dict[Key, dict[str, Any]] = {
        key: {"rankWith": ranks[key].rank, "valueWith": ranks[key].value}
        for key in ((row.set, row.measure, row.iri) for row in after)
        if key in ranks
    }
    tables = [_side_by_side(before, after, network, name, lang, top) for name in SETS]
    return Beside(
        fields=("rankWith", "valueWith"),
        cells=cells,
        before=tuple(table for table in tables if table.rows),
    )


def _side_by_side(
    before: Sequence[HubRow],
    after: Sequence[HubRow],
    network: Network,
    name: SetName,
    lang: str,
    top: int | None,
) -> ReaderTable:
    mine = [row for row in before if row.set == name]
    used = list(dict.fromkeys(row.measure for row in mine))
    places = {(row.measure, row.iri): row.rank for row in mine}
    left = {(row.measure, row.iri): row.rank for row in after if row.set == name}
    first = [row for row in mine if row.measure == used[0] and (top is None or row.rank <= top)]
    arrow = "with → without" if lang == "en" else "avec → sans"
    label = network.set_label(name, lang)
    return ReaderTable(
        title=f"{label}{': ranks' if lang == 'en' else french(' : rangs')}, {arrow} "
        f"{', '.join(network.excluded)}",
        above=(),
        columns=(label, *(measure_named(measure).label.in_language(lang) for measure in used)),
        rows=tuple(
            (
                row.label,
                *(f"{places[each, row.iri]} → {left.get((each, row.iri), '—')}" for each in used),
            )
            for row in first
        ),
        numeric=frozenset(range(1, len(used) + 1)),
        below=(_worded(CANNOT_UNDO, lang),),
    )


def significance_of(network: Network, rows: Sequence[HubRow], plan: Plan) -> dict[str, Significance]:
    """Test every measure of a ranking against random networks with the same degrees.

    Raises
    ------
    InvalidParameter, SizeLimit
        If the network is not two-mode, a measure cannot be tested, or the plan makes no sense.
    """
    from rte_graph.network.nulls import measure_significance

    names = dict.fromkeys(row.measure for row in rows)
    return {name: measure_significance(network, name, plan) for name in names}


def significance_beside(
    network: Network,
    rows: Sequence[HubRow],
    tests: Mapping[str, Significance],
    *,
    lang: str = "fr",
    top: int | None = None,
) -> Beside:
    """Put the tests of a ranking's measures (`significance_of`) under it.

    Returns
    -------
    Beside
        A table per measure and set with p, q and effect size, or the sentence that says why there is none.
    """
    cells: dict[Key, dict[str, Any]] = {}
    tables: list[ReaderTable] = []
    for measure, found in tests.items():
        by_iri = {row.iri: row for row in found.rows}
        mine = [row for row in rows if row.measure == measure]
        cells |= {(row.set, measure, row.iri): _cells(found, by_iri[row.iri], lang) for row in mine}
        shown = [row for row in mine if top is None or row.rank <= top]
        tables += [
            _tested(network, found, [by_iri[row.iri] for row in shown if row.set == name], name, lang)
            for name in SETS
            if any(row.set == name for row in shown)
        ]
    return Beside(fields=SIGNIFICANCE_FIELDS, cells=cells, after=tuple(tables))


SIGNIFICANCE_FIELDS = ("tested", "mean", "sd", "z", "p", "q", "note", "null", "draws", "seed")


def _cells(found: Significance, row: Tested, lang: str) -> dict[str, Any]:
    return {
        "tested": found.name,
        "mean": rounded(row.mean),
        "sd": rounded(row.sd),
        "z": None if row.z is None else rounded(row.z),
        "p": None if row.p is None else rounded(row.p),
        "q": None if row.q is None else rounded(row.q),
        "note": row.note(found.run, lang) or None,
        "null": found.run.null,
        "draws": found.run.draws,
        "seed": found.run.seed,
    }


def _tested(
    network: Network, found: Significance, rows: Sequence[Tested], name: SetName, lang: str
) -> ReaderTable:
    chance = "against chance" if lang == "en" else "face au hasard"
    label = network.set_label(name, lang)
    columns = (label, *COLUMNS["en" if lang == "en" else "fr"])
    return ReaderTable(
        title=f"{found.statistic.in_language(lang)}, {chance} ({label})",
        above=tuple(_worded_text(line, lang) for line in found.sentences(lang)),
        columns=columns,
        rows=tuple(
            (
                row.label,
                decimal(row.observed, lang),
                decimal(row.mean, lang),
                "—" if row.z is None or row.p is None else decimal(row.z, lang, 2),
                "—" if row.p is None else decimal(row.p, lang, 4),
                "—" if row.q is None else decimal(row.q, lang, 4),
                _worded_text(row.note(found.run, lang), lang),
            )
            for row in rows
        ),
        numeric=frozenset(range(1, 6)),
    )


COLUMNS = {
    "fr": ("Observé", "Hasard", "Effet z", "p", "q", "Pourquoi pas de p"),
    "en": ("Observed", "Chance", "Effect z", "p", "q", "Why no p"),
}


def boundary_beside(boundaries: Sequence[Boundary], rows: Sequence[HubRow], *, lang: str = "fr") -> Beside:
    """Put the short boundary card of a network's sources under its ranking.

    Parameters
    ----------
    boundaries : sequence of Boundary
        Those of the sources that state the network's ties.
    rows : sequence of HubRow
        The ranking. With several sources, rows of a measure along paths carry the card in JSON and CSV too.
    """
    lines = boundary_lines(boundaries, lang)
    if not lines:
        return Beside()
    merged = len(boundaries) > 1
    table = ReaderTable(
        title="Boundary" if lang == "en" else "Frontière",
        above=(_worded(MERGED, lang),) if merged else (),
        columns=("Source", "What to know" if lang == "en" else "Ce qu’il faut savoir"),
        rows=tuple(lines),
        numeric=frozenset(),
    )
    walked = [row for row in rows if merged and row.measure in PATH_BASED]
    card = " ".join(f"{label}{':' if lang == 'en' else french(' :')} {line}" for label, line in lines)
    cells: dict[Key, dict[str, Any]] = {(row.set, row.measure, row.iri): {"boundary": card} for row in walked}
    return Beside(fields=("boundary",) if walked else (), cells=cells, after=(table,))


MERGED = Text(
    fr="Ce réseau réunit des liens de plusieurs sources, dont chacune a choisi ses cas : un rang ne se "
    "compare qu’au sein d’une source (--source).",
    en="This network merges ties of several sources, each of which chose its cases: a rank only compares "
    "within one source (--source).",
)


def notes_beside(notes: Sequence[Text], lang: str) -> Beside:
    """Put sentences (what was filtered) before the ranking."""
    if not notes:
        return Beside()
    first, *more = (_worded(note, lang) for note in notes)
    blank = ReaderTable(title=first, above=tuple(more), columns=(), rows=(), numeric=frozenset())
    return Beside(before=(blank,))


def _worded(words: Text, lang: str) -> str:
    return _worded_text(words.in_language(lang), lang)


def _worded_text(words: str, lang: str) -> str:
    return words if lang == "en" else french(words)
