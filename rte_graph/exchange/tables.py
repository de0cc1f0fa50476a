"""The mappings as tables for the documentation, from the rules and the alignments themselves."""

from __future__ import annotations

from collections.abc import Iterable

from rte_graph.exchange.names import short
from rte_graph.exchange.rules import Rule, Way, rules
from rte_graph.exchange.running import concept_mappings
from rte_graph.exchange.vocabularies import VOCABULARIES

_FOLDERS = ("common", *(each.name for each in VOCABULARIES))


def tables() -> dict[str, str]:
    """Return the Markdown tables by the name of their place: ``org-from``, …, ``concepts``."""
    found = {}
    for folder in _FOLDERS:
        for way in ("from", "to"):
            chosen = rules((folder,), way)
            if chosen:
                found[f"{folder}-{way}"] = _rules_table(chosen, way)
    return {**found, "concepts": _concepts_table()}


def placed(text: str) -> str:
    """Return a page with each table in its place: between ``<!-- table: NAME -->`` and ``<!-- end -->``."""
    for name, table in tables().items():
        before, mark, rest = text.partition(f"<!-- table: {name} -->\n")
        if mark:
            text = f"{before}{mark}{table}{rest[rest.index('<!-- end -->') :]}"
    return text


def _rules_table(chosen: Iterable[Rule], way: Way) -> str:
    heads = ("theirs", "ours") if way == "from" else ("ours", "theirs")
    rows = []
    for rule in chosen:
        sides = (rule.theirs, rule.ours) if way == "from" else (rule.ours, rule.theirs)
        names = (", ".join(f"`{name}`" for name in side) for side in sides)
        rows.append((*names, rule.summary.en + (f" Lost: {rule.loss.en}." if rule.loss else "")))
    return _table((*heads, "what it says, and what is lost"), rows)


def _concepts_table() -> str:
    found = [triple for mappings in concept_mappings().values() for triple in mappings]
    rows = [tuple(f"`{short(node.value)}`" for node in (t.subject, t.predicate, t.object)) for t in found]  # type: ignore[union-attr]
    return _table(("ours", "relation", "theirs"), sorted(rows))


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = tuple(heads)
    lines = [_row(heads), _row("---" for _ in heads), *map(_row, rows)]
    return "\n".join(lines) + "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
