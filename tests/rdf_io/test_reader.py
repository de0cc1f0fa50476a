from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode

from rte_graph.errors import LimitReached, RteError, UnknownName, UnreadableData
from rte_graph.namespaces import XSD
from rte_graph.rdf_io import from_rdflib, parse_triples, read_graph, to_rdflib
from tests.conftest import plain


@pytest.mark.parametrize(
    ("text", "line", "word_fr", "word_en"),
    [
        (
            "<http://x.org/a> a <http://x.org/b>\n<http://x.org/c> a <http://x.org/d> .",
            2,
            "mettez « . »",
            "end it with",
        ),
        ("<http://x.org/a> foo:b 1 .", 1, "« foo: »", "“foo:”"),
        ('\n<http://x.org/a> <http://x.org/b> "never closed .', 2, "fermez le guillemet", "quotation mark"),
        ("<a> <http://x.org/b> 1 .", 1, "n’est pas complète", "not complete"),
        ("<http://x.org/a> <http://x.org/b c> 1 .", 1, "caractère interdit", "forbidden character"),
        ("\n\n<http://x.org/a> <http://x.org/b> ; .", 3, "pas à sa place", "out of place"),
        ("<http://x.org/a> <http://x.org/b> [ <http://x.org/b> 1 .", 1, "refermé", "not closed"),
        ("@prefix a <http://x.org/> .", 1, "n’a pas de préfixe", "has no prefix"),
        ("@base x .", 1, "n’a pas d’IRI", "has no IRI"),
        ('<http://x.org/a> <http://x.org/b> "\\q" .', 1, "« \\q »", "“\\q”"),
        ('<http://x.org/a> <http://x.org/b> "\\uD800" .', 1, "« \\uD800 »", "“\\uD800”"),
        ("<http://x.org/a> <http://x.org/b> 'a\nb' .", 1, "passe à la ligne", "next line"),
        ("<http://x.org/a> <http://x.org/b> 'a'^^ .", 1, "type après ^^", "after ^^"),
    ],
)
def test_broken_turtle_is_explained_with_file_line_and_remedy(
    write: Callable[..., Path], text: str, line: int, word_fr: str, word_en: str
) -> None:
    path = write("broken.ttl", text, prefixes=False)
    with pytest.raises(UnreadableData) as caught:
        parse_triples(path)
    assert caught.value.exit_code == 65
    assert plain(caught.value.fr).startswith(f"{path}, ligne {line} : ")
    assert caught.value.en.startswith(f"{path}, line {line}: ")
    assert word_fr in plain(caught.value.fr)
    assert word_en in caught.value.en
    assert "\n" not in caught.value.fr


ENGLISH = ("should", "expected", "Expecting", "valid RDF", "must", "cannot", "directory", "is not", "Invalid")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ttl", "<http://x.org/a> <http://x.org/b> 1e ."),
        ("a.jsonld", '{"@id": 12}'),
        ("a.jsonld", '{"a": }'),
        ("a.ttl/x.ttl", ""),
        ("folder.ttl/", ""),
    ],
)
def test_a_french_sentence_is_french(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / "a.ttl").write_text("", encoding="utf-8")
    (tmp_path / "folder.ttl").mkdir()
    path = tmp_path / name
    if text:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(RteError) as caught:
        parse_triples(path)
    assert [word for word in ENGLISH if word in caught.value.fr] == []


def test_text_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "latin.ttl"
    path.write_bytes("# ok\n<http://x.org/a> <http://x.org/b> 'é' .".encode("latin-1"))
    with pytest.raises(UnreadableData, match=r"line 2: the text is not UTF-8"):
        parse_triples(path)


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "windows.ttl"
    path.write_bytes("\ufeff<http://x.org/a>\r\n<http://x.org/b> 'é' .\r\n".encode())
    assert parse_triples(path)[0].object == Literal("é")


def test_a_missing_file_is_a_usage_error(tmp_path: Path) -> None:
    for name in ("no.ttl", "no.xyz"):
        with pytest.raises(UnknownName) as caught:
            parse_triples(tmp_path / name)
        assert caught.value.exit_code == 2


@pytest.mark.parametrize("name", ["x.rdf", "x.xml", "x.owl", "x.trig", "x"])
def test_other_formats_are_refused_in_a_sentence(write: Callable[..., Path], name: str) -> None:
    path = write(name, '<!DOCTYPE x [<!ENTITY a "aaaa">]>', prefixes=False)
    with pytest.raises(UnreadableData, match="convert it to Turtle"):
        parse_triples(path)


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").mkdir()
    with pytest.raises(UnreadableData):
        parse_triples(tmp_path / "x.ttl")


@pytest.mark.parametrize("opening", ["[ <http://x.org/p> ", "( ", "<<( "])
def test_deep_nesting_is_refused_before_it_is_parsed(write: Callable[..., Path], opening: str) -> None:
    path = write("deep.ttl", "<http://x.org/a>\n<http://x.org/b> " + opening * 100_000, prefixes=False)
    start = time.perf_counter()
    with pytest.raises(LimitReached, match="line 2"):
        parse_triples(path)
    assert time.perf_counter() - start < 30, "linear, not quadratic"


