"""Align a file of others with our model: what comes across, what is lost, and what comes back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from rte_graph.exchange.accounting import Account, account
from rte_graph.exchange.concepts import Concept, concepts_in
from rte_graph.exchange.gaps import Gaps, find_gaps
from rte_graph.exchange.mending import Mended, mend
from rte_graph.exchange.reading import Foreign, read_foreign
from rte_graph.exchange.rules import Rule, Way, rules
from rte_graph.exchange.running import Outcome, run_rules
from rte_graph.exchange.vocabularies import VOCABULARIES, spoken, vocabulary
from rte_graph.namespaces import RDF, RTE
from rte_graph.rdf_io import closure
from rte_graph.validation import Ontology, labels, packaged_ontology

_TYPE = RDF("type")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundTrip:
    """What comes back when what came across is written in their vocabulary again.

    Attributes
    ----------
    back : frozenset of Triple
        All that is written.
    same : int
        Triples of the source, as mended, that come back as they were.
    other : int
        Triples that come back and were not in the source.
    changed : tuple of (str, int)
        Properties and classes that came across but do not come back as they were, with the number of triples.
    """

    back: frozenset[Triple]
    same: int
    other: int
    changed: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """The report on one file.

    Attributes
    ----------
    path : Path
    read : int
        Triples read.
    speaks : mapping
        Vocabulary → triples that speak it.
    mended : Mended
        The file as mended, and how.
    account : Account
        What happens to its triples.
    mapped : frozenset of Triple
        What comes across, in our vocabulary.
    arrivals : tuple of (str, int)
        Our classes, with the number of resources that come across, the most numerous first.
    concepts : tuple of Concept
        Concepts of ESSGlobal in the file.
    gaps : Gaps
        What our shapes still ask.
    round_trip : RoundTrip
    labels : mapping
        Labels of our terms, by IRI and language.
    own : int
        Triples that speak our own vocabulary already.
    """

    path: Path
    read: int
    own: int
    speaks: Mapping[str, int]
    mended: Mended
    account: Account
    mapped: frozenset[Triple]
    arrivals: tuple[tuple[str, int], ...]
    concepts: tuple[Concept, ...]
    gaps: Gaps
    round_trip: RoundTrip
    labels: Mapping[str, Mapping[str, str]]


def align(path: Path, *, base: str = "", ontology: Ontology | None = None) -> Alignment:
    """Read a file of others and say what of it fits.

    Parameters
    ----------
    path : Path
        Turtle, N-Triples or JSON-LD; hostile until checked, so read and mapped in children.
    base : str, optional
        Public address that replaces local ones.
    ontology : Ontology, optional
        Ours, by default.

    Raises
    ------
    UnknownName, UnreadableData, LimitReached
        The file cannot be read, or takes too much to map.
    """
    ontology = packaged_ontology() if ontology is None else ontology
    foreign: Foreign = read_foreign(path)
    mended = mend(foreign, base=base)
    speaks = spoken(mended.triples)
    outcomes = run_rules(_rules(speaks, "from"), mended.triples, confined=True)
    mapped = made_by(outcomes)
    names = labels(ontology.triples)
    return Alignment(
        path=path,
        read=len(foreign.triples),
        own=sum(triple.predicate.value.startswith(RTE) for triple in mended.triples),
        speaks=speaks,
        mended=mended,
        account=account(mended.triples, outcomes),
        mapped=mapped,
        arrivals=_arrivals(mapped),
        concepts=concepts_in(mended.triples, names),
        gaps=find_gaps(mapped, ontology),
        round_trip=_round_trip(mended.triples, outcomes, mapped, speaks, ontology),
        labels=names,
    )


def made_by(outcomes: Sequence[Outcome]) -> frozenset[Triple]:
    """Return all that rules made."""
    return frozenset(triple for outcome in outcomes for triple in outcome.made)


def _rules(names: Mapping[str, int], way: Way) -> tuple[Rule, ...]:
    """Return the rules of the vocabularies spoken, each folder once, in the fixed order."""
    chosen = [vocabulary(name) for name in names]
    wanted = {folder for each in chosen for folder in (each.folders if way == "from" else each.writes)}
    ordered = dict.fromkeys(f for each in VOCABULARIES for f in (*each.folders, *each.writes) if f in wanted)
    return rules(tuple(ordered), way)


def _arrivals(mapped: frozenset[Triple]) -> tuple[tuple[str, int], ...]:
    counts = Counter(
        triple.object.value
        for triple in mapped
        if triple.predicate.value == _TYPE
        and isinstance(triple.object, NamedNode)
        and triple.object.value.startswith(RTE)
    )
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _round_trip(
    source: frozenset[Triple],
    outcomes: Sequence[Outcome],
    mapped: frozenset[Triple],
    speaks: Mapping[str, int],
    ontology: Ontology,
) -> RoundTrip:
    closed = closure(mapped, ontology.triples)
    back = made_by(run_rules(_rules(speaks, "to"), closed, confined=True))
    taken = frozenset(triple for outcome in outcomes for triple in outcome.taken)
    changed = Counter(_name(triple) for triple in taken - back)
    return RoundTrip(
        back=back,
        same=len(source & back),
        other=len(back - source),
        changed=tuple(sorted(changed.items(), key=lambda item: (-item[1], item[0]))),
    )


def _name(triple: Triple) -> str:
    if triple.predicate.value == _TYPE and isinstance(triple.object, NamedNode):
        return triple.object.value
    return triple.predicate.value
