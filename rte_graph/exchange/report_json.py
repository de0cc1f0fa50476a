"""The report on a file of others, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from rte_graph.exchange.accounting import Account, Row
from rte_graph.exchange.align import Alignment
from rte_graph.exchange.concepts import Concept
from rte_graph.exchange.gaps import Gap
from rte_graph.exchange.mending import KINDS, Mend


def to_json(found: Alignment, lang: str) -> str:
    """Return the report as JSON: counts, and one object per fault, class, property, concept and gap."""
    document = {
        "file": found.path.name,
        "read": found.read,
        "vocabularies": dict(found.speaks),
        "triples": totals(found.account),
        "resources": {"described": found.account.resources, "acrossBorder": found.account.reached},
        "arrivals": dict(found.arrivals),
        "mended": [_mend(each, lang) for each in found.mended.mends],
        "classes": [_row(row, lang) for row in found.account.of_kind("class")],
        "properties": [_row(row, lang) for row in found.account.of_kind("property")],
        "concepts": [_concept(each) for each in found.concepts],
        "toAdd": _gaps(found.gaps.of(missing=True), lang),
        "toCorrect": _gaps(found.gaps.of(missing=False), lang),
        "warnings": found.gaps.warnings,
        "validated": {"resources": found.gaps.looked_at, "of": found.gaps.resources},
        "roundTrip": {
            "same": found.round_trip.same,
            "other": found.round_trip.other,
            "changed": dict(found.round_trip.changed),
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def totals(account: Account) -> dict[str, int]:
    """Return the triples by fate."""
    return {
        "all": account.triples,
        "whole": account.whole,
        "withLoss": account.lossy,
        "lost": len(account.lost),
    }


def _mend(each: Mend, lang: str) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "label": KINDS[each.kind].in_language(lang),
        "count": each.count,
        "examples": [{"before": before, "after": after or None} for before, after in each.examples],
    }


def _row(row: Row, lang: str) -> dict[str, Any]:
    return {
        "iri": row.iri,
        "fate": row.fate,
        "triples": row.triples,
        "resources": row.resources,
        "whole": row.whole,
        "withLoss": row.lossy,
        "lost": row.lost,
        "becomes": list(row.becomes),
        "losses": [loss.in_language(lang) for loss in row.losses],
        "reasons": [reason.in_language(lang) for reason in row.reasons],
    }


def _concept(each: Concept) -> dict[str, Any]:
    return {
        "iri": each.iri,
        "label": each.label or None,
        "uses": each.uses,
        "ours": each.ours or None,
        "relation": each.relation or None,
        "french": each.french or None,
        "offered": each.offered or None,
    }


def _gaps(gaps: Iterable[Gap], lang: str) -> list[dict[str, Any]]:
    return [
        {
            "shape": gap.shape,
            "property": gap.path or None,
            "resources": gap.count,
            "message": gap.message.in_language(lang),
            "example": gap.example or None,
        }
        for gap in gaps
    ]
