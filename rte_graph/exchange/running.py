"""Run mapping rules on triples, and say what each made and what it took."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from rte_graph import settings
from rte_graph.errors import MemoryLimit, RteError, TimeLimit
from rte_graph.exchange.child import SEPARATOR, answers
from rte_graph.exchange.rules import Rule
from rte_graph.namespaces import SKOS, VOCABULARY_BASE
from rte_graph.rdf_io import parse_triples, triples_in
from rte_graph.resources import ontology_files, ontology_folder
from rte_graph.worker.deaths import Death
from rte_graph.worker.parent import Pool, available

ALIGNMENTS = "https://w3id.org/rte/ontology/align/"
RELATIONS = tuple(SKOS(f"{each}Match") for each in ("exact", "close", "broad", "narrow", "related"))
_LABEL = SKOS("prefLabel")
_CHILDREN = Pool("rte_graph.exchange.child")
_BATCH = 10_000
# A rule gives a few triples for each that it takes; data that make it give many more are made for that.
_PER_TRIPLE, _AT_LEAST = 8, 10_000
_SEPARATED = re.compile(rb"^" + SEPARATOR, re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one rule made of the source, and which of its triples it took."""

    rule: Rule
    made: frozenset[Triple]
    taken: frozenset[Triple]


def run_rules(
    chosen: Iterable[Rule], triples: Iterable[Triple], *, labels: Iterable[Triple] = (), confined: bool
) -> tuple[Outcome, ...]:
    """Run rules on triples.

    Parameters
    ----------
    chosen : iterable of Rule
    triples : iterable of Triple
        The source: the default graph.
    labels : iterable of Triple
        Labels of concepts beyond those of the package.
    confined : bool
        Run in a child with the limits for typed queries: for data of strangers.

    Raises
    ------
    LimitReached
        The rules take too much time or memory, or give far more triples than the source has.
    """
    chosen, source = tuple(chosen), frozenset(triples)
    queries = [query for rule in chosen for query in (rule.construct, rule.takes)]
    most = _AT_LEAST + _PER_TRIPLE * len(source)
    quads = _quads(source, {**concept_mappings(), VOCABULARY_BASE: (*_packaged_labels(), *labels)})
    found = _confined(queries, quads, most) if confined and available() else _here(queries, quads, most)
    return tuple(
        Outcome(rule=rule, made=found[2 * n], taken=found[2 * n + 1] & source)
        for n, rule in enumerate(chosen)
    )


@lru_cache(maxsize=1)
def concept_mappings() -> Mapping[str, tuple[Triple, ...]]:
    """Return the SKOS mappings of ``ontology/align``, by the IRI of the alignment."""
    found = {
        f"{ALIGNMENTS}{path.stem}": tuple(t for t in parse_triples(path) if t.predicate.value in RELATIONS)
        for path in sorted((ontology_folder() / "align").glob("*.ttl"))
    }
    return {name: mappings for name, mappings in found.items() if mappings}


@lru_cache(maxsize=1)
def _packaged_labels() -> tuple[Triple, ...]:
    return tuple(concept_labels(t for path in ontology_files() for t in parse_triples(path)))


def concept_labels(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Yield the preferred labels of concepts of our vocabularies."""
    for triple in triples:
        subject = triple.subject
        if (
            triple.predicate.value == _LABEL
            and isinstance(subject, NamedNode)
            and subject.value.startswith(VOCABULARY_BASE)
        ):
            yield triple


def _quads(source: frozenset[Triple], graphs: Mapping[str, Iterable[Triple]]) -> Iterator[Quad]:
    for triple in source:
        yield Quad(triple.subject, triple.predicate, triple.object, DefaultGraph())
    for name, triples in graphs.items():
        for triple in triples:
            yield Quad(triple.subject, triple.predicate, triple.object, NamedNode(name))


def _here(queries: list[str], quads: Iterator[Quad], most: int) -> list[frozenset[Triple]]:
    store = Store()
    store.bulk_extend(quads)
    return _parsed(b"".join(answers(store, queries, most)))


def _confined(queries: list[str], quads: Iterator[Quad], most: int) -> list[frozenset[Triple]]:
    seconds, memory = settings.max_query_seconds(), settings.max_query_memory_bytes()
    request = {"queries": queries, "most": most, "seconds": seconds, "memory_bytes": memory}
    with _CHILDREN.ask(request, seconds=seconds, explain=_sentence, data=_pieces(quads)) as answer:
        return _parsed(b"".join(answer))


def _pieces(quads: Iterator[Quad]) -> Iterator[bytes]:
    while piece := serialize(islice(quads, _BATCH), format=RdfFormat.N_QUADS):
        yield piece


def _parsed(answer: bytes) -> list[frozenset[Triple]]:
    # No line of N-Triples begins so.
    return [frozenset(triples_in(part)) for part in _SEPARATED.split(answer)[:-1]]


def _sentence(death: Death) -> RteError | None:
    if death.cause == "time":
        return TimeLimit(
            fr="Les règles de correspondance dépassent la durée permise pour ce fichier : donnez-en une "
            "partie, ou relevez RTE_GRAPH_MAX_QUERY_SECONDS.",
            en="The mapping rules take longer than allowed on this file: give a part of it, or raise "
            "RTE_GRAPH_MAX_QUERY_SECONDS.",
        )
    if death.cause in ("memory", "nesting"):
        return MemoryLimit(
            fr="Les règles de correspondance demandent trop de mémoire pour ce fichier : donnez-en une "
            "partie, ou relevez RTE_GRAPH_MAX_QUERY_MEMORY_BYTES.",
            en="The mapping rules need too much memory on this file: give a part of it, or raise "
            "RTE_GRAPH_MAX_QUERY_MEMORY_BYTES.",
        )
    return None
