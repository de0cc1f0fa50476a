"""What comes across whole, what with a loss, what not: counted triple by triple, by class and property."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal

from pyoxigraph import NamedNode, Triple

from rte_graph.exchange import reasons
from rte_graph.exchange.running import Outcome
from rte_graph.namespaces import RDF
from rte_graph.sparql.model import Text

Fate = Literal["whole", "lossy", "lost"]
_TYPE = RDF("type")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One class or property of the source.

    Attributes
    ----------
    kind : str
        ``class`` or ``property``.
    iri : str
    whole, lossy, lost : int
        Triples by fate.
    resources : int
        Distinct subjects.
    becomes : tuple of str
        Prefixed names of what it becomes.
    losses : tuple of Text
        What those that come across with a loss lose.
    reasons : tuple of Text
        Why those that are lost are.
    """

    kind: str
    iri: str
    whole: int
    lossy: int
    lost: int
    resources: int
    becomes: tuple[str, ...]
    losses: tuple[Text, ...]
    reasons: tuple[Text, ...]

    @property
    def triples(self) -> int:
        """All triples of this class or property."""
        return self.whole + self.lossy + self.lost

    @property
    def fate(self) -> Fate:
        """What happens to most of it: the worst that happens to any."""
        if self.lost == self.triples:
            return "lost"
        return "whole" if self.whole == self.triples else "lossy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The whole source: triples by fate, rows, and the triples that no rule takes."""

    whole: int
    lossy: int
    resources: int
    reached: int
    rows: tuple[Row, ...]
    lost: frozenset[Triple]

    @property
    def triples(self) -> int:
        """All triples."""
        return self.whole + self.lossy + len(self.lost)

    def of_kind(self, kind: str) -> tuple[Row, ...]:
        """Return the rows of classes, or of properties: the most frequent first."""
        return tuple(row for row in self.rows if row.kind == kind)


@dataclass(slots=True)
class _Tally:
    fates: Counter[str] = field(default_factory=Counter)
    subjects: set[object] = field(default_factory=set)
    becomes: Counter[str] = field(default_factory=Counter)
    losses: Counter[Text] = field(default_factory=Counter)
    reasons: Counter[Text] = field(default_factory=Counter)


def account(source: frozenset[Triple], outcomes: Sequence[Outcome], *, outward: bool = False) -> Account:
    """Count what happens to each triple of a source.

    Parameters
    ----------
    source : frozenset of Triple
    outcomes : sequence of Outcome
        What the rules made and took.
    outward : bool
        Whether the source is ours and goes out; only wording depends on it.
    """
    takers = _takers(outcomes)
    reached = {triple.subject for triple in source if triple in takers and triple.predicate.value == _TYPE}
    tallies: dict[tuple[str, str], _Tally] = {}
    fates: Counter[str] = Counter()
    lost = []
    for triple in source:
        by = takers.get(triple, [])
        fate = _fate(by)
        fates[fate] += 1
        if fate == "lost":
            lost.append(triple)
        tally = tallies.setdefault(_key(triple), _Tally())
        tally.fates[fate] += 1
        tally.subjects.add(triple.subject)
        tally.becomes.update(name for outcome in by for name in outcome.rule.ours_or_theirs(outward))
        if fate == "lossy":
            tally.losses.update(outcome.rule.loss for outcome in by if outcome.rule.loss is not None)
        elif fate == "lost":
            tally.reasons[_reason(triple, reached, outward)] += 1
    rows = [_row(key, tally) for key, tally in tallies.items()]
    rows.sort(key=lambda row: (row.kind, -row.triples, row.iri))
    return Account(
        whole=fates["whole"],
        lossy=fates["lossy"],
        resources=len({triple.subject for triple in source}),
        reached=len(reached),
        rows=tuple(rows),
        lost=frozenset(lost),
    )


def _takers(outcomes: Iterable[Outcome]) -> dict[Triple, list[Outcome]]:
    found: dict[Triple, list[Outcome]] = {}
    for outcome in outcomes:
        for triple in outcome.taken:
            found.setdefault(triple, []).append(outcome)
    return found


def _fate(by: Sequence[Outcome]) -> Fate:
    if not by:
        return "lost"
    return "whole" if any(outcome.rule.loss is None for outcome in by) else "lossy"


def _key(triple: Triple) -> tuple[str, str]:
    if triple.predicate.value == _TYPE and isinstance(triple.object, NamedNode):
        return "class", triple.object.value
    return "property", triple.predicate.value


def _reason(triple: Triple, reached: Set[object], outward: bool) -> Text:
    """Return why no rule takes a triple."""
    known = reasons.reason_of(_key(triple)[1])
    if known is not None:
        return known
    if triple.subject not in reached and triple.predicate.value != _TYPE:
        return reasons.ELSEWHERE
    return reasons.NOTHING_THERE if outward else reasons.NOTHING


def _row(key: tuple[str, str], tally: _Tally) -> Row:
    found = _ranked(tally.reasons)
    if tally.fates["lost"] < sum(tally.fates.values()):
        # Of what comes across in part, the rest has no equivalent: because of its value.
        found = [reasons.CONDITION if each in _NOTHING else each for each in found]
    return Row(
        kind=key[0],
        iri=key[1],
        whole=tally.fates["whole"],
        lossy=tally.fates["lossy"],
        lost=tally.fates["lost"],
        resources=len(tally.subjects),
        becomes=tuple(sorted(tally.becomes, key=lambda name: (-tally.becomes[name], name))),
        losses=tuple(_ranked(tally.losses)),
        reasons=tuple(dict.fromkeys(found)),
    )


def _ranked(texts: Counter[Text]) -> list[Text]:
    return sorted(texts, key=lambda text: (-texts[text], text.fr))


_NOTHING = (reasons.NOTHING, reasons.NOTHING_THERE)
