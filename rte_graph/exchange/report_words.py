"""The words of the report on a file of others."""

from __future__ import annotations

from rte_graph.sparql.model import Text
from rte_graph.typography import french
from rte_graph.validation import number

_W = {
    "brief": ("En bref", "In short"),
    "arrive": ("Ce qui arriverait", "What would arrive"),
    "mended": ("Réparé en route", "Mended on the way"),
    "classes": ("Classes", "Classes"),
    "properties": ("Propriétés", "Properties"),
    "concepts": ("Concepts d’ESSGlobal", "Concepts of ESSGlobal"),
    "missing": ("À ajouter avant de charger", "To be added before loading"),
    "wrong": ("À corriger avant de charger", "To be corrected before loading"),
    "back": ("Aller-retour", "There and back"),
    "next": ("Et maintenant", "What now"),
    "theirs": ("Chez eux", "Theirs"),
    "ours": ("Chez nous", "Ours"),
    "triples": ("Triplets", "Triples"),
    "uses": ("Emplois", "Uses"),
    "loss": ("Ce qui se perd", "What is lost"),
    "times": ("Fois", "Times"),
    "fault": ("Ce qui n’allait pas", "What was wrong"),
    "example": ("Par exemple", "For example"),
    "count": ("Nombre", "Number"),
    "resources": ("Ressources", "Resources"),
    "property": ("Propriété", "Property"),
    "repair": ("Que faire", "What to do"),
    "french": ("Nom français", "French name"),
    "relation": ("Rapport", "Relation"),
    "nothing": ("rien ne passe", "nothing comes across"),
}
WORDS: dict[str, Text] = {key: Text(fr=fr, en=en) for key, (fr, en) in _W.items()}

_RELATIONS = {
    "exactMatch": Text(fr="le même", en="the same"),
    "closeMatch": Text(fr="presque le même", en="nearly the same"),
    "narrowMatch": Text(fr="le leur est plus étroit", en="theirs is narrower"),
    "broadMatch": Text(
        fr="le leur est plus large : ne passe pas", en="theirs is broader: does not come across"
    ),
    "relatedMatch": Text(fr="voisin : ne passe pas", en="related: does not come across"),
    "": Text(fr="aucun", en="none"),
}


def word(key: str, lang: str) -> str:
    """Return a word of the report."""
    return WORDS[key].in_language(lang)


def relation(name: str, lang: str) -> str:
    """Return how their concept stands to ours."""
    return _RELATIONS[name].in_language(lang)


def counted(value: int, fr: str, en: str, lang: str) -> str:
    """Return a number with its noun in the plural where there are several (French counts 0 and 1 alike).

    Examples
    --------
    >>> counted(2, "triplet", "triple", "en")
    '2 triples'
    """
    plural = value != 1 if lang == "en" else value >= 2
    noun = en if lang == "en" else fr
    return f"{number(value, lang)} {noun}{'s' if plural else ''}"


def share(part: int, whole: int, lang: str) -> str:
    """Return a share in percent; what is there is never 0 %, and what is not all never 100 %."""
    if not whole:
        return "0 %" if lang != "en" else "0%"
    percent = round(100 * part / whole)
    if part:
        percent = max(1, percent)
    if part < whole:
        percent = min(99, percent)
    return f"{percent}%" if lang == "en" else f"{percent}\u202f%"


def told(fr: str, en: str, lang: str) -> str:
    """Return a sentence in the language, typeset."""
    return en if lang == "en" else french(fr)
