"""For notebooks and programs: ``rte_graph.open()`` gives a `Graph` to ask and to measure."""

from __future__ import annotations

from rte_graph.api.answers import Answer, Drawing, Overlap, Ranking
from rte_graph.api.graph import Graph
from rte_graph.api.networks import NetworkView

__all__ = ["Answer", "Drawing", "Graph", "NetworkView", "Overlap", "Ranking"]
