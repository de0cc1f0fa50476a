"""``rte-graph compare``: two networks, or one network in two stores, side by side."""

from __future__ import annotations

from pathlib import Path

from rte_graph.cli.asked import Asked, network_options
from rte_graph.cli.common import Session, argument, command, format_option, option, output_option, text

FORMATS = ("table", "csv", "json", "markdown")


@command(
    "compare",
    help=text(
        fr="Mettre deux réseaux côte à côte, ou un réseau dans deux bases (deux éditions).",
        en="Put two networks side by side, or one network in two stores (two editions).",
    ),
    example="rte-graph compare initiative-participations territory-actors\n"
    "rte-graph compare alliance-memberships --with new.ttl",
)
@argument("name", metavar=text(fr="RÉSEAU", en="NETWORK"))
@argument("other", metavar=text(fr="AUTRE", en="OTHER"), required=False)
@option(
    "--with",
    "edition",
    metavar=text(fr="CHEMIN|URL", en="PATH|URL"),
    help=text(
        fr="Base du second réseau : fichier ou dossier Turtle, dossier de base, ou URL.",
        en="Store of the second network: Turtle file or folder, store folder, or URL.",
    ),
)
@option(
    "--by",
    default="degree",
    metavar=text(fr="MESURE", en="MEASURE"),
    help=text(fr="Mesure qui classe (degree par défaut).", en="Measure that ranks (degree by default)."),
)
@option("--top", type=int, metavar="N", help=text(fr="Les N premiers rangs.", en="The first N ranks."))
@network_options
@format_option(*FORMATS)
@output_option
def compare(
    session: Session,
    name: str,
    other: str | None,
    edition: str | None,
    by: str,
    top: int | None,
    asked: Asked,
    form: str | None,
    output: Path | None,
) -> None:
    """Write the comparison."""
    from rte_graph.errors import MissingParameter
    from rte_graph.loading import store_from
    from rte_graph.network.compare import compare_networks, format_compared
    from rte_graph.network.hubs import check_top
    from rte_graph.network.measures import node_measure
    from rte_graph.network.tables import format_of

    check_top(top)
    node_measure(by)
    form = format_of(form, output)
    if other is None and edition is None:
        raise MissingParameter(
            fr="Dites à quoi le comparer : un autre réseau, ou une autre base avec --with.",
            en="Say what to compare it with: another network, or another store with --with.",
        )
    first = asked.read(session, name).network
    store = session.store if edition is None else store_from(edition)
    try:
        second = asked.read(session, other or name, store=store).network
    finally:
        if store is not session.store:
            store.close()
    names = (first.full_name, f"{second.full_name}{'' if edition is None else f' ({edition})'}")
    found = compare_networks(first, second, by, names)
    session.emit(format_compared(found, lang=session.lang, output=form, top=top), output)
