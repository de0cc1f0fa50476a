from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from chromium import find, open_browser, resize, until
from picture_sample import sample_network

from rte_graph.views.network_page import draw_page
from rte_graph.views.page_model import PageFact, PageNetwork, PageNode, same

HOSTILE = '</script><img src=x onerror="window.hacked=1">'
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "net.html").write_text(draw_page(sample_network()), encoding="utf-8")
    (folder / "hostile.html").write_text(draw_page(_hostile_network()), encoding="utf-8")
    return folder


def _hostile_network() -> PageNetwork:
    node = PageNode(
        iri="javascript:window.hacked=1",
        label=same(HOSTILE),
        type="https://w3id.org/rte/vocab/organisation-kind/association",
        side="source",
        former_names=(HOSTILE,),
        facts=(PageFact(name=same(HOSTILE), value=same("javascript:window.hacked=1")),),
    )
    return sample_network(extra=(node,))


@pytest.fixture
def page(browser: Any, pages: Path) -> Open:
    def show(name: str = "net.html", state: str = "", size: tuple[int, int] = (1500, 900)) -> Any:
        browser.get("about:blank")
        resize(browser, *size)
        browser.get(f"{(pages / name).as_uri()}{state}")
        until(browser, "document.getElementById('app').dataset.ready === 'true'")
        return browser

    return show


def _keys(browser: Any, *keys: str) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(browser).send_keys(*keys).perform()


def _state(browser: Any) -> dict[str, Any]:
    return dict(browser.execute_script("return rtePage.state()"))


def _name(browser: Any) -> str:
    return str(find(browser, "#panel h2").text)


def _download(browser: Any, name: str) -> Path:
    from selenium.webdriver.support.ui import WebDriverWait

    path = Path(browser.downloads) / name
    WebDriverWait(browser, 20).until(lambda _: path.exists() and path.stat().st_size > 0)
    return path


def _export(browser: Any, kind: str) -> None:
    find(browser, "#export summary").click()
    find(browser, f"[data-export={kind}]").click()


def test_the_page_opens_from_a_file_without_any_request_or_complaint(page: Open) -> None:
    browser = page()
    browser.get_log("performance")
    browser.get_log("browser")
    browser = page()
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:"))] == []
    assert len([url for url in asked if url.startswith("file:")]) == 1
    assert [entry["message"] for entry in browser.get_log("browser")] == []


@pytest.mark.parametrize("size", [(1500, 900), (1280, 720), (1024, 768)])
def test_no_name_overlaps_a_name_or_a_shape_and_none_is_cut(page: Open, size: tuple[int, int]) -> None:
    browser = page(size=size)
    painted = until(browser, "rtePage.painted().names.length > 0 && rtePage.painted()")
    assert painted["hiddenNames"] == 0
    box = browser.execute_script(
        "const c = document.getElementById('canvas'); return [c.clientWidth, c.clientHeight]"
    )
    _check_names(painted, box)


def test_on_a_phone_names_do_not_overlap_and_missing_ones_are_said(page: Open) -> None:
    browser = page(size=(390, 844))
    painted = until(browser, "rtePage.painted().names.length > 0 && rtePage.painted()")
    assert len(painted["names"]) >= 16
    if painted["hiddenNames"]:
        assert "faute de place" in find(browser, "#shown").text
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 390


def _check_names(painted: dict[str, Any], box: list[int]) -> None:
    boxes = [name["box"] for name in painted["names"]]
    shapes = [
        [s["x"] - s["reach"], s["y"] - s["reach"], s["x"] + s["reach"], s["y"] + s["reach"]]
        for s in painted["shapes"]
    ]
    for i, a in enumerate(boxes):
        assert a[0] >= 0
        assert a[1] >= 0
        assert a[2] <= box[0]
        assert a[3] <= box[1]
        for b in [*boxes[:i], *shapes]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_the_legend_filters_and_says_what_it_hides(page: Open) -> None:
    browser = page()
    assert "12" in find(browser, "label[data-key=association]").text
    find(browser, "label[data-key=association] input").click()
    assert len(browser.execute_script("return rtePage.painted().shapes")) == 9
    assert "9 nœuds sur 21" in find(browser, "#shown").text
    assert "hide=association" in browser.current_url
    find(browser, "label[data-key=founder] input").click()
    assert "founder" in browser.current_url
    find(browser, "#reset").click()
    assert "Tout est affiché" in find(browser, "#shown").text
    assert "#" not in browser.current_url


