"""Parse a file that is open into pieces of N-Triples: what the child sends, whole lines at a time."""

from __future__ import annotations

import io
import mmap
from collections import deque
from collections.abc import Iterator
from itertools import islice

from pyoxigraph import Quad, QuadParser, RdfFormat, Triple, parse, serialize

from rte_graph.errors import RteError
from rte_graph.rdf_io import refusals
from rte_graph.rdf_io.explain import explain
from rte_graph.rdf_io.guards import check_contexts, check_nesting, nests
from rte_graph.rdf_io.labels import Labels
from rte_graph.rdf_io.source import Source, check_text

_LINES_BYTES = 1 << 18
_BATCH = 1024


def checked_pieces(source: Source, nesting: int) -> Iterator[bytes]:
    """Yield a stranger's file as N-Triples, after the guards.

    Raises
    ------
    UnreadableData, NestingLimit, SizeLimit
        The file is broken, nests deeper than ``nesting``, or holds one piece too long for the parser.
    """
    check_text(source)
    check_nesting(source, nesting)
    if source.form == RdfFormat.JSON_LD:
        check_contexts(source)
    labels = Labels(source)
    try:
        if source.form == RdfFormat.N_TRIPLES:
            yield from _line_pieces(source, labels)
        else:
            yield from _statement_pieces(source, labels)
    except MemoryError as error:
        if "buffer maximal size" not in str(error):
            raise
        raise refusals.too_long_a_piece(source.path) from error
    source.check_unchanged()


def triples_of(source: Source) -> list[Triple]:
    """Return the triples of a file of the package, without limits and without a detour."""
    check_text(source)
    try:
        found = [quad.triple for quad in _parsed(source)]
    except SyntaxError as error:
        raise _explained(source, error) from error
    return Labels(source).in_triples(found)


def _parsed(source: Source) -> QuadParser:
    content = source.content
    stream = content if isinstance(content, mmap.mmap) else io.BytesIO(content)
    stream.seek(source.start)
    return parse(stream, format=source.form, without_named_graphs=True)  # type: ignore[arg-type]


def _statement_pieces(source: Source, labels: Labels) -> Iterator[bytes]:
    try:
        quads = _parsed(source)
        while batch := list(islice(quads, _BATCH)):
            yield labels.in_text(_written(source, batch))
    except SyntaxError as error:
        raise _explained(source, error) from error


def _line_pieces(source: Source, labels: Labels) -> Iterator[bytes]:
    """Yield N-Triples as they stand once the parser has accepted them; written anew only where needed."""
    content, position = source.content, source.start
    while position < len(content):
        lines = _lines(source, position)
        try:
            quads = parse(lines, format=RdfFormat.N_TRIPLES)
            if (b"_" in lines and b"_:" in lines) or nests(lines):
                yield labels.in_text(_written(source, list(quads)))
            else:
                deque(quads, maxlen=0)
                yield lines
        except SyntaxError as error:
            raise _explained(source, error, before=source.line_at(position) - 1) from error
        position += len(lines)


def _lines(source: Source, position: int) -> bytes:
    """Return some whole lines: a piece of the usual size, or one line when it is longer."""
    content, end = source.content, position + _LINES_BYTES
    if end < len(content):
        end = (content.rfind(b"\n", position, end) + 1) or (content.find(b"\n", end) + 1) or len(content)
    return content[position:end]


def _written(source: Source, quads: list[Quad]) -> bytes:
    lines = serialize(quads, format=RdfFormat.N_QUADS)
    assert lines is not None
    if b"<<(" in lines and any(isinstance(quad.object, Triple) for quad in quads):
        raise refusals.triple_terms(source.path)
    return lines


def _explained(source: Source, error: SyntaxError, *, before: int = 0) -> RteError:
    line = error.lineno + before if error.lineno else None
    return explain(source.path, error, line, source.line(line) if line else "")
