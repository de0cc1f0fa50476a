"""Formulas of measures as readers of a language write them: the signs stay, the words between them change."""

from __future__ import annotations

import re

from rte_graph.typography import french

FRENCH = {
    "classes of: there is a path from u to v": "classes de : il existe un chemin de u à v",
    "numbered": "numérotées",
    "shortest paths that avoid": "plus courts chemins qui évitent",
    "over joined pairs": "sur les paires liées",
    "each pair both ways": "chaque paire dans les deux sens",
    "unordered pairs": "paires non ordonnées",
    "mean over w of": "moyenne sur w de",
    "not joined": "non liés",
    "one-mode": "un seul ensemble",
    "two-mode": "deux ensembles",
    "components": "composantes",
    "k-core": "k-noyau",
    "over": "pour",
}
"""Words of the register's formulas, the longer phrases first."""
_WORDS = re.compile("|".join(rf"\b{re.escape(each)}\b" for each in FRENCH))
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_MARK = re.compile(r"(?<=\S)([:;])(?=\s)")


def formula_in_language(formula: str, lang: str) -> str:
    r"""Return a formula of the register for readers of a language.

    Parameters
    ----------
    formula : str
        As ``rte:formula`` has it: signs, and words in English.
    lang : {"fr", "en"}

    Examples
    --------
    >>> formula_in_language("c(G − uv) − c(G), c: components", "en")
    'c(G − uv) − c(G), c: components'
    >>> formula_in_language("d(v) / m; one-mode: d(v) / (V − 1)", "fr")
    'd(v) / m\xa0; un seul ensemble\xa0: d(v) / (V − 1)'
    """
    if lang != "fr":
        return formula
    said = _WORDS.sub(lambda found: FRENCH[found[0]], formula)
    return french(_MARK.sub(r" \1", _POINT.sub(",", said)))
