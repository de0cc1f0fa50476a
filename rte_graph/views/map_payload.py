"""What the map's scripts read: plain values for JSON, for the map's own page and any that embeds it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rte_graph.network.wording import Text
from rte_graph.views import style
from rte_graph.views.map_codes import DEPARTEMENTS, REGIONS
from rte_graph.views.map_layout import (
    ARRANGEMENTS,
    BOX,
    CLASSES,
    COAST,
    LABELS,
    LAND,
    NO_DATA,
    REGION_LINE,
    Arrangement,
    class_breaks,
)
from rte_graph.views.map_model import MapData, MapEntry, MapPlace
from rte_graph.views.map_outline import TENTHS, DrawnFrame, drawn_frames
from rte_graph.views.page_model import PageCategory, PageSource

# How far the frame on the main map reaches around the petite couronne, in tenths of a unit.
AROUND = 25


def map_payload(data: MapData, lang: str = "fr") -> dict[str, Any]:
    """Return the payload of ``mountMap``: the entries, where they lie, their sources, and the base map."""
    return {
        "lang": lang,
        "name": data.name,
        "title": _text(data.title),
        "description": _text(data.description),
        "noun": [_text(each) for each in data.noun],
        "levels": list(data.levels),
        "colour": data.colour,
        "value": data.value and {"label": _text(data.value.label), "rate": data.value.rate},
        "breaks": rate_breaks(data),
        "places": place_payload(data.places),
        "entries": [_entry(entry) for entry in data.entries],
        "types": [_category(each) for each in data.types],
        "domains": [_category(each) for each in data.domains],
        "actors": [_category(each) for each in data.actors],
        "datasets": [_category(each) for each in data.datasets],
        "sources": [_source(each) for each in data.sources],
        "base": base_payload(),
        "making": _making(data),
    }


def rate_breaks(data: MapData) -> list[float]:
    """Return the lower bounds of the choropleth's classes; empty where the map counts."""
    if not (data.value and data.value.rate):
        return []
    return list(class_breaks(list(data.counts(data.levels[0]).values())))


def base_payload() -> dict[str, Any]:
    """Return the base map: frames with their paths, names by code, arrangements, colours."""
    return {
        "font": style.FONT,
        "frames": {frame.name: _frame(frame) for frame in drawn_frames()},
        "layouts": {each.name: _layout(each) for each in ARRANGEMENTS},
        "labels": {name: _text(label) for name, label in LABELS.items()},
        "departements": {code: name for code, _, name in DEPARTEMENTS.values()},
        "regionOf": {code: region for code, region, _ in DEPARTEMENTS.values()},
        "regions": REGIONS,
        "colours": {
            "land": LAND, "coast": COAST, "region": REGION_LINE, "box": BOX, "noData": NO_DATA,
            "classes": list(CLASSES),
        },
    }  # fmt: skip


def place_payload(places: tuple[MapPlace, ...]) -> list[dict[str, Any]]:
    """Return the places as ``mountMap`` reads them, each with its key, in the order given."""
    return [_place(place, key) for place, key in zip(places, place_keys(places), strict=True)]


def place_keys(places: tuple[MapPlace, ...]) -> list[str]:
    """Return one short key per place, for the address: the IRI's tail, numbered where two are equal.

    >>> place_keys((MapPlace(iri="http://x/a", label=Text(fr="", en="")),))
    ['a']
    """
    tails = [place.iri.rstrip("/").replace("#", "/").rsplit("/", 1)[-1] or "none" for place in places]
    counted = Counter(tails)
    return [tail if counted[tail] == 1 else f"{tail}~{i}" for i, tail in enumerate(tails)]


def _frame(frame: DrawnFrame) -> dict[str, Any]:
    found: dict[str, Any] = {
        "width": frame.width,
        "height": frame.height,
        "departements": {code: [o.path, *o.anchor] for code, o in frame.departements.items()},
        "regions": {code: [o.path, *o.anchor] for code, o in frame.regions.items()},
        "borders": frame.region_borders,
    }
    if frame.name == "main":
        found["paris"] = petite_couronne_frame(frame)
    return found


def petite_couronne_frame(frame: DrawnFrame) -> list[float]:
    """Return the rectangle on the main map that the inset of the petite couronne enlarges, in tenths."""
    from rte_graph.views.map_codes import PETITE_COURONNE

    xs, ys = zip(*(frame.departements[code].anchor for code in PETITE_COURONNE), strict=True)
    left, top = min(xs) * TENTHS - AROUND * 2, min(ys) * TENTHS - AROUND * 2
    return [
        round(left),
        round(top),
        round(max(xs) * TENTHS + AROUND * 2 - left),
        round(max(ys) * TENTHS + AROUND * 2 - top),
    ]


def _layout(each: Arrangement) -> dict[str, Any]:
    return {
        "name": each.name, "width": each.width, "height": each.height,
        "legend": list(each.legend), "shrink": each.shrink, "largest": each.largest,
        "boxes": [
            {"frame": b.frame, "x": b.x, "y": b.y, "width": b.width, "height": b.height, "inset": b.inset}
            for b in each.boxes
        ],
    }  # fmt: skip


def _text(text: Text) -> dict[str, str]:
    return {"fr": text.in_language("fr"), "en": text.en}


def _place(place: MapPlace, key: str) -> dict[str, Any]:
    return {
        "iri": place.iri, "key": key, "label": _text(place.label), "kind": _text(place.kind),
        "departement": place.departement, "region": place.region, "covers": list(place.covers),
        "group": place.group,
    }  # fmt: skip


def _entry(entry: MapEntry) -> dict[str, Any]:
    return {
        "iri": entry.iri, "label": _text(entry.label), "detail": _text(entry.detail), "type": entry.type,
        "domains": list(entry.domains), "actors": list(entry.actors), "datasets": list(entry.datasets),
        "value": entry.value, "places": [[number, list(sources)] for number, sources in entry.places],
    }  # fmt: skip


def _category(category: PageCategory) -> dict[str, Any]:
    tail = category.key.rstrip("/").replace("#", "/").rsplit("/", 1)[-1]
    return {"key": category.key, "slug": tail, "label": _text(category.label)}


def _source(source: PageSource) -> dict[str, Any]:
    return {
        "document": _text(source.document), "heading": source.heading,
        "first": source.first_line, "last": source.last_line, "page": source.page,
    }  # fmt: skip


def _making(data: MapData) -> dict[str, Any]:
    making = data.making
    return {
        "query": making.query, "parameters": [list(pair) for pair in making.parameters],
        "data_version": making.data_version, "data_hash": making.data_hash, "software": making.software,
        "licences": [list(pair) for pair in making.licences], "cite": _text(making.cite),
        "scope": _text(making.scope),
    }  # fmt: skip
