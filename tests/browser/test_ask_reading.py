"""What a reader of the query page sees first, and what stays after a mistake."""

from __future__ import annotations

from typing import Any

from ask_site import READY, called, open_page, press, run, state, text, write, wrong
from chromium import find, resize, until

HEADS = "[...document.querySelectorAll('.rte-table thead button')].map((b) => b.firstChild.textContent)"
NOTE = "document.querySelector('.ask-note').textContent"

# What the page still means to do in less than a second.
TIMERS = """
  const set = window.setTimeout, clear = window.clearTimeout;
  window.pending = new Set();
  window.setTimeout = (call, wait, ...more) => {
    const id = set(() => { pending.delete(id); call(...more); }, wait);
    if (wait < 1000) pending.add(id);
    return id;
  };
  window.clearTimeout = (id) => { pending.delete(id); clear(id); };
"""


def test_empty_columns_are_named_and_not_drawn_and_lines_keep_their_ranges(browser: Any) -> None:
    open_page(browser)
    assert browser.execute_script(f"return {HEADS}") == ["Membre", "Rôle", "Lignes", "Preuves"]
    said = find(browser, ".rte-which").text.replace("\u00a0", " ")
    assert said.startswith("Colonnes vides : Fonction imprimée, Début, Fin")
    spans = "[...document.querySelectorAll('.rte-span')]"
    whole = r"(s) => s.getClientRects().length === 1 && /^\d+(–\d+)?,?$/.test(s.innerText)"
    assert browser.execute_script(f"return {spans}.every({whole})")
    find(browser, ".rte-filter").send_keys("291-292")
    assert browser.execute_script("return document.querySelectorAll('.rte-table tbody tr').length") > 1
    find(browser, ".rte-check input").click()
    assert "Début" in browser.execute_script(f"return {HEADS}")


def test_the_first_rows_of_a_saved_query_are_seen_without_scrolling(browser: Any) -> None:
    resize(browser, 1300, 950)
    open_page(browser)
    row = "document.querySelectorAll('.rte-table tbody tr')[2]"
    assert browser.execute_script(f"return {row}.getBoundingClientRect().bottom < innerHeight")
    top = "document.querySelector('.ask-editor').shadowRoot.querySelector('.cm-scroller')"
    until(browser, f"{top}.scrollTop > 0")
    low = find(browser, ".ask-editor").size["height"]
    find(browser, ".ask-editor").click()
    until(browser, f"document.querySelector('.ask-editor').offsetHeight > {low + 100}")
    resize(browser, 1500, 900)


def test_what_the_engine_refuses_stays_to_be_read(browser: Any) -> None:
    open_page(browser)
    browser.execute_script(TIMERS)
    write(browser, "SELECT ?a (COUNT(?b) AS ?n) { ?a a ?b }")
    run(browser)
    until(browser, "document.querySelector('.ask-wrong').textContent")
    until(browser, "pending.size === 0")
    assert "ni regroupée ni calculée" in wrong(browser)


def test_all_columns_of_a_star_come_in_the_order_of_the_text(browser: Any) -> None:
    open_page(browser)
    write(browser, "SELECT DISTINCT * { ?zebra a rte:Alliance ; skos:prefLabel ?ane } LIMIT 3")
    run(browser)
    until(browser, f"{HEADS}.includes('Zebra') && {READY}")
    assert browser.execute_script(f"return {HEADS}") == ["Zebra", "Ane"]
    write(browser, "CONSTRUCT { ?a a rte:Alliance } WHERE { ?a a rte:Alliance }")
    run(browser)
    until(browser, f"{HEADS}.includes('Objet') && {READY}")
    assert browser.execute_script(f"return {HEADS}") == ["Sujet", "Propriété", "Objet"]


def test_after_a_only_a_class_is_offered_first(browser: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    open_page(browser)
    write(browser, "SELECT ?x { ?x a Allianc")
    press(browser, "e")
    held = "document.querySelector('.ask-editor').shadowRoot.querySelector('[role=option][aria-selected]')"
    until(browser, f"{held} && {held}.innerText.includes('rte:Alliance')")
    called(browser, "return new Promise((done) => setTimeout(done, 150))")
    press(browser, Keys.ENTER)
    assert text(browser).endswith("a rte:Alliance")


def test_a_link_that_cannot_be_read_in_full_says_so(browser: Any) -> None:
    for hash_ in ("#q=members-of-alliance&p.alliance=nobody", "#z=%FF"):
        open_page(browser, hash_)
        assert "n’a pas pu être lue" in browser.execute_script(f"return {NOTE}")
    open_page(browser, "#q=alliances&p.level=*")
    assert browser.execute_script(f"return {NOTE}") == ""


def test_an_anchor_of_the_page_leaves_the_query_alone_and_back_says_what_to_do(browser: Any) -> None:
    open_page(browser)
    browser.execute_script(TIMERS)
    write(browser, "SELECT (1 AS ?un) { }")
    run(browser)
    until(
        browser, "document.querySelector('.ask-out').innerText.includes('Un') && location.hash.includes('z=')"
    )
    until(browser, "pending.size === 0")
    write(browser, "SELECT (2 AS ?deux) { }")
    run(browser)
    until(browser, f"{HEADS}[0] === 'Deux' && {READY}")
    browser.execute_script("document.querySelector('a.skip').click()")
    until(browser, "location.hash === '#main'")
    assert text(browser) == "SELECT (2 AS ?deux) { }"
    assert "1 ligne" in state(browser)
    browser.back()
    browser.back()
    until(browser, f"{NOTE}.includes('est de retour')")
    assert text(browser) == "SELECT (1 AS ?un) { }"
