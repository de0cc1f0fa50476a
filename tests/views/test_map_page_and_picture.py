from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from map_sample import HOSTILE, hostile_map, small_map, write_rates

from rte_graph.cli import main
from rte_graph.views.map_draw import at_level
from rte_graph.views.map_page import draw_map_page
from rte_graph.views.map_svg import draw_map_svg
from rte_graph.views.page_shell import inline_hash

SVG = "{http://www.w3.org/2000/svg}"


class _Page(HTMLParser):
    """Gathers what a browser would run, fetch or show without scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.links: list[str] = []
        self.plain = ""
        self.policy = ""
        self.inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.links += [str(given[name]) for name in ("src", "href", "data", "action") if given.get(name)]
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = str(given["content"])
        assert not [name for name in given if name.startswith("on") or name == "style"]
        self.inside = tag if tag in ("script", "style") else self.inside
        if tag == "script" and given.get("type") != "application/json":
            self.scripts.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = "" if tag in ("script", "style") else self.inside

    def handle_data(self, data: str) -> None:
        if self.inside == "script" and self.scripts:
            self.scripts[-1] += data
        elif not self.inside:
            self.plain += data


def circles(svg: str) -> list[float]:
    root = ElementTree.fromstring(svg)
    return [float(c.get("r", "")) for c in root.iter(f"{SVG}circle") if c.get("fill") != "none"]


def test_the_page_asks_for_nothing_and_its_policy_admits_only_its_own_script() -> None:
    page = _Page(draw_map_page(small_map()))
    assert page.links == []
    assert len(page.scripts) == 1
    assert inline_hash(page.scripts[0]) in page.policy
    assert "default-src 'none'" in page.policy


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_without_scripts_the_page_is_a_table_of_all_entries_and_places(lang: str) -> None:
    plain = _Page(draw_map_page(small_map(), lang=lang)).plain
    for word in ("Lot (46)", "Bretagne", "Titre", "Natural Earth"):
        assert word in plain
    assert ("Sans territoire" if lang == "fr" else "No territory") in plain


def test_hostile_texts_stay_text_in_page_and_picture() -> None:
    text = draw_map_page(hostile_map())
    page = _Page(text)
    assert HOSTILE not in text
    assert page.links == []
    assert len(page.scripts) == 1
    svg = draw_map_svg(hostile_map())
    assert HOSTILE not in svg
    root = ElementTree.fromstring(svg)
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= {
        "svg", "title", "desc", "rect", "text", "g", "path", "circle",
    }  # fmt: skip


def test_the_areas_of_circles_are_proportional_to_the_numbers() -> None:
    many = replace(small_map(), entries=tuple(small_map().entries) + small_map().entries[:1] * 2)
    svg = draw_map_svg(many, level="region")
    big, small = sorted(circles(svg), reverse=True)
    counts = sorted(many.counts("region").values(), reverse=True)
    assert (big / small) ** 2 == pytest.approx(counts[0] / counts[1], rel=0.02)


def test_the_picture_names_what_stands_beside_the_map() -> None:
    svg = draw_map_svg(small_map()).replace("\u00a0", " ")
    at_region = draw_map_svg(small_map(), level="region").replace("\u00a0", " ")
    assert "À côté de la carte : Bretagne 2, territoire non précisé 1." in svg
    assert "À côté de la carte : territoire non précisé 1." in at_region
    assert len(circles(svg)) == 1
    assert "licence non indiquée" in svg


def test_a_rate_is_shown_in_classes_without_circles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "queries").mkdir()
    write_rates(tmp_path / "queries")
    monkeypatch.chdir(tmp_path)
    Path("rte.toml").write_text('queries = "queries"\n', encoding="utf-8")
    assert main(["map", "rates", "-o", "rates.svg", "-q"]) == 0
    svg = Path("rates.svg").read_text(encoding="utf-8")
    assert circles(svg) == []
    assert "sans donnée" in svg
    assert ">0,25<" in svg
    assert main(["map", "rates", "-o", "rates.html", "-q"]) == 0


def test_the_verb_writes_the_same_bytes_twice_and_a_page_below_600_kilobytes(tmp_path: Path) -> None:
    for suffix in ("html", "svg"):
        files = [tmp_path / f"{name}.{suffix}" for name in "ab"]
        for each in files:
            assert main(["map", "-o", str(each), "-q"]) == 0
        assert files[0].read_bytes() == files[1].read_bytes()
        assert files[0].stat().st_size < 600_000


def test_the_verb_takes_parameters_a_level_and_a_language(tmp_path: Path) -> None:
    target = tmp_path / "map.svg"
    assert (
        main(
            [
                "map",
                "initiatives",
                "-p",
                "source=mgen",
                "--level",
                "region",
                "--lang",
                "en",
                "-o",
                str(target),
                "-q",
            ]
        )
        == 0
    )
    text = target.read_text(encoding="utf-8")
    assert "65 initiatives, by région" in text
    assert "source = mgen" in text
    assert "Petite couronne" not in text


@pytest.mark.parametrize(
    "words", [["challenges"], ["nothing-like-it"], ["--level", "commune"], ["--value", "fame"], ["-p", "x"]]
)
def test_what_cannot_be_mapped_is_one_sentence_and_leaves_no_file(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["map", *words, "-o", str(tmp_path / "m.html")]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_extension_says_which_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["map", "-o", str(tmp_path / "m.png"), "--lang", "en"]) == 2
    message = capsys.readouterr().err
    assert ".svg" in message
    assert ".html" in message


def test_levels_are_put_in_the_order_asked_for() -> None:
    assert at_level(small_map(), "region").levels == ("region", "departement")


def test_the_payload_holds_no_text_that_ends_the_script() -> None:
    text = draw_map_page(hostile_map())
    data = re.search(r'id="data">(.*?)</script>', text, re.DOTALL)
    assert data
    assert json.loads(data[1])["entries"][0]["label"]["fr"] == HOSTILE
