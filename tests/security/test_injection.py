"""Threat: a value of a saved query that becomes more than a value.

The defence: a value becomes one term, written so that it can be read as nothing else, and stands where the
example stood. Shown here for every type of parameter, on the packaged queries themselves: the tokens around
the value stay as they were, the value comes back equal, and engines keep the same algebra.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions, Triple
from pyoxigraph import Store as Engine
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.parserutils import CompValue

from rte_graph.errors import InvalidParameter, RteError
from rte_graph.namespaces import RDF, RTE, SKOS, XSD
from rte_graph.resources import queries_folder
from rte_graph.sparql.guard import check_tokens
from rte_graph.sparql.library import load_library
from rte_graph.sparql.model import Parameter, ParameterType, SavedQuery, Text
from rte_graph.sparql.names import Scope, resolve
from rte_graph.sparql.parameters import bind, term_text, value_blocks
from rte_graph.sparql.terms import literal_text
from rte_graph.sparql.tokens import Kind, tokenize
from rte_graph.store import EmbeddedStore, Solutions

LIBRARY = load_library(queries_folder())
TYPES: tuple[ParameterType, ...] = get_args(ParameterType)
QUERIES = {query.name: query for query in LIBRARY.queries.values() if query.parameters}

# What has broken out of strings, IRIs, rows and groups elsewhere.
BREAKING = (
    *(
        '"',
        "'",
        '"""',
        "'''",
        "\\",
        '\\"',
        "\\\\",
        "\n",
        "\r",
        "\t",
        "\b",
        "\f",
        "#",
        "# ",
        "<",
        ">",
        "{",
        "}",
    ),
    *(
        "(",
        ")",
        "[",
        "]",
        "|",
        "^",
        "`",
        "$",
        "?v",
        " ",
        "\u00a0",
        "\u2028",
        "\ufeff",
        "\x7f",
        "\x85",
        "é",
        "𐀀",
    ),
    *(
        "\\u0022",
        "\\u005C",
        "\\U00000022",
        "\\u003E",
        "u",
        "U",
        "0022",
        "0000",
        "dead",
        "%22",
        "&quot;",
        "@fr",
    ),
    *("^^", "<x:y>", "} UNION { ?s ?p ?o", "SERVICE <http://127.0.0.1:9/> {}", "UNDEF", "*", "DROP ALL", ";"),
    *(
        "VALUES ?v {",
        "http://x.org/",
        "urn:x",
        "javascript:",
        "1",
        "-",
        "+",
        ".",
        ",",
        "e5",
        "oui",
        "2020-01-01",
    ),
)
HOSTILE = st.lists(st.sampled_from(BREAKING), max_size=6).map("".join) | st.text(
    st.characters(exclude_categories=("Cs",))
)
VALUES: dict[str, st.SearchStrategy[str]] = {
    "string": HOSTILE,
    "entity": HOSTILE | HOSTILE.map("https://x.org/{}".format),
    "concept": HOSTILE | HOSTILE.map("https://x.org/{}".format),
    "integer": HOSTILE | st.integers(-(10**20), 10**20).map(str),
    "decimal": HOSTILE | st.decimals(allow_nan=True, allow_infinity=True).map(str),
    "boolean": HOSTILE | st.sampled_from(("oui", "NON", "true", "0")),
    "date": HOSTILE | st.dates().map(str),
}


def test_every_type_of_parameter_is_tried() -> None:
    assert set(VALUES) == set(TYPES)


def around(text: str, name: str) -> list[tuple[str, str]]:
    """The tokens of a query without those in the rows of one parameter."""
    tokens = tokenize(text)
    rows = [(block.start, block.end) for block in value_blocks(tokens) if block.name == name]
    return [
        (token.kind.value, token.text)
        for token in tokens
        if not any(start <= token.start < end for start, end in rows)
    ]


def within(text: str, name: str) -> list[str]:
    """What stands in the rows of one parameter, block by block."""
    blocks = [block for block in value_blocks(tokenize(text)) if block.name == name]
    return [text[block.start : block.end].strip() for block in blocks]


def read_back(term: str) -> Any:
    """The value that Oxigraph finds in a term."""
    solutions = Engine().query(f"SELECT ?x {{ VALUES ?x {{ {term} }} }}")
    assert isinstance(solutions, QuerySolutions)
    (row,) = solutions
    return row[0]


def means(kind: ParameterType, value: str, found: Any) -> bool:
    """Whether a term is what the user's text says."""
    if kind == "string":
        return bool(found == Literal(value))
    if kind in ("entity", "concept"):
        return bool(found == NamedNode(value))
    plain = re.sub(r"[ \u00a0\u202f]", "", value.strip())
    typed = isinstance(found, Literal) and found.datatype.value == f"{XSD}{kind}"
    if kind in ("integer", "decimal"):
        return typed and float(found.value) == float(plain.replace(",", "."))
    if kind == "date":
        return typed and found.value == plain
    return typed and (found.value == "true") == (plain.casefold() in ("true", "1", "oui", "vrai", "yes"))


TEMPLATE = """SELECT ?v WHERE { # VALUES ?v { "in a comment" }
  VALUES ?v { "example" } OPTIONAL { ?s <http://e.org/p> "VALUES ?v { 1 }" . VALUES ?other { "kept" } } }"""


