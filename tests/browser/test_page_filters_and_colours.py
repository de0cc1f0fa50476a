"""Filters, period, colours, map and files of the network page; one page, its state set by its address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from chromium import find, resize, until
from rich_sample import hub_network, pairs_network, rich_network

from rte_graph.views.network_page import draw_page
from rte_graph.views.page_model import same

Show = Callable[..., Any]
HELD = """
const e = document.activeElement;
return e.id || e.dataset.export || e.closest('[data-key]')?.dataset.key || e.textContent;
"""
NAMELESS = """
const said = (e) => e.getAttribute('aria-label') || e.textContent.trim();
const named = (e) => said(e) || e.labels?.[0]?.textContent.trim();
return [...document.querySelectorAll('button, input, select, summary, a[href]')]
  .filter((e) => e.getClientRects().length && !named(e)).map((e) => e.outerHTML);
"""
HOSTILE = '</script><img src=x onerror="window.hacked=1">'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pages")
    rich = rich_network()
    domains = tuple(replace(each, label=same(HOSTILE)) for each in rich.domains)
    pages = {
        "rich": rich,
        "hub": hub_network(),
        "pairs": pairs_network(),
        "hostile": replace(rich, domains=domains),
    }
    for name, network in pages.items():
        (made / f"{name}.html").write_text(draw_page(network), encoding="utf-8")
    return made


@pytest.fixture
def page(browser: Any, folder: Path) -> Iterator[Show]:
    """Open a page, or set the state of the one that is open."""

    def show(state: str = "", name: str = "rich", size: tuple[int, int] = (1500, 900)) -> Any:
        address = (folder / f"{name}.html").as_uri()
        resize(browser, *size)
        if browser.current_url.split("#")[0] != address:
            browser.get(address)
            until(browser, "document.getElementById('app').dataset.ready === 'true'")
        browser.execute_script("location.hash = arguments[0] || 'names=auto'", state)
        browser.execute_async_script("setTimeout(arguments[0])")
        return browser

    yield show
    browser.execute_script("document.getElementById('export').open = false")


def _names(browser: Any) -> set[str]:
    """Names of the nodes that are drawn."""
    return set(
        browser.execute_script(
            "return rtePage.painted().shapes.map((s) => rtePage.model.nodes[s.index].label.fr)"
        )
    )


def _entry(browser: Any, facet: str, key: str) -> Any:
    return find(browser, f"#{facet} label[data-key={key}]")


def _slide(browser: Any, name: str, year: int) -> None:
    browser.execute_script(
        "const s = document.getElementById(arguments[0]); s.value = arguments[1];"
        "s.dispatchEvent(new Event('input'))",
        name,
        str(year),
    )


def _download(browser: Any, kind: str, name: str) -> Path:
    from selenium.webdriver.support.ui import WebDriverWait

    path = Path(browser.downloads) / name
    path.unlink(missing_ok=True)
    find(browser, "#export summary").click()
    find(browser, f"[data-export={kind}]").click()
    WebDriverWait(browser, 20).until(lambda _: path.exists() and path.stat().st_size > 0)
    return path


def test_domains_are_counted_and_filter_with_those_who_have_only_them(page: Show) -> None:
    browser = page()
    assert "2" in _entry(browser, "domains", "work").text
    assert "sans domaine indiqué" in _entry(browser, "domains", "none").text
    _entry(browser, "domains", "health").find_element("css selector", "input").click()
    assert "coalition Génér’action" in _names(browser)  # it has another domain that is shown
    _entry(browser, "domains", "work").find_element("css selector", "input").click()
    assert not {"coalition Génér’action", "Collectif Emploi", "Le Social Bar"} & _names(browser)
    assert "nodomain=work%2Chealth" in browser.current_url
    assert "18 nœuds sur 21" in find(browser, "#shown").text
    assert "18 nœuds sur 21" in find(browser, "#live").get_attribute("textContent")


def test_sources_of_links_are_counted_and_filter(page: Show) -> None:
    browser = page()
    assert "4" in _entry(browser, "documents", "rapport-de-mgen").text
    _entry(browser, "documents", "rapport-de-mgen").find_element("css selector", "input").click()
    assert not {"coalition Génér’action", "Le Social Bar"} & _names(browser)
    assert "23 liens sur 27" in find(browser, "#shown").text


def test_the_period_hides_what_came_later_and_counts_the_undated(page: Show) -> None:
    browser = page()
    assert find(browser, "#undated-count").text == "25"
    _slide(browser, "to", 2018)
    drawn = browser.execute_script(
        "return [...document.querySelectorAll('#period-text')].map((p) => p.textContent)[0]"
    )
    assert "De 2017 à 2018" in drawn
    assert "26 liens sur 27" in find(browser, "#shown").text  # the founder's role of 2020 is gone
    find(browser, "#undated").click()
    assert _names(browser) == {"Collectif Emploi", "Tous Tes Possibles"}
    assert "to=2018" in browser.current_url
    assert "undated=no" in browser.current_url
    _slide(browser, "to", 2017)
    assert _names(browser) == set()


def test_search_shows_again_what_a_filter_hides(page: Show) -> None:
    browser = page("#nosource=rapport-de-mgen")
    find(browser, "#search").send_keys("social bar\ue007")
    assert "Le Social Bar" in _names(browser)
    assert find(browser, "#panel h2").text == "Le Social Bar"


def test_colours_follow_a_measure_whose_definition_and_classes_are_shown(page: Show) -> None:
    from selenium.webdriver.support.ui import Select

    browser = page()
    Select(find(browser, "#colour")).select_by_value("degree")
    assert "Nombre de voisins distincts. Cinquièmes" in find(browser, "#colour-definition").text
    counts = [int(each.text) for each in browser.find_elements("css selector", "#colours .count")]
    assert sum(counts) == 21
    picture = browser.execute_script("return rtePage.picture()")
    assert "#0b2f5e" in picture
    assert "Couleur\u00a0: Degré." in picture
    assert "colour=degree" in browser.current_url


def test_communities_have_colours_and_outlines_on_the_screen_and_in_the_file(page: Show) -> None:
    browser = page("#colour=groups")
    assert "Groupes liés entre eux." in find(browser, "#colour-definition").text
    assert "communauté 1" in find(browser, "#colours").text
    before = browser.execute_script("return rtePage.picture()")
    find(browser, "#hulls").click()
    assert "hulls=yes" in browser.current_url
    after = browser.execute_script("return rtePage.picture()")
    assert after.count('stroke-width="44"') == before.count('stroke-width="44"') + 2


def test_the_address_holds_filters_period_colours_and_place(page: Show) -> None:
    browser = page(
        "#nodomain=work&nosource=rapport-de-mgen&from=2018&to=2019&undated=no&colour=groups&hulls=yes"
    )
    state = browser.execute_script("return rtePage.state()")
    assert state["hiddenDomains"] == ["https://w3id.org/rte/vocab/action-domain/work"]
    assert state["hiddenDocuments"] == ["rapport-de-mgen"]
    assert (state["from"], state["to"], state["undated"]) == (2018, 2019, False)
    assert (state["colour"], state["hulls"]) == ("groups", True)
    browser = page("#at=departement-46&from=1000&to=nonsense&colour=none")
    state = browser.execute_script("return rtePage.state()")
    assert (state["at"], state["from"], state["to"], state["colour"]) == (
        "departement-46",
        2017,
        None,
        "type",
    )


def test_the_map_shares_filters_and_selection_with_the_drawing(page: Show) -> None:
    browser = page()
    find(browser, "#tab-map").click()
    circle = until(browser, "document.querySelector('#map-figure .circle')")
    assert circle.get_attribute("data-key") == "departement-46"
    browser.execute_script("arguments[0].dispatchEvent(new MouseEvent('click', { bubbles: true }))", circle)
    assert "at=departement-46" in browser.current_url
    assert "Chênelet" in find(browser, "#map-chosen").text
    find(browser, "#tab-network").click()
    assert "Sélection\u00a0: Lot" in find(browser, "#shown").get_attribute("textContent")
    find(browser, "#tab-map").click()
    find(browser, "#map-chosen .link").click()
    assert find(browser, "#panel h2").text == "Chênelet"
    assert "node=organisation" in browser.current_url
    _entry(browser, "types", "company").find_element("css selector", "input").click()
    assert until(browser, "document.querySelector('#map-figure .circle').textContent.includes('1')")


def test_gexf_png_and_svg_hold_what_is_shown_with_title_legend_credits_and_date(page: Show) -> None:
    import struct

    import networkx as nx

    browser = page("#hide=company&colour=groups")
    graph = nx.read_gexf(_download(browser, "gexf", "alliance-memberships.gexf"), version="1.2draft")
    assert graph.number_of_nodes() == 17
    assert graph.number_of_edges() == 23
    assert {data["role"] for *_, data in graph.edges(data=True)} == {"membre", "fondateur"}
    assert all({"viz", "type", "degree"} <= set(data) for _, data in graph.nodes(data=True))
    svg = ElementTree.parse(_download(browser, "svg", "alliance-memberships.svg")).getroot()
    text = " ".join(element.text or "" for element in svg.iter())
    for part in (
        "Qui est membre",
        "Association (12)",
        "communauté 1",
        "CC BY 4.0",
        "version 0.1.0",
        "17 nœuds sur 21",
    ):
        assert part in text
    assert re.search(r"exporté le \d{4}-\d{2}-\d{2}", text)
    png = _download(browser, "png", "alliance-memberships.png").read_bytes()
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    # 300 dots per inch at the width of a column of text (17 cm).
    assert struct.unpack(">I", png[16:20])[0] >= 2000


def test_how_it_was_made_has_the_boundary_of_the_source_and_of_communities(page: Show) -> None:
    text = find(page("#tab=method"), "#method").text
    for part in (
        "Frontière de la source",
        "Qui a choisi les cas",
        "AG2R LA MONDIALE.",
        "Groupes liés entre eux.",
    ):
        assert part in text


def test_the_shortest_path_is_listed_step_by_step(page: Show) -> None:
    browser = page("#node=organisation/le-social-bar&with=alliance/collectif-emploi")
    steps = [each.text for each in browser.find_elements("css selector", "#panel .path li")]
    assert steps[0] == "Le Social Bar"
    assert steps[-1] == "Collectif Emploi"
    assert len(steps) == 6
    assert "Chemin le plus court\u00a0: 5 pas" in find(browser, "#panel").get_attribute("textContent")


def test_one_and_two_steps_show_the_surroundings_alone(page: Show) -> None:
    browser = page("#node=organisation/le-social-bar&steps=1")
    assert _names(browser) == {"Le Social Bar", "coalition Génér’action"}
    browser = page("#node=organisation/le-social-bar&steps=2")
    assert _names(browser) == {"Le Social Bar", "coalition Génér’action", "Unis-Cité", "Siel Bleu"}


def test_the_keyboard_reaches_every_control_in_the_order_of_the_page(page: Show) -> None:
    from selenium.webdriver import ActionChains

    browser = page()
    browser.execute_script("document.activeElement.blur(); document.getElementById('tab-network').focus()")
    seen = []
    for _ in range(60):
        ActionChains(browser).send_keys("\ue004").perform()
        seen.append(browser.execute_script(HELD))
        if seen[-1] == "fit":
            break
    wanted = ["reset", "search", "association", "member", "work", "rapport-de-mgen", "from", "to", "undated"]
    wanted += ["size", "colour", "names", "canvas", "zoom-out", "fit"]
    assert [each for each in seen if each in wanted] == wanted


def test_controls_have_names_in_both_languages(page: Show) -> None:
    for state in ("#lang=fr&colour=groups", "#lang=en&colour=groups"):
        assert page(state).execute_script(NAMELESS) == []
    browser = page("#lang=en")
    for part in ("Action domains", "no domain stated", "Period", "links without a date", "Colour by"):
        assert part.lower() in find(browser, "#filters").text.lower()


def test_hostile_domains_stay_text(page: Show) -> None:
    browser = page(name="hostile")
    assert HOSTILE in find(browser, "#domains").get_attribute("textContent")
    assert browser.execute_script("return window.hacked") is None
    assert browser.execute_script("return document.querySelectorAll('#app img').length") == 0


def test_the_hub_stands_named_between_its_fans(page: Show) -> None:
    browser = page(name="hub")
    painted = until(browser, "rtePage.painted().names.length > 0 && rtePage.painted()")
    shapes = {shape["index"]: shape for shape in painted["shapes"]}
    hub = next(name["box"] for name in painted["names"] if name["index"] == 0)
    assert abs((hub[1] + hub[3]) / 2 - shapes[0]["y"]) < 80
    near = browser.execute_script("return [...rtePage.model.nodes[0].near]")
    sides = [shapes[index]["x"] < shapes[0]["x"] for index in near]
    assert 0.35 < sum(sides) / len(sides) < 0.65
    for name in painted["names"]:
        for index, shape in shapes.items():
            clear = (
                name["box"][2] <= shape["x"] - shape["reach"] or name["box"][0] >= shape["x"] + shape["reach"]
            )
            clear |= (
                name["box"][3] <= shape["y"] - shape["reach"] or name["box"][1] >= shape["y"] + shape["reach"]
            )
            assert clear, (name["index"], index)


def test_many_roles_share_one_line_and_wait_behind_a_click(page: Show) -> None:
    browser = page(name="hub")
    assert find(browser, "#roles .more summary").text == "Encore 3"
    strokes = browser.execute_script(
        "return rtePage.model.roles.map((r) => [r.stroke.colour, ...r.stroke.dash].join(' '))"
    )
    assert len(set(strokes[:7])) == 7
    assert set(strokes[7:]) == {"#8a94a0"}


def test_pairs_without_direction_have_no_arrows(page: Show) -> None:
    browser = page(name="pairs")
    picture = browser.execute_script("return rtePage.picture()")
    links = re.findall(r'<path d="(M-?\d+\.\d[^"]*)" fill="none" stroke="#5f7489"', picture)
    assert len(links) == 5
    assert all(link.count("M") == 1 for link in links)
    assert not find(browser, "#roles").is_displayed()
    assert "Degré" in find(browser, "#size").text
