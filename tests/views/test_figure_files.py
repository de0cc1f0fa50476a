"""``rte-graph draw … -o fig.svg|pdf|png``: what the files hold, and what is refused."""

from __future__ import annotations

import re
import struct
import sys
import warnings
import zlib
from pathlib import Path
from xml.etree import ElementTree

import pytest
from picture_sample import sample_network

from rte_graph.cli import main
from rte_graph.views.figures.frame import compose
from rte_graph.views.figures.metrics import FAMILY, width_of
from rte_graph.views.figures.network import network_figure
from rte_graph.views.figures.printing import outline, to_print
from rte_graph.views.figures.sheet import MM, Sheet

COLUMN = 85 * MM
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return compose(network_figure(sample_network(), COLUMN), COLUMN, lang="fr")


def needs_matplotlib() -> None:
    pytest.importorskip("matplotlib", reason="the extra [figures] is not installed")


def test_a_png_has_the_size_of_the_column_at_300_dots_an_inch(sheet: Sheet) -> None:
    needs_matplotlib()
    png = to_print(sheet, "png")
    width, height = struct.unpack(">II", png[16:24])
    assert width == int(85 / 25.4 * 300)
    assert height == pytest.approx(sheet.height / 72 * 300, abs=1.5)
    per_metre = struct.unpack(">II", png[png.index(b"pHYs") + 4 :][:8])
    assert per_metre == (11811, 11811)
    assert png == to_print(sheet, "png")
    assert b"tIME" not in png


def test_a_pdf_embeds_its_fonts_as_truetype_and_has_no_date(sheet: Sheet) -> None:
    needs_matplotlib()
    pdf = to_print(sheet, "pdf")
    assert b"/FontFile2" in pdf
    assert b"/CIDFontType2" in pdf
    assert b"/Type3" not in pdf
    assert b"CreationDate" not in pdf
    assert b"ModDate" not in pdf
    box = re.search(rb"/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+)", pdf)
    assert box is not None
    assert float(box[1]) == pytest.approx(sheet.width, abs=0.01)
    assert pdf == to_print(sheet, "pdf")


def test_the_text_of_a_pdf_is_text(sheet: Sheet) -> None:
    needs_matplotlib()
    pdf = to_print(sheet, "pdf")
    drawn = b""
    for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            drawn += zlib.decompress(part)
        except zlib.error:
            continue
    assert drawn.count(b"Tj") + drawn.count(b"TJ") >= len(re.findall("Siel|Astrée", sheet.description))
    assert drawn.count(b" Tf") > 20


def test_a_dollar_sign_in_a_name_is_no_formula(sheet: Sheet) -> None:
    needs_matplotlib()
    from dataclasses import replace

    from rte_graph.views.figures.sheet import Words

    names = [Words(at=(10, 10), text="$\\frac{1}{0$ & co $x^2$"), Words(at=(10, 30), text="中 \u202e é")]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert to_print(replace(sheet, items=names, title="é — 中 \x07"), "pdf").startswith(b"%PDF")
        assert to_print(replace(sheet, items=names, title="é — 中 \x07"), "png").startswith(b"\x89PNG")


def test_each_width_is_the_advance_in_the_font() -> None:
    needs_matplotlib()
    from matplotlib.font_manager import findfont, get_font
    from matplotlib.ft2font import LoadFlags

    from rte_graph.views.figures.metrics import _WIDTH

    font = get_font(findfont(FAMILY))
    for char, width in _WIDTH.items():
        glyph = font.load_char(ord(char), flags=LoadFlags.NO_SCALE)
        assert glyph.horiAdvance * 1000 / font.units_per_EM == pytest.approx(width, abs=0.51), char


@pytest.mark.parametrize("bold", [False, True])
def test_widths_are_those_of_the_font(bold: bool) -> None:
    needs_matplotlib()
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    font = FontProperties(family=FAMILY, weight="bold" if bold else "normal")
    text = "L’Économie sociale et solidaire réunit 1 234,5 œuvres — Génér’action, MGEN (85 %)"
    outlined = TextPath((0, 0), text, size=10, prop=font).get_extents()
    assert width_of(text, 10, bold) == pytest.approx(outlined.width, rel=0.025)


