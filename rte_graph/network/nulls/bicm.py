"""Expected degrees: the random networks that keep each node's degree on average (BiCM)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rte_graph.errors import RteError, SizeLimit
from rte_graph.network.nulls.margins import Block, Margins, margins_of, matrix_from
from rte_graph.settings import max_null_moves

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

# Largest difference between an expected and an observed degree.
TOLERANCE = 1e-9
MOST_STEPS = 200


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bicm:
    """The bipartite configuration model: each pair is joined independently, with its own probability.

    Nodes with the same degree are alike: ``classes[a, b]`` is the probability of a tie between a row whose
    degree is ``row_degrees[a]`` and a column whose degree is ``column_degrees[b]``; ``row_class`` and
    ``column_class`` give each node's place.
    """

    row_degrees: IntArray
    column_degrees: IntArray
    row_class: IntArray
    column_class: IntArray
    classes: FloatArray

    def probabilities(self) -> FloatArray:
        """Return rows × columns, each 0–1."""
        return self.classes[self.row_class][:, self.column_class]

    def turned(self) -> Bicm:
        """Return the model with rows and columns exchanged."""
        return Bicm(
            row_degrees=self.column_degrees,
            column_degrees=self.row_degrees,
            row_class=self.column_class,
            column_class=self.row_class,
            classes=self.classes.T,
        )


def bicm(matrix: csr_array[Any, Any]) -> Bicm:
    """Solve the bipartite configuration model of a matrix of zeros and ones.

    Parameters
    ----------
    matrix : csr_array

    Returns
    -------
    Bicm
        Expected degrees equal observed ones to 1e-9.

    Raises
    ------
    RteError
        If the solver does not converge.

    Notes
    -----
    p = xy / (1 + xy). Where the degrees force a tie (a full row) or its absence (an isolate, a nested
    corner), no finite x and y exist: these cells get 1 or 0, and each part between them is solved by itself,
    by Newton's method on the logarithms of x and y, one unknown per distinct degree.

    References
    ----------
    Saracco, F., Di Clemente, R., Gabrielli, A. & Squartini, T. (2015). Randomizing bipartite networks: the
    case of the World Trade Web. Scientific Reports 5, 10595, doi:10.1038/srep10595.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> bicm(csr_array([[1, 1, 1], [1, 0, 0], [0, 1, 0]])).probabilities().round(9).tolist()
    [[1.0, 1.0, 1.0], [0.5, 0.5, 0.0], [0.5, 0.5, 0.0]]
    """
    import numpy as np

    margins = margins_of(matrix)
    row_degrees, row_class = np.unique(margins.rows, return_inverse=True)
    column_degrees, column_class = np.unique(margins.columns, return_inverse=True)
    # Nodes of one degree have one floor and one ceiling: the degrees alone make them.
    ceiling = np.zeros(len(row_degrees), dtype=np.int64)
    ceiling[row_class] = margins.ceiling
    classes = (column_degrees[None, :] >= ceiling[:, None]).astype(np.float64)
    for block in margins.blocks():
        rows, columns, solved = _solve(block)
        classes[np.ix_(row_class[block.rows[rows]], column_class[block.columns[columns]])] = solved
    model = Bicm(
        row_degrees=row_degrees,
        column_degrees=column_degrees,
        row_class=row_class,
        column_class=column_class,
        classes=classes,
    )
    _check(model, margins)
    return model


def _check(model: Bicm, margins: Margins) -> None:
    import numpy as np

    of_rows = np.bincount(model.row_class, minlength=len(model.row_degrees))
    of_columns = np.bincount(model.column_class, minlength=len(model.column_degrees))
    off = [
        *np.abs(model.classes @ of_columns - model.row_degrees),
        *np.abs(of_rows @ model.classes - model.column_degrees),
    ]
    if max(off, default=0.0) > 1e-8:
        raise RteError(
            fr="Le modèle à degrés attendus n’a pas trouvé de solution : prenez les degrés fixés "
            '(null="fixed-degrees") et signalez ce réseau.',
            en="The model with expected degrees found no solution: take fixed degrees "
            '(null="fixed-degrees") and report this network.',
        )


def _solve(block: Block) -> tuple[IntArray, IntArray, FloatArray]:
    """Return a row and a column of each distinct degree, and the probabilities between them."""
    import numpy as np
    from scipy.linalg import solve
    from scipy.special import expit

    r, rows, n = np.unique(block.row_sums, return_index=True, return_counts=True)
    c, columns, m = np.unique(block.column_sums, return_index=True, return_counts=True)
    total = np.sqrt(float(block.row_sums.sum()))
    unknown = np.log(np.concatenate([r, c]) / total)
    # x and y are known up to a factor: this direction keeps their product, and is pinned.
    flat = np.concatenate([np.ones(len(r)), -np.ones(len(c))])
    for _ in range(MOST_STEPS):
        p = expit(unknown[: len(r), None] + unknown[None, len(r) :])
        slope = np.concatenate([n * (r - p @ m), m * (c - n @ p)])
        if np.abs(slope / np.concatenate([n, m])).max() < TOLERANCE / 100:
            break
        spread = n[:, None] * m[None, :] * p * (1 - p)
        curve = np.diag(np.concatenate([spread.sum(1), spread.sum(0)])) + np.outer(flat, flat)
        curve[: len(r), len(r) :] += spread
        curve[len(r) :, : len(r)] += spread.T
        step = solve(curve, slope, assume_a="sym")
        new = _searched(unknown, step, slope, (r, n, c, m))
        if np.array_equal(new, unknown):
            break
        unknown = new
    return rows, columns, p


def _likelihood(unknown: FloatArray, known: tuple[IntArray, IntArray, IntArray, IntArray]) -> float:
    import numpy as np

    r, n, c, m = known
    a, b = unknown[: len(r)], unknown[len(r) :]
    joined = np.logaddexp(0.0, a[:, None] + b[None, :])
    return float((n * r * a).sum() + (m * c * b).sum() - n @ joined @ m)


def _searched(
    unknown: FloatArray,
    step: FloatArray,
    slope: FloatArray,
    known: tuple[IntArray, IntArray, IntArray, IntArray],
) -> FloatArray:
    """Go as far along the step as the likelihood grows: it has one summit, so this reaches it."""
    start, rise = _likelihood(unknown, known), float(slope @ step)
    size = 1.0
    # Near the summit the likelihood's last digits are noise: a full step is right there.
    if rise < 1e-6 * max(1.0, abs(start)) * 1e-3:
        return unknown + step
    while size > 1e-10:
        new = unknown + size * step
        if _likelihood(new, known) >= start + 1e-4 * size * rise:
            return new
        size /= 2
    return unknown


def bicm_draws(model: Bicm, draws: int, seed: int) -> Iterator[csr_array[Any, Any]]:
    """Draw independent matrices from the model.

    Parameters
    ----------
    model : Bicm
    draws : int
    seed : int
        Seed of numpy's PCG64; same seed, same draws.

    Raises
    ------
    SizeLimit
        If draws × rows × columns passes the setting ``max_null_moves``.
    """
    import numpy as np

    chance = model.probabilities()
    if draws * chance.size > max_null_moves():
        raise SizeLimit(
            fr=f"{draws} tirages d’un réseau de {chance.shape[0]} × {chance.shape[1]} nœuds passent la "
            f"limite : demandez {max_null_moves() // chance.size} tirages au plus, ou relevez "
            "RTE_GRAPH_MAX_NULL_MOVES.",
            en=f"{draws} draws of a network of {chance.shape[0]} × {chance.shape[1]} nodes pass the limit: "
            f"ask for {max_null_moves() // chance.size} draws at most, or raise RTE_GRAPH_MAX_NULL_MOVES.",
        )
    return _independent(chance, draws, np.random.PCG64(seed))


def _independent(chance: FloatArray, draws: int, bits: np.random.PCG64) -> Iterator[csr_array[Any, Any]]:
    import numpy as np

    for _ in range(draws):
        # The upper 53 bits of a word: a number from 0 to below 1, so that 0 never and 1 always joins.
        uniform = (bits.random_raw(chance.size) >> np.uint64(11)) * 2.0**-53
        row, column = np.nonzero(uniform.reshape(chance.shape) < chance)
        indptr = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=chance.shape[0]))])
        yield matrix_from(column, indptr, chance.shape)
