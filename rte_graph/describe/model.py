"""A description: plain frozen values, in one language, with numbered sources."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A thing by its label; `iri` is empty for plain text."""

    label: str
    iri: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A passage: its number in the description, the document, the heading, the lines (0: unknown)."""

    number: int
    iri: str
    document: str
    document_iri: str
    heading: str = ""
    first_line: int = 0
    last_line: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A plain statement on the subject; `sources` are numbers of `Description.sources`.

    A fact that no claim backs has no sources of its own: it rests on the subject's `introduction`.
    """

    predicate: Link
    value: Link
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A tie between the subject and something else.

    Attributes
    ----------
    group : str
        Heading under which it is listed (“Members”).
    other : Link
        What the subject is tied to.
    detail : str
        The role or kind, with the printed role and the period.
    role_iri : str
        Concept of the role or kind; empty for a plain triple.
    sentence : str
        The whole statement, readable on its own.
    node : str
        IRI of the n-ary node, empty for a plain triple.
    note : str
        What the modellers say of it.
    """

    group: str
    other: Link
    detail: str
    role_iri: str
    sentence: str
    node: str
    note: str = ""
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One reading of something on which the source contradicts itself."""

    subject: Link
    predicate: Link
    value: Link
    rank: Link
    preferred: bool
    reason: str
    node: str
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """All that is known of one IRI.

    Attributes
    ----------
    types : tuple of Link
        Most telling first: the kind or form, then the classes of our own ontology.
    facts, relations, claims
        Facts in a fixed order, relations by group, readings of contradictions side by side.
    introduction : tuple of int
        Sources of the passages that introduce the subject.
    sources : tuple of Source
        Numbered from 1 in the order of the documents.
    """

    iri: str
    label: str
    lang: str
    types: tuple[Link, ...]
    former_names: tuple[str, ...]
    other_names: tuple[str, ...]
    text: str
    notes: tuple[str, ...]
    facts: tuple[Fact, ...]
    relations: tuple[Relation, ...]
    claims: tuple[Claim, ...]
    introduction: tuple[int, ...]
    sources: tuple[Source, ...]

    def cited(self, numbers: tuple[int, ...]) -> tuple[Source, ...]:
        """Return the sources with these numbers."""
        return tuple(self.sources[number - 1] for number in numbers)
