"""Which column stands where, how wide it is, and what it is called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rte_graph.sparql.formats.xlsx.cells import cell_of
from rte_graph.sparql.model import Library
from rte_graph.sparql.present import heading_of, iri_column_of, is_iri_list
from rte_graph.sparql.results import Row, is_iri

_NARROWEST, _WIDEST = 8, 60
_IRI_WIDTH = 24
_BUTTON = 3
"""Characters that the filter's button covers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the sheet.

    Attributes
    ----------
    name, heading : str
        As the query calls it, and as people read it.
    place : int
        Its place among the query's columns.
    link : int or None
        Place of the column whose IRIs its cells link to.
    iris : bool
        Whether it holds addresses, which are shown on one line.
    width : int
        Characters.
    """

    name: str
    heading: str
    place: int
    link: int | None
    iris: bool
    width: int


def arranged(
    columns: Sequence[str], sample: Sequence[Row], library: Library | None, lang: str
) -> tuple[Column, ...]:
    """Return the columns as the sheet shows them: the IRIs of labels, and lists of IRIs, to the right.

    Parameters
    ----------
    columns
        As the query gives them.
    sample
        First rows: what widths are fitted to.
    """
    link_of = {column: iri for column in columns if (iri := iri_column_of(columns, column)) is not None}
    aside = {name for place, name in enumerate(columns) if _is_aside(name, place, sample, link_of)}
    if len(aside) == len(columns):
        aside = set()
    made = []
    for place, name in enumerate(columns):
        cells = [term for row in sample if (term := row[place]) is not None]
        heading = heading_of(columns, library, name, lang)
        made.append(
            Column(
                name=name,
                heading=heading,
                place=place,
                # An IRI that has a label is linked there, once.
                link=columns.index(link_of.get(name, name)) if name not in link_of.values() else None,
                iris=name in aside,
                width=_IRI_WIDTH
                if name in aside
                else _width(heading, [cell_of(cell).width for cell in cells]),
            )
        )
    return tuple(sorted(made, key=lambda column: column.iris))


def _is_aside(name: str, place: int, sample: Sequence[Row], link_of: Mapping[str, str]) -> bool:
    values = [row[place] for row in sample if row[place] is not None]
    return name in link_of.values() or (
        bool(values) and all(is_iri(term) or is_iri_list(term) for term in values)
    )


def _width(heading: str, widths: Sequence[int]) -> int:
    title = max(map(len, heading.split())) if heading else 0
    wanted = max([*widths, title + _BUTTON, min(len(heading) + _BUTTON, 20)])
    return min(max(wanted, _NARROWEST), _WIDEST) + 1
