"""What two editions state differently: triples that one has and the other lacks, by subject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from rte_graph.publish.statements import Statements, data_triples, triples_of

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from rte_graph.store.base import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectDifference:
    """The triples of one subject that only one of the editions has.

    ``before`` and ``after`` say whether the editions state anything of it.
    """

    iri: str
    removed: tuple[Triple, ...]
    added: tuple[Triple, ...]
    before: bool
    after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """All that differs, by subject in the order of their IRIs, with the size of each edition in triples."""

    subjects: tuple[SubjectDifference, ...]
    old_size: int
    new_size: int

    @property
    def removed(self) -> Iterator[Triple]:
        """Triples that only the old edition has, sorted."""
        return (triple for each in self.subjects for triple in each.removed)

    @property
    def added(self) -> Iterator[Triple]:
        """Triples that only the new edition has, sorted."""
        return (triple for each in self.subjects for triple in each.added)

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.subjects)


def compare_stores(old: Store, new: Store) -> Difference:
    """Compare the data of two stores, without their ontologies.

    Parameters
    ----------
    old, new : Store
        Two editions. The closure that loading makes is part of both, so that files and stores compare.

    Returns
    -------
    Difference
        The same for the same triples, in whatever files, order or datasets they stand. Blank nodes are named
        by RDFC-1.0: a change near one may show as another name for it.

    Notes
    -----
    Two sorted streams are merged; memory grows with what differs only.
    """
    with Statements(data_triples(old)) as before, Statements(data_triples(new)) as after:
        found = tuple(_differences(before, after))
        return Difference(subjects=found, old_size=before.count, new_size=after.count)


def _differences(before: Statements, after: Statements) -> Iterator[SubjectDifference]:
    old, new = _subjects(before), _subjects(after)
    left, right = next(old, None), next(new, None)
    while left is not None or right is not None:
        first = min(each[0] for each in (left, right) if each is not None)
        old_lines = left[1] if left is not None and left[0] == first else []
        new_lines = right[1] if right is not None and right[0] == first else []
        if old_lines:
            left = next(old, None)
        if new_lines:
            right = next(new, None)
        if old_lines != new_lines:
            yield _difference(first, old_lines, new_lines)


def _subjects(statements: Statements) -> Iterator[tuple[bytes, list[bytes]]]:
    for subject, lines in groupby(statements.lines(), key=lambda line: line.partition(b" ")[0]):
        yield subject, list(lines)


def _difference(subject: bytes, old: list[bytes], new: list[bytes]) -> SubjectDifference:
    gone, come = sorted(set(old) - set(new)), sorted(set(new) - set(old))
    text = subject.decode()
    return SubjectDifference(
        iri=text[1:-1] if text.startswith("<") else text,
        removed=tuple(triples_of(gone)),
        added=tuple(triples_of(come)),
        before=bool(old),
        after=bool(new),
    )
