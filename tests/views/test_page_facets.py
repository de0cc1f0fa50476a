"""What pages of the packaged networks filter, colour and place by, against the store itself."""

from __future__ import annotations

import json
import re

import pytest

from rte_graph.loading import store_from
from rte_graph.resources import queries_folder
from rte_graph.sparql.library import load_library
from rte_graph.store.base import Store
from rte_graph.views.layout import compute_layout, problem_of
from rte_graph.views.network_page import draw_page
from rte_graph.views.page_build import page_network
from rte_graph.views.page_model import PageNetwork

RTE = "https://w3id.org/rte/ontology#"


@pytest.fixture(scope="module")
def store() -> Store:
    return store_from(None)


@pytest.fixture(scope="module")
def participations(store: Store) -> PageNetwork:
    return page_network(store, load_library(queries_folder()), "initiative-participations")


@pytest.fixture(scope="module")
def pairs(store: Store) -> PageNetwork:
    return page_network(store, load_library(queries_folder()), "co-participation")


def _stated(store: Store, prop: str) -> set[tuple[str, str]]:
    rows = store.select(f"SELECT ?item ?value WHERE {{ ?item <{RTE}{prop}> ?value }}").rows
    return {(str(getattr(item, "value", "")), str(getattr(value, "value", ""))) for item, value in rows}


def test_domains_and_dates_of_nodes_are_those_of_the_store(store: Store, participations: PageNetwork) -> None:
    nodes = {node.iri for node in participations.nodes}
    domains = {(node.iri, domain) for node in participations.nodes for domain in node.domains}
    assert domains == {pair for pair in _stated(store, "actionDomain") if pair[0] in nodes}
    assert {key for _, key in domains} == {domain.key for domain in participations.domains}
    starts = {(node.iri, node.start) for node in participations.nodes if node.start}
    assert starts
    assert starts <= _stated(store, "start")


def test_only_nodes_with_a_territory_are_on_the_map_and_none_of_another_network(
    participations: PageNetwork,
) -> None:
    assert participations.map is not None
    nodes = {node.iri for node in participations.nodes}
    for entry in participations.map.entries:
        assert entry.iri in nodes
        assert any(participations.map.places[number].iri for number, _ in entry.places)


def test_pairs_have_no_direction_a_plain_name_and_measures(pairs: PageNetwork) -> None:
    assert not pairs.directed
    assert [role.label.en for role in pairs.roles] == ["tie"]
    assert "degree" in [measure.name for measure in pairs.measures]


def test_communities_are_groups_of_two_or_more_and_isolates_in_none(pairs: PageNetwork) -> None:
    assert pairs.partition is not None
    groups = pairs.partition.groups
    for node, degree in enumerate(pairs.degrees()):
        assert (groups[node] == 0) == (degree == 0)
    assert all(groups.count(group) > 1 for group in groups if group)


def test_the_boundary_card_of_each_source_is_in_the_making(participations: PageNetwork) -> None:
    titles = {card.title.fr for card in participations.making.boundary}
    assert {source.document.fr for source in participations.sources} <= titles
    assert all(value.fr and value.en for card in participations.making.boundary for _, value in card.rows)


def test_the_real_page_is_small_writes_texts_once_and_is_the_same_twice(participations: PageNetwork) -> None:
    page = draw_page(participations)
    assert page == draw_page(participations)
    assert len(page.encode()) < 1_500_000
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    strings = json.loads(found.group(1))["strings"]
    assert len(strings) == len(set(strings))


def test_the_author_of_the_report_stands_in_the_middle_of_its_fans(participations: PageNetwork) -> None:
    layout = compute_layout(problem_of(participations))
    assert layout.algorithm == "fans"
    degrees = participations.degrees()
    hub = degrees.index(max(degrees))
    assert participations.nodes[hub].label.fr == "MGEN"
    near = {edge.target for edge in participations.edges if edge.source == hub}
    left = [layout.positions[i][0] < layout.positions[hub][0] for i in near]
    assert 0.35 < sum(left) / len(left) < 0.65
