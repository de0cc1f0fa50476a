"""Columns hold what rows say: by every way of reading them, and against reading row by row."""

from __future__ import annotations

import random
from importlib.util import find_spec

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from rte_graph.network import network_from_rows, reading
from rte_graph.network.columns import Column, Texts
from rte_graph.sparql.results import text
from rte_graph.store import EmbeddedStore

HARD = [
    *(
        "",
        "a",
        "é€𝄞",
        'a"b',
        "a\\b",
        'a\\"',
        "a\tb\nc\rd",
        '"',
        "'",
        "<x>",
        '"@fr',
        '"@fr"',
        "3",
        "\\",
        "# a",
        "?x",
    ),
    *(" a ", "\x0b\u2028", '"^^<http://x.org/>', "a" * 3000, "NULL", "nan", "true"),
]
TERMS = [
    *(Literal(each) for each in HARD),
    *(Literal(each, language=lang) for each in HARD for lang in ("fr", "en-GB")),
    *(Literal(each) for each in (3, -2, 2.5, 1e300, True)),
    Literal("2020", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#gYear")),
    NamedNode("http://x.org/é"),
    NamedNode("urn:x"),
    BlankNode("b0"),
]
QUERY = "SELECT ?s ?o ?evidence WHERE { ?s <urn:p> ?o OPTIONAL { ?s <urn:e> ?evidence } }"


@pytest.fixture
def store() -> EmbeddedStore:
    engine = Store()
    for place, term in enumerate(TERMS * 2):
        engine.add(Quad(NamedNode(f"http://x.org/{place}"), NamedNode("urn:p"), term))
        if place % 3:
            engine.add(Quad(NamedNode(f"http://x.org/{place}"), NamedNode("urn:e"), TERMS[place % 7]))
    return EmbeddedStore(engine)


def expected(store: EmbeddedStore) -> list[tuple[str, ...]]:
    return [tuple(map(text, row)) for row in store.select(QUERY).rows]


def read(store: EmbeddedStore) -> list[tuple[str, ...]]:
    rows = reading.read_rows(store.select(QUERY))
    return list(zip(*(rows.column(name).values() for name in ("s", "o", "evidence")), strict=True))


def test_columns_hold_the_texts_of_the_rows(store, monkeypatch):
    monkeypatch.setattr(reading, "find_spec", lambda name: None)
    assert read(store) == expected(store)


@pytest.mark.skipif(not find_spec("pyarrow"), reason="pyarrow is not installed")
@pytest.mark.parametrize("piece", [1 << 23, 4_000, 64])
def test_pyarrow_reads_the_same_whatever_the_pieces(store, monkeypatch, piece):
    monkeypatch.setattr(reading, "WORTH_IMPORTING", 0)
    monkeypatch.setattr(reading, "_PIECE", piece)
    assert read(store) == expected(store)


def test_marks_come_off_all_cells_at_once_as_one_by_one(store):
    cells = reading.Grid.of(store.select(QUERY)).columns[1]
    held = Texts.of(cells)
    bare = reading.bare_texts(held.data, held.starts, held.ends)
    assert list(bare) == [row[1] for row in expected(store)]
    assert [bare[place] for place in range(len(bare))] == list(bare)


@given(some.lists(some.text()))
def test_texts_in_one_line_are_the_texts(texts):
    assert list(Texts.of(texts)) == texts
    assert Column.of(texts).values() == texts
    ranks = Column.of(texts).ranks()
    assert [texts[place] for place in ranks.argsort(kind="stable")] == sorted(texts)


def by_rows(rows: list[dict[str, str]]) -> list[tuple[object, ...]]:
    """Merge rows one after the other, as a reader would with pen and paper."""
    merged: dict[tuple[object, ...], tuple[str, float | None, set[str]]] = {}
    for row in rows:
        role_iri = row.get("roleIri", "")
        words = row.get("role") or role_iri.rpartition("#")[2], role_iri, row.get("kindIri", "")
        weight = float(row["weight"]) if row.get("weight") else None
        key = (row["source"], row["target"], *words, row.get("start", ""), row.get("end", ""), weight or 0.0)
        evidence = merged[key][2] if key in merged else set()
        merged[key] = (row.get("kind", ""), weight, evidence | set(row.get("evidence", "").split()))
    return [
        (*key[:-1], kind, weight, tuple(sorted(found)))
        for key, (kind, weight, found) in sorted(merged.items())
    ]


CHOICES = {
    "role": ("", "membre", "Été", "ete"),
    "roleIri": ("", "urn:r#a", "urn:r#é"),
    "kind": ("", "k", "K"),
    "kindIri": ("", "urn:k#a", "urn:k#b"),
    "start": ("", "2020", "2020-01"),
    "end": ("", "2021"),
    "weight": ("", "0", "0.0", "2", "2.0", "-1"),
    "evidence": ("", "c1", "c2 c1", "c3"),
}


@pytest.mark.parametrize("seed", range(12))
def test_ties_are_those_that_merging_row_by_row_gives(seed):
    chance = random.Random(seed)
    nodes = [(f"s{i}", "source") for i in range(3)] + [(f"t{i}", "target") for i in range(3)]
    names = chance.sample(list(CHOICES), chance.randint(1, len(CHOICES)))
    rows = [
        {
            "source": f"s{chance.randrange(3)}",
            "target": f"t{chance.randrange(3)}",
            **{name: chance.choice(CHOICES[name]) for name in names},
        }
        for _ in range(chance.choice((0, 1, 40, 200)))
    ]
    network = network_from_rows("n", nodes, rows)
    iris = [node.iri for node in network.nodes]
    found = [
        (
            *(
                iris[edge.source],
                iris[edge.target],
                edge.role,
                edge.role_iri,
                edge.kind_iri,
                edge.start,
                edge.end,
            ),
            *(edge.kind, edge.weight, edge.evidence),
        )
        for edge in network.edges
    ]
    assert found == by_rows(rows)
