"""The ontology's pages in a browser, opened from disk: the filter, small screens, dark, nothing refused."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from chromium import find, resize, until

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "publish"))

from ontology_sample import small_site

from rte_graph.publish import assets, ontology

LISTED = ".index li:not([hidden])"
HEADINGS = "[...document.querySelectorAll('.index h2, .index h3')].filter(each => each.offsetHeight).length"
SHOWN = "[...document.querySelectorAll('.index li')].filter(each => each.offsetHeight).length"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("site")
    site = small_site()
    for section in (assets, ontology):
        for page in section.pages(site):
            path = made / page.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(page.content)
    return made


def visit(browser: Any, folder: Path, path: str) -> None:
    browser.get((folder / path).as_uri())
    until(browser, "document.readyState === 'complete'")


def test_the_filter_finds_terms_by_either_language_and_says_when_none_fits(
    browser: Any, folder: Path
) -> None:
    resize(browser, 1440, 900)
    visit(browser, folder, "ontology/index.html")
    everything = browser.execute_script(f"return {SHOWN}")
    assert everything > 150
    box = find(browser, "#_seek")
    box.send_keys("stakeholder rel")
    assert until(browser, f"{SHOWN} === 2")
    assert find(browser, LISTED).text == "relation de partie prenante"
    assert browser.execute_script(f"return {HEADINGS}") == 3
    box.send_keys("\ue007")
    assert until(browser, "location.hash === '#StakeholderRelation'")
    box.send_keys("zzz")
    said = until(browser, "document.querySelector('#_seek-note').textContent")
    assert said == "Aucun terme ne correspond."
    box.send_keys("\ue00c")
    assert until(browser, f"{SHOWN} === {everything}")


def test_the_anchor_of_a_term_is_in_sight_and_the_diagram_leads_to_it(browser: Any, folder: Path) -> None:
    resize(browser, 1440, 900)
    visit(browser, folder, "ontology/index.en.html")
    browser.execute_script("document.querySelector('svg a[href=\"#Funding\"]').dispatchEvent("
                           "new MouseEvent('click', {bubbles: true}))")  # fmt: skip
    assert until(browser, "location.hash === '#Funding'")
    top = until(browser, "document.getElementById('Funding').getBoundingClientRect().top")
    assert -5 <= top < 450


@pytest.mark.parametrize("path", ["ontology/index.html", "ontology/index.en.html", "vocab/need.html"])
@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_no_page_is_wider_than_its_screen(browser: Any, folder: Path, path: str, width: int) -> None:
    resize(browser, width, 800)
    visit(browser, folder, path)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


def test_the_policy_of_the_pages_refuses_nothing_that_they_need(browser: Any, folder: Path) -> None:
    browser.get_log("browser")
    visit(browser, folder, "ontology/index.html")
    visit(browser, folder, "vocab/measure.en.html")
    refused = [
        each["message"] for each in browser.get_log("browser")
        if "Security Policy" in each["message"] or "ontology" in each["message"]
    ]  # fmt: skip
    assert not refused
    assert (
        browser.execute_script("return getComputedStyle(document.querySelector('.onto')).display") == "grid"
    )
