"""Writers of a store on disk that are killed, or for which there is no room: nothing acknowledged is lost.

Whole commands are killed in test_command_line_crash.py; here commits alone are, at random moments and before
each single thing that they do to the file system.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest
from pyoxigraph import NamedNode, Triple

from rte_graph.errors import StoreFull, StoreLocked
from rte_graph.rdf_io import hashing
from rte_graph.store import UPDATES, DiskStore
from tests.store.disk_stores import NOTHING_KNOWN, ONE, THREE, TWO, X, generations, many, t

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals of POSIX"),
]
KILLS = 24
SEED = 2026
SIZE = 1_000
State = dict[NamedNode, set[Triple]]


def content(dataset: NamedNode, step: int, size: int = SIZE) -> list[Triple]:
    return [*many(range(step * 10, step * 10 + size)), t(dataset.value[-1], f"step {step}")]


def take(store: DiskStore, step: int) -> None:
    """Take one step: each kind of change in turn, beginning with one that forgets what was before."""
    match step % 5:
        case 0:
            store.replace_all({ONE: content(ONE, step), TWO: content(TWO, step)}, record=NOTHING_KNOWN)
        case 1:
            store.replace_dataset(ONE, content(ONE, step))
        case 2:
            store.replace_datasets({TWO: [], THREE: content(THREE, step, 10)})
        case 3:
            store.update(f"INSERT DATA {{ <{X}updated> <{X}p> 'step {step}' }}")
        case 4:
            store.replace_datasets({THREE: content(THREE, step, 20)})


def expected(step: int) -> State:
    """What the store holds after a step."""
    state: State = {}
    for taken in range(step - step % 5, step + 1):
        match taken % 5:
            case 0:
                state = {ONE: set(content(ONE, taken)), TWO: set(content(TWO, taken))}
            case 1:
                state[ONE] = set(content(ONE, taken))
            case 2:
                del state[TWO]
                state[THREE] = set(content(THREE, taken, 10))
            case 3:
                state[UPDATES] = {t("updated", f"step {taken}")}
            case 4:
                state[THREE] = set(content(THREE, taken, 20))
    return state


def held(store: DiskStore) -> State:
    return {dataset: set(store.triples(dataset)) for dataset in store.datasets()}


WRITER = """\
import sys
from pathlib import Path
from rte_graph.store import DiskStore
from tests.crash.test_store_crash import take
store = DiskStore.open(Path(sys.argv[1]), write=True)
step = int(sys.argv[2])
print("ready", flush=True)
while True:
    take(store, step)
    print(step, flush=True)
    step += 1
