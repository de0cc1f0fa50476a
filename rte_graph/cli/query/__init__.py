"""``rte-graph query``: list, explain, run, write, check and export saved queries."""

from __future__ import annotations

from rte_graph.cli.query.group import query
from rte_graph.cli.query.library import check, export, list_queries, new, show
from rte_graph.cli.query.running import run

__all__ = ["check", "export", "list_queries", "new", "query", "run", "show"]
