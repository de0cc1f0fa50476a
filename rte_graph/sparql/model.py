"""What a saved query is, once its file has been read and checked."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from rte_graph.errors import RteError, UnknownQuery
from rte_graph.typography import french

ParameterType = Literal["entity", "concept", "string", "integer", "decimal", "boolean", "date"]
Expectation = Literal["table", "graph", "boolean"]
Mode = Literal["two-mode", "one-mode", "multi"]

ANY = "*"
"""Value that leaves an optional parameter free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text in both languages."""

    fr: str
    en: str

    def in_language(self, lang: str) -> str:
        """The text in `lang`, French (with its no-break spaces) for any language but English."""
        return self.en if lang == "en" else french(self.fr)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A typed parameter of a saved query.

    An optional parameter (``optional``) takes its ``default`` when nothing is given; a default of None leaves
    it free. ``example`` stands in wherever a required one is run « with its defaults ». A string may be one
    of ``values`` only.
    """

    name: str
    type: ParameterType
    label: Text
    description: Text
    example: str
    optional: bool
    default: str | None
    class_name: str | None
    scheme: str | None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SortKey:
    """A column to sort by."""

    column: str
    descending: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkHeader:
    """What makes a saved query a network."""

    mode: Mode
    nodes: str | None
    label: Text
    source: Text
    target: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedQuery:
    """A saved query: a file of the library."""

    name: str
    topic: str
    summary: Text
    description: Text
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    expect: Expectation
    network: NetworkHeader | None
    order: tuple[SortKey, ...]
    columns: tuple[str, ...]
    text: str
    path: Path

    @property
    def body(self) -> str:
        """The query text without its header."""
        lines = self.text.splitlines(keepends=True)
        return "".join(line for line in lines if not line.startswith("#+")).lstrip("\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """All saved queries by name, with the titles of their topics and the headings of their columns.

    ``own`` names those of the user's own folder; ``problems`` says which of its files were left out, and why.
    """

    queries: Mapping[str, SavedQuery]
    topics: Mapping[str, Text] = field(default_factory=dict)
    headings: Mapping[str, Text] = field(default_factory=dict)
    own: frozenset[str] = frozenset()
    problems: tuple[RteError, ...] = ()

    def get(self, name: str) -> SavedQuery:
        """Return the query of that name.

        Raises
        ------
        UnknownQuery
            With the nearest names.
        """
        if name in self.queries:
            return self.queries[name]
        near = difflib.get_close_matches(name, self.queries, n=3, cutoff=0.5)
        near += [other for other in sorted(self.queries) if name and name in other and other not in near]
        fr = f" Vouliez-vous dire {', '.join(near[:5])} ?" if near else ""
        en = f" Did you mean {', '.join(near[:5])}?" if near else ""
        raise UnknownQuery(
            fr=f"Aucune requête ne s’appelle « {name} ».{fr} « rte-graph query list » les énumère.",
            en=f"No query is called “{name}”.{en} `rte-graph query list` lists them all.",
        )

    def by_topic(self) -> dict[str, list[SavedQuery]]:
        """Queries grouped by topic: topics in the order of ``topics``, then the others by name."""
        groups: dict[str, list[SavedQuery]] = {topic: [] for topic in self.topics}
        for name in sorted(self.queries):
            groups.setdefault(self.queries[name].topic, []).append(self.queries[name])
        return {topic: queries for topic, queries in groups.items() if queries}

    def networks(self) -> tuple[SavedQuery, ...]:
        """The saved queries that are networks, by name."""
        return tuple(self.queries[name] for name in sorted(self.queries) if self.queries[name].network)

    def heading(self, column: str, lang: str) -> str:
        """Heading of a column for human readers."""
        known = self.headings.get(column)
        return known.in_language(lang) if known else spelt_out(column)

    def title(self, column: str, columns: Collection[str], lang: str) -> str:
        """Heading of a column among others: an IRI beside its label says that it is the IRI."""
        stem = column.removesuffix("Iri")
        if stem != column and stem in columns:
            return f"{self.heading(stem, lang)} (IRI)"
        if f"{column}Label" in columns:
            return f"{self.heading(f'{column}Label', lang)} (IRI)"
        return self.heading(column, lang)


def spelt_out(column: str) -> str:
    """Read a column name as words.

    Examples
    --------
    >>> spelt_out("memberCount"), spelt_out("memberLabel")
    ('Member count', 'Member')
    """
    words = "".join(f" {c.lower()}" if c.isupper() else c for c in column.removesuffix("Label") or column)
    return words.strip().capitalize()
