"""What an endpoint answers is read whole or refused with a sentence; nothing it sends ends the process."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import IO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    parse_query_results,
)

from rte_graph.errors import EndpointError, RteError, SizeLimit, UnreadableQuery
from rte_graph.store.remote import RemoteStore
from tests.store.hostile_server import JSON, N_TRIPLES, NO_ROWS, YES, Asked, Reply, endpoint, saying

ALL = "SELECT ?s WHERE { ?s ?p ?o }"
GRAPH = "CONSTRUCT WHERE { ?s ?p ?o }"
LINE = b"<http://x.org/a> <http://x.org/p> <http://x.org/b> .\n"


@pytest.fixture
def ask() -> Iterator[Callable[..., list[object]]]:
    """Return a function that runs a query on an endpoint which gives one answer."""

    def run(answer: Callable[[Asked, Reply], None], query: str = ALL) -> list[object]:
        with endpoint(answer) as server:
            store = RemoteStore(server.url)
            if query.startswith("ASK"):
                return [store.ask(query)]
            if query.startswith("CONSTRUCT"):
                return list(store.construct(query))
            return list(store.select(query).rows)

    return run


def rows(*terms: dict[str, object]) -> bytes:
    return json.dumps({"head": {"vars": ["s"]}, "results": {"bindings": [{"s": t} for t in terms]}}).encode()


@pytest.mark.parametrize(
    ("name", "answer", "said"),
    [
        ("html", saying(b"<html><p>Welcome", Content_Type="text/html"), "a web page"),
        ("nothing", saying(b""), "an empty answer"),
        ("nothing of no type", saying(b"", Content_Type=""), "an empty answer"),
        ("no type", saying(NO_ROWS, Content_Type=""), "no content type"),
        ("another type", saying(b"a,b", Content_Type="text/csv\x1b[2J"), "type “text/csv[2j”"),
        ("another charset", saying(NO_ROWS, Content_Type=f"{JSON}; charset=latin1"), "not UTF-8"),
        ("gzip", saying(b"\x1f\x8b\x08", Content_Encoding="gzip"), "compressed"),
        ("deflate", saying(b"x\x9c", Content_Encoding="deflate"), "compressed"),
        ("half", saying(NO_ROWS, status=206), "status 206"),
        ("nothing to say", saying(b"", status=204), "status 204"),
        ("elsewhere, not saying where", saying(b"", status=302), "status 302"),
        ("malformed", saying(b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":}]}}'), "unreadable"),
        ("yes", saying(YES), "neither rows nor columns"),
        ("not results", saying(b"{}"), "unreadable"),
        ("an IRI that is none", saying(rows({"type": "uri", "value": "a b"})), "unreadable"),
        ("half a surrogate", saying(rows({"type": "literal", "value": "\ud800"})), "unreadable"),
    ],
)
def test_what_is_no_result_is_refused(
    ask: Callable[..., list[object]], name: str, answer: Callable[[Asked, Reply], None], said: str
) -> None:
    with pytest.raises(EndpointError) as caught:
        ask(answer)
    assert said in caught.value.message("en")
    assert "\x1b" not in caught.value.message("fr") + caught.value.message("en")
    assert caught.value.exit_code == 69


def test_rows_are_no_answer_to_a_yes_or_no_question(ask: Callable[..., list[object]]) -> None:
    with pytest.raises(EndpointError, match="neither yes nor no"):
        ask(saying(NO_ROWS), "ASK {}")


def test_an_empty_chunked_answer_is_refused(ask: Callable[..., list[object]]) -> None:
    def answer(_: Asked, reply: Reply) -> None:
        reply.head(Content_Type=JSON, Transfer_Encoding="chunked")
        reply.bytes(b"0\r\n\r\n")

    with pytest.raises(EndpointError, match="an empty answer"):
        ask(answer)


def test_no_triples_are_an_empty_text(ask: Callable[..., list[object]]) -> None:
    assert ask(saying(b"", Content_Type=N_TRIPLES), GRAPH) == []


@pytest.mark.parametrize(
    ("status", "body", "error", "said"),
    [
        (400, b"line 1: \x1b[31mno\x00 such\nthing", UnreadableQuery, "(line 1: [31mno such thing)"),
        (400, b"<html><head><style>b {}</style></head><b>Bad</b> query", UnreadableQuery, "(Bad query)"),
        (400, b"x" * 100_000, UnreadableQuery, "x" * 199 + "…"),
        (401, b"who?", EndpointError, "RTE_GRAPH_ENDPOINT_USER and RTE_GRAPH_ENDPOINT_PASSWORD"),
        (403, b"no", EndpointError, "RTE_GRAPH_ENDPOINT_TOKEN"),
        (404, b"no", EndpointError, "There is no endpoint at http://127.0.0.1"),
        (413, b"no", EndpointError, "size"),
        (414, b"no", EndpointError, "size"),
        (429, b"no", EndpointError, "429"),
        (500, b"oh", EndpointError, "answered with error 500 “oh”"),
        (500, b"The custom function <f> is not supported", UnreadableQuery, "is not supported"),
        (503, b"\xff\xfe", EndpointError, "answered with error 503:"),
        (599, b"", EndpointError, "599"),
    ],
)
def test_error_statuses_become_sentences(
    ask: Callable[..., list[object]], status: int, body: bytes, error: type[RteError], said: str
) -> None:
    with pytest.raises(error) as caught:
        ask(saying(body, status=status, Content_Type="text/plain"))
    assert said in caught.value.message("en")
    assert len(caught.value.message("fr")) < 500


@pytest.mark.parametrize("query", [ALL, GRAPH, "ASK {}"])
def test_an_answer_shorter_than_announced_is_refused(ask: Callable[..., list[object]], query: str) -> None:
    # Each text is whole in itself, so that only its announced length tells.
    body, media = {ALL: (NO_ROWS, JSON), GRAPH: (LINE, N_TRIPLES), "ASK {}": (YES, JSON)}[query]

    with pytest.raises(EndpointError, match="broke off"):
        ask(saying(body, Content_Type=media, Content_Length=str(len(body) + 1)), query)


@pytest.mark.parametrize("query", [ALL, GRAPH])
def test_chunks_that_break_off_are_refused(ask: Callable[..., list[object]], query: str) -> None:
    body, media = {ALL: (NO_ROWS, JSON), GRAPH: (LINE, N_TRIPLES)}[query]

    def answer(_: Asked, reply: Reply) -> None:
        reply.head(Content_Type=media, Transfer_Encoding="chunked")
        reply.bytes(b"%x\r\n%s\r\n" % (len(body), body))

    with pytest.raises(EndpointError, match="broke off"):
        ask(answer, query)


def test_rows_without_announced_end_are_refused_when_they_break_off(ask: Callable[..., list[object]]) -> None:
    body = rows({"type": "literal", "value": "a"}, {"type": "literal", "value": "b"})

    def answer(_: Asked, reply: Reply) -> None:
        reply.head(Content_Type=JSON)
        reply.bytes(body[:-2])

    with pytest.raises(EndpointError, match="unreadable"):
        ask(answer)


def test_triples_without_announced_end_are_refused(ask: Callable[..., list[object]]) -> None:
    def answer(_: Asked, reply: Reply) -> None:
        reply.head(Content_Type=N_TRIPLES)
        reply.bytes(LINE)

    with pytest.raises(EndpointError, match="whose end is not announced"):
        ask(answer, GRAPH)


@pytest.mark.parametrize("header", ["X-SPARQL-MaxRows: 2", "X-Other: 1"])
def test_an_answer_that_the_endpoint_cuts_says_so(ask: Callable[..., list[object]], header: str) -> None:
    """Virtuoso's way of saying it; the rows before the cut are given."""
    name, _, value = header.partition(": ")
    body = rows({"type": "literal", "value": "a"}, {"type": "literal", "value": "b"})
    with endpoint(saying(body, **{name: value})) as server:
        found = RemoteStore(server.url).select(ALL).rows
        assert [next(found), next(found)] == [(Literal("a"),), (Literal("b"),)]
        if name == "X-Other":
            assert list(found) == []
        else:
            with pytest.raises(SizeLimit, match="cuts its answers at 2 rows"):
                next(found)


