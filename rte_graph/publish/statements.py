"""Statements as sorted lines on disk: published, counted and compared without holding them in memory."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from types import TracebackType
from typing import IO, TYPE_CHECKING

from rte_graph.namespaces import ONTOLOGY_IRI

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Quad, Triple

    from rte_graph.store.base import Store

RUN_LINES = 200_000
"""Lines sorted in memory at a time; more of them are merged from temporary files."""
_BATCH = 10_000


class Statements:
    """Triples, each once, sorted as N-Triples: read them as often as needed, and close at the end.

    Parameters
    ----------
    triples : iterable of Triple
        Read once. Blank nodes are named by RDFC-1.0, so that the lines depend on the graph alone.

    Raises
    ------
    LimitReached
        Blank nodes are too tangled to be named so.

    Notes
    -----
    ``O(n log n)`` time; memory does not grow with the number of triples, but for those with blank nodes.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.blank = False
        self.count = 0
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by close()
        for line in _sorted(self._lines_of(triples)):
            self._file.write(line)
            self.count += 1
        self._file.flush()

    def __enter__(self) -> Statements:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Remove the temporary file."""
        self._file.close()

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of N-Triples, in the order of their bytes; one reader at a time."""
        self._file.seek(0)
        yield from self._file

    def triples(self) -> Iterator[Triple]:
        """Yield the triples in the order of their lines."""
        return triples_of(self.lines())

    def by_subject(self) -> Iterator[list[Triple]]:
        """Yield the triples of one subject after the other."""
        for _, group in groupby(self.triples(), key=lambda triple: str(triple.subject)):
            yield list(group)

    def _lines_of(self, triples: Iterable[Triple]) -> Iterator[bytes]:
        from pyoxigraph import BlankNode, Quad

        from rte_graph.rdf_io.hashing import n_quads

        tangled: list[Quad] = []
        source = iter(triples)
        while batch := list(islice(source, _BATCH)):
            text = n_quads(batch)
            # Looking for the text first spares a look at the terms of most triples.
            if b"_:" in text:
                ground: list[Quad] = []
                for t in batch:
                    blank = isinstance(t.subject, BlankNode) or isinstance(t.object, BlankNode)
                    (tangled if blank else ground).append(Quad(t.subject, t.predicate, t.object))
                text = n_quads(ground)
            yield from text.splitlines(keepends=True)
        if tangled:
            self.blank = True
            yield from _named(tangled)


def triples_of(lines: Iterable[bytes]) -> Iterator[Triple]:
    """Yield the triples that lines of N-Triples say."""
    from pyoxigraph import RdfFormat, parse

    source = iter(lines)
    while batch := list(islice(source, _BATCH)):
        for quad in parse(b"".join(batch), format=RdfFormat.N_TRIPLES):
            yield quad.triple


def own_datasets(store: Store) -> tuple[NamedNode, ...]:
    """Return the datasets that a store holds beside the ontology, sorted by IRI."""
    return tuple(each for each in store.datasets() if each.value != ONTOLOGY_IRI)


def data_triples(store: Store) -> Iterator[Triple]:
    """Yield what a store holds but for the ontology: each dataset in turn, a shared triple several times.

    A store without datasets (an endpoint that has only a default graph) gives all that it holds.
    """
    datasets = own_datasets(store)
    if not datasets:
        yield from store.triples()
    for dataset in datasets:
        yield from store.triples(dataset)


def _named(quads: list[Quad]) -> Iterator[bytes]:
    from rte_graph.errors import LimitReached
    from rte_graph.rdf_io.blank_nodes import canonical_lines

    for line in canonical_lines(quads):
        if not line.endswith(b" .\n"):
            raise LimitReached(
                fr="Les nœuds anonymes de ces données sont trop mêlés pour être nommés : donnez-leur "
                "des IRI.",
                en="The blank nodes of these data are too tangled to be named: give them IRIs.",
            )
        yield line


def _sorted(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines sorted, each once."""
    runs: list[IO[bytes]] = []
    held: set[bytes] = set()
    try:
        for line in lines:
            held.add(line)
            if len(held) >= RUN_LINES:
                runs.append(_run(held))
                held = set()
        last = b""
        for line in heapq.merge(*runs, sorted(held)):
            if line != last:
                yield line
            last = line
    finally:
        for run in runs:
            run.close()


def _run(lines: Iterable[bytes]) -> IO[bytes]:
    run: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the caller
    run.writelines(sorted(lines))
    run.seek(0)
    return run
