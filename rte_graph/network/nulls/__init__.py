"""Chance: random networks with the same degrees, and what exceeds it.

`measure_significance` tests a measure of every node, `backbone` the shared neighbours of every pair,
`coverage_test` the coverage of member lists, `compare` any statistics of the matrix; a `Plan` says against
which null model, with which draws and seed. docs/significance.md says what they mean and what they do not.
"""

from __future__ import annotations

from rte_graph.network.nulls.backbone import Backbone, backbone
from rte_graph.network.nulls.bicm import Bicm, bicm, bicm_draws
from rte_graph.network.nulls.coverage import AnyList, CoverageTest, coverage_test
from rte_graph.network.nulls.curveball import curveball
from rte_graph.network.nulls.ensemble import Plan, compare
from rte_graph.network.nulls.enumeration import all_matrices, count_matrices
from rte_graph.network.nulls.margins import margins, margins_of
from rte_graph.network.nulls.mixing import Mixing
from rte_graph.network.nulls.results import NullRun, Significance, Tested
from rte_graph.network.nulls.significance import measure_significance
from rte_graph.network.nulls.tally import adjusted

__all__ = [
    "AnyList",
    "Backbone",
    "Bicm",
    "CoverageTest",
    "Mixing",
    "NullRun",
    "Plan",
    "Significance",
    "Tested",
    "adjusted",
    "all_matrices",
    "backbone",
    "bicm",
    "bicm_draws",
    "compare",
    "count_matrices",
    "coverage_test",
    "curveball",
    "margins",
    "margins_of",
    "measure_significance",
]
