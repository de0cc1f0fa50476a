from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import openpyxl
import pytest
from picture_sample import sample_network

from rte_graph.errors import UsageError
from rte_graph.network.wording import Text
from rte_graph.views.export import ARRANGEMENTS, export_files, needs_positions
from rte_graph.views.layout import compute_layout, problem_of
from rte_graph.views.page_model import PageNetwork, PageNode, same

VIZ = "{http://gexf.net/1.3/viz}"
GEXF = "{http://gexf.net/1.3}"
HOSTILE = "=cmd|'/c calc'!A1 <img src=x onerror=alert(1)> \"&\x07"
TRICKY = 'Dupont, l’Élan, «\u00a0x\u00a0»\u00a0; "deux\nlignes" \\ <b>&amp;</b> œ 中'
IRI = "https://example.org/"


@pytest.fixture
def network() -> PageNetwork:
    stranger = PageNode(
        iri="https://example.org/h",
        label=same(HOSTILE),
        type="https://w3id.org/rte/vocab/organisation-kind/association",
        side="source",
        former_names=("+33",),
    )
    tricky = replace(stranger, iri=f"{IRI}t", label=same(TRICKY), former_names=())
    twin = replace(stranger, iri=f"{IRI}u", label=same("Siel Bleu"), former_names=())
    return sample_network(extra=(stranger, tricky, twin))


def _pairs(network: PageNetwork) -> Counter[tuple[str, str]]:
    """Count the links of each pair, as every file must give them back."""
    return Counter((network.nodes[e.source].iri, network.nodes[e.target].iri) for e in network.edges)


def _isolates(network: PageNetwork) -> set[str]:
    return {n.iri for n, degree in zip(network.nodes, network.degrees(), strict=True) if not degree}


def _write(network: PageNetwork, name: str, folder: Path, arrangement: str | None = None) -> Iterator[Path]:
    layout = compute_layout(problem_of(network)) if needs_positions(Path(name), arrangement) else None
    for path, text in export_files(network, layout, folder / name, arrangement=arrangement).items():
        path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
        yield path


EVERY = [(f"net.{kind}", arrangement) for kind, known in ARRANGEMENTS.items() for arrangement in known]


@pytest.mark.parametrize(("name", "arrangement"), EVERY)
def test_same_network_gives_the_same_bytes(network: PageNetwork, name: str, arrangement: str) -> None:
    layout = compute_layout(problem_of(network))
    first = export_files(network, layout, Path(name), arrangement=arrangement)
    # A zip file counts time in steps of two seconds: what holds a clock shows in the other test.
    assert first == export_files(network, layout, Path(name), arrangement=arrangement)


def test_a_workbook_holds_no_date(network: PageNetwork, tmp_path: Path) -> None:
    from zipfile import ZipFile

    (path,) = _write(network, "net.xlsx", tmp_path)
    with ZipFile(path) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert b"dcterms:" not in re.sub(rb'xmlns:dcterms="[^"]*"', b"", archive.read("docProps/core.xml"))


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
    assert hub["share"] == 15 / 16
    assert hub["set"] == "target"
    assert Counter((a, b) for a, b in graph.edges()) == _pairs(network)
    assert {iri for iri in graph if not graph.degree(iri)} == _isolates(network)
    assert graph.nodes[f"{IRI}t"]["label"] == TRICKY
    assert len({identity for _, _, identity in graph.edges(data="id")}) == len(network.edges)
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
    assert isinstance(siel["degree"], float)
    assert graph.nodes[f"{IRI}t"]["label"] == TRICKY
    assert Counter((a, b) for a, b in graph.edges()) == _pairs(network)
    assert {iri for iri in graph if not graph.degree(iri)} == _isolates(network)
    keys = ElementTree.parse(path).getroot().findall("{http://graphml.graphdrawing.org/xmlns}key")
    names = [(key.attrib["for"], key.attrib["attr.name"]) for key in keys]
    assert len(set(names)) == len(names)
    assert {key.attrib["attr.type"] for key in keys} == {"double", "string"}


def test_json_is_read_by_networkx_with_its_layout(network: PageNetwork, tmp_path: Path) -> None:
    (path,) = _write(network, "net.json", tmp_path)
    data = json.loads(path.read_text(encoding="utf-8"))
    graph = nx.node_link_graph(data, edges="links")
    assert Counter((a, b) for a, b in graph.edges()) == _pairs(network)
    assert graph.nodes[f"{IRI}t"]["label"] == TRICKY
    assert data["graph"]["layout"] == "rings"
    assert len({(node["x"], node["y"]) for node in data["nodes"]}) == len(network.nodes)