def test_blank_nodes_with_labels_that_rdf_does_not_allow_are_kept_apart(
    ask: Callable[..., list[object]],
) -> None:
    labels = ["nodeID://b1", "nodeID://b2", "b1", "nodeID://b1", "a:b", "a_b"]
    first = [{"type": "bnode", "value": label} for label in labels]
    second = [{"value": label, "type": "bnode"} for label in labels]
    for order in (first, second):
        found = [row[0] for row in ask(saying(rows(*order)))]  # type: ignore[index]
        assert all(isinstance(term, BlankNode) for term in found)
        assert [found.index(term) for term in found] == [0, 1, 2, 0, 4, 5]
        assert found[2] == BlankNode("b1")


def test_what_looks_like_a_blank_node_inside_a_literal_is_left_alone(
    ask: Callable[..., list[object]],
) -> None:
    text = '{"type":"bnode","value":"nodeID://b1"} } "type": "bnode", "value": "nodeID://b1"'
    blank = {"type": "bnode", "value": "nodeID://b1"}
    found = ask(saying(rows({"type": "literal", "value": text}, blank)))
    assert found[0] == (Literal(text),)


TERM = b'{"type":"triple","value":{"subject":{"type":"uri","value":"http://a.b"},"predicate":{"type":"uri",'
TERM += b'"value":"http://a.b"},"object":'


