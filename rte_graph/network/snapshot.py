"""What a store's network is, kept for as long as the store holds the same data.

A store on disk keeps it beside the files of the generation that it was read from: a generation never
changes, and goes with all that stands in it, so that nothing kept can be older than the data. A store in
memory keeps it in the process. An endpoint keeps nothing: nobody says when its data change.

Two files of arrays per network (`numpy.savez`, never pickled): ends and weights, which measures need, and
words, read when somebody looks at a label or a role. A file that is damaged, foreign or hostile is not used:
the store is asked anew, and the file replaced.
"""

from __future__ import annotations

import hashlib
import json
import weakref
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from rte_graph import __version__
from rte_graph.files import replacing
from rte_graph.network.columns import Column, Texts
from rte_graph.network.elements import TEXTS, Node, Nodes, Ties
from rte_graph.store import DiskStore, EmbeddedStore

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rte_graph.store import Store

    Arrays = Mapping[str, NDArray[Any]]

FOLDER = "networks"
# Below this many ties asking again takes less time than a file is worth.
WORTH_KEEPING = 5_000
# Networks kept in the process for one state of a store in memory.
MOST_IN_MEMORY = 8
# No network that this package can read is larger.
MOST_BYTES = 20_000_000_000
_NODE_TEXTS = ("iri", "label", "type", "type_iris", "former_names")
# What decides how rows become nodes and ties: a change of it makes what was kept useless.
_CODE = ("build", "columns", "elements", "figures", "naming", "reading", "snapshot", "ties")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Snapshot:
    """Nodes and ties of a network as the store had them."""

    nodes: Sequence[Node]
    ties: Ties


def kept(store: Store, asked: Sequence[str], read: Callable[[], Snapshot]) -> Snapshot:
    """Return what ``read`` returns, from an earlier time if the store still holds the same data.

    Parameters
    ----------
    store : Store
    asked : sequence of str
        All that decides what is read from given data: mode, language, the queries' texts with their values.
    read : callable
        Asks the store.
    """
    if isinstance(store, EmbeddedStore):
        return _in_memory(store.derived, tuple(asked), read)
    if isinstance(store, DiskStore):
        return _on_disk(store.derived / FOLDER, key_of((store.manifest.hash, *asked)), asked[0], read)
    return read()


def _in_memory(held: dict[Any, Any], asked: tuple[str, ...], read: Callable[[], Snapshot]) -> Snapshot:
    place = ("network", *asked)
    found = held.pop(place, None) or read()
    # The one used longest ago goes first.
    for old in list(held)[: max(0, len(held) + 1 - MOST_IN_MEMORY)]:
        del held[old]
    held[place] = found
    return found


def _on_disk(folder: Path, key: str, mode: str, read: Callable[[], Snapshot]) -> Snapshot:
    with suppress(
        Exception
    ):  # a missing file, and whatever a damaged or hostile one makes zipfile and numpy say
        return _Kept(folder, key, mode, read).snapshot()
    found = read()
    if len(found.ties) >= WORTH_KEEPING:
        keep(folder, key, found)
    return found


@cache
def _code() -> str:
    """Hash of the modules that make nodes and ties out of rows."""
    from rte_graph.sparql import collation

    files = [Path(__file__).with_name(f"{name}.py") for name in _CODE] + [Path(collation.__file__)]
    said = hashlib.sha256(__version__.encode())
    for file in files:
        with suppress(OSError):  # from an archive: the version must do
            said.update(file.read_bytes())
    return said.hexdigest()


def key_of(asked: Sequence[str]) -> str:
    """Return the name under which the answer to a question is kept."""
    return hashlib.sha256(json.dumps([_code(), *asked]).encode()).hexdigest()


def keep(folder: Path, key: str, found: Snapshot) -> None:
    """Write the two files; where they cannot be written (rights, room) nothing is kept."""
    nodes, ties = Nodes.of(found.nodes), found.ties
    ends = {
        "key": _bytes(key),
        "nodes": np.array([len(nodes), nodes.sources]),
        "source": ties.source.astype(np.int32),
        "target": ties.target.astype(np.int32),
        "weight": ties.weight if not np.isnan(ties.weight).all() else np.zeros(0),
    }
    words = {"key": _bytes(key), "instances": nodes.instances}
    words |= _arrays("node", _NODE_TEXTS, nodes.texts) | _arrays("tie", TEXTS, ties.texts)
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        # Words first: ends alone would be of no use.
        for part, arrays in (("words", words), ("ends", ends)):
            with replacing(folder / f"{key}.{part}.npz") as out:
                np.savez(out, **arrays)  # type: ignore[arg-type]


def _bytes(text: str) -> NDArray[Any]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _arrays(what: str, names: Sequence[str], columns: Sequence[Column]) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {}
    for name, column in zip(names, columns, strict=True):
        texts = column.texts if isinstance(column.texts, Texts) else Texts.of(column.texts)
        parts: Arrays = {
            "codes": column.codes,
            "data": texts.data,
            "starts": texts.starts,
            "ends": texts.ends,
        }
        arrays |= {f"{what}.{name}.{part}": array for part, array in parts.items()}
    return arrays


