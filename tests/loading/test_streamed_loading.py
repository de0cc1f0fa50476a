"""Loading without the shapes: files are read twice and not kept, and the result is the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Triple

from rte_graph.errors import NotConforming, UnknownName, UnreadableData
from rte_graph.loading import LoadReport, load
from rte_graph.namespaces import data_namespace
from rte_graph.store import EmbeddedStore
from rte_graph.validation import Ontology, Report

DATASET = data_namespace("dataset")
GOOD = (
    'alliance:a a rte:MetaCoalition , rte:Alliance ; skos:prefLabel "A"@fr ; '
    'rte:form alliance-form:network ; rte:note "n" .\n'
)
ORGANISATION = 'organisation:o a rte:Organisation ; skos:prefLabel "O"@fr .\n'
TITLED = 'dataset:book a dcat:Dataset ; dcterms:title "Livre"@fr .\n'


def loaded(paths: list[Path], ontology: Ontology, *, shapes: bool) -> tuple[EmbeddedStore, LoadReport]:
    store = EmbeddedStore.in_memory()
    return store, load(store, paths, shapes=shapes, ontology=ontology)


def test_with_and_without_shapes_the_same_is_loaded_and_reported(
    write: Callable[..., Path], mini_ontology: Ontology
) -> None:
    write("src/dataset.ttl", TITLED)
    write("src/a.ttl", GOOD)
    paths = [write("src/b.ttl", ORGANISATION).parent, write("other.ttl", GOOD + ORGANISATION)]
    loads = [loaded(paths, mini_ontology, shapes=shapes) for shapes in (True, False)]
    stores, reports = zip(*loads, strict=True)
    assert stores[0].datasets() == stores[1].datasets()
    for dataset in (None, *stores[0].datasets()):
        assert set(stores[0].triples(dataset)) == set(stores[1].triples(dataset))
    assert reports[0].datasets == reports[1].datasets
    assert reports[0].entities == reports[1].entities
    assert [report.validated for report in reports] == [True, False]


def test_what_two_datasets_describe_counts_once(write: Callable[..., Path], mini_ontology: Ontology) -> None:
    paths = [write("a.ttl", GOOD), write("b.ttl", GOOD + ORGANISATION)]
    for shapes in (True, False):
        _, report = loaded(paths, mini_ontology, shapes=shapes)
        counts = {label: count for _, label, count in report.entities}
        assert counts["Alliance"] == counts["Méta-coalition"] == counts["Organisation"] == 1
        assert counts["Acteur"] == 2


@pytest.mark.parametrize(
    ("body", "term"),
    [
        ("organisation:o rte:knid 1 .", "rte:knid"),
        ("organisation:o a rte:Organistaion .", "rte:Organistaion"),
        ("rte:Organistaion skos:note 1 .", "rte:Organistaion"),
        ("organisation:o rte:form alliance-form:netwrok .", "alliance-form:netwrok"),
    ],
)
def test_an_undeclared_term_is_refused_with_its_line_wherever_it_stands(
    write: Callable[..., Path], mini_ontology: Ontology, body: str, term: str
) -> None:
    path = write("x.ttl", body)
    reports = []
    for shapes in (True, False):
        with pytest.raises(NotConforming) as caught:
            loaded([path], mini_ontology, shapes=shapes)
        assert isinstance(caught.value.report, Report)
        reports.append([r for r in caught.value.report.results if "check#Undeclared" in r.shape])
    assert reports[0] == reports[1]
    assert term in reports[1][0].messages["en"]
    assert reports[1][0].place() == f"{path}:13"


@pytest.mark.parametrize(
    "name", ["https://w3id.org/rte/ontology#kn\\u0069d", "https://w3id.org/rt\\u0065/ontology#knid"]
)
def test_an_undeclared_term_is_refused_however_it_is_written(
    tmp_path: Path, mini_ontology: Ontology, name: str
) -> None:
    """The first reading looks at text, where an IRI of N-Triples may hold escapes."""
    path = tmp_path / "x.nt"
    path.write_text(f'<http://example.org/o> <{name}> "1" .\n', encoding="utf-8")
    with pytest.raises(NotConforming) as caught:
        loaded([path], mini_ontology, shapes=False)
    assert "rte:knid" in caught.value.en


def test_what_a_literal_says_is_no_use_of_a_term(write: Callable[..., Path], mini_ontology: Ontology) -> None:
    path = write("x.ttl", 'organisation:o rte:note "<https://w3id.org/rte/ontology#knid> \\\\u0069" .')
    assert loaded([path], mini_ontology, shapes=False)[1].triples == 1


def test_a_concept_may_be_declared_later_in_another_file_or_in_the_store(
    write: Callable[..., Path], mini_ontology: Ontology
) -> None:
    uses = write("a.ttl", "organisation:o rte:form alliance-form:mine .")
    declares = write("b.ttl", 'alliance-form:mine skos:prefLabel "Mienne"@fr .')
    loaded([uses, declares], mini_ontology, shapes=False)
    store, _ = loaded([declares], mini_ontology, shapes=False)
    load(store, [uses], shapes=False, ontology=mini_ontology)
    with pytest.raises(NotConforming):
        loaded([uses], mini_ontology, shapes=False)


def test_a_thousand_uses_of_an_undeclared_term_are_told_by_a_few(
    write: Callable[..., Path], mini_ontology: Ontology
) -> None:
    body = "".join(f"organisation:o{n} rte:knid {n} .\n" for n in range(1000))
    with pytest.raises(NotConforming) as caught:
        loaded([write("x.ttl", body)], mini_ontology, shapes=False)
    assert isinstance(caught.value.report, Report)
    assert 0 < len(caught.value.report.results) < 50


def test_a_file_that_changes_between_the_two_readings_is_not_loaded(
    write: Callable[..., Path], mini_ontology: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second reading would write what nobody checked."""
    import rte_graph.loading.incoming as incoming

    path = write("x.ttl", ORGANISATION)
    read = incoming.iter_triples

    def meanwhile(read_path: Path) -> Iterator[Triple]:
        write("x.ttl", ORGANISATION + "organisation:o rte:knid 1 .")
        return read(read_path)

    monkeypatch.setattr(incoming, "iter_triples", meanwhile)
    store = EmbeddedStore.in_memory()
    with pytest.raises(UnreadableData, match="changed while it was being read"):
        load(store, [path], shapes=False, ontology=mini_ontology)
    assert store.size() == 0


