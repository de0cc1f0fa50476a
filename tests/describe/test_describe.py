from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from rte_graph.describe import describe, find, to_json, to_markdown, to_text, to_turtle
from rte_graph.describe.model import Description
from rte_graph.errors import AmbiguousName, UnknownName
from rte_graph.store import EmbeddedStore

DATA = Path(__file__).parent.parent / "sparql" / "data"


@pytest.fixture(scope="module")
def world() -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    for name in ("vocabulary", "network"):
        quads = parse(path=DATA / f"{name}.ttl", format=RdfFormat.TURTLE)
        store.replace_dataset(NamedNode(f"https://w3id.org/rte/id/dataset/{name}"), [q.triple for q in quads])
    return store


def of(store: EmbeddedStore, name: str, lang: str = "fr") -> Description:
    return describe(store, find(store, name, lang), lang)


def groups(description: Description) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for relation in description.relations:
        line = f"{relation.other.label} — {relation.detail}".rstrip(" —")
        found.setdefault(relation.group, []).append(line)
    return found


def test_a_former_name_leads_to_what_it_is_now(world):
    description = of(world, "toits verts")
    assert description.label == "Éco Habitat"
    assert description.former_names == ("Toits Verts",)
    assert description.other_names == ("EH",)


def test_ties_are_told_in_both_directions_and_grouped(world):
    assert groups(of(world, "Alliance École")) == {
        "Membres": ["Éco Habitat — fondateur", "Éco Habitat — membre", "L’Œuvre Bleue — membre"],
        "Parties prenantes": ["collectivités territoriales — coordinateur"],
        "Projets communs": ["Le Lab"],
        "Coopérations nées à côté": ["Entraide entre membres"],
        "Ses membres se retrouvent dans": ["Coalition Zèbre"],
    }
    assert groups(of(world, "Fabrique", "en")) == {
        "Member of, functions and seats": ["Coalition Zèbre — member", "Collectif Emploi Nancy — member"],
        "Projects and events": ["Salon des liens — participant"],
    }


def test_persons_stand_apart_with_their_printed_function(world):
    (person,) = groups(of(world, "Éco Habitat"))["Personnes"]
    assert person == "Françoise Marty — président («\u00a0Présidente de l’Éco Habitat\u00a0»)"
    assert len(groups(of(world, "Françoise Marty"))["Membre de, fonctions et mandats"]) == 2


def test_every_relation_reads_as_a_sentence(world):
    sentences = [relation.sentence for relation in of(world, "Coalition Zèbre", "en").relations]
    assert "Groupe Mutuel, privileged partner: “Coalition Zèbre”" in sentences
    assert "Fabrique, member of “Coalition Zèbre”" in sentences


def test_sources_are_numbered_in_the_order_of_the_document(world):
    description = of(world, "Coalition Zèbre")
    assert [(source.number, source.first_line, source.heading) for source in description.sources] == [
        (1, 10, "Les membres"),
        (2, 20, "Les projets"),
    ]
    assert description.introduction == (2,)
    (bleu,) = [each for each in description.relations if each.other.label == "L’Œuvre Bleue"]
    assert bleu.sources == (1, 2)
    assert bleu.detail == "membre, depuis mars 2020"
    assert [source.last_line for source in description.cited(bleu.sources)] == [12, 20]


def test_every_relation_to_a_statement_has_its_sources(world):
    for name in ("Coalition Zèbre", "L’Œuvre Bleue", "Le Lab", "Groupe Mutuel", "Salon des liens"):
        assert all(relation.sources for relation in of(world, name).relations if relation.node)


def test_both_readings_of_a_contradiction_are_told(world):
    readings = of(world, "L’Œuvre Bleue").claims
    assert [(claim.value.label, claim.rank.label, claim.preferred) for claim in readings] == [
        ("5 000 lieux (lieux d’implantation)", "lecture retenue", True),
        ("6000 lieux (lieux d’implantation)", "autre lecture", False),
    ]
    assert readings[1].reason == "Chiffre de toute l’alliance."
    assert readings[1].sources == (2,)


def test_types_tell_the_form_and_the_narrowest_class(world):
    assert of(world, "Coalition Zèbre").types[0].label == "coalition"


def test_any_node_can_be_described(world):
    concept = of(world, "logement")
    assert [relation.other.label for relation in concept.relations] == ["Alliance École"]
    citation = of(world, "citation:l10-12")
    assert "L’Œuvre Bleue, membre de «\u00a0Alliance École\u00a0»" in [
        r.other.label for r in citation.relations
    ]
    membership = of(world, "membership:bleu-ecole")
    assert membership.label == "L’Œuvre Bleue, membre de «\u00a0Alliance École\u00a0»"
    claim = of(world, "claim:bleu-sites-other")
    assert "6000 lieux" in claim.label


def test_the_same_data_give_the_same_bytes(world):
    first = to_text(of(world, "Coalition Zèbre"))
    other = EmbeddedStore.in_memory()
    other.replace_dataset(NamedNode("https://e.org/all"), reversed(list(world.triples())))
    assert to_text(of(other, "Coalition Zèbre")) == first
    assert to_json(of(other, "L’Œuvre Bleue")) == to_json(of(world, "L’Œuvre Bleue"))


def test_an_unknown_iri_and_an_ambiguous_name_are_refused(world):
    with pytest.raises(UnknownName, match="Nothing is known"):
        describe(world, "https://w3id.org/rte/id/alliance/nobody")
    with pytest.raises(AmbiguousName):
        find(world, "collectif e")


@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_terminal_text_fits_and_cites(world, width):
    text = to_text(of(world, "Coalition Zèbre"), width=width)
    assert all(len(line) <= width for line in text.splitlines() if "https://" not in line)
    assert "[1,\u00a02]" in text
    assert "Les membres" in text
    assert "\033[1m" not in text
    assert "\033[1mCoalition Zèbre" in to_text(of(world, "Coalition Zèbre"), styled=True)


def test_json_holds_the_whole_description(world):
    data = json.loads(to_json(of(world, "Coalition Zèbre")))
    assert data["label"] == "Coalition Zèbre"
    assert {relation["node"].split("/")[-1] for relation in data["relations"]} >= {
        "bleu-zebre",
        "groupe-zebre",
    }


def test_markdown_links_what_has_an_iri_and_escapes_the_rest(world):
    markdown = to_markdown(of(world, "Coalition Zèbre", "en"))
    assert "[Fabrique](https://w3id.org/rte/id/organisation/fab" in markdown
    assert "## Members" in markdown
    assert "1. Petit tome" in markdown


def test_turtle_holds_the_subject_its_statements_and_their_passages(world):
    text = to_turtle(world, find(world, "L’Œuvre Bleue"))
    subjects = {str(quad.subject.value) for quad in parse(text.encode(), format=RdfFormat.TURTLE)}
    ends = {subject.removeprefix("https://w3id.org/rte/id/") for subject in subjects}
    assert {"organisation/bleu", "membership/bleu-zebre", "citation/l10-12", "claim/bleu-sites-other"} <= ends
    assert "organisation/fab" not in ends
