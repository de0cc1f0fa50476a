"""What a result lacks when it comes from the engine: labels that nothing gave, and joined values in order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pyoxigraph import Literal

from rte_graph.sparql.collation import collation_key
from rte_graph.sparql.grid import UNBOUND, Cell, Grid
from rte_graph.sparql.names import labels
from rte_graph.sparql.results import text
from rte_graph.sparql.terms import last_segment
from rte_graph.store.base import Store, Term

_LISTS = {"lines": ", ", "evidence": " ", "document": " ; ", "heading": " ; ", "initiatives": " ; "}


def fill_labels(store: Store, grid: Grid, lang: str) -> None:
    """Give a label to each IRI whose label column is empty: chosen language, fr, en, any, end of the IRI."""
    empty = [
        (label, iri, [place for place, cell in enumerate(grid.columns[label]) if cell == UNBOUND])
        for label, iri in _label_columns(grid.variables)
        if UNBOUND in grid.columns[label]
    ]
    nameless = {grid.columns[iri][place] for _, iri, places in empty for place in places} - {UNBOUND}
    if not nameless:
        return
    address = {cell: text(grid.terms[cell]) for cell in nameless}
    found = labels(store, sorted(set(address.values())), lang)
    names = {cell: Literal(found.get(iri, last_segment(iri))) for cell, iri in address.items()}
    cells = {UNBOUND: UNBOUND} | {cell: grid.terms.cell(name) for cell, name in names.items()}
    for label, iri, places in empty:
        for place in places:
            grid.columns[label][place] = cells[grid.columns[iri][place]]


def _label_columns(columns: Sequence[str]) -> list[tuple[int, int]]:
    """Positions of label columns, each with its IRI's: ``xLabel`` beside ``x``, ``x`` beside ``xIri``."""
    places = {column: index for index, column in enumerate(columns)}
    pairs = []
    for column, index in places.items():
        iri = column.removesuffix("Label") if column.endswith("Label") else f"{column}Iri"
        if iri != column and iri in places:
            pairs.append((index, places[iri]))
    return pairs


def sort_lists(grid: Grid) -> None:
    """Put what ``GROUP_CONCAT`` joined into order: SPARQL leaves that order to the engine.

    Lists stand in the columns ``lines`` (joined by ", "), ``evidence`` (" "), ``document``, ``heading``
    and ``initiatives`` (" ; "), and in ``linesA``, ``linesB`` and so on.
    """
    for index, name in enumerate(grid.variables):
        for stem, separator in _LISTS.items():
            if re.fullmatch(f"{stem}[A-Z]?", name):
                column = grid.columns[index]
                sorted_cells = {cell: _sorted_cell(grid, cell, separator) for cell in set(column)}
                grid.columns[index] = [sorted_cells[cell] for cell in column]


def _sorted_cell(grid: Grid, cell: Cell, separator: str) -> Cell:
    term = grid.terms[cell]
    if not isinstance(term, Literal) or not (term.language or not term.value or separator in term.value):
        return cell
    return grid.terms.cell(_sorted_list(term, separator))


def _sorted_list(term: Literal, separator: str) -> Term | None:
    # What is missing (a passage, a title) stands as nothing in the list; an empty list is no value.
    pieces = sorted(set(term.value.split(separator)) - {""}, key=collation_key)
    return Literal(separator.join(pieces)) if pieces else None
