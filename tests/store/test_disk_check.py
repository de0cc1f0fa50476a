"""A check finds every damage to a store on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, Triple
from pyoxigraph import Store as Engine

from rte_graph.store import DiskStore, Record, Source
from rte_graph.store.generations import Generation
from tests.store.disk_stores import (
    ONE,
    TWO,
    X,
    engine_files,
    flip,
    manifest,
    many,
    rewrite,
    t,
    tamper,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DiskStore]:
    opened = DiskStore.create(tmp_path / "rte-store")
    blank = Triple(BlankNode("b"), NamedNode(X + "p"), BlankNode("c"))
    opened.replace_datasets({ONE: [*many(range(300)), blank], TWO: many(range(200, 400))})
    opened.replace_dataset(TWO, many(range(250, 400)))
    yield opened
    opened.close()


def problems(store: DiskStore) -> list[str]:
    report = store.check()
    assert report.ok is (not report.problems)
    return [problem.message("en") for problem in report.problems]


def test_a_sound_store_has_no_problem(store: DiskStore) -> None:
    told = []
    report = store.check(lambda step: told.append(step.message("en")))
    assert report.ok
    assert (report.problems, report.notes) == ((), ())
    assert (report.datasets, report.triples, report.files) == (2, 401, len(store.manifest.files))
    assert told == ["Checking the files…", "Checking the triples…", "Checking the source files…"]
    assert DiskStore.open(store.folder).check() == report


@pytest.mark.parametrize("place", [0, 0.3, 0.7, 0.999])
def test_one_flipped_bit_in_any_file_is_found(store: DiskStore, place: float) -> None:
    """All index orders: no table and no other file is left out."""
    files = engine_files(store)
    assert sum(1 for file in files if file.suffix == ".sst") >= 9
    for file in files:
        raw = file.read_bytes()
        flip(file, place)
        assert problems(store) == [f"The file {file} is not what was written."]
        file.write_bytes(raw)
    assert problems(store) == []


def test_a_truncated_a_longer_and_a_missing_file_are_found(store: DiskStore) -> None:
    for file in engine_files(store):
        raw = file.read_bytes()
        for damage in (raw[:-1], raw[: len(raw) // 2], b"", raw + b"\0"):
            file.write_bytes(damage)
            assert problems(store) == [f"The file {file} is not what was written."]
        file.unlink()
        assert problems(store) == [f"The file {file} is missing."]
        file.write_bytes(raw)


def test_every_damaged_file_is_named(store: DiskStore) -> None:
    first, second, *_ = engine_files(store)
    flip(first)
    second.unlink()
    assert problems(store) == [
        f"The file {first} is not what was written.",
        f"The file {second} is missing.",
    ]


def test_the_engine_does_not_open_damaged_files(store: DiskStore, monkeypatch: pytest.MonkeyPatch) -> None:
    flip(engine_files(store)[0])
    monkeypatch.setattr(Generation, "engine", property(lambda self: pytest.fail("opened")))
    assert len(problems(DiskStore.open(store.folder))) == 1


def test_a_damaged_inventory_is_a_problem_not_an_error(store: DiskStore) -> None:
    path = store.folder / "current" / "manifest.json"
    sound = path.read_bytes()
    for damage in (
        b"",
        b"{",
        b"[]",
        b"[" * 100_000,
        sound[:-10],
        sound.replace(b'"validated": false', b'"validated": true'),
        sound.replace(b"dataset/1", b"dataset/9"),
    ):
        path.write_bytes(damage)
        (problem,) = problems(DiskStore.open(store.folder))
        assert "inventory" in problem
        assert "rte-graph rebuild" in problem
    path.write_bytes(sound)
    assert problems(DiskStore.open(store.folder)) == []


def test_a_store_without_a_generation_in_force_has_a_problem(store: DiskStore) -> None:
    store.close()
    (store.folder / "current").unlink()
    (problem,) = problems(DiskStore.open(store.folder, write=True))
    assert "is damaged" in problem


FIRST, LAST, NEW = f"<{X}1> <{X}p> 'value 1'", f"<{X}299> <{X}p> 'value 299'", f"<{X}new> <{X}p> 1"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (f"INSERT DATA {{ {NEW} }}", "A triple is stated by no dataset"),
        (f"DELETE DATA {{ {FIRST} }}", "A triple is missing in the default graph"),
        (f"INSERT DATA {{ GRAPH {ONE} {{ {NEW} }} }}", "A triple is missing in the default graph"),
        (f"INSERT DATA {{ GRAPH <{X}other> {{ {FIRST} }} }}", f"The dataset {X}other holds 1"),
        (f"DELETE DATA {{ GRAPH {ONE} {{ {LAST} }} }}", "holds 300 triples instead of 301"),
        (f"DELETE WHERE {{ GRAPH {TWO} {{ ?s ?p ?o }} }}", "holds 0 triples instead of 150"),
        ("CLEAR ALL", "The default graph holds 0 triples instead of 401"),
    ],
)
def test_contents_that_are_not_those_written_are_found(store: DiskStore, change: str, found: str) -> None:
    """Somebody ran an engine on the files, which are sound by themselves."""
    store.close()
    tamper(store.folder, change)
    reader = DiskStore.open(store.folder)
    assert any(found in problem for problem in problems(reader)), problems(reader)


def test_a_triple_exchanged_for_another_is_found_by_the_hash(store: DiskStore) -> None:
    store.close()
    other = f"<{X}1> <{X}p> 'value x'"
    both = "{{ {0} . GRAPH {1} {{ {0} }} }}"
    tamper(store.folder, f"DELETE DATA {both.format(FIRST, ONE)} ; INSERT DATA {both.format(other, ONE)}")
    assert problems(DiskStore.open(store.folder)) == [
        "The triples of the datasets are not those that were loaded (the hash differs)."
    ]


@pytest.mark.parametrize("field", ["triples", "datasets", "hash"])
def test_a_changed_count_is_found(store: DiskStore, field: str) -> None:
    store.close()
    held = manifest(store.folder)
    wrong = {"triples": held.triples + 1, "datasets": held.datasets[1:], "hash": "0" * 64}
    rewrite(store.folder, **{field: wrong[field]})
    assert len(problems(DiskStore.open(store.folder))) == 1


def test_sources_that_changed_or_vanished_are_noted_and_are_no_damage(tmp_path: Path) -> None:
    files = {name: tmp_path / name for name in ("same.ttl", "changed.ttl", "gone.ttl")}
    for file in files.values():
        file.write_text("before")
    folder = tmp_path / "rte-store"
    store = DiskStore.create(folder)
    sources = tuple(Source.of(file, folder) for file in files.values())
    record = Record(datasets={ONE: sources}, validated=True, ontology_version="1.0")
    store.replace_datasets({ONE: [t("a", 1)]}, record=record)
    files["changed.ttl"].write_text("after")
    files["gone.ttl"].unlink()
    store.update(f"INSERT DATA {{ <{X}a> <{X}p> 2 }}")
    report = store.check()
    assert report.ok
    assert [note.message("en").split(":")[0] for note in report.notes] == [
        "The store was changed once by SPARQL since it was loaded",
        f"The source file {files['changed.ttl']} has changed since it was loaded",
        f"The source file {files['gone.ttl']} is gone",
    ]
    assert str(files["gone.ttl"]) in report.notes[-1].message("fr")


def test_tampering_in_these_tests_is_seen_by_the_engine(store: DiskStore) -> None:
    store.close()
    tamper(store.folder, "CLEAR ALL")
    assert len(Engine.read_only(DiskStore.open(store.folder).location)) == 0
