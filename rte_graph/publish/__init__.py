"""A linked-data site of static files: pages for people, their twins for machines, a catalogue.

Each section is a function of a `Site` that yields `Page`s one by one, so that memory does not grow with the
graph: resources, browsing, saved queries, networks, ontology, catalogue, dumps, redirects.
"""

from __future__ import annotations

from rte_graph.publish.model import Page, Resource, Site, SiteConfig

__all__ = ["Page", "Resource", "Site", "SiteConfig"]
