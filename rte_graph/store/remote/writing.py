"""Changes to an endpoint: graphs are uploaded beside the others, then put in place by one update."""

from __future__ import annotations

import secrets
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from rte_graph.errors import RteError, StoreFull, TimeLimit, UnreadableQuery, UsageError
from rte_graph.namespaces import DATA_BASE
from rte_graph.store.remote import failures
from rte_graph.store.remote.addresses import shown
from rte_graph.store.remote.client import Client

_STAGING = f"{DATA_BASE}staging/"
_A_DAY = 86_400


def is_staging(graph: NamedNode) -> bool:
    """Whether a graph is being uploaded, or was left behind by an upload that was killed."""
    return graph.value.startswith(_STAGING)


class Writer:
    """Writes to one endpoint.

    Parameters
    ----------
    client : Client
        Speaks to it.
    name : str
        The endpoint as messages name it.
    update_urls, graph_urls : tuple of str
        Where it may take updates and graphs; the first that exists is used.
    default_graph : NamedNode or None
        The graph that stands for the default graph.
    """

    def __init__(
        self,
        client: Client,
        name: str,
        update_urls: tuple[str, ...],
        graph_urls: tuple[str, ...],
        default_graph: NamedNode | None,
    ) -> None:
        self._client = client
        self._name = name
        self._update_urls = update_urls
        self._graph_urls = graph_urls
        self._default_graph = default_graph
        self._knows_default = default_graph is not None

    def update(self, text: str, volume: int = 0) -> None:
        """Send a SPARQL Update request, which works on so many bytes of data."""
        self._update_urls = self._at_first(
            self._update_urls, lambda url: self._client.update(text, url, volume)
        )

    def replace(
        self,
        datasets: Mapping[NamedNode, Iterable[Triple]],
        graphs: Callable[[], Iterable[NamedNode]],
        ask: Callable[[str], bool],
    ) -> None:
        """Replace datasets.

        Parameters
        ----------
        datasets : mapping
            As for :meth:`rte_graph.store.base.Store.replace_datasets`.
        graphs : callable
            Lists all graphs of the endpoint.
        ask : callable
            Asks the endpoint's own default graph.
        """
        if not self._update_urls or not self._graph_urls:
            raise failures.no_writing(self._name)
        if self._default_graph in datasets:
            raise UsageError(
                fr=f"{self._default_graph} tient lieu de graphe par défaut et ne peut pas être un jeu de "
                "données : changez endpoint-default-graph dans rte.toml.",
                en=f"{self._default_graph} stands for the default graph and cannot be a dataset: change "
                "endpoint-default-graph in rte.toml.",
            )
        self._refuse_union(ask)
        staged: dict[NamedNode, NamedNode | None] = {}
        volume = 0
        try:
            for dataset, triples in datasets.items():
                staged[dataset] = None
                with _spooled(triples) as (body, size):
                    volume += size
                    if size:
                        staged[dataset] = new = _new_graph()
                        self._put(new, body, size)
            abandoned = [graph for graph in graphs() if _is_abandoned(graph)]
            self._commit(replacement(staged, self._default_graph, abandoned), volume)
        except _Unknown as error:
            # It may be at work with the graphs uploaded: they are left to it.
            raise failures.unknown_outcome(self._name) from error.__cause__
        except BaseException:
            self._drop(graph for graph in staged.values() if graph is not None)
            raise

    def _commit(self, text: str, volume: int) -> None:
        try:
            self._own_update(text, volume)
        except (TimeLimit, failures.BrokenOff) as error:
            raise _Unknown from error

    def _own_update(self, text: str, volume: int = 0) -> None:
        """Send an update that we wrote: when it is refused, there is nothing for the user to correct."""
        try:
            self.update(text, volume)
        except UnreadableQuery as error:
            raise failures.cannot_load(self._name) from error

    def _put(self, graph: NamedNode, body: BinaryIO, size: int) -> None:
        self._graph_urls = self._at_first(
            self._graph_urls, lambda url: self._client.put_graph(url, graph.value, body, size)
        )

    def _drop(self, graphs: Iterable[NamedNode]) -> None:
        for graph in graphs:
            try:
                self._client.drop_graph(self._graph_urls[0], graph.value)
            except RteError:
                continue  # what went wrong before is what matters; the next writer removes the graph

    def _at_first(self, urls: tuple[str, ...], act: Callable[[str], None]) -> tuple[str, ...]:
        """Act at the first URL where there is something, and return it alone."""
        for url in urls:
            try:
                act(url)
            except failures.Absent:
                continue
            return (url,)
        raise failures.no_writing(self._name, tuple(map(shown, urls)))

    def _refuse_union(self, ask: Callable[[str], bool]) -> None:
        """Refuse endpoints whose default graph is all graphs together: shared triples would count twice."""
        if self._knows_default:
            return
        probe = _new_graph()
        self._own_update(f"INSERT DATA {{ GRAPH {probe} {{ {probe} {probe} {probe} }} }}")
        try:
            union = ask(f"ASK {{ {probe} ?p ?o }}")
        finally:
            self._own_update(f"DROP SILENT GRAPH {probe}")
        if union:
            raise failures.union_default(self._name)
        self._knows_default = True


