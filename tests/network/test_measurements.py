"""Rankings as linked data: what stands there, that it repeats, that it conforms, that it can be asked for."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import rdflib
from click.testing import CliRunner
from pyoxigraph import NamedNode, RdfFormat, parse

from rte_graph import __version__
from rte_graph.cli.common import Session
from rte_graph.cli.hubs import hubs as hubs_command
from rte_graph.errors import InvalidParameter
from rte_graph.loading import packaged_store
from rte_graph.namespaces import PROV, RTE
from rte_graph.network.beside import significance_of
from rte_graph.network.build import build_network
from rte_graph.network.hubs import HubRow, hubs
from rte_graph.network.lineage import data_hash, named_moment
from rte_graph.network.measurements import computation_of, format_measurements
from rte_graph.network.model import Network, Node
from rte_graph.network.nulls import Plan
from rte_graph.network.wording import Text
from rte_graph.rdf_io import check_canonical
from rte_graph.resources import queries_folder
from rte_graph.sparql.engine import run_query
from rte_graph.sparql.library import load_library
from rte_graph.store import EmbeddedStore

LIBRARY = load_library(queries_folder())
NAME = "alliance-memberships"
NODE = rdflib.URIRef("https://w3id.org/rte/id/alliance/coalition-solidaire")


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    return packaged_store()


@pytest.fixture(scope="module")
def network(store: EmbeddedStore) -> Network:
    return build_network(store, LIBRARY, NAME)


@pytest.fixture(scope="module")
def rows(network: Network) -> tuple[HubRow, ...]:
    return hubs(network, ["degree", "betweenness", "eigenvector"])


@pytest.fixture(scope="module")
def written(store: EmbeddedStore, network: Network, rows: tuple[HubRow, ...]) -> str:
    return format_measurements(network, rows, computation_of(store, LIBRARY, network, rows))


def graph_of(text: str, form: str = "turtle") -> rdflib.Graph:
    return rdflib.Graph().parse(data=text, format=form)


def rte(name: str) -> rdflib.URIRef:
    return rdflib.URIRef(RTE(name))


def test_each_row_is_a_measurement_with_its_value_rank_set_and_node(
    written: str, rows: tuple[HubRow, ...]
) -> None:
    graph = graph_of(written)
    found = {
        (
            str(graph.value(each, rte("ofNode"))),
            str(graph.value(each, rte("measure"))).rpartition("/")[2],
            str(graph.value(each, rte("nodeSet"))),
            int(graph.value(each, rte("measuredRank"))),
            float(graph.value(each, rte("measuredValue"))),
            None if (raw := graph.value(each, rte("rawValue"))) is None else float(raw),
        )
        for each in graph.subjects(rdflib.RDF.type, rte("Measurement"))
    }
    assert found == {(row.iri, row.measure, row.set, row.rank, row.value, row.raw) for row in rows}
    assert len(found) == len(rows)


def test_values_are_decimals_without_an_exponent(written: str) -> None:
    graph = graph_of(written)
    for value in graph.objects(None, rte("measuredValue")):
        assert value.datatype == rdflib.XSD.decimal
        assert "e" not in str(value).lower()
        assert isinstance(value.toPython(), Decimal)


def test_the_computation_says_with_what_from_what_and_how(
    written: str, store: EmbeddedStore, network: Network
) -> None:
    graph = graph_of(written)
    (made,) = graph.subjects(rdflib.RDF.type, rte("Computation"))
    assert set(graph.objects(None, rdflib.URIRef(PROV("wasGeneratedBy")))) == {made}
    assert str(graph.value(made, rte("softwareVersion"))) == f"rte-graph {__version__}"
    assert str(graph.value(made, rte("dataHash"))) == data_hash(store)
    text = str(graph.value(made, rte("queryText")))
    assert LIBRARY.get(NAME).body.strip() in text
    assert LIBRARY.get(f"{NAME}-nodes").body.strip() in text
    told = json.loads(str(graph.value(made, rte("parameters"))))
    assert told["normalisation"]["degree"] == "d(v) / m; one-mode: d(v) / (V − 1)"
    used = {str(each) for each in graph.objects(made, rdflib.URIRef(PROV("used")))}
    assert {"https://w3id.org/rte/id/dataset/ag2r", "https://w3id.org/rte/id/network/" + NAME} <= used
    assert graph.value(made, rdflib.URIRef(PROV("endedAtTime"))) is None


def test_the_same_ranking_gives_the_same_bytes_and_a_clock_is_never_read(
    written: str, store: EmbeddedStore, network: Network, rows: tuple[HubRow, ...]
) -> None:
    again = format_measurements(network, rows[::-1], computation_of(store, LIBRARY, network, rows))
    assert again == written


def test_another_network_of_the_same_name_is_another_computation(
    store: EmbeddedStore, network: Network
) -> None:
    without = network.without([str(NODE)])
    first, second = (
        computation_of(store, LIBRARY, each, hubs(each, ["degree"])) for each in (network, without)
    )
    assert first.slug != second.slug
    assert json.loads(second.parameters)["exclude"] == ["Coalition Solidaire"]


def test_the_moment_comes_from_the_argument_or_from_source_date_epoch(
    store: EmbeddedStore, network: Network, rows: tuple[HubRow, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = rdflib.URIRef(PROV("endedAtTime"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1577836800")
    assert named_moment() == datetime(2020, 1, 1, tzinfo=UTC)
    for given, meant in (
        (None, "2020-01-01T00:00:00Z"),
        (datetime(2021, 1, 1, tzinfo=UTC), "2021-01-01T00:00:00Z"),
    ):
        made = computation_of(store, LIBRARY, network, rows, moment=given)
        graph = graph_of(format_measurements(network, rows, made))
        literal = rdflib.Literal(meant, datatype=rdflib.XSD.dateTime)
        assert list(graph.objects(None, ended)) == [literal]


@pytest.mark.parametrize("value", ["hier", "-1", "1.5", "²", "9" * 30])
def test_a_source_date_epoch_that_is_no_number_of_seconds_is_refused(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    with pytest.raises(InvalidParameter, match="SOURCE_DATE_EPOCH"):
        named_moment()


@pytest.mark.parametrize("level", ["instance", "family"])
@pytest.mark.parametrize("name", [NAME, "co-participation", "territory-actors"])
def test_measurements_conform_to_their_shapes_and_are_canonical(
    name: str, level: str, store: EmbeddedStore, tmp_path: Path
) -> None:
    values = {"level": level} if any(p.name == "level" for p in LIBRARY.get(name).parameters) else {}
    network = build_network(store, LIBRARY, name, values=values)
    rows = hubs(network, ["degree"], top=3)
    made = computation_of(store, LIBRARY, network, rows, moment=datetime(2026, 1, 1, tzinfo=UTC))
    path = tmp_path / "measurements.ttl"
    path.write_text(format_measurements(network, rows, made), encoding="utf-8")
    assert check_canonical(path) is None
    report = _report(path)
    assert report.conforms
    assert list(report.results) == []


def _report(path: Path) -> Any:
    from rte_graph.loading import examine

    return examine([path])


def test_a_spoilt_measurement_is_refused(written: str, tmp_path: Path) -> None:
    path = tmp_path / "spoilt.ttl"
    path.write_text(written.replace("rte:measuredRank 1 ;", "rte:measuredRank 0 ;", 1), encoding="utf-8")
    assert not _report(path).conforms


def test_jsonld_says_the_same_as_turtle(
    written: str, store: EmbeddedStore, network: Network, rows: tuple[HubRow, ...]
) -> None:
    made = computation_of(store, LIBRARY, network, rows)
    text = format_measurements(network, rows, made, "jsonld")
    assert set(graph_of(text, "json-ld")) == set(graph_of(written))


def test_nodes_whose_iris_end_alike_have_measurements_of_their_own(
    store: EmbeddedStore, network: Network
) -> None:
    iris = ("http://example.org/a/pont", "http://example.org/b/pont", "http://example.org/b/Pont!")
    twins = replace(network, nodes=tuple(Node(iri=iri, label="Pont", set="target") for iri in iris), edges=())
    rows = hubs(twins, ["degree"])
    graph = graph_of(format_measurements(twins, rows, computation_of(store, LIBRARY, twins, rows)))
    assert len(set(graph.subjects(rdflib.RDF.type, rte("Measurement")))) == 3


def test_an_empty_ranking_gives_no_statement(store: EmbeddedStore, network: Network) -> None:
    empty = replace(network, nodes=(), edges=(), title=Text(fr="", en=""))
    made = computation_of(store, LIBRARY, empty, ())
    assert len(graph_of(format_measurements(empty, (), made))) == 0


@pytest.fixture(scope="module")
def measured(written: str) -> EmbeddedStore:
    loaded = packaged_store()
    triples = [quad.triple for quad in parse(input=written, format=RdfFormat.TURTLE)]
    loaded.replace_dataset(NamedNode("http://example.org/measurements"), triples)
    return loaded


def test_the_saved_query_gives_the_measurements_loaded(
    measured: EmbeddedStore, rows: tuple[HubRow, ...]
) -> None:
    table = list(run_query(measured, LIBRARY.get("measurements"), {}).records())
    assert len(table) == len(rows)
    first = next(row for row in table if row["set"] == "target" and row["measure"].endswith("/degree"))
    assert (first["nodeLabel"], first["rank"], first["networkLabel"]) == (
        "Coalition Solidaire",
        "1",
        "Organisations et alliances nationales",
    )
    values = {float(row["value"]) for row in table}
    assert values == {row.value for row in rows}


def test_the_saved_query_keeps_to_one_measure_in_either_language(measured: EmbeddedStore) -> None:
    for lang, name in (("fr", "Intermédiarité"), ("en", "Betweenness")):
        rows = list(run_query(measured, LIBRARY.get("measurements"), {"measure": name}, lang).records())
        assert {row["measureLabel"] for row in rows} == {name}


@pytest.fixture
def call(store: EmbeddedStore) -> Callable[..., Any]:
    def run(*words: str) -> Any:
        session = Session(_store=store, _library=LIBRARY)
        return CliRunner().invoke(hubs_command, words, obj=session)

    return run


def test_the_command_writes_turtle_and_jsonld_by_format_or_by_the_name_of_the_file(
    call: Callable[..., Any], tmp_path: Path
) -> None:
    words = (NAME, "--by", "degree")
    turtle = call(*words, "--format", "turtle").stdout
    jsonld = call(*words, "--format", "jsonld").stdout
    for name, content in (("m.ttl", turtle), ("M.JSONLD", jsonld)):
        assert call(*words, "-o", str(tmp_path / name)).exit_code == 0
        assert (tmp_path / name).read_text(encoding="utf-8") == content
    assert set(graph_of(turtle)) == set(graph_of(jsonld, "json-ld"))


def test_the_command_cuts_the_measurements_at_top(call: Callable[..., Any]) -> None:
    graph = graph_of(
        call(NAME, "--by", "degree", "--set", "target", "--top", "1", "--format", "turtle").stdout
    )
    assert list(graph.objects(None, rte("ofNode"))) == [NODE]


def test_tests_against_chance_stand_beside_the_values_with_what_repeats_them(
    store: EmbeddedStore, network: Network, rows: tuple[HubRow, ...], tmp_path: Path
) -> None:
    plan = Plan(draws=200, seed=11)
    tests = significance_of(network, [row for row in rows if row.measure == "betweenness"], plan)
    made = computation_of(store, LIBRARY, network, rows, tests=tests)
    text = format_measurements(network, rows, made, tests=tests)
    graph = graph_of(text)
    computation = graph.value(predicate=rdflib.RDF.type, object=rte("Computation"))
    assert int(graph.value(computation, rte("seed"))) == 11
    told = json.loads(str(graph.value(computation, rte("parameters"))))["significance"]
    assert told["betweenness"]["draws"] == 200
    assert set(told) == {"betweenness"}
    found = {row.iri: row for row in tests["betweenness"].rows}
    for each in graph.subjects(rdflib.RDF.type, rte("Measurement")):
        test = found[str(graph.value(each, rte("ofNode")))]
        tested = str(graph.value(each, rte("measure"))).endswith("/betweenness") and test.p is not None
        values = [graph.value(each, rte(name)) for name in ("pValue", "qValue", "effectSize")]
        if tested:
            assert [float(value) for value in values] == pytest.approx([test.p, test.q, test.z])
        else:
            assert values == [None, None, None]
    assert any(row.p is None for row in found.values()), "a node whose measure cannot vary has no p"
    path = tmp_path / "tested.ttl"
    path.write_text(text, encoding="utf-8")
    assert check_canonical(path) is None
    assert _report(path).conforms
    assert made.slug != computation_of(store, LIBRARY, network, rows).slug


def test_the_p_of_a_measure_that_stood_in_is_not_written_for_another(
    store: EmbeddedStore, network: Network
) -> None:
    rows = hubs(network, ["closeness"])
    tests = significance_of(network, rows, Plan(draws=100, seed=1))
    assert {row.measure for row in rows} == {"closeness"}
    assert tests["closeness"].name == "harmonic-closeness"
    text = format_measurements(
        network, rows, computation_of(store, LIBRARY, network, rows, tests=tests), tests=tests
    )
    assert list(graph_of(text).subjects(rte("pValue"))) == []
