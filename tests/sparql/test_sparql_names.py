from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Triple

from rte_graph.errors import AmbiguousName, InvalidParameter, UnknownName
from rte_graph.namespaces import DATA_BASE, RDF, RTE, SKOS, VOCABULARY_BASE
from rte_graph.sparql.names import Scope, labels, names_beginning, possible_values, resolve
from rte_graph.sparql.terms import _PLAIN, is_absolute
from rte_graph.store import EmbeddedStore

ALLIANCE = Scope(class_iri=RTE("Alliance"))
ORGANISATION = Scope(class_iri=RTE("Organisation"))
FORM = Scope(scheme="alliance-form")


def found(store: EmbeddedStore, text: str, scope: Scope = ORGANISATION) -> str:
    return resolve(store, text, scope=scope, lang="en").removeprefix(DATA_BASE).removeprefix(VOCABULARY_BASE)


@pytest.mark.parametrize(
    "text",
    [
        "L’Œuvre Bleue",
        "l'oeuvre bleue",
        "  L’OEUVRE  BLEUE ",
        "loeuvre-bleue",
        "œuvre",
        "https://w3id.org/rte/id/organisation/bleu",
        "<https://w3id.org/rte/id/organisation/bleu>",
        "organisation:bleu",
        "bleu",
    ],
)
def test_a_name_is_found_however_it_is_typed(world: EmbeddedStore, text: str):
    assert found(world, text) == "organisation/bleu"


@pytest.mark.parametrize("text", ["Toits Verts", "toits verts", "EH"])
def test_former_and_alternative_names_are_found(world: EmbeddedStore, text: str):
    assert found(world, text) == "organisation/eco"


def test_an_exact_name_beats_one_that_contains_it(world: EmbeddedStore):
    assert found(world, "Collectif Emploi", ALLIANCE) == "alliance/emploi"
    assert found(world, "collectif emploi", ALLIANCE) == "alliance/emploi"


def test_several_names_that_contain_the_text_are_listed_with_their_iris(world: EmbeddedStore):
    with pytest.raises(AmbiguousName) as caught:
        found(world, "collectif", ALLIANCE)
    assert "can mean 2 things" in str(caught.value)
    assert "Collectif Emploi (alliance:emploi)" in str(caught.value)
    assert "Collectif Emploi Nancy (alliance:emploi-nancy)" in str(caught.value)
    assert caught.value.exit_code == 2


def test_the_scope_decides_what_may_be_meant(world: EmbeddedStore):
    assert found(world, "alliance", FORM) == "alliance-form/alliance"
    with pytest.raises(UnknownName, match="exists, but is not a rte:Alliance"):
        found(world, "organisation:bleu", ALLIANCE)
    with pytest.raises(UnknownName):
        found(world, "Coalition Zèbre", ORGANISATION)


@pytest.mark.parametrize(
    "text", ["coalition", "Coalition", "https://w3id.org/rte/vocab/alliance-form/coalition"]
)
def test_concepts_are_found_by_label_segment_or_iri(world: EmbeddedStore, text: str):
    assert found(world, text, FORM) == "alliance-form/coalition"


def test_an_unknown_name_is_answered_with_the_nearest(world: EmbeddedStore):
    with pytest.raises(UnknownName) as caught:
        found(world, "Eco Abitat")
    assert "Éco Habitat" in caught.value.fr
    with pytest.raises(UnknownName, match="alliance, coalition, collective"):
        found(world, "zzz", FORM)


@pytest.mark.parametrize("text", ["", " ", "*", "“”", '"; DROP', "\\u0022", "?x", "}"])
def test_odd_text_is_unknown_and_nothing_else(world: EmbeddedStore, text: str):
    with pytest.raises(UnknownName):
        found(world, text)


def test_text_that_no_literal_can_hold_is_refused(world: EmbeddedStore):
    with pytest.raises(InvalidParameter):
        found(world, "a\x00b")


def test_labels_fall_back_from_the_language_to_french(world: EmbeddedStore):
    iris = [DATA_BASE + "organisation/eco", VOCABULARY_BASE + "theme/housing", "https://e.org/unknown"]
    assert labels(world, iris, "en") == {iris[0]: "Éco Habitat", iris[1]: "housing"}
    assert labels(world, iris, "fr")[iris[1]] == "logement"


