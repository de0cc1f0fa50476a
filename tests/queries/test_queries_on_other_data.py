"""Saved queries on data that are not ours: things without kinds or labels, other roles, another source."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from rte_graph.loading import packaged_store
from rte_graph.namespaces import DATA_BASE, RTE, SKOS
from rte_graph.network.build import build_network
from rte_graph.resources import ontology_files, queries_folder
from rte_graph.sparql.engine import default_values, run_query
from rte_graph.sparql.formats import to_text
from rte_graph.sparql.library import load_library
from rte_graph.sparql.model import SavedQuery
from rte_graph.sparql.names import resolve, scope_of
from rte_graph.sparql.possible import fitting_values
from rte_graph.store import EmbeddedStore

sys.path.insert(0, str(Path(__file__).parent))
from rdflib_store import RdflibStore

LIBRARY = load_library(queries_folder())
NAMES = sorted(LIBRARY.queries)
ONTOLOGY = NamedNode("https://w3id.org/rte/ontology")
HEAD = """
@prefix : <http://example.org/> .
@prefix rte: <https://w3id.org/rte/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix role: <https://w3id.org/rte/vocab/membership-role/> .
@prefix level: <https://w3id.org/rte/vocab/alliance-level/> .
@prefix counted-thing: <https://w3id.org/rte/vocab/counted-thing/> .
"""
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")


def of_others(body: str) -> EmbeddedStore:
    """A store with the packaged vocabulary and the data of somebody else."""
    store = EmbeddedStore.in_memory()
    store.replace_dataset(
        ONTOLOGY, [q.triple for path in ontology_files() for q in parse(path=path, format=RdfFormat.TURTLE)]
    )
    quads = parse(input=(HEAD + body).encode(), format=RdfFormat.TURTLE)
    store.replace_dataset(NamedNode("http://example.org/data"), [quad.triple for quad in quads])
    return store


def run(store: EmbeddedStore, name: str, **values: str) -> list[dict[str, str]]:
    """Rows of a query, which both engines must give."""
    table = run_query(store, LIBRARY.get(name), values)
    assert to_text("tsv", run_query(RdflibStore(store), LIBRARY.get(name), values)) == to_text("tsv", table)
    return list(table.records())


@pytest.fixture(scope="module")
def whole() -> EmbeddedStore:
    return packaged_store()


def _without(whole: EmbeddedStore, drop: Callable[[Triple], bool]) -> EmbeddedStore:
    store = EmbeddedStore.in_memory()
    for name in whole.datasets():
        store.replace_dataset(name, [triple for triple in whole.triples(name) if not drop(triple)])
    return store


_LINKS = {
    RTE(n) for n in ("kind", "form", "state", "qualifier", "inFamily", "economicModel", "order", "rank")
}
THIN: dict[str, Callable[[Triple], bool]] = {
    "kinds": lambda t: t.predicate.value in _LINKS and t.subject.value.startswith(DATA_BASE),
    "labels": lambda t: t.predicate.value == SKOS("prefLabel"),
    "narrower": lambda t: t.predicate.value == SKOS("broader") and "membership-role" not in t.subject.value,
}


@pytest.fixture(scope="module", params=sorted(THIN))
def thin(request: pytest.FixtureRequest, whole: EmbeddedStore) -> EmbeddedStore:
    return _without(whole, THIN[request.param])


@pytest.fixture(scope="module")
def thinnest(whole: EmbeddedStore) -> tuple[EmbeddedStore, RdflibStore]:
    store = _without(whole, lambda triple: any(drop(triple) for drop in THIN.values()))
    return store, RdflibStore(store)


def values_on(whole: EmbeddedStore, query: SavedQuery) -> dict[str, str]:
    """The examples as IRIs: names may be among what is left out."""
    values = default_values(query)
    for each in query.parameters:
        if each.name in values and each.type in ("entity", "concept"):
            values[each.name] = resolve(whole, values[each.name], scope=scope_of(each), lang="fr")
    return values


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_stated_joins_nothing(whole: EmbeddedStore, thin: EmbeddedStore, name: str):
    query = LIBRARY.get(name)
    values = values_on(whole, query)
    assert len(run_query(thin, query, values).rows) <= len(run_query(whole, query, values).rows)


@pytest.mark.parametrize("name", NAMES)
def test_two_engines_agree_where_kinds_labels_and_broader_concepts_are_missing(
    whole: EmbeddedStore, thinnest: tuple[EmbeddedStore, RdflibStore], name: str
):
    query = LIBRARY.get(name)
    values = values_on(whole, query)
    store, second = thinnest
    expected = to_text("tsv", run_query(store, query, values))
    assert to_text("tsv", run_query(second, query, values)) == expected


def test_a_kind_without_a_label_in_the_language_is_still_shown():
    store = of_others(
        ':o a rte:Organisation ; skos:prefLabel "O" ; rte:kind :guild . :guild skos:prefLabel "guild"@en .'
    )
    (row,) = run(store, "organisations")
    assert (row["kindIri"], row["kind"]) == ("http://example.org/guild", "guild")


MEMBERS = """
:ring a rte:Alliance ; skos:prefLabel "Anneau" ; rte:level level:national .
:star a rte:Alliance ; skos:prefLabel "Étoile" ; rte:level level:national .
:local a rte:Alliance , org:Organization ; skos:prefLabel "Étoile du Sud" ; rte:level level:territorial .
:plain a rte:Organisation , org:Organization ; skos:prefLabel "Membre simple" ; rte:formerName "Vieux nom" .
:foreign a rte:Organisation , org:Organization ; skos:prefLabel "Rôle étranger" .
:seated a rte:Organisation , org:Organization ; skos:prefLabel "A un siège" .
:president a rte:Organisation , org:Organization ; skos:prefLabel "Préside" .
:ann a rte:Person ; skos:prefLabel "Ann préside" .
:bob a rte:Person ; skos:prefLabel "Bob, membre" .
:chapter skos:prefLabel "cercle"@fr .
:sub skos:broader role:seat .
""" + "".join(
    f":m{place} a rte:Membership ; org:member :{who} ; org:organization :{where} ; org:role {role} .\n"
    for place, (who, where, role) in enumerate(
        (who, where, role)
        for where in ("ring", "star")
        for who, role in (
            ("local", "role:member"),
            ("plain", "role:founding-member"),
            ("foreign", ":chapter"),
            ("seated", "role:board-member"),
            ("seated", ":sub"),
            ("president", "role:president"),
            ("president", "role:function"),
            ("ann", "role:president"),
            ("ann", ":chapter"),
            ("bob", "role:member"),
        )
    )
)


def test_all_queries_agree_on_who_is_a_member():
    store = of_others(MEMBERS)
    expected = {"Étoile du Sud", "Membre simple", "Rôle étranger"}
    counts = {row["allianceLabel"]: row["memberCount"] for row in run(store, "alliances")}
    assert counts == {"Anneau": "3", "Étoile": "3"}
    members = run(store, "members-of-alliance", alliance="Anneau")
    assert {row["memberLabel"] for row in members} == expected | {"Bob, membre"}
    assert {row["memberLabel"] for row in run(store, "shared-members")} == expected
    for name, found in (("Étoile du Sud", 2), ("Membre simple", 2), ("A un siège", 0), ("Préside", 0)):
        assert len(run(store, "alliances-of-organisation", organisation=name)) == found
    assert {row["sourceLabel"] for row in run(store, "alliance-memberships")} == expected
    network = build_network(store, LIBRARY, "alliance-memberships")
    assert {node.label for node in network.nodes if node.set == "source"} == expected
    assert len(network.edges) == 6


def test_nodes_without_a_kind_are_told_by_their_class():
    rows = run(of_others(MEMBERS), "alliance-memberships-nodes")
    assert len(rows) == 5
    types = {row["nodeLabel"]: row["nodeType"].lower() for row in rows}
    assert types == {
        "Anneau": "alliance",
        "Étoile": "alliance",
        "Étoile du Sud": "alliance",
        "Membre simple": "organisation",
        "Rôle étranger": "organisation",
    }


def test_a_national_alliance_that_is_a_member_stays_in_one_set_of_the_network():
    extra = ":x a rte:Membership ; org:member :star ; org:organization :ring ; org:role role:member .\n"
    store = of_others(MEMBERS + extra)
    network = build_network(store, LIBRARY, "alliance-memberships")
    assert len([node for node in network.nodes if node.label == "Étoile"]) == 1
    assert "Étoile" in {row["memberLabel"] for row in run(store, "members-of-alliance", alliance="Anneau")}


def test_the_number_claimed_and_its_words_come_from_one_figure():
    store = of_others(
        """
        :a a rte:Alliance ; skos:prefLabel "A" ; rte:level level:national ; rte:figure :f1 , :f2 , :f3 .
        :f1 rte:counts counted-thing:members ; rte:value 20 .
        :f2 rte:counts counted-thing:members ; rte:value 15 ; rte:printedValue "une quinzaine"@fr .
        :f3 rte:counts counted-thing:sites ; rte:value 99 ; rte:printedValue "99 lieux"@fr .
        :b a rte:Alliance ; skos:prefLabel "B" ; rte:level level:national ; rte:figure :f4 , :f5 .
        :f4 rte:counts counted-thing:members ; rte:value 7 ; rte:printedValue "sept"@fr .
        :f5 rte:counts counted-thing:members ; rte:value 7 ; rte:printedValue "7 membres"@fr .
        """
    )
    first, second = run(store, "alliances")
    assert first["claimedCount"] == "20"
    assert "claimed" not in first
    assert (second["claimedCount"], second["claimed"]) == ("7", "sept")


@pytest.mark.parametrize("name", NAMES)
def test_data_of_others_are_not_given_what_our_source_says(name: str):
    store = of_others(':o a rte:Organisation ; skos:prefLabel "O" .')
    query = LIBRARY.get(name)
    values = fitting_values(store, query, "fr")
    rows = [] if values is None else list(run_query(store, query, values).records())
    assert not [row for row in rows if "example.org" not in "".join(row.values())]


def test_a_concept_of_the_vocabulary_is_shown_when_the_data_speak_of_it():
    store = of_others(
        """
        @prefix challenge: <https://w3id.org/rte/vocab/challenge/> .
        @prefix partner-stake: <https://w3id.org/rte/vocab/partner-stake/> .
        challenge:communication-strategy rte:evidence :c .
        :c rte:firstLine 1 ; rte:lastLine 2 ; rte:document :d . :d skos:prefLabel "Document" .
        :o skos:prefLabel "O" ; rte:partnerStake partner-stake:local-solidarity .
        """
    )
    assert {row["lines"] for row in run(store, "challenges")} <= {"1-2", ""}
    assert run(store, "challenges")
    (stake,) = run(store, "partner-stakes")
    assert stake["concernedLabel"] == "O"


STATEMENTS = """
@prefix counted-thing: <https://w3id.org/rte/vocab/counted-thing/> .
@prefix participation-role: <https://w3id.org/rte/vocab/participation-role/> .
:fair a rte:Initiative ; skos:prefLabel "Foire"@fr ; rte:evidence :cited ; rte:figure :hundred , :pads .
:hundred a rte:Figure ; rte:value 100 ; rte:counts counted-thing:pupils ; rte:printedValue "cent élèves"@fr .
:pads a rte:Figure ; rte:value 900 ; rte:counts counted-thing:sanitary-pads ; rte:evidence :nowhere .
:club a rte:Organisation ; skos:prefLabel "Club"@fr ; rte:evidence :cited .
:joins a rte:Participation ; rte:participant :club ; rte:initiative :fair ;
    rte:role participation-role:partner ; rte:evidence :cited .
