"""Threat: a query that nests so deep that the engine’s stack overflows, or so long that it plans for ever.

Two defences, each shown alone: a guard that counts before the engine reads, and a child that dies for us.
"""

from __future__ import annotations

import contextlib
import sys

import pytest

from rte_graph.errors import LimitReached, NestingLimit, RteError, SizeLimit, UnreadableQuery
from rte_graph.sparql.confined import run_text
from rte_graph.sparql.guard import check_free_query, check_length, check_tokens
from rte_graph.sparql.tokens import tokenize
from rte_graph.store import Store
from tests.security.typed_queries import (
    GENEROUS,
    SHORT,
    past_the_guard,
    read_all,
    still_answers,
    undefended,
)


def parentheses(depth: int) -> str:
    return "SELECT * { FILTER(" + "(" * (depth - 1) + "1" + ")" * (depth - 1) + ") }"


def braces(depth: int) -> str:
    return "SELECT * " + "{" * depth + "}" * depth


def chain(link: str, count: int) -> str:
    return "SELECT * { FILTER(" + link.join(["?x"] * (count + 1)) + ") }"


def path(steps: int, link: str = "/") -> str:
    return "SELECT * { ?s " + link.join(["<x:y>"] * steps) + " ?o }"


def nested(before: str, inside: str, after: str, depth: int) -> str:
    return "SELECT * { " + before * depth + inside + after * depth + " }"


def exists(depth: int) -> str:
    return nested("FILTER EXISTS { ", "?s ?p ?o", " }", depth)


BOMBS = {
    "5 000 parentheses": parentheses(5_000),
    "3 000 braces": braces(3_000),
    "10 000 ||": chain("||", 10_000),
    "10 000 &&": chain("&&", 10_000),
    "10 000 sums": chain("+", 10_000),
    "10 000 products": chain("*", 10_000),
    "a path of 2 000 steps": path(2_000),
    "a path of 2 000 choices": path(2_000, "|"),
    "a path of 2 000 repetitions": path(1_000, "*/") + path(1_000, "+/"),
    "2 000 paths in parentheses": "SELECT * { ?s " + "(" * 2_000 + "<x:y>" + ")*" * 2_000 + " ?o }",
    "3 000 negations": "SELECT * { FILTER(" + "!(" * 3_000 + "1" + ")" * 3_000 + ") }",
    "3 000 exclamation marks": "SELECT * { FILTER(" + "!" * 3_000 + "?x) }",
    "3 000 minus signs": "SELECT * { FILTER(" + "- " * 3_000 + "?x) }",
    "3 000 minus signs before parentheses": "SELECT * { FILTER(" + "-(" * 3_000 + "1" + ")" * 3_000 + ") }",
    "nested subselects": nested("{ SELECT * { ", "?s ?p ?o", " } }", 2_000),
    "nested EXISTS": exists(2_000),
    "nested OPTIONAL": nested("OPTIONAL { ", "?s ?p ?o", " }", 3_000),
    "nested IF": "SELECT * { FILTER(" + "IF(1," * 2_000 + "1" + ",1)" * 2_000 + ") }",
    "nested blank nodes": nested("[ <x:y> ", "1", " ]", 2_000).replace("{ [", "{ ?s ?p [", 1),
    "nested lists": nested("( ", "1", " )", 3_000).replace("{ (", "{ ?s ?p (", 1),
    "2 000 UNION": "SELECT * { " + " UNION ".join(["{ }"] * 2_001) + " }",
    "3 000 OPTIONAL": "SELECT * { " + "OPTIONAL { ?s ?p ?o } " * 3_000 + "}",
    "3 000 MINUS": "SELECT * { " + "MINUS { ?s ?p ?o } " * 3_000 + "}",
    "3 000 BIND": "SELECT * { " + "".join(f"BIND(1 AS ?x{n}) " for n in range(3_000)) + "}",
    "3 000 VALUES": "SELECT * { " + "".join(f"VALUES ?x{n} {{1}} " for n in range(3_000)) + "}",
    "100 000 rows": "SELECT * { VALUES ?x {" + " 1" * 100_000 + " } }",
    "triples as terms": nested("<< ", "<x:y> <x:y> <x:y>", " <x:y> <x:y> >>", 2_000),
}


