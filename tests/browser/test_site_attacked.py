"""The site of the hostile corpus in a real browser: nothing runs, nothing is asked for, nothing breaks."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chromium import find, resize, until

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "publish"))

from hostile_corpus import attacked

pytestmark = pytest.mark.slow
STRANGE = """
const odd = 'img[src="x"], iframe, object, embed, base, [onload], [onerror], [onmouseover]';
return document.querySelectorAll(odd).length
"""
KINDS = ("alliance", "organisation", "person", "initiative", "territory", "document", "citation")


def stems() -> Iterator[str]:
    """Each type of page; of resources, those of all attacks for one kind and of a few for the others."""
    yield from ("index", "about", "map", "changes", "catalogue/index", "queries/index", "networks/index")
    yield from ("networks/alliance-memberships", "networks/alliance-memberships-page")
    yield from (
        f"browse/{name}" for name in ("alliances", "initiatives", "organisations", "persons", "documents")
    )
    yield from ("browse/territories", "queries/members-of-alliance", "queries/attack-0", "queries/attack-1")
    for kind in KINDS:
        paths = sorted(path.stem for path in (attacked() / "id" / kind).glob("[a-z][0-9]*.html"))
        bare = [name for name in paths if not name.endswith(".en")]
        yield from (f"id/{kind}/{name}" for name in (bare if kind == "initiative" else bare[:2]))
    for kind in ("membership", "participation"):
        yield f"id/{kind}/" + min(path.stem for path in (attacked() / "id" / kind).glob("*-[ai]0.html"))


def messages(browser: Any, kind: str) -> list[Any]:
    return [
        json.loads(entry["message"])["message"]
        for entry in browser.get_log("performance")
        if kind in entry["message"]
    ]


@pytest.mark.parametrize("end", ["", ".en"])
def test_nothing_runs_and_nothing_is_asked_for_on_any_page(browser: Any, end: str) -> None:
    root = attacked().as_uri()
    browser.get("about:blank")
    browser.get_log("performance"), browser.get_log("browser")
    for stem in stems():
        browser.get(f"{root}/{stem}{end}.html")  # a dialog would make the next call fail
        assert browser.execute_script("return window.hacked") is None, stem
        assert find(browser, "h1").is_displayed(), stem
        assert browser.execute_script(STRANGE) == 0, stem
    asked = [each["params"]["request"]["url"] for each in messages(browser, 'Network.requestWillBeSent"')]
    assert [url for url in asked if not url.startswith((root, "about:", "data:"))] == []
    said = [
        entry["message"] for entry in browser.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")
    ]
    assert [each for each in said if "ontology" not in each and "vocab" not in each] == []


def test_the_layout_holds_on_a_phone_and_the_heading_is_readable(browser: Any) -> None:
    resize(browser, 390, 844)
    too_wide = {}
    for stem in stems():
        if stem.endswith("-page") or stem == "map":
            continue
        browser.get(f"{attacked().as_uri()}/{stem}.html")
        wide = browser.execute_script("return document.documentElement.scrollWidth")
        if wide > 390:
            too_wide[stem] = wide
    resize(browser, 1500, 900)
    assert too_wide == {}


def test_a_click_on_the_map_lists_attacks_as_text(browser: Any) -> None:
    browser.get(f"{attacked().as_uri()}/map.html#at=departement-46")
    until(browser, "document.getElementById('app').dataset.ready === 'true'")
    until(browser, "document.querySelectorAll('#chosen .entries li').length > 5")
    assert "onerror" in find(browser, "#chosen").text
    assert (
        browser.execute_script("return document.querySelectorAll('#chosen img, #chosen script').length") == 0
    )
    assert browser.execute_script("return window.hacked") is None
