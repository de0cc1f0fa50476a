"""CSV, TSV, JSON and XML: byte for byte as the W3C has them, and read back as what they were."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from xml.etree import ElementTree

import pytest
from hypothesis import given
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    Store,
    parse_query_results,
)
from written_terms import tables

from rte_graph.errors import UsageError
from rte_graph.namespaces import XSD
from rte_graph.sparql.formats import to_text, write_boolean, write_table
from rte_graph.sparql.results import Row, Table
from rte_graph.store import Term

NAMES = ("x", "xLabel", "n")
A, B = NamedNode("https://e.org/a?b=1&c=2"), BlankNode("b")
ROWS: list[Row] = [
    (A, Literal('Éco "Habitat", lié\r\n\tet\\'), Literal(12)),
    (B, Literal("<b> & ]]>", language="fr"), Literal("1.50", datatype=NamedNode(XSD("decimal")))),
    (None, Literal(""), None),
]
TABLE = Table(columns=NAMES, rows=ROWS)


ENGINE_FORMS = {
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}


def read_back(form: QueryResultsFormat, written: bytes) -> tuple[tuple[str, ...], list[Row]]:
    parsed = parse_query_results(written, form)
    assert isinstance(parsed, QuerySolutions)
    return tuple(variable.value for variable in parsed.variables), [tuple(row) for row in parsed]


def written(form: str, rows: Sequence[Row], names: Sequence[str] = NAMES) -> bytes:
    out = io.BytesIO()
    assert write_table(form, names, iter(rows), out) == len(rows)
    return out.getvalue()


def test_csv_has_crlf_bare_text_and_doubled_quotation_marks() -> None:
    assert written("csv", ROWS) == (
        b"x,xLabel,n\r\n"
        b'https://e.org/a?b=1&c=2,"\xc3\x89co ""Habitat"", li\xc3\xa9\r\n\tet\\",12\r\n'
        b"_:b,<b> & ]]>,1.50\r\n"
        b",,\r\n"
    )


def test_csv_of_one_unbound_value_is_an_empty_line_as_the_recommendation_has_it() -> None:
    assert written("csv", [(None,), (Literal(""),)], ["x"]) == b"x\r\n\r\n\r\n"


def test_csv_is_what_the_engine_writes() -> None:
    engine = Store()
    values = "\n".join(f"({cell})" for cell in ('"a,b"', '"\\"q\\""', '"l1\\nl2"', "<http://e.org/>", "1.5"))
    for text in (
        f"SELECT ?x {{ VALUES (?x) {{ {values} }} }}",
        "SELECT ?x ?y { {} UNION { BIND(1 AS ?y) } }",
    ):
        solutions = engine.query(text)
        assert isinstance(solutions, QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        again = engine.query(text)
        assert isinstance(again, QuerySolutions)
        assert written("csv", [tuple(row) for row in solutions], names) == again.serialize(
            format=QueryResultsFormat.CSV
        )


def test_tsv_has_terms_as_in_turtle_and_one_line_a_row() -> None:
    assert written("tsv", ROWS).decode() == (
        "?x\t?xLabel\t?n\n"
        '<https://e.org/a?b=1&c=2>\t"Éco \\"Habitat\\", lié\\r\\n\\tet\\\\"\t12\n'
        f'_:b\t"<b> & ]]>"@fr\t"1.50"^^<{XSD("decimal")}>\n'
        '\t""\t\n'
    )


def test_json_leaves_out_what_is_unbound_and_has_one_row_a_line() -> None:
    text = written("json", ROWS).decode()
    assert json.loads(text)["head"] == {"vars": list(NAMES)}
    assert json.loads(text)["results"]["bindings"][1:] == [
        {
            "x": {"type": "bnode", "value": "b"},
            "xLabel": {"type": "literal", "value": "<b> & ]]>", "xml:lang": "fr"},
            "n": {"type": "literal", "value": "1.50", "datatype": str(XSD("decimal"))},
        },
        {"xLabel": {"type": "literal", "value": ""}},
    ]
    assert text.count("\n") == len(ROWS) + 2


def test_xml_is_well_formed_in_its_namespace_and_keeps_line_ends() -> None:
    root = ElementTree.fromstring(written("xml", ROWS))
    name = "{http://www.w3.org/2005/sparql-results#}"
    assert root.tag == f"{name}sparql"
    assert [each.get("name") for each in root.iter(f"{name}variable")] == list(NAMES)
    assert next(root.iter(f"{name}literal")).text == 'Éco "Habitat", lié\r\n\tet\\'
    assert [each.text for each in root.iter(f"{name}uri")] == [A.value]


def test_xml_puts_the_replacement_character_where_xml_has_none() -> None:
    text = written("xml", [(Literal("a\x00b\x1b\ufffe\t"),)], ["x"])
    assert ElementTree.fromstring(text)[1][0][0][0].text == "a\ufffdb\ufffd\ufffd\t"


@given(tables())
def test_any_table_comes_back_from_tsv_and_json_as_it_was(rows: list[Row]) -> None:
    for form, engine_form in (("tsv", QueryResultsFormat.TSV), ("json", QueryResultsFormat.JSON)):
        assert read_back(engine_form, written(form, rows)) == (NAMES, rows)


@given(tables())
def test_any_table_comes_back_from_xml_but_for_characters_that_xml_has_not(rows: list[Row]) -> None:
    found = [read_xml(result) for result in ElementTree.fromstring(written("xml", rows))[1]]
    assert found == [tuple(map(without_forbidden, row)) for row in rows]


def read_xml(result: ElementTree.Element) -> Row:
    """Read a row with the standard library: the engine drops the spaces at the ends of a text."""
    bound: dict[str, Term] = {}
    for binding in result:
        (element,) = binding
        value, kind = element.text or "", element.tag.rpartition("}")[2]
        language = element.get("{http://www.w3.org/XML/1998/namespace}lang")
        datatype = NamedNode(element.get("datatype", str(XSD("string"))))
        if kind == "literal" and language:
            bound[binding.get("name", "")] = Literal(value, language=language)
        elif kind == "literal":
            bound[binding.get("name", "")] = Literal(value, datatype=datatype)
        else:
            bound[binding.get("name", "")] = NamedNode(value) if kind == "uri" else BlankNode(value)
    return tuple(bound.get(name) for name in NAMES)


def without_forbidden(term: object) -> object:
    if not isinstance(term, Literal):
        return term
    value = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", term.value)
    return Literal(value, language=term.language) if term.language else Literal(value, datatype=term.datatype)


@given(tables())
def test_any_table_is_csv_that_other_readers_understand(rows: list[Row]) -> None:
    read = list(csv.reader(io.StringIO(written("csv", rows).decode(), newline="")))
    texts = [
        [f"_:{t.value}" if isinstance(t, BlankNode) else t.value if t else "" for t in row] for row in rows
    ]
    assert read == [list(NAMES), *texts]


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
def test_no_rows_are_a_heading_alone(form: str) -> None:
    text = written(form, [])
    if form == "csv":
        assert text == b"x,xLabel,n\r\n"
    else:
        assert read_back(ENGINE_FORMS[form], text) == (NAMES, [])


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_safe_csv_puts_an_apostrophe_before_what_a_spreadsheet_would_run(mark: str) -> None:
    formula = f"{mark}HYPERLINK('http://e.org')"
    table = Table(columns=("x",), rows=((Literal(formula),), (Literal(f"a{mark}1"),)))
    bare = list(csv.reader(io.StringIO(to_text("csv", table), newline="")))
    safe = list(csv.reader(io.StringIO(to_text("csv", table, safe=True), newline="")))
    assert [row[0] for row in bare[1:]] == [formula, f"a{mark}1"]
    assert [row[0] for row in safe[1:]] == [f"'{formula}", f"a{mark}1"]


def test_safe_csv_leaves_numbers_and_stops_what_only_says_that_it_is_one() -> None:
    number = NamedNode(XSD("integer"))
    rows = ((Literal(-5),), (Literal(-1.5),), (Literal("-1+cmd|'/c calc'!A1", datatype=number),))
    table = Table(columns=("x",), rows=rows)
    assert to_text("csv", table, safe=True) == "x\r\n-5\r\n-1.5\r\n'-1+cmd|'/c calc'!A1\r\n"


@pytest.mark.parametrize("value", [True, False])
def test_yes_and_no_are_written_as_the_w3c_has_them(value: bool) -> None:
    for form, engine_form in (("json", QueryResultsFormat.JSON), ("xml", QueryResultsFormat.XML)):
        out = io.BytesIO()
        write_boolean(form, value, out)
        parsed = parse_query_results(out.getvalue(), engine_form)
        assert isinstance(parsed, QueryBoolean)
        assert bool(parsed) is value
    for lang, words in (("fr", ("non", "oui")), ("en", ("no", "yes"))):
        out = io.BytesIO()
        write_boolean("table", value, out, lang=lang)
        assert out.getvalue().decode() == f"{words[value]}\n"


def test_a_triple_term_of_rdf_1_2_is_written_too() -> None:
    engine = Store()
    text = 'SELECT (TRIPLE(<http://e.org/a>, <http://e.org/b>, "c"@fr) AS ?t) {}'
    solutions = engine.query(text)
    assert isinstance(solutions, QuerySolutions)
    rows = [tuple(row) for row in solutions]
    for name, form in ENGINE_FORMS.items():
        assert read_back(form, written(name, rows, ["t"])) == (("t",), rows)


def test_a_form_that_there_is_not_gets_a_sentence_with_those_that_there_are() -> None:
    with pytest.raises(UsageError, match="choose among table, csv, tsv, json, xml, xlsx, markdown"):
        write_table("turtle", NAMES, [], io.BytesIO())
    with pytest.raises(UsageError, match="choose among table, json, xml"):
        write_boolean("csv", True, io.BytesIO())
