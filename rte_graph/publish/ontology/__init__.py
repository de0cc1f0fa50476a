"""The ontology in the site: its reference, a page a concept scheme, files for machines."""

from __future__ import annotations

from collections.abc import Iterator

from rte_graph.publish.model import Page, Site


def pages(site: Site) -> Iterator[Page]:
    """Yield the ontology's pages and files: of the one that comes with the package."""
    from rte_graph.publish.ontology.reading import packaged
    from rte_graph.publish.ontology.section import ontology_pages

    yield from ontology_pages(site, packaged())
