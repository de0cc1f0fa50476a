"""The figures that the analyses of the two networks quote in their prose, each computed anew."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import rte_graph
from rte_graph.network.filters import Filters, filtered
from rte_graph.network.measures import measure_named
from rte_graph.network.measures.communities import communities
from rte_graph.network.measures.whole import nestedness
from rte_graph.network.nulls import (
    Plan,
    Significance,
    backbone,
    compare,
    count_matrices,
    coverage_test,
    margins_of,
    measure_significance,
)
from rte_graph.network.nulls.margins import two_mode_matrix
from rte_graph.network.nulls.significance import redrawn
from rte_graph.network.overlap import overlap
from rte_graph.network.robustness import robustness
from rte_graph.network.wording import decimal, percent, whole

if TYPE_CHECKING:
    from rte_graph.api import Graph, NetworkView
    from rte_graph.network.model import Network

HUB = "Coalition Solidaire"
# Words in the names of MGEN's own bodies and of its group.
OWN = ("MGEN", "VYV")
QUOTED = {
    "instance": ("actors", "others", "once", "top", "bare", "pairs", "own", "parts", "largest"),
    "family": ("actors", "others", "more", "top", "bare", "pairs", "own"),
}
EDUCATION = (
    "schools",
    "primary schools",
    "lower secondary schools",
    "upper secondary schools",
    "nursing schools (IFSI)",
    "universities",
)
PLAN = Plan(draws=1000, seed=1)
UPPER = Plan(draws=1000, seed=1, alternative="upper")
FREE = Plan(draws=1000, seed=1, alternative="upper", null="expected-degrees")


class Figures:
    """Figures by the key that stands for them in the prose."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[float, int | None]] = {}

    def count(self, **values: int) -> None:
        """Add whole numbers."""
        self._kept.update({key: (int(value), 0) for key, value in values.items()})

    def value(self, places: int = 3, **values: float) -> None:
        """Add decimals."""
        self._kept.update({key: (float(value), places) for key, value in values.items()})

    def share(self, **values: float) -> None:
        """Add shares, written as percentages."""
        self._kept.update({key: (float(value), None) for key, value in values.items()})

    def written(self, lang: str) -> dict[str, str]:
        """Return the figures as a language writes numbers."""
        return {key: _written(*kept, lang) for key, kept in self._kept.items()}


def _written(value: float, places: int | None, lang: str) -> str:
    if places is None:
        return percent(value, lang)
    return decimal(value, lang, places) if places else whole(int(value), lang)


def figures() -> Figures:
    """Return every figure of the prose."""
    found = Figures()
    with rte_graph.open(lang="en") as graph:
        _alliances(graph, found)
        _coverage(graph, found)
        _alliances_by_chance(graph, found)
        _alliance_pairs(graph, found)
        _initiatives(graph, found)
        _sheets(graph, found)
        _families(graph, found)
        _sheets_by_chance(graph, found)
    return found


def degrees(network: Network) -> Counter[int]:
    """Return how many nodes each node is joined to, by position; isolates count 0."""
    pairs = {(tie.source, tie.target) for tie in network.edges}
    return Counter(place for pair in pairs for place in pair)


def places(network: Network) -> dict[str, int]:
    """Return the position of each node by its label."""
    return {node.label: place for place, node in enumerate(network.nodes)}


def sheets(graph: Graph, level: str) -> NetworkView:
    """Return who takes part in the sheets of MGEN's report, actors of no sheet left out."""
    network = graph.network("initiative-participations", level=level)
    rows = graph.query("initiatives", source="MGEN").rows
    kept = {row["initiative"] for row in rows if row["formIri"].endswith("/sheet")}
    network = network.without(
        *(node.iri for node in network.model.nodes if node.set == "target" and node.iri not in kept)
    )
    tied = degrees(network.model)
    return network.without(
        *(n.iri for place, n in enumerate(network.model.nodes) if n.set == "source" and not tied[place])
    )


