from __future__ import annotations

from pathlib import Path

import pytest
from map_sample import RATES, write_rates

from rte_graph.errors import UsageError
from rte_graph.loading import store_from
from rte_graph.resources import queries_folder
from rte_graph.sparql.library import load_library
from rte_graph.sparql.model import Library
from rte_graph.store import Store
from rte_graph.views.map_build import build_map
from rte_graph.views.map_codes import DEPARTEMENTS, REGIONS
from rte_graph.views.map_model import MapData

PREFIXES = """
PREFIX rte: <https://w3id.org/rte/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX kind: <https://w3id.org/rte/vocab/territory-kind/>
"""


@pytest.fixture(scope="module")
def store() -> Store:
    return store_from(None)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(queries_folder())


@pytest.fixture(scope="module")
def initiatives(store: Store, library: Library) -> MapData:
    return build_map(store, library)


def rows(store: Store, query: str) -> set[tuple[str, ...]]:
    return {
        tuple(str(getattr(term, "value", "")) for term in row) for row in store.select(PREFIXES + query).rows
    }


def test_every_initiative_with_a_territory_is_on_the_map_or_beside_it(
    initiatives: MapData, store: Store
) -> None:
    stated = rows(store, "SELECT ?i ?t WHERE { ?i a rte:Initiative ; rte:territory ?t }")
    mapped = {
        (entry.iri, initiatives.places[number].iri)
        for entry in initiatives.entries
        for number, _ in entry.places
        if initiatives.places[number].iri
    }
    assert mapped == stated
    for level in initiatives.levels:
        beside = initiatives.beside(level)
        for place in initiatives.places:
            assert place.area(level) or place.beside(level)
        for entry in initiatives.entries:
            assert all(
                initiatives.places[number].area(level) in initiatives.counts(level) or number in beside
                for number, _ in entry.places
            )


def test_initiatives_without_a_territory_are_listed_too(initiatives: MapData, store: Store) -> None:
    query = "SELECT ?i WHERE { ?i a rte:Initiative FILTER NOT EXISTS { ?i rte:territory ?t } }"
    silent = {iri for (iri,) in rows(store, query)}
    nowhere = next(i for i, place in enumerate(initiatives.places) if place.group == "nowhere")
    assert {e.iri for e in initiatives.entries if e.places[0][0] == nowhere} == silent
    assert initiatives.beside("region")[nowhere] == len(silent) > 0


@pytest.mark.parametrize("level", ["departement", "region"])
def test_each_area_counts_the_initiatives_that_sparql_finds_in_it(
    initiatives: MapData, store: Store, level: str
) -> None:
    found = rows(
        store,
        f"""SELECT ?code ?i WHERE {{
          ?i a rte:Initiative ; rte:territory ?t . ?t rte:within* ?area .
          ?area rte:kind kind:{level} ; rte:inseeCode ?code }}""",
    )
    if level == "departement":
        # A région with one département is the same area.
        only = {r: c for c, r, _ in DEPARTEMENTS.values() if r in ("01", "02", "03", "04", "06")}
        regional = rows(
            store,
            """SELECT ?code ?i WHERE { ?i a rte:Initiative ; rte:territory ?t .
               ?t rte:kind kind:region ; rte:inseeCode ?code }""",
        )
        found |= {(only[code], i) for code, i in regional if code in only}
    expected: dict[str, float] = {}
    for code, _ in found:
        expected[code] = expected.get(code, 0) + 1
    assert initiatives.counts(level) == expected


def test_counts_agree_with_the_saved_queries_by_departement_and_region(
    store: Store, library: Library
) -> None:
    for name, level in (("initiatives-by-department", "departement"), ("initiatives-by-region", "region")):
        told = build_map(store, library, name)
        assert told.levels == (level,)
        assert told.value is not None
        assert not told.value.rate
        mine = build_map(store, library)
        saved, counted = told.counts(level), mine.counts(level)
        assert set(counted) <= set(saved)
        # The saved queries count mere mentions apart.
        assert all(saved[code] <= counted.get(code, 0) for code in saved)


