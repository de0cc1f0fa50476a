"""The child that parses strangers' files: ``python -P -m rte_graph.rdf_io.child``."""

from __future__ import annotations

from pathlib import Path

from rte_graph.rdf_io.pieces import checked_pieces
from rte_graph.rdf_io.source import opened
from rte_graph.worker.inside import Task, confine, serve


def read(task: Task) -> None:
    """Send a file as N-Triples."""
    asked = task.request
    with opened(Path(asked["path"]), shown=Path(asked["shown"]), most=asked["file_bytes"]) as source:
        confine(memory_bytes=asked["memory_bytes"], seconds=asked["seconds"])
        for piece in checked_pieces(source, asked["nesting"]):
            task.send(piece)
    task.end()


if __name__ == "__main__":
    serve(read)
