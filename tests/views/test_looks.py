from __future__ import annotations

import pytest

from rte_graph.views import style


def _luminance(colour: str) -> float:
    parts = [c / 255 for c in style.rgb(colour)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("look", [*style.NODE_LOOKS.values(), *style._SPARE_LOOKS])
def test_node_colours_have_a_contrast_of_three_on_white(look: style.Look) -> None:
    assert 1.05 / (_luminance(look.colour) + 0.05) >= 3
    assert look.shape in style.SHAPES
    assert look.shape in style.REACH
    assert look.shape in style.GEXF_SHAPES


@pytest.mark.parametrize("stroke", [*style.EDGE_STROKES.values(), *style._SPARE_STROKES])
def test_line_colours_have_a_contrast_of_three_on_white(stroke: style.Stroke) -> None:
    assert 1.05 / (_luminance(stroke.colour) + 0.05) >= 3


def test_types_without_a_fixed_look_get_different_ones_whatever_their_order() -> None:
    keys = ["https://x/a", "https://x/b", "https://w3id.org/rte/vocab/alliance-form/coalition"]
    looks = style.node_looks(keys)
    assert looks == style.node_looks(list(reversed(keys)))
    assert len({(look.shape, look.colour) for look in looks.values()}) == 3
    assert looks[keys[2]].shape == "hexagon"


def test_roles_differ_in_dash_as_well_as_in_colour() -> None:
    strokes = style.edge_strokes(["https://x/a", "https://x/b", "https://x/c"])
    assert len({stroke.dash for stroke in strokes.values()}) == 3


def test_area_not_radius_grows_with_the_value() -> None:
    small, half, full = (style.radius(v, 4.0) - style.SMALLEST_RADIUS for v in (0.0, 1.0, 4.0))
    assert small == 0
    assert half == pytest.approx(full / 2)
    assert style.radius(None, 4.0) == style.SMALLEST_RADIUS
