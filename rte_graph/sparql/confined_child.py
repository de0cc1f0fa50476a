"""The process in which a typed query runs: ``python -P -m rte_graph.sparql.confined_child``.

It opens or is fed the data, gives up its rights, and sends the result as lines: TSV for a table, N-Triples
for a graph, both written by the engine. All imports stand at the top: later no file can be opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import RawIOBase
from typing import IO, cast

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
)

from rte_graph.errors import StoreUnavailable, UnreadableQuery
from rte_graph.sparql.syntax import syntax_error
from rte_graph.worker.inside import Task, confine, serve

_PIECE = 1 << 16
_loaded: Store | None = None


def handle(task: Task) -> None:
    """Load data, or run a query on what was loaded before or on a store on disk."""
    global _loaded
    request = task.request
    if request["do"] == "load":
        _loaded = Store()
        _loaded.bulk_load(cast(IO[bytes], _Reader(task.data())), format=RdfFormat.N_QUADS)
        task.end()
        return
    folder = request["folder"]
    store = _opened(folder) if folder is not None else _loaded
    assert store is not None
    confine(memory_bytes=request["memory_bytes"], seconds=request["seconds"], files=folder is not None)
    try:
        _answer(task, store)
    except (SyntaxError, ValueError, RuntimeError, OSError) as error:
        raise _meaning(error, request["text"]) from error


def _opened(folder: str) -> Store:
    try:
        return Store.read_only(folder)
    except (OSError, RuntimeError, ValueError) as error:
        raise _failure(error) from error


def _answer(task: Task, store: Store) -> None:
    request = task.request
    result = store.query(request["text"], prefixes=request["prefixes"])
    if isinstance(result, QueryBoolean):
        task.header({"kind": "boolean", "value": bool(result)})
        task.end({"cut": None, "rows": 0})
        return
    lines = _Lines(task, rows=request["rows"], size=request["bytes"])
    try:
        if isinstance(result, QuerySolutions):
            task.header({"kind": "table", "columns": [variable.value for variable in result.variables]})
            lines.leave_out_first()
            result.serialize(cast(IO[bytes], lines), format=QueryResultsFormat.TSV)
        else:
            assert isinstance(result, QueryTriples)
            task.header({"kind": "graph"})
            result.serialize(cast(IO[bytes], lines), format=RdfFormat.N_TRIPLES)
        lines.flush_all()
    except _Enough:
        pass
    task.end({"cut": lines.cut, "rows": lines.rows})


class _Enough(Exception):  # noqa: N818 - not an error: the result is as long as it may be
    """Stops the engine."""


class _Lines(RawIOBase):
    """Sends whole lines, as many as are allowed."""

    def __init__(self, task: Task, *, rows: int, size: int) -> None:
        self.cut: str | None = None
        self.rows = 0
        self._task = task
        self._rows_left = rows
        self._bytes_left = size
        self._held = bytearray()
        self._heading = False

    def leave_out_first(self) -> None:
        """Do not send the first line: the names of the columns."""
        self._heading = True

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        """Take what the engine wrote; it may end within a line."""
        self._held += piece
        if len(self._held) >= _PIECE:
            self._send_lines()
        return len(piece)

    def flush_all(self) -> None:
        """Send what is left."""
        self._send_lines()

    def _send_lines(self) -> None:
        if self._heading:
            end = self._held.find(b"\n") + 1
            if not end:
                return
            del self._held[:end]
            self._heading = False
        whole = self._held[: self._held.rfind(b"\n") + 1]
        if whole:
            self._send(bytes(whole))
            del self._held[: len(whole)]
        if len(self._held) > self._bytes_left:
            self._stop("bytes")

    def _send(self, lines: bytes) -> None:
        reason = None
        if len(lines) > self._bytes_left:
            lines, reason = lines[: lines.rfind(b"\n", 0, self._bytes_left) + 1], "bytes"
        rows = lines.count(b"\n")
        if rows > self._rows_left:
            lines, reason = _first(lines, self._rows_left), "rows"
            rows = self._rows_left
        self._task.send(lines)
        self.rows += rows
        self._rows_left -= rows
        self._bytes_left -= len(lines)
        if reason is not None:
            self._stop(reason)

    def _stop(self, reason: str) -> None:
        self.cut = reason
        raise _Enough


def _first(lines: bytes, count: int) -> bytes:
    return b"".join(line + b"\n" for line in lines.split(b"\n", count)[:count])


class _Reader(RawIOBase):
    """The data that the parent sends, as a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """Return some of the next piece; nothing at the end."""
        if not self._held:
            self._held = next(self._pieces, b"")
        if size < 0:
            size = len(self._held)
        given, self._held = self._held[:size], self._held[size:]
        return given


def _meaning(error: Exception, text: str) -> UnreadableQuery | StoreUnavailable:
    """Tell a text that the engine does not understand from a store that fails."""
    if isinstance(error, SyntaxError | ValueError) or "is not supported" in str(error):
        return syntax_error(text, str(error), fr="Requête", en="Query") or UnreadableQuery(
            fr=f"La requête n’est pas du SPARQL lisible ({error}) : corrigez son texte.",
            en=f"The query is not readable SPARQL ({error}): correct its text.",
        )
    return _failure(error)


def _failure(error: Exception) -> StoreUnavailable:
    return StoreUnavailable(
        fr=f"La base n’a pas pu répondre ({error}) : réessayez ; si cela dure, « rte-graph check » dit si "
        "elle est endommagée.",
        en=f"The store could not answer ({error}): try again; if it lasts, “rte-graph check” says whether it "
        "is damaged.",
    )


if __name__ == "__main__":
    serve(handle)
