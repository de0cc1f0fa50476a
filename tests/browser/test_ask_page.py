"""The query page in a real browser, as somebody who never wrote SPARQL and somebody who does."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from ask_site import READY, editor, folder, open_page, press, run, state, text, write, wrong
from chromium import find, resize, until
from test_site_by_clicking import complaints, requested

from rte_graph.loading import packaged_store
from rte_graph.sparql.engine import run_query
from rte_graph.sparql.formats import to_text
from rte_graph.sparql.library import working_library


def columns(browser: Any) -> list[str]:
    """Heads of the table, as they are shown."""
    heads = browser.find_elements("css selector", ".rte-view table thead th")
    return [head.text.split("\n")[0].strip() for head in heads if head.text.strip()]


def test_from_a_chosen_value_to_a_table_in_a_file_by_the_keyboard_alone(browser: Any) -> None:
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import Select

    open_page(browser)
    assert find(browser, ".ask-main h2").text == "Membres d’une alliance"
    for _ in range(60):
        press(browser, Keys.TAB)
        if browser.execute_script("return document.activeElement.matches('.ask-form select')"):
            break
    chosen = "https://w3id.org/rte/id/alliance/gener-action"
    control = browser.switch_to.active_element
    press(browser, "Génér")
    assert Select(control).first_selected_option.get_attribute("value") == chosen
    until(browser, f"{READY} && document.querySelector('.ask-out').innerText.includes('Social Bar')")
    assert f"<{chosen}>" in text(browser)
    assert "gener-action" in browser.current_url
    for _ in range(40):
        press(browser, Keys.TAB)
        active = "document.activeElement"
        if browser.execute_script(
            f"return {active}.matches('.ask-out button') && {active}.textContent.includes('CSV')"
        ):
            break
        if browser.execute_script("return document.activeElement.matches('.ask-editor')"):
            press(browser, Keys.ESCAPE)
    press(browser, Keys.ENTER)
    files = browser.downloads
    until_file(browser, files, "members-of-alliance.csv")
    query = working_library().get("members-of-alliance")
    ours = to_text("csv", run_query(packaged_store(), query, {"alliance": chosen}), safe=True)
    held = (files / "members-of-alliance.csv").read_bytes().decode("utf-8-sig")
    assert held.replace("\r\n", "\n") == ours.replace("\r\n", "\n")


def until_file(browser: Any, files: Path, name: str) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(browser, 20).until(lambda _: (files / name).is_file())


def test_a_value_that_cannot_be_says_what_to_write_and_runs_nothing(browser: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    open_page(browser, "#q=co-participation-over")
    control = next(
        each
        for each in browser.find_elements("css selector", ".ask-form input")
        if each.get_attribute("value") not in ("", None) or each.get_attribute("inputmode")
    )
    held = text(browser)
    control.clear()
    control.send_keys("beaucoup", Keys.TAB)
    until(
        browser,
        "document.querySelector('.ask-form').innerText.includes('« beaucoup »'.replace(/ /g, '\u00a0'))",
    )
    assert browser.execute_script("return document.querySelector('.ask-form [aria-invalid=true]') !== null")
    find(browser, ".ask-run").click()
    assert wrong(browser) == "Corrigez d’abord la valeur signalée."
    assert text(browser) == held


def test_a_change_of_the_form_keeps_what_was_edited_in_the_text(browser: Any) -> None:
    from selenium.webdriver.support.ui import Select

    open_page(browser)
    old = browser.execute_script("return rteAsk.bound(rteAsk.saved.query('members-of-alliance'), {}, 'fr')")
    write(browser, "# mine\n" + (old or text(browser)))
    until(browser, "document.querySelector('.ask-edited').textContent.startsWith('Texte modifié')")
    Select(find(browser, ".ask-form select")).select_by_visible_text("Génér’action")
    until(browser, READY)
    until(browser, "!document.querySelector('.ask-state').textContent.includes('…')")
    assert text(browser).startswith("# mine")
    assert "alliance/gener-action" in text(browser)
    find(browser, ".ask-edited button").click()
    assert "# mine" not in text(browser)
    assert find(browser, ".ask-edited").text == ""


def test_completion_knows_prefixes_classes_with_definitions_properties_labels_and_variables(
    browser: Any,
) -> None:
    from selenium.webdriver.common.keys import Keys

    open_page(browser)
    write(browser, "SELECT ?personne WHERE {\n  ?personne a ")
    offered = (
        "[...document.querySelector('.ask-editor').shadowRoot"
        ".querySelectorAll('.cm-tooltip-autocomplete li')].map((li) => li.textContent)"
    )
    info = "document.querySelector('.ask-editor').shadowRoot.querySelector('.cm-completionInfo')"
    press(browser, "rte:", "A", "l", "l")
    until(browser, f"{offered}.some((each) => each.includes('rte:Alliance'))")
    until(browser, f"{info} && {info}.textContent.length > 30")
    press(browser, Keys.ENTER)
    until(browser, f"!{offered}.length")
    assert text(browser).startswith("PREFIX rte: <https://w3id.org/rte/ontology#>\n")
    assert "?personne a rte:Alliance" in text(browser)
    press(browser, " ; ", "org:", "m", "e", "m")
    until(browser, f"{offered}[0] && {offered}[0].includes('org:member')")
    press(browser, Keys.ENTER, " ")
    assert "PREFIX org:" in text(browser)
    press(browser, *"coalition")
    until(browser, f"{offered}.some((each) => each.startsWith('Coalition Solidaire'))")
    press(browser, *" ?per")
    until(browser, f"{offered}.length === 1 && {offered}[0].startsWith('?personne')")
    press(browser, Keys.TAB)
    assert text(browser).rstrip().endswith("?personne")


def test_an_error_is_marked_where_it_is_with_a_sentence_in_both_languages(browser: Any) -> None:
    marks = "[...document.querySelector('.ask-editor').shadowRoot.querySelectorAll('.cm-lintRange-error')]"
    for name, sentence in (("ask.html", "vouliez-vous dire WHERE"), ("ask.en.html", "did you mean WHERE")):
        open_page(browser, name=name)
        write(browser, "SELECT ?x WHRE { ?x a rte:Alliance }")
        until(browser, f"{marks}.map((mark) => mark.textContent).join() === 'WHRE'")
        until(browser, f"document.querySelector('.ask-wrong').textContent.includes({json.dumps(sentence)})")
        assert ("Ligne 1, colonne 11" if name == "ask.html" else "Line 1, column 11") in wrong(browser)
    write(browser, "SELECT ?x WHERE { ?x a nope:Alliance ")
    until(browser, "document.querySelector('.ask-wrong').textContent.includes('nope:')")
    write(browser, "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    until(browser, f"{marks}.map((mark) => mark.textContent).join() === 'SERVICE'")
    run(browser)
    until(browser, "document.querySelector('.ask-wrong').textContent.includes('goes on no network')")
    write(browser, "SELECT ?x WHERE { ?x a rte:Alliance }")
    until(browser, f"!{marks}.length && !document.querySelector('.ask-wrong').textContent")


def test_run_counts_the_time_stop_ends_it_and_the_page_goes_on(browser: Any) -> None:
    open_page(browser)
    write(browser, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    run(browser)
    until(
        browser,
        "/ 0,[1-9] s/.test(document.querySelector('.ask-state').textContent.replace(/\\u00a0/g, ' '))",
    )
    assert not find(browser, ".ask-run").is_enabled()
    find(browser, ".ask-stop").click()
    until(browser, "document.querySelector('.ask-state').textContent.startsWith('Arrêté après')")
    write(browser, "SELECT ?x { ?x a rte:Alliance }")
    run(browser)
    until(browser, f"{READY} && document.querySelector('.ask-state').textContent.includes('lignes en')")


def test_the_time_limit_ends_a_query_and_says_how_to_lift_it(browser: Any) -> None:
    open_page(browser)
    browser.execute_script(
        "const limit = document.querySelector('.ask-limit select');"
        "limit.append(new Option('0,2 s', '0.2')); limit.value = '0.2'"
    )
    write(browser, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    run(browser)
    until(browser, "document.querySelector('.ask-state').textContent.includes('sans limite')")


def test_a_cap_on_rows_is_said_and_can_be_lifted(browser: Any) -> None:
    open_page(browser)
    write(browser, "SELECT * { ?s a ?class . ?s ?p ?o } LIMIT 5600")
    run(browser)
    until(
        browser,
        "document.querySelector('.ask-state').textContent.replace(/\\s/g, ' ').includes('5 000 premières')",
    )
    find(browser, ".ask-more").click()
    until(browser, "/^5.600 lignes/.test(document.querySelector('.ask-state').textContent)")


def test_the_address_holds_question_values_and_text_and_back_goes_back(browser: Any) -> None:
    open_page(browser, "#q=alliances&p.level=*")
    assert "VALUES ?level { UNDEF }" in text(browser)
    find(browser, "[data-query='name-changes']").click() if find(
        browser, "[data-query='name-changes']"
    ).is_displayed() else browser.execute_script(
        "document.querySelector('[data-query=\"name-changes\"]').click()"
    )
    until(browser, f"location.hash === '#q=name-changes' && {READY}")
    write(browser, "SELECT (1 AS ?un) { }")
    run(browser)
    until(browser, f"location.hash.includes('z=') && {READY}")
    address = browser.current_url
    browser.back()
    until(browser, "location.hash === '#q=name-changes'")
    until(browser, f"document.querySelector('.ask-main h2').textContent.length && {READY}")
    browser.back()
    until(browser, "location.hash.includes('p.level')")
    browser.get("about:blank")
    browser.get(address)
    until(
        browser,
        "document.querySelector('.ask-editor').shadowRoot && document.querySelector('.ask-note').textContent",
    )
    assert text(browser) == "SELECT (1 AS ?un) { }"
    assert find(browser, ".ask-out").text == ""


@pytest.mark.parametrize(
    "hash_",
    [
        "#q=%3Cimg%20src%3Dx%20onerror%3Dwindow.hacked%3D1%3E",
        "#q=__proto__&p.constructor=1",
        "#q=members-of-alliance&p.alliance=%3E%20%7D%20SERVICE%20%3Chttp%3A%2F%2F127.0.0.1%3E%20%7B",
        "#q=members-of-alliance&p.alliance=javascript%3Aalert(1)",
        "#z=AAAA",
        "#z=%00%FF",
        "#z=" + "A" * 70_000,
        "#" + "&".join(f"p.x{place}=1" for place in range(3000)),
        "#%",
    ],
)
def test_a_hostile_address_does_nothing(browser: Any, hash_: str) -> None:
    complaints(browser)
    open_page(browser, hash_)
    assert browser.execute_script("return window.hacked") is None
    assert find(browser, ".ask-main h2").text == "Membres d’une alliance"
    assert "coalition-solidaire" in text(browser)
    assert complaints(browser) == []


def test_a_text_in_the_address_waits_until_it_is_run(browser: Any) -> None:
    asked = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    packed = called_address(browser, asked)
    open_page(browser, packed, wait=False)
    until(browser, "document.querySelector('.ask-note').textContent.includes('vient d’un lien')")
    assert find(browser, ".ask-run").is_enabled()
    assert text(browser) == asked


def called_address(browser: Any, asked: str) -> str:
    from ask_site import called

    open_page(browser)
    return str(
        called(browser, "return rteAsk.address.write({query: null, values: {}, text: given[0]})", asked)
    )


def test_what_was_run_is_kept_in_the_browser_until_it_is_cleared(browser: Any) -> None:
    open_page(browser)
    browser.execute_script("localStorage.clear()")
    write(browser, "SELECT (41 + 1 AS ?answer) { }")
    run(browser)
    until(browser, "localStorage.getItem('rte-graph-ask') && location.hash.includes('z=')")
    open_page(browser, "#q=alliances")
    find(browser, ".ask-history summary").click()
    until(browser, "document.querySelectorAll('.ask-history li').length === 2")
    find(browser, ".ask-history li:last-child button").click()
    assert text(browser) == "SELECT (41 + 1 AS ?answer) { }"
    find(browser, ".ask-history > button").click()
    until(
        browser,
        "!document.querySelectorAll('.ask-history li').length && !localStorage.getItem('rte-graph-ask')",
    )


def test_without_storage_the_page_works(browser: Any) -> None:
    script = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden'); } })"
    held = browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})
    try:
        open_page(browser)
        assert "lignes en" in state(browser)
    finally:
        browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", held)


def test_escape_then_tab_leaves_the_editor_and_tab_alone_does_not(browser: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    open_page(browser)
    editor(browser).click()
    inside = "document.activeElement.matches('.ask-editor')"
    press(browser, Keys.TAB)
    assert browser.execute_script(f"return {inside}")
    press(browser, Keys.ESCAPE, Keys.TAB)
    assert not browser.execute_script(f"return {inside}")


def test_what_happens_is_told_to_screen_readers(browser: Any) -> None:
    open_page(browser)
    live = "document.querySelector('.ask-bar [aria-live]').textContent"
    until(browser, f"{live}.includes('lignes en')")
    assert "Ctrl+Espace" in editor(browser).get_attribute("aria-label")
    assert find(browser, ".ask-wrong").get_attribute("role") == "alert"


def test_a_question_is_found_by_words_without_accents(browser: Any) -> None:
    open_page(browser)
    find(browser, ".ask-list input").send_keys("MEMBRES communs")
    shown = (
        "[...document.querySelectorAll('.ask-list li')]"
        ".filter((li) => li.offsetParent).map((li) => li.innerText)"
    )
    until(browser, f"{shown}.length && {shown}.length < 8")
    assert any("Membres communs" in each for each in browser.execute_script(f"return {shown}"))
    find(browser, ".ask-list input").send_keys(" zzz")
    until(browser, "document.querySelector('.ask-none').textContent === 'Aucune question ne correspond.'")


def test_the_status_says_engine_triples_and_that_nothing_is_sent(browser: Any) -> None:
    open_page(browser)
    until(browser, "document.querySelector('.ask-status').dataset.ready")
    said = find(browser, ".ask-status").text.replace("\u202f", " ")
    (row,) = packaged_store().select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows
    count = f"{int(getattr(row[0], 'value', 0)):,}".replace(",", " ")
    assert said.startswith(f"Oxigraph dans la page · {count} triplets · moteur ")
    assert said.endswith("hors ligne")


def test_nothing_but_the_pages_own_files_is_asked_for_and_nothing_is_complained_of(browser: Any) -> None:
    browser.get("about:blank")
    complaints(browser), requested(browser)
    for name in ("ask.html", "ask.en.html"):
        open_page(browser, "#q=initiatives-by-department", name)
        find(browser, "[data-tab=map]").click()
        until(browser, "document.querySelector('.rte-view[data-view=map] svg')")
    root = folder().as_uri()
    asked = requested(browser)
    assert any(each.endswith("assets/ask/data.js") for each in asked)
    assert [each for each in asked if not each.startswith((f"{root}/", "about:", "data:", "blob:"))] == []
    assert complaints(browser) == []


@pytest.mark.parametrize("name", ["ask-alone.html", "ask-alone.en.html"])
def test_the_page_as_one_file_works_alone_from_a_disk(browser: Any, tmp_path: Path, name: str) -> None:
    alone = tmp_path / "une page.html"
    shutil.copy(folder() / name, alone)
    browser.get("about:blank")
    complaints(browser), requested(browser)
    browser.get(f"{alone.as_uri()}#q=initiatives-by-department")
    until(browser, READY)
    find(browser, "[data-tab=map]").click()
    until(browser, "document.querySelector('.rte-view[data-view=map] svg')")
    write(browser, "SELECT ?x { ?x a rte:Alliance } LIMIT 2")
    run(browser)
    until(browser, "/^2/.test(document.querySelector('.ask-state').textContent)")
    links = browser.execute_script("return [...document.querySelectorAll('.rte-view a')].map((a) => a.href)")
    assert links
    assert all(link.startswith("https://example.org/graphe/id/alliance/") for link in links)
    assert {
        each.split("#")[0] for each in requested(browser) if not each.startswith(("blob:", "data:", "about:"))
    } == {alone.as_uri()}
    assert complaints(browser) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_runs_out_of_the_page(browser: Any, scheme: str) -> None:
    wanted = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", wanted)
    resize(browser, 390, 844)
    try:
        open_page(browser)
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
        assert not find(browser, ".ask-inner").is_displayed()
        find(browser, ".ask-drawer > summary").click()
        find(browser, "[data-query='alliances']").click()
        until(browser, f"location.hash === '#q=alliances' && {READY}")
        assert not find(browser, ".ask-inner").is_displayed()
        assert browser.execute_script("return document.documentElement.scrollWidth") <= 390
    finally:
        resize(browser, 1500, 900)
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.mark.skipif("RTE_GRAPH_AXE" not in os.environ, reason="RTE_GRAPH_AXE names no axe.min.js of axe-core")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault_on_the_query_page(browser: Any, scheme: str) -> None:
    script = Path(os.environ["RTE_GRAPH_AXE"]).read_text(encoding="utf-8")
    wanted = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", wanted)
    for hash_, tab in (
        ("", "table"),
        ("#q=alliance-memberships", "network"),
        ("#q=initiatives-by-department", "map"),
    ):
        open_page(browser, hash_)
        browser.execute_script(f"document.querySelector('[data-tab={tab}]').click()")
        browser.execute_cdp_cmd("Runtime.evaluate", {"expression": script})
        run_axe = (
            "axe.run(document, {resultTypes: ['violations']})"
            ".then((found) => JSON.stringify(found.violations))"
        )
        asked = {"expression": run_axe, "awaitPromise": True, "returnByValue": True}
        answer = browser.execute_cdp_cmd("Runtime.evaluate", asked)
        found = [each for each in json.loads(answer["result"]["value"]) if each["impact"] != "minor"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], hash_
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
