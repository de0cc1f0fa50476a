"""Forms and results of the query page, alone on a page in a real browser, with real and hostile rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from ask_harness import (
    ASSETS,
    answer,
    names_of,
    payload,
    results_setup,
    script_value,
    table,
    term,
    write_map,
    write_page,
)
from chromium import find, resize, until
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

from rte_graph.loading import store_from
from rte_graph.resources import queries_folder
from rte_graph.sparql.formats import to_text
from rte_graph.sparql.library import load_library
from rte_graph.sparql.model import Library
from rte_graph.sparql.results import Table
from rte_graph.store import Store
from rte_graph.views.ask_looks import looks_script
from rte_graph.views.map_build import build_map

TAB, ENTER, ESCAPE, DOWN, RIGHT = "\ue004", "\ue007", "\ue00c", "\ue015", "\ue014"
ID = "https://w3id.org/rte/id/"
ATTACKS = (
    "<img src=x onerror='window.hacked=1'>",
    "</script><script>window.hacked=1</script>",
    '=HYPERLINK("http://x")',
    "＝1+1",
    "-2+3",
    "+33",
    "@SUM(1)",
    "\tx",
    'a "quoted", b\r\nc',
    "\u202eabc",
)


@cache
def store() -> Store:
    return store_from(None)


@cache
def library() -> Library:
    return load_library(queries_folder())


Show = Callable[..., Any]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("ask")
    write_map(made, store())
    return made


@pytest.fixture
def show(browser: Any, folder: Path) -> Show:
    """Open a page with a result; the browser comes back."""

    def opened(result: dict[str, Any], *, with_map: bool = False, lang: str = "fr", **options: Any) -> Any:
        lead = (folder / "known.js").read_text(encoding="utf-8") if with_map else ""
        setup = lead + results_setup(result, {"lang": lang, **options}, with_map=with_map)
        resize(browser, 1280, 900)
        browser.get(write_page(folder, "results", setup, lang=lang).as_uri())
        until(browser, "Boolean(window.shown)")
        return browser

    return opened


def saved(name: str, lang: str = "fr", **values: str) -> tuple[Table, dict[str, Any], dict[str, Any]]:
    """A saved query's table, as the command line and as the page have it, with the page's options."""
    query = library().get(name)
    found, result = answer(store(), query, values, lang)
    options = {
        "headings": {column: library().heading(column, lang) for column in query.columns},
        "labels": names_of(store(), found, lang),
        "name": name,
    }
    return found, result, options


def hostile() -> tuple[list[str], list[list[Any]]]:
    rows: list[list[Any]] = [
        [Literal(text), NamedNode(f"javascript:alert({i})")] for i, text in enumerate(ATTACKS)
    ]
    rows.append([Literal(-5), BlankNode("b1")])
    rows.append([None, None])
    rows.append([Literal("oui", language="fr"), NamedNode("http://example.org/é")])
    return ["text", "thing"], rows


def click(browser: Any, selector: str) -> None:
    find(browser, selector).click()


def texts(browser: Any, selector: str) -> list[str]:
    return [each.text for each in browser.find_elements(By.CSS_SELECTOR, selector)]


def no_complaints(browser: Any) -> None:
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []
    assert not browser.execute_script("return window.hacked")


@pytest.mark.parametrize("name", ["alliance-memberships", "initiatives-by-department", "figures"])
def test_csv_and_json_are_the_bytes_of_the_command_line(show: Show, name: str) -> None:
    found, result, options = saved(name)
    browser = show(result, **options)
    assert browser.execute_script("return rteDownload.csv(OPTIONS.result)") == to_text(
        "csv", found, safe=True
    )
    assert browser.execute_script("return rteDownload.json(OPTIONS.result)") == to_text("json", found)


def test_hostile_cells_stay_text_and_formulas_do_not_run_in_a_spreadsheet(show: Show) -> None:
    columns, rows = hostile()
    browser = show(table(columns, rows))
    found = Table(columns=tuple(columns), rows=[tuple(row) for row in rows])
    assert browser.execute_script("return rteDownload.csv(OPTIONS.result)") == to_text(
        "csv", found, safe=True
    )
    assert browser.execute_script("return rteDownload.json(OPTIONS.result)") == to_text("json", found)
    assert browser.find_elements(By.CSS_SELECTOR, "#results img, #results script, #results a") == []
    no_complaints(browser)


def test_a_link_that_a_page_would_run_is_never_made(show: Show) -> None:
    browser = show(table(["x"], [[NamedNode("http://example.org/a")]]))
    for address in ("javascript:alert(1)", "java\tscript:alert(1)", " data:text/html,x", "vbscript:x"):
        made = browser.execute_script("return rteKit.linked('x', arguments[0]).tagName", address)
        assert made == "BDI", address
    assert browser.execute_script("return rteKit.linked('x', 'id/a.html').tagName") == "A"


def test_names_stand_in_one_linked_cell_and_plain_iris_get_their_label(show: Show) -> None:
    _, result, options = saved("members-of-alliance", alliance=f"{ID}alliance/coalition-solidaire")
    browser = show(result, **options)
    headings = [text.split("\n")[0].strip(" ↕") for text in texts(browser, ".rte-table thead th")]
    # What was asked about is in the form, so not in each row.
    assert headings[:2] == ["Membre", "Rôle"]
    name = find(browser, ".rte-table tbody tr:first-child a")
    assert name.text == "Astrée"
    assert name.get_attribute("href").endswith("id/organisation/astree.html")
    assert "Lignes de" in find(browser, ".rte-results").text
    click(browser, ".rte-check input")
    assert "Membre (IRI)" in find(browser, ".rte-table thead").text
    assert find(browser, ".rte-table tbody tr:first-child a").text == "Coalition Solidaire"


def test_a_heading_sorts_up_then_down_then_back(show: Show) -> None:
    rows = [
        [Literal(word), Literal(number)]
        for word, number in (("Éclair", 10), ("abri", 9), ("zèbre", 100), ("Été", 1))
    ]
    browser = show(table(["word", "n"], rows))

    def column(place: int) -> list[str]:
        return texts(browser, f".rte-table tbody tr > :nth-child({place})")

    given = column(1)
    click(browser, ".rte-table thead th:nth-child(1) button")
    assert column(1) == ["abri", "Éclair", "Été", "zèbre"]
    assert find(browser, ".rte-table thead th:nth-child(1)").get_attribute("aria-sort") == "ascending"
    click(browser, ".rte-table thead th:nth-child(1) button")
    assert column(1) == ["zèbre", "Été", "Éclair", "abri"]
    click(browser, ".rte-table thead th:nth-child(2) button")
    assert column(2) == ["1", "9", "10", "100"]
    click(browser, ".rte-table thead th:nth-child(2) button")
    click(browser, ".rte-table thead th:nth-child(2) button")
    assert column(1) == given


def test_ten_thousand_rows_come_in_pages_and_are_filtered_whatever_the_accents(show: Show) -> None:
    rows = [[Literal(f"Chênelet {i}"), Literal(i)] for i in range(10_000)]
    browser = show(table(["name", "n"], rows, capped=True))
    assert len(browser.find_elements(By.CSS_SELECTOR, ".rte-table tbody tr")) == 100
    assert "Les 10\u202f000 premières lignes ; il y en a davantage." in find(browser, ".rte-head").text
    click(browser, "[data-step=next]")
    assert "Lignes 101 à 200 sur 10\u202f000" in find(browser, ".rte-pager").text
    find(browser, ".rte-filter").send_keys("chenelet 9998")
    assert texts(browser, ".rte-table tbody tr > :nth-child(1)") == ["Chênelet 9998"]


def test_only_the_forms_that_suit_a_result_are_offered(show: Show) -> None:
    browser = show(table(["n"], [[Literal(1)]]))
    assert texts(browser, "[role=tab]") == ["Tableau", "Texte brut"]
    browser = show({"kind": "boolean", "value": True, "ms": 1}, lang="en")
    assert "Yes" in find(browser, ".rte-answer").text
    assert texts(browser, "[role=tab]") == []
    browser = show(table(["a"], []), lang="en")
    assert "No row answers this question." in find(browser, "#results").text
    _, result, options = saved("initiatives")
    browser = show(result, with_map=True, **options)
    assert texts(browser, "[role=tab]") == ["Tableau", "Réseau", "Carte", "Texte brut"]


def test_tabs_go_by_arrows(show: Show) -> None:
    _, result, options = saved("alliance-memberships")
    browser = show(result, **options)
    click(browser, "[data-tab=table]")
    ActionChains(browser).send_keys(RIGHT).perform()
    assert find(browser, "[data-tab=network]").get_attribute("aria-selected") == "true"
    assert browser.switch_to.active_element.get_attribute("data-tab") == "network"
    assert find(browser, "[data-view=network]").is_displayed()
    assert not find(browser, "[data-view=table]").is_displayed()


def test_a_graph_becomes_turtle_that_says_the_same(show: Show) -> None:
    quads = list(
        pyoxigraph.parse(
            """@prefix rte: <https://w3id.org/rte/ontology#> . @prefix ex: <http://example.org/> .
            ex:a a rte:Alliance ; rte:start "2020"^^<http://www.w3.org/2001/XMLSchema#gYear> ;
              rte:purpose "dire «\\"\\\\ \\n»"@fr, "x" ; rte:value 4, 1.5, true ;
              ex:p <http://example.org/a%20b?c=1#d'> .
            _:n ex:p _:m . _:m ex:p ex:a .""",
            format=RdfFormat.TURTLE,
        )
    )
    triples = [[term(quad.subject), term(quad.predicate), term(quad.object)] for quad in quads]
    browser = show({"kind": "graph", "triples": triples, "capped": False, "ms": 1}, tab="raw")
    text = browser.execute_script("return rteDownload.turtle(OPTIONS.result)")
    back = pyoxigraph.Dataset(pyoxigraph.parse(text, format=RdfFormat.TURTLE))
    given = pyoxigraph.Dataset(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    for dataset in (back, given):
        dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    assert back == given
    assert find(browser, ".rte-raw").text.startswith("@prefix")


def test_a_file_is_saved_by_keyboard(show: Show) -> None:
    found, result, options = saved("organisations-by-kind")
    browser = show(result, **options)
    browser.execute_script("document.querySelector('[data-form=csv]').focus()")
    ActionChains(browser).send_keys(ENTER).perform()
    until(
        browser,
        "document.querySelector('.hidden[aria-live]').textContent.includes('organisations-by-kind.csv')",
    )
    path = browser.downloads / "organisations-by-kind.csv"
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(browser, 10).until(lambda _: path.exists() and path.stat().st_size)
    assert path.read_bytes() == to_text("csv", found, safe=True).encode()
    path.unlink()


def test_the_network_holds_the_rows_ties_and_is_drawn_alike_twice(show: Show) -> None:
    found, result, options = saved("alliance-memberships")
    browser = show(result, tab="network", **options)
    model = "rteNetworkModel.build(OPTIONS, 'source', 'target').nodes"
    state = f"{model}.map((n) => [n.iri, n.label, n.type.key, n.degree])"
    nodes = {iri for row in found.records() for iri in (row["source"], row["target"])}
    drawn = {each.get_attribute("data-iri") for each in browser.find_elements(By.CSS_SELECTOR, ".rte-node")}
    assert drawn == nodes
    lines = len(browser.find_elements(By.CSS_SELECTOR, ".rte-net-figure .rte-links line"))
    assert lines == len({(row["source"], row["target"], row["roleIri"]) for row in found.records()})
    places = "[...document.querySelectorAll('.rte-node')].map((n) => n.getAttribute('transform'))"
    first = browser.execute_script(f"return [{places}, {state}]")
    browser.execute_script("shown.destroy(); shown = rteResults(document.getElementById('results'), OPTIONS)")
    assert browser.execute_script(f"return [{places}, {state}]") == first


def test_a_graph_is_drawn_with_its_properties_as_roles(show: Show) -> None:
    lines = [("a/alliance/x", "rte:p", "b/person/y"), ("a/alliance/x", "rdf:type", "o#Alliance")]
    iri = {"rdf:type": "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "rte:p": "http://example.org/knows"}
    triples = [
        [term(NamedNode(iri.get(part, f"http://example.org/{part}"))) for part in line] for line in lines
    ]
    browser = show({"kind": "graph", "triples": triples, "capped": False, "ms": 1}, tab="network")
    assert len(browser.find_elements(By.CSS_SELECTOR, ".rte-node")) == 2
    assert texts(browser, ".rte-legend li") == ["alliance\n1", "personne\n1", "knows\n1"]


def test_names_in_a_network_overlap_neither_each_other_nor_the_frame(show: Show) -> None:
    _, result, options = saved("initiative-participations")
    browser = show(result, tab="network", **options)
    boxes = browser.execute_script(
        "const box = (each) => { const b = each.getBoundingClientRect();"
        " return [b.left, b.top + 2, b.right, b.bottom - 2]; };"
        "return [box(document.querySelector('.rte-net-figure')),"
        "...[...document.querySelectorAll('.rte-names text')].map(box)]"
    )
    frame, names = boxes[0], boxes[1:]
    assert len(names) > 40
    for box in names:
        assert frame[0] <= box[0] < box[2] <= frame[2]
        assert frame[1] <= box[1] < box[3] <= frame[3]
    for i, one in enumerate(names):
        for other in names[i + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, (one, other)


def test_a_long_name_that_finds_no_place_is_shortened_rather_than_left_out(show: Show) -> None:
    _, result, options = saved("alliance-memberships")
    browser = show(result, tab="network", **options)
    name = browser.execute_script(
        "const node = rteNetworkModel.build(OPTIONS, 'source', 'target').nodes"
        ".find((each) => each.label.length > 40);"
        "const point = { x: 40, y: 100, r: 6, node };"
        "const room = { width: 300, height: 200, letters: 52, taken: [] };"
        "const hidden = rteNetworkModel.nameNodes([point], 12, (text) => text.length * 7, room);"
        "return hidden.length ? '' : point.name.text"
    )
    assert name == "Alliance pour l’activit…"


def test_a_node_tells_its_ties_and_leads_to_its_page(show: Show) -> None:
    _, result, options = saved("alliance-memberships", "en")
    browser = show(result, tab="network", lang="en", **options)
    click(browser, f".rte-node[data-iri='{ID}alliance/solidaires-des-aidants']")
    panel = find(browser, ".rte-net-panel")
    assert "Solidaires des Aidants" in panel.text
    assert "Bleu Blanc Zèbre\nmember" in panel.text
    link = panel.find_element(By.CSS_SELECTOR, "h3 a").get_attribute("href")
    assert link.endswith("id/alliance/solidaires-des-aidants.html")
    ActionChains(browser).send_keys(ESCAPE).perform()
    assert not panel.is_displayed()


def test_a_network_that_would_be_unreadable_says_so(show: Show) -> None:
    rows = [[NamedNode(f"{ID}organisation/o{i}"), NamedNode(f"{ID}alliance/a{i % 7}")] for i in range(600)]
    browser = show(table(["member", "alliance"], rows), tab="network")
    assert "607 nœuds" in find(browser, ".rte-too-many").text
    assert browser.find_elements(By.CSS_SELECTOR, ".rte-node") == []


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("initiatives", {}),
        ("initiatives-by-department", {}),
        ("initiatives-by-region", {}),
        ("initiatives-in-territory", {"territory": f"{ID}territory/region-76"}),
    ],
)
def test_the_map_counts_what_the_map_of_the_command_line_counts(
    show: Show, name: str, values: dict[str, str]
) -> None:
    _, result, options = saved(name, **values)
    browser = show(result, with_map=True, tab="map", **options)
    until(browser, "Boolean(document.querySelector('.rte-map-svg'))")
    data = build_map(store(), library(), name, values)
    circles = browser.find_elements(By.CSS_SELECTOR, ".rte-map-svg .circle")
    keys = {each.get_attribute("data-key"): each.get_attribute("aria-label") for each in circles}
    level = data.levels[0]
    counts = {f"{level}-{code}": n for code, n in data.counts(level).items() if n > 0}
    assert set(keys) == set(counts)
    for key, n in counts.items():
        assert f" {n:g}" in f" {keys[key]} ".replace("\u202f", ""), (key, keys[key])
    no_complaints(browser)


def test_a_circle_lists_what_it_counts(show: Show) -> None:
    _, result, options = saved("initiatives-in-territory", territory=f"{ID}territory/region-76")
    browser = show(result, with_map=True, tab="map", **options)
    until(browser, "Boolean(document.querySelector('.rte-map-svg .circle'))")
    browser.execute_script(
        "document.querySelector('.circle[data-key=\"departement-46\"] circle')"
        ".dispatchEvent(new MouseEvent('click', {bubbles: true}))"
    )
    found = find(browser, ".rte-map-list")
    assert "Lot" in found.text
    assert found.find_elements(By.CSS_SELECTOR, "li a")


def form_page(show_in: Any, folder: Path, name: str, lang: str = "fr") -> Any:
    made = payload(store(), library(), library().get(name), lang)
    setup = (
        f"window.QUERY = {script_value(made)}; window.told = [];"
        f"window.form = rteForm(document.getElementById('form'), QUERY, '{lang}',"
        "(v, ok) => told.push([v, ok]));"
    )
    resize(show_in, 1280, 900)
    show_in.get(write_page(folder, "form", setup, lang=lang).as_uri())
    until(show_in, "Boolean(window.form)")
    return show_in


def values_of_form(browser: Any) -> Any:
    return browser.execute_script("return form.values()")


def test_a_short_list_is_a_select_with_all_where_the_value_may_be_left_out(
    browser: Any, folder: Path
) -> None:
    form_page(browser, folder, "initiatives-by-department")
    select = Select(find(browser, "select"))
    assert select.options[0].text == "Tous"
    assert values_of_form(browser) == {"source": "*"}
    select.select_by_index(1)
    assert values_of_form(browser)["source"].startswith(f"{ID}dataset/")
    assert browser.execute_script("return told.at(-1)[1]") is True


def test_a_long_list_is_searched_by_keyboard_whatever_the_accents(browser: Any, folder: Path) -> None:
    form_page(browser, folder, "initiatives-in-territory")
    field = find(browser, "[role=combobox]")
    assert field.get_attribute("value") == "Occitanie"
    field.clear()
    field.send_keys("pyrenees or")
    assert texts(browser, "[role=option]")[0] == "Pyrénées-Orientales"
    field.send_keys(ENTER)
    assert values_of_form(browser)["territory"] == f"{ID}territory/departement-66"
    assert field.get_attribute("value") == "Pyrénées-Orientales"
    field.send_keys("\ue009a\ue000", "xyzzy", TAB)
    assert "n’est pas dans la liste" in find(browser, ".rte-wrong").text
    assert browser.execute_script("return form.valid()") is False
    assert field.get_attribute("aria-invalid") == "true"
    field.send_keys("\ue009a\ue000", "https://example.org/place/1", TAB)
    assert values_of_form(browser)["territory"] == "https://example.org/place/1"
    assert browser.execute_script("return form.valid()") is True
    browser.execute_script("form.set({territory: arguments[0]})", f"{ID}territory/region-76")
    assert field.get_attribute("value") == "Occitanie"
    assert browser.execute_script("return form.valid()") is True


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("integer", "1 234", "1234"),
        ("integer", "12a", None),
        ("decimal", "1 234,50", "1234.5"),
        ("decimal", "1.2.3", None),
        ("string", " libre ", " libre "),
        ("integer", "", None),
    ],
)
def test_a_typed_value_is_read_as_the_command_line_reads_it(
    browser: Any, folder: Path, kind: str, typed: str, value: str | None
) -> None:
    given = {"name": "n", "type": kind, "label": "N", "description": "", "optional": False, "example": "3"}
    query = json.dumps({"params": [given | {"default": None, "choices": None, "words": []}]})
    setup = f"window.form = rteForm(document.getElementById('form'), {query}, 'en');"
    browser.get(write_page(folder, "typed", setup, lang="en").as_uri())
    until(browser, "Boolean(window.form)")
    field = find(browser, "input")
    field.clear()
    field.send_keys(typed, TAB)
    assert browser.execute_script("return form.valid()") is (value is not None)
    if value is None:
        assert find(browser, ".rte-wrong").text.endswith(".")
    else:
        assert values_of_form(browser) == {"n": value}


def test_every_saved_query_has_a_form_whose_first_values_can_be_used(browser: Any, folder: Path) -> None:
    asked = [query for query in library().queries.values() if query.parameters]
    made = {query.name: payload(store(), library(), query, "fr") for query in asked}
    browser.get(write_page(folder, "forms", f"window.ALL = {script_value(made)};").as_uri())
    wrong = browser.execute_script(
        "return Object.entries(ALL).filter(([, q]) => {"
        " const f = rteForm(document.getElementById('form'), q, 'fr');"
        " return !f.valid() || Object.values(f.values()).some((v) => v === ''); }).map(([n]) => n)"
    )
    assert wrong == []


def test_shapes_and_colours_are_those_of_the_published_pictures() -> None:
    assert (ASSETS / "ask" / "looks.js").read_text(encoding="utf-8") == looks_script()
