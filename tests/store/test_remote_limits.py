"""An endpoint cannot make us wait, fill our memory or send us where we should not go."""

from __future__ import annotations

import itertools
import shutil
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from rte_graph.errors import EndpointError, SizeLimit, TimeLimit
from rte_graph.store.remote import RemoteStore, addresses, network
from tests.store.hostile_server import JSON, N_TRIPLES, NO_ROWS, YES, Asked, Reply, endpoint, saying

ALL = "SELECT ?s WHERE { ?s ?p ?o }"
GRAPH = "CONSTRUCT WHERE { ?s ?p ?o }"
ROW = b'{"s":{"type":"literal","value":"x"}}'
HEAD = b'{"head":{"vars":["s"]},"results":{"bindings":['
D = NamedNode("http://x.org/d")


def triple(value: str) -> Triple:
    return Triple(NamedNode("http://x.org/a"), NamedNode("http://x.org/p"), Literal(value))


@pytest.fixture
def one_second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RTE_GRAPH_MAX_ENDPOINT_SECONDS", "1")


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RTE_GRAPH_MAX_ENDPOINT_BYTES", "100000")


def silent(_: Asked, reply: Reply) -> None:
    reply.silence()


def silent_after_headers(_: Asked, reply: Reply) -> None:
    reply.head(Content_Type=JSON, Content_Length="100")
    reply.silence()


def dripping_body(_: Asked, reply: Reply) -> None:
    reply.head(Content_Type=JSON)
    reply.bytes(HEAD)
    reply.drip(ROW + b",")


def dripping_spaces_after_the_end(_: Asked, reply: Reply) -> None:
    reply.head(Content_Type=JSON)
    reply.bytes(NO_ROWS)
    reply.drip(b" ")


def dripping_headers(_: Asked, reply: Reply) -> None:
    reply.bytes(b"HTTP/1.1 200 OK\r\n")
    reply.drip(b"X-More: 1\r\n")


def endless_continue(_: Asked, reply: Reply) -> None:
    reply.flood(b"HTTP/1.1 100 Continue\r\n\r\n")


def dripping_chunks(_: Asked, reply: Reply) -> None:
    reply.head(Content_Type=JSON, Transfer_Encoding="chunked")
    reply.drip(b"1;" + b"x" * 50 + b"\r\n \r\n")


def dripping_error(_: Asked, reply: Reply) -> None:
    reply.head(500, Content_Type="text/plain")
    reply.drip(b"oh")


@pytest.mark.usefixtures("one_second")
@pytest.mark.parametrize(
    "answer",
    [
        silent,
        silent_after_headers,
        dripping_body,
        dripping_spaces_after_the_end,
        dripping_headers,
        endless_continue,
        dripping_chunks,
    ],
)
def test_the_whole_answer_has_one_deadline(answer: Callable[[Asked, Reply], None]) -> None:
    with endpoint(answer) as server:
        store = RemoteStore(server.url)
        with pytest.raises(TimeLimit, match=r"within 1 s.*RTE_GRAPH_MAX_ENDPOINT_SECONDS"):
            list(store.select(ALL).rows)


@pytest.mark.usefixtures("one_second")
def test_an_error_that_drips_is_told_by_its_status() -> None:
    with endpoint(dripping_error) as server, pytest.raises(EndpointError, match="answered with error 500"):
        RemoteStore(server.url).ask("ASK {}")


@pytest.mark.usefixtures("one_second")
def test_an_endpoint_that_takes_no_upload_has_the_deadline_too() -> None:
    with endpoint(silent, reads=False) as server:
        store = RemoteStore(f"{server.url}/query", default_graph="http://x.org/all")
        # More than sockets hold, less than what earns more time.
        with pytest.raises(TimeLimit, match="within 1 s"):
            store.replace_dataset(D, (triple("x" * 1_000_000 + str(n)) for n in range(9)))


@pytest.mark.usefixtures("one_second")
def test_the_time_for_work_grows_with_what_is_uploaded() -> None:
    with endpoint(silent) as server:
        store = RemoteStore(f"{server.url}/query", default_graph="http://x.org/all")
        with pytest.raises(TimeLimit, match="within 2 s"):
            store.replace_dataset(D, (triple("x" * 1_000_000 + str(n)) for n in range(11)))


def test_the_clock_stands_still_while_rows_are_worked_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody may read a result for hours: that is not the endpoint's time."""
    clock = itertools.count()

    class Time:
        hours = 0.0

        def monotonic(self) -> float:
            return self.hours + next(clock) / 1e6

    time = Time()
    monkeypatch.setattr(network, "time", time)
    rows = b",".join([ROW] * 20_000)  # more than one block
    with endpoint(saying(HEAD + rows + b"]}}")) as server:
        count = 0
        for _ in RemoteStore(server.url).select(ALL).rows:
            count += 1
            time.hours += 3600.0
        assert count == 20_000


