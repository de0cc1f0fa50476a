from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from rte_graph.errors import NestingLimit, RefusedQuery, RteError, SizeLimit, UnreadableQuery
from rte_graph.sparql.guard import check_free_query, check_tokens
from rte_graph.sparql.tokens import tokenize


def refused(text: str, *, update: bool = False) -> RteError:
    with pytest.raises(RteError) as caught:
        check_free_query(text, datasets=[NamedNode("http://x.org/d")], update=update)
    return caught.value


def test_prefixes_of_the_project_need_not_be_declared():
    free = check_free_query("SELECT * { ?a a rte:Alliance ; skos:prefLabel ?l }", datasets=())
    assert list(free.prefixes) == ["rte", "skos"]
    assert free.prefixes["rte"] == "https://w3id.org/rte/ontology#"
    assert free.complete.startswith("PREFIX rte: <https://w3id.org/rte/ontology#> PREFIX skos: <")
    assert free.complete.count("\n") == 0, "lines keep their numbers"


def test_a_prefix_that_the_text_declares_is_its_own():
    free = check_free_query("PREFIX rte: <http://x.org/> SELECT * { rte:a org:b ?c }", datasets=())
    assert list(free.prefixes) == ["org"]


def test_an_unknown_prefix_is_named_with_its_line():
    error = refused("SELECT *\n{ ?s foo:bar ?o }")
    assert isinstance(error, UnreadableQuery)
    assert error.en == "Query, line 2: the prefix “foo:” is not declared; add a line PREFIX foo: <…>."


def test_a_prefix_has_one_meaning():
    assert "declared twice" in refused("PREFIX a: <x:> PREFIX a: <y:> SELECT * { a:b ?p ?o }").en
    check_free_query("PREFIX a: <x:> PREFIX a: <x:> SELECT * { a:b ?p ?o }", datasets=())


def test_prefix_glued_to_its_name_is_refused():
    assert "put a space after PREFIX" in refused("PREFIX PREFIX: <x:> SELECT * { PREFIX:a ?p ?o }").en


@pytest.mark.parametrize(
    ("text", "form", "update"),
    [
        ("# a comment\nPREFIX x: <x:> select ?x { }", "SELECT", False),
        ("BASE <x:y> ASK { }", "ASK", False),
        ("DESCRIBE <x:y>", "DESCRIBE", False),
        ("CONSTRUCT { } WHERE { SELECT * { } }", "CONSTRUCT", False),
        ("INSERT DATA { }", "INSERT", True),
        ("INSERTDATA{}", "INSERT", True),
    ],
)
def test_the_form_is_told_before_the_engine_reads(text: str, form: str, update: bool):
    free = check_free_query(text, datasets=(), update=True)
    assert (free.form, free.update) == (form, update)


@pytest.mark.parametrize("text", ["", "hello", "# SELECT * { }", "PREFIX x: <x:>", "'SELECT'", "?select"])
def test_a_text_of_no_form_is_told_the_forms_there_are(text: str):
    assert "SELECT, ASK, CONSTRUCT or DESCRIBE" in refused(text).en


def test_what_is_refused_is_named_with_its_line_and_what_to_do_instead():
    error = refused("SELECT * {\n  SERVICE <http://x.org/> { } }")
    assert isinstance(error, RefusedQuery)
    assert error.exit_code == 2
    assert "line 2: “SERVICE”" in error.en
    assert "rte-graph load" in error.en
    assert "ligne 2 : « SERVICE »" in error.fr


def test_datasets_are_asked_for_only_where_the_text_names_a_graph():
    def asked() -> list[NamedNode]:
        raise AssertionError

    check_free_query("SELECT * { GRAPH <http://x.org/other> { ?s ?p ?o } }", datasets=asked)
    with pytest.raises(AssertionError):
        check_free_query("SELECT * FROM <http://x.org/d> { ?s ?p ?o }", datasets=asked)


