"""What a map needs to know of a query: plain frozen values, both languages.

``map_build`` makes them from a store and a saved query; ``map_page`` and ``map_svg`` draw them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from rte_graph.network.wording import Text
from rte_graph.views.page_model import Making, PageCategory, PageSource, same

Key = TypeVar("Key", str, int)

DEPARTEMENT, REGION = "departement", "region"
LEVELS = (DEPARTEMENT, REGION)
# Why a place has no circle at a level.
WIDER, SEVERAL, NATIONAL, ELSEWHERE, NOWHERE = "wider", "several", "national", "elsewhere", "nowhere"
# The groups beside the map, in this order.
BESIDE = (WIDER, SEVERAL, NATIONAL, ELSEWHERE, NOWHERE)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPlace:
    """A territory that the query names, and where it lies.

    Attributes
    ----------
    iri, label, kind
        The territory as the data have it; an empty IRI stands for « no territory ».
    level : str
        One of `LEVELS` where the territory is itself a département or a région.
    departement, region : str
        Official codes of the département and the région in which it lies, or empty.
    covers : tuple of str
        Codes of the départements that lie in it: what is marked on the map when it is chosen.
    group : str
        Where it is listed beside the map when it has no circle: one of `BESIDE`.
    """

    iri: str
    label: Text
    kind: Text = field(default_factory=lambda: same(""))
    level: str = ""
    departement: str = ""
    region: str = ""
    covers: tuple[str, ...] = ()
    group: str = ELSEWHERE

    def area(self, level: str) -> str:
        """Return the code of the area in which the place is counted at a level; empty: beside the map."""
        return self.departement if level == DEPARTEMENT else self.region

    def beside(self, level: str) -> str:
        """Return the group beside the map in which it is listed at a level; empty: it has a circle."""
        return "" if self.area(level) else (WIDER if level == DEPARTEMENT and self.region else self.group)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapEntry:
    """What is counted: one initiative, actor, … or, where the query gives numbers, one of its rows.

    ``places`` pairs the number of a place with the numbers of the sources that say so. ``value`` is the row's
    number, or None where entries are counted. The others are positions in the map's categories.
    """

    iri: str
    label: Text
    places: tuple[tuple[int, tuple[int, ...]], ...]
    detail: Text = field(default_factory=lambda: same(""))
    type: int | None = None
    domains: tuple[int, ...] = ()
    actors: tuple[int, ...] = ()
    datasets: tuple[int, ...] = ()
    value: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MapValue:
    """The number that a query gives for each territory: a count (circles) or a rate (choropleth)."""

    column: str
    label: Text
    rate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MapData:
    """A map ready to be drawn.

    ``levels`` are those at which the query can be shown; ``noun`` is what is counted, singular and plural.
    """

    name: str
    title: Text
    description: Text
    noun: tuple[Text, Text]
    places: tuple[MapPlace, ...]
    entries: tuple[MapEntry, ...]
    levels: tuple[str, ...] = LEVELS
    colour: str = "#b35900"
    value: MapValue | None = None
    types: tuple[PageCategory, ...] = ()
    domains: tuple[PageCategory, ...] = ()
    actors: tuple[PageCategory, ...] = ()
    datasets: tuple[PageCategory, ...] = ()
    sources: tuple[PageSource, ...] = ()
    making: Making = field(default_factory=Making)

    def counts(self, level: str) -> dict[str, float]:
        """Return what each area shows at a level, by code: how many distinct entries, or the row's number."""
        return _measured(
            (place.area(level), i, entry.value)
            for i, entry in enumerate(self.entries)
            for place in (self.places[number] for number, _ in entry.places)
        )

    def beside(self, level: str) -> dict[int, float]:
        """Return the same for each place that has no circle at a level, by its number."""
        return _measured(
            (number, i, entry.value)
            for i, entry in enumerate(self.entries)
            for number, _ in entry.places
            if self.places[number].beside(level)
        )


def _measured(found: Iterable[tuple[Key, int, float | None]]) -> dict[Key, float]:
    each: dict[Key, dict[int, float]] = {}
    for key, entry, value in found:
        if key != "":
            each.setdefault(key, {})[entry] = 1.0 if value is None else value
    return {key: sum(entries.values()) for key, entries in each.items()}
