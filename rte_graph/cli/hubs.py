"""``rte-graph hubs``: rank the nodes of each set of a network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rte_graph.cli.asked import Asked, network_options
from rte_graph.cli.common import (
    Session,
    argument,
    command,
    format_option,
    option,
    output_option,
    text,
)
from rte_graph.cli.ranked import (
    NullChoice,
    against_chance,
    notes_and_boundary,
    null_options,
    plan_of,
    side_by_side,
    without_nodes,
)

if TYPE_CHECKING:
    from rte_graph.network.hubs import HubRow
    from rte_graph.network.model import Network
    from rte_graph.network.nulls import Plan

FORMATS = ("table", "csv", "json", "markdown", "turtle", "jsonld")
LINKED = {".ttl": "turtle", ".jsonld": "jsonld"}
"""Ends of file names that ask for measurements as linked data."""


@command(
    "hubs",
    help=text(
        fr="Classer les nœuds d’un réseau, un classement par ensemble, et dire pourquoi le premier est le "
        "pivot.",
        en="Rank the nodes of a network, one ranking per set, and say why the first is the hub.",
    ),
    example="rte-graph hubs alliance-memberships\n"
    'rte-graph hubs alliance-memberships --exclude "Coalition Solidaire"\n'
    "rte-graph hubs alliance-memberships --by betweenness --significance 1000 --seed 1\n"
    "rte-graph hubs alliance-memberships -o measurements.ttl",
)
@argument("name", metavar=text(fr="RÉSEAU", en="NETWORK"))
@option(
    "--by",
    multiple=True,
    metavar=text(fr="MESURE", en="MEASURE"),
    help=text(
        fr="Mesure, répétable : degree, strength, betweenness, closeness, harmonic-closeness, "
        "eigenvector, pagerank, core, articulation, clustering, redundancy, constraint, "
        "effective-size, brokerage. La première ordonne le tableau.",
        en="Measure, repeatable: degree, strength, betweenness, closeness, harmonic-closeness, "
        "eigenvector, pagerank, core, articulation, clustering, redundancy, constraint, "
        "effective-size, brokerage. The first one orders the table.",
    ),
)
@option(
    "--set",
    "set_name",
    type=click.Choice(("target", "source")),
    help=text(fr="Un seul des deux ensembles.", en="One of the two sets only."),
)
@option(
    "--top",
    type=int,
    metavar="N",
    help=text(fr="Les N premiers rangs.", en="The first N ranks."),
)
@option(
    "--exclude",
    multiple=True,
    metavar=text(fr="NOM", en="NAME"),
    help=text(
        fr="Mesurer sans ce nœud, répétable ; les rangs avec et sans lui sont mis côte à côte.",
        en="Measure without this node, repeatable; ranks with and without it stand side by side.",
    ),
)
@option(
    "--significance",
    type=int,
    metavar=text(fr="TIRAGES", en="DRAWS"),
    help=text(
        fr="Comparer à tant de réseaux au hasard qui ont les mêmes degrés : p, q, taille d’effet, ou "
        "pourquoi il n’y en a pas.",
        en="Compare with so many random networks of the same degrees: p, q, effect size, or why there is "
        "none.",
    ),
)
@null_options
@network_options
@format_option(*FORMATS)
@output_option
def hubs(
    session: Session,
    name: str,
    by: tuple[str, ...],
    set_name: str | None,
    top: int | None,
    exclude: tuple[str, ...],
    significance: int | None,
    seed: int,
    null: NullChoice,
    asked: Asked,
    form: str | None,
    output: Path | None,
) -> None:
    """Write the ranking."""
    from rte_graph.network.declared import read_declared
    from rte_graph.network.hubs import check_top, on_same_measures
    from rte_graph.network.hubs import hubs as ranking
    from rte_graph.network.measures import node_measure
    from rte_graph.network.present import format_hubs
    from rte_graph.network.sentences import empty_sentence
    from rte_graph.network.tables import format_of

    check_top(top)
    for measure in by:
        node_measure(measure)
    form = form or LINKED.get(output.suffix.lower() if output else "") or format_of(form, output)
    plan = None if significance is None else plan_of(significance, seed, null)
    found = asked.read(session, name)
    network = without_nodes(session, found.network, exclude)
    rows = ranking(network, by or None, set_name)
    if not rows and form != "table":
        session.say(fr=empty_sentence(network, "fr"), en=empty_sentence(network, "en"))
    if form in LINKED.values():
        session.emit(_measurements(session, network, rows, form, top, plan), output)
        return
    beside = notes_and_boundary(session, found.notes, network, rows)
    if rows and exclude:
        before, after = on_same_measures(found.network, network, by, set_name)
        beside.append(side_by_side(session, before, after, network, top))
    if rows and plan:
        beside.append(against_chance(session, network, rows, plan, top))
    declared = read_declared(session.store, session.lang)
    content = format_hubs(network, rows, declared, lang=session.lang, output=form, top=top, beside=beside)
    session.emit(content, output)


def _measurements(
    session: Session,
    network: Network,
    rows: Sequence[HubRow],
    form: str,
    top: int | None,
    plan: Plan | None,
) -> str:
    from rte_graph.network.beside import significance_of
    from rte_graph.network.measurements import computation_of, format_measurements

    tests = significance_of(network, rows, plan) if rows and plan else None
    made = computation_of(session.store, session.library, network, rows, tests=tests)
    kept = [row for row in rows if top is None or row.rank <= top]
    return format_measurements(network, kept, made, form, tests=tests)
