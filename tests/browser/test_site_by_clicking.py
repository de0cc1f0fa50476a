"""The published site in a real browser, from the disk and from a plain static host, in both languages."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Iterator
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from chromium import find, open_browser, resize, until

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "publish"))

from observatory import SECTIONS, hostile_site, published
from sites import packaged_site
from sites import published as catalogue

from rte_graph.publish.write import write_site

TYPES = (
    "index",
    "about",
    "browse/alliances",
    "browse/organisations",
    "browse/persons",
    "id/alliance/ateliers",
    "id/organisation/velos-pour-tous",
    "id/person/camille-exemple",
    "id/citation/nourrir",
    "id/membership/bois-et-fil--ateliers",
    "networks/index",
    "networks/alliance-memberships",
    "queries/index",
    "queries/members-of-alliance",
    "browse/initiatives",
    "browse/documents",
    "id/initiative/repas-du-jeudi",
    "id/document/annuaire-2026",
    "id/dataset/val-clair",
    "id/participation/cantine-du-pont--repas-du-jeudi",
    "id/relation/mutuelle-du-val--ateliers",
    "ontology/index",
    "vocab/action-domain",
    "catalogue/index",
    "changes",
)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    """A plain static host on loopback, with the site in a folder of it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(published().parent)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/site/"
    server.shutdown()


@cache
def hostile() -> Path:
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="rte-graph-hostile-")) / "site"
    write_site(hostile_site(), folder, sections=SECTIONS)
    return folder


@pytest.fixture(params=["disk", "host"])
def root(request: pytest.FixtureRequest, host: str) -> str:
    return f"{published().as_uri()}/" if request.param == "disk" else host


def complaints(browser: Any) -> list[str]:
    """What the browser says of the page: refused scripts and styles, missing files."""
    return [
        entry["message"] for entry in browser.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")
    ]


def requested(browser: Any) -> set[str]:
    """Addresses that the browser asked for."""
    found = set()
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            found.add(message["params"]["request"]["url"])
    return found


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_type_of_page_opens_without_a_complaint_and_asks_nothing_elsewhere(
    browser: Any, root: str, lang: str
) -> None:
    browser.get("about:blank")
    complaints(browser)
    requested(browser)
    for stem in TYPES:
        browser.get(f"{root}{stem}{'' if lang == 'fr' else '.en'}.html")
        assert browser.execute_script("return document.documentElement.lang") == lang
        assert find(browser, "h1").text
        assert (
            browser.execute_script("return getComputedStyle(document.querySelector('h1')).fontWeight")
            == "700"
        )
    assert complaints(browser) == []
    assert [each for each in requested(browser) if not each.startswith((root, "about:", "data:"))] == []


def test_a_former_name_finds_the_alliance_and_the_keyboard_opens_it(browser: Any, root: str) -> None:
    from selenium.webdriver.common.keys import Keys

    browser.get(f"{root}browse/persons.html")
    find(browser, "#find").send_keys("cercle reparateurs")
    until(browser, "document.querySelectorAll('#found a').length === 1")
    assert "Alliance des ateliers" in find(browser, "#found").text
    assert "Cercle des réparateurs" in find(browser, "#found").text
    find(browser, "#find").send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    until(browser, "location.pathname.endsWith('/id/alliance/ateliers.html')")


def test_facets_narrow_a_list_and_the_address_remembers_them(browser: Any, root: str) -> None:
    browser.get(f"{root}browse/organisations.html")
    until(browser, "!document.querySelector('.facets').hidden")
    shown = "return [...document.querySelectorAll('.list > li')].filter((li) => li.offsetParent).length"
    assert browser.execute_script(shown) == 7
    find(browser, "input[value=cooperative]").click()
    assert browser.execute_script(shown) == 2
    assert find(browser, ".count").text == "2 résultats"
    assert "kind=cooperative" in browser.current_url
    browser.refresh()
    until(browser, "!document.querySelector('.facets').hidden")
    assert browser.execute_script(shown) == 2
    find(browser, ".facets button").click()
    assert browser.execute_script(shown) == 7


def test_the_language_switch_keeps_the_page(browser: Any, root: str) -> None:
    browser.get(f"{root}id/alliance/table-commune.html")
    find(browser, ".langs a").click()
    until(browser, "location.pathname.endsWith('/id/alliance/table-commune.en.html')")
    assert "Those who grow" in find(browser, ".standfirst").text


def test_on_a_phone_nothing_runs_out_of_the_page(browser: Any) -> None:
    resize(browser, 390, 844)
    for stem in TYPES:
        browser.get(f"{published().as_uri()}/{stem}.html")
        wide = browser.execute_script("return document.documentElement.scrollWidth")
        assert wide <= 390, stem
    browser.get(f"{catalogue().as_uri()}/catalogue/index.html")
    table = "const of = document.querySelector('#datasets .scroll'); return of.scrollWidth - of.clientWidth"
    assert browser.execute_script(table) == 0
    resize(browser, 1500, 900)


def test_hostile_names_run_nothing_in_pages_lists_and_search(browser: Any) -> None:
    root = hostile().as_uri()
    complaints(browser)
    pages = ["index", "browse/organisations", "browse/alliances", "id/alliance/a", "queries/index"]
    pages += [f"id/organisation/o{place}" for place in range(10)]
    for stem in pages:
        browser.get(f"{root}/{stem}.html")
        assert browser.execute_script("return window.hacked") is None, stem
        assert find(browser, "h1").is_displayed(), stem
    find(browser, "#find").send_keys("window hacked")
    until(browser, "document.querySelectorAll('#found a').length > 3")
    assert browser.execute_script("return window.hacked") is None
    assert browser.execute_script("return document.querySelectorAll('#found img, #found script').length") == 0
    assert complaints(browser) == []


