"""``rte-graph brokerage``: who stands between nodes that are not tied, by type, and how the types mix."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rte_graph.cli.asked import Asked, network_options
from rte_graph.cli.common import Session, argument, command, format_option, option, output_option, text
from rte_graph.cli.ranked import exclude_option, top_option, without_nodes

if TYPE_CHECKING:
    from rte_graph.network.model import Network, SetName

FORMATS = ("table", "csv", "json", "markdown")


@command(
    "brokerage",
    help=text(
        fr="Dire qui relie des nœuds qui ne le sont pas, selon leurs types (Gould & Fernandez), et si les "
        "liens restent dans les types (indice E-I).",
        en="Say who joins nodes that are not tied, by their types (Gould & Fernandez), and whether ties stay "
        "within types (E-I index).",
    ),
    example="rte-graph brokerage co-participation\n"
    "rte-graph brokerage alliance-memberships --project source --top 5",
)
@argument("name", metavar=text(fr="RÉSEAU", en="NETWORK"))
@option(
    "--project",
    "set_name",
    type=click.Choice(("target", "source")),
    help=text(
        fr="Projeter d’abord un réseau bimodal sur cet ensemble.",
        en="Project a two-mode network onto this set first.",
    ),
)
@top_option(fr="Les N premiers rangs.", en="The first N ranks.")
@exclude_option
@network_options
@format_option(*FORMATS)
@output_option
def brokerage(
    session: Session,
    name: str,
    set_name: SetName | None,
    top: int | None,
    exclude: tuple[str, ...],
    asked: Asked,
    form: str | None,
    output: Path | None,
) -> None:
    """Write the brokers."""
    from rte_graph.network.brokerage_table import find_brokers, format_brokers
    from rte_graph.network.hubs import check_top
    from rte_graph.network.tables import format_of

    check_top(top)
    form = format_of(form, output)
    network = without_nodes(session, asked.read(session, name).network, exclude)
    found = find_brokers(_one_mode(network, set_name))
    session.emit(format_brokers(found, lang=session.lang, output=form, top=top), output)


def _one_mode(network: Network, set_name: SetName | None) -> Network:
    from rte_graph.errors import MissingParameter
    from rte_graph.network.measures.projection import project

    if set_name is not None:
        return project(network, set_name)
    if network.mode == "two-mode":
        raise MissingParameter(
            fr=f"« {network.name} » a deux ensembles : dites sur lequel le projeter, --project source ou "
            "--project target.",
            en=f"“{network.name}” has two sets: say onto which to project it, --project source or --project "
            "target.",
        )
    return network
