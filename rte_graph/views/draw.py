"""A network as a page or a picture, by the extension of the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rte_graph.errors import UnknownName, UsageError

if TYPE_CHECKING:
    from rte_graph.views.page_model import PageNetwork

PICTURES = (".html", ".svg")


def check_picture_name(path: Path) -> None:
    """Refuse file names whose extension says nothing that can be drawn."""
    if path.suffix.lower() in PICTURES or str(path) == "-":
        return
    raise UsageError(
        fr=f"On ne sait pas dessiner dans «\u00a0{path.name}\u00a0»\u00a0: donnez un nom en .html (page) ou "
        ".svg (image).",
        en=f"Cannot draw into “{path.name}”: give a name that ends in .html (page) or .svg (picture).",
    )


def draw_network(
    network: PageNetwork, path: Path, *, lang: str = "fr", size_by: str | None = None, seed: int = 1
) -> str:
    """Return the page (``.html``, or no name) or the picture (``.svg``) of a network."""
    network = sized_by(network, size_by)
    if path.suffix.lower() == ".svg":
        from rte_graph.views.layout import compute_layout, problem_of
        from rte_graph.views.picture import draw_svg

        return draw_svg(network, compute_layout(problem_of(network), seed=seed), lang=lang)
    from rte_graph.views.network_page import draw_page

    return draw_page(network, lang=lang, seed=seed)


def sized_by(network: PageNetwork, measure: str | None) -> PageNetwork:
    """Put a measure first: the first one sets the sizes until the reader chooses another."""
    if measure is None:
        return network
    names = [m.name for m in network.measures]
    if measure not in names:
        known = ", ".join(names)
        raise UnknownName(
            fr=f"«\u00a0{measure}\u00a0» n’est pas une mesure de ce réseau\u00a0: choisissez {known}.",
            en=f"“{measure}” is not a measure of this network: choose {known}.",
        )
    ordered = sorted(network.measures, key=lambda m: m.name != measure)
    return replace(network, measures=tuple(ordered))
