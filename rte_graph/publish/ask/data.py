"""The data of the query page: all that saved queries read, compressed, as a script that works from disk."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rte_graph.publish.dumps import gzipped
from rte_graph.publish.statements import Statements
from rte_graph.resources import assets_folder

if TYPE_CHECKING:
    from rte_graph.store.base import Store

MOST_TRIPLES = 300_000
"""More are not sent to a browser: the page says so, and offers the answers and the dump."""


def triple_count(store: Store) -> int:
    """Return how many triples a query without ``GRAPH`` reads."""
    (row,) = store.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").rows
    return int(getattr(row[0], "value", 0))


def fits(store: Store) -> bool:
    """Whether the data are few enough to be queried in a page."""
    return triple_count(store) <= MOST_TRIPLES


def data_script(store: Store) -> str:
    """Return the script that sets ``RTE_DATA``: ``triples`` and ``data``, base64 of gzip.

    The content is N-Triples in groups, each after a line ``# graph graph …`` with the IRIs of the named
    graphs where its triples stand too.

    Notes
    -----
    The same data give the same bytes: lines are sorted, blank nodes have canonical names, no time is kept.
    """
    lines = list(_lines(store))
    triples = sum(not line.startswith(b"# ") for line in lines)
    content = base64.b64encode(gzipped(lambda out: out.writelines(lines))).decode()
    return f'globalThis.RTE_DATA={{triples:{triples},data:"{content}"}};\n'


def _lines(store: Store) -> Iterator[bytes]:
    datasets = sorted(store.datasets(), key=lambda each: each.value)
    places: dict[bytes, tuple[int, ...]] = {}
    for place, dataset in enumerate(datasets):
        with Statements(store.triples(dataset)) as held:
            for line in held.lines():
                places[line] = (*places.get(line, ()), place)
    groups: dict[tuple[int, ...], list[bytes]] = {}
    with Statements(store.triples()) as held:
        for line in held.lines():
            groups.setdefault(places.get(line, ()), []).append(line)
    for group, lines in sorted(groups.items()):
        yield f"# {' '.join(datasets[place].value for place in group)}\n".encode()
        yield from lines


def engine_script() -> str:
    """Return the script that sets ``RTE_ENGINE``: ``glue`` (text) and ``wasm`` (base64 of gzip)."""
    vendor = assets_folder() / "vendor"
    glue = json.dumps((vendor / "oxigraph.web.js").read_text(encoding="utf-8")).replace("<", "\\u003c")
    wasm = base64.b64encode((vendor / "oxigraph_bg.wasm.gz").read_bytes()).decode()
    return f'globalThis.RTE_ENGINE={{glue:{glue},wasm:"{wasm}"}};\n'
