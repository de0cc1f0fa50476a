from __future__ import annotations

import itertools
import math
import random
import time

from picture_sample import sample_network

from rte_graph.views.layout import LayoutProblem, compute_layout, problem_of


def _problem(size: int, pairs: list[tuple[int, int]], targets: tuple[int, ...]) -> LayoutProblem:
    return LayoutProblem(size=size, pairs=tuple(pairs), targets=targets, widths=(90.0,) * size)


def test_same_network_and_seed_give_the_same_positions() -> None:
    problem = problem_of(sample_network())
    assert compute_layout(problem, seed=3) == compute_layout(problem, seed=3)


def test_a_dominating_alliance_stands_amid_its_members_and_shared_members_between_alliances() -> None:
    network = sample_network()
    layout = compute_layout(problem_of(network))
    assert layout.algorithm == "rings"
    place = {node.label.fr: layout.positions[i] for i, node in enumerate(network.nodes)}
    hub = place["Coalition Solidaire"]
    for alliance, member in [
        ("Collectif Emploi", "Tous Tes Possibles"),
        ("coalition Génér’action", "Siel Bleu"),
        ("coalition Solidaires des Aidants", "Voisins Solidaires"),
        ("Alliance pour l’activité et le logement adaptés", "Chênelet"),
    ]:
        assert math.dist(place[member], hub) < math.dist(place[alliance], hub)
        assert math.dist(place[member], place[alliance]) < math.dist(hub, place[alliance])


def test_no_two_nodes_come_near_each_other() -> None:
    layout = compute_layout(problem_of(sample_network()))
    assert min(math.dist(a, b) for a, b in itertools.combinations(layout.positions, 2)) > 60


def test_without_a_dominating_target_stress_places_components_apart() -> None:
    pairs = [(0, 6), (1, 6), (2, 7), (3, 7), (4, 8), (5, 8)]
    layout = compute_layout(_problem(10, pairs, (6, 7, 8)))
    assert layout.algorithm == "stress"
    assert len(set(layout.positions)) == 10
    assert min(math.dist(a, b) for a, b in itertools.combinations(layout.positions, 2)) > 20


def test_empty_single_and_linkless_networks_have_a_layout() -> None:
    assert compute_layout(_problem(0, [], ())).positions == ()
    assert compute_layout(_problem(1, [], ())).positions == ((0.0, 0.0),)
    assert len(set(compute_layout(_problem(4, [], (3,))).positions)) == 4
    assert len(set(compute_layout(_problem(2, [(0, 1)], (1,))).positions)) == 2


def test_two_thousand_nodes_are_placed_within_seconds() -> None:
    chance = random.Random(1)
    pairs = sorted({(chance.randrange(1700), 1700 + int(300 * chance.random() ** 2)) for _ in range(4000)})
    start = time.perf_counter()
    layout = compute_layout(_problem(2000, pairs, tuple(range(1700, 2000))))
    assert time.perf_counter() - start < 30
    assert len(layout.positions) == 2000
