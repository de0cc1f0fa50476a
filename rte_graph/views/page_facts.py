"""What the panel of a page says of its nodes: the description that every face shows, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from rte_graph.network.wording import Text
from rte_graph.views.page_model import PageFact, same, shown_text

if TYPE_CHECKING:
    from rte_graph.describe import Claim, Description, Fact, Relation
    from rte_graph.store.base import Store
    from rte_graph.views.page_build import FactReader

RTE = "https://w3id.org/rte/ontology#"
# The chip above the name says form and kind; the level is the network's own boundary.
LEFT_OUT = frozenset(RTE + name for name in ("form", "kind", "level"))
# A description takes some hundredths of a second and a kilobyte; larger networks are drawn without, so that a
# page stays under a megabyte and a half.
MOST_DESCRIBED = 300

Cited = tuple[PageFact, Sequence[str]]
T = TypeVar("T")


def fact_reader(store: Store, nodes: Iterable[str], roles: Collection[str]) -> FactReader:
    """Return a function that gives the facts of a node, each with the IRIs of its citations.

    Parameters
    ----------
    store
        Where to look.
    nodes, roles
        IRIs of the network's nodes and of its links' roles: ties that the network itself draws are
        left out, the panel lists them as links.

    Notes
    -----
    The first fact has no name: it is the description with the passages that introduce the node.
    Above `MOST_DESCRIBED` nodes there are no facts.
    """
    drawn = set(nodes)
    if len(drawn) > MOST_DESCRIBED:
        return lambda iri: ()

    def read(iri: str) -> list[Cited]:
        from rte_graph.describe import describe

        return list(_facts(describe(store, iri, "fr"), describe(store, iri, "en"), drawn, roles))

    return read


def _facts(
    french: Description, english: Description, drawn: set[str], roles: Collection[str]
) -> Iterator[Cited]:
    def citations(numbers: tuple[int, ...]) -> list[str]:
        return [source.iri for source in french.cited(numbers)]

    if french.text or french.introduction:
        text = Text(fr=french.text, en=english.text or french.text)
        yield PageFact(name=same(""), value=shown_text(text)), citations(french.introduction)
    for fact, other in _paired(french.facts, english.facts, _fact_keys):
        if fact.predicate.iri not in LEFT_OUT:
            # What no claim backs rests on the passages that the node itself cites.
            yield _fact(fact, other), citations(fact.sources or french.introduction)
    for tie, other_tie in _paired(french.relations, english.relations, _relation_keys):
        if not (tie.role_iri in roles and tie.other.iri in drawn):
            yield _relation(tie, other_tie), citations(tie.sources)
    for claim, other_claim in _paired(french.claims, english.claims, _claim_keys):
        if not claim.preferred:
            yield _reading(claim, other_claim), citations(claim.sources)


def _paired(
    french: Sequence[T], english: Sequence[T], keys: Callable[[Sequence[T]], list[tuple[str, ...]]]
) -> Iterator[tuple[T, T]]:
    """Put the two languages of one statement side by side; each language has its own order."""
    other = dict(zip(keys(english), english, strict=True))
    for key, item in zip(keys(french), french, strict=True):
        yield item, other.get(key, item)


def _numbered(keys: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Make equal keys differ by their place, so that each pairs with one."""
    seen: dict[tuple[str, ...], int] = {}
    found = []
    for key in keys:
        seen[key] = seen.get(key, 0) + 1
        found.append((*key, str(seen[key])))
    return found


def _fact_keys(facts: Sequence[Fact]) -> list[tuple[str, ...]]:
    return _numbered((fact.predicate.iri, fact.value.iri) for fact in facts)


def _relation_keys(relations: Sequence[Relation]) -> list[tuple[str, ...]]:
    return _numbered((tie.node, tie.role_iri, tie.other.iri) for tie in relations)


def _claim_keys(claims: Sequence[Claim]) -> list[tuple[str, ...]]:
    return [(claim.node,) for claim in claims]


def _capital(fr: str, en: str) -> Text:
    return shown_text(Text(fr=fr[:1].upper() + fr[1:], en=en[:1].upper() + en[1:]))


def _fact(french: Fact, english: Fact) -> PageFact:
    return PageFact(
        name=_capital(french.predicate.label, english.predicate.label),
        value=shown_text(Text(fr=french.value.label, en=english.value.label)),
        iri=french.value.iri,
    )


def _relation(french: Relation, english: Relation) -> PageFact:
    return PageFact(
        name=_capital(french.group, english.group),
        value=shown_text(Text(fr=french.other.label, en=english.other.label)),
        detail=Text(fr=french.detail, en=english.detail),
        iri=french.other.iri,
    )


def _reading(french: Claim, english: Claim) -> PageFact:
    """Another reading of something on which the source contradicts itself, with why it is not preferred."""
    return PageFact(
        name=_capital(french.predicate.label, english.predicate.label),
        value=shown_text(Text(fr=french.value.label, en=english.value.label)),
        detail=Text(
            fr="\u00a0: ".join(part for part in (french.rank.label, french.reason) if part),
            en=": ".join(part for part in (english.rank.label, english.reason) if part),
        ),
        iri=french.value.iri,
    )
