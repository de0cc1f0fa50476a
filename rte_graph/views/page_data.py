"""What the page's scripts read of a network: one JSON value, unpacked by ``assets/page/data.js``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rte_graph.views import style
from rte_graph.views.geometry import bends
from rte_graph.views.layout import Layout
from rte_graph.views.page_model import PageMeasure, PageNetwork, PageSource

if TYPE_CHECKING:
    from markupsafe import Markup


def script_json(value: Any) -> Markup:
    """Write JSON that can stand inside a ``<script>`` element, whatever the data hold."""
    from markupsafe import Markup

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)


def page_data(network: PageNetwork, layout: Layout, lang: str) -> dict[str, Any]:
    """Return what the page's scripts read; positions travel with the pyvis nodes."""
    looks = style.node_looks([t.key for t in network.types])
    strokes = style.edge_strokes([r.key for r in network.roles])
    return {
        "lang": lang,
        "name": network.name,
        "title": _text(network.title),
        "description": _text(network.description),
        "sides": [_text(side) for side in network.sides],
        "twoMode": network.two_mode,
        "directed": network.directed,
        "lead": network.leading_side(),
        "findings": [_text(finding) for finding in network.findings],
        "headline": _text(network.headline),
        "hub": network.hub,
        "types": [_category(t) | {"look": _look(looks[t.key])} for t in network.types],
        "roles": [_category(r) | {"stroke": _stroke(strokes[r.key])} for r in network.roles],
        "nodes": [_node(node) for node in network.nodes],
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
