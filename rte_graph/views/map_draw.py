"""A map as a page or a picture, by the extension of the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rte_graph.errors import UnknownName, UsageError

if TYPE_CHECKING:
    from rte_graph.views.map_model import MapData

MAPS = (".html", ".svg")


def check_map_name(path: Path) -> None:
    """Refuse file names whose extension says nothing that can be drawn."""
    if path.suffix.lower() in MAPS or str(path) == "-":
        return
    raise UsageError(
        fr=f"On ne sait pas dessiner une carte dans « {path.name} » : donnez un nom en .html (page, qui "
        "exporte aussi en PNG) ou .svg (image).",
        en=f"Cannot draw a map into “{path.name}”: give a name that ends in .html (page, which also exports "
        "PNG) or .svg (picture).",
    )


def at_level(data: MapData, level: str | None) -> MapData:
    """Put a level first: the one that the picture shows.

    Raises
    ------
    UnknownName
        If the query cannot be shown at that level.
    """
    if level is None:
        return data
    if level not in data.levels:
        known = ", ".join(data.levels)
        raise UnknownName(
            fr=f"Cette carte n’a pas d’échelle « {level} » : choisissez {known}.",
            en=f"This map has no scale “{level}”: choose {known}.",
        )
    return replace(data, levels=tuple(sorted(data.levels, key=lambda each: each != level)))


def draw_map(data: MapData, path: Path, *, lang: str = "fr") -> str:
    """Return the page (``.html``, or no name) or the picture (``.svg``) of a map."""
    if path.suffix.lower() == ".svg":
        from rte_graph.views.map_svg import draw_map_svg

        return draw_map_svg(data, lang=lang)
    from rte_graph.views.map_page import draw_map_page

    return draw_map_page(data, lang=lang)
