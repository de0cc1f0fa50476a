from __future__ import annotations

import json
import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from rte_graph.namespaces import XSD
from rte_graph.sparql.collation import collation_key, fold
from rte_graph.sparql.formats import to_text
from rte_graph.sparql.grid import Grid, Rows
from rte_graph.sparql.model import Library, SortKey, Text
from rte_graph.sparql.ordering import order_of
from rte_graph.sparql.present import caption, format_table, readable, to_markdown
from rte_graph.sparql.results import Row, Table
from rte_graph.sparql.wording import date_in_words, number

A, B = NamedNode("https://w3id.org/rte/id/organisation/a"), NamedNode("https://e.org/b")
MARCH = Literal("2020-03", datatype=NamedNode(XSD("gYearMonth")))
HABITAT, FORMULA = Literal("Éco « Habitat »", language="fr"), Literal("=1+1|x")
TOME = Literal("Tome II")
TABLE = Table(
    columns=("member", "memberLabel", "count", "start", "end", "document", "lines"),
    rows=(
        (A, HABITAT, Literal(12000), MARCH, None, TOME, Literal("5-5, 7-9")),
        (B, FORMULA, Literal(7), None, None, TOME, Literal("12-13")),
    ),
)


def sorted_rows(columns: Sequence[str], rows: Sequence[Row], keys: Sequence[SortKey]) -> tuple[Row, ...]:
    grid = Grid.of_rows(columns, rows)
    return tuple(Rows(grid, order_of(grid, keys)))


def test_rows_are_sorted_by_columns_with_unbound_values_last():
    rows = [
        (Literal("b"), Literal(10)),
        (Literal("É"), None),
        (Literal("z"), Literal(9)),
        (Literal("a"), None),
    ]
    columns = ("name", "size")
    by_name = sorted_rows(columns, rows, [SortKey(column="name", descending=False)])
    assert [str(row[0].value) for row in by_name] == ["a", "b", "É", "z"]
    for descending, expected in ((False, ["z", "b", "a", "É"]), (True, ["b", "z", "a", "É"])):
        keys = [SortKey(column="size", descending=descending), SortKey(column="name", descending=False)]
        assert [str(row[0].value) for row in sorted_rows(columns, rows, keys)] == expected


def test_the_order_of_rows_does_not_depend_on_the_order_in_which_they_come():
    rows = [(A, Literal("x")), (B, Literal("x")), (None, Literal("x"))]
    keys = [SortKey(column="label", descending=False)]
    assert sorted_rows(("iri", "label"), rows, keys) == sorted_rows(("iri", "label"), rows[::-1], keys)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["Zoé", "écologie", "Eau", "œuvre", "oie"], ["Eau", "écologie", "œuvre", "oie", "Zoé"]),
        (["côté", "cote", "coté", "côte"], ["cote", "côte", "coté", "côté"]),
        (["tome 10", "tome 9"], ["tome 9", "tome 10"]),
        (["L’Outil", "LabH", "L'Autre"], ["L'Autre", "L’Outil", "LabH"]),
    ],
)
def test_french_alphabetical_order(words: list[str], expected: list[str]):
    assert sorted(words, key=collation_key) == expected


@given(st.text())
def test_folding_twice_changes_nothing(text: str):
    assert fold(fold(text)) == fold(text)


def test_people_see_no_iris_no_empty_columns_and_the_document_once():
    library = Library(queries={}, headings={"memberLabel": Text(fr="Membre", en="Member")})
    shown = format_table(TABLE, library, width=80)
    assert "Membre" in shown
    assert "https://" not in shown
    assert "End" not in shown
    assert shown.count("Tome II") == 1
    assert caption(TABLE) == "Lignes de\u00a0: Tome II."
    assert "5, 7-9" in shown
    assert "mars 2020" in shown
    assert "12\u202f000" in shown
    assert "https://e.org/b" in format_table(TABLE, iris=True, width=200)


@pytest.mark.parametrize("width", [20, 30, 40, 60, 80, 200])
def test_a_table_fits_the_width_and_keeps_words_and_no_break_spaces_together(width: int):
    shown = format_table(TABLE, width=width)
    assert all(len(line) <= width for line in shown.splitlines())
    if width >= 40:
        assert "«\u00a0Habitat\u00a0»" in format_table(_with_no_break_spaces(), width=width)


def _with_no_break_spaces() -> Table:
    value = Literal("Éco Logis Paris «\u00a0Habitat\u00a0» et bien d’autres mots encore")
    return Table(columns=("x",), rows=((value,),))


def test_markdown_escapes_what_would_break_the_table():
    shown = to_markdown(TABLE)
    assert "=1+1\\|x" in shown
    assert "---:" in shown
    assert "<script>" not in to_markdown(Table(columns=("x",), rows=((Literal("<script>"),),)))


@pytest.mark.parametrize(
    ("value", "lang", "expected"),
    [
        (Literal(True), "fr", "oui"),
        (Literal(False), "en", "no"),
        (A, "fr", "organisation:a"),
        (Literal("2020-02-01", datatype=NamedNode(XSD("date"))), "fr", "1er février 2020"),
        (Literal("2020", datatype=NamedNode(XSD("gYear"))), "fr", "2020"),
        (None, "fr", ""),
    ],
)
def test_terms_are_written_for_people(value: Literal | NamedNode | None, lang: str, expected: str):
    assert readable(value, lang) == expected


def test_numbers_and_dates_that_are_none_are_left_alone():
    assert number("about 5", "fr") == "about 5"
    assert date_in_words("2020-13", "fr") == "2020-13"
    assert number("-1234567.50", "fr") == "-1\u202f234\u202f567,50"


def test_what_only_says_that_it_is_a_number_sorts_as_text_after_numbers():
    values = [
        Literal(value, datatype=NamedNode(XSD(kind)))
        for value, kind in (
            ("beaucoup", "integer"),
            ("NaN", "double"),
            ("9" * 5000, "integer"),
            ("7", "integer"),
        )
    ]
    table = sorted_rows(
        ("n",), [(value,) for value in [Literal("a"), *values]], [SortKey(column="n", descending=False)]
    )
    assert [row[0].value[:4] for row in table] == ["7", "9999", "a", "beau", "NaN"]
    shown = format_table(Table(columns=("n",), rows=table))
    assert "beaucoup" in shown
    assert "9\u202f999" in readable(Literal(9999), "fr")


def test_people_see_no_control_characters_and_no_line_ends():
    nasty = Table(columns=("name",), rows=((Literal("Siel\n\x1b[2J Bleu\u202e"),),))
    for text in (format_table(nasty), to_markdown(nasty)):
        assert not set("\x1b\u202e") & set(text)
        assert re.search(r"Siel \\?\[2J Bleu", text)
    assert "\x1b" in json.loads(to_text("json", nasty))["results"]["bindings"][0]["name"]["value"]