def test_without_scripts_lists_are_whole_and_pages_complete(chromium: None, tmp_path: Path) -> None:
    plain = open_browser(tmp_path, javascript=False)
    try:
        plain.get(f"{published().as_uri()}/browse/organisations.html")
        names = [element.text for element in plain.find_elements("css selector", ".list h3")]
        assert len(names) == 7
        assert "Vélos pour tous" in names
        assert not find(plain, ".facets").is_displayed()
        assert not find(plain, ".find").is_displayed()
        plain.find_element("link text", "Vélos pour tous").click()
        assert "Repas du jeudi" in find(plain, "main").text
    finally:
        plain.quit()


@pytest.mark.slow
@pytest.mark.skipif("RTE_GRAPH_AXE" not in os.environ, reason="RTE_GRAPH_AXE names no axe.min.js of axe-core")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault_on_any_type_of_page(browser: Any, scheme: str) -> None:
    script = Path(os.environ["RTE_GRAPH_AXE"]).read_text(encoding="utf-8")
    # In the dark the colours alone are other ones.
    rules = ", runOnly: ['color-contrast']" if scheme == "dark" else ""
    run = (
        f"axe.run(document, {{resultTypes: ['violations']{rules}}}).then((r) => JSON.stringify(r.violations))"
    )
    wanted = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", wanted)
    for stem in TYPES:
        for end in ("", ".en") if scheme == "light" else ("",):
            browser.get(f"{published().as_uri()}/{stem}{end}.html")
            # Not as a script of the page: its policy admits none.
            browser.execute_cdp_cmd("Runtime.evaluate", {"expression": script})
            asked = {"expression": run, "awaitPromise": True, "returnByValue": True}
            answer = browser.execute_cdp_cmd("Runtime.evaluate", asked)
            found = [each for each in json.loads(answer["result"]["value"]) if each["impact"] != "minor"]
            assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], stem
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_a_node_of_the_interactive_network_leads_to_its_page(browser: Any) -> None:
    browser.get(f"{published().as_uri()}/networks/alliance-memberships-page.html")
    until(browser, "document.getElementById('app').dataset.ready === 'true'")
    find(browser, "#search").send_keys("Vélos pour tous")
    until(browser, "document.querySelector('#results [role=option]')")
    find(browser, "#results [role=option]").click()
    until(browser, "document.querySelector('#panel a[href*=\"velos-pour-tous.html\"]')")
    browser.execute_script("document.querySelector('#panel a[href*=\"velos-pour-tous.html\"]').click()")
    until(browser, "location.pathname.endsWith('/id/organisation/velos-pour-tous.html')")


@cache
def mapped() -> Path:
    """A site of the packaged data with their map, and the pages of two of its places."""
    import tempfile

    from rte_graph.describe.reading import IndexReading
    from rte_graph.loading import packaged_store
    from rte_graph.publish.resources import Desk, resource_pages
    from rte_graph.publish.standings import Standings

    site = packaged_site()
    folder = Path(tempfile.mkdtemp(prefix="rte-graph-mapped-")) / "site"
    write_site(site, folder, sections=("assets", "map"))
    desk = Desk(site, IndexReading(packaged_store()), Standings())
    for name in ("initiative/labhidouille", "initiative/nout-micro-foret-pou-la-reunion"):
        for page in resource_pages(desk, site.resources[f"https://w3id.org/rte/id/{name}"]):
            (folder / page.path).parent.mkdir(parents=True, exist_ok=True)
            (folder / page.path).write_bytes(page.content)
    return folder


def test_a_resource_is_marked_on_a_map_that_opens_at_its_place_and_leads_back(browser: Any) -> None:
    browser.get(f"{mapped().as_uri()}/id/initiative/labhidouille.html")
    load = "const i = new Image(); i.src = arguments[0]; return i.decode().then(() => i.naturalWidth)"
    assert browser.execute_script(load, "../../assets/outline.svg") > 0
    box = "return document.querySelector('.place {}').getBoundingClientRect().toJSON()"
    image, dot = (browser.execute_script(box.format(each)) for each in ("image", "circle"))
    assert image["left"] < dot["left"] < image["right"]
    assert image["top"] < dot["top"] < image["bottom"]
    find(browser, "figure a[href*='map.html']").click()
    until(browser, "document.getElementById('app').dataset.ready === 'true'")
    assert find(browser, "#chosen h2").text == "Haut-Rhin"
    browser.execute_script("document.querySelector('#chosen a[href$=\"labhidouille.html\"]').click()")
    until(browser, "location.pathname.endsWith('/id/initiative/labhidouille.html')")


def test_an_overseas_place_is_marked_in_its_inset(browser: Any) -> None:
    browser.get(f"{mapped().as_uri()}/id/initiative/nout-micro-foret-pou-la-reunion.html")
    box = "return document.querySelector('.place {}').getBoundingClientRect().toJSON()"
    land, dot = (browser.execute_script(box.format(each)) for each in (".land", "circle"))
    assert land["left"] < dot["left"] + dot["width"] / 2 < land["right"]
    assert land["top"] < dot["top"] + dot["height"] / 2 < land["bottom"]
