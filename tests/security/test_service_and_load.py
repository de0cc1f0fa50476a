"""Threat: a query that makes this machine call another (SERVICE, LOAD), however it is written.

Two defences, each shown alone: a guard that finds the words wherever an engine could read them, and a child
that cannot open a socket. An endpoint on this machine counts who calls.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryBoolean
from pyoxigraph import Literal as RdfLiteral
from pyoxigraph import Store as Engine
from rdflib.plugins.sparql.parser import parseQuery

from rte_graph.errors import RefusedQuery, RteError, UnreadableQuery
from rte_graph.sparql.confined import run_text
from rte_graph.sparql.guard import check_free_query, check_tokens
from rte_graph.sparql.tokens import tokenize
from rte_graph.store import Store
from tests.security.typed_queries import GENEROUS, SHORT, endpoint, past_the_guard, read_all

THING = "<http://x.org/1>"
# « @ » stands for the address of the endpoint. Each of these makes Oxigraph call it: a test shows that.
CALLS = {
    "plain": "SELECT * { SERVICE <@> { } }",
    "in lower case": "select * { service <@> { } }",
    "silent": "SELECT * { SERVICE SILENT <@> { } }",
    "without spaces": "SELECT*{SERVICE<@>{}}",
    "in an ASK": "ASK { SERVICE <@> { } }",
    "in a CONSTRUCT": f"CONSTRUCT {{ {THING} {THING} 1 }} WHERE {{ SERVICE <@> {{ }} }}",
    "in a DESCRIBE": "DESCRIBE ?x { SERVICE <@> { } VALUES ?x { 1 } }",
    "in EXISTS": f"SELECT * {{ {THING} ?p ?o FILTER EXISTS {{ SERVICE <@> {{ }} }} }}",
    "in NOT EXISTS": f"SELECT * {{ {THING} ?p ?o FILTER NOT EXISTS {{ SERVICE <@> {{ }} }} }}",
    "in EXISTS in a BIND": "SELECT * { BIND(EXISTS { SERVICE <@> { } } AS ?x) }",
    "in EXISTS in the projection": "SELECT (EXISTS { SERVICE <@> { } } AS ?x) { }",
    "in EXISTS in ORDER BY": f"SELECT * {{ {THING} ?p ?o }} ORDER BY (EXISTS {{ SERVICE <@> {{ }} }})",
    "in a subselect": "SELECT * { { SELECT * { SERVICE <@> { } } } }",
    "in OPTIONAL": "SELECT * { OPTIONAL { SERVICE <@> { } } }",
    "in MINUS": f"SELECT * {{ {THING} ?p ?o MINUS {{ SERVICE <@> {{ ?p ?o 1 }} }} }}",
    "in UNION": "SELECT * { { } UNION { SERVICE <@> { } } }",
    "in GRAPH": "SELECT * { GRAPH ?g { SERVICE <@> { } } }",
    "a prefixed endpoint": "PREFIX e: <@> SELECT * { SERVICE e:x { } }",
    "over two lines": "SELECT * { SERVICE\n\t<@>\r{ } }",
    "with a comment between": "SELECT * { SERVICE#<nothing>\n<@>#{\n{ } }",
    "after a comment that looks open": 'SELECT * { # it\'s """\nSERVICE <@> { } }',
    "after a comment that ends at a return": "SELECT * { # x\rSERVICE <@> { } }",
    "after a string that looks like a comment": "SELECT * { VALUES ?x { '#' } SERVICE <@> { } }",
    "after a string of quotation marks": """SELECT * { VALUES ?x { "'" '"' "\\"" } SERVICE <@> { } }""",
    "after an IRI with a number sign": "SELECT * { VALUES ?x { <http://x.org/#> } SERVICE <@> { } }",
    "after a property list": f"SELECT * {{ {THING} ?p ?o ; ?q ?r , ?s . SERVICE <@> {{ }} }}",
    # Oxigraph reads characters by what may stand there, and needs no space after a keyword.
    "glued to SILENT": "SELECT * { SERVICESILENT<@>{} }",
    "glued to a prefix": "PREFIX e:<@> SELECT * { SERVICEe:x{} }",
    "glued to the empty prefix": "PREFIX :<@> SELECT * { SERVICE:x{} }",
    "glued to SILENT and a prefix": "PREFIX e:<@> SELECT * { SERVICESILENTe:x{} }",
    "glued to a value before": "PREFIX e:<@> SELECT * { ?s ?p trueSERVICEe:x{} }",
    "glued to a number": "SELECT * { ?s ?p 1SERVICE<@>{} }",
    "glued, a prefix of that very name declared": "PREFIX SERVICEe:<x:> PREFIX e:<@> SELECT*{SERVICEe:x{}}",
    "glued, PREFIX glued too": "PREFIX PREFIX:<x:> PREFIX:<@> PREFIX SERVICE:<x:> SELECT*{SERVICE:x{}}",
    # A comparison that looks like an IRI, and swallows what follows.
    "behind a comparison": "SELECT * { FILTER(1<2)SERVICE#>\n<@>{} }",
    "behind a comparison with a name": "PREFIX b:<b:> SELECT * { FILTER(!BOUND(?x)||1<b:c)SERVICE#>\n<@>{} }",
    "behind a comparison, in a string": 'SELECT * { FILTER(1<2)#>"""\nSERVICE <@> {} #"""\n}',
    "behind a comparison with an IRI": "SELECT * { FILTER(!BOUND(?x)||1<<b:c#>)SERVICE<@>{} }",
    "behind a comparison and AS": 'PREFIX b:<b:> SELECT ?x (1<b:c&&1AS?y)#>"""\n{SERVICE<@>{}}#"""',
    "behind a comparison in a function": "PREFIX b:<http://www.w3.org/2001/XMLSchema#> "
    "SELECT * { FILTER b:boolean(!BOUND(?x)||1<b:c)SERVICE#>\n<@>{} }",
    "behind an IRI that is no comparison": "SELECT * { { SELECT (COUNT(*) AS ?n) { } "
    "HAVING(COUNT(DISTINCT<x:f#>)>0) } SERVICE<@>{} }",
    "behind a relative IRI": "BASE <x:y/> SELECT * { VALUES (?a ?b) {(1 <'>)} SERVICE <@> {} #'\n }",
    # A name that ends earlier than the grammar says.
    "behind two dots": "PREFIX x:<http://x.org/> SELECT * { ?s ?p x:a.b.SERVICE<@>{} }",
    "behind a name that is no IRI": "PREFIX x:<http://x:> SELECT * { ?s ?p x:SERVICE<@>{} }",
    # A string that is none, as its escape is no character.
    "in a broken string": 'SELECT * { VALUES ?v { """x" } SERVICE <@> {} #\\uD800"""\n}',
}