def endless_rows(_: Asked, reply: Reply) -> None:
    reply.head(Content_Type=JSON)
    reply.bytes(HEAD)
    reply.flood(ROW + b",")


def endless_headers(_: Asked, reply: Reply) -> None:
    reply.flood(b"HTTP/1.1 100 Continue\r\nX: " + b"x" * 1000 + b"\r\n\r\n")


def announced_as_large(_: Asked, reply: Reply) -> None:
    reply.head(Content_Type=JSON, Content_Length=str(10**12))
    reply.bytes(HEAD)
    reply.flood(ROW + b",")


def endless_triples(_: Asked, reply: Reply) -> None:
    reply.head(Content_Type=N_TRIPLES, Transfer_Encoding="chunked")
    reply.flood(b"1\r\n\n\r\n")


def endless_turtle(_: Asked, reply: Reply) -> None:
    reply.head(Content_Type="text/turtle")
    reply.flood(b"# turtle\n")


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "answer", [endless_rows, endless_headers, announced_as_large, endless_triples, endless_turtle]
)
def test_an_answer_that_is_too_large_is_broken_off(answer: Callable[[Asked, Reply], None]) -> None:
    with endpoint(answer) as server:
        store = RemoteStore(server.url)
        graph = answer in (endless_triples, endless_turtle)
        with pytest.raises(SizeLimit, match=r"100000 bytes.*RTE_GRAPH_MAX_ENDPOINT_BYTES"):
            list(store.construct(GRAPH) if graph else store.select(ALL).rows)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X%d: 1\r\n" % n for n in range(200)) + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: %s\r\n\r\nzz\r\n" % JSON.encode(),
    ],
)
def test_what_is_no_http_is_an_error_of_the_endpoint(raw: bytes) -> None:
    with (
        endpoint(lambda _, reply: reply.bytes(raw)) as server,
        pytest.raises(EndpointError, match="broke off"),
    ):
        list(RemoteStore(server.url).select(ALL).rows)


def test_an_endpoint_that_is_not_there_is_unreachable() -> None:
    with endpoint(saying(YES)) as server:
        url = server.url
    with pytest.raises(EndpointError, match="connection refused") as caught:
        RemoteStore(url).ask("ASK {}")
    assert caught.value.exit_code == 69


