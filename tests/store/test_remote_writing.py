"""Datasets on an endpoint are replaced together or not at all, whatever goes wrong on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from rte_graph.errors import EndpointError, StoreUnavailable, UnreadableQuery, UsageError
from rte_graph.store import Store
from rte_graph.store.remote import RemoteStore
from tests.store.hostile_server import Asked, Reply, endpoint, forward, saying
from tests.store.sparql_server import emptied, server

X = "http://x.org/"
ONE, TWO = NamedNode(X + "dataset/1"), NamedNode(X + "dataset/2")
P = NamedNode(X + "p")


def t(subject: str, value: str) -> Triple:
    return Triple(NamedNode(X + subject), P, NamedNode(X + value))


@pytest.fixture
def address() -> str:
    return emptied()


def graphs(address: str) -> set[str]:
    """All graphs that the server has, those of uploads too."""
    rows = RemoteStore(f"{address}/query").select("SELECT ?g WHERE { GRAPH ?g {} }").rows
    return {str(getattr(row[0], "value", "")) for row in rows}


def held(store: Store) -> dict[str, set[Triple]]:
    """The default graph and each dataset."""
    found = {dataset.value: set(store.triples(dataset)) for dataset in store.datasets()}
    return {"": set(store.triples()), **found}


def test_no_graph_of_an_upload_is_left_behind(address: str) -> None:
    store = RemoteStore(f"{address}/query")
    store.replace_datasets({ONE: [t("a", "b")], TWO: []})
    store.replace_datasets({ONE: [], TWO: [t("a", "c")]})
    assert graphs(address) == {TWO.value}


def test_blank_nodes_are_one_node_in_the_dataset_and_in_the_default_graph(address: str) -> None:
    store = RemoteStore(f"{address}/query")
    node = BlankNode("x")
    store.replace_dataset(ONE, [Triple(node, P, Literal("1")), Triple(node, P, Literal("2"))])
    query = f"SELECT ?n WHERE {{ ?n {P} '1', '2' . GRAPH {ONE} {{ ?n {P} '1', '2' }} }}"
    assert len(list(store.select(query).rows)) == 1
    store.replace_dataset(ONE, [t("a", "b")])
    assert set(store.triples()) == {t("a", "b")}


@pytest.mark.parametrize("default_graph", [None, X + "all"])
def test_only_what_no_other_dataset_states_leaves_the_default_graph(
    address: str, default_graph: str | None
) -> None:
    store = RemoteStore(f"{address}/query", default_graph=default_graph)
    three = NamedNode(X + "dataset/3")
    both, first, second, third = t("a", "both"), t("a", "1"), t("a", "2"), t("a", "3")
    store.replace_datasets({ONE: [both, first], TWO: [both, second], three: [third]})
    store.replace_datasets({ONE: [], TWO: [second]})  # both go, though each still stated it before
    assert held(store) == {"": {second, third}, TWO.value: {second}, three.value: {third}}
    store.replace_datasets({TWO: [third], three: [second]})  # they change places
    assert held(store) == {"": {second, third}, TWO.value: {third}, three.value: {second}}


def test_an_iterable_that_fails_leaves_no_upload(address: str) -> None:
    store = RemoteStore(f"{address}/query")
    store.replace_dataset(ONE, [t("a", "old")])
    before = held(store)

    def failing() -> Iterator[Triple]:
        yield t("a", "two")
        raise RuntimeError("the source broke off")

    with pytest.raises(RuntimeError, match="the source broke off"):
        store.replace_datasets({ONE: [t("a", "new")], TWO: failing()})
    assert held(store) == before
    assert graphs(address) == {ONE.value}


@pytest.mark.parametrize(
    ("method", "which"), [("PUT", 0), ("PUT", 1), ("MOVE", 0)], ids=["first", "second", "commit"]
)
@pytest.mark.parametrize("status", [400, 500, 503, 507])
def test_a_failure_at_any_step_leaves_the_store_as_it_was(
    address: str, method: str, which: int, status: int
) -> None:
    steps: list[Asked] = []

    def answer(asked: Asked, reply: Reply) -> None:
        if asked.method == method or method.encode() in asked.body:
            steps.append(asked)
            if len(steps) == which + 1:
                reply.whole(b"no", status=status, Content_Type="text/plain")
                return
        forward(asked, reply, address)

    RemoteStore(f"{address}/query").replace_dataset(ONE, [t("a", "old")])
    with endpoint(answer) as between:
        store = RemoteStore(f"{between.url}/query")
        before = held(store)
        with pytest.raises(StoreUnavailable):
            store.replace_datasets({ONE: [t("a", "new")], TWO: [t("a", "two")]})
        assert held(store) == before
        assert graphs(address) == {ONE.value}


@pytest.mark.parametrize("how", ["silence", "hangs up", "bad gateway"])
def test_when_the_commit_gets_no_answer_its_outcome_is_said_to_be_unknown(
    address: str, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(asked: Asked, reply: Reply) -> None:
        if b"DISTINCT" in asked.body:  # the last request before the commit
            monkeypatch.setenv("RTE_GRAPH_MAX_ENDPOINT_SECONDS", "1")
        if b"MOVE" not in asked.body:
            forward(asked, reply, address)
        elif how == "silence":
            reply.silence()
        elif how == "bad gateway":
            reply.whole(b"", status=502)

    with endpoint(answer) as between:
        store = RemoteStore(f"{between.url}/query")
        with pytest.raises(EndpointError, match="did not say whether it made the replacement") as caught:
            store.replace_dataset(ONE, [t("a", "new")])
        assert caught.value.exit_code == 69
        monkeypatch.delenv("RTE_GRAPH_MAX_ENDPOINT_SECONDS")
        # What was uploaded is left to the endpoint, which may be at work with it.
        assert len(graphs(address)) == 1
        assert store.datasets() == ()


def test_uploads_that_were_abandoned_are_removed_after_a_day(address: str) -> None:
    store = RemoteStore(f"{address}/query")
    old = "https://w3id.org/rte/id/staging/1700000000-0123456789abcdef"
    young = "https://w3id.org/rte/id/staging/99999999999-0123456789abcdef"
    store.update(
        f"INSERT DATA {{ GRAPH <{old}> {{ <{X}a> <{X}p> 1 }} GRAPH <{young}> {{ <{X}a> <{X}p> 1 }} }}"
    )
    assert store.datasets() == ()
    store.replace_dataset(ONE, [t("a", "b")])
    assert graphs(address) == {young, ONE.value}


def test_uploads_of_others_do_not_keep_a_triple_in_the_default_graph(address: str) -> None:
    store = RemoteStore(f"{address}/query")
    store.replace_dataset(ONE, [t("a", "b")])
    young = "https://w3id.org/rte/id/staging/99999999999-0123456789abcdef"
    store.update(f"INSERT DATA {{ GRAPH <{young}> {{ <{X}a> <{X}p> <{X}b> }} }}")
    store.replace_dataset(ONE, [])
    assert store.size() == 0


def test_a_default_graph_that_is_all_graphs_is_refused_with_the_key_to_set() -> None:
    with server("serve", "--union-default-graph") as address:
        store = RemoteStore(f"{address}/query")
        with pytest.raises(StoreUnavailable, match="endpoint-default-graph") as caught:
            store.replace_dataset(ONE, [t("a", "b")])
        assert "endpoint-default-graph" in caught.value.message("fr")
        assert graphs(address) == set()
        named = RemoteStore(f"{address}/query", default_graph=X + "all")
        named.replace_datasets({ONE: [t("a", "b")], TWO: [t("a", "b")]})
        assert named.size() == 1
        assert named.datasets() == (ONE, TWO)
        with pytest.raises(UsageError, match="endpoint-default-graph"):
            named.replace_dataset(NamedNode(X + "all"), [])


def test_an_endpoint_that_only_answers_queries_says_what_to_set(tmp_path: Path) -> None:
    with server("serve", "--location", str(tmp_path / "db")):
        pass  # makes the folder
    with server("serve-read-only", "--location", str(tmp_path / "db")) as address:
        store = RemoteStore(f"{address}/query")
        assert store.size() == 0
        for act in (lambda: store.replace_dataset(ONE, [t("a", "b")]), lambda: store.update("CLEAR ALL")):
            with pytest.raises(
                StoreUnavailable, match=r"RTE_GRAPH_ENDPOINT_USER.*endpoint-update, endpoint-graph"
            ):
                act()


@pytest.mark.parametrize("path", ["/", "/repositories/x", "/sparql/"])
def test_where_changes_go_must_be_said_when_it_cannot_be_told(path: str) -> None:
    with endpoint(saying(b"")) as remote:
        store = RemoteStore(remote.url + path)
        for act in (lambda: store.replace_dataset(ONE, [t("a", "b")]), lambda: store.update("CLEAR ALL")):
            with pytest.raises(StoreUnavailable) as caught:
                act()
            for lang in ("fr", "en"):
                assert re.search(
                    r"rte\.toml .*endpoint-update, endpoint-graph-store", caught.value.message(lang)
                )
        assert remote.asked == []


def test_addresses_for_changes_can_be_named(address: str) -> None:
    def answer(asked: Asked, reply: Reply) -> None:
        path = {"/q": "/query", "/u": "/update", "/g": "/store"}[asked.path.partition("?")[0]]
        rest = "".join(asked.path.partition("?")[1:])
        moved = Asked(method=asked.method, path=path + rest, headers=asked.headers, body=asked.body)
        forward(moved, reply, address)

    with endpoint(answer) as between:
        urls = {"update_url": f"{between.url}/u", "graph_store_url": f"{between.url}/g"}
        store = RemoteStore(f"{between.url}/q", **urls)
        store.replace_dataset(ONE, [t("a", "b")])
        assert held(store) == {"": {t("a", "b")}, ONE.value: {t("a", "b")}}


def test_the_second_sibling_is_tried_when_there_is_no_first(address: str) -> None:
    """Fuseki's graph store beside ``/query`` is ``/data``."""

    def answer(asked: Asked, reply: Reply) -> None:
        if asked.path.startswith("/store"):
            reply.whole(b"", status=404)
            return
        path = asked.path.replace("/data", "/store")
        forward(Asked(method=asked.method, path=path, headers=asked.headers, body=asked.body), reply, address)

    with endpoint(answer) as between:
        store = RemoteStore(f"{between.url}/query")
        store.replace_datasets({ONE: [t("a", "b")], TWO: [t("a", "c")]})
        assert store.size() == 2
        assert sum(asked.path.startswith("/store") for asked in between.asked) == 1


