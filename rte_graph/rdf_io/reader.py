"""Read RDF files with limits; nothing is ever fetched.

One parser (Oxigraph's, 8 times as fast as rdflib's and stricter) serves the store and, converted, rdflib.
What is not the package's own is parsed in a child process with little memory and little time, which sends
N-Triples back: a file made to kill the parser kills that child.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, parse, serialize

from rte_graph.errors import RteError
from rte_graph.rdf_io import refusals
from rte_graph.rdf_io.limits import Limits
from rte_graph.rdf_io.pieces import checked_pieces, triples_of
from rte_graph.rdf_io.source import check_text, form_of, opened
from rte_graph.resources import is_packaged
from rte_graph.worker.deaths import Death
from rte_graph.worker.parent import Pool, available

_CHILDREN = Pool("rte_graph.rdf_io.child")
_triple = attrgetter("triple")


def parse_triples(path: Path | str) -> list[Triple]:
    """Return the triples of a Turtle, N-Triples or JSON-LD file, in the order of the file.

    Blank nodes are labelled after the file: files can be put together, and the same file gives the same
    labels.

    Raises
    ------
    UnknownName
        There is no such file.
    UnreadableData
        The file is broken, or of a format that is not read; the sentence gives the line.
    LimitReached
        The file is larger or nests deeper than the settings allow, or takes more time or memory to read
        (those of the package always fit).
    """
    return list(iter_triples(path))


def iter_triples(path: Path | str) -> Iterator[Triple]:
    """Yield the triples of a file as :func:`parse_triples` returns them, without holding them all.

    What is wrong further down in the file is raised when it is reached: triples were given out by then.
    Only the labels of blank nodes take memory that grows with the file, and not in this process.

    Raises
    ------
    UnknownName, UnreadableData, LimitReached
        As :func:`parse_triples`.
    """
    path = Path(path)
    form_of(path)  # a wrong name is told at once
    return _packaged_triples(path) if _packaged(path) else _strange_triples(path, Limits.in_force())


def iter_pieces(path: Path | str) -> Iterator[bytes]:
    """Yield a file as N-Triples, some hundred kilobytes of whole lines at a time.

    For what can be told by looking at the text: that costs a fraction of making triples. Comments, blank
    lines and escapes of a file of N-Triples are left as they stand. Limits and errors as for
    :func:`iter_triples`, but for the number of triples.
    """
    path = Path(path)
    form_of(path)
    if _packaged(path):
        return iter((serialize(_packaged_triples(path), format=RdfFormat.N_TRIPLES) or b"",))
    return _strange_pieces(path, Limits.in_force())


def triples_in(piece: bytes) -> list[Triple]:
    """Return the triples of a piece that :func:`iter_pieces` gave."""
    # The child's parser was strict; a name that it accepted needs no second look.
    return list(map(_triple, parse(piece, format=RdfFormat.N_TRIPLES, lenient=True)))


def read_text(path: Path) -> str:
    """Return the text of a file (UTF-8, byte order mark dropped), within the size limit."""
    most = None if _packaged(path) else Limits.in_force().file_bytes
    with opened(path, most=most) as source:
        check_text(source)
        return source.content[source.start :].decode()


def _packaged(path: Path) -> bool:
    try:
        return is_packaged(path)
    except (OSError, RuntimeError):  # links that go round in circles
        return False


def _packaged_triples(path: Path) -> Iterator[Triple]:
    with opened(path) as source:
        yield from triples_of(source)


def _strange_triples(path: Path, limits: Limits) -> Iterator[Triple]:
    number = 0
    for piece in _strange_pieces(path, limits):
        found = triples_in(piece)
        number += len(found)
        if number > limits.triples:
            raise refusals.too_many(path, limits.triples)
        yield from found


def _strange_pieces(path: Path, limits: Limits) -> Iterator[bytes]:
    size = 0
    for piece in _whole_lines(_pieces(path, limits)):
        size += len(piece)
        if size > limits.memory_bytes:  # long prefixes, short names: a few lines can stand for gigabytes
            raise refusals.too_hungry(path, limits.memory_bytes)
        yield piece


def _pieces(path: Path, limits: Limits) -> Iterator[bytes]:
    """Yield a file as N-Triples, from the child where there can be one."""
    if not available():
        with opened(path, most=limits.file_bytes) as source:
            yield from checked_pieces(source, limits.nesting)
        return
    request = {"path": str(path.absolute()), "shown": str(path), **dataclasses.asdict(limits)}

    def explain_death(death: Death) -> RteError | None:
        return _sentence(path, limits, death)

    with _CHILDREN.ask(request, seconds=limits.seconds, explain=explain_death) as answer:
        yield from answer


def _sentence(path: Path, limits: Limits, death: Death) -> RteError | None:
    if death.cause == "time":
        return refusals.too_slow(path, limits.seconds)
    if death.cause == "memory":
        return refusals.too_hungry(path, limits.memory_bytes)
    if death.cause == "nesting":
        # Linux sends this one when a file is cut short under whom reads it; a full stack gives SIGSEGV.
        cut_short = sys.platform == "linux" and "SIGBUS" in death.detail
        return refusals.changed(path) if cut_short else refusals.died_of_depth(path)
    return None


def _whole_lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Put together lines that travelled in several pieces."""
    held: list[bytes] = []
    for piece in pieces:
        held.append(piece)
        if piece.endswith(b"\n"):
            yield b"".join(held)
            held.clear()
    if held:
        yield b"".join(held)
