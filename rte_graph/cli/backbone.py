"""``rte-graph backbone``: which pairs share more than their degrees alone would lead to."""

from __future__ import annotations

from pathlib import Path

import click

from rte_graph.cli.asked import Asked, network_options
from rte_graph.cli.common import Session, argument, command, format_option, option, output_option, text
from rte_graph.cli.ranked import NullChoice, exclude_option, null_options, plan_of, without_nodes

FORMATS = ("table", "csv", "json", "markdown")


@command(
    "backbone",
    help=text(
        fr="Dire quelles paires ont plus en commun que leurs degrés n’y mènent (p, q, taille d’effet).",
        en="Say which pairs share more than their degrees would lead to (p, q, effect size).",
    ),
    example="rte-graph backbone alliance-memberships --set source\n"
    "rte-graph backbone alliance-memberships --null expected-degrees",
)
@argument("name", metavar=text(fr="RÉSEAU", en="NETWORK"))
@option(
    "--set",
    "set_name",
    type=click.Choice(("target", "source")),
    default="target",
    help=text(fr="Paires de cet ensemble (target par défaut).", en="Pairs of this set (target by default)."),
)
@option(
    "--draws",
    type=int,
    default=1000,
    metavar="N",
    help=text(
        fr="Nombre de réseaux tirés (1000 par défaut).", en="Number of networks drawn (1000 by default)."
    ),
)
@option(
    "--two-sided",
    is_flag=True,
    help=text(fr="Chercher aussi les paires qui s’évitent.", en="Look for pairs that avoid each other too."),
)
@exclude_option
@null_options
@network_options
@format_option(*FORMATS)
@output_option
def backbone(
    session: Session,
    name: str,
    set_name: str,
    draws: int,
    two_sided: bool,
    exclude: tuple[str, ...],
    seed: int,
    null: NullChoice,
    asked: Asked,
    form: str | None,
    output: Path | None,
) -> None:
    """Write the pairs."""
    from rte_graph.network.backbone_table import format_backbone
    from rte_graph.network.nulls import backbone as tested
    from rte_graph.network.tables import format_of

    form = format_of(form, output)
    plan = plan_of(draws, seed, null, "two-sided" if two_sided else "upper")
    network = without_nodes(session, asked.read(session, name).network, exclude)
    found = tested(network, plan, "source" if set_name == "source" else "target")
    session.emit(format_backbone(found, lang=session.lang, output=form), output)