def test_csv_is_a_pair_without_formulas(network: PageNetwork, tmp_path: Path) -> None:
    nodes, edges = _write(network, "net.csv", tmp_path)
    assert (nodes.name, edges.name) == ("net-nodes.csv", "net-edges.csv")
    raw = nodes.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    hostile = next(row for row in rows if row["id"] == "https://example.org/h")
    assert hostile["label"] == "'" + HOSTILE
    assert hostile["former_names"] == "'+33"
    assert all(float(row["x"]) == float(row["x"]) for row in rows)
    assert next(row["label"] for row in rows if row["id"] == f"{IRI}t") == TRICKY
    assert len(rows) == len(network.nodes)
    links = list(csv.DictReader(io.StringIO(edges.read_text(encoding="utf-8-sig"))))
    assert Counter((row["source"], row["target"]) for row in links) == _pairs(network)
    assert {"source", "target", "role", "evidence"} <= set(links[0])
    assert "lignes 404–408" in "".join(row["evidence"] for row in links)


# What the GEXF 1.3 schema allows in each element, as far as our files go: attributes and children in order.
GRAMMAR = {
    "gexf": ({"version", "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"}, ["meta", "graph"]),
    "meta": (set(), ["creator", "description"]),
    "graph": ({"defaultedgetype", "mode"}, ["attributes", "nodes", "edges"]),
    "attributes": ({"class", "mode"}, ["attribute"]),
    "attribute": ({"id", "title", "type"}, []),
    "nodes": (set(), ["node"]),
    "edges": (set(), ["edge"]),
    "node": ({"id", "label"}, ["attvalues", "color", "position", "size", "shape"]),
    "edge": (
        {"id", "source", "target", "kind", "label", "weight"},
        ["attvalues", "color", "thickness", "shape"],
    ),
    "attvalues": (set(), ["attvalue"]),
    "attvalue": ({"for", "value"}, []),
    "color": ({"r", "g", "b", "a"}, []),
    "position": ({"x", "y", "z"}, []),
    "size": ({"value"}, []),
    "thickness": ({"value"}, []),
    "shape": ({"value"}, []),
    "creator": (set(), []),
    "description": (set(), []),
}


def test_gexf_has_only_what_the_schema_of_gexf_1_3_allows(network: PageNetwork, tmp_path: Path) -> None:
    (path,) = _write(network, "net.gexf", tmp_path)
    for element in ElementTree.parse(path).iter():
        attributes, children = GRAMMAR[element.tag.partition("}")[2]]
        assert set(element.attrib) <= attributes, element.tag
        found = [child.tag.partition("}")[2] for child in element]
        assert [children.index(name) for name in found] == sorted(children.index(name) for name in found)


def test_pajek_is_two_mode_and_read_by_networkx(network: PageNetwork, tmp_path: Path) -> None:
    (path,) = _write(network, "net.net", tmp_path)
    raw = path.read_bytes()
    # Pajek takes a file without the mark for another code than UTF-8.
    assert raw.startswith(b"\xef\xbb\xbf% ")
    text = raw.decode("utf-8").replace("\r\n", "\n")
    head = re.search(r"^\*Vertices (\d+) (\d+)$", text, re.MULTILINE)
    assert head is not None
    sources = sum(node.side == "source" for node in network.nodes)
    assert (int(head[1]), int(head[2])) == (len(network.nodes), sources)
    # networkx does not know the second number.
    graph = nx.parse_pajek(text.replace(head[0], f"*Vertices {head[1]}"))
    assert graph.number_of_nodes() == len(network.nodes)
    assert isinstance(graph, nx.MultiGraph)
    assert sorted(Counter(frozenset(pair) for pair in graph.edges()).values()) == sorted(
        _pairs(network).values()
    )
    first = {name for name, number in graph.nodes(data="id") if int(number) <= sources}
    assert all((a in first) != (b in first) for a, b in graph.edges())
    assert TRICKY.replace('"', "”").replace("\\", "/").replace("\n", " ") in graph
    assert {"Siel Bleu", "Siel Bleu (2)"} <= set(graph)
    assert {label for _, _, label in graph.edges(data="l")} == {"membre", "fondateur"}


def test_cytoscape_json_is_read_by_networkx_with_its_places(network: PageNetwork, tmp_path: Path) -> None:
    (path,) = _write(network, "net.json", tmp_path, "cytoscape")
    data = json.loads(path.read_text(encoding="utf-8"))
    layout = compute_layout(problem_of(network))
    nodes = data["elements"]["nodes"]
    assert [(n["position"]["x"], n["position"]["y"]) for n in nodes] == list(layout.positions)
    assert {edge["data"]["interaction"] for edge in data["elements"]["edges"]} == {"membre", "fondateur"}
    graph = nx.cytoscape_graph(data)
    assert Counter((a, b) for a, b in graph.edges()) == _pairs(network)
    assert {iri for iri in graph if not graph.degree(iri)} == _isolates(network)
    assert graph.nodes[f"{IRI}t"]["name"] == TRICKY


