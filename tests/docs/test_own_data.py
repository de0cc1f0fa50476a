"""The example for newcomers conforms without a warning and answers a question."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from rte_graph.cli import main

PAGE = Path(__file__).resolve().parents[2] / "docs" / "own-data.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    blocks = re.findall(r"```turtle\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 1
    (tmp_path / "my-data").mkdir()
    (tmp_path / "my-data" / "network.ttl").write_text(blocks[0], encoding="utf-8")
    return tmp_path / "my-data"


def test_the_example_conforms_without_a_warning(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(folder), "--lang", "en"]) == 0
    assert "0 violations, 0 warnings" in capsys.readouterr().out


def test_the_example_answers_who_is_a_member(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = ["query", "run", "members-of-alliance", "-p", "alliance=alliance VERTE", "--store", str(folder)]
    assert main([*query, "--format", "csv"]) == 0
    shown = capsys.readouterr().out
    assert "Atelier du coin" in shown
    assert "Vélos pour tous" in shown


def test_the_example_can_be_ranked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hubs", "alliance-memberships", "--store", str(folder), "--format", "csv"]) == 0
    assert "Alliance verte" in capsys.readouterr().out


def test_the_commands_of_the_page_do_what_they_are_shown_for(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder.parent)
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    commands = [shlex.split(line) for block in blocks for line in block.splitlines()]
    assert len(commands) > 8
    for program, *words in commands:
        assert program == "rte-graph"
        assert main(words) == 0, (words, capsys.readouterr())
    shown = capsys.readouterr().out
    assert shown.count("Vélos pour tous") >= 2, "from the files and from the store"
    assert "même empreinte" in shown
    assert (
        main(["query", "run", "members-of-alliance", "-p", "alliance=Alliance verte", "--store", "my-backup"])
        == 0
    )
    assert "Vélos pour tous" in capsys.readouterr().out
