"""What the panel of a page says of a node, from the same description as every other face."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rte_graph.store.base import Store
    from rte_graph.views.page_build import FactReader


def fact_reader(store: Store) -> FactReader:
    """Return a function that gives the facts of a node by its IRI."""
    return lambda iri: ()
