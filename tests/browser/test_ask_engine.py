"""The engine in the page against the one of the command line: the same tables, terms, order, refusals."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from ask_site import called, folder, open_page
from pyoxigraph import BlankNode, Literal, NamedNode

from rte_graph.errors import InvalidParameter
from rte_graph.loading import packaged_store
from rte_graph.sparql.collation import collation_key
from rte_graph.sparql.engine import bound_text, default_values, run_query
from rte_graph.sparql.formats import to_text
from rte_graph.sparql.library import working_library
from rte_graph.sparql.names import labels
from rte_graph.sparql.parameters import term_text
from rte_graph.sparql.results import Table, text
from rte_graph.sparql.tokens import tokenize

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "queries"))
from expectations import expectation_file

LIBRARY = working_library()
LIMITS = "{prefixes: {}, limits: {characters: 100000, nesting: 100}}"


@pytest.fixture(scope="module")
def page(browser: Any) -> Any:
    assert folder()
    open_page(browser)
    return browser


def read(cell: Any) -> Any:
    if cell is None:
        return None
    if cell["t"] == "i":
        return NamedNode(cell["v"])
    if cell["t"] == "b":
        return BlankNode(cell["v"])
    if "g" in cell:
        return Literal(cell["v"], language=cell["g"])
    return Literal(cell["v"], datatype=NamedNode(cell["d"])) if "d" in cell else Literal(cell["v"])


def table(result: Any, lang: str = "fr") -> Table:
    assert result.get("kind") == "table", result
    rows = [tuple(read(cell) for cell in row) for row in result["rows"]]
    return Table(columns=tuple(result["columns"]), rows=rows, lang=lang)


def test_every_saved_query_gives_in_the_page_the_table_that_was_checked_on_two_engines(page: Any) -> None:
    different = []
    for name, query in sorted(LIBRARY.queries.items()):
        result = called(page, "return rteAsk.saved.run(given[0], {}, 'fr')", name)
        expected = expectation_file(query).read_text(encoding="utf-8")
        if "error" in result or to_text("tsv", table(result)) != expected:
            different.append((name, result.get("error")))
    assert different == []


def test_every_saved_query_gives_in_english_what_the_command_line_gives(page: Any) -> None:
    store, different = packaged_store(), []
    for name, query in sorted(LIBRARY.queries.items()):
        result = called(page, "return rteAsk.saved.run(given[0], {}, 'en')", name)
        ours = run_query(store, query, default_values(query), "en")
        if "error" in result or to_text("tsv", table(result, "en")) != to_text("tsv", ours):
            different.append((name, result.get("error")))
    assert different == []


def test_other_values_give_what_the_command_line_gives(page: Any) -> None:
    store = packaged_store()
    asked = {
        "alliances": {"level": "*"},
        "co-participation-over": {"minimum": "3"},
        "members-of-alliance": {"alliance": "https://w3id.org/rte/id/alliance/gener-action"},
    }
    for name, values in asked.items():
        result = called(page, "return rteAsk.saved.run(given[0], given[1], 'fr')", name, values)
        query = LIBRARY.get(name)
        ours = run_query(store, query, default_values(query) | values, "fr")
        assert len(ours.rows) > 0
        assert to_text("tsv", table(result)) == to_text("tsv", ours), name


def test_text_is_cut_into_the_tokens_of_the_command_line(page: Any) -> None:
    texts = [query.text for query in LIBRARY.queries.values()]
    texts += [
        "SELECT ?x { FILTER(?a<?b&&?c>?d) FILTER(?x < 3 && ?y > <http://a#>) } # VALUES ?x { }",
        'SELECT ("a\\"}" AS ?x) { VALUES ?x { \'\'\'it\'s }\'\'\' """a"b""" } ?s rte:a/^skos:b* ?o }',
        "PREFIX é: <http://x/> ASK { é:à.b ?p 1.5e3, .5, -2, _:b.c, 'x'@fr-be, true ; a <urn:x> }",
    ]
    for written in texts:
        theirs = page.execute_script(
            "return rteAsk.tokens(arguments[0]).map((t) => [t.text, t.start])", written
        )
        assert theirs == [[token.text, token.start] for token in tokenize(written)]


def test_values_become_the_terms_of_the_command_line_and_wrong_ones_none(page: Any) -> None:
    from dataclasses import replace

    parameter = next(
        each for each in LIBRARY.get("co-participation-over").parameters if each.type == "integer"
    )
    given: dict[str, tuple[str, ...]] = {
        "string": ("l’été", 'a" } SERVICE <x> { "', "back\\slash \\u0022", "two\nlines\t", "{}", "é\u0301"),
        "integer": ("12", "1 234", "+7", "-03", "1_000", "٣", "1e3", "", "1.0"),
        "decimal": ("1,5", "1.50", "-0.5", ".5", "1e3", "12 345,60", "abc"),
        "boolean": ("oui", "FALSE", "1", "peut-être"),
        "date": ("2020-02-29", "2021-02-29", "2020-2-1", "20200101", "0000-01-01"),
        "entity": ("https://w3id.org/rte/id/alliance/a", "urn:x", "http://a b", "http://a>", "no"),
    }
    for kind, values in given.items():
        typed = replace(parameter, type=kind, optional=False, default=None)  # type: ignore[arg-type]
        told = {"name": "x", "type": kind, "optional": False, "default": None, "choices": None, "words": []}
        for value in values:
            try:
                ours: str | None = term_text(typed, value)
            except InvalidParameter:
                ours = None
            theirs = page.execute_script("return rteAsk.term(arguments[0], arguments[1])", told, value)
            assert theirs == ours, (kind, value)