def _alliances(graph: Graph, found: Figures) -> None:
    view = graph.network("alliance-memberships")
    network, tied = view.model, degrees(view.model)
    place = places(network)
    hub, members = place[HUB], network.source_count
    lists = [
        {tie.target for tie in network.edges if tie.source == row} for row in network.positions("source")
    ]
    found.count(
        orgs=members,
        alliances=network.target_count,
        pairs=len({(tie.source, tie.target) for tie in network.edges}),
        hub_members=tied[hub],
        hub_only=lists.count({hub}),
        collectif=tied[place["Collectif Emploi"]],
        second=tied[place["Alliance pour l’activité et le logement adaptés"]],
        generaction=tied[place["Génér’action"]],
        dated=sum(bool(tie.start or tie.end) for tie in network.edges),
        undated=sum(not (tie.start or tie.end) for tie in network.edges),
        founders=sum(tie.role_iri.endswith("/founding-member") for tie in network.edges),
        parts=max(communities(network).labels.tolist()),
    )
    found.share(density=len(network.edges) / members / network.target_count)
    found.value(1, nodf=nestedness(network).value or 0)
    for name in ("degree-centralisation", "betweenness-centralisation"):
        found.value(**{name.replace("-", "_"): measure_named(name).function(network).target or 0})
    value = next(row["value"] for row in view.hubs(["betweenness"]) if row["label"] == HUB)
    found.value(hub_betweenness=value)


def _coverage(graph: Graph, found: Figures) -> None:
    """Bound the hub's coverage by where the members that Collectif Emploi claims may be."""
    network = graph.network("alliance-memberships").model
    mine = next(row for row in overlap(network).coverage if row.alliance.label == HUB)
    members, others = network.source_count, mine.others_members
    claims = {row["allianceLabel"]: row["claimedCount"] for row in graph.query("alliances")}
    unnamed = claims["Collectif Emploi"] - 1
    # Every member of the hub that no other list names could be one of the unnamed.
    assert mine.named - 1 <= unnamed
    found.count(
        others=others,
        gathered=mine.gathered,
        least=max(0, mine.named + others - members),
        claimed=unnamed + 1,
        unnamed=unnamed,
        worst_orgs=members + unnamed,
        worst_others=others + unnamed,
        best_gathered=mine.named,
    )
    found.share(
        coverage=mine.gathered / others,
        worst=mine.gathered / (others + unnamed),
        best=mine.named / members,
    )
    test = coverage_test(network, PLAN)
    assert all(row.p is None for row in test.significance.rows)
    found.value(1, blind=next(each.mean for each in test.lists if each.label == HUB))


def _alliances_by_chance(graph: Graph, found: Figures) -> None:
    view = graph.network("alliance-memberships")
    network, small = view.model, view.without(HUB).model
    found.count(space=_space(network), without_space=_space(small), draws=PLAN.draws)
    exact = measure_significance(small, "betweenness", PLAN)
    found.count(without_pass=len(exact.passing), without_tested=sum(row.p is not None for row in exact.rows))
    tested = measure_significance(network, "betweenness", PLAN)
    hub = next(row for row in tested.rows if row.label == HUB)
    found.value(hub_mean=hub.mean, hub_p=hub.p or 0)
    found.value(2, hub_z=hub.z or 0, least_q=_least_q(tested))
    found.value(2, clustering_q=_least_q(measure_significance(network, "clustering", PLAN)))
    shape = Plan(draws=100, seed=1)
    outcome, _ = compare(two_mode_matrix(network), lambda drawn: _shape(network, drawn), shape)
    found.count(shape_draws=shape.draws)
    found.value(q_seen=outcome.observed[1], q_mean=outcome.mean[1], nodf_p=outcome.p[0], q_p=outcome.p[1])
    found.value(1, nodf_mean=outcome.mean[0])


def _alliance_pairs(graph: Graph, found: Figures) -> None:
    network = graph.network("alliance-memberships").model
    pairs, members = backbone(network, UPPER, "target"), backbone(network, UPPER, "source")
    found.count(
        alliance_pass=len(pairs.exceeding),
        free_alliance_pass=len(backbone(network, FREE, "target").exceeding),
        free_org_pass=len(backbone(network, FREE, "source").exceeding),
        alliance_pairs=pairs.size,
        alliance_linked=pairs.linked,
        alliance_tested=pairs.tested,
        org_pairs=members.size,
        org_linked=members.linked,
        org_tested=members.tested,
    )
    share = 0.3
    card = robustness(network, "betweenness", shares=(0.05, 0.1, 0.2, share), draws=200, seed=1)
    last = next(row for row in card.rows if row.share == share and row.set == "source")
    found.share(missing=share, kept_source=last.kept, first_source=last.first)


def _shape(network: Network, drawn: Any) -> Any:
    import numpy as np

    other = redrawn(network, drawn)
    return np.array([nestedness(other).value or 0, communities(other, starts=5).quality or 0])


