"""Threat: Turtle or N-Triples that nests so deep that the parser's stack overflows.

Two defences, each shown alone: a count of brackets before the parser, and a child that dies in our stead.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from rte_graph.errors import NestingLimit, RteError, UnreadableData
from rte_graph.rdf_io import parse_triples
from tests.security.strangers import still_answers, without_child, without_guard

HEAD = "@prefix x: <http://x.org/> .\nx:a x:b "
DEPTH = 20_000
LISTS = "( " * DEPTH + ") " * DEPTH
NODES = "[ x:p " * DEPTH + "1" + " ]" * DEPTH
TERMS = "<<( x:a x:b " * DEPTH + "1" + " )>>" * DEPTH
SHAPES = {
    "lists": LISTS,
    "property lists": NODES,
    "in turns": "( [ x:p " * DEPTH + "1" + " ] )" * DEPTH,
    "triple terms": TERMS,
    "reified triples": "<< x:a x:b " * DEPTH + "1" + " >>" * DEPTH,
    "annotations": "1 " + "{| x:p 1 " * DEPTH + "|} " * DEPTH,
    "never closed": "( " * DEPTH,
}


def deep(folder: Path, body: str) -> Path:
    path = folder / "deep.ttl"
    path.write_text(f"{HEAD}{body} .\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("shape", SHAPES)
def test_the_guard_alone_refuses_deep_turtle_and_says_the_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shape: str
) -> None:
    without_child(monkeypatch)
    with pytest.raises(NestingLimit, match=r"line 2: more than 64 nested"):
        parse_triples(deep(tmp_path, SHAPES[shape]))
    still_answers(tmp_path)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_child_alone_keeps_deep_turtle_from_killing_us(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shape: str
) -> None:
    without_guard(monkeypatch)
    with contextlib.suppress(UnreadableData, NestingLimit):  # or it is read, which is fine
        parse_triples(deep(tmp_path, SHAPES[shape]))
    still_answers(tmp_path)


def test_without_the_guard_triple_terms_kill_the_child_and_the_sentence_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_guard(monkeypatch)
    with pytest.raises(NestingLimit, match="nests its nodes too deep") as caught:
        parse_triples(deep(tmp_path, TERMS))
    assert caught.value.exit_code == 75
    assert any("SIG" in note for note in caught.value.__notes__), "the child was killed by a signal"
    still_answers(tmp_path)


def test_triple_terms_of_n_triples_are_counted_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "deep.nt"
    start, end = "<http://x.org/a> <http://x.org/b> ", '"1"'
    path.write_text(
        start + f"<<( {start}" * DEPTH + end + " )>>" * DEPTH + " .\n",
        encoding="utf-8",
    )
    with pytest.raises(NestingLimit, match="line 1: more than 64"):
        parse_triples(path)
    without_guard(monkeypatch)
    with pytest.raises(NestingLimit, match="nests its nodes too deep"):
        parse_triples(path)
    still_answers(tmp_path)


DECOYS = {
    "closed in texts": '"]))" , ',
    "closed in long texts": '""" " ]\n)) """ , ',
    "closed in single quotes": "')' , ''' '' ] ''' , ",
    "closed in comments": "# ]]]))) \n",
    "closed in IRIs": "<http://x.org/)]> , ",
    "closed in names": r"x:a\)\)\' , ",
    "closed before": "",
}


@pytest.mark.parametrize("decoy", DECOYS)
def test_brackets_that_close_only_in_appearance_make_no_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, decoy: str
) -> None:
    without_child(monkeypatch)
    before = "] " * 100 if decoy == "closed before" else ""
    body = before + f"( {DECOYS[decoy]}" * 100
    with pytest.raises(NestingLimit):
        parse_triples(deep(tmp_path, body))


def test_brackets_count_across_any_distance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_child(monkeypatch)
    with pytest.raises(NestingLimit, match="line 67"):
        parse_triples(deep(tmp_path, ("# " + "x" * 50_000 + " )\n( ") * 65))


def test_what_is_as_deep_as_allowed_is_read(tmp_path: Path) -> None:
    assert len(parse_triples(deep(tmp_path, "( " * 64 + ") " * 64))) == 127
    with pytest.raises(NestingLimit):
        parse_triples(deep(tmp_path, "( " * 65 + ") " * 65))


def test_thousands_of_prefixes_and_bases_are_read(tmp_path: Path) -> None:
    path = tmp_path / "prefixes.ttl"
    lines = [f"@base <http://x.org/{n}/> . @prefix p{n}: <a> ." for n in range(50_000)]
    path.write_text("\n".join([*lines, "p0:a p1:b p49999:c ."]), encoding="utf-8")
    assert len(parse_triples(path)) == 1


def test_the_guards_pass_is_linear(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Quotation marks, « < » and « # » that begin nothing must not be tried again from every place."""
    without_child(monkeypatch)
    for piece in ('"', "'", "<", "#", "\\", '""" ', "'''", ">", '"\\', "<a", "''' \" ", "^"):
        path = deep(tmp_path, piece * 500_000)
        with pytest.raises(RteError):
            parse_triples(path)
