"""Our graph in the vocabularies of others: nobody is forgotten, and the loss stated is the loss measured."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from rte_graph.cli import main
from rte_graph.exchange.align import align, made_by
from rte_graph.exchange.outward import NAMES, Export, own_statements, to_turtle
from rte_graph.exchange.rules import rules
from rte_graph.exchange.running import run_rules
from rte_graph.exchange.vocabularies import vocabulary
from rte_graph.namespaces import DCAT, DCTERMS, ESSGLOBAL, ORG, PAIR, RDF, RTE, SCHEMA, SKOS, TIME
from rte_graph.rdf_io import parse_triples
from rte_graph.store import Store
from rte_graph.validation import packaged_ontology

TYPE = RDF("type")


def of_class(triples: object, iri: str) -> set[str]:
    return {
        t.subject.value  # type: ignore[union-attr]
        for t in triples  # type: ignore[attr-defined]
        if t.predicate.value == TYPE and t.object == NamedNode(iri)
    }


def ours(store: Store, name: str) -> set[str]:
    return of_class(store.triples(), RTE(name))


@pytest.mark.parametrize(
    ("name", "organisation", "alliance", "membership", "person"),
    [
        ("org", ORG("Organization"), ORG("OrganizationalCollaboration"), ORG("Membership"), None),
        ("essglobal", ORG("Organization"), ESSGLOBAL("Network"), ORG("Membership"), None),
        ("pair", PAIR("Organization"), PAIR("Organization"), PAIR("MembershipAssociation"), PAIR("Person")),
        ("schema", SCHEMA("Organization"), SCHEMA("Consortium"), None, SCHEMA("Person")),
    ],
)
def test_nobody_is_forgotten(
    name: str,
    organisation: str,
    alliance: str,
    membership: str | None,
    person: str | None,
    packaged: Store,
    exported: Callable[[str], Export],
) -> None:
    triples = exported(name).triples
    assert of_class(triples, organisation) == ours(packaged, "Organisation") | ours(packaged, "Alliance")
    assert of_class(triples, alliance) >= ours(packaged, "Alliance")
    if membership is not None:
        assert of_class(triples, membership) == ours(packaged, "Membership")
    if person is not None:
        assert of_class(triples, person) == ours(packaged, "Person")


def test_roles_of_schema_org_are_memberships_and_named_participations(
    packaged: Store, exported: Callable[[str], Export]
) -> None:
    roles = of_class(exported("schema").triples, SCHEMA("OrganizationRole"))
    assert roles >= ours(packaged, "Membership")
    assert roles - ours(packaged, "Membership") < ours(packaged, "Participation")


def test_only_organisations_of_the_sse_are_called_so(
    exported: Callable[[str], Export], packaged: Store
) -> None:
    called = of_class(exported("essglobal").triples, ESSGLOBAL("SSEInitiative"))
    kinds = {
        t.object.value.rpartition("/")[2]  # type: ignore[union-attr]
        for t in packaged.triples()
        if t.predicate.value == RTE("kind") and getattr(t.subject, "value", "") in called
    }
    assert called
    assert kinds <= {
        "association",
        "cooperative",
        "mutual",
        "union-of-mutuals",
        "foundation",
        "ess-structure",
    }


def test_dated_memberships_get_intervals_with_the_printed_precision(
    exported: Callable[[str], Export],
) -> None:
    triples = exported("org").triples
    during = [t for t in triples if t.predicate.value == ORG("memberDuring")]
    assert len(during) == 3
    assert of_class(triples, TIME("Interval")) == {t.object.value for t in during}  # type: ignore[union-attr]
    assert {t.object.value for t in triples if t.predicate.value == TIME("inXSDgYearMonth")} == {"2020-06"}  # type: ignore[union-attr]


def test_schema_org_is_written_with_https(exported: Callable[[str], Export]) -> None:
    assert not any("http://schema.org" in str(triple) for triple in exported("schema").triples)


def test_pair_gets_one_label_without_language(exported: Callable[[str], Export]) -> None:
    labels = [t for t in exported("pair").triples if t.predicate.value == PAIR("label")]
    assert all(not t.object.language for t in labels)  # type: ignore[union-attr]
    described = [t.subject for t in exported("pair").triples if t.predicate.value == PAIR("description")]
    assert len(described) == len(set(described))


@pytest.mark.parametrize("name", NAMES)
def test_the_loss_stated_is_the_loss_measured(
    name: str, packaged: Store, exported: Callable[[str], Export]
) -> None:
    made = exported(name)
    stated = own_statements(packaged.triples(), packaged_ontology())
    numbers = [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*(?![\d,]*%)", made.description.en)]
    assert numbers[:4] == [
        len(stated),
        made.account.whole,
        made.account.lossy,
        len(made.account.lost),
    ]
    assert numbers[0] == sum(numbers[1:4])
    assert made.account.lost < stated
    about = [
        t for t in made.triples if t.predicate.value == DCTERMS("description") and "dataset/export-" in str(t)
    ]
    assert {t.object.language for t in about} == {"fr", "en"}  # type: ignore[union-attr]
    for row in made.account.of_kind("class"):
        if row.fate == "lost" and row.iri.startswith(RTE):
            assert f"({row.triples:,})" in made.description.en


def test_what_the_ontology_adds_is_no_statement(packaged: Store) -> None:
    stated = own_statements(packaged.triples(), packaged_ontology())
    assert not of_class(stated, ORG("Organization"))
    assert not of_class(stated, RTE("Actor"))
    assert len(of_class(stated, RTE("MetaCoalition"))) == 1
    assert not any(
        t.predicate.value == SKOS("altLabel") and "Tous Repreneurs" in str(t.object) for t in stated
    )


@pytest.mark.parametrize("name", NAMES)
def test_read_back_it_gives_the_same_organisations_and_memberships(
    name: str, packaged: Store, exported: Callable[[str], Export]
) -> None:
    back = made_by(run_rules(rules(vocabulary(name).folders, "from"), exported(name).triples, confined=True))
    found = {kind: of_class(back, RTE(kind)) for kind in ("Organisation", "Alliance", "Membership", "Person")}
    groups = ours(packaged, "Organisation") | ours(packaged, "Alliance")
    assert found["Organisation"] | found["Alliance"] == groups
    assert found["Membership"] == ours(packaged, "Membership")
    members = {t.object.value for t in packaged.triples() if t.predicate.value == ORG("member")}  # type: ignore[union-attr]
    assert ours(packaged, "Person") & members <= found["Person"] <= ours(packaged, "Person")
    if name != "pair":  # which has no class for them
        assert found["Alliance"] == ours(packaged, "Alliance")
    roles = {(t.subject, t.object) for t in packaged.triples() if t.predicate.value == ORG("role")}
    assert roles == {(t.subject, t.object) for t in back if t.predicate.value == ORG("role")}


def test_read_back_from_essglobal_it_lacks_only_what_essglobal_cannot_say(
    tmp_path: Path, exported: Callable[[str], Export]
) -> None:
    path = tmp_path / "essglobal.ttl"
    path.write_text(to_turtle(exported("essglobal")), encoding="utf-8")
    found = align(path)
    assert found.gaps.of(missing=False) == ()
    assert {gap.path for gap in found.gaps.of(missing=True)} == {RTE("evidence"), RTE("level"), RTE("kind")}


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_canonical_and_begins_with_the_loss(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], exported: Callable[[str], Export]
) -> None:
    paths = [tmp_path / each for each in ("one.ttl", "two.ttl")]
    for path in paths:
        assert main(["export", "--vocabulary", name, "-o", str(path), "--lang", "en"]) == 0
    assert all(one.read_bytes() == two.read_bytes() for one, two in pairwise(paths))
    lines = paths[0].read_text(encoding="utf-8").splitlines()
    assert lines[1] == f"# {exported(name).description.en}"
    assert len(of_class(parse_triples(paths[0]), DCAT("Dataset"))) == 1
    told = capsys.readouterr().err
    assert f"✗ {len(exported(name).account.lost):,} triples" in told


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["alliance-memberships", "--vocabulary", "pair"], "retirez « alliance-memberships »"),
        (["--vocabulary", "pair", "--level", "family"], "sont pour les réseaux"),
        (["--vocabulary", "pair", "--seed", "2"], "sont pour les réseaux"),
        (["--vocabulary", "dcat"], "essglobal, pair, schema, org"),
        (["-o", "x.gexf"], "--vocabulary essglobal"),
    ],
)
def test_what_does_not_go_together_is_refused_in_a_sentence(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", *words]) == 2
    told = capsys.readouterr().err.replace("\u00a0", " ")
    assert says in told
    assert told.count("\n") == 1


def test_names_of_the_loss_are_not_broken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--vocabulary", "essglobal", "-o", str(tmp_path / "out.ttl")]) == 0
    said = capsys.readouterr().err
    assert "essglobal:organisationalStructure" in said
    assert all(len(line) <= 100 for line in said.splitlines())
