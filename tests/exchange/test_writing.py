"""An alignment's files are written all or not at all, the same each time."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from exchange_samples import SAMPLES

from rte_graph.cli import main
from rte_graph.errors import UsageError
from rte_graph.exchange import writing
from rte_graph.exchange.align import Alignment
from rte_graph.exchange.writing import FILES, files_of, write_folder
from rte_graph.rdf_io import parse_triples

SAMPLE = str(SAMPLES["essglobal"])


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_the_files_hold_what_the_report_counts(
    name: str, tmp_path: Path, aligned: Callable[[str], Alignment]
) -> None:
    out = tmp_path / "out"
    assert main(["align", str(SAMPLES[name]), "-o", str(out), "-q"]) == 0
    assert sorted(each.name for each in out.iterdir()) == sorted(FILES)
    found = aligned(name)
    assert set(parse_triples(out / "mapped.ttl")) == found.mapped
    assert set(parse_triples(out / "mended.ttl")) == found.mended.triples
    assert set(parse_triples(out / "lost.ttl")) == found.account.lost
    assert set(parse_triples(out / "back.ttl")) == found.round_trip.back
    assert json.loads((out / "report.json").read_text(encoding="utf-8"))["read"] == found.read


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert main(["align", SAMPLE, "-o", str(tmp_path / name), "-q"]) == 0
    for name in FILES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_a_folder_of_an_alignment_is_replaced_and_any_other_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["align", SAMPLE, "-o", str(out), "-q"]) == 0
    (out / "patch.ttl").write_text("old", encoding="utf-8")
    assert main(["align", SAMPLE, "-o", str(out), "-q"]) == 0
    assert (out / "patch.ttl").read_text(encoding="utf-8") != "old"
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    (out / "patch.ttl").write_text("old", encoding="utf-8")
    assert main(["align", SAMPLE, "-o", str(out), "-q"]) == 2
    assert "dossier neuf" in capsys.readouterr().err
    assert (out / "patch.ttl").read_text(encoding="utf-8") == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


def test_a_failure_on_the_way_leaves_the_old_folder_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, aligned: Callable[[str], Alignment]
) -> None:
    files = files_of(aligned("org"), "fr")
    write_folder(files, tmp_path / "out")

    def full(self: Path, target: Path) -> Path:
        if self.name.startswith(".rte-graph-align"):
            raise OSError(28, "No space left on device")
        return original(self, target)

    original = Path.rename
    monkeypatch.setattr(writing.Path, "rename", full)
    with pytest.raises(UsageError):
        write_folder(dict.fromkeys(files, "new"), tmp_path / "out")
    assert (tmp_path / "out" / "mapped.ttl").read_text(encoding="utf-8") == files["mapped.ttl"]
    assert [each.name for each in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("name", "begins"), [("a.ttl", "# What comes across"), ("a.json", "{"), ("a.txt", "/")]
)
def test_one_file_is_what_its_name_says(name: str, begins: str, tmp_path: Path) -> None:
    out = tmp_path / name
    assert main(["align", SAMPLE, "-o", str(out), "-q", "--lang", "en"]) == 0
    assert out.read_text(encoding="utf-8").startswith(begins)
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_a_hostile_file_name_stays_in_its_comment(tmp_path: Path) -> None:
    path = tmp_path / "a\n<x> <y> <z> . é.ttl"
    path.write_bytes(SAMPLES["org"].read_bytes())
    assert main(["align", str(path), "-o", str(tmp_path / "out"), "-q"]) == 0
    plain = tmp_path / "plain"
    assert main(["align", str(SAMPLES["org"]), "-o", str(plain), "-q"]) == 0
    assert len(parse_triples(tmp_path / "out" / "mapped.ttl")) == len(parse_triples(plain / "mapped.ttl"))
