from __future__ import annotations

import re

import pytest

from rte_graph.views.map_codes import DEPARTEMENTS, OVERSEAS, PETITE_COURONNE, REGIONS
from rte_graph.views.map_layout import ARRANGEMENTS, legend_sizes, one_radius
from rte_graph.views.map_outline import FRAMES, conic, contains, drawn_frames, read_topology


def rings(path: str) -> list[tuple[tuple[int, int], ...]]:
    """Read a path back: absolute start, relative steps."""
    found = []
    for part in path.split("M")[1:]:
        start, steps = part.rstrip("z").split("l")
        x, y = map(int, start.split())
        numbers = [int(n) for n in re.findall(r"-?\d+", steps)]
        points = [(x, y)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        found.append(tuple(points))
    return found


def test_all_101_departements_and_18_regions_have_an_outline() -> None:
    drawn = {code for frame in drawn_frames() for code in frame.departements}
    assert drawn == {code for code, _, _ in DEPARTEMENTS.values()}
    assert {code for frame in drawn_frames() for code in frame.regions} == set(REGIONS)
    assert {each["id"] for each in read_topology()["objects"]["fra"]["geometries"]} == set(DEPARTEMENTS)


def test_every_circle_stands_within_its_area() -> None:
    for frame in drawn_frames():
        for code, outline in frame.departements.items():
            x, y = outline.anchor
            assert any(contains(ring, (10 * x, 10 * y)) for ring in rings(outline.path)), code
        for code, outline in frame.regions.items():
            x, y = outline.anchor
            parts = [each for d, each in frame.departements.items() if _region(d) == code]
            assert any(contains(r, (10 * x, 10 * y)) for part in parts for r in rings(part.path)), code


def _region(code: str) -> str:
    return next(region for each, region, _ in DEPARTEMENTS.values() if each == code)


def test_insets_keep_every_point_that_differs_and_every_island() -> None:
    topology = read_topology()
    names = {DEPARTEMENTS[g["id"]][0]: g for g in topology["objects"]["fra"]["geometries"]}
    for frame in drawn_frames():
        if frame.name in OVERSEAS:
            geometry = names[frame.name]
            islands = len(geometry["arcs"]) if geometry["type"] == "MultiPolygon" else 1
            assert len(rings(frame.departements[frame.name].path)) == islands


def test_the_projection_is_that_of_d3_geo() -> None:
    # geoConicConformalRaw(44°, 49°) of d3-geo 3.1.2, y turned round.
    told = {
        (3.0, 46.5): (0.0, -0.8983872697388674),
        (-4.5, 48.4): (-0.08674179696415299, -0.9356454300866024),
        (9.4, 42.7): (0.08210110131515806, -0.8354083657958349),
    }
    for point, expected in told.items():
        assert conic(*point) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("arrangement", ARRANGEMENTS, ids=lambda each: each.name)
def test_boxes_stay_within_the_picture_and_insets_do_not_overlap(arrangement: object) -> None:
    boxes = arrangement.boxes  # type: ignore[attr-defined]
    assert {box.frame for box in boxes} == {frame.name for frame in FRAMES}
    for box in boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= arrangement.width  # type: ignore[attr-defined]
        assert box.y + box.height <= arrangement.height  # type: ignore[attr-defined]
    insets = [box for box in boxes if box.inset]
    for i, a in enumerate(insets):
        for b in insets[:i]:
            apart = a.x + a.width <= b.x or b.x + b.width <= a.x
            assert apart or a.y + a.height <= b.y or b.y + b.height <= a.y


def test_the_legend_never_shows_a_number_above_those_on_the_map() -> None:
    for top in range(1, 3000):
        sizes = legend_sizes([1, top])
        assert list(sizes) == sorted(set(sizes), reverse=True)
        assert sizes[-1] >= 1
        assert sizes[0] <= top
        assert one_radius(top) * top**0.5 <= 34.01


def test_paris_and_its_neighbours_are_drawn_in_both_places() -> None:
    main, paris = drawn_frames()[:2]
    assert set(paris.departements) == set(PETITE_COURONNE) <= set(main.departements)
