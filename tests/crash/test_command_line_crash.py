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
from contextlib import closing
from dataclasses import dataclass, field
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
@prefix organisation-kind: <https://w3id.org/rte/vocab/organisation-kind/> .
"""


@dataclass(slots=True)
class Folder:
    """A working folder with files to load, and what each state of the store hashes to."""

    path: Path
    random: random.Random = field(default_factory=lambda: random.Random(SEED))
    killed: int = 0
    tried: int = 0
    pace: float = 1.0

    @property
    def store(self) -> Path:
        return self.path / "rte-store"

    @property
    def project(self) -> Path:
        return self.path / "rte.toml"

    def write(self, name: str, edition: int, size: int = 4_000) -> Path:
        """Write a file of organisations; another edition has other names."""
        lines = [
            f"<https://x.example/{name}/{n}> a rte:Organisation ; rte:kind organisation-kind:association ;"
            f' skos:prefLabel "{name} {edition} {n}"@fr .'
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
        """Run a command and kill it at a random moment; tell whether it was done before."""
        process = subprocess.Popen(
            [*COMMAND, *words], cwd=self.path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            # Not among the imports at the beginning, where nothing can go wrong.
            code = process.wait(timeout=duration * self.pace * self.random.uniform(0.4, 1.0))
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        assert code in (0, -signal.SIGKILL)
        self.killed += code != 0
        self.tried += 1
        # A machine that has less to do than when the command was timed is done sooner.
        self.pace *= 0.8 if code == 0 else 1.0
        return code == 0

    def goes_on(self) -> bool:
        """Tell whether more kills are wanted; a machine grown faster must not go on for ever."""
        assert self.tried < 5 * KILLS, "hardly any kill comes in time"
        return self.killed < KILLS

    def hash(self) -> str:
        with closing(DiskStore.open(self.store)) as store:
            return store.manifest.hash

    def demand_sound(self) -> None:
        """Demand that the store opens and is checked clean, and that rte.toml is whole or absent."""
        if self.project.exists():
            assert tomllib.loads(self.project.read_text(encoding="utf-8")) == {"store": "rte-store"}
        with closing(DiskStore.open(self.store)) as store:
            assert [problem.en for problem in store.check().problems] == []


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(path=tmp_path)


def test_a_first_load_killed_at_any_moment_leaves_nothing_or_all(folder: Folder) -> None:
    folder.write("a", 1)
    load = ("load", "a.ttl", "--no-shapes")
    duration = folder.run(*load)
    after = folder.hash()
    while folder.goes_on():
        shutil.rmtree(folder.store)
        folder.project.unlink(missing_ok=True)
        acknowledged = folder.kill(duration, *load)
        made = DiskStore.is_store(folder.store)
        loaded = made and folder.hash() == after
        assert loaded or not acknowledged, "acknowledged and lost"
        assert loaded or not folder.project.exists(), "rte.toml names a store without data"
        if made:
            folder.demand_sound()
        if not loaded:
            folder.run(*load)
            assert folder.hash() == after


@pytest.mark.parametrize("words", [("load", "a.ttl", "--no-shapes"), ("rebuild",)], ids=lambda w: w[0])
def test_a_change_killed_at_any_moment_leaves_the_old_or_the_new_state(
    folder: Folder, words: tuple[str, ...]
) -> None:
    folder.write("other", 1, 200)
    hashes, duration = {}, 0.0
    for edition in (1, 2):
        folder.write("a", edition)
        folder.run("load", "a.ttl", "other.ttl", "--no-shapes")
        duration = folder.run(*words)
        hashes[folder.hash()] = edition
    held = 2
    while folder.goes_on():
        new = 3 - held
        folder.write("a", new)
        acknowledged = folder.kill(duration, *words)
        held = hashes[folder.hash()]
        assert held == new or not acknowledged, "acknowledged and lost"
        folder.demand_sound()


def test_of_two_writers_the_second_is_told_to_wait_in_one_sentence(folder: Folder) -> None:
    folder.write("a", 1, 200)
    folder.run("load", "a.ttl", "--no-shapes")
    writer = DiskStore.open(folder.store, write=True)
    try:
        for words in (("load", "a.ttl", "--no-shapes"), ("load", "a.ttl"), ("rebuild",)):
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
    folder = Folder(path=tmp_path)
    folder.write("a", 1, 200)
    folder.write("large", 1, 40_000)
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
