"""The page of a network of 3 000 nodes, drawn in WebGL in software, by clicking and typing."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from chromium import FLAGS, find, open_browser, resize, until
from large_sample import HOSTILE, large_network

from rte_graph.views.network_page import draw_page

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser(chromium: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("webgl")
    started = open_browser(folder, webgl=True)
    started.downloads = folder / "downloads"
    yield started
    started.quit()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("large") / "large.html"
    target.write_text(draw_page(large_network()), encoding="utf-8")
    return target


@pytest.fixture
def page(browser: Any, file: Path) -> Open:
    def show(state: str = "", size: tuple[int, int] = (1440, 900), where: Any = None) -> Any:
        chosen = where or browser
        chosen.get("about:blank")
        resize(chosen, *size)
        chosen.get(f"{file.as_uri()}{state}")
        until(chosen, "document.getElementById('app').dataset.ready === 'true'")
        return chosen

    return show


def _type(browser: Any, *keys: str) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(browser).send_keys(*keys).perform()


def _download(browser: Any, kind: str, name: str) -> Path:
    from selenium.webdriver.support.ui import WebDriverWait

    find(browser, "#export summary").click()
    find(browser, f"[data-export={kind}]").click()
    path = Path(browser.downloads) / name
    WebDriverWait(browser, 60).until(lambda _: path.exists() and path.stat().st_size > 0)
    return path


def _pixel(browser: Any, x: float, y: float) -> str:
    """Return the colour that the drawing shows at a point, as ``#rrggbb``."""
    return str(
        browser.execute_async_script(
            """
            const [picture, x, y, done] = arguments, image = new Image();
            image.onload = () => {
              const canvas = document.createElement('canvas');
              [canvas.width, canvas.height] = [image.width, image.height];
              const context = canvas.getContext('2d');
              context.drawImage(image, 0, 0);
              const rgb = [...context.getImageData(x, y, 1, 1).data].slice(0, 3);
              done('#' + rgb.map((part) => part.toString(16).padStart(2, '0')).join(''));
            };
            image.src = 'data:image/png;base64,' + picture;
            """,
            find(browser, "#canvas").screenshot_as_base64,
            round(x),
            round(y),
        )
    )


def _largest(browser: Any) -> dict[str, Any]:
    return dict(
        browser.execute_script(
            "const { shapes } = rtePage.painted();return shapes.reduce((a, b) => (b.reach > a.reach ? b : a))"
        )
    )


def test_the_page_opens_without_any_request_or_complaint_and_draws(page: Open, browser: Any) -> None:
    page()
    browser.get_log("performance")
    browser.get_log("browser")
    page()
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:", "about:"))] == []
    assert [entry["message"] for entry in browser.get_log("browser")] == []
    assert "3\u202f000 nœuds" in find(browser, "#subtitle").text
    until(browser, "rtePage.painted().names.length > 15")
    hub = _largest(browser)
    listed = browser.execute_script(
        "return [...document.querySelectorAll('#colours rect')].map((mark) => mark.getAttribute('fill'))"
    )
    assert _pixel(browser, hub["x"], hub["y"]) in listed


def test_names_do_not_overlap_and_those_left_out_are_counted(page: Open) -> None:
    browser = page()
    painted = until(browser, "rtePage.painted().names.length > 15 && rtePage.painted()")
    boxes = [name["box"] for name in painted["names"]]
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
    assert painted["hiddenNames"] == 3000 - len(boxes)
    assert "noms non écrits" in find(browser, "#shown").text


def test_the_legend_filters_counts_and_is_kept_in_the_address(page: Open) -> None:
    browser = page()
    assert "900" in find(browser, "label[data-key=association]").text
    find(browser, "label[data-key=association] input").click()
    assert "2\u202f100 nœuds sur 3\u202f000" in find(browser, "#shown").text
    assert len(browser.execute_script("return rtePage.painted().shapes")) == 2100
    assert "hide=association" in browser.current_url
    find(browser, "#reset").click()
    assert "Tout est affiché" in find(browser, "#shown").text


def test_search_without_accents_selects_and_the_panel_tells_ties_measures_and_sources(page: Open) -> None:
    browser = page()
    _type(browser, "/")
    _type(browser, "ECLAIREURS", "\ue007")
    assert find(browser, "#panel h2").text == "Café des Relais 7"
    panel = find(browser, "#panel").text
    assert "Éclaireurs d’antan" in panel
    assert "LIENS (" in panel.upper()
    assert "Chapitre" in panel
    assert "https://w3id.org/rte/id/a/7" in panel
    assert "node=a%2F7" in browser.current_url
    assert "dimmed" in find(browser, "#canvas").get_attribute("class")


