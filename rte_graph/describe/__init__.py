"""What is known of one IRI, with evidence: one description, shown by many faces."""

from __future__ import annotations

from rte_graph.describe.describe import describe, find
from rte_graph.describe.model import Claim, Description, Fact, Link, Relation, Source
from rte_graph.describe.render import to_json, to_markdown, to_text
from rte_graph.describe.turtle import to_turtle

__all__ = [
    "Claim",
    "Description",
    "Fact",
    "Link",
    "Relation",
    "Source",
    "describe",
    "find",
    "to_json",
    "to_markdown",
    "to_text",
    "to_turtle",
]