# Oxigraph 0.5 has no service by a variable; other engines have.
ELSEWHERE = {
    "a variable endpoint": "SELECT * { VALUES ?e { <@> } SERVICE ?e { } }",
    "Virtuoso's pragma": "DEFINE get:soft 'replace' SELECT * { ?s ?p ?o }",
}


def world() -> Engine:
    """Data in which each of the patterns above finds something, so that the engine goes on to the call."""
    engine = Engine()
    one = NamedNode("http://x.org/1")
    for value in (
        *(NamedNode(iri) for iri in ("http://x.org/a.b", "http://x:", "http://x.org/1")),
        *(RdfLiteral(plain) for plain in (True, 1)),
    ):
        engine.add(Quad(one, one, value, DefaultGraph()))
        engine.add(Quad(one, one, value, one))
    return engine


def run_bare(engine: Engine, text: str) -> None:
    with contextlib.suppress(SyntaxError, ValueError, OSError, RuntimeError):
        result = engine.query(text)
        if not isinstance(result, QueryBoolean):
            list(result)


@pytest.mark.parametrize("name", CALLS)
def test_undefended_the_engine_calls(name: str) -> None:
    with endpoint() as (address, server):
        run_bare(world(), CALLS[name].replace("@", address))
        assert server.calls > 0


