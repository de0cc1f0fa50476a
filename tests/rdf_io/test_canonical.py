from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
)

from rte_graph.namespaces import PREFIXES, RDF, RTE, SKOS, XSD, data_namespace
from rte_graph.rdf_io import (
    check_canonical,
    format_turtle,
    is_canonical,
    parse_triples,
    read_graph,
    write_turtle,
)
from rte_graph.rdf_io.__main__ import main

LOCALS = st.one_of(
    st.text(alphabet="abcXYZ019_.-/:#éœ~$'()*;,", min_size=1, max_size=8),
    st.sampled_from(["a", ".", "-x", "x.", "a.b", "0", "_", "a/b", "été", "%C3%A9"]),
)
IRIS = st.builds(
    lambda ns, local: (
        ns + (local.replace("#", "-") if "#" in ns else local.replace("#", "-", local.count("#") - 1))
    ),
    st.sampled_from([*PREFIXES.values(), "http://x.org/"]),
    LOCALS,
)
NODES = IRIS.map(NamedNode)
TEXTS = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"]), st.sampled_from("\"\\\n\r\t'«»\u00a0\u2028\x00\x7f")
    ),
    max_size=20,
)
LITERALS = st.one_of(
    st.builds(lambda v: Literal(v), TEXTS),
    st.builds(lambda v, lang: Literal(v, language=lang), TEXTS, st.sampled_from(["fr", "en", "de-ch"])),
    st.builds(
        lambda v, t: Literal(v, datatype=NamedNode(XSD(t))),
        st.sampled_from(
            ["1", "-1", "+01", "1.50", "01", ".5", "true", "1", "1e3", "2020", "2020-01-01", "x"]
        ),
        st.sampled_from(["integer", "decimal", "boolean", "double", "gYear", "date", "string"]),
    ),
)
BLANKS = st.sampled_from([BlankNode(f"b{n}") for n in range(4)])
TRIPLES = st.builds(Triple, st.one_of(NODES, BLANKS), NODES, st.one_of(NODES, LITERALS, BLANKS))


def canonical_quads(triples: list[Triple]) -> set[str]:
    dataset = Dataset(Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def turtle(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(text.encode(), format=RdfFormat.TURTLE)]


@settings(max_examples=300, deadline=None)
@given(st.lists(TRIPLES, max_size=12))
def test_what_is_written_reads_back_as_the_same_graph(triples: list[Triple]) -> None:
    assert canonical_quads(turtle(format_turtle(triples))) == canonical_quads(triples)


@settings(max_examples=200, deadline=None)
@given(st.lists(TRIPLES, max_size=12), st.randoms())
def test_writing_is_idempotent_and_does_not_depend_on_the_order(
    triples: list[Triple], random: object
) -> None:
    text = format_turtle(triples)
    shuffled = list(triples)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert format_turtle(shuffled) == text
    assert format_turtle(turtle(text)) == text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(NODES, LITERALS), max_size=6))
def test_lists_read_back_in_their_order(items: list[NamedNode | Literal]) -> None:
    triples = (
        [Triple(NamedNode("http://x.org/s"), NamedNode("http://x.org/p"), BlankNode("l0"))] if items else []
    )
    for n, item in enumerate(items):
        rest = BlankNode(f"l{n + 1}") if n + 1 < len(items) else NamedNode(RDF("nil"))
        triples += [
            Triple(BlankNode(f"l{n}"), NamedNode(RDF("first")), item),
            Triple(BlankNode(f"l{n}"), NamedNode(RDF("rest")), rest),
        ]
    text = format_turtle(triples)
    assert "rdf:first" not in text
    assert canonical_quads(turtle(text)) == canonical_quads(triples)


EXPECTED = """\
@prefix rte: <https://w3id.org/rte/ontology#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix alliance: <https://w3id.org/rte/id/alliance/> .
@prefix organisation: <https://w3id.org/rte/id/organisation/> .
@prefix alliance-form: <https://w3id.org/rte/vocab/alliance-form/> .

# ---- Alliances ----

alliance:a
    a rte:Alliance ;
    skos:prefLabel "Alliance A"@fr ;
    skos:altLabel
        "L’alliance"@fr ,
        "The alliance"@en ;
    dcterms:description
        "Zone"@fr ,
        "Area"@en ;
    rte:form alliance-form:coalition ;
    rte:start "2020"^^xsd:gYear ;
    rte:hasCommonProject true ;
    rte:evidence
        <https://w3id.org/rte/id/citation/c/1> ,
        <https://w3id.org/rte/id/citation/c/2> .

# ---- Organisations ----

organisation:o
    a rte:Organisation ;
    skos:prefLabel "O"@fr ;
    rte:order 3 .

# ---- Others ----

<http://example.org/x>
    rte:within organisation:o .
"""


