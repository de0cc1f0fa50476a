"""The looks of node types and roles as the query page's scripts read them."""

from __future__ import annotations

import json

from rte_graph.views import style

NAME = "rteLooks"


def looks_script() -> str:
    """Return ``assets/ask/looks.js``: shapes, colours and dashes of `rte_graph.views.style`.

    The committed file is this text; a test compares them, so that page and pictures never differ.

    Examples
    --------
    >>> looks_script().startswith("// Written by")
    True
    """
    parts = {
        "nodes": {key: [look.shape, look.colour] for key, look in style.NODE_LOOKS.items()},
        "spare": [[look.shape, look.colour] for look in style.spare_looks()],
        "other": [style.OTHER_LOOK.shape, style.OTHER_LOOK.colour],
        "shapes": {name: [path, style.REACH[name]] for name, path in style.SHAPES.items()},
        "strokes": {key: _stroke(stroke) for key, stroke in style.EDGE_STROKES.items()},
        "spareStrokes": [_stroke(stroke) for stroke in style.spare_strokes()],
        "plain": _stroke(style.PLAIN_STROKE),
    }
    lines = ",\n".join(f"  {name}: {json.dumps(part, separators=(',', ':'))}" for name, part in parts.items())
    return (
        "// Written by rte_graph.views.ask_looks from rte_graph/views/style.py: change it there.\n"
        f"const {NAME} = {{\n{lines},\n}};\n"
    )


def _stroke(stroke: style.Stroke) -> list[object]:
    return [stroke.colour, list(stroke.dash), stroke.width]
