"""HTTP servers on this machine that answer as no endpoint should, written request by request."""

from __future__ import annotations

import contextlib
import itertools
import ssl
import threading
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

JSON = "application/sparql-results+json"
N_TRIPLES = "application/n-triples"
NO_ROWS = b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'
YES = b'{"head":{},"boolean":true}'


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as the server saw it; header names are in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, list[str]]:
        """The parameters of the body."""
        return urllib.parse.parse_qs(self.body.decode())


@dataclass(slots=True, kw_only=True)
class Endpoint:
    """A server that is running, and what it was asked."""

    url: str
    asked: list[Asked] = field(default_factory=list)


class Reply:
    """What a handler writes to: whole answers, or bytes as it likes."""

    def __init__(self, handler: BaseHTTPRequestHandler, over: threading.Event) -> None:
        self._handler = handler
        self._over = over

    def whole(self, body: bytes, *, status: int = 200, **headers: str) -> None:
        """Answer as a server should; headers are written with underscores for hyphens."""
        lines = {"Content-Length": str(len(body)), "Content-Type": JSON}
        lines.update({name.replace("_", "-"): value for name, value in headers.items()})
        self.head(status, **lines)
        self.bytes(body)

    def head(self, status: int = 200, **headers: str) -> None:
        """Send a status line and headers."""
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items() if value]
        self.bytes("\r\n".join([f"HTTP/1.1 {status} X", *lines, "", ""]).encode())

    def bytes(self, raw: bytes) -> None:
        """Send some bytes."""
        self._handler.wfile.write(raw)
        self._handler.wfile.flush()

    def drip(self, raw: bytes) -> None:
        """Send bytes one by one, again and again, for as long as the test lasts (or some ten seconds)."""
        for byte in itertools.islice(itertools.cycle(raw), 500):
            self.bytes(bytes((byte,)))
            if self._over.wait(0.02):
                return

    def flood(self, raw: bytes) -> None:
        """Send bytes again and again, as fast as they are taken."""
        while not self._over.is_set():
            self.bytes(raw)

    def silence(self) -> None:
        """Say nothing for as long as the test lasts (or twenty seconds: a failure must not hang)."""
        self._over.wait(20)


@contextlib.contextmanager
def endpoint(
    answer: Callable[[Asked, Reply], None], *, reads: bool = True, tls: ssl.SSLContext | None = None
) -> Iterator[Endpoint]:
    """Run a server that answers each request with a function.

    ``reads=False`` leaves the body of requests unread.
    """
    over = threading.Event()
    found = Endpoint(url="")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one(self) -> None:
            length = int(self.headers.get("Content-Length", 0)) if reads else 0
            asked = Asked(
                method=self.command,
                path=self.path,
                headers={name.lower(): value for name, value in self.headers.items()},
                body=self.rfile.read(length),
            )
            found.asked.append(asked)
            self.close_connection = True
            with contextlib.suppress(OSError):  # the client may hang up
                answer(asked, Reply(self, over))

        do_GET = do_POST = do_PUT = do_DELETE = handle_one  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            pass  # clients that hang up are what is tested

    server = Server(("127.0.0.1", 0), Handler)
    scheme = "http"
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    found.url = f"{scheme}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def saying(body: bytes, *, status: int = 200, **headers: str) -> Callable[[Asked, Reply], None]:
    """Answer everything with the same."""
    return lambda _asked, reply: reply.whole(body, status=status, **headers)


def forward(asked: Asked, reply: Reply, address: str) -> None:
    """Hand a request on to a real endpoint."""
    headers = {n: v for n, v in asked.headers.items() if n in ("content-type", "accept")}
    request = urllib.request.Request(address + asked.path, asked.body or None, headers, method=asked.method)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request) as response:
        reply.whole(response.read(), Content_Type=response.headers.get("Content-Type", "text/plain"))
