"""How much of the others' members a list gathers, against chance and against any list of its length."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rte_graph.network.model import Network
from rte_graph.network.nulls.ensemble import Plan, compare
from rte_graph.network.nulls.margins import margins_of, two_mode_matrix
from rte_graph.network.nulls.results import Significance, Tested
from rte_graph.network.nulls.significance import tested_rows
from rte_graph.network.ranking import rounded
from rte_graph.network.wording import Text, decimal, percent, whole

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    FloatArray = NDArray[np.float64]

STATISTIC = Text(fr="couverture des membres des autres", en="coverage of the others’ members")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyList:
    """What a list of the same length, drawn blindly among the named members, would gather.

    Attributes
    ----------
    label, iri : str
        The list's owner.
    named, members : int
        Length of the list; members of the network, those that no list names included.
    gathered, others_members : int
        Members of the others that the list gathers, of how many distinct ones.
    mean : float
        How many a blind list gathers on average.
    as_much : float
        Chance that a blind list gathers as many or more, 0–1 (hypergeometric, exact). It is 1 wherever every
        member stands in some list: then gathered = others_members + named − members, the least possible.
    """

    label: str
    iri: str
    named: int
    members: int
    gathered: int
    others_members: int
    mean: float
    as_much: float

    def sentence(self, lang: str = "fr") -> str:
        """Say what any list of this length would cover: coverage describes, it does not prove a choice."""
        members, others = whole(self.members, lang), whole(self.others_members, lang)
        names = f"{whole(self.named, lang)} {'name' if lang == 'en' else 'nom'}{'s' * (self.named > 1)}"
        mean = decimal(self.mean, lang, 1)
        sure = self.as_much >= 1
        share = percent(self.as_much, lang)
        if lang == "en":
            often = "and always as many or more" if sure else f"and as many or more in {share} of cases"
            return (
                f"{self.label} names {self.gathered} of the {others} members that the others name; any list "
                f"of {names} among the {members} would gather {mean} on average, {often}: coverage "
                "describes the list, it does not prove a choice."
            )
        often = "et toujours au moins autant" if sure else f"et autant ou plus dans {share} des cas"
        return (
            f"{self.label} nomme {self.gathered} des {others} membres que nomment les autres ; une liste "
            f"quelconque de {names} parmi les {members} en réunirait {mean} en moyenne, {often} : la "
            "couverture décrit la liste, elle ne prouve pas un choix."
        )

    def as_dict(self, lang: str = "fr") -> dict[str, Any]:
        """Return the comparison as the JSON output writes it."""
        return {
            "named": self.named,
            "members": self.members,
            "gathered": self.gathered,
            "othersMembers": self.others_members,
            "anyListMean": rounded(self.mean),
            "anyListAsMuch": rounded(self.as_much),
            "note": self.sentence(lang),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageTest:
    """Coverage of each target's list: against random networks, and against any list of its length.

    ``lists`` has one entry per row of ``significance``, in the same order. A p never goes without it.
    """

    significance: Significance
    lists: tuple[AnyList, ...]

    def sentences(self, lang: str = "fr") -> list[str]:
        """Say what was compared, then what any list would cover, for each list that covers half or more."""
        return [
            *self.significance.sentences(lang),
            *(each.sentence(lang) for each in self.lists if 2 * each.gathered >= max(1, each.others_members)),
        ]

    def as_dict(self, lang: str = "fr") -> dict[str, Any]:
        """Return the test as the JSON output writes it."""
        whole_test = self.significance.as_dict(lang)
        rows = [
            {**row, "anyList": each.as_dict(lang)}
            for row, each in zip(whole_test["rows"], self.lists, strict=True)
        ]
        return {**whole_test, "rows": rows}


def coverage_test(network: Network, plan: Plan) -> CoverageTest:
    """Test how much of the other targets' members each target gathers.

    Parameters
    ----------
    network : Network
        Two-mode; sources are the members, targets have the lists.
    plan : Plan

    Returns
    -------
    CoverageTest
        Targets in the network's order. ``observed`` is the coverage, 0–1 (0 where the others name nobody).

    Raises
    ------
    InvalidParameter, SizeLimit
        If the network is not two-mode or the plan makes no sense.

    Notes
    -----
    A long list covers much whatever stands in it. Random networks with the same degrees keep its length, and
    every member's number of lists, so that the p asks about the arrangement alone; the blind list (sampling
    without replacement among all members) shows what the length does.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [(name, "source") for name in "abc"] + [("x", "target"), ("y", "target")]
    >>> net = network_from_rows("n", nodes, [("a", "x"), ("b", "x"), ("c", "y")])
    >>> found = coverage_test(net, Plan(seed=1))
    >>> found.significance.run.draws, found.lists[0].mean, found.lists[0].as_much
    (3, 0.6666666666666666, 1.0)
    """
    settled = network.by_iri()
    matrix = two_mode_matrix(settled)
    outcome, run = compare(matrix, coverage, plan)
    free = margins_of(matrix).column_blocks() >= 0
    proved = ~free if run.method == "curveball" else free | True
    rows = tested_rows(outcome, plan, proved, free * 0)
    targets = [settled.nodes[position] for position in settled.positions("target")]
    places = {node.iri: place for place, node in enumerate(network.nodes)}
    order = sorted(range(len(targets)), key=lambda index: places[targets[index].iri])
    significance = Significance(
        network=network.full_name,
        name="coverage",
        statistic=STATISTIC,
        family=Text(fr="toutes les listes", en="all lists"),
        run=run,
        alternative=plan.alternative,
        alpha=plan.alpha,
        rows=tuple(
            replace(rows[index], label=targets[index].label, iri=targets[index].iri, set="target")
            for index in order
        ),
    )
    lists = _any_lists(two_mode_matrix(network), significance.rows)
    return CoverageTest(significance=significance, lists=lists)


def _parts(matrix: csr_array[Any, Any]) -> tuple[FloatArray, FloatArray]:
    """Return for each column how many of the others' rows it holds, and how many these are."""
    import numpy as np

    degrees = np.diff(matrix.indptr)
    row = np.repeat(np.arange(matrix.shape[0]), degrees)
    width = matrix.shape[1]
    alone = np.bincount(matrix.indices[degrees[row] == 1], minlength=width)
    held = np.bincount(matrix.indices, minlength=width)
    return (held - alone).astype(np.float64), ((degrees > 0).sum() - alone).astype(np.float64)


