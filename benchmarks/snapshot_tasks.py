"""Networks as arrays: reading them from the store, keeping them, and what is asked of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.inputs import Inputs, opened
from benchmarks.measuring import Call, Pair, Task

NETWORK = "initiative-participations"
PREFIX = "PREFIX rte: <https://w3id.org/rte/ontology#>\n"
ENDS = PREFIX + "SELECT ?source ?target WHERE { ?p rte:participant ?source ; rte:initiative ?target }"
JOIN = (
    PREFIX
    + """SELECT ?a ?b (COUNT(DISTINCT ?i) AS ?shared) WHERE {
  ?p rte:participant ?a ; rte:initiative ?i . ?q rte:initiative ?i ; rte:participant ?b .
  FILTER(STR(?a) < STR(?b))
} GROUP BY ?a ?b"""
)


def tasks() -> list[Task]:
    """Return the tasks of this module."""
    return [*reading(), *asking()]


def reading() -> list[Task]:
    """Return the tasks that read a network from a store."""
    return [
        Task(name="snapshot-ends", bare="bare iteration of the query", prepare=ends, target=1.3),
        Task(
            name="snapshot-ends-multigraph",
            bare="the query into a MultiGraph",
            prepare=multigraph,
            target=1 / 6,
        ),
        Task(
            name="snapshot-ends-memory",
            bare="the query into a MultiGraph",
            prepare=multigraph,
            apart=True,
            of_memory=True,
            once=True,
        ),
        Task(
            name="snapshot-network",
            bare="bare iteration of its two queries",
            prepare=whole,
            once=True,
            small_only=True,
        ),
    ]


def asking() -> list[Task]:
    """Return the tasks that ask something of a network that is there."""
    return [
        Task(name="snapshot-kept", bare="csr_array of the same pairs", prepare=kept, target=2.0),
        Task(
            name="snapshot-kept-anew", bare="build_network without what was kept", prepare=kept_beside_asking
        ),
        Task(name="snapshot-hubs", bare="numpy bincount, lexsort", prepare=hubs, target=3.0),
        Task(
            name="snapshot-projection", bare="scipy product, upper triangle", prepare=projection, target=3.0
        ),
        Task(name="snapshot-shared", bare="scipy product, upper triangle", prepare=shared, target=3.0),
        Task(
            name="snapshot-shared-sparql",
            bare="SPARQL self-join",
            prepare=shared_in_sparql,
            target=0.01,
            once=True,
        ),
    ]


def ends(inputs: Inputs) -> Pair:
    """Read sources and targets of all participations."""
    from rte_graph.network.reading import read_rows

    store, engine = opened(inputs)
    return Pair(
        bare=lambda: sum(1 for _ in engine.query(ENDS)),
        ours=lambda: read_rows(store.select(ENDS)).size,
    )


def multigraph(inputs: Inputs) -> Pair:
    """Read them as columns; the other side as people do who know networkx."""
    import networkx as nx

    def bare() -> int:
        graph: Any = nx.MultiGraph()
        for source, target in engine.query(ENDS):
            graph.add_edge(source.value, target.value)
        return int(graph.number_of_edges())

    _, engine = opened(inputs)
    return Pair(bare=bare, ours=ends(inputs).ours)


def asked(inputs: Inputs) -> tuple[Any, Any, Callable[[], Any]]:
    """Return a store, the bare engine, and what builds the network."""
    from rte_graph.network import build_network
    from rte_graph.resources import queries_folder
    from rte_graph.sparql.library import load_library

    store, engine = opened(inputs)
    library = load_library(queries_folder())
    return store, engine, partial(build_network, store, library, NETWORK)


def whole(inputs: Inputs) -> Pair:
    """Make the network of a saved query, nothing kept: ties, nodes, labels, order."""
    from rte_graph.resources import queries_folder
    from rte_graph.sparql.engine import bound_text
    from rte_graph.sparql.library import load_library

    store, engine, build = asked(inputs)
    library = load_library(queries_folder())
    texts = [bound_text(store, library.get(name), {}, "fr") for name in (NETWORK, f"{NETWORK}-nodes")]

    def bare() -> None:
        for text in texts:
            sum(1 for _ in engine.query(text))

    def ours() -> None:
        forget(store)
        build()

    return Pair(bare=bare, ours=ours)


def forget(store: Any) -> None:
    """Remove what was kept of this store's networks."""
    shutil.rmtree(store.derived / "networks", ignore_errors=True)


def synthetic(inputs: Inputs) -> Any:
    """Draw a network with as many nodes, and five ties an initiative: no query stands before it."""
    import numpy as np

    from rte_graph.network.elements import Node, Nodes, Ties
    from rte_graph.network.model import Network
    from rte_graph.network.wording import Text

    actors, initiatives = inputs.size.actors, inputs.size.initiatives
    rng = np.random.default_rng(20261120)
    count = 5 * initiatives
    rank = np.arange(1, actors + 1) ** -0.8
    source = rng.choice(actors, count, p=rank / rank.sum())
    target = actors + rng.integers(0, initiatives, count)
    order = np.lexsort((target, source))
    names = [f"s{i:07}" for i in range(actors)] + [f"t{i:07}" for i in range(initiatives)]
    nodes = [
        Node(iri=f"http://example.org/{name}", label=name, set="source" if place < actors else "target")
        for place, name in enumerate(names)
    ]
    return Network(
        name="bench",
        mode="two-mode",
        source=Text(fr="", en=""),
        target=Text(fr="", en=""),
        nodes=Nodes.of(nodes),
        edges=Ties.without_words(source[order], target[order]),
    )


