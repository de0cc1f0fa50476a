"""A backbone for people and for programs: one row a pair."""

from __future__ import annotations

import json

from rte_graph.network.nulls import Backbone
from rte_graph.network.tables import ReaderTable, to_csv, to_markdown, to_terminal
from rte_graph.network.wording import decimal, whole
from rte_graph.typography import french

COLUMNS = {
    "fr": ("A", "B", "Communs", "Hasard", "Effet z", "p", "q", "Plus que le hasard"),
    "en": ("A", "B", "Shared", "Chance", "Effect z", "p", "q", "More than chance"),
}
FIELDS = (
    *("set", "label", "iri", "other", "otherIri", "observed", "mean", "sd", "z", "p", "q", "exceeds", "note"),
)


def format_backbone(found: Backbone, *, lang: str = "fr", output: str = "table", width: int = 0) -> str:
    """Return a backbone as a table, CSV (pairs that share something), JSON or Markdown."""
    if output == "json":
        return json.dumps(found.as_dict(lang), ensure_ascii=False, indent=2) + "\n"
    if output == "csv":
        kept = {id(row) for row in found.exceeding}
        records = [{**row.as_dict(found.run, lang), "exceeds": id(row) in kept} for row in found.rows]
        return to_csv(FIELDS, records)
    table = backbone_table(found, lang)
    return to_markdown([table]) if output == "markdown" else to_terminal([table], width)


def backbone_table(found: Backbone, lang: str) -> ReaderTable:
    """Return the table of pairs, the sentences of the test above it."""
    english = lang == "en"
    kept, below = ({id(row) for row in rows} for rows in (found.exceeding, found.below))
    yes, less = ("yes", "less") if english else ("oui", "moins")
    rows = tuple(
        (
            row.label,
            row.other,
            whole(round(row.observed), lang),
            decimal(row.mean, lang, 2),
            "—" if row.z is None or row.p is None else decimal(row.z, lang, 2),
            "—" if row.p is None else decimal(row.p, lang, 4),
            "—" if row.q is None else decimal(row.q, lang, 4),
            yes if id(row) in kept else less if id(row) in below else _why(row.note(found.run, lang), lang),
        )
        for row in found.rows
    )
    return ReaderTable(
        title=f"{'Backbone of' if english else 'Ossature de'} {found.network}",
        above=tuple(line if english else french(line) for line in found.sentences(lang)),
        columns=COLUMNS["en" if english else "fr"],
        rows=rows,
        numeric=frozenset(range(2, 7)),
    )


def _why(note: str, lang: str) -> str:
    if not note:
        return "not shown" if lang == "en" else "non montré"
    return note if lang == "en" else french(note)
