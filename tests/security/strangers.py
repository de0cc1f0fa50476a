"""What the tests of threats by files share."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Triple

from rte_graph.rdf_io import parse_triples, reader

GOOD = "<http://x.org/a> <http://x.org/b> <http://x.org/c> .\n"
ENOUGH = str(10**9)


def still_answers(folder: Path) -> list[Triple]:
    """Read a good file: whatever was refused before, this process and its next child live."""
    path = folder / "good.ttl"
    path.write_text(GOOD, encoding="utf-8")
    found = parse_triples(path)
    assert len(found) == 1
    return found


def without_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files in this very process, so that the static guards stand alone."""
    monkeypatch.setattr(reader, "available", lambda: False)


def without_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let any depth pass the static guard, so that the child stands alone."""
    monkeypatch.setenv("RTE_GRAPH_MAX_NESTING", ENOUGH)
