"""Names that several things have (Guadeloupe, département and région): what tells them apart."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rte_graph.namespaces import RTE
from rte_graph.publish.kinds import BROWSED, kind_label
from rte_graph.sparql.wording import one_line

if TYPE_CHECKING:
    from rte_graph.describe.reading import IndexReading
    from rte_graph.publish.model import Site


def namesakes(site: Site, reading: IndexReading, lang: str) -> dict[str, str]:
    """Return what tells apart the things that share their name with another, by IRI.

    Parameters
    ----------
    site : Site
    reading : IndexReading
        Of the site's store.
    lang : {"fr", "en"}

    Returns
    -------
    dict of str to str
        The kind that the data say (``commune``), else the class in words; nothing for names borne once.

    Notes
    -----
    One pass over the labels, made once a language.
    """
    return site.once(f"namesakes {lang}", lambda: _read(site, reading, lang))


def _read(site: Site, reading: IndexReading, lang: str) -> dict[str, str]:
    shown = [each for each in site.resources.values() if each.category in BROWSED]
    met = Counter(one_line(each.label.in_language(lang)) for each in shown)
    return {
        each.iri: sort_of(reading, each.iri, lang) or kind_label(each.category, lang).lower()
        for each in shown
        if met[one_line(each.label.in_language(lang))] > 1
    }


def sort_of(reading: IndexReading, iri: str, lang: str) -> str:
    """Return the kind of a thing in words (département, région); "" where the data do not say it."""
    kinds = [value.value for name, value in reading.outward(iri) if name == RTE("kind")]
    return ", ".join(sorted(one_line(each) for each in reading.labels(kinds, lang).values()))
