"""``rte_graph.open()``: what a notebook asks, gets and shows."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner
from heavy_modules import HEAVY

import rte_graph
from rte_graph.api import Drawing, Graph
from rte_graph.cli import cli
from rte_graph.errors import InvalidParameter, MissingParameter, RteError, UnknownName, UsageError
from rte_graph.namespaces import RTE

RTE_ = rdflib.Namespace(RTE(""))


@pytest.fixture(scope="module")
def graph() -> Graph:
    return rte_graph.open()


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def tags(html: str) -> Tags:
    reader = Tags()
    reader.feed(html)
    return reader


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = f"import sys, rte_graph; print([m for m in {(*HEAVY, 'pandas', 'click')!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_query_gives_rows_of_python_values_in_the_language_asked_for(graph: Graph) -> None:
    rows = graph.query("alliances").rows
    assert rows[0]["allianceLabel"]
    assert all(isinstance(row["memberCount"], int) for row in rows)
    assert len(graph.query("alliances")) == len(rows) == len(list(graph.query("alliances")))
    forms = {lang: {row["form"] for row in graph.query("alliances", lang=lang)} for lang in ("fr", "en")}
    assert forms["fr"] != forms["en"]


def test_parameters_are_written_as_people_write_them(graph: Graph) -> None:
    rows = graph.query("members-of-alliance", alliance="coalition solidaire").rows
    assert len(rows) == 15
    assert len(graph.query("reach-over", minimum=1000)) < len(graph.query("reach-over", minimum=1))


def test_what_is_missing_or_unknown_is_said_in_one_sentence(graph: Graph) -> None:
    with pytest.raises(MissingParameter):
        graph.query("members-of-alliance")
    with pytest.raises(UnknownName):
        graph.query("members-of-alliance", alliance="xyzzy")
    with pytest.raises(InvalidParameter):
        graph.query("alliances", lang="de")
    with pytest.raises(RteError):
        graph.query("aliances")
    with pytest.raises(RteError):
        rte_graph.open("/no/such/store")


def test_a_graph_is_opened_from_files_and_closed(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(
        "@prefix rte: <https://w3id.org/rte/ontology#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<http://example.org/a> a rte:Organisation ; skos:prefLabel "<script>alert(1)</script>"@fr .\n',
        encoding="utf-8",
    )
    with rte_graph.open(path, lang="en") as own:
        answer = own.query("organisations")
        assert [row["organisationLabel"] for row in answer] == ["<script>alert(1)</script>"]
        assert not [tag for tag, _ in tags(answer._repr_html_()).found if tag == "script"]
        assert "alert(1)" in tags(answer._repr_html_()).text


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_everything_shows_itself_in_a_notebook(graph: Graph, lang: str) -> None:
    network = graph.network("alliance-memberships", lang=lang)
    shown = (graph, graph.query("alliances", lang), network, network.hubs(["degree"]), network.overlap())
    for each in shown:
        assert tags(each._repr_html_()).text.strip()
    assert "Coalition Solidaire" in network.hubs(["degree"])._repr_html_()


def test_a_long_answer_is_cut_and_says_so(graph: Graph) -> None:
    answer = graph.query("initiatives", lang="en")
    read = tags(answer._repr_html_())
    assert len([tag for tag, _ in read.found if tag == "tr"]) == 51
    assert f"{len(answer) - 50} more rows" in read.text


def test_hubs_are_those_of_the_command_and_become_linked_data(graph: Graph) -> None:
    ranking = graph.network("alliance-memberships").hubs(by=["betweenness"], set="target", top=1)
    assert [row["label"] for row in ranking] == ["Coalition Solidaire"]
    assert "measure:betweenness" in ranking.to_rdf()
    assert '"Measurement"' in ranking.to_rdf("jsonld")


def test_a_network_is_narrowed_and_read_at_a_level(graph: Graph) -> None:
    network = graph.network("alliance-memberships")
    assert len(network.without("Coalition Solidaire").model.nodes) == len(network.model.nodes) - 1
    levels = [graph.network("co-participation", level=level).model for level in ("instance", "family")]
    assert levels[0].nodes != levels[1].nodes
    with pytest.raises(InvalidParameter):
        graph.network("alliance-memberships", level="family")


def test_overlap_has_pairs_and_coverage(graph: Graph) -> None:
    overlap = graph.network("alliance-memberships").overlap()
    assert any(row["label"] == "Coalition Solidaire" and row["metaByData"] for row in overlap.coverage)
    assert {"a", "b", "jaccard"} <= set(overlap.rows[0])


def test_networkx_gets_all_nodes_and_ties(graph: Graph) -> None:
    network = graph.network("alliance-memberships")
    made = network.to_networkx(parallel=True)
    assert made.number_of_nodes() == len(network.model.nodes)
    assert made.number_of_edges() == len(network.model.edges)


def test_a_page_stands_in_a_frame_of_its_own_and_a_picture_in_an_image(graph: Graph, tmp_path: Path) -> None:
    network = graph.network("alliance-memberships")
    page, picture = network.draw(), network.draw("svg")
    ((tag, attributes),) = tags(page._repr_html_()).found
    assert tag == "iframe"
    assert attributes["srcdoc"] == page.content
    assert "allow-same-origin" not in (attributes["sandbox"] or "")
    ((tag, attributes),) = tags(picture._repr_html_()).found
    assert (tag, (attributes["src"] or "")[:26]) == ("img", "data:image/svg+xml;base64,")
    assert picture.save(tmp_path / "n.svg").read_text(encoding="utf-8") == picture.content
    with pytest.raises(InvalidParameter):
        network.draw("gif")


def test_a_title_cannot_leave_its_attribute() -> None:
    nasty = Drawing(content="<p>", title='"><script>')
    assert [tag for tag, _ in tags(nasty._repr_html_()).found] == ["iframe"]


def test_frames_have_the_rows_and_the_columns(graph: Graph) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    answer = graph.query("alliances")
    assert list(answer.to_pandas().columns) == list(answer.columns)
    assert len(answer.to_pandas()) == len(answer)
    assert list(graph.query("measurements").to_pandas().columns)
    network = graph.network("alliance-memberships")
    assert len(network.to_pandas()) == len(network.model.edges)
    assert len(network.hubs(["degree"]).to_pandas()) == len(network.model.nodes)
    assert len(network.overlap().to_pandas()) == len(network.overlap().rows)


def test_without_pandas_a_sentence_says_what_to_install(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match="rte-graph\\[pandas\\]"):
        graph.query("alliances").to_pandas()


def test_significance_gives_rows_tables_and_linked_data_the_same_p(graph: Graph) -> None:
    ranking = graph.network("alliance-memberships").hubs(by=["betweenness"], significance=200, seed=7)
    tested = {row["iri"]: row for row in ranking.rows if row["p"] is not None}
    assert tested
    assert all(0 < row["p"] <= row["q"] <= 1 and row["seed"] == 7 for row in tested.values())
    measured = rdflib.Graph().parse(data=ranking.to_rdf(), format="turtle")
    written = {
        str(measured.value(each, RTE_.ofNode)): float(measured.value(each, RTE_.pValue))
        for each in measured.subjects(RTE_.pValue)
    }
    assert written == pytest.approx({iri: row["p"] for iri, row in tested.items()})
    assert "z" in ranking.to_pandas().columns
    assert "Benjamini" in ranking._repr_html_()


def test_backbone_and_robustness_give_what_the_command_line_gives(graph: Graph) -> None:
    network = graph.network("alliance-memberships")
    for view, verb in (
        (network.backbone(draws=200, seed=3), "backbone"),
        (network.robustness(draws=20), "robustness"),
    ):
        drawn = ["--draws", "200", "--seed", "3"] if verb == "backbone" else ["--draws", "20"]
        said = CliRunner().invoke(cli, [verb, "alliance-memberships", *drawn, "--format", "csv"])
        assert said.exit_code == 0, said.output
        rows = list(csv.DictReader(io.StringIO(said.stdout.lstrip("\ufeff"))))
        assert len(rows) == len(view) == len(view.to_pandas())
        assert set(rows[0]) == set(view.to_pandas().columns)
        assert "<table" in view._repr_html_()


def test_a_network_keeps_the_ties_of_a_date_a_role_or_a_source(graph: Graph) -> None:
    whole = graph.network("alliance-memberships")
    founders = graph.network("alliance-memberships", roles="membre fondateur")
    assert 0 < len(founders.model.edges) < len(whole.model.edges)
    assert len(founders.notes) == 1
    assert founders.notes[0] in founders._repr_html_()
    assert graph.network("alliance-memberships", on="1900").notes
    with pytest.raises(UnknownName):
        graph.network("alliance-memberships", source="un document qui n’existe pas")
