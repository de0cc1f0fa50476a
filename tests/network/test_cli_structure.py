"""project, communities, brokerage, network measures: what the verbs write, in each form and language."""

from __future__ import annotations

import csv
import io
import json

import pytest
from click.testing import CliRunner, Result

from rte_graph.cli.brokerage import brokerage
from rte_graph.cli.common import Session
from rte_graph.cli.communities import communities
from rte_graph.cli.language import set_language
from rte_graph.cli.network import network
from rte_graph.cli.project import project
from rte_graph.errors import InvalidParameter, MissingParameter, RteError
from rte_graph.network import build_network, network_from_rows
from rte_graph.network.brokerage_table import find_brokers, format_brokers
from rte_graph.network.catalogue import range_text
from rte_graph.network.communities_table import find_communities, format_communities
from rte_graph.network.measures import measures, result
from rte_graph.network.projection_table import format_projection
from tests.network.samples import one_mode, two_mode


@pytest.fixture
def run(clubs_store, clubs_library):
    def invoke(command, *words: str) -> Result:
        session = Session(_store=clubs_store, _library=clubs_library)
        result = CliRunner().invoke(command, words, obj=session)
        if result.exception and not isinstance(result.exception, SystemExit | RteError):
            raise result.exception
        return result

    yield invoke
    set_language("fr")


@pytest.fixture
def clubs(clubs_store, clubs_library):
    return build_network(clubs_store, clubs_library, "clubs", "fr")


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


# ---- project ----


def test_project_writes_the_pairs_of_the_projection_heaviest_first(run, clubs):
    rows = rows_of(run(project, "clubs", "--format", "csv").stdout)
    weights = [float(row["weight"]) for row in rows]
    assert weights == sorted(weights, reverse=True)
    projected = result("projection-count", clubs, "target")
    expected = {
        (projected.nodes[edge.source].iri, projected.nodes[edge.target].iri, edge.weight)
        for edge in projected.edges
    }
    assert {(row["iri"], row["otherIri"], float(row["weight"])) for row in rows} == expected


@pytest.mark.parametrize("weighting", ["count", "newman", "jaccard", "cosine"])
def test_project_onto_either_set_with_each_weight(run, clubs, weighting):
    found = json.loads(
        run(project, "clubs", "--set", "source", "--weight", weighting, "--format", "json").stdout
    )
    assert found["weighting"] == weighting
    # Isolates stay among the nodes.
    assert len(found["nodes"]) == clubs.source_count
    projected = result(f"projection-{weighting}", clubs, "source")
    assert sorted(row["weight"] for row in found["pairs"]) == pytest.approx(
        sorted(edge.weight for edge in projected.edges)
    )


def test_pairs_stand_by_weight_and_then_by_label():
    ties = [(0, 0), (1, 0), (1, 1), (2, 1), (1, 2), (2, 2), (0, 3), (2, 3)]
    rows = rows_of(format_projection(result("projection-count", two_mode(3, 4, ties)), "count", output="csv"))
    assert [(row["label"], row["other"], row["weight"]) for row in rows] == [
        ("s1", "s2", "2.0"),
        ("s0", "s1", "1.0"),
        ("s0", "s2", "1.0"),
    ]


def test_pairs_as_heavy_as_the_last_one_stay(run):
    square = result("projection-count", two_mode(3, 1, [(0, 0), (1, 0), (2, 0)]))
    assert len(rows_of(format_projection(square, "count", output="csv", top=1))) == 3
    assert isinstance(run(project, "clubs", "--top", "0").exception, InvalidParameter)


def test_a_projection_without_nodes_says_so(run):
    empty = result("projection-count", two_mode(0, 0, []))
    assert "Poids" not in format_projection(empty, "count").split("\n")[0]
    assert "no node" in format_projection(empty, "count", lang="en").lower()


# ---- communities ----


def test_communities_name_each_node_once_with_its_community(run, clubs):
    rows = rows_of(run(communities, "clubs", "--format", "csv").stdout)
    assert sorted(row["iri"] for row in rows) == sorted(node.iri for node in clubs.nodes)
    found = json.loads(run(communities, "clubs", "--format", "json").stdout)
    assert found["modularity"] == pytest.approx(result("communities", clubs, seed=1).quality)
    assert (found["seed"], found["starts"], found["modularityOf"]) == (1, 50, "Barber 2007")
    assert [each["number"] for each in found["communities"]] == list(range(1, len(found["communities"]) + 1))
    assert sum(each["size"] for each in found["communities"]) == len(rows)


def test_communities_are_the_same_for_the_same_seed_and_say_which(run):
    first, again = (run(communities, "clubs", "--seed", "7").stdout for _ in range(2))
    assert first == again
    assert "graine 7" in first
    assert "seed 7" in run(communities, "clubs", "--seed", "7", "--lang", "en").stdout


@pytest.mark.parametrize("words", [("--seed", "-1"), ("--starts", "0")])
def test_a_seed_or_starts_that_make_no_sense_are_refused(run, words):
    refused = run(communities, "clubs", *words)
    assert isinstance(refused.exception, InvalidParameter)
    assert not refused.stdout


def test_without_a_tie_there_is_no_modularity():
    found = find_communities(two_mode(2, 1, []), seed=1)
    assert "chaque nœud est seul" in format_communities(found)
    assert json.loads(format_communities(found, output="json"))["modularity"] is None


