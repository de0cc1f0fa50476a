"""The boundary card of a source: who chose its cases, what absence means, and what the choice makes large.

A network drawn from a report shows what its author chose to report. Where an actor stands in nearly all the
cases, its rank follows from that choice (Laumann, Marsden & Prensky 1983, “The boundary specification problem
in network analysis”).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rte_graph.network.figures import number_of

if TYPE_CHECKING:
    from rte_graph.store.base import Store

PREFIXES = """
PREFIX rte: <https://w3id.org/rte/ontology#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX counted-thing: <https://w3id.org/rte/vocab/counted-thing/>
PREFIX report-form: <https://w3id.org/rte/vocab/report-form/>
PREFIX alliance-level: <https://w3id.org/rte/vocab/alliance-level/>
"""
SOURCES = """
SELECT ?document ?label ?selection ?absence WHERE {
  ?document a rte:Document .
  OPTIONAL { ?document skos:prefLabel ?chosen . FILTER(LANG(?chosen) = "%(lang)s") }
  OPTIONAL { ?document skos:prefLabel ?any . FILTER(LANG(?any) = "fr") }
  BIND(COALESCE(?chosen, ?any, STR(?document)) AS ?label)
  OPTIONAL {
    ?selecting dcterms:source ?document ; rte:caseSelection ?selection . FILTER(LANG(?selection) = "%(lang)s")
  }
  OPTIONAL {
    ?warning dcterms:source ?document ; rte:absenceMeaning ?absence . FILTER(LANG(?absence) = "%(lang)s")
  }
}
"""
CASES = """
SELECT DISTINCT ?document ?kind ?case WHERE {
  { ?case a rte:Initiative ; rte:presentedAs report-form:sheet . BIND("sheet" AS ?kind) }
  UNION { ?case a rte:Alliance ; rte:level alliance-level:national . BIND("alliance" AS ?kind) }
  UNION { ?case a rte:Initiative . BIND("initiative" AS ?kind) }
  ?case rte:evidence/rte:document ?document .
}
"""
# Persons are left out: the card is about the actors that a network ranks.
TIES = """
SELECT DISTINCT ?document ?tie ?kind ?actor ?case WHERE {
  { ?tie a rte:Membership ; org:member ?actor ; org:organization ?case .
    ?case a rte:Alliance . BIND("membership" AS ?kind) }
  UNION { ?tie a rte:Participation ; rte:participant ?actor ; rte:initiative ?case .
          BIND("participation" AS ?kind) }
  UNION { ?tie a rte:StakeholderRelation ; rte:party ?actor ; rte:towards ?case .
          ?case a rte:Alliance . BIND("relation" AS ?kind) }
  FILTER NOT EXISTS { ?actor a rte:Person }
  ?tie rte:evidence/rte:document ?document .
}
"""
LABELS = """
SELECT ?actor ?label WHERE {
  VALUES ?actor { %(actors)s }
  OPTIONAL { ?actor skos:prefLabel ?chosen . FILTER(LANG(?chosen) = "%(lang)s") }
  OPTIONAL { ?actor skos:prefLabel ?any . FILTER(LANG(?any) = "fr") }
  BIND(COALESCE(?chosen, ?any, STR(?actor)) AS ?label)
}
"""
CLAIMED = """
SELECT DISTINCT ?document ?about ?thing ?counted ?value ?printed WHERE {
  VALUES ?counted { counted-thing:members counted-thing:initiatives }
  ?about rte:figure ?figure .
  ?figure rte:counts ?counted ; rte:value ?value ; rte:evidence/rte:document ?document .
  OPTIONAL { ?figure rte:printedValue ?printed }
  OPTIONAL { ?about skos:prefLabel ?chosen . FILTER(LANG(?chosen) = "%(lang)s") }
  OPTIONAL { ?about skos:prefLabel ?any . FILTER(LANG(?any) = "fr") }
  BIND(COALESCE(?chosen, ?any, STR(?about)) AS ?thing)
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """How many a source claims (``printed`` as it prints it) and how many of them it names.

    ``about`` is the alliance whose members are claimed, or "" where the source claims initiatives.
    """

    about: str
    printed: str
    named: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """An actor with the cases it is tied to, and its share of the ties that name an actor."""

    label: str
    cases: int
    ties: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """The boundary of one source.

    Attributes
    ----------
    document, label
        IRI and name of the source.
    selection, absence
        Who chose the cases, and what an absence means, in the language asked for ("" where nobody says).
    kind : {"sheet", "alliance", "initiative", ""}
        What counts as a case: the report's sheets; without any, its national alliances; else its initiatives.
    cases : int
        How many cases the source has.
    ties : int
        Memberships, participations and stakeholder relations that name an organisation or alliance.
    present : tuple of Presence
        The actors that are tied to most cases, three at most, the most present first.
    claimed : tuple of Claimed
    """

    document: str
    label: str
    selection: str
    absence: str
    kind: str
    cases: int
    ties: int
    present: tuple[Presence, ...]
    claimed: tuple[Claimed, ...]


def read_boundaries(store: Store, lang: str = "fr") -> tuple[Boundary, ...]:
    """Read the boundary card of each source, in the order of their names.

    Parameters
    ----------
    store : Store
    lang : {"fr", "en"}
        Language of the texts; a name without that language is given in French.
    """
    words = {"lang": "en" if lang == "en" else "fr"}
    cases = _grouped(store, CASES)
    ties = _grouped(store, TIES)
    claimed = _grouped(store, CLAIMED % words)
    return tuple(
        _boundary(store, row, cases[row[0]], ties[row[0]], claimed[row[0]], words)
        for row in sorted(_sources(store, words), key=lambda row: (row[1], row[0]))
    )


Row = tuple[str, ...]


def _sources(store: Store, words: Mapping[str, str]) -> Iterable[Row]:
    """Rows of the documents, one for each even if several datasets speak of it."""
    first: dict[str, Row] = {}
    for row in sorted(_rows(store, SOURCES % words), reverse=True):
        first.setdefault(row[0], row)
    return first.values()


def _boundary(
    store: Store,
    source: Row,
    cases: list[Row],
    ties: list[Row],
    claimed: list[Row],
    words: Mapping[str, str],
) -> Boundary:
    document, label, selection, absence = source
    by_kind: dict[str, set[str]] = defaultdict(set)
    for kind, case in cases:
        by_kind[kind].add(case)
    kind = next((name for name in ("sheet", "alliance", "initiative") if by_kind[name]), "")
    return Boundary(
        document=document,
        label=label,
        selection=selection,
        absence=absence,
        kind=kind,
        cases=len(by_kind[kind]),
        ties=len({tie for tie, *_ in ties}),
        present=_present(store, ties, by_kind[kind], words),
        claimed=_claimed(claimed, ties, len(by_kind["sheet"] or by_kind["initiative"])),
    )


def _present(
    store: Store, ties: list[Row], cases: Set[str], words: Mapping[str, str]
) -> tuple[Presence, ...]:
    """The three actors that are tied to most cases; of equal ones, those with more ties."""
    tied: dict[str, set[str]] = defaultdict(set)
    number: dict[str, set[str]] = defaultdict(set)
    for tie, _, actor, case in ties:
        number[actor].add(tie)
        if case in cases:
            tied[actor].add(case)
    most = sorted(tied, key=lambda actor: (-len(tied[actor]), -len(number[actor]), actor))[:3]
    labels = _labels(store, most, words)
    return tuple(
        Presence(label=labels[actor], cases=len(tied[actor]), ties=len(number[actor])) for actor in most
    )


def _claimed(claimed: list[Row], ties: list[Row], described: int) -> tuple[Claimed, ...]:
    members: dict[str, set[str]] = defaultdict(set)
    for _, sort, actor, case in ties:
        if sort == "membership":
            members[case].add(actor)
    return tuple(
        Claimed(
            about=thing if counted.endswith("members") else "",
            printed=printed or value,
            named=len(members[about]) if counted.endswith("members") else described,
        )
        for about, thing, counted, value, printed in sorted(claimed, key=lambda row: row[1])
        if number_of(value) is not None
    )


def _labels(store: Store, actors: Iterable[str], words: Mapping[str, str]) -> dict[str, str]:
    iris = " ".join(f"<{actor}>" for actor in actors)
    return {row[0]: row[1] for row in sorted(_rows(store, LABELS % {"actors": iris, **words}), reverse=True)}


def _grouped(store: Store, query: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for document, *rest in sorted(_rows(store, query)):
        found[document].append(tuple(rest))
    return found


def _rows(store: Store, query: str) -> Iterable[Row]:
    for row in store.select(PREFIXES + query).rows:
        yield tuple(str(getattr(term, "value", "")) for term in row)
