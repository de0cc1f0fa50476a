"""The main job: load, validate, query, rank, compare, draw, report."""

from __future__ import annotations

from rte_graph.pipeline.job import NETWORK, STEPS, Outcome, QueryResult, Step, run_job

__all__ = ["NETWORK", "STEPS", "Outcome", "QueryResult", "Step", "run_job"]
