"""What the tasks read: networks, the quads that they become, and stores; made once and kept in a folder."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import synthetic
from benchmarks.generate import write_network
from benchmarks.synthetic import DATASET, Size
from rte_graph.namespaces import PREFIXES, RDF, RDFS

if TYPE_CHECKING:
    from pyoxigraph import Store as Engine

    from rte_graph.store import Store

FACTOR = 5
"""How much larger the second network is in tasks that compare a cost with the size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The inputs of one size in one folder.

    Files are named after the size and the text of the generator, so that a change of it makes them anew.
    """

    folder: Path
    size: Size

    @property
    def larger(self) -> Inputs:
        """The inputs of a network that many times larger."""
        times = Size(initiatives=self.size.initiatives * FACTOR, actors=self.size.actors * FACTOR)
        return Inputs(folder=self.folder, size=times)

    def network(self, suffix: str = ".nt") -> Path:
        """The network as a file."""
        return self._made(suffix, lambda path: write_network(path, self.size))

    def quads(self) -> Path:
        """Exactly the quads that loading the network puts into a store, as N-Quads."""
        return self._made(".nq", self._write_quads)

    def store(self) -> Path:
        """One of our stores on disk with the network."""
        return self._made(".store", lambda path: load_on_disk(self.network(), path))

    def scratch(self, name: str) -> Path:
        """A path where nothing is yet, on the same disk as the inputs."""
        path = self._path(f".{name}.scratch")
        shutil.rmtree(path, ignore_errors=True)
        return path

    def _path(self, suffix: str) -> Path:
        text = Path(synthetic.__file__).read_bytes()
        version = hashlib.sha256(text).hexdigest()[:8]
        return self.folder / f"{self.size.initiatives}-{self.size.actors}-{version}{suffix}"

    def _made(self, suffix: str, make: Callable[[Path], object]) -> Path:
        path = self._path(suffix)
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            # Under another name first: what was interrupted is not taken for whole.
            unfinished = path.with_name(f"unfinished-{path.name}")
            if unfinished.is_dir():
                shutil.rmtree(unfinished)
            make(unfinished)
            unfinished.rename(path)
        return path

    def _write_quads(self, path: Path) -> None:
        from rte_graph.loading.load import ONTOLOGY_DATASET
        from rte_graph.rdf_io.closure import superterms
        from rte_graph.validation import packaged_ontology

        ontology = packaged_ontology().triples
        above = {
            str(term): [str(each) for each in terms]
            for term, terms in superterms(ontology, RDFS("subClassOf")).items()
        }
        dataset, is_a = f"<{PREFIXES['dataset']}{DATASET.partition(':')[2]}>", f" <{RDF('type')}> "
        with self.network().open(encoding="utf-8") as source, path.open("w", encoding="utf-8") as out:
            for triple in ontology:
                out.write(f"{triple} .\n{triple} {ONTOLOGY_DATASET} .\n")
            for line in source:
                statements = [line.removesuffix(" .\n")]
                subject, found, kind = statements[0].partition(is_a)
                if found:
                    statements += [f"{subject}{is_a}{each}" for each in above.get(kind, ())]
                out.writelines(f"{each} .\n{each} {dataset} .\n" for each in statements)


def load_on_disk(network: Path, folder: Path) -> None:
    """Load a network into a new store of ours, without the shapes."""
    from rte_graph.loading import load
    from rte_graph.store import DiskStore

    store = DiskStore.create(folder)
    load(store, [network], shapes=False)
    store.close()


def opened(inputs: Inputs) -> tuple[Store, Engine]:
    """Open one store twice: ours, and the engine alone on the same files."""
    from pyoxigraph import Store as Engine

    from rte_graph.store import DiskStore

    store = DiskStore.open(inputs.store())
    return store, Engine.read_only(store.location)
