"""A real SPARQL server on this machine: the binary of the PyPI package ``oxigraph``."""

from __future__ import annotations

import atexit
import contextlib
import functools
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from loopback import PATIENCE, answers, free_port

_SERVER = Path(sys.executable).parent / "oxigraph"


def start(*words: str) -> tuple[subprocess.Popen[bytes], str]:
    """Start a server and return its process and its address, once it takes connections."""
    for _ in range(5):
        port = free_port()
        process = subprocess.Popen(
            [_SERVER, *(words or ("serve",)), "--bind", f"127.0.0.1:{port}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        if answers(process, port):
            return process, f"http://127.0.0.1:{port}"
        # Another process took the port in between.
        stop(process)
    raise AssertionError("the oxigraph server does not start")


def stop(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


@contextlib.contextmanager
def server(*words: str) -> Iterator[str]:
    """A server for one test."""
    process, address = start(*words)
    try:
        yield address
    finally:
        stop(process)


@functools.cache
def shared_server() -> str:
    """Address of one server for all tests of the session; empty it before use."""
    process, address = start()
    atexit.register(stop, process)
    return address


def emptied() -> str:
    """Address of the shared server, with nothing in it."""
    address = shared_server()
    text = urllib.parse.urlencode({"update": "DROP ALL"}).encode()
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    opener.open(f"{address}/update", data=text, timeout=PATIENCE).close()
    return address
