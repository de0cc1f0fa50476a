"""The interactive page of a network: one offline HTML file, made with pyvis and our own template.

Nothing in the file fetches anything: scripts and styles are inside and the page's own
Content-Security-Policy admits only them, by their hashes. Data travel as JSON with ``<`` escaped
and reach the page through ``textContent``, so no name can become markup.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rte_graph.resources import assets_folder
from rte_graph.views import style
from rte_graph.views.geometry import bends
from rte_graph.views.layout import Layout, compute_layout, problem_of
from rte_graph.views.page_model import PageMeasure, PageNetwork, PageSource

if TYPE_CHECKING:
    from markupsafe import Markup

# The order matters: each file uses only what the files before it define.
SCRIPTS = (
    "strings", "dom", "model", "labels", "state", "canvas", "picture",
    "exports", "legend", "search", "panel", "tables", "method", "main",
)  # fmt: skip

WORDS = {
    "fr": {
        "nodes": "Nœuds", "edges": "Liens", "name": "Nom", "type": "Type", "degree": "Voisins",
        "source": "De", "role": "Rôle", "target": "Vers", "period": "Période", "evidence": "Sources",
        "lines": "lignes", "line": "ligne", "undated": "non daté", "former": "anciennement",
        "text_lines": "Les lignes sont celles de la version texte du document.",
    },
    "en": {
        "nodes": "Nodes", "edges": "Links", "name": "Name", "type": "Type", "degree": "Neighbours",
        "source": "From", "role": "Role", "target": "To", "period": "Period", "evidence": "Sources",
        "lines": "lines", "line": "line", "undated": "undated", "former": "formerly",
        "text_lines": "Lines are those of the document’s text version.",
    },
}  # fmt: skip


def draw_page(
    network: PageNetwork,
    *,
    lang: str = "fr",
    seed: int = 1,
    layout: Layout | None = None,
    pages: Mapping[str, str] | None = None,
) -> str:
    """Write the interactive page.

    Parameters
    ----------
    network : PageNetwork
        What the page shows, in both languages.
    lang : {"fr", "en"}
        The language in which the page opens; the reader can switch.
    seed : int
        Seed of the layout (ignored when ``layout`` is given).
    layout : Layout, optional
        Positions computed before.
    pages : mapping of str to str, optional
        Where the pages of nodes are, by IRI: addresses relative to this page.

    Returns
    -------
    str
        HTML to be written as UTF-8; the same input gives the same text.
    """
    from pyvis.network import Network as PyvisNetwork

    layout = layout or compute_layout(problem_of(network), seed=seed)
    # Undirected pyvis networks silently drop parallel links.
    drawing = PyvisNetwork(directed=True, width="100%", height="100%", cdn_resources="in_line")
    _add_nodes(drawing, network, layout)
    _add_edges(drawing, network)
    drawing.toggle_physics(False)
    drawing.set_template_dir(str(assets_folder() / "page"), "page.html")
    drawing.templateEnv.autoescape = True
    drawing.templateEnv.filters["script_json"] = script_json
    drawing.templateEnv.globals["page"] = _page(network, layout, lang, pages or {})
    return str(drawing.generate_html()) + "\n"


def _add_nodes(drawing: Any, network: PageNetwork, layout: Layout) -> None:
    looks = style.node_looks([t.key for t in network.types])
    for i, (node, (x, y)) in enumerate(zip(network.nodes, layout.positions, strict=True)):
        colour = looks[node.type].colour
        drawing.add_node(
            i, label=node.label.fr or node.iri, shape="custom", color=colour, x=x, y=y, physics=False
        )


def _add_edges(drawing: Any, network: PageNetwork) -> None:
    strokes = style.edge_strokes([r.key for r in network.roles])
    for edge in network.edges:
        stroke = strokes[edge.role]
        dash: list[int] | bool = list(stroke.dash) or False
        drawing.add_edge(edge.source, edge.target, color=stroke.colour, dashes=dash, width=stroke.width)


def script_json(value: Any) -> Markup:
    """Write JSON that can stand inside a ``<script>`` element, whatever the data hold."""
    from markupsafe import Markup

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)


def _asset(path: str) -> str:
    text = (assets_folder() / path).read_text(encoding="utf-8")
    # Hashes are taken over what the browser sees, and it sees line feeds only.
    return text.replace("\r\n", "\n")


def vis_version() -> str:
    """Return the version of the vendored vis-network."""
    manifest = json.loads(_asset("MANIFEST.json"))
    return str(next(entry["version"] for entry in manifest["assets"] if entry["package"] == "vis-network"))


def page_script() -> str:
    """Join the page's own scripts in one closed scope."""
    parts = "\n".join(_asset(f"page/{name}.js") for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}}})();'


