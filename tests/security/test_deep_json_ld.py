"""Threat: JSON-LD that nests so deep that the parser's stack overflows, or that makes us fetch a context.

Two defences, each shown alone: a count of brackets before the parser, and a child that dies in our stead.
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import pytest

from rte_graph.errors import NestingLimit, UnreadableData
from rte_graph.rdf_io import parse_triples, pieces, reader
from rte_graph.worker.parent import Pool
from tests.security.strangers import still_answers, without_child, without_guard

# The memory that the parser takes grows with the square of this.
DEPTH = 1_000
P = '"http://x.org/p"'


def wrapped(opening: str, inner: str, closing: str, depth: int = DEPTH) -> str:
    return f'{{"@id":"http://x.org/a",\n{P}:{opening * depth}{inner}{closing * depth}}}'


SHAPES = {
    "objects": wrapped(f"{{{P}:", "1", "}"),
    "lists": wrapped('{"@list":[', "1", "]}"),
    "sets": wrapped('{"@set":[', "1", "]}"),
    "arrays": wrapped("[", "1", "]"),
    "graphs": '{"@graph":[\n' + '{"@graph":[' * DEPTH + "]}" * DEPTH + "]}",
    "reverse": '{"@id":"http://x.org/a",\n"@reverse":'
    + f'{{{P}:{{"@reverse":' * DEPTH
    + "{}"
    + "}}" * DEPTH
    + "}",
    "contexts": '{\n"@context":{"a":{"@id":"http://x.org/a","@context":'
    + '{"a":{"@id":"http://x.org/a","@context":' * DEPTH
    + "{}"
    + "}}" * DEPTH
    + "}}}",
    "nested properties": wrapped('{"@nest":', "{}", "}"),
    "JSON literals": wrapped('{"@type":"@json","@value":[', "1", "]}"),
    "never closed": "{\n" + "[" * 200_000,
}
# The parser keeps its own count for these, or does not go down into them.
SURVIVED = ("arrays", "never closed", "JSON literals", "nested properties")


def deep(folder: Path, body: str) -> Path:
    path = folder / "deep.jsonld"
    path.write_text(body, encoding="utf-8")
    return path


@pytest.mark.parametrize("shape", SHAPES)
def test_the_guard_alone_refuses_deep_json_ld_and_says_the_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shape: str
) -> None:
    without_child(monkeypatch)
    with pytest.raises(NestingLimit, match=r"line 2: more than 64 nested"):
        parse_triples(deep(tmp_path, SHAPES[shape]))
    still_answers(tmp_path)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_child_alone_keeps_deep_json_ld_from_killing_us(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shape: str
) -> None:
    without_guard(monkeypatch)
    with contextlib.suppress(UnreadableData, NestingLimit):
        parse_triples(deep(tmp_path, SHAPES[shape]))
    still_answers(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a stack is fixed when a process starts")
@pytest.mark.parametrize("shape", sorted(set(SHAPES) - set(SURVIVED)))
def test_without_the_guard_the_child_dies_and_the_sentence_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shape: str
) -> None:
    without_guard(monkeypatch)
    monkeypatch.setattr(reader, "_CHILDREN", Pool("tests.security.shallow_child"))
    with pytest.raises(NestingLimit, match="nests its nodes too deep") as caught:
        parse_triples(deep(tmp_path, SHAPES[shape]))
    assert any("SIG" in note for note in caught.value.__notes__), "the child was killed by a signal"
    still_answers(tmp_path)


@pytest.mark.parametrize("decoy", ['"]}]}",', r'"\"]}",', r'"\\",', '"\\\\\\"]",'])
def test_brackets_in_texts_make_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, decoy: str) -> None:
    without_child(monkeypatch)
    with pytest.raises(NestingLimit):
        parse_triples(deep(tmp_path, wrapped(f"[{decoy}", "1", "]", depth=100)))


def test_brackets_that_close_nothing_make_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_child(monkeypatch)
    with pytest.raises(NestingLimit):
        parse_triples(deep(tmp_path, "]" * 1000 + "[" * 100))


def test_brackets_in_texts_do_not_count(tmp_path: Path) -> None:
    text = "[{" * 500 + r"\"" + "[{" * 500
    assert len(parse_triples(deep(tmp_path, f'{{"@id":"http://x.org/a",{P}:"{text}"}}'))) == 1


ELSEWHERE = "http://example.org/context"
CONTEXTS = {
    "by its address": f'"{ELSEWHERE}"',
    "in a list": f'[{{"a":"http://x.org/a"}}, "{ELSEWHERE}"]',
    "after a list in a list": f'[{{"a":{{"@id":"http://x.org/a","@container":["@set"]}}}}, "{ELSEWHERE}"]',
    "imported": f'{{"@import":"{ELSEWHERE}"}}',
    "of a term": f'{{"a":{{"@id":"http://x.org/a","@context":"{ELSEWHERE}"}}}}',
    "imported in a list": f'[{{"@import" : "{ELSEWHERE}"}}]',
    "a file": '"file:///etc/passwd"',
    "beside it": '"context.jsonld"',
}


@pytest.mark.parametrize(
    "key", ['"@context"', r'"\u0040context"', r'"@\u0063\u006Fntext"', '"@context"\n\t ']
)
@pytest.mark.parametrize("context", CONTEXTS)
def test_a_context_elsewhere_is_refused_in_every_spelling(tmp_path: Path, context: str, key: str) -> None:
    body = f'{{"@id":"http://x.org/a", {P}: [{{ {key}:{CONTEXTS[context]}, "a":1}}]}}'
    with pytest.raises(UnreadableData, match="never fetches"):
        parse_triples(deep(tmp_path, body))


@pytest.mark.parametrize("context", CONTEXTS)
def test_without_that_check_the_parser_still_fetches_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, context: str
) -> None:
    without_child(monkeypatch)
    monkeypatch.setattr(pieces, "check_contexts", lambda source: None)
    with pytest.raises(UnreadableData):
        parse_triples(deep(tmp_path, f'{{"@context":{CONTEXTS[context]}, "@id":"http://x.org/a", "a":1}}'))


def test_the_word_context_in_texts_and_the_contexts_inside_are_fine(tmp_path: Path) -> None:
    body = (
        '{"@context":[{"a":"http://x.org/p","list":{"@id":"http://x.org/l","@container":["@set"]}},null,{}],'
        r'"@id":"http://x.org/s","a":["@context", "say \"@context\": \"http://x.org/\"", "@import"]}'
    )
    with pytest.raises(UnreadableData, match="context"):
        parse_triples(deep(tmp_path, body.replace("null", '"http://x.org/c"')))
    assert len(parse_triples(deep(tmp_path, body.replace("null,", "")))) == 3
