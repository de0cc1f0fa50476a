"""The map of the site: initiatives by territory, one page a language, or none where nothing has a place."""

from __future__ import annotations

from collections.abc import Iterator

from rte_graph.errors import RteError
from rte_graph.publish.model import Page, Site


def pages(site: Site) -> Iterator[Page]:
    """Yield ``map.html`` in each language; the page works alone, as those of the networks do."""
    from rte_graph.views.map_build import DEFAULT_QUERY, build_map
    from rte_graph.views.map_page import draw_map_page

    if DEFAULT_QUERY not in site.library.queries:
        return
    try:
        data = build_map(site.store, site.library, DEFAULT_QUERY, {})
    except RteError:
        # Data without a territory that the map knows: there is nothing to draw.
        return
    for lang in site.config.languages:
        yield Page(path=site.named("map", lang), content=draw_map_page(data, lang=lang).encode())