def inline_hash(text: str) -> str:
    """Return the Content-Security-Policy source that admits one inline script or style."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def policy(scripts: tuple[str, ...], styles: tuple[str, ...]) -> str:
    """Return a policy that admits these inline texts and nothing from anywhere else."""
    script = " ".join(inline_hash(text) for text in scripts) or "'none'"
    sheet = " ".join(inline_hash(text) for text in styles) or "'none'"
    return (
        f"default-src 'none'; script-src {script}; style-src {sheet}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _page(network: PageNetwork, layout: Layout, lang: str, pages: Mapping[str, str]) -> dict[str, Any]:
    from markupsafe import Markup

    library = _asset("vendor/vis-network.min.js").split("//# sourceMappingURL")[0].rstrip()
    script, css = page_script(), _asset("page/page.css")
    assert "</script" not in (library + script).lower()
    making = network.making
    options = {"physics": {"enabled": False}, "nodes": {"shape": "custom"}, "edges": {"smooth": False}}
    return {
        "lang": lang,
        "title": network.title.in_language(lang),
        "description": network.description.in_language(lang),
        "findings": [finding.in_language(lang) for finding in network.findings],
        "policy": Markup(policy((library, script), (css,))),
        "css": Markup(css),
        "library": Markup(library),
        "script": Markup(script),
        "software": making.software or "rte-graph",
        "credits": " · ".join(p for p in (making.cite.in_language(lang), making.licence_in(lang)) if p),
        "words": WORDS["en" if lang == "en" else "fr"],
        "headline": network.headline.in_language(lang),
        "measures": [measure.label.in_language(lang) for measure in network.measures],
        "plain_nodes": _plain_nodes(network, lang),
        "plain_edges": _plain_edges(network, lang),
        "options": options,
        "data": script_json(page_data(network, layout, lang, pages)),
    }


def _plain_nodes(network: PageNetwork, lang: str) -> list[dict[str, Any]]:
    types = {t.key: t.label.in_language(lang) for t in network.types}
    texts = [[_localised(text, lang) for text in value_texts(measure)] for measure in network.measures]
    rows = zip(range(len(network.nodes)), network.nodes, network.degrees(), strict=True)
    ranked = sorted(rows, key=lambda row: (row[1].side != "target", -row[2]))
    return [
        {
            "name": node.label.in_language(lang),
            "former": ", ".join(node.former_names),
            "type": types[node.type],
            "degree": str(degree),
            "values": [column[i] for column in texts],
        }
        for i, node, degree in ranked
    ]


def _localised(text: str | None, lang: str) -> str:
    if text is None:
        return "–"
    return text if lang == "en" else text.replace(",", "\u202f").replace(".", ",")


def _plain_edges(network: PageNetwork, lang: str) -> list[dict[str, str]]:
    roles = {r.key: r.label.in_language(lang) for r in network.roles}
    return [
        {
            "source": network.nodes[edge.source].label.in_language(lang),
            "role": roles[edge.role],
            "target": network.nodes[edge.target].label.in_language(lang),
            "period": "–".join(date for date in (edge.start, edge.end) if date) or WORDS[lang]["undated"],
            "evidence": " ; ".join(source_text(network.sources[i], lang) for i in edge.sources),
        }
        for edge in network.edges
    ]


def source_text(source: PageSource, lang: str) -> str:
    """Write one source as a reader cites it: document, heading, lines."""
    lines = ""
    if source.first_line:
        first, last = source.first_line, source.last_line
        one = first == last
        lines = f"{WORDS[lang]['line' if one else 'lines']} {first if one else f'{first}–{last}'}"
    return ", ".join(part for part in (source.document.in_language(lang), source.heading, lines) if part)


def page_data(
    network: PageNetwork, layout: Layout, lang: str, pages: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return what the page's scripts read; positions travel with the pyvis nodes."""
    from importlib.metadata import version

    looks = style.node_looks([t.key for t in network.types])
    strokes = style.edge_strokes([r.key for r in network.roles])
    return {
        "lang": lang,
        "name": network.name,
        "title": _text(network.title),
        "description": _text(network.description),
        "sides": [_text(side) for side in network.sides],
        "twoMode": network.two_mode,
        "findings": [_text(finding) for finding in network.findings],
        "headline": _text(network.headline),
        "hub": network.hub,
        "types": [_category(t) | {"look": _look(looks[t.key])} for t in network.types],
        "roles": [_category(r) | {"stroke": _stroke(strokes[r.key])} for r in network.roles],
        "nodes": [_node(node) | _page_of(node, pages or {}) for node in network.nodes],
        "edges": _edges(network),
        "measures": [
            {"name": m.name, "label": _text(m.label), "definition": _text(m.definition)}
            | {"values": list(m.values), "ranks": list(m.ranks), "raw": list(m.raw), "texts": value_texts(m)}
            for m in network.measures
        ],
        "sources": [_source(source) for source in network.sources],
        "making": _making(network),
        "layout": {"algorithm": layout.algorithm, "seed": layout.seed},
        "radii": {"smallest": style.SMALLEST_RADIUS, "span": style.LARGEST_RADIUS - style.SMALLEST_RADIUS},
        "versions": {"pyvis": version("pyvis"), "vis": vis_version()},
    }


