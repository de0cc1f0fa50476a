"""Oxigraph inside the process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import TypeVar

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Triple,
)
from pyoxigraph import Store as Engine

from rte_graph.errors import InternalError, StoreUnavailable, UnreadableQuery
from rte_graph.store.base import Kind, Solutions, Term

_Result = TypeVar("_Result")
_ENGINE_ERRORS = (SyntaxError, ValueError, RuntimeError, OSError)


class EmbeddedStore:
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
        self._engine: Engine | None = engine

    @classmethod
    def in_memory(cls) -> EmbeddedStore:
        """Return a new empty store that is gone when the process ends."""
        return cls(Engine())

    def select(self, query: str) -> Solutions:
        """Run a SELECT; see :meth:`rte_graph.store.base.Store.select`."""
        result = self._run(query)
        if not isinstance(result, QuerySolutions):
            raise _wrong_form("SELECT")
        return Solutions(variables=tuple(v.value for v in result.variables), rows=_rows(result))

    def ask(self, query: str) -> bool:
        """Run an ASK."""
        result = self._run(query)
        if not isinstance(result, QueryBoolean):
            raise _wrong_form("ASK")
        return bool(result)

    def construct(self, query: str) -> Iterator[Triple]:
        """Run a CONSTRUCT or DESCRIBE."""
        result = self._run(query)
        if not isinstance(result, QueryTriples):
            raise _wrong_form("CONSTRUCT")
        return _translated(result)

    @property
    def kind(self) -> Kind:
        """Always ``memory``."""
        return "memory"

    @property
    def location(self) -> str | None:
        """None: the data stand in no file."""
        return None

    def replace_dataset(self, dataset: NamedNode, triples: Iterable[Triple]) -> None:
        """Replace one dataset; see :meth:`rte_graph.store.base.Store.replace_datasets`."""
        self.replace_datasets({dataset: triples})

    def replace_datasets(self, datasets: Mapping[NamedNode, Iterable[Triple]]) -> None:
        """Replace datasets; see :meth:`rte_graph.store.base.Store.replace_datasets`.

        Linear in the new triples when all datasets are new, in the whole store when one is replaced.
        """
        engine = self._open()
        # Read everything first: an iterator that fails half-way must leave the store as it was.
        incoming = {name: list(triples) for name, triples in datasets.items()}
        replaced = {name for name in incoming if engine.contains_named_graph(name)}
        if replaced:
            engine = self._without(engine, replaced)
        default = DefaultGraph()
        try:
            engine.extend(
                Quad(t.subject, t.predicate, t.object, graph)
                for name, triples in incoming.items()
                for graph in (default, name)
                for t in triples
            )
        except OSError as error:
            raise _storage_failure(error) from error
        # The new state appears at once, and a result still being read keeps the old one.
        self._engine = engine

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

    def datasets(self) -> tuple[NamedNode, ...]:
        """Return the datasets held, sorted by IRI."""
        names = (name for name in self._open().named_graphs() if isinstance(name, NamedNode))
        return tuple(sorted(names, key=lambda name: name.value))

    def triples(self, dataset: NamedNode | None = None) -> Iterator[Triple]:
        """Yield the triples of one dataset, or those of the default graph."""
        graph = dataset if dataset is not None else DefaultGraph()
        for quad in self._open().quads_for_pattern(None, None, None, graph):
            yield quad.triple

    def size(self) -> int:
        """Return the number of triples in the default graph."""
        row = next(self.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").rows)
        return int(row[0].value) if row[0] is not None else 0

    def close(self) -> None:
        """Release the memory; any later use raises."""
        self._engine = None

    def _open(self) -> Engine:
        if self._engine is None:
            raise InternalError(
                fr="La base a été fermée avant d’être interrogée : signalez ce défaut.",
                en="The store was closed before it was asked: please report this defect.",
            )
        return self._engine

    def _run(self, query: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        try:
            return self._open().query(query)
        except _ENGINE_ERRORS as error:
            raise _engine_failure(error) from error


def _rows(solutions: QuerySolutions) -> Iterator[tuple[Term | None, ...]]:
    for solution in _translated(solutions):
        yield tuple(solution)  # RDF 1.2 triple terms are refused at reading


def _translated(results: Iterable[_Result]) -> Iterator[_Result]:
    """Yield lazily and translate what the engine raises while it works."""
    try:
        yield from results
    except _ENGINE_ERRORS as error:
        raise _engine_failure(error) from error


def _engine_failure(error: Exception) -> UnreadableQuery | StoreUnavailable:
    """Tell a query that the engine does not understand from a store that fails."""
    # ValueError: characters that no SPARQL text can hold; RuntimeError: damaged files, but also this one.
    if isinstance(error, SyntaxError | ValueError) or "is not supported" in str(error):
        return _not_sparql(str(error))
    return _storage_failure(error)


def _not_sparql(detail: str) -> UnreadableQuery:
    return UnreadableQuery(
        fr=f"La requête n’est pas du SPARQL lisible ({detail}) : corrigez son texte.",
        en=f"The query is not readable SPARQL ({detail}): correct its text.",
    )


def _wrong_form(expected: str) -> UnreadableQuery:
    return UnreadableQuery(
        fr=f"Une requête {expected} est attendue ici : changez sa forme.",
        en=f"A {expected} query is expected here: change its form.",
    )


def _storage_failure(error: Exception) -> StoreUnavailable:
    return StoreUnavailable(
        fr=f"La base n’a pas pu répondre ({error}) : réessayez, ou rechargez les données.",
        en=f"The store could not answer ({error}): try again, or load the data anew.",
    )
