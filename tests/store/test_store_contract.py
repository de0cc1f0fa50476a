from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from rte_graph.errors import InternalError, UnreadableQuery
from rte_graph.store import DiskStore, EmbeddedStore, Store
from tests.store.back_ends import BACK_ENDS
from tests.store.disk_stores import ROOM

X = "http://x.org/"
ONE, TWO = NamedNode(X + "dataset/1"), NamedNode(X + "dataset/2")


def t(subject: str, predicate: str, value: str) -> Triple:
    return Triple(NamedNode(X + subject), NamedNode(X + predicate), NamedNode(X + value))


def count(store: Store, pattern: str = "?s ?p ?o") -> int:
    row = next(store.select(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}").rows)
    assert isinstance(row[0], Literal)
    return int(row[0].value)


def test_a_new_store_is_empty(store: Store) -> None:
    assert store.size() == 0
    assert store.datasets() == ()
    assert list(store.triples()) == []


def test_a_triple_that_two_datasets_state_stands_once_in_the_default_graph(store: Store) -> None:
    shared = t("a", "p", "b")
    store.replace_dataset(ONE, [shared, t("a", "p", "c")])
    store.replace_dataset(TWO, [shared, t("a", "p", "d"), shared])
    assert store.size() == 3
    assert count(store) == 3
    assert sorted(map(str, store.triples(ONE))) == sorted(map(str, [shared, t("a", "p", "c")]))
    assert sorted(map(str, store.triples(TWO))) == sorted(map(str, [shared, t("a", "p", "d")]))


def test_replacing_a_dataset_leaves_what_others_state(store: Store) -> None:
    shared = t("a", "p", "b")
    store.replace_dataset(ONE, [shared, t("a", "p", "old")])
    store.replace_dataset(TWO, [shared])
    store.replace_dataset(ONE, [t("a", "p", "new")])
    assert set(store.triples()) == {shared, t("a", "p", "new")}
    assert set(store.triples(TWO)) == {shared}
    assert set(store.triples(ONE)) == {t("a", "p", "new")}


def test_replacing_by_nothing_removes_the_dataset(store: Store) -> None:
    store.replace_dataset(ONE, [t("a", "p", "b")])
    store.replace_dataset(TWO, [t("a", "p", "c")])
    store.replace_dataset(ONE, [])
    assert store.datasets() == (TWO,)
    assert set(store.triples()) == {t("a", "p", "c")}


def test_triples_may_come_from_a_generator(store: Store) -> None:
    store.replace_dataset(ONE, (t("a", "p", str(n)) for n in range(3)))
    assert len(list(store.triples(ONE))) == store.size() == 3


def test_a_replacement_that_fails_half_way_changes_nothing(store: Store) -> None:
    store.replace_dataset(ONE, [t("a", "p", "old")])

    def failing() -> Iterator[Triple]:
        yield t("a", "p", "new")
        raise RuntimeError("the source broke off")

    with pytest.raises(RuntimeError):
        store.replace_dataset(ONE, failing())
    assert set(store.triples()) == {t("a", "p", "old")}
    assert store.datasets() == (ONE,)


def test_datasets_are_sorted_by_iri(store: Store) -> None:
    for name in ("z", "a", "m"):
        store.replace_dataset(NamedNode(X + name), [t("a", "p", name)])
    assert [d.value for d in store.datasets()] == [X + "a", X + "m", X + "z"]


def test_select_keeps_the_order_of_the_projection_and_tells_what_is_unbound(store: Store) -> None:
    store.replace_dataset(ONE, [t("a", "p", "b")])
    solutions = store.select("SELECT ?z ?s ?a WHERE { ?s ?p ?a OPTIONAL { ?a ?q ?z } }")
    assert solutions.variables == ("z", "s", "a")
    assert list(solutions.rows) == [(None, NamedNode(X + "a"), NamedNode(X + "b"))]


def test_rows_are_read_lazily_and_survive_a_replacement(store: Store) -> None:
    store.replace_dataset(ONE, [t("a", "p", str(n)) for n in range(100)])
    rows = store.select("SELECT ?o WHERE { ?s ?p ?o }").rows
    next(rows)
    store.replace_dataset(ONE, [t("a", "p", "new")])
    assert len(list(rows)) == 99


def test_ask_and_construct_answer_over_the_default_graph(store: Store) -> None:
    store.replace_dataset(ONE, [t("a", "p", "b")])
    assert store.ask(f"ASK {{ <{X}a> ?p ?o }}") is True
    assert store.ask(f"ASK {{ <{X}b> ?p ?o }}") is False
    assert list(store.construct("CONSTRUCT { ?o ?p ?s } WHERE { ?s ?p ?o }")) == [t("b", "p", "a")]


@pytest.mark.parametrize(
    ("method", "query"),
    [
        ("select", "ASK { ?s ?p ?o }"),
        ("ask", "SELECT * WHERE { ?s ?p ?o }"),
        ("construct", "SELECT * WHERE { ?s ?p ?o }"),
        ("select", "SELEKT * WHERE { ?s ?p ?o }"),
        ("select", "SELECT * WHERE { ?s foo:p ?o }"),
        ("select", "INSERT DATA { <http://x.org/a> <http://x.org/p> 1 }"),
        ("construct", "DELETE WHERE { ?s ?p ?o }"),
        ("select", "SELECT ?\ud800 WHERE { ?s ?p ?o }"),
        ("ask", "ASK { BIND(<http://x.org/f>(1) AS ?x) }"),
    ],
)
def test_another_form_of_query_or_a_broken_one_is_refused_with_exit_code_65(
    store: Store, method: str, query: str
) -> None:
    with pytest.raises(UnreadableQuery) as caught:
        getattr(store, method)(query)
    assert caught.value.exit_code == 65
    assert store.size() == 0


def test_terms_of_every_kind_come_back(store: Store) -> None:
    p = NamedNode(X + "p")
    values = [
        Literal('é « » \n " \\'),
        Literal("chat", language="fr"),
        Literal("2020", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#gYear")),
        Literal("x", datatype=NamedNode(X + "type")),
        NamedNode(X + "été"),
    ]
    store.replace_dataset(ONE, [Triple(NamedNode(X + "s"), p, value) for value in values])
    assert {triple.object for triple in store.triples()} == set(values)


def test_blank_nodes_are_kept_apart(store: Store) -> None:
    p = NamedNode(X + "p")
    store.replace_dataset(
        ONE, [Triple(BlankNode("x"), p, Literal("1")), Triple(BlankNode("y"), p, Literal("1"))]
    )
    assert count(store) == 2


# Elsewhere each step writes files, or goes over the wire: fewer histories than in memory.
EXAMPLES = {"memory": 60}


@pytest.mark.parametrize("back_end", sorted(BACK_ENDS))
def test_the_default_graph_is_the_union_after_any_history(back_end: str) -> None:
    @settings(max_examples=EXAMPLES.get(back_end, 15), deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 2), st.sets(st.integers(0, 5), max_size=5)), max_size=8))
    def after_any_history(steps: list[tuple[int, set[int]]]) -> None:
        with TemporaryDirectory(dir=ROOM) as folder:
            store = BACK_ENDS[back_end](Path(folder) / "store")
            expected: dict[int, set[Triple]] = {}
            for dataset, numbers in steps:
                triples = {t("a", "p", str(n)) for n in numbers}
                store.replace_dataset(NamedNode(f"{X}{dataset}"), triples)
                expected[dataset] = triples
            union: set[Triple] = set().union(*expected.values())
            assert set(store.triples()) == union
            assert store.size() == len(union)
            assert len(store.datasets()) == sum(1 for triples in expected.values() if triples)
            store.close()

    after_any_history()


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    for store in (EmbeddedStore.in_memory(), DiskStore.create(tmp_path / "store")):
        store.close()
        store.close()
        for use in (store.size, lambda store=store: store.replace_dataset(ONE, [])):
            with pytest.raises(InternalError):
                use()


def test_when_one_of_several_datasets_fails_none_is_replaced(store: Store) -> None:
    store.replace_dataset(ONE, [t("a", "p", "old")])

    def failing() -> Iterator[Triple]:
        yield t("a", "p", "two")
        raise RuntimeError("the source broke off")

    with pytest.raises(RuntimeError):
        store.replace_datasets({ONE: [t("a", "p", "new")], TWO: failing()})
    assert store.datasets() == (ONE,)
    assert set(store.triples()) == {t("a", "p", "old")}


def test_several_datasets_are_replaced_together(store: Store) -> None:
    shared = t("a", "p", "b")
    store.replace_datasets({ONE: [shared, t("a", "p", "c")], TWO: [shared]})
    store.replace_datasets({ONE: [t("a", "p", "new")], TWO: []})
    assert store.datasets() == (ONE,)
    assert set(store.triples()) == {t("a", "p", "new")}
