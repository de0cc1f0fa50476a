"""Reading from Oxigraph inside the process: what memory and disk have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import IO, Protocol, TypeVar, cast

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Triple,
)
from pyoxigraph import Store as Engine

from rte_graph.errors import InternalError, StoreUnavailable, UnreadableQuery
from rte_graph.store.base import Solutions, Term, Writable

_Result = TypeVar("_Result")
ENGINE_ERRORS = (SyntaxError, ValueError, RuntimeError, OSError)


class Held(Protocol):
    """One state of the data: as long as somebody holds it, it can be read."""

    @property
    def engine(self) -> Engine:
        """The engine that reads this state."""
        ...


class EngineStore:
    """A store whose engine runs in this process; subclasses say which state is read, and write."""

    def _held(self) -> Held:
        """Return the state to read now."""
        raise NotImplementedError

    def _failure(self, error: Exception) -> StoreUnavailable:
        """Say what it means when the engine fails for another reason than the query's text."""
        raise NotImplementedError

    def select(self, query: str) -> Solutions:
        """Run a SELECT; see :meth:`rte_graph.store.base.Store.select`."""
        held, result = self._run(query)
        if not isinstance(result, QuerySolutions):
            raise _wrong_form("SELECT")
        return Solutions(
            variables=tuple(variable.value for variable in result.variables),
            rows=self._rows(held, result),
            write_tsv=partial(self._write_tsv, held, result),
        )

    def ask(self, query: str) -> bool:
        """Run an ASK."""
        _, result = self._run(query)
        if not isinstance(result, QueryBoolean):
            raise _wrong_form("ASK")
        return bool(result)

    def construct(self, query: str) -> Iterator[Triple]:
        """Run a CONSTRUCT or DESCRIBE."""
        held, result = self._run(query)
        if not isinstance(result, QueryTriples):
            raise _wrong_form("CONSTRUCT")
        return self._translated(held, result)

    def datasets(self) -> tuple[NamedNode, ...]:
        """Return the datasets held, sorted by IRI."""
        held = self._held()
        graphs = self._translated(held, held.engine.named_graphs())
        names = [name for name in graphs if isinstance(name, NamedNode)]
        return tuple(sorted(names, key=lambda name: name.value))

    def triples(self, dataset: NamedNode | None = None) -> Iterator[Triple]:
        """Yield the triples of one dataset, or those of the default graph, as they are now."""
        held = self._held()
        graph = dataset if dataset is not None else DefaultGraph()
        quads = self._translated(held, held.engine.quads_for_pattern(None, None, None, graph))
        return (quad.triple for quad in quads)

    def match(self, *, subject: NamedNode | None = None, value: NamedNode | None = None) -> Iterator[Triple]:
        """Yield the triples of the default graph with this subject, this object, or both, by the index.

        For whoever asks thousands of times: no query text is read.
        """
        held = self._held()
        quads = held.engine.quads_for_pattern(subject, None, value, DefaultGraph())
        return (quad.triple for quad in self._translated(held, quads))

    def size(self) -> int:
        """Return the number of triples in the default graph."""
        row = next(self.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").rows)
        return int(row[0].value) if row[0] is not None else 0

    def replace_dataset(self, dataset: NamedNode, triples: Iterable[Triple]) -> None:
        """Replace one dataset; see :meth:`rte_graph.store.base.Store.replace_datasets`."""
        self.replace_datasets({dataset: triples})

    def replace_datasets(self, datasets: Mapping[NamedNode, Iterable[Triple]]) -> None:
        """Replace datasets; see :meth:`rte_graph.store.base.Store.replace_datasets`."""
        raise NotImplementedError

    def _run(self, query: str) -> tuple[Held, QuerySolutions | QueryBoolean | QueryTriples]:
        held = self._held()
        try:
            return held, held.engine.query(query)
        except ENGINE_ERRORS as error:
            raise self._meaning(error) from error

    def _rows(self, held: Held, solutions: QuerySolutions) -> Iterator[tuple[Term | None, ...]]:
        for solution in self._translated(held, solutions):
            yield tuple(solution)  # RDF 1.2 triple terms are refused at reading

    def _write_tsv(self, held: Held, solutions: QuerySolutions, out: Writable) -> None:
        try:
            solutions.serialize(cast("IO[bytes]", out), format=QueryResultsFormat.TSV)
        except ENGINE_ERRORS as error:
            raise self._meaning(error) from error

    def _translated(self, held: Held, results: Iterable[_Result]) -> Iterator[_Result]:
        """Yield lazily and translate what the engine raises while it works.

        The generator holds the state that it reads for as long as it lives.
        """
        try:
            yield from results
        except ENGINE_ERRORS as error:
            raise self._meaning(error) from error

    def _meaning(self, error: Exception) -> UnreadableQuery | StoreUnavailable:
        """Tell a query that the engine does not understand from a store that fails."""
        # ValueError: characters that no SPARQL text can hold; RuntimeError: damaged files, but also this one.
        if isinstance(error, SyntaxError | ValueError) or "is not supported" in str(error):
            return _not_sparql(str(error))
        return self._failure(error)


def _not_sparql(detail: str) -> UnreadableQuery:
    return UnreadableQuery(
        fr=f"La requête n’est pas du SPARQL lisible ({detail}) : corrigez son texte.",
        en=f"The query is not readable SPARQL ({detail}): correct its text.",
    )


def _wrong_form(expected: str) -> UnreadableQuery:
    return UnreadableQuery(
        fr=f"Une requête {expected} est attendue ici : changez sa forme.",
        en=f"A {expected} query is expected here: change its form.",
    )


def closed() -> InternalError:
    """Return the error of a store that is used after it was closed."""
    return InternalError(
        fr="La base a été fermée avant d’être interrogée : signalez ce défaut.",
        en="The store was closed before it was asked: please report this defect.",
    )
