"""``rte-graph overlap``: shared members, coverage, meta-coalitions."""

from __future__ import annotations

from pathlib import Path

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
from rte_graph.cli.ranked import without_nodes

FORMATS = ("table", "csv", "json", "markdown")


@command(
    "overlap",
    help=text(
        fr="Comparer les listes de membres d’un réseau : qui partage, qui réunit les membres des autres, qui "
        "manque.",
        en="Compare the member lists of a network: who shares, who gathers the members of the others, who is "
        "missing.",
    ),
    example="rte-graph overlap alliance-memberships\nrte-graph overlap alliance-memberships --expand degree",
)
@argument("name", metavar=text(fr="RÉSEAU", en="NETWORK"))
@option(
    "--exclude",
    multiple=True,
    metavar=text(fr="NOM", en="NAME"),
    help=text(fr="Comparer sans ce nœud, répétable.", en="Compare without this node, repeatable."),
)
@option(
    "--expand",
    metavar=text(fr="MESURE", en="MEASURE"),
    help=text(
        fr="Comparer aussi membres directs et membres étendus (ceux des alliances membres), et ce que le "
        "rang par cette mesure doit à l’emboîtement.",
        en="Compare direct with expanded members too (those of member alliances), and what the rank by this "
        "measure owes to nesting.",
    ),
)
@network_options
@format_option(*FORMATS)
@output_option
def overlap(
    session: Session,
    name: str,
    exclude: tuple[str, ...],
    expand: str | None,
    asked: Asked,
    form: str | None,
    output: Path | None,
) -> None:
    """Write the comparison."""
    from rte_graph.network.declared import read_declared
    from rte_graph.network.nesting import nesting, read_members
    from rte_graph.network.overlap import overlap as compared
    from rte_graph.network.present import format_overlap
    from rte_graph.network.tables import format_of

    network = without_nodes(session, asked.read(session, name).network, exclude)
    report = compared(network, declared=read_declared(session.store, session.lang))
    nested = None if expand is None else nesting(network, read_members(session.store), expand)
    form = format_of(form, output)
    session.emit(format_overlap(report, lang=session.lang, output=form, nested=nested), output)