def replacement(
    staged: Mapping[NamedNode, NamedNode | None],
    default_graph: NamedNode | None = None,
    abandoned: Iterable[NamedNode] = (),
) -> str:
    """Return the update that puts uploaded graphs in the place of datasets.

    Parameters
    ----------
    staged : mapping
        Dataset → graph with its new triples, None when it has none and goes.
    default_graph : NamedNode, optional
        The graph that stands for the default graph.
    abandoned : iterable of NamedNode
        Graphs to remove.

    Examples
    --------
    >>> d = NamedNode("http://x.org/d")
    >>> print(replacement({d: NamedNode("http://x.org/new")}).splitlines()[-1])
    ADD GRAPH <http://x.org/d> TO DEFAULT
    """
    names = " ".join(map(str, staged))
    others = ", ".join(map(str, [*staged, *([default_graph] if default_graph else [])]))
    triple = "?s ?p ?o"
    gone = f"GRAPH {default_graph} {{ {triple} }}" if default_graph else triple
    steps = [
        # Gone from the default graph: what these datasets stated and no other dataset does.
        f"DELETE {{ {gone} }} WHERE {{ VALUES ?d {{ {names} }} GRAPH ?d {{ {triple} }}\n"
        f"  FILTER NOT EXISTS {{ GRAPH ?other {{ {triple} }}\n"
        f'    FILTER(?other NOT IN ({others}) && !STRSTARTS(STR(?other), "{_STAGING}")) }} }}'
    ]
    target = f"GRAPH {default_graph}" if default_graph else "DEFAULT"
    for dataset, new in staged.items():
        if new is None:
            steps.append(f"DROP SILENT GRAPH {dataset}")
        else:
            steps += [f"MOVE GRAPH {new} TO GRAPH {dataset}", f"ADD GRAPH {dataset} TO {target}"]
    steps += [f"DROP SILENT GRAPH {graph}" for graph in abandoned]
    return " ;\n".join(steps)


class _Unknown(Exception):  # noqa: N818 - never seen outside this file
    """The commit was sent and nothing came back."""


def _new_graph() -> NamedNode:
    return NamedNode(f"{_STAGING}{int(time.time())}-{secrets.token_hex(8)}")


def _is_abandoned(graph: NamedNode) -> bool:
    """Whether an upload has been lying for more than a day: its writer was killed."""
    since = graph.value.removeprefix(_STAGING).partition("-")[0]
    return is_staging(graph) and since.isdigit() and time.time() - int(since) > _A_DAY


@contextmanager
def _spooled(triples: Iterable[Triple]) -> Iterator[tuple[BinaryIO, int]]:
    """Give triples as a file of N-Triples, and its size.

    Written first and sent then: a source that fails costs the endpoint nothing, a request that is to be
    sent again can be, and servers that want to know the length of an upload are told it.
    """
    with tempfile.TemporaryFile() as body:
        try:
            serialize(triples, body, format=RdfFormat.N_TRIPLES)
            size = body.tell()
        except OSError as error:
            raise StoreFull(
                fr=f"Le dossier temporaire {tempfile.gettempdir()} n’a pas de place pour les données à "
                "envoyer : libérez-en, ou donnez un autre dossier par TMPDIR.",
                en=f"The temporary folder {tempfile.gettempdir()} has no room for the data to be sent: free "
                "some, or give another folder by TMPDIR.",
                keep=(tempfile.gettempdir(),),
            ) from error
        yield body, size
