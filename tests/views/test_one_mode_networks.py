"""A one-mode network of one's own can be drawn and exported; its nodes keep their own classes."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from rte_graph.cli import main

QUERY = """\
#+ summary: {fr: "Organisations reliées", en: "Linked organisations"}
#+ description: {fr: "Liées par une même personne.", en: "Linked by one person."}
#+ tags: [network]
#+ order: [source, target]
#+ network: {mode: one-mode}
PREFIX rte: <https://w3id.org/rte/ontology#>
PREFIX org: <http://www.w3.org/ns/org#>
SELECT DISTINCT ?source ?target WHERE {
  ?a org:member ?person ; org:organization ?source .
  ?b org:member ?person ; org:organization ?target .
  ?person a rte:Person .
  FILTER(STR(?source) < STR(?target))
}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "queries" / "networks").mkdir(parents=True)
    (tmp_path / "queries" / "networks" / "interlocks.rq").write_text(QUERY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_one_mode_network_is_drawn_as_page_and_picture(folder: Path) -> None:
    assert main(["draw", "interlocks", "-o", "net.html", "-q"]) == 0
    assert main(["draw", "interlocks", "-o", "net.svg", "-q"]) == 0
    assert "Réseau Eco Habitat" in (folder / "net.html").read_text(encoding="utf-8")
    assert "Réseau Eco Habitat" in (folder / "net.svg").read_text(encoding="utf-8")


def test_nodes_without_a_type_in_the_query_show_their_own_class(folder: Path) -> None:
    assert main(["export", "interlocks", "-o", "net.csv", "-q"]) == 0
    with (folder / "net-nodes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["type_iri"] for row in rows} == {"https://w3id.org/rte/ontology#Organisation"}
    assert len(rows) == 8


def test_a_one_mode_network_is_ranked_and_its_first_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["hubs", "interlocks", "--lang", "en"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert re.search(r"joined to \d of the \d others", shown)
