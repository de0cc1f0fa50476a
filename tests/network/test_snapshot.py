"""Networks kept per state of the store: never older than the data, never believed when damaged."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import numpy as np
import pytest
from pyoxigraph import NamedNode, Triple

from rte_graph.network import build_network, network_from_rows, snapshot
from rte_graph.network.elements import Nodes, Ties
from rte_graph.network.measures import compute, measures
from rte_graph.store import DiskStore, EmbeddedStore

DATASET = NamedNode("http://example.org/d")


@pytest.fixture(autouse=True)
def small_ones_too(monkeypatch):
    monkeypatch.setattr(snapshot, "WORTH_KEEPING", 1)


@pytest.fixture
def triples(clubs_store) -> list[Triple]:
    return list(clubs_store.triples())


@pytest.fixture
def disk(tmp_path, triples):
    store = DiskStore.create(tmp_path / "store")
    store.replace_datasets({DATASET: triples})
    return store


def kept_files(store: DiskStore) -> list[Path]:
    return sorted((store.derived / snapshot.FOLDER).iterdir())


def not_asked_again(monkeypatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the store was asked")

    monkeypatch.setattr("rte_graph.network.build._read", refuse)


def test_a_network_from_its_file_is_the_one_that_the_store_gave(disk, clubs_library, monkeypatch):
    first = build_network(disk, clubs_library, "clubs")
    assert len(kept_files(disk)) == 2
    not_asked_again(monkeypatch)
    second = build_network(disk, clubs_library, "clubs")
    assert second == first
    assert first == second
    assert hash(second) == hash(first)
    for measure in measures("node", "two-mode"):
        used, scores = compute(measure.name, first)
        assert np.array_equal(compute(used.name, second)[1].values, scores.values), measure.name


def test_measures_on_a_kept_network_read_no_words(disk, clubs_library):
    build_network(disk, clubs_library, "clubs")
    words = next(file for file in kept_files(disk) if ".words." in file.name)
    network = build_network(disk, clubs_library, "clubs")
    words.write_bytes(b"")
    assert compute("degree", network)[1].values.sum() > 0
    assert (network.source_count, len(network.nodes), network.biadjacency().nnz) == (4, 8, 5)


@pytest.mark.parametrize("kind", ["memory", "disk"])
def test_what_was_kept_is_not_given_once_the_data_have_changed(tmp_path, triples, clubs_library, kind):
    store = EmbeddedStore.in_memory() if kind == "memory" else DiskStore.create(tmp_path / "store")
    store.replace_datasets({DATASET: triples})
    before = build_network(store, clubs_library, "clubs")
    assert build_network(store, clubs_library, "clubs") == before
    tie = next(t for t in triples if t.predicate.value.endswith(("org#member", "member")))
    store.replace_datasets({DATASET: [t for t in triples if t.subject != tie.subject]})
    after = build_network(store, clubs_library, "clubs")
    assert len(after.edges) < len(before.edges)
    store.replace_datasets({DATASET: triples})
    assert build_network(store, clubs_library, "clubs") == before


def test_an_update_of_a_store_on_disk_is_seen(disk, clubs_library):
    before = build_network(disk, clubs_library, "clubs")
    disk.update("DELETE { ?s ?p ?o } WHERE { ?s <http://www.w3.org/ns/org#organization> ?o ; ?p ?o }")
    assert len(build_network(disk, clubs_library, "clubs").edges) < len(before.edges)


def test_each_language_is_kept_for_itself(disk, clubs_library):
    french, english = (build_network(disk, clubs_library, "clubs", lang) for lang in ("fr", "en"))
    assert build_network(disk, clubs_library, "clubs", "fr") == french
    assert build_network(disk, clubs_library, "clubs", "en") == english
    assert len(kept_files(disk)) == 4


def test_another_making_of_networks_takes_nothing_from_before(disk, clubs_library, monkeypatch):
    build_network(disk, clubs_library, "clubs")
    monkeypatch.setattr(snapshot, "_code", lambda: "other code")
    build_network(disk, clubs_library, "clubs")
    assert len(kept_files(disk)) == 4


@pytest.mark.parametrize("part", ["ends", "words"])
def test_a_damaged_file_is_never_believed_and_is_made_anew(disk, clubs_library, part):
    first = build_network(disk, clubs_library, "clubs")
    file = next(file for file in kept_files(disk) if f".{part}." in file.name)
    sound = file.read_bytes()
    chance = random.Random(5)
    damaged = [b"", b"PK", sound[: len(sound) // 2], sound + b"x" * 100]
    for _ in range(25):
        bytes_ = bytearray(sound)
        bytes_[chance.randrange(len(sound))] ^= 1 << chance.randrange(8)
        damaged.append(bytes(bytes_))
    for content in damaged:
        file.write_bytes(content)
        assert build_network(disk, clubs_library, "clubs") == first
    file.write_bytes(sound[:-30])
    assert build_network(disk, clubs_library, "clubs") == first
    assert file.read_bytes() == sound


def hostile(arrays: dict[str, np.ndarray]) -> list[dict[str, np.ndarray]]:
    """Well-formed files that say what cannot be."""
    changed = [
        {"source": arrays["source"] + 100},
        {"target": arrays["target"] * 0 - 1},
        {"source": arrays["target"], "target": arrays["source"]},
        {"nodes": np.array([10**12, 4])},
        {"nodes": np.array([8, -4])},
        {"weight": np.full(len(arrays["source"]), np.inf)},
        {"source": arrays["source"][:-1]},
        {"key": arrays["key"][::-1]},
    ]
    return [arrays | change for change in changed]


def test_a_file_that_says_what_cannot_be_is_not_believed(disk, clubs_library):
    first = build_network(disk, clubs_library, "clubs")
    file = next(file for file in kept_files(disk) if ".ends." in file.name)
    with np.load(file) as held:
        arrays = dict(held)
    for content in hostile(arrays):
        np.savez(file, **content)
        assert build_network(disk, clubs_library, "clubs") == first


def test_nothing_kept_is_unpickled(disk, clubs_library, tmp_path):
    first = build_network(disk, clubs_library, "clubs")
    trap = tmp_path / "sprung"

    class Trap:
        def __reduce__(self):
            return Path.touch, (trap,)

    for file in kept_files(disk):
        with np.load(file) as held:
            arrays = dict(held)
        np.savez(file, **{**arrays, "source": np.array([Trap()], dtype=object)})
        assert build_network(disk, clubs_library, "clubs") == first
    assert not trap.exists()


def test_a_compressed_file_is_not_opened_up(disk, clubs_library):
    first = build_network(disk, clubs_library, "clubs")
    file = next(file for file in kept_files(disk) if ".ends." in file.name)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("source.npy", b"\0" * 50_000_000)
    assert build_network(disk, clubs_library, "clubs") == first


def test_a_store_that_may_not_be_written_is_read_all_the_same(disk, clubs_library, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(snapshot, "replacing", refuse)
    assert len(build_network(disk, clubs_library, "clubs").edges) == 6
    assert not kept_files(disk)


def test_a_small_network_leaves_no_file(disk, clubs_library, monkeypatch):
    monkeypatch.setattr(snapshot, "WORTH_KEEPING", 5_000)
    build_network(disk, clubs_library, "clubs")
    assert not (disk.derived / snapshot.FOLDER).exists()


def test_a_store_in_memory_keeps_few_networks(clubs_store, clubs_library, monkeypatch):
    monkeypatch.setattr(snapshot, "MOST_IN_MEMORY", 1)
    for lang in ("fr", "en"):
        build_network(clubs_store, clubs_library, "clubs", lang)
    assert len(clubs_store.derived) == 1


def test_ties_in_columns_read_like_the_tuple_of_them():
    rows = [
        {"source": "a", "target": "x", "role": "b", "evidence": "c2 c1"},
        {"source": "a", "target": "x", "role": "é", "weight": "2.5", "start": "2020"},
    ]
    network = network_from_rows("n", [("a", "source"), ("x", "target")], rows)
    held = tuple(network.edges)
    assert (network.edges[0], network.edges[-1], network.edges[::-1]) == (held[0], held[1], held[::-1])
    assert network.edges == held == Ties.of(held)
    assert tuple(Nodes.of(network.nodes)) == network.nodes
    with pytest.raises(IndexError):
        network.edges[2]