def kept(inputs: Inputs) -> Pair:
    """Read a kept network up to its matrix; the other side has pairs of integers at hand."""
    import numpy as np
    from scipy.sparse import coo_array

    from rte_graph.network import snapshot

    network = synthetic(inputs)
    left, right = (side.astype(np.int32) for side in (network.ties.source, network.ties.target))
    right = right - np.int32(network.source_count)
    shape, ones = (network.source_count, network.target_count), np.ones(len(left))
    folder = inputs.scratch("kept")
    folder.mkdir(parents=True)
    snapshot.keep(folder, "key", snapshot.Snapshot(nodes=network.nodes, ties=network.ties))

    def bare() -> int:
        matrix = coo_array((ones, (left, right)), shape=shape).tocsr()
        return int(matrix.nnz)

    def ours() -> int:
        found = snapshot._Kept(folder, "key", "two-mode", lambda: None).snapshot()  # type: ignore[arg-type, return-value]
        return int(fresh(network, found).biadjacency().nnz)

    return Pair(bare=bare, ours=ours)


def fresh(network: Any, found: Any = None) -> Any:
    """Return the network, or one with what was found, with nothing remembered."""
    from dataclasses import replace

    return replace(network, nodes=found.nodes, edges=found.ties) if found else replace(network)


def kept_beside_asking(inputs: Inputs) -> Pair:
    """Build one network from the store, and from what is kept beside it (kept whatever its size)."""
    from rte_graph.network import snapshot

    snapshot.WORTH_KEEPING = 1
    store, _, build = asked(inputs)
    build()

    def bare() -> int:
        forget(store)
        return int(build().biadjacency().nnz)

    return Pair(bare=bare, ours=lambda: int(build().biadjacency().nnz))


def hubs(inputs: Inputs) -> Pair:
    """Count degrees and order the nodes of both sets by them."""
    import numpy as np

    from rte_graph.network.measures import compute

    network = synthetic(inputs)
    left, right = network.pairs()
    size = len(network.nodes)

    def bare() -> None:
        degrees = np.bincount(left, minlength=size) + np.bincount(right, minlength=size)
        np.lexsort((np.arange(size), -degrees))

    def ours() -> None:
        _, scores = compute("degree", fresh(network))
        np.lexsort((np.arange(size), -scores.values))

    return Pair(bare=bare, ours=ours)


def projection(inputs: Inputs) -> Pair:
    """Project onto the actors."""
    from rte_graph.network.measures.projection import project

    network = synthetic(inputs)
    return Pair(bare=product(network), ours=lambda: len(project(fresh(network)).edges))


def shared(inputs: Inputs) -> Pair:
    """Count the initiatives that each two actors share."""
    from scipy.sparse import triu

    from rte_graph.network.measures.projection import projection_matrix

    network = synthetic(inputs)
    return Pair(bare=product(network), ours=lambda: int(triu(projection_matrix(fresh(network)), k=1).nnz))


def product(network: Any) -> Call:
    """Return what multiplies the matrix made of the pairs by its transpose."""
    import numpy as np
    from scipy.sparse import csr_array, triu

    left, right = network.pairs()
    shape = (network.source_count, network.target_count)

    def bare() -> int:
        matrix = csr_array((np.ones(len(left)), (left, right - shape[0])), shape=shape)
        return int(triu(matrix @ matrix.T, k=1).nnz)

    return bare


def shared_in_sparql(inputs: Inputs) -> Pair:
    """Ask who shares how many initiatives with whom; the columns are read before, as they are kept."""
    from scipy.sparse import triu

    from rte_graph.network.measures.projection import projection_matrix
    from rte_graph.network.model import Network
    from rte_graph.network.reading import read_rows
    from rte_graph.network.wording import Text

    store, engine = opened(inputs)
    rows = read_rows(store.select(ENDS))
    network = two_mode(rows, Network, Text)
    return Pair(
        bare=lambda: sum(1 for _ in engine.query(JOIN)),
        ours=lambda: int(triu(projection_matrix(fresh(network)), k=1).nnz),
    )


def two_mode(rows: Any, network: Any, text: Any) -> Any:
    """Make a network of two columns of IRIs."""
    from rte_graph.network.elements import Node, Nodes, Ties

    source, target = rows.column("source"), rows.column("target")
    nodes = [Node(iri=iri, label=iri) for iri in source.texts]
    nodes += [Node(iri=iri, label=iri, set="target") for iri in target.texts]
    ties = Ties.without_words(source.codes.astype("i8"), target.codes.astype("i8") + len(source.texts))
    empty = text(fr="", en="")
    return network(
        name="ends", mode="two-mode", source=empty, target=empty, nodes=Nodes.of(nodes), edges=ties
    )
