"""The sample with all that a page can filter, colour and place: domains, dates, two documents, a map."""

from __future__ import annotations

from dataclasses import replace

from picture_sample import sample_network

from rte_graph.network.wording import Text
from rte_graph.views.map_model import MapData, MapEntry, MapPlace
from rte_graph.views.page_model import (
    Making,
    PageCard,
    PageCategory,
    PageEdge,
    PageMeasure,
    PageNetwork,
    PageNode,
    PagePartition,
    PageSource,
    same,
)

DOMAIN = "https://w3id.org/rte/vocab/action-domain/"
ALLIANCE = "https://w3id.org/rte/ontology#Alliance"
INITIATIVE = "https://w3id.org/rte/ontology#Initiative"
ASSOCIATION = "https://w3id.org/rte/vocab/organisation-kind/association"
ROLES = tuple(f"https://w3id.org/rte/vocab/participation-role/role-{i}" for i in range(12))


def rich_network() -> PageNetwork:
    """Two alliances have a domain, one a date; the last source is another document's."""
    base = sample_network()
    place = {node.label.fr: i for i, node in enumerate(base.nodes)}
    facets = {
        "Collectif Emploi": {"domains": (DOMAIN + "work",), "start": "2018"},
        "coalition Génér’action": {"domains": (DOMAIN + "health", DOMAIN + "work")},
    }
    nodes = tuple(replace(node, **facets.get(node.label.fr, {})) for node in base.nodes)
    other = PageSource(document=same("Rapport de MGEN"), heading="La coopération", first_line=3, last_line=4)
    youth = place["coalition Génér’action"]
    edges = tuple(replace(e, sources=(4,)) if e.target == youth else e for e in base.edges)
    return replace(
        base,
        nodes=nodes,
        edges=edges,
        sources=(*base.sources, other),
        domains=(
            PageCategory(key=DOMAIN + "work", label=Text(fr="Emploi", en="Work")),
            PageCategory(key=DOMAIN + "health", label=Text(fr="Santé", en="Health")),
        ),
        partition=_partition(base),
        map=_map(base),
        making=replace(base.making, boundary=(_boundary(),)),
    )


def _partition(base: PageNetwork) -> PagePartition:
    housing = {
        "Alliance pour l’activité et le logement adaptés",
        "Chênelet",
        "Siel Bleu",
        "Réseau Eco Habitat",
    }
    return PagePartition(
        label=Text(fr="Communautés", en="Communities"),
        definition=Text(fr="Groupes liés entre eux.", en="Groups tied among themselves."),
        groups=tuple(2 if node.label.fr in housing else 1 for node in base.nodes),
    )


def _map(base: PageNetwork) -> MapData:
    nodes = {node.label.fr: node for node in base.nodes}
    lot = MapPlace(
        iri="https://w3id.org/rte/id/territory/lot", label=same("Lot"), departement="46", region="76"
    )
    place = {"Chênelet": 0, "Kawaa": 0}
    return MapData(
        name=base.name,
        title=base.title,
        description=base.description,
        noun=(same("organisation"), same("organisations")),
        places=(lot,),
        entries=tuple(
            MapEntry(iri=nodes[name].iri, label=nodes[name].label, places=((at, ()),))
            for name, at in place.items()
        ),
    )


def _boundary() -> PageCard:
    return PageCard(
        title=same("Alliances et coalitions"),
        rows=((Text(fr="Qui a choisi les cas", en="Who chose the cases"), same("AG2R LA MONDIALE.")),),
    )


def hub_network(initiatives: int = 60, alone: int = 9) -> PageNetwork:
    """One actor tied to nearly all initiatives, which have up to three more each; ties have twelve roles."""
    base = sample_network()
    hub = PageNode(
        iri="https://w3id.org/rte/id/organisation/hub",
        label=same("Le Pivot"),
        type=ASSOCIATION,
        side="source",
    )
    actors, edges = [hub], []
    targets = [
        PageNode(
            iri=f"https://w3id.org/rte/id/initiative/i{i}",
            label=same(f"Initiative locale {i}"),
            type=INITIATIVE,
            side="target",
        )
        for i in range(initiatives + alone)
    ]
    for i in range(initiatives):
        edges.append((0, i))
        for k in range(i % 4):
            actors.append(replace(hub, iri=f"{hub.iri}-{i}-{k}", label=same(f"Partenaire {i} {k}")))
            edges.append((len(actors) - 1, i))
    return replace(
        base,
        nodes=(*actors, *targets),
        edges=tuple(
            PageEdge(source=a, target=len(actors) + t, role=ROLES[n % len(ROLES)], sources=(n % 4,))
            for n, (a, t) in enumerate(edges)
        ),
        types=(
            PageCategory(key=INITIATIVE, label=Text(fr="Initiative", en="Initiative")),
            PageCategory(key=ASSOCIATION, label=Text(fr="Association", en="Association")),
        ),
        roles=tuple(PageCategory(key=role, label=same(f"rôle {i}")) for i, role in enumerate(ROLES)),
        measures=(),
        findings=(),
        making=Making(),
    )


def pairs_network() -> PageNetwork:
    """Co-participation: pairs without a role and without a direction, with a measure."""
    base = sample_network()
    nodes = tuple(replace(node, side="source") for node in base.nodes[:6])
    pairs = ((0, 1), (1, 2), (0, 2), (3, 4), (4, 5))
    role = PageCategory(key="https://w3id.org/rte/ontology#role", label=Text(fr="lien", en="tie"))
    values = (2.0, 2.0, 2.0, 1.0, 2.0, 1.0)
    degree = PageMeasure(
        name="degree",
        label=Text(fr="Degré", en="Degree"),
        definition=Text(fr="Nombre de voisins distincts.", en="Number of distinct neighbours."),
        values=values,
        ranks=(1, 1, 1, 5, 1, 5),
    )
    return replace(
        base,
        nodes=nodes,
        edges=tuple(PageEdge(source=a, target=b, role=role.key, weight=2.0) for a, b in pairs),
        roles=(role,),
        two_mode=False,
        directed=False,
        measures=(degree,),
        findings=(),
        making=Making(),
    )