def test_what_is_wider_than_a_region_is_never_counted_in_one_and_is_marked_where_it_lies(
    initiatives: MapData,
) -> None:
    by_name = {place.label.fr: place for place in initiatives.places}
    ocean, paca, france = by_name["Océan Indien"], by_name["PACA–Corse"], by_name["France"]
    assert (ocean.region, ocean.group, ocean.covers) == ("", "several", ("974", "976"))
    assert paca.group == "several"
    assert {"13", "2A", "2B"} <= set(paca.covers)
    assert (france.group, france.covers) == ("national", ())
    auvergne = by_name["Auvergne"]
    assert auvergne.covers == ("03", "15", "43", "63")
    assert (auvergne.beside("departement"), auvergne.beside("region")) == ("wider", "")


def test_every_place_of_an_initiative_is_backed_by_a_passage(initiatives: MapData) -> None:
    for entry in initiatives.entries:
        for number, sources in entry.places:
            if initiatives.places[number].iri:
                assert sources, entry.label.fr
                assert all(initiatives.sources[i].first_line > 0 for i in sources)


def test_filters_know_domains_actors_and_sources(initiatives: MapData) -> None:
    assert len(initiatives.domains) == 5
    assert "Domaine" not in initiatives.domains[0].label.fr
    assert "MGEN" in {actor.label.fr for actor in initiatives.actors}
    assert len(initiatives.datasets) == 2
    assert all(entry.datasets for entry in initiatives.entries)


def test_a_network_is_placed_by_its_territories_and_counts_its_other_end(
    store: Store, library: Library
) -> None:
    data = build_map(store, library, "territory-actors")
    assert len(data.entries) > 50
    assert data.counts("departement")["46"] > 5


def test_a_network_without_territories_is_placed_where_its_nodes_are(store: Store, library: Library) -> None:
    data = build_map(store, library, "alliance-memberships")
    assert len(data.entries) == 21
    assert sum(data.beside("departement").values()) == 21


def test_the_table_of_codes_is_that_of_the_packaged_territories(store: Store) -> None:
    told = rows(
        store,
        """SELECT ?code ?region ?name ?regionName WHERE {
          ?d rte:kind kind:departement ; rte:inseeCode ?code ; skos:prefLabel ?name ; rte:within ?r .
          ?r rte:kind kind:region ; rte:inseeCode ?region ; skos:prefLabel ?regionName }""",
    )
    ours = {(code, region, name, REGIONS[region]) for code, region, name in DEPARTEMENTS.values()}
    assert ours == told
    assert len(ours) == 101


def test_a_rate_becomes_classes_at_the_level_at_which_it_is_given(store: Store, tmp_path: Path) -> None:
    write_rates(tmp_path)
    data = build_map(store, load_library(tmp_path), "rates")
    assert data.value is not None
    assert data.value.rate
    assert data.levels == ("region",)
    assert data.counts("region") == {"53": 0.25, "76": 0.5, "11": 0.75}


def test_two_numbers_for_one_territory_are_refused(store: Store, tmp_path: Path) -> None:
    write_rates(tmp_path, RATES.replace("territory:region-76", "territory:region-53"))
    with pytest.raises(UsageError) as refused:
        build_map(store, load_library(tmp_path), "rates")
    assert "localShare" in refused.value.message("en")


def test_numbers_of_communes_stand_beside_and_are_never_added_up(store: Store, tmp_path: Path) -> None:
    write_rates(tmp_path, RATES.replace("territory:region-53", "territory:commune-46042"))
    data = build_map(store, load_library(tmp_path), "rates")
    assert data.counts("region") == {"76": 0.5, "11": 0.75}
    assert {data.places[i].label.fr: n for i, n in data.beside("region").items()} == {"Cahors": 0.25}


def test_numbers_of_departements_and_of_regions_at_once_are_refused(store: Store, tmp_path: Path) -> None:
    write_rates(tmp_path, RATES.replace("territory:region-53", "territory:departement-46"))
    with pytest.raises(UsageError) as refused:
        build_map(store, load_library(tmp_path), "rates")
    assert "-p" in refused.value.message("fr")


def test_a_query_without_any_territory_is_refused_with_what_to_do(store: Store, library: Library) -> None:
    with pytest.raises(UsageError) as refused:
        build_map(store, library, "challenges")
    assert "territory-actors" in refused.value.message("fr")
