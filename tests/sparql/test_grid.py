"""A result that comes as text is the same as one that comes as terms."""

from __future__ import annotations

import errno
import gc
from collections.abc import Iterator
from functools import cmp_to_key
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple
from written_terms import literals, tables, terms

from rte_graph.errors import StoreUnavailable
from rte_graph.sparql.grid import Grid, Rows, without_collector
from rte_graph.sparql.model import SortKey
from rte_graph.sparql.ordering import order_of, sort_value
from rte_graph.sparql.results import Row
from rte_graph.sparql.terms import turtle_text
from rte_graph.store import EmbeddedStore, Term
from rte_graph.store.base import Writable

S, P = NamedNode("http://e.org/s"), NamedNode("http://e.org/p")
ASKED = (
    "SELECT ?o ?none (STR(?o) AS ?text) (COALESCE(?o + 1, ?o) AS ?more) { ?s ?p ?o OPTIONAL { ?o ?p ?none } }"
)


def holding(values: list[Term]) -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    store.replace_dataset(S, [Triple(S, P, value) for value in values])
    return store


@given(st.lists(terms(), max_size=8))
def test_rows_read_as_text_are_the_rows_of_the_engine(values: list[Term]) -> None:
    store = holding(values)
    rows = list(store.select(ASKED).rows)
    grid = Grid.of(store.select(ASKED))
    assert Rows(grid) == rows
    assert [Rows(grid)[place] for place in range(len(rows))] == rows
    assert list(Rows(grid)[1:]) == rows[1:]


@given(st.lists(literals(), max_size=4))
def test_pieces_that_end_anywhere_give_the_same_cells(values: list[Literal]) -> None:
    store = holding(list(values))
    solutions = store.select(ASKED)
    assert solutions.write_tsv is not None
    text = BytesIO()
    solutions.write_tsv(text)

    def by_bytes(out: Writable) -> None:
        for byte in text.getvalue():
            out.write(bytes([byte]))

    again = type(solutions)(variables=solutions.variables, rows=iter(()), write_tsv=by_bytes)
    assert Rows(Grid.of(again)) == list(store.select(ASKED).rows)


def test_texts_with_a_direction_and_triple_terms_are_read_too() -> None:
    text = 'SELECT ("a"@ar--rtl AS ?x) (TRIPLE(<http://e.org/a>, <http://e.org/b>, "c") AS ?t) {}'
    store = holding([])
    assert Rows(Grid.of(store.select(text))) == list(store.select(text).rows)


def test_results_larger_than_a_piece_are_read_whole() -> None:
    store = holding([Literal(f"{number:06} {'x' * 40}") for number in range(30_000)])
    rows = Rows(Grid.of(store.select("SELECT ?s ?o { ?s ?p ?o }")))
    assert len(rows) == 30_000
    assert len({row[1] for row in rows}) == 30_000


def test_a_result_without_columns_or_rows_keeps_its_size() -> None:
    store = holding([Literal("a"), Literal("b")])
    assert list(Rows(Grid.of(store.select("SELECT * { }")))) == [()]
    assert list(Rows(Grid.of(store.select("SELECT ?x { ?s <http://e.org/q> ?x }")))) == []
    assert len(Rows(Grid.of(store.select("SELECT ?x { ?s ?p ?o }")))) == 2


def compared(rows: list[Row], keys: list[SortKey]) -> list[Row]:
    """Sort the slow way, two rows at a time."""

    def compare(one: Row, other: Row) -> int:
        for key in keys:
            mine, theirs = one["abc".index(key.column)], other["abc".index(key.column)]
            if (mine is None) != (theirs is None):
                return 1 if mine is None else -1
            if mine is not None and sort_value(mine) != sort_value(theirs):
                return -1 if (sort_value(mine) < sort_value(theirs)) != key.descending else 1
        texts = [tuple(map(turtle_text, row)) for row in (one, other)]
        return -1 if texts[0] < texts[1] else 1 if texts[0] > texts[1] else 0

    return sorted(rows, key=cmp_to_key(compare))


KEYS = st.lists(
    st.builds(SortKey, column=st.sampled_from("abc"), descending=st.booleans()),
    max_size=3,
    unique_by=lambda key: key.column,
)


@given(tables(), KEYS)
def test_rows_are_in_the_order_of_the_keys_and_then_of_all_columns(
    rows: list[Row], keys: list[SortKey]
) -> None:
    grid = Grid.of_rows(("a", "b", "c"), rows)
    assert list(Rows(grid, order_of(grid, keys))) == compared(rows, keys)


@given(st.lists(literals(), max_size=8), KEYS)
def test_cells_of_text_are_in_the_order_of_their_terms(values: list[Literal], keys: list[SortKey]) -> None:
    text = "SELECT (?o AS ?a) (DATATYPE(?o) AS ?b) (STRLEN(STR(?o)) AS ?c) { ?s ?p ?o }"
    store = holding(list(values))
    grid = Grid.of(store.select(text))
    assert list(Rows(grid, order_of(grid, keys))) == compared(list(store.select(text).rows), keys)


def test_many_equal_rows_are_still_put_in_one_order() -> None:
    rows: list[Row] = [(Literal("same"), Literal(number % 7), None) for number in range(200)]
    keys = [SortKey(column="a", descending=False)]
    grid, turned = (Grid.of_rows(("a", "b", "c"), each) for each in (rows, rows[::-1]))
    assert Rows(grid, order_of(grid, keys)) == Rows(turned, order_of(turned, keys))


def test_the_collector_runs_again_after_an_error() -> None:
    def fail() -> Iterator[None]:
        with without_collector():
            assert not gc.isenabled()
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        next(fail())
    assert gc.isenabled()
    gc.disable()
    try:
        with without_collector():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_an_error_of_the_engine_while_it_writes_text_is_one_of_ours() -> None:
    solutions = holding([Literal("a")]).select("SELECT ?o { ?s ?p ?o }")
    assert solutions.write_tsv is not None

    class Full(BytesIO):
        def write(self, piece: object, /) -> int:
            raise OSError(errno.EIO, "damaged")

    with pytest.raises(StoreUnavailable):
        solutions.write_tsv(Full())