@pytest.mark.parametrize("name", [*CALLS, *ELSEWHERE])
def test_the_guard_refuses_it_by_both_doors(name: str) -> None:
    text = (CALLS | ELSEWHERE)[name].replace("@", "http://127.0.0.1:9/")
    with pytest.raises((RefusedQuery, UnreadableQuery)):
        check_free_query(text, datasets=())
    with pytest.raises((RefusedQuery, UnreadableQuery)):
        by_the_saved_door(text)


def by_the_saved_door(text: str) -> None:
    check_tokens("saved.rq", text, tokenize(text))


@pytest.mark.parametrize("name", ["plain", "silent", "in EXISTS", "in a broken string"])
def test_the_child_alone_cannot_call(store: Store, name: str) -> None:
    with endpoint() as (address, server):
        with contextlib.suppress(RteError):
            read_all(past_the_guard(store, CALLS[name].replace("@", address), GENEROUS))
        assert server.calls == 0


ESCAPED = {
    "in the keyword": r"SELECT * { SERV\u0049CE <http://127.0.0.1:9/> { } }",
    "the whole keyword": r"SELECT * { \u0053\u0045\u0052\u0056\u0049\u0043\u0045 <http://127.0.0.1:9/> { } }",
    "in eight digits": r"SELECT * { \U00000053ERVICE <http://127.0.0.1:9/> { } }",
    "the end of a string": r"SELECT * { BIND('\u0027 AS ?x) SERVICE <http://127.0.0.1:9/> {} #')" "\n}",
    "the end of an IRI": r"SELECT * { ?s <http://x.org/\u003E ?o . SERVICE <http://127.0.0.1:9/> {} #>" "\n}",
    "the end of a comment": "SELECT * { # \\u000A SERVICE <http://127.0.0.1:9/> { }\n}",
}


@pytest.mark.parametrize("name", ESCAPED)
def test_escapes_cannot_hide_it_from_engines_that_resolve_them_first(name: str) -> None:
    """As SPARQL 1.1 §19.2 has it, and rdflib does it; Oxigraph does not."""
    try:
        assert "ServiceGraphPattern" in repr(parseQuery(ESCAPED[name]))
    except ValueError:
        pytest.skip("rdflib reads it in another way")
    with pytest.raises((RefusedQuery, UnreadableQuery)):
        check_free_query(ESCAPED[name], datasets=())


LOADS = {
    "plain": "LOAD <@>",
    "silent": "LOAD SILENT <@>",
    "into a graph": "LOAD <@> INTO GRAPH <x:y>",
    "in lower case": "load <@>",
    "after another operation": "INSERT DATA { <x:y> <x:y> 1 } ; LOAD <@>",
    "over two lines": "LOAD#\n<@>",
    "glued to SILENT": "LOADSILENT<@>",
    "glued to a prefix": "PREFIX e:<@> LOADe:x",
    "glued, a prefix of that very name declared": "PREFIX LOAD:<x:> PREFIX :<@> LOAD:x",
    "SERVICE in an update": "INSERT { <x:y> <x:y> 1 } WHERE { SERVICE <@> { } }",
    "SERVICE glued in an update": "INSERT { <x:y> <x:y> 1 } WHERE { SERVICESILENT<@>{} }",
}


@pytest.mark.parametrize("name", LOADS)
def test_undefended_an_update_calls(name: str) -> None:
    with endpoint() as (address, server):
        with contextlib.suppress(SyntaxError, ValueError, OSError, RuntimeError):
            Engine().update(LOADS[name].replace("@", address))
        assert server.calls > 0


