from __future__ import annotations

import json
from pathlib import Path

import pytest

from rte_graph.cli import main


def test_draw_writes_one_page_in_utf8(tmp_path: Path) -> None:
    page = tmp_path / "net.html"
    assert main(["draw", "alliance-memberships", "-o", str(page), "-q"]) == 0
    html = page.read_text(encoding="utf-8")
    assert "Coalition Solidaire" in html
    assert "Génér’action" in html
    assert "Tous Repreneurs" in html


def test_draw_gives_the_same_bytes_twice(tmp_path: Path) -> None:
    pages = [tmp_path / name for name in ("a.html", "b.html")]
    for page in pages:
        assert main(["draw", "alliance-memberships", "-o", str(page), "-q"]) == 0
    assert pages[0].read_bytes() == pages[1].read_bytes()


def test_draw_sizes_by_a_measure_and_refuses_one_it_does_not_know(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "net.svg"
    call = ["draw", "alliance-memberships", "-o", str(picture), "-q", "--lang", "en", "--size-by"]
    assert main([*call, "betweenness"]) == 0
    assert "Size: Betweenness" in picture.read_text(encoding="utf-8")
    assert main([*call, "fame"]) == 2
    message = capsys.readouterr().err
    assert "fame" in message
    assert "betweenness" in message


@pytest.mark.parametrize("verb", ["draw", "export"])
def test_an_unknown_network_or_extension_is_one_sentence(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([verb, "alliances-memberships", "-o", str(tmp_path / "n.html")]) == 2
    assert main([verb, "alliance-memberships", "-o", str(tmp_path / "n.xyz")]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 2
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("n.gexf", ["n.gexf"]),
        ("n.graphml", ["n.graphml"]),
        ("n.csv", ["n-edges.csv", "n-nodes.csv"]),
        ("n.json", ["n.json"]),
        ("n.net", ["n.net"]),
        ("n.xlsx", ["n.xlsx"]),
        ("n.csv --layout kumu", ["n-connections.csv", "n-elements.csv"]),
        ("n.csv --layout incidence", ["n.csv"]),
        ("n.json --layout cytoscape", ["n.json"]),
    ],
)
def test_export_writes_by_extension(name: str, written: list[str], tmp_path: Path) -> None:
    name, *layout = name.split()
    assert main(["export", "alliance-memberships", "-o", str(tmp_path / name), *layout, "-q"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == written


def test_export_without_a_file_says_how(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "alliance-memberships"]) == 2
    assert "-o alliance-memberships.gexf" in capsys.readouterr().err


def test_the_exported_links_carry_their_evidence(tmp_path: Path) -> None:
    path = tmp_path / "n.json"
    assert main(["export", "alliance-memberships", "-o", str(path), "-q"]) == 0
    links = json.loads(path.read_text(encoding="utf-8"))["links"]
    assert all(link["evidence_iris"] for link in links)
    assert all("ligne" in link["evidence"] for link in links)
