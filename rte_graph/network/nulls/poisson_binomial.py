"""Shared neighbours under expected degrees, exactly: the Poisson-binomial distribution of each pair."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rte_graph.network.nulls.bicm import Bicm

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """Chances that a sum is at least, and at most, what was observed, with its mean and variance.

    ``highest`` and ``lowest`` are the chances of the largest and the smallest sum that can be.
    """

    at_least: float
    at_most: float
    mean: float
    variance: float
    highest: float
    lowest: float


def tail(chances: FloatArray, times: IntArray, observed: int) -> Tail:
    """Return the tails of a sum of independent yes-or-no variables.

    Parameters
    ----------
    chances : array of float
        Chance of a yes, 0–1.
    times : array of int
        How many variables have each chance.
    observed : int
        Observed sum, 0 or more.

    Notes
    -----
    Binomials are convolved up to ``observed`` while all beyond is gathered in one sum: only positive terms
    are added, so that a small tail keeps its digits. O(len(chances) × observed²).

    References
    ----------
    Hong, Y. (2013). On computing the distribution function for the Poisson binomial distribution.
    Computational Statistics & Data Analysis 59, 41–51, doi:10.1016/j.csda.2012.10.006.

    Examples
    --------
    >>> import numpy as np
    >>> found = tail(np.array([0.5, 1.0]), np.array([2, 1]), 2)
    >>> round(found.at_least, 12), round(found.at_most, 12), found.mean, found.variance, found.highest
    (0.75, 0.75, 2.0, 0.5, 0.25)
    """
    import numpy as np
    from scipy.stats import binom

    chance = np.zeros(observed + 1)
    chance[0], beyond = 1.0, 0.0
    # Below, scipy overflows, and nothing is left to add.
    can = chances > 1e-150
    ks, p, n = np.arange(observed + 1), chances[can][:, None], times[can][:, None]
    # From k so far, more than observed − k of a class bring the sum beyond.
    tails = np.asarray(binom.sf(observed - ks, n, p))
    for more, exactly in zip(tails, np.asarray(binom.pmf(ks, n, p)), strict=True):
        beyond += float(chance @ more)
        chance = np.convolve(chance, exactly)[: observed + 1]
    return Tail(
        at_least=min(1.0, float(chance[observed]) + beyond),
        at_most=min(1.0, float(chance.sum())),
        mean=float(chances @ times),
        variance=float((chances * (1 - chances)) @ times),
        highest=_all_of(chances, times),
        lowest=_all_of(1 - chances, times),
    )


def _all_of(chances: FloatArray, times: IntArray) -> float:
    """Chance that all say yes, those that cannot left out."""
    import numpy as np

    can = chances > 0
    return float(np.exp(np.log(chances[can]) @ times[can]))


def pair_tails(model: Bicm, first: IntArray, second: IntArray, shared: IntArray) -> list[Tail]:
    """Return the tails of the shared rows of pairs of columns.

    Parameters
    ----------
    model : Bicm
    first, second : array of int
        Columns of each pair.
    shared : array of int
        Rows that the two share.

    Notes
    -----
    Columns of one degree are alike, so each distinct (degree, degree, shared) is computed once.
    """
    import numpy as np

    times = np.bincount(model.row_class, minlength=len(model.row_degrees))
    a, b = model.column_class[first], model.column_class[second]
    keys = np.stack([np.minimum(a, b), np.maximum(a, b), shared], axis=1)
    distinct, place = np.unique(keys, axis=0, return_inverse=True)
    found = [
        tail(model.classes[:, left] * model.classes[:, right], times, observed)
        for left, right, observed in distinct.tolist()
    ]
    return [found[i] for i in place.ravel().tolist()]