@pytest.mark.parametrize("name", LOADS)
def test_the_guard_refuses_it_though_updates_are_allowed(name: str) -> None:
    text = LOADS[name].replace("@", "http://127.0.0.1:9/")
    with pytest.raises(RefusedQuery, match=r"LOAD|SERVICE"):
        check_free_query(text, datasets=(), update=True)


SOURCES = {
    "FROM": "SELECT * FROM <@> { ?s ?p ?o }",
    "FROM NAMED": "SELECT * FROM NAMED <@> { GRAPH ?g { ?s ?p ?o } }",
    "glued": "SELECT * FROMNAMED<@>{ ?s ?p ?o }",
    "by a prefix": "PREFIX e: <@> SELECT * FROM e: { ?s ?p ?o }",
    "glued to a prefix": "PREFIX e: <@> SELECT * FROMe:{ ?s ?p ?o }",
    "glued to a prefix that is declared": "PREFIX FROMe: <x:> PREFIX e: <@> SELECT*FROMe:{ ?s ?p ?o }",
    "in a DESCRIBE": "DESCRIBE <x:y> FROM <@>",
    "in an ASK": "ASK FROM <@> { ?s ?p ?o }",
    "by a relative IRI": "BASE <@> SELECT * FROM <> { ?s ?p ?o }",
    "one good, one not": "SELECT * FROM <http://x.org/dataset/crowd> FROM <@> { ?s ?p ?o }",
    "with a comment between": "SELECT * FROM#\n<@> { ?s ?p ?o }",
    "behind a comparison": "SELECT(1<2AS?x)FROM#>\n<@>{ }",
}
TARGETS = {
    "USING": "DELETE { ?s ?p ?o } USING <@> WHERE { ?s ?p ?o }",
    "USING NAMED": "DELETE { ?s ?p ?o } USING NAMED <@> WHERE { GRAPH ?g { ?s ?p ?o } }",
    "glued": "DELETE { ?s ?p ?o } USINGNAMED<@>WHERE { GRAPH ?g { ?s ?p ?o } }",
    "WITH": "WITH <@> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "glued to a prefix": "PREFIX WITHe: <x:> PREFIX e: <@> WITHe: DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "GRAPH in data": "INSERT DATA { GRAPH <@> { <x:y> <x:y> 1 } }",
    "GRAPH in a template": "INSERT { GRAPH <@> { <x:y> <x:y> 1 } } WHERE { }",
    "a variable graph": "INSERT { GRAPH ?g { <x:y> <x:y> 1 } } WHERE { BIND(IRI('@') AS ?g) }",
    "CLEAR": "CLEAR GRAPH <@>",
    "DROP": "DROP SILENT GRAPH <@>",
    "CREATE": "CREATE GRAPH <@>",
    "ADD": "ADD <http://x.org/dataset/crowd> TO <@>",
    "COPY": "COPY <@> TO DEFAULT",
    "MOVE": "MOVE SILENT <@> TO <http://x.org/dataset/crowd>",
}


@pytest.mark.parametrize("text", SOURCES.values(), ids=list(SOURCES))
def test_only_datasets_of_the_store_can_be_read_by_name(text: str) -> None:
    held = NamedNode("http://x.org/dataset/crowd")
    with pytest.raises((RefusedQuery, UnreadableQuery)):
        check_free_query(text.replace("@", "http://x.org/dataset/other"), datasets=[held])
    with pytest.raises((RefusedQuery, UnreadableQuery)):
        by_the_saved_door(text.replace("@", held.value))


