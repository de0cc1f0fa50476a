from __future__ import annotations

import csv
import importlib.util
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rte_graph.network import build_network, network_from_rows
from rte_graph.network.declared import Declared, read_declared
from rte_graph.network.hubs import FIELDS, hubs
from rte_graph.network.overlap import overlap
from rte_graph.network.overview import format_list, format_overview
from rte_graph.network.present import FORMATS, format_hubs, format_overlap
from rte_graph.network.tables import to_csv
from rte_graph.network.wording import decimal, percent
from tests.network.samples import networks

ROOT = Path(__file__).parents[2]


@pytest.fixture
def clubs(clubs_store, clubs_library):
    return build_network(clubs_store, clubs_library, "clubs", "fr")


@pytest.fixture
def declared(clubs_store):
    return read_declared(clubs_store, "fr")


def test_hubs_json_is_one_list_of_rows_targets_first(clubs, declared):
    rows = json.loads(format_hubs(clubs, hubs(clubs), declared, output="json"))
    assert isinstance(rows, list)
    sets = [row["set"] for row in rows]
    assert sets == sorted(sets, reverse=True)
    assert all(tuple(row) == FIELDS for row in rows)


def test_hubs_csv_has_the_same_rows(clubs, declared):
    text = format_hubs(clubs, hubs(clubs), declared, output="csv", top=1)
    rows = list(csv.DictReader(io.StringIO(text)))
    expected = json.loads(format_hubs(clubs, hubs(clubs), declared, output="json", top=1))
    assert [row["label"] for row in rows] == [row["label"] for row in expected]
    assert [float(row["value"]) for row in rows] == [row["value"] for row in expected]


def test_the_table_has_one_line_per_node_with_value_and_rank(clubs, declared):
    text = format_hubs(clubs, hubs(clubs), declared, width=140)
    assert "Alliances (4)" in text
    line = next(line for line in text.splitlines() if line.startswith("Grand Réseau*"))
    assert line.count("(") == 5
    assert "0,500 (1)" in line
    assert text.index("Alliances (4)") < text.index("Organisations (4)")


def test_the_caption_says_what_the_ranks_rest_on(clubs, declared):
    text = " ".join(format_hubs(clubs, hubs(clubs), declared, width=1000).split()).replace("\u00a0", " ")
    assert "4 organisations × 4 alliances, 5 paires liées, 6 liens" in text
    assert "2 nœuds isolés (Seul et Vide)" in text
    assert "Petit Réseau 1 / environ 12" in text
    assert "la proximité est harmonique" in text
    assert "* méta-coalition d’après la source." in text


def test_what_was_left_out_is_said(clubs, declared):
    smaller = clubs.without([clubs.nodes[-3].iri])
    assert "Sans Grand Réseau" in format_hubs(smaller, hubs(smaller), declared)


@pytest.mark.parametrize("width", [80, 100, 140])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_is_wider_than_the_terminal(clubs, declared, width, lang):
    report = overlap(clubs, declared=declared)
    for text in (
        format_hubs(clubs, hubs(clubs), declared, lang=lang, width=width),
        format_overlap(report, lang=lang, width=width),
    ):
        assert max(map(len, text.splitlines())) <= width


def test_an_empty_network_is_one_sentence_or_an_empty_list(clubs):
    empty = clubs.without([node.iri for node in clubs.nodes])
    assert format_hubs(empty, hubs(empty), Declared(), output="json") == "[]\n"
    assert format_hubs(empty, hubs(empty), Declared(), lang="en", width=200).count(".") == 1
    assert "aucune liste" in format_overlap(overlap(empty))


def test_overlap_json_has_pairs_and_coverage(clubs, declared):
    found = json.loads(format_overlap(overlap(clubs, declared=declared), output="json"))
    assert found["coverage"][0]["label"] == "Grand Réseau"
    assert found["coverage"][0]["missing"] == ["Zèbre"]
    assert found["pairs"][0]["sharedCount"] == 1
    assert found["metaByData"] == found["metaDeclared"] == ["Grand Réseau"]


def test_overlap_csv_has_a_row_for_each_pair_and_each_alliance(clubs):
    rows = list(csv.DictReader(io.StringIO(format_overlap(overlap(clubs), output="csv"))))
    assert [row["row"] for row in rows].count("pair") == 6
    assert [row["row"] for row in rows].count("coverage") == 4


