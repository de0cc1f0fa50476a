"""Backbone of a projection: which pairs share more than the degrees alone would make them share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rte_graph.network.model import Network, SetName
from rte_graph.network.nulls.bicm import bicm
from rte_graph.network.nulls.ensemble import Plan, check_values, compare
from rte_graph.network.nulls.margins import margins_of, two_mode_matrix
from rte_graph.network.nulls.poisson_binomial import pair_tails
from rte_graph.network.nulls.results import NullRun, Tested, family_sentence, warnings
from rte_graph.network.nulls.significance import tested_rows
from rte_graph.network.nulls.tally import Alternative, Outcome
from rte_graph.network.ranking import rounded
from rte_graph.network.wording import Text, lowered, percent, whole
from rte_graph.sparql.collation import collation_key

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backbone:
    """Shared memberships against chance.

    Attributes
    ----------
    network, set : str
        Which network, and which of its sets the pairs come from.
    family : Text
    run : NullRun
    alternative, alpha
        As in the plan.
    size, linked, tested : int
        All pairs; pairs that share something; pairs that can vary and so have a p.
    rows : tuple of Tested
        Pairs that share something, and with a two-sided test all that pass: smallest q first, then largest
        z, then by label; those without a p last. ``observed`` is the number shared.
    """

    network: str
    set: SetName
    family: Text
    run: NullRun
    alternative: Alternative
    alpha: float
    size: int
    linked: int
    tested: int
    rows: tuple[Tested, ...]

    @property
    def exceeding(self) -> tuple[Tested, ...]:
        """The pairs that share more than chance at the false discovery rate: the backbone."""
        return tuple(row for row in self.rows if self._passes(row) and row.observed > row.mean)

    @property
    def below(self) -> tuple[Tested, ...]:
        """The pairs that share less than chance (two-sided only)."""
        return tuple(row for row in self.rows if self._passes(row) and row.observed < row.mean)

    def _passes(self, row: Tested) -> bool:
        return row.q is not None and row.q <= self.alpha

    @property
    def fraction(self) -> float | None:
        """The backbone's share of the pairs that share something, None where there are none."""
        return len(self.exceeding) / self.linked if self.linked else None

    def sentences(self, lang: str = "fr") -> list[str]:
        """Say what was compared, over which family, how many pairs exceed chance."""
        passing = len(self.exceeding) + len(self.below)
        return [
            self.run.sentence(lang),
            family_sentence(self, self.size, self.tested, passing, lang),
            *([self._share(lang)] if self.linked else []),
            *warnings(self.run, self.tested, self.alpha, self.alternative, lang),
        ]

    def _share(self, lang: str) -> str:
        kept, share = len(self.exceeding), percent(self.fraction or 0.0, lang)
        linked = whole(self.linked, lang)
        if lang == "en":
            return (
                f"{kept} of the {linked} pairs that share something ({share}) share more than their degrees "
                "alone would lead to; the others may, but these data do not show it."
            )
        return (
            f"{kept} des {linked} paires qui ont quelque chose en commun ({share}) en ont plus que leurs "
            "seuls degrés n’y mènent ; pour les autres, ces données ne le montrent pas."
        )

    def as_dict(self, lang: str = "fr") -> dict[str, Any]:
        """Return the backbone as the JSON output writes it."""
        return {
            "network": self.network,
            "set": self.set,
            "statistic": "shared",
            "family": self.family.in_language(lang),
            "alternative": self.alternative,
            "alpha": self.alpha,
            **self.run.as_dict(lang),
            "pairs": self.size,
            "linked": self.linked,
            "tested": self.tested,
            "exceeding": len(self.exceeding),
            "below": len(self.below),
            "fraction": None if self.fraction is None else rounded(self.fraction),
            "rows": [row.as_dict(self.run, lang) for row in self.rows],
            "notes": self.sentences(lang),
        }


