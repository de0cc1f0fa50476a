"""A SPARQL 1.1 endpoint as a store."""

from __future__ import annotations

import re
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from rte_graph.errors import InternalError, UsageError
from rte_graph.store.base import Kind, Solutions
from rte_graph.store.remote import addresses, failures
from rte_graph.store.remote.credentials import Credentials

if TYPE_CHECKING:  # SPARQLWrapper and HTTP are loaded when a store is made
    from rte_graph.store.remote.answers import Answer
    from rte_graph.store.remote.client import Client
    from rte_graph.store.remote.writing import Writer


class RemoteStore:
    """Any SPARQL 1.1 endpoint by its URL; nothing that it answers is trusted.

    Parameters
    ----------
    query_url : str
        Where queries go.
    update_url, graph_store_url : str, optional
        Where SPARQL Update requests and graphs go. Without them, the siblings of a query URL that ends in
        ``/query`` or ``/sparql`` are tried.
    default_graph : str, optional
        IRI of a graph that stands for the default graph, on endpoints whose own is the union of all graphs.
    credentials : Credentials, optional
        By default those of the environment; they are sent to the origin of `query_url` alone.
    sleep : callable, optional
        Waits some seconds, when the endpoint asks to.

    Raises
    ------
    UsageError
        A URL that is none, or that holds a password (which is not repeated).
    InvalidParameter
        Credentials that cannot be sent.
    """

    def __init__(
        self,
        query_url: str,
        *,
        update_url: str | None = None,
        graph_store_url: str | None = None,
        default_graph: str | None = None,
        credentials: Credentials | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        from rte_graph.store.remote.client import Client

        url = addresses.checked(query_url)
        update_siblings, graph_siblings = addresses.siblings(url)
        self._location = url
        self._update_urls = (addresses.checked(update_url),) if update_url else update_siblings
        self._graph_urls = (addresses.checked(graph_store_url),) if graph_store_url else graph_siblings
        self._default_graph = _graph_name(default_graph) if default_graph else None
        own = Credentials.from_environment() if credentials is None else credentials
        self._client: Client | None = Client(
            url, self._default_graph.value if self._default_graph else None, own, sleep
        )
        self._writer: Writer | None = None
        self._answers: weakref.WeakSet[Answer] = weakref.WeakSet()

    def __repr__(self) -> str:
        return f"RemoteStore({addresses.shown(self._location)!r})"

    @property
    def kind(self) -> Kind:
        """Always ``remote``."""
        return "remote"

    @property
    def location(self) -> str | None:
        """The URL where queries go."""
        return self._location

    def select(self, query: str) -> Solutions:
        """Run a SELECT; see :meth:`rte_graph.store.base.Store.select`. Rows are parsed as they arrive.

        Raises
        ------
        UnreadableQuery
            It is not SPARQL, or another form of query.
        EndpointError
            The endpoint cannot be reached, or answers with something else than results.
        TimeLimit, SizeLimit
            The answer is slower or larger than the settings allow (also while rows are read).
        """
        return self._select(query, own_default=True)

    def ask(self, query: str) -> bool:
        """Run an ASK; errors as for :meth:`select`."""
        return self._ask(query, own_default=True)

    def construct(self, query: str) -> Iterator[Triple]:
        """Run a CONSTRUCT or DESCRIBE; errors as for :meth:`select`."""
        from rte_graph.store.remote.client import N_TRIPLES, TURTLE
        from rte_graph.store.remote.reading import check_form, triples

        client = self._open()
        check_form(query, "CONSTRUCT", "DESCRIBE")
        return triples(self._kept(client.ask(query, "CONSTRUCT", (N_TRIPLES, TURTLE))))

    def update(self, text: str) -> None:
        """Send a SPARQL Update request, as it is: datasets and default graph are yours to keep in step.

        Raises
        ------
        UnreadableQuery
            The endpoint cannot read it.
        StoreUnavailable
            It is not known where the endpoint takes updates, or it does not answer as it should.
        """
        self._writing().update(text)

    def replace_dataset(self, dataset: NamedNode, triples: Iterable[Triple]) -> None:
        """Replace one dataset; see :meth:`rte_graph.store.base.Store.replace_datasets`."""
        self.replace_datasets({dataset: triples})

    def replace_datasets(self, datasets: Mapping[NamedNode, Iterable[Triple]]) -> None:
        """Replace datasets; see :meth:`rte_graph.store.base.Store.replace_datasets`.

        Each dataset is uploaded to a graph beside the others; one update then puts all of them in place. All
        or none holds as far as the endpoint carries out an update request in full or not at all.
        """
        self._writing().replace(datasets, self._graphs, lambda query: self._ask(query, own_default=False))

    def datasets(self) -> tuple[NamedNode, ...]:
        """Return the named graphs of the endpoint, sorted by IRI; those being uploaded are left out."""
        from rte_graph.store.remote.writing import is_staging

        found = (name for name in self._graphs() if not is_staging(name))
        return tuple(sorted(found, key=lambda name: name.value))

    def triples(self, dataset: NamedNode | None = None) -> Iterator[Triple]:
        """Yield the triples of one dataset, or those of the default graph."""
        # By SELECT, because Virtuoso says when it cuts the answer to one, and says nothing for a CONSTRUCT.
        graph = dataset or self._default_graph
        where = f"GRAPH {graph} {{ ?s ?p ?o }}" if graph else "?s ?p ?o"
        solutions = self._select(f"SELECT ?s ?p ?o WHERE {{ {where} }}", own_default=False)
        for subject, predicate, value in solutions.rows:
            yield Triple(subject, predicate, value)  # type: ignore[arg-type]

    def size(self) -> int:
        """Return the number of triples in the default graph."""
        rows = list(self.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").rows)
        text = str(getattr(rows[0][0], "value", "")) if rows and rows[0] else ""
        if not re.fullmatch("[0-9]{1,18}", text):
            name = addresses.shown(self._location)
            raise failures.not_an_answer(
                name, "un compte qui n’est pas un nombre", "a count that is no number"
            )
        return int(text)

    def close(self) -> None:
        """Break off what is still being read; any later use raises."""
        for answer in list(self._answers):
            answer.close()
        self._client = self._writer = None

    def _open(self) -> Client:
        if self._client is None:
            raise InternalError(
                fr="La base a été fermée avant d’être interrogée : signalez ce défaut.",
                en="The store was closed before it was asked: please report this defect.",
            )
        return self._client

    def _writing(self) -> Writer:
        from rte_graph.store.remote.writing import Writer

        client = self._open()
        if self._writer is None:
            name = addresses.shown(self._location)
            self._writer = Writer(client, name, self._update_urls, self._graph_urls, self._default_graph)
        return self._writer

    def _graphs(self) -> set[NamedNode]:
        rows = self._select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", own_default=False).rows
        return {name for (name,) in rows if isinstance(name, NamedNode)} - {self._default_graph}

    def _select(self, query: str, *, own_default: bool) -> Solutions:
        from rte_graph.store.remote.client import RESULTS_JSON
        from rte_graph.store.remote.reading import check_form, solutions

        client = self._open()
        check_form(query, "SELECT")
        return solutions(self._kept(client.ask(query, "SELECT", (RESULTS_JSON,), own_default=own_default)))

    def _ask(self, query: str, *, own_default: bool) -> bool:
        from rte_graph.store.remote.client import RESULTS_JSON
        from rte_graph.store.remote.reading import check_form, yes_or_no

        client = self._open()
        check_form(query, "ASK")
        return yes_or_no(self._kept(client.ask(query, "ASK", (RESULTS_JSON,), own_default=own_default)))

    def _kept(self, answer: Answer) -> Answer:
        self._answers.add(answer)
        return answer


def _graph_name(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise UsageError(
            fr=f"« {iri} » n’est pas l’IRI d’un graphe : corrigez endpoint-default-graph dans rte.toml.",
            en=f"“{iri}” is not the IRI of a graph: correct endpoint-default-graph in rte.toml.",
            keep=(iri,),
        ) from error
