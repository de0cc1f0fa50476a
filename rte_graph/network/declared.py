"""What the source itself declares about the nodes of a network: members claimed, meta-coalitions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rte_graph.network.figures import number_of

if TYPE_CHECKING:
    from rte_graph.store.base import Store

PREFIXES = """
PREFIX rte: <https://w3id.org/rte/ontology#>
PREFIX counted-thing: <https://w3id.org/rte/vocab/counted-thing/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
CLAIMED = """
SELECT ?node ?value ?qualifier WHERE {
  ?node rte:figure ?figure .
  ?figure rte:counts counted-thing:members ; rte:value ?value .
  OPTIONAL { ?figure rte:qualifier/skos:prefLabel ?qualifier . FILTER(LANG(?qualifier) = "%s") }
}
"""
META = """
SELECT ?node ?coverage WHERE {
  ?node a rte:MetaCoalition .
  OPTIONAL { ?node rte:declaredCoverage/skos:prefLabel ?coverage . FILTER(LANG(?coverage) = "%s") }
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What the source declares, by IRI.

    ``claimed`` is the number of members that the source gives, ``qualifiers`` the word that stands with it
    (« environ »), ``meta`` the meta-coalitions and what the source says that each covers ("" if nothing).
    """

    claimed: Mapping[str, int] = field(default_factory=dict)
    qualifiers: Mapping[str, str] = field(default_factory=dict)
    meta: Mapping[str, str] = field(default_factory=dict)


def read_declared(store: Store, lang: str = "fr") -> Declared:
    """Read from the store what sources declare: member numbers and meta-coalitions.

    Notes
    -----
    Where a source gives two numbers for one alliance the larger one is kept: what is named is then
    compared with the most that was claimed. Of two equal ones that stand with different words the first
    word in the alphabet is kept, none before any. A value that is no number is left out.
    """
    language = "en" if lang == "en" else "fr"
    claimed: dict[str, int] = {}
    qualifiers: dict[str, str] = {}
    for node, value, qualifier in sorted(_values(store, CLAIMED % language)):
        number = number_of(value)
        if number is not None and int(number) > claimed.get(node, -1):
            claimed[node] = int(number)
            qualifiers[node] = qualifier
    meta = {row[0]: row[1] for row in sorted(_values(store, META % language))}
    return Declared(claimed=claimed, qualifiers={k: v for k, v in qualifiers.items() if v}, meta=meta)


def _values(store: Store, query: str) -> Iterator[tuple[str, ...]]:
    for row in store.select(PREFIXES + query).rows:
        yield tuple(str(getattr(term, "value", "")) for term in row)
