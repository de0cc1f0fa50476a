"""The parent's side: start a child, ask, read the answer with a deadline, kill and reap always."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import selectors
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from rte_graph import errors
from rte_graph.errors import InternalError, RteError, StoreUnavailable
from rte_graph.worker.deaths import Death, Explain, death_of, error_told
from rte_graph.worker.frames import DATA, END, ERROR, FAILURE, HEADER, LARGEST, REQUEST, Frame, Inbox, framed

_STDERR_KEPT = 16_384
_IDLE_KEPT = 2
# A child gets these and nothing else: no secret of an endpoint, no proxy.
_ENVIRONMENT = (
    *("HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"),
    *("PYTHONPATH", "PYTHONHOME", "PYTHONUSERBASE", "PYTHONNOUSERSITE", "PYTHONDONTWRITEBYTECODE"),
)


def available() -> bool:
    """Tell whether this system can limit and kill a child (Windows cannot)."""
    return os.name == "posix"


class Child:
    """A process that runs one module and answers one request at a time."""

    def __init__(self, module: str) -> None:
        if not available():
            raise StoreUnavailable(
                fr="Windows ne sait pas limiter la mémoire et le temps d’un calcul comme il le faut ici : "
                "utilisez Linux, macOS ou WSL.",
                en="Windows cannot limit the memory and the time of a computation as is needed here: "
                "use Linux, macOS or WSL.",
            )
        self.process: subprocess.Popen[bytes] = subprocess.Popen(
            [sys.executable, "-P", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(),
            bufsize=0,
        )
        for pipe in (self.stdin, self.stdout, self.stderr):
            os.set_blocking(pipe.fileno(), False)
            _widen(pipe)
        self.last_words = bytearray()
        _alive.add(self)

    @property
    def stdin(self) -> IO[bytes]:
        """The pipe to the child."""
        assert self.process.stdin is not None
        return self.process.stdin

    @property
    def stdout(self) -> IO[bytes]:
        """The pipe with the child's frames."""
        assert self.process.stdout is not None
        return self.process.stdout

    @property
    def stderr(self) -> IO[bytes]:
        """The pipe with what the child says of its own death."""
        assert self.process.stderr is not None
        return self.process.stderr

    def lives(self) -> bool:
        """Tell whether the process runs, and is ours: in a fork of this process it is not."""
        return self.process.poll() is None

    def ask(
        self, request: Mapping[str, object], *, seconds: float, explain: Explain, data: Iterable[bytes] = ()
    ) -> Answer:
        """Send a request; see :meth:`Pool.ask`."""
        return Answer(self, request, seconds=seconds, explain=explain, data=data)

    def listen(self) -> None:
        """Keep the end of what the child wrote on its standard error."""
        with contextlib.suppress(BlockingIOError):
            while piece := os.read(self.stderr.fileno(), LARGEST):
                self.last_words += piece
                del self.last_words[:-_STDERR_KEPT]

    def close(self) -> None:
        """Kill the process if it still runs, and reap it."""
        _alive.discard(self)
        self.process.kill()  # in a fork of this process it is nobody's child, and nothing is done
        self.process.wait()
        for pipe in (self.stdin, self.stdout, self.stderr):
            with contextlib.suppress(OSError):
                pipe.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Answer:
    """What a child sends: :attr:`header`, then data by iteration, then :attr:`summary`.

    Only the time spent waiting for the child counts against its seconds: what the consumer does between two
    pieces does not, nor what it takes to make the data. Leaving before the end kills the child.
    """

    def __init__(
        self,
        child: Child,
        request: Mapping[str, object],
        *,
        seconds: float,
        explain: Explain,
        data: Iterable[bytes] = (),
        keep: Callable[[Child], None] = Child.close,
    ) -> None:
        self.summary: dict[str, Any] = {}
        self._child = child
        self._left = seconds
        self._explain = explain
        self._keep = keep
        self._inbox = Inbox()
        self._first: Frame | None = None
        self._header: dict[str, Any] | None = None
        self._pending = memoryview(b"")
        self._outgoing = _outgoing(request, data)
        self._selector = selectors.DefaultSelector()
        self._selector.register(child.stdin, selectors.EVENT_WRITE)
        self._selector.register(child.stdout, selectors.EVENT_READ)
        self._selector.register(child.stderr, selectors.EVENT_READ)
        self._sending = True
        self._over = False

    @property
    def pid(self) -> int:
        """The child's process number."""
        return self._child.process.pid

    @property
    def header(self) -> dict[str, Any]:
        """What the child said before the data; empty when it said nothing."""
        if self._header is None:
            frame = self._frame()
            if frame.kind == HEADER:
                self._header = json.loads(frame.content)
            else:
                self._header, self._first = {}, frame
        return self._header

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self._over:
            raise StopIteration
        _ = self.header
        frame, self._first = self._first or self._frame(), None
        if frame.kind == DATA:
            return frame.content
        if frame.kind != END:
            raise self._fail(Death(cause="unknown", detail=f"unexpected frame {frame.kind!r}"))
        self.summary = json.loads(frame.content)
        self._finish()
        raise StopIteration

    def close(self) -> None:
        """Stop here; the child is killed unless the answer is complete."""
        if not self._over:
            self._over = True
            self._selector.close()
            self._child.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _frame(self) -> Frame:
        """Return the next frame; raises what it tells when it is an error."""
        try:
            while (frame := self._inbox.take()) is None:
                self._wait()
        except BaseException:
            self.close()  # the data could not be made, Ctrl-C …
            raise
        if frame.kind == ERROR:
            self._finish()
            raise error_told(json.loads(frame.content))
        if frame.kind == FAILURE:
            raise self._fail(Death(**json.loads(frame.content)))
        return frame

    def _wait(self) -> None:
        """Move bytes in both directions until something came; kill the child when its time is over."""
        start = time.monotonic()
        ready = self._selector.select(max(self._left, 0))
        self._left -= time.monotonic() - start
        if not ready:
            raise self._fail(Death(cause="time"))
        for key, _ in ready:
            if key.fileobj is self._child.stdin:
                self._write()
            elif key.fileobj is self._child.stderr:
                self._child.listen()
        if any(key.fileobj is self._child.stdout for key, _ in ready):
            piece = os.read(self._child.stdout.fileno(), LARGEST)
            if not piece:
                raise self._fail(self._death())
            self._inbox.put(piece)

    def _write(self) -> None:
        """Send until the pipe is full or there is no more."""
        while True:
            if not self._pending:
                following = next(self._outgoing, None)
                if following is None:
                    self._stop_sending()
                    return
                self._pending = memoryview(following)
            try:
                self._pending = self._pending[os.write(self._child.stdin.fileno(), self._pending) :]
            except BlockingIOError:
                return
            except BrokenPipeError:
                self._stop_sending()  # it is dead; what it sent last and how it ended is still to be read
                return

    def _stop_sending(self) -> None:
        self._sending = False
        self._selector.unregister(self._child.stdin)

    def _finish(self) -> None:
        """The answer is complete: the child may serve again, if it has read all that was for it."""
        self._over = True
        self._selector.close()
        self._child.listen()
        (Child.close if self._sending else self._keep)(self._child)

    def _death(self) -> Death:
        """Say why the child closed its end."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.process.wait(5)
        self._child.listen()
        return death_of(self._child.process.poll(), self._child.last_words.decode(errors="replace"))

    def _fail(self, death: Death) -> RteError:
        self.close()
        error = self._explain(death) or InternalError(
            fr="Le calcul s’est arrêté sans répondre : recommencez avec --debug et signalez-le.",
            en="The computation stopped without an answer: try again with --debug and report it.",
        )
        error.add_note(f"child: {death.cause} {death.detail}".rstrip())
        return error


class Pool:
    """Children that run one module, kept for the next request and closed when the process ends."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._idle: list[Child] = []
        self._lock = threading.Lock()

    def ask(
        self, request: Mapping[str, object], *, seconds: float, explain: Explain, data: Iterable[bytes] = ()
    ) -> Answer:
        """Send a request to a child that is free, else to a new one.

        Parameters
        ----------
        request : mapping
            What the handler gets; JSON.
        seconds : float
            How long the child may let us wait in all.
        explain : callable
            Gives the error to raise for a :class:`Death`; None for one that is not expected.
        data : iterable of bytes, optional
            Sent piece by piece while the answer is read; read in this thread, so that it may be anything.

        Returns
        -------
        Answer
            Nothing was read yet: an error of the child is raised by ``header`` or the iteration.
        """
        return Answer(self._borrow(), request, seconds=seconds, explain=explain, data=data, keep=self._keep)

    def close(self) -> None:
        """Kill the children that wait."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.close()

    def _borrow(self) -> Child:
        with self._lock:
            while self._idle:
                child = self._idle.pop()
                if child.lives():
                    return child
                child.close()
        return Child(self._module)

    def _keep(self, child: Child) -> None:
        with self._lock:
            if len(self._idle) < _IDLE_KEPT:
                self._idle.append(child)
                return
        child.close()


_alive: weakref.WeakSet[Child] = weakref.WeakSet()


@atexit.register
def _close_all() -> None:
    for child in list(_alive):
        child.close()


def _outgoing(request: Mapping[str, object], data: Iterable[bytes]) -> Iterator[bytes]:
    pieces = (
        framed(DATA, chunk[start : start + LARGEST])
        for chunk in data
        for start in range(0, len(chunk), LARGEST)
    )
    return chain([framed(REQUEST, json.dumps(request).encode())], pieces, [framed(END, b"")])


def _environment() -> dict[str, str]:
    """Return what the child may know; it must find this very package, however it was found here."""
    found = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    home = str(Path(errors.__file__).resolve().parent.parent)
    if Path(home).name not in ("site-packages", "dist-packages"):
        found["PYTHONPATH"] = os.pathsep.join(filter(None, (found.get("PYTHONPATH"), home)))
    return found


def _widen(pipe: IO[bytes]) -> None:
    """Let a pipe hold more, where that can be said: fewer turns between the two processes."""
    if sys.platform == "linux":
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, LARGEST)
