from __future__ import annotations

import re

import pytest

from rte_graph.loading import store_from
from rte_graph.resources import queries_folder
from rte_graph.sparql.library import load_library
from rte_graph.views.page_build import page_network
from rte_graph.views.page_model import PageNetwork


@pytest.fixture(scope="module")
def network() -> PageNetwork:
    return page_network(store_from(None), load_library(queries_folder()), "alliance-memberships")


def test_every_link_has_a_source_with_heading_and_lines(network: PageNetwork) -> None:
    assert network.edges
    for edge in network.edges:
        assert edge.sources
        for number in edge.sources:
            source = network.sources[number]
            assert source.document.fr
            assert source.heading
            assert 0 < source.first_line <= source.last_line


def test_the_meta_coalition_has_a_type_of_its_own_and_the_first_rank(network: PageNetwork) -> None:
    hub = next(i for i, n in enumerate(network.nodes) if n.label.fr == "Coalition Solidaire")
    assert network.nodes[hub].type.endswith("MetaCoalition")
    assert network.types[0].key == network.nodes[hub].type
    assert all(measure.ranks[hub] == 1 for measure in network.measures)
    assert "Coalition Solidaire" in network.findings[0].fr
    assert "Coalition Solidaire" in network.findings[0].en


def test_former_names_are_known(network: PageNetwork) -> None:
    node = next(n for n in network.nodes if n.label.fr == "Tous Tes Possibles")
    assert node.former_names == ("Tous Repreneurs",)


def test_types_roles_and_facts_read_in_both_languages(network: PageNetwork) -> None:
    for category in (*network.types, *network.roles):
        assert category.label.fr
        assert category.label.en
        assert category.definition.fr
        assert category.definition.en
    facts = [fact for node in network.nodes for fact in node.facts]
    assert len(facts) > 50
    assert all(fact.value.fr and fact.value.en for fact in facts)
    assert any(fact.value.fr != fact.value.en for fact in facts)
    assert sum(bool(fact.sources) for fact in facts) > len(facts) / 2


def test_who_is_no_member_shows_as_a_relation_not_as_a_node(network: PageNetwork) -> None:
    assert "AG2R LA MONDIALE" not in {node.label.fr for node in network.nodes}
    hub = next(n for n in network.nodes if n.label.fr == "Coalition Solidaire")
    assert any(fact.value.fr == "AG2R LA MONDIALE" and fact.sources for fact in hub.facts)


def test_the_making_says_query_version_and_hash(network: PageNetwork) -> None:
    making = network.making
    assert "SELECT ?source" in making.query
    assert re.search(r"SELECT[^{]*\?set", making.query)
    assert making.data_version
    assert len(making.data_hash) == 64
    assert making.data_hash[:12] in making.cite.fr


def test_a_contradiction_shows_both_readings_with_the_reason(network: PageNetwork) -> None:
    hub = next(n for n in network.nodes if n.label.fr == "Coalition Solidaire")
    starts = [fact for fact in hub.facts if fact.name.en == "Start"]
    assert {fact.value.fr for fact in starts} == {"mars 2020", "2020"}
    other = next(fact for fact in starts if fact.value.fr == "2020")
    assert other.detail.fr.startswith("autre lecture")
    assert other.detail.en != other.detail.fr


def test_ties_that_the_network_draws_are_not_told_twice(network: PageNetwork) -> None:
    hub = next(n for n in network.nodes if n.label.fr == "Coalition Solidaire")
    assert "Membres" not in {fact.name.fr for fact in hub.facts}


def test_a_large_network_is_drawn_without_descriptions(monkeypatch: pytest.MonkeyPatch) -> None:
    from rte_graph.views import page_facts

    monkeypatch.setattr(page_facts, "MOST_DESCRIBED", 3)
    large = page_network(store_from(None), load_library(queries_folder()), "alliance-memberships")
    assert not any(node.facts for node in large.nodes)
    assert all(edge.sources for edge in large.edges)
