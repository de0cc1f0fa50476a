"""The child that parses a stranger's JSON: ``python -P -m rte_graph.ingest.communes_child``."""

from __future__ import annotations

from pathlib import Path

from rte_graph.ingest.communes_file import rows_of, written
from rte_graph.rdf_io.source import opened
from rte_graph.worker.inside import Task, confine, serve


def read(task: Task) -> None:
    """Send the communes of a file."""
    asked = task.request
    with opened(Path(asked["path"]), shown=Path(asked["shown"]), most=asked["file_bytes"]) as source:
        confine(memory_bytes=asked["memory_bytes"], seconds=asked["seconds"])
        rows, left_out = rows_of(source, asked["nesting"])
        task.send(written(rows))
    task.end({"left_out": left_out})


if __name__ == "__main__":
    serve(read)
