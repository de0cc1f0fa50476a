"""What the page of a large network carries: columns of numbers instead of one object per node.

Numbers travel as base64 of little-endian arrays in the narrowest type that holds them, texts as lists;
``assets/large/data.js`` turns them into what ``assets/page/data.js`` returns for small networks.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rte_graph.views.page_data import Strings, frame_data

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rte_graph.views.page_model import PageMeasure, PageNetwork, PageNode

# What the panel says beside names, ties and measures; nodes beyond it refer to their IRI.
MOST_FACT_BYTES = 2_000_000
# Stands for « no value » in columns of whole numbers.
NOTHING = -1


def column(values: Iterable[int] | NDArray[np.int64]) -> list[Any]:
    """Pack whole numbers from -1: the type's width in bytes, then base64; -1 is the largest number.

    >>> column([0, 1, 254])
    [1, 'AAH+']
    """
    import numpy as np

    array = np.asarray(list(values) if not isinstance(values, np.ndarray) else values, dtype=np.int64)
    top = int(array.max(initial=0)) + 1
    width = next(size for size in (1, 2, 4) if top < 2 ** (8 * size))
    packed = np.where(array < 0, 2 ** (8 * width) - 1, array).astype(f"<u{width}")
    return [width, base64.b64encode(packed.tobytes()).decode("ascii")]


def floats(values: Iterable[float | None]) -> str:
    """Pack numbers in single precision; what has no value is NaN."""
    import numpy as np

    array = np.array([np.nan if value is None else value for value in values], dtype="<f4")
    return base64.b64encode(array.tobytes()).decode("ascii")


def lists(values: Sequence[Sequence[int]]) -> list[Any]:
    """Pack lists of whole numbers: how long each is, then all of them."""
    return [column(len(each) for each in values), column(number for each in values for number in each)]


def large_data(network: PageNetwork, positions: NDArray[np.float64], lang: str) -> dict[str, Any]:
    """Return what the page's scripts read; positions in pixels at scale 1, y downwards."""
    import numpy as np

    strings = Strings()
    return frame_data(network, lang) | {
        "nodes": _nodes(network, strings),
        "edges": _edges(network, strings),
        "sources": _sources(network, strings),
        "places": column(
            np.round((positions - positions.min(axis=0, initial=0)).ravel() * 10).astype(np.int64)
        ),
        "measures": [_measure(measure) for measure in network.measures],
        "groups": column(network.partition.groups) if network.partition else None,
        "strings": strings.all(),
        "colour": "groups" if network.partition else "type",
    }


def _nodes(network: PageNetwork, strings: Strings) -> dict[str, Any]:
    types = {t.key: i for i, t in enumerate(network.types)}
    domains = {d.key: i for i, d in enumerate(network.domains)}
    nodes = network.nodes
    return {
        **_iris(nodes),
        "label": [node.label.fr for node in nodes],
        "english": {str(i): node.label.en for i, node in enumerate(nodes) if node.label.en != node.label.fr},
        "type": column(types[node.type] for node in nodes),
        "target": column(int(node.side == "target") for node in nodes),
        "former": {str(i): list(node.former_names) for i, node in enumerate(nodes) if node.former_names},
        "other": {str(i): list(node.other_names) for i, node in enumerate(nodes) if node.other_names},
        "domains": lists([[domains[key] for key in node.domains] for node in nodes]),
        "start": column(strings.add(node.start) for node in nodes),
        "end": column(strings.add(node.end) for node in nodes),
        "facts": _facts(network),
    }


def _iris(nodes: Sequence[PageNode]) -> dict[str, Any]:
    """Pack IRIs as what they begin with, up to the last slash or hash, and what follows."""
    stems = Strings()
    cuts = [max(node.iri.rfind("/"), node.iri.rfind("#")) + 1 for node in nodes]
    found = column(stems.add(node.iri[:cut]) for node, cut in zip(nodes, cuts, strict=True))
    tails = [node.iri[cut:] for node, cut in zip(nodes, cuts, strict=True)]
    return {"stem": found, "stems": stems.all(), "tail": tails}


def _facts(network: PageNetwork) -> dict[str, Any]:
    """Return the facts of the most linked nodes, for as long as there is room."""
    degrees, found, used = network.degrees(), {}, 0
    for i in sorted(range(len(network.nodes)), key=lambda i: (-degrees[i], i)):
        rows = [
            [
                [f.name.fr, f.name.en],
                [f.value.fr, f.value.en],
                [f.detail.fr, f.detail.en],
                f.iri,
                list(f.sources),
            ]
            for f in network.nodes[i].facts
        ]
        used += len(json.dumps(rows)) if rows else 0
        if used > MOST_FACT_BYTES:
            break
        if rows:
            found[str(i)] = rows
    return found


def _edges(network: PageNetwork, strings: Strings) -> dict[str, Any]:
    roles = {r.key: i for i, r in enumerate(network.roles)}
    edges = network.edges
    return {
        "source": column(edge.source for edge in edges),
        "target": column(edge.target for edge in edges),
        "role": column(roles[edge.role] for edge in edges),
        "start": column(strings.add(edge.start) for edge in edges),
        "end": column(strings.add(edge.end) for edge in edges),
        "sources": lists([edge.sources for edge in edges]),
        "weight": floats(edge.weight for edge in edges) if any(e.weight is not None for e in edges) else None,
    }


def _sources(network: PageNetwork, strings: Strings) -> dict[str, Any]:
    sources = network.sources
    return {
        "document": column(strings.add(source.document.fr) for source in sources),
        "english": column(strings.add(source.document.en) for source in sources),
        "heading": column(strings.add(source.heading) for source in sources),
        "first": column(source.first_line for source in sources),
        "last": column(source.last_line for source in sources),
        "page": column(NOTHING if source.page is None else source.page for source in sources),
    }


def _measure(measure: PageMeasure) -> dict[str, Any]:
    """Pack a measure; counts before normalisation only where they are whole, as those of degree."""
    whole = bool(measure.raw) and all(value is None or float(value).is_integer() for value in measure.raw)
    return {
        "name": measure.name,
        "label": {"fr": measure.label.fr, "en": measure.label.en},
        "definition": {"fr": measure.definition.fr, "en": measure.definition.en},
        "values": floats(measure.values),
        "ranks": column(NOTHING if rank is None else rank for rank in measure.ranks),
        "raw": column(NOTHING if v is None else int(v) for v in measure.raw) if whole else None,
        "whole": all(value is None or float(value).is_integer() for value in measure.values),
    }
