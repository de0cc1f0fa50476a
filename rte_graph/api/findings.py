"""What chance and missing ties leave of a network's results; each shows itself in a notebook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rte_graph.api.frames import frame, html_of

if TYPE_CHECKING:
    import pandas as pd

    from rte_graph.network.nulls import Backbone
    from rte_graph.network.robustness import Robustness


@dataclass(frozen=True, kw_only=True)
class SharedMore:
    """The pairs of a set, tested: which share more than their degrees alone would lead to.

    Attributes
    ----------
    found : Backbone
    """

    found: Backbone
    lang: str = "fr"

    @cached_property
    def rows(self) -> tuple[dict[str, Any], ...]:
        """Rows as dictionaries, as ``rte-graph backbone --format csv`` writes them."""
        kept = {id(row) for row in self.found.exceeding}
        return tuple(
            {**row.as_dict(self.found.run, self.lang), "exceeds": id(row) in kept} for row in self.found.rows
        )

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows)

    def to_pandas(self) -> pd.DataFrame:
        """Return the pairs as a pandas frame; UsageError where pandas is not installed."""
        from rte_graph.network.backbone_table import FIELDS

        return frame(({name: row.get(name) for name in FIELDS} for row in self.rows), FIELDS)

    def __repr__(self) -> str:
        pairs, more = len(self.found.rows), len(self.found.exceeding)
        return f"<SharedMore {self.found.network}: {more} of {pairs} pairs exceed chance>"

    def _repr_html_(self) -> str:
        from rte_graph.network.backbone_table import backbone_table

        return html_of([backbone_table(self.found, self.lang)], self.lang)


@dataclass(frozen=True, kw_only=True)
class Stays:
    """What stays of the first ranks when ties, one list or one source are missing.

    Attributes
    ----------
    card : Robustness
    """

    card: Robustness
    lang: str = "fr"

    @property
    def rows(self) -> tuple[dict[str, Any], ...]:
        """Rows as dictionaries, as ``rte-graph robustness --format csv`` writes them."""
        return tuple(row.as_dict() for row in self.card.rows)

    def __len__(self) -> int:
        return len(self.card.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.rows)

    def to_pandas(self) -> pd.DataFrame:
        """Return the rows as a pandas frame; UsageError where pandas is not installed."""
        from rte_graph.network.robustness import FIELDS

        return frame(self.rows, FIELDS)

    def __repr__(self) -> str:
        return f"<Stays {self.card.network.full_name}: {self.card.measure.name}, {len(self)} rows>"

    def _repr_html_(self) -> str:
        from rte_graph.network.robustness_card import robustness_tables

        return html_of(robustness_tables(self.card, self.lang), self.lang)
