"""Readers of a store on disk: they keep what they opened, and need no right to write."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rte_graph.errors import StoreDamaged
from rte_graph.store import DiskStore
from tests.store.disk_stores import ONE, TWO, engine_files, flip, generations, many, python


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "rte-store"


@pytest.fixture
def writer(folder: Path) -> Iterator[DiskStore]:
    store = DiskStore.create(folder)
    store.replace_dataset(ONE, many(range(2000)))
    yield store
    store.close()


def test_a_reader_keeps_what_it_opened(writer: DiskStore, folder: Path) -> None:
    reader = DiskStore.open(folder)
    place = reader.location
    writer.replace_dataset(ONE, many(range(5)))
    writer.replace_dataset(TWO, many(range(9)))
    assert (reader.size(), writer.size()) == (2000, 9)
    assert reader.datasets() == (ONE,)
    assert reader.location == place
    assert DiskStore.open(folder).size() == 9


def test_a_generation_is_removed_when_its_last_reader_is_gone(writer: DiskStore, folder: Path) -> None:
    first, second = DiskStore.open(folder), DiskStore.open(folder)
    writer.replace_dataset(ONE, many(range(5)))
    first.close()
    writer.replace_dataset(ONE, many(range(6)))
    assert generations(folder) == ["000002", "000004"]
    second.close()
    writer.replace_dataset(ONE, many(range(7)))
    assert generations(folder) == ["000005"]


def test_rows_that_are_being_read_keep_their_generation(writer: DiskStore, folder: Path) -> None:
    reader = DiskStore.open(folder)
    rows = reader.select("SELECT ?o WHERE { ?s ?p ?o }").rows
    triples = reader.construct("CONSTRUCT WHERE { ?s ?p ?o }")
    quads = reader.triples(ONE)
    for results in (rows, triples, quads):
        next(results)
    reader.close()
    writer.replace_dataset(ONE, many(range(5)))
    assert generations(folder) == ["000002", "000003"]
    assert [sum(1 for _ in results) for results in (rows, triples, quads)] == [1999] * 3
    writer.replace_dataset(ONE, many(range(6)))
    assert generations(folder) == ["000004"]


def test_rows_that_nobody_reads_to_the_end_give_their_generation_back(
    writer: DiskStore, folder: Path
) -> None:
    reader = DiskStore.open(folder)
    solutions = reader.select("SELECT ?o WHERE { ?s ?p ?o }")
    next(solutions.rows)
    reader.close()
    del solutions
    gc.collect()
    writer.replace_dataset(ONE, many(range(5)))
    assert generations(folder) == ["000003"]


def test_reading_writes_nothing(writer: DiskStore, folder: Path) -> None:
    def state() -> list[tuple[str, int, int]]:
        return sorted((str(p), p.stat().st_mtime_ns, p.stat().st_size) for p in folder.rglob("*"))

    before = state()
    reader = DiskStore.open(folder)
    assert len(list(reader.triples())) == 2000
    assert reader.check().ok
    assert state() == before


READ = (
    "import sys; from pathlib import Path; from rte_graph.store import DiskStore\n"
    "store = DiskStore.open(Path(sys.argv[1]))\n"
    "print(store.size(), len(list(store.triples())), store.check().ok)\n"
    "try: DiskStore.open(Path(sys.argv[1]), write=True)\n"
    "except Exception as error: print(type(error).__name__, error)\n"
)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to become somebody else")
def test_a_store_is_read_by_somebody_who_may_not_write_it(writer: DiskStore, folder: Path) -> None:
    writer.close()
    # The interpreter and the package may stand where nobody else may look: the store is opened, then read.
    script = f"import os, rte_graph.store; os.setuid(65534)\n{READ}"
    for place in (folder, *folder.parents):
        if place.stat().st_uid == 0 and place not in (Path("/"), Path("/tmp")):
            place.chmod(0o755)
    done = python(script, folder)
    assert done.stdout.splitlines()[0] == "2000 2000 True", done.stderr
    assert "StoreUnavailable" in done.stdout
    assert "access denied" in done.stdout


def mounted(*words: str) -> bool:
    return shutil.which("mount") is not None and subprocess.run(words, capture_output=True).returncode == 0


def test_a_store_is_read_on_a_medium_that_cannot_be_written(writer: DiskStore, folder: Path) -> None:
    writer.close()
    place = folder.with_name("read-only")
    place.mkdir()
    if not mounted("mount", "--bind", str(folder), str(place)):
        pytest.skip("needs the right to mount")
    try:
        if not mounted("mount", "-o", "remount,bind,ro", str(place)):
            pytest.skip("needs the right to mount read-only")
        done = python(READ, place)
        assert done.stdout.splitlines()[0] == "2000 2000 True", done.stderr
        assert "read-only medium" in done.stdout
    finally:
        subprocess.run(["umount", str(place)], check=True)


READ_ON = (
    "import sys; from pathlib import Path; from rte_graph.store import DiskStore\n"
    "print('ready', flush=True)\n"
    "for line in sys.stdin:\n"
    "    store = DiskStore.open(Path(sys.argv[1]))\n"
    "    held = store.manifest.triples\n"
    "    assert len(list(store.triples())) == store.size() == held, (store.size(), held)\n"
    "    print(held, flush=True)\n"
)


@pytest.mark.slow
def test_many_processes_read_while_one_writes(writer: DiskStore, folder: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READ_ON, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        for _ in range(6)
    ]
    try:
        for reader in readers:
            assert reader.stdout is not None
            assert reader.stdin is not None
            assert reader.stdout.readline() == "ready\n"
            # All they are asked to do stands in the pipe: they open and read as fast as they can meanwhile.
            reader.stdin.write("read\n" * 60)
            reader.stdin.close()
        sizes = {2000}
        for number in range(20):
            writer.replace_dataset(ONE, many(range(100 + number)))
            sizes.add(100 + number)
        for reader in readers:
            assert reader.stdout is not None
            seen = [int(line) for line in reader.stdout]
            assert len(seen) == 60
            assert set(seen) <= sizes
            assert reader.wait() == 0
    finally:
        for reader in readers:
            reader.kill()
            reader.wait()
    writer.replace_dataset(ONE, many(range(3)))
    assert len(generations(folder)) == 1


# Each kind of use must stop at the same sentence: saved queries are ordered, a worker opens the location.
USES = {
    "triples": "list(store.triples())",
    "rows": "list(store.select('SELECT * { GRAPH ?g { ?s ?p ?o } } ORDER BY ?o').rows)",
    "ask": "store.ask('ASK { ?s ?p 1 }')",
    "datasets": "store.datasets()",
    "location": "store.location",
}


@pytest.mark.parametrize("use", USES)
def test_reading_a_damaged_store_gives_one_sentence(writer: DiskStore, folder: Path, use: str) -> None:
    """An ORDER BY over a damaged block would take all memory there is."""
    file = max(engine_files(writer), key=lambda path: path.stat().st_size)
    writer.close()
    flip(file)
    script = (
        "import resource, sys; from pathlib import Path; from rte_graph.errors import StoreDamaged\n"
        "from rte_graph.store import DiskStore\n"
        "resource.setrlimit(resource.RLIMIT_AS, (4_000_000_000,) * 2)\n"
        "store = DiskStore.open(Path(sys.argv[1]))\n"
        f"try: {USES[use]}\n"
        "except StoreDamaged as error: print(error.message('en'))\n"
    )
    done = python(script, folder, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"The store {folder} is damaged ({file}): see how with `rte-graph check`, "
        "and make it anew with `rte-graph rebuild`.\n"
    )


@pytest.mark.parametrize("place", [0.01, 0.5, 0.99])
def test_a_store_too_large_to_be_verified_at_once_never_gives_wrong_triples(
    writer: DiskStore, folder: Path, place: float
) -> None:
    """The engine checks each block that it reads: a damaged table is never taken for data."""
    files = engine_files(writer)
    writer.close()
    script = (
        "import sys; from pathlib import Path; from rte_graph.errors import *\n"
        "from rte_graph.store import generations\n"
        "from tests.store.disk_stores import *\n"
        "generations.VERIFIED_BYTES = 0\n"
        "try:\n"
        "    store = DiskStore.open(Path(sys.argv[1]))\n"
        "    assert set(store.triples()) == set(many(range(2000)))\n"
        "    assert store.datasets() == (ONE,)\n"
        "except StoreUnavailable as error: print(error.message('en'))\n"
    )
    for file in files:
        raw = file.read_bytes()
        flip(file, place)
        done = python(script, folder)
        assert (done.returncode, done.stderr) == (0, ""), (file.name, done.stderr)
        assert done.stdout.count("\n") <= 1
        file.write_bytes(raw)


@pytest.mark.parametrize("lost", ["current", "manifest.json", "readers", "db", "db/CURRENT"])
def test_a_store_that_lost_a_file_says_so(writer: DiskStore, folder: Path, lost: str) -> None:
    writer.close()
    path = folder / lost if lost == "current" else folder / "current" / lost
    path.rename(folder / "lost")
    with pytest.raises(StoreDamaged, match="rte-graph rebuild"):
        list(DiskStore.open(folder).triples())