def test_possible_values_are_sorted_as_french_readers_expect(world: EmbeddedStore):
    names = [each.label for each in possible_values(world, ORGANISATION, "fr")]
    assert names == ["Éco Habitat", "Fabrique", "Groupe Mutuel", "L’Œuvre Bleue"]


def test_a_label_beats_the_other_name_of_another_thing():
    store = EmbeddedStore.in_memory()
    name, other = NamedNode(SKOS("prefLabel")), NamedNode(SKOS("altLabel"))
    store.replace_dataset(
        NamedNode("urn:d"),
        [
            Triple(NamedNode("urn:a:1"), other, Literal("Le Lien", language="fr")),
            Triple(NamedNode("urn:a:2"), name, Literal("Le Lien", language="fr")),
            Triple(NamedNode("urn:a:1"), name, Literal("Autre", language="fr")),
        ],
    )
    assert resolve(store, "Le Lien", scope=Scope(), lang="fr") == "urn:a:2"
    assert resolve(store, "le lien", scope=Scope(), lang="fr") == "urn:a:2"


def test_of_territories_with_one_name_the_one_around_the_others_is_meant():
    store = EmbeddedStore.in_memory()
    kind, name, within = (NamedNode(each) for each in (RDF("type"), SKOS("prefLabel"), RTE("within")))
    region, part, other = (NamedNode(f"urn:t:{each}") for each in ("region", "part", "other"))
    triples = [Triple(each, kind, NamedNode(RTE("Territory"))) for each in (region, part, other)]
    triples += [Triple(each, name, Literal("L’Île", language="fr")) for each in (region, part)]
    triples += [Triple(part, within, region)]
    store.replace_dataset(NamedNode("urn:d"), triples)
    territory = Scope(class_iri=RTE("Territory"))
    assert resolve(store, "L’Île", scope=territory, lang="fr") == "urn:t:region"
    with pytest.raises(AmbiguousName):
        resolve(store, "L’Île", scope=Scope(), lang="fr")
    triples += [Triple(other, name, Literal("L’Île", language="fr"))]
    store.replace_dataset(NamedNode("urn:d"), triples)
    with pytest.raises(AmbiguousName):
        resolve(store, "L’Île", scope=territory, lang="fr")


def test_a_scope_may_be_a_class_and_a_scheme_together(world: EmbeddedStore):
    both = Scope(class_iri=RTE("Organisation"), scheme="alliance-form")
    names = {each.iri for each in possible_values(world, both, "fr")}
    assert names == {each.iri for one in (ORGANISATION, FORM) for each in possible_values(world, one, "fr")}
    assert {found(world, each, both) for each in ("L’Œuvre Bleue", "organisation:bleu")} == {
        "organisation/bleu"
    }
    with pytest.raises(UnknownName, match="or a concept of"):
        found(world, RTE("Organisation"), both)


@given(st.from_regex(_PLAIN, fullmatch=True))
def test_an_address_that_is_taken_for_valid_without_the_engine_is_valid(iri: str):
    assert is_absolute(iri)
    assert NamedNode(iri).value == iri


@pytest.mark.parametrize(
    "iri", ["https://e.org/a b", "https://e.org/a>", "https://e.org/a\n", "https://[e", "x"]
)
def test_what_cannot_stand_between_angle_brackets_is_no_address(iri: str):
    assert not is_absolute(iri)


@pytest.mark.parametrize(
    ("typed", "lang", "names"),
    [
        ("", "fr", ("Éco Habitat", "Fabrique", "Groupe Mutuel", "L’Œuvre Bleue")),
        ("eco", "fr", ("Éco Habitat",)),
        ("L'OEUVRE", "fr", ("L’Œuvre Bleue",)),
        ("toits", "fr", ("Toits Verts",)),
        ("habit", "fr", ("Éco Habitat",)),
        ("ha", "fr", ()),
        ("zzz", "fr", ()),
    ],
)
def test_names_that_begin_as_typed_are_given_once_each(world: EmbeddedStore, typed: str, lang: str, names):
    assert names_beginning(world, ORGANISATION, typed, lang) == names


def test_names_are_given_in_the_language_chosen_else_french(world: EmbeddedStore):
    assert names_beginning(world, Scope(scheme="theme"), "", "en") == ("housing",)
    assert names_beginning(world, Scope(scheme="theme"), "log", "fr") == ("logement",)
    assert names_beginning(world, Scope(scheme="theme"), "hous", "fr") == ()
