"""What every store can do, whatever the engine behind it.

A store holds one named graph per dataset (for provenance and replacement) and a default graph in which
each triple stands once, however many datasets state it. Saved queries read the default graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from pyoxigraph import BlankNode, NamedNode, Triple
from pyoxigraph import Literal as RdfLiteral

Term = NamedNode | BlankNode | RdfLiteral
Kind = Literal["memory", "disk", "remote"]


class Writable(Protocol):
    """What bytes can be written to."""

    def write(self, piece: bytes, /) -> int:
        """Take some bytes and return how many."""
        ...

    def flush(self) -> object:
        """Let nothing wait; called at the end."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Solutions:
    """Result of a SELECT: the variables, in the order of the projection, and rows read lazily.

    Attributes
    ----------
    variables : tuple of str
        Names without the question mark.
    rows : iterator of tuple
        One term (or None when unbound) per variable. Reading it may raise, as the engine works while
        rows are read.
    write_tsv : callable or None
        Writes the whole result as the W3C's TSV to a file, in place of ``rows``: what an engine
        of this process does in less time than it takes to make terms of it. It may raise what ``rows`` may.
    """

    variables: tuple[str, ...]
    rows: Iterator[tuple[Term | None, ...]]
    write_tsv: Callable[[Writable], None] | None = None


class Store(Protocol):
    """The contract that memory, disk and remote stores fulfil alike."""

    @property
    def kind(self) -> Kind:
        """Where the data are: in this process, on disk, or behind a SPARQL endpoint."""
        ...

    @property
    def location(self) -> str | None:
        """Folder of the engine's files that a worker can open (``disk``), URL (``remote``), or None."""
        ...

    def select(self, query: str) -> Solutions:
        """Run a SELECT over the default graph.

        Raises
        ------
        UnreadableQuery
            The text is not SPARQL, or is another form of query.
        """
        ...

    def ask(self, query: str) -> bool:
        """Run an ASK over the default graph."""
        ...

    def construct(self, query: str) -> Iterator[Triple]:
        """Run a CONSTRUCT or DESCRIBE over the default graph."""
        ...

    def replace_datasets(self, datasets: Mapping[NamedNode, Iterable[Triple]]) -> None:
        """Make each dataset named hold these triples and nothing else: all of them, or none.

        The default graph then holds each triple of all datasets once, and datasets that are not named are as
        they were. No triples: the dataset is gone. The iterables are read once, in order.

        Raises
        ------
        StoreUnavailable
            The store is read-only, locked by another writer, full or unreachable; it is then as it was.
        """
        ...

    def replace_dataset(self, dataset: NamedNode, triples: Iterable[Triple]) -> None:
        """Replace one dataset; see :meth:`replace_datasets`."""
        ...

    def datasets(self) -> tuple[NamedNode, ...]:
        """Return the datasets held, sorted by IRI."""
        ...

    def triples(self, dataset: NamedNode | None = None) -> Iterator[Triple]:
        """Yield the triples of one dataset, or those of the default graph."""
        ...

    def size(self) -> int:
        """Return the number of triples in the default graph."""
        ...

    def close(self) -> None:
        """Release what the store holds; it must not be used afterwards."""
        ...
