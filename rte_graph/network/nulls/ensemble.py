"""The random networks that an observed one is compared with: all, drawn by chains, or independent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from rte_graph.errors import InvalidParameter, SizeLimit
from rte_graph.network.nulls.bicm import bicm, bicm_draws
from rte_graph.network.nulls.curveball import BURN_IN, CHAINS, THINNING, curveball
from rte_graph.network.nulls.enumeration import all_matrices, count_matrices
from rte_graph.network.nulls.margins import margins_of
from rte_graph.network.nulls.mixing import HalfMoments, Mixing, Perturbation, correlation_and_effective
from rte_graph.network.nulls.results import NullName, NullRun
from rte_graph.network.nulls.tally import Alternative, Outcome, Tally
from rte_graph.network.progress import telling
from rte_graph.settings import max_null_values

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    FloatArray = NDArray[np.float64]

# Every network is looked at instead of drawing some, where that costs little more.
MOST_LISTED = 20_000
LISTED_PER_DRAW = 10

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is asked of a null model.

    Attributes
    ----------
    null : {"fixed-degrees", "expected-degrees"}
    draws, seed : int
        Random networks to draw, and the seed of numpy's PCG64.
    alternative : {"two-sided", "upper"}
    alpha : float
        False discovery rate, between 0 and 1.
    burn_in, thinning : int
        Global trades before the first draw of a chain and between two (fixed degrees; see `curveball`).
    progress : function of (done, total), optional
        Called after each draw; what it raises stops the work, and nothing of it is kept.

    Raises
    ------
    InvalidParameter
        If a value makes no sense, or the draws are too few for any p to reach ``alpha``.
    """

    null: NullName = "fixed-degrees"
    draws: int = 1000
    seed: int
    alternative: Alternative = "two-sided"
    alpha: float = 0.05
    burn_in: int = BURN_IN
    thinning: int = THINNING
    progress: Progress | None = None

    def __post_init__(self) -> None:
        for name, possible in (("null", get_args(NullName)), ("alternative", get_args(Alternative))):
            if getattr(self, name) not in possible:
                raise InvalidParameter(
                    fr=f"{name} vaut « {getattr(self, name)} » : écrivez {' ou '.join(possible)}.",
                    en=f"{name} is “{getattr(self, name)}”: write {' or '.join(possible)}.",
                )
        if not 0 < self.alpha < 1 or self.seed < 0:
            raise InvalidParameter(
                fr=f"Le taux vaut {self.alpha} et la graine {self.seed} : donnez un taux entre 0 et 1 et une "
                "graine entière, 0 ou plus.",
                en=f"The rate is {self.alpha} and the seed {self.seed}: give a rate between 0 and 1 and a "
                "whole seed, 0 or more.",
            )

    def check_resolution(self) -> None:
        """Refuse fewer draws than any p needs to reach ``alpha``."""
        sides = 2 if self.alternative == "two-sided" else 1
        least = int(-(-sides // self.alpha)) - 1
        if self.draws < least:
            raise InvalidParameter(
                fr=f"Avec {self.draws} tirages aucune p n’atteint {self.alpha} : demandez-en {least} au "
                "moins (mieux : 1000).",
                en=f"With {self.draws} draws no p reaches {self.alpha}: ask for {least} at least (better: "
                "1000).",
            )


def compare(
    matrix: csr_array[Any, Any], statistics: Callable[[csr_array[Any, Any]], FloatArray], plan: Plan
) -> tuple[Outcome, NullRun]:
    """Compare statistics of a matrix with those of random matrices.

    Parameters
    ----------
    matrix : csr_array
        Zeros and ones, indices sorted.
    statistics : function of a matrix
        Returns an array of the same length for each matrix.
    plan : Plan

    Returns
    -------
    (Outcome, NullRun)
        One value per statistic; what was compared with.

    Raises
    ------
    InvalidParameter, SizeLimit
        As `Plan`, `curveball` and `bicm_draws` say.

    Notes
    -----
    Draws are not kept: memory does not grow with their number.
    """
    observed = statistics(matrix)
    if plan.null == "expected-degrees":
        plan.check_resolution()
        drawn = bicm_draws(bicm(matrix), plan.draws, plan.seed)
        tally = _counted(Tally(observed, exact=False), drawn, statistics, plan, plan.draws)
        run = NullRun(null=plan.null, method="bicm", draws=plan.draws, seed=plan.seed)
        return tally.outcome(plan.alternative), run
    margins = margins_of(matrix)
    space = count_matrices(margins)
    if space is not None and space <= min(MOST_LISTED, LISTED_PER_DRAW * plan.draws):
        tally = _counted(Tally(observed, exact=True), all_matrices(margins), statistics, plan, space)
        run = NullRun(null=plan.null, method="enumeration", draws=space, space=space)
        return tally.outcome(plan.alternative), run
    plan.check_resolution()
    return _chained(matrix, observed, statistics, plan, space)


def _counted(
    tally: Tally,
    matrices: Iterator[csr_array[Any, Any]],
    statistics: Callable[[csr_array[Any, Any]], FloatArray],
    plan: Plan,
    total: int,
) -> Tally:
    with telling() as tell:
        for done, matrix in enumerate(matrices, start=1):
            tally.add(statistics(matrix))
            tell(done, total)
            if plan.progress:
                plan.progress(done, total)
    return tally


def _chained(
    matrix: csr_array[Any, Any],
    observed: FloatArray,
    statistics: Callable[[csr_array[Any, Any]], FloatArray],
    plan: Plan,
    space: int | None,
) -> tuple[Outcome, NullRun]:
    """Compare with curveball draws, and watch how the chains mix."""
    chains = min(CHAINS, plan.draws)
    changed = Perturbation(matrix)
    series: list[float] = []
    moments = HalfMoments(chains, plan.draws, len(observed))

    def watched(drawn: csr_array[Any, Any]) -> FloatArray:
        values = statistics(drawn)
        moments.add(len(series), values - observed)
        series.append(changed.of(drawn))
        return values

    drawn = curveball(matrix, plan.draws, plan.seed, burn_in=plan.burn_in, thinning=plan.thinning)
    tally = _counted(Tally(observed, exact=False), drawn, watched, plan, plan.draws)
    run = NullRun(
        null=plan.null,
        method="curveball",
        draws=plan.draws,
        space=space,
        seed=plan.seed,
        mixing=_mixing(series, moments, plan),
    )
    return tally.outcome(plan.alternative), run


def _mixing(series: list[float], moments: HalfMoments, plan: Plan) -> Mixing:
    import numpy as np

    chains = min(CHAINS, len(series))
    turns = len(series) // chains
    shares = np.array(series)
    own = HalfMoments(chains, len(series), 1)
    for draw, share in enumerate(series):
        own.add(draw, np.array([share]))
    enough = moments.enough
    correlation, effective = correlation_and_effective(shares[: turns * chains].reshape(turns, chains))
    return Mixing(
        chains=chains,
        burn_in=plan.burn_in,
        thinning=plan.thinning,
        changed=float(shares.mean()),
        correlation=correlation,
        effective=effective,
        r_hat=float(own.r_hat()[0]) if enough else 0.0,
        r_hat_tested=_all_but_few(moments.r_hat()) if enough else 0.0,
        enough=enough,
    )


def _all_but_few(r_hat: FloatArray) -> float:
    """The largest of up to a hundred; of more, the value that one in a hundred exceeds by chance alone."""
    import numpy as np

    return float(np.quantile(r_hat, 0.99 if len(r_hat) > 100 else 1.0)) if len(r_hat) else 1.0


def check_values(count: int) -> None:
    """Refuse to follow more pairs than the settings allow.

    Raises
    ------
    SizeLimit
        If there are more than ``max_null_values``.
    """
    if count > max_null_values():
        raise SizeLimit(
            fr=f"{count} paires de nœuds à comparer au hasard passent la limite : prenez l’autre ensemble ou "
            "un réseau plus petit, ou relevez RTE_GRAPH_MAX_NULL_VALUES.",
            en=f"{count} pairs of nodes to compare with chance pass the limit: take the other set or a "
            "smaller network, or raise RTE_GRAPH_MAX_NULL_VALUES.",
        )
