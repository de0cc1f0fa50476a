"""Whether chains have forgotten their start: measured, said, never assumed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rte_graph.network.ranking import rounded
from rte_graph.network.wording import decimal, percent, whole

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

MOST_R_HAT = 1.05
LEAST_EFFECTIVE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixing:
    """How well the chains of a fixed-degree null model have mixed.

    Attributes
    ----------
    chains, burn_in, thinning : int
        Chains side by side, global trades before the first draw and between two of a chain.
    changed : float
        Mean share of the observed pairs that a draw no longer has, 0–1 (perturbation score).
    correlation : float
        Of this share between a draw and the next of its chain, -1–1.
    effective : float
        Independent draws that this share is worth, at most the number of draws.
    r_hat : float
        Split R-hat (Gelman & Rubin 1992) of this share: 1 where the chains, half of which start from a packed
        matrix, agree and do not drift.
    r_hat_tested : float
        The largest split R-hat among the statistics tested; of more than a hundred, what 99 % stay below.
    enough : bool
        Whether there were draws enough to tell.
    """

    chains: int
    burn_in: int
    thinning: int
    changed: float
    correlation: float
    effective: float
    r_hat: float
    r_hat_tested: float
    enough: bool = True

    @property
    def good(self) -> bool:
        """Whether both R-hat are at most 1.05 and the draws are worth 100 independent ones."""
        agree = max(self.r_hat, self.r_hat_tested) <= MOST_R_HAT
        return self.enough and agree and self.effective >= LEAST_EFFECTIVE

    def sentence(self, lang: str = "fr") -> str:
        """Say how the chains mixed, and warn where the p are not to be relied on."""
        if not self.enough:
            return (
                f"Too few draws to see whether the {self.chains} chains have mixed: ask for 100 or more."
                if lang == "en"
                else f"Trop peu de tirages pour voir si les {self.chains} chaînes sont mélangées : "
                "demandez-en 100 ou plus."
            )
        worst, share = max(self.r_hat, self.r_hat_tested), percent(self.changed, lang)
        effective = whole(round(self.effective), lang)
        if lang == "en":
            said = (
                f"{self.chains} chains from two starting points; a draw changes {share} of the observed "
                f"pairs on average; largest R-hat {decimal(worst, lang)}; worth {effective} independent "
                "draws."
            )
            warning = " The chains have not mixed: do not use these p; ask for more trades between draws."
        else:
            said = (
                f"{self.chains} chaînes depuis deux points de départ ; un tirage change en moyenne {share} "
                f"des paires observées ; plus grand R-hat {decimal(worst, lang)} ; équivaut à {effective} "
                "tirages indépendants."
            )
            warning = (
                " Les chaînes ne sont pas mélangées : n’utilisez pas ces p ; demandez plus d’échanges entre "
                "tirages."
            )
        return said if self.good else said + warning

    def as_dict(self, lang: str = "fr") -> dict[str, Any]:
        """Return the diagnostic as the JSON output writes it."""
        return {
            "chains": self.chains,
            "burnIn": self.burn_in,
            "thinning": self.thinning,
            "changed": rounded(self.changed),
            "lagOneCorrelation": rounded(self.correlation),
            "effectiveDraws": rounded(self.effective),
            "rHat": rounded(self.r_hat),
            "rHatTested": rounded(self.r_hat_tested),
            "good": self.good,
            "note": self.sentence(lang),
        }


class Perturbation:
    """The share of the observed pairs that each draw no longer has."""

    def __init__(self, matrix: csr_array[Any, Any]) -> None:
        self._observed = self._cells(matrix)

    def of(self, matrix: csr_array[Any, Any]) -> float:
        """Return the share, 0–1 (0 where there is no pair)."""
        import numpy as np

        cells = self._cells(matrix)
        if not len(cells):
            return 0.0
        place = np.minimum(np.searchsorted(self._observed, cells), len(self._observed) - 1)
        return 1.0 - float((self._observed[place] == cells).mean())

    def _cells(self, matrix: csr_array[Any, Any]) -> IntArray:
        import numpy as np

        row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
        return np.sort(row * matrix.shape[1] + matrix.indices)


class HalfMoments:
    """Sums by half chain, from which the split R-hat of many statistics follows without keeping the draws."""

    def __init__(self, chains: int, draws: int, size: int) -> None:
        import numpy as np

        self._chains = chains
        self._middle = draws // chains // 2
        self._count = np.zeros(2 * chains)
        self._sum = np.zeros((2 * chains, size))
        self._squares = np.zeros((2 * chains, size))

    def add(self, draw: int, values: FloatArray) -> None:
        """Count the values of draw number ``draw``."""
        chain, turn = draw % self._chains, draw // self._chains
        half = 2 * chain + (turn >= self._middle)
        self._count[half] += 1
        self._sum[half] += values
        self._squares[half] += values**2

    @property
    def enough(self) -> bool:
        """Whether each half chain has draws enough to speak of its variance."""
        return bool(self._count.min() >= 5)

    def r_hat(self) -> FloatArray:
        """Return the split R-hat of each statistic; infinite where it differs between chains only."""
        import numpy as np

        count = self._count[:, None]
        mean = self._sum / count
        within = np.maximum((self._squares / count - mean**2) * count / (count - 1), 0.0).mean(axis=0)
        between = mean.var(axis=0, ddof=1)
        length = float(self._count.mean())
        scale = 1e-18 * (1 + (mean**2).max(axis=0, initial=0.0))
        ratio = np.divide(between, within, out=np.full_like(within, np.inf), where=within > scale)
        ratio[between <= scale] = 0.0
        found: FloatArray = np.sqrt((length - 1) / length + ratio)
        return found


def correlation_and_effective(series: FloatArray) -> tuple[float, float]:
    """Return the lag-one autocorrelation of draws and the independent draws that they are worth.

    Parameters
    ----------
    series : array, turns × chains

    Notes
    -----
    Autocovariances are averaged over chains around the common mean, so that chains which disagree count as
    correlated; their sum stops at the first pair of lags that adds nothing (Geyer 1992,
    doi:10.1214/ss/1177011137).
    """
    import numpy as np

    turns = len(series)
    away = series - series.mean()
    variance = float((away**2).mean())
    if variance <= 1e-24:
        return 0.0, float(series.size)
    lags = [float((away[: turns - k] * away[k:]).sum()) / (series.size * variance) for k in range(turns)]
    total = -1.0
    for k in range(0, turns - 1, 2):
        pair = lags[k] + lags[k + 1]
        if pair <= 0:
            break
        total += 2 * pair
    return (lags[1] if turns > 1 else 0.0), float(np.clip(series.size / max(total, 1e-9), 1.0, series.size))
