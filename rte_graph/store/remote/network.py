"""Connections to an endpoint: every wait counts toward one deadline, every byte toward one limit.

A time-out of a socket begins anew with each byte, so an endpoint that drips would never reach it. Here the
time left is computed before each read, whatever layer asks for it (TLS, headers, chunks, body).
"""

from __future__ import annotations

import functools
import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable
from typing import Any
from urllib import request as urllib_request

from rte_graph.store.remote import addresses, failures

_BLOCK = 65_536
# Uploads may take long; who takes less than this within the time allowed is too slow.
_LEAST_ACCEPTED = 1_000_000


class Allowance:
    """Seconds and bytes that one exchange may take; the clock stands still while we work on what came.

    Parameters
    ----------
    url : str
        The endpoint as messages name it.
    seconds, size : int
        Longest wait and largest answer.
    """

    def __init__(self, url: str, seconds: int, size: int) -> None:
        self.url = url
        self._seconds = seconds
        self._size = size
        self._left = float(seconds)
        self._bytes = 0
        self._sent = 0
        self._since: float | None = None

    def __enter__(self) -> None:
        self._since = time.monotonic()

    def __exit__(self, *_: object) -> None:
        if self._since is not None:
            self._left -= time.monotonic() - self._since
        self._since = None

    def seconds_left(self) -> float:
        """Return the seconds left, always more than none.

        Raises
        ------
        TimeLimit
            There are none left.
        """
        waited = 0.0 if self._since is None else time.monotonic() - self._since
        if self._left <= waited:
            raise self.spent()
        return self._left - waited

    def spent(self) -> Exception:
        """Return the error of the deadline."""
        return failures.too_slow(self.url, self._seconds)

    def received(self, count: int) -> None:
        """Count bytes that came; raise SizeLimit when they are too many."""
        self._bytes += count
        if self._bytes > self._size:
            raise failures.too_large(self.url, self._size)

    def sent(self, count: int) -> None:
        """Count bytes that were taken; the wait begins anew with every megabyte of an upload."""
        self._sent += count
        if self._sent >= _LEAST_ACCEPTED:
            self._sent = 0
            self.renew()

    def renew(self) -> None:
        """Give the whole time again."""
        self._left = float(self._seconds)
        if self._since is not None:
            self._since = time.monotonic()


