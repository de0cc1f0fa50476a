"""One question and its answer: redirects checked one by one, waiting when asked to, limits throughout."""

from __future__ import annotations

import email.utils
import http.client
import time
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import Request

from rte_graph import settings
from rte_graph.errors import UsageError
from rte_graph.store.remote import failures
from rte_graph.store.remote.addresses import checked, origin_of, shown
from rte_graph.store.remote.answers import Answer
from rte_graph.store.remote.credentials import Credentials
from rte_graph.store.remote.network import Allowance, TooNear, Way, open_request

_MOST_TRIES = 3
_MOST_REDIRECTS = 5
_VOLUME = 10_000_000
"""Bytes of N-Triples for which an endpoint gets the whole time once more; Oxigraph takes a tenth of that."""
_REDIRECTS = (301, 302, 303, 307, 308)
_BUSY = (429, 503)


class Exchange:
    """Sends requests to one endpoint.

    Parameters
    ----------
    home : str
        URL whose origin the credentials belong to.
    credentials : Credentials
        Sent to that origin and no other.
    sleep : callable
        Waits some seconds.
    """

    def __init__(self, home: str, credentials: Credentials, sleep: Callable[[float], None]) -> None:
        self._origin = origin_of(home)
        self._credentials = credentials
        self._sleep = sleep

    def __repr__(self) -> str:
        return f"Exchange({'://'.join(self._origin[:2])})"

    def send(self, request: Request, *, safe: bool, volume: int = 0) -> Answer:
        """Send a request, again when the endpoint says when to come back, and return the answer.

        Parameters
        ----------
        request : Request
            Its body, if it is a file, is sent from its beginning each time.
        safe : bool
            Whether it only reads: only then are redirects followed.
        volume : int
            Bytes of data that the endpoint has to work on; it is given more time for them.

        Raises
        ------
        EndpointError
            No connection, a redirect that is not followed, or an endpoint that stays busy.
        TimeLimit, SizeLimit
            The limits of one exchange.
        """
        url = shown(request.full_url)
        seconds = settings.max_endpoint_seconds() * (1 + volume // _VOLUME)
        for tries_left in reversed(range(_MOST_TRIES)):
            allowance = Allowance(url, seconds, settings.max_endpoint_bytes())
            response = self._followed(request, allowance, safe)
            if response.status not in _BUSY:
                return Answer(response, allowance, self._credentials.without)
            wait = _seconds_to_wait(response.headers.get("Retry-After"))
            if wait is None:
                return Answer(response, allowance, self._credentials.without)
            response.close()
            if wait > settings.max_retry_seconds() or not tries_left:
                raise failures.asks_to_wait(url, wait)
            self._sleep(wait)
        raise AssertionError("the last try returns or raises")

    def _followed(self, request: Request, allowance: Allowance, safe: bool) -> http.client.HTTPResponse:
        nearest: int | None = None
        for _ in range(_MOST_REDIRECTS + 1):
            way = Way(allowance, nearest)
            response = self._opened(request, way)
            target = response.headers.get("Location")
            if response.status not in _REDIRECTS or not target:
                return response
            response.close()
            # The first address is the one the user named; where it leads must not be nearer.
            nearest = way.reached if nearest is None else nearest
            request = self._redirected(request, response.status, target, safe, allowance.url)
        raise failures.not_followed(
            allowance.url,
            self._shown(request.full_url),
            f"plus de {_MOST_REDIRECTS} renvois",
            f"more than {_MOST_REDIRECTS} redirects",
        )

    def _opened(self, request: Request, way: Way) -> http.client.HTTPResponse:
        url = way.allowance.url
        body = request.data
        rewind = getattr(body, "seek", None)
        if rewind is not None:  # a file that is sent again
            rewind(0)
        # A copy each time: a proxy changes the request that passes, and credentials are for this hop alone.
        copy = Request(request.full_url, body, request.headers, method=request.get_method())
        header = self._credentials.header
        if header is not None and origin_of(request.full_url) == self._origin:
            copy.add_unredirected_header("Authorization", header)
        try:
            response = open_request(copy, way)
        except TooNear:
            raise failures.not_followed(
                url,
                self._shown(request.full_url),
                "adresse d’un réseau privé ou de cette machine",
                "address of a private network or of this machine",
            ) from None
        except URLError as error:
            if isinstance(error.reason, TimeoutError):  # while encryption is agreed upon
                raise way.allowance.spent() from None
            raise failures.unreachable(url, error) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise failures.broken_off(url, error) from None  # it may cite what the endpoint sent
        if way.cut and response.status < 400:
            response.close()
            raise failures.broken_off(url)
        return response

    def _redirected(self, request: Request, status: int, target: str, safe: bool, url: str) -> Request:
        """Return the next request, if it may be made."""
        here = request.full_url
        try:
            there = checked(urljoin(here, target))
        except (UsageError, ValueError):
            there = None
        name = self._shown(there or target)
        if there is None:
            raise failures.not_followed(url, name, "ce n’est pas une URL http", "it is no http URL")
        if not safe:
            raise failures.not_followed(url, name, "une modification", "a change to the data")
        if urlsplit(here).scheme == "https" and urlsplit(there).scheme != "https":
            raise failures.not_followed(url, name, "sans chiffrement", "without encryption")
        # The same question is asked there, so its body goes along; only 303 says « get the answer there ».
        again = status != 303
        headers = {name: value for name, value in request.headers.items() if again or name != "Content-type"}
        return Request(
            there,
            data=request.data if again else None,
            headers=headers,
            method=request.get_method() if again else "GET",
        )

    def _shown(self, url: str) -> str:
        """Return a URL to which the endpoint sends us, fit to be shown."""
        return self._credentials.without(shown(url))


def _seconds_to_wait(text: str | None) -> float | None:
    """Return what ``Retry-After`` says in seconds; None when it says nothing that can be understood."""
    text = (text or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        when = email.utils.parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.fromtimestamp(time.time(), UTC)).total_seconds())
