"""``rte-graph export``: a network as files for Gephi and other tools."""

from __future__ import annotations

from pathlib import Path

import click

from rte_graph.cli.asked import Asked, network_options
from rte_graph.cli.common import Session, argument, command, option, output_option, text


@command(
    "export",
    help=text(
        fr="Donner un réseau à d’autres outils ; l’extension dit la forme : .gexf (Gephi, Gephi Lite), "
        ".graphml (yEd, igraph), .net (Pajek), .csv et .xlsx (tableurs, UCINET, R, Kumu), .json (node-link, "
        "Cytoscape). Les mesures sont des attributs des nœuds.",
        en="Hand a network to other tools; the extension says the form: .gexf (Gephi, Gephi Lite), .graphml "
        "(yEd, igraph), .net (Pajek), .csv and .xlsx (spreadsheets, UCINET, R, Kumu), .json (node-link, "
        "Cytoscape). Measures are attributes of the nodes.",
    ),
    example="rte-graph export alliance-memberships -o net.gexf\n"
    "rte-graph export alliance-memberships -o matrix.xlsx --layout incidence\n"
    "rte-graph export alliance-memberships -o map.csv --layout kumu",
)
@argument("name", metavar=text(fr="RÉSEAU", en="NETWORK"))
@option(
    "--layout",
    "arrangement",
    type=click.Choice(("edges", "incidence", "kumu", "cytoscape")),
    help=text(
        fr="Ce qui est écrit : nœuds et liens (edges, par défaut), matrice d’un réseau bimodal (incidence, "
        "en csv ou xlsx), colonnes de Kumu (kumu, en csv ou xlsx), JSON de Cytoscape (cytoscape).",
        en="What is written: nodes and links (edges, the default), the matrix of a two-mode network "
        "(incidence, as csv or xlsx), Kumu’s columns (kumu, as csv or xlsx), Cytoscape’s JSON (cytoscape).",
    ),
)
@option(
    "--seed",
    type=int,
    default=1,
    metavar="N",
    help=text(fr="Graine de la disposition (1 par défaut).", en="Seed of the layout (1 by default)."),
)
@network_options
@output_option
def export(
    session: Session, name: str, arrangement: str | None, seed: int, asked: Asked, output: Path | None
) -> None:
    """Write the file or the pair of files."""
    from rte_graph.errors import MissingParameter
    from rte_graph.views.export import check_format, export_files, needs_positions
    from rte_graph.views.layout import compute_layout, problem_of
    from rte_graph.views.page_build import page_from_network

    if output is None or str(output) == "-":
        raise MissingParameter(
            fr=f"Dites où écrire, l’extension donne la forme\u00a0: rte-graph export {name} -o {name}.gexf",
            en=f"Say where to write, the extension gives the form: rte-graph export {name} -o {name}.gexf",
        )
    check_format(output, arrangement)
    found = asked.read(session, name, lang="fr").network
    network = page_from_network(session.store, session.library, found, facts=False)
    placed = needs_positions(output, arrangement)
    layout = compute_layout(problem_of(network), seed=seed) if placed else None
    files = export_files(network, layout, output, lang=session.lang, arrangement=arrangement)
    for path, content in files.items():
        session.emit(content.encode("utf-8") if isinstance(content, str) else content, path)
