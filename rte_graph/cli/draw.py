"""``rte-graph draw``: a network as one page that works offline, as a picture, or as a figure for print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rte_graph.cli.asked import Asked, network_options
from rte_graph.cli.common import Session, argument, command, option, output_option, text
from rte_graph.cli.figures import FigureChoice, figure_options

if TYPE_CHECKING:
    from rte_graph.sparql.model import SavedQuery


@command(
    "draw",
    help=text(
        fr="Dessiner un réseau : une page HTML autonome (filtres, recherche, sources), une image SVG, ou une "
        "figure pour l’impression (SVG, PDF, PNG) à la largeur d’une colonne ou d’une page.",
        en="Draw a network: one HTML page that works offline (filters, search, sources), an SVG, or a figure "
        "for print (SVG, PDF, PNG) at the width of a column or a page.",
    ),
    example="rte-graph draw alliance-memberships -o net.html\n"
    "rte-graph draw alliance-memberships -o fig.pdf\n"
    "rte-graph draw alliance-memberships -o matrix.svg --figure matrix --width page\n"
    "rte-graph draw domains-by-dimension -o grid.png",
)
@argument("name", metavar=text(fr="RÉSEAU", en="NETWORK"))
@option(
    "--size-by",
    metavar=text(fr="MESURE", en="MEASURE"),
    help=text(
        fr="Mesure qui donne la taille des nœuds, ou qui classe les pivots (degree par défaut).",
        en="Measure that sets the nodes’ sizes, or ranks the hubs (degree by default).",
    ),
)
@option(
    "--seed",
    type=click.IntRange(min=0),
    default=1,
    metavar="N",
    help=text(
        fr="Graine de la disposition et des tirages (1 par défaut).",
        en="Seed of the layout and of the draws (1 by default).",
    ),
)
@figure_options
@network_options
@output_option
def draw(
    session: Session,
    name: str,
    size_by: str | None,
    seed: int,
    chosen: FigureChoice,
    asked: Asked,
    output: Path | None,
) -> None:
    """Write the page, the picture or the figure."""
    from rte_graph.views.draw import check_picture_name, draw_network
    from rte_graph.views.page_build import page_from_network

    target = output or Path(f"{name}.html")
    query = _no_network(session, name)
    if query is not None or chosen.is_meant(target):
        chosen.write(session, name, query, asked, target, measure=size_by, seed=seed)
        return
    check_picture_name(target)
    found = asked.read(session, name, lang="fr").network
    network = page_from_network(session.store, session.library, found)
    session.emit(draw_network(network, target, lang=session.lang, size_by=size_by, seed=seed), target)


def _no_network(session: Session, name: str) -> SavedQuery | None:
    """Return the saved query of that name, if it is one and no network."""
    query = session.library.queries.get(name)
    return query if query is not None and query.network is None else None