@pytest.mark.parametrize("text", TARGETS.values(), ids=list(TARGETS))
def test_only_datasets_of_the_store_can_be_changed_by_name(text: str) -> None:
    held = NamedNode("http://x.org/dataset/crowd")
    other = text.replace("@", "http://x.org/dataset/other")
    engine = Engine()
    engine.update("CREATE GRAPH <http://x.org/dataset/crowd>")
    engine.update(other.replace("CLEAR", "CLEAR SILENT"))
    with pytest.raises((RefusedQuery, UnreadableQuery)):
        check_free_query(other, datasets=[held], update=True)
    if "?g" not in text and "PREFIX" not in text:
        check_free_query(text.replace("@", held.value), datasets=[held], update=True)


@pytest.mark.parametrize("name", ["FROM", "FROM NAMED", "glued", "by a prefix", "in a DESCRIBE", "in an ASK"])
def test_a_dataset_of_the_store_can_be_read_by_name(store: Store, name: str) -> None:
    read_all(run_text(store, SOURCES[name].replace("@", "http://x.org/dataset/crowd"), GENEROUS))


HARMLESS = {
    "in a string": "SELECT * { VALUES ?x { 'SERVICE' \"LOAD <x:y>\" '''FROM''' } }",
    "in a comment": "SELECT * { # SERVICE <http://x.org/> { }\n ?s ?p ?o } LIMIT 1 # LOAD, FROM",
    "in a variable": "SELECT ?service $load ?from { ?service ?load ?from } LIMIT 1",
    "in an IRI": "SELECT * { <http://x.org/SERVICE> ?p <http://x.org/?from=LOAD> }",
    "in a name": "PREFIX x: <http://x.org/> SELECT * { x:service x:LOAD x:from-here }",
    "in a prefix": "PREFIX service: <http://x.org/> SELECT * { service:x service:service ?from }",
    "in a prefix, before a group": "PREFIX from: <http://x.org/> SELECT * { GRAPH from:x { ?s ?p from:y } }",
    "in a blank node": "SELECT * { _:service ?p ?o } LIMIT 1",
    "in a language": "SELECT * { VALUES ?x { 'x'@service } }",
    "an escape that is a letter": r"SELECT * { VALUES ?x { 's\u00e9rvice' <http://x.org/\u00e9> } }",
    "a comparison without spaces": "SELECT * { VALUES (?a ?b ?c ?d) { (1 2 4 3) } FILTER(?a<?b&&?c>?d) }",
    "an IRI after a value in a row": "SELECT * { VALUES (?a ?b) { (1 <urn:x:y>) (<x:y> <http://x.org/#>) } }",
    "an IRI after a value in a list": "SELECT * { ?s ?p (1 <http://x.org/'> <urn:a:b>) }",
    "a comparison with an IRI": "SELECT * { ?s ?p ?o FILTER(?s = <http://x.org/1> && ?p != <x:y>) } LIMIT 1",
}


@pytest.mark.parametrize("name", HARMLESS)
def test_the_words_may_stand_where_they_mean_nothing(on_disk: Store, name: str) -> None:
    read_all(run_text(on_disk, HARMLESS[name], SHORT if name == "in a language" else GENEROUS))


NOWHERE = "<http://127.0.0.1:9/>"
"""Oxigraph refuses this port when it is about to call: so it can be seen that it would."""

