"""What the page's scripts read of a network: one JSON value, unpacked by ``assets/page/data.js``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rte_graph.network.wording import Text
from rte_graph.views import style
from rte_graph.views.geometry import bends
from rte_graph.views.layout import Layout
from rte_graph.views.page_model import PageFact, PageMeasure, PageNetwork, PageSource

if TYPE_CHECKING:
    from markupsafe import Markup

BASE = "https://w3id.org/rte/id/"


def script_json(value: Any) -> Markup:
    """Write JSON that can stand inside a ``<script>`` element, whatever the data hold."""
    from markupsafe import Markup

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)


class Strings:
    """Every text once: what repeats (names of facts, documents, headings) is written as its number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def add(self, text: str) -> int:
        """Return the number of a text."""
        return self._numbers.setdefault(text, len(self._numbers))

    def both(self, text: Text) -> int | list[int]:
        """Return the number of a text, or two where the languages differ."""
        return self.add(text.fr) if text.fr == text.en else [self.add(text.fr), self.add(text.en)]

    def iri(self, iri: str) -> int:
        """Return the number of an IRI; ``~`` stands for the common start of our own."""
        return self.add("~" + iri.removeprefix(BASE) if iri.startswith(BASE) else iri)

    def all(self) -> list[str]:
        """Return the texts in the order of their numbers."""
        return list(self._numbers)


def page_data(network: PageNetwork, layout: Layout, lang: str) -> dict[str, Any]:
    """Return what the page's scripts read, packed: ``assets/page/data.js`` unpacks it.

    Nodes, links and sources are rows of numbers; texts are numbers into ``strings``.
    """
    strings = Strings()
    packed = {
        "nodes": _node_rows(network, strings),
        "edges": _edge_rows(network, strings),
        "sources": [_source_row(source, strings) for source in network.sources],
    }
    return (
        frame_data(network, lang)
        | packed
        | {
            "strings": strings.all(),
            "measures": [
                {"name": m.name, "label": _text(m.label), "definition": _text(m.definition)}
                | {"values": list(m.values), "ranks": list(m.ranks)}
                | {"raw": list(m.raw), "texts": value_texts(m)}
                for m in network.measures
            ],
            "partition": _partition(network, groups=True),
            "layout": {"algorithm": layout.algorithm, "seed": layout.seed},
        }
    )


def frame_data(network: PageNetwork, lang: str) -> dict[str, Any]:
    """Return what a page of any size carries in the same form: all but nodes, links, sources and measures."""
    looks = style.node_looks([t.key for t in network.types])
    strokes = style.edge_strokes([r.key for r in network.roles])
    return {
        "base": BASE,
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
        "domains": [_category(domain) for domain in network.domains],
        "partition": _partition(network),
        "map": _map(network, lang),
        "making": _making(network),
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
    return {
        "shape": look.shape,
        "path": style.SHAPES[look.shape],
        "colour": look.colour,
        "reach": style.REACH[look.shape],
    }


def _stroke(stroke: style.Stroke) -> dict[str, Any]:
    look = {"colour": stroke.colour, "dash": list(stroke.dash), "width": stroke.width}
    return look | ({"shared": True} if stroke == style.OTHER_STROKE else {})


def _node_rows(network: PageNetwork, strings: Strings) -> list[list[Any]]:
    types = {t.key: i for i, t in enumerate(network.types)}
    domains = {d.key: i for i, d in enumerate(network.domains)}
    return [
        [
            strings.iri(node.iri),
            strings.both(node.label),
            types[node.type],
            int(node.side == "target"),
            [strings.add(name) for name in node.former_names],
            [strings.add(name) for name in node.other_names],
            [_fact_row(fact, strings) for fact in node.facts],
            [domains[key] for key in node.domains],
            strings.add(node.start),
            strings.add(node.end),
        ]
        for node in network.nodes
    ]


def _fact_row(fact: PageFact, strings: Strings) -> list[Any]:
    row = [strings.both(fact.name), strings.both(fact.value), list(fact.sources)]
    if fact.iri or fact.detail.fr:
        row += [strings.iri(fact.iri), strings.both(fact.detail)]
    return row


def _edge_rows(network: PageNetwork, strings: Strings) -> list[list[Any]]:
    roles = {r.key: i for i, r in enumerate(network.roles)}
    return [
        [
            *(edge.source, edge.target, roles[edge.role]),
            *(strings.add(edge.start), strings.add(edge.end)),
            *(list(edge.sources), round(bend, 3), edge.weight),
        ]
        for edge, bend in zip(network.edges, bends(network.edges), strict=True)
    ]


def _source_row(source: PageSource, strings: Strings) -> list[Any]:
    heading = strings.add(source.heading)
    return [strings.both(source.document), heading, source.first_line, source.last_line, source.page]


def _partition(network: PageNetwork, *, groups: bool = False) -> dict[str, Any] | None:
    found = network.partition
    if found is None:
        return None
    told: dict[str, Any] = {"label": _text(found.label), "definition": _text(found.definition)}
    return told | ({"groups": list(found.groups)} if groups else {})


def _map(network: PageNetwork, lang: str) -> dict[str, Any] | None:
    """What the map's component reads; title, texts and the making are those of the page."""
    from rte_graph.views.map_payload import map_payload

    if network.map is None:
        return None
    told = {"title", "description", "making", "name", "sources", "actors", "datasets"}
    return {key: value for key, value in map_payload(network.map, lang).items() if key not in told}


def _making(network: PageNetwork) -> dict[str, Any]:
    making = network.making
    return {
        "query": making.query, "parameters": [list(pair) for pair in making.parameters],
        "data_version": making.data_version, "data_hash": making.data_hash, "software": making.software,
        "licences": [list(pair) for pair in making.licences],
        "cite": _text(making.cite), "scope": _text(making.scope),
        "boundary": [
            {"title": _text(card.title), "rows": [[_text(name), _text(value)] for name, value in card.rows]}
            for card in making.boundary
        ],
    }  # fmt: skip
