"""Descriptions of what others publish: any address, any text, no commands to a terminal or browser."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from rte_graph.describe import describe, find, to_markdown, to_text
from rte_graph.sparql.names import labels
from rte_graph.store import EmbeddedStore

TURTLE = r"""
@prefix rte: <https://w3id.org/rte/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix role: <https://w3id.org/rte/vocab/membership-role/> .
<urn:uuid:5> a rte:Alliance ; skos:prefLabel "Cinq"@fr ; foaf:homepage <javascript:alert(1)> ;
  rte:theme <http:bar> , [ skos:prefLabel "sans adresse"@fr ] .
<http:bar> skos:prefLabel "Bar"@fr .
<urn:local> a rte:Alliance ; skos:prefLabel "Cinq du Nord"@fr ; org:subOrganizationOf <urn:uuid:5> .
<urn:ann> a rte:Person ; skos:prefLabel "Ann\u001b[2J\u202e"@fr ; skos:altLabel "two\nlines"@fr .
<urn:org> a rte:Organisation ; skos:prefLabel "Une\norganisation"@fr ; skos:altLabel "Cinq"@fr .
<urn:org> rte:evidence <urn:c> .
<urn:c> a rte:Citation ; rte:firstLine "douze" ; rte:lastLine "²" ; rte:page "²" .
<urn:m1> a rte:Membership ; org:member <urn:ann> ; org:organization <urn:uuid:5> ; org:role role:member .
<urn:m2> a rte:Membership ; org:member <urn:org> ; org:organization <urn:uuid:5> ; org:role role:member .
"""


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    quads = parse(input=TURTLE.encode(), format=RdfFormat.TURTLE)
    store.replace_dataset(NamedNode("urn:data"), [quad.triple for quad in quads])
    return store


@pytest.mark.parametrize("typed", ["urn:uuid:5", "<urn:uuid:5>", "Cinq"])
def test_what_has_another_kind_of_address_is_described(store: EmbeddedStore, typed: str):
    description = describe(store, find(store, typed), "fr")
    assert description.label == "Cinq"
    assert "Bar" in {fact.value.label for fact in description.facts}
    assert labels(store, ["urn:uuid:5", "http:bar", "b0"], "fr") == {"urn:uuid:5": "Cinq", "http:bar": "Bar"}


def test_persons_and_alliances_are_told_by_their_class(store: EmbeddedStore):
    found = {relation.other.iri: relation.group for relation in describe(store, "urn:uuid:5").relations}
    assert found == {
        "urn:ann": "Personnes",
        "urn:org": "Membres",
        "urn:local": "Déclinaisons territoriales",
    }


def test_the_label_of_one_thing_beats_the_other_name_of_another(store: EmbeddedStore):
    assert find(store, "Cinq") == "urn:uuid:5"
    assert find(store, "cinq") == "urn:uuid:5"


def test_markdown_links_lead_to_web_addresses_only(store: EmbeddedStore):
    text = to_markdown(describe(store, "urn:uuid:5"))
    assert "(javascript:" not in text
    assert "<javascript:" not in text
    assert "<javascript:" not in to_markdown(describe(store, "javascript:alert(1)"))
    assert "alert" in text


@pytest.mark.parametrize("render", [to_text, to_markdown])
@pytest.mark.parametrize("iri", ["urn:uuid:5", "urn:ann", "urn:org"])
def test_what_people_read_holds_no_control_character_and_no_broken_label(store, render, iri: str):
    text = render(describe(store, iri))
    assert not set("\x1b\u202e") & set(text)
    assert "Une\n" not in text
    assert "two\n" not in text
