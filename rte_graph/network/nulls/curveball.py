"""Random networks with the same degrees: curveball chains."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rte_graph.errors import InvalidParameter, SizeLimit
from rte_graph.network.nulls.margins import margins_of, matrix_from
from rte_graph.network.nulls.trades import MOST_PAIRS, WORTH_COMPILING, Chains, can_compile
from rte_graph.settings import max_null_moves

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    IntArray = NDArray[np.int64]

CHAINS = 8
# Global trades: all rows trade once. Sixty by sixty nodes forget their start in far fewer (see `mixing`).
BURN_IN = 50
THINNING = 10


def curveball(
    matrix: csr_array[Any, Any],
    draws: int,
    seed: int,
    *,
    burn_in: int = BURN_IN,
    thinning: int = THINNING,
    compiled: bool | None = None,
) -> Iterator[csr_array[Any, Any]]:
    """Draw matrices of zeros and ones with the row and column sums of ``matrix``, uniformly in the limit.

    Parameters
    ----------
    matrix : csr_array
        Zeros and ones, column indices sorted.
    draws : int
        How many; draw k comes from chain k modulo 8.
    seed : int
        Seed of numpy's PCG64. Same seed, same draws, on any machine, with and without numba.
    burn_in, thinning : int
        Global trades before the first draw of a chain, and from one draw of it to the next.
    compiled : bool, optional
        Whether numba does the trades; by default where it is installed and there is work enough.

    Yields
    ------
    csr_array
        Rows and columns as in ``matrix``. Draws of one chain are correlated (see `mixing`).

    Raises
    ------
    InvalidParameter
        If ``draws``, ``burn_in`` or ``thinning`` is below 1.
    SizeLimit
        If the work passes the setting ``max_null_moves``.

    Notes
    -----
    The smaller set trades, all of its nodes at once in random pairs: the steps are symmetric and lead from
    any matrix to any other, so the uniform distribution is their limit. Even chains start from ``matrix``,
    odd ones from a matrix that is packed as its degrees allow, so that chains which have not mixed differ.
    O(entries · log entries) for a global trade.

    References
    ----------
    Strona, G. et al. (2014). A fast and unbiased procedure to randomize ecological binary matrices with fixed
    row and column totals. Nature Communications 5, 4114, doi:10.1038/ncomms5114.
    Carstens, C. J. (2015). Proof of uniform sampling of binary matrices with fixed row sums and column sums
    for the fast Curveball algorithm. Physical Review E 91, 042812, doi:10.1103/PhysRevE.91.042812.
    Carstens, C. J. et al. (2018). Parallel and I/O-efficient randomisation of massive networks using global
    curveball trades. ESA 2018, doi:10.4230/LIPIcs.ESA.2018.11.
    """
    import numpy as np

    check_draws(draws, int(matrix.nnz), burn_in=burn_in, thinning=thinning)
    bits = np.random.PCG64(seed)
    turned = matrix.shape[0] > matrix.shape[1]
    if min(matrix.shape) > MOST_PAIRS // CHAINS:
        raise SizeLimit(
            fr=f"{min(matrix.shape)} nœuds par ensemble sont trop pour un modèle nul : prenez un réseau plus "
            "petit.",
            en=f"{min(matrix.shape)} nodes in each set are too many for a null model: take a smaller "
            "network.",
        )
    chains = _start(matrix.T.tocsr() if turned else matrix, min(CHAINS, draws))
    moves = int(matrix.nnz) * (chains.count * burn_in + draws * thinning)
    chains.compiled = (can_compile() and moves >= WORTH_COMPILING) if compiled is None else compiled
    return _drawn(chains, bits, draws, (burn_in, thinning), turned)


def _drawn(
    chains: Chains, bits: np.random.PCG64, draws: int, pace: tuple[int, int], turned: bool
) -> Iterator[csr_array[Any, Any]]:
    burn_in, thinning = pace
    shape = (chains.rows, chains.width)
    for draw in range(draws):
        number = draw % chains.count
        if number == 0:
            chains.advance(bits, thinning if draw else burn_in)
        found = matrix_from(*chains.chain(number), shape)
        yield found.T.tocsr() if turned else found


def check_draws(draws: int, entries: int, *, burn_in: int = BURN_IN, thinning: int = THINNING) -> None:
    """Refuse a number of draws that makes no sense, or too many for a network with so many ties.

    Raises
    ------
    InvalidParameter
        If ``draws``, ``burn_in`` or ``thinning`` is below 1.
    SizeLimit
        If the ties to move pass the setting ``max_null_moves``.
    """
    if min(draws, burn_in, thinning) < 1:
        raise InvalidParameter(
            fr=f"{draws} tirages, {burn_in} échanges d’abord, {thinning} entre deux tirages : donnez des "
            "nombres entiers, 1 ou plus.",
            en=f"{draws} draws, {burn_in} trades first, {thinning} between two draws: give whole numbers, 1 "
            "or more.",
        )
    most = max_null_moves()
    if entries * (burn_in * min(CHAINS, draws) + draws * thinning) > most:
        possible = (most // max(1, entries) - CHAINS * burn_in) // thinning
        todo_fr = f"demandez {possible} tirages au plus" if possible > 0 else "prenez un réseau plus petit"
        todo_en = f"ask for {possible} draws at most" if possible > 0 else "take a smaller network"
        raise SizeLimit(
            fr=f"{draws} tirages d’un réseau de {entries} paires liées passent la limite : {todo_fr}, ou "
            "relevez RTE_GRAPH_MAX_NULL_MOVES.",
            en=f"{draws} draws of a network of {entries} joined pairs pass the limit: {todo_en}, or raise "
            "RTE_GRAPH_MAX_NULL_MOVES.",
        )


def _start(matrix: csr_array[Any, Any], count: int) -> Chains:
    """Return chains at their start: even ones as observed, odd ones packed."""
    import numpy as np

    rows, width = matrix.shape
    starts = [matrix.indices.astype(np.int64), packed(matrix).indices.astype(np.int64)]
    degrees = np.diff(matrix.indptr).astype(np.int64)
    return Chains(
        count=count,
        rows=rows,
        width=width,
        columns=np.concatenate([starts[chain % 2] for chain in range(count)]),
        indptr=np.concatenate([[0], np.cumsum(np.tile(degrees, count))]),
    )


def packed(matrix: csr_array[Any, Any]) -> csr_array[Any, Any]:
    """Return the matrix with these degrees in which each row, largest first, takes what is needed most.

    Far from most networks with these degrees: a start from which a chain that does not mix is seen.
    """
    import numpy as np

    margins = margins_of(matrix)
    order = np.argsort(-margins.columns, kind="stable")
    need = margins.columns[order].copy()
    chosen: list[IntArray] = [np.zeros(0, dtype=np.int64)] * len(margins.rows)
    for row in np.argsort(-margins.rows, kind="stable").tolist():
        size = int(margins.rows[row])
        if not size:
            continue
        # Columns stand by need: those above the last one taken, and the last ones of its level, so that
        # they still stand by need when each taken one needs one less.
        level = need[size - 1]
        start, end = (len(need) - np.searchsorted(need[::-1], level, side=side) for side in ("right", "left"))
        taken = np.concatenate([np.arange(start), np.arange(end - (size - start), end)])
        need[taken] -= 1
        chosen[row] = np.sort(order[taken])
    columns = np.concatenate(chosen) if chosen else np.zeros(0, dtype=np.int64)
    return matrix_from(columns, matrix.indptr, matrix.shape)
