"""The map of the site for search engines, and ``robots.txt``.

References
----------
Sitemaps XML format, https://www.sitemaps.org/protocol.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from rte_graph.publish.model import Page

if TYPE_CHECKING:
    from rte_graph.publish.model import Site

MOST = 50_000
"""Addresses that one file may hold; more go to several, which ``sitemap.xml`` lists."""
MAP = "sitemap.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_LEFT_OUT = ("404",)


def pages(site: Site) -> Iterator[Page]:
    """Yield ``robots.txt``; the map is written at the end."""
    said = f"User-agent: *\nDisallow:\n\nSitemap: {site.url(MAP)}\n"
    yield Page(path="robots.txt", content=said.encode())


def closing(site: Site, paths: Sequence[str]) -> Iterator[Page]:
    """Yield the map of the pages among some paths."""
    listed = [path for path in paths if path.endswith(".html") and path.partition(".")[0] not in _LEFT_OUT]
    if len(listed) <= MOST:
        yield Page(path=MAP, content=_urls(site, listed))
        return
    names = []
    for start in range(0, len(listed), MOST):
        name = f"sitemap-{start // MOST + 1}.xml"
        names.append(name)
        yield Page(path=name, content=_urls(site, listed[start : start + MOST]))
    entries = "".join(f"<sitemap><loc>{escape(site.url(name))}</loc></sitemap>\n" for name in names)
    index = f"{_HEAD}<sitemapindex {_SPACE}>\n{entries}</sitemapindex>\n"
    yield Page(path=MAP, content=index.encode())


def _urls(site: Site, paths: Sequence[str]) -> bytes:
    day = f"<lastmod>{escape(site.issued)}</lastmod>" if len(site.issued) == 10 else ""
    entries = "".join(f"<url><loc>{escape(site.url(path))}</loc>{day}</url>\n" for path in paths)
    return f"{_HEAD}<urlset {_SPACE}>\n{entries}</urlset>\n".encode()
