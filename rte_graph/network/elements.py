"""Nodes and ties, and long rows of them that become objects when somebody looks at them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, TypeVar, cast, overload

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rte_graph.network.columns import Column

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float64]

SetName = Literal["source", "target"]
T = TypeVar("T")
TEXTS = ("role", "role_iri", "kind", "kind_iri", "start", "end", "evidence")
"""What a tie says in words, in the order of `Edge`; evidence is a text of IRIs separated by spaces."""
_PIECE = 10_000


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


class Lazy(Sequence[T], Generic[T]):
    """A sequence that makes its items as they are read, and equals the tuple of them."""

    __slots__ = ()

    def _some(self, places: range) -> list[T]:
        raise NotImplementedError

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        places = range(len(self))[place]
        if isinstance(places, range):
            return tuple(self._some(places))
        return self._some(range(places, places + 1))[0]

    def __iter__(self) -> Iterator[T]:
        # A piece at a time: who reads once never holds all.
        for start in range(0, len(self), _PIECE):
            yield from self._some(range(start, min(start + _PIECE, len(self))))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, tuple | Lazy):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


class Ties(Lazy[Edge]):
    """Ties in columns.

    Parameters
    ----------
    source, target : arrays of int
        Positions in the nodes.
    weight : array of float
        Not a number where a tie has none.
    texts : sequence of Column
        See `TEXTS`.

    Examples
    --------
    >>> ties = Ties.of([Edge(source=0, target=1, role="member"), Edge(source=0, target=2, weight=2.0)])
    >>> len(ties), ties[0].role, ties[1].weight, ties[0].weight
    (2, 'member', 2.0, None)
    """

    __slots__ = ("_held", "source", "target", "texts", "weight")

    def __init__(
        self, source: IntArray, target: IntArray, weight: FloatArray, texts: Sequence[Column]
    ) -> None:
        self.source, self.target, self.weight, self.texts = source, target, weight, tuple(texts)
        self._held: tuple[Sequence[str], ...] | None = None

    @classmethod
    def of(cls, edges: Iterable[Edge]) -> Ties:
        """Put ties into columns (those that stand in some already are returned as they are)."""
        import numpy as np

        from rte_graph.network.columns import Column

        if isinstance(edges, Ties):
            return edges
        held = tuple(edges)
        weights = (np.nan if edge.weight is None else edge.weight for edge in held)
        words = [[cast(str, getattr(edge, name)) for edge in held] for name in TEXTS[:-1]]
        words.append([" ".join(edge.evidence) for edge in held])
        return cls(
            np.fromiter((edge.source for edge in held), np.int64, len(held)),
            np.fromiter((edge.target for edge in held), np.int64, len(held)),
            np.fromiter(weights, np.float64, len(held)),
            [Column.of(column) for column in words],
        )

    @classmethod
    def without_words(cls, source: IntArray, target: IntArray, weight: FloatArray | None = None) -> Ties:
        """Make ties that say nothing, or nothing but their weight."""
        import numpy as np

        from rte_graph.network.columns import Column

        weight = np.full(len(source), np.nan) if weight is None else weight
        return cls(source, target, weight, [Column.constant("", len(source))] * len(TEXTS))

    def __len__(self) -> int:
        return len(self.source)

    def column(self, name: str) -> Column:
        """Return one of the columns of `TEXTS`."""
        return self.texts[TEXTS.index(name)]

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> Ties:
        """Return the ties at these places, or those that a mask marks."""
        columns = [column.take(rows) for column in self.texts]
        return Ties(self.source[rows], self.target[rows], self.weight[rows], columns)

    def between(self, source: IntArray, target: IntArray) -> Ties:
        """Return the same ties with other ends."""
        return Ties(source, target, self.weight, self.texts)

    def _some(self, places: range) -> list[Edge]:
        import numpy as np

        rows = np.arange(places.start, places.stop, places.step)
        if self._held is None:
            # Few distinct texts are read again and again; those of a long column once each.
            self._held = tuple(
                column.texts if len(column.texts) > _PIECE else tuple(column.texts) for column in self.texts
            )
        words = [
            [held[code] for code in column.codes[rows].tolist()]
            for column, held in zip(self.texts, self._held, strict=True)
        ]
        ends = self.source[rows].tolist(), self.target[rows].tolist()
        return [_edge(*each) for each in zip(*ends, self.weight[rows].tolist(), *words, strict=True)]


def _edge(source: int, target: int, weight: float, *words: str) -> Edge:
    role, role_iri, kind, kind_iri, start, end, evidence = words
    return Edge(
        source=source,
        target=target,
        role=role,
        role_iri=role_iri,
        kind=kind,
        kind_iri=kind_iri,
        start=start,
        end=end,
        weight=None if weight != weight else weight,
        evidence=distinct(evidence.split()),
    )


def distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    """Return the texts that there are, each once, sorted."""
    return tuple(sorted({value for value in values if value}))


class Nodes(Lazy[Node]):
    """Nodes in columns; several type IRIs or former names of one are joined by `JOINT`.

    Parameters
    ----------
    sources : int
        How many stand in the source set: the first ones.
    instances : array of int
    texts : sequence of Column
        IRIs, labels, types, type IRIs, former names.
    """

    JOINT = "\n\x1e"
    __slots__ = ("_made", "instances", "sources", "texts")

    def __init__(self, sources: int, instances: IntArray, texts: Sequence[Column]) -> None:
        self.sources, self.instances, self.texts = sources, instances, tuple(texts)
        self._made: list[Node] | None = None

    @classmethod
    def of(cls, nodes: Sequence[Node]) -> Nodes:
        """Put nodes into columns, sources first."""
        import numpy as np

        from rte_graph.network.columns import Column

        if isinstance(nodes, Nodes):
            return nodes
        columns = (
            [node.iri for node in nodes],
            [node.label for node in nodes],
            [node.type for node in nodes],
            [cls.JOINT.join(node.type_iris) for node in nodes],
            [cls.JOINT.join(node.former_names) for node in nodes],
        )
        made = cls(
            sum(node.set == "source" for node in nodes),
            np.fromiter((node.instances for node in nodes), np.int64, len(nodes)),
            [Column.of(column) for column in columns],
        )
        made._made = list(nodes)
        return made

    def __len__(self) -> int:
        return len(self.instances)

    def _some(self, places: range) -> list[Node]:
        # Everybody who looks at one node looks at many: they are made once.
        if self._made is None:
            self._made = self._all()
        return (
            self._made[places.start : places.stop : places.step]
            if places.step > 0
            else [self._made[place] for place in places]
        )

    def _all(self) -> list[Node]:
        words = [column.values() for column in self.texts]
        rows = zip(range(len(self)), self.instances.tolist(), *words, strict=True)
        return [
            Node(
                iri=iri,
                label=label,
                set="source" if place < self.sources else "target",
                type=kind,
                type_iris=tuple(kinds.split(self.JOINT)) if kinds else (),
                former_names=tuple(former.split(self.JOINT)) if former else (),
                instances=instances,
            )
            for place, instances, iri, label, kind, kinds, former in rows
        ]
