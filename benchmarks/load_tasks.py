"""From files to stores: parsing, loading, what that costs in memory, and opening what was loaded."""

from __future__ import annotations

from pathlib import Path

from benchmarks.inputs import Inputs, load_on_disk
from benchmarks.measuring import Pair, Task

BULK = "bulk_load of the same quads"


def tasks() -> list[Task]:
    """Return the tasks of this module."""
    return [
        Task(name="parse", bare="pyoxigraph parse", prepare=parse, small_only=False),
        Task(name="parse-rdflib", bare="rdflib Graph.parse", prepare=parse_rdflib, small_only=True),
        Task(name="load-memory", bare=BULK, prepare=load_memory, target=1.5, apart=True),
        Task(name="load-disk", bare=BULK + ", flushed", prepare=load_disk, target=1.5, apart=True),
        Task(
            name="load-disk-5-times-larger",
            bare="peak memory of ours at this size",
            prepare=load_larger,
            target=1.25,
            apart=True,
            of_memory=True,
            once=True,
        ),
        Task(name="open-disk", bare="Store.read_only and one ASK", prepare=open_disk),
        Task(name="open-packaged", bare="bulk_load of the packaged files", prepare=open_packaged),
    ]


def parse(inputs: Inputs) -> Pair:
    """Read a file: with our limits and errors, and without."""
    from pyoxigraph import RdfFormat
    from pyoxigraph import parse as parse_bare

    from rte_graph import rdf_io

    path = inputs.network()
    # Streamed where the reader can, so that nothing is measured of keeping the triples.
    read = getattr(rdf_io, "iter_triples", rdf_io.parse_triples)
    return Pair(
        bare=lambda: sum(1 for _ in parse_bare(path=path, format=RdfFormat.N_TRIPLES)),
        ours=lambda: sum(1 for _ in read(path)),
    )


def parse_rdflib(inputs: Inputs) -> Pair:
    """Read a file into an rdflib graph with rdflib's own parser, and into triples with ours."""
    import rdflib

    from rte_graph.rdf_io import parse_triples

    path = inputs.network()
    return Pair(
        bare=lambda: len(rdflib.Graph().parse(path, format="nt")),
        ours=lambda: len(parse_triples(path)),
    )


def load_memory(inputs: Inputs) -> Pair:
    """Load into memory, without the shapes."""
    from pyoxigraph import RdfFormat
    from pyoxigraph import Store as Engine

    from rte_graph.loading import load
    from rte_graph.store import EmbeddedStore

    network, quads = inputs.network(), inputs.quads()

    def bare() -> None:
        Engine().bulk_load(path=quads, format=RdfFormat.N_QUADS)

    return Pair(bare=bare, ours=lambda: _forget(load(EmbeddedStore.in_memory(), [network], shapes=False)))


def load_disk(inputs: Inputs) -> Pair:
    """Load into a new store on disk, without the shapes: durable when it returns."""
    from pyoxigraph import RdfFormat
    from pyoxigraph import Store as Engine

    from rte_graph.store import DiskStore  # noqa: F401 - imported here so that it is not timed

    network, quads = inputs.network(), inputs.quads()
    folder, ours = inputs.scratch("bare"), inputs.scratch("ours")

    def bare() -> None:
        engine = Engine(folder)
        engine.bulk_load(path=quads, format=RdfFormat.N_QUADS)
        engine.flush()

    return Pair(bare=bare, ours=lambda: load_on_disk(network, ours))


def load_larger(inputs: Inputs) -> Pair:
    """Load two sizes on disk: the memory that it takes must not follow the size."""
    small, large = inputs.network(), inputs.larger.network()
    first, second = inputs.scratch("first"), inputs.scratch("second")
    return Pair(bare=lambda: load_on_disk(small, first), ours=lambda: load_on_disk(large, second))


def open_disk(inputs: Inputs) -> Pair:
    """Open a store on disk and ask it one thing."""
    from pyoxigraph import Store as Engine

    from rte_graph.store import DiskStore

    folder = inputs.store()
    location = _location(folder)
    question = "ASK { ?s ?p ?o }"

    def ours() -> bool:
        store = DiskStore.open(folder)
        try:
            return store.ask(question)
        finally:
            store.close()

    return Pair(bare=lambda: bool(Engine.read_only(location).query(question)), ours=ours)


def open_packaged(_inputs: Inputs) -> Pair:
    """Open the packaged data, as a command without ``--store`` does."""
    from pyoxigraph import NamedNode, RdfFormat
    from pyoxigraph import Store as Engine

    from rte_graph import resources
    from rte_graph.loading import packaged_store
    from rte_graph.validation import packaged_ontology

    files = [*resources.ontology_files(), *resources.data_files()]
    name = NamedNode("https://example.org/data")

    def bare() -> None:
        engine = Engine()
        for path in files:
            engine.bulk_load(path=path, format=RdfFormat.TURTLE)
            engine.bulk_load(path=path, format=RdfFormat.TURTLE, to_graph=name)

    def ours() -> None:
        packaged_ontology.cache_clear()
        packaged_store()

    return Pair(bare=bare, ours=ours)


def _location(folder: Path) -> str:
    from rte_graph.store import DiskStore

    store = DiskStore.open(folder)
    location = store.location
    store.close()
    return location


def _forget(_result: object) -> None:
    """Return nothing: the two sides report their work in different words."""
