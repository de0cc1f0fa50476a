"""The map of the site: initiatives by territory, one page a language, or none where nothing has a place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rte_graph.publish.model import Page, Site, local_links, relative
from rte_graph.publish.places import place_book, site_map

if TYPE_CHECKING:
    from rte_graph.views.map_model import MapData


def pages(site: Site) -> Iterator[Page]:
    """Yield ``map.html`` in each language; the page works alone, as those of the networks do."""
    from rte_graph.views.map_page import draw_map_page

    data = site_map(site)
    if data is None:
        return
    for lang in site.config.languages:
        path = site.named("map", lang)
        home = relative(site.named("index", lang), path), site.config.title.in_language(lang)
        drawn = draw_map_page(data, lang=lang, pages=_links(site, data, path, lang), home=home)
        yield Page(path=path, content=drawn.encode())


def _links(site: Site, data: MapData, path: str, lang: str) -> dict[str, str]:
    """Return where the pages of entries, places and whole areas are."""
    entries, places = (each.iri for each in data.entries), (each.iri for each in data.places)
    areas = {
        f"{place.level}-{place.area(place.level)}": iri
        for iri, place in place_book(site).places.items()
        if place.level and place.area(place.level)
    }
    links = local_links(site, [*entries, *places, *areas.values()], path, lang)
    return links | {key: links[iri] for key, iri in areas.items()}
