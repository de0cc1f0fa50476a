"""The live form on each saved query's page, and the query page on data of one's own."""

from __future__ import annotations

import json
from typing import Any

from ask_site import READY
from chromium import find, open_browser, until
from observatory import published
from test_site_by_clicking import complaints, hostile, requested

ROOM = "document.querySelector('.ask-room')"


def open_live(browser: Any, name: str) -> None:
    browser.get("about:blank")
    browser.get(f"{published().as_uri()}/queries/{name}")
    until(browser, "document.querySelector('.ask-live') && !document.querySelector('.ask-live').hidden")


def test_the_live_form_loads_nothing_until_it_is_opened(browser: Any) -> None:
    requested(browser)
    open_live(browser, "members-of-alliance.html")
    asked = {each.rpartition("/")[2] for each in requested(browser)}
    assert "try.js" in asked
    assert not {"engine.js", "data.js", "page.js", "queries.fr.js"} & asked


def test_another_value_gives_another_table_and_the_link_takes_it_along(browser: Any) -> None:
    from selenium.webdriver.support.ui import Select

    complaints(browser), requested(browser)
    open_live(browser, "members-of-alliance.html")
    find(browser, ".ask-live summary").click()
    until(browser, f"{ROOM}.dataset.ready && {READY}")
    out = "document.querySelector('.ask-out').innerText"
    first = browser.execute_script(f"return {out}")
    control = Select(find(browser, ".ask-form select"))
    names = [option.text for option in control.options]
    other = next(name for name in names if name != control.first_selected_option.text)
    control.select_by_visible_text(other)
    until(browser, f"{READY} && {out} !== {json.dumps(first)}")
    root = f"{published().as_uri()}/"
    assert [
        each for each in requested(browser) if not each.startswith((root, "about:", "data:", "blob:"))
    ] == []
    assert not any(each.endswith("editor.js") for each in requested(browser))
    find(browser, "a.ask-change").click()
    until(browser, "location.pathname.endsWith('/ask.html')")
    until(browser, READY)
    assert Select(find(browser, ".ask-form select")).first_selected_option.text == other
    assert complaints(browser) == []


def test_the_language_switch_keeps_question_and_values(browser: Any) -> None:
    browser.get(f"{published().as_uri()}/ask.html#q=alliances&p.level=*")
    until(browser, READY)
    find(browser, ".langs a").click()
    until(browser, f"location.pathname.endsWith('/ask.en.html') && {READY}")
    assert browser.current_url.endswith("#q=alliances&p.level=*")
    assert find(browser, ".ask-main h2").text == "Alliances and coalitions"


def test_links_of_results_lead_to_pages_of_the_site(browser: Any) -> None:
    browser.get(f"{published().as_uri()}/ask.html#q=alliances&p.level=*")
    until(browser, READY)
    links = browser.execute_script(
        "return [...document.querySelectorAll('.rte-view td a')].map((a) => decodeURI(a.href))"
    )
    inside = {link.split("#")[0].removeprefix(f"{published().as_uri()}/") for link in links}
    pages = {each for each in inside if each.startswith("id/")}
    assert pages
    assert [each for each in pages if not (published() / each).is_file()] == []


def test_hostile_names_run_nothing_in_lists_completion_and_results(browser: Any) -> None:
    from ask_site import press, run, write

    complaints(browser)
    for name in ("ask.html", "ask-alone.html", "queries/organisations.html"):
        browser.get("about:blank")
        browser.get(f"{hostile().as_uri()}/{name}")
        if name.startswith("queries"):
            find(browser, ".ask-live summary").click()
        until(
            browser, f"{READY} || document.querySelector('.ask-out') && !document.querySelector('.ask-busy')"
        )
        assert browser.execute_script("return window.hacked") is None, name
    browser.get(f"{hostile().as_uri()}/ask.html#q=organisations")
    until(browser, READY)
    write(browser, "SELECT ?s ?o { ?s skos:prefLabel ?o }")
    run(browser)
    until(browser, READY)
    for tab in browser.find_elements("css selector", "[role=tab]"):
        tab.click()
    press(browser, *" hacked")
    assert browser.execute_script("return window.hacked") is None
    assert (
        browser.execute_script("return document.querySelectorAll('.ask-out img, .ask-out script').length")
        == 0
    )
    links = browser.execute_script(
        "return [...document.querySelectorAll('.ask-out a')].map((a) => a.protocol)"
    )
    assert set(links) <= {"http:", "https:", "file:"}
    assert complaints(browser) == []


def test_without_scripts_the_page_says_where_answers_and_data_are(chromium: None, tmp_path: Any) -> None:
    plain = open_browser(tmp_path, javascript=False)
    try:
        plain.get(f"{published().as_uri()}/ask.html")
        assert "Sans JavaScript" in find(plain, "main").text
        plain.find_element("link text", "Les questions et leurs réponses").click()
        assert find(plain, "h1").text == "Questions"
        plain.get(f"{published().as_uri()}/queries/members-of-alliance.html")
        assert not find(plain, ".ask-live").is_displayed()
    finally:
        plain.quit()