class Waits:
    """Stands in for ``time.sleep`` and remembers."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def busy(times: int, status: int, retry_after: str) -> Callable[[Asked, Reply], None]:
    left = itertools.count(times, -1)

    def answer(_: Asked, reply: Reply) -> None:
        if next(left) > 0:
            reply.whole(b"later", status=status, Retry_After=retry_after)
        else:
            reply.whole(YES)

    return answer


def in_seconds(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("retry_after", "least", "most"),
    [("7", 7, 7), ("0", 0, 0), (in_seconds(-100), 0, 0), (in_seconds(86_400)[:-4], 31, 10**6)],
    # Not the dates themselves: processes that share the tests must give them the same names.
    ids=["in seconds", "at once", "a date in the past", "a date without a zone"],
)
def test_retry_after_is_honoured(status: int, retry_after: str, least: float, most: float) -> None:
    waits = Waits()
    with endpoint(busy(2, status, retry_after)) as server:
        store = RemoteStore(server.url, sleep=waits)
        if least > 30:
            with pytest.raises(EndpointError, match="busy and asks to come back in"):
                store.ask("ASK {}")
            assert waits.seconds == []
        else:
            assert store.ask("ASK {}") is True
            assert len(waits.seconds) == 2
            assert all(least <= seconds <= most for seconds in waits.seconds)
            assert len({asked.body for asked in server.asked}) == 1


def test_retry_after_as_a_date_is_waited_for() -> None:
    waits = Waits()
    with endpoint(busy(1, 503, in_seconds(25))) as server:
        assert RemoteStore(server.url, sleep=waits).ask("ASK {}") is True
    assert 0 < waits.seconds[0] <= 25


def test_who_stays_busy_is_asked_three_times() -> None:
    waits = Waits()
    with endpoint(busy(99, 429, "1")) as server:
        with pytest.raises(EndpointError, match="busy"):
            RemoteStore(server.url, sleep=waits).ask("ASK {}")
        assert len(server.asked) == 3
    assert waits.seconds == [1, 1]


@pytest.mark.parametrize("retry_after", ["", "soon", "-5", "1.5", "²", "Fri, 99 Foo 2026 00:00:00 GMT"])
def test_who_does_not_say_when_is_not_asked_again(retry_after: str) -> None:
    with endpoint(busy(9, 503, retry_after.encode().decode("latin1"))) as server:
        with pytest.raises(EndpointError, match="error 503"):
            RemoteStore(server.url).ask("ASK {}")
        assert len(server.asked) == 1


def test_an_upload_is_sent_whole_again() -> None:
    tries = itertools.count()

    def answer(asked: Asked, reply: Reply) -> None:
        if asked.method == "PUT" and next(tries) == 0:
            reply.whole(b"", status=503, Retry_After="1")
        elif b"ASK" in asked.body:
            reply.whole(b'{"head":{},"boolean":false}')
        else:
            reply.whole(b'{"head":{"vars":["g"]},"results":{"bindings":[]}}')

    with endpoint(answer) as server:
        RemoteStore(f"{server.url}/query", sleep=Waits()).replace_dataset(D, [triple("x")])
        first, second = (asked.body for asked in server.asked if asked.method == "PUT")
    assert first == second == b'<http://x.org/a> <http://x.org/p> "x" .\n'


def test_an_upload_that_is_refused_at_once_says_why() -> None:
    """The server closes the connection while data are still being sent."""

    def answer(asked: Asked, reply: Reply) -> None:
        if asked.method == "PUT":
            reply.whole(b"", status=401)
        else:
            reply.whole(b'{"head":{},"boolean":false}')

    with endpoint(answer, reads=False) as server:
        store = RemoteStore(f"{server.url}/query")
        with pytest.raises(EndpointError) as caught:
            store.replace_dataset(D, (triple("x" * 1_000_000 + str(n)) for n in range(20)))
    # Its answer may be lost with the connection; which of the two happens is up to the system.
    message = caught.value.message("en")
    assert "RTE_GRAPH_ENDPOINT_USER" in message or "broke off" in message


def test_an_upload_that_was_not_taken_in_full_is_no_success() -> None:
    def answer(asked: Asked, reply: Reply) -> None:
        if asked.method == "PUT":
            reply.whole(b"", status=201)
        else:
            reply.whole(b'{"head":{},"boolean":false}')

    with endpoint(answer, reads=False) as server:
        store = RemoteStore(f"{server.url}/query")
        with pytest.raises(EndpointError, match="broke off"):
            store.replace_dataset(D, (triple("x" * 1_000_000 + str(n)) for n in range(20)))


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirected_query_is_asked_there_in_full(status: int) -> None:
    def answer(asked: Asked, reply: Reply) -> None:
        if asked.path == "/sparql":
            reply.whole(b"", status=status, Location="/there")
        else:
            reply.whole(YES)

    with endpoint(answer) as server:
        assert RemoteStore(f"{server.url}/sparql").ask("ASK {}") is True
        assert [asked.path for asked in server.asked] == ["/sparql", "/there"]
        assert server.asked[1].form == {"query": ["ASK {}"]}
        assert server.asked[1].method == "POST"
        assert server.asked[1].headers["user-agent"].startswith("rte-graph/")


def test_see_other_is_asked_by_get() -> None:
    def answer(asked: Asked, reply: Reply) -> None:
        if asked.method == "POST":
            reply.whole(b"", status=303, Location="/result?1")
        else:
            reply.whole(YES)

    with endpoint(answer) as server:
        assert RemoteStore(f"{server.url}/sparql").ask("ASK {}") is True
        assert (server.asked[1].method, server.asked[1].body) == ("GET", b"")


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("file:///etc/passwd", "no http URL"),
        ("ftp://x.org/", "no http URL"),
        ("data:application/json,{}", "no http URL"),
        ("http://me:secret@127.0.0.1/", "no http URL"),
        ("http://[broken/", "no http URL"),
        ("http://169.254.169.254/latest/meta-data", "private network"),
        ("http://[::ffff:169.254.169.254]/", "private network"),
        ("http://0.0.0.0/", "private network"),
    ],
)
def test_redirects_lead_to_no_other_place(target: str, said: str) -> None:
    with endpoint(saying(b"", status=302, Location=target)) as server:
        with pytest.raises(EndpointError, match=said) as caught:
            RemoteStore(server.url).ask("ASK {}")
        assert "secret" not in caught.value.message("en")
        assert len(server.asked) == 1


def test_redirects_that_go_round_are_left() -> None:
    with endpoint(saying(b"", status=307, Location="/again")) as server:
        with pytest.raises(EndpointError, match="more than 5 redirects"):
            RemoteStore(server.url).ask("ASK {}")
        assert len(server.asked) == 6


def test_a_public_endpoint_cannot_send_us_to_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    with endpoint(saying(YES)) as inside, endpoint(saying(b"", status=307, Location=inside.url)) as outside:
        # No public address can be reached from a test: the first connection counts as one.
        monkeypatch.setenv("no_proxy", "*")
        found = iter([addresses.PUBLIC, addresses.PUBLIC])  # its name, its address
        monkeypatch.setattr(addresses, "reach_of", lambda _: next(found, addresses.LOOPBACK))
        with pytest.raises(EndpointError, match="address of a private network or of this machine"):
            RemoteStore(outside.url).ask("ASK {}")
        assert inside.asked == []


def test_the_proxy_of_the_environment_is_used_but_not_for_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with endpoint(saying(YES)) as proxy, endpoint(saying(YES)) as local:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        assert RemoteStore("http://endpoint.invalid/sparql").ask("ASK {}") is True
        assert [asked.path for asked in proxy.asked] == ["http://endpoint.invalid/sparql"]
        assert RemoteStore(local.url).ask("ASK {}") is True
        assert len(local.asked) == len(proxy.asked) == 1


@pytest.mark.parametrize("target", ["http://127.0.0.1/", "http://localhost/", "http://10.0.0.1/"])
def test_no_redirect_leads_through_a_proxy_into_a_private_network(
    target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with endpoint(saying(b"", status=307, Location=target)) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.delenv("no_proxy", raising=False)
        with pytest.raises(EndpointError, match="private network or of this machine"):
            RemoteStore("http://endpoint.invalid/sparql").ask("ASK {}")
        assert len(proxy.asked) == 1


def test_a_change_is_not_sent_elsewhere() -> None:
    with endpoint(saying(b"", status=308, Location="/there")) as server:
        store = RemoteStore(f"{server.url}/query")
        with pytest.raises(EndpointError, match="a change to the data"):
            store.update("CLEAR ALL")
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("address", "reach"),
    [
        ("8.8.8.8", addresses.PUBLIC),
        ("2001:4860:4860::8888", addresses.PUBLIC),
        ("::ffff:8.8.8.8", addresses.PUBLIC),
        ("10.0.0.1", addresses.PRIVATE),
        ("172.16.0.1", addresses.PRIVATE),
        ("192.168.0.1", addresses.PRIVATE),
        ("100.64.0.1", addresses.PRIVATE),
        ("fd00::1", addresses.PRIVATE),
        ("::ffff:10.0.0.1", addresses.PRIVATE),
        ("127.0.0.1", addresses.LOOPBACK),
        ("127.8.8.8", addresses.LOOPBACK),
        ("::1", addresses.LOOPBACK),
        ("::ffff:127.0.0.1", addresses.LOOPBACK),
        ("64:ff9b::7f00:1", addresses.LOOPBACK),
        ("2002:7f00:1::", addresses.LOOPBACK),
        ("169.254.169.254", addresses.SPECIAL),
        ("fe80::1%eth0", addresses.SPECIAL),
        ("0.0.0.0", addresses.SPECIAL),
        ("::", addresses.SPECIAL),
        ("224.0.0.1", addresses.SPECIAL),
    ],
)
def test_addresses_are_told_apart(address: str, reach: int) -> None:
    assert addresses.reach_of(address) == reach


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ssl.SSLContext]:
    """A certificate for this machine that nobody trusts, and a server's context with it."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate")
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test -addext subjectAltName=IP:127.0.0.1"
    subprocess.run(["openssl", *words.split(), "-keyout", key, "-out", cert], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return cert, context


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate: tuple[Path, ssl.SSLContext]) -> None:
    with endpoint(saying(YES), tls=certificate[1]) as server:
        with pytest.raises(EndpointError, match="certificate or encryption refused"):
            RemoteStore(server.url).ask("ASK {}")
        assert server.asked == []