def test_search_finds_a_former_name_without_accents_and_the_panel_says_it(page: Open) -> None:
    browser = page()
    _keys(browser, "/")
    assert browser.execute_script("return document.activeElement.id") == "search"
    _keys(browser, "tous REPRENEURS")
    assert "anciennement Tous Repreneurs" in find(browser, "#results").text
    _keys(browser, "\ue007")
    assert _name(browser) == "Tous Tes Possibles"
    assert "Anciennement Tous Repreneurs" in find(browser, "#panel").text
    find(browser, "#search").send_keys("chenelet")
    assert "Chênelet" in find(browser, "#results").text
    find(browser, "#search").send_keys("xyz")
    assert "Aucun nom" in find(browser, "#results").text


def test_a_selection_dims_its_surroundings_and_the_panel_shows_numbered_sources(page: Open) -> None:
    browser = page(state="#node=alliance/coalition-solidaire")
    panel = find(browser, "#panel").text
    assert _name(browser) == "Coalition Solidaire"
    assert "lignes 404–408" in panel
    assert "Les liens entre les 5 alliances et coalitions" in panel
    assert "1er sur 5" in panel
    numbers = browser.execute_script(
        "return [...document.querySelectorAll('#panel sup a')].map((a) => Number(a.textContent))"
    )
    listed = browser.execute_script("return document.querySelectorAll('#panel .sources li').length")
    assert sorted(set(numbers)) == list(range(1, listed + 1))


def test_two_roles_of_one_pair_stand_apart_in_the_panel_and_in_the_picture(page: Open) -> None:
    browser = page(state="#node=organisation/unis-cit-")
    panel = find(browser, "#panel").text
    assert "membre" in panel
    assert "fondateur · depuis 2020" in panel
    bends = browser.execute_script("return rtePage.model.edges.map((e) => e.bend).filter((b) => b)")
    assert len(bends) == 2
    assert bends[0] == -bends[1]


