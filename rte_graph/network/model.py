"""The network: nodes, edges and the arrays that measures work on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from rte_graph.network.elements import Edge, Node, Nodes, SetName, Ties
from rte_graph.network.wording import Text

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    IntArray = NDArray[np.int64]

Mode = Literal["two-mode", "one-mode", "multi"]
T = TypeVar("T")

__all__ = ["Edge", "Mode", "Network", "Node", "SetName"]


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
    nodes : sequence of Node
        Sources first, then targets, each by French-collated label, then IRI.
    edges : sequence of Edge
        Every tie, parallel ones (two roles of one pair) included. What a query gave stands in columns
        (`Ties`) and becomes objects as it is read.
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
    nodes: Sequence[Node]
    edges: Sequence[Edge]
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
        if isinstance(self.nodes, Nodes):
            return self.nodes.sources
        return self.remembered("source_count", lambda: sum(node.set == "source" for node in self.nodes))

    @property
    def target_count(self) -> int:
        """Number of nodes in the target set."""
        return len(self.nodes) - self.source_count

    @property
    def ties(self) -> Ties:
        """The edges in columns: positions and weights as arrays."""
        return self.remembered("ties", lambda: Ties.of(self.edges))

    def pairs(self) -> tuple[IntArray, IntArray]:
        """Return the distinct joined pairs as two arrays of positions, sorted, each pair once."""
        return self.remembered("pairs", lambda: distinct_pairs(self.ties.source, self.ties.target))

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
        rows, columns = self.pairs()
        return _ones(rows, columns - self.source_count, (self.source_count, self.target_count))

    def adjacency(self) -> csr_array[Any, Any]:
        """Return the symmetric nodes × nodes matrix with one for each joined pair."""
        return self.remembered("adjacency", self._adjacency)

    def _adjacency(self) -> csr_array[Any, Any]:
        size = len(self.nodes)
        one_way = _ones(*self.pairs(), (size, size))
        both: csr_array[Any, Any] = (one_way + one_way.T).tocsr()
        both.sort_indices()
        # Two nodes may name each other: that is one pair.
        both.data[:] = 1.0
        return both

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

    def by_iri(self) -> Network:
        """Return the network with the nodes of each set in the order of their IRIs, whatever their labels.

        Draws go through nodes in this order: a seed means the same networks in every language.
        """
        import numpy as np

        iris = [(node.set != "source", node.iri) for node in self.nodes]
        order = sorted(range(len(iris)), key=iris.__getitem__)
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order))
        ties = self.ties.between(place[self.ties.source], place[self.ties.target])
        return replace(self, nodes=tuple(self.nodes[old] for old in order), edges=ties)

    def without(self, iris: Iterable[str]) -> Network:
        """Return the network without these nodes and their edges; other nodes stay, even if isolated."""
        import numpy as np

        gone = frozenset(iris)
        stays = np.fromiter((node.iri not in gone for node in self.nodes), bool, len(self.nodes))
        place = np.cumsum(stays) - 1
        ties = self.ties.take(stays[self.ties.source] & stays[self.ties.target])
        labels = tuple(node.label for node in self.nodes if node.iri in gone)
        return replace(
            self,
            nodes=tuple(node for node in self.nodes if node.iri not in gone),
            edges=ties.between(place[ties.source], place[ties.target]),
            excluded=self.excluded + labels,
        )


def distinct_pairs(left: IntArray, right: IntArray) -> tuple[IntArray, IntArray]:
    """Return the distinct pairs of two arrays of positions, sorted.

    Examples
    --------
    >>> import numpy as np
    >>> [side.tolist() for side in distinct_pairs(np.array([1, 0, 1]), np.array([2, 1, 2]))]
    [[0, 1], [1, 2]]
    """
    import numpy as np

    # A query's ties are sorted already, and mostly no pair has two.
    same, new = left[1:] == left[:-1], np.ones(len(left), dtype=bool)
    if not ((left[1:] > left[:-1]) | (same & (right[1:] >= right[:-1]))).all():
        order = np.lexsort((right, left))
        left, right = left[order], right[order]
        same = left[1:] == left[:-1]
    new[1:] = ~same | (right[1:] != right[:-1])
    return (left, right) if new.all() else (left[new], right[new])


def _ones(rows: IntArray, columns: IntArray, shape: tuple[int, int]) -> csr_array[Any, Any]:
    """Return the matrix with one at each of these places, which are sorted and distinct."""
    import numpy as np
    from scipy.sparse import csr_array

    starts = np.zeros(shape[0] + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows, minlength=shape[0]), out=starts[1:])
    kind = np.int32 if max(len(rows), *shape) < 2**31 else np.int64
    held = np.ones(len(rows)), columns.astype(kind), starts.astype(kind)
    return csr_array(held, shape=shape)