def skeleton(node: Any) -> Any:
    """The algebra of a query as rdflib reads it, without the terms of its VALUES blocks."""
    if isinstance(node, CompValue):
        if node.name == "values":
            return ("values", sorted(len(row) for row in node["res"]))
        return (node.name, sorted((key, skeleton(value)) for key, value in node.items() if key != "_vars"))
    if isinstance(node, list | tuple):
        return [skeleton(each) for each in node]
    return repr(node) if not isinstance(node, set) else sorted(map(repr, node))


SKELETON = skeleton(prepareQuery(TEMPLATE).algebra)


@pytest.mark.parametrize("kind", TYPES)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_value_is_refused_or_stays_one_value(kind: ParameterType, data: st.DataObject) -> None:
    value = data.draw(VALUES[kind])
    try:
        term = term_text(_parameter(kind), value)
    except InvalidParameter:
        return
    assert means(kind, value, read_back(term))
    bound = bind(TEMPLATE, {"v": term})
    assert around(bound, "v") == around(TEMPLATE, "v")
    assert within(bound, "v") == [term]
    assert within(bound, "other") == ['"kept"']
    assert skeleton(prepareQuery(bound).algebra) == SKELETON
    check_tokens("bound", bound, tokenize(bound))


def _parameter(kind: ParameterType) -> Parameter:
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


def test_undefended_a_pasted_value_becomes_more_than_a_value() -> None:
    """So that the comparison is shown to see it: the same value, between quotation marks as it is."""
    value = '" } SERVICE <http://127.0.0.1:9/> { } VALUES ?w { "'
    pasted = bind(TEMPLATE, {"v": f'"{value}"'})
    assert around(pasted, "v") != around(TEMPLATE, "v")
    assert skeleton(prepareQuery(pasted).algebra) != SKELETON
    with pytest.raises(RteError):
        check_tokens("bound", pasted, tokenize(pasted))
    assert around(bind(TEMPLATE, {"v": literal_text(value)}), "v") == around(TEMPLATE, "v")


PLAIN = {
    "string": "x",
    "entity": "https://x.org/1",
    "concept": "https://x.org/1",
    "integer": "1",
    "decimal": "1.5",
    "boolean": "oui",
    "date": "2020-01-01",
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=list(QUERIES))
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_each_packaged_query_keeps_its_shape(query: SavedQuery, data: st.DataObject) -> None:
    terms = {}
    for parameter in query.parameters:
        value = data.draw(VALUES[parameter.type])
        try:
            terms[parameter.name] = term_text(parameter, value)
        except InvalidParameter:
            terms[parameter.name] = term_text(parameter, next(iter(parameter.values), PLAIN[parameter.type]))
    terms["lang"] = literal_text(data.draw(HOSTILE.filter(lambda text: "\x00" not in text)))
    bound = bind(query.text, terms)
    for name, term in terms.items():
        assert set(within(bound, name)) <= {term}
    assert free(bound, terms) == free(query.text, terms)
    check_tokens("bound", bound, tokenize(bound))
    Engine().query(bound)


def free(text: str, names: Iterable[str]) -> list[tuple[str, str]]:
    """The tokens of a query whose parameters are all left free."""
    return [(token.kind.value, token.text) for token in tokenize(bind(text, dict.fromkeys(names, "UNDEF")))]


class Overheard(EmbeddedStore):
    """A store that keeps what it is asked."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.asked: list[str] = []

    def select(self, query: str) -> Solutions:
        self.asked.append(query)
        return super().select(query)

    def ask(self, query: str) -> bool:
        self.asked.append(query)
        return super().ask(query)

    def shapes(self) -> set[tuple[str, ...]]:
        """What was asked, without its strings and IRIs; as many rows as there are count as one."""
        found = set()
        for text in self.asked:
            kinds = ["·" if token.kind in (Kind.STRING, Kind.IRI) else token.text for token in tokenize(text)]
            found.add(tuple(re.sub("(· )+", "· ", " ".join(kinds)).split()))
        return found


def asked_for(value: str, scope: Scope, label: str) -> set[tuple[str, ...]]:
    """What is asked to find a name in a store that holds one thing with a label."""
    store = Overheard(Engine())
    iri = NamedNode("https://w3id.org/rte/id/alliance/a")
    name = NamedNode(SKOS("prefLabel"))
    store.replace_dataset(
        NamedNode("https://x.org/d"),
        [
            Triple(iri, name, Literal(label, language="fr")),
            Triple(iri, NamedNode(f"{RDF}type"), NamedNode(RTE("Alliance"))),
        ],
    )
    with contextlib.suppress(RteError):
        resolve(store, value, scope=scope, lang="fr")
    return store.shapes()


ALLIANCE = Scope(class_iri=str(RTE("Alliance")))
ORDINARY = (
    *("a", " ", ".", "Une alliance", "https://x.org/1", "rte:Alliance", "<https://x.org/1>", "urn:x:y"),
    *("https://w3id.org/rte/id/alliance/a", "alliance:a", "http://x y"),
)
KNOWN_SHAPES = {
    scope: set[tuple[str, ...]]().union(
        *(asked_for(value, scope, label) for value in ORDINARY for label in (value, "une ALLIANCE"))
    )
    for scope in (ALLIANCE, Scope())
}


@pytest.mark.parametrize("scope", KNOWN_SHAPES, ids=["of a class", "of anything"])
@settings(max_examples=150, deadline=None)
@given(value=VALUES["entity"].filter(lambda text: "\x00" not in text))
def test_looking_for_a_name_asks_what_it_always_asks(scope: Scope, value: str) -> None:
    assert asked_for(value, scope, value) <= KNOWN_SHAPES[scope]
    assert asked_for(value, scope, "Une alliance") <= KNOWN_SHAPES[scope]
