"""What is sent to an endpoint: how we ask, who we say we are, and to whom alone we say it."""

from __future__ import annotations

import base64
import logging
import pickle
import subprocess
import sys
import traceback

import pytest

from rte_graph.errors import EndpointError, InternalError, RteError, UnreadableQuery, UsageError
from rte_graph.settings import SECRETS
from rte_graph.store.remote import Credentials, RemoteStore
from tests.store.hostile_server import JSON, NO_ROWS, YES, Asked, Reply, endpoint, saying

SECRET = "s3cret-pass%C3%A9"
CODED = base64.b64encode(f"anna:{SECRET}".encode()).decode()


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for secret in SECRETS:
        monkeypatch.delenv(secret.variable, raising=False)


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RTE_GRAPH_ENDPOINT_USER", "anna")
    monkeypatch.setenv("RTE_GRAPH_ENDPOINT_PASSWORD", SECRET)


def test_a_query_is_one_urlencoded_post_that_says_what_it_wants() -> None:
    with endpoint(saying(YES)) as server:
        assert RemoteStore(f"{server.url}/sparql").ask("ASK { ?é ?p 'a&b=c+d' }") is True
        (asked,) = server.asked
    assert (asked.method, asked.path) == ("POST", "/sparql")
    assert asked.form == {"query": ["ASK { ?é ?p 'a&b=c+d' }"]}
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert asked.headers["accept"] == JSON
    assert asked.headers["accept-encoding"] == "identity"
    assert asked.headers["user-agent"].startswith("rte-graph/")
    assert "authorization" not in asked.headers


@pytest.mark.parametrize("status", [405, 501])
def test_an_endpoint_that_refuses_post_is_asked_by_get_from_then_on(status: int) -> None:
    def answer(asked: Asked, reply: Reply) -> None:
        reply.whole(YES, status=200 if asked.method == "GET" else status)

    with endpoint(answer) as server:
        store = RemoteStore(f"{server.url}/sparql?repo=é&key=1")
        assert store.ask("ASK { }") is True
        assert store.ask("ASK {  }") is True
        assert [asked.method for asked in server.asked] == ["POST", "GET", "GET"]
        assert server.asked[0].path == "/sparql?repo=%C3%A9&key=1"
        assert server.asked[1].path == "/sparql?repo=%C3%A9&key=1&query=ASK+%7B+%7D"


def test_an_endpoint_that_takes_neither_is_none() -> None:
    with endpoint(saying(b"", status=405)) as server, pytest.raises(EndpointError, match="no endpoint"):
        RemoteStore(server.url).ask("ASK {}")


def test_the_graph_named_for_it_is_asked_as_default_graph() -> None:
    with endpoint(saying(YES)) as server:
        RemoteStore(server.url, default_graph="http://x.org/all").ask("ASK {}")
        assert server.asked[0].form["default-graph-uri"] == ["http://x.org/all"]


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <http://x.org/a> <http://x.org/p> 1 }",
        "# SELECT\nPREFIX select: <http://x.org/> DELETE WHERE { ?s ?p ?o }",
        "BASE <http://x.org/>\nprefix : <#>\nCLEAR ALL",
        "define input:default-graph-uri <x> SELECT",
        "\\u0053ELECT * { ?s ?p ?o }",
        "SELECTED",
        "#\n#\n",
        "",
        "PREFIX " * 5_000,
        "# " * 50_000,
    ],
)
def test_nothing_but_a_query_leaves_through_the_door_of_queries(query: str) -> None:
    """Virtuoso carries out an INSERT that comes as a query."""
    with endpoint(saying(YES)) as server:
        store = RemoteStore(server.url)
        for act in (store.select, store.ask, store.construct):
            with pytest.raises(UnreadableQuery):
                act(query)
        assert server.asked == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s WHERE { ?s ?p ?o }",
        "# INSERT\r\n  select ?s { ?s ?p ?o }",
        "PREFIX : <http://x.org/>#c\nPREFIX a-b.c:<#>\nBASE <x> PREFIX é: # c\n <y> SELECT * {}",
        "BASE<http://x.org/>PREFIX:<#>SELECT(1 AS ?s){}",
    ],
)
def test_prefixes_and_comments_hide_no_query(query: str) -> None:
    with endpoint(saying(NO_ROWS)) as server:
        assert list(RemoteStore(server.url).select(query).rows) == []


