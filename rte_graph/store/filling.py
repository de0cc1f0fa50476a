"""Fill the next generation of a store: what goes, what comes, and the hash of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from itertools import islice
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    RdfFormat,
    Triple,
)
from pyoxigraph import Store as Engine

from rte_graph.rdf_io.hashing import CanonicalHasher, n_quads
from rte_graph.store.folder import storage_errors
from rte_graph.store.generations import Draft, Generation
from rte_graph.store.manifest import Contents

_DEFAULT = DefaultGraph()
_BATCH = 10_000
# The loader refuses lines of more than 16 MB; below, both copies of a line stay far from that.
_LONG = 4_000_000
# Taking a triple out costs about as much as reading and writing three anew (measured).
_REMOVAL_COST = 3

Datasets = Mapping[NamedNode, Iterable[Triple]]


def is_worth_removing(replaced: int, kept: int) -> bool:
    """Tell whether to take triples out of a copy, rather than to write all others anew."""
    return replaced * _REMOVAL_COST < kept


def remove_datasets(draft: Draft, base: Generation, datasets: Iterable[NamedNode]) -> None:
    """Take datasets out of a draft that began with a base; triples that others state stay."""
    for dataset in datasets:
        for quad in base.engine.quads_for_pattern(None, None, None, dataset):
            draft.engine.remove(quad)
            if not is_stated(draft.engine, quad.triple):
                draft.engine.remove(Quad(quad.subject, quad.predicate, quad.object, _DEFAULT))
        draft.engine.remove_graph(dataset)


def is_stated(engine: Engine, triple: Triple) -> bool:
    """Tell whether a dataset states a triple."""
    quads = engine.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
    return any(quad.graph_name != _DEFAULT for quad in quads)


def fill(draft: Draft, folder: Path, datasets: Datasets, *, held: Datasets | None = None) -> Contents:
    """Add datasets to a draft, and say what it holds then.

    Parameters
    ----------
    draft : Draft
        What is to be filled.
    folder : path
        The store's folder, to be named when something fails.
    datasets : mapping
        What to add, read once, in order. What these iterables raise comes through as it is.
    held : mapping, optional
        What the draft holds already, for the hash.
    """
    held = held or {}
    with CanonicalHasher(folder=draft.path) as hasher:
        feed = _Feed(datasets, hasher)
        # The hash too writes to the disk, which may be full.
        with storage_errors(folder, but=feed.broken):
            draft.engine.bulk_load(feed, RdfFormat.N_QUADS, lenient=True)  # type: ignore[arg-type]
            if feed.aside:
                draft.engine.bulk_extend(feed.aside)
            for quad in _as_stored(feed.aside):
                hasher.add(quad)
            for dataset, triples in held.items():
                for triple in triples:
                    hasher.add(Quad(triple.subject, triple.predicate, triple.object, dataset))
            counts = {name: count(draft.engine, name) for name in {*datasets, *held}}
            return Contents(
                hash=hasher.hexdigest(),
                triples=count(draft.engine),
                datasets={name: number for name, number in counts.items() if number},
            )


def stated(engine: Engine) -> dict[NamedNode, Iterator[Triple]]:
    """Return the triples of each dataset that an engine holds."""
    return {
        name: (quad.triple for quad in engine.quads_for_pattern(None, None, None, name))
        for name in engine.named_graphs()
        if isinstance(name, NamedNode)
    }


def count(engine: Engine, dataset: NamedNode | None = None) -> int:
    """Return the number of triples in a dataset, or in the default graph."""
    pattern = "?s ?p ?o" if dataset is None else f"GRAPH {dataset} {{ ?s ?p ?o }}"
    found = engine.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
    assert isinstance(found, QuerySolutions)
    value = next(found)[0]
    assert isinstance(value, Literal)
    return int(value.value)


class _Feed:
    """A file of N-Quads for the bulk loader: each triple in its dataset and in the default graph.

    Text costs the loader less than objects, and the same text goes to the hash. Triples with blank nodes, to
    which the loader would give other names, and very long ones are set aside as objects.
    """

    def __init__(self, datasets: Datasets, hasher: CanonicalHasher) -> None:
        self._datasets = iter(datasets.items())
        self._hasher = hasher
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
        self._hasher.add_lines(_lines_as_stored(named.splitlines(keepends=True)))
        return text + named


def _belongs_aside(triple: Triple) -> bool:
    terms = (triple.subject, triple.object)
    return any(isinstance(term, BlankNode) for term in terms) or len(str(triple)) > _LONG


def _lines_as_stored(lines: list[bytes]) -> list[bytes]:
    """Return lines as they will be read from the store, which rewrites numbers and dates (12.50 to 12.5)."""
    typed = [line for line in lines if b'"^^<' in line]
    if not typed:
        return lines
    engine = Engine()
    engine.load(b"".join(typed), RdfFormat.N_QUADS, lenient=True)
    rewritten = engine.dump(format=RdfFormat.N_QUADS) or b""
    return [line for line in lines if b'"^^<' not in line] + rewritten.splitlines(keepends=True)


def _as_stored(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield the quads of datasets as they will be read from the store."""
    engine = Engine()
    engine.extend(quads)
    return (quad for quad in engine if quad.graph_name != _DEFAULT)
