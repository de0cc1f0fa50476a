"""The process in which rules run on a stranger's data: ``python -P -m rte_graph.exchange.child``.

The rules are ours, but data made for it can make joins that never end: this process can be killed.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import RawIOBase
from typing import IO, Any, cast

from pyoxigraph import QueryTriples, RdfFormat, Store, serialize

from rte_graph.errors import SizeLimit
from rte_graph.worker.inside import Task, confine, serve

SEPARATOR = b"#--\n"


def run(task: Task) -> None:
    """Load N-Quads and answer each query with N-Triples and a line that ends them."""
    request = task.request
    store = Store()
    store.bulk_load(cast(IO[bytes], _Reader(task.data())), format=RdfFormat.N_QUADS, lenient=True)
    confine(memory_bytes=request["memory_bytes"], seconds=request["seconds"])
    for piece in answers(store, request["queries"], request["most"]):
        task.send(piece)
    task.end()


def answers(store: Store, queries: list[str], most: int) -> Iterator[bytes]:
    """Yield the answer of each query, then the line that ends it.

    Raises
    ------
    SizeLimit
        A query gives more than ``most`` triples.
    """
    for query in queries:
        yield serialize(_counted(store.query(query), most), format=RdfFormat.N_TRIPLES) or b""
        yield SEPARATOR


def _counted(result: Any, most: int) -> Iterator[Any]:
    assert isinstance(result, QueryTriples)
    for count, triple in enumerate(result):
        if count >= most:
            raise SizeLimit(
                fr=f"Une règle donnerait plus de {most} triplets : un nœud du fichier a trop de valeurs pour "
                "une propriété qui n’en a qu’une ; corrigez-le.",
                en=f"A rule would give more than {most} triples: a node of the file has too many values for "
                "a property that has one only; correct it.",
            )
        yield triple


class _Reader(RawIOBase):
    """What arrives in pieces, as a file to read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer with what is there."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


if __name__ == "__main__":
    serve(run)
