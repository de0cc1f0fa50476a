"""Ties of a subject, out and in, as readable relations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from rte_graph.describe.model import Link, Relation
from rte_graph.describe.neighbourhood import ALLIANCE, PERSON, TYPE, Neighbourhood
from rte_graph.describe.wording import (
    BACKED,
    FIGURES,
    INVERSE,
    LINE,
    LINES,
    NARY,
    PERSONS,
    PREDICATES,
    TERRITORIAL,
    Nary,
    nary_sentence,
    plain_sentence,
)
from rte_graph.namespaces import ORG, RDF, RTE, SKOS
from rte_graph.sparql.collation import collation_key, fold
from rte_graph.sparql.present import readable
from rte_graph.sparql.wording import NBSP, colon, date_in_words, number, quoted

Cite = Callable[[str], tuple[int, ...]]
"""Numbers of the sources of a node."""


def relations_of(around: Neighbourhood, cite: Cite) -> tuple[Relation, ...]:
    """All ties of the subject, by group, then by label."""
    found = [*_nary_ties(around, cite), *_figures(around, cite), *_plain_ties(around, cite)]
    groups = _group_order(around.lang)
    last = len(groups)
    return tuple(
        sorted(
            found,
            key=lambda each: (
                groups.get(each.group, last),
                each.group,
                _lines(around, each.other.iri),
                collation_key(each.other.label),
                collation_key(each.detail),
                each.node,
            ),
        )
    )


def _group_order(lang: str) -> dict[str, int]:
    texts = [NARY[0].right_group, PERSONS, NARY[0].left_group]
    texts += [text for nary in NARY[1:] for text in (nary.right_group, nary.left_group)]
    texts += [*INVERSE.values(), FIGURES]
    return {text.in_language(lang): index for index, text in reversed(list(enumerate(texts)))}


def sentence_of(around: Neighbourhood, node: str) -> str:
    """Any node in words: an n-ary node or a claim as a sentence, anything else by its label."""
    lang = around.lang
    types = around.iris(node, TYPE)
    if RTE("Claim") in types:
        predicate = around.first_iri(node, RDF("predicate"))
        subject = around.label(around.first_iri(node, RDF("subject")))
        return plain_sentence(subject, predicate_label(around, predicate), claim_value(around, node), lang)
    if RTE("Figure") in types:
        return figure_text(around, node)
    for nary in NARY:
        if nary.class_iri in types:
            left, role, right = _parts(around, node, nary)
            return nary_sentence(nary, around.label(left), around.label(role), around.label(right), lang)
    return around.label(node)


def claim_value(around: Neighbourhood, claim: str) -> str:
    """What a claim says, in words."""
    values = around.values(claim, RDF("object"))
    if not values:
        return ""
    iri = around.first_iri(claim, RDF("object"))
    if not iri:
        return readable(values[0], around.lang)
    return figure_text(around, iri) if RTE("Figure") in around.iris(iri, TYPE) else around.label(iri)


def figure_text(around: Neighbourhood, figure: str) -> str:
    """A figure in words: as printed, with what is counted."""
    counted, value = around.label(around.first_iri(figure, RTE("counts"))), _figure_value(around, figure)
    # « 64 clips vidéo » says already what is counted.
    return value if fold(counted) in fold(value) else f"{value} ({counted})"


def _figure_value(around: Neighbourhood, figure: str) -> str:
    printed = around.text(figure, RTE("printedValue"))
    if printed:
        return printed
    value = number(around.text(figure, RTE("value")), around.lang)
    return f"{value} {around.label(around.first_iri(figure, RTE('unit')))}"


def predicate_label(around: Neighbourhood, predicate: str) -> str:
    """Label of a property: ours from the ontology, some others from our table."""
    known = PREDICATES.get(predicate)
    return known.in_language(around.lang) if known else around.label(predicate)


def _parts(around: Neighbourhood, node: str, nary: Nary) -> tuple[str, str, str]:
    left = around.first_iri(node, *nary.left)
    return left, around.first_iri(node, nary.role), around.first_iri(node, *nary.right)


def _nary_ties(around: Neighbourhood, cite: Cite) -> Iterator[Relation]:
    seen: set[str] = set()
    for node, predicate in around.inward:
        for nary in NARY:
            ends = (*nary.left, nary.role, *nary.right)
            if nary.class_iri in around.iris(node, TYPE) and predicate in ends and node not in seen:
                seen.add(node)
                yield from _nary_relations(around, node, nary, cite)


def _nary_relations(around: Neighbourhood, node: str, nary: Nary, cite: Cite) -> Iterator[Relation]:
    """One relation a value of the side that the subject is not on (what is funded may be several things)."""
    left, role, _ = _parts(around, node, nary)
    for right in [iri for predicate in nary.right for iri in sorted(around.iris(node, predicate))]:
        words = (around.label(left), around.label(role), around.label(right))
        sentence = nary_sentence(nary, *words, around.lang)
        relation = Relation(
            group=nary.right_group.in_language(around.lang),
            other=Link(label=around.label(left), iri=left),
            detail=_detail(around, node, role),
            role_iri=role,
            sentence=sentence,
            node=node,
            note=around.text(node, SKOS("note")),
            sources=cite(node),
        )
        if around.iri == right:
            yield _with_persons_apart(around, relation, nary)
        elif around.iri == left:
            yield replace(
                relation,
                group=nary.left_group.in_language(around.lang),
                other=Link(label=around.label(right), iri=right),
            )
        else:
            group = around.label(nary.class_iri).capitalize()
            yield replace(relation, group=group, other=Link(label=sentence, iri=node), detail="")


def _with_persons_apart(around: Neighbourhood, relation: Relation, nary: Nary) -> Relation:
    """Persons with a function in an organisation are not listed among its members."""
    if nary.class_iri != RTE("Membership") or not around.is_a(relation.other.iri, PERSON):
        return relation
    return replace(relation, group=PERSONS.in_language(around.lang))


def _detail(around: Neighbourhood, node: str, role: str) -> str:
    printed = around.text(node, RTE("printedRole"))
    label = around.label(role) if role else ""
    # The printed function says more than the concept (« Président de la Foncière Chênelet »).
    words = f"{label} ({quoted(printed, around.lang)})" if printed else label
    return ", ".join(word for word in (words, _period(around, node)) if word)


def _period(around: Neighbourhood, node: str) -> str:
    start, end = around.text(node, RTE("start")), around.text(node, RTE("end"))
    lang = around.lang
    if start and end:
        return f"{date_in_words(start, lang)} – {date_in_words(end, lang)}"
    if start:
        return f"{'since' if lang == 'en' else 'depuis'} {date_in_words(start, lang)}"
    if end:
        return f"{'until' if lang == 'en' else 'jusqu’à'} {date_in_words(end, lang)}"
    return ""


def _figures(around: Neighbourhood, cite: Cite) -> Iterator[Relation]:
    for figure in around.iris(around.iri, RTE("figure")):
        value = _figure_value(around, figure)
        counted = around.first_iri(figure, RTE("counts"))
        qualifier = around.first_iri(figure, RTE("qualifier"))
        words = [around.label(counted), *([around.label(qualifier)] if qualifier else [])]
        yield Relation(
            group=FIGURES.in_language(around.lang),
            other=Link(label=value, iri=figure),
            detail=", ".join(words),
            role_iri=counted,
            sentence=f"{around.label(around.iri)}{colon(around.lang)} {figure_text(around, figure)}",
            node=figure,
            note=around.text(figure, SKOS("note")),
            sources=cite(figure),
        )


def _plain_ties(around: Neighbourhood, cite: Cite) -> Iterator[Relation]:
    """Plain triples that point to the subject."""
    lang, claims = around.lang, _claims_on_ties(around)
    for other, predicate in around.inward:
        is_statement = around.is_nary(other)
        if predicate == RTE("evidence"):
            label = sentence_of(around, other)
            yield _plain(around, BACKED.in_language(lang), Link(label=label, iri=other), label, ())
        elif not is_statement or (predicate == RTE("figure")):
            label = predicate_label(around, predicate)
            sentence = plain_sentence(around.label(other), label, around.label(around.iri), lang)
            link = Link(label=_passage(around, other) or around.label(other), iri=other)
            cited = {number for claim in claims.get((other, predicate), ()) for number in cite(claim)}
            yield _plain(
                around, _inverse_group(around, other, predicate), link, sentence, tuple(sorted(cited))
            )


def _passage(around: Neighbourhood, iri: str) -> str:
    """Lines and heading of a passage, which has no name; "" for anything else."""
    if RTE("Citation") not in around.iris(iri, TYPE):
        return ""
    lang, heading = around.lang, around.text(iri, RTE("heading"))
    first, last = _lines(around, iri)
    word = LINE if first == last else LINES
    place = f"{first}" if first == last else f"{first}–{last}"
    parts = (f"{word.in_language(lang)}{NBSP}{place}" if first else "", quoted(heading, lang) * bool(heading))
    return ", ".join(part for part in parts if part)


def _lines(around: Neighbourhood, iri: str) -> tuple[int, int]:
    """First and last line of a passage; zero for anything else."""
    first, last = (around.text(iri, RTE(name)) for name in ("firstLine", "lastLine"))
    if not re.fullmatch("[0-9]{1,9}", first):
        return 0, 0
    return int(first), int(last) if re.fullmatch("[0-9]{1,9}", last) else int(first)


def _inverse_group(around: Neighbourhood, other: str, predicate: str) -> str:
    if predicate == ORG("subOrganizationOf") and around.is_a(other, ALLIANCE):
        return TERRITORIAL.in_language(around.lang)
    known = INVERSE.get(predicate)
    if known:
        return known.in_language(around.lang)
    label = predicate_label(around, predicate)
    return f"{label.capitalize()} {'of' if around.lang == 'en' else 'de'}"


def _plain(
    around: Neighbourhood, group: str, other: Link, sentence: str, sources: tuple[int, ...]
) -> Relation:
    return Relation(
        group=group, other=other, detail="", role_iri="", sentence=sentence, node="", sources=sources
    )


def _claims_on_ties(around: Neighbourhood) -> dict[tuple[str, str], list[str]]:
    """Claims that back plain triples which point to the subject, by their subject and predicate."""
    found: dict[tuple[str, str], list[str]] = {}
    for claim, role in around.inward:
        if role == RDF("object"):
            for subject in around.iris(claim, RDF("subject")):
                for predicate in around.iris(claim, RDF("predicate")):
                    found.setdefault((subject, predicate), []).append(claim)
    return found
