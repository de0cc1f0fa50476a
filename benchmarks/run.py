"""Measure rte-graph against the libraries beneath it, side by side in one run.

Usage: ``python -m benchmarks.run [--size S] [--only WORD]… [--repeat 5] [--clock cpu]`` (``--help`` for more)

Prints one line a task: best of the bare library, best of ours, their ratio, and whether the target is met.
Ratios are what counts: absolute times drift with the machine, and the runs of the two alternate, so that both
meet the same noise. Inputs are made once and kept in DIR (M needs 5 GB there, its comparison with L 25 GB).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.inputs import Inputs
from benchmarks.measuring import CLOCKS, Line, Task, as_record, peak_memory, run_task, timed, together
from benchmarks.synthetic import SIZES, Size
from rte_graph.settings import ENVIRONMENT_PREFIX

WORK = Path(tempfile.gettempdir()) / "rte-graph-benchmarks"
TINY = Size(initiatives=20, actors=12)
ROOM = {
    "MAX_FILE_BYTES": 10**11,
    "MAX_TRIPLES": 10**9,
    "MAX_PARSE_SECONDS": 10**5,
    "MAX_PARSE_MEMORY_BYTES": 10**12,
}
"""What a measured process may read: limits against strangers' files are not what is measured."""


def all_tasks() -> list[Task]:
    """Return every task, in the order of the table."""
    from benchmarks import (
        load_tasks,
        measure_tasks,
        network_tasks,
        query_tasks,
        result_tasks,
        snapshot_tasks,
        start_tasks,
    )

    modules = (
        load_tasks,
        query_tasks,
        result_tasks,
        start_tasks,
        network_tasks,
        snapshot_tasks,
        measure_tasks,
    )
    return [task for module in modules for task in module.tasks()]


def chosen(options: argparse.Namespace) -> list[Task]:
    """Return the tasks that the options ask for."""
    small = options.size in ("S", "tiny")
    return [
        task
        for task in all_tasks()
        if (small or not task.small_only) and (not options.only or task.name.startswith(tuple(options.only)))
    ]


def measure(task: Task, side: str, inputs: Inputs, options: argparse.Namespace) -> dict[str, Any]:
    """Do the work of one measuring process."""
    pair, clock = task.prepare(inputs), CLOCKS[options.clock]
    if side == "both":
        return together(pair, options.repeat, clock)
    seconds, work = timed(getattr(pair, side), clock)
    return {"seconds": seconds, "peak": peak_memory(), "work": work}


HEADINGS = f"{'task':34}{'bare library':46}{'bare':>10}{'ours':>10}{'ratio':>8}{'target':>8}  verdict"


def shown(line: Line) -> str:
    """Return a line of the table."""
    ratio = "" if line.problem else f"{line.ratio:.2f}"
    target = "" if line.target is None else f"{line.target:.2f}"
    if line.of_memory:
        bare, ours = (f"{(peak or 0) / 1e6:.0f} MB" for peak in (line.bare_peak, line.ours_peak))
    else:
        bare, ours = (duration(seconds) for seconds in (line.bare_seconds, line.ours_seconds))
    text = f"{line.task:34}{line.bare:46}{bare:>10}{ours:>10}{ratio:>8}{target:>8}  {line.verdict}"
    notes = []
    if line.work and not line.problem:
        notes.append(f"{line.work} at {_rate(line.work, line.bare_seconds)} and")
        notes.append(f"{_rate(line.work, line.ours_seconds)}/s")
    if line.bare_peak and line.ours_peak and not line.of_memory:
        notes.append(f"peak {line.bare_peak / 1e6:.0f} and {line.ours_peak / 1e6:.0f} MB")
    if line.problem:
        notes.append(line.problem)
    return f"{text}  {' '.join(notes)}".rstrip()


def duration(seconds: float) -> str:
    """Return seconds as people read them.

    >>> duration(0.00123), duration(2.5)
    ('1.23 ms', '2.50 s')
    """
    return f"{seconds * 1e3:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"


def _rate(work: int, seconds: float) -> str:
    rate = work / seconds if seconds else 0
    return f"{rate / 1e6:.2f} M" if rate >= 1e6 else f"{rate / 1e3:.1f} k"


def machine() -> dict[str, str]:
    """Return what the numbers depend on."""
    names = ["pyoxigraph", "rdflib", "numpy", "scipy", "networkx", "openpyxl", "click"]
    names += [name for name in ("pyarrow", "numba", "rustworkx") if find_spec(name)]
    return {
        "cores": str(os.cpu_count()),
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        **{name: version(name) for name in names},
    }


def main() -> None:
    options = _options()
    size = TINY if options.size == "tiny" else SIZES[options.size]
    for name, value in ROOM.items():
        os.environ.setdefault(ENVIRONMENT_PREFIX + name, str(value))
    inputs = Inputs(folder=options.work, size=size)
    if options.child:
        task = next(task for task in all_tasks() if task.name == options.child[0])
        print(json.dumps(measure(task, options.child[1], inputs, options)))
        return
    if options.list:
        print("\n".join(f"{task.name:34}{task.bare}" for task in chosen(options)))
        return
    print(", ".join(f"{name} {value}" for name, value in machine().items()))
    print(
        f"size {options.size}: {size.initiatives} initiatives, {size.actors} actors\n{HEADINGS}", flush=True
    )
    lines = []
    for task in chosen(options):
        same = ["--size", options.size, "--work", str(options.work), "--clock", options.clock]
        lines.append(run_task(task, same, options.repeat))
        print(shown(lines[-1]), flush=True)
    if options.json:
        record = {
            "machine": machine(),
            "size": options.size,
            "clock": options.clock,
            "tasks": [as_record(line) for line in lines],
        }
        options.json.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    sys.exit(1 if any(line.problem for line in lines) else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", choices=[*sorted(SIZES), "tiny"], default="S")
    parser.add_argument(
        "--only", action="append", default=[], metavar="WORD", help="tasks whose names begin so"
    )
    parser.add_argument("--repeat", type=int, default=5, help="runs of each side; the best counts")
    parser.add_argument("--clock", choices=sorted(CLOCKS), default="wall", help="cpu: on a busy machine")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers here too")
    parser.add_argument("--work", type=Path, default=WORK, metavar="DIR", help="where inputs are kept")
    parser.add_argument("--list", action="store_true", help="name the tasks and stop")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