PIECES = (
    *(
        "SERVICE",
        "service",
        "SILENT",
        " ",
        "\n",
        "#",
        "#>\n",
        "#'\n",
        '#"""\n',
        "<",
        ">",
        "<<",
        ">>",
        "<=",
        "<2)",
    ),
    *(
        "'",
        '"',
        '"""',
        "'''",
        "''",
        '""',
        "\\u0022",
        "\\uD800",
        "\\u000A",
        "\\",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
    ),
    *(
        "x:",
        "x:x",
        "x:a.b.",
        "y:",
        ":",
        ":x",
        "urn:",
        "service:",
        "SERVICEy:",
        "SERVICE:",
        "trueSERVICEy:",
        "_:b",
    ),
    *(
        "?a",
        "?b",
        "&&",
        "||",
        "true",
        "1",
        "1.",
        "1e5",
        "a",
        "@en",
        "^^",
        ",",
        ".",
        ";",
        "=",
        "!",
        "*",
        "/",
        "+",
    ),
    *(
        "UNION",
        "OPTIONAL",
        "FILTER",
        "EXISTS",
        "NOT",
        "BIND",
        "AS",
        "VALUES",
        "UNDEF",
        "IN",
        "SELECT",
        "GRAPH",
    ),
    *(
        "<http://a/x>",
        "<b:c>",
        "<b:c",
        "<x>",
        f"SERVICE{NOWHERE}{{}}",
        "SERVICESILENT",
        "PREFIX",
        "BASE",
        "#",
    ),
    *("?s ?p ?o ", "?s ?p x:x ", "?s ?p 1 ", "FILTER(1<2)", "FILTER(?a<?b&&?c>?d)", "FILTER(1<b:c)", "{}"),
    *("VALUES (?v ?w) {(1 <http://a/x>)}", "FILTER(1<<b:c>)", "?s ?p (1 <b:c>) ", '?s ?p """x""" ', "# c\n"),
)
PROLOGUES = (
    *("PREFIX x:<http://a/> ", f"PREFIX y:{NOWHERE} ", f"PREFIX :{NOWHERE} ", "PREFIX x:<http://a:> "),
    *(
        "BASE <http://a/> ",
        "PREFIX service:<http://a/> ",
        "PREFIX SERVICEy:<http://a/> ",
        "PREFIX b:<http://b/> ",
    ),
    *("PREFIX trueSERVICEy:<http://a/> ", "PREFIX urn:<http://a/> "),
)
ATTACKS = (
    *(f"SERVICE {NOWHERE}{{}}", f"SERVICE{NOWHERE}{{}}", "SERVICEy:{}", "SERVICE:{}", "SERVICE y:x{}"),
    *(f"SERVICE#>\n{NOWHERE}{{}}", f"SERVICE#'\n{NOWHERE}{{}}", f'SERVICE#"\n{NOWHERE}{{}}'),
)
TEXTS = st.builds(
    lambda prologue, before, attack, after, end: "".join(
        (*prologue, "SELECT*{", *before, attack, *after, "}", end)
    ),
    st.lists(st.sampled_from(PROLOGUES), max_size=5, unique=True),
    st.lists(st.sampled_from(PIECES), max_size=4),
    st.sampled_from(ATTACKS),
    st.lists(st.sampled_from(PIECES), max_size=3),
    st.sampled_from(("", "", "LIMIT 1", "#'", '#"""', "#>")),
)


@pytest.fixture(scope="module")
def bare() -> Iterator[Engine]:
    engine = Engine()
    names = [NamedNode(iri) for iri in ("http://a/x", "http://a/", "http://a/a.b", "http://a:", "http://b/c")]
    for predicate in names[:2]:
        for value in (*names, RdfLiteral(1), RdfLiteral(True), RdfLiteral("x")):
            engine.add(Quad(names[0], predicate, value, DefaultGraph()))
    return engine


def would_call(engine: Engine, text: str) -> bool:
    try:
        result = engine.query(text)
        if not isinstance(result, QueryBoolean):
            for _, _ in zip(range(3), result, strict=False):
                pass
    except OSError as error:
        return "port 9" in str(error)
    except (SyntaxError, ValueError, RuntimeError):
        pass
    return False


def test_the_oracle_sees_a_call(bare: Engine) -> None:
    assert would_call(bare, f"SELECT*{{?s ?p 1SERVICE{NOWHERE}{{}}}}")
    assert not would_call(bare, "SELECT*{?s ?p ?o}")


@settings(max_examples=800, deadline=None)
@given(text=TEXTS)
def test_whatever_the_guard_lets_pass_calls_nobody(bare: Engine, text: str) -> None:
    try:
        check_free_query(text, datasets=())
    except RteError:
        return
    assert not would_call(bare, text)
