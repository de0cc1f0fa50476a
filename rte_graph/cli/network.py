"""``rte-graph network``: which networks there are, and what each looks like."""

from __future__ import annotations

from pathlib import Path

from rte_graph.cli.asked import Asked, network_options
from rte_graph.cli.common import (
    Session,
    argument,
    command,
    format_option,
    group,
    output_option,
    text,
)

FORMATS = ("table", "csv", "json", "markdown")


@group(
    "network",
    help=text(
        fr="Lister et montrer les réseaux et les mesures.", en="List and show the networks and measures."
    ),
    example="rte-graph network list\nrte-graph network show alliance-memberships\nrte-graph network measures",
)
def network(session: Session) -> None:
    """Answer with one of the verbs."""


_format = format_option(*FORMATS)


@command(
    "list",
    help=text(
        fr="Lister les réseaux que les requêtes enregistrées décrivent.",
        en="List the networks that the saved queries describe.",
    ),
    example="rte-graph network list",
    parent=network,
)
@_format
@output_option
def list_networks(session: Session, form: str | None, output: Path | None) -> None:
    """Write the list."""
    from rte_graph.network.overview import format_list
    from rte_graph.network.tables import format_of

    session.emit(format_list(session.library, lang=session.lang, output=format_of(form, output)), output)


@command(
    "measures",
    help=text(
        fr="Lister les mesures du registre : ce qu’elles rendent, pour quels réseaux, dans quelle étendue.",
        en="List the measures of the register: what they give, for which networks, within which range.",
    ),
    example="rte-graph network measures\nrte-graph network measures -o measures.csv",
    parent=network,
)
@_format
@output_option
def list_measures(session: Session, form: str | None, output: Path | None) -> None:
    """Write the list."""
    from rte_graph.network.catalogue import format_measures
    from rte_graph.network.tables import format_of

    session.emit(format_measures(lang=session.lang, output=format_of(form, output)), output)


@command(
    "show",
    help=text(
        fr="Montrer un réseau : ensembles, tailles, densité, composantes, communautés, nœuds isolés, "
        "requête, mesures du réseau entier et mesures possibles.",
        en="Show a network: sets, sizes, density, components, communities, isolates, query, measures of the "
        "whole network and measures that it accepts.",
    ),
    example="rte-graph network show alliance-memberships",
    parent=network,
)
@argument("name", metavar=text(fr="RÉSEAU", en="NETWORK"))
@network_options
@_format
@output_option
def show_network(session: Session, name: str, asked: Asked, form: str | None, output: Path | None) -> None:
    """Write what the network looks like."""
    from rte_graph.network.overview import format_overview
    from rte_graph.network.tables import format_of

    found = asked.read(session, name).network
    session.emit(
        format_overview(found, session.library.get(name), lang=session.lang, output=format_of(form, output)),
        output,
    )
