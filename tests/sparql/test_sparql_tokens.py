from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rte_graph.errors import UnreadableQuery
from rte_graph.sparql.tokens import Kind, line_and_column, select_columns, tokenize


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind.value, token.text) for token in tokenize(text)]


def test_a_keyword_in_a_string_a_comment_or_an_iri_is_not_a_word():
    text = '"VALUES ?x { 1 }" # VALUES ?x { 1 }\n<http://e.org/VALUES>'
    assert [kind for kind, _ in kinds(text)] == ["string", "iri"]


def test_comments_can_be_kept():
    assert [t.kind for t in tokenize("# one\n?x", comments=True)] == [Kind.COMMENT, Kind.VARIABLE]


def test_a_hash_inside_an_iri_starts_no_comment():
    assert kinds("<http://e.org/#a> ?x") == [("iri", "<http://e.org/#a>"), ("variable", "?x")]


@pytest.mark.parametrize(
    "text",
    ['"""a "quoted" \n word"""', "'''it's\nlong'''", r'"a \" b"', r"'\u00e9'", '""', '"""a\\"" """'],
)
def test_strings_of_every_form_are_one_token(text: str):
    tokens = tokenize(text)
    assert tokens[0].kind is Kind.STRING
    assert tokens[0].start == 0


def test_a_comparison_is_not_taken_for_an_iri():
    assert kinds("?a < ?b && ?c > 1") == [
        ("variable", "?a"),
        ("punctuation", "<"),
        ("variable", "?b"),
        ("punctuation", "&&"),
        ("variable", "?c"),
        ("punctuation", ">"),
        ("number", "1"),
    ]


@pytest.mark.parametrize(
    ("text", "operators"),
    [
        ("FILTER(?a<?b&&?c>?d)", ["<", "&&", ">"]),
        ("FILTER(1<=?b&&?c>=2)", ["<=", "&&", ">="]),
        ("FILTER((?a)<(?b)&&1>2)", ["<", "&&", ">"]),
        ("PREFIX b: <x:> FILTER(?a<b:c&&?d>?e)", ["<", "&&", ">"]),
        ("FILTER(?a<time:c&&?d>?e)", ["<", "&&", ">"]),
        ("FILTER(EXISTS { ?s <x:p> ?o }<?b&&1>2)", ["<", "&&", ">"]),
        ("FILTER(true<?b||?c>?d)", ["<", "||", ">"]),
        ("FILTER((?a<?b)&&(?c>?d))", ["<", "&&", ">"]),
        ("BIND(?a<2 AS ?x) # >\n FILTER(1>2)", ["<", ">"]),
        ("FILTER(STR(?a)<'b'&&'c'>?d)", ["<", "&&", ">"]),
        ("HAVING(COUNT(*)<2)#>\n", ["*", "<"]),
    ],
)
def test_a_comparison_without_spaces_is_read_as_engines_do(text: str, operators: list[str]):
    found = [word for kind, word in kinds(text) if kind == "punctuation" and word not in "(){}"]
    assert found == operators


@pytest.mark.parametrize(
    "text",
    [
        "VALUES (?a ?b) { (1 <urn:x:y>) ('a' <http://x.org/'#>) (<x:y> <x:z>) }",
        '?s ?p (?x <http://x.org/a> "b"@fr <urn:a:b>)',
        "FILTER(?a = <rel> || <x:f>(?b) < 1)",
        "?s (<x:a>|<rel>/^<b>)* ?o . ?o<rel>?x",
        "SELECT ?x FROM <rel> { ?x<a>?y ; <b><c> }",
    ],
)
def test_an_iri_where_no_comparison_can_stand_is_one_token(text: str):
    assert [word for kind, word in kinds(text) if kind == "iri"] == re.findall("<[^ >]+>", text)


@pytest.mark.parametrize(
    "text", ["(1<2)#>\n)", "VALUES (?a ?b) {(1 <'>)}", "?s ?p (1 <(>)", "SELECT ?x (1<2)#>\n"]
)
def test_what_may_open_an_iri_or_compare_is_refused_when_it_matters(text: str):
    with pytest.raises(UnreadableQuery, match="put a space after it") as caught:
        tokenize(text)
    assert "line 1, column" in caught.value.en


def test_prefixed_names_with_dots_hyphens_and_escapes():
    assert [text for _, text in kinds(r"alliance-form:coalition-x a:b.c . a:\,b :x rte:")] == [
        "alliance-form:coalition-x",
        "a:b.c",
        ".",
        r"a:\,b",
        ":x",
        "rte:",
    ]


def test_numbers_language_tags_and_blank_nodes():
    assert [kind for kind, _ in kinds('1 1.5 .5 1e6 1.e3 "x"@fr-FR _:b1')] == [
        "number",
        "number",
        "number",
        "number",
        "number",
        "string",
        "language tag",
        "blank node",
    ]


@pytest.mark.parametrize("text", ['"unclosed', "'''unclosed''", "?x \x00", "`", '"line\nbreak"'])
def test_what_the_grammar_does_not_know_is_refused_with_its_place(text: str):
    with pytest.raises(UnreadableQuery) as caught:
        tokenize("SELECT *\n  " + text)
    assert "line 2" in str(caught.value)


def test_lines_and_columns_start_at_one():
    assert line_and_column("ab\ncd", 4) == (2, 2)


def test_columns_of_a_select_are_those_of_its_projection():
    text = "PREFIX a: <http://e.org/> SELECT DISTINCT ?a (MAX(?b + ?c) AS ?d) $e { ?a ?f { SELECT ?g { } } }"
    assert select_columns(tokenize(text)) == ("a", "d", "e")


@pytest.mark.parametrize(
    "text", ["SELECT * { ?a ?b ?c }", "ASK { ?a ?b ?c }", "CONSTRUCT { } WHERE { SELECT ?x { } }"]
)
def test_other_forms_have_no_columns(text: str):
    assert select_columns(tokenize(text)) is None


@given(st.text())
def test_any_text_is_cut_or_refused_and_tokens_lie_in_it(text: str):
    try:
        tokens = tokenize(text, comments=True)
    except UnreadableQuery:
        return
    assert all(text[token.start : token.end] == token.text for token in tokens)
    between = [text[a.end : b.start] for a, b in pairwise(tokens)]
    assert all(space.strip(" \t\r\n") == "" for space in between)
