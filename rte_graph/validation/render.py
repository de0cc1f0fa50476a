"""A validation report as text for a terminal, as JSON, and as W3C Turtle."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from rte_graph import settings
from rte_graph.namespaces import RTE, SH, shorten
from rte_graph.rdf_io import format_turtle
from rte_graph.rdf_io.terms import Term
from rte_graph.typography import printable
from rte_graph.validation.report import Report, Result

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_NO_BREAK, _HELD = "\u00a0", "\ue000"
_STYLES = {"violation": "bold red", "warning": "bold yellow", "info": "bold blue"}
_WORDS = {
    "fr": {"violation": "Violation", "warning": "Avertissement", "info": "Remarque"},
    "en": {"violation": "Violation", "warning": "Warning", "info": "Remark"},
}
_CHECK_NAMES = {
    "UndeclaredTerm": ("terme non déclaré", "undeclared term"),
    "UndeclaredConcept": ("concept non déclaré", "undeclared concept"),
    "BlankNode": ("nœud sans nom", "node without a name"),
}


def print_text(report: Report, console: Console, lang: str = "fr") -> None:
    """Print the report for people: grouped by rule, what to repair first, then where."""
    from rich.text import Text

    for severity, shape, results in report.groups():
        title = Text(_WORDS[lang][severity], style=_STYLES[severity])
        title.append(printable(f" · {_rule_name(report, shape, lang)}"), style="bold")
        if shape.startswith(RTE):
            title.append(f" · {shorten(shape)}", style="dim")
        _print(console, title, 0)
        for message, members in _by_message(results, lang).items():
            _print(console, Text(printable(message)), 2)
            shown = members[: settings.max_results_shown()]
            for result in shown:
                _print(console, _place_text(report, result, lang), 4)
                _print(console, _statement_text(report, result, lang), 8)
            if len(members) > len(shown):
                _print(console, Text(_more(len(members) - len(shown), lang), style="dim"), 4)
        console.print()
    _print(console, Text(summary(report, lang), style="bold green" if report.conforms else "bold red"), 0)


def _by_message(results: list[Result], lang: str) -> dict[str, list[Result]]:
    grouped: dict[str, list[Result]] = {}
    for result in results:
        grouped.setdefault(result.message(lang), []).append(result)
    return grouped


def _print(console: Console, text: Text, indent: int) -> None:
    """Print a text wrapped and indented, without the blanks that rich puts at the ends of lines."""
    if not text.plain:
        return
    # rich breaks lines at no-break spaces too, and would leave « alone at the end of one.
    text.plain = text.plain.replace(_NO_BREAK, _HELD)
    for line in text.wrap(console, max(20, console.width - indent)):
        line.plain = line.plain.replace(_HELD, _NO_BREAK)
        line.rstrip()
        line.pad_left(indent)
        # soft_wrap: the lines are already cut, and a long path must stay in one piece to be clicked on.
        console.print(line, soft_wrap=True)


def _place_text(report: Report, result: Result, lang: str) -> Text:
    from rich.text import Text

    text = Text(printable(f"{result.place()}  ") if result.place() else "", style="cyan")
    label = report.label(result.subject, lang)
    text.append(printable(label), style="bold default")
    if isinstance(result.subject, NamedNode) and shorten(result.subject.value) != label:
        text.append(printable(f" ({shorten(result.subject.value)})"), style="dim default")
    return text


def _statement_text(report: Report, result: Result, lang: str) -> Text:
    from rich.text import Text

    pieces = [shorten(result.path)] if result.path else []
    if result.subject != result.focus:
        # The subject says it all; the focus only tells where to look.
        pieces = [shorten(result.focus.value)] if isinstance(result.focus, NamedNode) else []
    elif result.value is not None:
        pieces.append(_value_text(report, result.value, lang))
    elif result.values:
        pieces.append(", ".join(_value_text(report, value, lang) for value in result.values))
    elif result.component == SH("MinCountConstraintComponent"):
        pieces.append("— missing" if lang == "en" else "— absent")
    return Text(printable(" ".join(pieces)))


def _value_text(report: Report, value: Term, lang: str) -> str:
    quoted = "“{}”" if lang == "en" else "« {} »"
    if isinstance(value, Literal):
        short = value.value if len(value.value) <= 60 else value.value[:59] + "…"
        return quoted.format(short)
    label = report.label(value, lang)
    if isinstance(value, NamedNode) and label != shorten(value.value):
        return f"{shorten(value.value)} {quoted.format(label)}"
    return label


def _rule_name(report: Report, shape: str, lang: str) -> str:
    local = shape.rpartition("#")[2]
    if local in _CHECK_NAMES:
        return _CHECK_NAMES[local][1 if lang == "en" else 0]
    if not shape:
        return "unnamed shape" if lang == "en" else "forme sans nom"
    return report.label(NamedNode(shape), lang)


def _more(count: int, lang: str) -> str:
    if lang == "en":
        return f"… and {count} more (all in --format json)"
    return f"… et {count} de plus (tous avec --format json)"


def summary(report: Report, lang: str = "fr") -> str:
    """Return the last line: what was found, over how much data."""
    violations, warnings = len(report.violations), len(report.warnings)
    if lang == "en":
        verdict = "Conforms" if report.conforms else "Does not conform"
        counts = f"{_count(violations, 'violation', lang)}, {_count(warnings, 'warning', lang)}"
        size = f"{_count(report.triples, 'triple', lang)} against {_count(report.shapes, 'shape', lang)}"
        return f"{verdict}: {counts}; {size if report.triples else 'there is nothing to validate'}."
    verdict = "Conforme" if report.conforms else "Non conforme"
    counts = f"{_count(violations, 'violation', lang)}, {_count(warnings, 'avertissement', lang)}"
    size = f"{_count(report.triples, 'triplet', lang)}, {_count(report.shapes, 'forme', lang)}"
    return f"{verdict} : {counts} ; {size if report.triples else 'il n’y a rien à valider'}."


def number(value: int, lang: str) -> str:
    """Return a whole number with its thousands apart as the language writes them."""
    return f"{value:,}" if lang == "en" else f"{value:,}".replace(",", "\u202f")


def _count(value: int, word: str, lang: str) -> str:
    # French counts zero as singular, English as plural.
    plural = value != 1 if lang == "en" else value >= 2
    return f"{number(value, lang)} {word}{'s' if plural else ''}"


def to_json(report: Report, lang: str = "fr") -> str:
    """Return the report as JSON: ``conforms``, counts, and one object per result in report order."""
    document = {
        "conforms": report.conforms,
        "violations": len(report.violations),
        "warnings": len(report.warnings),
        "triples": report.triples,
        "results": [_json_result(report, result, lang) for result in report.results],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _json_result(report: Report, result: Result, lang: str) -> dict[str, object]:
    return {
        "severity": result.severity,
        "shape": result.shape or None,
        "shapeLabel": _rule_name(report, result.shape, lang),
        "component": result.component or None,
        "focus": result.focus.value if result.focus is not None else None,
        "focusLabel": report.label(result.focus, lang) or None,
        "subject": result.subject.value if result.subject is not None else None,
        "subjectLabel": report.label(result.subject, lang) or None,
        "path": result.path or None,
        "value": result.value.value if result.value is not None else None,
        "valueLabel": report.label(result.value, lang) or None,
        "values": [value.value for value in result.values],
        "file": str(result.file) if result.file is not None else None,
        "line": result.line,
        "message": result.message(lang),
    }


def to_turtle(report: Report) -> str:
    """Return the W3C validation report as canonical Turtle."""
    return format_turtle(report.graph)
