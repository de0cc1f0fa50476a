"""A copy of a store on disk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rte_graph.errors import StoreDamaged, StoreUnavailable, UsageError
from rte_graph.store import DiskStore, Record, Source, copying
from tests.store.disk_stores import ONE, TWO, engine_files, flip, many, t


@pytest.fixture
def store(tmp_path: Path) -> DiskStore:
    opened = DiskStore.create(tmp_path / "rte-store")
    opened.replace_datasets({ONE: many(range(300)), TWO: many(range(200, 400))})
    return opened


def test_a_copy_is_a_store_of_its_own(store: DiskStore, tmp_path: Path) -> None:
    target = tmp_path / "deep" / "copy"
    store.backup(target)
    copy = DiskStore.open(target, write=True)
    assert copy.check().ok
    assert copy.manifest == store.manifest
    assert not {path.stat().st_ino for path in engine_files(copy)} & {
        path.stat().st_ino for path in engine_files(store)
    }
    copy.replace_dataset(ONE, [t("a", 1)])
    assert (store.size(), copy.size()) == (400, 201)
    assert store.check().ok
    assert [path.name for path in target.parent.iterdir()] == ["copy"]


def test_a_reader_makes_a_copy_while_another_writes(store: DiskStore, tmp_path: Path) -> None:
    reader = DiskStore.open(store.folder)
    store.replace_dataset(ONE, [])
    (tmp_path / "empty").mkdir()
    reader.backup(tmp_path / "empty")
    assert DiskStore.open(tmp_path / "empty").size() == 400


def test_nothing_is_overwritten(store: DiskStore, tmp_path: Path) -> None:
    full, file, link = tmp_path / "full", tmp_path / "file", tmp_path / "link"
    full.mkdir()
    (full / "mine").touch()
    file.touch()
    link.symlink_to(tmp_path / "nowhere")
    for target in (full, file, link, store.folder):
        with pytest.raises(UsageError):
            store.backup(target)
    with pytest.raises(UsageError, match="inside the store"):
        store.backup(store.folder / "copy")
    assert [path.name for path in full.iterdir()] == ["mine"]


def test_a_damaged_store_is_not_copied(store: DiskStore, tmp_path: Path) -> None:
    flip(engine_files(store)[3])
    with pytest.raises(StoreDamaged, match="rte-graph check"):
        store.backup(tmp_path / "copy")
    engine_files(store)[3].unlink()
    with pytest.raises(StoreDamaged):
        store.backup(tmp_path / "copy")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rte-store"]


def test_a_copy_that_fails_leaves_nothing(
    store: DiskStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: Path) -> None:
        raise PermissionError(13, "no", str(path))

    monkeypatch.setattr(copying.layout, "sync", fail)
    with pytest.raises(StoreUnavailable, match="access denied"):
        store.backup(tmp_path / "copy")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["rte-store"]


def test_what_a_killed_copy_left_is_removed_by_the_next(store: DiskStore, tmp_path: Path) -> None:
    dead, alive = tmp_path / ".copy.0123abcd.unfinished", tmp_path / ".copy.89abcdef.unfinished"
    for folder in (dead, alive):
        (folder / "generations").mkdir(parents=True)
    lock = copying.layout.lock_for_writing(alive)
    store.backup(tmp_path / "copy")
    os.close(lock)
    assert not dead.exists()
    assert alive.exists(), "another process is still copying there"


def test_sources_are_found_from_where_the_copy_stands(store: DiskStore, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("data")
    record = Record(
        datasets={ONE: (Source.of(tmp_path / "a.ttl", store.folder),)}, validated=True, ontology_version=""
    )
    store.replace_datasets({ONE: [t("a", 1)]}, record=record)
    for target in (tmp_path / "copy", tmp_path / "other" / "copy"):
        store.backup(target)
        copy = DiskStore.open(target)
        (source,) = copy.manifest.datasets[0].sources
        assert source.resolve(target) == tmp_path / "a.ttl"
        assert copy.check().notes == ()