"""


def start(folder: Path, step: int, script: str = WRITER, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, str(folder), str(step), *words],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    DiskStore.create(tmp_path / "store").close()
    return tmp_path / "store"


def demand_step(folder: Path, steps: tuple[int, ...]) -> int:
    """Demand that a store is sound and holds what one of some steps left; return which."""
    reader = DiskStore.open(folder)
    assert reader.check().ok
    found = held(reader)
    (step,) = [step for step in steps if expected(step) == found] or [None]
    assert step is not None, f"neither of {steps}: { ({k.value: len(v) for k, v in found.items()}) }"
    reader.close()
    return step


def test_writers_killed_at_random_moments_lose_nothing_acknowledged_and_leave_nothing_half_done(
    folder: Path,
) -> None:
    chance = random.Random(SEED)
    store = DiskStore.open(folder, write=True)
    begun = perf_counter()
    for step in range(5):
        take(store, step)
    duration = (perf_counter() - begun) / 5
    store.close()
    step, in_flight = 4, 0
    for _ in range(KILLS):
        process = start(folder, step + 1)
        assert line(process) == "ready"
        for _ in range(chance.randrange(3)):
            step = int(line(process))
        try:
            process.wait(timeout=chance.uniform(0, 1.5 * duration))
            raise AssertionError("the writer ended by itself")
        except subprocess.TimeoutExpired:
            process.kill()
        assert process.stdout is not None
        acknowledged = process.stdout.read().split()
        process.wait()
        step = int(acknowledged[-1]) if acknowledged else step
        found = demand_step(folder, (step, step + 1))
        in_flight += found != step
        step = found
        writer = DiskStore.open(folder, write=True)
        assert len(generations(folder)) == 1, "the leftovers of the dead writer are still there"
        step += 1
        take(writer, step)
        assert held(writer) == expected(step)
        writer.close()
    print(f"{KILLS} kills; {in_flight} of them after the commit and before its acknowledgement")


# Kills itself before the nth thing that Python does to the file system; the engine's own are not seen.
CAREFUL = """\
import os, signal, sys
from pathlib import Path
from rte_graph.store import DiskStore
from tests.crash.test_store_crash import take
folder, step, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
moved = None
CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.link", "os.truncate"}
done = 0
def count(event, words):
    global done, moved
    writes = event == "open" and words[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if event in CHANGES or (writes and str(words[0]).startswith(folder)):
        done += 1
        if event == "os.rename" and str(words[1]).endswith("/current"):
            moved = done
        if done == last:
            os.kill(os.getpid(), signal.SIGKILL)
store = DiskStore.open(Path(folder), write=True)
sys.addaudithook(count)
take(store, step)
print(done, moved, flush=True)
"""


@pytest.mark.parametrize("step", [5, 1, 3])
def test_a_writer_killed_before_each_single_thing_that_it_does_leaves_the_old_or_the_new(
    folder: Path, step: int
) -> None:
    store = DiskStore.open(folder, write=True)
    first = step - step % 5 if step % 5 else 0
    for taken in range(first, step):
        take(store, taken)
    store.close()
    before = folder.with_name("before")
    shutil.copytree(folder, before, symlinks=True)
    process = start(folder, step, CAREFUL, "0")
    things, moved = map(int, line(process).split())
    assert process.wait() == 0
    assert 20 < moved < things - 5, "the count misses what is done"
    found = []
    # Around the moment when the generation is put in force, one by one.
    for last in sorted({*range(1, things, 10), *range(moved - 3, moved + 4), things}):
        shutil.rmtree(folder)
        shutil.copytree(before, folder, symlinks=True)
        process = start(folder, step, CAREFUL, str(last))
        assert line(process) == ""
        assert process.wait() == -signal.SIGKILL
        found.append(demand_step(folder, (step - 1, step)))
        writer = DiskStore.open(folder, write=True)
        assert len(generations(folder)) == 1
        writer.close()
    assert found == sorted(found)
    assert {*found} == {step - 1, step}, "no kill came before, or none after the generation was put in force"


def test_a_creation_killed_before_each_single_thing_can_be_repeated(tmp_path: Path) -> None:
    script = CAREFUL.replace("DiskStore.open(Path(folder), write=True)", "None").replace(
        "take(store, step)", "DiskStore.create(Path(folder))"
    )
    process = start(tmp_path / "store", 0, script, "0")
    things, moved = map(int, line(process).split())
    assert 10 < moved < things
    for last in sorted({*range(1, things, 4), *range(moved - 1, things + 1)}):
        shutil.rmtree(tmp_path / "store")
        process = start(tmp_path / "store", 0, script, str(last))
        assert process.wait() == -signal.SIGKILL
        if not DiskStore.is_store(tmp_path / "store"):
            DiskStore.create(tmp_path / "store").close()
        store = DiskStore.open(tmp_path / "store", write=True)
        assert store.check().ok
        assert store.size() == 0
        store.close()


def test_a_second_writer_waits_for_nobody_and_gets_in_when_the_first_is_dead(folder: Path) -> None:
    process = start(folder, 0)
    assert line(process) == "ready"
    with pytest.raises(StoreLocked, match="Another process is writing"):
        DiskStore.open(folder, write=True)
    process.kill()
    process.wait()
    DiskStore.open(folder, write=True).close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True).returncode != 0:
        pytest.skip("needs the right to mount a small disk")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def leave_free(disk: Path, free: int) -> Path:
    """Fill a disk but for some bytes; return the file that does it."""
    ballast = disk / "ballast"
    state = os.statvfs(disk)
    with ballast.open("wb") as handle:
        os.posix_fallocate(handle.fileno(), 0, max(1, state.f_bavail * state.f_frsize - free))
    return ballast


@pytest.mark.parametrize("free", [0, 200_000, 500_000, 1_500_000])
def test_where_the_disk_is_full_the_store_stays_as_it_was_until_there_is_room(
    small_disk: Path, free: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashing, "RUN_LINES", 5_000)  # the hash writes to that disk too
    folder = small_disk / "store"
    writer = DiskStore.create(folder)
    writer.replace_datasets({ONE: many(range(500)), TWO: many(range(400, 600))})
    before = writer.manifest
    reader = DiskStore.open(folder)
    ballast = leave_free(small_disk, free)
    large = {ONE: many(range(100_000))}
    for change in (
        lambda: writer.replace_datasets(large),
        lambda: writer.replace_all(large, record=NOTHING_KNOWN),
        lambda: writer.update(
            f"INSERT {{ ?s <{X}q> ?b }} WHERE {{ ?s ?p ?a . ?t <{X}p> ?o BIND(CONCAT(?o, ?a) AS ?b) }}"
        ),
    ):
        with pytest.raises(StoreFull, match="no room left") as caught:
            change()
        assert caught.value.exit_code == 69
        assert generations(folder) == ["000002"]
        assert writer.manifest == before
        for store in (reader, writer, DiskStore.open(folder)):
            assert (store.size(), len(list(store.triples(TWO)))) == (600, 200)
    assert reader.check().ok
    if free < 100_000:
        with pytest.raises(StoreFull, match="not enough room"):
            writer.backup(small_disk / "copy")
    assert sorted(path.name for path in small_disk.iterdir()) == ["ballast", "store"]
    ballast.unlink()
    writer.replace_dataset(ONE, many(range(100)))
    writer.backup(small_disk / "copy")
    assert DiskStore.open(small_disk / "copy").check().ok
    assert writer.check().ok


def test_a_store_is_not_made_on_a_full_disk_and_is_afterwards(small_disk: Path) -> None:
    ballast = leave_free(small_disk, 0)
    with pytest.raises(StoreFull):
        DiskStore.create(small_disk / "store")
    ballast.unlink()
    DiskStore.create(small_disk / "store").close()
    assert DiskStore.open(small_disk / "store").size() == 0


def test_a_reader_opens_a_store_on_a_full_disk(small_disk: Path) -> None:
    writer = DiskStore.create(small_disk / "store")
    writer.replace_dataset(ONE, many(range(500)))
    writer.close()
    leave_free(small_disk, 0)
    reader = DiskStore.open(small_disk / "store")
    assert len(list(reader.triples())) == 500
    assert reader.check().ok
