"""Threat: a file that never ends, never answers, or is not what it was a moment ago."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from rte_graph.errors import SizeLimit, TimeLimit, UnknownName, UnreadableData
from rte_graph.rdf_io import iter_triples, parse_triples, pieces, reader, source
from rte_graph.rdf_io.reader import read_text
from rte_graph.worker.parent import Pool
from tests.conftest import plain
from tests.security.strangers import still_answers, without_child

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs pipes, links and devices")


@pytest.fixture(params=["in a child", "in this process"], autouse=True)
def where(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "in this process":
        without_child(monkeypatch)
    return str(request.param)


@posix
def test_a_pipe_is_refused_without_waiting_for_its_other_end(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    os.mkfifo(path)
    for read in (parse_triples, read_text):
        with pytest.raises(UnreadableData, match="not an ordinary file") as caught:
            read(path)
        assert "un tube ou un périphérique" in plain(caught.value.fr)
    still_answers(tmp_path)


@posix
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/random", "/dev/tty", "/dev/null"])
def test_a_device_is_refused_behind_a_link_too(tmp_path: Path, device: str) -> None:
    path = tmp_path / "x.nt"
    path.symlink_to(device)
    with pytest.raises(UnreadableData, match="not an ordinary file"):
        parse_triples(path)


@posix
def test_a_socket_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(folder)  # such names must be short
        server.bind("x.ttl")
        with pytest.raises(UnreadableData, match="not an ordinary file"):
            parse_triples("x.ttl")


@posix
def test_a_pipe_that_takes_the_place_of_a_file_at_the_last_moment_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_child(monkeypatch)
    path = tmp_path / "x.ttl"
    path.touch()
    ordinary = path.stat()
    path.unlink()
    os.mkfifo(path)
    real = Path.stat
    monkeypatch.setattr(Path, "stat", lambda self, **kw: ordinary if self == path else real(self, **kw))
    with pytest.raises(UnreadableData, match="not an ordinary file"):
        parse_triples(path)


@posix
def test_links_that_go_round_in_circles_are_refused(tmp_path: Path) -> None:
    one, two = tmp_path / "1.ttl", tmp_path / "2.ttl"
    one.symlink_to(two)
    two.symlink_to(one)
    with pytest.raises(UnreadableData, match=r"cannot be opened \(the links go round") as caught:
        parse_triples(one)
    assert "les liens tournent en rond" in caught.value.fr
    still_answers(tmp_path)


@posix
def test_a_link_to_nothing_is_a_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.symlink_to(tmp_path / "nowhere")
    with pytest.raises(UnknownName):
        parse_triples(path)


@pytest.mark.parametrize("name", ["x.ttl", "x.nt", "x.jsonld"])
def test_a_sparse_file_of_ten_gigabytes_is_refused_by_its_size(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(10_000_000_000)
    for read in (parse_triples, read_text):
        with pytest.raises(SizeLimit, match="RTE_GRAPH_MAX_FILE_BYTES"):
            read(path)
    still_answers(tmp_path)


@posix
def test_a_file_of_the_system_that_has_no_size_is_not_read_for_ever(tmp_path: Path) -> None:
    """Such files say that they are empty and may give bytes without end."""
    path = tmp_path / "x.nt"
    path.symlink_to("/proc/self/mountinfo")
    if path.exists():
        assert parse_triples(path) == []


def lines(number: int) -> str:
    return "".join(f"<http://x.org/{n}> <http://x.org/p> <http://x.org/{n}> .\n" for n in range(number))


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.nt"
    path.write_text(lines(20_000), encoding="utf-8")
    with source.opened(path) as held:
        found = pieces.checked_pieces(held, 64)
        next(found)
        with path.open("a", encoding="utf-8") as file:
            file.write(lines(1))
        with pytest.raises(UnreadableData, match="changed while it was being read"):
            list(found)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the signal is another one")
def test_a_file_that_is_cut_short_while_it_is_read_kills_the_child_alone(tmp_path: Path, where: str) -> None:
    if where != "in a child":
        pytest.skip("this is what the child is for")
    path = tmp_path / "x.nt"
    path.write_text(lines(400_000), encoding="utf-8")  # more than the pipe holds
    found = iter_triples(path)
    next(found)
    os.truncate(path, 0)
    with pytest.raises(UnreadableData, match="changed while it was being read"):
        list(found)
    still_answers(tmp_path)


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    pool = Pool("tests.security.hanging_child")
    monkeypatch.setattr(reader, "_CHILDREN", pool)
    yield pool
    pool.close()


def test_a_parser_that_does_not_come_to_an_end_is_killed_and_the_sentence_names_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hanging: Pool, where: str
) -> None:
    if where != "in a child":
        pytest.skip("this is what the child is for")
    monkeypatch.setenv("RTE_GRAPH_MAX_PARSE_SECONDS", "1")
    path = tmp_path / "x.ttl"
    path.write_text("", encoding="utf-8")
    with pytest.raises(TimeLimit, match="RTE_GRAPH_MAX_PARSE_SECONDS") as caught:
        parse_triples(path)
    assert caught.value.exit_code == 75
    assert "a dépassé la limite de 1 s" in plain(caught.value.fr)
