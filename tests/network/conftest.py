from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from rte_graph.network import Network, network_from_rows
from rte_graph.sparql.library import load_library
from rte_graph.sparql.model import Library
from rte_graph.store.embedded import EmbeddedStore

DATA = Path(__file__).parent / "data"


@pytest.fixture
def clubs_store() -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    quads = parse(path=str(DATA / "clubs.ttl"), format=RdfFormat.TURTLE)
    triples = [Triple(quad.subject, quad.predicate, quad.object) for quad in quads]
    store.replace_dataset(NamedNode("http://example.org/clubs"), triples)
    return store


@pytest.fixture(scope="session")
def clubs_library() -> Library:
    return load_library(DATA / "queries")


@pytest.fixture(scope="session")
def davis_graph() -> nx.Graph:
    return nx.davis_southern_women_graph()


@pytest.fixture(scope="session")
def davis(davis_graph: nx.Graph) -> Network:
    women, events = set(davis_graph.graph["top"]), set(davis_graph.graph["bottom"])
    nodes = [*((name, "source") for name in women), *((name, "target") for name in events)]
    edges = [(a, b) if a in women else (b, a) for a, b in davis_graph.edges]
    return network_from_rows("davis", nodes, edges)
