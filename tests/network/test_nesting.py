"""Alliances in alliances: on the packaged data, where none is, and on invented ones, where some are."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from rte_graph.cli import main
from rte_graph.cli.language import set_language
from rte_graph.errors import InvalidParameter
from rte_graph.network import network_from_rows
from rte_graph.network.nesting import expanded, nesting
from tests.network.samples import one_mode

NET = "alliance-memberships"
DATA = """
@prefix rte: <https://w3id.org/rte/ontology#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix level: <https://w3id.org/rte/vocab/alliance-level/> .
@prefix role: <https://w3id.org/rte/vocab/membership-role/> .
@prefix e: <http://example.org/> .
e:top a rte:MetaCoalition , rte:Alliance ; rte:level level:national ; skos:prefLabel "Sommet"@fr .
e:low a rte:Alliance ; rte:level level:national ; skos:prefLabel "Bas"@fr .
e:a a rte:Organisation ; skos:prefLabel "A"@fr .
e:b a rte:Organisation ; skos:prefLabel "B"@fr .
e:c a rte:Organisation ; skos:prefLabel "C"@fr .
e:m1 a rte:Membership ; org:member e:a ; org:organization e:top ; org:role role:member .
e:m2 a rte:Membership ; org:member e:low ; org:organization e:top ; org:role role:member .
e:m3 a rte:Membership ; org:member e:b ; org:organization e:low ; org:role role:member .
e:m4 a rte:Membership ; org:member e:c ; org:organization e:low ; org:role role:member .
"""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    def invoke(*words: str) -> str:
        assert main(words) == 0
        return capsys.readouterr().out.replace("\u00a0", " ")

    yield invoke
    set_language("fr")


@pytest.fixture
def data(tmp_path: Path) -> str:
    target = tmp_path / "nested.ttl"
    target.write_text(DATA, encoding="utf-8")
    return str(target)


def test_no_alliance_of_the_packaged_data_stands_in_another_and_that_is_said(run) -> None:
    assert "aucune alliance n’est nommée membre d’une autre" in " ".join(
        run("overlap", NET, "--expand", "degree").split()
    )
    found = json.loads(run("overlap", NET, "--expand", "degree", "--format", "json"))["nesting"]
    assert not found["nested"]
    assert all(row["direct"] == row["expanded"] and not row["gained"] for row in found["rows"])
    assert "nesting" not in json.loads(run("overlap", NET, "--format", "json"))


def test_a_member_alliance_brings_its_members_and_a_rank(run, data: str) -> None:
    words = ("overlap", NET, "--store", data, "--expand", "degree")
    rows = {row["label"]: row for row in json.loads(run(*words, "--format", "json"))["nesting"]["rows"]}
    top = rows["Sommet"]
    assert (top["direct"], top["expanded"], top["through"], top["gained"]) == (1, 3, ["Bas"], ["B", "C"])
    assert (top["rankDirect"], top["rankExpanded"]) == (2, 1)
    assert (rows["Bas"]["direct"], rows["Bas"]["expanded"]) == (2, 2)
    lines = csv.DictReader(io.StringIO(run(*words, "--format", "csv")))
    nested = {line["label"]: line for line in lines if line["row"] == "nesting"}
    assert (nested["Sommet"]["rankDirect"], nested["Sommet"]["gained"]) == ("2", "B; C")
    assert "0.333 (2) → 1.000 (1)" in run(*words, "--lang", "en")


def test_alliances_that_are_members_of_each_other_end_somewhere() -> None:
    circle = {"x": frozenset({"y", "a"}), "y": frozenset({"z"}), "z": frozenset({"x", "b"})}
    assert expanded("x", circle) == {"y", "z", "a", "b"}


def test_members_that_are_no_nodes_add_no_ties() -> None:
    net = network_from_rows("n", [("a", "source"), ("x", "target")], [("a", "x")])
    row = nesting(net, {"x": frozenset({"y"}), "y": frozenset({"elsewhere"})}).rows[0]
    assert (row.direct, row.expanded, row.through) == (1, 1, ("y",))


def test_only_two_mode_networks_have_members() -> None:
    with pytest.raises(InvalidParameter):
        nesting(one_mode(2, [(0, 1)]), {})
