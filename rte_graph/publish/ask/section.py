"""The files of the query page."""

from __future__ import annotations

from collections.abc import Iterator

from rte_graph.publish.ask import data
from rte_graph.publish.ask.page import page_script, sheet, library
from rte_graph.publish.ask.payload import payload_script
from rte_graph.publish.model import Page, Site


def ask_pages(site: Site) -> Iterator[Page]:
    """Yield the query page in each language, with its scripts and data where they are few enough."""
    if data.fits(site.store):
        yield from shared_files(site)


def shared_files(site: Site) -> Iterator[Page]:
    """Yield what the page loads, which saved queries' pages load too."""
    files = {
        "engine.js": data.engine_script(),
        "data.js": data.data_script(site.store),
        "editor.js": library("ask-editor.min.js"),
        "explain.js": library("ask-words.min.js"),
        "page.js": page_script(),
        "page.css": sheet(),
        **{f"queries.{lang}.js": payload_script(site, lang) for lang in site.config.languages},
    }
    for name, content in files.items():
        yield Page(path=f"assets/ask/{name}", content=content.encode())
