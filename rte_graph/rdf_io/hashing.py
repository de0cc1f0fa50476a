"""One hash for a set of statements, whatever the order, the files and the names of blank nodes."""

from __future__ import annotations

import hashlib
import tempfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import BlankNode, Quad, RdfFormat, Triple, serialize

from rte_graph.rdf_io.blank_nodes import canonical_lines

# Lines sorted in memory at a time: some 40 MB of text. More of them are merged from temporary files.
RUN_LINES = 200_000
_BATCH = 10_000
_BLOCK_BYTES = 1 << 20


def canonical_hash(quads: Iterable[Quad], *, folder: Path | None = None) -> str:
    """Return the SHA-256 of the canonical N-Quads (RDFC-1.0) of some quads, in hexadecimal.

    Parameters
    ----------
    quads : iterable of Quad
        Read once; a quad that comes twice counts once.
    folder : path, optional
        Where sorted runs stand while they wait for the merge; by default the system's temporary folder.

    Notes
    -----
    Memory is flat in the number of quads without blank nodes: ground quads do not influence the labels that
    RDFC-1.0 gives, so only quads with blank nodes are canonicalised, in memory. Where that would take too
    long, something else is hashed: see :func:`rte_graph.rdf_io.blank_nodes.canonical_lines`.

    References
    ----------
    Longley, D., Kellogg, G., Yamamoto, D. (eds.), RDF Dataset Canonicalization, W3C Recommendation, 2024.
    https://www.w3.org/TR/rdf-canon/

    Examples
    --------
    >>> from pyoxigraph import NamedNode
    >>> a = NamedNode("http://example.org/a")
    >>> hashlib.sha256(b"<http://example.org/a> <http://example.org/a> _:c14n0 .\\n").hexdigest() == (
    ...     canonical_hash([Quad(a, a, BlankNode("x"))])
    ... )
    True
    """
    with CanonicalHasher(folder=folder) as hasher:
        for quad in quads:
            hasher.add(quad)
        return hasher.hexdigest()


class CanonicalHasher:
    """Takes quads one by one, in any order; see :func:`canonical_hash`."""

    def __init__(self, *, folder: Path | None = None) -> None:
        self._folder = folder
        self._waiting: list[Quad] = []
        self._lines: list[bytes] = []
        self._blank: list[Quad] = []
        self._runs: list[BinaryIO] = []

    def __enter__(self) -> CanonicalHasher:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Remove the temporary files."""
        for run in self._runs:
            run.close()
        self._runs = []

    def add(self, quad: Quad) -> None:
        """Take one quad."""
        self._waiting.append(quad)
        if len(self._waiting) >= _BATCH:
            self._write()

    def add_lines(self, lines: list[bytes]) -> None:
        """Take canonical lines, which must name no blank node."""
        self._lines += lines
        if len(self._lines) >= RUN_LINES:
            self._spill()

    def hexdigest(self) -> str:
        """Return the hash of all that was added; nothing can be added afterwards."""
        self._write()
        self.add_lines(canonical_lines(self._blank))
        self._blank = []
        digest = hashlib.sha256()
        if not self._runs:
            digest.update(b"".join(sorted(set(self._lines))))
            return digest.hexdigest()
        self._spill()
        last = b""
        for lines in _merged(self._runs):
            # A line stands once in a run, but may stand in several: equal lines are neighbours now.
            unique = list(dict.fromkeys(lines))
            if unique[0] == last:
                del unique[0]
            if unique:
                last = unique[-1]
                digest.update(b"".join(unique))
        return digest.hexdigest()

    def _write(self) -> None:
        """Turn the quads that wait into lines: many at once, which is faster than one by one."""
        text = n_quads(self._waiting)
        # Looking for the text first spares a look at the terms of most quads.
        if b"_:" in text:
            self._blank += [quad for quad in self._waiting if _has_blank_nodes(quad)]
            ground = (quad for quad in self._waiting if not _has_blank_nodes(quad))
            text = n_quads(ground)
        self._waiting = []
        self.add_lines(text.splitlines(keepends=True))

    def _spill(self) -> None:
        """Put the lines in a temporary file, sorted, each once."""
        run = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by close()
        self._runs.append(run)
        run.write(b"".join(sorted(set(self._lines))))
        run.seek(0)
        self._lines = []


def n_quads(statements: Iterable[Quad] | Iterable[Triple]) -> bytes:
    """Return statements as N-Quads, each as the recommendation on canonicalisation writes it."""
    return serialize(statements, format=RdfFormat.N_QUADS) or b""


def _has_blank_nodes(quad: Quad) -> bool:
    return any(isinstance(term, BlankNode) for term in (quad.subject, quad.object, quad.graph_name))


def _merged(runs: list[BinaryIO]) -> Iterator[list[bytes]]:
    """Yield the lines of sorted runs in order, in lists.

    A block of each run is read; all lines up to the smallest last line of a block can be given out. They are
    put in order by sort(), which merges what is sorted already, at many times the speed of a heap.
    """
    blocks = [_block(run) for run in runs]
    while True:
        waiting = [(block, run) for block, run in zip(blocks, runs, strict=True) if block]
        if not waiting:
            return
        bound = min(block[-1] for block, _ in waiting)
        ready: list[bytes] = []
        blocks, runs = [], []
        for block, run in waiting:
            cut = bisect_right(block, bound)
            ready += block[:cut]
            blocks.append(block[cut:] or _block(run))
            runs.append(run)
        ready.sort()
        yield ready


def _block(run: BinaryIO) -> list[bytes]:
    return run.readlines(_BLOCK_BYTES)
