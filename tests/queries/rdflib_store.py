"""rdflib as a second engine: it reads SPARQL with another parser and another evaluator."""

from __future__ import annotations

import rdflib
from pyoxigraph import NamedNode

from rte_graph.rdf_io import from_rdflib_term, to_rdflib
from rte_graph.store import EmbeddedStore, Solutions


class RdflibStore:
    """What a query needs of a store: named graphs, and a default graph with each triple once."""

    def __init__(self, store: EmbeddedStore) -> None:
        self._dataset = rdflib.Dataset(default_union=False)
        for name in store.datasets():
            self._fill(self._dataset.graph(rdflib.URIRef(name.value)), store, name)
        self._fill(self._dataset.default_graph, store, None)

    @staticmethod
    def _fill(graph: rdflib.Graph, store: EmbeddedStore, name: NamedNode | None) -> None:
        for triple in to_rdflib(store.triples(name)):
            graph.add(triple)

    def select(self, query: str) -> Solutions:
        result = self._dataset.query(query)
        assert result.vars is not None
        rows = (tuple(None if term is None else from_rdflib_term(term) for term in row) for row in result)
        return Solutions(variables=tuple(str(name) for name in result.vars), rows=rows)

    def ask(self, query: str) -> bool:
        return bool(self._dataset.query(query).askAnswer)