def test_the_incidence_matrix_joins_each_pair_once(network: PageNetwork, tmp_path: Path) -> None:
    (path,) = _write(network, "net.csv", tmp_path, "incidence")
    head, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    assert len(rows) == sum(node.side == "source" for node in network.nodes)
    assert len(head) == 1 + sum(node.side == "target" for node in network.nodes)
    assert len({row[0] for row in rows}) == len(rows)
    assert {cell for row in rows for cell in row[1:]} == {"0", "1"}
    assert sum(int(cell) for row in rows for cell in row[1:]) == len(_pairs(network))
    line = dict(zip(head, next(row for row in rows if row[0] == "Unis-Cité"), strict=True))
    assert line["coalition Génér’action"] == "1"
    assert line["Collectif Emploi"] == "0"
    # Two of one name stay two; in this sample the ties are those of the second.
    twins = [set(row[1:]) for row in rows if row[0].startswith("Siel Bleu")]
    assert twins == [{"0"}, {"0", "1"}]
    assert not any(row[0].startswith("=") for row in rows)


def test_the_incidence_workbook_counts_the_ties_beside(network: PageNetwork, tmp_path: Path) -> None:
    (path,) = _write(network, "net.xlsx", tmp_path, "incidence")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["incidence", "ties", "nodes", "about"]
    joined, ties = (list(book[name].values) for name in ("incidence", "ties"))
    assert sum(cell for row in joined[1:] for cell in row[1:]) == len(_pairs(network))
    assert sum(cell for row in ties[1:] for cell in row[1:]) == len(network.edges)
    assert ties[0] == joined[0]


def test_the_workbook_gives_text_back_as_it_was_and_runs_none_of_it(
    network: PageNetwork, tmp_path: Path
) -> None:
    (path,) = _write(network, "net.xlsx", tmp_path)
    book = openpyxl.load_workbook(path)
    head, *rows = book["nodes"].iter_rows()
    column = {cell.value: place for place, cell in enumerate(head)}
    labels = {row[column["id"]].value: row[column["label"]] for row in rows}
    assert labels[f"{IRI}t"].value == TRICKY
    assert labels[f"{IRI}h"].value == HOSTILE.replace("\x07", "\ufffd")
    assert labels[f"{IRI}h"].data_type == "s"
    assert labels[f"{IRI}h"].quotePrefix
    names, *links = book["edges"].values
    ends = [(link[names.index("source")], link[names.index("target")]) for link in links]
    assert Counter(ends) == _pairs(network)


@pytest.mark.parametrize("name", ["net.csv", "net.xlsx"])
def test_kumu_finds_its_columns_and_every_end_among_the_labels(
    name: str, network: PageNetwork, tmp_path: Path
) -> None:
    paths = list(_write(network, name, tmp_path, "kumu"))
    if name == "net.csv":
        assert [path.name for path in paths] == ["net-elements.csv", "net-connections.csv"]
        tables = [list(csv.reader(io.StringIO(p.read_text(encoding="utf-8-sig")))) for p in paths]
    else:
        book = openpyxl.load_workbook(paths[0])
        tables = [[list(map(str, row)) for row in book[sheet].values] for sheet in book.sheetnames[:2]]
    (head, *elements), (names, *connections) = tables
    assert head[:4] == ["Label", "Type", "Tags", "Description"]
    assert "degree" in head
    assert names[:7] == ["From", "To", "Direction", "Type", "Label", "Tags", "Description"]
    labels = [row[0] for row in elements]
    assert len(set(labels)) == len(labels) == len(network.nodes)
    assert {row[0] for row in connections} | {row[1] for row in connections} <= set(labels)
    assert len(connections) == len(network.edges)
    assert {row[2] for row in connections} == {"undirected"}


def test_a_layout_that_a_format_or_a_network_cannot_have_is_refused(network: PageNetwork) -> None:
    layout = compute_layout(problem_of(network))
    with pytest.raises(UsageError) as caught:
        export_files(network, layout, Path("n.gexf"), arrangement="kumu")
    assert ".csv, .xlsx" in caught.value.en
    with pytest.raises(UsageError) as caught:
        export_files(replace(network, two_mode=False), layout, Path("n.csv"), arrangement="incidence")
    assert "--layout edges" in caught.value.fr


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
    assert isinstance(text, str)
    assert "<description>The network " in text
