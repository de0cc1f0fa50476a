"""SPARQLWrapper makes the requests; the way they travel is ours."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit, urlunsplit
from urllib.request import Request

from SPARQLWrapper import GET, JSON, POST, TURTLE, SPARQLWrapper

from rte_graph import __version__
from rte_graph.store.remote.answers import Answer

AGENT = f"rte-graph/{__version__} (SPARQL client; SPARQLWrapper)"
"""Some endpoints answer the default agents of HTTP libraries with nothing (RDFLib/sparqlwrapper#250)."""


class Wrapper(SPARQLWrapper):
    """One request: its text, its form, what it accepts, and who sends it.

    Parameters
    ----------
    url : str
        Where to; its own query string is kept.
    text : str
        A query or an update.
    form : str
        ``SELECT``, ``ASK``, ``CONSTRUCT``, or ``INSERT`` for any update. SPARQLWrapper would guess it by
        regular expressions, which comments and prefixes can lead astray.
    accept : str
        Media types for the header.
    send : callable
        Takes the request and gives the answer, in place of ``urlopen`` without limits.
    """

    def __init__(
        self, url: str, text: str, *, form: str, accept: str, send: Callable[[Request], Answer]
    ) -> None:
        self._form = form
        self._send = send
        super().__init__(url, returnFormat=JSON if form in ("SELECT", "ASK") else TURTLE, agent=AGENT)
        self.setQuery(text)
        # One urlencoded POST is what most endpoints take, whatever the length of the text.
        self.setMethod(POST)
        # No « format », « output » and « results » beside: the header says it, as the protocol wants.
        self.setOnlyConneg(True)
        self.addCustomHttpHeader("Accept", accept)
        # A compressed answer could grow a thousandfold behind the size limit.
        self.addCustomHttpHeader("Accept-Encoding", "identity")

    def by_get(self) -> None:
        """Ask by GET: for endpoints that refuse POST."""
        parts = urlsplit(self.endpoint)
        # SPARQLWrapper joins by « ? » whatever the URL: what it already asks goes among the parameters.
        for name, value in parse_qsl(parts.query, keep_blank_values=True):
            self.addParameter(name, value)
        self.endpoint = urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))
        self.setMethod(GET)

    def _parseQueryType(self, query: str) -> str:  # noqa: N802 - SPARQLWrapper's name
        return self._form

    def _query(self) -> tuple[Answer, str]:  # type: ignore[override]
        return self._send(self._createRequest()), str(self.returnFormat)


def answer_of(wrapper: Wrapper) -> Answer:
    """Send the request and return the answer as it came."""
    response = wrapper.query().response
    assert isinstance(response, Answer)
    return response
