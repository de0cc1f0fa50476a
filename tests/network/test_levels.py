"""The networks of both sources at two levels: named actors, and families of organisations as one node."""

from __future__ import annotations

import json
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from rte_graph.cli import main
from rte_graph.errors import InvalidParameter
from rte_graph.loading import packaged_store
from rte_graph.network import Network, build_network
from rte_graph.network.hubs import hubs
from rte_graph.network.overlap import overlap
from rte_graph.network.overview import format_overview
from rte_graph.resources import ontology_files, queries_folder
from rte_graph.sparql.engine import run_query
from rte_graph.sparql.formats import to_text
from rte_graph.sparql.library import load_library
from rte_graph.store import EmbeddedStore
from rte_graph.store.base import Store
from tests.queries.rdflib_store import RdflibStore

LIBRARY = load_library(queries_folder())
EXAMPLE = Path(__file__).parent / "data" / "levels.ttl"
LEVELS = ("instance", "family")
TWO_MODE = ("initiative-participations", "territory-actors", "domain-actors")
NETWORKS = (*TWO_MODE, "co-participation", "cooperation")
ARS = "https://w3id.org/rte/vocab/organisation-family/ars"


@pytest.fixture(scope="module")
def example() -> Store:
    store = EmbeddedStore.in_memory()
    ontology = [
        quad.triple for path in ontology_files() for quad in parse(path=path, format=RdfFormat.TURTLE)
    ]
    store.replace_dataset(NamedNode("https://w3id.org/rte/ontology"), ontology)
    data = [quad.triple for quad in parse(path=EXAMPLE, format=RdfFormat.TURTLE)]
    store.replace_dataset(NamedNode("http://example.org/data"), data)
    return store


@pytest.fixture(scope="module")
def packaged() -> Store:
    return packaged_store()


def read(store: Store, name: str, level: str | None = None) -> Network:
    return build_network(store, LIBRARY, name, "fr", {} if level is None else {"level": level})


def short(iri: str) -> str:
    return iri.rpartition("/")[2]


def nodes(network: Network, set_name: str | None = None) -> set[str]:
    return {short(node.iri) for node in network.nodes if set_name in (None, node.set)}


def ties(network: Network) -> dict[tuple[str, str, str], float]:
    ends = [short(node.iri) for node in network.nodes]
    found = {
        (ends[edge.source], ends[edge.target], short(edge.role_iri)): edge.weight or 0.0
        for edge in network.edges
    }
    assert len(found) == len(network.edges)
    return found


def test_named_actors_alone_are_nodes_by_default(example):
    network = read(example, "initiative-participations")
    assert network == read(example, "initiative-participations", "instance")
    assert nodes(network, "source") == {"north", "south", "club", "union"}
    # Nobody is named in the last one; where an initiative is not described, there is no node for it.
    assert nodes(network, "target") == {"fair", "lab", "void"}
    assert ties(network) == {
        ("north", "fair", "partner"): 1,
        ("club", "fair", "carrier"): 1,
        ("south", "lab", "partner"): 1,
        ("union", "lab", "partner"): 1,
        ("club", "lab", "partner"): 1,
        ("club", "lab", "carrier"): 1,
    }


def test_a_family_gathers_its_organisations_and_the_mentions_without_a_name(example):
    network = read(example, "initiative-participations", "family")
    assert nodes(network, "source") == {"ars", "cpam", "club", "union"}
    found = ties(network)
    assert found["ars", "fair", "partner"] == 2
    assert found["ars", "lab", "partner"] == found["cpam", "lab", "partner"] == 1
    (ars,) = (node for node in network.nodes if node.iri == ARS)
    assert (ars.instances, ars.type) == (3, "Familles d’organisations")
    (tie,) = (edge for edge in network.edges if network.nodes[edge.source].iri == ARS and edge.weight == 2)
    assert [short(iri) for iri in tie.evidence] == ["c1", "c2"]


