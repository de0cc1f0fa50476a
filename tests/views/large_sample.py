"""A large two-mode network with areas, hubs, small components and isolates, drawn from a seed."""

from __future__ import annotations

import random

from rte_graph.network.wording import Text
from rte_graph.views.page_model import (
    Making,
    PageCategory,
    PageEdge,
    PageMeasure,
    PageNetwork,
    PageNode,
    PageSource,
    same,
)

BASE = "https://w3id.org/rte/id/"
ACTOR = "https://w3id.org/rte/vocab/organisation-kind/association"
INITIATIVE = "https://w3id.org/rte/ontology#Initiative"
ROLE = "https://w3id.org/rte/vocab/participation-role/partner"
HOSTILE = '</script><img src=x onerror="window.hacked=1">'
AREAS = 12


def large_pairs(size: int, seed: int = 1) -> list[tuple[int, int]]:
    """Return ties: three actors for seven initiatives, most within one area; some nodes have none."""
    drawn, actors = random.Random(seed), size * 3 // 10
    found = set()
    for initiative in range(actors, size):
        if initiative % 50 == 0:
            continue
        for _ in range(1 + int(2 * drawn.random() ** 3)):
            rank = int(drawn.random() ** 3 * (actors // AREAS - 2))
            area = initiative % AREAS if drawn.random() < 0.85 else int(drawn.random() * AREAS)
            found.add((rank * AREAS + area, initiative))
    # Twenty pairs and a chain apart from the rest.
    apart = [(actors - 1 - i, actors + 50 * i) for i in range(20) if actors + 50 * i < size]
    alone = {actor for actor, _ in apart} | {initiative for _, initiative in apart}
    return sorted({tie for tie in found if not alone & set(tie)} | set(apart))


def large_network(size: int = 3000) -> PageNetwork:
    """Build the network; node 5 and its identifier are hostile, node 7 has a former name."""
    pairs, actors = large_pairs(size), size * 3 // 10
    degree = [0] * size
    for pair in pairs:
        for end in pair:
            degree[end] += 1
    nodes = tuple(_node(i, i < actors) for i in range(size))
    shares = tuple(degree[i] / (size - actors if i < actors else actors) for i in range(size))
    return PageNetwork(
        name="large-sample",
        title=Text(fr="Grand réseau", en="Large network"),
        description=same("Tiré au sort."),
        sides=(Text(fr="Acteurs", en="Actors"), Text(fr="Initiatives", en="Initiatives")),
        directed=False,
        nodes=nodes,
        edges=tuple(
            PageEdge(source=a, target=b, role=ROLE, start="2020" if b % 2 else "", sources=(b % 3,))
            for a, b in pairs
        ),
        types=(
            PageCategory(key=ACTOR, label=Text(fr="Association", en="Association")),
            PageCategory(key=INITIATIVE, label=Text(fr="Initiative", en="Initiative")),
        ),
        roles=(PageCategory(key=ROLE, label=Text(fr="partenaire", en="partner")),),
        measures=(
            PageMeasure(
                name="degree",
                label=Text(fr="Degré", en="Degree"),
                definition=same("Part des nœuds possibles."),
                values=shares,
                ranks=tuple(_ranks(shares, actors)),
                raw=tuple(map(float, degree)),
            ),
        ),
        sources=tuple(
            PageSource(document=same("Recueil"), heading="Chapitre", first_line=i + 1, last_line=i + 4)
            for i in range(3)
        ),
        making=Making(query="SELECT * WHERE { }", software="rte-graph"),
    )


def _node(index: int, actor: bool) -> PageNode:
    label = same(f"Café des Relais {index}" if actor else f"Jardin partagé {index}")
    return PageNode(
        iri="javascript:window.hacked=1" if index == 5 else f"{BASE}{'a' if actor else 'i'}/{index}",
        label=same(HOSTILE) if index == 5 else label,
        type=ACTOR if actor else INITIATIVE,
        side="source" if actor else "target",
        former_names=("Éclaireurs d’antan",) if index == 7 else (),
    )


def _ranks(values: tuple[float, ...], actors: int) -> list[int]:
    found = [0] * len(values)
    for part in (range(actors), range(actors, len(values))):
        ordered = sorted(part, key=lambda i: -values[i])
        for place, i in enumerate(ordered):
            before = ordered[place - 1] if place else i
            found[i] = found[before] if place and values[before] == values[i] else place + 1
    return found
