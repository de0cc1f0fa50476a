"""A store on disk: making, opening, writing; see test_disk_readers.py for reading meanwhile."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from rte_graph.errors import (
    InternalError,
    RteError,
    StoreDamaged,
    StoreLocked,
    StoreUnavailable,
    UsageError,
)
from rte_graph.namespaces import XSD
from rte_graph.rdf_io.hashing import canonical_hash
from rte_graph.store import DiskStore, EmbeddedStore, Record, Source
from rte_graph.store import folder as layout
from rte_graph.store.filling import is_worth_removing
from tests.store.disk_stores import (
    NOTHING_KNOWN,
    ONE,
    THREE,
    TWO,
    X,
    engine_files,
    flip,
    generations,
    many,
    python,
    t,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "rte-store"


@pytest.fixture
def store(folder: Path) -> Iterator[DiskStore]:
    opened = DiskStore.create(folder)
    yield opened
    opened.close()


def test_what_was_written_is_there_after_the_process(folder: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from rte_graph.store import DiskStore\n"
        "from tests.store.disk_stores import *\n"
        "store = DiskStore.create(Path(sys.argv[1]))\n"
        "store.replace_datasets({ONE: many(range(5)), TWO: many(range(3, 8))})\n"
        "os._exit(0)\n"  # no closing, no goodbye
    )
    assert python(script, folder).returncode == 0
    store = DiskStore.open(folder)
    assert store.size() == 8
    assert set(store.triples(TWO)) == set(many(range(3, 8)))
    assert (store.kind, store.folder) == ("disk", folder)
    assert Path(store.location) == folder.absolute() / "generations" / "000002" / "db"


def test_a_store_is_told_by_its_marker(store: DiskStore, folder: Path, tmp_path: Path) -> None:
    assert DiskStore.is_store(folder)
    assert not DiskStore.is_store(tmp_path)
    assert not DiskStore.is_store(tmp_path / "nothing")
    assert json.loads((folder / "rte-store.json").read_text())["format"] == 1


def test_no_store_is_made_where_something_else_stands(folder: Path) -> None:
    folder.mkdir()
    (folder / "photo.jpg").write_bytes(b"mine")
    with pytest.raises(UsageError, match="something else"):
        DiskStore.create(folder)
    assert [path.name for path in folder.iterdir()] == ["photo.jpg"]
    with pytest.raises(UsageError, match="something else"):
        DiskStore.create(folder / "photo.jpg")


def test_a_store_is_not_made_twice(store: DiskStore, folder: Path) -> None:
    store.replace_dataset(ONE, many(range(3)))
    with pytest.raises(UsageError, match="already"):
        DiskStore.create(folder)
    assert store.size() == 3


def test_an_empty_folder_becomes_a_store_and_parents_are_made(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "a" / "b" / "c"):
        DiskStore.create(folder).close()
        assert DiskStore.open(folder).size() == 0


def test_a_creation_that_was_killed_is_taken_up_again(folder: Path) -> None:
    (folder / "generations" / ".000001" / "work").mkdir(parents=True)
    (folder / "lock").touch()
    with pytest.raises(StoreUnavailable, match="no rte-graph store"):
        DiskStore.open(folder)
    DiskStore.create(folder).close()
    assert DiskStore.open(folder).check().ok


@pytest.mark.parametrize("write", [False, True])
def test_a_folder_without_a_marker_is_no_store(tmp_path: Path, write: bool) -> None:
    for folder in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(StoreUnavailable, match="no rte-graph store") as caught:
            DiskStore.open(folder, write=write)
        assert caught.value.exit_code == 69
    assert list(tmp_path.iterdir()) == []


def test_a_store_of_a_later_version_is_not_touched(store: DiskStore, folder: Path) -> None:
    store.close()
    (folder / "rte-store.json").write_text('{"format": 2, "made-by": "rte-graph 9.0"}')
    for write in (False, True):
        with pytest.raises(StoreUnavailable, match="later version") as caught:
            DiskStore.open(folder, write=write)
        assert not isinstance(caught.value, StoreDamaged)


@pytest.mark.parametrize("text", ["", "{", "[]", "[" * 9_000, '{"format": "1"}', '{"format": true}', "\xff"])
def test_a_damaged_marker_is_said_in_one_sentence(store: DiskStore, folder: Path, text: str) -> None:
    store.close()
    (folder / "rte-store.json").write_text(text, encoding="latin-1")
    with pytest.raises(StoreDamaged, match="rte-graph rebuild"):
        DiskStore.open(folder)


def test_a_second_writer_is_refused_and_the_next_may_write(store: DiskStore, folder: Path) -> None:
    with pytest.raises(StoreLocked, match="Another process is writing"):
        DiskStore.open(folder, write=True)
    store.close()
    DiskStore.open(folder, write=True).close()


def test_a_writer_that_nobody_holds_any_more_gives_its_lock_back(folder: Path) -> None:
    DiskStore.create(folder)
    gc.collect()
    DiskStore.open(folder, write=True).close()


def test_a_store_opened_for_reading_is_not_written(store: DiskStore, folder: Path) -> None:
    reader = DiskStore.open(folder)
    for change in (
        lambda: reader.replace_dataset(ONE, many([1])),
        lambda: reader.replace_all({}, record=NOTHING_KNOWN),
        lambda: reader.update("CLEAR ALL"),
    ):
        with pytest.raises(StoreUnavailable, match="for reading only"):
            change()


def test_the_manifest_says_what_is_held(store: DiskStore) -> None:
    source = Source(path="data/one.ttl", sha256="0" * 64)
    record = Record(datasets={ONE: (source,)}, validated=True, ontology_version="1.2")
    store.replace_datasets({ONE: many(range(4)), TWO: many(range(2, 5)), THREE: []}, record=record)
    held = store.manifest
    assert [(entry.iri, entry.triples, entry.sources) for entry in held.datasets] == [
        (ONE.value, 4, (source,)),
        (TWO.value, 3, ()),
    ]
    assert (held.triples, held.validated, held.ontology_version, held.updates) == (5, True, "1.2", 0)
    assert set(held.files) == {path.name for path in Path(store.location).iterdir()}
    store.replace_dataset(TWO, many(range(9)))
    assert store.manifest.validated is False
    assert store.manifest.entry(ONE) == held.entry(ONE)
    store.replace_datasets({TWO: many(range(9))}, record=record)
    assert store.manifest.validated is True, "a load validates what comes joined to what is held"


def test_the_hash_depends_on_the_data_alone(store: DiskStore, tmp_path: Path) -> None:
    store.replace_dataset(ONE, many(range(50)))
    store.replace_dataset(TWO, many(range(20)))
    store.replace_dataset(ONE, many(range(5)))
    other = DiskStore.create(tmp_path / "other")
    other.replace_datasets({TWO: reversed(many(range(20))), ONE: many(range(5)) * 2})
    assert other.manifest.hash == store.manifest.hash
    quads = [Quad(x.subject, x.predicate, x.object, d) for d in (ONE, TWO) for x in store.triples(d)]
    assert store.manifest.hash == canonical_hash(quads)


@pytest.mark.parametrize("kept", [0, 2, 400])
def test_both_ways_of_replacing_give_the_same(tmp_path: Path, kept: int) -> None:
    """Taking triples out, or writing the others anew: which is chosen depends on the sizes."""
    disk, memory = DiskStore.create(tmp_path / "store"), EmbeddedStore.in_memory()
    for store in (disk, memory):
        store.replace_datasets({ONE: many(range(20)), TWO: many(range(10, 10 + kept))})
        store.replace_datasets({ONE: many(range(15, 25)), THREE: many(range(3))})
        store.replace_datasets({THREE: []})
    assert is_worth_removing(20, kept) == (kept == 400)
    for dataset in (None, ONE, TWO, THREE):
        assert set(disk.triples(dataset)) == set(memory.triples(dataset))
    assert disk.datasets() == memory.datasets()
    assert disk.check().ok


VALUES = [
    Literal("12.50", datatype=NamedNode(XSD("decimal"))),
    Literal("007", datatype=NamedNode(XSD("integer"))),
    Literal("7", datatype=NamedNode(XSD("nonNegativeInteger"))),
    Literal("2020-01-01T00:00:00.000+00:00", datatype=NamedNode(XSD("dateTime"))),
    Literal("1", datatype=NamedNode(XSD("boolean"))),
    Literal("not a number", datatype=NamedNode(XSD("integer"))),
    Literal('« "^^<http://x.org/no> . »', datatype=NamedNode(X + "type")),
    Literal("_:no blank node _:x .\n"),
    Literal("x", language="fr-FR"),
    NamedNode(X + "été"),
    BlankNode("b"),
]


def test_terms_of_every_kind_are_stored_and_hashed_as_they_are_read_back(store: DiskStore) -> None:
    subject, predicate = NamedNode(X + "s"), NamedNode(X + "p")
    triples = [Triple(subject, predicate, value) for value in VALUES]
    triples += [Triple(BlankNode("b"), predicate, value) for value in VALUES]
    triples.append(Triple(subject, predicate, Literal("x" * 4_000_000)))
    memory = EmbeddedStore.in_memory()
    memory.replace_datasets({ONE: triples, TWO: triples[:3]})
    store.replace_datasets({ONE: triples, TWO: triples[:3]})
    assert set(store.triples()) == set(memory.triples())
    report = store.check()
    assert report.ok, report.problems
    store.replace_dataset(TWO, [])
    assert store.check().ok


def test_a_dataset_that_cannot_be_read_to_its_end_leaves_everything_as_it_was(
    store: DiskStore, folder: Path
) -> None:
    store.replace_dataset(ONE, many(range(3)))

    def failing(error: BaseException) -> Iterator[Triple]:
        yield from many(range(100, 12_000))
        raise error

    before = store.manifest
    for error in (RuntimeError("broke off"), OSError(5, "broke off"), UsageError(fr="", en="broke off")):
        for replace in (
            lambda error=error: store.replace_datasets({TWO: many([7]), ONE: failing(error)}),
            lambda error=error: store.replace_all({ONE: failing(error)}, record=NOTHING_KNOWN),
        ):
            with pytest.raises(type(error), match="broke off") as caught:
                replace()
            assert caught.value is error
    with pytest.raises(KeyboardInterrupt):
        store.replace_datasets({ONE: failing(KeyboardInterrupt())})
    assert store.manifest == before
    assert generations(folder) == ["000002"]
    store.replace_dataset(TWO, many([7]))
    assert store.size() == 4


def test_what_dead_writers_left_is_removed_by_the_next(store: DiskStore, folder: Path) -> None:
    store.replace_dataset(ONE, many(range(3)))
    store.close()
    (folder / "generations" / ".000003" / "work").mkdir(parents=True)
    (folder / "generations" / ".000003" / "work" / "1.sst").write_bytes(b"half")
    (folder / "generations" / "000003" / "db").mkdir(parents=True)  # published, and not yet in force
    (folder / "generations" / "000003" / "readers").touch()
    (folder / "generations" / ".current").symlink_to("generations/000003")
    with DiskStoreOpen(folder) as writer:
        assert generations(folder) == ["000002"]
        writer.replace_dataset(TWO, many([5]))
    assert generations(folder) == ["000003"]
    assert sorted(path.name for path in folder.iterdir()) == [
        "current",
        "generations",
        "lock",
        "rte-store.json",
    ]


class DiskStoreOpen:
    """A store opened for writing inside a with block."""

    def __init__(self, folder: Path) -> None:
        self._store = DiskStore.open(folder, write=True)

    def __enter__(self) -> DiskStore:
        return self._store

    def __exit__(self, *error: object) -> None:
        self._store.close()


@pytest.mark.parametrize("target", ["../elsewhere", "/tmp", "generations/..", "generations/x", "generations"])
def test_a_current_that_leads_elsewhere_is_refused(
    store: DiskStore, folder: Path, tmp_path: Path, target: str
) -> None:
    store.close()
    elsewhere = DiskStore.create(tmp_path / "other")
    elsewhere.close()
    (tmp_path / "elsewhere").symlink_to(tmp_path / "other" / "generations" / "000001")
    (folder / "current").unlink()
    (folder / "current").symlink_to(target)
    with pytest.raises(StoreDamaged):
        DiskStore.open(folder)


@pytest.mark.parametrize("step", ["generations", "generations/000001", "generations/000001/db"])
def test_a_link_on_the_way_to_the_data_is_refused(
    store: DiskStore, folder: Path, tmp_path: Path, step: str
) -> None:
    store.close()
    (folder / step).rename(tmp_path / "moved")
    (folder / step).symlink_to(tmp_path / "moved")
    with pytest.raises(StoreDamaged):
        DiskStore.open(folder)


@pytest.mark.parametrize("missing", ["current", "generations", "generations/000001/db"])
def test_a_store_without_one_of_its_parts_says_so(store: DiskStore, folder: Path, missing: str) -> None:
    store.close()
    (folder / missing).rename(folder / "gone")
    with pytest.raises(StoreDamaged, match="rte-graph rebuild"):
        DiskStore.open(folder)


def test_a_damaged_store_is_made_anew(store: DiskStore, folder: Path) -> None:
    store.replace_dataset(ONE, many(range(2000)))
    good = store.manifest
    for path in engine_files(store):
        flip(path)
    store.close()
    damages = (
        lambda: flip(folder / "current" / "manifest.json"),
        lambda: (folder / "current" / "manifest.json").unlink(),
        lambda: (folder / "current").unlink(),
        lambda: None,
    )
    for damage in damages:
        damage()
        with DiskStoreOpen(folder) as writer:
            writer.replace_all({ONE: many(range(2000))}, record=NOTHING_KNOWN)
            assert writer.manifest.hash == good.hash
            assert writer.check().ok
        assert len(generations(folder)) == 1
        store = DiskStore.open(folder)
        for path in engine_files(store):
            flip(path)
        store.close()


def test_replacing_all_leaves_nothing_of_before(store: DiskStore) -> None:
    store.replace_dataset(ONE, many(range(10)))
    store.update(f"INSERT DATA {{ <{X}a> <{X}p> 1 }}")
    record = Record(datasets={}, validated=True, ontology_version="2.0")
    store.replace_all({TWO: many(range(3))}, record=record)
    assert store.datasets() == (TWO,)
    assert store.size() == 3
    held = store.manifest
    assert (held.validated, held.updates, held.ontology_version) == (True, 0, "2.0")


def test_sources_are_recorded_so_that_a_moved_folder_finds_them(tmp_path: Path) -> None:
    store, file = tmp_path / "project" / "rte-store", tmp_path / "project" / "data" / "a.ttl"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"abc")
    source = Source.of(file, store)
    assert source.path == "data/a.ttl"
    assert source.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert source.resolve(store) == file
    assert source.resolve(tmp_path / "moved" / "rte-store") == tmp_path / "moved" / "data" / "a.ttl"
    (tmp_path / "elsewhere.ttl").touch()
    outside = Source.of(tmp_path / "elsewhere.ttl", store)
    assert outside.path == str(tmp_path / "elsewhere.ttl")
    assert outside.resolve(store) == tmp_path / "elsewhere.ttl"


def test_errors_of_a_store_come_in_both_languages(tmp_path: Path) -> None:
    with pytest.raises(RteError) as caught:
        DiskStore.open(tmp_path / "nothing")
    assert "n’est pas une base rte-graph" in caught.value.message("fr")
    assert str(tmp_path / "nothing") in caught.value.message("fr")


def test_where_files_cannot_be_locked_it_is_said_in_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "fcntl", None)
    with pytest.raises(StoreUnavailable, match="Linux or macOS"):
        DiskStore.create(folder)
    assert not folder.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="everything may be written by root")
def test_a_folder_that_may_not_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StoreUnavailable, match="access denied"):
        DiskStore.create(tmp_path / "store")
    tmp_path.chmod(0o700)


def test_a_closed_store_is_not_used(store: DiskStore) -> None:
    store.close()
    for use in (
        store.check,
        lambda: store.manifest,
        lambda: store.location,
        lambda: store.update("CLEAR ALL"),
    ):
        with pytest.raises(InternalError):
            use()


def test_nothing_is_put_in_force_before_it_is_on_the_disk(
    store: DiskStore, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a power cut would show, and a kill does not."""
    store.replace_dataset(ONE, many(range(5)))
    synced: list[tuple[int, str]] = []
    in_force: list[int] = []
    sync, point = layout.sync, layout.point_current_to

    def counting_sync(path: Path) -> None:
        sync(path)
        synced.append((path.stat().st_ino, path.name))

    def counting_point(*words: Path) -> None:
        in_force.append(len(synced))
        point(*words)

    monkeypatch.setattr(layout, "sync", counting_sync)
    monkeypatch.setattr(layout, "point_current_to", counting_point)
    before = {path.stat().st_ino for path in engine_files(store)}
    store.replace_dataset(TWO, many(range(500)))
    earlier = {inode for inode, _ in synced[: in_force[0]]}
    generation = (folder / "current").resolve()
    for path in (generation, *generation.rglob("*"), generation.parent):
        inode = path.stat().st_ino
        assert inode in earlier or (inode in before and path.suffix == ".sst"), path
    assert synced[in_force[0] :] == [(folder.stat().st_ino, folder.name)]


def test_triples_are_those_of_the_moment_when_they_were_asked(store: DiskStore) -> None:
    store.replace_dataset(ONE, [t("a", 1)])
    triples = store.triples()
    store.replace_dataset(ONE, [t("a", 2)])
    assert list(triples) == [t("a", 1)]