@pytest.fixture
def trusted(
    certificate: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> Iterator[ssl.SSLContext]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    network.tls_context.cache_clear()
    yield certificate[1]
    network.tls_context.cache_clear()


def test_a_redirect_out_of_encryption_is_not_followed(trusted: ssl.SSLContext) -> None:
    with (
        endpoint(saying(YES)) as plain,
        endpoint(saying(b"", status=307, Location=plain.url), tls=trusted) as secure,
    ):
        with pytest.raises(EndpointError, match="without encryption"):
            RemoteStore(secure.url).ask("ASK {}")
        assert plain.asked == []


def test_deadlines_hold_with_encryption_too(trusted: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch) -> None:
    with endpoint(saying(YES), tls=trusted) as server:
        assert RemoteStore(server.url).ask("ASK {}") is True
    monkeypatch.setenv("RTE_GRAPH_MAX_ENDPOINT_SECONDS", "1")
    with endpoint(dripping_body, tls=trusted) as server, pytest.raises(TimeLimit):
        list(RemoteStore(server.url).select(ALL).rows)


@pytest.mark.usefixtures("one_second")
def test_a_server_that_never_shakes_hands_meets_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as waiting, pytest.raises(TimeLimit):
        RemoteStore(f"https://127.0.0.1:{waiting.getsockname()[1]}").ask("ASK {}")
