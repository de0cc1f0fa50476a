"""The page « changes since the last edition », and what came and went as two files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rte_graph.network.wording import Text
from rte_graph.publish.model import Page, relative
from rte_graph.publish.twins import published_triples

if TYPE_CHECKING:
    from rte_graph.publish.difference import Difference
    from rte_graph.publish.model import Site

ADDED, REMOVED = "dumps/changes-added.ttl", "dumps/changes-removed.ttl"
MOST = 500
"""So many resources of one sort and fate stand on the page; the files have all."""

TITLE = Text(fr="Changements depuis la dernière édition", en="Changes since the last edition")
NONE = Text(
    fr="Cette édition n’a pas été comparée à une édition précédente.",
    en="This edition was not compared with a previous one.",
)
HOW = Text(
    fr="Quand elle l’est, cette page dit ce qui est venu, parti ou changé, et le donne en deux fichiers.",
    en="Where it is, this page says what came, went or changed, and gives it as two files.",
)
FILES = {
    ADDED: Text(fr="Triplets en plus (Turtle)", en="Triples added (Turtle)"),
    REMOVED: Text(fr="Triplets en moins (Turtle)", en="Triples removed (Turtle)"),
}


def pages(site: Site) -> Iterator[Page]:
    """Yield the page in each language, and the files where there is a previous edition."""
    if site.previous is None:
        for lang in site.config.languages:
            yield _without(site, lang)
        return
    from rte_graph.publish.difference import compare_stores
    from rte_graph.rdf_io import format_turtle

    found = compare_stores(site.previous, site.store)
    for path, triples in ((ADDED, found.added), (REMOVED, found.removed)) if found else ():
        yield Page(path=path, content=format_turtle(published_triples(site, triples)).encode())
    for lang in site.config.languages:
        yield _with(site, found, lang)


def _without(site: Site, lang: str) -> Page:
    from rte_graph.publish.shell import html, render

    title, path = TITLE.in_language(lang), site.named("changes", lang)
    body = render("changes_none.html", title=title, said=NONE.in_language(lang), how=HOW.in_language(lang))
    content = html(site, path=path, lang=lang, title=title, body=body, section="changes")
    return Page(path=path, content=content)


def _with(site: Site, found: Difference, lang: str) -> Page:
    from rte_graph.publish.change_forms import body, summary
    from rte_graph.publish.changelog import changelog
    from rte_graph.publish.shell import html

    assert site.previous is not None
    log = changelog(found, site.previous, site.store, lang)
    title, path = TITLE.in_language(lang), site.named("changes", lang)
    inner = body(
        log,
        title,
        lambda iri: site.link(iri, at=path, lang=lang),
        most=MOST,
        files=[(relative(file, path), name.in_language(lang)) for file, name in FILES.items() if found],
    )
    content = html(
        site, path=path, lang=lang, title=title, body=inner, description=summary(log), section="changes"
    )
    return Page(path=path, content=content)
