"""The networks: a page each with picture, ranking and files, and the page of ``rte-graph draw``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rte_graph.network.wording import Text, decimal, whole
from rte_graph.publish.model import Page, Site, local_links, relative
from rte_graph.publish.passages import with_queries
from rte_graph.publish.shell import html, render, titled
from rte_graph.publish.standings import MOST_NODES, QUICK
from rte_graph.sparql.wording import one_line

if TYPE_CHECKING:
    from markupsafe import Markup

    from rte_graph.network.hubs import HubRow
    from rte_graph.network.model import Network

MOST_DRAWN = 800
"""Beyond so many nodes nothing could be read: the ranking is given without a picture."""
MOST_RANKED = 400
FILES = ("gexf", "graphml", "csv", "json")

TEXTS: dict[str, Text] = {
    "title": Text(fr="Réseaux", en="Networks"),
    "one": Text(fr="Réseau", en="Network"),
    "lead": Text(
        fr="Chaque réseau est une requête enregistrée : ce qu’elle renvoie est dessiné, mesuré et donné "
        "en fichiers.",
        en="Each network is a saved query: what it gives is drawn, measured and handed over as files.",
    ),
    "open": Text(fr="Explorer le réseau", en="Explore the network"),
    "query": Text(fr="La requête", en="The query"),
    "files": Text(fr="Fichiers", en="Files"),
    "ranking": Text(fr="Classement", en="Ranking"),
    "note": Text(
        fr="Valeur, puis rang entre parenthèses. Les rangs comparent les nœuds d’un même ensemble.",
        en="Value, then rank in parentheses. Ranks compare the nodes of one set.",
    ),
    "name": Text(fr="Nom", en="Name"),
    "definitions": Text(fr="Ce que disent les mesures", en="What the measures say"),
    "more": Text(fr="Et {count} autres, dans les fichiers.", en="And {count} more, in the files."),
    "empty": Text(
        fr="Ces données n’ont rien pour ce réseau.", en="These data have nothing for this network."
    ),
    "large": Text(
        fr="Ce réseau est trop grand pour être dessiné ici ; la requête le donne lien par lien.",
        en="This network is too large to be drawn here; the query gives it tie by tie.",
    ),
    "untied": Text(
        fr="Aucun lien dans ces données : elles nomment les nœuds, rien ne les relie.",
        en="No tie in these data: they name the nodes, nothing joins them.",
    ),
    "picture": Text(fr="Le réseau, dessiné", en="The network, drawn"),
}

LEVELS: dict[str, Text] = {
    "instance": Text(fr="organisation", en="organisation"),
    "family": Text(fr="famille", en="family"),
}
"""What readers call the values that commands take for the level of a network."""
_DESCRIBED = re.compile(r"(<desc\b[^>]*>)([^<]*)")
_QUOTED = re.compile(rf"(«\s|“)({'|'.join(LEVELS)})(\s»|”)")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A network with its rows of ranks."""

    network: Network
    rows: tuple[HubRow, ...]

    @property
    def is_lopsided(self) -> bool:
        """Whether it has two sets and one of them is empty: there is nothing to see."""
        network = self.network
        return network.mode == "two-mode" and not (network.source_count and network.target_count)


def read_network(site: Site, name: str) -> Drawn:
    """Read a network and rank its nodes, once; large ones by what counts ties only."""
    return site.once(f"network {name}", lambda: _read(site, name))


def _read(site: Site, name: str) -> Drawn:
    from rte_graph.network.build import build_network
    from rte_graph.network.hubs import hubs

    network = build_network(site.store, site.library, name)
    measures = QUICK if len(network.nodes) > MOST_NODES and network.mode != "multi" else None
    return Drawn(network, hubs(network, measures) if network.nodes else ())


