"""``rte-graph export``: a network as files for Gephi and other tools."""

from __future__ import annotations

from pathlib import Path

import click

from rte_graph.cli.asked import Asked, network_options
from rte_graph.cli.common import Session, argument, command, option, output_option, say_unvalidated, text


@command(
    "export",
    help=text(
        fr="Donner un réseau à d’autres outils ; l’extension dit la forme : .gexf (Gephi, Gephi Lite), "
        ".graphml (yEd, igraph), .net (Pajek), .csv et .xlsx (tableurs, UCINET, R, Kumu), .json (node-link, "
        "Cytoscape). Les mesures sont des attributs des nœuds. Avec --vocabulary, tout le graphe est écrit "
        "dans un vocabulaire d’autrui, et la perte est dite.",
        en="Hand a network to other tools; the extension says the form: .gexf (Gephi, Gephi Lite), .graphml "
        "(yEd, igraph), .net (Pajek), .csv and .xlsx (spreadsheets, UCINET, R, Kumu), .json (node-link, "
        "Cytoscape). Measures are attributes of the nodes. With --vocabulary, the whole graph is written in "
        "a vocabulary of others, and the loss is stated.",
    ),
    example="rte-graph export alliance-memberships -o net.gexf\n"
    "rte-graph export alliance-memberships -o matrix.xlsx --layout incidence\n"
    "rte-graph export alliance-memberships -o map.csv --layout kumu\n"
    "rte-graph export --vocabulary essglobal -o graph.ttl",
)
@argument("name", metavar=text(fr="[RÉSEAU]", en="[NETWORK]"), required=False)
@option(
    "--vocabulary",
    type=click.Choice(("essglobal", "pair", "schema", "org")),
    help=text(
        fr="Écrire tout le graphe dans ce vocabulaire (Turtle), sans RÉSEAU ; la perte est dite sur la "
        "sortie d’erreur et dans le fichier.",
        en="Write the whole graph in this vocabulary (Turtle), without NETWORK; the loss is stated on "
        "standard error and in the file.",
    ),
)
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
    session: Session,
    name: str | None,
    vocabulary: str | None,
    arrangement: str | None,
    seed: int,
    asked: Asked,
    output: Path | None,
) -> None:
    """Write the file or the pair of files."""
    if vocabulary is not None:
        _check_whole(name, arrangement, seed, asked)
        _export_graph(session, vocabulary, output)
    else:
        _export_network(session, _named(name), arrangement, seed, asked, output)


def _named(name: str | None) -> str:
    from rte_graph.errors import MissingParameter

    if name is None:
        raise MissingParameter(
            fr="Nommez le réseau à écrire (rte-graph network list les liste), ou choisissez un vocabulaire "
            "pour tout le graphe (--vocabulary essglobal).",
            en="Name the network to write (rte-graph network list lists them), or choose a vocabulary for "
            "the whole graph (--vocabulary essglobal).",
        )
    return name


def _check_whole(name: str | None, arrangement: str | None, seed: int, asked: Asked) -> None:
    from rte_graph.errors import UsageError

    if name is not None:
        raise UsageError(
            fr=f"--vocabulary écrit tout le graphe, pas un réseau : retirez « {name} ».",
            en=f"--vocabulary writes the whole graph, not a network: leave out “{name}”.",
        )
    if arrangement is not None or seed != 1 or asked != type(asked)():
        raise UsageError(
            fr="--vocabulary écrit tout le graphe : --layout, --seed, --level, --on, --role, --source et -p "
            "sont pour les réseaux, retirez-les.",
            en="--vocabulary writes the whole graph: --layout, --seed, --level, --on, --role, --source and "
            "-p are for networks, leave them out.",
        )


def _export_graph(session: Session, vocabulary: str, output: Path | None) -> None:
    """Write the graph, and say what is lost."""
    from rte_graph.exchange.loss import loss_text
    from rte_graph.exchange.outward import export_graph, to_turtle

    say_unvalidated(session)
    made = export_graph(session.store, vocabulary)
    if session.verbosity >= 0:
        click.echo(loss_text(made, session.lang), err=True, nl=False)
    session.emit(to_turtle(made).encode(), output)


def _export_network(
    session: Session, name: str, arrangement: str | None, seed: int, asked: Asked, output: Path | None
) -> None:
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
