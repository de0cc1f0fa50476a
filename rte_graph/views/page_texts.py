"""Texts and sources that a page needs, read from the store in both languages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rte_graph.network.wording import Text
from rte_graph.views.page_model import PageSource, same, shown

if TYPE_CHECKING:
    from rte_graph.store.base import Store

PREFIXES = """
PREFIX rte: <https://w3id.org/rte/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX dcat: <http://www.w3.org/ns/dcat#>
"""
LABELS = """
SELECT ?item ?what ?text WHERE {
  VALUES ?item { %s }
  VALUES (?property ?what) {
    (skos:prefLabel "label") (rdfs:label "label") (skos:definition "definition") (skos:altLabel "other")
  }
  ?item ?property ?text .
}
"""
CITATIONS = """
SELECT ?item ?document ?short ?heading ?first ?last ?page WHERE {
  VALUES ?item { %s }
  ?item rte:document ?documentIri ; rte:firstLine ?first ; rte:lastLine ?last .
  OPTIONAL { ?documentIri dcterms:title ?document }
  OPTIONAL { ?documentIri skos:prefLabel ?short }
  OPTIONAL { ?item rte:heading ?heading }
  OPTIONAL { ?item rte:page ?page }
}
"""
CLASSES = """
SELECT ?item ?class WHERE {
  VALUES ?item { %s }
  ?item a ?class . FILTER(STRSTARTS(STR(?class), STR(rte:)))
  FILTER NOT EXISTS { ?item a ?narrower . ?narrower rdfs:subClassOf ?class . FILTER(?narrower != ?class) }
}
"""
WEB = re.compile(r"https?://", re.IGNORECASE)
CREATIVE_COMMONS = re.compile(
    r"https?://creativecommons\.org/(?:licenses|publicdomain)/([a-z-]+)/([0-9.]+)/?(?:$|deed|legalcode)"
)
VERSIONS = """
SELECT ?version ?licence WHERE {
  ?dataset a dcat:Dataset .
  OPTIONAL { ?dataset dcat:version ?version }
  OPTIONAL { ?dataset dcterms:license ?licence }
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Label, definition and other names of one thing."""

    label: Text
    definition: Text
    other_names: tuple[str, ...] = ()


def terms(iris: Iterable[str]) -> str:
    """Write IRIs as the rows of a VALUES block; an IRI that is none is refused by the engine's parser."""
    from pyoxigraph import NamedNode

    return " ".join(str(NamedNode(iri)) for iri in sorted(set(iris)))


def read_rows(store: Store, query: str) -> list[dict[str, tuple[str, str]]]:
    """Return rows of (text, language), sorted, so that answers do not hang on the engine's order."""
    solutions = store.select(PREFIXES + query)
    found = []
    for row in solutions.rows:
        cells = zip(solutions.variables, row, strict=True)
        found.append(
            {
                name: (shown(str(getattr(term, "value", ""))), str(getattr(term, "language", None) or ""))
                for name, term in cells
                if term is not None
            }
        )
    return sorted(found, key=lambda row: sorted(row.items()))


def read_texts(store: Store, iris: Collection[str]) -> dict[str, Texts]:
    """Read label, definition and other names of these IRIs; missing ones are absent."""
    if not iris:
        return {}
    found: dict[str, dict[tuple[str, str], str]] = {}
    others: dict[str, set[str]] = {}
    for row in read_rows(store, LABELS % terms(iris)):
        item, what, (text, language) = row["item"][0], row["what"][0], row["text"]
        if what == "other":
            others.setdefault(item, set()).add(text)
        found.setdefault(item, {}).setdefault((what, language), text)
    return {
        item: Texts(
            label=_both(texts, "label"),
            definition=_both(texts, "definition"),
            other_names=tuple(sorted(others.get(item, set()))),
        )
        for item, texts in found.items()
    }


def read_classes(store: Store, iris: Collection[str]) -> dict[str, str]:
    """Return the narrowest class of ours of each thing that has one, by IRI."""
    if not iris:
        return {}
    found = sorted((row["item"][0], row["class"][0]) for row in read_rows(store, CLASSES % terms(iris)))
    return dict(reversed(found))


def _both(texts: dict[tuple[str, str], str], what: str) -> Text:
    any_text = next((text for (kind, _), text in texts.items() if kind == what), "")
    french = texts.get((what, "fr")) or texts.get((what, "en")) or any_text
    return Text(fr=french, en=texts.get((what, "en")) or french)


def read_sources(store: Store, citations: Iterable[str]) -> tuple[PageSource, ...]:
    """Read citations, in the order of document and lines, each once."""
    wanted = set(citations)
    if not wanted:
        return ()
    found: dict[str, PageSource] = {}
    for row in read_rows(store, CITATIONS % terms(wanted)):
        iri = row["item"][0]
        document = (row.get("short") or row.get("document") or ("", ""))[0]
        found.setdefault(
            iri,
            PageSource(
                document=same(document),
                heading=row.get("heading", ("", ""))[0],
                first_line=int(row["first"][0]),
                last_line=int(row["last"][0]),
                page=int(row["page"][0]) if "page" in row else None,
                iri=iri,
            ),
        )
    return tuple(sorted(found.values(), key=lambda s: (s.document.fr, s.first_line, s.last_line, s.iri)))


def data_version(store: Store) -> tuple[str, tuple[str, ...]]:
    """Return the versions of the datasets loaded (joined) and the addresses of their licences."""
    rows = read_rows(store, VERSIONS)
    versions = sorted({row["version"][0] for row in rows if "version" in row})
    licences = {row["licence"][0] for row in rows if "licence" in row}
    return ", ".join(versions), tuple(sorted(each for each in licences if WEB.match(each)))


def licence_name(address: str) -> str:
    """Write a licence as people know it, from its address; an unknown one is its own name.

    >>> licence_name("https://creativecommons.org/licenses/by-sa/4.0/")
    'CC BY-SA 4.0'
    """
    if "etalab.gouv.fr/licence-ouverte" in address:
        return "Licence Ouverte"
    found = CREATIVE_COMMONS.match(address)
    if not found:
        return address
    kind, version = found.groups()
    return f"CC0 {version}" if kind == "zero" else f"CC {kind.upper()} {version}"
