"""The second sheet of a workbook: what the lines are, once the file has left the command line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rte_graph import __version__
from rte_graph.sparql.formats.about import About
from rte_graph.sparql.formats.xlsx.arrangement import Column
from rte_graph.sparql.present import is_document
from rte_graph.sparql.results import Row, text
from rte_graph.sparql.wording import number
from rte_graph.typography import french

_MOST_DOCUMENTS = 20
_MOST_CHARACTERS = 16_000
"""Well within a cell, however its characters are counted."""

_LANGUAGES = {"fr": ("français", "French"), "en": ("anglais", "English")}


def sheet_names(about: About, lang: str) -> tuple[str, str]:
    """Names of the two sheets; a name has 31 characters at most, and some are not allowed in it."""
    second = "About" if lang == "en" else "Source"
    first = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", about.name).strip("' ")[:31]
    if not first or first.casefold() in (second.casefold(), "history"):
        first = "Result" if lang == "en" else "Résultat"
    return first, second


class Facts:
    """What the second sheet says; the documents are gathered while the rows go by."""

    def __init__(self, *, about: About, columns: Sequence[Column], lang: str) -> None:
        self._about = about
        self._columns = columns
        self._lang = lang
        self._documents: dict[str, None] = {}
        self._places = [column.place for column in columns if is_document(column.name)]

    def watched(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield the rows, and remember which documents their lines refer to."""
        if not self._places:
            yield from rows
            return
        for row in rows:
            if len(self._documents) <= _MOST_DOCUMENTS:
                self._documents.update(
                    dict.fromkeys(text(row[place]) for place in self._places if row[place])
                )
            yield row

    def lines(self, rows: int, truncated: str | None, *, links_left_out: int) -> tuple[tuple[str, str], ...]:
        """Return name and value of each fact, without those that have nothing to say."""
        about = self._about
        made = [
            (self._said("Requête", "Query"), about.name),
            (self._said("Question", "Question"), about.summary),
            (self._said("Précisions", "Details"), about.description),
            *((label, value) for label, value in about.parameters),
            (self._said("Texte SPARQL", "SPARQL text"), about.text),
            (self._said("Langue", "Language"), _LANGUAGES[self._lang][self._lang == "en"]),
            (self._said("Nombre de lignes", "Number of rows"), number(str(rows), self._lang)),
            (self._said("Résultat incomplet", "Incomplete result"), truncated or ""),
            (self._said("Liens", "Links"), self._links(links_left_out)),
            (self._said("Documents cités", "Documents cited"), self._cited()),
            (self._said("Produit par", "Made by"), f"rte-graph {__version__}"),
        ]
        names = [(column.heading, f"?{column.name}") for column in self._columns]
        heading = (self._said("Colonne", "Column"), self._said("Nom dans la requête", "Name in the query"))
        return (*((name, _cut(value)) for name, value in made if value), ("", ""), heading, *names)

    def _said(self, fr: str, en: str) -> str:
        return en if self._lang == "en" else fr

    def _links(self, left_out: int) -> str:
        if not left_out:
            return ""
        count = number(str(left_out), self._lang)
        return self._said(
            french(f"Une feuille n’a que 65530 liens : {count} cellules n’en ont pas."),
            f"A sheet has 65530 links at most: {count} cells have none.",
        )

    def _cited(self) -> str:
        named = sorted(self._documents)[:_MOST_DOCUMENTS]
        return "\n".join([*named, *(["…"] if len(self._documents) > _MOST_DOCUMENTS else [])])


def _cut(value: str) -> str:
    return value if len(value) <= _MOST_CHARACTERS else f"{value[:_MOST_CHARACTERS]}…"
