"""What the verbs that rank share: nodes left out, chance, the boundary card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import click

from rte_graph.cli.common import Session, option, text

if TYPE_CHECKING:
    from rte_graph.network.beside import Beside
    from rte_graph.network.hubs import HubRow
    from rte_graph.network.model import Network
    from rte_graph.network.nulls import Plan
    from rte_graph.network.wording import Text

NullChoice = Literal["fixed-degrees", "expected-degrees"]
NULLS = ("fixed-degrees", "expected-degrees")

_Function = TypeVar("_Function", bound=Callable[..., Any])

seed_option = option(
    "--seed",
    type=int,
    default=1,
    metavar="N",
    help=text(fr="Graine des tirages (1 par défaut).", en="Seed of the draws (1 by default)."),
)
exclude_option = option(
    "--exclude",
    multiple=True,
    metavar=text(fr="NOM", en="NAME"),
    help=text(fr="Sans ce nœud, répétable.", en="Without this node, repeatable."),
)
_null = option(
    "--null",
    type=click.Choice(NULLS),
    default="fixed-degrees",
    help=text(
        fr="Réseaux au hasard qui gardent les degrés (par défaut), ou qui les gardent en moyenne.",
        en="Random networks that keep the degrees (the default), or that keep them on average.",
    ),
)


def top_option(*, fr: str, en: str) -> Callable[[_Function], _Function]:
    """Add ``--top N`` with this help, given to the function as ``top: int | None``."""
    return option("--top", type=int, metavar="N", help=text(fr=fr, en=en))


def null_options(function: _Function) -> _Function:
    """Add ``--seed`` and ``--null``, given to the function as ``seed: int`` and ``null: NullChoice``."""
    return seed_option(_null(function))


def plan_of(
    draws: int, seed: int, null: NullChoice, alternative: Literal["two-sided", "upper"] = "two-sided"
) -> Plan:
    """Return the plan of a test.

    Raises
    ------
    InvalidParameter
        If the draws are too few for any p, or the seed makes no sense.
    """
    from rte_graph.network.nulls import Plan

    plan = Plan(null=null, draws=draws, seed=seed, alternative=alternative)
    plan.check_resolution()
    return plan


def without_nodes(session: Session, network: Network, names: Sequence[str]) -> Network:
    """Return the network without the nodes that these names mean."""
    from rte_graph.network.find import find_node

    if not network.nodes:
        return network
    return network.without([find_node(network, each, session.store, session.lang).iri for each in names])


def notes_and_boundary(
    session: Session, notes: Sequence[Text], network: Network, rows: Sequence[HubRow]
) -> list[Beside]:
    """Return what was filtered, and the boundary card of the sources that state the network's ties."""
    from rte_graph.network.beside import boundary_beside, notes_beside
    from rte_graph.network.boundary import read_boundaries
    from rte_graph.network.documents import document_of_citations, documents_of_network

    if not rows:
        return []
    stating = documents_of_network(network, document_of_citations(session.store))
    cards = [each for each in read_boundaries(session.store, session.lang) if each.document in stating]
    return [notes_beside(notes, session.lang), boundary_beside(cards, rows, lang=session.lang)]


def side_by_side(
    session: Session, before: Sequence[HubRow], after: Sequence[HubRow], network: Network, top: int | None
) -> Beside:
    """Return the ranks with the excluded nodes and without them."""
    from rte_graph.network.beside import without_beside

    return without_beside(before, after, network, lang=session.lang, top=top)


def against_chance(
    session: Session, network: Network, rows: Sequence[HubRow], plan: Plan, top: int | None
) -> Beside:
    """Return the tests of the ranking's measures."""
    from rte_graph.network.beside import significance_beside, significance_of

    return significance_beside(
        network, rows, significance_of(network, rows, plan), lang=session.lang, top=top
    )
