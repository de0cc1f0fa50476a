from __future__ import annotations

from dataclasses import replace
from typing import Any

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Literal as RdflibLiteral
from rdflib.term import URIRef

from rte_graph.errors import InvalidParameter
from rte_graph.namespaces import XSD
from rte_graph.sparql.model import Parameter, ParameterType, Text
from rte_graph.sparql.parameters import bind, term_text

TEMPLATE = """
PREFIX e: <http://e.org/>
SELECT ?v WHERE {
  # VALUES ?v { "in a comment" }
  VALUES ?v { "example" }
  OPTIONAL { ?s e:p "VALUES ?v { 1 }" . VALUES ?other { "kept" } }
}
"""
TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"))
# What has broken out of strings elsewhere: quotes, backslashes, escapes of quotes, comments, braces.
NASTY = st.lists(
    st.sampled_from(['"', "\\", "\\u0022", "\\U00000022", "'", "\n", "\r", "#", "}", "u", "dead", "?v"])
).map("".join)


def parameter(kind: ParameterType) -> Parameter:
    words = Text(fr="v", en="v")
    return Parameter(
        name="v",
        type=kind,
        label=words,
        description=words,
        example="1",
        optional=False,
        default=None,
        class_name=None,
        scheme=None,
    )


def bound(kind: ParameterType, value: str) -> str:
    return bind(TEMPLATE, {"v": term_text(parameter(kind), value)})


def value_in_oxigraph(query: str) -> Any:
    solutions = pyoxigraph.Store().query(query)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    (row,) = solutions
    return row[0]


def skeleton(node: Any) -> Any:
    """The algebra of a query as rdflib reads it, without the terms of its VALUES blocks."""
    if isinstance(node, CompValue):
        if node.name == "values":
            return ("values", sorted(len(row) for row in node["res"]))
        return (node.name, sorted((key, skeleton(value)) for key, value in node.items() if key != "_vars"))
    if isinstance(node, list | tuple):
        return [skeleton(each) for each in node]
    return repr(node) if not isinstance(node, set) else sorted(map(repr, node))


def in_rdflib(query: str) -> tuple[Any, Any]:
    algebra = prepareQuery(query).algebra
    found: list[Any] = []
    _values(algebra, found)
    return skeleton(algebra), found


def _values(node: Any, found: list[Any]) -> None:
    if isinstance(node, CompValue):
        if node.name == "values":
            found += [value for row in node["res"] for name, value in row.items() if str(name) == "v"]
        for each in node.values():
            _values(each, found)
    elif isinstance(node, list | tuple):
        for each in node:
            _values(each, found)


SKELETON = in_rdflib(TEMPLATE)[0]


@settings(max_examples=150, deadline=None)
@given(TEXTS | NASTY | st.builds("".join, st.lists(TEXTS | NASTY)))
def test_any_string_comes_back_equal_and_leaves_the_query_as_it_was(value: str):
    query = bound("string", value)
    assert value_in_oxigraph(query) == Literal(value)
    structure, values = in_rdflib(query)
    assert structure == SKELETON
    assert values == [RdflibLiteral(value)]


@settings(max_examples=100, deadline=None)
@given(TEXTS | NASTY)
@pytest.mark.parametrize("kind", ["entity", "concept"])
def test_any_iri_is_refused_or_comes_back_equal(kind: ParameterType, value: str):
    iri = f"https://e.org/{value}"
    try:
        query = bound(kind, iri)
    except InvalidParameter:
        return
    assert value_in_oxigraph(query) == NamedNode(iri)
    structure, values = in_rdflib(query)
    assert structure == SKELETON
    assert values == [URIRef(iri)]


@settings(max_examples=50, deadline=None)
@given(st.integers(min_value=-(10**18) + 1, max_value=10**18 - 1))
def test_integers_come_back_equal(value: int):
    query = bound("integer", str(value))
    assert value_in_oxigraph(query) == Literal(str(value), datatype=NamedNode(XSD("integer")))
    assert in_rdflib(query)[0] == SKELETON


@settings(max_examples=50, deadline=None)
@given(st.decimals(min_value=-(10**9), max_value=10**9, places=3))
def test_decimals_come_back_equal(value: Any):
    query = bound("decimal", format(value, "f"))
    assert float(value_in_oxigraph(query).value) == float(value)
    assert in_rdflib(query)[0] == SKELETON


@settings(max_examples=50, deadline=None)
@given(st.dates())
def test_dates_come_back_equal(value: Any):
    query = bound("date", value.isoformat())
    assert value_in_oxigraph(query) == Literal(value.isoformat(), datatype=NamedNode(XSD("date")))
    assert in_rdflib(query)[0] == SKELETON


@pytest.mark.parametrize(
    ("value", "expected"), [("oui", "true"), ("true", "true"), ("NON", "false"), ("0", "false")]
)
def test_booleans_in_both_languages(value: str, expected: str):
    assert value_in_oxigraph(bound("boolean", value)).value == expected


@settings(max_examples=200, deadline=None)
@given(TEXTS | NASTY)
@pytest.mark.parametrize("kind", ["integer", "decimal", "boolean", "date"])
def test_text_that_is_no_value_of_the_type_is_refused_or_becomes_one_term(kind: ParameterType, value: str):
    try:
        query = bound(kind, value)
    except InvalidParameter:
        return
    assert isinstance(value_in_oxigraph(query), Literal)
    assert in_rdflib(query)[0] == SKELETON


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "1_000"),
        ("integer", "²"),
        ("integer", "١٢"),
        ("integer", "12.5"),
        ("decimal", "1e5"),
        ("decimal", "NaN"),
        ("date", "2020-02-30"),
        ("date", "20200202"),
        ("boolean", "peut-être"),
        ("string", "\x00"),
        ("string", "\ud800"),
        ("entity", "https://e.org/a b"),
        ("entity", "https://e.org/> } DROP ALL #"),
        ("entity", "no-address"),
        ("entity", "urn:"),
    ],
)
def test_values_of_the_wrong_form_are_refused(kind: ParameterType, value: str):
    with pytest.raises(InvalidParameter):
        term_text(parameter(kind), value)


def test_french_numbers_are_understood():
    assert term_text(parameter("integer"), "120\u202f000").startswith('"120000"')
    assert term_text(parameter("decimal"), "12,50").startswith('"12.5"')


def test_each_block_of_a_parameter_is_bound_and_others_are_kept():
    query = "VALUES ?x { 1 } { values $x { 2 UNDEF } VALUES (?x) { (3) } VALUES ?y { 4 } }"
    assert bind(query, {"x": "UNDEF"}) == (
        "VALUES ?x { UNDEF } { values $x { UNDEF } VALUES (?x) { (3) } VALUES ?y { 4 } }"
    )


def test_a_string_with_listed_values_is_one_of_them_and_another_is_refused_with_the_list() -> None:
    level = replace(parameter("string"), values=("instance", "family"))
    assert term_text(level, " Family ") == '"family"'
    with pytest.raises(InvalidParameter, match="instance, family"):
        term_text(level, "famille")
