"""Say why a child ended: from its signal, from its last words, or from the error that it told."""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from rte_graph import errors
from rte_graph.errors import RteError

Cause = Literal["time", "memory", "nesting", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Death:
    """Why a child gave no complete answer, and what is known of it (English, for ``--debug``)."""

    cause: Cause
    detail: str = ""


# Gives the sentence for a death; None: none of the expected ones, an internal error is raised.
Explain = Callable[[Death], RteError | None]


def death_of(code: int | None, said: str) -> Death:
    """Translate how a process ended and what it said last."""
    cause: Cause = "unknown"
    if "memory allocation of" in said or "MemoryError" in said or code == -signal.SIGKILL:
        cause = "memory"  # SIGKILL was not ours: the system ran out of memory
    elif "overflowed its stack" in said or code in (-signal.SIGSEGV, -signal.SIGBUS):
        cause = "nesting"
    elif code == -signal.SIGXCPU:
        cause = "time"
    ended = "still running" if code is None else _signal_name(-code) if code < 0 else f"exit status {code}"
    return Death(cause=cause, detail=f"{ended}\n{said}".rstrip())


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def error_told(told: Mapping[str, Any]) -> RteError:
    """Return the error that was raised in the child."""
    kind = getattr(errors, told["class"], None)
    if not (isinstance(kind, type) and issubclass(kind, RteError)):
        kind = RteError
    return kind(fr=told["fr"], en=told["en"], keep=told["keep"])
