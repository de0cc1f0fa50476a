"""Who wants to hear how far long work has come: told by the work, heard where it was asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Hear = Callable[[int, int], None]
_heard: ContextVar[Hear | None] = ContextVar("heard", default=None)


@contextmanager
def heard_by(hear: Hear | None) -> Iterator[None]:
    """Let ``hear(done, total)`` be called by the work within; what it raises stops the work.

    Work that is part of other work is silent: one bar is enough.

    Examples
    --------
    >>> with heard_by(print):
    ...     tell(1, 2)
    1 2
    """
    before = _heard.set(hear)
    try:
        yield
    finally:
        _heard.reset(before)


def tell(done: int, total: int) -> None:
    """Say how much of the work is done."""
    hear = _heard.get()
    if hear is not None:
        hear(done, total)


@contextmanager
def telling() -> Iterator[Hear]:
    """Give what tells how far this work is, and silence the work that it is made of."""
    hear = _heard.get()
    with heard_by(None):
        yield hear or (lambda done, total: None)
