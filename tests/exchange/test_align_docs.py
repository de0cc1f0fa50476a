"""The page on other vocabularies says what the mappings do."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from rte_graph.exchange.mending import KINDS
from rte_graph.exchange.outward import NAMES, Export
from rte_graph.exchange.tables import placed, tables
from rte_graph.exchange.writing import FILES
from rte_graph.namespaces import RTE

PAGE = (Path(__file__).parents[2] / "docs" / "align.md").read_text(encoding="utf-8")
# Row of the page's table of losses → class of ours.
CLASSES = {
    "stakeholder relations": "StakeholderRelation",
    "fundings of named funders": "Funding",
    "initiatives, events, participations of named actors": "Participation",
}
COLUMNS = ("org", "essglobal", "schema", "pair")


def test_the_tables_are_those_of_the_queries() -> None:
    assert placed(PAGE) == PAGE, "run python scripts/make_align_tables.py"
    for name in tables():
        assert f"<!-- table: {name} -->\n| " in PAGE


def test_every_file_that_is_written_is_named() -> None:
    for name in FILES:
        assert f"`{name}`" in PAGE


@pytest.mark.parametrize("row", CLASSES)
def test_what_an_export_loses_is_as_the_page_says(row: str, exported: Callable[[str], Export]) -> None:
    cells = re.search(rf"^\| {row} \|(.*)\|$", PAGE, re.MULTILINE)
    assert cells is not None
    said = dict(zip(COLUMNS, (cell.strip() for cell in cells[1].split("|")), strict=True))
    for name in NAMES:
        found = {r.iri: r.fate for r in exported(name).account.of_kind("class")}
        assert (found[RTE(CLASSES[row])] == "lost") == (said[name] == "no"), name


def test_every_kind_of_fault_has_its_words_in_both_languages() -> None:
    for text in KINDS.values():
        assert text.fr
        assert text.en
        assert text.fr != text.en
