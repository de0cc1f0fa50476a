"""Answers become rows, triples, yes or no; what cannot be read becomes a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, cast

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from rte_graph import settings
from rte_graph.errors import RteError
from rte_graph.rdf_io.tokens import too_deep
from rte_graph.store.base import Solutions, Term
from rte_graph.store.remote import failures
from rte_graph.store.remote.answers import Answer, JsonStream, NTriplesStream, triple_terms
from rte_graph.store.remote.client import TURTLE_NAMES

_PARSER_ERRORS = (SyntaxError, ValueError, RuntimeError, OSError, MemoryError)
_SPACE = r"(?:\s|#[^\r\n]*)*+"
_PROLOGUE = re.compile(
    rf"{_SPACE}(?:(?:BASE{_SPACE}<[^<>\s]*>|PREFIX{_SPACE}[^\s:<>#]*:{_SPACE}<[^<>\s]*>){_SPACE})*+",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z]+")


def check_form(query: str, *expected: str) -> None:
    """Refuse another form of query before it is sent.

    An endpoint cannot be relied on for that: Virtuoso carries out an INSERT that comes as a query.

    Raises
    ------
    UnreadableQuery
        The text does not begin with one of the words expected, after its prefixes.

    Examples
    --------
    >>> check_form("PREFIX ask: <http://x.org/> # DELETE\\nSELECT * { ?s ?p ?o }", "SELECT")
    """
    prologue = _PROLOGUE.match(query)
    word = _WORD.match(query, prologue.end() if prologue else 0)
    if word is None or word.group().upper() not in expected:
        raise failures.wrong_form(expected[0])


def solutions(answer: Answer) -> Solutions:
    """Read the result of a SELECT; rows are parsed as they arrive."""
    stream = JsonStream(answer)
    found = _results(stream)
    if not isinstance(found, QuerySolutions):
        answer.close()
        raise failures.not_an_answer(answer.url, "ni lignes ni colonnes", "neither rows nor columns")
    return Solutions(
        variables=tuple(variable.value for variable in found.variables), rows=_rows(found, answer)
    )


def yes_or_no(answer: Answer) -> bool:
    """Read the result of an ASK."""
    try:
        found = _results(JsonStream(answer))
        answer.drain()
    finally:
        answer.close()
    if not isinstance(found, QueryBoolean):
        raise failures.not_an_answer(answer.url, "ni oui ni non", "neither yes nor no")
    return bool(found)


def triples(answer: Answer) -> Iterator[Triple]:
    """Read the result of a CONSTRUCT or DESCRIBE: N-Triples as they arrive, Turtle once it is all there."""
    if answer.media_type in TURTLE_NAMES:
        return _turtle(answer)
    if not answer.marks_its_end:
        # Cut between two lines, N-Triples look whole.
        answer.close()
        raise failures.not_an_answer(
            answer.url, "triplets sans fin annoncée", "triples whose end is not announced"
        )
    return _n_triples(answer)


def _results(stream: JsonStream) -> QuerySolutions | QueryBoolean:
    try:
        return parse_query_results(cast(IO[bytes], stream), format=QueryResultsFormat.JSON)
    except _PARSER_ERRORS as error:
        raise _unreadable(stream.answer, error) from None
    except RteError:
        stream.answer.close()
        raise


def _rows(found: QuerySolutions, answer: Answer) -> Iterator[tuple[Term | None, ...]]:
    count = 0
    try:
        for solution in found:
            row = tuple(solution)
            if any(isinstance(term, Triple) for term in row):
                raise triple_terms(answer.url)
            count += 1
            yield row
        answer.drain()
    except _PARSER_ERRORS as error:
        raise _unreadable(answer, error) from None
    finally:
        # A traceback may keep this frame until another thread frees it, which the parser does not stand.
        del found
        answer.close()
    _refuse_cut(answer, count)


def _refuse_cut(answer: Answer, count: int) -> None:
    """Virtuoso cuts results at its own limit and says so in a header alone."""
    limit = answer.headers.get("X-SPARQL-MaxRows", "")
    if limit.isascii() and limit.isdigit() and count >= int(limit[:12]):
        raise failures.cut_short(answer.url, count)


def _n_triples(answer: Answer) -> Iterator[Triple]:
    try:
        for quad in parse(cast(IO[bytes], NTriplesStream(answer)), format=RdfFormat.N_TRIPLES):
            yield quad.triple
        answer.drain()
    except _PARSER_ERRORS as error:
        raise _unreadable(answer, error) from None
    finally:
        answer.close()


def _turtle(answer: Answer) -> Iterator[Triple]:
    try:
        text = b"".join(iter(answer.read, b""))
        line = too_deep(text.decode("utf-8", errors="replace"), settings.max_nesting())
        if line is not None:
            raise failures.not_an_answer(
                answer.url, f"crochets trop imbriqués, ligne {line}", f"brackets nested too deep, line {line}"
            )
        for quad in parse(text, format=RdfFormat.TURTLE):
            if isinstance(quad.object, Triple):
                raise triple_terms(answer.url)
            yield quad.triple
    except _PARSER_ERRORS as error:
        raise _unreadable(answer, error) from None
    finally:
        answer.close()


def _unreadable(answer: Answer, error: Exception) -> RteError:
    """Say what the parser says, which cites the answer: it is not chained, for it may cite credentials."""
    answer.close()
    if isinstance(error, MemoryError):
        return failures.value_too_large(answer.url, 2**24)
    if answer.is_empty:
        return failures.not_an_answer(answer.url, "réponse vide", "an empty answer")
    detail = answer.shown(str(error))
    return failures.not_an_answer(answer.url, f"réponse illisible, {detail}", f"unreadable, {detail}")
