"""A network as JSON: node-link, and the JSON of Cytoscape.

References
----------
.. [1] node-link: what ``networkx.node_link_graph(data, edges="links")`` and d3-force read.
.. [2] Cytoscape.js, Elements JSON, https://js.cytoscape.org/#notation/elements-json
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rte_graph.views.layout import Layout

Row = dict[str, Any]


def write_node_link(nodes: list[Row], edges: list[Row], facts: Row, layout: Layout) -> str:
    """Write node-link JSON: y upwards, ``key`` tells parallel links apart."""
    return _dumped(
        {
            "directed": True,
            "multigraph": True,
            "graph": facts | {"layout": layout.algorithm, "seed": layout.seed},
            "nodes": nodes,
            "links": [{"key": row["id"]} | _without(row, "id") for row in edges],
        }
    )


def write_cytoscape(nodes: list[Row], edges: list[Row], facts: Row, layout: Layout) -> str:
    """Write the JSON that Cytoscape and Cytoscape.js read: y downwards, as on their screens.

    ``name`` is what Cytoscape shows of a node, ``interaction`` of a link; ``value`` and ``key`` are what
    networkx knows them by.
    """
    return _dumped(
        {
            "data": facts | {"shared_name": facts["title"], "layout": layout.algorithm, "seed": layout.seed},
            "directed": True,
            "multigraph": True,
            "elements": {
                "nodes": [_node(row) for row in nodes],
                "edges": [
                    {
                        "data": {"id": row["id"], "key": row["id"], "interaction": row["role"]}
                        | _without(row, "id")
                    }
                    for row in edges
                ],
            },
        }
    )


def _node(row: Row) -> Row:
    data = {"id": row["id"], "value": row["id"], "name": row["label"]} | _without(row, "id", "x", "y")
    return {"data": data, "position": {"x": row["x"], "y": -row["y"] + 0.0}}


def _without(row: Row, *names: str) -> Row:
    return {key: value for key, value in row.items() if key not in names}


def _dumped(data: Row) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
