"""Measures: plain functions, registered with what a reader must know to cite them."""

from __future__ import annotations

from rte_graph.network.measures import centrality, spectral
from rte_graph.network.measures.register import Measure, Scores, compute, measure_named, measures

__all__ = ["Measure", "Scores", "centrality", "compute", "measure_named", "measures", "spectral"]
