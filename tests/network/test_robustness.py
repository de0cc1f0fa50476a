"""Robustness and backbone, through the command line and on small networks."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest

from rte_graph.cli import main
from rte_graph.cli.language import set_language
from rte_graph.errors import InvalidParameter
from rte_graph.network.nulls import Plan, backbone
from rte_graph.network.robustness import robustness
from tests.network.samples import two_mode

Run = Callable[..., str]
NET = "alliance-memberships"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    def invoke(*words: str, code: int = 0) -> str:
        assert main(words) == code
        streams = capsys.readouterr()
        return (streams.err if code else streams.out).replace("\u00a0", " ")

    yield invoke
    set_language("fr")


def star(leaves: int = 8):
    """One target that gathers everybody, and one that gathers a single member."""
    return two_mode(leaves, 3, [*((leaf, 0) for leaf in range(leaves)), (0, 1), (0, 2), (1, 1)])


def test_who_is_far_ahead_stays_first_whatever_is_missing() -> None:
    card = robustness(star(), "degree", draws=50, seed=2)
    assert {row.first for row in card.rows if row.kind == "random" and row.set == "target"} == {1.0}


def test_the_list_of_the_first_makes_it_fall() -> None:
    rows = {
        row.what: row
        for row in robustness(star(), "degree", draws=5).rows
        if (row.kind, row.set) == ("list", "target")
    }
    assert (rows["t0"].kept, rows["t0"].first) == (0.0, 0.0)
    assert (rows["t2"].kept, rows["t2"].first) == (1.0, 1.0)
    assert rows["t0"].share == pytest.approx(8 / 11)


def test_a_draw_of_one_missing_pair_agrees_with_taking_each_pair_away_in_turn() -> None:
    net = two_mode(5, 4, [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (3, 2), (4, 3), (4, 2)])
    card = robustness(net, "degree", shares=[0.01], draws=20000, seed=5, top=2)
    row = next(row for row in card.rows if (row.kind, row.set) == ("random", "target"))
    each = [
        robustness(net, "degree", draws=1, top=2, sources={"one": [gone], "none": []}).rows
        for gone in range(len(net.edges))
    ]
    kept = [r.kept for rows in each for r in rows if (r.what, r.set) == ("one", "target")]
    assert row.kept == pytest.approx(sum(kept) / len(kept), abs=0.03)


def test_all_nodes_at_one_rank_are_no_ranking() -> None:
    assert robustness(two_mode(3, 3, [(0, 0), (1, 1), (2, 2)]), "degree", draws=3).rows == ()
    assert robustness(two_mode(3, 3, []), "degree", draws=3).rows == ()
    assert robustness(two_mode(0, 0, []), "degree", draws=3).rows == ()


def test_a_tie_at_the_last_rank_is_left_out_whole() -> None:
    net = two_mode(12, 2, [(0, 0), (0, 1), *((leaf, 0) for leaf in range(1, 12))])
    row = next(row for row in robustness(net, "degree", draws=3).rows if row.set == "source")
    assert (row.top, row.size) == (1, 12)


def test_closeness_gives_way_to_its_harmonic_kin_because_networks_fall_apart() -> None:
    assert robustness(star(), "closeness", draws=3).measure.name == "harmonic-closeness"


@pytest.mark.parametrize(
    "wrong", [{"shares": [0.0]}, {"shares": [1.0]}, {"draws": 0}, {"seed": -1}, {"top": 0}]
)
def test_numbers_that_make_no_sense_are_refused(wrong) -> None:
    with pytest.raises(InvalidParameter):
        robustness(star(), "degree", **wrong)


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(run: Run) -> None:
    words = ("robustness", NET, "--by", "betweenness", "--draws", "30", "--format", "json")
    first = run(*words)
    assert first == run(*words)
    assert first != run(*words, "--seed", "2")


def test_the_card_says_that_it_models_missing_ties_not_selection(run: Run) -> None:
    words = ("robustness", NET, "--draws", "10", "--missing", "10")
    assert "rien de la façon dont les cas ont été choisis" in " ".join(run(*words).split())
    assert "nothing about how the cases were chosen" in " ".join(run(*words, "--lang", "en").split())
    assert "nothing about" in json.loads(run(*words, "--lang", "en", "--format", "json"))["notes"][0]
    assert "█" in run(*words)


def test_rows_are_the_same_in_csv_and_json(run: Run) -> None:
    words = ("robustness", "cooperation", "--draws", "5")
    rows = json.loads(run(*words, "--format", "json"))["rows"]
    lines = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv"))))
    assert [[str(value) for value in row.values()] for row in rows] == [[*line.values()] for line in lines]
    assert {row["kind"] for row in rows} == {"random", "source"}
    assert sum(row["kind"] == "source" for row in rows) == 2


def test_the_chart_is_an_svg_that_parses(run: Run, tmp_path) -> None:
    from xml.etree import ElementTree

    target = tmp_path / "robustness.svg"
    run("robustness", NET, "--draws", "10", "-o", str(target))
    root = ElementTree.parse(target).getroot()
    assert root.tag.endswith("svg")
    assert "rien de la façon" in "".join(root.itertext())


def test_the_backbone_of_the_command_is_that_of_the_library(run: Run, davis) -> None:
    rows = json.loads(run("backbone", NET, "--set", "source", "--draws", "100", "--format", "json"))
    assert rows["alternative"] == "upper"
    assert (rows["pairs"], rows["set"], rows["seed"]) == (120, "source", 1)
    lines = list(
        csv.DictReader(io.StringIO(run("backbone", NET, "--null", "expected-degrees", "--format", "csv")))
    )
    assert len(lines) == 6
    assert {line["exceeds"] for line in lines} == {"false"}
    assert "Family: all pairs (alliances)" in run("backbone", NET, "--lang", "en").replace("\n", " ")


def test_a_pair_that_exceeds_chance_is_marked() -> None:
    from rte_graph.network.backbone_table import backbone_table, format_backbone

    ties = [(i, j) for i in range(10) for j in (0, 1)] + [(i, 2 + i % 6) for i in range(10, 40)]
    found = backbone(two_mode(40, 8, ties), Plan(draws=2000, seed=1, alternative="upper"))
    assert [(row.label, row.other) for row in found.exceeding][:1] == [("t0", "t1")]
    assert backbone_table(found, "en").rows[0][-1] == "yes"
    lines = list(csv.DictReader(io.StringIO(format_backbone(found, output="csv"))))
    assert lines[0]["exceeds"] == "true"


def test_nodes_that_tie_share_the_places_left() -> None:
    net = two_mode(3, 3, [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (1, 2), (2, 2)])
    rows = robustness(net, "degree", draws=1, top=1, sources={"one": [0], "none": []}).rows
    row = next(row for row in rows if (row.what, row.set) == ("one", "target"))
    # Three targets tie for one place: a third of it each, of one that the first had whole.
    assert (row.top, row.kept, row.first) == (1, pytest.approx((1 / 3) / (1 + 2 / 3)), pytest.approx(1 / 3))


def test_a_node_that_loses_what_sets_it_apart_does_not_stay_at_the_top() -> None:
    net = two_mode(6, 2, [*((leaf, 0) for leaf in range(6)), (0, 1), (1, 1)])
    card = robustness(net, "betweenness", shares=[0.13], draws=400, seed=4)
    stays = {row.label: row.stays[0] for row in card.staying if row.set == "source"}
    # One of eight ties is missing: nodes 0 and 1 have nothing more than the others without their second one.
    assert set(stays) == {"s0", "s1"}
    assert all(0 < value < 1 for value in stays.values())
