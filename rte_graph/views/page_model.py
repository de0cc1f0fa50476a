"""What a picture, a page or a file needs to know of a network: plain frozen values, both languages.

The other modules of this room work on these values only. ``page_build`` makes them from a
network, its descriptions and its hub rows, so a change in another room touches that module alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rte_graph.network.wording import Text

if TYPE_CHECKING:
    from rte_graph.views.map_model import MapData

# Characters that turn the direction of the text after them: in a name they could disguise what follows.
DIRECTION_MARKS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def shown(text: str) -> str:
    r"""Return a text without the control characters that turn its direction.

    >>> shown("abc\u202edef")
    'abcdef'
    """
    return text.translate(DIRECTION_MARKS)


def shown_text(text: Text) -> Text:
    """Do the same in both languages."""
    return Text(fr=shown(text.fr), en=shown(text.en))


def same(text: str) -> Text:
    """Return a text that reads the same in both languages (a proper name, a date, a number)."""
    return Text(fr=text, en=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSource:
    """A passage of a document: its heading and its lines in the text file (0: unknown)."""

    document: Text
    heading: str = ""
    first_line: int = 0
    last_line: int = 0
    page: int | None = None
    iri: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFact:
    """One statement on a node: what is said, the value, the sources by their number in the page.

    ``detail`` qualifies the value (a role, a period); a fact without a name is the node's description.
    """

    name: Text
    value: Text
    detail: Text = field(default_factory=lambda: same(""))
    iri: str = ""
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCategory:
    """A node type or a role: its key (IRI), its label and definition."""

    key: str
    label: Text
    definition: Text = field(default_factory=lambda: same(""))


@dataclass(frozen=True, slots=True, kw_only=True)
class PageNode:
    """A node: ``type`` and ``domains`` are keys of categories, ``side`` is ``source`` or ``target``.

    ``start`` and ``end`` are dates as printed: 2020, 2020-06 or 2020-06-15, or nothing.
    """

    iri: str
    label: Text
    type: str
    side: str
    former_names: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    facts: tuple[PageFact, ...] = ()
    domains: tuple[str, ...] = ()
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEdge:
    """A link from ``nodes[source]`` to ``nodes[target]``; ``role`` is the key of a category."""

    source: int
    target: int
    role: str
    start: str = ""
    end: str = ""
    weight: float | None = None
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMeasure:
    """A measure: one value and one rank (within the node's set) per node, ``None`` where undefined.

    ``raw`` holds the counts or sums before normalisation, where the measure has them.
    """

    name: str
    label: Text
    definition: Text
    values: tuple[float | None, ...]
    ranks: tuple[int | None, ...]
    raw: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePartition:
    """Groups of nodes that a measure found: one number per node, 0 for a node in no group."""

    label: Text
    definition: Text
    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageCard:
    """A small table of statements: who chose the cases of a source, what an absence means."""

    title: Text
    rows: tuple[tuple[Text, Text], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """How the network came about: what a reader needs to make it again and to cite it.

    ``licences`` are names with their addresses, as the data state them.
    """

    query: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    data_version: str = ""
    data_hash: str = ""
    software: str = ""
    licences: tuple[tuple[str, str], ...] = ()
    cite: Text = field(default_factory=lambda: same(""))
    scope: Text = field(default_factory=lambda: same(""))
    boundary: tuple[PageCard, ...] = ()

    def licence_in(self, lang: str) -> str:
        """Return the data's licences, or that they state none: nothing is ever supposed."""
        names = ", ".join(name for name, _ in self.licences)
        return names or ("licence not stated" if lang == "en" else "licence non indiquée")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageNetwork:
    """A network ready to be drawn; the edges point into ``nodes`` by position.

    ``findings`` are sentences that the numbers allow (shown before anything is selected) and on the card
    of ``hub``, the node that they are about; ``headline`` says the same in a few words. ``directed`` says
    whether the ties of a network that is not two-mode have a direction; ``map`` where its nodes lie.
    """

    name: str
    title: Text
    description: Text
    sides: tuple[Text, Text]
    nodes: tuple[PageNode, ...]
    edges: tuple[PageEdge, ...]
    types: tuple[PageCategory, ...]
    roles: tuple[PageCategory, ...]
    two_mode: bool = True
    directed: bool = True
    measures: tuple[PageMeasure, ...] = ()
    domains: tuple[PageCategory, ...] = ()
    partition: PagePartition | None = None
    sources: tuple[PageSource, ...] = ()
    findings: tuple[Text, ...] = ()
    headline: Text = field(default_factory=lambda: same(""))
    hub: int | None = None
    map: MapData | None = None
    making: Making = field(default_factory=Making)

    def measure(self, name: str | None) -> PageMeasure | None:
        """Return the measure of that name, else the first one, else nothing."""
        named = [m for m in self.measures if m.name == name] or list(self.measures)
        return named[0] if named else None

    def leading_side(self) -> str:
        """Return the set that the picture is about: that of the node with most neighbours.

        Of equal ones the target set; of a network that is not two-mode ``source``.
        """
        if not self.two_mode:
            return "source"
        counted = zip(self.degrees(), self.nodes, strict=True)
        most = max(((count, node.side == "target") for count, node in counted), default=(0, True))
        return "target" if most[1] else "source"

    def degrees(self) -> list[int]:
        """Return the number of distinct neighbours of each node."""
        neighbours: list[set[int]] = [set() for _ in self.nodes]
        for edge in self.edges:
            neighbours[edge.source].add(edge.target)
            neighbours[edge.target].add(edge.source)
        return [len(others) for others in neighbours]
