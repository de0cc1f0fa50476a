from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode

from rte_graph import resources
from rte_graph.namespaces import RDF, XSD
from rte_graph.rdf_io import parse_triples, statement_lines
from rte_graph.rdf_io.tokens import tokens

X = "http://x.org/"


def x(local: str) -> NamedNode:
    return NamedNode(X + local)


AWKWARD = """\
@prefix : <http://x.org/> . PREFIX y: <http://x.org/>
@base <http://x.org/dir/> .
# :a :p :not .
:a a :C; :p "one ; two . # no comment",
   \"\"\"long
 "quoted" . ;
end\"\"\"@FR , 'it\\'s' ,
   1.5 , -3 ,2, 1e6, true ; ; :q y:b.c, <../d>, <http://x.org/e#f.g> .
:b :p [ :inner 1 ;
   :inner2 ( 1 2 ) ] , :after
   ; :r "2020"^^y:t , "a\\u00e9\\tb" . :c :p :d.:e :p
 :f\\,g .
y: :p "last"@en-GB.
[] :p :nobody .
( 1 ) :p :nobody .
:z :p :end .
"""


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "line"),
    [
        (x("a"), NamedNode(RDF("type")), x("C"), 4),
        (x("a"), x("p"), Literal("one ; two . # no comment"), 4),
        (x("a"), x("p"), Literal('long\n "quoted" . ;\nend', language="fr"), 5),
        (x("a"), x("p"), Literal("it's"), 7),
        (x("a"), x("p"), Literal("1.5", datatype=NamedNode(XSD("decimal"))), 8),
        (x("a"), x("p"), Literal("-3", datatype=NamedNode(XSD("integer"))), 8),
        (x("a"), x("p"), Literal("2", datatype=NamedNode(XSD("integer"))), 8),
        (x("a"), x("p"), Literal("1e6", datatype=NamedNode(XSD("double"))), 8),
        (x("a"), x("p"), Literal("true", datatype=NamedNode(XSD("boolean"))), 8),
        (x("a"), x("q"), x("b.c"), 8),
        (x("a"), x("q"), x("d"), 8),
        (x("a"), x("q"), x("e#f.g"), 8),
        (x("b"), x("p"), x("after"), 10),
        (x("b"), x("r"), Literal("2020", datatype=x("t")), 11),
        (x("b"), x("r"), Literal("aé\tb"), 11),
        (x("e"), x("p"), x("f,g"), 12),
        (x(""), x("p"), Literal("last", language="en-gb"), 13),
        (x("z"), x("p"), x("end"), 16),
    ],
)
def test_the_line_of_each_statement_is_found_in_awkward_turtle(
    write: Callable[..., Path],
    subject: NamedNode,
    predicate: NamedNode,
    value: NamedNode | Literal,
    line: int,
) -> None:
    # « :d.:e » is one name for Turtle as well: the full stop stands inside it.
    path = write("awkward.ttl", AWKWARD.replace(":d.:e", ":d . :e"), prefixes=False)
    found = statement_lines(path)
    assert (subject, predicate, value) in found.statements
    assert found.line(subject, predicate, value) == line


def test_every_named_statement_of_the_awkward_file_has_its_line(write: Callable[..., Path]) -> None:
    path = write("awkward.ttl", AWKWARD.replace(":d.:e", ":d . :e"), prefixes=False)
    named = {
        (t.subject, t.predicate, t.object)
        for t in parse_triples(path)
        if not isinstance(t.subject, BlankNode) and not isinstance(t.object, BlankNode)
    }
    assert named == set(statement_lines(path).statements)


def test_what_is_not_found_falls_back_to_predicate_subject_and_nothing(write: Callable[..., Path]) -> None:
    found = statement_lines(
        write("x.ttl", "@prefix : <http://x.org/> .\n\n:a\n  :p\n  [] .\n", prefixes=False)
    )
    assert found.line(x("a"), x("p"), Literal("?")) == 4
    assert found.line(x("a"), x("q"), Literal("?")) == 3
    assert found.line(x("a")) == 3
    assert found.line(x("b"), x("p")) is None


def test_a_statement_made_twice_is_cited_where_it_stands_first(write: Callable[..., Path]) -> None:
    found = statement_lines(
        write("x.ttl", "@prefix : <http://x.org/> .\n:a :p 1 .\n:a :p 1 .\n", prefixes=False)
    )
    assert found.line(x("a"), x("p"), Literal("1", datatype=NamedNode(XSD("integer")))) == 2


def test_n_triples_have_lines_and_json_ld_has_none(write: Callable[..., Path]) -> None:
    path = write(
        "x.nt",
        '<http://x.org/a> <http://x.org/p> "b"@fr .\n<http://x.org/a> <http://x.org/p> "c" .\n',
        prefixes=False,
    )
    assert statement_lines(path).line(x("a"), x("p"), Literal("c")) == 2
    assert statement_lines(write("x.jsonld", "{}", prefixes=False)).line(x("a")) is None


@pytest.mark.parametrize(
    "path", [*resources.data_files(), *resources.ontology_files()][:20], ids=lambda p: p.name
)
def test_every_named_statement_of_the_packaged_files_has_its_line(path: Path) -> None:
    found = statement_lines(path).statements
    lines = path.read_text(encoding="utf-8").split("\n")
    for triple in parse_triples(path):
        if isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode):
            continue
        line = found[triple.subject, triple.predicate, triple.object]
        if isinstance(triple.object, Literal) and "\n" not in triple.object.value:
            shown = triple.object.value.replace("\\", "\\\\").replace('"', '\\"')
            assert shown in lines[line - 1]


@settings(max_examples=300, deadline=None)
@example('""@a')
@example('"\\ud800"')
@example("@base <http://[x> . <b> <c> <d> .")
@given(st.text(alphabet="ab:. ;,[]()<>\"'\\\n@#^{}1-é_%", max_size=60))
def test_no_text_makes_it_fail_or_lose_a_character(text: str) -> None:
    from rte_graph.rdf_io.lines import _Reader

    _Reader(text).read()
    assert all(token.line >= 1 for token in tokens(text))
