from __future__ import annotations

import base64
import re
from typing import Any

import numpy as np
import pytest
from large_sample import HOSTILE, large_network
from picture_sample import sample_network

from rte_graph.views.large_payload import column, floats, large_data, lists
from rte_graph.views.network_page import draw_page
from rte_graph.views.page_model import PageNetwork

DTYPES = {1: "<u1", 2: "<u2", 4: "<u4"}


def _column(packed: list[Any]) -> list[int]:
    width, text = packed
    values = np.frombuffer(base64.b64decode(text), dtype=DTYPES[width]).astype(np.int64)
    return [-1 if value == 2 ** (8 * width) - 1 else int(value) for value in values]


@pytest.fixture(scope="module")
def network() -> PageNetwork:
    return large_network(2100)


@pytest.fixture(scope="module")
def page(network: PageNetwork) -> str:
    return draw_page(network)


@pytest.mark.parametrize("values", [[], [0, 254], [255], [-1, 3], [65534], [65535, -1], [4_000_000]])
def test_whole_numbers_come_back(values: list[int]) -> None:
    assert _column(column(values)) == values


def test_lists_and_missing_numbers_come_back() -> None:
    lengths, numbers = lists([[1, 2], [], [300]])
    assert (_column(lengths), _column(numbers)) == ([2, 0, 1], [1, 2, 300])
    read = np.frombuffer(base64.b64decode(floats([0.5, None])), dtype="<f4")
    assert read[0] == 0.5
    assert np.isnan(read[1])


def test_nodes_ties_measures_and_places_come_back_from_their_columns(network: PageNetwork) -> None:
    places = np.arange(2 * len(network.nodes)).reshape(-1, 2) / 10
    data = large_data(network, places, "fr")
    nodes, edges = data["nodes"], data["edges"]
    stems = _column(nodes["stem"])
    assert [nodes["stems"][s] + tail for s, tail in zip(stems, nodes["tail"], strict=True)] == [
        node.iri for node in network.nodes
    ]
    assert [network.types[i].key for i in _column(nodes["type"])] == [node.type for node in network.nodes]
    ends = list(zip(_column(edges["source"]), _column(edges["target"]), strict=True))
    assert ends == [(edge.source, edge.target) for edge in network.edges]
    assert [data["strings"][i] for i in _column(edges["start"])] == [edge.start for edge in network.edges]
    assert _column(edges["sources"][1]) == [number for edge in network.edges for number in edge.sources]
    assert _column(data["measures"][0]["ranks"]) == list(network.measures[0].ranks)
    assert _column(data["measures"][0]["raw"]) == [int(value or 0) for value in network.measures[0].raw]
    assert _column(data["places"]) == list(range(2 * len(network.nodes)))


def test_above_the_limit_sigma_draws_below_it_vis_network(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    small = draw_page(sample_network())
    assert "EdgeLineProgram" in page
    assert "EdgeLineProgram" not in small
    monkeypatch.setenv("RTE_GRAPH_LARGE_NETWORK_NODES", "5")
    assert "EdgeLineProgram" in draw_page(sample_network())


def test_the_same_network_gives_the_same_page(page: str, network: PageNetwork) -> None:
    assert draw_page(network) == page


def test_the_page_holds_no_markup_from_data_and_no_address_to_fetch(page: str) -> None:
    assert HOSTILE not in page
    assert "default-src 'none'" in page
    assert not re.search(r"<(?:script|img|iframe)[^>]+src=|<link\b|@import|url\(http", page)


def test_without_scripts_the_most_linked_nodes_are_read_and_the_page_says_so(page: str) -> None:
    plain = page[page.index("<noscript>") : page.index("</noscript>")]
    assert "seuls les 300 nœuds les plus liés" in plain
    assert 300 <= plain.count("<tr>") <= 620
