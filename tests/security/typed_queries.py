"""What the tests of threats by queries share."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from pyoxigraph import NamedNode, Triple

from rte_graph.sparql.confined import FreeResult, Limits, run_checked, run_text
from rte_graph.sparql.guard import FreeText
from rte_graph.store import Store

GENEROUS = Limits(seconds=600, memory_bytes=1_000_000_000, rows=1_000_000, size=100_000_000)
SHORT = Limits(seconds=1, memory_bytes=500_000_000, rows=1_000_000, size=100_000_000)

DATASET = NamedNode("http://x.org/dataset/crowd")
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def crowd() -> Iterator[Triple]:
    """Sixty people who all know each other: every question about paths between them is large."""
    knows = NamedNode("http://x.org/knows")
    people = [NamedNode(f"http://x.org/{number}") for number in range(60)]
    for one in people:
        for other in people:
            yield Triple(one, knows, other)


def past_the_guard(store: Store, text: str, limits: Limits) -> FreeResult:
    """Run a text that nobody looked at, so that the child stands alone."""
    return run_checked(store, FreeText(text=text, form="SELECT"), limits)


def read_all(result: FreeResult) -> list[Any]:
    with result:
        return list(result.rows) or list(result.triples)


def still_answers(store: Store) -> None:
    """Ask something simple: whatever was stopped before, this process, the store and the next child live."""
    assert [row[0].value for row in read_all(run_text(store, COUNT, GENEROUS)) if row[0]] == ["3600"]


def undefended(text: str, seconds: float = 30) -> int | None:
    """Let the bare engine read a query; return how its process ended, None when it had not ended by then."""
    code = (
        "import sys; from pyoxigraph import *; store = Store();"
        "people = [NamedNode(f'http://x.org/{n}') for n in range(60)]; knows = NamedNode('http://x.org/knows');"
        "store.extend(Quad(a, knows, b, DefaultGraph()) for a in people for b in people);"
        "list(store.query(sys.stdin.read()))"
    )
    try:
        return subprocess.run(
            [sys.executable, "-c", code],
            input=text,
            text=True,
            capture_output=True,
            timeout=seconds,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        return None


class _Endpoint(ThreadingHTTPServer):
    calls = 0


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, _Endpoint)
        self.server.calls += 1
        body = b'{"head":{"vars":[]},"results":{"bindings":[]}}'
        self.send_response(200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def endpoint() -> Iterator[tuple[str, _Endpoint]]:
    """Serve an endpoint on this machine that counts who calls; give its address."""
    server = _Endpoint(("127.0.0.1", 0), _Handler)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
