"""Which networks there are, and what each looks like before anything is ranked."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from rte_graph.network.measures import Partition, Whole, measure_named, measures, result, whole_values
from rte_graph.network.measures.register import MODE_NAMES
from rte_graph.network.model import Network
from rte_graph.network.ranking import rounded
from rte_graph.network.sentences import empty_sentence, network_sentence
from rte_graph.network.structure import shape
from rte_graph.network.tables import ReaderTable, to_csv, to_markdown, to_terminal
from rte_graph.network.wording import NBSP, Text, decimal, listed, percent, whole
from rte_graph.sparql.collation import collation_key

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
# Nodes times joined pairs beyond which shortest paths take more than seconds: left out of the overview.
QUICK = 1e8
# Joined pairs beyond which splitting a network takes more than seconds: the verb communities does it.
SPLIT = 3000
SEED = 1
COMMUNITIES = Text(fr="Communautés", en="Communities")
LIST_FIELDS = ("name", "label", "mode", "source", "target", "nodes")
WHOLE_FIELDS = ("measure", "label", "value", "source", "target")
KINDS = Text(fr="Liens par genre", en="Ties by kind")
MERGED = Text(fr="Familles réunies", en="Families merged")
FACTS_FR = (
    *("Mode", "Ensemble source", "Ensemble cible", "Paires liées", "Liens", "Densité"),
    *("Composantes (nœuds)", "Nœuds isolés", "Requête"),
)
FACTS_EN = (
    *("Mode", "Source set", "Target set", "Joined pairs", "Ties", "Density"),
    *("Components (nodes)", "Isolates", "Query"),
)


def format_list(library: Library, *, lang: str = "fr", output: str = "table", width: int = 0) -> str:
    """Return the networks of a library as a table, CSV, JSON or Markdown."""
    found = [(query.name, query.network) for query in library.networks() if query.network]
    if output in ("json", "csv"):
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
        if output == "csv":
            return to_csv(LIST_FIELDS, rows)
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
                " × ".join(dict.fromkeys((header.source.in_language(lang), header.target.in_language(lang)))),
            )
            for name, header in found
        ),
        numeric=frozenset(),
    )
    return to_markdown([table]) if output == "markdown" else to_terminal([table], width)


def format_overview(
    network: Network, query: SavedQuery, *, lang: str = "fr", output: str = "table", width: int = 0
) -> str:
    """Return the summary of a network as a table, CSV (measures of the whole), JSON or Markdown."""
    if output == "json":
        return json.dumps(_summary(network, query.path), ensure_ascii=False, indent=2) + "\n"
    if output == "csv":
        return to_csv(WHOLE_FIELDS, _whole_rows(network, lang))
    english = lang == "en"
    sentence = network_sentence(network, lang) if network.nodes else empty_sentence(network, lang)
    head = ReaderTable(
        title=f"{network.title.in_language(lang)} ({network.full_name})",
        above=(query.description.in_language(lang), sentence),
        columns=("", ""),
        rows=tuple(_facts(network, query.path, lang)),
        numeric=frozenset(),
    )
    accepted = measures("node", network.mode)
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
    tables = [head, _whole_table(network, lang), table]
    return to_markdown(tables) if output == "markdown" else to_terminal(tables, width)


def _whole_table(network: Network, lang: str) -> ReaderTable:
    """Show the measures of the network as a whole, each set apart where they tell the sets apart."""
    english = lang == "en"
    named = ("source", "target") if network.mode == "two-mode" else ()
    sets = [network.set_label(name, lang) for name in named]
    measured = [
        (
            each.label.in_language(lang),
            *(_cell(value, lang) for value in (found.value, found.source, found.target)[: 1 + len(sets)]),
            each.definition.in_language(lang),
        )
        for each, found in whole_values(network, QUICK)
    ]
    return ReaderTable(
        title="The network as a whole" if english else "Le réseau entier",
        above=(),
        columns=(
            "Measure" if english else "Mesure",
            "Network" if english else "Réseau",
            *sets,
            "Definition" if english else "Définition",
        ),
        rows=tuple(measured),
        numeric=frozenset(range(1, 2 + len(sets))),
    )


def _whole_rows(network: Network, lang: str) -> list[dict[str, Any]]:
    """Return a row a measure of the whole network, the communities' modularity among them."""
    rows: list[dict[str, Any]] = [
        {"measure": each.name, "label": each.label.in_language(lang), **_whole_record(found)}
        for each, found in whole_values(network, QUICK)
    ]
    split = _split(network)
    if split is not None and split.quality is not None:
        label = measure_named("communities").label.in_language(lang)
        rows.append({"measure": "communities", "label": label, "value": rounded(split.quality)})
    return rows


def _cell(value: float | None, lang: str) -> str:
    return "—" if value is None else decimal(value, lang)


