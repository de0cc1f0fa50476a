from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from rte_graph.errors import (
    LimitReached,
    NotConforming,
    StoreUnavailable,
    UnknownName,
    UnreadableData,
    UsageError,
)
from rte_graph.loading import examine, load, packaged_store, slug, stage, store_from
from rte_graph.namespaces import ONTOLOGY_IRI, ORG, data_namespace
from rte_graph.resources import ontology_files, shape_files
from rte_graph.store import EmbeddedStore
from rte_graph.validation import Ontology, Report, read_ontology
from tests.conftest import plain

DATASET = data_namespace("dataset")
GOOD = (
    'alliance:a a rte:MetaCoalition ; skos:prefLabel "A"@fr ; '
    'rte:form alliance-form:network ; rte:note "n" .\n'
)
ORGANISATION = 'organisation:o a rte:Organisation ; skos:prefLabel "O"@fr .\n'
MEMBERSHIP = "membership:m a rte:Membership ; org:member organisation:o ; org:organization alliance:a .\n"


@pytest.fixture
def store() -> EmbeddedStore:
    return EmbeddedStore.in_memory()


def test_a_load_brings_data_closure_and_ontology(
    store: EmbeddedStore, write: Callable[..., Path], mini_ontology: Ontology
) -> None:
    report = load(store, [write("own/my data.ttl", GOOD)], ontology=mini_ontology)
    assert store.ask(f"ASK {{ <{data_namespace('alliance')('a')}> a <{ORG('Organization')}> }}")
    assert [d.value for d in store.datasets()] == [DATASET("my-data"), ONTOLOGY_IRI]
    assert report.triples == 4
    assert [(label, count) for _, label, count in report.entities] == [
        ("Acteur", 1),
        ("Alliance", 1),
        ("Méta-coalition", 1),
    ]
    assert report.validation.conforms


def test_the_report_speaks_english(
    store: EmbeddedStore, write: Callable[..., Path], mini_ontology: Ontology
) -> None:
    report = load(store, [write("x.ttl", GOOD)], lang="en", ontology=mini_ontology)
    assert [label for _, label, _ in report.entities] == ["Actor", "Alliance", "Meta-coalition"]


def test_violations_leave_the_store_as_it_was_and_carry_the_report(
    store: EmbeddedStore, write: Callable[..., Path], mini_ontology: Ontology
) -> None:
    load(store, [write("x.ttl", GOOD)], ontology=mini_ontology)
    before = set(store.triples())
    bad = write("bad/x.ttl", ORGANISATION + "membership:m a rte:Membership .\n")
    with pytest.raises(NotConforming) as caught:
        load(store, [bad], ontology=mini_ontology)
    assert set(store.triples()) == before
    assert isinstance(caught.value.report, Report)
    assert caught.value.exit_code == 1
    assert f"{bad}:14 : Donner le membre" in plain(caught.value.fr)


def test_warnings_are_returned_and_the_data_loaded(
    store: EmbeddedStore, write: Callable[..., Path], mini_ontology: Ontology
) -> None:
    report = load(store, [write("x.ttl", GOOD.replace('; rte:note "n"', ""))], ontology=mini_ontology)
    assert len(report.validation.warnings) == 1
    assert store.size() > len(mini_ontology.triples)


def test_without_shapes_typos_are_still_refused(
    store: EmbeddedStore, write: Callable[..., Path], mini_ontology: Ontology
) -> None:
    load(store, [write("x.ttl", "membership:m a rte:Membership .")], shapes=False, ontology=mini_ontology)
    with pytest.raises(NotConforming, match="rte:Membership"):
        load(store, [write("y.ttl", "membership:m a rte:Membreship .")], shapes=False, ontology=mini_ontology)


def test_what_the_store_holds_counts_in_validation(
    store: EmbeddedStore, write: Callable[..., Path], mini_ontology: Ontology
) -> None:
    load(store, [write("actors.ttl", GOOD + ORGANISATION)], ontology=mini_ontology)
    members = write("members.ttl", MEMBERSHIP)
    assert not examine([members], ontology=mini_ontology).conforms
    assert examine([members], store=store, ontology=mini_ontology).conforms
    load(store, [members], ontology=mini_ontology)
    assert len(store.datasets()) == 3


def test_a_dataset_being_replaced_does_not_count_in_validation(
    store: EmbeddedStore, write: Callable[..., Path], mini_ontology: Ontology
) -> None:
    load(store, [write("all.ttl", GOOD + ORGANISATION + MEMBERSHIP)], ontology=mini_ontology)
    with pytest.raises(NotConforming):
        load(store, [write("all.ttl", GOOD + MEMBERSHIP)], ontology=mini_ontology)


def test_files_of_a_described_dataset_belong_to_it(write: Callable[..., Path]) -> None:
    described = write("src/dataset.ttl", 'dataset:book a dcat:Dataset ; dcterms:title "Livre"@fr .')
    beside = write("src/actors.ttl", ORGANISATION)
    alone = write("other/actors.ttl", ORGANISATION)
    staged = stage([described.parent, alone])
    assert staged.members == {
        NamedNode(DATASET("actors")): (alone,),
        NamedNode(DATASET("book")): (beside, described),
    }
    assert stage([beside]).members == {NamedNode(DATASET("book")): (beside,)}, "found in the file beside it"