@pytest.mark.parametrize("level", LEVELS)
def test_categories_and_persons_are_in_no_network(example, level):
    for name in NETWORKS:
        assert not nodes(read(example, name, level)) & {"ann", "local-authorities"}, name


def test_territories_and_domains_weigh_by_initiatives(example):
    territories = read(example, "territory-actors")
    assert nodes(territories, "target") == {"town", "coast"}
    found = ties(territories)
    assert found["club", "town", ""] == 2
    assert found["north", "town", ""] == found["club", "coast", ""] == 1
    assert ties(read(example, "territory-actors", "family"))["ars", "town", ""] == 2
    domains = read(example, "domain-actors")
    assert nodes(domains, "target") == {"health-environment", "cooperative-health-prevention"}
    assert set(ties(domains)) == {("north", "health-environment", ""), ("club", "health-environment", "")}
    assert {"south", "union"} <= nodes(domains, "source")


def test_pairs_that_take_part_together_stand_once(example):
    network = read(example, "co-participation")
    assert network.mode == "one-mode"
    pairs = {frozenset((a, b)): weight for (a, b, _), weight in ties(network).items()}
    assert pairs == {
        frozenset(("north", "club")): 1,
        frozenset(("south", "club")): 1,
        frozenset(("south", "union")): 1,
        frozenset(("club", "union")): 1,
    }
    family = {
        frozenset((a, b)): w for (a, b, _), w in ties(read(example, "co-participation", "family")).items()
    }
    assert family[frozenset(("ars", "club"))] == 2
    assert len(family) == 6


def test_cooperation_holds_every_tie_with_its_kind_and_role(example):
    network = read(example, "cooperation")
    assert network.mode == "multi"
    assert nodes(network) == {"north", "south", "club", "union", "fair", "lab", "void", "day"}
    kinds = Counter(edge.kind_iri.rpartition("#")[2] for edge in network.edges)
    assert kinds == {
        "Participation": 7,
        "Membership": 1,
        "StakeholderRelation": 1,
        "Funding": 1,
        "Interaction": 1,
        "commonProjectOf": 1,
    }
    assert all(edge.kind and edge.role for edge in network.edges)
    assert ("north", "south", "privileged-partner") in ties(network)


def test_in_cooperation_two_of_one_family_make_no_tie_with_themselves(example):
    network = read(example, "cooperation", "family")
    assert nodes(network) == {"ars", "cpam", "club", "union", "fair", "lab", "void", "day"}
    found = ties(network)
    assert found["ars", "lab", "grant"] == 2
    assert found["cpam", "union", "privileged-partner"] == 1
    assert all(a != b for a, b, _ in found)


@pytest.mark.parametrize("name", NETWORKS)
def test_a_level_that_does_not_exist_is_refused_with_those_that_do(example, name):
    with pytest.raises(InvalidParameter, match="instance, family"):
        run_query(example, LIBRARY.get(name), {"level": "galaxy"})


@pytest.mark.parametrize("level", LEVELS)
def test_co_participation_is_the_projection_of_the_participations(packaged, level):
    members: dict[str, set[str]] = {}
    participations = read(packaged, "initiative-participations", level)
    for edge in participations.edges:
        initiative = participations.nodes[edge.target].iri
        members.setdefault(initiative, set()).add(participations.nodes[edge.source].iri)
    expected = Counter(pair for each in members.values() for pair in combinations(sorted(each), 2))
    network = read(packaged, "co-participation", level)
    pairs = [
        ((network.nodes[edge.source].iri, network.nodes[edge.target].iri), edge.weight)
        for edge in network.edges
    ]
    assert {tuple(sorted(pair)): weight for pair, weight in pairs} == expected
    assert len(pairs) == len(expected)
    assert {node.iri for node in network.nodes} == {
        node.iri for node in participations.nodes if node.set == "source"
    }


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", NETWORKS)
def test_each_network_of_the_packaged_data_holds_together(packaged, name, level):
    network = read(packaged, name, level)
    assert network.edges
    assert all(edge.evidence for edge in network.edges)
    assert all(edge.source != edge.target for edge in network.edges)
    assert network.parameters == (("level", level),)
    assert f"{name}, level = {level}" in format_overview(network, LIBRARY.get(name))


