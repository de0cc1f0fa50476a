"""Questions to an endpoint and what comes back: the SPARQL 1.1 Protocol and the Graph Store Protocol."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import BinaryIO
from urllib.request import Request

from rte_graph.errors import RteError
from rte_graph.store.remote import failures
from rte_graph.store.remote.addresses import of_graph
from rte_graph.store.remote.answers import Answer
from rte_graph.store.remote.credentials import Credentials
from rte_graph.store.remote.exchange import Exchange
from rte_graph.store.remote.wrapper import AGENT, Wrapper, answer_of

RESULTS_JSON = "application/sparql-results+json"
N_TRIPLES = "application/n-triples"
TURTLE = "text/turtle"
# What servers call the same thing, and what is asked for.
_NAMES = {
    RESULTS_JSON: (RESULTS_JSON, "application/json"),
    N_TRIPLES: (N_TRIPLES, "text/plain"),
    TURTLE: (TURTLE, "application/x-turtle"),
}
TURTLE_NAMES = _NAMES[TURTLE]


class Client:
    """Speaks to one endpoint.

    Parameters
    ----------
    query_url : str
        Where queries go.
    default_graph : str, optional
        IRI of the graph that is read as the default graph; the endpoint's own when there is none.
    credentials : Credentials
        Sent to the origin of `query_url` alone.
    sleep : callable
        Waits some seconds.
    """

    def __init__(
        self,
        query_url: str,
        default_graph: str | None,
        credentials: Credentials,
        sleep: Callable[[float], None],
    ) -> None:
        self.query_url = query_url
        self._default_graph = default_graph
        self._exchange = Exchange(query_url, credentials, sleep)
        self._by_get = False

    def ask(self, text: str, form: str, media: tuple[str, ...], *, own_default: bool = True) -> Answer:
        """Send a query and return the answer, its status and media type checked.

        Parameters
        ----------
        text : str
            The query.
        form : str
            ``SELECT``, ``ASK`` or ``CONSTRUCT``.
        media : tuple of str
            Formats to ask for, one after the other should the endpoint not have the first.
        own_default : bool
            Read the default graph that was named, if one was.

        Raises
        ------
        UnreadableQuery
            The endpoint cannot read the query.
        EndpointError, TimeLimit, SizeLimit
            It does not answer as it should.
        """
        for wanted in media:
            answer = self._asked(text, form, wanted, own_default)
            if answer.status == 406 and wanted != media[-1]:
                answer.close()
                continue
            self._check_status(answer)
            _check_body(answer, media)
            return answer
        raise AssertionError("the last format returns or raises")

    def update(self, text: str, url: str, volume: int = 0) -> None:
        """Send a SPARQL Update request, which works on so many bytes of data, to a URL.

        Raises
        ------
        Absent
            Nothing takes updates there.
        """
        send = functools.partial(self._exchange.send, safe=False, volume=volume)
        try:
            wrapper = Wrapper(url, text, form="INSERT", accept="*/*", send=send)
            answer = answer_of(wrapper)
        except UnicodeEncodeError as error:
            raise failures.not_sparql("") from error
        self._done(answer)

    def put_graph(self, graph_store_url: str, graph: str, body: BinaryIO, size: int) -> None:
        """Make a graph hold the N-Triples of a file and nothing else.

        Raises
        ------
        Absent
            There is no graph store there.
        """
        headers = {"Content-Type": N_TRIPLES, "Content-Length": str(size)}
        self._done(self._graph("PUT", graph_store_url, graph, headers, body), data=True)

    def drop_graph(self, graph_store_url: str, graph: str) -> None:
        """Remove a graph; none of this name is fine too."""
        answer = self._graph("DELETE", graph_store_url, graph, {}, None)
        answer.close()

    def _graph(
        self, method: str, graph_store_url: str, graph: str, headers: dict[str, str], body: BinaryIO | None
    ) -> Answer:
        own = {"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity"}
        url = of_graph(graph_store_url, graph)
        request = Request(url, body, {**own, **headers}, method=method)
        return self._exchange.send(request, safe=False, volume=int(headers.get("Content-Length", 0)))

    def _asked(self, text: str, form: str, wanted: str, own_default: bool) -> Answer:
        send = functools.partial(self._exchange.send, safe=True)
        for by_get in (False, True):
            if self._by_get and not by_get:
                continue
            wrapper = Wrapper(self.query_url, text, form=form, accept=wanted, send=send)
            if own_default and self._default_graph is not None:
                wrapper.addParameter("default-graph-uri", self._default_graph)
            if by_get:
                wrapper.by_get()
            try:
                answer = answer_of(wrapper)
            except UnicodeEncodeError as error:
                raise failures.not_sparql("") from error  # half of a surrogate pair, which is no text
            if by_get or answer.status not in (405, 501):
                break
            answer.close()
        # What it refused once it need not be offered again.
        self._by_get = by_get and answer.status == 200
        return answer

    def _check_status(self, answer: Answer) -> None:
        if answer.status == 200:
            return
        said = answer.complaint() if answer.status >= 400 else ""
        answer.close()
        if answer.status in (400, 422) or (answer.status in (500, 501) and "is not supported" in said):
            raise failures.not_sparql(said)
        if answer.status < 400:
            raise failures.not_an_answer(answer.url, f"statut {answer.status}", f"status {answer.status}")
        if _wants_digest(answer):
            raise failures.digest(answer.url)
        raise failures.refused(answer.url, answer.status, said)

    def _done(self, answer: Answer, *, data: bool = False) -> None:
        """Check that a change was made."""
        try:
            if 200 <= answer.status < 300:
                answer.drain()
                return
            said = answer.complaint() if answer.status >= 400 else ""
        finally:
            answer.close()
        if _wants_digest(answer):
            raise failures.digest(answer.url)
        if answer.status in (401, 403):
            raise failures.denied(answer.url, answer.status)
        if answer.status in (400, 422) and not data:
            raise failures.not_sparql(said)
        if answer.status in (502, 504):
            raise failures.broken_off(answer.url)
        raise failures.refused(answer.url, answer.status, said)


def _wants_digest(answer: Answer) -> bool:
    """Whether a password would be taken as a digest alone."""
    ways = [way.strip().lower() for way in answer.headers.get_all("WWW-Authenticate", [])]
    return answer.status == 401 and bool(ways) and all(way.startswith("digest") for way in ways)


def _check_body(answer: Answer, media: tuple[str, ...]) -> None:
    """Refuse what is not the format that was asked for; it is closed then."""
    fault = _fault(answer, [name for wanted in media for name in _NAMES[wanted]])
    if fault is not None:
        answer.close()
        raise fault


def _fault(answer: Answer, names: list[str]) -> RteError | None:
    coding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in ("", "identity"):
        return failures.not_an_answer(
            answer.url, "réponse compressée sans qu’on le demande", "compressed though it was not asked to"
        )
    # No triples are an empty text; no rows are not.
    if answer.is_empty and (answer.media_type not in names or RESULTS_JSON in names):
        return failures.not_an_answer(answer.url, "réponse vide", "an empty answer")
    charset = re.search(r"charset=[\"']?([^\s;\"']+)", answer.headers.get("Content-Type", ""), re.IGNORECASE)
    if charset and charset[1].lower() not in ("utf-8", "utf8", "us-ascii", "ascii"):
        return failures.not_an_answer(answer.url, "texte qui n’est pas en UTF-8", "a text that is not UTF-8")
    if answer.media_type in names:
        return None
    if answer.media_type in ("text/html", "application/xhtml+xml"):
        return failures.not_an_answer(answer.url, "une page web", "a web page")
    kind = answer.shown(answer.media_type)
    return failures.not_an_answer(
        answer.url,
        f"type « {kind} »" if kind else "aucun type de contenu",
        f"type “{kind}”" if kind else "no content type",
    )
