"""Threat: a result that fills the disk, the memory or the patience of who asked.

The defence: it is cut at a whole row, at a limit of rows or of bytes, and says so; never in silence.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rte_graph.errors import MemoryLimit
from rte_graph.sparql.confined import FreeResult, run_text
from rte_graph.store import Store
from tests.security.typed_queries import GENEROUS, still_answers

ALL = "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s ?o"
HUGE = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


def read(result: FreeResult) -> list[Any]:
    return list(result.rows) if result.kind == "table" else list(result.triples)


def test_rows_beyond_the_limit_are_cut_and_the_result_says_so(store: Store) -> None:
    result = run_text(store, HUGE, replace(GENEROUS, rows=100))
    assert len(read(result)) == 100
    assert result.truncated is not None
    assert (result.truncated.reason, result.truncated.rows, result.truncated.limit) == ("rows", 100, 100)
    assert "100 rows" in result.truncated.message("en")
    assert "RTE_GRAPH_MAX_RESULT_ROWS" in result.truncated.message("fr")
    still_answers(store)


def test_a_result_as_long_as_allowed_is_whole(store: Store) -> None:
    result = run_text(store, ALL, replace(GENEROUS, rows=3600))
    assert len(read(result)) == 3600
    assert result.truncated is None
    result = run_text(store, ALL, replace(GENEROUS, rows=3599))
    assert len(read(result)) == 3599
    assert result.truncated is not None


def test_bytes_beyond_the_limit_are_cut_at_a_whole_row(on_disk: Store) -> None:
    whole = read(run_text(on_disk, ALL, GENEROUS))
    for size in (1, 40, 41, 1_000, 70_000, 100_000):
        result = run_text(on_disk, ALL, replace(GENEROUS, size=size))
        rows = read(result)
        assert rows == whole[: len(rows)]
        assert len(rows) < len(whole)
        assert result.truncated is not None
        assert (result.truncated.reason, result.truncated.rows) == ("bytes", len(rows))
        assert "bytes" in result.truncated.message("en")
        assert "RTE_GRAPH_MAX_RESULT_BYTES" in result.truncated.message("fr")


def test_a_graph_is_cut_like_a_table(on_disk: Store) -> None:
    text = "CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c . ?d ?e ?f }"
    for limits in (replace(GENEROUS, rows=1_000), replace(GENEROUS, size=50_000)):
        result = run_text(on_disk, text, limits)
        triples = read(result)
        assert 0 < len(triples) <= 1_000
        assert result.truncated is not None
        assert result.truncated.rows == len(triples)


def test_rows_without_a_column_count_too(on_disk: Store) -> None:
    result = run_text(on_disk, "SELECT * { <http://x.org/1> <http://x.org/knows> [] }", GENEROUS)
    assert read(result) == [()] * 60
    result = run_text(on_disk, "SELECT * { [] <http://x.org/knows> [] }", replace(GENEROUS, rows=7))
    assert (len(read(result)), result.truncated is not None) == (7, True)


def test_one_giant_value_is_cut_off_whole_or_stopped(on_disk: Store) -> None:
    """Twenty-six doublings are a hundred million characters: no row of them may reach us."""
    doubled = "".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1}) " for n in range(26))
    text = f'SELECT ?x26 {{ BIND("xx" AS ?x0) {doubled} }}'
    with pytest.raises(MemoryLimit):
        read(run_text(on_disk, text, replace(GENEROUS, memory_bytes=100_000_000)))
    smaller = text.replace("?x26 {", "?x20 {")
    result = run_text(on_disk, smaller, replace(GENEROUS, size=1_000_000))
    assert read(result) == []
    assert result.truncated is not None
    assert result.truncated.message("en").startswith("The result is cut after 0 rows, 1,000,000 bytes")


def test_values_of_every_kind_come_through_as_they_are(store: Store) -> None:
    text = r"""SELECT ?x { VALUES ?x { <http://x.org/é> 1 1.5 "a\tb\nc\\d\"e" "" "x"@fr-be true UNDEF
        "2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date> "?"^^<http://x.org/t> "\r" "à" } }"""
    from pyoxigraph import QuerySolutions
    from pyoxigraph import Store as Engine

    bare = Engine().query(text)
    assert isinstance(bare, QuerySolutions)
    assert [row[0] for row in read(run_text(store, text, GENEROUS))] == [row[0] for row in bare]
