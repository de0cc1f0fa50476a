"""Say in one sentence what an engine says of a text that it cannot read."""

from __future__ import annotations

import re

from rte_graph.errors import UnreadableQuery

_PLACE = re.compile(r"(?:at|line) (\d+):(\d+)")


def syntax_error(text: str, detail: str, *, fr: str, en: str, ahead: int = 0) -> UnreadableQuery | None:
    """Return the error that names the line and column of a text, or None when the engine named none.

    Parameters
    ----------
    text
        What the engine was given.
    detail
        What it said.
    fr, en
        What the text is called in each language: a file, « Requête ».
    ahead
        Characters at the start of the first line that stand there although nobody typed them.
    """
    place = _PLACE.search(detail)
    if place is None:
        return None
    line, column = int(place.group(1)), int(place.group(2))
    rows = text.splitlines() or [""]
    if line > len(rows):  # where the text ends too early, engines name the line after its last
        line, column = len(rows), len(rows[-1]) + 1
    near = rows[line - 1][column - 1 :].strip()[:30] or rows[line - 1][-30:].strip()
    if line == 1:
        column = max(1, column - ahead)
    repair_fr, repair_en = "corrigez le texte SPARQL", "correct the SPARQL text"
    if "variable that is unbound" in detail:
        repair_fr = "chaque colonne sans calcul doit être dans GROUP BY"
        repair_en = "each column without a calculation must stand in GROUP BY"
    return UnreadableQuery(
        fr=f"{fr} : erreur de syntaxe ligne {line}, colonne {column}, près de « {near} » ; {repair_fr}.",
        en=f"{en}: syntax error at line {line}, column {column}, near “{near}”; {repair_en}.",
    )
