"""The packaged data keep the project's rules, and say what a reader of the source knows it says."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, BNode, Graph, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, ORG, SKOS

from rte_graph.rdf_io import is_canonical

RTE = Namespace("https://w3id.org/rte/ontology#")
ID = "https://w3id.org/rte/id/"
ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / "data" / "turtle").rglob("*.ttl"))
NEEDS_EVIDENCE = (
    RTE.Membership,
    RTE.StakeholderRelation,
    RTE.Participation,
    RTE.Funding,
    RTE.Figure,
    RTE.Claim,
    RTE.Alliance,
    RTE.Initiative,
    RTE.Organisation,
    RTE.Person,
    RTE.Event,
    RTE.Characterisation,
)
COALITION = URIRef(ID + "alliance/coalition-solidaire")
AG2R = URIRef(ID + "organisation/ag2r-la-mondiale")


@cache
def graph() -> Graph:
    result = Graph()
    for path in FILES:
        result.parse(path, format="turtle")
    return result


def members(alliance: str) -> set[str]:
    g = graph()
    node = URIRef(ID + "alliance/" + alliance)
    found = (g.value(m, ORG.member) for m in g.subjects(ORG.organization, node))
    return {str(g.value(member, SKOS.prefLabel)) for member in found}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_data_files_are_canonical_turtle(path: Path) -> None:
    assert is_canonical(path)


def test_identifiers_are_ascii_slugs_under_the_data_namespace() -> None:
    pattern = re.compile(
        r"https://w3id\.org/rte/(id/[a-z]+/[a-z0-9]+(-+([a-z0-9]+|2[AB][0-9]*))*|vocab/[a-z-]+/[a-z0-9-]+)"
    )
    assert [s for s in set(graph().subjects()) if not pattern.fullmatch(str(s))] == []


def test_there_are_no_blank_nodes() -> None:
    assert [t for t in graph() if any(isinstance(term, BNode) for term in t)] == []


def test_every_statement_of_the_list_has_evidence() -> None:
    g = graph()
    bare = [s for cls in NEEDS_EVIDENCE for s in g.subjects(RDF.type, cls) if not g.value(s, RTE.evidence)]
    assert bare == []


def test_each_dataset_states_its_licence_title_and_version() -> None:
    g = graph()
    datasets = set(g.subjects(RDF.type, DCAT.Dataset))
    assert {str(d).removeprefix(ID) for d in datasets} == {
        "dataset/ag2r",
        "dataset/coding",
        "dataset/mgen",
        "dataset/territories",
    }
    for dataset in datasets:
        assert g.value(dataset, DCTERMS.license)
        assert g.value(dataset, DCTERMS.issued)
        assert {title.language for title in g.objects(dataset, DCTERMS.title)} == {"fr", "en"}


def test_five_national_alliances_and_fifteen_territorial_ones_of_which_agir_ensemble_has_five() -> None:
    g = graph()
    by_level = {
        level: len(list(g.subjects(RTE.level, URIRef(f"https://w3id.org/rte/vocab/alliance-level/{level}"))))
        for level in ("national", "territorial")
    }
    assert by_level == {"national": 5, "territorial": 15}


def test_members_are_those_that_the_source_lists() -> None:
    assert members("alliance-pour-l-activite-et-le-logement-adaptes") == {
        "Chênelet",
        "Siel Bleu",
        "Familles Solidaires",
        "Réseau Eco Habitat",
    }
    assert members("collectif-emploi") == {"Tous Tes Possibles"}
    assert members("solidaires-des-aidants") == {
        "Voisins Solidaires",
        "Familles Solidaires",
        "Bleu Blanc Zèbre",
    }
    assert members("gener-action") == {"Unis-Cité", "Siel Bleu", "Social Bar"}
    assert members("coalition-solidaire") == {
        "Siel Bleu",
        "Familles Solidaires",
        "Réseau Eco Habitat",
        "Chênelet",
        "Tous Tes Possibles",
        "L’Outil en Main",
        "Unis-Cité",
        "InSite",
        "Voisins Solidaires",
        "Astrée",
        "France Bénévolat",
        "Vendredi",
        "Bleu Blanc Zèbre",
        "Kawaa",
        "Simplon",
    }


def test_the_partner_is_a_stakeholder_of_each_alliance_and_a_member_of_none() -> None:
    g = graph()
    assert list(g.subjects(ORG.member, AG2R)) == []
    relations = [(g.value(r, RTE.towards), g.value(r, RTE.kind)) for r in g.subjects(RTE.party, AG2R)]
    for kind in ("privileged-partner", "actor", "trusted-third-party"):
        concept = URIRef(f"https://w3id.org/rte/vocab/stakeholder-kind/{kind}")
        partners = {towards for towards, k in relations if k == concept}
        assert len([node for node in partners if (node, RDF.type, RTE.Alliance) in g]) == 5


def test_only_the_coalition_solidaire_is_declared_a_meta_coalition() -> None:
    assert list(graph().subjects(RDF.type, RTE.MetaCoalition)) == [COALITION]


PARTS = {
    RTE.Membership: (ORG.member, ORG.organization),
    RTE.StakeholderRelation: (RTE.party, RTE.partyFamily, RTE.partyCategory, RTE.towards, RTE.kind),
    RTE.Participation: (
        RTE.participant,
        RTE.participantFamily,
        RTE.participantCategory,
        RTE.initiative,
        RTE.event,
        RTE.role,
    ),
    RTE.Funding: (RTE.funder, RTE.funderFamily, RTE.funderCategory, RTE.funded),
}


@pytest.mark.parametrize("cls", PARTS, ids=lambda cls: cls.rpartition("#")[2])
def test_relations_are_named_from_the_parts_that_they_join(cls: URIRef) -> None:
    # Two parties of one passage cannot be exchanged unnoticed: both names stand in the cited lines.
    g = graph()
    wrong = []
    for node in g.subjects(RDF.type, cls):
        parts = [str(part).rpartition("/")[2] for p in PARTS[cls] for part in g.objects(node, p)]
        name = str(node).rpartition("/")[2]
        if cls == RTE.Membership and name.count("--") == 2:
            parts.append(str(g.value(node, ORG.role)).rpartition("/")[2])
        if name != "--".join(parts):
            wrong.append(f"{node} joins {parts}")
    assert wrong == []


def test_preferred_claims_are_asserted_and_alternatives_are_not() -> None:
    g = graph()
    wrong = []
    for claim in g.subjects(RDF.type, RTE.Claim):
        triple = tuple(g.value(claim, p) for p in (RDF.subject, RDF.predicate, RDF.object))
        preferred = str(g.value(claim, RTE["rank"])).endswith("/preferred")
        if preferred != (triple in g):
            wrong.append(claim)
    assert wrong == []