@pytest.mark.parametrize("name", BOMBS)
def test_the_guard_refuses_a_bomb_by_both_doors_and_says_which_limit(name: str) -> None:
    text = BOMBS[name]
    with pytest.raises((LimitReached, UnreadableQuery)) as typed:
        check_free_query(text, datasets=())
    with pytest.raises((LimitReached, UnreadableQuery)):
        by_the_saved_door(text)
    if name != "triples as terms":
        assert isinstance(typed.value, NestingLimit | SizeLimit)
        assert "RTE_GRAPH_MAX_" in typed.value.en


def by_the_saved_door(text: str) -> None:
    check_length("bomb.rq", text)
    check_tokens("bomb.rq", text, tokenize(text))


@pytest.mark.parametrize("name", BOMBS)
def test_the_child_alone_keeps_a_bomb_from_killing_us(on_disk: Store, name: str) -> None:
    # A limit, or the engine reads it and has something to say; never « a defect of rte-graph ».
    with contextlib.suppress(LimitReached, UnreadableQuery):
        read_all(past_the_guard(on_disk, BOMBS[name], SHORT))
    still_answers(on_disk)


@pytest.mark.skipif(sys.platform != "linux", reason="stacks differ")
@pytest.mark.parametrize(
    "name", ["5 000 parentheses", "3 000 braces", "nested EXISTS", "nested IF", "3 000 BIND"]
)
def test_undefended_the_engine_dies(name: str) -> None:
    code = undefended(BOMBS[name])
    assert code is not None
    assert code < 0


def test_a_death_of_the_child_is_told_as_nesting(store: Store) -> None:
    with pytest.raises(NestingLimit, match="too deeply for the engine") as caught:
        read_all(past_the_guard(store, BOMBS["3 000 braces"], GENEROUS))
    assert caught.value.exit_code == 75
    assert any("SIG" in note for note in caught.value.__notes__), "the child was killed by a signal"
    still_answers(store)


def test_a_long_list_of_values_is_no_bomb(on_disk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RTE_GRAPH_MAX_QUERY_CHARACTERS", "300000")
    assert len(read_all(run_text(on_disk, BOMBS["100 000 rows"], GENEROUS))) == 100_000


AS_DEEP_AS_ALLOWED = {
    "parentheses": parentheses(99),
    "braces": braces(100),
    "||": chain("||", 990),
    "sums": chain("+", 990),
    "EXISTS": exists(99),
    "OPTIONAL": "SELECT * { " + "OPTIONAL { <x:y> <x:y> ?o } " * 990 + "}",
    "UNION": "SELECT * { " + " UNION ".join(["{ }"] * 990) + " }",
    "path": path(100),
    "IF": "SELECT * { FILTER(" + "IF(1," * 98 + "1" + ",1)" * 98 + ") }",
    "all at once": "SELECT * { "
    + "FILTER EXISTS { " * 49
    + "FILTER(" * 1
    + "(" * 48
    + "||".join(["1"] * 800)
    + ")" * 49
    + " }" * 49
    + " }",
}


@pytest.mark.parametrize("name", AS_DEEP_AS_ALLOWED)
def test_what_is_as_deep_as_allowed_is_answered(on_disk: Store, name: str) -> None:
    read_all(run_text(on_disk, AS_DEEP_AS_ALLOWED[name], GENEROUS))


def test_one_step_more_is_one_too_many() -> None:
    for text in (parentheses(100), braces(101), path(101)):
        with pytest.raises(NestingLimit, match="line 1"):
            check_free_query(text, datasets=())


PIECES = ("a.", "a-", "<a", "<a ", "'", '"', '"" ', ":a.", "_:a.", "#\n", "(1<b:c ", "\\u0041", "a:a.a.")


@pytest.mark.parametrize("piece", PIECES)
def test_the_guards_pass_is_linear(piece: str) -> None:
    """Words, quotation marks and « < » that begin nothing must not be looked at again from every place."""
    text = (piece * 50_000)[:50_000]
    for whole in (text, f'"{text[:-2]}"'):
        with contextlib.suppress(RteError):
            check_free_query(whole, datasets=())