def test_a_broken_neighbour_does_not_stop_a_load(write: Callable[..., Path]) -> None:
    write("src/dataset.ttl", "dataset:book a dcat:Dataset")
    beside = write("src/actors.ttl", ORGANISATION)
    assert stage([beside]).members == {NamedNode(DATASET("actors")): (beside,)}


def test_a_neighbour_too_large_to_be_read_does_not_stop_a_load(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    write("src/dataset.ttl", f'dataset:book a dcat:Dataset ; dcterms:title "{"x" * 5000}"@fr .')
    beside = write("src/actors.ttl", ORGANISATION)
    monkeypatch.setenv("RTE_GRAPH_MAX_FILE_BYTES", "4000")
    assert stage([beside]).members == {NamedNode(DATASET("actors")): (beside,)}


def test_limits_lowered_for_a_stranger_s_file_leave_the_packaged_files_readable(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("FILE_BYTES", "900"), ("NESTING", "1"), ("TRIPLES", "3")):
        monkeypatch.setenv(f"RTE_GRAPH_MAX_{name}", value)
    ontology = read_ontology(ontology_files(), shape_files())
    assert len(ontology.triples) > 1000
    assert len(ontology.shapes_graph()) > 1000
    assert packaged_store().size() > 1000
    with pytest.raises(LimitReached):
        stage([write("x.ttl", ORGANISATION * 2 + "organisation:p rte:note 1, 2 .\n")])


def test_a_folder_without_description_names_its_dataset(write: Callable[..., Path]) -> None:
    path = write("Mes données/a.ttl", ORGANISATION)
    write("Mes données/b.ttl", GOOD)
    assert set(stage([path.parent]).members) == {NamedNode(DATASET("mes-donnees"))}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Été à l’Œuvre", "ete-a-l-oeuvre"), ("a_b.c", "a-b-c"), ("日本", "data"), ("--x--", "x")],
)
def test_a_slug_is_plain_ascii(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_a_folder_without_rdf_files_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match=r"holds no \.ttl"):
        stage([tmp_path])


def test_the_packaged_data_load_and_have_labels_of_concepts_in_the_default_graph() -> None:
    store = packaged_store()
    assert store.size() > 1000
    assert NamedNode(ONTOLOGY_IRI) in store.datasets()
    assert store.ask(
        "PREFIX rte: <https://w3id.org/rte/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        "ASK { ?alliance a rte:Actor ; rte:form/skos:prefLabel ?label }"
    )


@pytest.mark.parametrize(
    "spec", ["ftp://localhost/repo", "s3://bucket/x", "nowhere", "x.db", "empty", "foreign", ""]
)
def test_a_store_of_another_kind_is_not_available_in_one_sentence(
    spec: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.db").write_text("", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StoreUnavailable) as caught:
        store_from(spec)
    assert caught.value.exit_code == 69
    assert "\n" not in caught.value.fr
    assert "given in --store" in caught.value.en or "give in --store" in caught.value.en


def test_a_store_that_the_settings_file_names_and_nobody_made_yet_is_made_by_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rte.toml").write_text('store = "nowhere"\n', encoding="utf-8")
    with pytest.raises(StoreUnavailable, match="does not exist yet: “rte-graph load FILES…” creates it"):
        store_from(None)
    (tmp_path / "nowhere").write_text("", encoding="utf-8")
    with pytest.raises(StoreUnavailable, match=r"given in rte\.toml"):
        store_from(None)


def test_a_file_or_a_folder_of_turtle_is_a_store(write: Callable[..., Path]) -> None:
    path = write("own/o.ttl", ORGANISATION)
    for spec in (path, path.parent):
        store = store_from(str(spec))
        assert store.ask("ASK { <https://w3id.org/rte/id/organisation/o> ?p ?o }")
        assert not store.ask("ASK { <https://w3id.org/rte/id/alliance/coalition-solidaire> a ?c }")


def test_a_store_of_files_with_typos_is_refused(write: Callable[..., Path]) -> None:
    with pytest.raises(NotConforming, match="rte:Organisation"):
        store_from(str(write("own/o.ttl", "organisation:o a rte:Organistaion .")))


def test_the_settings_file_of_the_working_folder_names_the_store(
    write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write("own/o.ttl", ORGANISATION)
    settings = path.parent.parent / "rte.toml"
    monkeypatch.chdir(settings.parent)
    settings.write_text('store = "own"\n', encoding="utf-8")
    assert store_from(None).ask("ASK { <https://w3id.org/rte/id/organisation/o> ?p ?o }")
    settings.write_text("", encoding="utf-8")
    assert store_from(None).size() > 1000, "the packaged data"
    settings.write_text("stroe = 1\n[limits]\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"“limits, stroe” is not a setting; .*: store, ") as caught:
        store_from(None)
    assert caught.value.exit_code == 2
    settings.write_text("store = 12\n", encoding="utf-8")
    with pytest.raises(UnreadableData, match="must be a text"):
        store_from(None)
    settings.write_text("store = \n", encoding="utf-8")
    with pytest.raises(UnreadableData, match=r"rte\.toml"):
        store_from(None)
