"""The network: nodes, edges and the arrays that measures work on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from rte_graph.network.wording import Text

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    IntArray = NDArray[np.int64]

Mode = Literal["two-mode", "one-mode", "multi"]
SetName = Literal["source", "target"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One node: what it is called, what it is, and which set it stands in.

    ``instances`` says how many named organisations and unnamed mentions a node of a family stands for.
    """

    iri: str
    label: str
    set: SetName = "source"
    type: str = ""
    type_iris: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    instances: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One tie as the source states it; ``source`` and ``target`` are positions in the nodes.

    ``kind`` tells memberships from fundings and so on, where a network holds ties of several kinds.
    """

    source: int
    target: int
    role: str = ""
    role_iri: str = ""
    kind: str = ""
    kind_iri: str = ""
    start: str = ""
    end: str = ""
    weight: float | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A network as a saved query returned it, unchanging.

    Parameters
    ----------
    name : str
        Name of the saved query that the network comes from.
    mode : {"two-mode", "one-mode", "multi"}
        In a two-mode network each edge joins the source set to the target set.
    source, target : Text
        What the two sets hold, in French and English.
    nodes : tuple of Node
        Sources first, then targets, each by French-collated label, then IRI.
    edges : tuple of Edge
        Every tie, parallel ones (two roles of one pair) included.
    parameters : tuple of (str, str)
        The query's parameters and the values that the network was read with, defaults included.

    Notes
    -----
    Measures count a pair once, however many roles it has: see `pairs` and `biadjacency`.
    """

    name: str
    mode: Mode
    source: Text
    target: Text
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    title: Text = field(default=Text(fr="", en=""))
    excluded: tuple[str, ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    _memory: dict[str, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    def remembered(self, key: str, compute: Callable[[], T]) -> T:
        """Return what ``compute`` returns, computed once per network under ``key``."""
        if key not in self._memory:
            self._memory[key] = compute()
        return cast(T, self._memory[key])

    def set_label(self, name: str, lang: str) -> str:
        """Return what the set ``name`` holds, in ``lang``."""
        return (self.target if name == "target" else self.source).in_language(lang)

    @property
    def full_name(self) -> str:
        """The name with its parameters: ``co-participation, level = family``."""
        return ", ".join([self.name, *(f"{name} = {value}" for name, value in self.parameters)])

    def positions(self, name: str) -> range:
        """Return the positions of one set's nodes: sources stand before targets."""
        sources = self.source_count
        return range(sources, len(self.nodes)) if name == "target" else range(sources)

    @property
    def source_count(self) -> int:
        """Number of nodes in the source set."""
        return self.remembered("source_count", lambda: sum(node.set == "source" for node in self.nodes))

    @property
    def target_count(self) -> int:
        """Number of nodes in the target set."""
        return len(self.nodes) - self.source_count

    def pairs(self) -> tuple[IntArray, IntArray]:
        """Return the distinct joined pairs as two arrays of positions, sorted, each pair once."""
        return self.remembered("pairs", self._distinct_pairs)

    def _distinct_pairs(self) -> tuple[IntArray, IntArray]:
        import numpy as np

        ends = np.array([(edge.source, edge.target) for edge in self.edges], dtype=np.int64).reshape(-1, 2)
        distinct = np.unique(ends, axis=0)
        return distinct[:, 0].copy(), distinct[:, 1].copy()

    def biadjacency(self) -> csr_array[Any, Any]:
        """Return the sources × targets matrix with one for each joined pair (two-mode only).

        Examples
        --------
        >>> from rte_graph.network import network_from_rows
        >>> net = network_from_rows("n", [("a", "source"), ("x", "target"), ("y", "target")], [("a", "y")])
        >>> net.biadjacency().toarray().tolist()
        [[0.0, 1.0]]
        """
        return self.remembered("biadjacency", self._biadjacency)

    def _biadjacency(self) -> csr_array[Any, Any]:
        import numpy as np
        from scipy.sparse import csr_array

        rows, columns = self.pairs()
        shape = (self.source_count, self.target_count)
        ones = np.ones(len(rows), dtype=np.float64)
        return csr_array((ones, (rows, columns - self.source_count)), shape=shape)

    def adjacency(self) -> csr_array[Any, Any]:
        """Return the symmetric nodes × nodes matrix with one for each joined pair."""
        return self.remembered("adjacency", self._adjacency)

    def _adjacency(self) -> csr_array[Any, Any]:
        import numpy as np
        from scipy.sparse import csr_array

        left, right = self.pairs()
        both = np.unique(np.concatenate([np.stack([left, right], 1), np.stack([right, left], 1)]), axis=0)
        size = len(self.nodes)
        return csr_array((np.ones(len(both)), (both[:, 0], both[:, 1])), shape=(size, size))

    def to_networkx(self, *, parallel: bool = False) -> nx.Graph[Any]:
        """Return the network as a networkx graph keyed by IRI, isolates included.

        Parameters
        ----------
        parallel : bool
            With ``True`` a ``MultiGraph`` with one edge per tie; otherwise a ``Graph`` with one
            edge per pair, whose ``roles`` lists the ties' roles.

        Notes
        -----
        Nodes carry ``label``, ``type``, ``set``, ``instances`` and, as networkx.bipartite expects,
        ``bipartite`` (0 for the source set, 1 for the target set). Where the query gives a ``weight``,
        ties carry it, and a pair the sum over its ties.
        """
        import networkx as nx

        graph: nx.Graph[Any] = nx.MultiGraph() if parallel else nx.Graph()
        graph.graph["name"] = self.name
        for node in self.nodes:
            side = int(node.set == "target")
            graph.add_node(
                node.iri,
                label=node.label,
                type=node.type,
                set=node.set,
                bipartite=side,
                instances=node.instances,
            )
        for edge in self.edges:
            ends = self.nodes[edge.source].iri, self.nodes[edge.target].iri
            if parallel:
                weight = {} if edge.weight is None else {"weight": edge.weight}
                graph.add_edge(
                    *ends, role=edge.role, kind=edge.kind, start=edge.start, end=edge.end, **weight
                )
                continue
            if not graph.has_edge(*ends):
                graph.add_edge(*ends, roles=[])
            pair = graph.edges[ends]
            pair["roles"].append(edge.role)
            if edge.weight is not None:
                pair["weight"] = pair.get("weight", 0.0) + edge.weight
        return graph

    def without(self, iris: Iterable[str]) -> Network:
        """Return the network without these nodes and their edges; other nodes stay, even if isolated."""
        gone = frozenset(iris)
        kept = [index for index, node in enumerate(self.nodes) if node.iri not in gone]
        place: Mapping[int, int] = {old: new for new, old in enumerate(kept)}
        edges = tuple(
            _moved(edge, place) for edge in self.edges if edge.source in place and edge.target in place
        )
        labels = tuple(node.label for node in self.nodes if node.iri in gone)
        return Network(
            name=self.name,
            mode=self.mode,
            source=self.source,
            target=self.target,
            nodes=tuple(self.nodes[index] for index in kept),
            edges=edges,
            title=self.title,
            excluded=self.excluded + labels,
            parameters=self.parameters,
        )


def _moved(edge: Edge, place: Mapping[int, int]) -> Edge:
    from dataclasses import replace

    return replace(edge, source=place[edge.source], target=place[edge.target])
