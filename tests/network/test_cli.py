from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from rte_graph.cli.common import Session
from rte_graph.cli.hubs import hubs
from rte_graph.cli.language import set_language
from rte_graph.cli.network import network
from rte_graph.cli.overlap import overlap
from rte_graph.errors import InvalidParameter, RteError, UnknownName, UnknownQuery
from rte_graph.network.measures import measures


@pytest.fixture
def run(clubs_store, clubs_library):
    def invoke(command, *words: str) -> Result:
        session = Session(_store=clubs_store, _library=clubs_library)
        result = CliRunner().invoke(command, words, obj=session)
        if result.exception and not isinstance(result.exception, SystemExit | RteError):
            raise result.exception
        return result

    yield invoke
    set_language("fr")


def test_hubs_write_a_table_by_default(run):
    assert "Grand Réseau*" in run(hubs, "clubs").stdout


def test_hubs_by_chosen_measures_in_one_set(run):
    result = run(
        hubs,
        "clubs",
        "--by",
        "pagerank",
        "--by",
        "degree",
        "--set",
        "source",
        "--top",
        "2",
        "--format",
        "json",
    )
    rows = json.loads(result.stdout)
    assert {row["set"] for row in rows} == {"source"}
    assert list(dict.fromkeys(row["measure"] for row in rows)) == ["pagerank", "degree"]
    assert max(row["rank"] for row in rows) <= 2


def test_hubs_without_a_node_named_in_any_way(run):
    rows = json.loads(run(hubs, "clubs", "--exclude", "grand reseau", "--format", "json").stdout)
    assert "Grand Réseau" not in {row["label"] for row in rows}
    assert "Sans Grand Réseau" in run(hubs, "clubs", "--exclude", "grand reseau").stdout


def test_the_file_name_chooses_the_format(run, tmp_path):
    target = tmp_path / "hubs.json"
    run(hubs, "clubs", "-o", str(target))
    assert json.loads(target.read_text(encoding="utf-8"))[0]["set"] == "target"


@pytest.mark.parametrize("command", [hubs, overlap])
def test_a_file_name_that_promises_another_format_is_refused(run, tmp_path, command):
    target = tmp_path / "hubs.xlsx"
    refused = run(command, "clubs", "-o", str(target)).exception
    assert isinstance(refused, InvalidParameter)
    assert ".csv, .json, .md, .txt" in refused.message("en")
    assert not target.exists()
    assert not run(command, "clubs", "-o", str(target), "--format", "csv").exception


def test_an_unknown_measure_network_or_node_is_one_sentence(run):
    assert isinstance(run(hubs, "clubs", "--by", "degre").exception, UnknownName)
    assert isinstance(run(hubs, "clbs").exception, UnknownQuery)
    assert isinstance(run(hubs, "clubs", "--exclude", "Personne").exception, UnknownName)


def test_overlap_and_networks_answer(run):
    assert json.loads(run(overlap, "clubs", "--format", "json").stdout)["coverage"]
    assert "clubs" in run(network, "list").stdout
    assert "clubs.rq" in run(network, "show", "clubs").stdout


def test_answers_speak_english_when_asked(run):
    assert "tie for first place" in run(hubs, "clubs", "--lang", "en").stdout


def test_help_names_every_measure_of_the_register(run):
    words = " ".join(run(hubs, "--help").stdout.split()).replace("- ", "-")
    names = ", ".join(measure.name for measure in measures("node"))
    assert f"répétable : {names}." in words.replace("\u00a0", " ")