:cited a rte:Citation ; rte:document :report ; rte:firstLine 3 ; rte:lastLine 5 .
:nowhere a rte:Citation .
:report a rte:Document ; skos:prefLabel "Rapport"@fr .
"""


def test_what_cites_no_lines_is_a_statement_without_evidence():
    rows = run(of_others(STATEMENTS), "statements-without-evidence")
    assert [row["statement"] for row in rows] == [
        "Foire — élèves : « cent élèves »",
        "Foire — serviettes périodiques : « 900 »",
    ]


def test_only_persons_count_as_reach_and_the_minimum_is_included():
    store = of_others(STATEMENTS)
    assert [row["value"] for row in run(store, "reach-over", minimum="100")] == ["100"]
    assert not run(store, "reach-over", minimum="101")


@pytest.mark.parametrize(("first", "last", "count"), [(1, 2, 0), (1, 3, 3), (4, 4, 3), (5, 9, 3), (6, 9, 0)])
def test_lines_lead_to_what_rests_upon_them(first: int, last: int, count: int):
    rows = run(of_others(STATEMENTS), "citations-of-passage", first=str(first), last=str(last))
    assert len(rows) == count


def test_a_partner_is_somebody_else_than_the_author_of_the_document():
    author = "@prefix dcterms: <http://purl.org/dc/terms/> . :report dcterms:creator :club ."
    assert not run(of_others(STATEMENTS), "white-spots")
    (row,) = run(of_others(STATEMENTS + author), "white-spots")
    assert (row["label"], row["lines"]) == ("Foire", "3-5")
