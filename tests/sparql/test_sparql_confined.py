from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from rte_graph.errors import RefusedQuery, StoreUnavailable, UnreadableQuery
from rte_graph.sparql import confined_child
from rte_graph.sparql.confined import Limits, run_text
from rte_graph.store import DiskStore, EmbeddedStore, Store
from rte_graph.store.base import Solutions

LIMITS = Limits(seconds=600, memory_bytes=1_000_000_000, rows=1_000, size=1_000_000)
DATA = NamedNode("http://x.org/data")
OTHER = NamedNode("http://x.org/other")
KNOWS = NamedNode("http://x.org/knows")
ALL = "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s ?o"


def triples(*pairs: tuple[str, str]) -> list[Triple]:
    return [Triple(NamedNode(f"http://x.org/{a}"), KNOWS, NamedNode(f"http://x.org/{b}")) for a, b in pairs]


FEW = {DATA: triples(("a", "b"), ("b", "c")), OTHER: triples(("b", "c"), ("c", "a"))}


@pytest.fixture(params=["memory", "disk"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "memory":
        memory = EmbeddedStore.in_memory()
        memory.replace_datasets(FEW)
        yield memory
        return
    writer = DiskStore.create(tmp_path / "store")
    writer.replace_datasets(FEW)
    writer.close()
    disk = DiskStore.open(tmp_path / "store")
    yield disk
    disk.close()


def table(store: Store, text: str) -> list[tuple[str | None, ...]]:
    with run_text(store, text, LIMITS) as result:
        assert result.kind == "table"
        return [tuple(getattr(term, "value", None) for term in row) for row in result.rows]


def test_a_table_is_what_the_store_itself_gives(store: Store):
    with run_text(store, ALL, LIMITS) as result:
        assert (result.kind, result.columns, result.truncated) == ("table", ("s", "o"), None)
        assert list(result.rows) == list(store.select(ALL).rows)
        assert result.truncated is None


def test_a_graph_and_yes_or_no(store: Store):
    with run_text(store, "CONSTRUCT { ?o ?p ?s } WHERE { ?s ?p ?o }", LIMITS) as result:
        assert result.kind == "graph"
        assert set(result.triples) == set(triples(("b", "a"), ("c", "b"), ("a", "c")))
    with run_text(store, "DESCRIBE <http://x.org/a>", LIMITS) as result:
        assert set(result.triples) == set(triples(("a", "b")))
    assert run_text(store, "ASK { <http://x.org/a> ?p ?o }", LIMITS).value is True
    assert run_text(store, "ASK { <http://x.org/z> ?p ?o }", LIMITS).value is False


def test_the_default_graph_holds_each_triple_once_and_the_datasets_are_there(store: Store):
    assert table(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }") == [("3",)]
    assert table(store, "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g") == [
        (DATA.value, "2"),
        (OTHER.value, "2"),
    ]
    assert table(store, "SELECT (COUNT(*) AS ?n) FROM <http://x.org/other> { ?s ?p ?o }") == [("2",)]
    with pytest.raises(RefusedQuery, match=r"name one of these: http://x.org/data, http://x.org/other"):
        run_text(store, "SELECT * FROM <http://x.org/third> { ?s ?p ?o }", LIMITS)


def test_prefixes_of_the_project_work_without_a_declaration(store: Store):
    assert table(store, "SELECT (STR(skos:Concept) AS ?x) { }") == [
        ("http://www.w3.org/2004/02/skos/core#Concept",)
    ]


@pytest.mark.parametrize(
    ("text", "place", "near"),
    [
        ("SELECT * {\n ?s rte:x ?o ;;\n FILTER }", "line 3, column 10", "FILTER }"),
        ("SELECT * { ?s skos:x ?o } LIMIT x", "line 1, column 33", "x"),
        ("SELECT ?a (COUNT(?b) AS ?n)\n{ ?a ?p ?b }", "line", "each column without a calculation"),
    ],
)
def test_a_syntax_error_has_the_place_in_the_text_as_typed(store: Store, text: str, place: str, near: str):
    with pytest.raises(UnreadableQuery) as caught:
        run_text(store, text, LIMITS)
    assert caught.value.exit_code == 65
    assert place in caught.value.en
    assert near in caught.value.en
    assert caught.value.fr.startswith("Requête : erreur de syntaxe ligne")


def test_an_error_of_the_engine_leaves_the_store_as_usable_as_before(store: Store):
    for _ in range(3):
        with pytest.raises(UnreadableQuery):
            run_text(store, "SELECT * {", LIMITS)
    assert len(table(store, ALL)) == 3


def test_results_can_be_read_side_by_side(store: Store):
    with run_text(store, ALL, LIMITS) as one, run_text(store, ALL, LIMITS) as other:
        assert list(zip(one.rows, other.rows, strict=True)) == [(row, row) for row in store.select(ALL).rows]


def test_a_store_on_disk_that_cannot_be_opened_is_one_sentence(tmp_path: Path):
    class Broken:
        kind = "disk"
        location = str(tmp_path / "nothing")

        def datasets(self) -> tuple[NamedNode, ...]:
            return ()

    with pytest.raises(StoreUnavailable, match="rte-graph check"):
        run_text(Broken(), ALL, LIMITS)  # type: ignore[arg-type]


class Endpoint:
    """A remote store as this module sees it."""

    kind = "remote"
    location = "http://127.0.0.1:9/"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def datasets(self) -> tuple[NamedNode, ...]:
        return (DATA,)

    def select(self, text: str) -> Solutions:
        self.asked.append(text)
        return Solutions(variables=("x",), rows=((Literal(str(n)),) for n in range(5)))

    def ask(self, text: str) -> bool:
        self.asked.append(text)
        return True

    def construct(self, text: str) -> Iterator[Triple]:
        self.asked.append(text)
        return iter(triples(("a", "b"), ("b", "c")))


def remote(text: str, rows: int = 100) -> tuple[Endpoint, object, list[object], object]:
    endpoint = Endpoint()
    limits = Limits(seconds=1, memory_bytes=1, rows=rows, size=1)
    result = run_text(endpoint, text, limits)  # type: ignore[arg-type]
    read: list[object] = [*result.rows, *result.triples]
    return endpoint, result.kind, read, result.truncated


def test_an_endpoint_is_asked_with_prefixes_and_its_rows_are_counted():
    endpoint, kind, read, truncated = remote("SELECT ?x { ?x a rte:Alliance }")
    assert (kind, len(read), truncated) == ("table", 5, None)
    assert endpoint.asked == ["PREFIX rte: <https://w3id.org/rte/ontology#> SELECT ?x { ?x a rte:Alliance }"]
    assert remote("SELECT ?x { }", rows=5)[3] is None
    for text, rows in (("SELECT ?x { }", 4), ("CONSTRUCT { } WHERE { }", 1)):
        _, _, read, truncated = remote(text, rows=rows)
        assert len(read) == rows
        assert truncated is not None
    assert remote("ASK { }")[1] == "boolean"


def test_an_endpoint_is_not_asked_what_the_guard_refuses():
    endpoint = Endpoint()
    for text in ("SELECT * { SERVICE <x:y> { } }", "CLEAR ALL", "SELECT * FROM <x:y> { }"):
        with pytest.raises(RefusedQuery):
            run_text(endpoint, text)  # type: ignore[arg-type]
    assert endpoint.asked == []


class Kept:
    """Keeps what a child would send."""

    def __init__(self) -> None:
        self.sent = b""

    def send(self, content: bytes) -> None:
        assert content == b"" or content.endswith(b"\n"), "whole lines only"
        self.sent += content


@given(
    lines=st.lists(st.binary(max_size=9).map(lambda line: line.replace(b"\n", b" ")), max_size=30),
    cuts=st.lists(st.integers(0, 200), max_size=9),
    rows=st.integers(1, 40),
    size=st.integers(1, 250),
    piece=st.sampled_from((1, 7, 64, 1 << 16)),
)
def test_however_the_engine_writes_whole_rows_are_sent_until_a_limit(
    lines: list[bytes], cuts: list[int], rows: int, size: int, piece: int
):
    whole = b"".join(line + b"\n" for line in lines)
    places = [0, *sorted(min(cut, len(whole)) for cut in cuts), len(whole)]
    kept = Kept()
    usual, confined_child._PIECE = confined_child._PIECE, piece
    try:
        writer = confined_child._Lines(kept, rows=rows, size=size)  # type: ignore[arg-type]
        for start, end in pairwise(places):
            writer.write(whole[start:end])
        writer.flush_all()
    except confined_child._Enough:
        assert writer.cut is not None
    finally:
        confined_child._PIECE = usual
    fitting = 0
    while fitting < min(rows, len(lines)) and sum(len(line) + 1 for line in lines[: fitting + 1]) <= size:
        fitting += 1
    assert kept.sent == b"".join(line + b"\n" for line in lines[:fitting])
    assert writer.rows == fitting
    assert (writer.cut is None) == (fitting == len(lines))


def test_a_row_that_is_longer_than_allowed_is_given_up_before_it_is_held_whole():
    writer = confined_child._Lines(Kept(), rows=1, size=1_000)  # type: ignore[arg-type]
    for _ in range(8):
        writer.write(b"x" * 8_000)
    with pytest.raises(confined_child._Enough):
        writer.write(b"x" * 8_000)
