"""``rte-graph communities``: which nodes of a network have more ties among them than chance would give."""

from __future__ import annotations

from pathlib import Path

from rte_graph.cli.asked import Asked, network_options
from rte_graph.cli.common import Session, argument, command, format_option, option, output_option, text
from rte_graph.cli.ranked import exclude_option, seed_option, without_nodes

FORMATS = ("table", "csv", "json", "markdown")


@command(
    "communities",
    help=text(
        fr="Partager un réseau en communautés : les membres de chacune et la modularité du partage.",
        en="Split a network into communities: the members of each, and the modularity of the split.",
    ),
    example="rte-graph communities alliance-memberships\n"
    "rte-graph communities initiative-participations --seed 2 -o communities.csv",
)
@argument("name", metavar=text(fr="RÉSEAU", en="NETWORK"))
@option(
    "--starts",
    type=int,
    metavar="N",
    help=text(
        fr="Nombre de départs, dont le meilleur est gardé (50 par défaut, moins pour un grand réseau).",
        en="Number of starts, the best of which is kept (50 by default, fewer for a large network).",
    ),
)
@exclude_option
@seed_option
@network_options
@format_option(*FORMATS)
@output_option
def communities(
    session: Session,
    name: str,
    starts: int | None,
    exclude: tuple[str, ...],
    seed: int,
    asked: Asked,
    form: str | None,
    output: Path | None,
) -> None:
    """Write the communities."""
    from rte_graph.network.communities_table import find_communities, format_communities
    from rte_graph.network.tables import format_of

    form = format_of(form, output)
    network = without_nodes(session, asked.read(session, name).network, exclude)
    found = find_communities(network, seed, starts)
    session.emit(format_communities(found, lang=session.lang, output=form), output)
