"""``rte-graph project``: one set of a two-mode network, its nodes tied by what they share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rte_graph.cli.asked import Asked, network_options
from rte_graph.cli.common import Session, argument, command, format_option, option, output_option, text
from rte_graph.cli.ranked import exclude_option, top_option, without_nodes

if TYPE_CHECKING:
    from rte_graph.network.measures.projection import Weighting
    from rte_graph.network.model import SetName

FORMATS = ("table", "csv", "json", "markdown")


@command(
    "project",
    help=text(
        fr="Projeter un réseau bimodal sur un de ses ensembles : quelles paires ont des voisins communs, et "
        "de quel poids.",
        en="Project a two-mode network onto one of its sets: which pairs share neighbours, and how strongly.",
    ),
    example="rte-graph project alliance-memberships\n"
    "rte-graph project alliance-memberships --set source --weight newman -o pairs.csv",
)
@argument("name", metavar=text(fr="RÉSEAU", en="NETWORK"))
@option(
    "--set",
    "set_name",
    type=click.Choice(("target", "source")),
    default="target",
    help=text(fr="Ensemble à garder (target par défaut).", en="Set to keep (target by default)."),
)
@option(
    "--weight",
    "weighting",
    type=click.Choice(("count", "newman", "jaccard", "cosine")),
    default="count",
    help=text(
        fr="Poids d’une paire : nombre de voisins communs (par défaut), Newman, Jaccard ou cosinus.",
        en="Weight of a pair: number of shared neighbours (the default), Newman, Jaccard or cosine.",
    ),
)
@top_option(
    fr="Les N paires les plus fortes, et leurs ex æquo.", en="The N strongest pairs, and those that tie."
)
@exclude_option
@network_options
@format_option(*FORMATS)
@output_option
def project(
    session: Session,
    name: str,
    set_name: SetName,
    weighting: Weighting,
    top: int | None,
    exclude: tuple[str, ...],
    asked: Asked,
    form: str | None,
    output: Path | None,
) -> None:
    """Write the pairs."""
    from rte_graph.network.hubs import check_top
    from rte_graph.network.measures.projection import project as projected
    from rte_graph.network.projection_table import format_projection
    from rte_graph.network.tables import format_of

    check_top(top)
    form = format_of(form, output)
    network = without_nodes(session, asked.read(session, name).network, exclude)
    found = projected(network, set_name, weighting)
    session.emit(format_projection(found, weighting, lang=session.lang, output=form, top=top), output)