@pytest.mark.parametrize("shapes", [True, False])
def test_a_missing_file_is_named(tmp_path: Path, mini_ontology: Ontology, shapes: bool) -> None:
    with pytest.raises(UnknownName, match=r"no\.ttl does not exist"):
        loaded([tmp_path / "no.ttl"], mini_ontology, shapes=shapes)


@pytest.mark.parametrize("shapes", [True, False])
def test_an_older_ontology_in_the_store_is_replaced_and_a_newer_one_kept(
    write: Callable[..., Path], mini_ontology: Ontology, shapes: bool
) -> None:
    path = write("x.ttl", ORGANISATION)
    store = EmbeddedStore.in_memory()
    reports = {}
    for version in ("0.9.1", "0.10.0", "0.10.0", "0.2"):
        ontology = _versioned(mini_ontology, version)
        reports[version] = load(store, [path], shapes=shapes, ontology=ontology)
    assert reports["0.9.1"].replaced_ontology is None
    assert reports["0.2"].replaced_ontology is None
    stated = [t.object.value for t in store.triples() if t.predicate.value.endswith("versionInfo")]  # type: ignore[union-attr]
    assert stated == ["0.10.0"]
    older = EmbeddedStore.in_memory()
    load(older, [path], shapes=shapes, ontology=_versioned(mini_ontology, "0.9.1"))
    newer = load(older, [path], shapes=shapes, ontology=_versioned(mini_ontology, "0.10.0"))
    assert newer.replaced_ontology == "0.9.1"


def _versioned(ontology: Ontology, version: str) -> Ontology:
    from pyoxigraph import Literal

    from rte_graph.namespaces import ONTOLOGY_IRI, OWL

    states = Triple(NamedNode(ONTOLOGY_IRI), NamedNode(OWL("versionInfo")), Literal(version))
    return Ontology(triples=(*ontology.triples, states), shapes=ontology.shapes)