def test_the_bound_text_is_the_one_of_the_command_line(page: Any) -> None:
    store = packaged_store()
    for name in ("members-of-alliance", "alliances", "evidence-of", "initiatives"):
        query = LIBRARY.get(name)
        ours = bound_text(store, query, default_values(query), "fr")
        theirs = page.execute_script(
            "const q = rteAsk.saved.query(arguments[0]); return rteAsk.bound(q, q.values, 'fr')", name
        )
        assert theirs.strip() == ours[ours.index("PREFIX") :].strip()


def test_labels_are_in_french_order(page: Any) -> None:
    names = [
        "Zèbre",
        "Écologie",
        "écologie",
        "Emploi",
        "coté",
        "côte",
        "cote",
        "côté",
        "10-12",
        "9-9",
        "œuvre",
    ]
    names += [
        "Œuf",
        "L’Outil en Main",
        "l'outil-en main",
        "",
        "ﬁn",
        "Straße",
        "ΣΟΦΟΣ",
        "σοφος",
        "\U0001d49c",
        "\ufb01",
    ]
    theirs = page.execute_script("return arguments[0].slice().sort(rteAsk.compare)", names)
    assert theirs == sorted(names, key=collation_key)


def test_labels_fall_back_as_on_the_command_line(page: Any) -> None:
    store = packaged_store()
    iris = sorted({text(row[0]) for row in store.select("SELECT DISTINCT ?s { ?s ?p ?o } LIMIT 1500").rows})
    for lang in ("fr", "en"):
        assert called(page, "return rteAsk.engine.labels(given[0], given[1])", iris, lang) == labels(
            store, iris, lang
        )


@pytest.mark.parametrize(
    "asked",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { { seRvice silent ?x { ?s ?p ?o } } }",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/>",
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "PREFIX x: <urn:x> DELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "SELECT * { ?s ?p " + "(" * 3000 + "1",
        "ASK " + "{" * 200 + "}" * 200,
        "SELECT * { ?s ?p 'never closed }",
        "# " + "x" * 100_001,
        "   ",
    ],
)
def test_what_reaches_out_or_breaks_the_engine_is_refused_before_it(page: Any, asked: str) -> None:
    told = called(page, "return rteAsk.engine.run(given[0])", asked)
    assert told["error"]["refused"]
    assert len(told["error"]["message"]) > 20
    assert called(page, "return rteAsk.engine.run('ASK { ?s ?p ?o }')")["value"] is True


def test_words_in_strings_comments_iris_and_names_are_not_refused(page: Any) -> None:
    asked = (
        '# LOAD SERVICE\nSELECT ("SERVICE FROM INSERT" AS ?x) { OPTIONAL { ?FROM <urn:service> rte:FROM } }'
    )
    assert (
        called(page, "return rteAsk.engine.run(given[0])", asked)["rows"][0][0]["v"] == "SERVICE FROM INSERT"
    )


def test_a_cap_is_kept_where_the_text_has_a_limit_an_order_or_values_of_its_own(page: Any) -> None:
    for asked, rows, capped in (
        ("SELECT * { ?s ?p ?o }", 7, True),
        ("SELECT * { ?s ?p ?o } # a comment at the end", 7, True),
        ("SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 3", 3, False),
        ("SELECT ?s { ?s ?p ?o } LIMIT 100 OFFSET 2", 7, True),
        ("SELECT ?s { { SELECT ?s { ?s ?p ?o } LIMIT 4 } } VALUES ?z { 1 2 3 }", 7, True),
        ("SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", 7, True),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 20", 7, True),
    ):
        found = called(page, "return rteAsk.engine.run(given[0], {cap: 7})", asked)
        assert "error" not in found, found
        assert len(found.get("rows", found.get("triples"))) == rows, asked
        assert found["capped"] is capped, asked


def test_datasets_are_named_graphs_as_on_the_command_line(page: Any) -> None:
    asked = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
    found = called(page, "return rteAsk.engine.run(given[0])", asked)
    ours = [[text(term) for term in row] for row in packaged_store().select(asked).rows]
    assert [[cell["v"] for cell in row] for row in found["rows"]] == ours


def test_stop_ends_a_runaway_query_and_the_next_one_runs(page: Any) -> None:
    told = called(
        page,
        "const gone = rteAsk.engine.run('SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }');"
        "await new Promise((wait) => setTimeout(wait, 50)); rteAsk.engine.stop();"
        "const how = await gone.catch((error) => error);"
        "return [how, await rteAsk.engine.run('SELECT (COUNT(*) AS ?n) { ?s a rte:Alliance }')];",
    )
    assert told[0]["stopped"] is True
    assert int(told[1]["rows"][0][0]["v"]) > 5


def test_an_error_of_the_engine_says_its_line_and_column(page: Any) -> None:
    told = called(page, "return rteAsk.engine.run('SELECT ?x WHERE {\\n  ?x a rte:Alliance ;;; ,\\n}')")[
        "error"
    ]
    assert (told["line"], told["column"] >= 1) == (3, True)
