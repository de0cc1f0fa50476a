"""Small pages that hold the query page's parts alone: forms, results, explanations, with rows made here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode

from rte_graph.publish.ask.map_base import map_script, territory_iris
from rte_graph.resources import assets_folder
from rte_graph.sparql.engine import run_query
from rte_graph.sparql.model import Library, Parameter, SavedQuery
from rte_graph.sparql.names import labels, resolve, scope_of
from rte_graph.sparql.possible import values_of
from rte_graph.sparql.results import Table, is_iri, text
from rte_graph.store.base import Store

ASSETS = assets_folder()
SCRIPTS = (
    "vendor/d3-force.min.js",
    "vendor/ask-words.min.js",
    *(
        f"ask/{name}.js"
        for name in (
            "words", "terms", "words_results", "looks", "forms", "download", "raw", "table", "network_model",
            "network", "mapview", "results", "explain_words", "explain_names", "explain_filters",
            "explain_study", "explain_patterns", "explain_query", "explain",
        )
    ),
)  # fmt: skip
POLICY = "default-src 'none'; script-src 'self' 'unsafe-inline' file:; style-src 'unsafe-inline' file:"
PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Parts</title><meta http-equiv="Content-Security-Policy" content="{policy}"><style>{css}</style></head>
<body><main id="main"><h1>{title}</h1><div id="form"></div><div id="results"></div>
<div id="explained"></div></main>
{scripts}
<script>{setup}</script></body></html>
"""


def term(value: Any) -> dict[str, str] | None:
    """A term as the page's scripts have it."""
    if value is None:
        return None
    if isinstance(value, NamedNode):
        return {"t": "i", "v": value.value}
    if isinstance(value, BlankNode):
        return {"t": "b", "v": value.value}
    assert isinstance(value, Literal)
    found = {"t": "l", "v": value.value}
    if value.language:
        return found | {"g": value.language}
    return found | {"d": value.datatype.value}


def table(columns: list[str], rows: list[list[Any]], *, capped: bool = False) -> dict[str, Any]:
    """A result of kind « table »."""
    return {
        "kind": "table",
        "columns": columns,
        "rows": [[term(value) for value in row] for row in rows],
        "capped": capped,
        "ms": 3,
    }


def answer(
    store: Store, query: SavedQuery, values: Mapping[str, str], lang: str
) -> tuple[Table, dict[str, Any]]:
    """What a saved query gives, as the command line has it and as the page does."""
    found = run_query(store, query, values, lang)
    return found, table(list(found.columns), [list(row) for row in found.rows])


def names_of(store: Store, found: Table, lang: str) -> dict[str, str]:
    """Labels of all IRIs of a table."""
    iris = sorted({text(value) for row in found.rows for value in row if is_iri(value)})
    return dict(labels(store, iris, lang))


def iri_of(store: Store, parameter: Parameter, lang: str) -> str:
    """The IRI that a parameter's example names."""
    return resolve(store, parameter.example, scope=scope_of(parameter), lang=lang)


def payload(store: Store, library: Library, query: SavedQuery, lang: str) -> dict[str, Any]:
    """What a form is made of."""
    params = []
    for each in query.parameters:
        choices = None
        if each.type in ("entity", "concept"):
            choices = [{"iri": named.iri, "label": named.label} for named in values_of(store, each, lang)]
            choices = choices or [{"iri": iri_of(store, each, lang), "label": each.example}]
        params.append(
            {
                "name": each.name,
                "type": each.type,
                "label": each.label.in_language(lang),
                "description": each.description.in_language(lang),
                "optional": each.optional,
                "default": each.default,
                "example": each.example,
                "exampleIri": iri_of(store, each, lang) if choices is not None else None,
                "choices": choices,
                "words": list(each.values),
            }
        )
    return {
        "name": query.name,
        "summary": query.summary.in_language(lang),
        "expect": query.expect,
        "text": query.body,
        "columns": {name: library.heading(name, lang) for name in query.columns},
        "params": params,
    }


def write_page(
    folder: Path, name: str, setup: str, *, lang: str = "fr", title: str = "", dark: bool = False
) -> Path:
    """Write a page with all parts; ``setup`` is the script that uses them."""
    css = "\n".join(
        (ASSETS / part).read_text(encoding="utf-8") for part in ("site/site.css", "ask/results.css")
    )
    if dark:
        css = css.replace("@media (prefers-color-scheme: dark)", "@media all")
    present = [script for script in SCRIPTS if (ASSETS / script).exists()]
    scripts = "\n".join(f'<script src="{(ASSETS / script).as_uri()}"></script>' for script in present)
    path = folder / f"{name}.html"
    path.write_text(
        PAGE.format(lang=lang, policy=POLICY, css=css, title=title or name, scripts=scripts, setup=setup),
        encoding="utf-8",
    )
    return path


def write_map(folder: Path, store: Store) -> None:
    """Write the script that the map of a result loads, and the list of territories."""
    (folder / "map.js").write_text(map_script(store), encoding="utf-8")
    known = json.dumps(list(territory_iris(store)))
    (folder / "known.js").write_text(f"window.KNOWN = {known};", encoding="utf-8")


def script_value(value: Any) -> str:
    """JSON that may stand in a script element."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", "\\u2028")


def results_setup(result: dict[str, Any], options: Mapping[str, Any], *, with_map: bool = False) -> str:
    """The script that shows a result."""
    lead = 'mapPayload: rteMapView.fromScript("map.js", window.KNOWN),' if with_map else ""
    return (
        f"window.OPTIONS = {{ result: {script_value(result)}, ...{script_value(dict(options))}, {lead}"
        'link: (iri) => iri.startsWith("https://w3id.org/rte/id/") ? "id/" + iri.slice(24) + ".html" : "" };'
        'window.shown = rteResults(document.getElementById("results"), OPTIONS);'
    )
