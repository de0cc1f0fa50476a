"""What the tests of stores on disk share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple
from pyoxigraph import Store as Engine

from rte_graph.store import DiskStore, Record
from rte_graph.store.manifest import MANIFEST, Manifest, file_hash, read_manifest, to_bytes

X = "http://x.org/"
# Files in memory, where there are any: hundreds of commits wait for no disk.
_SHARED_MEMORY = Path("/dev/shm")
ROOM = _SHARED_MEMORY if os.access(_SHARED_MEMORY, os.W_OK) else None
ONE, TWO, THREE = (NamedNode(f"{X}dataset/{n}") for n in (1, 2, 3))
NOTHING_KNOWN = Record(datasets={}, validated=True, ontology_version="1.0")


def t(subject: object, value: object) -> Triple:
    return Triple(NamedNode(f"{X}{subject}"), NamedNode(X + "p"), Literal(str(value)))


def many(numbers: Iterable[int]) -> list[Triple]:
    return [t(number, f"value {number}") for number in numbers]


def generations(folder: Path) -> list[str]:
    """What stands in the folder of generations, hidden things too."""
    return sorted(path.name for path in (folder / "generations").iterdir())


def engine_files(store: DiskStore) -> list[Path]:
    """The engine's files that hold something."""
    files = (store.folder / "current" / "db").resolve()
    return sorted(path for path in files.iterdir() if path.stat().st_size)


def flip(path: Path, at: float = 0.5) -> None:
    """Change one bit of a file."""
    raw = bytearray(path.read_bytes())
    raw[int(len(raw) * at)] ^= 1
    path.write_bytes(raw)


def rewrite(folder: Path, **fields: object) -> None:
    """Write other things into the manifest in force, sealed as if they were true."""
    path = folder / "current" / MANIFEST
    path.write_bytes(to_bytes(replace(read_manifest(path), **fields)))  # type: ignore[arg-type]


def tamper(folder: Path, change: str) -> None:
    """Run an update on the engine of the generation in force, and make the hashes of the files fit."""
    files = (folder / "current" / "db").resolve()
    engine = Engine(str(files))
    engine.update(change)
    engine.flush()
    del engine
    hashes = {
        path.name: file_hash(path)
        for path in files.iterdir()
        if not path.name.startswith(("LOG", "LOCK", "IDENTITY"))
    }
    rewrite(folder, files=hashes)


def manifest(folder: Path) -> Manifest:
    return read_manifest(folder / "current" / MANIFEST)


def python(script: str, *words: object, **options: object) -> subprocess.CompletedProcess[str]:
    """Run a script in another process, and wait for it."""
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        **options,  # type: ignore[call-overload]
    )