def test_every_shape_of_the_style_can_be_printed() -> None:
    needs_matplotlib()
    from rte_graph.views import style

    for name in style.SHAPES:
        path, backing = outline(name)
        assert path.get_extents().width == pytest.approx(2 * style.REACH[name], rel=0.25), name
        assert (backing is not None) == (style.REACH[name] > 1.5)


KINDS = ["network", "matrix", "hubs", "coverage"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_figure_is_written_as_svg_without_matplotlib(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    path = tmp_path / "fig.svg"
    call = ["draw", "alliance-memberships", "-o", str(path), "--figure", kind, "-q", "--lang", "en"]
    assert main(call) == 0
    root = ElementTree.parse(path).getroot()
    assert root.attrib["width"] == "85.00mm"
    texts = " ".join(element.text or "" for element in root.iter(f"{SVG}text"))
    assert "Coalition" in texts
    assert "network “alliance-memberships”" in texts


def test_the_grid_of_domains_and_dimensions_shows_the_numbers_of_the_query(tmp_path: Path) -> None:
    path = tmp_path / "grid.svg"
    assert main(["draw", "domains-by-dimension", "-o", str(path), "-q"]) == 0
    texts = [element.text or "" for element in ElementTree.parse(path).getroot().iter(f"{SVG}text")]
    expected = Path(__file__).parents[2] / "queries/grid/domains-by-dimension.expected.tsv"
    counts = [line.split("\t")[-1] for line in expected.read_text(encoding="utf-8").splitlines()[1:]]
    assert sorted(text for text in texts if text.isdigit()) == sorted(counts)
    assert "coopération locale" in " ".join(texts)


def test_pdf_and_png_without_matplotlib_are_one_sentence_that_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    for name in ("fig.pdf", "fig.png"):
        assert main(["draw", "alliance-memberships", "-o", str(tmp_path / name)]) == 2
    message = capsys.readouterr().err
    assert message.count("\n") == 2
    assert 'pip install "rte-graph[figures]"' in message
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "call",
    [
        ["alliance-memberships", "-o", "fig.svg", "--width", "5mm"],
        ["alliance-memberships", "-o", "fig.html", "--figure", "matrix"],
        ["alliance-memberships", "-o", "fig.svg", "--figure", "grid"],
        ["alliance-memberships", "-o", "fig.svg", "--figure", "hubs", "--size-by", "fame"],
        ["cooperation", "-o", "fig.svg", "--figure", "matrix"],
        ["cooperation", "-o", "fig.svg", "--figure", "hubs", "--set", "target"],
        ["domains-by-dimension", "-o", "fig.svg", "--figure", "hubs"],
        ["domains-by-dimension", "-o", "fig.html"],
        ["carriers", "-o", "fig.svg"],
    ],
)
def test_what_cannot_be_drawn_is_one_sentence_and_no_file(
    call: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["draw", *call]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_without_caption_the_caption_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "fig.svg"
    assert main(["draw", "alliance-memberships", "-o", str(path), "--no-caption"]) == 0
    told = capsys.readouterr().err
    assert "21\u00a0nœuds et 26\u00a0liens dessinés." in told
    texts = " ".join(element.text or "" for element in ElementTree.parse(path).getroot().iter(f"{SVG}text"))
    assert "dessinés" not in texts
    assert "Siel Bleu" in texts


def test_the_caption_says_which_ties_were_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "fig.svg"
    call = ["draw", "alliance-memberships", "-o", str(path), "--figure", "network", "--on", "2021", "-q"]
    assert main([*call, "--lang", "en"]) == 0
    description = ElementTree.parse(path).getroot().find(f"{SVG}desc")
    assert description is not None
    assert "2021" in (description.text or "")


def test_an_svg_without_figure_options_stays_the_large_picture(tmp_path: Path) -> None:
    path = tmp_path / "net.svg"
    assert main(["draw", "alliance-memberships", "-o", str(path), "-q"]) == 0
    assert not ElementTree.parse(path).getroot().attrib["width"].endswith("mm")
