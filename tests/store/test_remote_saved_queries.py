"""The packaged saved queries give the same tables behind an endpoint as in memory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rte_graph.loading import packaged_store
from rte_graph.resources import queries_folder
from rte_graph.sparql.engine import default_values, run_query
from rte_graph.sparql.library import load_library
from rte_graph.store import Store
from rte_graph.store.remote import RemoteStore
from tests.store.sparql_server import server

LIBRARY = load_library(queries_folder())
TABLES = sorted(name for name, query in LIBRARY.queries.items() if query.expect == "table")


@pytest.fixture(scope="module")
def stores() -> Iterator[tuple[Store, Store]]:
    memory = packaged_store()
    # A server of its own: the shared one is emptied by other tests.
    with server() as address:
        remote = RemoteStore(f"{address}/query")
        remote.replace_datasets({dataset: memory.triples(dataset) for dataset in memory.datasets()})
        yield memory, remote


@pytest.mark.parametrize("name", TABLES)
def test_a_saved_query_gives_the_same_table_from_an_endpoint(stores: tuple[Store, Store], name: str) -> None:
    memory, remote = stores
    query = LIBRARY.get(name)
    values = default_values(query)
    assert run_query(remote, query, values) == run_query(memory, query, values)


def test_the_packaged_data_come_back_from_an_endpoint(stores: tuple[Store, Store]) -> None:
    memory, remote = stores
    assert remote.size() == memory.size()
    assert remote.datasets() == memory.datasets()
    assert set(remote.triples()) == set(memory.triples())