def _whole_record(found: Whole) -> dict[str, float | None]:
    values = {"value": found.value, "source": found.source, "target": found.target}
    return {name: None if value is None else rounded(value) for name, value in values.items()}


def _split_record(found: Partition | None) -> dict[str, float | None] | None:
    if found is None or found.quality is None:
        return None
    return {"count": int(found.labels.max()), "modularity": rounded(found.quality), "seed": SEED}


def _facts(network: Network, path: Path, lang: str) -> list[tuple[str, str]]:
    found = shape(network)
    sizes = ", ".join(whole(size, lang) for size in found.component_sizes[:10])
    names: tuple[str, ...] = FACTS_EN if lang == "en" else FACTS_FR
    values = (
        MODES[network.mode].in_language(lang),
        *_sets(network, lang),
        whole(found.pairs, lang),
        whole(found.ties, lang),
        "—" if found.density is None else percent(found.density, lang),
        f"{len(found.component_sizes)} ({sizes})" if found.component_sizes else "0",
        listed(found.isolates, lang, at_most=10) or "—",
    )
    if network.mode != "two-mode":
        names = (names[0], "Nodes" if lang == "en" else "Nœuds", *names[3:])
    facts = [*zip(names, (*values, str(path)), strict=True)]
    added = (
        (COMMUNITIES, _communities(network, lang)),
        (KINDS, _kinds(network, lang)),
        (MERGED, _merged(network, lang)),
    )
    for name, value in added:
        if value:
            facts.insert(-1, (name.in_language(lang), value))
    return facts


def _sets(network: Network, lang: str) -> tuple[str, ...]:
    """Write each set with its size; a network that is not two-mode has one, with the types of its nodes."""
    if network.mode == "two-mode":
        sizes = {"source": network.source_count, "target": network.target_count}
        return tuple(f"{network.set_label(name, lang)} ({whole(sizes[name], lang)})" for name in sizes)
    types = Counter(node.type for node in network.nodes if node.type)
    return (f"{whole(len(network.nodes), lang)}{_tally(types, lang)}",)


def _tally(counts: Counter[str], lang: str) -> str:
    """Write how often each occurs, the most frequent first; nothing where there is only one."""
    colon = ": " if lang == "en" else f"{NBSP}: "
    ordered = sorted(counts.items(), key=lambda item: (-item[1], collation_key(item[0])))
    parts = [f"{name}{colon}{whole(count, lang)}" for name, count in ordered]
    return f" ({listed(parts, lang, at_most=8)})" if len(parts) > 1 else ""


def _split(network: Network) -> Partition | None:
    """Return the communities of a network that has them and is small enough to be split at once."""
    defined = network.mode in measure_named("communities").modes
    if not defined or not 0 < len(network.pairs()[0]) <= SPLIT:
        return None
    found: Partition = network.remembered("split", lambda: result("communities", network, seed=SEED))
    return found


def _communities(network: Network, lang: str) -> str:
    """Count the communities and say what the split is worth; nothing where there is none."""
    found = _split(network)
    if found is None or found.quality is None:
        return ""
    name = "modularity" if lang == "en" else "modularité"
    return f"{whole(int(found.labels.max()), lang)} ({name} Q = {decimal(found.quality, lang)})"


def _kinds(network: Network, lang: str) -> str:
    """Count the ties by kind, where the network tells kinds apart."""
    return _tally(Counter(edge.kind for edge in network.edges if edge.kind), lang).strip(" ()")


def _merged(network: Network, lang: str) -> str:
    """Say how many named organisations and unnamed mentions the nodes of families stand for."""
    families = [node.instances for node in network.nodes if node.instances > 1]
    if not families:
        return ""
    count, instances = whole(len(families), lang), whole(sum(families), lang)
    if lang == "en":
        return f"{count} nodes stand for {instances} organisations or unnamed mentions"
    return f"{count} nœuds tiennent lieu de {instances} organisations ou mentions sans nom"


def _summary(network: Network, path: Path) -> dict[str, Any]:
    found = shape(network)
    return {
        "name": network.name,
        "title": {"fr": network.title.fr, "en": network.title.en},
        "mode": network.mode,
        "parameters": dict(network.parameters),
        "source": {"fr": network.source.fr, "en": network.source.en, "nodes": found.sources},
        "target": {"fr": network.target.fr, "en": network.target.en, "nodes": found.targets},
        "pairs": found.pairs,
        "ties": found.ties,
        "density": found.density,
        "components": list(found.component_sizes),
        "isolates": list(found.isolates),
        "communities": _split_record(_split(network)),
        "measures": [measure.name for measure in measures("node", network.mode)],
        "whole": {each.name: _whole_record(value) for each, value in whole_values(network, QUICK)},
        "query": str(path),
    }
