"""The tutorial works as written, in both languages, from an empty folder to a site."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest
from observatory import DOCS, blocks, write_folder

from rte_graph.cli import main
from rte_graph.publish.config import SETTINGS


def test_the_tutorial_gives_a_site_from_an_empty_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_folder(tmp_path)
    monkeypatch.chdir(tmp_path)
    commands = [shlex.split(line) for block in blocks("fr", "sh") for line in block.splitlines()]
    assert [words[1] for words in commands if words[0] == "rte-graph"] == ["validate", "publish", "publish"]
    for program, *words in commands:
        if program == "cp":
            shutil.copytree(*words[1:])
            continue
        code = main(words)
        shown = capsys.readouterr()
        assert code == 0, shown
        assert "26 ressources" in shown.out or words[0] == "validate"
    page = (tmp_path / "site" / "id" / "organisation" / "velos-pour-tous.html").read_text(encoding="utf-8")
    assert "Vélos pour tous" in page
    assert "Table commune" in page
    assert "mailto:erreurs@observatoire.example.org" in page
    assert (tmp_path / "site" / "index.en.html").is_file()


def test_both_languages_of_the_tutorial_show_the_same_files_and_commands() -> None:
    for kind in ("turtle", "toml", "sh"):
        assert blocks("fr", kind) == blocks("en", kind)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_setting_of_the_site_stands_in_the_tutorial(lang: str) -> None:
    text = (DOCS / f"publish.{lang}.md").read_text(encoding="utf-8")
    rows = [f"| `{s.name}` | `{s.name} = {s.example}` | {getattr(s, lang)} |" for s in SETTINGS]
    assert [row for row in rows if row not in text] == []
