from __future__ import annotations

import hashlib
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad

from rte_graph.rdf_io import hashing
from rte_graph.rdf_io.blank_nodes import canonical_lines
from rte_graph.rdf_io.hashing import CanonicalHasher, canonical_hash

X = "http://x.org/"
P, Q, G, H = (NamedNode(X + name) for name in "pqgh")

nodes = st.sampled_from([NamedNode(X + "a"), NamedNode(X + "b"), *(BlankNode(n) for n in "uvwxyz")])
texts = st.text(st.characters(codec="utf-8"), max_size=5)
literals = st.builds(Literal, texts) | texts.map(lambda text: Literal(text, language="fr"))
quads = st.builds(Quad, nodes, st.sampled_from([P, Q]), nodes | literals, st.sampled_from([G, H]))
quad_lists = st.lists(quads, max_size=12)


def rdfc(quads: list[Quad]) -> str:
    """The hash as the recommendation defines it, by the engine."""
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return hashlib.sha256("".join(sorted(f"{quad} .\n" for quad in dataset)).encode()).hexdigest()


def renamed(quads: list[Quad], name: Callable[[str], str]) -> list[Quad]:
    def new(term):
        return BlankNode(name(term.value)) if isinstance(term, BlankNode) else term

    return [Quad(new(q.subject), q.predicate, new(q.object), q.graph_name) for q in quads]


@given(quad_lists)
def test_the_hash_is_that_of_rdfc_1_0(quads: list[Quad]):
    assert canonical_hash(quads) == rdfc(quads)


@given(quad_lists, st.randoms(use_true_random=False))
def test_order_repetition_and_names_of_blank_nodes_do_not_matter(quads: list[Quad], chance: random.Random):
    other = renamed(quads, lambda name: "n" + name * 2)
    other += other[:3]
    chance.shuffle(other)
    assert canonical_hash(other) == canonical_hash(quads)


@given(quad_lists, quads)
def test_one_statement_more_changes_the_hash(few: list[Quad], one: Quad):
    # Up to the names of blank nodes: the engine's own canonical form says whether anything changed.
    assert (canonical_hash([*few, one]) == canonical_hash(few)) == (rdfc([*few, one]) == rdfc(few))


@pytest.mark.parametrize(
    "control", ["\t", "\b", "\n", "\r", "\f", '"', "\\", "\x00", "\x0b", "\x7f", "\x85", "\u2028"]
)
def test_characters_are_written_as_the_recommendation_says(control: str):
    quads = [Quad(P, P, Literal(f"a{control}b"), G), Quad(BlankNode(), P, Literal(control), G)]
    assert canonical_hash(quads) == rdfc(quads)


@pytest.mark.parametrize("run", [1, 2, 7, 1000])
def test_sorted_runs_give_the_hash_of_one_sort(run: int, monkeypatch: pytest.MonkeyPatch):
    numbers = [*range(300), *range(100)]
    random.Random(1).shuffle(numbers)
    quads = [Quad(P, Q, Literal(f"{n} é"), G) for n in numbers] + [Quad(BlankNode("x"), P, Literal("1"), H)]
    monkeypatch.setattr(hashing, "RUN_LINES", run)
    monkeypatch.setattr(hashing, "_BATCH", 1)
    monkeypatch.setattr(hashing, "_BLOCK_BYTES", 100)
    assert canonical_hash(quads) == rdfc(quads)


def test_sorted_runs_stand_in_the_folder_given_and_are_gone_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(hashing, "RUN_LINES", 10)
    monkeypatch.setattr(hashing.tempfile, "tempdir", str(tmp_path / "no such folder"))
    with CanonicalHasher(folder=tmp_path) as hasher:
        for number in range(30):
            hasher.add(Quad(P, Q, Literal(str(number)), G))
        assert len(hasher.hexdigest()) == 64
    assert list(tmp_path.iterdir()) == []


def test_a_graph_keeps_its_hash_from_one_version_to_the_next():
    quads = [Quad(P, Q, BlankNode("a"), G), Quad(BlankNode("a"), Q, Literal("é", language="fr"), G)]
    assert canonical_hash(quads) == "4f54e0ed8b6984503455ae93e70d593d470fb1ae3ef08ec112919094c0104fd3"


def clique(size: int) -> list[Quad]:
    return [
        Quad(BlankNode(f"c{i}"), P, BlankNode(f"c{j}"), G) for i in range(size) for j in range(size) if i != j
    ]


def chain(values: str) -> list[Quad]:
    """A list of values, as Turtle writes ( 1 1 1 )."""
    quads = []
    for n, value in enumerate(values):
        quads.append(Quad(BlankNode(f"c{n}"), P, Literal(value), G))
        quads.append(Quad(BlankNode(f"c{n}"), Q, BlankNode(f"c{n + 1}"), G))
    return quads


def twins(number: int) -> list[Quad]:
    """Twins that RDFC-1.0 tells apart at no great cost each, but there are many."""
    return [quad for n in range(number) for quad in renamed(clique(6), lambda name, n=n: f"{name}x{n}")]


@pytest.mark.parametrize(
    "quads", [clique(30), chain("1" * 1_500), twins(200)], ids=["clique", "list", "many"]
)
def test_a_graph_on_which_rdfc_would_never_end_has_a_hash_all_the_same(quads: list[Quad]):
    mixed = renamed(quads, lambda name: f"z{name}")
    random.Random(2).shuffle(mixed)
    assert canonical_hash(mixed) == canonical_hash(quads)
    assert canonical_hash(quads[:-1]) != canonical_hash(quads)


def test_such_hashes_tell_lists_of_the_same_values_apart():
    one, other = "0" * 40 + "1" + "0" * 50, "0" * 50 + "1" + "0" * 40
    assert canonical_hash(chain(one)) != canonical_hash(chain(other))
    assert canonical_hash(clique(9)) != canonical_hash(clique(10))


def test_a_star_of_twins_is_told_from_a_star_of_triplets():
    def stars(points: int) -> list[Quad]:
        found = clique(8)
        for centre in "ab":
            found += [Quad(BlankNode(centre), P, BlankNode(f"{centre}{n}"), G) for n in range(points)]
        return found

    assert canonical_hash(stars(8)) != canonical_hash(stars(9))


def test_what_is_ordinary_is_left_to_the_recommendation():
    ordinary = [
        *(Quad(NamedNode(f"{X}{n}"), P, BlankNode(f"b{n}"), G) for n in range(500)),
        *(Quad(BlankNode(f"b{n}"), Q, Literal("same"), G) for n in range(500)),
        *(Quad(BlankNode(f"b{n}"), Q, BlankNode(f"d{n}"), G) for n in range(500)),
        *chain("abcdefghij"),
    ]
    assert b"_:c14n0" in b"".join(canonical_lines(ordinary))


def test_without_that_defence_the_engine_would_end_the_process():
    """Why blank_nodes.py does not simply call the engine: to be dropped when this test fails."""
    script = (
        "import threading\n"
        "from pyoxigraph import *\n"
        "p = NamedNode('http://x.org/p')\n"
        "n = 5_000\n"
        "d = Dataset(Quad(BlankNode(f'c{i}'), p, BlankNode(f'c{(i + 1) % n}')) for i in range(n))\n"
        "threading.stack_size(1 << 18)\n"  # a large stack only delays it
        "t = threading.Thread(target=d.canonicalize, args=[CanonicalizationAlgorithm.RDFC_1_0])\n"
        "t.start()\n"
        "t.join()\n"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode < 0
