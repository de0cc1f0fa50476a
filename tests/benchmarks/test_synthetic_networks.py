"""The generator of synthetic networks: the same bytes every time, flat memory, data that conform."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from benchmarks.generate import as_ntriples, write_network
from benchmarks.synthetic import SIZES, Size, network

TINY = Size(initiatives=20, actors=12)
SHA256 = "f4206c00e0f89d3dc643a9022f7385713a7f2a9cc6eff386d3fea318a2b08cac"


def test_the_same_seed_gives_the_same_bytes_on_every_machine(tmp_path: Path):
    written = write_network(tmp_path / "tiny.nt", TINY)
    # A change of the generator changes this on purpose: what was measured before is no longer comparable.
    assert written.sha256 == SHA256


def test_another_seed_gives_another_network(tmp_path: Path):
    one, two = (write_network(tmp_path / f"{seed}.nt", TINY, seed) for seed in (1, 2))
    assert one.sha256 != two.sha256


def test_turtle_and_ntriples_say_the_same(tmp_path: Path):
    for suffix in ("nt", "ttl"):
        write_network(tmp_path / f"tiny.{suffix}", TINY)
    stated = [
        {quad.triple for quad in parse(path=tmp_path / f"tiny.{suffix}", format=form)}
        for suffix, form in (("nt", RdfFormat.N_TRIPLES), ("ttl", RdfFormat.TURTLE))
    ]
    assert stated[0] == stated[1]


def test_nothing_is_stated_twice_and_the_count_is_told(tmp_path: Path):
    written = write_network(tmp_path / "tiny.nt", TINY)
    lines = (tmp_path / "tiny.nt").read_text(encoding="utf-8").splitlines()
    assert len(set(lines)) == len(lines) == written.triples


@pytest.mark.slow
def test_a_synthetic_network_conforms_without_a_warning(cli, tmp_path: Path):
    write_network(tmp_path / "tiny.ttl", TINY)
    outcome = cli("--lang", "en", "validate", tmp_path / "tiny.ttl")
    assert outcome.code == 0, outcome.out
    assert "0 violations, 0 warnings" in outcome.out


def test_few_actors_take_part_in_much_and_most_in_little():
    shares = Counter(
        term
        for _, facts in network(SIZES["S"])
        for predicate, term in facts
        if predicate == "rte:participant"
    )
    largest, middle = shares.most_common(1)[0][1], sorted(shares.values())[len(shares) // 2]
    assert largest > 20 * middle


def test_memory_does_not_grow_with_the_network():
    peaks = []
    for size in (Size(initiatives=100, actors=40), SIZES["S"]):
        tracemalloc.start()
        for block in network(size):
            as_ntriples(block)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 2 * peaks[0]


def test_the_sizes_are_those_of_the_measures():
    triples = sum(len(facts) for _, facts in network(SIZES["S"]))
    assert 49_000 < triples < 50_000
