"""Describe one IRI: read what stands around it and put it into words with its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode

from rte_graph.describe.model import Claim, Description, Fact, Link, Source
from rte_graph.describe.neighbourhood import TYPE, Neighbourhood, read_neighbourhood
from rte_graph.describe.relations import claim_value, predicate_label, relations_of, sentence_of
from rte_graph.describe.wording import CLASSES, HIDDEN, ORDER, TEXTS
from rte_graph.errors import UnknownName
from rte_graph.namespaces import DCTERMS, RDF, RDFS, RTE, SKOS
from rte_graph.sparql.collation import collation_key
from rte_graph.sparql.model import Text
from rte_graph.sparql.names import Scope, resolve
from rte_graph.sparql.present import readable
from rte_graph.store.base import Store, Term


def find(store: Store, name: str, lang: str = "fr") -> str:
    """Return the IRI that a name, a former name or an IRI means, among everything that has a name.

    Raises
    ------
    UnknownName, AmbiguousName
        Saying what is possible.
    """
    hint = Text(
        fr="« rte-graph query run organisations » et « alliances » énumèrent des noms.",
        en="`rte-graph query run organisations` and `alliances` list names.",
    )
    return resolve(store, name, scope=Scope(), lang=lang, hint=hint)


def describe(store: Store, iri: str, lang: str = "fr") -> Description:
    """Describe one IRI.

    Parameters
    ----------
    store
        Where to look.
    iri
        Any node: an alliance, a person, a concept, a membership, a citation …
    lang
        ``fr`` or ``en``; labels fall back on French, then English, then any.

    Returns
    -------
    Description
        The same for the same data, whatever the order in which the store gives them.

    Raises
    ------
    UnknownName
        If nothing is known of the IRI.

    Notes
    -----
    A handful of queries; the cost grows with the number of triples around the node.
    """
    return describe_around(read_neighbourhood(store, iri, lang))


def describe_around(around: Neighbourhood) -> Description:
    """Describe the IRI in the middle of a neighbourhood, in its language; see :func:`describe`."""
    iri, lang = around.iri, around.lang
    if not around.inward and not any(around.predicates(iri)):
        raise UnknownName(
            fr=f"Rien n’est connu de {iri} : vérifiez l’IRI, ou donnez un nom.",
            en=f"Nothing is known of {iri}: check the IRI, or give a name.",
        )
    sources = _sources(around)
    numbers = {source.iri: source.number for source in sources}

    def cite(node: str) -> tuple[int, ...]:
        return tuple(sorted(numbers[each] for each in around.iris(node, RTE("evidence")) if each in numbers))

    former = around.texts(iri, RTE("formerName"))
    others = [name for name in around.texts(iri, SKOS("altLabel")) if name not in former]
    return Description(
        iri=iri,
        label=sentence_of(around, iri) if around.is_nary(iri) else around.label(iri),
        lang=lang,
        types=tuple(_types(around)),
        former_names=tuple(former),
        other_names=tuple(others),
        text=around.text(iri, DCTERMS("description")),
        notes=tuple(note for note in [around.text(iri, SKOS("note"))] if note),
        facts=tuple(_facts(around, numbers)),
        relations=relations_of(around, cite),
        claims=tuple(_contradictions(around, numbers)),
        introduction=cite(iri),
        sources=sources,
    )


def _types(around: Neighbourhood) -> Iterator[Link]:
    for predicate in (RTE("form"), RTE("kind")):
        for iri in sorted(around.iris(around.iri, predicate)):
            yield Link(label=around.label(iri), iri=iri)
    classes = sorted(around.iris(around.iri, TYPE), key=lambda iri: (not iri.startswith(RTE), iri))
    wider = {above for iri in classes for above in around.iris(iri, RDFS("subClassOf"))}
    # The closure adds every wider class: only the narrowest tell something.
    for iri in [each for each in classes if each not in wider] or classes:
        known = CLASSES.get(iri)
        yield Link(label=known.in_language(around.lang) if known else around.label(iri), iri=iri)


def _sources(around: Neighbourhood) -> tuple[Source, ...]:
    """Number the passages cited around the subject in the order of the documents."""
    used: set[str] = set()
    for subject in list(around.subjects()):
        if subject == around.iri or around.is_nary(subject):
            used.update(around.iris(subject, RTE("evidence")))
    if RTE("Citation") in around.iris(around.iri, TYPE):
        used = {around.iri}
    unnumbered = [_source(around, iri) for iri in used if any(around.predicates(iri))]
    unnumbered.sort(key=lambda each: (each.document, each.first_line, each.last_line, each.iri))
    return tuple(
        Source(
            number=index,
            iri=each.iri,
            document=each.document,
            document_iri=each.document_iri,
            heading=each.heading,
            first_line=each.first_line,
            last_line=each.last_line,
            page=each.page,
        )
        for index, each in enumerate(unnumbered, start=1)
    )


def _source(around: Neighbourhood, iri: str) -> Source:
    document = around.first_iri(iri, RTE("document"))
    return Source(
        number=0,
        iri=iri,
        document=around.label(document) if document else "",
        document_iri=document,
        heading=around.text(iri, RTE("heading")),
        first_line=_whole(around, iri, "firstLine") or 0,
        last_line=_whole(around, iri, "lastLine") or 0,
        page=_whole(around, iri, "page"),
    )


def _whole(around: Neighbourhood, iri: str, name: str) -> int | None:
    """A whole number of a citation; nothing where the data write something else."""
    written = around.text(iri, RTE(name))
    return int(written) if re.fullmatch("[0-9]{1,9}", written) else None


def _facts(around: Neighbourhood, numbers: dict[str, int]) -> Iterator[Fact]:
    backed = _claims_by_value(around, numbers)
    rank = {predicate: index for index, predicate in enumerate(ORDER)}
    predicates = [each for each in around.predicates(around.iri) if each not in HIDDEN]
    predicates.sort(
        key=lambda each: (rank.get(each, len(ORDER)), collation_key(predicate_label(around, each)), each)
    )
    for predicate in predicates:
        link = Link(label=predicate_label(around, predicate), iri=predicate)
        for value in _values(around, predicate):
            sources = backed.get((predicate, str(value)), ())
            yield Fact(predicate=link, value=_value_link(around, value), sources=sources)


def _values(around: Neighbourhood, predicate: str) -> Sequence[Term]:
    values = around.values(around.iri, predicate)
    if predicate in TEXTS or _are_translations(values):
        chosen = around.text(around.iri, predicate)
        return [each for each in values if isinstance(each, Literal) and each.value == chosen][:1]
    return sorted(values, key=lambda each: (collation_key(_value_link(around, each).label), str(each)))


def _are_translations(values: Sequence[Term]) -> bool:
    """Whether values are one text in several languages: texts only, one a language."""
    languages = [value.language or "" if isinstance(value, Literal) else "" for value in values]
    return len(values) > 1 and all(languages) and len(set(languages)) == len(languages)


def _value_link(around: Neighbourhood, value: Term) -> Link:
    if not isinstance(value, NamedNode):
        return Link(label=readable(value, around.lang))
    # The address of a website is its own best label.
    label = around.label(value.value) if around.is_known(value.value) else value.value
    return Link(label=label, iri=value.value)


def _claims_by_value(
    around: Neighbourhood, numbers: dict[str, int]
) -> dict[tuple[str, str], tuple[int, ...]]:
    found: dict[tuple[str, str], set[int]] = {}
    for claim in _claims_about(around, around.iri):
        for predicate in around.iris(claim, RDF("predicate")):
            for value in around.values(claim, RDF("object")):
                cited = {numbers[each] for each in around.iris(claim, RTE("evidence")) if each in numbers}
                found.setdefault((predicate, str(value)), set()).update(cited)
    return {key: tuple(sorted(cited)) for key, cited in found.items()}


def _claims_about(around: Neighbourhood, iri: str) -> list[str]:
    return sorted(
        subject
        for subject in around.subjects()
        if RTE("Claim") in around.iris(subject, TYPE) and iri in around.iris(subject, RDF("subject"))
    )


def _contradictions(around: Neighbourhood, numbers: dict[str, int]) -> Iterator[Claim]:
    """Readings of what the source contradicts itself on, the preferred one first."""
    groups: dict[str, list[str]] = {}
    for claim in around.subjects():
        for preferred in around.iris(claim, RTE("alternativeTo")):
            groups.setdefault(preferred, []).append(claim)
    for preferred in sorted(groups):
        for claim in [preferred, *sorted(groups[preferred])]:
            if any(around.predicates(claim)):
                yield _reading(around, claim, numbers, preferred=claim == preferred)


def _reading(around: Neighbourhood, claim: str, numbers: dict[str, int], *, preferred: bool) -> Claim:
    subject = around.first_iri(claim, RDF("subject"))
    predicate = around.first_iri(claim, RDF("predicate"))
    rank = around.first_iri(claim, RTE("rank"))
    cited = {numbers[each] for each in around.iris(claim, RTE("evidence")) if each in numbers}
    return Claim(
        subject=Link(label=around.label(subject), iri=subject),
        predicate=Link(label=predicate_label(around, predicate), iri=predicate),
        value=Link(label=claim_value(around, claim), iri=around.first_iri(claim, RDF("object"))),
        rank=Link(label=around.label(rank), iri=rank),
        preferred=preferred,
        reason=around.text(claim, RTE("reason")),
        node=claim,
        sources=tuple(sorted(cited)),
    )
