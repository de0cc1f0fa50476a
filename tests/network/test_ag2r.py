"""The network of alliances, on the packaged data: what the tome on the five alliances says."""

from __future__ import annotations

import json

import pytest

from rte_graph.loading import packaged_store
from rte_graph.network import Network, build_network
from rte_graph.network.coverage_sentences import coverage_sentences
from rte_graph.network.declared import Declared, read_declared
from rte_graph.network.hubs import hubs
from rte_graph.network.overlap import overlap
from rte_graph.network.present import format_hubs
from rte_graph.network.sentences import why_sentence
from rte_graph.resources import queries_folder
from rte_graph.sparql.library import load_library

HUB = "Coalition Solidaire"


@pytest.fixture(scope="module")
def known() -> tuple[Network, Declared]:
    store = packaged_store()
    network = build_network(store, load_library(queries_folder()), "alliance-memberships", "fr")
    declared = read_declared(store, "fr")
    store.close()
    return network, declared


def test_five_alliances_and_the_organisations_that_they_name(known):
    network, _ = known
    assert (network.source_count, network.target_count, network.biadjacency().nnz) == (16, 5, 26)
    assert all(edge.evidence for edge in network.edges)


def test_the_coalition_solidaire_is_first_by_every_measure(known):
    network, _ = known
    firsts = [(row.measure, row.label) for row in hubs(network, set="target", top=1)]
    assert firsts == [
        (measure, HUB) for measure in ("degree", "betweenness", "closeness", "eigenvector", "pagerank")
    ]


def test_one_call_makes_it_plain_why(known):
    network, declared = known
    sentence = why_sentence(network, hubs(network), "target", "fr").replace("\u00a0", " ")
    assert "réunit 15 des 16 organisations (94 %)" in sentence
    assert "8 des 9 que comptent les autres alliances (89 % : tout sauf" in sentence
    assert "sans ce nœud, Collectif Emploi ne tient plus au reste" in sentence
    assert f"{HUB}*" in format_hubs(network, hubs(network), declared)


def test_it_alone_is_a_meta_coalition_by_the_data_as_the_source_declares(known):
    network, declared = known
    report = overlap(network, declared=declared)
    assert [row.alliance.label for row in report.meta_by_data] == [HUB]
    row = report.coverage[0]
    assert (row.gathered, row.others_members, row.touched, row.others) == (8, 9, 4, 4)
    assert [each.label.endswith("Social Bar") for each in row.missing] == [True]
    assert row.meta_declared
    assert "d’après les données et d’après la source" in coverage_sentences(report, "fr")[0]


def test_named_members_stand_against_claimed_ones(known):
    network, declared = known
    rows = {row.alliance.label: row for row in overlap(network, declared=declared).coverage}
    emploi = rows["Collectif Emploi"]
    assert (emploi.named, emploi.claimed, emploi.qualifier) == (1, 15, "environ")


def test_the_same_call_gives_the_same_bytes(known):
    network, declared = known
    first = format_hubs(network, hubs(network), declared, output="json")
    again = network.without([])
    assert format_hubs(again, hubs(again), declared, output="json") == first
    assert json.loads(first)[0]["label"] == HUB
