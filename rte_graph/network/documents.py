"""Which documents the ties of a network rest on, and which one a name means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rte_graph.errors import AmbiguousName, UnknownName
from rte_graph.network.model import Edge, Network
from rte_graph.sparql.collation import collation_key, fold
from rte_graph.sparql.terms import last_segment

if TYPE_CHECKING:
    from rte_graph.store.base import Store

CITATIONS = """
PREFIX rte: <https://w3id.org/rte/ontology#>
SELECT DISTINCT ?citation ?document WHERE { ?citation rte:document ?document }
"""
NAMING = """
PREFIX rte: <https://w3id.org/rte/ontology#>
SELECT DISTINCT ?node ?document WHERE { ?node rte:evidence ?citation . ?citation rte:document ?document }
"""
LABELS = """
PREFIX rte: <https://w3id.org/rte/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?document ?label WHERE {
  ?document a rte:Document .
  OPTIONAL { ?document skos:prefLabel ?chosen . FILTER(LANG(?chosen) = "%(lang)s") }
  OPTIONAL { ?document skos:prefLabel ?any . FILTER(LANG(?any) = "fr") }
  BIND(COALESCE(?chosen, ?any, STR(?document)) AS ?label)
}
"""


def document_labels(store: Store, lang: str = "fr") -> dict[str, str]:
    """Return the name of each document by its IRI, in the order of the names."""
    rows = sorted(_rows(store, LABELS % {"lang": "en" if lang == "en" else "fr"}), reverse=True)
    return dict(sorted(rows, key=lambda row: (collation_key(row[1]), row[0])))


def documents_of_nodes(store: Store) -> dict[str, set[str]]:
    """Return the documents that each thing has as its own evidence, by IRI."""
    found: dict[str, set[str]] = {}
    for node, document in _rows(store, NAMING):
        found.setdefault(node, set()).add(document)
    return found


def document_of_citations(store: Store) -> dict[str, str]:
    """Return the document of each citation, by IRI."""
    return dict(sorted(_rows(store, CITATIONS)))


def _rows(store: Store, query: str) -> list[tuple[str, str]]:
    return [
        (str(getattr(row[0], "value", "")), str(getattr(row[1], "value", "")))
        for row in store.select(query).rows
    ]


def documents_of(edge: Edge, cited: Mapping[str, str]) -> frozenset[str]:
    """Return the documents that state a tie."""
    return frozenset(cited[each] for each in edge.evidence if each in cited)


def documents_of_network(network: Network, cited: Mapping[str, str]) -> frozenset[str]:
    """Return the documents that the ties of a network rest on."""
    return frozenset[str]().union(*(documents_of(edge, cited) for edge in network.edges))


def find_document(labels: Mapping[str, str], name: str) -> str:
    """Return the IRI of the document that a name means: label, part of it, or IRI.

    Raises
    ------
    UnknownName, AmbiguousName
        If no document fits, or several do; they are listed.

    Examples
    --------
    >>> find_document({"i:a": "MGEN, rapport", "i:b": "AG2R, tome II"}, "mgen")
    'i:a'
    """
    wanted = fold(name)
    by_iri = [iri for iri in labels if name.strip("<>") in (iri, last_segment(iri))]
    exact = [iri for iri, label in labels.items() if fold(label) == wanted]
    part = [iri for iri, label in labels.items() if wanted and wanted in fold(label)]
    found = by_iri or exact or part
    if len(found) == 1:
        return found[0]
    listed = " ; ".join(labels[iri] for iri in found or labels)
    if found:
        raise AmbiguousName(
            fr=f"« {name} » peut désigner {len(found)} sources, précisez : {listed}.",
            en=f"“{name}” can mean {len(found)} sources, be more precise: {listed}.",
        )
    raise UnknownName(
        fr=f"« {name} » n’est pas une source de ces données : {listed or 'elles n’en nomment aucune'}.",
        en=f"“{name}” is not a source of these data: {listed or 'they name none'}.",
    )


def stated_alone(network: Network, store: Store, lang: str = "fr") -> dict[str, list[int]]:
    """Return, for each source that states ties of the network, the positions of those it alone states."""
    labels, cited = document_labels(store, lang), document_of_citations(store)
    stating = [documents_of(edge, cited) for edge in network.edges]
    return {
        label: [place for place, found in enumerate(stating) if found == {document}]
        for document, label in labels.items()
        if any(document in found for found in stating)
    }