def test_an_unknown_dataset_is_refused_and_those_there_are_are_listed():
    error = refused("PREFIX d: <http://x.org/> SELECT * FROM d:other { ?s ?p ?o }")
    assert isinstance(error, RefusedQuery)
    assert "“d:other” is no dataset of this store; name one of these: http://x.org/d" in error.en
    check_free_query(
        "PREFIX d: <http://x.org/> ASK FROM d:d FROM NAMED <http://x.org/d> { }",
        datasets=[NamedNode("http://x.org/d")],
    )


def test_escapes_may_spell_letters_but_no_sign():
    check_free_query(
        r"SELECT * { ?s <http://x.org/\u00e9> 'caf\u00e9 \\u00e9 \U0001F600' } # \u0041", datasets=()
    )
    for text in (
        r"ASK { ?s ?p '\u0022' }",
        r"ASK { ?s ?p '\\u0027' }",
        r"ASK { ?s <x:\u003E> 1 }",
        "ASK { } # \\u000D",
    ):
        assert "can be read in two ways" in refused(text).en
    assert isinstance(refused(r"ASK { ?s ?p '\uDC00' }"), UnreadableQuery)
    assert isinstance(refused(r"ASK { ?caf\u00e9 ?p 1 }"), UnreadableQuery)


def test_triples_as_terms_are_refused():
    for text in (
        "ASK { << ?s ?p ?o >> ?q 1 }",
        "ASK { <<( ?s ?p ?o )>> ?q 1 }",
        "SELECT (TRIPLE(1, 2, 3) AS ?t) { }",
    ):
        assert "triples as terms" in refused(text).en


def test_limits_name_their_setting(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("RTE_GRAPH_MAX_PATH_LENGTH", "3")
    check_free_query("ASK { ?s <x:a>/<x:b>/<x:c> ?o ; <x:a>/<x:b>/<x:c> ?q }", datasets=())
    error = refused("ASK { ?s <x:a>/^(<x:b>|<x:c>) ?o }")
    assert isinstance(error, NestingLimit)
    assert "more than 3 steps" in error.en
    assert "RTE_GRAPH_MAX_PATH_LENGTH" in error.fr
    monkeypatch.setenv("RTE_GRAPH_MAX_QUERY_NESTING", "2")
    assert "RTE_GRAPH_MAX_QUERY_NESTING" in refused("ASK { { { } } }").en
    assert "RTE_GRAPH_MAX_QUERY_NESTING" in refused("ASK { FILTER(- - -?x) }").en
    monkeypatch.setenv("RTE_GRAPH_MAX_QUERY_CHARACTERS", "10")
    error = refused("ASK { ?s ?p ?o }")
    assert isinstance(error, SizeLimit)
    assert "16 characters" in error.en


def test_arithmetic_and_comparisons_are_no_path(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("RTE_GRAPH_MAX_PATH_LENGTH", "3")
    check_free_query("ASK { FILTER(?a * ?b / ?c + ?d * ?e / 2 * ?f > 1 || !?x || !?y || !?z) }", datasets=())


def test_the_triples_of_an_insert_are_no_chain():
    many = " ".join(f"<x:{n}> a <x:y> ;\n <x:p> {n} ." for n in range(1_500))
    assert check_free_query(f"INSERT DATA {{ {many} }}", datasets=(), update=True).update
    with pytest.raises(NestingLimit):
        check_free_query(f"INSERT {{ }} WHERE {{ {many} }}", datasets=(), update=True)
    with pytest.raises(NestingLimit):
        check_free_query(f"INSERT DATA {{ <x:y> a 1 }} ; DELETE WHERE {{ {many} }}", datasets=(), update=True)


@pytest.mark.parametrize(
    "text", ["SELECT * FROM <http://x.org/d> { }", "ASK { SERVICESILENT<x:y>{} }", "LOAD <x:y>"]
)
def test_a_saved_query_names_no_graph_and_fetches_nothing(text: str):
    with pytest.raises(RefusedQuery, match=r"^things.rq, line 1"):
        check_tokens("things.rq", text, tokenize(text))
