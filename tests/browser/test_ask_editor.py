"""Writing and running a query: completion, marks of errors, Run and Stop, the cap on rows."""

from __future__ import annotations

import json
from typing import Any

from ask_site import READY, called, editor, open_page, press, run, text, until_file, write, wrong
from chromium import find, until


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


def test_escape_then_tab_leaves_the_editor_and_tab_alone_does_not(browser: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    open_page(browser)
    editor(browser).click()
    inside = "document.activeElement.matches('.ask-editor')"
    press(browser, Keys.TAB)
    assert browser.execute_script(f"return {inside}")
    press(browser, Keys.ESCAPE, Keys.TAB)
    assert not browser.execute_script(f"return {inside}")


def test_another_question_does_not_wait_for_a_runaway_query_and_shows_only_its_own_rows(browser: Any) -> None:
    open_page(browser)
    write(browser, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    run(browser)
    until(
        browser,
        "/ 0,[1-9] s/.test(document.querySelector('.ask-state').textContent.replace(/\\u00a0/g, ' '))",
    )
    browser.execute_script("document.querySelector('[data-query=\"alliances\"]').click()")
    until(browser, f"{READY} && /^[0-9]+ lignes en/.test(document.querySelector('.ask-state').textContent)")
    assert "Membres nommés" in find(browser, ".ask-out").text
    assert find(browser, ".ask-main h2").text == "Alliances et coalitions"


def test_stop_while_the_engine_starts_leaves_a_page_that_runs(browser: Any) -> None:
    open_page(browser)
    told = called(
        browser,
        "rteAsk.engine.stop(); const early = rteAsk.engine.start(); rteAsk.engine.stop();"
        "const how = await early.catch((error) => error);"
        "return [how, await rteAsk.engine.run('ASK { ?s ?p ?o }')];",
    )
    assert told[0]["stopped"] is True
    assert told[1]["value"] is True


def test_graphs_descriptions_and_yes_or_no_are_shown_and_a_graph_downloads_as_turtle(browser: Any) -> None:
    open_page(browser)
    write(browser, "ASK { ?x a rte:Alliance }")
    run(browser)
    until(browser, f"{READY} && document.querySelector('.ask-state').textContent.includes('Oui')")
    for asked in (
        "DESCRIBE <https://w3id.org/rte/id/alliance/gener-action>",
        "CONSTRUCT { ?x skos:prefLabel ?n } WHERE { ?x a rte:Alliance ; skos:prefLabel ?n }",
    ):
        write(browser, asked)
        browser.execute_script("document.querySelector('.ask-out').replaceChildren()")
        run(browser)
        until(browser, f"{READY} && document.querySelector('.ask-state').textContent.includes('triplets')")
    button = next(
        each for each in browser.find_elements("css selector", ".ask-out button") if each.text == "Turtle"
    )
    button.click()
    until_file(browser, browser.downloads, "query.ttl")
    from pyoxigraph import RdfFormat, parse

    held = list(parse((browser.downloads / "query.ttl").read_bytes(), format=RdfFormat.TURTLE))
    assert len(held) > 20