def test_a_click_on_a_shape_selects_it_and_one_beside_lets_go(page: Open) -> None:
    from selenium.webdriver import ActionChains

    browser = page()
    hub = _largest(browser)
    canvas = find(browser, "#canvas")
    middle = (canvas.size["width"] / 2, canvas.size["height"] / 2)

    def click(x: float, y: float) -> None:
        ActionChains(browser).move_to_element_with_offset(
            canvas, x - middle[0], y - middle[1]
        ).click().perform()

    click(hub["x"], hub["y"])
    until(browser, f"rtePage.state().sel === {hub['index']}")
    click(3, 3)
    until(browser, "rtePage.state().sel === null")


def test_the_keyboard_walks_the_drawing_and_escape_lets_go(page: Open) -> None:
    browser = page()
    browser.execute_script("document.getElementById('canvas').focus()")
    _type(browser, "\ue007")
    first = browser.execute_script("return rtePage.state().sel")
    assert first is not None
    _type(browser, "\ue014")
    assert browser.execute_script("return rtePage.state().sel") != first
    _type(browser, "\ue00c")
    assert browser.execute_script("return rtePage.state().sel") is None


def test_the_table_turns_its_pages_and_sorts(page: Open) -> None:
    browser = page("#tab=table")
    assert find(browser, "#nodes-rows").text.replace("\u202f", " ") == "lignes 1 à 100 sur 3 000"
    find(browser, "[data-turn=nodes-next]").click()
    assert "101 à 200" in find(browser, "#nodes-rows").text
    browser.execute_script("document.querySelectorAll('#nodes-table thead button')[2].click()")
    counts = browser.execute_script(
        "const rows = [...document.querySelectorAll('#nodes-table tbody tr')];"
        "return rows.map((row) => Number(row.cells[2].textContent))"
    )
    assert len(counts) == 100
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == max(len(near) for near in _neighbours())


def _neighbours() -> list[set[int]]:
    near: list[set[int]] = [set() for _ in range(3000)]
    for edge in large_network().edges:
        near[edge.source].add(edge.target)
        near[edge.target].add(edge.source)
    return near


def test_hostile_names_and_addresses_do_nothing(page: Open) -> None:
    browser = page()
    find(browser, "#search").send_keys("onerror", "\ue007")
    assert find(browser, "#panel h2").text == HOSTILE
    links = browser.execute_script("return [...document.querySelectorAll('#panel a')].map((a) => a.href)")
    assert not [link for link in links if link.startswith("javascript:")]
    assert browser.execute_script("return window.hacked") is None
    assert browser.execute_script("return document.querySelectorAll('#app img').length") == 0


def test_what_is_shown_can_be_saved_as_picture_and_as_data(page: Open) -> None:
    browser = page()
    tree = ElementTree.parse(_download(browser, "svg", "large-sample.svg"))
    texts = ["".join(node.itertext()) for node in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert "Grand réseau" in texts
    assert any("Communautés" in text for text in texts)
    paths = [node.get("d", "") for node in tree.iter("{http://www.w3.org/2000/svg}path")]
    assert sum(path.count("Z") for path in paths) >= 3000
    rows = list(csv.reader(_download(browser, "nodes", "large-sample-nodes.csv").open(encoding="utf-8-sig")))
    assert len(rows) == 3001
    data = json.loads(_download(browser, "json", "large-sample.json").read_text(encoding="utf-8"))
    assert len(data["nodes"]) == 3000
    assert data["links"][0]["evidence"] == [_evidence(data["links"][0]["target"])]
    assert _download(browser, "png", "large-sample.png").read_bytes()[:4] == b"\x89PNG"


def _evidence(iri: str) -> str:
    first = int(iri.rsplit("/", 1)[-1]) % 3 + 1
    return f"Recueil, Chapitre, lignes {first}–{first + 3}"


def test_the_language_is_switched_and_the_method_tells_layout_and_what_is_not_drawn(page: Open) -> None:
    browser = page("#lang=en&tab=method")
    method = find(browser, "#method").text
    assert "communities first (Louvain’s method)" in method
    assert "thin straight line without dashes" in method
    assert "sigma 3.0.3" in method
    find(browser, "[data-lang=fr]").click()
    assert "méthode de Louvain" in find(browser, "#method").text


def test_on_a_phone_nothing_runs_over_the_edge(page: Open) -> None:
    browser = page(size=(390, 844))
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
    assert until(browser, "rtePage.painted().names.length > 5")


def test_without_webgl_the_page_says_so_and_search_and_table_work(
    chromium: None, page: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chromium.FLAGS", [*FLAGS, "--disable-3d-apis"])
    plain = open_browser(tmp_path)
    try:
        page(where=plain)
        assert "WebGL" in find(plain, ".no-webgl").text
        find(plain, "#search").send_keys("eclaireurs", "\ue007")
        assert find(plain, "#panel h2").text == "Café des Relais 7"
        find(plain, "#tab-table").click()
        assert "3\u202f000" in find(plain, "#table h2").text
    finally:
        plain.quit()