def test_markdown_shows_both_sets_and_escapes_what_is_not_ours(clubs, declared):
    text = format_hubs(clubs, hubs(clubs), declared, output="markdown")
    assert "## Alliances (4)" in text
    assert r"Grand Réseau\*" in text


HOSTILE = "\x1b]0;x\x07\x9b2J\u202eSiel\rBleu\u2066"


@pytest.mark.parametrize("output", ["table", "markdown"])
def test_a_name_cannot_command_the_terminal(output):
    nodes = [("a", "source", HOSTILE), ("b", "source", "B"), ("x", "target", HOSTILE), ("y", "target", "Y")]
    net = network_from_rows("n", nodes, [("a", "x"), ("a", "y"), ("b", "x")])
    hostile = Declared(claimed={"x": 3}, qualifiers={"x": HOSTILE}, meta={"x": HOSTILE})
    for text in (
        format_hubs(net, hubs(net), hostile, output=output, width=100),
        format_overlap(overlap(net, declared=hostile), output=output, width=100),
    ):
        assert "SielBleu" in text
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


def test_a_name_on_two_lines_stands_on_one():
    net = network_from_rows("n", [("a", "source", "Siel\nBleu"), ("x", "target", "X\t Y")], [("a", "x")])
    text = format_hubs(net, hubs(net), Declared(), width=100)
    assert "\nSiel Bleu " in text
    assert "\nX Y " in text


@pytest.mark.parametrize(
    ("value", "third", "share"),
    [
        (0.0625, "0,063", "6 %"),
        (0.625, "0,625", "63 %"),
        (0.0005, "0,001", "< 1 %"),
    ],
)
def test_halves_are_rounded_up_as_on_the_page(value, third, share):
    assert decimal(value, "fr") == third
    assert percent(value, "fr").replace("\u00a0", " ") == share


def test_a_file_for_programs_keeps_a_name_as_it_is():
    net = network_from_rows("n", [("a", "source", HOSTILE), ("x", "target", "X")], [("a", "x")])
    rows = json.loads(format_hubs(net, hubs(net), Declared(), output="json"))
    assert HOSTILE in {row["label"] for row in rows}


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_spreadsheet_runs_no_name_as_a_formula(name):
    net = network_from_rows("n", [("a", "source", name), ("x", "target", name)], [("a", "x")])
    hub_rows = list(
        csv.DictReader(io.StringIO(format_hubs(net, hubs(net), Declared(), output="csv"), newline=""))
    )
    assert {row["label"] for row in hub_rows} == {f"'{name}"}
    report = format_overlap(overlap(net), output="csv")
    assert {row["label"] for row in csv.DictReader(io.StringIO(report, newline=""))} == {f"'{name}"}


def test_numbers_below_zero_and_lists_stay_what_they_are_in_csv():
    text = to_csv(
        ["n", "names", "yes", "none"], [{"n": -1.5, "names": ["=a", "b"], "yes": True, "none": None}]
    )
    assert text == "n,names,yes,none\r\n-1.5,'=a; b,true,\r\n"


@settings(max_examples=40, deadline=None)
@given(networks(), st.sampled_from(FORMATS), st.sampled_from(["fr", "en"]))
def test_any_network_can_be_written_in_any_format(network, output, lang):
    assert format_hubs(network, hubs(network), Declared(), lang=lang, output=output)
    assert format_overlap(overlap(network), lang=lang, output=output)


def test_networks_are_listed_and_shown_with_their_query(clubs, clubs_library):
    listed = json.loads(format_list(clubs_library, output="json"))
    assert [each["name"] for each in listed] == ["clubs"]
    shown = json.loads(format_overview(clubs, clubs_library.get("clubs"), output="json"))
    assert shown["query"].endswith("clubs.rq")
    assert shown["components"] == [6, 1, 1]
    assert shown["isolates"] == ["Seul", "Vide"]
    text = format_overview(clubs, clubs_library.get("clubs"), lang="en", width=140)
    assert "betweenness" in text
    assert "clubs.rq" in text


def test_the_page_of_measures_is_fresh():
    spec = importlib.util.spec_from_file_location("make_measures", ROOT / "scripts" / "make_measures.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.PAGE.read_bytes() == script.measures_page().encode(), "run: python scripts/make_measures.py"


def test_importing_the_room_loads_nothing_heavy():
    code = (
        "import sys, rte_graph.network, rte_graph.network.present, rte_graph.network.measures\n"
        "heavy = {'numpy', 'scipy', 'networkx', 'rich', 'rdflib', 'pyoxigraph'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
