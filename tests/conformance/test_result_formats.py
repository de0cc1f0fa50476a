"""The W3C's tests of result formats: their queries on our store, written by us, against their files.

The suites are folders of https://github.com/w3c/rdf-tests (``sparql/sparql11``), no part of this project;
``RTE_GRAPH_CONFORMANCE`` names the folder that holds ``sparql11/csv-tsv-res`` and ``sparql11/json-res``.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    Triple,
    parse_query_results,
)

from rte_graph.sparql.formats import write_boolean, write_table
from rte_graph.sparql.results import Row
from rte_graph.store import EmbeddedStore, Term

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
SUITES = ("csv-tsv-res", "json-res")
KINDS = (MF.QueryEvaluationTest, MF.CSVResultFormatTest)
FORMS = {"tsv": QueryResultsFormat.TSV, "json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML}
ENDINGS = {".csv": "csv", ".tsv": "tsv", ".srj": "json", ".srx": "xml"}

REWRITTEN = "the engine rewrites numbers when it holds them: 1.0E6 is 1000000, a negativeInteger an integer"
KNOWN_FAILURES = {"csv03": REWRITTEN, "tsv03": REWRITTEN}
"""Tests that fail, each with the reason; one that begins to pass has to leave."""


@dataclass(frozen=True, kw_only=True)
class Case:
    name: str
    query: Path
    data: Path | None
    result: Path


def cases() -> Iterator[object]:
    root = os.environ.get("RTE_GRAPH_CONFORMANCE")
    for suite in SUITES:
        manifest = Path(root or ".") / "sparql11" / suite / "manifest.ttl"
        if root and manifest.is_file():
            yield from _cases(manifest)
        else:
            reason = f"RTE_GRAPH_CONFORMANCE names no folder with the W3C's sparql11/{suite}"
            yield pytest.param(None, id=suite, marks=pytest.mark.skip(reason=reason))


def _cases(manifest: Path) -> Iterator[object]:
    graph = rdflib.Graph().parse(manifest, publicID=manifest.as_uri())
    for kind in KINDS:
        for test in sorted(graph.subjects(rdflib.RDF.type, kind)):
            action = graph.value(test, MF.action)
            query, data = graph.value(action, QT.query), graph.value(action, QT.data)
            name = str(test).rpartition("#")[2]
            case = Case(
                name=name,
                query=_path(query),
                data=None if data is None else _path(data),
                result=_path(graph.value(test, MF.result)),
            )
            known = KNOWN_FAILURES.get(name)
            yield pytest.param(
                case, id=name, marks=[pytest.mark.xfail(reason=known, strict=True)] if known else []
            )


def _path(iri: object) -> Path:
    return Path(str(iri).removeprefix("file://"))


@pytest.mark.parametrize("case", list(cases()))
def test_what_we_write_is_what_the_w3c_expects(case: Case) -> None:
    store = _store(case)
    text = case.query.read_text(encoding="utf-8")
    form = ENDINGS[case.result.suffix]
    expected = case.result.read_bytes()
    if re.search(r"\bASK\b", text):
        assert isinstance(answer := parse_query_results(expected, FORMS[form]), QueryBoolean)
        for each in ("json", "xml"):
            out = BytesIO()
            write_boolean(each, store.ask(text), out)
            assert parse_query_results(out.getvalue(), FORMS[each]) == answer
        return
    names, rows = _ordered(store, text, _heading(expected, form))
    if form == "csv":
        # Their file went through git, which keeps no CR; its blank node has a name of its own.
        theirs = expected.decode().replace("\r\n", "\n").replace("\n", "\r\n")
        assert _unnamed(_written("csv", names, rows).decode()) == _unnamed(theirs)
        return
    theirs_rows = _bag(parse_query_results(expected, FORMS[form]))
    for each, engine_form in FORMS.items():
        assert _bag(parse_query_results(_written(each, names, rows), engine_form)) == theirs_rows, each


def _store(case: Case) -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    if case.data is not None:
        triples: list[Triple] = [quad.triple for quad in pyoxigraph.parse(path=case.data)]
        store.replace_dataset(NamedNode("http://example.org/data"), triples)
    return store


def _heading(expected: bytes, form: str) -> list[str]:
    if form == "csv":
        return expected.decode().splitlines()[0].split(",")
    parsed = parse_query_results(expected, FORMS[form])
    assert isinstance(parsed, QuerySolutions)
    return [variable.value for variable in parsed.variables]


def _ordered(store: EmbeddedStore, text: str, names: list[str]) -> tuple[list[str], list[Row]]:
    """Rows with their columns in the order of the expected file: SELECT * leaves it open."""
    solutions = store.select(text)
    assert set(names) == set(solutions.variables)
    places = [solutions.variables.index(name) for name in names]
    return names, [tuple(row[place] for place in places) for row in solutions.rows]


def _written(form: str, names: list[str], rows: list[Row]) -> bytes:
    out = BytesIO()
    write_table(form, names, rows, out)
    return out.getvalue()


def _unnamed(text: str) -> str:
    return re.sub(r"_:\w+", "_:b", text)


def _bag(parsed: object) -> Counter[tuple[object, ...]]:
    """Rows in no order, whatever their blank nodes are called; each of these stands in one cell only."""
    assert isinstance(parsed, QuerySolutions)
    return Counter(tuple(map(_comparable, row)) for row in parsed)


def _comparable(term: Term | None) -> object:
    if isinstance(term, BlankNode):
        return "a blank node"
    if isinstance(term, Literal) and term.language:
        return Literal(term.value, language=term.language.lower())
    return term
