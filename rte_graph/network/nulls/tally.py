"""What is kept of many draws: how often each statistic reached the observed value, its mean and spread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    BoolArray = NDArray[np.bool_]

Alternative = Literal["two-sided", "upper"]

# Two values of a measure that differ by less are the same: floating-point sums depend on their order.
RELATIVE = 1e-9
ABSOLUTE = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Outcome:
    """What a family of statistics looks like under a null model, one value per statistic.

    ``least_p`` is the smallest p that any value seen could have got: where it is large, the statistic can
    hardly vary, whatever was observed.
    """

    observed: FloatArray
    mean: FloatArray
    sd: FloatArray
    p: FloatArray
    least_p: FloatArray
    constant: BoolArray


class Tally:
    """Counts draws against the observed values.

    Parameters
    ----------
    observed : array
    exact : bool
        Whether the draws are all matrices of the space, the observed one among them.
    """

    def __init__(self, observed: FloatArray, *, exact: bool) -> None:
        import numpy as np

        self.observed = observed
        self.exact = exact
        self.draws = 0
        size = len(observed)
        self._slack = RELATIVE * np.abs(observed) + ABSOLUTE
        self._above, self._below = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        self._sum, self._squares = np.zeros(size), np.zeros(size)
        self._high, self._low = np.full(size, -np.inf), np.full(size, np.inf)
        self._at_high, self._at_low = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)

    def add(self, values: FloatArray) -> None:
        """Count one draw."""
        import numpy as np

        # Sums of differences: near the observed value they lose no digits.
        away = values - self.observed
        self.draws += 1
        self._above += away >= -self._slack
        self._below += away <= self._slack
        self._sum += away
        self._squares += away**2
        self._at_high = np.where(
            away > self._high + self._slack, 1, self._at_high + (away >= self._high - self._slack)
        )
        self._at_low = np.where(
            away < self._low - self._slack, 1, self._at_low + (away <= self._low + self._slack)
        )
        np.maximum(self._high, away, out=self._high)
        np.minimum(self._low, away, out=self._low)

    def outcome(self, alternative: Alternative) -> Outcome:
        """Return means, spreads and p.

        Notes
        -----
        p = (1 + k) / (1 + N) for N draws, k of which reach the observed value (Phipson & Smyth 2010,
        doi:10.2202/1544-6115.1585); over all matrices p = k / N, the observed one counted among them.
        Two-sided p are twice the smaller tail, 1 at most.
        """
        import numpy as np

        extra = 0 if self.exact else 1
        total = self.draws + extra
        mean_away = self._sum / self.draws
        variance = self._squares / self.draws - mean_away**2
        if not self.exact and self.draws > 1:
            variance *= self.draws / (self.draws - 1)
        upper, lower = (self._above + extra) / total, (self._below + extra) / total
        # The most extreme value is a draw's, or the observed one.
        at_high = np.where(self._high < -self._slack, 0, self._at_high)
        at_low = np.where(self._low > self._slack, 0, self._at_low)
        least_upper, least_lower = (at_high + extra) / total, (at_low + extra) / total
        two = alternative == "two-sided"
        constant = np.maximum(np.abs(self._high), np.abs(self._low)) <= self._slack
        return Outcome(
            observed=self.observed,
            mean=self.observed + mean_away,
            sd=np.where(constant, 0.0, np.sqrt(np.maximum(variance, 0.0))),
            p=np.minimum(1.0, 2 * np.minimum(upper, lower)) if two else upper,
            least_p=np.minimum(1.0, 2 * np.minimum(least_upper, least_lower)) if two else least_upper,
            constant=constant,
        )


def adjusted(p: FloatArray) -> FloatArray:
    """Return Benjamini–Hochberg q values: the false discovery rate at which each p would pass.

    Parameters
    ----------
    p : array of float
        The p of one family, each 0–1.

    References
    ----------
    Benjamini, Y. & Hochberg, Y. (1995). Controlling the false discovery rate. Journal of the Royal
    Statistical Society B 57(1), 289–300, doi:10.1111/j.2517-6161.1995.tb02031.x.

    Examples
    --------
    >>> import numpy as np
    >>> adjusted(np.array([0.01, 0.04, 0.03, 0.5])).round(4).tolist()
    [0.04, 0.0533, 0.0533, 0.5]
    """
    import numpy as np

    order = np.argsort(p, kind="stable")
    steps = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty(len(p))
    q[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1.0)
    return q
