"""The child that parses files, met by a file at which it never stops working."""

from __future__ import annotations

from rte_graph.worker.inside import Task, confine, serve


def work_for_ever(task: Task) -> None:
    confine(memory_bytes=10**9, seconds=task.request["seconds"])
    while True:
        pass


if __name__ == "__main__":
    serve(work_for_ever)
