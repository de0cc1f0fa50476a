from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest

from rte_graph.sparql import confined
from rte_graph.store import DiskStore, EmbeddedStore
from rte_graph.worker import parent
from tests.security.typed_queries import DATASET, crowd


@pytest.fixture(scope="session")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DiskStore]:
    """Sixty people who all know each other, on disk, opened to be read."""
    folder = tmp_path_factory.mktemp("crowd") / "store"
    writer = DiskStore.create(folder)
    writer.replace_dataset(DATASET, crowd())
    writer.close()
    store = DiskStore.open(folder)
    yield store
    store.close()


@pytest.fixture(scope="session")
def in_memory() -> EmbeddedStore:
    """The same people in memory."""
    store = EmbeddedStore.in_memory()
    store.replace_dataset(DATASET, crowd())
    return store


@pytest.fixture(params=["disk", "memory"])
def store(request: pytest.FixtureRequest, on_disk: DiskStore, in_memory: EmbeddedStore) -> object:
    """A store on disk, then one in memory."""
    return on_disk if request.param == "disk" else in_memory


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that are started for queries from here on."""
    processes: list[subprocess.Popen[bytes]] = []

    class Recorded(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, *arguments: object, **options: object) -> None:
            super().__init__(*arguments, **options)  # type: ignore[call-overload]
            processes.append(self)

    confined._POOL.close()  # those that wait were started before
    monkeypatch.setattr(parent.subprocess, "Popen", Recorded)
    return processes
