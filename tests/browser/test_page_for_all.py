"""The page by keyboard, by ear, on paper and on small screens."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from chromium import find, resize, until
from picture_sample import sample_network

from rte_graph.network.wording import Text
from rte_graph.views.network_page import draw_page
from rte_graph.views.page_model import PageNetwork, same

HUB = "Coalition Solidaire"
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pages")
    sample = sample_network()
    hub = next(i for i, node in enumerate(sample.nodes) if node.label.fr == HUB)
    head = Text(fr=f"{HUB} réunit 15 organisations sur 16", en=f"{HUB} gathers 15 of the 16 organisations")
    pages = {
        "net": replace(sample, hub=hub, headline=head),
        "crowd": _crowd(sample),
        "empty": replace(sample, nodes=(), edges=(), measures=(), findings=()),
        "emoji": _renamed(sample, "\U0001f30d\U0001f91d" * 40, "x" * 190),
    }
    for name, network in pages.items():
        (made / f"{name}.html").write_text(draw_page(network), encoding="utf-8")
    return made


def _crowd(base: PageNetwork) -> PageNetwork:
    """Twelve alliances in the thick of a hundred and fifty members."""
    leaf, target = base.nodes[0], next(n for n in base.nodes if n.side == "target")
    leaves = [replace(leaf, iri=f"https://e.org/o{i}", label=same(f"Fonds Horizon {i}")) for i in range(150)]
    targets = [
        replace(target, iri=f"https://e.org/a{i}", label=same(f"Alliance nationale {i} pour la coopération"))
        for i in range(12)
    ]
    edges = [
        replace(base.edges[0], source=i, target=150 + (i * k + k) % 12) for i in range(150) for k in (1, 5)
    ]
    return replace(base, nodes=(*leaves, *targets), edges=tuple(edges), measures=(), findings=())


def _renamed(base: PageNetwork, *names: str) -> PageNetwork:
    renamed = [replace(node, label=same(name)) for node, name in zip(base.nodes, names, strict=False)]
    return replace(base, nodes=(*renamed, *base.nodes[len(names) :]))


@pytest.fixture
def page(browser: Any, folder: Path) -> Open:
    def show(name: str = "net", state: str = "", size: tuple[int, int] = (1500, 900)) -> Any:
        browser.get("about:blank")
        resize(browser, *size)
        browser.get(f"{(folder / name).as_uri()}.html{state}")
        until(browser, "document.getElementById('app').dataset.ready === 'true'")
        return browser

    return show


def _focus(browser: Any, selector: str) -> None:
    browser.execute_script("document.querySelector(arguments[0]).focus()", selector)


def _keys(browser: Any, *keys: str) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(browser).send_keys(*keys).perform()


def _held(browser: Any) -> str:
    return str(browser.execute_script("const e = document.activeElement; return e.id || e.tagName"))


def _live(browser: Any) -> str:
    return str(find(browser, "#live").get_attribute("textContent"))


def _named(browser: Any) -> set[int]:
    painted = until(browser, "rtePage.painted().names.length > 0 && rtePage.painted()")
    return {name["index"] for name in painted["names"]}


def test_in_a_crowd_the_alliances_and_the_selection_are_named(page: Open) -> None:
    targets = set(range(150, 162))
    assert targets <= _named(page("crowd"))
    browser = page("crowd", "#names=main")
    assert _named(browser) == targets
    assert "150 noms non écrits" in find(browser, "#shown").text
    key = browser.execute_script("return encodeURIComponent(rtePage.model.nodes[7].key)")
    assert 7 in _named(page("crowd", f"#node={key}"))


@pytest.mark.parametrize("size", [(360, 640), (640, 360), (1500, 900)])
def test_the_hub_is_named_on_every_screen_beside_its_links(page: Open, size: tuple[int, int]) -> None:
    browser = page(size=size)
    hub = browser.execute_script("return rtePage.model.hub")
    assert hub in _named(browser)
    if size[0] < 1000:
        return
    box = next(
        n["box"] for n in browser.execute_script("return rtePage.painted().names") if n["index"] == hub
    )
    shapes = {s["index"]: s for s in browser.execute_script("return rtePage.painted().shapes")}
    for near in browser.execute_script("return [...rtePage.model.nodes[rtePage.model.hub].near]"):
        for step in range(101):
            x = shapes[hub]["x"] + (shapes[near]["x"] - shapes[hub]["x"]) * step / 100
            y = shapes[hub]["y"] + (shapes[near]["y"] - shapes[hub]["y"]) * step / 100
            assert not (box[0] < x < box[2] and box[1] < y < box[3])


def test_the_focus_is_never_lost(page: Open) -> None:
    browser = page(state="#node=alliance/coalition-solidaire")
    _focus(browser, ".close")
    _keys(browser, "\ue007")
    assert _held(browser) == "canvas"
    browser = page(state="#node=alliance/coalition-solidaire")
    _focus(browser, "#panel h2")
    _keys(browser, "\ue00c")
    assert _held(browser) == "canvas"
    _focus(browser, "#search")
    _keys(browser, "x", "\ue00c")
    assert _held(browser) == "search"
    find(browser, "#export summary").click()
    find(browser, "[data-export=nodes]").click()
    assert _held(browser) == "SUMMARY"
    assert "alliance-memberships-nodes.csv" in _live(browser)
    find(browser, "#export summary").click()
    _keys(browser, "\ue00c")
    assert _held(browser) == "SUMMARY"


def test_comparing_by_arrow_keys_stays_in_the_list(page: Open) -> None:
    browser = page(state="#node=alliance/coalition-solidaire")
    _focus(browser, "#compare")
    _keys(browser, "\ue015", "\ue015")
    assert _held(browser) == "compare"
    assert "Chemin le plus court" in _live(browser)
    browser.execute_script("document.querySelectorAll('.segments button')[1].focus()")
    _keys(browser, "\ue007")
    assert browser.execute_script("return document.activeElement.textContent") == "À 1\u00a0pas"


def test_a_choice_in_the_table_keeps_the_focus_there(page: Open) -> None:
    browser = page(state="#tab=table")
    _focus(browser, "#nodes-table tbody tr:nth-child(4) button")
    name = browser.execute_script("return document.activeElement.textContent")
    _keys(browser, "\ue007")
    assert browser.execute_script("return document.activeElement.textContent") == name
    assert find(browser, "#panel h2").text == name


def test_filters_and_sizes_are_announced_and_words_agree_with_numbers(page: Open) -> None:
    from selenium.webdriver.support.ui import Select

    browser = page()
    find(browser, "label[data-key=association] input").click()
    assert "9 nœuds sur 21" in _live(browser)
    Select(find(browser, "#size")).select_by_value("share")
    assert "Part du degré" in _live(browser)
    index = browser.execute_script("return rtePage.model.nodes.findIndex((n) => n.links.length === 1)")
    browser = page(state="")
    key = browser.execute_script(f"return rtePage.model.nodes[{index}].key")
    browser.execute_script("location.hash = 'node=' + encodeURIComponent(arguments[0])", key)
    until(browser, "document.getElementById('live').textContent !== ''")
    assert re.search(r"\b1 lien$", _live(browser))


def test_home_and_end_reach_the_first_and_the_last_tab(page: Open) -> None:
    browser = page()
    _focus(browser, "#tab-network")
    _keys(browser, "\ue010")
    assert _held(browser) == "tab-method"
    _keys(browser, "\ue011")
    assert _held(browser) == "tab-network"


def test_sources_are_grouped_and_cited_in_ascending_order(page: Open) -> None:
    browser = page(state="#node=alliance/coalition-solidaire")
    cited = browser.execute_script(
        "return [...document.querySelectorAll('#panel .cites')]"
        ".map((c) => [...c.querySelectorAll('a')].map((a) => +a.textContent))"
    )
    assert all(numbers == sorted(numbers) for numbers in cited)
    documents = browser.execute_script("return document.querySelectorAll('#panel .document').length")
    assert documents == 1
    assert "version texte" in find(browser, "#panel").text
    assert "membres des autres alliances" in find(browser, "#panel .finding").text


def test_the_exported_picture_follows_the_view_and_is_well_formed(page: Open) -> None:
    browser = page(state="#node=alliance/coalition-solidaire")
    root = ElementTree.fromstring(browser.execute_script("return rtePage.picture()").split("?>", 1)[1])
    text = " ".join(element.text or "" for element in root.iter())
    assert "le reste est estompé" in text
    assert list(root.iter("{http://www.w3.org/2000/svg}circle"))
    assert text.count("abababababab") <= 1
    browser = page(state="#names=main")
    picture = browser.execute_script("return rtePage.picture()")
    names = re.findall(r"<text[^>]*text-anchor[^>]*>([^<]*)<", picture)
    assert HUB in names
    assert "Kawaa" not in names
    picture = page("emoji").execute_script("return rtePage.picture()")
    ElementTree.fromstring(picture.split("?>", 1)[1].encode("utf-8"))
    assert "…" in picture


def test_an_empty_network_says_so(page: Open) -> None:
    browser = page("empty")
    assert "n’a aucun nœud" in find(browser, "#empty").text
    assert "Rien à afficher" in find(browser, "#shown").text


def test_on_a_phone_a_choice_brings_the_card_into_sight(page: Open) -> None:
    browser = page(size=(390, 844))
    assert find(browser, "#headline").is_displayed()
    assert find(browser, "#mini-legend").is_displayed()
    canvas = find(browser, "#canvas").rect
    shape = browser.execute_script(
        "return rtePage.painted().shapes.find((s) => s.index === rtePage.model.hub)"
    )
    for kind in ("mousePressed", "mouseReleased"):
        browser.execute_cdp_cmd(
            "Input.dispatchMouseEvent",
            {
                "type": kind,
                "x": canvas["x"] + shape["x"],
                "y": canvas["y"] + shape["y"],
                "button": "left",
                "clickCount": 1,
            },
        )
    until(browser, "rtePage.state().sel !== null")
    assert browser.execute_script("return document.getElementById('panel').getBoundingClientRect().top") < 700


def test_the_headings_of_the_table_stay_in_sight(page: Open) -> None:
    browser = page(state="#tab=table", size=(1280, 620))
    browser.execute_script("document.querySelector('#table .scroll').scrollTop = 200")
    top = browser.execute_script(
        "const box = document.querySelector('#table .scroll'), top = (e) => e.getBoundingClientRect().top;"
        "return top(box.querySelector('th')) - top(box)"
    )
    assert abs(top) < 3


@pytest.mark.parametrize(("state", "most"), [("", 2), ("#tab=table", 4), ("#tab=method", 4)])
def test_paper_has_title_date_and_credits_and_no_empty_pages(page: Open, state: str, most: int) -> None:
    browser = page(state=state)
    pdf = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"])
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= most
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        browser.execute_script("window.dispatchEvent(new Event('beforeprint'))")
        if state:
            assert find(browser, "#title").is_displayed()
            assert "Imprimé le" in find(browser, "#print-credits").text
            assert "CC BY 4.0" in find(browser, "#print-credits").text
        else:
            assert "Qui est membre" in find(browser, "#print-picture").get_attribute("textContent")
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_with_forced_colours_the_drawing_keeps_its_paper(page: Open) -> None:
    browser = page()
    forced = [{"name": "forced-colors", "value": "active"}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": forced})
    try:
        style = browser.execute_script(
            "const s = getComputedStyle(document.getElementById('canvas'));"
            "return [s.forcedColorAdjust, s.backgroundColor]"
        )
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert style == ["none", "rgb(255, 255, 255)"]


def test_french_names_say_their_language_in_the_english_page(page: Open) -> None:
    browser = page(state="#lang=en&node=alliance/coalition-solidaire")
    assert browser.execute_script("return document.querySelector('#panel h2 bdi').lang") == "fr"
