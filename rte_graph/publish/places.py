"""Where the territories of the data lie on the map of départements, and which of them a resource names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from pyoxigraph import NamedNode

from rte_graph.errors import RteError
from rte_graph.namespaces import RTE

if TYPE_CHECKING:
    from rte_graph.describe.reading import IndexReading
    from rte_graph.publish.model import Resource, Site
    from rte_graph.views.map_model import MapData, MapPlace

TERRITORY, INITIATIVE, PARTICIPANT = RTE("territory"), RTE("initiative"), RTE("participant")
STANDING = ("initiative", "event", "organisation", "alliance", "person")
"""Kinds that stand on the map: where they themselves are said to be, and their initiatives."""


@dataclass(frozen=True, slots=True)
class PlaceBook:
    """Places by the IRI of their territory; the keys by which the site's map opens at one of them.

    ``has_map`` says whether the site has a map at all: data without a territory that it knows have none.
    """

    places: Mapping[str, MapPlace]
    keys: Mapping[str, str]
    has_map: bool

    def address(self, iri: str) -> str:
        """Return what stands after ``#`` in the map's address: the circle, else the entry beside the map."""
        place = self.places[iri]
        if place.departement:
            return f"at=departement-{place.departement}"
        if iri in self.keys:
            return f"at={quote(self.keys[iri], safe='')}"
        return f"level=region&at=region-{place.region}" if place.region else ""


def place_book(site: Site) -> PlaceBook:
    """Return the places of a site's territories, read once."""
    return site.once("places", lambda: _read(site))


def site_map(site: Site) -> MapData | None:
    """Return the map of the site's initiatives, read once; None where nothing has a place."""
    return site.once("map", lambda: _map(site))


def _map(site: Site) -> MapData | None:
    from rte_graph.views.map_build import DEFAULT_QUERY, build_map

    if DEFAULT_QUERY not in site.library.queries:
        return None
    try:
        return build_map(site.store, site.library, DEFAULT_QUERY, {})
    except RteError:
        # Data without a territory that the map knows: there is nothing to draw.
        return None


def _read(site: Site) -> PlaceBook:
    from rte_graph.views.map_payload import place_keys
    from rte_graph.views.map_places import read_places

    data = site_map(site)
    territories = [each.iri for each in site.resources.values() if each.category == "territory"]
    keys = zip(data.places, place_keys(data.places), strict=True) if data else ()
    return PlaceBook(
        places={place.iri: place for place in read_places(site.store, territories)},
        keys={place.iri: key for place, key in keys if place.iri},
        has_map=data is not None,
    )


def places_of(reading: IndexReading, book: PlaceBook, resource: Resource) -> dict[str, int]:
    """Return the territories of a resource that can be marked, with the number of initiatives in each.

    A territory is its own place. For others: where they themselves are (counted 0), then where the
    initiatives are in which they take part, most first.
    """
    if resource.category == "territory":
        return {resource.iri: 0} if _marked(book, resource.iri) else {}
    if resource.category not in STANDING:
        return {}
    own = {iri: 0 for iri in sorted(_named(reading, resource.iri)) if _marked(book, iri)}
    counted: dict[str, int] = {}
    for initiative in _initiatives(reading, resource.iri):
        for iri in _named(reading, initiative):
            if _marked(book, iri):
                counted[iri] = counted.get(iri, 0) + 1
    ordered = sorted(counted, key=lambda iri: (-counted[iri], iri))
    return own | {iri: counted[iri] for iri in ordered}


def _marked(book: PlaceBook, iri: str) -> bool:
    """Whether a territory has a spot: not the whole country, nor what no code places."""
    place = book.places.get(iri)
    return place is not None and bool(place.departement or place.region or place.covers)


def _named(reading: IndexReading, iri: str) -> set[str]:
    return {
        value.value
        for predicate, value in reading.outward(iri)
        if predicate == TERRITORY and isinstance(value, NamedNode)
    }


def _initiatives(reading: IndexReading, iri: str) -> set[str]:
    return set(_joined(reading, iri))


def _joined(reading: IndexReading, iri: str) -> Iterator[str]:
    for statement, predicate in reading.inward(iri):
        if predicate == PARTICIPANT:
            for name, value in reading.outward(statement):
                if name == INITIATIVE and isinstance(value, NamedNode):
                    yield value.value
