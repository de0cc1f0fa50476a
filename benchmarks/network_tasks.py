"""The tasks of ``benchmarks/network.py`` as lines of the common table."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks import network
from benchmarks.inputs import Inputs
from benchmarks.measuring import Call, Pair, Task

NAMES = {
    "biadjacency": "scipy csr_array + numpy unique",
    "degree": "numpy bincount",
    "overlap of 50 targets": "scipy product of the biadjacency",
    "closeness": "scipy shortest_path",
    "betweenness": "networkx betweenness",
    "eigenvector": "scipy eigsh of the smaller gram",
    "pagerank": "networkx pagerank, same tolerance",
    "five rankings": "these four calls",
}


def tasks() -> list[Task]:
    """Return the tasks of this module."""
    return [
        Task(name="network-" + name.replace(" ", "-"), bare=bare, prepare=_prepared(name), target=1.2)
        for name, bare in NAMES.items()
    ]


def _prepared(name: str) -> Callable[[Inputs], Pair]:
    def prepare(inputs: Inputs) -> Pair:
        # Measures that walk all pairs take minutes on anything larger: one size for all.
        sources, targets = min(400, inputs.size.actors), min(600, inputs.size.initiatives)
        drawn = network.heavy_tailed(sources, targets, 4 * sources)
        found = (*network.array_tasks(drawn), *network.graph_tasks(drawn))
        direct, ours = next((task[2], task[3]) for task in found if task[0] == name)
        return Pair(bare=_silent(direct), ours=_silent(ours))

    return prepare


def _silent(call: Call) -> Call:
    def run() -> None:
        call()

    return run
