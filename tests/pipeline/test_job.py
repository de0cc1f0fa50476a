"""The main job, from files to the report, on the packaged data and on data that do not conform."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rte_graph.cli import main
from rte_graph.errors import NotConforming, UsageError
from rte_graph.pipeline import STEPS, Outcome, run_job
from rte_graph.resources import data_files, queries_folder
from rte_graph.sparql.library import load_library


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Outcome, Path]]:
    done: dict[str, tuple[Outcome, Path]] = {}

    def run(lang: str) -> tuple[Outcome, Path]:
        if lang not in done:
            out = tmp_path_factory.mktemp(lang) / "out"
            done[lang] = (run_job(data_files(), load_library(queries_folder()), out, lang=lang), out)
        return done[lang]

    return run


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_job_writes_each_file_that_it_names(job: Callable[[str], tuple[Outcome, Path]]) -> None:
    outcome, out = job("fr")
    assert all(path.exists() for path, _, _ in outcome.files)
    tables = {path.stem for path in (out / "queries").glob("*.csv")}
    assert tables == {answer.query.name for answer in outcome.queries}


def test_the_report_says_why_the_coalition_solidaire_is_the_hub(
    job: Callable[[str], tuple[Outcome, Path]],
) -> None:
    page = (job("fr")[1] / "index.html").read_text(encoding="utf-8")
    assert "Coalition Solidaire est le pivot" in page
    assert "tout sauf Social Bar" in page
    assert 'href="alliance-memberships.html"' in page


def test_the_report_in_english_has_no_french_headings(job: Callable[[str], tuple[Outcome, Path]]) -> None:
    page = (job("en")[1] / "index.html").read_text(encoding="utf-8")
    assert '<html lang="en">' in page
    assert "Coalition Solidaire" in page
    assert "Sommaire" not in page


def test_the_report_makes_no_request(job: Callable[[str], tuple[Outcome, Path]]) -> None:
    page = (job("fr")[1] / "index.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert "src=" not in page


def test_the_alliances_stand_first_in_the_rankings(job: Callable[[str], tuple[Outcome, Path]]) -> None:
    rows = json.loads((job("fr")[1] / "hubs.json").read_text(encoding="utf-8"))
    assert (
        rows[0] | {"set": "target", "measure": "degree", "rank": 1, "label": "Coalition Solidaire"} == rows[0]
    )
    sets = [row["set"] for row in rows]
    assert sets == sorted(sets, reverse=True)


def test_the_tables_hold_labels_and_identifiers(job: Callable[[str], tuple[Outcome, Path]]) -> None:
    with (job("fr")[1] / "queries" / "members-of-alliance.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"member", "memberLabel", "role", "roleIri"} <= set(rows[0])
    assert len(rows) == 15


def test_the_same_data_give_the_same_files(
    job: Callable[[str], tuple[Outcome, Path]], tmp_path: Path
) -> None:
    """Run in another process with another hash seed: sets and dictionaries in another order."""
    _, first = job("fr")
    other = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    command = [sys.executable, "-m", "rte_graph.cli", "run", "--out", "out", "-q"]
    environment = {**os.environ, "PYTHONHASHSEED": other}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    second = tmp_path / "out"
    assert contents(first).keys() == contents(second).keys()
    different = [name for name, content in contents(first).items() if contents(second)[name] != content]
    assert different == []


def test_tables_of_an_earlier_run_are_removed_and_other_files_kept(tmp_path: Path) -> None:
    library = load_library(queries_folder())
    out = tmp_path / "out"
    tables = out / "queries"
    tables.mkdir(parents=True)
    (tables / "mine.csv").write_text("mine", encoding="utf-8")
    run_job(data_files(), library, out)
    assert (tables / "mine.csv").exists(), "no run had written into this folder"
    (tables / "note.txt").write_text("mine", encoding="utf-8")
    outcome = run_job([Path(__file__).with_name("data") / "foreign.ttl"], library, out)
    left = {path.name for path in tables.iterdir()}
    assert left == {"note.txt", *(f"{answer.query.name}.csv" for answer in outcome.queries)}
    assert "mine.csv" not in left
    assert not list(out.rglob(".*")), "nothing temporary is left"


def test_the_tables_that_people_open_hold_no_formula(tmp_path: Path) -> None:
    foreign = Path(__file__).with_name("data") / "foreign.ttl"
    nasty = tmp_path / "nasty.ttl"
    nasty.write_text(foreign.read_text(encoding="utf-8").replace('"Orga"', '"=1+1"'), encoding="utf-8")
    run_job([nasty], load_library(queries_folder()), tmp_path / "out")
    text = (tmp_path / "out" / "queries" / "organisations.csv").read_text(encoding="utf-8")
    assert ",'=1+1," in text
    assert ",=1+1," not in text


def test_the_steps_are_told_in_order(tmp_path: Path) -> None:
    told: list[str] = []
    run_job(
        data_files(),
        load_library(queries_folder()),
        tmp_path,
        tell=lambda step: told.append(step.name),
    )
    assert told == [step.name for step in STEPS]


def test_data_that_do_not_conform_leave_no_file(tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text(
        "@prefix rte: <https://w3id.org/rte/ontology#> .\n"
        "<https://w3id.org/rte/id/alliance/x> a rte:Alliance .\n",
        encoding="utf-8",
    )
    with pytest.raises(NotConforming):
        run_job([bad], load_library(queries_folder()), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_gets_one_sentence(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        run_job(data_files(), load_library(queries_folder()), blocked / "out", lang="en")
    assert "--out" in caught.value.message("en")


def test_the_command_says_what_it_found_and_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["run", "--out", "results", "--lang", "en", "-q"]) == 0
    said = capsys.readouterr()
    assert "Conforms: 0 violations" in said.out
    assert "Coalition Solidaire is the hub" in said.out
    assert "results/index.html" in said.out
    assert said.err == ""


def test_pages_are_opened_only_on_a_desktop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    assert main(["run", "--out", str(tmp_path / "out"), "--open", "-q"]) == 0
    assert opened == []
    monkeypatch.setattr("rte_graph.cli.run._has_screen", lambda: True)
    assert main(["run", "--out", str(tmp_path / "out"), "--open", "-q"]) == 0
    assert [address.rpartition("/")[2] for address in opened] == ["index.html", "alliance-memberships.html"]


def test_the_job_runs_on_data_that_hold_none_of_the_examples(tmp_path: Path) -> None:
    foreign = Path(__file__).with_name("data") / "foreign.ttl"
    outcome = run_job([foreign], load_library(queries_folder()), tmp_path / "out", lang="en")
    asked = {answer.query.name: answer for answer in outcome.queries}
    assert len(asked["members-of-alliance"].table.rows) == 1
    assert "Alliance B" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def test_the_job_runs_on_data_without_any_alliance(tmp_path: Path) -> None:
    empty = tmp_path / "empty.ttl"
    empty.write_text("", encoding="utf-8")
    outcome = run_job([empty], load_library(queries_folder()), tmp_path / "out", lang="fr")
    assert outcome.network.nodes == ()
    assert (tmp_path / "out" / "index.html").exists()
