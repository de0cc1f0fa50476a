"""Columns of integer codes: what many rows say, each distinct text held once."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]
    CodeArray = NDArray[np.int32]
    ByteArray = NDArray[np.uint8]

H = TypeVar("H", bound=Hashable)


@dataclass(frozen=True, slots=True, eq=False)
class Texts(Sequence[str]):
    """Texts in one line of UTF-8, each cut out when it is read.

    Attributes
    ----------
    data : array of uint8
        The bytes; what stands between two texts does not matter.
    starts, ends : arrays of int
        Where each text begins and ends.

    Examples
    --------
    >>> list(Texts.of(["é", "", "z"]))
    ['é', '', 'z']
    """

    data: ByteArray
    starts: IntArray
    ends: IntArray

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """Hold texts; half surrogates, which no store holds, are kept as they are."""
        pieces = [text.encode("utf-8", "surrogatepass") for text in texts]
        bounds = np.zeros(len(pieces) + 1, dtype=np.int64)
        np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)), out=bounds[1:])
        return cls(np.frombuffer(b"".join(pieces), dtype=np.uint8), bounds[:-1], bounds[1:])

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, place: int) -> str:  # type: ignore[override]
        piece: bytes = self.data[self.starts[place] : self.ends[place]].tobytes()
        return piece.decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        line = self.data.tobytes()
        for start, end in zip(self.starts.tolist(), self.ends.tolist(), strict=True):
            yield line[start:end].decode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One text per row: ``texts[codes[row]]``. Two codes may stand for equal texts."""

    codes: CodeArray
    texts: Sequence[str]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Column:
        """Give each distinct text a code, in the order of first appearance.

        Examples
        --------
        >>> Column.of(["b", "a", "b"]).codes.tolist()
        [0, 1, 0]
        """
        codes, distinct = coded(texts)
        return cls(codes, distinct)

    @classmethod
    def constant(cls, text: str, size: int) -> Column:
        """Say the same in every row."""
        return cls(np.zeros(size, dtype=np.int32), (text,))

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> Column:
        """Return the column of some rows."""
        return Column(self.codes[rows], self.texts)

    def values(self) -> list[str]:
        """Return the text of each row."""
        held = list(self.texts)
        return [held[code] for code in self.codes.tolist()]

    def ranks(self) -> IntArray:
        """Return a number per row that orders rows as their texts do; equal texts, equal numbers."""
        held = list(self.texts)
        place = {text: rank for rank, text in enumerate(sorted(set(held)))}
        ranks = np.fromiter((place[text] for text in held), np.int64, len(held))
        return ranks[self.codes] if len(held) else np.zeros(len(self.codes), dtype=np.int64)


def coded(cells: Sequence[H]) -> tuple[CodeArray, tuple[H, ...]]:
    """Return a code per cell and the distinct cells, in the order of first appearance."""
    distinct = tuple(dict.fromkeys(cells))
    if len(distinct) == len(cells):
        return np.arange(len(cells), dtype=np.int32), distinct
    place = {cell: code for code, cell in enumerate(distinct)}
    return np.fromiter(map(place.__getitem__, cells), np.int32, len(cells)), distinct
