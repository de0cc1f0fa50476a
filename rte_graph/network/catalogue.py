"""The register of measures as a list: names, what each gives, for which networks, within which range."""

from __future__ import annotations

import json
from typing import Any

from rte_graph.network.measures import Measure, measures
from rte_graph.network.measures.register import KIND_NAMES, MODE_NAMES, Kind
from rte_graph.network.tables import ReaderTable, to_csv, to_markdown, to_terminal
from rte_graph.network.wording import Text

ABOVE = Text(
    fr="Définitions, formules, références et contrôles : docs/measures.md. hubs --by prend celles qui "
    "rendent une valeur par nœud.",
    en="Definitions, formulas, references and checks: docs/measures.md. hubs --by takes those that give a "
    "value per node.",
)
COLUMNS = {
    "fr": ("Nom", "Mesure", "Réseaux", "Étendue"),
    "en": ("Name", "Measure", "Networks", "Range"),
}
FIELDS = ("name", "label", "kind", "modes", "low", "high", "formula", "definition", "references")


def range_text(low: float, high: float, lang: str) -> str:
    """Write the range of a measure's values.

    Examples
    --------
    >>> range_text(0, 1, "en"), range_text(-0.5, 1, "fr"), range_text(0, float("inf"), "en")
    ('0–1', 'de −0,5 à 1', '0 and more')
    """
    first, last = (f"{end:g}".replace("-", "−") for end in (low, high))
    if lang == "fr":
        first, last = first.replace(".", ","), last.replace(".", ",")
    if high == float("inf"):
        return f"{first} and more" if lang == "en" else f"{first} et plus"
    if low < 0:
        return f"from {first} to {last}" if lang == "en" else f"de {first} à {last}"
    return f"{first}–{last}"


def format_measures(*, lang: str = "fr", output: str = "table", width: int = 0) -> str:
    """Return all registered measures as a table, CSV, JSON or Markdown."""
    found = measures()
    if output == "json":
        return json.dumps([_record(each, lang) for each in found], ensure_ascii=False, indent=2) + "\n"
    if output == "csv":
        return to_csv(FIELDS, [_record(each, lang) for each in found])
    tables = [_table(kind, lang) for kind in KIND_NAMES]
    return to_markdown(tables) if output == "markdown" else to_terminal(tables, width)


def _table(kind: Kind, lang: str) -> ReaderTable:
    """Return the measures of one kind; what the list is stands above the first of them."""
    given = KIND_NAMES[kind].in_language(lang)
    return ReaderTable(
        title=given[0].upper() + given[1:],
        above=(ABOVE.in_language(lang),) if kind == "node" else (),
        columns=COLUMNS[lang],
        rows=tuple(_row(each, lang) for each in measures(kind)),
        numeric=frozenset(),
        unbroken=frozenset({0}),
    )


def _row(measure: Measure, lang: str) -> tuple[str, ...]:
    return (
        measure.name,
        measure.label.in_language(lang),
        ", ".join(MODE_NAMES[mode].in_language(lang) for mode in measure.modes),
        range_text(*measure.range, lang),
    )


def _record(measure: Measure, lang: str) -> dict[str, Any]:
    low, high = measure.range
    return {
        "name": measure.name,
        "label": measure.label.in_language(lang),
        "kind": measure.kind,
        "modes": list(measure.modes),
        "low": low,
        "high": None if high == float("inf") else high,
        "formula": measure.formula,
        "definition": measure.definition.in_language(lang),
        "references": [f"https://doi.org/{each.doi}" for each in measure.references],
    }
