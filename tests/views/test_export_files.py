from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from picture_sample import sample_network

from rte_graph.errors import UsageError
from rte_graph.network.wording import Text
from rte_graph.views.export import export_files
from rte_graph.views.layout import compute_layout, problem_of
from rte_graph.views.page_model import PageNetwork, PageNode, same

VIZ = "{http://gexf.net/1.3/viz}"
GEXF = "{http://gexf.net/1.3}"
HOSTILE = "=cmd|'/c calc'!A1 <img src=x onerror=alert(1)> \"&\x07"


@pytest.fixture
def network() -> PageNetwork:
    stranger = PageNode(
        iri="https://example.org/h",
        label=same(HOSTILE),
        type="https://w3id.org/rte/vocab/organisation-kind/association",
        side="source",
        former_names=("+33",),
    )
    return sample_network(extra=(stranger,))


def _write(network: PageNetwork, name: str, folder: Path) -> Iterator[Path]:
    layout = compute_layout(problem_of(network))
    for path, text in export_files(network, layout, folder / name).items():
        path.write_bytes(text.encode("utf-8"))
        yield path


@pytest.mark.parametrize("name", ["net.gexf", "net.graphml", "net.csv", "net.json"])
def test_same_network_gives_the_same_bytes(network: PageNetwork, name: str) -> None:
    layout = compute_layout(problem_of(network))
    assert export_files(network, layout, Path(name)) == export_files(network, layout, Path(name))


def test_gexf_is_read_by_networkx_with_attributes_and_parallel_links(
    network: PageNetwork, tmp_path: Path
) -> None:
    (path,) = _write(network, "net.gexf", tmp_path)
    graph = nx.read_gexf(path, version="1.3")
    assert graph.number_of_nodes() == len(network.nodes)
    assert graph.number_of_edges() == len(network.edges)
    assert graph.is_directed()
    assert graph.is_multigraph()
    hub = graph.nodes["https://w3id.org/rte/id/alliance/coalition-solidaire"]
    assert hub["degree"] == 15
    assert hub["set"] == "target"
    assert set(hub["viz"]) >= {"color", "position", "size"}


def test_gexf_holds_what_gephi_needs(network: PageNetwork, tmp_path: Path) -> None:
    (path,) = _write(network, "net.gexf", tmp_path)
    root = ElementTree.parse(path).getroot()
    assert root.attrib["version"] == "1.3"
    nodes = root.findall(f".//{GEXF}node")
    ids = [node.attrib["id"] for node in nodes]
    assert len(set(ids)) == len(ids) == len(network.nodes)
    for node in nodes:
        colour = node.find(f"{VIZ}color")
        position = node.find(f"{VIZ}position")
        size = node.find(f"{VIZ}size")
        shape = node.find(f"{VIZ}shape")
        assert colour is not None
        assert position is not None
        assert size is not None
        assert shape is not None
        assert all(0 <= int(colour.attrib[c]) <= 255 for c in "rgb")
        assert all(float(position.attrib[axis]) == float(position.attrib[axis]) for axis in "xyz")
        assert float(size.attrib["value"]) > 0
        assert shape.attrib["value"] in {"disc", "square", "triangle", "diamond"}
    edges = root.findall(f".//{GEXF}edge")
    assert {edge.attrib["source"] for edge in edges} | {edge.attrib["target"] for edge in edges} <= set(ids)
    # Gephi merges parallel edges unless their kinds differ.
    pairs = [(e.attrib["source"], e.attrib["target"], e.attrib["kind"]) for e in edges]
    assert len(set(pairs)) == len(pairs)
    declared = {a.attrib["id"] for a in root.findall(f".//{GEXF}attributes[@class='node']/{GEXF}attribute")}
    used = {v.attrib["for"] for v in root.findall(f".//{GEXF}node//{GEXF}attvalue")}
    assert used <= declared


def test_graphml_is_read_by_networkx(network: PageNetwork, tmp_path: Path) -> None:
    (path,) = _write(network, "net.graphml", tmp_path)
    graph = nx.read_graphml(path)
    assert graph.number_of_nodes() == len(network.nodes)
    assert graph.number_of_edges() == len(network.edges)
    siel = graph.nodes["https://w3id.org/rte/id/organisation/siel-bleu"]
    assert siel["label"] == "Siel Bleu"
    assert isinstance(siel["x"], float)


def test_json_is_read_by_networkx_with_its_layout(network: PageNetwork, tmp_path: Path) -> None:
    (path,) = _write(network, "net.json", tmp_path)
    data = json.loads(path.read_text(encoding="utf-8"))
    graph = nx.node_link_graph(data, edges="links")
    assert graph.number_of_edges() == len(network.edges)
    assert data["graph"]["layout"] == "rings"
    assert len({(node["x"], node["y"]) for node in data["nodes"]}) == len(network.nodes)


def test_csv_is_a_pair_without_formulas(network: PageNetwork, tmp_path: Path) -> None:
    nodes, edges = _write(network, "net.csv", tmp_path)
    assert (nodes.name, edges.name) == ("net-nodes.csv", "net-edges.csv")
    raw = nodes.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == len(network.nodes) + 1
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    hostile = next(row for row in rows if row["id"] == "https://example.org/h")
    assert hostile["label"] == "'" + HOSTILE
    assert hostile["former_names"] == "'+33"
    assert all(float(row["x"]) == float(row["x"]) for row in rows)
    links = list(csv.DictReader(io.StringIO(edges.read_text(encoding="utf-8-sig"))))
    assert {"source", "target", "role", "evidence"} <= set(links[0])
    assert "lignes 404–408" in "".join(row["evidence"] for row in links)


@pytest.mark.parametrize("name", ["net.pdf", "net", "net.GXF"])
def test_an_unknown_extension_is_one_sentence_that_lists_the_known_ones(
    name: str, network: PageNetwork
) -> None:
    layout = compute_layout(problem_of(network))
    with pytest.raises(UsageError) as caught:
        export_files(network, layout, Path(name))
    assert caught.value.exit_code == 2
    assert ".gexf" in caught.value.fr
    assert ".gexf" in caught.value.en


def test_labels_follow_the_language(network: PageNetwork) -> None:
    english = replace(network, title=Text(fr="Le réseau", en="The network"))
    layout = compute_layout(problem_of(english))
    (text,) = export_files(english, layout, Path("n.gexf"), lang="en").values()
    assert "<title>The network</title>" in text