def test_half_a_surrogate_is_no_query() -> None:
    with endpoint(saying(YES)) as server:
        with pytest.raises(UnreadableQuery):
            RemoteStore(server.url).ask("ASK { ?s ?p '\ud800' }")
        with pytest.raises(UnreadableQuery):
            RemoteStore(f"{server.url}/query").update("INSERT DATA { <a> <b> '\ud800' }")
        assert server.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "rte-store",
        "ftp://x.org/sparql",
        "file:///etc/passwd",
        "http://",
        "http:///sparql",
        "http://x.org:99999/",
        "http://[::1/",
        "http://x.org/a b",
        "http://x.org/\nHost: y",
        "http://x.org/<script>",
        f"http://{'x' * 64}.org/",
    ],
)
def test_what_is_no_url_is_refused(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        RemoteStore(url)
    assert caught.value.exit_code == 2
    assert "\n" not in caught.value.message("fr")


@pytest.mark.parametrize(
    "url",
    [
        f"https://anna:{SECRET}@x.org/sparql",
        f"https://{SECRET}@x.org/",
        f"https://a@b:{SECRET}@x.org/",
        f"//{SECRET}@x",
    ],
)
def test_a_url_with_a_password_is_refused_without_repeating_it(url: str) -> None:
    for make in (
        lambda: RemoteStore(url),
        lambda: RemoteStore("https://x.org/", update_url=url),
        lambda: RemoteStore("https://x.org/", graph_store_url=url),
    ):
        with pytest.raises(UsageError, match="RTE_GRAPH_ENDPOINT_PASSWORD") as caught:
            make()
        assert SECRET not in caught.value.message("fr") + caught.value.message("en")


@pytest.mark.usefixtures("password")
def test_name_and_password_are_sent_to_the_endpoint() -> None:
    with endpoint(saying(YES)) as server:
        RemoteStore(server.url).ask("ASK {}")
        assert server.asked[0].headers["authorization"] == f"Basic {CODED}"


@pytest.mark.usefixtures("password")
def test_a_token_goes_before_name_and_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RTE_GRAPH_ENDPOINT_TOKEN", SECRET)
    with endpoint(saying(YES)) as server:
        RemoteStore(server.url).ask("ASK {}")
        assert server.asked[0].headers["authorization"] == f"Bearer {SECRET}"


@pytest.mark.usefixtures("password")
@pytest.mark.parametrize("way", ['Digest realm="SPARQL"', "Basic", ""])
def test_an_endpoint_that_wants_a_digest_says_so(way: str) -> None:
    with endpoint(saying(b"", status=401, **({"WWW_Authenticate": way} if way else {}))) as server:
        store = RemoteStore(f"{server.url}/query")
        for act in (lambda: store.ask("ASK {}"), lambda: store.update("CLEAR ALL")):
            with pytest.raises(
                EndpointError, match="HTTP Digest" if "Digest" in way else "RTE_GRAPH_ENDPOINT_USER"
            ):
                act()


@pytest.mark.usefixtures("password")
def test_credentials_do_not_follow_a_redirect_to_another_origin() -> None:
    with endpoint(saying(YES)) as other, endpoint(saying(b"", status=307, Location=other.url)) as server:
        assert RemoteStore(server.url).ask("ASK {}") is True
        assert "authorization" in server.asked[0].headers
        assert "authorization" not in other.asked[0].headers


@pytest.mark.usefixtures("password")
def test_credentials_follow_a_redirect_within_the_origin() -> None:
    def answer(asked: Asked, reply: Reply) -> None:
        if asked.path == "/a":
            reply.whole(b"", status=307, Location="/b")
        else:
            reply.whole(YES)

    with endpoint(answer) as server:
        RemoteStore(f"{server.url}/a").ask("ASK {}")
        assert "authorization" in server.asked[1].headers


@pytest.mark.usefixtures("password")
def test_credentials_go_to_no_other_origin_that_a_file_names_for_updates() -> None:
    """Someone else's rte.toml could name any URL beside the endpoint."""
    with endpoint(saying(b"")) as other, endpoint(saying(YES)) as server:
        store = RemoteStore(server.url, update_url=other.url)
        store.update("CLEAR ALL")
        assert "authorization" not in other.asked[0].headers


def complaints() -> list[tuple[str, object]]:
    echo = f"You sent Basic {CODED}, that is anna {SECRET}".encode()
    return [
        ("401", saying(echo, status=401)),
        ("400", saying(echo, status=400, Content_Type="text/plain")),
        ("500", saying(echo, status=500, Content_Type="text/plain")),
        ("malformed", saying(b'{"head":{"vars":["' + SECRET.encode() + b'"')),
        ("type", saying(b"x", Content_Type=f"text/{SECRET}")),
        ("redirect", saying(b"", status=302, Location=f"ftp://anna:{SECRET}@x.org/?{SECRET}")),
        ("redirect path", saying(b"", status=302, Location=f"ftp://x.org/{SECRET}")),
        ("redirects", saying(b"", status=307, Location=f"/{SECRET}")),
        ("no http", lambda _, reply: reply.bytes(f"SSH {SECRET}\r\n".encode())),
        ("cut", saying(b"", Content_Length="5")),
        ("busy", saying(b"", status=503, Retry_After="1000")),
    ]


@pytest.mark.usefixtures("password")
@pytest.mark.parametrize("name", [name for name, _ in complaints()])
def test_credentials_stand_in_no_error_no_log_and_no_traceback(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with endpoint(dict(complaints())[name]) as server:  # type: ignore[arg-type]
        store = RemoteStore(server.url)
        try:
            list(store.select("SELECT * { ?s ?p ?o }").rows)
        except RteError as error:
            told = [traceback.format_exc(), str(error), repr(error), error.fr, error.en, caplog.text]
        else:
            raise AssertionError("it answered")
        assert server.asked[0].headers["authorization"] == f"Basic {CODED}"
    told += [repr(store), str(vars(store)), repr(store._client), repr(vars(store._client))]
    for text in told:
        assert SECRET.lower() not in text.lower()
        assert CODED not in text


@pytest.mark.parametrize("header", ["Authorization", "Proxy-Authorization"])
def test_credentials_show_themselves_to_nobody(header: str) -> None:
    credentials = Credentials(user="anna", password=SECRET)
    assert SECRET not in repr(credentials) + str(credentials) + f"{credentials!r}{header}"
    with pytest.raises(TypeError):
        pickle.dumps(credentials)


@pytest.mark.parametrize(
    "environment",
    [
        {"RTE_GRAPH_ENDPOINT_USER": "anna"},
        {"RTE_GRAPH_ENDPOINT_PASSWORD": SECRET},
        {"RTE_GRAPH_ENDPOINT_USER": f"an:na{SECRET}", "RTE_GRAPH_ENDPOINT_PASSWORD": "x"},
        {"RTE_GRAPH_ENDPOINT_USER": "anna", "RTE_GRAPH_ENDPOINT_PASSWORD": f"{SECRET}\n"},
        {"RTE_GRAPH_ENDPOINT_USER": "anna", "RTE_GRAPH_ENDPOINT_PASSWORD": f"{SECRET}\udc80"},
        {"RTE_GRAPH_ENDPOINT_TOKEN": f"{SECRET}\r\nX-Other: 1"},
        {"RTE_GRAPH_ENDPOINT_TOKEN": f"{SECRET}é"},
    ],
)
def test_credentials_that_cannot_be_sent_are_refused_without_repeating_them(
    environment: dict[str, str],
) -> None:
    with pytest.raises(UsageError, match="RTE_GRAPH_ENDPOINT_") as caught:
        Credentials.from_environment(environment)
    assert SECRET not in caught.value.message("fr") + caught.value.message("en") + repr(caught.value)


def test_keys_in_the_query_of_a_url_are_not_shown() -> None:
    with endpoint(saying(b"", status=500)) as server:
        store = RemoteStore(f"{server.url}/sparql?key={SECRET}")
        with pytest.raises(EndpointError) as caught:
            store.ask("ASK {}")
        assert SECRET in server.asked[0].path
    assert SECRET not in caught.value.message("en") + repr(store)


def test_a_closed_store_says_so() -> None:
    with endpoint(saying(YES)) as server:
        store = RemoteStore(f"{server.url}/query")
        store.close()
        store.close()
        for act in (store.size, store.datasets, lambda: store.update("CLEAR ALL")):
            with pytest.raises(InternalError):
                act()
        assert server.asked == []


def test_the_name_of_the_default_graph_must_be_an_iri() -> None:
    with pytest.raises(UsageError, match="endpoint-default-graph"):
        RemoteStore("http://x.org/", default_graph="a> } ; DROP ALL")


def test_stores_are_imported_without_sparqlwrapper_and_http() -> None:
    code = "import rte_graph.store, sys; print({'SPARQLWrapper', 'http.client', 'ssl'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "set()\n"
