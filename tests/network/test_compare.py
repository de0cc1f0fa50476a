"""Two networks or two editions side by side, through the command line and on small networks."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rte_graph.cli import main
from rte_graph.cli.language import set_language
from rte_graph.network import network_from_rows
from rte_graph.network.compare import compare_networks, format_compared

Run = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    def invoke(*words: str, code: int = 0) -> str:
        assert main(words) == code
        streams = capsys.readouterr()
        return (streams.err if code else streams.out).replace("\u00a0", " ")

    yield invoke
    set_language("fr")


def test_a_network_compared_with_itself_is_the_same(run: Run) -> None:
    found = json.loads(run("compare", "alliance-memberships", "alliance-memberships", "--format", "json"))
    assert found["pairs"] == {"both": 26, "onlyA": 0, "onlyB": 0}
    assert found["nodes"]["target"] == {"both": 5, "onlyA": 0, "onlyB": 0}
    assert all(row["rankA"] == row["rankB"] and row["in"] == "both" for row in found["rows"])


def test_two_networks_of_one_store_say_what_each_has_alone(run: Run) -> None:
    words = ("compare", "initiative-participations", "territory-actors")
    lines = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv"))))
    targets = [line["in"] for line in lines if line["set"] == "target"]
    assert set(targets) == {"A", "B"}
    table = " ".join(run(*words, "--lang", "en", "--top", "3").split())
    assert "Initiatives / Territories" in table
    assert "not chosen in the same way" in table


def test_two_editions_are_two_stores(run: Run) -> None:
    edition = str(Path(__file__).parent / "data" / "clubs.ttl")
    found = json.loads(run("compare", "alliance-memberships", "--with", edition, "--format", "json"))
    assert found["pairs"]["both"] == 0
    assert found["pairs"]["onlyA"] == 26
    assert found["b"].endswith("clubs.ttl)")


def test_something_to_compare_with_is_needed(run: Run) -> None:
    assert "--with" in run("compare", "alliance-memberships", code=2)


def test_ties_without_direction_are_the_same_both_ways() -> None:
    nodes = [("a", ""), ("b", ""), ("c", "")]
    one = network_from_rows("n", nodes, [("a", "b")], mode="one-mode")
    two = network_from_rows("n", nodes, [("b", "a"), ("b", "c")], mode="one-mode")
    assert compare_networks(one, two).pairs() == (1, 0, 1)


def test_a_node_that_is_new_has_no_rank_before() -> None:
    one = network_from_rows("n", [("a", "source"), ("x", "target")], [("a", "x")])
    two = network_from_rows("n", [("a", "source"), ("x", "target"), ("y", "target")], [("a", "y")])
    found = compare_networks(one, two)
    rows = {row["iri"]: row for row in found.as_dict()["rows"]}
    assert (rows["y"]["in"], rows["y"]["rankA"], rows["y"]["rankB"]) == ("B", None, 1)
    assert (rows["x"]["rankA"], rows["x"]["rankB"]) == (1, 2)
    assert found.nodes("target") == (1, 0, 1)
    assert "1 in both, 0 in A alone, 1 in B alone: y." in format_compared(found, lang="en")


def test_empty_networks_compare() -> None:
    empty = network_from_rows("n", [], [])
    assert compare_networks(empty, empty).rows == ()
    assert format_compared(compare_networks(empty, empty))
