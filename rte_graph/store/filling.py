"""Fill the next generation of a store: what goes, what comes, and the hash of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    RdfFormat,
    Triple,
)
from pyoxigraph import Store as Engine

from rte_graph.rdf_io.hashing import CanonicalHasher
from rte_graph.store.feeding import Datasets, Feed
from rte_graph.store.folder import storage_errors
from rte_graph.store.generations import Draft, Generation
from rte_graph.store.manifest import Contents

_DEFAULT = DefaultGraph()
# Taking a triple out costs about as much as reading and writing three anew (measured).
_REMOVAL_COST = 3


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
        # The same text goes to the hash.
        feed = Feed(datasets, lambda lines: hasher.add_lines(_lines_as_stored(lines)))
        # The hash too writes to the disk, which may be full.
        with storage_errors(folder, but=feed.broken):
            draft.engine.bulk_load(feed, RdfFormat.N_QUADS, lenient=True)  # type: ignore[arg-type]
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
