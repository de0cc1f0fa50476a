"""What the graph answers: tables, rankings, overlaps, drawings; each shows itself in a notebook."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rte_graph.api.frames import frame, html_of, html_table
from rte_graph.network.hubs import FIELDS, HubRow
from rte_graph.network.overlap import OverlapReport
from rte_graph.sparql.results import Table, text

if TYPE_CHECKING:
    import pandas as pd

    from rte_graph.network.beside import Beside
    from rte_graph.network.declared import Declared
    from rte_graph.network.model import Network
    from rte_graph.network.nulls import Significance
    from rte_graph.sparql.model import Library, SavedQuery
    from rte_graph.store.base import Store, Term


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The table that a saved query gave.

    Attributes
    ----------
    query : SavedQuery
        What was asked.
    table : Table
        The terms, as the store gave them.
    """

    query: SavedQuery
    table: Table
    library: Library

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return self.table.columns

    @cached_property
    def rows(self) -> tuple[dict[str, Any], ...]:
        """Rows as dictionaries of numbers, booleans and texts; None where nothing stands."""
        return tuple(
            {name: _value(term) for name, term in zip(self.columns, row, strict=True)}
            for row in self.table.rows
        )

    def __len__(self) -> int:
        return len(self.table.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows)

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a pandas frame; UsageError where pandas is not installed."""
        return frame(self.rows, self.columns)

    def __repr__(self) -> str:
        return f"<Answer {self.query.name}: {len(self)} rows>"

    def _repr_html_(self) -> str:
        from rte_graph.sparql.present import caption, heading, readable, shown_columns

        lang, table = self.table.lang, self.table
        names = shown_columns(table, iris=False)
        places = [table.columns.index(name) for name in names]
        headings = [heading(self.library, name, lang) for name in names]
        rows = [[readable(row[place], lang) for place in places] for row in table.rows]
        title = self.query.summary.in_language(lang)
        return html_table(headings, rows, lang=lang, caption=title, notes=(caption(table),))


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """The nodes of a network, ranked within each set by each measure."""

    network: Network
    hubs: tuple[HubRow, ...]
    store: Store
    library: Library
    declared: Declared
    lang: str = "fr"
    top: int | None = None
    tests: Mapping[str, Significance] = field(default_factory=dict)

    @cached_property
    def rows(self) -> tuple[dict[str, Any], ...]:
        """Rows as dictionaries, as ``rte-graph hubs --format json`` writes them."""
        from rte_graph.network.beside import with_cells

        return tuple(with_cells(row, self._beside) for row in self._cut())

    @cached_property
    def _beside(self) -> tuple[Beside, ...]:
        from rte_graph.network.beside import significance_beside

        if not self.tests:
            return ()
        return (significance_beside(self.network, self.hubs, self.tests, lang=self.lang, top=self.top),)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows)

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a pandas frame; UsageError where pandas is not installed."""
        return frame(self.rows, (*FIELDS, *(name for each in self._beside for name in each.fields)))

    def to_rdf(self, form: str = "turtle") -> str:
        """Return the ranking as linked data, ``turtle`` or ``jsonld``."""
        from rte_graph.network.measurements import computation_of, format_measurements

        made = computation_of(self.store, self.library, self.network, self.hubs, tests=self.tests)
        return format_measurements(self.network, self._cut(), made, form, tests=self.tests)

    def _cut(self) -> tuple[HubRow, ...]:
        return tuple(row for row in self.hubs if self.top is None or row.rank <= self.top)

    def __repr__(self) -> str:
        return f"<Ranking {self.network.full_name}: {len(self)} rows>"

    def _repr_html_(self) -> str:
        from rte_graph.network.present import hub_tables

        tables = hub_tables(self.network, self.hubs, self.declared, lang=self.lang, top=self.top)
        return html_of([*tables, *(table for each in self._beside for table in each.after)], self.lang)


@dataclass(frozen=True, kw_only=True)
class Overlap:
    """Who shares members with whom, and who gathers the members of the others."""

    report: OverlapReport
    lang: str = "fr"

    @property
    def rows(self) -> tuple[dict[str, Any], ...]:
        """One dictionary a pair, pairs that share nobody included."""
        return tuple(row.as_dict() for row in self.report.pairs)

    @property
    def coverage(self) -> tuple[dict[str, Any], ...]:
        """One dictionary a list: how much of the others' members it gathers."""
        return tuple(row.as_dict() for row in self.report.coverage)

    def to_pandas(self) -> pd.DataFrame:
        """Return the pairs as a pandas frame; UsageError where pandas is not installed."""
        names = ("a", "b", "sharedCount", "shared", "jaccard", "overlap", "sizeA", "sizeB", "aIri", "bIri")
        return frame(({name: row[name] for name in names} for row in self.rows), names)

    def __repr__(self) -> str:
        return f"<Overlap {self.report.network}: {len(self.report.pairs)} pairs>"

    def _repr_html_(self) -> str:
        from rte_graph.network.present import overlap_tables

        return html_of(overlap_tables(self.report, self.lang), self.lang)


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A network drawn: ``form`` is ``html`` (a page to explore) or ``svg`` (a picture)."""

    content: str = field(repr=False)
    title: str
    form: str = "html"
    height: int = 640

    def save(self, path: str | Path) -> Path:
        """Write the drawing to a file, replaced whole, and return its path."""
        from rte_graph.files import replace_file

        target = Path(path)
        replace_file(target, self.content)
        return target

    def _repr_html_(self) -> str:
        # A frame of its own: the page's scripts and styles touch nothing of the notebook, nor its the page's.
        if self.form == "svg":
            data = b64encode(self.content.encode()).decode("ascii")
            source = f"data:image/svg+xml;base64,{data}"
            return f'<img alt="{escape(self.title)}" style="max-width:100%" src="{source}">'
        return (
            f'<iframe title="{escape(self.title)}" sandbox="allow-scripts allow-downloads" '
            f'style="width:100%;height:{self.height}px;border:0" srcdoc="{escape(self.content)}"></iframe>'
        )


def _value(term: Term | None) -> Any:
    """Return what Python has for a term."""
    if term is None:
        return None
    datatype = getattr(getattr(term, "datatype", None), "value", "").rpartition("#")[2]
    written = text(term)
    try:
        if datatype == "integer":
            return int(written)
        if datatype in ("decimal", "double", "float"):
            return float(written)
    except ValueError:
        return written
    if datatype == "boolean" and written in ("true", "false"):
        return written == "true"
    return written