def pages(site: Site) -> Iterator[Page]:
    """Yield the pages and the files of every network of the library."""
    cards: dict[str, list[dict[str, Any]]] = {lang: [] for lang in site.config.languages}
    for query in site.library.networks():
        drawn = read_network(site, query.name)
        for lang in site.config.languages:
            if not drawn.is_lopsided:
                cards[lang].append(_card(site, drawn, lang))
        yield from _network_pages(site, drawn)
    for lang in site.config.languages:
        path, said = site.named("networks/index", lang), words(lang)
        body = render("networks.html", words=said, cards=cards[lang])
        yield Page(
            path=path,
            content=html(site, path=path, lang=lang, title=said["title"], body=body, section="networks"),
        )


def words(lang: str) -> dict[str, str]:
    """Return the words of these pages in a language."""
    return {name: text.in_language(lang) for name, text in TEXTS.items()}


def _card(site: Site, drawn: Drawn, lang: str) -> dict[str, Any]:
    at = site.named("networks/index", lang)
    return {
        "href": relative(site.named(f"networks/{drawn.network.name}", lang), at),
        "title": drawn.network.title.in_language(lang),
        "text": _described(site, drawn, at, lang),
        "size": _size(drawn, lang),
    }


def _described(site: Site, drawn: Drawn, at: str, lang: str) -> Markup:
    """Return what the network is, for readers: levels in words, other queries by their titles."""
    return _in_words(site, site.library.get(drawn.network.name).description.in_language(lang), at, lang)


def _in_words(site: Site, text: str, at: str, lang: str) -> Markup:
    plain = _QUOTED.sub(lambda found: found[1] + LEVELS[found[2]].in_language(lang) + found[3], text)
    return with_queries(site, plain, at, lang)


def _with_plain_words(site: Site, svg: str, lang: str) -> str:
    """Put the description that a picture carries into the words of the page."""

    def said(found: re.Match[str]) -> str:
        return found[1] + escape(_in_words(site, unescape(found[2]), "", lang).striptags(), quote=False)

    return _DESCRIBED.sub(said, svg)


def _size(drawn: Drawn, lang: str) -> str:
    from rte_graph.network.sentences import network_sentence

    said = words(lang)
    if not drawn.network.nodes or drawn.is_lopsided:
        return said["empty"]
    size = network_sentence(drawn.network, lang)
    return size if drawn.network.edges else f"{size} {said['untied']}"


def _network_pages(site: Site, drawn: Drawn) -> Iterator[Page]:
    from rte_graph.views.layout import compute_layout, problem_of
    from rte_graph.views.network_page import draw_page
    from rte_graph.views.page_build import page_from_network
    from rte_graph.views.picture import draw_svg

    name = drawn.network.name
    small = 0 < len(drawn.network.nodes) <= MOST_DRAWN and not drawn.is_lopsided
    page = page_from_network(site.store, site.library, drawn.network) if small else None
    layout = compute_layout(problem_of(page)) if page else None
    for lang in site.config.languages:
        picture = ""
        if page and layout:
            picture = draw_svg(page, layout, lang=lang, title=False, text_size=14.0)
            picture = _with_plain_words(site, picture, lang)
            at = site.named(f"networks/{name}-page", lang)
            links = local_links(site, (node.iri for node in drawn.network.nodes), at, lang)
            back = relative(site.named(f"networks/{name}", lang), at), site.config.title.in_language(lang)
            interactive = draw_page(page, lang=lang, layout=layout, pages=links, home=back)
            yield Page(path=site.named(f"networks/{name}-page", lang), content=interactive.encode())
            alone = _with_plain_words(site, draw_svg(page, layout, lang=lang), lang)
            yield Page(path=svg_path(site, name, lang), content=alone.encode())
        yield _network_page(site, drawn, picture, lang)
    if page and layout:
        yield from _files(page, layout, site.first, name)


def svg_path(site: Site, name: str, lang: str) -> str:
    """Return the path of a network's picture."""
    return f"networks/{name}.svg" if lang == site.first else f"networks/{name}.{lang}.svg"


def _files(page: Any, layout: Any, lang: str, name: str) -> Iterator[Page]:
    from rte_graph.views.export import export_files

    for form in FILES:
        for path, content in export_files(page, layout, Path(f"{name}.{form}"), lang=lang).items():
            yield Page(
                path=f"networks/{path.name}",
                content=content if isinstance(content, bytes) else content.encode(),
            )


