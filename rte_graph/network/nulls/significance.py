"""Whether a node's measure differs from what its degrees alone would give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rte_graph.errors import InvalidParameter
from rte_graph.network.elements import Ties
from rte_graph.network.measures import Measure, Scores, measure_named, node_measure
from rte_graph.network.measures.register import applicable
from rte_graph.network.model import Network
from rte_graph.network.nulls.ensemble import Plan, compare
from rte_graph.network.nulls.margins import two_mode_matrix
from rte_graph.network.nulls.results import Fixed, Significance, Tested
from rte_graph.network.nulls.tally import Outcome, adjusted
from rte_graph.network.wording import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

# Measures that the degrees alone decide.
DEGREES_DECIDE = ("degree",)
# Measures of what random networks have not: weights, and several ties of one pair.
TIES_DECIDE = ("strength",)


def measure_significance(
    network: Network, measure: str | Callable[[Network], Scores], plan: Plan
) -> Significance:
    """Compare a measure of every node with random networks of the same degrees.

    Parameters
    ----------
    network : Network
        Two-mode.
    measure : str or function
        A name from the register, or a function of a network that returns one value per node.
    plan : Plan
        Null model, draws, seed, alternative, rate.

    Returns
    -------
    Significance
        One row per node, in the order of the network's nodes; q is adjusted within each set.

    Raises
    ------
    UnknownName, InvalidParameter, SizeLimit
        If the measure is not known or not for two-mode networks, or the plan makes no sense.

    Notes
    -----
    A measure for connected networks only is replaced by the one that stands in for it, on the observed
    network too: random networks may fall apart. Ties' roles, dates and weights have no part in it.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target"), ("y", "target")]
    >>> net = network_from_rows("n", nodes, [("a", "x"), ("b", "y")])
    >>> found = measure_significance(net, "degree", Plan(seed=1))
    >>> found.run.method, found.rows[0].note(found.run, "en")
    ('enumeration', 'Cannot vary: it is 0.500 in every network with these degrees; no p.')
    """
    import numpy as np

    settled = network.by_iri()
    matrix = two_mode_matrix(settled)
    used = _used(measure, network)
    function = used.function if isinstance(used, Measure) else used

    low, high = used.range if isinstance(used, Measure) else (-np.inf, np.inf)

    def statistics(drawn: csr_array[Any, Any]) -> FloatArray:
        values: FloatArray = np.clip(function(redrawn(settled, drawn)).values, low, high)
        return values

    name = used.name if isinstance(used, Measure) else getattr(used, "__name__", "function")
    label = used.label if isinstance(used, Measure) else Text(fr=name, en=name)
    outcome, run = compare(matrix, statistics, plan)
    decided = name in DEGREES_DECIDE and plan.null == "fixed-degrees"
    proved = np.full(len(network.nodes), run.method == "enumeration" or decided)
    families = np.array([node.set == "target" for node in settled.nodes], dtype=np.int64)
    rows = tested_rows(outcome, plan, proved, families)
    found = {node.iri: row for node, row in zip(settled.nodes, rows, strict=True)}
    return Significance(
        network=network.full_name,
        name=name,
        statistic=label,
        family=Text(fr="les nœuds, chaque ensemble à part", en="the nodes, each set apart"),
        run=run,
        alternative=plan.alternative,
        alpha=plan.alpha,
        rows=tuple(
            replace(found[node.iri], label=node.label, iri=node.iri, set=node.set) for node in network.nodes
        ),
    )


def _used(
    measure: str | Callable[[Network], Scores], network: Network
) -> Measure | Callable[[Network], Scores]:
    if not isinstance(measure, str):
        return measure
    node_measure(measure)
    used = applicable(measure, network)
    if used.name in TIES_DECIDE:
        raise InvalidParameter(
            fr=f"La mesure « {used.name} » dépend du poids des liens, que les réseaux tirés n’ont pas : "
            "prenez une autre mesure.",
            en=f"The measure “{used.name}” depends on the weights of ties, which random networks have not: "
            "take another measure.",
        )
    return measure_named(used.instead) if used.connected_only else used


def redrawn(network: Network, matrix: csr_array[Any, Any]) -> Network:
    """Return the network with the ties of ``matrix`` (sources × targets) in place of its own."""
    import numpy as np

    rows = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    columns = matrix.indices.astype(np.int64) + matrix.shape[0]
    return replace(network, edges=Ties.without_words(rows, columns))


def tested_rows(outcome: Outcome, plan: Plan, proved: BoolArray, families: Any) -> list[Tested]:
    """Return one row per statistic: p where it can vary, q within its family, why not where not.

    Parameters
    ----------
    outcome : Outcome
    plan : Plan
    proved : array of bool
        Where a constant statistic is known to be constant, not only seen to be.
    families : array of int
        The family of each statistic.
    """
    import numpy as np

    fixed = [_fixed(outcome, plan, bool(known), i) for i, known in enumerate(proved)]
    can = np.array([not why for why in fixed], dtype=bool)
    q = np.ones(len(fixed))
    for family in np.unique(families):
        mine = can & (families == family)
        q[mine] = adjusted(outcome.p[mine])
    rows = []
    for i, why in enumerate(fixed):
        away, sd = float(outcome.observed[i] - outcome.mean[i]), float(outcome.sd[i])
        rows.append(
            Tested(
                label="",
                iri="",
                observed=float(outcome.observed[i]),
                mean=float(outcome.mean[i]),
                sd=sd,
                z=away / sd if sd > 1e-12 else None,
                p=None if why else float(outcome.p[i]),
                q=None if why else float(q[i]),
                least_p=float(outcome.least_p[i]),
                fixed=why,
            )
        )
    return rows


def _fixed(outcome: Outcome, plan: Plan, known: bool, i: int) -> Fixed:
    if outcome.constant[i]:
        return "proved" if known else "seen"
    # A p at least that large in any case: leaving it out of the family (Tarone 1990, doi:10.2307/2531456)
    # hides no finding. Each tail must be that heavy by itself, or few draws would look like few values.
    sides = 2 if plan.alternative == "two-sided" else 1
    return "narrow" if outcome.least_p[i] > min(plan.alpha * sides, 0.99) else ""
