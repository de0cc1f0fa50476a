"""The stores that must fulfil the contract: to add a back end, add it here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from rte_graph.store import DiskStore, EmbeddedStore, Solutions, Store
from rte_graph.store.base import Kind
from rte_graph.store.remote import RemoteStore
from tests.store.sparql_server import emptied


class SnapshotStore:
    """Writes through one store on disk and reads through another, as two processes would."""

    def __init__(self, folder: Path) -> None:
        self._writer = DiskStore.create(folder)
        self._reader = DiskStore.open(folder)

    @property
    def kind(self) -> Kind:
        return self._reader.kind

    @property
    def location(self) -> str | None:
        return self._reader.location

    def select(self, query: str) -> Solutions:
        return self._reader.select(query)

    def ask(self, query: str) -> bool:
        return self._reader.ask(query)

    def construct(self, query: str) -> Iterator[Triple]:
        return self._reader.construct(query)

    def replace_datasets(self, datasets: Mapping[NamedNode, Iterable[Triple]]) -> None:
        self._writer.replace_datasets(datasets)
        self._reader.close()
        self._reader = DiskStore.open(self._writer.folder)

    def replace_dataset(self, dataset: NamedNode, triples: Iterable[Triple]) -> None:
        self.replace_datasets({dataset: triples})

    def datasets(self) -> tuple[NamedNode, ...]:
        return self._reader.datasets()

    def triples(self, dataset: NamedNode | None = None) -> Iterator[Triple]:
        return self._reader.triples(dataset)

    def size(self) -> int:
        return self._reader.size()

    def close(self) -> None:
        self._reader.close()
        self._writer.close()


# Each is made in a folder of its own that does not exist yet, and is empty.
BACK_ENDS: dict[str, Callable[[Path], Store]] = {
    "memory": lambda folder: EmbeddedStore.in_memory(),
    "disk": DiskStore.create,
    "snapshot": SnapshotStore,
    "remote": lambda folder: RemoteStore(f"{emptied()}/query"),
    # As on endpoints whose own default graph is all graphs together.
    "remote-default-graph": lambda folder: RemoteStore(
        f"{emptied()}/query", default_graph="http://x.org/graph/all"
    ),
}