def test_the_two_sets_stand_in_columns_of_their_own():
    found = find_communities(two_mode(2, 2, [(0, 0), (1, 1)]), seed=1)
    lines = format_communities(found, lang="en").splitlines()
    assert any(line.split() == ["1", "2", "s0", "t0"] for line in lines)
    one = find_communities(one_mode(3, [(0, 1)]), seed=1)
    assert any(line.split() == ["1", "2", "n0,", "n1"] for line in format_communities(one).splitlines())


# ---- brokerage ----


def test_a_two_mode_network_is_projected_before_brokers_are_sought(run):
    refused = run(brokerage, "clubs").exception
    assert isinstance(refused, MissingParameter)
    assert "--project source" in refused.message("fr")
    assert "--project source" in refused.message("en")
    rows = rows_of(run(brokerage, "clubs", "--project", "source", "--format", "csv").stdout)
    assert [int(row["rank"]) for row in rows] == sorted(int(row["rank"]) for row in rows)


def star(types: dict[str, str]):
    nodes = [{"node": name, "nodeLabel": name, "nodeType": kind} for name, kind in types.items()]
    return network_from_rows("star", nodes, [("a", "b"), ("a", "c"), ("a", "d")], mode="one-mode")


def test_brokers_and_types_of_a_star_counted_by_hand():
    # a (red) joins b (red), c and d (blue): b–c and b–d pass a gatekeeper, c–d an itinerant.
    found = find_brokers(star({"a": "red", "b": "red", "c": "blue", "d": "blue"}))
    record = json.loads(format_brokers(found, output="json"))
    first = record["brokers"][0]
    assert {role: first[role] for role in ("coordinator", "gatekeeper", "itinerant", "liaison")} == {
        "coordinator": 0,
        "gatekeeper": 2,
        "itinerant": 1,
        "liaison": 0,
    }
    assert record["eiIndex"] == pytest.approx(1 / 3)
    assert record["types"] == [
        {"type": "blue", "nodes": 2, "within": 0, "outside": 2, "eiIndex": 1.0},
        {"type": "red", "nodes": 2, "within": 1, "outside": 2, "eiIndex": pytest.approx(1 / 3)},
    ]
    assert "0,333" in format_brokers(found)
    assert "E-I index of the network: 0.333." in format_brokers(found, lang="en")


def test_a_type_that_no_source_states_is_no_group():
    nodes = [{"node": name, "nodeType": "type non précisé", "nodeTypeIri": NOT_STATED} for name in ("a", "b")]
    network = network_from_rows("n", nodes, [("a", "b")], mode="one-mode")
    assert result("ei-index", network).value is None
    assert find_brokers(network).types == ()


NOT_STATED = "https://w3id.org/rte/vocab/organisation-kind/not-stated"


# ---- network measures, network show ----


def test_network_measures_lists_the_whole_register_in_both_languages(run):
    names = [each.name for each in measures()]
    for lang in ("fr", "en"):
        assert [
            row["name"] for row in rows_of(run(network, "measures", "--format", "csv", "--lang", lang).stdout)
        ] == names
        text = run(network, "measures", "--lang", lang).stdout
        assert all(name in text for name in names)
    listed = json.loads(run(network, "measures", "--format", "json").stdout)
    assert all(each["references"] for each in listed)


def test_ranges_are_written_in_the_typography_of_the_language():
    assert range_text(-0.5, 1, "fr") == "de −0,5 à 1"
    assert range_text(0, 100, "en") == "0–100"


def test_network_show_gives_communities_and_its_measures_as_rows(run, clubs):
    quality = result("communities", clubs, seed=1).quality
    shown = json.loads(run(network, "show", "clubs", "--format", "json").stdout)
    assert shown["communities"]["modularity"] == pytest.approx(quality)
    assert "modularité Q = " in run(network, "show", "clubs").stdout
    rows = {row["measure"]: row for row in rows_of(run(network, "show", "clubs", "--format", "csv").stdout)}
    assert float(rows["communities"]["value"]) == pytest.approx(quality)
    assert {"density", "nestedness", "assortativity", "degree-centralisation"} <= set(rows)
    assert rows_of(run(network, "list", "--format", "csv").stdout)[0]["name"] == "clubs"


@pytest.mark.parametrize(
    ("command", "words"),
    [(project, ()), (communities, ()), (brokerage, ("--project", "source")), (network, ("show",))],
)
def test_the_file_name_chooses_the_form(run, tmp_path, command, words):
    target = tmp_path / "out.json"
    names = ("clubs",) if words != ("show",) else ()
    run(command, *names, *words, *(() if names else ("clubs",)), "-o", str(target))
    assert json.loads(target.read_text(encoding="utf-8"))
    refused = run(command, *names, *words, *(() if names else ("clubs",)), "-o", str(tmp_path / "out.xlsx"))
    assert isinstance(refused.exception, InvalidParameter)


def test_structural_holes_stand_beside_the_roles_where_they_are_defined():
    found = json.loads(format_brokers(find_brokers(star(dict.fromkeys("abcd", ""))), output="json"))
    centre = found["brokers"][0]
    assert (centre["label"], centre["effectiveSize"]) == ("a", 3.0)
    assert centre["constraint"] == pytest.approx(1 / 3)
    mixed = network_from_rows("n", [("a", ""), ("b", "")], [("a", "b")], mode="multi")
    assert json.loads(format_brokers(find_brokers(mixed), output="json"))["brokers"][0]["constraint"] is None
    assert "Contrainte" not in format_brokers(find_brokers(mixed))
