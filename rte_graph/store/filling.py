"""Fill the next generation of a store: what goes, what comes, and the hash of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QuerySolutions, Triple
from pyoxigraph import Store as Engine

from rte_graph.namespaces import XSD
from rte_graph.rdf_io.hashing import CanonicalHasher
from rte_graph.store.folder import storage_errors
from rte_graph.store.generations import Draft, Generation
from rte_graph.store.manifest import Contents

_DEFAULT = DefaultGraph()
_STRING = NamedNode(XSD("string"))
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
    broken: list[Exception] = []
    with CanonicalHasher(folder=draft.path) as hasher, storage_errors(folder, but=broken):
        if datasets:
            draft.engine.bulk_extend(_quads(datasets, hasher, broken))
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


def _quads(datasets: Datasets, hasher: CanonicalHasher, broken: list[Exception]) -> Iterator[Quad]:
    """Yield each triple in its dataset and in the default graph, and give it to the hash as it is stored.

    What goes wrong while the triples are read is kept apart: it is no fault of the store.
    """
    stored = _Rewriting()
    for name, triples in datasets.items():
        source = iter(triples)
        while True:
            try:
                triple = next(source, None)
            except Exception as error:
                broken.append(error)
                raise
            if triple is None:
                break
            subject, predicate, value = triple
            yield Quad(subject, predicate, value, _DEFAULT)
            if isinstance(value, Literal):
                value = stored(value)
            quad = Quad(subject, predicate, value, name)
            hasher.add(quad)
            yield quad


class _Rewriting:
    """Says how the engine rewrites a literal (12.50 becomes 12.5), by asking an engine in memory."""

    def __init__(self) -> None:
        self._engine = Engine()
        self._typed = lru_cache(maxsize=50_000)(self._ask)

    def __call__(self, literal: Literal) -> Literal:
        """Return the literal as it will be read from the store."""
        if literal.language is not None or literal.datatype == _STRING:
            return literal
        return self._typed(literal)

    def _ask(self, literal: Literal) -> Literal:
        quad = Quad(_STRING, _STRING, literal)
        self._engine.add(quad)
        found = next(self._engine.quads_for_pattern(None, None, None)).object
        self._engine.clear()
        assert isinstance(found, Literal)
        return found