def _space(network: Network) -> int:
    number = count_matrices(margins_of(two_mode_matrix(network)))
    assert number is not None
    return number


def _least_q(tested: Significance) -> float:
    return min(row.q for row in tested.rows if row.q is not None)


def _initiatives(graph: Graph, found: Figures) -> None:
    merged = graph.network("initiative-participations", level="family")
    mine = filtered(merged.model, Filters(source="MGEN"), graph.store, graph.lang).network
    forms = {row["initiative"]: row["formIri"] for row in graph.query("initiatives", source="MGEN").rows}
    number = sum(form.endswith("/sheet") for form in forms.values())
    ranks = {row["label"]: row for row in merged.hubs(["betweenness"]).rows if row["set"] == "source"}
    tied, place = degrees(mine), places(mine)
    assert not any(tie.start or tie.end for tie in mine.edges)
    # The prose says which initiative has most actors, and that it is no sheet.
    first = mine.nodes[max(mine.positions("target"), key=lambda row: tied[row])]
    assert first.label == "Agir Ensemble"
    assert not forms[first.iri].endswith("/sheet")
    found.count(
        mgen_initiatives=mine.target_count,
        mgen_degree=tied[place["MGEN"]],
        merged_rank=ranks["Siel Bleu"]["rank"],
        mgen_ties=len(mine.edges),
        sheets=number,
        not_sheets=mine.target_count - number,
        both_sources=len(graph.query("organisations-in-both-sources")),
    )


def _sheets(graph: Graph, found: Figures) -> None:
    for level in ("instance", "family"):
        view = sheets(graph, level)
        alone = view.without("MGEN").model
        tied = degrees(alone)
        actors = [tied[place] for place in alone.positions("source")]
        parts = Counter(measure_named("components").function(alone).labels.tolist())
        names = [node.label for node in alone.nodes if node.set == "source"]
        values = {
            "actors": view.model.source_count,
            "others": alone.source_count,
            "once": actors.count(1),
            "more": sum(degree > 1 for degree in actors),
            "top": max(actors),
            "bare": sum(not tied[place] for place in alone.positions("target")),
            "pairs": sum(degrees(view.model).values()) // 2,
            "own": sum(any(word in name for word in OWN) for name in names),
            "parts": len(parts),
            "largest": max(parts.values()),
        }
        found.count(**{f"{level}_{name}": values[name] for name in QUOTED[level]})
        if level == "instance":
            found.value(2, instance_barber=communities(alone).quality or 0)


def _families(graph: Graph, found: Figures) -> None:
    network = sheets(graph, "family").model
    _roles(network, found)
    place = places(network)
    schools = {place[name] for name in EDUCATION}
    found.count(education=len({tie.target for tie in network.edges if tie.source in schools}))
    domains = graph.network("domain-actors", level="family").model
    counts = [row["count"] for row in graph.query("initiatives-by-domain")]
    found.count(
        domains=domains.target_count,
        mgen_domains=degrees(domains)[places(domains)["MGEN"]],
        fewest=min(counts),
        most=max(counts),
    )


def _roles(network: Network, found: Figures) -> None:
    """Count in how many sheets MGEN has which role; MGEN is in all of them."""
    mine = next(place for place, node in enumerate(network.nodes) if node.label == "MGEN")
    for role in ("carrier", "volunteer-mobiliser", "initiator"):
        held = {e.target for e in network.edges if e.source == mine and e.role_iri.endswith("/" + role)}
        found.count(**{f"mgen_{role.replace('-', '_')}": len(held)})
    carried: dict[int, set[int]] = {}
    for edge in network.edges:
        if edge.role_iri.endswith("/carrier") or edge.role_iri.endswith("/co-carrier"):
            carried.setdefault(edge.target, set()).add(edge.source)
    by_mgen = [who for who in carried.values() if mine in who]
    found.count(
        carried=len(carried), carried_by_mgen=len(by_mgen), uncarried=network.target_count - len(carried)
    )


def _sheets_by_chance(graph: Graph, found: Figures) -> None:
    network = sheets(graph, "family").without("MGEN").model
    fixed = backbone(network, UPPER, "source")
    free = backbone(network, FREE, "source")
    found.count(
        family_linked=fixed.linked,
        family_size=fixed.size,
        fixed_pass=len(fixed.exceeding),
        free_pass=len(free.exceeding),
    )
    least = min((row for row in free.rows if row.p is not None), key=lambda row: row.p or 0)
    found.value(3, free_p=least.p or 0)
