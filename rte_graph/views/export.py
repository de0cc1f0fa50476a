"""A network as files for other tools: GEXF, GraphML, a pair of CSV files, JSON.

Same network, same bytes: nothing is dated, attributes stand in a fixed order.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rte_graph.errors import UsageError
from rte_graph.views import style
from rte_graph.views.gexf import write_gexf
from rte_graph.views.layout import Layout
from rte_graph.views.picture import node_radii

if TYPE_CHECKING:
    import networkx as nx

    from rte_graph.views.page_model import PageNetwork

FORMATS = ("gexf", "graphml", "csv", "json")
Row = dict[str, Any]


def export_files(network: PageNetwork, layout: Layout, path: Path, *, lang: str = "fr") -> dict[Path, str]:
    """Return the files to write, by path; CSV gives two, the others one.

    Parameters
    ----------
    network, layout
        What to write and where its nodes stand.
    path : Path
        The extension says the format; ``net.csv`` becomes ``net-nodes.csv`` and ``net-edges.csv``.
    lang : {"fr", "en"}
        Language of labels.

    Raises
    ------
    UsageError
        If the extension is not one of `FORMATS`.
    """
    kind = check_format(path)
    nodes, edges = node_rows(network, layout, lang), edge_rows(network, lang)
    if kind == "csv":
        stem = path.with_suffix("")
        return {
            stem.with_name(f"{stem.name}-nodes.csv"): _csv(nodes),
            stem.with_name(f"{stem.name}-edges.csv"): _csv(edges),
        }
    if kind == "gexf":
        return {path: write_gexf(network, nodes, edges, lang)}
    if kind == "graphml":
        return {path: _graphml(network, nodes, edges, lang)}
    return {path: _json(network, layout, nodes, edges, lang)}


def check_format(path: Path) -> str:
    """Return the format that the extension of a file name says."""
    kind = path.suffix.lower().lstrip(".")
    if kind in FORMATS:
        return kind
    known = ", ".join(f".{name}" for name in FORMATS)
    ending_fr = f"l’extension «\u00a0.{kind}\u00a0»" if kind else "un nom sans extension"
    ending_en = f"the extension “.{kind}”" if kind else "a name without extension"
    raise UsageError(
        fr=f"On ne peut pas exporter vers {ending_fr}\u00a0: choisissez {known}, par exemple reseau.gexf.",
        en=f"Cannot export to {ending_en}: choose {known}, for example network.gexf.",
    )


def node_rows(network: PageNetwork, layout: Layout, lang: str) -> list[Row]:
    """Return one row per node: identity, names, position (y upwards), colour, size, measures."""
    looks = style.node_looks([t.key for t in network.types])
    types = {t.key: t.label.in_language(lang) for t in network.types}
    rows = []
    places = zip(network.nodes, layout.positions, node_radii(network), strict=True)
    for i, (node, (x, y), radius) in enumerate(places):
        look = looks[node.type]
        row: Row = {
            "id": node.iri,
            "label": node.label.in_language(lang),
            "type": types[node.type],
            "type_iri": node.type,
            "set": node.side,
            "former_names": " | ".join(node.former_names),
        }
        row |= {measure.name: measure.values[i] for measure in network.measures}
        # Screens count downwards, Gephi and most tools upwards.
        row |= {"x": x, "y": -y + 0.0, "size": radius, "colour": look.colour, "shape": look.shape}
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


def safe_cell(value: Any) -> str:
    """Write one cell; text that a spreadsheet would run as a formula gets an apostrophe before it.

    >>> safe_cell("=HYPERLINK(1)"), safe_cell(-1.5), safe_cell(None)
    ("'=HYPERLINK(1)", '-1.5', '')
    """
    if value is None:
        return ""
    if isinstance(value, int | float):
        return repr(value)
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n") else text


def _csv(rows: list[Row]) -> str:
    """Write RFC 4180: comma, quotes where needed, CR LF; the mark at the front says UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if rows:
        writer.writerow(rows[0])
        writer.writerows([safe_cell(value) for value in row.values()] for row in rows)
    return "\ufeff" + out.getvalue()


def _graph_facts(network: PageNetwork, lang: str) -> Row:
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

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(**_filled(_graph_facts(network, lang)))
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
    from rte_graph.views.gexf import xml_text

    return {key: xml_text(value) if isinstance(value, str) else value for key, value in row.items()}


def _json(network: PageNetwork, layout: Layout, nodes: list[Row], edges: list[Row], lang: str) -> str:
    """Write node-link JSON, as d3 and ``networkx.node_link_graph(data, edges="links")`` read it."""
    data = {
        "directed": True,
        "multigraph": True,
        "graph": _graph_facts(network, lang) | {"layout": layout.algorithm, "seed": layout.seed},
        "nodes": nodes,
        "links": [{"key": row["id"]} | {k: v for k, v in row.items() if k != "id"} for row in edges],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
