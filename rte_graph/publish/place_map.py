"""The small map of a resource's page: one outline that all pages share, and the places drawn over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from rte_graph.publish.places import PlaceBook
from rte_graph.views.map_codes import DEPARTEMENTS, OVERSEAS
from rte_graph.views.map_layout import LABELS
from rte_graph.views.map_outline import FRAMES, TENTHS, DrawnFrame, Outline, frames_at

OUTLINE = "assets/outline.svg"
WIDTH = 600
"""Of the drawing, in its own units: about two to a pixel."""
GAP, CAPTION = 16, 26
MOST_FILLED = 16
"""Beyond so many départements each has a dot, a faint one where a wider place spreads over it: their outlines
would weigh more than the page."""
REGION_OF = {code: region for code, region, _ in DEPARTEMENTS.values()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inset:
    """A piece of the map beside the main one: where it stands, what is drawn in it, what it is called."""

    x: int
    y: int
    path: str
    label: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place: an area (``path``), or the point at which its dot stands."""

    x: int
    y: int
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMap:
    """What the template draws; ``height`` is that of the drawing, ``main`` that of the outline alone."""

    height: int
    main: int
    insets: tuple[Inset, ...]
    areas: tuple[Mark, ...]
    dots: tuple[Mark, ...]
    spread: tuple[Mark, ...]


@cache
def _frames() -> dict[str, DrawnFrame]:
    share = WIDTH / TENTHS / FRAMES[0].width
    return {frame.name: frame for frame in frames_at(share)}


def _main_height() -> int:
    return round(_frames()["main"].height * TENTHS)


def outline_svg() -> str:
    """Return the outline that all pages share, in light and in dark."""
    frame = _frames()["main"]
    paths = "".join(each.path for each in frame.departements.values())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_main_height()}">'
        "<style>.l{fill:#e3e8ed;stroke:#fff;stroke-width:1.4}.b{fill:none;stroke:#9aa7b4;stroke-width:2}"
        "@media screen and (prefers-color-scheme:dark){.l{fill:#2b3440;stroke:#12171e}.b{stroke:#5c6978}}"
        f'</style><path class="l" d="{paths}"/><path class="b" d="{frame.region_borders}"/></svg>\n'
    )


def draw_place_map(book: PlaceBook, iris: Iterable[str]) -> PlaceMap | None:
    """Draw the places of some territories; None where the map has none of them."""
    spots, around = _codes(book, iris)
    if not spots | around:
        return None
    shown = {code for code in OVERSEAS if code in spots | around}
    at = dict(_inset_places(sorted(shown, key=OVERSEAS.index)))
    filled = spots | around if len(spots | around) <= MOST_FILLED else set()
    spread = around - spots if not filled else set()
    insets = tuple(
        Inset(
            x=x,
            y=y,
            path=_frames()[code].departements[code].path,
            label={"fr": LABELS[code].fr, "en": LABELS[code].en},
        )
        for code, (x, y) in at.items()
    )
    bottom = max((y + CAPTION + _tall(code) for code, (_, y) in at.items()), default=_main_height())
    return PlaceMap(
        height=bottom,
        main=_main_height(),
        insets=insets,
        areas=tuple(_area(code, at) for code in sorted(filled)),
        dots=tuple(_dot(code, at) for code in sorted(spots)),
        spread=tuple(_dot(code, at) for code in sorted(spread)),
    )


def _codes(book: PlaceBook, iris: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return the départements that a place lies in or is, and those that wider places spread over."""
    spots: set[str] = set()
    around: set[str] = set()
    for iri in iris:
        place = book.places[iri]
        if place.departement:
            spots.add(place.departement)
        elif place.covers:
            around.update(place.covers)
        elif place.region:
            around.update(code for code, region in REGION_OF.items() if region == place.region)
    return spots, around


def _tall(code: str) -> int:
    return round(_frames()[code].height * TENTHS)


def _inset_places(codes: Iterable[str]) -> Iterator[tuple[str, tuple[int, int]]]:
    x = 0
    for code in codes:
        yield code, (x, _main_height() + GAP)
        x += WIDTH // len(OVERSEAS)


def _outline(code: str) -> Outline:
    return _frames()[code if code in OVERSEAS else "main"].departements[code]


def _area(code: str, at: Mapping[str, tuple[int, int]]) -> Mark:
    x, y = at.get(code, (0, -CAPTION))
    return Mark(x=x, y=y + CAPTION, path=_outline(code).path)


def _dot(code: str, at: Mapping[str, tuple[int, int]]) -> Mark:
    x, y = at.get(code, (0, -CAPTION))
    across, down = _outline(code).anchor
    return Mark(x=x + round(across * TENTHS), y=y + CAPTION + round(down * TENTHS))
