"""Threat: a file that makes the parser, or us, use much memory."""

from __future__ import annotations

import sys
from collections import deque
from pathlib import Path

import pytest

from rte_graph.errors import MemoryLimit, SizeLimit
from rte_graph.rdf_io import iter_triples, parse_triples
from tests.security.strangers import still_answers

limited = pytest.mark.skipif(sys.platform != "linux", reason="only Linux enforces RLIMIT_AS")

LONG = "x" * 12_000_000
FILES = {
    "one long text": ("x.ttl", f'<http://x.org/a> <http://x.org/b> "{LONG}" .'),
    "one long text in N-Triples": ("x.nt", f'<http://x.org/a> <http://x.org/b> "{LONG}" .'),
    "one long IRI": ("x.ttl", f"<http://x.org/a> <http://x.org/b> <http://x.org/{LONG}> ."),
    "a list of JSON": ("x.jsonld", '{"@id":"http://x.org/a","http://x.org/p":[' + "0," * 3_000_000 + "0]}"),
    "many blank nodes": ("x.ttl", "<http://x.org/a> <http://x.org/b> " + "[]," * 1_000_000 + "[] ."),
    # Each name stands upon the last: the whole of them grows with the square of the file.
    "prefixes upon prefixes": (
        "x.ttl",
        "@base <http://x.org/> .\n" + "".join(f"@base <{n}/> . @prefix p{n}: <> .\n" for n in range(20_000)),
    ),
}


@limited
@pytest.mark.parametrize("kind", FILES)
def test_a_parser_that_takes_too_much_memory_is_stopped_and_we_live(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    name, text = FILES[kind]
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with monkeypatch.context() as lowered:
        lowered.setenv("RTE_GRAPH_MAX_PARSE_MEMORY_BYTES", "6000000")
        with pytest.raises(MemoryLimit, match="RTE_GRAPH_MAX_PARSE_MEMORY_BYTES") as caught:
            parse_triples(path)
    assert caught.value.exit_code == 75
    still_answers(tmp_path)


@pytest.mark.parametrize("kind", ["one long text", "one long text in N-Triples", "one long IRI"])
def test_what_is_merely_long_is_read_within_the_usual_limit(tmp_path: Path, kind: str) -> None:
    name, text = FILES[kind]
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert len(parse_triples(path)) == 1


@pytest.mark.parametrize("name", ["x.ttl", "x.nt"])
def test_a_text_larger_than_the_parsers_buffer_gets_a_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(f'<http://x.org/a> <http://x.org/b> "{LONG + LONG}" .', encoding="utf-8")
    with pytest.raises(SizeLimit, match="more than 16 million bytes"):
        parse_triples(path)
    still_answers(tmp_path)


def test_short_names_that_stand_for_long_ones_cannot_fill_our_own_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The child writes a few statements at a time and never holds much; they would pile up here."""
    path = tmp_path / "x.ttl"
    statements = "".join(f"a:{n} a: a: .\n" for n in range(150_000))
    path.write_text(f"@prefix a: <http://x.org/{'x' * 200}> .\n{statements}", encoding="utf-8")
    monkeypatch.setenv("RTE_GRAPH_MAX_PARSE_MEMORY_BYTES", "60000000")
    read = iter_triples(path)
    for _ in range(50_000):
        next(read)
    with pytest.raises(MemoryLimit, match="RTE_GRAPH_MAX_PARSE_MEMORY_BYTES") as caught:
        deque(read, maxlen=0)
    assert not hasattr(caught.value, "__notes__"), "the child was well"
    monkeypatch.undo()
    assert len(parse_triples(path)) == 150_000
