"""What comes across, what is lost and what comes back is counted, and adds up."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from exchange_samples import SAMPLES
from pyoxigraph import Literal, NamedNode, Triple

from rte_graph.cli import main
from rte_graph.exchange.accounting import account
from rte_graph.exchange.align import Alignment
from rte_graph.exchange.concepts import patch
from rte_graph.exchange.gaps import find_gaps
from rte_graph.exchange.rules import Rule
from rte_graph.exchange.running import Outcome
from rte_graph.exchange.writing import to_text
from rte_graph.namespaces import ORG, RDF, RTE, SKOS
from rte_graph.sparql.model import Text
from rte_graph.validation import packaged_ontology

NAMES = sorted(SAMPLES)
TYPE = NamedNode(RDF("type"))
CO_OPS = "https://lod.coop/coops-demo/"


def values(found: Alignment, subject: str, predicate: str) -> set[str]:
    return {
        getattr(triple.object, "value", "")
        for triple in found.mapped
        if triple.subject == NamedNode(subject) and triple.predicate == NamedNode(predicate)
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_triple_meets_one_fate(name: str, aligned: Callable[[str], Alignment]) -> None:
    found = aligned(name)
    account = found.account
    assert account.triples == len(found.mended.triples) == sum(row.triples for row in account.rows)
    assert len(account.lost) == sum(row.lost for row in account.rows)
    assert account.lost < found.mended.triples
    for row in account.rows:
        assert bool(row.lost) == bool(row.reasons), row
        assert bool(row.lossy) == bool(row.losses), row
        assert bool(row.becomes) == (row.lost < row.triples), row


def test_a_triple_that_some_mapping_takes_whole_is_whole() -> None:
    a = NamedNode("http://a.example/")
    one, two, three = (Triple(a, a, Literal(text)) for text in ("1", "2", "3"))
    loss = Text(fr="perte", en="loss")
    outcomes = [
        Outcome(rule=_rule(loss=None), made=frozenset(), taken=frozenset({one})),
        Outcome(rule=_rule(loss=loss), made=frozenset(), taken=frozenset({one, two})),
    ]
    found = account(frozenset({one, two, three}), outcomes)
    assert (found.whole, found.lossy, found.lost) == (1, 1, {three})
    (row,) = found.rows
    assert (row.fate, row.losses, row.triples, row.resources) == ("lossy", (loss,), 3, 1)


def _rule(*, loss: Text | None) -> Rule:
    said = Text(fr="règle", en="rule")
    return Rule(name="r", summary=said, theirs=(), ours=("rte:x",), loss=loss, construct="", takes="")


@pytest.mark.parametrize(
    ("name", "arrivals"),
    [
        ("essglobal", {"Organisation": 2, "Membership": 2, "Alliance": 1}),
        (
            "pair",
            {
                **{"Organisation": 3, "Membership": 4, "Participation": 3, "Person": 2},
                **{"Initiative": 1, "StakeholderRelation": 1, "Territory": 1},
            },
        ),
        (
            "schema",
            {
                **{"Membership": 5, "Organisation": 3, "Participation": 2, "Alliance": 1, "Event": 1},
                **{"Funding": 1, "Initiative": 1, "Person": 1, "Territory": 1},
            },
        ),
        (
            "org",
            {"Organisation": 3, "Membership": 5, "Alliance": 1, "Person": 1, "StakeholderRelation": 1},
        ),
    ],
)
def test_what_arrives_is_counted_by_class(
    name: str, arrivals: dict[str, int], aligned: Callable[[str], Alignment]
) -> None:
    found = aligned(name)
    assert {iri.removeprefix(RTE): count for iri, count in found.arrivals} == arrivals
    typed = Counter(t.object.value for t in found.mapped if t.predicate == TYPE)  # type: ignore[union-attr]
    assert dict(found.arrivals) == typed


def test_the_directory_comes_across_with_its_kinds(aligned: Callable[[str], Alignment]) -> None:
    found = aligned("essglobal")
    kind = RTE("kind")
    assert values(found, f"{CO_OPS}R001", kind) == {
        "https://w3id.org/rte/vocab/organisation-kind/cooperative"
    }
    assert values(found, f"{CO_OPS}R001", "http://xmlns.com/foaf/0.1/homepage") == {"https://atelier.example"}
    assert values(found, f"{CO_OPS}R001", RTE("priority")) == {"https://w3id.org/rte/vocab/theme/housing"}
    assert values(found, f"{CO_OPS}N1", RTE("purpose")) == {"Coopérer entre ateliers"}
    assert values(found, f"{CO_OPS}N1", RTE("theme")) == {"https://w3id.org/rte/vocab/theme/food"}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_arrives_that_is_not_one_of_our_things(
    name: str, aligned: Callable[[str], Alignment]
) -> None:
    mapped = aligned(name).mapped
    assert {t.subject for t in mapped} == {t.subject for t in mapped if t.predicate == TYPE}


@pytest.mark.parametrize("name", NAMES)
def test_personal_data_do_not_come_across(name: str, aligned: Callable[[str], Alignment]) -> None:
    said = " ".join(str(triple) for triple in aligned(name).mapped)
    for private in ("@lesrives", "06 00 00", "@toits", "@atelier", "jo@example", "Jo Seul"):
        assert private not in said


def test_roles_that_are_not_ours_stay_as_texts_and_those_of_ours_are_known(
    aligned: Callable[[str], Alignment],
) -> None:
    schema, pair, org = (aligned(name) for name in ("schema", "pair", "org"))
    assert {t.object for t in schema.mapped if t.predicate.value == ORG("role")} == {
        NamedNode(f"https://w3id.org/rte/vocab/membership-role/{role}")
        for role in ("founder", "founding-member")
    }
    printed = {
        t.object
        for each in (schema, pair, org)
        for t in each.mapped
        if t.predicate.value == RTE("printedRole")
    }
    assert printed == {
        Literal("observateur", language="und"),
        Literal("Trésorier", language="und"),
        Literal("Chair", language="en"),
        Literal("Treasurer", language="und"),
    }


def test_intervals_become_dates_with_their_precision(aligned: Callable[[str], Alignment]) -> None:
    found = aligned("org")
    dates = {t.object.value for t in found.mapped if t.predicate.value in (RTE("start"), RTE("end"))}  # type: ignore[union-attr]
    assert dates == {"2018-09-01", "2015", "2017"}
    assert values(found, "https://register.example/id/m3", RTE("earliest")) == {"2015-01-01"}


@pytest.mark.parametrize(
    ("name", "taken", "same", "changed"),
    [
        ("org", 46, 24, {"time:hasBeginning", "org:hasMember", "org:OrganizationalUnit"}),
        ("essglobal", 17, 13, {"foaf:homepage", "essglobal:organisationalStructure", "essglobal:mission"}),
        ("pair", 41, 27, {"pair:affiliatedBy", "pair:Group", "pair:startDate"}),
        ("schema", 38, 31, {"schema:funder", "schema:founder", "schema:NGO"}),
    ],
)
def test_the_round_trip_says_what_comes_back(
    name: str, taken: int, same: int, changed: set[str], aligned: Callable[[str], Alignment]
) -> None:
    from rte_graph.exchange.names import short

    found = aligned(name)
    trip = found.round_trip
    assert found.account.whole + found.account.lossy == taken
    assert trip.same == same == len(found.mended.triples & trip.back)
    assert sum(count for _, count in trip.changed) == taken - same
    assert changed <= {short(iri) for iri, _ in trip.changed}


@pytest.mark.parametrize("name", NAMES)
def test_shapes_that_cannot_hold_are_told_as_what_to_add(
    name: str, aligned: Callable[[str], Alignment]
) -> None:
    gaps = aligned(name).gaps
    assert gaps.of(missing=False) == ()
    paths = {gap.path for gap in gaps.of(missing=True)}
    assert RTE("evidence") in paths
    assert ORG("role") in paths


def test_of_a_large_file_the_first_of_each_class_tell_the_same_gaps(
    monkeypatch: pytest.MonkeyPatch, aligned: Callable[[str], Alignment]
) -> None:
    mapped = aligned("pair").mapped
    whole = find_gaps(mapped, packaged_ontology())
    monkeypatch.setattr("rte_graph.exchange.gaps.MOST", 10)
    monkeypatch.setattr("rte_graph.exchange.gaps.PER_CLASS", 2)
    part = find_gaps(mapped, packaged_ontology())
    assert whole.looked_at == whole.resources == part.resources == 15
    assert part.looked_at == 11
    assert {gap.shape for gap in part.gaps} == {gap.shape for gap in whole.gaps}
    assert all(gap.missing for gap in part.gaps)
    assert all(gap.count <= 2 for gap in part.gaps)


def test_french_names_are_offered_where_the_concept_is_the_same_and_only_there(
    aligned: Callable[[str], Alignment],
) -> None:
    found = aligned("essglobal")
    base = "http://purl.org/essglobal/standard/"
    offered = {each.iri.removeprefix(base): each.offered for each in found.concepts if each.offered}
    assert offered == {
        "activities-modified/AM60": "alimentation",
        "activities-modified/AM90": "logement",
        "legal-form/L2": "coopérative",
        "organisational-structure/OS170": "mutuelle",
    }
    assert [
        each.iri.removeprefix(base) for each in found.concepts if not each.offered and not each.french
    ] == ["organisational-structure/OS60"]
    triples = set(patch(found.concepts))
    assert len(triples) == 8
    mutual = NamedNode(f"{base}organisational-structure/OS170")
    assert Triple(mutual, NamedNode(SKOS("prefLabel")), Literal("mutuelle", language="fr")) in triples


def test_the_report_says_in_words_what_it_counts(
    aligned: Callable[[str], Alignment], capsys: pytest.CaptureFixture[str]
) -> None:
    found = aligned("essglobal")
    fr, en = to_text(found, "fr"), to_text(found, "en")
    assert "✓ 11 triplets (38\u202f%) passent tels quels" in fr
    assert "✓ 11 triples (38%) come across as they are" in en
    assert "Resterait à ajouter\u00a0: rte:evidence, org:role, rte:form, rte:level." in fr
    assert "OS60 Workers co-operative" in fr
    assert "donnée personnelle, jamais reprise" in fr
    assert main(["align", str(SAMPLES["essglobal"]), "--format", "json", "--lang", "en"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["triples"] == {"all": 29, "whole": 11, "withLoss": 6, "lost": 12}
    assert report["arrivals"][RTE("Organisation")] == 2
    assert {row["fate"] for row in report["properties"]} == {"whole", "lossy", "lost"}


def test_a_file_in_no_known_vocabulary_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "other.ttl"
    path.write_text("<http://a.example/> <http://b.example/> <http://c.example/> .", encoding="utf-8")
    assert main(["align", str(path), "--lang", "en"]) == 1
    assert "Speaks none of the vocabularies known here" in capsys.readouterr().out


def test_a_name_that_is_lost_is_not_broken_into_single_letters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.ttl"
    other.write_text("<http://e.org/a> <http://e.org/zz#known> 'c' .\n", encoding="utf-8")
    assert main(["align", str(other)]) == 1
    assert "http://e.org/zz#known" in capsys.readouterr().out


def test_a_file_without_a_statement_says_so_and_counts_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.ttl"
    other.write_text("# nothing\n", encoding="utf-8")
    assert main(["align", str(other)]) == 1
    said = capsys.readouterr().out
    assert "aucun énoncé" in said
    assert "0 %" not in said.replace("\u00a0", " ")


def test_data_of_ours_are_told_to_be_ours(capsys: pytest.CaptureFixture[str]) -> None:
    from rte_graph.resources import data_folder

    main(["align", str(data_folder() / "turtle" / "ag2r" / "alliances.ttl"), "--lang", "en"])
    assert "Speaks our vocabulary already" in capsys.readouterr().out
