"""Names for nodes: where a query gives none, and where two nodes of a set have the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rte_graph.network.model import Node
from rte_graph.sparql.terms import last_segment

if TYPE_CHECKING:
    from rte_graph.store.base import Store

Row = Mapping[str, str | None]
ENDS = ("node", "source", "target")


def labelled(store: Store, rows: Sequence[Row], lang: str) -> list[Row]:
    """Give a label to each node that has none: the store's, else the end of its IRI."""
    from rte_graph.sparql.names import labels

    wanted = {iri for row in rows for end in ENDS if (iri := row.get(end)) and not row.get(f"{end}Label")}
    if not wanted:
        return list(rows)
    found = labels(store, sorted(wanted), lang)
    return [
        {
            **row,
            **{
                f"{end}Label": found.get(iri) or last_segment(iri)
                for end in ENDS
                if (iri := row.get(end)) and not row.get(f"{end}Label")
            },
        }
        for row in rows
    ]


def told_apart(nodes: Iterable[Node]) -> list[Node]:
    """Add the end of the IRI to the labels that several nodes of one set have.

    Examples
    --------
    >>> twins = [Node(iri="http://x.org/1", label="Jumeau"), Node(iri="http://x.org/2", label="Jumeau")]
    >>> [node.label for node in told_apart(twins)]
    ['Jumeau (1)', 'Jumeau (2)']
    """
    nodes = list(nodes)
    seen = Counter((node.set, node.label) for node in nodes)
    return [
        replace(node, label=f"{node.label} ({last_segment(node.iri)})")
        if seen[node.set, node.label] > 1
        else node
        for node in nodes
    ]
