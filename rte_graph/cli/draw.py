"""``rte-graph draw``: a network as one page that works offline, or as an SVG."""

from __future__ import annotations

from pathlib import Path

from rte_graph.cli.asked import Asked, network_options
from rte_graph.cli.common import Session, argument, command, option, output_option, text


@command(
    "draw",
    help=text(
        fr="Dessiner un réseau : une page HTML autonome (filtres, recherche, sources), ou une image SVG.",
        en="Draw a network: one HTML page that works offline (filters, search, sources), or an SVG.",
    ),
    example="rte-graph draw alliance-memberships -o net.html",
)
@argument("name", metavar=text(fr="RÉSEAU", en="NETWORK"))
@option(
    "--size-by",
    metavar=text(fr="MESURE", en="MEASURE"),
    help=text(
        fr="Mesure qui donne la taille des nœuds (degree par défaut).",
        en="Measure that sets the nodes’ sizes (degree by default).",
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
def draw(
    session: Session, name: str, size_by: str | None, seed: int, asked: Asked, output: Path | None
) -> None:
    """Write the page or the picture."""
    from rte_graph.views.draw import check_picture_name, draw_network
    from rte_graph.views.page_build import page_from_network

    target = output or Path(f"{name}.html")
    check_picture_name(target)
    found = asked.read(session, name, lang="fr").network
    network = page_from_network(session.store, session.library, found)
    session.emit(draw_network(network, target, lang=session.lang, size_by=size_by, seed=seed), target)
