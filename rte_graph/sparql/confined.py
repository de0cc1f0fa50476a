"""Run a query that somebody typed, so that it can harm nothing: not the store, not the machine, not others.

The text goes through the guard, then to a process of its own that has no network, that may use so much memory
and time and no more, and that is killed when it passes these limits. What it gives is read as it comes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, Protocol, TypeVar, cast

from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, Triple, parse, parse_query_results

from rte_graph.errors import MemoryLimit, NestingLimit, RteError, TimeLimit
from rte_graph.settings import (
    max_parse_seconds,
    max_query_memory_bytes,
    max_query_seconds,
    max_result_bytes,
    max_result_rows,
)
from rte_graph.sparql.guard import FreeText, check_free_query
from rte_graph.sparql.results import Row
from rte_graph.sparql.wording import number
from rte_graph.store.base import Store
from rte_graph.typography import french
from rte_graph.worker.deaths import Death
from rte_graph.worker.parent import Answer, Child, Pool

_MODULE = "rte_graph.sparql.confined_child"
_POOL = Pool(_MODULE)
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a typed query may take.

    Attributes
    ----------
    seconds : float
        Planning and evaluation; what the reader of the result does in between does not count.
    memory_bytes : int
        Beside the data that are held in memory.
    rows, size : int
        Rows (or triples) and bytes of the result; beyond, it is cut at a whole row and says so.
    """

    seconds: float
    memory_bytes: int
    rows: int
    size: int

    @classmethod
    def in_force(cls) -> Limits:
        """Return what the settings say."""
        return cls(
            seconds=max_query_seconds(),
            memory_bytes=max_query_memory_bytes(),
            rows=max_result_rows(),
            size=max_result_bytes(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Truncation:
    """Why and where a result was cut: after `rows` whole rows, at the limit of rows or of bytes."""

    reason: Literal["rows", "bytes"]
    rows: int
    limit: int

    def message(self, lang: str) -> str:
        """Return the sentence that says so."""
        kept, limit = number(str(self.rows), lang), number(str(self.limit), lang)
        if lang == "en":
            why = "rows" if self.reason == "rows" else f"rows, {limit} bytes"
            return (
                f"The result is cut after {kept} {why}: ask for less, or raise "
                f"RTE_GRAPH_MAX_RESULT_{self.reason.upper()}."
            )
        why = "lignes" if self.reason == "rows" else f"lignes, {limit} octets"
        return french(
            f"Le résultat est tronqué après {kept} {why} : demandez-en moins, ou relevez "
            f"RTE_GRAPH_MAX_RESULT_{self.reason.upper()}."
        )


@dataclass(slots=True, kw_only=True)
class FreeResult:
    """What a typed query gives: a table, a graph, or yes or no.

    Attributes
    ----------
    kind : {"table", "graph", "boolean"}
        Which of the three.
    columns : tuple of str
        Names of the columns of a table.
    rows, triples : iterator
        The rows of a table, the triples of a graph, to be read once; reading may raise, as the query runs
        while it is read.
    value : bool
        Yes or no.
    truncated : Truncation or None
        How the result was cut; known once it has been read to its end.
    """

    kind: Literal["table", "graph", "boolean"]
    columns: tuple[str, ...] = ()
    rows: Iterator[Row] = field(default_factory=lambda: iter(()))
    triples: Iterator[Triple] = field(default_factory=lambda: iter(()))
    value: bool = False
    truncated: Truncation | None = None
    _close: Callable[[], None] = field(default=lambda: None, repr=False)

    def close(self) -> None:
        """Stop the query, if it still runs."""
        self._close()

    def __enter__(self) -> FreeResult:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class _Fed(Protocol):
    """A store whose data can be handed to a child."""

    def n_quads(self) -> Iterator[bytes]: ...


def run_text(store: Store, text: str, limits: Limits | None = None) -> FreeResult:
    """Run a query that somebody typed.

    Parameters
    ----------
    store
        What to ask. A store on disk is opened by the child that runs the query; one in memory is fed to it;
        a remote endpoint is asked by this process, and its own limits of time and size hold.
    text
        The query. Prefixes of the project need not be declared.
    limits
        What it may take, by default what the settings say.

    Returns
    -------
    FreeResult
        To be read once and closed; the child is gone when it was read or closed.

    Raises
    ------
    RefusedQuery, UnreadableQuery, SizeLimit, NestingLimit
        If the guard or the engine refuse the text.
    TimeLimit, MemoryLimit
        If it takes more than it may; these may also be raised while the result is read.
    """
    limits = limits or Limits.in_force()
    free = check_free_query(text, datasets=store.datasets)
    return run_checked(store, free, limits)


def run_checked(store: Store, free: FreeText, limits: Limits) -> FreeResult:
    """Run a query that the guard has looked at; see `run_text`."""
    if store.kind == "remote":
        return _remote(store, free, limits)
    answer = _ask(store, free, limits)
    try:
        return _read(store, answer, limits)
    except BaseException:
        answer.close()
        raise


def _ask(store: Store, free: FreeText, limits: Limits) -> Answer:
    request = {
        "do": "run",
        "text": free.text,
        "prefixes": free.prefixes,
        "folder": store.location,
        "memory_bytes": limits.memory_bytes,
        "seconds": limits.seconds,
        "rows": limits.rows,
        "bytes": limits.size,
    }
    explain = _explanation(limits)
    if store.location is not None:
        return _POOL.ask(request, seconds=limits.seconds, explain=explain)
    child = Child(_MODULE)
    try:
        quads = cast(_Fed, store).n_quads()
        # Kept for the query: only this second question counts against its limits.
        for _ in Answer(
            child, {"do": "load"}, seconds=max_parse_seconds(), explain=explain, data=quads, keep=_kept
        ):
            pass
        return child.ask(request, seconds=limits.seconds, explain=explain)
    except BaseException:
        child.close()
        raise


def _kept(child: Child) -> None:
    """Leave a child as it is."""


def _read(store: Store, answer: Answer, limits: Limits) -> FreeResult:
    header = answer.header
    kind = header["kind"]
    if kind == "boolean":
        for _ in answer:
            pass
        return FreeResult(kind="boolean", value=header["value"])
    result = FreeResult(kind=kind, columns=tuple(header.get("columns", ())), _close=answer.close)
    # The store is named in the generators: its state must stay as long as the child reads it.
    if kind == "table":
        result.rows = _rows(_lines(result, store, answer, limits), result.columns)
    else:
        result.triples = _triples(_lines(result, store, answer, limits))
    return result


def _lines(result: FreeResult, store: Store, answer: Answer, limits: Limits) -> Iterator[bytes]:
    """Yield whole lines, many at once, and say at the end whether some are missing."""
    begun: list[bytes] = []  # of a line that is longer than a piece
    with answer:
        for piece in answer:
            end = piece.rfind(b"\n") + 1
            if end:
                yield b"".join((*begun, piece[:end]))
                begun = []
            begun.append(piece[end:])
    cut = answer.summary.get("cut")
    if cut is not None:
        limit = limits.rows if cut == "rows" else limits.size
        result.truncated = Truncation(reason=cut, rows=answer.summary["rows"], limit=limit)
    del store


def _rows(lines: Iterator[bytes], columns: tuple[str, ...]) -> Iterator[Row]:
    heading = "\t".join(f"?{column}" for column in columns).encode() + b"\n"
    for some in lines:
        if not columns:
            yield from ((),) * some.count(b"\n")
            continue
        solutions = parse_query_results(heading + some, format=QueryResultsFormat.TSV)
        assert isinstance(solutions, QuerySolutions)
        for solution in solutions:
            yield tuple(solution)


def _triples(lines: Iterator[bytes]) -> Iterator[Triple]:
    for some in lines:
        for quad in parse(some, format=RdfFormat.N_TRIPLES):
            yield quad.triple


def _remote(store: Store, free: FreeText, limits: Limits) -> FreeResult:
    """Ask an endpoint: its time and its bytes are limited where it is asked, its rows here."""
    if free.form == "ASK":
        return FreeResult(kind="boolean", value=store.ask(free.complete))
    if free.form == "SELECT":
        solutions = store.select(free.complete)
        result = FreeResult(kind="table", columns=solutions.variables)
        result.rows = _first(result, solutions.rows, limits)
        return result
    result = FreeResult(kind="graph")
    result.triples = _first(result, store.construct(free.complete), limits)
    return result


def _first(result: FreeResult, items: Iterator[_Item], limits: Limits) -> Iterator[_Item]:
    yield from islice(items, limits.rows)
    if next(items, None) is not None:
        result.truncated = Truncation(reason="rows", rows=limits.rows, limit=limits.rows)


def _explanation(limits: Limits) -> Callable[[Death], RteError | None]:
    def explain(death: Death) -> RteError | None:
        return _EXPLANATIONS.get(death.cause, _no_explanation)(limits)

    return explain


def _time(limits: Limits) -> RteError:
    seconds = f"{limits.seconds:g}"
    return TimeLimit(
        fr=f"La requête a été arrêtée après {number(seconds, 'fr')} s : cherchez moins large (des valeurs "
        "fixées, des motifs reliés entre eux), ou relevez la limite avec RTE_GRAPH_MAX_QUERY_SECONDS.",
        en=f"The query was stopped after {number(seconds, 'en')} s: search less widely (fixed values, "
        "patterns that are joined), or raise the limit with RTE_GRAPH_MAX_QUERY_SECONDS.",
    )


def _memory(limits: Limits) -> RteError:
    megabytes = str(max(1, limits.memory_bytes // 1_000_000))
    return MemoryLimit(
        fr=f"La requête a demandé plus de {number(megabytes, 'fr')} Mo de mémoire et a été arrêtée : triez, "
        "groupez ou joignez moins de lignes, ou relevez la limite avec RTE_GRAPH_MAX_QUERY_MEMORY_BYTES.",
        en=f"The query asked for more than {number(megabytes, 'en')} MB of memory and was stopped: sort, "
        "group or join fewer rows, or raise the limit with RTE_GRAPH_MAX_QUERY_MEMORY_BYTES.",
    )


def _nesting(limits: Limits) -> RteError:
    return NestingLimit(
        fr="La requête est trop imbriquée pour le moteur, qui s’est arrêté : simplifiez-la.",
        en="The query is nested too deeply for the engine, which stopped: simplify it.",
    )


def _no_explanation(limits: Limits) -> RteError | None:
    return None


_EXPLANATIONS: dict[str, Callable[[Limits], RteError | None]] = {
    "time": _time,
    "memory": _memory,
    "nesting": _nesting,
}