def test_the_form_is_the_one_that_the_house_rules_give(write: Callable[..., Path]) -> None:
    path = write(
        "mess.ttl",
        """
        organisation:o rte:order 3 ; skos:prefLabel "O"@fr ; a rte:Organisation .
        <http://example.org/x> rte:within organisation:o .
        alliance:a rte:evidence <https://w3id.org/rte/id/citation/c/2> ,
            <https://w3id.org/rte/id/citation/c/1> ;
          rte:start "2020"^^xsd:gYear ; rte:hasCommonProject true ; rte:form alliance-form:coalition ;
          dcterms:description "Area"@en, "Zone"@fr ; skos:altLabel "The alliance"@en, "L’alliance"@fr ;
          skos:prefLabel "Alliance A"@fr ; a rte:Alliance .
        """,
    )
    assert format_turtle(parse_triples(path)) == EXPECTED
    assert format_turtle(read_graph(path)) == EXPECTED, "from rdflib too"


def test_the_lexical_form_of_numbers_is_kept(write: Callable[..., Path]) -> None:
    path = write("n.ttl", 'rte:x rte:value 12.50, 007, "1.0"^^xsd:double, "12"^^xsd:decimal .')
    text = format_turtle(parse_triples(path))
    for form in ("12.50", "007", '"1.0"^^xsd:double', '"12"^^xsd:decimal'):
        assert f"        {form} " in text


def test_nested_and_shared_blank_nodes_and_lists_are_readable(write: Callable[..., Path]) -> None:
    path = write(
        "b.ttl",
        "rte:s rte:list ( 1 rte:b [ rte:c 2 ] ) ; rte:empty () ; rte:nested [] ; rte:shared _:x . "
        "rte:t rte:shared _:x .",
    )
    text = format_turtle(parse_triples(path))
    assert "    rte:empty () ;" in text
    assert "    rte:nested [] ;" in text
    assert "        1\n        rte:b\n        [\n            rte:c 2\n        ]\n    )" in text
    assert text.count("_:b0") == 2


def test_a_circle_of_blank_nodes_is_written_with_labels() -> None:
    p = NamedNode(RTE("p"))
    circle = [Triple(BlankNode("x"), p, BlankNode("y")), Triple(BlankNode("y"), p, BlankNode("x"))]
    assert canonical_quads(turtle(format_turtle(circle))) == canonical_quads(circle)


def test_a_file_is_replaced_whole_and_then_canonical(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text("old", encoding="utf-8")
    write_turtle(
        [Triple(NamedNode(data_namespace("person")("x")), NamedNode(SKOS("prefLabel")), Literal("X"))], path
    )
    assert is_canonical(path)
    assert [p.name for p in tmp_path.iterdir()] == ["x.ttl"]


def test_the_comment_at_the_top_is_kept_and_others_are_not(write: Callable[..., Path]) -> None:
    path = write(
        "x.ttl",
        "# Source: a book.\n# Page 3.\n<http://x.org/a> <http://x.org/b> 1 . # gone\n",
        prefixes=False,
    )
    assert main(["--write", str(path)]) == 0
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# Source: a book.\n# Page 3.\n\n# ---- Others ----")
    assert "gone" not in text
    assert is_canonical(path)


def test_the_check_names_the_first_line_that_differs(
    write: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = write("x.ttl", EXPECTED.replace("    rte:order 3", "    rte:order 03"), prefixes=False)
    assert check_canonical(path) is None, "03 is another literal, canonically written"
    path = write(
        "x.ttl",
        EXPECTED.replace('"Zone"@fr ,\n        "Area"@en', '"Area"@en ,\n        "Zone"@fr'),
        prefixes=False,
    )
    assert check_canonical(path) == 18
    assert main(["--check", str(path.parent)]) == 1
    assert f"{path}:18:" in capsys.readouterr().out
    assert main(["--write", str(path)]) == 0
    assert main(["--check", str(path)]) == 0


def test_an_added_line_at_the_end_is_noticed(write: Callable[..., Path]) -> None:
    path = write("x.ttl", EXPECTED + "\n", prefixes=False)
    assert check_canonical(path) == EXPECTED.count("\n") + 2
    path = write("x.ttl", EXPECTED.replace("\n", "\r\n"), prefixes=False)
    assert not is_canonical(path)


def test_a_broken_file_is_named_by_the_check(
    write: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = write("x.ttl", "rte:a rte:b")
    assert main(["--check", str(path)]) == 65
    assert str(path) in capsys.readouterr().err
