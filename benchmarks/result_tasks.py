"""Large results: rows of a saved query, and the files that are made of them."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.inputs import Inputs, opened
from benchmarks.measuring import Pair, Task

QUERY = Path(__file__).parent / "participations.rq"
ITERATION = "iteration over the bound text"
ROWS = (10_000, 100_000)


def tasks() -> list[Task]:
    """Return the tasks of this module."""
    lines = [
        Task(
            name=f"rows-{rows}-{'ordered' if ordered else 'unordered'}",
            bare=ITERATION,
            prepare=table(rows, ordered),
            target=1.2,
        )
        for rows in ROWS
        for ordered in (False, True)
    ]
    lines.append(Task(name="rows-memberships", bare=ITERATION, prepare=memberships, target=1.2))
    lines += [
        Task(name=f"write-{form}", bare="QuerySolutions.serialize", prepare=written(form))
        for form in ("csv", "tsv", "json", "xml")
    ]
    return [*lines, Task(name="write-xlsx", bare="openpyxl, write-only", prepare=written_xlsx)]


def limited(rows: int) -> Any:
    """Return the query cut after some rows."""
    from rte_graph.sparql.library import load_query

    query = load_query(QUERY)
    return replace(query, text=f"{query.text}LIMIT {rows}\n")


def table(rows: int, ordered: bool) -> Callable[[Inputs], Pair]:
    """Return what prepares a result table, of which every row is read as terms.

    The bare engine reads the same terms, in no order, and keeps none.
    """

    def prepare(inputs: Inputs) -> Pair:
        from rte_graph.sparql.engine import bound_text, run_query

        store, engine = opened(inputs)
        query = limited(rows)
        text = bound_text(store, query, {}, "fr")
        return Pair(
            bare=lambda: sum(1 for row in engine.query(text) if tuple(row)),
            ours=lambda: sum(1 for row in run_query(store, query, {}, ordered=ordered).rows if row),
        )

    return prepare


def memberships(inputs: Inputs) -> Pair:
    """The network of memberships, a packaged query that groups."""
    from rte_graph.resources import queries_folder
    from rte_graph.sparql.engine import bound_text, run_query
    from rte_graph.sparql.library import load_library

    store, engine = opened(inputs)
    query = load_library(queries_folder()).get("alliance-memberships")
    text = bound_text(store, query, {}, "fr")
    return Pair(
        bare=lambda: sum(1 for row in engine.query(text) if tuple(row)),
        ours=lambda: sum(1 for row in run_query(store, query, {}, ordered=False).rows if row),
    )


def written(form: str) -> Callable[[Inputs], Pair]:
    """Return what prepares a file of W3C's formats: asked and written, in memory."""

    def prepare(inputs: Inputs) -> Pair:
        from pyoxigraph import QueryResultsFormat

        from rte_graph.sparql.engine import bound_text
        from rte_graph.sparql.formats import write_table

        store, engine = opened(inputs)
        text = bound_text(store, limited(ROWS[0]), {}, "fr")
        target = QueryResultsFormat.from_extension(form)

        def ours() -> None:
            found = store.select(text)
            write_table(form, found.variables, found.rows, io.BytesIO())

        return Pair(bare=lambda: _forget(engine.query(text).serialize(format=target)), ours=ours)

    return prepare


def written_xlsx(inputs: Inputs) -> Pair:
    """A spreadsheet: the bare library writes the same text into the same cells, without types or links."""
    from openpyxl import Workbook

    from rte_graph.sparql.engine import bound_text
    from rte_graph.sparql.formats import write_table

    store, engine = opened(inputs)
    text = bound_text(store, limited(ROWS[0]), {}, "fr")

    def bare() -> None:
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        for row in engine.query(text):
            sheet.append([None if term is None else term.value for term in row])
        book.save(io.BytesIO())

    def ours() -> None:
        found = store.select(text)
        write_table("xlsx", found.variables, found.rows, io.BytesIO())

    return Pair(bare=bare, ours=ours)


def _forget(_result: object) -> None:
    """Return nothing: the two sides need not give the same bytes."""
