"""Workbooks for spreadsheets: typed cells, filters, links, and a second sheet on what the lines are."""

from __future__ import annotations

from rte_graph.sparql.formats.xlsx.workbook import write_xlsx

__all__ = ["write_xlsx"]
