"""A network as files for other tools: GEXF, GraphML, Pajek, CSV, XLSX, JSON.

Same network, same bytes: nothing is dated, attributes stand in a fixed order.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rte_graph.errors import UsageError
from rte_graph.sparql.wording import NBSP
from rte_graph.views import style
from rte_graph.views.gexf import write_gexf, xml_text
from rte_graph.views.picture import node_radii

if TYPE_CHECKING:
    import networkx as nx

    from rte_graph.views.layout import Layout
    from rte_graph.views.page_model import PageNetwork

LAYOUTS = ("edges", "incidence", "kumu", "cytoscape")
# Which arrangements each format knows; the first is what it has unless another is asked for.
ARRANGEMENTS = {
    "gexf": ("edges",),
    "graphml": ("edges",),
    "net": ("edges",),
    "csv": ("edges", "incidence", "kumu"),
    "xlsx": ("edges", "incidence", "kumu"),
    "json": ("edges", "cytoscape"),
}
FORMATS = tuple(ARRANGEMENTS)
Row = dict[str, Any]


def export_files(
    network: PageNetwork,
    layout: Layout | None,
    path: Path,
    *,
    lang: str = "fr",
    arrangement: str | None = None,
) -> dict[Path, str | bytes]:
    """Return the files to write, by path; CSV gives a pair (but for a matrix), the others one.

    Parameters
    ----------
    network, layout
        What to write and where its nodes stand (None for files that do not say it, `needs_positions`).
    path : Path
        The extension says the format; ``net.csv`` becomes ``net-nodes.csv`` and ``net-edges.csv``.
    lang : {"fr", "en"}
        Language of labels.
    arrangement : {"edges", "incidence", "kumu", "cytoscape"}, optional
        ``edges``: nodes and links; ``incidence``: the matrix of a two-mode network (CSV, XLSX); ``kumu``:
        Kumu’s column names (CSV, XLSX); ``cytoscape``: the JSON of Cytoscape.

    Raises
    ------
    UsageError
        If the extension is not one of `FORMATS`, does not know the arrangement, or the network is not
        two-mode and an incidence matrix is asked for.
    """
    kind = check_format(path, arrangement)
    nodes, edges = node_rows(network, layout, lang), edge_rows(network, lang)
    if kind in ("csv", "xlsx"):
        from rte_graph.views.export_tables import table_files

        return table_files(network, nodes, edges, path, arrangement=arrangement or "edges", lang=lang)
    if kind == "gexf":
        return {path: write_gexf(network, nodes, edges, lang)}
    if kind == "graphml":
        return {path: _graphml(network, nodes, edges, lang)}
    if kind == "net":
        from rte_graph.views.export_pajek import write_pajek

        return {path: write_pajek(network, nodes, edges, lang)}
    assert layout is not None
    from rte_graph.views.export_json import write_cytoscape, write_node_link

    write = write_cytoscape if arrangement == "cytoscape" else write_node_link
    return {path: write(nodes, edges, graph_facts(network, lang), layout)}


def check_format(path: Path, arrangement: str | None = None) -> str:
    """Return the format that the extension of a file name says, if it knows the arrangement."""
    kind = path.suffix.lower().lstrip(".")
    if kind not in FORMATS:
        known = ", ".join(f".{name}" for name in FORMATS)
        ending_fr = f"l’extension «{NBSP}.{kind}{NBSP}»" if kind else "un nom sans extension"
        ending_en = f"the extension “.{kind}”" if kind else "a name without extension"
        raise UsageError(
            fr=f"On ne peut pas exporter vers {ending_fr}{NBSP}: choisissez {known}, par exemple "
            "reseau.gexf.",
            en=f"Cannot export to {ending_en}: choose {known}, for example network.gexf.",
        )
    if arrangement is not None and arrangement not in ARRANGEMENTS[kind]:
        able = ", ".join(f".{name}" for name, known in ARRANGEMENTS.items() if arrangement in known)
        raise UsageError(
            fr=f"La disposition «{NBSP}{arrangement}{NBSP}» ne s’écrit pas en .{kind}{NBSP}: choisissez "
            f"{able}.",
            en=f"The layout “{arrangement}” is not written as .{kind}: choose {able}.",
        )
    return kind


def needs_positions(path: Path, arrangement: str | None = None) -> bool:
    """Tell whether a file says where nodes stand; the others do without a layout."""
    return check_format(path, arrangement) not in ("csv", "xlsx") or arrangement in (None, "edges")


def node_rows(network: PageNetwork, layout: Layout | None, lang: str) -> list[Row]:
    """Return one row per node: identity, names, position (y upwards), colour, size, measures."""
    looks = style.node_looks([t.key for t in network.types])
    types = {t.key: t.label.in_language(lang) for t in network.types}
    rows = []
    for i, (node, radius) in enumerate(zip(network.nodes, node_radii(network), strict=True)):
        look = looks[node.type]
        row: Row = {
            "id": node.iri,
            "label": node.label.in_language(lang),
            "type": types[node.type],
            "type_iri": node.type,
            "set": node.side,
            "former_names": " | ".join(node.former_names),
        }
        row |= {m.name: None if m.values[i] is None else float(m.values[i] or 0) for m in network.measures}
        # Screens count downwards, Gephi and most tools upwards.
        if layout is not None:
            row |= {"x": layout.positions[i][0], "y": -layout.positions[i][1] + 0.0}
        row |= {"size": radius, "colour": look.colour, "shape": look.shape}
        rows.append(row)
    return rows


def edge_rows(network: PageNetwork, lang: str) -> list[Row]:
    """Return one row per link, parallel ones each for itself, with evidence in words and as IRIs.

    Rows have a ``weight`` where the network gives its links one.
    """
    from rte_graph.views.page_plain import source_text

    roles = {r.key: r.label.in_language(lang) for r in network.roles}
    weighted = any(edge.weight is not None for edge in network.edges)
    rows = []
    for i, edge in enumerate(network.edges):
        cited = [network.sources[number] for number in edge.sources]
        rows.append(
            {
                "id": f"e{i}",
                "source": network.nodes[edge.source].iri,
                "target": network.nodes[edge.target].iri,
                "source_label": network.nodes[edge.source].label.in_language(lang),
                "target_label": network.nodes[edge.target].label.in_language(lang),
                "role": roles[edge.role],
                "role_iri": edge.role,
                "start": edge.start,
                "end": edge.end,
                "evidence": " | ".join(source_text(source, lang) for source in cited),
                "evidence_iris": " ".join(source.iri for source in cited if source.iri),
            }
            | ({"weight": edge.weight} if weighted else {})
        )
    return rows


def graph_facts(network: PageNetwork, lang: str) -> Row:
    """Return what the whole network is: title, version and hash of the data, licence, citation."""
    making = network.making
    return {
        "name": network.name,
        "title": network.title.in_language(lang),
        "description": network.description.in_language(lang),
        "data_version": making.data_version,
        "data_hash": making.data_hash,
        "licence": making.licence_in(lang),
        "cite": making.cite.in_language(lang),
        "software": making.software,
    }


def to_networkx(network: PageNetwork, nodes: list[Row], edges: list[Row], lang: str) -> nx.MultiDiGraph[str]:
    """Return the network as networkx holds it, attributes without empty values."""
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(**_filled(graph_facts(network, lang)))
    for row in nodes:
        graph.add_node(row["id"], **_filled({k: v for k, v in row.items() if k != "id"}))
    for row in edges:
        rest = {k: v for k, v in row.items() if k not in ("id", "source", "target")}
        graph.add_edge(row["source"], row["target"], key=row["id"], **_filled(rest))
    return graph


def _filled(row: Row) -> Row:
    return {key: value for key, value in row.items() if value not in (None, "")}


def _graphml(network: PageNetwork, nodes: list[Row], edges: list[Row], lang: str) -> str:
    import networkx as nx

    graph = to_networkx(network, [_xml_safe(row) for row in nodes], [_xml_safe(row) for row in edges], lang)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return head + "\n".join(nx.generate_graphml(graph)) + "\n"


def _xml_safe(row: Row) -> Row:
    return {key: xml_text(value) if isinstance(value, str) else value for key, value in row.items()}


def distinct_labels(network: PageNetwork, lang: str) -> list[str]:
    """Return one line of text per node, no two alike: for tools that know a node by its label.

    Of several nodes with one label the first keeps it, the others get a number: « Chênelet (2) ».
    """
    taken: set[str] = set()
    labels = []
    for node in network.nodes:
        label = base = re.sub(r"[ \t\r\n]+", " ", node.label.in_language(lang)).strip() or node.iri
        number = 2
        while label.casefold() in taken:
            label, number = f"{base} ({number})", number + 1
        taken.add(label.casefold())
        labels.append(label)
    return labels
