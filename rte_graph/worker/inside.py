"""The child's side: read requests, give up rights, send frames, end with the parent.

Light on purpose: a child that is started for one query should cost a few hundredths of a second.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, NoReturn

from rte_graph.errors import RteError
from rte_graph.worker.frames import DATA, END, ERROR, FAILURE, HEAD, HEADER, LARGEST, REQUEST, Frame, framed
from rte_graph.worker.network import cut_network

try:
    import resource
except ImportError:  # Windows, where the parent starts no child
    resource = None  # type: ignore[assignment]

# The lowest number that is free once the three standard channels are open: no descriptor can be made any
# more, whichever is closed later, and those that are open stay usable.
_NO_MORE_FILES = 3
_MARGIN_SECONDS = 10

_frames = 1


class Task:
    """One request and the way to answer it.

    Attributes
    ----------
    request : dict
        What the parent asks.
    """

    def __init__(self, request: dict[str, Any], source: BinaryIO) -> None:
        self.request = request
        self._source = source
        self._more = True

    def data(self) -> Iterator[bytes]:
        """Yield the data that come with the request, as they arrive."""
        while self._more:
            frame = _read_frame(self._source)
            if frame is None:
                _end_with_the_parent()
            if frame.kind == END:
                self._more = False
            else:
                yield frame.content

    def header(self, content: Mapping[str, object]) -> None:
        """Say what the data will be; at most once, before them."""
        _write(framed(HEADER, _json(content)))

    def send(self, content: bytes) -> None:
        """Send a piece of the answer; waits when the parent is slow."""
        for start in range(0, len(content), LARGEST):
            _write(framed(DATA, content[start : start + LARGEST]))

    def end(self, summary: Mapping[str, object] | None = None) -> None:
        """Say that the answer is complete; once, at the end."""
        _write(framed(END, _json(summary or {})))


def serve(handle: Callable[[Task], None]) -> None:
    """Answer requests one after the other until the parent closes the pipe.

    An :class:`~rte_graph.errors.RteError` raised by ``handle`` travels to the parent, which raises it there;
    after anything else the child ends.
    """
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to answer
    source = os.fdopen(os.dup(0), "rb", buffering=LARGEST)
    global _frames
    _frames = os.dup(1)
    os.dup2(2, 1)  # whatever prints, in Python or below, must not get between the frames
    _watch_the_parent()
    while (frame := _read_frame(source)) is not None:
        relax()
        if frame.kind != REQUEST:
            raise ValueError(f"a request was expected, not {frame.kind!r}")
        task = Task(json.loads(frame.content), source)
        problem = _problem(handle, task)
        if problem is not None:
            relax()  # telling it takes a little memory
            _write(problem)
            if problem[:1] == FAILURE:
                sys.exit(1)
        for _ in task.data():
            pass  # what the handler did not care for


def confine(*, memory_bytes: int, seconds: float | None = None, files: bool = False) -> bool:
    """Give up what an answer does not need; call it once everything that is needed is open.

    Parameters
    ----------
    memory_bytes : int
        Address space allowed beyond what is in use now (Linux; macOS does not enforce it).
    seconds : float, optional
        The parent's time limit. The parent enforces it; should the parent be stopped or killed while
        nothing can be noticed here, twice as much processor time and a little ends the child.
    files : bool, optional
        Keep the right to open files: a store on disk opens its own as it needs them.

    Returns
    -------
    bool
        Whether sockets are impossible from now on: always, unless ``files`` are needed and the system
        has no other way to forbid sockets (:func:`rte_graph.worker.network.cut_network`).

    Notes
    -----
    Without ``files`` no descriptor can be opened afterwards, so no file and no socket; what is open stays
    so. No file can grow, no core is left. Only the soft limits move, so that the next request can be
    prepared: the limits are for what a parser or an engine does with strange input, not for foreign code.
    """
    if resource is None:
        return False
    in_use = _address_space()  # told by a file, so before files are given up
    if files:
        cut = cut_network()
    else:
        cut = True
        _lower(resource.RLIMIT_NOFILE, _NO_MORE_FILES)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_AS, in_use + memory_bytes)
    if seconds is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _lower(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + 2 * seconds) + _MARGIN_SECONDS)
    return cut


def relax() -> None:
    """Take back :func:`confine`, for the next request."""
    if resource is None:
        return
    for limit, soft in _at_the_start.items():
        resource.setrlimit(limit, (soft, resource.getrlimit(limit)[1]))


def _limits() -> dict[int, int]:
    if resource is None:
        return {}
    names = (
        resource.RLIMIT_CORE,
        resource.RLIMIT_FSIZE,
        resource.RLIMIT_NOFILE,
        resource.RLIMIT_AS,
        resource.RLIMIT_CPU,
    )
    return {name: resource.getrlimit(name)[0] for name in names}


_at_the_start = _limits()


def _lower(limit: int, value: int) -> None:
    """Set a soft limit, unless a lower one is in force (a container's, a user's)."""
    soft, hard = resource.getrlimit(limit)
    if soft != resource.RLIM_INFINITY and soft < value:
        return
    try:
        resource.setrlimit(limit, (value, hard))
    except (ValueError, OSError):
        # macOS refuses an address space smaller than the (huge) one that it counts as used.
        if sys.platform != "darwin" or limit != resource.RLIMIT_AS:
            raise


def _address_space() -> int:
    """Return the bytes of address space in use; 0 where the system does not say (nor enforces the limit)."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - pathlib costs at start-up
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _problem(handle: Callable[[Task], None], task: Task) -> bytes | None:
    """Answer one request; return the frame that tells what went wrong."""
    try:
        handle(task)
    except RteError as error:
        content = {"class": type(error).__name__, "fr": error.fr, "en": error.en, "keep": error._keep}
        return framed(ERROR, _json(content))
    except MemoryError as error:
        return framed(FAILURE, _json({"cause": "memory", "detail": f"MemoryError: {error}"}))
    except RecursionError as error:
        return framed(FAILURE, _json({"cause": "nesting", "detail": f"RecursionError: {error}"}))
    except BaseException:  # Rust's panics are no Exception
        return framed(FAILURE, _json({"cause": "unknown", "detail": traceback.format_exc()}))
    return None


def _watch_the_parent() -> None:
    """End this process as soon as the other end of its standard input is closed: the parent is gone.

    The thread that computes may not look at its input for long. (Linux could send a signal on the parent's
    death, but it means the death of the parent's thread, and it is Linux alone.)
    """
    import select

    if not hasattr(select, "poll"):
        return

    def watch() -> None:
        poll = select.poll()
        poll.register(0, 0)  # only the hang-up, which is always told
        poll.poll()
        os._exit(1)

    threading.stack_size(256 * 1024)
    threading.Thread(target=watch, daemon=True).start()
    threading.stack_size(0)


def _end_with_the_parent() -> NoReturn:
    os._exit(1)


def _read_frame(source: BinaryIO) -> Frame | None:
    head = source.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    kind, length = HEAD.unpack(head)
    content = source.read(length)
    return Frame(kind, content) if len(content) == length else None


def _write(content: bytes) -> None:
    view = memoryview(content)
    try:
        while view:
            view = view[os.write(_frames, view) :]
    except BrokenPipeError:
        _end_with_the_parent()


def _json(content: Mapping[str, object]) -> bytes:
    return json.dumps(content).encode()