def _network_page(site: Site, drawn: Drawn, picture: str, lang: str) -> Page:
    from markupsafe import Markup

    from rte_graph.network.sentences import why_sentence

    network, said = drawn.network, words(lang)
    path = site.named(f"networks/{network.name}", lang)
    two_mode = network.mode == "two-mode" and bool(network.edges)
    names = [f"{network.name}{end}" for end in ("-nodes.csv", "-edges.csv", ".gexf", ".graphml", ".json")]
    svg = svg_path(site, network.name, lang)
    files = [(relative(f"networks/{each}", path), each) for each in names]
    body = render(
        "network.html",
        words=said,
        title=network.title.in_language(lang),
        text=_described(site, drawn, path, lang),
        size=_size(drawn, lang),
        why=why_sentence(network, drawn.rows, "target", lang) if two_mode else "",
        picture=Markup(picture),
        interactive=relative(site.named(f"networks/{network.name}-page", lang), path) if picture else "",
        query=relative(site.named(f"queries/{network.name}", lang), path),
        query_name=network.name,
        large=said["large"] if len(network.nodes) > MOST_DRAWN else "",
        files=[(relative(svg, path), svg.partition("/")[2]), *files] if picture else [],
        tables=ranking_tables(site, drawn, path, lang) if network.edges else [],
        definitions=_definitions(drawn.rows, lang),
    )
    title = titled(said["one"], network.title.in_language(lang), lang)
    return Page(
        path=path, content=html(site, path=path, lang=lang, title=title, body=body, section="networks")
    )


def ranking_tables(
    site: Site,
    drawn: Drawn,
    path: str,
    lang: str,
    *,
    sets: Sequence[str] = ("target", "source"),
    top: int = MOST_RANKED,
) -> list[dict[str, Any]]:
    """Return a table for each set: a line a node, its value and rank by each measure, linked to its page."""
    found = []
    for side in sets:
        rows = [row for row in drawn.rows if row.set == side]
        if not rows:
            continue
        measures = list(dict.fromkeys(row.measure for row in rows))
        by_node: dict[str, dict[str, HubRow]] = {}
        for row in rows:
            by_node.setdefault(row.iri, {})[row.measure] = row
        labels = {node.iri: one_line(node.label) for node in drawn.network.nodes}
        kept = list(by_node)[:top]
        found.append(
            {
                "title": drawn.network.set_label(side, lang),
                "measures": _measure_labels(measures, lang),
                "rows": [
                    {
                        "label": _label(site, iri, labels[iri], lang),
                        "href": site.link(iri, at=path, lang=lang),
                        "cells": [_cell(by_node[iri].get(name), lang) for name in measures],
                    }
                    for iri in kept
                ],
                "more": words(lang)["more"].format(count=whole(len(by_node) - len(kept), lang))
                if len(by_node) > len(kept)
                else "",
            }
        )
    return found


def _label(site: Site, iri: str, label: str, lang: str) -> str:
    known = site.resources.get(iri)
    return one_line(known.label.in_language(lang)) if known else label


def _measure_labels(measures: Sequence[str], lang: str) -> list[str]:
    from rte_graph.network.measures import measure_named

    labels = [measure_named(name).label.in_language(lang) for name in measures]
    return [label[:1].upper() + label[1:] for label in labels]


def _cell(row: HubRow | None, lang: str) -> str:
    if row is None:
        return "–"
    counted = row.measure == "degree" and row.raw is not None
    value = whole(int(row.raw or 0), lang) if counted else decimal(row.value, lang, 3)
    return f"{value} ({whole(row.rank, lang)})"


def _definitions(rows: Sequence[HubRow], lang: str) -> list[tuple[str, str]]:
    from rte_graph.network.measures import measure_named
    from rte_graph.views.page_build import for_readers

    found = [measure_named(name) for name in dict.fromkeys(row.measure for row in rows)]
    return [(m.label.in_language(lang), for_readers(m.definition).in_language(lang)) for m in found]
