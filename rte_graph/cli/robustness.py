"""``rte-graph robustness``: how much of a ranking stays when ties are missing."""

from __future__ import annotations

from pathlib import Path

from rte_graph.cli.asked import Asked, network_options
from rte_graph.cli.common import Session, argument, command, format_option, option, output_option, text
from rte_graph.cli.ranked import seed_option, without_nodes

FORMATS = ("table", "csv", "json", "markdown", "svg")


@command(
    "robustness",
    help=text(
        fr="Dire ce qui reste des premiers rangs quand manquent des liens au hasard, une liste, une source.",
        en="Say what stays of the first ranks when ties are missing: at random, one list, one source.",
    ),
    example="rte-graph robustness alliance-memberships --by betweenness\n"
    "rte-graph robustness alliance-memberships -o robustness.svg",
)
@argument("name", metavar=text(fr="RÉSEAU", en="NETWORK"))
@option(
    "--by",
    default="degree",
    metavar=text(fr="MESURE", en="MEASURE"),
    help=text(fr="Mesure qui classe (degree par défaut).", en="Measure that ranks (degree by default)."),
)
@option(
    "--missing",
    type=float,
    multiple=True,
    metavar="%",
    help=text(
        fr="Part des liens qui manque, en pour cent, répétable (5, 10, 20, 30 par défaut).",
        en="Share of the ties that is missing, in per cent, repeatable (5, 10, 20, 30 by default).",
    ),
)
@option(
    "--draws",
    type=int,
    default=200,
    metavar="N",
    help=text(fr="Nombre de tirages (200 par défaut).", en="Number of draws (200 by default)."),
)
@option(
    "--top",
    type=int,
    default=10,
    metavar="N",
    help=text(fr="Les N premiers rangs (10 par défaut).", en="The first N ranks (10 by default)."),
)
@option(
    "--exclude",
    multiple=True,
    metavar=text(fr="NOM", en="NAME"),
    help=text(fr="Sans ce nœud, répétable.", en="Without this node, repeatable."),
)
@seed_option
@network_options
@format_option(*FORMATS)
@output_option
def robustness(
    session: Session,
    name: str,
    by: str,
    missing: tuple[float, ...],
    draws: int,
    top: int,
    exclude: tuple[str, ...],
    seed: int,
    asked: Asked,
    form: str | None,
    output: Path | None,
) -> None:
    """Write the card."""
    from rte_graph.network.documents import stated_alone
    from rte_graph.network.robustness import SHARES
    from rte_graph.network.robustness import robustness as tried
    from rte_graph.network.robustness_card import format_robustness
    from rte_graph.network.tables import format_of

    picture = form is None and output is not None and output.suffix.lower() == ".svg"
    form = "svg" if picture else format_of(form, output)
    network = without_nodes(session, asked.read(session, name).network, exclude)
    card = tried(
        network,
        by,
        shares=[percent / 100 for percent in missing] or SHARES,
        draws=draws,
        seed=seed,
        top=top,
        sources=stated_alone(network, session.store, session.lang),
    )
    session.emit(format_robustness(card, lang=session.lang, output=form), output)