def value_texts(measure: PageMeasure) -> list[str | None]:
    """Write the values in English figures, rounded as everywhere else: the page only changes the marks."""
    from rte_graph.network.wording import decimal

    whole = all(value is None or float(value).is_integer() for value in measure.values)
    return [None if v is None else decimal(v, "en", 0 if whole else 3) for v in measure.values]


def _text(value: Any) -> dict[str, str]:
    return {"fr": value.fr, "en": value.en}


def _category(category: Any) -> dict[str, Any]:
    return {"key": category.key, "label": _text(category.label), "definition": _text(category.definition)}


def _look(look: style.Look) -> dict[str, Any]:
    return {"path": style.SHAPES[look.shape], "colour": look.colour, "reach": style.REACH[look.shape]}


def _stroke(stroke: style.Stroke) -> dict[str, Any]:
    return {"colour": stroke.colour, "dash": list(stroke.dash), "width": stroke.width}


def _node(node: Any) -> dict[str, Any]:
    facts = [
        {
            "name": _text(f.name),
            "value": _text(f.value),
            "detail": _text(f.detail),
            "iri": f.iri,
            "sources": list(f.sources),
        }
        for f in node.facts
    ]
    return {
        "iri": node.iri, "label": _text(node.label), "type": node.type, "side": node.side,
        "former": list(node.former_names), "other": list(node.other_names), "facts": facts,
    }  # fmt: skip


def _page_of(node: Any, pages: Mapping[str, str]) -> dict[str, str]:
    return {"page": pages[node.iri]} if node.iri in pages else {}


def _edges(network: PageNetwork) -> list[dict[str, Any]]:
    return [
        {
            "source": e.source, "target": e.target, "role": e.role, "start": e.start, "end": e.end,
            "sources": list(e.sources), "bend": round(bend, 3),
        }
        for e, bend in zip(network.edges, bends(network.edges), strict=True)
    ]  # fmt: skip


def _source(source: PageSource) -> dict[str, Any]:
    return {
        "document": _text(source.document), "heading": source.heading, "first": source.first_line,
        "last": source.last_line, "page": source.page,
    }  # fmt: skip


def _making(network: PageNetwork) -> dict[str, Any]:
    making = network.making
    return {
        "query": making.query, "parameters": [list(pair) for pair in making.parameters],
        "data_version": making.data_version, "data_hash": making.data_hash, "software": making.software,
        "licences": [list(pair) for pair in making.licences],
        "cite": _text(making.cite), "scope": _text(making.scope),
    }  # fmt: skip
