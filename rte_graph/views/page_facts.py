"""What the panel of a page says of its nodes: statements, figures and relations, with their citations.

Reads all nodes of a network at once and in both languages, which a page needs and a description of
one thing in one language does not give; labels and rules of evidence are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rte_graph.network.wording import Text
from rte_graph.views.page_model import PageFact, same
from rte_graph.views.page_texts import Texts, read_rows, read_texts, terms

if TYPE_CHECKING:
    from rte_graph.store.base import Store
    from rte_graph.views.page_build import FactReader

RTE = "https://w3id.org/rte/ontology#"
DESCRIPTION = "http://purl.org/dc/terms/description"
STATEMENTS = """
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX org: <http://www.w3.org/ns/org#>
SELECT ?node ?property ?value WHERE {
  VALUES ?node { %s }
  ?node ?property ?value .
  FILTER(STRSTARTS(STR(?property), STR(rte:))
         || ?property IN (dcterms:description, foaf:homepage, org:subOrganizationOf))
}
"""
CLAIMS = """
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?node ?property ?value ?evidence WHERE {
  VALUES ?node { %s }
  ?claim rdf:subject ?node ; rdf:predicate ?property ; rdf:object ?value ; rte:evidence ?evidence .
}
"""
FIGURES = """
SELECT ?node ?figure ?counts ?printed ?evidence WHERE {
  VALUES ?node { %s }
  ?node rte:figure ?figure . ?figure rte:counts ?counts ; rte:printedValue ?printed ; rte:evidence ?evidence .
}
"""
RELATIONS = """
SELECT ?node ?relation ?kind ?other ?evidence WHERE {
  VALUES ?node { %s }
  { ?relation rte:towards ?node ; rte:party|rte:partyFamily|rte:partyCategory ?other }
  UNION { ?relation rte:party ?node ; rte:towards ?other }
  ?relation a rte:StakeholderRelation ; rte:kind ?kind ; rte:evidence ?evidence .
}
"""
# Said elsewhere on the page (type, former names, sources), or for filters only.
LEFT_OUT = frozenset(
    RTE + name for name in ("evidence", "earliest", "latest", "formerName", "form", "kind", "level", "figure")
)
FIRST = (DESCRIPTION, RTE + "purpose", RTE + "origin", RTE + "start", RTE + "end", RTE + "gathersMembersOf")
YES_NO = {"true": Text(fr="oui", en="yes"), "false": Text(fr="non", en="no")}

Cited = tuple[PageFact, Sequence[str]]
Key = tuple[str, str, str]


def fact_reader(store: Store, nodes: Iterable[str]) -> FactReader:
    """Return a function that gives the facts of each of these nodes, with their citations' IRIs."""
    wanted = sorted(set(nodes))
    if not wanted:
        return lambda iri: ()
    listed = terms(wanted)
    facts: dict[str, list[Cited]] = {iri: [] for iri in wanted}
    for reader in (_statements, _figures, _relations):
        for iri, fact in reader(store, listed):
            facts[iri].append(fact)
    return lambda iri: facts.get(iri, [])


def _statements(store: Store, listed: str) -> list[tuple[str, Cited]]:
    evidence: dict[Key, set[str]] = {}
    for row in read_rows(store, CLAIMS % listed):
        key = (row["node"][0], row["property"][0], row["value"][0])
        evidence.setdefault(key, set()).add(row["evidence"][0])
    values: dict[tuple[str, str], list[tuple[str, str]]] = {}
    introduced: dict[str, set[str]] = {}
    for row in read_rows(store, STATEMENTS % listed):
        node, name, value = row["node"][0], row["property"][0], row["value"]
        if name == RTE + "evidence":
            introduced.setdefault(node, set()).add(value[0])
        elif name not in LEFT_OUT:
            values.setdefault((node, name), []).append(value)
    iris = {name for _, name in values} | {v for each in values.values() for v, _ in each if _is_iri(v)}
    texts = read_texts(store, iris)
    found: list[tuple[tuple[str, int, str], tuple[str, Cited]]] = []
    for (node, name), several in values.items():
        label = _name(name, texts)
        for text, raw in _texts(several, texts):
            cited = set().union(*(evidence.get((node, name, value), set()) for value in raw))
            if name == DESCRIPTION:
                cited |= introduced.get(node, set())
            place = FIRST.index(name) if name in FIRST else len(FIRST)
            fact = PageFact(name=label, value=text, iri=raw[0] if _is_iri(raw[0]) else "")
            found.append(((node, place, label.fr), (node, (fact, sorted(cited)))))
    return [fact for _, fact in sorted(found, key=lambda item: item[0])]


def _is_iri(value: str) -> bool:
    return value.startswith(("http://", "https://")) and " " not in value


def _name(iri: str, texts: dict[str, Texts]) -> Text:
    known = {
        DESCRIPTION: same(""),  # stands under the name, without a word before it
        "http://xmlns.com/foaf/0.1/homepage": Text(fr="Site", en="Website"),
        "http://www.w3.org/ns/org#subOrganizationOf": Text(fr="Fait partie de", en="Part of"),
    }
    label = known.get(iri) or (texts[iri].label if iri in texts else same(iri.rsplit("#", 1)[-1]))
    return Text(fr=label.fr[:1].upper() + label.fr[1:], en=label.en[:1].upper() + label.en[1:])


def _texts(values: list[tuple[str, str]], texts: dict[str, Texts]) -> list[tuple[Text, list[str]]]:
    """Pair the French and the English text of one statement; other values stand each for itself."""
    languages = {language: text for text, language in values if language}
    if set(languages) == {"fr", "en"} and len(values) == 2:
        return [(Text(fr=languages["fr"], en=languages["en"]), [languages["fr"], languages["en"]])]
    found = []
    for value, _ in values:
        known = YES_NO.get(value) or (texts[value].label if value in texts else same(value))
        found.append((known, [value]))
    return sorted(found, key=lambda item: item[0].fr)


def _figures(store: Store, listed: str) -> list[tuple[str, Cited]]:
    rows = read_rows(store, FIGURES % listed)
    texts = read_texts(store, {row["counts"][0] for row in rows})
    grouped: dict[tuple[str, str], tuple[Text, str, set[str]]] = {}
    for row in rows:
        name, key = _name(row["counts"][0], texts), (row["node"][0], row["figure"][0])
        grouped.setdefault(key, (name, row["printed"][0], set()))[2].add(row["evidence"][0])
    return [
        (node, (PageFact(name=name, value=same(printed)), sorted(cited)))
        for (node, _), (name, printed, cited) in sorted(grouped.items())
    ]


def _relations(store: Store, listed: str) -> list[tuple[str, Cited]]:
    rows = read_rows(store, RELATIONS % listed)
    texts = read_texts(store, {row[column][0] for row in rows for column in ("kind", "other")})
    grouped: dict[tuple[str, str, str], tuple[str, set[str]]] = {}
    for row in rows:
        key = (row["node"][0], row["kind"][0], row["other"][0])
        grouped.setdefault(key, (row["relation"][0], set()))[1].add(row["evidence"][0])
    found: list[tuple[str, Cited]] = []
    for (node, kind, other), (_, cited) in sorted(grouped.items()):
        value = texts[other].label if other in texts else same(other)
        found.append((node, (PageFact(name=_name(kind, texts), value=value, iri=other), sorted(cited))))
    return found
