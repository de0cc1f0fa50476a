"""A network as tables: nodes and links, the incidence matrix, Kumu's columns; as CSV or as a workbook.

References
----------
.. [1] Kumu, Import: column names, https://docs.kumu.io/guides/import
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rte_graph.errors import UsageError
from rte_graph.sparql.formats.characters import is_formula
from rte_graph.views.export import distinct_labels, graph_facts

if TYPE_CHECKING:
    from rte_graph.views.page_model import PageNetwork

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One sheet of a workbook, or one CSV file: ``aside`` ones are for workbooks only."""

    name: str
    heading: Sequence[str]
    rows: Sequence[Sequence[Any]]
    aside: bool = False


def table_files(
    network: PageNetwork, nodes: list[Row], edges: list[Row], path: Path, *, arrangement: str, lang: str
) -> dict[Path, str | bytes]:
    """Return one CSV per table (``net-nodes.csv``; a single one keeps its name), or one workbook."""
    if arrangement == "incidence":
        tables = _incidence(network, nodes, lang)
    elif arrangement == "kumu":
        tables = _kumu(network, nodes, edges, lang)
    else:
        tables = [_table("nodes", nodes), _table("edges", edges)]
    if path.suffix.lower() == ".xlsx":
        return {path: _workbook([*tables, _about(network, lang)], network.title.in_language(lang))}
    shown = [table for table in tables if not table.aside]
    if len(shown) == 1:
        return {path: _csv(shown[0])}
    return {path.with_name(f"{path.stem}-{table.name.lower()}{path.suffix}"): _csv(table) for table in shown}


def _table(name: str, rows: list[Row]) -> Table:
    heading = list(dict.fromkeys(key for row in rows for key in row))
    return Table(name=name, heading=heading, rows=[[row.get(key) for key in heading] for row in rows])


def _incidence(network: PageNetwork, nodes: list[Row], lang: str) -> list[Table]:
    """Sources as lines, targets as columns: 1 where they are joined; a workbook counts the ties too."""
    if not network.two_mode:
        raise UsageError(
            fr=f"Une matrice d’incidence croise deux ensembles ; « {network.name} » n’est pas bimodal : "
            "gardez --layout edges, ou choisissez un autre réseau (rte-graph network list).",
            en=f"An incidence matrix crosses two sets; “{network.name}” is not two-mode: keep "
            "--layout edges, or choose another network (rte-graph network list).",
        )
    labels = distinct_labels(network, lang)
    ties = Counter((edge.source, edge.target) for edge in network.edges)
    rows = [i for i, node in enumerate(network.nodes) if node.side == "source"]
    columns = [i for i, node in enumerate(network.nodes) if node.side == "target"]
    heading = ["", *(labels[j] for j in columns)]
    joined = [[labels[i], *(int(ties[i, j] > 0) for j in columns)] for i in rows]
    counted = [[labels[i], *(ties[i, j] for j in columns)] for i in rows]
    return [
        Table(name="incidence", heading=heading, rows=joined),
        Table(name="ties", heading=heading, rows=counted, aside=True),
        Table(
            name="nodes",
            heading=["matrix_label", *nodes[0]] if nodes else ["matrix_label"],
            rows=[[label, *row.values()] for label, row in zip(labels, nodes, strict=True)],
            aside=True,
        ),
    ]


def _kumu(network: PageNetwork, nodes: list[Row], edges: list[Row], lang: str) -> list[Table]:
    """Kumu knows elements by their label, so labels are made distinct; other columns become fields."""
    labels = distinct_labels(network, lang)
    of_iri = {row["id"]: label for row, label in zip(nodes, labels, strict=True)}
    sides = {"source": network.sides[0].in_language(lang), "target": network.sides[1].in_language(lang)}
    elements = [
        {
            "Label": label,
            "Type": row["type"],
            "Tags": sides[row["set"]] if network.two_mode else "",
            "Description": row["former_names"],
            **{measure.name: row[measure.name] for measure in network.measures},
            "IRI": row["id"],
        }
        for label, row in zip(labels, nodes, strict=True)
    ]
    connections = [
        {
            "From": of_iri[row["source"]],
            "To": of_iri[row["target"]],
            "Direction": "undirected" if network.two_mode else "directed",
            "Type": row["role"],
            "Label": row["role"],
            "Tags": "",
            "Description": row["evidence"],
            "Start": row["start"],
            "End": row["end"],
            "Weight": row.get("weight"),
            "ID": row["id"],
        }
        for row in edges
    ]
    return [_table("Elements", elements), _table("Connections", connections)]


def _about(network: PageNetwork, lang: str) -> Table:
    facts = graph_facts(network, lang)
    return Table(name="about", heading=["", ""], rows=[[key, value] for key, value in facts.items()])


def safe_cell(value: Any) -> str:
    """Write one cell of CSV; text that a spreadsheet would run as a formula gets an apostrophe before it.

    >>> safe_cell("=HYPERLINK(1)"), safe_cell(-1.5), safe_cell(None)
    ("'=HYPERLINK(1)", '-1.5', '')
    """
    if value is None:
        return ""
    if isinstance(value, int | float):
        return repr(value)
    text = str(value)
    return f"'{text}" if is_formula(text) or text.startswith("\n") else text


def _csv(table: Table) -> str:
    """Write RFC 4180: comma, quotes where needed, CR LF; the mark at the front says UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if table.heading:
        writer.writerow([safe_cell(name) for name in table.heading])
    writer.writerows([safe_cell(value) for value in row] for row in table.rows)
    return "\ufeff" + out.getvalue()


def _workbook(tables: Sequence[Table], title: str) -> bytes:
    """Write a workbook without a clock; text stays text, also where it looks like a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title, book.properties.creator = title, "rte-graph"
    for table in tables:
        sheet = book.create_sheet(table.name)
        for line, values in enumerate([table.heading, *table.rows], 1):
            for column, value in enumerate(values, 1):
                if value is not None and value != "":
                    _put(sheet.cell(line, column), value)
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        sheet.freeze_panes = "B2"
    return _undated(book)


def _put(cell: Any, value: Any) -> None:
    from rte_graph.sparql.formats.xlsx.cells import MOST_CHARACTERS, text_cell

    if isinstance(value, int | float):
        cell.value = value
        return
    shown = text_cell(str(value))
    cell.value, cell.data_type = shown.value[:MOST_CHARACTERS], "s"
    cell.quotePrefix = shown.kind == "formula"


def _undated(book: Any) -> bytes:
    """Save a workbook and pack its parts anew, with no date but that of ``SOURCE_DATE_EPOCH``."""
    import re
    from zipfile import ZipFile

    from rte_graph.sparql.formats.xlsx.archive import entry

    saved, packed = io.BytesIO(), io.BytesIO()
    book.save(saved)
    with ZipFile(saved) as old, ZipFile(packed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>", b"", content)
            new.writestr(entry(name), content)
    return packed.getvalue()
