"""Alignments of the made-up files and exports of the packaged graph, each made once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import pytest
from exchange_samples import SAMPLES

from rte_graph.exchange.align import Alignment, align
from rte_graph.exchange.outward import Export, export_graph
from rte_graph.loading import store_from
from rte_graph.store import Store


@pytest.fixture(scope="session")
def packaged() -> Store:
    return store_from(None)


@pytest.fixture(scope="session")
def exported(packaged: Store) -> Callable[[str], Export]:
    return lru_cache(lambda name: export_graph(packaged, name))


@pytest.fixture(scope="session")
def aligned() -> Callable[[str], Alignment]:
    return lru_cache(lambda name: align(SAMPLES[name]))