def backbone(network: Network, plan: Plan, set: SetName = "target") -> Backbone:  # noqa: A002
    """Test every pair of nodes of one set for sharing more neighbours than chance.

    Parameters
    ----------
    network : Network
        Two-mode.
    plan : Plan
        With ``null="expected-degrees"`` the distribution is exact (Poisson-binomial) and nothing is drawn.
        ``alternative="upper"`` is what a backbone usually means; two-sided also finds pairs that avoid each
        other.
    set : {"target", "source"}
        Whose pairs.

    Returns
    -------
    Backbone

    Raises
    ------
    InvalidParameter, SizeLimit
        If the network is not two-mode, the plan makes no sense, or there are too many pairs.

    References
    ----------
    Neal, Z. P., Domagalski, R. & Sagan, B. (2021). Comparing alternatives to the fixed degree sequence model
    for extracting the backbone of bipartite projections. Scientific Reports 11, 23929,
    doi:10.1038/s41598-021-03238-3.
    Saracco, F. et al. (2017). Inferring monopartite projections of bipartite networks: an entropy-based
    approach. New Journal of Physics 19, 053022, doi:10.1088/1367-2630/aa6b38.
    """
    import numpy as np

    places = {node.iri: place for place, node in enumerate(network.nodes)}
    network = network.by_iri()
    matrix = two_mode_matrix(network)
    positions = network.positions(set)
    check_values(len(positions) * (len(positions) - 1) // 2)
    pairs = np.triu_indices(len(positions), k=1)
    turned = set == "source"
    outcome, run = (_exact if plan.null == "expected-degrees" else _drawn)(matrix, pairs, turned, plan)
    proved = (
        _cannot_vary(matrix, pairs, turned) if run.method == "curveball" else np.ones(len(pairs[0]), bool)
    )
    rows = tested_rows(outcome, plan, proved, np.zeros(len(pairs[0]), dtype=np.int64))
    nodes = [network.nodes[position] for position in positions]
    kept = (
        (sorted((nodes[a], nodes[b]), key=lambda node: places[node.iri]), row)
        for a, b, row in zip(*(ends.tolist() for ends in pairs), rows, strict=True)
        if row.observed or (row.q is not None and row.q <= plan.alpha)
    )
    named = [
        replace(row, set=set, label=one.label, iri=one.iri, other=other.label, other_iri=other.iri)
        for (one, other), row in kept
    ]
    whose = lowered(network.set_label(set, "fr")), lowered(network.set_label(set, "en"))
    return Backbone(
        network=network.full_name,
        set=set,
        family=Text(fr=f"toutes les paires ({whose[0]})", en=f"all pairs ({whose[1]})"),
        run=run,
        alternative=plan.alternative,
        alpha=plan.alpha,
        size=len(rows),
        linked=int((outcome.observed > 0).sum()),
        tested=sum(row.p is not None for row in rows),
        rows=tuple(sorted(named, key=_order)),
    )


def _order(row: Tested) -> tuple[Any, ...]:
    labels = collation_key(row.label), row.iri, collation_key(row.other), row.other_iri
    q, p = (9.0 if value is None else value for value in (row.q, row.p))
    return (q, p, -(row.z or 0.0), *labels)


def shared(matrix: csr_array[Any, Any], pairs: Any, turned: bool) -> FloatArray:
    """Return how many rows each pair of columns shares (columns of rows if ``turned``)."""
    import numpy as np

    cells = matrix.toarray()
    counts = cells @ cells.T if turned else cells.T @ cells
    return np.asarray(counts[pairs], dtype=np.float64)


def _drawn(matrix: csr_array[Any, Any], pairs: Any, turned: bool, plan: Plan) -> tuple[Outcome, NullRun]:
    return compare(matrix, lambda drawn: shared(drawn, pairs, turned), plan)


def _exact(matrix: csr_array[Any, Any], pairs: Any, turned: bool, plan: Plan) -> tuple[Outcome, NullRun]:
    import numpy as np

    observed = shared(matrix, pairs, turned)
    model = bicm(matrix)
    first, second = pairs
    tails = pair_tails(model.turned() if turned else model, first, second, observed.astype(np.int64))
    columns = ("at_least", "at_most", "mean", "variance", "highest", "lowest")
    at_least, at_most, mean, variance, highest, lowest = (
        np.array([getattr(found, name) for found in tails], dtype=np.float64) for name in columns
    )
    two = plan.alternative == "two-sided"
    outcome = Outcome(
        observed=observed,
        mean=mean,
        sd=np.sqrt(variance),
        p=np.minimum(1.0, 2 * np.minimum(at_least, at_most)) if two else at_least,
        least_p=np.minimum(1.0, 2 * np.minimum(highest, lowest)) if two else highest,
        constant=variance < 1e-12,
    )
    return outcome, NullRun(null=plan.null, method="poisson-binomial", draws=0)


def _cannot_vary(matrix: csr_array[Any, Any], pairs: Any, turned: bool) -> BoolArray:
    """Pairs whose shared number the degrees decide: their free cells never stand in the same rows."""
    margins = margins_of(matrix)
    block = margins.row_blocks() if turned else margins.column_blocks()
    a, b = block[pairs[0]], block[pairs[1]]
    fixed: BoolArray = (a != b) | (a < 0)
    return fixed