class _Watched(io.RawIOBase):
    """What a socket receives, within an allowance."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, allowance: Allowance) -> None:
        self._raw = raw
        self._sock = sock
        self._allowance = allowance

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(self._allowance.seconds_left())
        try:
            count = self._raw.readinto(buffer)
        except TimeoutError:
            raise self._allowance.spent() from None
        self._allowance.received(count or 0)
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _WatchedSocket:
    """The part of a socket that HTTP connections use, within an allowance."""

    def __init__(self, sock: socket.socket, way: Way) -> None:
        self._sock = sock
        self._way = way

    def sendall(self, block: bytes) -> None:
        allowance = self._way.allowance
        view = memoryview(block).cast("B")
        for start in range(0, len(view), _BLOCK):
            if self._way.cut:
                return
            part = view[start : start + _BLOCK]
            self._sock.settimeout(allowance.seconds_left())
            try:
                self._sock.sendall(part)
            except TimeoutError:
                raise allowance.spent() from None
            except ConnectionError:
                # Who refuses an upload answers and closes at once: the answer says why, so go on to read it.
                self._way.cut = True
                return
            allowance.sent(len(part))

    def makefile(self, mode: str) -> io.BufferedReader:
        assert mode == "rb"
        raw = self._sock.makefile("rb", buffering=0)
        return io.BufferedReader(_Watched(raw, self._sock, self._way.allowance), _BLOCK)

    def close(self) -> None:
        self._sock.close()


class Way:
    """How one request travels: within which allowance, and to addresses how near at most.

    Parameters
    ----------
    allowance : Allowance
        Shared by all requests of an exchange.
    nearest : int, optional
        The nearest reach allowed (see :func:`addresses.reach_of`); None where the user named the address.
    """

    def __init__(self, allowance: Allowance, nearest: int | None) -> None:
        self.allowance = allowance
        self.nearest = nearest
        self.reached = addresses.PUBLIC
        self.cut = False
        """Whether the other side stopped taking the request before its end."""

    def connect(self, address: tuple[str, int], *_: object) -> socket.socket:
        """Open a connection; the address that is checked is the address that is used.

        Raises
        ------
        TooNear
            A redirect leads into our own network.
        """
        found = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)
        failure: OSError = OSError("no address")
        for family, kind, protocol, _name, where in found:
            reach = addresses.reach_of(str(where[0]))
            if self.nearest is not None and reach > self.nearest:
                raise TooNear
            sock = socket.socket(family, kind, protocol)
            try:
                sock.settimeout(self.allowance.seconds_left())
                sock.connect(where)
            except TimeoutError:
                sock.close()
                raise self.allowance.spent() from None
            except OSError as error:
                sock.close()
                failure = error
                continue
            self.reached = reach
            return sock
        raise failure


class TooNear(Exception):  # noqa: N818 - turned into a sentence where the redirect is known
    """A redirect leads from a public address into a private network or to this machine."""


class _Plain(http.client.HTTPConnection):
    def __init__(self, host: str, *, way: Way, direct: bool, **options: Any) -> None:
        super().__init__(host, **options)
        self._way = way
        if direct:
            self._create_connection: Callable[..., Any] = way.connect

    def connect(self) -> None:
        self.timeout = self._way.allowance.seconds_left()
        super().connect()
        self.sock = _WatchedSocket(self.sock, self._way)


class _Secure(http.client.HTTPSConnection):
    def __init__(self, host: str, *, way: Way, direct: bool, **options: Any) -> None:
        super().__init__(host, context=tls_context(), **options)
        self._way = way
        if direct:
            self._create_connection: Callable[..., Any] = way.connect

    def connect(self) -> None:
        self.timeout = self._way.allowance.seconds_left()
        super().connect()
        self.sock = _WatchedSocket(self.sock, self._way)


@functools.cache
def tls_context() -> ssl.SSLContext:
    """Return the certificates that are trusted: reading them takes longer than a request."""
    return ssl.create_default_context()


class _PlainHandler(urllib_request.HTTPHandler):
    def __init__(self, way: Way, direct: bool) -> None:
        super().__init__()
        self._make = functools.partial(_Plain, way=way, direct=direct)

    def http_open(self, req: urllib_request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._make, req)


class _SecureHandler(urllib_request.HTTPSHandler):
    def __init__(self, way: Way, direct: bool) -> None:
        super().__init__()
        self._make = functools.partial(_Secure, way=way, direct=direct)

    def https_open(self, req: urllib_request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._make, req)


def open_request(request: urllib_request.Request, way: Way) -> http.client.HTTPResponse:
    """Send a request over http or https, by the system's proxy if it has one, and read the headers.

    Raises
    ------
    OSError, http.client.HTTPException
        No connection, or no HTTP.
    TimeLimit, SizeLimit
        The allowance is spent.
    TooNear
        The address is not one that a redirect may lead to.
    """
    name = addresses.origin_of(request.full_url)[1]
    local = addresses.reach_of_name(name) == addresses.LOOPBACK
    proxies = {} if local or urllib_request.proxy_bypass(request.host) else urllib_request.getproxies()
    direct = request.type not in proxies
    if not direct:
        # The proxy finds the address; of the name itself we can tell numbers and localhost.
        way.reached = addresses.reach_of_name(name)
        if way.nearest is not None and way.reached > way.nearest:
            raise TooNear
    # Not build_opener: it adds handlers that follow redirects and open files.
    opener = urllib_request.OpenerDirector()
    opener.add_handler(urllib_request.ProxyHandler({} if direct else proxies))
    opener.add_handler(_PlainHandler(way, direct))
    opener.add_handler(_SecureHandler(way, direct))
    with way.allowance:
        response = opener.open(request)
    assert isinstance(response, http.client.HTTPResponse)
    return response
