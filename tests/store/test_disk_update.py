"""SPARQL Update on a store on disk: the default graph and the datasets stay in step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rte_graph.errors import UnreadableQuery
from rte_graph.store import UPDATES, DiskStore, UpdateReport
from tests.store.disk_stores import ONE, ROOM, TWO, X, generations, t

A, B, C = f"<{X}a> <{X}p> 'A'", f"<{X}b> <{X}p> 'B'", f"<{X}c> <{X}p> 'C'"
UNKNOWN_FUNCTION = f"BIND(<{X}f>(1) AS ?x)"
NEW = f"<{X}new> <{X}p> 'N'"
TA, TB, TC, TN = t("a", "A"), t("b", "B"), t("c", "C"), t("new", "N")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DiskStore]:
    opened = DiskStore.create(tmp_path / "rte-store")
    opened.replace_datasets({ONE: [TA, TB], TWO: [TB, TC]})
    yield opened
    opened.close()


def held(store: DiskStore) -> dict[str, set]:
    found = {name.value: set(store.triples(name)) for name in store.datasets()}
    union = set().union(*found.values())
    assert set(store.triples()) == union
    assert store.size() == len(union)
    return found


@pytest.mark.parametrize(
    ("text", "one", "two", "updates", "report"),
    [
        (f"INSERT DATA {{ {NEW} }}", {TA, TB}, {TB, TC}, {TN}, (1, 0)),
        (f"INSERT DATA {{ {A} }}", {TA, TB}, {TB, TC}, set(), (0, 0)),
        (f"INSERT DATA {{ GRAPH {ONE} {{ {NEW} }} }}", {TA, TB, TN}, {TB, TC}, set(), (1, 0)),
        (f"INSERT DATA {{ {NEW} . GRAPH {ONE} {{ {NEW} }} }}", {TA, TB, TN}, {TB, TC}, set(), (1, 0)),
        (f"DELETE DATA {{ {B} }}", {TA}, {TC}, set(), (0, 1)),
        (f"DELETE DATA {{ GRAPH {ONE} {{ {B} }} }}", {TA}, {TB, TC}, set(), (0, 0)),
        (f"DELETE DATA {{ GRAPH {ONE} {{ {A} }} }}", {TB}, {TB, TC}, set(), (0, 1)),
        (f"DELETE DATA {{ {A} . GRAPH {ONE} {{ {A} }} }}", {TB}, {TB, TC}, set(), (0, 1)),
        # What came beats what went.
        (
            f"DELETE DATA {{ {A} }} ; INSERT DATA {{ GRAPH {TWO} {{ {A} }} }}",
            {TA, TB},
            {TA, TB, TC},
            set(),
            (0, 0),
        ),
        (
            "DELETE { ?s ?p 'A' } INSERT { ?s ?p 'N' } WHERE { ?s ?p 'A' }",
            {TB},
            {TB, TC},
            {t("a", "N")},
            (1, 1),
        ),
        (f"CLEAR GRAPH {TWO}", {TA, TB}, None, set(), (0, 1)),
        (f"DROP GRAPH {TWO}", {TA, TB}, None, set(), (0, 1)),
        ("CLEAR DEFAULT", None, None, set(), (0, 3)),
        ("CLEAR ALL", None, None, set(), (0, 3)),
        (f"CREATE GRAPH <{X}empty>", {TA, TB}, {TB, TC}, set(), (0, 0)),
        (f"MOVE {ONE} TO {TWO}", None, {TA, TB}, set(), (0, 1)),
        (f"COPY {ONE} TO DEFAULT", {TA, TB}, {TB}, set(), (0, 1)),
        (f"WITH {ONE} DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}", None, {TB, TC}, set(), (0, 1)),
    ],
)
def test_an_update_keeps_default_graph_and_datasets_in_step(
    store: DiskStore, text: str, one: set | None, two: set | None, updates: set, report: tuple[int, int]
) -> None:
    expected = {ONE.value: one, TWO.value: two, UPDATES.value: updates or None}
    assert store.update(text) == UpdateReport(added=report[0], removed=report[1])
    assert held(store) == {name: triples for name, triples in expected.items() if triples}
    assert store.check().ok
    assert store.manifest.updates == 1


def test_an_update_belongs_to_the_dataset_of_updates() -> None:
    assert UPDATES.value == "https://w3id.org/rte/id/dataset/updates"


@pytest.mark.parametrize(
    "text", ["SELECT * { ?s ?p ?o }", "INSERT", "", "INSERT DATA { <x:a> <x:b> ?c }", "DELETE \ud800"]
)
def test_what_is_no_update_is_refused_and_changes_nothing(store: DiskStore, text: str) -> None:
    if text == "":
        assert store.update(text) == UpdateReport(added=0, removed=0)  # the grammar allows it
        return
    before = store.manifest
    with pytest.raises(UnreadableQuery):
        store.update(text)
    assert store.manifest == before
    assert len(generations(store.folder)) == 1


def test_an_update_is_whole_or_not_at_all(store: DiskStore) -> None:
    with pytest.raises(UnreadableQuery):
        store.update(
            f"INSERT DATA {{ {NEW} }} ; INSERT {{ ?s ?p ?x }} WHERE {{ BIND(<{X}f>(1) AS ?x) ?s ?p ?o }}"
        )
    assert held(store) == {ONE.value: {TA, TB}, TWO.value: {TB, TC}}


def test_readers_see_an_update_when_they_open_anew(store: DiskStore) -> None:
    reader = DiskStore.open(store.folder)
    store.update("CLEAR ALL")
    assert (reader.size(), DiskStore.open(store.folder).size()) == (3, 0)


def test_sources_stay_known_after_an_update(store: DiskStore) -> None:
    before = store.manifest
    store.update(f"INSERT DATA {{ {NEW} }}")
    assert store.manifest.entry(ONE) == before.entry(ONE)
    assert store.manifest.entry(UPDATES).triples == 1


graphs = st.sampled_from(["", ONE.value, TWO.value, X + "three"])
changes = st.lists(st.tuples(st.sampled_from(["INSERT", "DELETE"]), graphs, st.integers(0, 4)), max_size=6)


@settings(max_examples=25, deadline=None)
@given(changes)
def test_after_any_update_the_default_graph_is_the_union(changes: list[tuple[str, str, int]]) -> None:
    parts = []
    for word, graph, number in changes:
        triple = f"<{X}{number}> <{X}p> '{number}'"
        parts.append(f"{word} DATA {{ {f'GRAPH <{graph}> {{ {triple} }}' if graph else triple} }}")
    with TemporaryDirectory(dir=ROOM) as folder:
        store = DiskStore.create(Path(folder) / "store")
        store.replace_datasets({ONE: [t(0, 0), t(1, 1)], TWO: [t(1, 1), t(2, 2)]})
        store.update(" ; ".join(parts))
        assert store.check().ok
        held(store)
        store.close()
