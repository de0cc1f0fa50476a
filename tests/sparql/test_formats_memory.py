"""What programs read is written as it comes: memory does not grow with the result."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from rte_graph.sparql.formats import write_graph, write_table
from rte_graph.sparql.results import Row

ROWS = 200_000
BOUND = 6_000_000
LINKED = 70_000
LINKS = 30_000_000
"""A sheet has 65 530 links at most, which stand after the rows."""


class Nowhere(io.RawIOBase):
    """A file that keeps nothing but the size."""

    size = 0

    def writable(self) -> bool:
        return True

    def write(self, piece: object, /) -> int:
        self.size += len(piece)  # type: ignore[arg-type]
        return len(piece)  # type: ignore[arg-type]


def rows(count: int, *, linked: bool = False) -> Iterator[Row]:
    for number in range(count):
        name = Literal(f"Organisation {number}")
        yield (NamedNode(f"https://e.org/{number}") if linked else None, name, Literal(number))


def peak(form: str, count: int = ROWS, *, linked: bool = False) -> int:
    columns = ("x", "xLabel", "n")
    write_table(form, columns, rows(1), io.BytesIO())  # libraries are loaded now
    out = Nowhere()
    tracemalloc.start()
    try:
        written = write_table(form, columns, rows(count, linked=linked), out)  # type: ignore[arg-type]
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        assert written == count
        assert out.size > count


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "xlsx"])
def test_rows_are_not_held_while_they_are_written(form: str) -> None:
    assert peak(form) < BOUND


@pytest.mark.slow
def test_a_workbook_holds_no_more_links_than_a_sheet_has() -> None:
    assert BOUND < peak("xlsx", LINKED, linked=True) < LINKS


@pytest.mark.slow
def test_triples_are_not_held_while_n_triples_are_written() -> None:
    property_ = NamedNode("https://e.org/p")
    triples = (Triple(property_, property_, Literal(number)) for number in range(ROWS))
    tracemalloc.start()
    try:
        write_graph("ntriples", triples, Nowhere())  # type: ignore[arg-type]
        assert tracemalloc.get_traced_memory()[1] < BOUND
    finally:
        tracemalloc.stop()
