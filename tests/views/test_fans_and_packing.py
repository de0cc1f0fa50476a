from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich_sample import hub_network, pairs_network

from rte_graph.views import style
from rte_graph.views.fans import spread
from rte_graph.views.layout import compute_layout, problem_of
from rte_graph.views.network_page import draw_page
from rte_graph.views.packing import GAP, pack
from rte_graph.views.picture import draw_svg, main_nodes, node_radii


def test_a_hub_stands_between_two_fans_with_the_other_set_beside_it() -> None:
    network = hub_network()
    layout = compute_layout(problem_of(network))
    assert layout.algorithm == "fans"
    hub = layout.positions[0]
    tied = {edge.target for edge in network.edges if edge.source == 0}
    sides = [layout.positions[i][0] < hub[0] for i in tied]
    assert 0.35 < sum(sides) / len(sides) < 0.65
    # Who else takes part in an initiative stands beyond it, on the same side.
    for edge in network.edges:
        if edge.source != 0:
            inner, outer = (
                layout.positions[edge.target][0] - hub[0],
                layout.positions[edge.source][0] - hub[0],
            )
            assert inner * outer > 0
            assert abs(outer) > abs(inner)


def test_nodes_without_links_stand_below_the_rest() -> None:
    network = hub_network()
    layout = compute_layout(problem_of(network))
    linked = {i for edge in network.edges for i in (edge.source, edge.target)}
    lowest = max(layout.positions[i][1] for i in linked)
    alone = [layout.positions[i] for i in range(len(network.nodes)) if i not in linked]
    assert len(alone) == 9
    assert all(y > lowest for _, y in alone)


def test_fans_keep_shapes_apart() -> None:
    layout = compute_layout(problem_of(hub_network()))
    assert min(math.dist(a, b) for a, b in itertools.combinations(layout.positions, 2)) > 15


@given(st.lists(st.tuples(st.floats(-100, 100), st.floats(1, 50)), min_size=1, max_size=12))
def test_rows_keep_their_order_and_distance_and_stay_where_there_is_room(
    rows: list[tuple[float, float]],
) -> None:
    wishes, heights = [wish for wish, _ in rows], [height for _, height in rows]
    found = spread(wishes, heights)
    for i in range(1, len(found)):
        assert found[i] - found[i - 1] >= (heights[i] + heights[i - 1]) / 2 - 1e-6
    apart = [i * 1000.0 for i in range(len(rows))]
    assert spread(apart, heights) == pytest.approx(apart)


@given(st.lists(st.tuples(st.floats(5, 400), st.floats(5, 400)), min_size=1, max_size=60))
def test_components_never_overlap_on_the_paper(boxes: list[tuple[float, float]]) -> None:
    corners = pack(boxes)
    placed = [(x, y, x + w, y + h) for (x, y), (w, h) in zip(corners, boxes, strict=True)]
    for a, b in itertools.combinations(placed, 2):
        assert a[2] + GAP <= b[0] + 1e-6 or b[2] + GAP <= a[0] + 1e-6 or a[3] <= b[1] or b[3] <= a[1]


def test_the_most_linked_nodes_are_the_main_ones_and_the_largest() -> None:
    network = hub_network()
    assert 0 in main_nodes(network)
    radii = node_radii(network)
    assert max(radii) == radii[0]


def test_the_picture_of_undirected_pairs_and_of_the_hub_can_be_written() -> None:
    for network in (pairs_network(), hub_network()):
        layout = compute_layout(problem_of(network))
        assert draw_svg(network, layout) == draw_svg(network, layout)


def test_roles_beyond_the_lines_that_can_be_told_apart_share_one() -> None:
    roles = [f"https://example.org/role-{i}" for i in range(10)]
    strokes = style.edge_strokes(roles)
    assert len({(s.colour, s.dash) for s in strokes.values()}) == 8
    assert strokes[roles[9]] == style.OTHER_STROKE


def test_types_never_share_both_shape_and_colour() -> None:
    looks = style.node_looks([f"https://example.org/kind-{i:02}" for i in range(30)])
    assert len({(look.shape, look.colour) for look in looks.values()}) == 30


def test_a_page_of_five_hundred_nodes_is_under_a_megabyte_and_a_half() -> None:
    page = draw_page(hub_network(initiatives=190, alone=10))
    assert page.count('"haystack"') == 0
    assert len(page.encode()) < 1_500_000
