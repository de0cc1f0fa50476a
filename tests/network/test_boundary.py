"""The boundary card of each source: who chose the cases, what absence means, who is in nearly all of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from rte_graph.loading import load
from rte_graph.network.boundary import Boundary, read_boundaries
from rte_graph.network.boundary_card import boundary_tables
from rte_graph.resources import data_files
from rte_graph.store import EmbeddedStore

PREFIXES = """
@prefix rte: <https://w3id.org/rte/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix : <https://example.org/> .
"""
REPORT = (
    PREFIXES
    + """
:report a rte:Document ; skos:prefLabel "Rapport"@fr .
:data a dcat:Dataset ; dcterms:source :report ;
  rte:caseSelection "Atelier a choisi."@fr , "Atelier chose."@en .
:line a rte:Citation ; rte:document :report .
:a a rte:Initiative ; rte:evidence :line . :b a rte:Initiative ; rte:evidence :line .
:atelier a rte:Organisation ; skos:prefLabel "Atelier"@fr .
:lune a rte:Organisation ; skos:prefLabel "Lune"@fr .
:rose a rte:Person ; skos:prefLabel "Rose"@fr .
:p1 a rte:Participation ; rte:participant :atelier ; rte:initiative :a ; rte:evidence :line .
:p2 a rte:Participation ; rte:participant :atelier ; rte:initiative :b ; rte:evidence :line .
:p3 a rte:Participation ; rte:participant :lune ; rte:initiative :b ; rte:evidence :line .
:p4 a rte:Participation ; rte:participant :lune ; rte:initiative :b ; rte:evidence :line .
:p5 a rte:Participation ; rte:participant :rose ; rte:initiative :a ; rte:evidence :line .
"""
)


@pytest.fixture(scope="module")
def packaged() -> Iterator[EmbeddedStore]:
    with closing(EmbeddedStore.in_memory()) as store:
        load(store, data_files())
        yield store


def of(text: str, lang: str = "fr") -> tuple[Boundary, ...]:
    with closing(EmbeddedStore.in_memory()) as store:
        quads = parse(text, format=RdfFormat.TURTLE)
        store.replace_dataset(NamedNode("urn:data"), [quad.triple for quad in quads])
        return read_boundaries(store, lang)


def cells(boundary: Boundary, lang: str) -> dict[str, str]:
    (table,) = boundary_tables([boundary], lang)
    return {key: value.replace("\u00a0", " ").replace("\u202f", " ") for key, value in table.rows}


def test_an_actor_in_all_cases_is_named_with_its_share_of_cases_and_ties() -> None:
    (boundary,) = of(REPORT)
    assert (boundary.kind, boundary.cases, boundary.ties) == ("initiative", 2, 4)
    assert [(p.label, p.cases, p.ties) for p in boundary.present] == [("Atelier", 2, 2), ("Lune", 1, 2)]
    assert cells(boundary, "fr")["Acteurs les plus présents"] == (
        "Atelier : 2 des 2 initiatives (100 %), 50 % des liens nommés. "
        "Lune : 1 des 2 initiatives (50 %), 50 % des liens nommés."
    )


def test_a_card_speaks_the_language_asked_for() -> None:
    (boundary,) = of(REPORT, "en")
    assert boundary.label == "Rapport"
    assert cells(boundary, "en")["Who chose the cases"] == "Atelier chose."


def test_what_a_dataset_does_not_say_is_told_with_the_term_that_would_say_it() -> None:
    (boundary,) = of(REPORT)
    assert "rte:absenceMeaning" in cells(boundary, "fr")["Ce que dit une absence"]


def test_a_source_without_cases_has_no_card() -> None:
    found = of(PREFIXES + ':r a rte:Document ; skos:prefLabel "Rapport"@fr .')
    assert len(found) == 1
    assert boundary_tables(found, "fr") == ()


def test_both_packaged_sources_say_who_chose_their_cases_and_whom_they_hold_from_the_outset(
    packaged: EmbeddedStore,
) -> None:
    ag2r, mgen = read_boundaries(packaged)
    assert (ag2r.kind, ag2r.cases, ag2r.present[0].label) == ("alliance", 5, "AG2R LA MONDIALE")
    assert ag2r.present[0].cases == 5
    assert (mgen.kind, mgen.cases, mgen.present[0].label) == ("sheet", 39, "MGEN")
    assert mgen.present[0].cases == 39
    assert mgen.present[1].cases < 5
    for lang in ("fr", "en"):
        for boundary in read_boundaries(packaged, lang):
            assert len(boundary.selection) > 40
            assert len(boundary.absence) > 40


def test_members_named_stand_beside_the_number_that_the_source_prints(packaged: EmbeddedStore) -> None:
    ag2r, mgen = read_boundaries(packaged)
    named = {claim.about: (claim.named, claim.printed) for claim in ag2r.claimed}
    assert named["Collectif Emploi"] == (1, "une quinzaine")
    assert [(claim.about, claim.named) for claim in mgen.claimed] == [("", 39)]
    assert "39 fiches pour « Près de 50 initiatives »." in cells(mgen, "fr").values()
