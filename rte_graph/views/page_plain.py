"""The page without scripts: the same network as two plain tables."""

from __future__ import annotations

from typing import Any

from rte_graph.views.page_data import value_texts
from rte_graph.views.page_model import PageNetwork, PageSource

WORDS = {
    "fr": {
        "nodes": "Nœuds", "edges": "Liens", "name": "Nom", "type": "Type", "degree": "Voisins",
        "source": "De", "role": "Rôle", "target": "Vers", "period": "Période", "evidence": "Sources",
        "lines": "lignes", "line": "ligne", "undated": "non daté", "former": "anciennement",
        "text_lines": "Les lignes sont celles de la version texte du document.",
    },
    "en": {
        "nodes": "Nodes", "edges": "Links", "name": "Name", "type": "Type", "degree": "Neighbours",
        "source": "From", "role": "Role", "target": "To", "period": "Period", "evidence": "Sources",
        "lines": "lines", "line": "line", "undated": "undated", "former": "formerly",
        "text_lines": "Lines are those of the document’s text version.",
    },
}  # fmt: skip


def plain_nodes(network: PageNetwork, lang: str) -> list[dict[str, Any]]:
    """Return a row per node, targets first, the most linked first."""
    types = {t.key: t.label.in_language(lang) for t in network.types}
    texts = [[_localised(text, lang) for text in value_texts(measure)] for measure in network.measures]
    rows = zip(range(len(network.nodes)), network.nodes, network.degrees(), strict=True)
    ranked = sorted(rows, key=lambda row: (row[1].side != "target", -row[2]))
    return [
        {
            "name": node.label.in_language(lang),
            "former": ", ".join(node.former_names),
            "type": types[node.type],
            "degree": str(degree),
            "values": [column[i] for column in texts],
        }
        for i, node, degree in ranked
    ]


def _localised(text: str | None, lang: str) -> str:
    if text is None:
        return "–"
    return text if lang == "en" else text.replace(",", "\u202f").replace(".", ",")


def plain_edges(network: PageNetwork, lang: str) -> list[dict[str, str]]:
    """Return a row per link, with the numbers of its sources in `plain_sources`."""
    roles = {r.key: r.label.in_language(lang) for r in network.roles}
    return [
        {
            "source": network.nodes[edge.source].label.in_language(lang),
            "role": roles[edge.role],
            "target": network.nodes[edge.target].label.in_language(lang),
            "period": "–".join(date for date in (edge.start, edge.end) if date) or WORDS[lang]["undated"],
            "evidence": ", ".join(str(number + 1) for number in edge.sources),
        }
        for edge in network.edges
    ]


def plain_sources(network: PageNetwork, lang: str) -> list[tuple[int, str]]:
    """Return the sources that links cite, each once with its number."""
    cited = sorted({number for edge in network.edges for number in edge.sources})
    return [(number + 1, source_text(network.sources[number], lang)) for number in cited]


def source_text(source: PageSource, lang: str) -> str:
    """Write one source as a reader cites it: document, heading, lines."""
    lines = ""
    if source.first_line:
        first, last = source.first_line, source.last_line
        one = first == last
        lines = f"{WORDS[lang]['line' if one else 'lines']} {first if one else f'{first}–{last}'}"
    return ", ".join(part for part in (source.document.in_language(lang), source.heading, lines) if part)
