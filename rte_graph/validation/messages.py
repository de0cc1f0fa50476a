"""The sentence of a validation result, in both languages.

pyshacl drops the language of messages that it fills in for SPARQL constraints, and writes machine English
where a shape has none; so messages are taken from the shapes, and what is missing is said here.
"""

from __future__ import annotations

import re

import rdflib
from rdflib.namespace import SH

_DEFAULTS: dict[str, tuple[str, str]] = {
    "MinCountConstraintComponent": ("Il manque une valeur : ajoutez-la.", "A value is missing: add it."),
    "MaxCountConstraintComponent": (
        "Il y a trop de valeurs : gardez la bonne.",
        "There are too many values: keep the right one.",
    ),
    "DatatypeConstraintComponent": (
        "La valeur n’a pas le type attendu : corrigez-la.",
        "The value is not of the expected type: correct it.",
    ),
    "ClassConstraintComponent": (
        "La valeur n’est pas une chose de la classe attendue : corrigez l’IRI ou décrivez-la.",
        "The value is not a thing of the expected class: correct the IRI or describe it.",
    ),
    "NodeKindConstraintComponent": (
        "La valeur n’est pas de la sorte attendue (IRI ou texte) : corrigez-la.",
        "The value is not of the expected sort (IRI or text): correct it.",
    ),
    "PatternConstraintComponent": (
        "La valeur n’a pas la forme attendue : corrigez-la.",
        "The value does not have the expected form: correct it.",
    ),
    "InConstraintComponent": (
        "La valeur n’est pas dans la liste permise : choisissez-en une autre.",
        "The value is not in the list of those allowed: choose another.",
    ),
    "UniqueLangConstraintComponent": (
        "Deux textes sont dans la même langue : gardez-en un.",
        "Two texts are in the same language: keep one.",
    ),
}
_OTHER = ("La description n’est pas conforme : corrigez-la.", "The description does not conform: correct it.")


def messages(node: rdflib.term.Node, report: rdflib.Graph, shapes: rdflib.Graph) -> dict[str, str]:
    """Return language → message of the validation result ``node``; French and English always there."""
    given = [m for m in report.objects(node, SH.resultMessage) if isinstance(m, rdflib.Literal)]
    found = {m.language: str(m) for m in given if m.language}
    untagged = sorted(str(m) for m in given if not m.language)
    for template in _templates(node, report, shapes):
        if template.language and template.language not in found:
            found[template.language] = _filled(str(template), untagged)
    if not found:
        component = str(report.value(node, SH.sourceConstraintComponent) or "")
        fr, en = _DEFAULTS.get(component.rpartition("#")[2], _OTHER)
        found = {"fr": fr, "en": en}
    found.setdefault("fr", found.get("en") or next(iter(found.values())))
    found.setdefault("en", found["fr"])
    return found


def _templates(node: rdflib.term.Node, report: rdflib.Graph, shapes: rdflib.Graph) -> list[rdflib.Literal]:
    """Return the messages of the constraint, else those of the shape, French before English."""
    for owner in (report.value(node, SH.sourceConstraint), report.value(node, SH.sourceShape)):
        if owner is None:
            continue
        written = {*shapes.objects(owner, SH.message), *report.objects(owner, SH.message)}
        literals = [m for m in written if isinstance(m, rdflib.Literal)]
        if literals:
            return sorted(literals, key=lambda m: (m.language or "", str(m)))
    return []


def _filled(template: str, candidates: list[str]) -> str:
    """Return the candidate that is this template with its {?variables} filled in, else the template."""
    pieces = re.split(r"\{[?$]\w+\}", template)
    if len(pieces) == 1:
        return template
    pattern = re.compile(".*?".join(map(re.escape, pieces)), re.DOTALL)
    return next((candidate for candidate in candidates if pattern.fullmatch(candidate)), template)