def test_an_address_that_was_named_and_is_not_there_is_told(address: str) -> None:
    store = RemoteStore(f"{address}/query", update_url=f"{address}/nowhere")
    with pytest.raises(StoreUnavailable, match="/nowhere"):
        store.update("CLEAR ALL")


def test_an_update_is_sent_as_it_is(address: str) -> None:
    store = RemoteStore(f"{address}/query")
    store.update(f"# SELECT\nINSERT DATA {{ <{X}é> <{X}p> '+&=%' }}")
    assert [triple.object for triple in store.triples()] == [Literal("+&=%")]
    with pytest.raises(UnreadableQuery, match="error at 1:"):
        store.update("INSRT DATA {}")


def test_iris_cannot_break_out_of_the_update(address: str) -> None:
    """IRIs may hold what looks like SPARQL, but nothing that closes their brackets."""
    name = NamedNode(X + "a'b)(;--$?*/%7D")
    store = RemoteStore(f"{address}/query")
    store.replace_datasets({name: [t("a", "b")], ONE: [t("a", "b")]})
    store.replace_dataset(name, [])
    assert held(store) == {"": {t("a", "b")}, ONE.value: {t("a", "b")}}
    with pytest.raises(ValueError, match="IRI"):
        NamedNode(X + "a> } ; DROP ALL ; #")
