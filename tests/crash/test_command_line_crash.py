"""Commands killed at random moments: a store is as before or as after, and nothing acknowledged is lost.

The store's own crash test kills commits without end; here whole commands die, with all that they leave
around the store: ``rte.toml``, a folder just made, a child that reads files.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import pytest

from rte_graph.store import DiskStore

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs signals of POSIX"),
]
COMMAND = [sys.executable, "-m", "rte_graph.cli"]
KILLS = 6
SEED = 2026
PREFIXES = """\
@prefix rte: <https://w3id.org/rte/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


@dataclass(slots=True)
class Folder:
    """A working folder with files to load, and what each state of the store hashes to."""

    path: Path
    random: random.Random

    @property
    def store(self) -> Path:
        return self.path / "rte-store"

    def write(self, name: str, edition: int, size: int = 20_000) -> Path:
        """Write a file of organisations; another edition has other names."""
        lines = [
            f'<https://x.example/{name}/{n}> a rte:Organisation ; skos:prefLabel "{name} {edition} {n}"@fr .'
            for n in range(size)
        ]
        path = self.path / f"{name}.ttl"
        path.write_text(PREFIXES + "\n".join(lines) + "\n", encoding="utf-8")
        return path

    def run(self, *words: str) -> float:
        """Run a command to its end; return how long it took."""
        begun = perf_counter()
        done = subprocess.run([*COMMAND, *words], cwd=self.path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return perf_counter() - begun

    def kill(self, duration: float, *words: str) -> bool:
        """Run a command and kill it at a random moment; tell whether it ended well before."""
        process = subprocess.Popen(
            [*COMMAND, *words], cwd=self.path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            # The end, where the store is written, is killed more often than the imports at the beginning.
            return process.wait(timeout=duration * self.random.uniform(0.2, 1.1) ** 0.7) == 0
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return False

    def hash(self) -> str:
        store = DiskStore.open(self.store)
        try:
            return store.manifest.hash
        finally:
            store.close()

    def demand_sound(self) -> None:
        """Demand that the store opens, answers and is checked clean, and that rte.toml is whole or absent."""
        project = self.path / "rte.toml"
        if project.exists():
            assert tomllib.loads(project.read_text(encoding="utf-8")) == {"store": "rte-store"}
        done = subprocess.run(
            [*COMMAND, "check", "--store", "rte-store"],
            cwd=self.path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(path=tmp_path, random=random.Random(SEED))


def test_a_first_load_killed_at_any_moment_leaves_nothing_or_all(folder: Folder) -> None:
    folder.write("a", 1)
    load = ("load", "a.ttl", "--no-shapes")
    duration = folder.run(*load)
    after = folder.hash()
    seen = set()
    for _ in range(KILLS):
        shutil.rmtree(folder.store)
        (folder.path / "rte.toml").unlink(missing_ok=True)
        ended = folder.kill(duration, *load)
        made = DiskStore.is_store(folder.store)
        loaded = made and folder.hash() == after
        seen.add(loaded)
        assert loaded or not ended, "acknowledged and lost"
        if made:
            folder.demand_sound()
            assert loaded or not (folder.path / "rte.toml").exists(), "rte.toml names a store without data"
        if not ended:
            folder.run(*load)
            assert folder.hash() == after
            folder.demand_sound()
    assert False in seen, "no kill came in time: the moments are badly chosen"


def test_a_replacement_killed_at_any_moment_leaves_the_old_or_the_new_dataset(folder: Folder) -> None:
    folder.write("other", 1, 200)
    load = ("load", "a.ttl", "--no-shapes")
    hashes, duration = {}, 0.0
    for edition in (1, 2):
        folder.write("a", edition)
        duration = folder.run("load", "a.ttl", "other.ttl", "--no-shapes")
        hashes[edition] = folder.hash()
    held = 2
    killed = 0
    for _ in range(KILLS):
        new = 3 - held
        folder.write("a", new)
        ended = folder.kill(duration, *load)
        killed += not ended
        found = folder.hash()
        assert found in hashes.values()
        assert found == hashes[new] or not ended, "acknowledged and lost"
        held = next(edition for edition, known in hashes.items() if known == found)
        folder.demand_sound()
    assert killed, "no kill came in time: the moments are badly chosen"


def test_a_rebuild_killed_at_any_moment_leaves_the_old_or_the_new_store(folder: Folder) -> None:
    hashes, duration = {}, 0.0
    for edition in (1, 2):
        folder.write("a", edition)
        folder.run("load", "a.ttl", "--no-shapes") if edition == 1 else None
        duration = folder.run("rebuild")
        hashes[edition] = folder.hash()
    held = 2
    killed = 0
    for _ in range(KILLS):
        new = 3 - held
        folder.write("a", new)
        ended = folder.kill(duration, "rebuild")
        killed += not ended
        found = folder.hash()
        assert found in hashes.values()
        assert found == hashes[new] or not ended, "acknowledged and lost"
        held = next(edition for edition, known in hashes.items() if known == found)
        folder.demand_sound()
    assert killed, "no kill came in time: the moments are badly chosen"


def test_of_two_writers_the_second_is_told_to_wait_in_one_sentence(folder: Folder) -> None:
    folder.write("a", 1, 200)
    folder.run("load", "a.ttl", "--no-shapes")
    writer = DiskStore.open(folder.store, write=True)
    try:
        for words in (("load", "a.ttl", "--no-shapes"), ("rebuild",)):
            done = subprocess.run(
                [*COMMAND, *words], cwd=folder.path, capture_output=True, text=True, check=False
            )
            assert (done.returncode, done.stdout) == (69, "")
            assert done.stderr.startswith("rte-graph")
            assert done.stderr.count("\n") == 1
        folder.demand_sound()  # reading needs no permission
    finally:
        writer.close()
    folder.run("load", "a.ttl", "--no-shapes")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few megabytes."""
    mounted = tmp_path / "disk"
    mounted.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(mounted)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"no small disk may be mounted here: {done.stderr.strip()}")
    yield mounted
    subprocess.run(["umount", str(mounted)], check=True)


def test_a_full_disk_gets_one_sentence_and_reads_go_on(tmp_path: Path, small_disk: Path) -> None:
    folder = Folder(path=tmp_path, random=random.Random(SEED))
    folder.write("a", 1, 200)
    folder.write("large", 1, 150_000)
    store = small_disk / "store"
    option = ("--store", str(store))
    folder.run("load", "a.ttl", "--no-shapes", *option)
    before = sorted((store / "generations").iterdir())
    for words in (("load", "large.ttl"), ("load", "a.ttl", "large.ttl")):
        done = subprocess.run(
            [*COMMAND, *words, "--no-shapes", *option],
            cwd=folder.path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (69, ""), done.stderr
        assert done.stderr.count("\n") == 1
        assert "disque" in done.stderr
        assert sorted((store / "generations").iterdir()) == before, "room is given back"
        folder.run("check", *option)
        folder.run("query", "run", "organisations", *option)
    new = small_disk / "new"
    done = subprocess.run(
        [*COMMAND, "load", "large.ttl", "--no-shapes", "--store", str(new)],
        cwd=folder.path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 69
    assert not new.exists(), "nothing is left behind"
