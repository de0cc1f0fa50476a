"""The analyses of the two networks say what the commands give, in both languages."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("fr", "en")
# Digits of the prose that are no results: years, lines of the sources, seeds, names, an example of a value.
NO_RESULTS = re.compile(
    r"\b(19|20)\d\d\b"
    r"|\b(lines?|lignes?)\s\d+(–\d+)?((, \d+| (and|et) \d+)–\d+)*"
    r"|\(\d{3}–\d{3}(?=[);\n ])"
    r"|\b(seed|graine) 1\b|\b(near|proche de) 1\b|\bVYV 3\b"
    r"|(nearly|près de) 50|“nearly\s50”|the nearly 50"
    r"|^## \d\. |^\d\. ",
    re.MULTILINE,
)


@pytest.fixture(scope="module")
def pages() -> Iterator[ModuleType]:
    sys.path.insert(0, str(ROOT / "scripts"))
    import make_analysis  # type: ignore[import-not-found, unused-ignore]

    yield make_analysis
    sys.path.remove(str(ROOT / "scripts"))


@pytest.fixture(scope="module")
def figures(pages: ModuleType) -> Any:
    from analysis_figures import figures as computed  # type: ignore[import-not-found, unused-ignore]

    return computed()


def prose(pages: ModuleType, lang: str) -> str:
    """The text of a language up to its references, without code, links and addresses."""
    text: str = pages.CODE.sub("", pages.template(lang).read_text(encoding="utf-8"))
    return text.split("\n## R")[0]


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_figure_command_and_python_line_gives_what_the_page_shows(
    pages: ModuleType, figures: Any, lang: str
) -> None:
    page = (pages.DOCS / f"analysis.{lang}.md").read_text(encoding="utf-8")
    assert pages.rendered(lang, figures.written(lang)) == page


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pictures_of_the_analyses_are_what_the_networks_give(pages: ModuleType, lang: str) -> None:
    drawn = pages.pictures(lang)
    kept = {name: (pages.DOCS / "images" / name).read_text(encoding="utf-8") for name in drawn}
    assert drawn == kept


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_result_is_typed_by_hand_in_the_prose(pages: ModuleType, lang: str) -> None:
    typed = NO_RESULTS.sub("", pages.KEY.sub("", prose(pages, lang)))
    # Names with digits, such as AG2R, are words.
    assert re.findall(r"(?<![\w{])\d[\d  ,.]*.{0,30}", typed) == []


def test_both_languages_quote_the_same_figures_as_often(pages: ModuleType) -> None:
    quoted = {lang: sorted(pages.KEY.findall(prose(pages, lang))) for lang in LANGUAGES}
    assert quoted["fr"] == quoted["en"]


@pytest.mark.slow
def test_no_figure_is_computed_for_nothing(pages: ModuleType, figures: Any) -> None:
    assert set(figures.written("en")) == set(pages.KEY.findall(prose(pages, "en")))


def test_both_languages_have_the_same_sections_tables_blocks_and_pictures(pages: ModuleType) -> None:
    shapes = [
        (
            re.findall(r"^(#+) ", text, re.MULTILINE),
            len(re.findall(r"^\|", text, re.MULTILINE)),
            [found.count("\n") for found in re.findall(r"```.*?```", text, re.DOTALL)],
            [name.replace(f".{lang}.", ".") for name in re.findall(r"\]\((images/[^)]+)\)", text)],
        )
        for lang in LANGUAGES
        for text in [pages.template(lang).read_text(encoding="utf-8")]
    ]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize(("dataset", "section"), [("ag2r", 1), ("mgen", 2)])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_lines_that_the_prose_cites_are_cited_by_the_data_too(
    pages: ModuleType, lang: str, dataset: str, section: int
) -> None:
    text = re.split(r"^## \d\. ", prose(pages, lang), flags=re.MULTILINE)[section]
    spans = re.findall(r"\b(\d{3})–(\d{3})\b", text)
    assert spans
    passages = [
        (int(first), int(last))
        for path in (ROOT / "data" / "turtle" / dataset).rglob("*.ttl")
        for first, last in re.findall(r"citation:[\w-]*?-(\d{4})-(\d{4})", path.read_text(encoding="utf-8"))
    ]
    lost = [span for span in spans if not any(a <= int(span[1]) and int(span[0]) <= b for a, b in passages)]
    assert lost == []