def nested(depth: int) -> bytes:
    inner = TERM * depth + b'{"type":"uri","value":"http://a.b"}' + b"}}" * depth
    return b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":' + inner + b"}]}}"


BOMBS = {
    "triple terms": (ALL, JSON, nested(100_000)),
    "objects": (ALL, JSON, b'{"x":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}"),
    "lists": (ALL, JSON, b'{"x":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "pairs in one block": (ALL, JSON, b'{"x":' + b"[" * 200 + b"]" * 200 + b"}"),
    "N-Triples": (
        GRAPH,
        N_TRIPLES,
        b"<http://a.b> <http://a.b> " + b"<<( <http://a.b> <http://a.b> " * 100_000 + b"<http://a.b>"
        b" )>>" * 100_000 + b" .\n",
    ),
    "Turtle": (GRAPH, "text/turtle", b"<http://a.b> <http://a.b> " + b"[ <http://a.b> " * 1000 + b"1 . "),
    "Turtle terms": (
        GRAPH,
        "text/turtle",
        b"<http://a.b> <http://a.b> "
        + b"<<( <http://a.b> <http://a.b> " * 100_000
        + b"1"
        + b" )>>" * 100_000,
    ),
}


@pytest.mark.parametrize("bomb", sorted(BOMBS))
def test_answers_nested_thousands_deep_are_refused(ask: Callable[..., list[object]], bomb: str) -> None:
    query, media, body = BOMBS[bomb]
    with pytest.raises(EndpointError, match=r"more than 64 levels|nested too deep|triple terms"):
        ask(saying(body, Content_Type=media), query)


def test_the_parser_behind_the_guard_still_needs_it() -> None:
    """Without the guard the process ends; when this fails, the guard may go."""
    code = (
        "import resource, sys\nresource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n"
        "from pyoxigraph import QueryResultsFormat, parse_query_results\n"
        "list(parse_query_results(sys.stdin.buffer.read(), format=QueryResultsFormat.JSON))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], input=nested(100_000), capture_output=True, check=False
    )
    assert ended.returncode not in (0, 1)


@pytest.mark.parametrize("depth", [1, 2])
def test_triple_terms_are_not_read(ask: Callable[..., list[object]], depth: int) -> None:
    line = b"<http://a.b> <http://a.b> " + b"<<( <http://a.b> <http://a.b> " * depth + b"1"
    for query, media, body in (
        (ALL, JSON, nested(depth)),
        (GRAPH, N_TRIPLES, line.replace(b"1", b'"1"') + b" )>>" * depth + b" .\n"),
        (GRAPH, "text/turtle", line + b" )>>" * depth + b" .\n"),
    ):
        with pytest.raises(EndpointError, match="triple terms"):
            ask(saying(body, Content_Type=media), query)


def test_brackets_within_literals_do_not_nest(ask: Callable[..., list[object]]) -> None:
    text = '<<( [{ \\" ' * 500
    assert ask(saying(rows({"type": "literal", "value": text}))) == [(Literal(text),)]
    quoted = json.dumps(text)
    line = f"<http://x.org/a> <http://x.org/p> {quoted} .\n".encode()
    for media in (N_TRIPLES, "text/turtle"):
        (triple,) = ask(saying(line, Content_Type=media), GRAPH)
        assert triple.object == Literal(text)  # type: ignore[attr-defined]


def test_a_value_larger_than_the_parser_takes_is_a_size_limit(ask: Callable[..., list[object]]) -> None:
    with pytest.raises(SizeLimit):
        ask(saying(rows({"type": "literal", "value": "x" * 17_000_000})))
    long = b'<http://x.org/a> <http://x.org/p> "' + b"x" * 17_000_000 + b'" .\n'
    with pytest.raises(SizeLimit):
        ask(saying(long, Content_Type=N_TRIPLES), GRAPH)


@pytest.mark.parametrize("stream", ["JsonStream", "NTriplesStream"])
def test_a_value_without_end_is_not_gathered(stream: str) -> None:
    from rte_graph.store.remote import answers

    class Endless:
        url = "http://x.org/sparql"
        blocks = 0

        def read(self) -> bytes:
            self.blocks += 1
            if self.blocks > 50:
                return b""
            return b"x" * 1_000_000 if self.blocks > 1 else b'"'

    source = Endless()
    with pytest.raises(SizeLimit, match="One value"):
        getattr(answers, stream)(source).read(1024)
    assert source.blocks < 20


def test_turtle_is_asked_for_when_there_are_no_n_triples() -> None:
    def answer(asked: Asked, reply: Reply) -> None:
        if asked.headers["accept"] == "text/turtle":
            reply.whole(b"@prefix : <http://x.org/> . :a :p :b .", Content_Type="text/turtle; charset=UTF-8")
        else:
            reply.whole(b"", status=406)

    with endpoint(answer) as server:
        (triple,) = RemoteStore(server.url).construct(GRAPH)
        assert triple.object == NamedNode("http://x.org/b")
        assert [asked.headers["accept"] for asked in server.asked] == [N_TRIPLES, "text/turtle"]


class Pieces:
    """An answer that comes in pieces of any size."""

    url = "http://x.org/sparql"

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = [piece for piece in pieces if piece]

    def read(self) -> bytes:
        return self._pieces.pop(0) if self._pieces else b""


def in_pieces(text: bytes, cuts: list[int]) -> Pieces:
    pieces = []
    for cut in cuts:
        pieces.append(text[:cut])
        text = text[cut:]
    return Pieces([*pieces, text])


CUTS = st.lists(st.integers(1, 9), max_size=60)
JSON_VALUES = st.recursive(
    st.none() | st.text(alphabet='"\\{}[]a\x00é', max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=20,
)


@given(JSON_VALUES, st.integers(0, 200), CUTS)
def test_the_guard_lets_shallow_json_pass_unchanged_and_no_deep_one(
    value: object, depth: int, cuts: list[int]
) -> None:
    from rte_graph.store.remote.answers import JsonStream

    text = b"[" * depth + json.dumps(value).encode() + b"]" * depth
    stream = JsonStream(in_pieces(text, cuts))  # type: ignore[arg-type]
    found = io.BytesIO()
    try:
        while piece := stream.read(7):
            assert len(piece) <= 7
            found.write(piece)
    except EndpointError:
        assert depth > 10
    else:
        assert depth <= 64
        assert found.getvalue() == text


KEYS = st.sampled_from(["metadata", "results", "head", 'a"b', "a\\", "{", "]", "x" * 150])


@given(
    st.lists(st.text(alphabet='"\\{}[]:a\x00é', max_size=8), max_size=5),
    st.lists(st.tuples(KEYS, JSON_VALUES), max_size=3),
    st.lists(st.tuples(KEYS, JSON_VALUES), max_size=3),
    st.booleans(),
    CUTS,
)
def test_what_stands_around_the_rows_does_not_disturb_them(
    values: list[str],
    before: list[tuple[str, object]],
    after: list[tuple[str, object]],
    head_last: bool,
    cuts: list[int],
) -> None:
    """Comunica writes « metadata » after the rows, which the parser does not take."""
    from rte_graph.store.remote.answers import JsonStream

    own = ("head", "results")
    head = ("head", {"vars": ["s"], "link": [{"results": ["head"]}]})
    results = ("results", {"bindings": [{"s": {"type": "literal", "value": value}} for value in values]})
    members = [(key, value) for key, value in before if key not in own]
    members += [results, head] if head_last else [head, results]
    # After rows that come before their head, additions are not expected.
    members += [(key, value) for key, value in after if key not in own and not head_last]
    text = "{" + ",".join(f"{json.dumps(key)} : {json.dumps(value)}" for key, value in members) + "}"
    stream = JsonStream(in_pieces(text.encode(), cuts))  # type: ignore[arg-type]
    found = parse_query_results(cast(IO[bytes], stream), format=QueryResultsFormat.JSON)
    assert isinstance(found, QuerySolutions)
    assert [row[0] for row in found] == [Literal(value) for value in values]


@pytest.mark.parametrize("rest", [b"", b',"metadata":{"a":1}', b',"metadata":{', b',"meta'])
def test_an_answer_that_breaks_off_after_its_rows_is_refused(
    ask: Callable[..., list[object]], rest: bytes
) -> None:
    def answer(_: Asked, reply: Reply) -> None:
        reply.head(Content_Type=JSON)
        reply.bytes(NO_ROWS[:-1] + rest)

    with pytest.raises(EndpointError):
        ask(answer)
    assert ask(saying(NO_ROWS[:-1] + b',"metadata":{"a":[1,{}]}} ')) == []
