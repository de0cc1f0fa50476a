"""What a query answers, linked: lines to their passages, the names of other queries to their pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rte_graph.namespaces import RTE
from rte_graph.publish.model import Site, relative

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from rte_graph.describe.reading import IndexReading

Part = tuple[str, str]
"""A piece of text and the address that it leads to, "" for none."""
_RANGE = re.compile(r"(\d+)-(\d+)")
_NAMED = re.compile(r"(«\s?|“)([a-z][a-z0-9]*(?:-[a-z0-9]+)*)(\s?»|”)")


@dataclass(slots=True)
class Passages:
    """Finds the page of each passage by its lines."""

    site: Site
    reading: IndexReading
    _lines: dict[str, str] = field(default_factory=dict)

    def parts(self, lines: str, cited: Sequence[str], at: str, lang: str) -> list[Part]:
        """Return lines as a query lists them (``291-292, 325``), each linked to the one passage it is of.

        Parameters
        ----------
        lines : str
        cited : sequence of str
            IRIs of the passages of the row.
        at : str
            Path of the page.
        lang : {"fr", "en"}
        """
        known: dict[str, set[str]] = {}
        for iri in cited:
            if iri in self.site.resources:
                known.setdefault(self._written(iri), set()).add(iri)
        found: list[Part] = []
        for each in filter(None, lines.split(", ")):
            iris = known.get(each, set())
            href = self.site.link(min(iris), at=at, lang=lang) if len(iris) == 1 else ""
            found.append((_RANGE.sub(r"\1–\2", each), href))
        return found

    def _written(self, iri: str) -> str:
        """Return the lines of a passage as queries write them."""
        if iri not in self._lines:
            own = {p: getattr(value, "value", "") for p, value in self.reading.outward(iri)}
            first, last = own.get(RTE("firstLine"), ""), own.get(RTE("lastLine"), "")
            self._lines[iri] = first if first == last else f"{first}-{last}"
        return self._lines[iri]


def cited_column(columns: Sequence[str], column: str) -> str:
    """Return the column of passages beside one of lines; "" where there is none.

    >>> cited_column(["linesA", "evidenceA"], "linesA"), cited_column(["member"], "member")
    ('evidenceA', '')
    """
    name = f"evidence{column.removeprefix('lines')}"
    return name if column.startswith("lines") and name in columns else ""


def with_queries(site: Site, text: str, at: str, lang: str) -> Markup:
    """Return a text in which the quoted names of saved queries are their titles, linked to their pages."""
    from markupsafe import Markup, escape

    parts, done = [], 0
    for found in _NAMED.finditer(text):
        query = site.library.queries.get(found[2])
        if query is not None:
            href = relative(site.named(f"queries/{query.name}", lang), at)
            link = Markup('<a href="{}">{}</a>').format(href, query.summary.in_language(lang))
            parts += [escape(text[done : found.start()] + found[1]), link, escape(found[3])]
            done = found.end()
    return Markup("").join([*parts, escape(text[done:])])
