"""Measure two ways of doing one thing side by side: in one process, or each run in a process of its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from benchmarks.inputs import Inputs

Call = Callable[[], Any]
"""Does the work and returns how much it did (rows, triples): both sides must have done the same."""

SIDES = ("bare", "ours")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """The same work done by the library alone and by us, ready to run."""

    bare: Call
    ours: Call


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One line of the table.

    Attributes
    ----------
    name, bare : str
        What is measured, and what it is measured against.
    prepare : callable
        Opens and builds what both sides need, which is not timed.
    target : float or None
        Largest ratio (ours / bare) that is wanted; None for what is only told.
    apart : bool
        Whether each run has a process of its own, which is what memory and start-up ask for. Otherwise the
        runs of both sides alternate in one process.
    of_memory : bool
        Whether the ratio is that of the peaks of memory, not of the times.
    once : bool
        Whether one run of each side is enough.
    small_only : bool
        Whether it would take too long on anything larger than S.
    """

    name: str
    bare: str
    prepare: Callable[[Inputs], Pair]
    target: float | None = None
    apart: bool = False
    of_memory: bool = False
    once: bool = False
    small_only: bool = False


@dataclass(slots=True, kw_only=True)
class Line:
    """What was measured: best seconds of each side, work done, peak memory where a process had its own."""

    task: str
    bare: str
    target: float | None
    bare_seconds: float = 0.0
    ours_seconds: float = 0.0
    work: int | None = None
    bare_peak: int | None = None
    ours_peak: int | None = None
    problem: str = ""
    of_memory: bool = False

    @property
    def ratio(self) -> float:
        """Ours / bare: of seconds, or of memory where that is what the task is about."""
        if self.of_memory:
            return (self.ours_peak or 0) / (self.bare_peak or 1)
        return self.ours_seconds / self.bare_seconds if self.bare_seconds else float("nan")

    @property
    def verdict(self) -> str:
        """Whether the target is met."""
        if self.problem:
            return "not run"
        if self.target is None:
            return ""
        return "met" if self.ratio <= self.target else "MISSED"


def elapsed() -> float:
    """Return the seconds on the clock."""
    return time.perf_counter()


def spent() -> float:
    """Return the seconds of processor that this process and its children have taken.

    What a busy machine gives to others does not count; what several cores do at once counts as often.
    """
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ended = sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, whose))
    return ended + sum(_spent_by(child) for child in _living_children())


def _living_children() -> list[str]:
    """Return the numbers of children that run still, where the system tells (Linux)."""
    return [pid for file in Path("/proc/self/task").glob("*/children") for pid in file.read_text().split()]


def _spent_by(pid: str) -> float:
    ticks = 0
    for file in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        with suppress(OSError):  # it may end while we look
            ticks += int(file.read_text().split()[0])
    return ticks / 1e9


CLOCKS: dict[str, Callable[[], float]] = {"wall": elapsed, "cpu": spent}


def together(pair: Pair, repeat: int, clock: Callable[[], float] = elapsed) -> dict[str, Any]:
    """Run both sides in turns in this process and return the best time of each."""
    best = dict.fromkeys(SIDES, float("inf"))
    work: dict[str, Any] = {}
    for _ in range(repeat):
        for side in SIDES:
            seconds, work[side] = timed(getattr(pair, side), clock)
            best[side] = min(best[side], seconds)
    return {"best": best, "work": work}


def timed(call: Call, clock: Callable[[], float] = elapsed) -> tuple[float, Any]:
    """Run once; return the seconds and what was done."""
    start = clock()
    done = call()
    return clock() - start, done


def peak_memory() -> int:
    """Return the most memory that this process, or a child that it waited for, has held, in bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in whose) * unit


def run_task(task: Task, arguments: list[str], repeat: int) -> Line:
    """Measure a task in processes of its own."""
    line = Line(task=task.name, bare=task.bare, target=task.target, of_memory=task.of_memory)
    repeat = 1 if task.once else repeat
    try:
        if task.apart:
            _apart(line, arguments, repeat)
        else:
            answer = child([*arguments, "--child", task.name, "both", "--repeat", str(repeat)])
            _note(line, answer["best"], answer["work"])
    except ChildFailedError as failure:
        line.problem = str(failure)
    return line


def _apart(line: Line, arguments: list[str], repeat: int) -> None:
    best, peak, work = dict.fromkeys(SIDES, float("inf")), dict.fromkeys(SIDES, sys.maxsize), {}
    for _ in range(repeat):
        for side in SIDES:
            answer = child([*arguments, "--child", line.task, side])
            best[side] = min(best[side], answer["seconds"])
            peak[side] = min(peak[side], answer["peak"])
            work[side] = answer["work"]
    line.bare_peak, line.ours_peak = peak["bare"], peak["ours"]
    _note(line, best, work)


def _note(line: Line, best: dict[str, float], work: dict[str, Any]) -> None:
    line.bare_seconds, line.ours_seconds = best["bare"], best["ours"]
    if work["bare"] != work["ours"]:
        line.problem = f"the two did different work: {work['bare']} against {work['ours']}"
    elif type(work["ours"]) is int:
        line.work = work["ours"]


class ChildFailedError(Exception):
    """A measuring process ended without an answer."""


def child(arguments: list[str]) -> dict[str, Any]:
    """Run the harness in a new process and return what it answers on its last line."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.run", *arguments], capture_output=True, text=True, check=False
    )
    lines = done.stdout.strip().splitlines()
    if done.returncode != 0 or not lines:
        errors = done.stderr.strip().splitlines()
        raise ChildFailedError(errors[-1] if errors else f"exit code {done.returncode}")
    answer: dict[str, Any] = json.loads(lines[-1])
    return answer


def as_record(line: Line) -> dict[str, Any]:
    """Return a line for a program to read."""
    return {**asdict(line), "ratio": line.ratio, "verdict": line.verdict}
