"""The harness runs every task, at a size where that takes seconds; times are not asserted."""

from __future__ import annotations

import json
import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from benchmarks.measuring import Line, Pair, together
from benchmarks.run import ENVIRONMENT_PREFIX, ROOM, TINY, Inputs, Task, all_tasks, measure, shown

ROOT = Path(__file__).parents[2]


def harness(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.run", "--size", "tiny", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )


SOME = ("parse", "rows", "start-help")


def test_tasks_are_measured_in_processes_of_their_own_and_have_their_lines(tmp_path: Path):
    wanted = [task for task in all_tasks() if task.name.startswith(SOME)]
    only = [word for name in SOME for word in ("--only", name)]
    done = harness("--repeat", 1, *only, "--work", tmp_path, "--json", tmp_path / "numbers.json")
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    for task in wanted:
        assert any(line.startswith(f"{task.name} ") for line in lines), task.name
    numbers = json.loads((tmp_path / "numbers.json").read_text(encoding="utf-8"))
    assert len(numbers["tasks"]) == len(wanted)
    assert all(task["ratio"] > 0 for task in numbers["tasks"])


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    return Inputs(folder=tmp_path_factory.mktemp("benchmarks"), size=TINY)


@pytest.mark.parametrize("task", all_tasks(), ids=lambda task: task.name)
def test_both_sides_of_a_task_do_the_same_work(
    task: Task, inputs: Inputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ROOM.items():
        monkeypatch.setenv(ENVIRONMENT_PREFIX + name, str(value))
    measured = measure(task, "both", inputs, Namespace(repeat=1, clock="wall"))
    assert min(measured["best"].values()) > 0
    assert len(set(measured["work"].values())) == 1


def test_tasks_have_names_of_their_own():
    names = [task.name for task in all_tasks()]
    assert len(set(names)) == len(names)


def test_the_tasks_wanted_are_named_and_no_others(tmp_path: Path):
    done = harness("--only", "rows", "--list", "--work", tmp_path)
    assert {line.split("-")[0] for line in done.stdout.splitlines()} == {"rows"}


def test_a_task_that_fails_says_why_and_the_harness_does_not_succeed(tmp_path: Path):
    (tmp_path / "work").write_text("not a folder", encoding="utf-8")
    done = harness("--only", "point-lookup", "--repeat", 1, "--work", tmp_path / "work")
    assert done.returncode == 1
    assert "not run" in done.stdout
    assert "Error" in done.stdout


def test_two_sides_that_did_different_work_are_not_compared():
    answer = together(Pair(bare=lambda: 3, ours=lambda: 2), repeat=1)
    assert answer["work"] == {"bare": 3, "ours": 2}


def test_a_target_is_met_or_missed():
    line = Line(task="a", bare="b", target=1.5, bare_seconds=1.0, ours_seconds=1.5)
    assert line.verdict == "met"
    line.ours_seconds = 1.6
    assert line.verdict == "MISSED"
    assert "1.60" in shown(line)