class _Kept:
    """A network in files: ends at once, words when they are asked for."""

    def __init__(self, folder: Path, key: str, mode: str, read: Callable[[], Snapshot]) -> None:
        self._folder, self._key, self._read = folder, key, read
        with (folder / f"{key}.ends.npz").open("rb") as file:
            ends = _loaded(file, key)
        self._words: BinaryIO = (folder / f"{key}.words.npz").open("rb")
        # Held open: the words stay readable when the generation is replaced and its folder removed.
        weakref.finalize(self, self._words.close)
        self._size, self._sources = (int(each) for each in ends["nodes"])
        self._source, self._target = (ends[end].astype(np.int64) for end in ("source", "target"))
        self._weight = ends["weight"].astype(np.float64)
        if not len(self._weight):
            self._weight = np.broadcast_to(np.float64(np.nan), self._source.shape)
        self._check(mode)
        self._whole: Snapshot | None = None

    def _check(self, mode: str) -> None:
        border = self._sources if mode == "two-mode" else self._size
        _require(0 <= self._sources <= self._size)
        with zipfile.ZipFile(self._words) as archive:
            # The other file has as many nodes (eight bytes each, and a heading), or one is not ours.
            _require(0 <= archive.getinfo("instances.npy").file_size - 8 * self._size < 1_000)
        _require(self._source.ndim == 1 and self._source.shape == self._target.shape == self._weight.shape)
        if len(self._source):
            _require(self._source.min() >= 0 and self._source.max() < border)
            _require(self._target.min() >= border % max(self._size, 1) and self._target.max() < self._size)
        _require(not np.isinf(self._weight).any())

    def snapshot(self) -> Snapshot:
        """Return nodes and ties that read their words from here."""
        ties = _KeptTies(self, self._source, self._target, self._weight)
        return Snapshot(nodes=_KeptNodes(self, self._size, self._sources), ties=ties)

    def whole(self) -> Snapshot:
        """Return the same with its words; files that do not hold what they should are made anew."""
        if self._whole is None:
            try:
                self._whole = self._with_words(_loaded(self._words, self._key))
            except Exception:  # whatever a damaged or hostile file makes zipfile and numpy say
                self._whole = self._read()
                keep(self._folder, self._key, self._whole)
        return self._whole

    def _with_words(self, words: Arrays) -> Snapshot:
        instances = words["instances"].astype(np.int64)
        _require(instances.shape == (self._size,))
        about = [_column(words, f"node.{name}", self._size) for name in _NODE_TEXTS]
        said = [_column(words, f"tie.{name}", len(self._source)) for name in TEXTS]
        ties = Ties(self._source, self._target, self._weight, said)
        return Snapshot(nodes=Nodes(self._sources, instances, about), ties=ties)


def _loaded(file: BinaryIO, key: str) -> Arrays:
    """Read all arrays of a file, whose check sums zipfile compares.

    Raises
    ------
    Exception
        Of any kind, if it is not what `keep` writes.
    """
    file.seek(0, 2)
    _require(file.tell() <= MOST_BYTES)
    with zipfile.ZipFile(file) as archive:
        # Stored as they are: an array is no larger than its file.
        _require(all(each.compress_type == zipfile.ZIP_STORED for each in archive.infolist()))
        _require(sum(each.file_size for each in archive.infolist()) <= file.tell())
    file.seek(0)
    with np.load(file, allow_pickle=False) as held:
        arrays = {name: held[name] for name in held.files}
    _require(arrays["key"].tobytes() == key.encode())
    return arrays


def _column(words: Arrays, name: str, size: int) -> Column:
    parts = [words[f"{name}.{part}"] for part in ("codes", "data", "starts", "ends")]
    codes, data, starts, ends = parts
    kinds = ("i4", "u1", "i8", "i8")
    _require(all(part.ndim == 1 and part.dtype == kind for part, kind in zip(parts, kinds, strict=True)))
    _require(len(codes) == size and len(starts) == len(ends))
    if size:
        _require(codes.min() >= 0 and codes.max() < len(starts))
    if len(starts):
        _require(starts.min() >= 0 and ends.max() <= len(data) and bool((starts <= ends).all()))
    return Column(codes, Texts(data, starts, ends))


def _require(fits: Any) -> None:
    if not fits:
        raise ValueError("not what was written")


class _KeptTies(Ties):
    """Ties whose words are still in their file."""

    __slots__ = ("_kept",)

    def __init__(self, kept: _Kept, source: Any, target: Any, weight: Any) -> None:
        self._kept = kept
        self.source, self.target, self.weight = source, target, weight
        self._held = None

    @property
    def texts(self) -> tuple[Column, ...]:  # type: ignore[override]
        """The columns of words."""
        return self._kept.whole().ties.texts


class _KeptNodes(Nodes):
    """Nodes whose words are still in their file."""

    __slots__ = ("_kept", "_size")

    def __init__(self, kept: _Kept, size: int, sources: int) -> None:
        self._kept, self._size, self.sources, self._made = kept, size, sources, None

    def __len__(self) -> int:
        return self._size

    def _all(self) -> list[Node]:
        return list(self._kept.whole().nodes)
