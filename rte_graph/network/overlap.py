"""Overlap of member sets: who shares members with whom, and who gathers the members of the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from rte_graph.errors import InvalidParameter
from rte_graph.namespaces import RTE, VOCABULARY_BASE
from rte_graph.network.declared import Declared
from rte_graph.network.model import Network, Node
from rte_graph.network.ranking import rounded
from rte_graph.network.structure import neighbours
from rte_graph.network.wording import Text
from rte_graph.sparql.collation import collation_key

LEAST_COVERAGE = 0.5
LEAST_OTHERS = 2
# What is certainly no alliance, so that no meta-coalition is sought among places or domains.
NO_ALLIANCES = (RTE("Initiative"), RTE("Event"), RTE("Territory"), f"{VOCABULARY_BASE}action-domain")

RULE = Text(
    fr="Méta-coalition d’après les données : partage au moins un membre avec chacune des autres alliances "
    "qui ont des membres nommés (deux au moins) et réunit au moins la moitié de leurs membres nommés "
    "distincts.",
    en="Meta-coalition by the data: shares at least one member with each of the other alliances that have "
    "named members (two at least) and gathers at least half of their distinct named members.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A node by its label and IRI."""

    label: str
    iri: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRow:
    """Two target nodes and the members that they share.

    ``jaccard`` is shared over all distinct members of the two, ``overlap`` (Szymkiewicz–Simpson) shared
    over the smaller list; both are None where they would divide by zero.
    """

    a: Named
    b: Named
    shared: tuple[Named, ...]
    size_a: int
    size_b: int
    jaccard: float | None
    overlap: float | None

    def as_dict(self) -> dict[str, Any]:
        """Return the row as the JSON output writes it."""
        return {
            "a": self.a.label,
            "b": self.b.label,
            "sharedCount": len(self.shared),
            "shared": [each.label for each in self.shared],
            "jaccard": self.jaccard,
            "overlap": self.overlap,
            "sizeA": self.size_a,
            "sizeB": self.size_b,
            "aIri": self.a.iri,
            "bIri": self.b.iri,
            "sharedIris": [each.iri for each in self.shared],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """How much of the other target nodes' named members one target node gathers.

    ``gathered`` and ``missing`` split the ``others_members`` (distinct, named by at least one other);
    ``coverage`` is gathered over others_members, None where the others name nobody; ``touched`` counts
    the others (of ``others`` with named members) that it shares a member with.
    """

    alliance: Named
    named: int
    claimed: int | None
    qualifier: str
    others_members: int
    gathered: int
    coverage: float | None
    touched: int
    others: int
    missing: tuple[Named, ...]
    untouched: tuple[Named, ...]
    meta_by_data: bool
    meta_declared: bool
    declared_coverage: str

    def as_dict(self) -> dict[str, Any]:
        """Return the row as the JSON output writes it."""
        return {
            "label": self.alliance.label,
            "iri": self.alliance.iri,
            "named": self.named,
            "claimed": self.claimed,
            "claimedQualifier": self.qualifier or None,
            "othersMembers": self.others_members,
            "gathered": self.gathered,
            "coverage": self.coverage,
            "touched": self.touched,
            "others": self.others,
            "missing": [each.label for each in self.missing],
            "untouched": [each.label for each in self.untouched],
            "metaByData": self.meta_by_data,
            "metaDeclared": self.meta_declared,
            "declaredCoverage": self.declared_coverage or None,
            "missingIris": [each.iri for each in self.missing],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapReport:
    """Pairs and coverage of one network's target set, with the counts that the sentence needs.

    ``alliances`` says whether the targets may be alliances: only among those are meta-coalitions sought.
    """

    network: str
    members: int
    targets: Text
    pairs: tuple[PairRow, ...] = field(default=())
    coverage: tuple[CoverageRow, ...] = field(default=())
    excluded: tuple[str, ...] = ()
    alliances: bool = True

    @property
    def meta_by_data(self) -> tuple[CoverageRow, ...]:
        """The rows that the rule finds to be meta-coalitions."""
        return tuple(row for row in self.coverage if row.meta_by_data)

    def as_dict(self, lang: str = "fr") -> dict[str, Any]:
        """Return the report as the JSON output writes it."""
        from rte_graph.network.coverage_sentences import coverage_sentences

        return {
            "network": self.network,
            "excluded": list(self.excluded),
            "pairs": [row.as_dict() for row in self.pairs],
            "coverage": [row.as_dict() for row in self.coverage],
            "metaByData": [row.alliance.label for row in self.meta_by_data],
            "metaDeclared": [row.alliance.label for row in self.coverage if row.meta_declared],
            "rule": RULE.in_language(lang) if self.alliances else None,
            "notes": coverage_sentences(self, lang),
        }


def overlap(
    network: Network,
    claimed: Mapping[str, int] | None = None,
    declared: Declared | None = None,
) -> OverlapReport:
    """Compare the member sets of the target nodes of a two-mode network.

    Parameters
    ----------
    network : Network
        Two-mode; the sources are the members.
    claimed : mapping of IRI to int, optional
        How many members the source says that a target node has.
    declared : Declared, optional
        The same with qualifiers, and the meta-coalitions that the source declares.

    Returns
    -------
    OverlapReport
        Pairs by number of shared members, largest first, then by label (A before B in French order);
        coverage rows largest first, then by label.

    Raises
    ------
    InvalidParameter
        If the network is not two-mode.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target"), ("y", "target")]
    >>> report = overlap(network_from_rows("n", nodes, [("a", "x"), ("b", "x"), ("b", "y")]))
    >>> report.pairs[0].jaccard, report.pairs[0].overlap
    (0.5, 1.0)
    >>> [(row.alliance.iri, row.coverage) for row in report.coverage]
    [('x', 1.0), ('y', 0.5)]
    """
    _refuse_other_modes(network)
    known = declared or Declared(claimed=claimed or {})
    targets = network.positions("target")
    pairs = [_pair(network, a, b) for a, b in combinations(targets, 2)]
    pairs.sort(key=lambda row: (-len(row.shared), collation_key(row.a.label), collation_key(row.b.label)))
    rows = [coverage_of(network, target, known) for target in targets]
    rows.sort(key=lambda row: (-(row.coverage or 0.0), collation_key(row.alliance.label), row.alliance.iri))
    return OverlapReport(
        network=network.name,
        members=network.source_count,
        targets=network.target,
        pairs=tuple(pairs),
        coverage=tuple(rows),
        excluded=network.excluded,
        alliances=any(_may_be_alliance(network.nodes[target]) for target in targets),
    )


def _refuse_other_modes(network: Network) -> None:
    if network.mode != "two-mode":
        raise InvalidParameter(
            fr="Les recouvrements se calculent entre les listes de membres d’un réseau bimodal ; "
            f"« {network.name} » n’en est pas un : choisissez un autre réseau (rte-graph network list).",
            en=f"Overlap compares the member lists of a two-mode network, which “{network.name}” is not: "
            "choose another network (rte-graph network list).",
        )


def _may_be_alliance(node: Node) -> bool:
    return not any(iri in NO_ALLIANCES for iri in node.type_iris)


def _named(node: Node) -> Named:
    return Named(label=node.label, iri=node.iri)


def _names(network: Network, positions: frozenset[int]) -> tuple[Named, ...]:
    # Nodes stand in French order of their labels, so positions are that order.
    return tuple(_named(network.nodes[position]) for position in sorted(positions))


def _share(part: int, whole: int) -> float | None:
    return rounded(part / whole) if whole else None


def _pair(network: Network, a: int, b: int) -> PairRow:
    members = neighbours(network)
    shared = members[a] & members[b]
    return PairRow(
        a=_named(network.nodes[a]),
        b=_named(network.nodes[b]),
        shared=_names(network, shared),
        size_a=len(members[a]),
        size_b=len(members[b]),
        jaccard=_share(len(shared), len(members[a] | members[b])),
        overlap=_share(len(shared), min(len(members[a]), len(members[b]))),
    )


def coverage_of(network: Network, target: int, declared: Declared | None = None) -> CoverageRow:
    """Return how much of the other targets' members the target at this position gathers."""
    known = declared or Declared()
    members = neighbours(network)
    node = network.nodes[target]
    others = [other for other in network.positions("target") if other != target and members[other]]
    theirs = frozenset[int]().union(*(members[other] for other in others))
    gathered = theirs & members[target]
    untouched = frozenset(other for other in others if not members[other] & members[target])
    share = _share(len(gathered), len(theirs))
    reaches_all = len(others) >= LEAST_OTHERS and not untouched and _may_be_alliance(node)
    return CoverageRow(
        alliance=_named(node),
        named=len(members[target]),
        claimed=known.claimed.get(node.iri),
        qualifier=known.qualifiers.get(node.iri, ""),
        others_members=len(theirs),
        gathered=len(gathered),
        coverage=share,
        touched=len(others) - len(untouched),
        others=len(others),
        missing=_names(network, theirs - gathered),
        untouched=_names(network, untouched),
        meta_by_data=reaches_all and share is not None and share >= LEAST_COVERAGE,
        meta_declared=node.iri in known.meta,
        declared_coverage=known.meta.get(node.iri, ""),
    )
