"""Which networks there are, and what each looks like before anything is ranked."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rte_graph.network.measures import measures
from rte_graph.network.measures.register import MODE_NAMES
from rte_graph.network.model import Network
from rte_graph.network.sentences import empty_sentence, network_sentence
from rte_graph.network.structure import shape
from rte_graph.network.tables import ReaderTable, to_markdown, to_terminal
from rte_graph.network.wording import Text, listed, percent, whole

if TYPE_CHECKING:
    from pathlib import Path

    from rte_graph.sparql.model import Library, SavedQuery

NONE = Text(
    fr="Aucun réseau : ajoutez une requête dont l’en-tête porte « network ».",
    en="No network: add a query with a “network” header.",
)
MODES = {
    "two-mode": Text(fr="bimodal (two-mode)", en="two-mode"),
    "one-mode": Text(fr="unimodal (one-mode)", en="one-mode"),
    "multi": Text(fr="multimodal (multi)", en="multi-mode"),
}
FACTS_FR = (
    *("Mode", "Ensemble source", "Ensemble cible", "Paires liées", "Liens", "Densité"),
    *("Composantes (nœuds)", "Nœuds isolés", "Requête"),
)
FACTS_EN = (
    *("Mode", "Source set", "Target set", "Joined pairs", "Ties", "Density"),
    *("Components (nodes)", "Isolates", "Query"),
)


def format_list(library: Library, *, lang: str = "fr", output: str = "table", width: int = 0) -> str:
    """Return the networks of a library as a table, JSON or Markdown."""
    found = [(query.name, query.network) for query in library.networks() if query.network]
    if output == "json":
        rows = [
            {
                "name": name,
                "label": header.label.in_language(lang),
                "mode": header.mode,
                "source": header.source.in_language(lang),
                "target": header.target.in_language(lang),
                "nodes": header.nodes,
            }
            for name, header in found
        ]
        return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
    english = lang == "en"
    columns = (
        ("Name", "What it is", "Mode", "Sets") if english else ("Nom", "Ce que c’est", "Mode", "Ensembles")
    )
    table = ReaderTable(
        title=("Networks" if english else "Réseaux") if found else NONE.in_language(lang),
        above=(),
        columns=columns,
        rows=tuple(
            (
                name,
                header.label.in_language(lang),
                MODES[header.mode].in_language(lang),
                f"{header.source.in_language(lang)} × {header.target.in_language(lang)}",
            )
            for name, header in found
        ),
        numeric=frozenset(),
    )
    return to_markdown([table]) if output == "markdown" else to_terminal([table], width)


def format_overview(
    network: Network, query: SavedQuery, *, lang: str = "fr", output: str = "table", width: int = 0
) -> str:
    """Return the summary of a network as a table, JSON or Markdown."""
    if output == "json":
        return json.dumps(_summary(network, query.path), ensure_ascii=False, indent=2) + "\n"
    english = lang == "en"
    sentence = network_sentence(network, lang) if network.nodes else empty_sentence(network, lang)
    head = ReaderTable(
        title=f"{network.title.in_language(lang)} ({network.name})",
        above=(query.description.in_language(lang), sentence),
        columns=("", ""),
        rows=tuple(_facts(network, query.path, lang)),
        numeric=frozenset(),
    )
    accepted = [measure for measure in measures() if network.mode in measure.modes]
    modes = MODE_NAMES[network.mode].in_language(lang)
    none = (
        f"No measure is registered for {modes} networks."
        if english
        else f"Aucune mesure pour les réseaux {modes}."
    )
    table = ReaderTable(
        title=("Measures" if english else "Mesures") if accepted else none,
        above=(),
        columns=("--by", "Measure", "Definition") if english else ("--by", "Mesure", "Définition"),
        rows=tuple(
            (measure.name, measure.label.in_language(lang), measure.definition.in_language(lang))
            for measure in accepted
        ),
        numeric=frozenset(),
    )
    tables = [head, table]
    return to_markdown(tables) if output == "markdown" else to_terminal(tables, width)


def _facts(network: Network, path: Path, lang: str) -> list[tuple[str, str]]:
    found = shape(network)
    sizes = ", ".join(whole(size, lang) for size in found.component_sizes[:10])
    names = FACTS_EN if lang == "en" else FACTS_FR
    values = (
        MODES[network.mode].in_language(lang),
        f"{network.set_label('source', lang)} ({whole(found.sources, lang)})",
        f"{network.set_label('target', lang)} ({whole(found.targets, lang)})",
        whole(found.pairs, lang),
        whole(found.ties, lang),
        "—" if found.density is None else percent(found.density, lang),
        f"{len(found.component_sizes)} ({sizes})" if found.component_sizes else "0",
        listed(found.isolates, lang, at_most=10) or "—",
    )
    return [*zip(names, (*values, str(path)), strict=True)]


def _summary(network: Network, path: Path) -> dict[str, Any]:
    found = shape(network)
    return {
        "name": network.name,
        "title": {"fr": network.title.fr, "en": network.title.en},
        "mode": network.mode,
        "source": {"fr": network.source.fr, "en": network.source.en, "nodes": found.sources},
        "target": {"fr": network.target.fr, "en": network.target.en, "nodes": found.targets},
        "pairs": found.pairs,
        "ties": found.ties,
        "density": found.density,
        "components": list(found.component_sizes),
        "isolates": list(found.isolates),
        "measures": [measure.name for measure in measures() if network.mode in measure.modes],
        "query": str(path),
    }
