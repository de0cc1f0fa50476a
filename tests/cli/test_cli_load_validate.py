from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rte_graph.resources import data_folder

Run = Callable[..., Any]
ORGANISATION = """\
organisation:o a rte:Organisation ; skos:prefLabel "Fondation Essai"@fr .
"""
TYPO = "organisation:o rte:knid 1 .\n"
BROKEN = 'organisation:o a rte:Organisation ; skos:prefLabel "oubli .\n'


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, where load makes its store."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_load_says_what_came_and_what_to_type_next(
    cli: Run, write: Callable[..., Path], conforming: str
) -> None:
    path = write("own/data.ttl", conforming)
    outcome = cli("load", path)
    assert outcome.code == 0, outcome.out
    assert "data : " in outcome.out
    assert "triplets, 1 fichier\n" in outcome.out
    assert "territoire  1" in outcome.out
    assert "Base créée : rte-store" in outcome.err
    english = cli("load", path, "--lang", "en")
    assert "territory  1" in english.out
    assert english.err == "\nLoaded into rte-store\nNow: rte-graph query list\n"
    assert cli("load", path, "-q").err == ""


def test_the_name_of_a_dataset_cannot_command_the_terminal(
    cli: Run, write: Callable[..., Path], conforming: str
) -> None:
    named = 'dataset:d a dcat:Dataset ; dcterms:title "A\\u001B[2JB"@fr .\n'
    path = write("own/data.ttl", conforming + named)
    outcome = cli("load", path)
    assert "A[2JB : " in outcome.out
    assert "\x1b" not in outcome.out


def test_load_shows_the_warnings_and_loads_all_the_same(
    cli: Run, write: Callable[..., Path], conforming: str
) -> None:
    path = write("own/data.ttl", conforming + "<http://x.org/a> <http://x.org/b> [] .\n")
    outcome = cli("load", path)
    assert outcome.code == 0
    assert "territoire  1" in outcome.out
    assert "Avertissement · nœud sans nom" in outcome.out
    assert "Conforme : 0 violation, 1 avertissement" in outcome.out
    assert "Avertissement" not in cli("load", write("own/data.ttl", conforming)).out


def test_load_counts_things_once_and_in_the_singular_where_there_is_one(
    cli: Run, write: Callable[..., Path]
) -> None:
    path = write("person.ttl", "<http://x.org/a> <http://x.org/b> 1 .")
    assert "person : 1 triplet, 1 fichier\n" in cli("load", path).out
    assert "person: 1 triple, 1 file\n" in cli("load", path, "--lang", "en").out
    packaged = cli("load", data_folder() / "turtle")
    assert packaged.code == 0
    assert "organisation" in packaged.out
    assert not re.search(r"^\s*acteur", packaged.out, re.MULTILINE)


def test_data_without_a_triple_conform_but_the_report_says_so(cli: Run, write: Callable[..., Path]) -> None:
    outcome = cli("validate", write("empty.ttl", "# nothing\n"))
    assert outcome.code == 0
    assert "il n’y a rien à valider." in outcome.out
    assert "1 triplet, " in cli("validate", write("o.ttl", "<http://x.org/a> <http://x.org/b> 1 .")).out


@pytest.mark.parametrize(
    "words", [["load", ""], ["validate", ""], ["validate", "-o", ""], ["run", "--out", ""]]
)
def test_an_empty_path_is_refused(cli: Run, words: list[str], here: Path) -> None:
    outcome = cli(*words)
    assert outcome.code == 2
    assert "est vide" in outcome.err
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("words", [["hubs"], ["overlap"], ["network", "show"]])
def test_what_is_computed_from_data_that_nobody_validated_says_so(
    cli: Run, write: Callable[..., Path], conforming: str, words: list[str]
) -> None:
    path = write("mes données.ttl", conforming)
    command = [*words, "alliance-memberships"]
    assert f"« rte-graph validate --store '{path}' »" in cli(*command, "--store", path).err
    assert cli(*command, "--store", path, "-q").err == ""
    assert cli(*command).err == ""


def test_load_of_bad_data_shows_the_report_and_loads_nothing(cli: Run, write: Callable[..., Path]) -> None:
    outcome = cli("load", write("x.ttl", TYPO))
    assert outcome.code == 1
    assert "Le terme rte:knid n’est déclaré nulle part : écrivez rte:kind." in outcome.out
    assert "Rien n’a été chargé" in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize("verb", ["load", "validate"])
def test_a_broken_file_is_65_a_missing_one_2_a_missing_argument_2(
    cli: Run, write: Callable[..., Path], verb: str
) -> None:
    outcome = cli(verb, write("broken.ttl", BROKEN))
    assert outcome.code == 65
    assert "broken.ttl, ligne 13 : " in outcome.err
    assert outcome.err.count("\n") == 1
    assert cli(verb, "nowhere.ttl").code == 2
    assert cli(verb, "--store", "http://127.0.0.1:9/query", write("o.ttl", ORGANISATION)).code == 69
    if verb == "load":
        assert cli(verb).code == 2


def test_validate_exits_1_on_violations_and_0_otherwise(
    cli: Run, write: Callable[..., Path], conforming: str
) -> None:
    bad = cli("validate", write("bad.ttl", TYPO))
    assert bad.code == 1
    assert "Non conforme : 1 violation, 0 avertissement" in bad.out
    good = cli("validate", write("good.ttl", conforming))
    assert good.code == 0, good.out
    assert "Conforme : 0 violation" in good.out


def test_validate_gives_json_and_turtle_to_a_file(
    cli: Run, write: Callable[..., Path], tmp_path: Path
) -> None:
    bad = write("bad.ttl", TYPO)
    document = json.loads(cli("validate", bad, "--format", "json").out)
    assert document["violations"] == 1
    target = tmp_path / "report.ttl"
    outcome = cli("validate", bad, "--format", "turtle", "-o", target, "-q")
    assert (outcome.code, outcome.out, outcome.err) == (1, "", "")
    assert "sh:ValidationReport" in target.read_text(encoding="utf-8")
    text = tmp_path / "report.txt"
    cli("validate", bad, "-o", text, "--lang", "en")
    assert "Does not conform: 1 violation" in text.read_text(encoding="utf-8")


def test_validate_of_a_store_cites_its_files(cli: Run, write: Callable[..., Path]) -> None:
    path = write("own/bad.ttl", TYPO)
    outcome = cli("validate", "--store", path.parent)
    assert outcome.code == 1
    assert f"{path}:13" in outcome.out


def test_files_are_joined_to_a_store_only_when_one_is_named(
    cli: Run, write: Callable[..., Path], conforming: str
) -> None:
    base = write("base/t.ttl", conforming)
    part = write(
        "part.ttl",
        "@prefix territory: <https://w3id.org/rte/id/territory/> .\n"
        "territory:part a rte:Territory ; rte:within territory:whole .\n",
    )
    alone, joined = cli("validate", part), cli("validate", part, "--store", base)
    assert "territory:whole" in alone.out
    assert "rte:ReferenceShape-described" in alone.out
    assert "rte:ReferenceShape-described" not in joined.out


def test_the_packaged_data_conform(cli: Run) -> None:
    outcome = cli("validate")
    assert outcome.code == 0, outcome.out
