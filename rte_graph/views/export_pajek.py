"""Pajek's ``.net``: a two-mode network says how many vertices its first set has.

References
----------
.. [1] Mrvar & Batagelj, Pajek: programs for analysis and visualization of very large networks, reference
   manual, http://mrvar.fdv.si/pajek/
.. [2] Unicode in Pajek, http://mrvar2.fdv.si/pajek/Unicode-Pajek.htm
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rte_graph.views.export import distinct_labels
from rte_graph.views.gexf import FORBIDDEN

if TYPE_CHECKING:
    from rte_graph.views.page_model import PageNetwork

Row = dict[str, Any]
# Pajek draws four shapes.
SHAPES = {"circle": "ellipse", "diamond": "diamond", "ringed-diamond": "diamond", "square": "box"}


def write_pajek(network: PageNetwork, nodes: list[Row], edges: list[Row], lang: str) -> str:
    """Write vertices (sources first), then every link, parallel ones each for itself, its role as label.

    The file is UTF-8 with a mark, without which Pajek takes it for another code; a comment stands first,
    so that readers who do not know the mark pass over it. The format has no way to write a quotation mark
    or a backslash in a label: ” and / stand for them. Links have no direction.
    """
    order = sorted(range(len(nodes)), key=lambda i: (nodes[i]["set"] != "source", i))
    number = {nodes[i]["id"]: place for place, i in enumerate(order, 1)}
    first = sum(row["set"] == "source" for row in nodes)
    labels = distinct_labels(network, lang)
    shift, scale = _square(nodes)
    title = f"{network.title.in_language(lang)} | {network.making.cite.in_language(lang)}"
    lines = [f"% {_plain(title)}", f"*Vertices {len(nodes)}" + (f" {first}" if network.two_mode else "")]
    for place, i in enumerate(order, 1):
        row = nodes[i]
        x, y = (row["x"] - shift[0]) / scale + 0.05, (-row["y"] - shift[1]) / scale + 0.05
        shape = SHAPES.get(row["shape"], "ellipse")
        lines.append(f'{place} "{_plain(labels[i])}" {x:.4f} {y:.4f} 0.5 {shape}')
    lines.append("*Edges")
    for row in edges:
        weight = 1 if row.get("weight") is None else row["weight"]
        ends = f"{number[row['source']]} {number[row['target']]}"
        lines.append(f'{ends} {weight:g} l "{_plain(row["role"])}"')
    return "\ufeff" + "\r\n".join(lines) + "\r\n"


def _plain(text: str) -> str:
    text = FORBIDDEN.sub("", re.sub(r"[ \t\r\n]+", " ", text))
    return re.sub(r"\\", "/", text.replace('"', "”"))


def _square(nodes: list[Row]) -> tuple[tuple[float, float], float]:
    """Return what moves and shrinks the positions into the square from 0 to 1 (y downwards)."""
    xs, ys = [row["x"] for row in nodes] or [0.0], [-row["y"] for row in nodes] or [0.0]
    return (min(xs), min(ys)), max(max(xs) - min(xs), max(ys) - min(ys), 1.0) / 0.9
