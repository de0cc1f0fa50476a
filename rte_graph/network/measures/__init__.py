"""Measures: plain functions, registered with what a reader must know to cite them."""

from __future__ import annotations

from rte_graph.network.measures import centrality, spectral, cohesion, clustering, holes  # isort: skip
from rte_graph.network.measures import whole, communities, groups, mixing, projection  # isort: skip
from rte_graph.network.measures.register import (
    Measure,
    compute,
    measure_named,
    measures,
    node_measure,
    result,
    whole_values,
)
from rte_graph.network.measures.results import PairScores, Partition, Scores, Whole

__all__ = [
    "Measure",
    "PairScores",
    "Partition",
    "Scores",
    "Whole",
    "centrality",
    "clustering",
    "cohesion",
    "communities",
    "compute",
    "groups",
    "holes",
    "measure_named",
    "measures",
    "mixing",
    "node_measure",
    "projection",
    "result",
    "spectral",
    "whole",
    "whole_values",
]
