"""A projection for people and for programs: one row a pair, heaviest first."""

from __future__ import annotations

import json
from typing import Any

from rte_graph.network.measures import measure_named
from rte_graph.network.model import Network
from rte_graph.network.ranking import rounded
from rte_graph.network.sentences import empty_sentence, network_sentence
from rte_graph.network.tables import ReaderTable, to_csv, to_markdown, to_terminal
from rte_graph.network.wording import decimal, whole
from rte_graph.sparql.collation import collation_key

FIELDS = ("label", "iri", "other", "otherIri", "weight")


def format_projection(
    network: Network,
    weighting: str,
    *,
    lang: str = "fr",
    output: str = "table",
    top: int | None = None,
    width: int = 0,
) -> str:
    """Return a projected network as a table, CSV (pairs that are tied), JSON (with all nodes) or Markdown.

    ``top`` keeps the heaviest pairs; pairs as heavy as the last of them stay too.
    """
    rows = heaviest(_pairs(network), top)
    if output == "json":
        return json.dumps(_record(network, weighting, rows), ensure_ascii=False, indent=2) + "\n"
    if output == "csv":
        return to_csv(FIELDS, rows)
    table = _table(network, weighting, rows, lang)
    return to_markdown([table]) if output == "markdown" else to_terminal([table], width)


def _pairs(network: Network) -> list[dict[str, Any]]:
    # Nodes stand in French order of their labels, A before B.
    ends = ((network.nodes[edge.source], network.nodes[edge.target], edge.weight) for edge in network.edges)
    rows: list[dict[str, Any]] = [
        {
            "label": one.label,
            "iri": one.iri,
            "other": other.label,
            "otherIri": other.iri,
            "weight": rounded(weight or 0.0),
        }
        for one, other, weight in ends
    ]
    rows.sort(key=lambda row: (-row["weight"], collation_key(row["label"]), collation_key(row["other"])))
    return rows


def heaviest(rows: list[dict[str, Any]], top: int | None) -> list[dict[str, Any]]:
    """Keep the first ``top`` rows and those that weigh as much as the last of them."""
    if top is None or len(rows) <= top:
        return rows
    return [row for row in rows if row["weight"] >= rows[top - 1]["weight"]]


def _record(network: Network, weighting: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "network": network.full_name,
        "excluded": list(network.excluded),
        "weighting": weighting,
        "nodes": [{"label": node.label, "iri": node.iri} for node in network.nodes],
        "pairs": rows,
    }


def _table(network: Network, weighting: str, rows: list[dict[str, Any]], lang: str) -> ReaderTable:
    english, measure = lang == "en", measure_named(f"projection-{weighting}")
    empty = not network.nodes
    said = empty_sentence(network, lang) if empty else network_sentence(network, lang)
    definition = f"{measure.label.in_language(lang)} – {measure.definition.in_language(lang)}"
    return ReaderTable(
        title=f"{'Projection of' if english else 'Projection de'} {network.full_name}",
        above=(said,) if empty else (said, definition),
        columns=("A", "B", "Weight" if english else "Poids"),
        rows=tuple(
            (
                row["label"],
                row["other"],
                whole(round(row["weight"]), lang) if weighting == "count" else decimal(row["weight"], lang),
            )
            for row in rows
        ),
        numeric=frozenset({2}),
    )
