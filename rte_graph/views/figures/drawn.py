"""From a network or a saved query to a figure in a file: the one module here that reads the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rte_graph.errors import UsageError
from rte_graph.network.wording import Text
from rte_graph.views.figures.frame import Figure, compose

if TYPE_CHECKING:
    from rte_graph.network.model import Network, SetName
    from rte_graph.sparql.model import Library, SavedQuery
    from rte_graph.store.base import Store
    from rte_graph.views.page_model import PageNetwork

KINDS = ("network", "matrix", "hubs", "coverage", "grid")
FORMS = (".svg", ".pdf", ".png")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked of a figure: its kind, its width in points, and what some kinds need besides.

    ``measure`` sets the sizes of a network's shapes and ranks the nodes of a hub chart; ``side`` says
    which set a hub or coverage chart shows, ``top`` how many hubs.
    """

    kind: str = "network"
    width: float
    lang: str = "fr"
    measure: str | None = None
    side: SetName | None = None
    top: int = 10
    seed: int = 1
    captioned: bool = True


def figure_of(store: Store, library: Library, network: Network, wish: Wish) -> Figure:
    """Return the figure of a network.

    Raises
    ------
    UsageError
        If that kind of figure does not go with the network.
    """
    from rte_graph.views.page_build import page_from_network

    page = page_from_network(store, library, network, facts=False)
    if wish.kind == "matrix":
        from rte_graph.views.figures.matrix import matrix_figure

        return matrix_figure(page, wish.width, lang=wish.lang, nestedness=_nestedness(network))
    if wish.kind == "hubs":
        return _hubs(network, page, wish)
    if wish.kind == "coverage":
        from rte_graph.views.figures.coverage import coverage_figure

        side: SetName = wish.side or "target"
        shares = _coverage(network) if side == "target" and network.mode == "two-mode" else None
        return coverage_figure(page, wish.width, lang=wish.lang, side=side, coverage=shares)
    if wish.kind == "grid":
        raise UsageError(
            fr=f"La figure « grid » montre une requête, non un réseau comme « {network.name} » : essayez "
            "rte-graph draw domains-by-dimension -o grille.pdf",
            en=f"The figure “grid” shows a query, not a network like “{network.name}”: try "
            "rte-graph draw domains-by-dimension -o grid.pdf",
        )
    from rte_graph.views.draw import sized_by
    from rte_graph.views.figures.network import network_figure

    page = sized_by(page, wish.measure)
    return network_figure(page, wish.width, lang=wish.lang, size_by=wish.measure, seed=wish.seed)


def _hubs(network: Network, page: PageNetwork, wish: Wish) -> Figure:
    from rte_graph.network.robustness_values import value_intervals
    from rte_graph.views.figures.hubs import hubs_figure

    side: SetName = wish.side or ("target" if network.mode == "two-mode" else "source")
    found = value_intervals(network, wish.measure or "degree", side, seed=wish.seed, top=wish.top)
    return hubs_figure(page, found, wish.width, lang=wish.lang, top=wish.top)


def _nestedness(network: Network) -> float | None:
    from rte_graph.network.measures import measure_named

    if network.mode != "two-mode" or not network.edges:
        return None
    value: float | None = measure_named("nestedness").function(network).value
    return value


def _coverage(network: Network) -> Mapping[str, float | None]:
    from rte_graph.network.overlap import coverage_of

    rows = (coverage_of(network, target) for target in network.positions("target"))
    return {row.alliance.iri: row.coverage for row in rows}


def query_figure(store: Store, query: SavedQuery, wish: Wish) -> Figure:
    """Return the grid of a saved query that is no network, run with its defaults.

    Raises
    ------
    UsageError
        If another kind is asked for, or the query does not give a grid.
    """
    from rte_graph.sparql.engine import default_values, run_query
    from rte_graph.views.figures.grid import grid_figure, grid_of

    if wish.kind != "grid":
        raise UsageError(
            fr=f"« {query.name} » est une requête, non un réseau : sa figure est --figure grid.",
            en=f"“{query.name}” is a query, not a network: its figure is --figure grid.",
        )
    table = run_query(store, query, default_values(query), wish.lang)
    return grid_figure(grid_of(query, table, _credits(store, query)), wish.width, lang=wish.lang)


def _credits(store: Store, query: SavedQuery) -> Text:
    from rte_graph.network.lineage import SOFTWARE, data_hash
    from rte_graph.views.page_texts import data_version, licence_name

    version, licences = data_version(store)
    data = f"{version} ({data_hash(store)[:12]})".strip()
    names = ", ".join(licence_name(address) for address in licences)
    return Text(
        fr=f"RTE, requête « {query.name} », données {data}, {SOFTWARE} · {names or 'licence non indiquée'}.",
        en=f"RTE, query “{query.name}”, data {data}, {SOFTWARE} · {names or 'licence not stated'}.",
    )


def written(figure: Figure, wish: Wish, suffix: str) -> str | bytes:
    """Return the figure as the content of a file: SVG needs nothing, PDF and PNG matplotlib."""
    sheet = compose(figure, wish.width, lang=wish.lang, captioned=wish.captioned)
    if suffix.lower() == ".svg":
        from rte_graph.views.figures.vector import to_svg

        return to_svg(sheet)
    from rte_graph.views.figures.printing import to_print

    return to_print(sheet, suffix.lower().lstrip("."))


def check_form(suffix: str) -> None:
    """Refuse, before anything is computed, a form that is no figure's, or that matplotlib must write."""
    if suffix.lower() not in FORMS:
        raise UsageError(
            fr=f"Une figure s’écrit en {', '.join(FORMS)} : donnez à -o un nom qui finit ainsi.",
            en=f"A figure is written as {', '.join(FORMS)}: give -o a name that ends so.",
        )
    if suffix.lower() != ".svg":
        from rte_graph.views.figures.printing import check_matplotlib

        check_matplotlib()
