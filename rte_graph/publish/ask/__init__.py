"""The query page: SPARQL in the visitor's browser, with the saved queries as starting points."""

from __future__ import annotations

from collections.abc import Iterator

from rte_graph.publish.model import Page, Site


def pages(site: Site) -> Iterator[Page]:
    """Yield the query page, the same as one file, and their scripts, in each language."""
    from rte_graph.publish.ask.section import ask_pages

    yield from ask_pages(site)
