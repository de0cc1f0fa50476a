"""Threat: a query that would compute for years.

The defence: the process that runs it is killed when its time is over, and nothing of it remains.
"""

from __future__ import annotations

import os
import subprocess

import pytest

from rte_graph.errors import TimeLimit
from rte_graph.sparql.confined import run_text
from rte_graph.sparql.guard import check_free_query
from rte_graph.store import Store
from tests.security.typed_queries import GENEROUS, SHORT, read_all, still_answers, undefended

NEVER = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STRLEN(CONCAT(STR(?a), STR(?d), STR(?g))) > 999) }"
ENDLESS = {
    "a cross product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "a cross product without a row": f"SELECT * {NEVER}",
    "all paths": "SELECT (COUNT(*) AS ?n) { ?a (!<x:y>|^!<x:y>)+ ?b . ?c (!<x:y>)* ?d . ?e !<x:y>+ ?f }",
    "a plan of 300 joins": "SELECT * { " + " . ".join(f"?x <x:y> ?x{n}" for n in range(300)) + " }",
    "300 groups": "SELECT * { " + "{ ?s ?p ?o } " * 300 + "}",
    "a list of 400": "SELECT * { ?s ?p (" + " 1" * 400 + ") }",
    "unions that multiply": "SELECT (COUNT(*) AS ?n) { "
    + "".join(f"{{ BIND(1 AS ?x{n}) }} UNION {{ BIND(2 AS ?x{n}) }} " for n in range(60))
    + "}",
    "in an ASK": f"ASK {NEVER}",
    "in a CONSTRUCT": f"CONSTRUCT {{ ?a ?b ?c }} WHERE {NEVER}",
}


def assert_gone(processes: list[subprocess.Popen[bytes]]) -> None:
    """Nothing runs any more, and nothing waits to be reaped."""
    assert processes
    for process in processes:
        assert process.returncode is not None
        with pytest.raises(ProcessLookupError):
            os.kill(process.pid, 0)


@pytest.mark.parametrize("name", ENDLESS)
def test_the_guard_lets_it_pass_and_the_time_limit_ends_it(
    on_disk: Store, started: list[subprocess.Popen[bytes]], name: str
) -> None:
    check_free_query(ENDLESS[name], datasets=())
    with pytest.raises(TimeLimit, match=r"after 1 s.*RTE_GRAPH_MAX_QUERY_SECONDS") as caught:
        read_all(run_text(on_disk, ENDLESS[name], SHORT))
    assert caught.value.exit_code == 75
    assert_gone(started)
    still_answers(on_disk)


def test_it_is_ended_on_a_store_in_memory_too(
    in_memory: Store, started: list[subprocess.Popen[bytes]]
) -> None:
    with pytest.raises(TimeLimit):
        read_all(run_text(in_memory, ENDLESS["a cross product"], SHORT))
    assert_gone(started)


@pytest.mark.parametrize("name", ["a cross product", "all paths", "a plan of 300 joins"])
def test_undefended_the_engine_goes_on(name: str) -> None:
    assert undefended(ENDLESS[name], seconds=3) is None


def test_who_leaves_a_long_result_early_ends_the_query(
    store: Store, started: list[subprocess.Popen[bytes]]
) -> None:
    with run_text(store, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", GENEROUS) as result:
        assert next(result.rows)
    assert_gone(started)
    still_answers(store)


def test_a_result_that_nobody_reads_ends_with_its_closing(
    store: Store, started: list[subprocess.Popen[bytes]]
) -> None:
    run_text(store, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", GENEROUS).close()
    assert_gone(started)
