"""A network shaped like the real one: five alliances, sixteen organisations, two parallel roles."""

from __future__ import annotations

from rte_graph.network.wording import Text
from rte_graph.views.page_model import (
    Making,
    PageCategory,
    PageEdge,
    PageFact,
    PageMeasure,
    PageNetwork,
    PageNode,
    PageSource,
    same,
)

RTE = "https://w3id.org/rte/ontology#"
KIND = "https://w3id.org/rte/vocab/organisation-kind/"
ROLE = "https://w3id.org/rte/vocab/membership-role/"
DATA = "https://w3id.org/rte/id/"

MEMBERS = {
    "Coalition Solidaire": [
        "Siel Bleu", "Familles Solidaires", "Réseau Eco Habitat", "Chênelet", "Tous Tes Possibles",
        "L’Outil en Main", "Unis-Cité", "InSite", "Voisins Solidaires", "Astrée", "France Bénévolat",
        "Vendredi", "Bleu Blanc Zèbre", "Kawaa", "Simplon",
    ],
    "Alliance pour l’activité et le logement adaptés": [
        "Chênelet", "Siel Bleu", "Familles Solidaires", "Réseau Eco Habitat",
    ],
    "Collectif Emploi": ["Tous Tes Possibles"],
    "coalition Solidaires des Aidants": ["Voisins Solidaires", "Familles Solidaires", "Bleu Blanc Zèbre"],
    "coalition Génér’action": ["Unis-Cité", "Siel Bleu", "Le Social Bar"],
}  # fmt: skip
COMPANIES = {"Vendredi", "Kawaa", "Simplon", "Le Social Bar"}


def _slug(name: str) -> str:
    return "".join(c if c.isalnum() and c.isascii() else "-" for c in name.lower())


def _node(name: str, type_: str, side: str) -> PageNode:
    former = ("Tous Repreneurs",) if name == "Tous Tes Possibles" else ()
    facts = [
        PageFact(
            name=Text(fr="Objet", en="Purpose"),
            value=Text(fr="Agir ensemble", en="Act together"),
            sources=(0,),
        )
    ]
    if name == "Coalition Solidaire":
        facts.append(
            PageFact(
                name=Text(fr="Née en", en="Born in"),
                value=Text(fr="mars 2020", en="March 2020"),
                sources=(1, 2),
            )
        )
    return PageNode(
        iri=f"{DATA}{'alliance' if side == 'target' else 'organisation'}/{_slug(name)}",
        label=same(name),
        type=type_,
        side=side,
        former_names=former,
        facts=tuple(facts),
    )


def sample_network(extra: tuple[PageNode, ...] = ()) -> PageNetwork:
    """Build the network; ``extra`` nodes join as sources without links."""
    names = sorted({m for members in MEMBERS.values() for m in members})
    nodes = [_node(n, KIND + ("company" if n in COMPANIES else "association"), "source") for n in names]
    nodes += extra
    for name in MEMBERS:
        nodes.append(
            _node(name, RTE + ("MetaCoalition" if name == "Coalition Solidaire" else "Alliance"), "target")
        )
    place = {node.label.fr: i for i, node in enumerate(nodes)}
    edges = [
        PageEdge(source=place[m], target=place[a], role=ROLE + "member", sources=(1 + i % 3,))
        for a, members in MEMBERS.items()
        for i, m in enumerate(members)
    ]
    edges.append(
        PageEdge(
            source=place["Unis-Cité"],
            target=place["coalition Génér’action"],
            role=ROLE + "founder",
            start="2020",
            sources=(3,),
        )
    )
    network = PageNetwork(
        name="alliance-memberships",
        title=Text(fr="Qui est membre de quelle alliance", en="Who is a member of which alliance"),
        description=Text(
            fr="Organisations et alliances nationales du tome\u00a0II d’AG2R\u00a0LA\u00a0MONDIALE.",
            en="Organisations and national alliances of AG2R LA MONDIALE’s volume II.",
        ),
        sides=(Text(fr="Organisations", en="Organisations"), Text(fr="Alliances", en="Alliances")),
        nodes=tuple(nodes),
        edges=tuple(edges),
        types=(
            PageCategory(key=RTE + "MetaCoalition", label=Text(fr="Méta-coalition", en="Meta-coalition")),
            PageCategory(key=RTE + "Alliance", label=Text(fr="Alliance", en="Alliance")),
            PageCategory(key=KIND + "association", label=Text(fr="Association", en="Association")),
            PageCategory(key=KIND + "company", label=Text(fr="Entreprise", en="Company")),
        ),
        roles=(
            PageCategory(key=ROLE + "member", label=Text(fr="membre", en="member")),
            PageCategory(key=ROLE + "founder", label=Text(fr="fondateur", en="founder")),
        ),
        sources=tuple(
            PageSource(
                document=Text(
                    fr="Alliances et coalitions, tome\u00a0II", en="Alliances and coalitions, volume II"
                ),
                heading=h,
                first_line=a,
                last_line=b,
            )
            for h, a, b in [
                ("Les raisons d’être des 5 alliances et coalitions", 120, 128),
                ("Les liens entre les 5 alliances et coalitions", 404, 408),
                ("La Coalition Solidaire et son projet", 850, 860),
                ("La coalition Génér’action et son projet", 800, 812),
            ]
        ),
        findings=(
            Text(
                fr="La Coalition Solidaire réunit 8\u00a0des 9\u00a0membres des autres alliances.",
                en="The Coalition Solidaire gathers 8 of the 9 members of the other alliances.",
            ),
        ),
        making=Making(
            query="SELECT ?source ?target WHERE { ?m org:member ?source ; org:organization ?target }",
            data_version="0.1.0",
            data_hash="ab" * 32,
            software="rte-graph 0.1.0",
            licences=(("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),),
            cite=Text(
                fr="RTE, réseau «\u00a0alliance-memberships\u00a0», version 0.1.0.",
                en="RTE, network “alliance-memberships”, version 0.1.0.",
            ),
        ),
    )
    return _with_degree(network)


def _with_degree(network: PageNetwork) -> PageNetwork:
    from dataclasses import replace

    degrees = network.degrees()
    ranks = []
    for node, degree in zip(network.nodes, degrees, strict=True):
        rivals = [d for n, d in zip(network.nodes, degrees, strict=True) if n.side == node.side]
        ranks.append(1 + sum(d > degree for d in rivals))
    share = tuple(d / 16 for d in degrees)
    return replace(
        network,
        measures=(
            PageMeasure(
                name="degree",
                label=Text(fr="Degré", en="Degree"),
                definition=Text(fr="Nombre de voisins distincts.", en="Number of distinct neighbours."),
                values=tuple(float(d) for d in degrees),
                ranks=tuple(ranks),
            ),
            PageMeasure(
                name="share",
                label=Text(fr="Part du degré", en="Degree share"),
                definition=Text(fr="Degré rapporté à 16.", en="Degree over 16."),
                values=share,
                ranks=tuple(ranks),
            ),
        ),
    )