@pytest.mark.parametrize("name", TWO_MODE)
def test_two_mode_networks_are_ranked_and_compared(example, name):
    network = read(example, name, "family")
    assert {row.set for row in hubs(network)} == {"source", "target"}
    report = overlap(network)
    # A domain or a place that shares actors with all others is no coalition.
    assert not report.meta_by_data
    assert "coalition" not in " ".join(report.as_dict("en")["notes"])


def test_a_network_without_levels_says_which_have_them(packaged):
    with pytest.raises(InvalidParameter, match=r"alliance-memberships.*leave it out.*co-participation"):
        read(packaged, "alliance-memberships", "family")


def test_every_verb_takes_the_level(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    asked = ["--store", str(EXAMPLE), "-q", "--level", "family"]
    assert main(["network", "show", "cooperation", *asked, "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["parameters"] == {"level": "family"}
    assert main(["hubs", "territory-actors", *asked, "--format", "json"]) == 0
    assert "organisation-family/ars" in capsys.readouterr().out
    assert main(["overlap", "territory-actors", *asked]) == 0
    assert main(["draw", "co-participation", *asked, "-o", "net.html"]) == 0
    assert "level = family" in Path("net.html").read_text(encoding="utf-8")
    assert main(["export", "co-participation", *asked, "-o", "net.gexf"]) == 0
    assert 'weight="2"' in Path("net.gexf").read_text(encoding="utf-8")
    capsys.readouterr()


@pytest.mark.parametrize(
    "asked",
    [
        ["hubs", "cooperation", "--by", "betweenness"],
        ["overlap", "co-participation"],
        ["overlap", "cooperation"],
    ],
)
def test_what_is_not_defined_for_a_mode_is_refused_in_one_sentence(asked, capsys):
    assert main([*asked, "--lang", "en"]) == 2
    said = capsys.readouterr().err
    assert "two-mode" in said
    assert asked[1] in said
    assert said.count("\n") == 1


def test_merged_kinds_of_ties_are_ranked_by_degree_alone(capsys):
    assert main(["hubs", "cooperation", "--format", "json"]) == 0
    assert {row["measure"] for row in json.loads(capsys.readouterr().out)} == {"degree"}


def test_a_level_is_one_of_two_and_only_where_a_network_has_it(capsys):
    assert main(["hubs", "territory-actors", "--level", "planet", "--lang", "en"]) == 2
    assert "family" in capsys.readouterr().err
    assert main(["draw", "alliance-memberships", "--level", "family", "--lang", "en"]) == 2
    assert "has no parameter “level”" in capsys.readouterr().err


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
@pytest.mark.parametrize("level", LEVELS)
def test_two_engines_agree_also_where_nothing_is_known(example, level):
    empty = EmbeddedStore.in_memory()
    for name in (query for network in NETWORKS for query in (network, f"{network}-nodes")):
        query, values = LIBRARY.get(name), {"level": level}
        for store in (example, empty):
            expected = to_text("tsv", run_query(store, query, values))
            assert to_text("tsv", run_query(RdflibStore(store), query, values)) == expected, name


@pytest.mark.parametrize("level", LEVELS)
def test_the_question_above_a_threshold_and_the_network_name_the_same_pairs(packaged, level):
    network = read(packaged, "co-participation", level)
    expected = {
        (frozenset((network.nodes[edge.source].iri, network.nodes[edge.target].iri)), edge.weight)
        for edge in network.edges
    }
    table = run_query(packaged, LIBRARY.get("co-participation-over"), {"minimum": "1", "level": level})
    columns = (table.column(name) for name in ("actorA", "actorB", "count"))
    found = {
        (frozenset((a.value, b.value)), float(count.value)) for a, b, count in zip(*columns, strict=True)
    }
    assert found == expected
