"""A fault of a site, as ``publish --check`` tells it."""

from __future__ import annotations

from dataclasses import dataclass

from rte_graph.network.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault: which check found it, and a sentence."""

    check: str
    message: Text


def fault(check: str, fr: str, en: str) -> Fault:
    """Return a fault with its sentence in both languages."""
    return Fault(check=check, message=Text(fr=fr, en=en))