def test_a_click_on_a_shape_or_a_name_selects_and_a_click_beside_deselects(page: Open) -> None:
    from selenium.webdriver import ActionChains

    browser = page()
    canvas = find(browser, "#canvas")
    painted = until(browser, "rtePage.painted().names.length > 0 && rtePage.painted()")
    width, height = canvas.size["width"], canvas.size["height"]

    def click(x: float, y: float) -> None:
        move = ActionChains(browser).move_to_element_with_offset(canvas, x - width / 2, y - height / 2)
        move.click().perform()

    box = next(n for n in painted["names"] if n["index"] == 0)["box"]
    click((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    until(browser, "rtePage.state().sel === 0")
    shape = painted["shapes"][3]
    click(shape["x"], shape["y"])
    until(browser, f"rtePage.state().sel === {shape['index']}")
    click(5, 5)
    until(browser, "rtePage.state().sel === null")


def test_the_keyboard_walks_through_the_network(page: Open) -> None:
    browser = page()
    browser.execute_script("document.getElementById('canvas').focus()")
    _keys(browser, "\ue015")
    assert _name(browser) == "Coalition Solidaire"
    assert "Coalition Solidaire" in find(browser, "#live").get_attribute("textContent")
    _keys(browser, "\ue014")
    first = _state(browser)["sel"]
    assert _name(browser) != "Coalition Solidaire"
    _keys(browser, "\ue004")
    assert _state(browser)["sel"] != first
    _keys(browser, "\ue007")
    assert browser.execute_script("return document.activeElement.matches('#panel h2')")
    _keys(browser, "\ue00c")
    assert _state(browser)["sel"] is None


def test_tab_leaves_the_drawing_after_the_last_node(page: Open) -> None:
    browser = page()
    browser.execute_script("document.getElementById('canvas').focus()")
    _keys(browser, " ")
    _keys(browser, *["\ue004"] * 20)
    assert browser.execute_script("return document.activeElement.id") == "canvas"
    _keys(browser, "\ue004")
    assert browser.execute_script("return document.activeElement.id") != "canvas"


def test_the_language_is_switched_in_the_page_and_kept_in_the_address(page: Open) -> None:
    browser = page(state="#node=organisation/siel-bleu")
    find(browser, "[data-lang=en]").click()
    assert browser.execute_script("return document.documentElement.lang") == "en"
    assert browser.title == "Who is a member of which alliance"
    assert "What the sources say".upper() in find(browser, "#panel").text.upper()
    assert "lang=en" in browser.current_url
    assert "node=organisation" in browser.current_url


def test_the_address_opens_the_same_view_again(page: Open) -> None:
    browser = page(state="#lang=en&node=organisation/siel-bleu&size=share&steps=1&hide=company&tab=table")
    state = _state(browser)
    assert (state["lang"], state["size"], state["steps"], state["tab"]) == ("en", "share", 1, "table")
    assert _name(browser) == "Siel Bleu"
    assert find(browser, "#tab-table").get_attribute("aria-selected") == "true"


def test_sizes_follow_a_measure_whose_definition_is_shown(page: Open) -> None:
    from selenium.webdriver.support.ui import Select

    browser = page()
    assert find(browser, "#size-definition").text == "Nombre de voisins distincts."
    Select(find(browser, "#size")).select_by_value("share")
    assert find(browser, "#size-definition").text == "Degré rapporté à 16."


def test_the_table_view_holds_the_same_data_and_sorts(page: Open) -> None:
    browser = page()
    find(browser, "#tab-table").click()
    rows = "document.querySelectorAll('#{}-table tbody tr').length"
    assert browser.execute_script("return " + rows.format("nodes")) == 21
    assert browser.execute_script("return " + rows.format("edges")) == 27
    browser.execute_script("document.querySelectorAll('#nodes-table thead button')[2].click()")
    assert "Coalition Solidaire" in find(browser, "#nodes-table tbody tr").text


def test_how_this_was_made_shows_query_hash_seed_and_licence(page: Open) -> None:
    browser = page()
    find(browser, "#tab-method").click()
    text = find(browser, "#method").text
    for part in ("org:organization ?target", "ab" * 32, "graine 1", "CC BY 4.0", "vis-network"):
        assert part in text


def test_two_nodes_are_compared(page: Open) -> None:
    from selenium.webdriver.support.ui import Select

    browser = page(state="#node=alliance/coalition-solidaire")
    Select(find(browser, "#compare")).select_by_visible_text("coalition Génér’action")
    panel = find(browser, "#panel").text
    assert "Voisins communs (2)" in panel
    assert "2 pas" in panel


def test_exports_hold_what_is_shown(page: Open) -> None:
    browser = page(state="#hide=company")
    _export(browser, "svg")
    root = ElementTree.parse(_download(browser, "alliance-memberships.svg")).getroot()
    text = "\n".join(element.text or "" for element in root.iter())
    assert "Qui est membre de quelle alliance" in text
    assert "Association (12)" in text
    assert "Entreprise" not in text
    assert "17 nœuds sur 21" in text
    _export(browser, "png")
    assert _download(browser, "alliance-memberships.png").read_bytes()[:4] == b"\x89PNG"
    _export(browser, "nodes")
    csv = _download(browser, "alliance-memberships-nodes.csv").read_text(encoding="utf-8-sig")
    assert len(csv.splitlines()) == 18
    _export(browser, "json")
    data = json.loads(_download(browser, "alliance-memberships.json").read_text(encoding="utf-8"))
    assert len(data["nodes"]) == 17


def test_hostile_names_do_nothing(page: Open) -> None:
    browser = page("hostile.html")
    find(browser, "#search").send_keys("onerror")
    _keys(browser, "\ue007")
    assert _name(browser) == HOSTILE
    for tab in ("table", "method", "network"):
        find(browser, f"#tab-{tab}").click()
    browser.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    assert browser.execute_script("return window.hacked") is None
    assert browser.execute_script("return document.querySelectorAll('#app img').length") == 0
    assert browser.execute_script("return [...document.links].every((a) => /^(https?|file):/.test(a.href))")


def test_print_shows_the_picture(page: Open) -> None:
    browser = page()
    browser.execute_script("window.dispatchEvent(new Event('beforeprint'))")
    assert "Qui est membre" in find(browser, "#print-picture svg title").get_attribute("textContent")


def test_without_scripts_the_tables_are_there(pages: Path, tmp_path: Path, chromium: None) -> None:
    browser = open_browser(tmp_path, javascript=False)
    try:
        browser.get((pages / "net.html").as_uri())
        text = find(browser, "body").text
    finally:
        browser.quit()
    assert "Coalition Solidaire" in text
    assert "lignes 404–408" in text


COUNT_DRAWINGS = """
window.drawings = 0;
const clear = CanvasRenderingContext2D.prototype.clearRect;
CanvasRenderingContext2D.prototype.clearRect = function (...box) {
  window.drawings += 1;
  return clear.apply(this, box);
};
"""


def test_a_large_network_is_drawn_a_few_times_not_once_per_node(
    page: Open, pages: Path, browser: Any
) -> None:
    (pages / "large.html").write_text(draw_page(_large_network(600)), encoding="utf-8")
    added = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": COUNT_DRAWINGS})
    try:
        page("large.html")
        until(browser, "window.drawings > 0 && rtePage.painted().shapes.length === 606")
        assert browser.execute_script("return window.drawings") < 20
    finally:
        browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


def _large_network(size: int) -> PageNetwork:
    base = sample_network()
    hubs = [node for node in base.nodes if node.side == "target"]
    leaf = next(node for node in base.nodes if node.side == "source")
    leaves = [replace(leaf, iri=f"https://example.org/{i}", label=same(f"Nom {i}")) for i in range(size + 1)]
    edges = [replace(base.edges[0], source=i, target=size + 1 + i % len(hubs)) for i in range(size + 1)]
    return replace(base, nodes=(*leaves, *hubs), edges=tuple(edges), measures=())