def test_brackets_in_texts_and_comments_do_not_count(write: Callable[..., Path]) -> None:
    body = f'<http://x.org/a[> <http://x.org/b> "{"[(" * 200}", """{"[" * 200}""" . # {"(" * 200}\n'
    assert len(parse_triples(write("flat.ttl", body.replace("a[", "a"), prefixes=False))) == 2


def test_many_shallow_brackets_are_fine(write: Callable[..., Path]) -> None:
    body = "<http://x.org/a> <http://x.org/b> " + " , ".join("[]" for _ in range(500)) + " ."
    assert len(parse_triples(write("flat.ttl", body, prefixes=False))) == 500


def test_the_limits_of_size_and_number_are_kept(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("x.ttl", "<http://x.org/a> <http://x.org/b> 1, 2, 3 .", prefixes=False)
    monkeypatch.setenv("RTE_GRAPH_MAX_TRIPLES", "2")
    with pytest.raises(LimitReached, match="more than 2 triples"):
        parse_triples(path)
    monkeypatch.setenv("RTE_GRAPH_MAX_FILE_BYTES", "10")
    with pytest.raises(LimitReached, match="RTE_GRAPH_MAX_FILE_BYTES"):
        parse_triples(path)


def test_quoted_triples_are_refused(write: Callable[..., Path]) -> None:
    path = write(
        "q.ttl",
        "<http://x.org/a> <http://x.org/b> <<( <http://x.org/a> <http://x.org/b> 1 )>> .",
        prefixes=False,
    )
    with pytest.raises(UnreadableData, match="rte:Claim"):
        parse_triples(path)


@pytest.mark.parametrize(
    "document",
    [
        '{"@context": "http://example.org/c", "@id": "http://x.org/a", "name": 1}',
        '{"@context": ["http://example.org/c"], "@id": "http://x.org/a", "name": 1}',
        '{"@context": {"@import": "http://example.org/c"}, "@id": "http://x.org/a"}',
        '{"@id": "http://x.org/a", "http://x.org/p": [{"@context": "file:///etc/passwd", "name": 1}]}',
        '{"@context": {"p": {"@id": "http://x.org/p", "@context": "http://example.org/c"}}, "@id": "http://x.org/a"}',
    ],
)
def test_json_ld_with_a_context_elsewhere_is_refused_and_nothing_is_fetched(
    write: Callable[..., Path], document: str
) -> None:
    with pytest.raises(UnreadableData, match="never fetches"):
        parse_triples(write("x.jsonld", document, prefixes=False))


def test_json_ld_with_its_context_inside_is_read(write: Callable[..., Path]) -> None:
    path = write(
        "x.jsonld",
        '{"@context": {"name": "http://x.org/name"}, "@id": "http://x.org/a", "name": "brackets \\" [[["}',
        prefixes=False,
    )
    assert parse_triples(path)[0].object == Literal('brackets " [[[')


def test_json_ld_that_is_deep_or_broken_is_refused(write: Callable[..., Path]) -> None:
    with pytest.raises(LimitReached):
        parse_triples(write("deep.jsonld", "[" * 200_000, prefixes=False))
    with pytest.raises(UnreadableData, match="line 2"):
        parse_triples(write("broken.jsonld", '{\n"a" 1}', prefixes=False))
    with pytest.raises(RteError):
        parse_triples(write("wrong.jsonld", '{"@id": 12}', prefixes=False))


def test_json_ld_with_a_number_of_thousands_of_digits_is_read_as_a_double(write: Callable[..., Path]) -> None:
    path = write(
        "long.jsonld", f'{{"@id": "http://x.org/a", "http://x.org/p": {"9" * 5000}}}', prefixes=False
    )
    value = parse_triples(path)[0].object
    assert isinstance(value, Literal)
    assert value.datatype.value == XSD("double")
    assert read_graph(path)


def test_blank_nodes_of_two_files_are_not_confused(write: Callable[..., Path]) -> None:
    one = parse_triples(write("1.ttl", "_:x <http://x.org/p> 1 .", prefixes=False))
    two = parse_triples(write("2.ttl", "_:x <http://x.org/p> 1 .", prefixes=False))
    assert one[0].subject != two[0].subject


def test_rdflib_gets_the_same_terms_letter_by_letter(write: Callable[..., Path]) -> None:
    path = write(
        "x.ttl",
        'rte:a rte:b 12.50, 007, "hier"^^xsd:date, "é"@fr, "plain", "true"^^xsd:boolean, rte:c .',
    )
    triples = parse_triples(path)
    assert set(from_rdflib(to_rdflib(triples))) == set(triples)
    assert {str(o) for o in read_graph(path).objects()} >= {"12.50", "007"}
    assert Literal("007", datatype=NamedNode(XSD("integer"))) in {t.object for t in triples}
