"""The same data give the same site, whatever the order of sets in memory and however many processes write."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from observatory import write_folder


def published_by(home: Path, name: str, seed: int, jobs: int) -> dict[str, str]:
    """Digests of the files of the tutorial's site, written by a process of its own."""
    words = ["publish", "--data", "donnees", "--out", name, "--jobs", str(jobs)]
    environment = os.environ | {"PYTHONHASHSEED": str(seed)}
    subprocess.run(
        [sys.executable, "-m", "rte_graph.cli", *words],
        cwd=home,
        env=environment,
        check=True,
        capture_output=True,
    )
    folder = home / name
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.slow
def test_the_site_is_the_same_by_one_process_and_by_two_with_other_hash_seeds(tmp_path: Path) -> None:
    write_folder(tmp_path)
    first = published_by(tmp_path, "one", seed=1, jobs=1)
    second = published_by(tmp_path, "two", seed=4242, jobs=2)
    assert len(first) > 400
    assert {path for path in first if first[path] != second.get(path)} == set()
    assert first.keys() == second.keys()
