"""Rankings with chance, boundary and filters beside them, on the packaged data, through the command line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest

from rte_graph.cli import main
from rte_graph.cli.language import set_language
from rte_graph.network import network_from_rows
from rte_graph.network.build import build_network
from rte_graph.network.documents import documents_of_nodes
from rte_graph.network.filters import in_source, on_date, with_roles
from rte_graph.network.periods import holds, period_of
from rte_graph.sparql.library import working_library

Run = Callable[..., str]
NET = "alliance-memberships"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    def invoke(*words: str, code: int = 0) -> str:
        assert main(words) == code
        streams = capsys.readouterr()
        return (streams.err if code else streams.out).replace("\u00a0", " ")

    yield invoke
    set_language("fr")


def flat(text: str) -> str:
    return " ".join(text.split())


def test_significance_gives_p_q_and_effect_or_says_why_not(run: Run) -> None:
    words = ("hubs", NET, "--by", "betweenness", "--by", "degree", "--significance", "200", "--seed", "3")
    rows = json.loads(run(*words, "--format", "json"))
    by_measure = {name: [row for row in rows if row["measure"] == name] for name in ("betweenness", "degree")}
    assert all(row["p"] is None and "Ne peut pas varier" in row["note"] for row in by_measure["degree"])
    tested = [row for row in by_measure["betweenness"] if row["p"] is not None]
    assert tested
    for row in tested:
        assert 0 < row["p"] <= row["q"] <= 1
        assert row["z"] == pytest.approx((row["value"] - row["mean"]) / row["sd"])
        assert (row["tested"], row["null"], row["seed"]) == ("betweenness", "fixed-degrees", 3)
    lines = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv"))))
    assert [line["p"] for line in lines] == ["" if row["p"] is None else str(row["p"]) for row in rows]
    table = flat(run(*words, "--lang", "en"))
    assert "against chance" in table
    assert "Cannot vary" in table


def test_without_significance_rows_have_no_more_columns(run: Run) -> None:
    assert set(json.loads(run("hubs", NET, "--format", "json"))[0]) == {
        "set",
        "measure",
        "rank",
        "label",
        "iri",
        "value",
        "raw",
        "component",
    }


def test_too_few_draws_are_refused_before_anything_is_read(run: Run) -> None:
    assert "39 at least" in run("hubs", NET, "--significance", "3", "--lang", "en", code=2)


def test_a_weighted_measure_or_a_network_of_one_set_cannot_be_tested(run: Run) -> None:
    assert "strength" in run("hubs", NET, "--by", "strength", "--significance", "100", code=2)
    run("hubs", "co-participation", "--by", "degree", "--significance", "100", code=2)


def test_every_ranking_shows_who_chose_the_cases(run: Run) -> None:
    card = flat(run("hubs", NET, "--lang", "en").partition("Boundary\n")[2])
    assert "AG2R LA MONDIALE" in card
    assert "5 of 5 alliances (100%)" in card
    assert "4 named" in card
    assert "MGEN" not in card


def test_exclude_puts_the_ranks_side_by_side_and_says_what_it_cannot_undo(run: Run) -> None:
    words = ("hubs", NET, "--by", "degree", "--exclude", "Coalition Solidaire")
    table = flat(run(*words))
    assert "avec → sans Coalition Solidaire" in table
    assert "Coalition Solidaire 1 → —" in table
    assert "n’annule pas la façon dont les cas ont été choisis" in table
    rows = json.loads(run(*words, "--format", "json"))
    full = {(row["set"], row["iri"]): row for row in json.loads(run(*words[:4], "--format", "json"))}
    for row in rows:
        assert row["rankWith"] == full[row["set"], row["iri"]]["rank"]
        assert row["valueWith"] == full[row["set"], row["iri"]]["value"]


def test_a_merged_network_gives_no_path_based_measure_without_its_card(run: Run) -> None:
    assert "unimodaux" in run("hubs", "cooperation", "--by", "betweenness", code=2)
    words = ("hubs", "cooperation", "--by", "articulation", "--by", "degree", "--format", "json")
    for row in json.loads(run(*words)):
        card = row["boundary"]
        assert (card is None) == (row["measure"] == "degree")
        assert card is None or ("MGEN a choisi" in card and "AG2R LA MONDIALE a choisi" in card)
    assert "plusieurs sources" in flat(run("hubs", "cooperation", "--top", "3"))


@pytest.mark.parametrize("source", ["MGEN", "AG2R"])
def test_a_source_keeps_its_own_ties_and_its_own_nodes(run: Run, source: str) -> None:
    table = flat(run("hubs", "cooperation", "--source", source, "--top", "3"))
    assert "plusieurs sources" not in table
    merged = json.loads(run("network", "show", "cooperation", "--format", "json"))
    alone = json.loads(run("network", "show", "cooperation", "--source", source, "--format", "json"))
    assert 0 < alone["ties"] < merged["ties"]
    assert 0 < alone["source"]["nodes"] < merged["source"]["nodes"]
    assert source in alone["parameters"]["source"]


def test_a_source_leaves_out_untied_nodes_that_only_another_source_names() -> None:
    from rte_graph.loading import packaged_store

    store = packaged_store()
    whole = build_network(store, working_library(), "cooperation")
    tied = {end for edge in whole.edges for end in (edge.source, edge.target)}
    naming = documents_of_nodes(store)
    found, _ = in_source(whole, "MGEN", store)
    kept = {node.iri for node in found.nodes}
    untied = [node.iri for place, node in enumerate(whole.nodes) if place not in tied]
    mgen = [iri for iri in untied if any("mgen" in each for each in naming.get(iri, ()))]
    assert 0 < len(mgen) < len(untied)
    assert {iri for iri in untied if iri in kept} == set(mgen)


def test_an_unknown_source_role_or_date_is_one_sentence(run: Run) -> None:
    assert "MGEN, Rapport" in run("hubs", NET, "--source", "nobody", "--lang", "en", code=2)
    assert "membre fondateur" in run("hubs", NET, "--role", "chef", code=2)
    assert "2021-06" in run("hubs", NET, "--on", "juin 2021", code=2)
    assert "--role" in run("hubs", "territory-actors", "--role", "membre", code=2)


def test_the_filters_stand_on_every_verb_that_reads_a_network(run: Run, tmp_path) -> None:
    filters = ("--on", "2019-12", "--role", "membre", "--source", "AG2R")
    shown = json.loads(run("network", "show", NET, *filters, "--format", "json"))
    assert shown["ties"] == 19
    pairs = json.loads(run("overlap", NET, *filters, "--format", "json"))
    assert sum(row["named"] for row in pairs["coverage"]) == 19
    run("export", NET, *filters, "-o", str(tmp_path / "net.json"))
    run("draw", NET, *filters, "-o", str(tmp_path / "net.svg"))
    assert "2019-12" in (tmp_path / "net.json").read_text(encoding="utf-8")


def test_ties_at_a_date_are_counted_yes_no_and_undated(run: Run) -> None:
    said = flat(run("hubs", NET, "--on", "2021", "--lang", "en"))
    assert "On 2021: yes 3 ties, no 0, undated 23" in said
    said = flat(run("hubs", NET, "--on", "2020-05", "--lang", "en"))
    assert "On 2020-05: yes 0 ties, no 3, undated 23" in said


@pytest.mark.parametrize(
    ("start", "end", "answer"),
    [
        ("2020", "", "yes"),
        ("2021-06-16", "", "no"),
        ("", "2021-06-14", "no"),
        ("", "2021-06-15", "undated"),
        ("2021", "", "undated"),
        ("2020", "2021", "undated"),
        ("2020", "2021-07", "yes"),
        ("2020", "bientôt", "undated"),
        ("", "", "undated"),
    ],
)
def test_what_a_printed_date_says_of_a_day(start: str, end: str, answer: str) -> None:
    assert holds(start, end, ("2021-06-15", "2021-06-15")) == answer


@pytest.mark.parametrize("text", ["2021-13", "2021-02-30", "0000", "21", "2021-00", "2021-6"])
def test_what_is_no_date_has_no_period(text: str) -> None:
    assert period_of(text) is None


def test_roles_are_found_by_label_without_accents_or_by_the_end_of_their_iri() -> None:
    ties = [
        {"source": "a", "target": "x", "role": "Trésorier", "roleIri": "http://e/role/treasurer"},
        {"source": "a", "target": "x", "role": "membre", "roleIri": "http://e/role/member"},
    ]
    net = network_from_rows("n", [("a", "source"), ("x", "target")], ties)
    assert len(with_roles(net, ["tresorier"])[0].edges) == 1
    assert len(with_roles(net, ["member", "treasurer"])[0].edges) == 2
    assert on_date(net, "2020")[0].nodes == net.nodes


def test_ranks_with_and_without_a_node_are_by_the_same_measures(run: Run) -> None:
    rows = json.loads(run("hubs", NET, "--exclude", "Coalition Solidaire", "--format", "json"))
    assert {row["measure"] for row in rows} >= {"harmonic-closeness"}
    assert all(row["rankWith"] for row in rows), "each node has its rank with all nodes too"
    table = flat(run("hubs", NET, "--exclude", "Coalition Solidaire", "--set", "target"))
    assert "→ —" in table
    assert table.count("→ —") == 5, "only the excluded node has no rank without itself"
