"""GEXF 1.3 for Gephi and Gephi Lite: positions, colours, sizes, shapes, parallel links.

networkx writes GEXF 1.2 with the day's date and drops the drawing; hence our own writer.

References
----------
.. [1] GEXF 1.3 primer, https://gexf.net/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from rte_graph.views import style

if TYPE_CHECKING:
    from rte_graph.views.page_model import PageNetwork

Row = dict[str, Any]
# Drawn by the viz elements, so not attributes.
DRAWN = ("id", "label", "x", "y", "size", "colour", "shape", "source", "target", "weight")
# What XML 1.0 cannot hold, not even escaped.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return the text without the characters that XML cannot hold; lines end as XML ends them."""
    return FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def write_gexf(network: PageNetwork, nodes: list[Row], edges: list[Row], lang: str) -> str:
    """Write a network; rows come from ``export.node_rows`` and ``export.edge_rows``."""
    strokes = style.edge_strokes([r.key for r in network.roles])
    # GEXF has no title: it stands before the description.
    told = (network.title, network.description, network.making.cite)
    description = " ".join(text.in_language(lang).strip() for text in told).strip()
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">',
        "  <meta>",
        f"    <creator>{_text(network.making.software or 'rte-graph')}</creator>",
        f"    <description>{_text(description)}</description>",
        "  </meta>",
        '  <graph defaultedgetype="directed" mode="static">',
        *_attributes("node", nodes),
        *_attributes("edge", edges),
        "    <nodes>",
        *(line for row in nodes for line in _node(row)),
        "    </nodes>",
        "    <edges>",
        *(line for row in edges for line in _edge(row, strokes[row["role_iri"]])),
        "    </edges>",
        "  </graph>",
        "</gexf>",
    ]
    return "\n".join(lines) + "\n"


def _text(value: Any) -> str:
    return escape(xml_text(str(value)))


def _quoted(value: Any) -> str:
    return quoteattr(xml_text(str(value)))


def _names(rows: list[Row]) -> list[str]:
    return [name for name in (rows[0] if rows else {}) if name not in DRAWN]


def _attributes(kind: str, rows: list[Row]) -> list[str]:
    lines = [f'    <attributes class="{kind}" mode="static">']
    for name in _names(rows):
        number = all(isinstance(row[name], int | float) or row[name] is None for row in rows)
        kind_of = "double" if number else "string"
        lines.append(f'      <attribute id="{name}" title="{name}" type="{kind_of}"/>')
    return [*lines, "    </attributes>"]


def _values(row: Row) -> list[str]:
    filled = [(name, row[name]) for name in _names([row]) if row[name] not in (None, "")]
    if not filled:
        return []
    values = [f'          <attvalue for="{name}" value={_quoted(value)}/>' for name, value in filled]
    return ["        <attvalues>", *values, "        </attvalues>"]


def _colour(colour: str) -> str:
    red, green, blue = style.rgb(colour)
    return f'        <viz:color r="{red}" g="{green}" b="{blue}" a="1"/>'


def _node(row: Row) -> list[str]:
    return [
        f"      <node id={_quoted(row['id'])} label={_quoted(row['label'])}>",
        *_values(row),
        _colour(row["colour"]),
        f'        <viz:position x="{row["x"]}" y="{row["y"]}" z="0"/>',
        f'        <viz:size value="{row["size"]}"/>',
        f'        <viz:shape value="{style.GEXF_SHAPES[row["shape"]]}"/>',
        "      </node>",
    ]


def _edge(row: Row, stroke: style.Stroke) -> list[str]:
    line = "solid" if not stroke.dash else "dotted" if max(stroke.dash[::2]) <= 2 else "dashed"
    ends = f"source={_quoted(row['source'])} target={_quoted(row['target'])}"
    # `kind` keeps parallel links of different roles apart in Gephi.
    role = _quoted(row["role"])
    weight = f' weight="{row["weight"]:g}"' if row.get("weight") is not None else ""
    return [
        f"      <edge id={_quoted(row['id'])} {ends} kind={role} label={role}{weight}>",
        *_values(row),
        _colour(stroke.colour),
        f'        <viz:thickness value="{stroke.width:g}"/>',
        f'        <viz:shape value="{line}"/>',
        "      </edge>",
    ]
