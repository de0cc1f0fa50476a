"""Give datasets to the engine's bulk loader as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from itertools import islice

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

from rte_graph.rdf_io.hashing import n_quads

Datasets = Mapping[NamedNode, Iterable[Triple]]

_DEFAULT = DefaultGraph()
_BATCH = 10_000
# The loader refuses lines of more than 16 MB; below, both copies of a line stay far from that.
_LONG = 4_000_000


class Feed:
    """A file of N-Quads for the bulk loader: each triple in its dataset and in the default graph.

    Text costs the loader less than objects. Triples with blank nodes, to which the loader would give other
    names, and very long ones are set aside as objects, to be added after.

    Parameters
    ----------
    datasets : mapping
        What to write, read once, in order.
    note : callable, optional
        Told the lines of the datasets (not those of the default graph) as they go by.
    """

    def __init__(self, datasets: Datasets, note: Callable[[list[bytes]], None] | None = None) -> None:
        self._datasets = iter(datasets.items())
        self._note = note
        self._name: NamedNode | None = None
        self._triples: Iterator[Triple] = iter(())
        self._text = BytesIO()
        self.aside: list[Quad] = []
        # What goes wrong while the triples are read is kept apart: it is no fault of the store.
        self.broken: list[BaseException] = []

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, none at the end."""
        while not (found := self._text.read(size)) and self._next():
            pass
        return found

    def _next(self) -> bool:
        """Prepare some more text; return False at the end."""
        try:
            batch = list(islice(self._triples, _BATCH))
            if not batch:
                self._name, triples = next(self._datasets, (None, ()))
                self._triples = iter(triples)
        except BaseException as error:
            self.broken.append(error)
            raise
        if batch and self._name is not None:
            self._text = BytesIO(self._written(batch, self._name))
        return self._name is not None

    def _written(self, batch: list[Triple], name: NamedNode) -> bytes:
        text = n_quads(batch)
        # Looking at the text first spares a look at most triples.
        if b"_:" in text or len(text) > _LONG:
            aside = {triple for triple in batch if _belongs_aside(triple)}
            for graph in (_DEFAULT, name):
                self.aside += [Quad(t.subject, t.predicate, t.object, graph) for t in aside]
            text = n_quads(t for t in batch if t not in aside)
        # No line end stands inside a line.
        named = text.replace(b" .\n", f" {name} .\n".encode())
        if self._note is not None:
            self._note(named.splitlines(keepends=True))
        return text + named


def _belongs_aside(triple: Triple) -> bool:
    terms = (triple.subject, triple.object)
    return any(isinstance(term, BlankNode) for term in terms) or len(str(triple)) > _LONG
