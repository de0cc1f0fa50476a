"""Validation: shapes, our own checks, and a report made for people."""

from __future__ import annotations

from rte_graph.validation.ontology import Ontology, choose, labels, packaged_ontology, read_ontology
from rte_graph.validation.render import number, print_text, summary, to_json, to_turtle
from rte_graph.validation.report import Report, Result
from rte_graph.validation.sources import SourceFile
from rte_graph.validation.validator import check, validate

__all__ = [
    "Ontology",
    "Report",
    "Result",
    "SourceFile",
    "check",
    "choose",
    "labels",
    "number",
    "packaged_ontology",
    "print_text",
    "read_ontology",
    "summary",
    "to_json",
    "to_turtle",
    "validate",
]
