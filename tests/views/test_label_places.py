from __future__ import annotations

from rte_graph.views.geometry import bends
from rte_graph.views.labels import LabelRequest, crosses, place_labels, wrap
from rte_graph.views.page_model import PageEdge


def test_a_name_stands_beside_its_shape_and_never_over_another_name() -> None:
    requests = [LabelRequest(at=(40.0 * i, 0.0), reach=8.0, lines=("Réseau Eco Habitat",)) for i in range(4)]
    shapes = [(40.0 * i - 8, -8.0, 40.0 * i + 8, 8.0) for i in range(4)]
    placed = [p.box for p in place_labels(requests, shapes, []) if p]
    assert len(placed) >= 3
    for i, a in enumerate(placed):
        for b in [*placed[:i], *shapes]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_a_name_without_room_is_left_out() -> None:
    request = LabelRequest(at=(0.0, 0.0), reach=8.0, lines=("Nom",))
    assert place_labels([request], [(-500.0, -500.0, 500.0, 500.0)], []) == [None]


def test_a_name_avoids_lines_where_it_can() -> None:
    request = LabelRequest(at=(0.0, 0.0), reach=8.0, lines=("Nom",), outward=(1.0, 0.0))
    (label,) = place_labels([request], [], [((0.0, 0.0), (100.0, 0.0))])
    assert label
    assert not crosses(label.box, (0.0, 0.0), (100.0, 0.0))


def test_long_names_break_in_two_near_the_middle() -> None:
    assert wrap("Astrée") == ("Astrée",)
    assert wrap("Alliance pour l’activité et le logement adaptés")[0] == "Alliance pour l’activité"
    assert wrap("Anticonstitutionnellement-et-sans-espace") == ("Anticonstitutionnellement-et-sans-espace",)


def test_parallel_links_bend_apart_and_a_lone_one_stays_straight() -> None:
    edges = [
        PageEdge(source=0, target=1, role="a"),
        PageEdge(source=0, target=1, role="b"),
        PageEdge(source=1, target=0, role="a"),
        PageEdge(source=0, target=2, role="a"),
    ]
    first, second, back, lone = bends(edges)
    assert lone == 0
    # Seen from one end, the link in the other direction bends to the other side.
    assert len({first, second, -back}) == 3