def coverage(matrix: csr_array[Any, Any]) -> FloatArray:
    """Return for each column the share of the other columns' rows that it holds too, 0 where there are none.

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> coverage(csr_array([[1, 1], [1, 0], [0, 1]])).tolist()
    [0.5, 0.5]
    """
    import numpy as np

    gathered, others = _parts(matrix)
    return np.divide(gathered, others, out=np.zeros(len(others)), where=others > 0)


def _any_lists(matrix: csr_array[Any, Any], rows: tuple[Tested, ...]) -> tuple[AnyList, ...]:
    import numpy as np
    from scipy.stats import hypergeom

    gathered, others = (part.astype(int).tolist() for part in _parts(matrix))
    members = int(matrix.shape[0])
    named = np.bincount(matrix.indices, minlength=matrix.shape[1]).tolist()
    return tuple(
        AnyList(
            label=row.label,
            iri=row.iri,
            named=named[i],
            members=members,
            gathered=gathered[i],
            others_members=others[i],
            mean=named[i] * others[i] / members if members else 0.0,
            as_much=_as_much(hypergeom, gathered[i], (members, others[i], named[i])),
        )
        for i, row in enumerate(rows)
    )


def _as_much(hypergeom: Any, gathered: int, sizes: tuple[int, int, int]) -> float:
    members, others, named = sizes
    # What any list is bound to gather needs no rounding error.
    if gathered <= max(0, named + others - members):
        return 1.0
    return float(hypergeom.sf(gathered - 1, members, others, named))
