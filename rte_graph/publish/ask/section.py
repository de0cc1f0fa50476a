"""The files of the query page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rte_graph.network.wording import Text, whole
from rte_graph.publish.ask import data
from rte_graph.publish.ask.alone import alone_page
from rte_graph.publish.ask.map_base import map_script
from rte_graph.publish.ask.page import POLICY, library, page_script, sheet
from rte_graph.publish.ask.payload import payload_script
from rte_graph.publish.model import Page, Site, relative
from rte_graph.publish.shell import HeadLink, html, render

FOLDER = "assets/ask/"
TEXTS: dict[str, Text] = {
    "title": Text(fr="Interroger le graphe", en="Ask the graph"),
    "description": Text(
        fr="Posez vos questions aux données dans cette page, en choisissant des valeurs ou en SPARQL : rien "
        "n’est envoyé.",
        en="Ask the data your questions in this page, by choosing values or in SPARQL: nothing is sent.",
    ),
    "list": Text(fr="Questions prêtes", en="Ready-made questions"),
    "query": Text(fr="Requête et réponse", en="Query and answer"),
    "alone": Text(fr="Cette page en un fichier", en="This page as one file"),
    "alone_note": Text(fr="({size} Mo, sans réseau)", en="({size} MB, no network)"),
    "no_script": Text(
        fr="Sans JavaScript, cette page ne peut rien chercher. Les questions ont chacune leur page avec la "
        "réponse, et les données entières se téléchargent.",
        en="Without JavaScript this page cannot search. Each question has its own page with the answer, and "
        "the whole data can be downloaded.",
    ),
    "large": Text(
        fr="Ces données ont {count} triplets : trop pour être interrogées dans une page, qui en prend {most} "
        "au plus. Les réponses aux questions sont déjà calculées, et les données entières se téléchargent.",
        en="These data have {count} triples: too many to be queried in a page, which takes {most} at most. "
        "The answers to the questions are computed already, and the whole data can be downloaded.",
    ),
    "to_queries": Text(fr="Les questions et leurs réponses", en="The questions and their answers"),
    "to_dumps": Text(fr="Les données entières", en="The whole data"),
}


def ask_pages(site: Site) -> Iterator[Page]:
    """Yield the query page in each language, with its scripts and data where they are few enough."""
    count = data.triple_count(site.store)
    if count > data.MOST_TRIPLES:
        for lang in site.config.languages:
            yield _page(site, lang, large=_too_large(count, lang))
        return
    held = {each.path.removeprefix(FOLDER): each.content for each in shared_files(site)}
    for name, content in held.items():
        yield Page(path=f"{FOLDER}{name}", content=content)
    for lang in site.config.languages:
        alone = Page(
            path=site.named("ask-alone", lang),
            content=alone_page(site, lang, _body(site, lang, site.named("ask-alone", lang)), held),
        )
        yield alone
        yield _page(site, lang, alone=alone)


def shared_files(site: Site) -> Iterator[Page]:
    """Yield what the page loads, which saved queries' pages load too."""
    from rte_graph.views.page_shell import read_asset

    files = {
        "engine.js": data.engine_script(),
        "data.js": data.data_script(site.store),
        "editor.js": library("ask-editor.min.js"),
        "explain.js": library("ask-words.min.js"),
        "page.js": page_script(),
        "map.js": map_script(site.store),
        "try.js": read_asset("ask/try.js"),
        "page.css": sheet(),
        **{f"queries.{lang}.js": payload_script(site, lang) for lang in site.config.languages},
    }
    for name, content in files.items():
        yield Page(path=f"{FOLDER}{name}", content=content.encode())


def _too_large(count: int, lang: str) -> str:
    text = TEXTS["large"].in_language(lang)
    return text.format(count=whole(count, lang), most=whole(data.MOST_TRIPLES, lang))


def _page(site: Site, lang: str, *, alone: Page | None = None, large: str = "") -> Page:
    path = site.named("ask", lang)
    head = () if large else (HeadLink(rel="stylesheet", href=relative(f"{FOLDER}page.css", path)),)
    return Page(
        path=path,
        content=html(
            site,
            path=path,
            lang=lang,
            title=TEXTS["title"].in_language(lang),
            description=TEXTS["description"].in_language(lang),
            body=_body(site, lang, path, alone=alone, large=large, scripts=("page.js",)),
            section="ask",
            head=head,
            policy=POLICY,
        ),
    )


def _body(site: Site, lang: str, path: str, **told: Any) -> Any:
    from rte_graph.sparql.wording import number

    values: Mapping[str, Any] = {"alone": None, "large": "", "scripts": ()} | told
    alone = values["alone"]
    words = {name: text.in_language(lang) for name, text in TEXTS.items()}
    if alone is not None:
        size = number(f"{len(alone.content) / 1e6:.1f}", lang)
        words["alone_note"] = words["alone_note"].format(size=size)
    return render(
        "ask.html",
        words=words,
        large=values["large"],
        alone=relative(alone.path, path) if alone is not None else "",
        scripts=[relative(f"{FOLDER}{name}", path) for name in values["scripts"]],
        queries=relative(site.named("queries/index", lang), path),
        dumps=relative(site.named("catalogue/index", lang), path),
    )
