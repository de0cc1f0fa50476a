"""A child for the tests: does what the request names, good or bad."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable

from rte_graph.errors import UnreadableData
from rte_graph.worker.inside import Task, confine, serve


def echo(task: Task) -> None:
    task.header({"pid": os.getpid()})
    for piece in task.data():
        task.send(piece)
    task.end({"done": True})


def stubborn(task: Task) -> None:
    """Answer without reading what comes."""
    task.send(b"x")
    task.end()


def count(task: Task) -> None:
    for number in range(task.request["pieces"]):
        task.send(bytes([number % 256]) * task.request["size"])
    task.end()


def environment(task: Task) -> None:
    task.header({"names": sorted(os.environ), "path": sys.path})
    task.end()


def hang(task: Task) -> None:
    task.header({"pid": os.getpid()})
    while True:
        time.sleep(60)


def spin(task: Task) -> None:
    """Compute for ever without ever letting another thread of this process in."""
    task.header({"pid": os.getpid()})
    confine(memory_bytes=10**8, seconds=task.request["seconds"])
    sum(range(10**12))


def refuse(task: Task) -> None:
    raise UnreadableData(fr="« x » va mal : corrigez-le.", en="“x” is wrong: correct it.", keep=("x",))


def fail(task: Task) -> None:
    raise ZeroDivisionError("of our own making")


def overflow(task: Task) -> None:
    ctypes.string_at(0)


def recurse(task: Task) -> None:
    recurse(task)


def rust_overflow(task: Task) -> None:
    print("thread 'main' has overflowed its stack", file=sys.stderr, flush=True)
    os.abort()


def rust_out_of_memory(task: Task) -> None:
    print("memory allocation of 1048576 bytes failed", file=sys.stderr, flush=True)
    os.abort()


def killed(task: Task) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave(task: Task) -> None:
    os._exit(3)


def talk(task: Task) -> None:
    """Print far more than a pipe holds, to both channels."""
    for _ in range(200):
        sys.stderr.write("y" * 10_000)
        print("z" * 10_000)
        os.write(1, b"straight to the descriptor\n")
    task.end()


def eat(task: Task) -> None:
    confine(memory_bytes=task.request["memory"])
    held = bytearray(task.request["eaten"])
    task.end({"held": len(held)})


def sockets(task: Task) -> None:
    """Say what works when files are still needed: sockets of any kind, in any thread, and files."""
    confined = threading.Event()
    failed: list[str] = []

    def attempt(name: str, family: int) -> None:
        try:
            socket.socket(family).close()
        except OSError:
            failed.append(name)

    def wait_and_attempt() -> None:
        confined.wait()
        attempt("in an old thread", socket.AF_INET)

    old = threading.Thread(target=wait_and_attempt)
    old.start()
    cut = confine(memory_bytes=10**9, files=True)
    attempt("internet", socket.AF_INET)
    attempt("local", socket.AF_UNIX)
    thread = threading.Thread(target=attempt, args=("in a thread", socket.AF_INET6))
    thread.start()
    thread.join()
    confined.set()
    old.join()
    os.close(os.open(task.request["path"], os.O_RDONLY))
    task.end({"cut": cut, "failed": failed})


def _attempts(path: str) -> dict[str, Callable[[], object]]:
    return {
        "socket": socket.socket,
        "pair": socket.socketpair,
        "file": lambda: os.open(path, os.O_RDONLY),
        "pipe": os.pipe,
        "command": lambda: os.popen("true").read(),
    }


def try_all(task: Task) -> None:
    """Say what still works after giving up rights; a descriptor that was closed makes no room."""
    spare = os.open(task.request["path"], os.O_RDONLY)
    grown = os.open(task.request["grown"], os.O_WRONLY)
    confine(memory_bytes=10**9)
    os.close(spare)
    worked = []
    for name, attempt in _attempts(task.request["path"]).items():
        try:
            attempt()
            worked.append(name)
        except OSError:
            pass
    try:
        os.write(grown, b"x")
        worked.append("writing")
    except OSError:
        pass
    os.close(grown)
    task.end({"worked": worked})


if __name__ == "__main__":
    serve(lambda task: globals()[task.request["do"]](task))
