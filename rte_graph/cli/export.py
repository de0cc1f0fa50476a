"""``rte-graph export``: a network as files for Gephi and other tools."""

from __future__ import annotations

from pathlib import Path

from rte_graph.cli.asked import Asked, network_options
from rte_graph.cli.common import Session, argument, command, option, output_option, text


@command(
    "export",
    help=text(
        fr="Donner un réseau à d’autres outils ; l’extension dit la forme : .gexf (Gephi), .graphml, "
        ".csv (deux fichiers, nœuds et liens), .json.",
        en="Hand a network to other tools; the extension says the form: .gexf (Gephi), .graphml, "
        ".csv (two files, nodes and links), .json.",
    ),
    example="rte-graph export alliance-memberships -o net.gexf",
)
@argument("name", metavar=text(fr="RÉSEAU", en="NETWORK"))
@option(
    "--seed",
    type=int,
    default=1,
    metavar="N",
    help=text(fr="Graine de la disposition (1 par défaut).", en="Seed of the layout (1 by default)."),
)
@network_options
@output_option
def export(session: Session, name: str, seed: int, asked: Asked, output: Path | None) -> None:
    """Write the file or the pair of files."""
    from rte_graph.errors import MissingParameter
    from rte_graph.views.export import check_format, export_files
    from rte_graph.views.layout import compute_layout, problem_of
    from rte_graph.views.page_build import page_from_network

    if output is None or str(output) == "-":
        raise MissingParameter(
            fr=f"Dites où écrire, l’extension donne la forme\u00a0: rte-graph export {name} -o {name}.gexf",
            en=f"Say where to write, the extension gives the form: rte-graph export {name} -o {name}.gexf",
        )
    check_format(output)
    found = asked.read(session, name, lang="fr").network
    network = page_from_network(session.store, session.library, found, facts=False)
    layout = compute_layout(problem_of(network), seed=seed)
    for path, content in export_files(network, layout, output, lang=session.lang).items():
        session.emit(content.encode("utf-8"), path)
