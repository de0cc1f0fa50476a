"""What all tests share: no network, a small ontology of their own, and a command line to call."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Triple

from rte_graph.loading import packaged_store
from rte_graph.resources import queries_folder
from rte_graph.sparql.model import SavedQuery
from rte_graph.store import EmbeddedStore
from rte_graph.validation import Ontology, read_ontology

SAMPLES = Path(__file__).parent / "samples"
PACKAGED_STORE = packaged_store
PACKAGED_QUERIES = queries_folder()
READ: dict[Any, Any] = {}
# Triples, the ontology's own included: more than tests write, fewer than the packaged data.
LARGE = 15_000


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sockets to anywhere but this machine raise."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in (
            "127.0.0.1",
            "::1",
            "localhost",
        ):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def same_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables have the same width wherever the tests run, in the processes that they start too."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("LINES", "40")


@pytest.fixture(autouse=True)
def packaged_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands called in this process share the packaged data and queries: reading them anew proves nothing.

    What a test loads, what a store is told to replace and what a limit would refuse are read as ever.
    """
    from rte_graph.loading import opening
    from rte_graph.sparql import library

    real_query = library.load_query

    def store() -> EmbeddedStore:
        if "engine" not in READ:
            with closing(PACKAGED_STORE()) as first:
                READ["engine"] = first._held().engine
        return EmbeddedStore(READ["engine"])

    def query(path: Path, folder: Path | None = None) -> SavedQuery:
        limited = any(name.startswith("RTE_GRAPH_MAX") for name in os.environ)
        if limited or folder != PACKAGED_QUERIES:
            return real_query(path, folder)
        if path not in READ:
            READ[path] = real_query(path, folder)
        return READ[path]

    monkeypatch.setattr(opening, "packaged_store", store)
    monkeypatch.setattr(library, "load_query", query)


@pytest.fixture(autouse=True)
def packaged_validated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same data are put to the same shapes once a process: the second report would say the same.

    Only reports without a result are kept for small data, because results name the files and lines.
    """
    from rte_graph.validation import Report, SourceFile, validate

    def report(
        files: Sequence[SourceFile], data: Iterable[Triple], ontology: Ontology, **more: Iterable[Triple]
    ) -> Report:
        everything = frozenset(data)
        context = frozenset(more.get("context", ()))
        large = len(everything) >= LARGE
        stated = tuple((file.path if large else None, frozenset(file.triples)) for file in files)
        key = hash((stated, everything, ontology.shapes, frozenset(ontology.triples), context))
        if key in READ:
            return READ[key]
        made = validate(files, everything, ontology, context=context)
        if large or not made.results:
            READ[key] = made
        return made

    for name in ("incoming", "examine"):
        module = importlib.import_module(f"rte_graph.loading.{name}")
        monkeypatch.setattr(module, "validate", report)


@pytest.fixture(scope="session")
def mini_ontology() -> Ontology:
    """An ontology of a dozen terms with three shapes, so that tests do not follow the real one's changes."""
    return read_ontology([SAMPLES / "ontology.ttl"], [SAMPLES / "shapes.ttl"])


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a Turtle file with the usual prefixes and returns its path."""

    def write_file(name: str, body: str, *, prefixes: bool = True) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        head = (SAMPLES / "prefixes.ttl").read_text(encoding="utf-8") if prefixes else ""
        path.write_text(head + body, encoding="utf-8")
        return path

    return write_file


def plain(text: str) -> str:
    """Return a text with ordinary spaces for no-break ones, so that tests can be read and typed."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a command answered, with ordinary spaces."""

    code: int
    out: str
    err: str


@pytest.fixture
def cli() -> Iterator[Callable[..., Outcome]]:
    """Return a function that runs ``rte-graph`` in this process, with words as in a shell."""
    from rte_graph.cli import main
    from rte_graph.cli.language import set_language

    def run(*words: object) -> Outcome:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main([str(word) for word in words])
        return Outcome(code=code, out=plain(out.getvalue()), err=plain(err.getvalue()))

    yield run
    set_language("fr")
