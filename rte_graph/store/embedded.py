"""Oxigraph in memory."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, serialize
from pyoxigraph import Store as Engine

from rte_graph.errors import StoreUnavailable
from rte_graph.store.base import Kind
from rte_graph.store.engine import EngineStore, closed
from rte_graph.store.feeding import Datasets, Feed

_PIECE = 10_000


@dataclass(frozen=True, slots=True)
class _State:
    engine: Engine
    derived: dict[Any, Any] = field(default_factory=dict, compare=False)


class EmbeddedStore(EngineStore):
    """A store that lives in this process.

    Examples
    --------
    >>> from pyoxigraph import Literal, NamedNode, Triple
    >>> store = EmbeddedStore.in_memory()
    >>> a = NamedNode("http://example.org/a")
    >>> store.replace_dataset(NamedNode("http://example.org/d"), [Triple(a, a, Literal("x"))])
    >>> store.size()
    1
    """

    def __init__(self, engine: Engine) -> None:
        self._state: _State | None = _State(engine)

    @classmethod
    def in_memory(cls) -> EmbeddedStore:
        """Return a new empty store that is gone when the process ends."""
        return cls(Engine())

    @property
    def kind(self) -> Kind:
        """Always ``memory``."""
        return "memory"

    @property
    def location(self) -> str | None:
        """None: the data stand in no file."""
        return None

    @property
    def derived(self) -> dict[Any, Any]:
        """What others compute from the data as they are now: empty again after each change."""
        return self._held().derived

    def replace_datasets(self, datasets: Datasets) -> None:
        """Replace datasets; see :meth:`rte_graph.store.base.Store.replace_datasets`.

        Linear in the new triples when all datasets are new, in the whole store when one is replaced. An empty
        store is filled from the iterables as they come.
        """
        engine = self._held().engine
        replaced = {name for name in datasets if engine.contains_named_graph(name)}
        if replaced or next(iter(engine), None) is None:
            # Nobody sees this engine until all went well.
            engine = self._without(engine, replaced)
            self._load(engine, datasets)
        else:
            self._extend(engine, datasets)
        # The new state appears at once, and a result still being read keeps the old one.
        self._state = _State(engine)

    def _load(self, engine: Engine, datasets: Datasets) -> None:
        feed = Feed(datasets)
        try:
            engine.bulk_load(feed, RdfFormat.N_QUADS, lenient=True)  # type: ignore[arg-type]
            engine.bulk_extend(feed.aside)
        except Exception as error:
            if feed.broken:
                raise feed.broken[0] from None
            raise self._failure(error) from error

    def _extend(self, engine: Engine, datasets: Datasets) -> None:
        # Read everything first: an iterator that fails half-way must leave the store as it was.
        incoming = {name: list(triples) for name, triples in datasets.items()}
        default = DefaultGraph()
        try:
            engine.extend(
                Quad(t.subject, t.predicate, t.object, graph)
                for name, triples in incoming.items()
                for graph in (default, name)
                for t in triples
            )
        except OSError as error:
            raise self._failure(error) from error

    @staticmethod
    def _without(engine: Engine, datasets: Set[NamedNode]) -> Engine:
        """Return a copy of the engine without some datasets; triples that others state stay."""
        rest = Engine()
        default = DefaultGraph()
        for name in engine.named_graphs():
            if name in datasets:
                continue
            kept = list(engine.quads_for_pattern(None, None, None, name))
            rest.bulk_extend(kept)
            rest.bulk_extend(Quad(q.subject, q.predicate, q.object, default) for q in kept)
        return rest

    def n_quads(self) -> Iterator[bytes]:
        """Yield all that is held, the default graph and the datasets, as N-Quads of some megabytes."""
        quads = self._held().engine.quads_for_pattern(None, None, None, None)
        while piece := serialize(islice(quads, _PIECE), format=RdfFormat.N_QUADS):
            yield piece

    def close(self) -> None:
        """Release the memory; any later use raises."""
        self._state = None

    def _held(self) -> _State:
        if self._state is None:
            raise closed()
        return self._state

    def _failure(self, error: Exception) -> StoreUnavailable:
        return StoreUnavailable(
            fr=f"La base n’a pas pu répondre ({error}) : réessayez, ou rechargez les données.",
            en=f"The store could not answer ({error}): try again, or load the data anew.",
        )
