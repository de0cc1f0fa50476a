"""Dumps hold all the data and nothing else, in every form; tables are safe; memory does not decide."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse
from sites import ADDRESS, packaged_site, published, site_of

from rte_graph.namespaces import DATA_BASE, ONTOLOGY_IRI, RDF, RTE, SKOS
from rte_graph.publish import statements
from rte_graph.publish.dumps import write_jsonld, write_turtle
from rte_graph.publish.statements import Statements
from rte_graph.publish.tables import read_shapes
from rte_graph.store import EmbeddedStore

FORMS = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}


def data() -> set[Triple]:
    """All triples of the datasets, straight from the store."""
    store = packaged_site().store
    return {
        triple for each in store.datasets() if each.value != ONTOLOGY_IRI for triple in store.triples(each)
    }


def read(path: Path, form: str) -> list[Triple]:
    with gzip.open(path) as content:
        return [quad.triple for quad in parse(content.read(), format=FORMS[form])]


@pytest.mark.parametrize("form", FORMS)
def test_the_dump_is_all_the_data_each_triple_once(form: str) -> None:
    found = read(published() / f"dumps/data.{form}.gz", form)
    assert len(found) == len(set(found))
    assert set(found) == data()


@pytest.mark.parametrize("form", FORMS)
def test_the_dumps_of_the_datasets_are_theirs(form: str) -> None:
    store = packaged_site().store
    for dataset in store.datasets():
        if dataset.value != ONTOLOGY_IRI:
            name = dataset.value.rpartition("/")[2]
            found = read(published() / f"dumps/dataset-{name}.{form}.gz", form)
            assert set(found) == set(store.triples(dataset)), name


@pytest.mark.parametrize("form", FORMS)
def test_minted_iris_stand_for_the_iris_of_the_data_one_for_one(form: str) -> None:
    minted = read(published(True) / f"dumps/data.{form}.gz", form)
    site = packaged_site(True)
    back = {site.published(iri): iri for iri in site.resources}
    assert len(back) == len(site.resources)

    def term(value: object) -> object:
        return NamedNode(back.get(value.value, value.value)) if isinstance(value, NamedNode) else value

    assert {(term(t.subject), t.predicate, term(t.object)) for t in minted} == {
        (t.subject, t.predicate, t.object) for t in data()
    }
    own = f"{ADDRESS}/id/alliance/coalition-solidaire"
    assert any(getattr(t.subject, "value", "") == f"{own}#it" for t in minted)
    assert not any(getattr(t.subject, "value", "").startswith(DATA_BASE) for t in minted)


def test_compressed_files_hold_no_time_and_no_name() -> None:
    for path in published().rglob("*.gz"):
        head = path.read_bytes()[:10]
        assert (head[:3], head[3], head[4:8]) == (b"\x1f\x8b\x08", 0, b"\0\0\0\0"), path


def test_every_shape_that_has_instances_has_a_table_with_one_row_each() -> None:
    folder = published()
    shapes = read_shapes()
    by_class = {
        iri: {t.subject.value for t in data() if t.predicate.value == RDF("type") and t.object.value == iri}  # type: ignore[union-attr]
        for iri in shapes
    }
    expected = {f"{shapes[iri].stem}.csv" for iri, found in by_class.items() if found}
    assert {path.name for path in (folder / "dumps/csv").iterdir()} == expected
    for iri, found in by_class.items():
        if found:
            text = (folder / f"dumps/csv/{shapes[iri].stem}.csv").read_text(encoding="utf-8")
            iris = [row["iri"] for row in csv.DictReader(io.StringIO(text, newline=""))]
            assert len(iris) == len(found)
            assert set(iris) == found


def test_a_table_has_every_value_with_names_beside_iris() -> None:
    text = (published() / "dumps/csv/alliance.csv").read_text(encoding="utf-8")
    found = {row["iri"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    row = found[f"{DATA_BASE}alliance/agir-ensemble-aix-marseille"]
    assert row["prefLabel@en"] == "Local Agir Ensemble alliance of Aix-Marseille"
    assert row["formLabel"] == "alliance"
    assert row["form"].endswith("/alliance-form/alliance")
    assert row["territoryLabel"] == "Aix-en-Provence | Marseille"


FORMULAS = ("=1+1", "+1", "@SUM(A1)", "-2+3", "\t=1", "＝1")


def test_no_cell_of_a_table_is_run_as_a_formula(tmp_path: Path) -> None:
    from rte_graph.publish.tables import shape_tables

    store = EmbeddedStore.in_memory()
    triples = []
    for number, text in enumerate(FORMULAS):
        iri = NamedNode(f"{DATA_BASE}alliance/a{number}")
        triples += [
            Triple(iri, NamedNode(RDF("type")), NamedNode(RTE("Alliance"))),
            Triple(iri, NamedNode(SKOS("prefLabel")), Literal(text, language="fr")),
            Triple(iri, NamedNode(RTE("formerName")), Literal(text)),
            Triple(iri, NamedNode(RTE("formerName")), Literal(f"{text} bis")),
            Triple(iri, NamedNode(RTE("theme")), NamedNode(f"{DATA_BASE}alliance/a{number}")),
        ]
    store.replace_dataset(NamedNode(f"{DATA_BASE}dataset/x"), triples)
    with Statements(triples) as held:
        (table,) = (each for each in shape_tables(site_of(store), held) if each.shape.stem == "alliance")
    for row in csv.reader(io.StringIO(table.content.decode(), newline="")):
        assert not [cell for cell in row if cell[:1] in "=+-@\t\r＝" and cell]


def test_statements_are_sorted_and_read_once_each_however_little_memory_there_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    triples = [*data(), *list(data())[:500]]
    with Statements(triples) as whole:
        expected = hashlib.sha256(b"".join(whole.lines())).hexdigest()
    monkeypatch.setattr(statements, "RUN_LINES", 700)
    with Statements(reversed(triples)) as pieces:
        lines = list(pieces.lines())
        assert lines == sorted(set(lines))
        assert pieces.count == len(data())
        assert hashlib.sha256(b"".join(lines)).hexdigest() == expected


def test_blank_nodes_of_others_come_through_in_every_form() -> None:
    me, p = NamedNode("https://example.org/a"), NamedNode("https://example.org/p")
    one, two = BlankNode("one"), BlankNode("two")
    triples = [
        Triple(me, p, one),
        Triple(one, p, Literal("x")),
        Triple(one, p, two),
        Triple(two, p, one),
        Triple(me, p, Literal("_:no")),
    ]
    other = {"one": BlankNode("zz"), "two": BlankNode("aa")}

    def renamed(term: object) -> object:
        return other[term.value] if isinstance(term, BlankNode) else term

    again = [Triple(renamed(t.subject), t.predicate, renamed(t.object)) for t in reversed(triples)]  # type: ignore[arg-type]
    from rte_graph.rdf_io.hashing import canonical_hash

    wanted = canonical_hash(Quad(t.subject, t.predicate, t.object) for t in triples)
    with Statements(triples) as first, Statements(again) as second:
        assert list(first.lines()) == list(second.lines())
        assert first.blank
        for form, write in (("ttl", write_turtle), ("jsonld", write_jsonld)):
            out = io.BytesIO()
            write(first, out)
            found = [quad.triple for quad in parse(out.getvalue(), format=FORMS[form])]
            assert canonical_hash(Quad(t.subject, t.predicate, t.object) for t in found) == wanted, form


def test_an_iri_whose_scheme_is_a_prefix_is_not_taken_for_a_short_form() -> None:
    triples = [
        Triple(NamedNode("time:x"), NamedNode("https://example.org/p"), NamedNode("org:y")),
        Triple(
            NamedNode(f"{DATA_BASE}alliance/a"), NamedNode(SKOS("prefLabel")), Literal("A", language="fr")
        ),
    ]
    with Statements(triples) as held:
        out = io.BytesIO()
        write_jsonld(held, out)
    assert {quad.triple for quad in parse(out.getvalue(), format=RdfFormat.JSON_LD)} == set(triples)
