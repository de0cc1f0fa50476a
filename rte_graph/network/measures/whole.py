"""The network as a whole: how far it leans on one node, and how nested its lists are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rte_graph.network.measures.arrays import joined, row_sums
from rte_graph.network.measures.centrality import betweenness, closeness, degree, most_betweenness
from rte_graph.network.measures.references import BORGATTI_EVERETT, FREEMAN, Reference
from rte_graph.network.measures.register import measure
from rte_graph.network.measures.results import Whole
from rte_graph.network.model import Network
from rte_graph.network.structure import is_connected
from rte_graph.network.wording import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]


def _gap(values: FloatArray, largest: float) -> float | None:
    """Sum of what separates each value from the highest, over the largest such sum possible."""
    return float((values.max() - values).sum()) / largest if largest > 0 else None


def _by_set(network: Network, values: FloatArray, possible: tuple[bool, bool]) -> Whole:
    """One value per set: the mean gap to the highest among the others of the set."""
    n, m = network.source_count, network.target_count
    return Whole(
        source=_gap(values[:n], n - 1) if n and possible[0] else None,
        target=_gap(values[n:], m - 1) if m and possible[1] else None,
    )


@measure(
    "degree-centralisation",
    kind="network",
    label=Text(fr="Centralisation de degré", en="Degree centralisation"),
    definition=Text(
        fr="À quel point les liens tiennent à un seul nœud : somme des écarts au plus haut degré, rapportée "
        "à la plus grande somme possible pour des ensembles de ces tailles, nœuds isolés admis. Deux "
        "ensembles : une valeur pour chacun. (Borgatti & Everett divisent par (n − 1)(m − 1), sans nœud "
        "isolé : multipliez par m/(m − 1).)",
        en="How far the ties hang on one node: sum of the gaps to the highest degree, over the largest sum "
        "possible with sets of these sizes, isolates admitted. Two sets: a value for each. (Borgatti & "
        "Everett divide by (n − 1)(m − 1), without isolates: multiply by m/(m − 1).)",
    ),
    formula="Σ (d* − d) / ((n − 1) m); one-mode: Σ (d* − d) / ((V − 1)(V − 2))",
    modes=("two-mode", "one-mode"),
    references=(FREEMAN, BORGATTI_EVERETT),
    complexity="O(E)",
    oracle="manynet (R) on Southern Women; networkx.degree_centrality; all small networks (the largest "
    "sum is reached, never passed)",
    unconfirmed=Text(
        fr="les valeurs que Wasserman & Faust (1994) impriment pour les familles florentines "
        "(0,267 pour le degré, 0,383 pour l’intermédiarité, 0,322 pour la proximité) n’ont "
        "pas pu être relues dans le livre ; la formule de Freeman appliquée aux valeurs de "
        "networkx les redonne.",
        en="the values that Wasserman & Faust (1994) print for the Florentine families (0.267 "
        "for degree, 0.383 for betweenness, 0.322 for closeness) could not be read again in "
        "the book; Freeman’s formula applied to networkx’s values gives them.",
    ),
    tested_by=(
        "measures/test_published.py::test_two_mode_centralisation_of_southern_women_is_that_of_manynet",
        "measures/test_whole.py::test_florentine_families_as_published",
    ),
)
def degree_centralisation(network: Network) -> Whole:
    """Degree centralisation, by set where there are two (None where a set is too small to vary).

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target"), ("y", "target")]
    >>> degree_centralisation(network_from_rows("n", nodes, [("a", "x"), ("a", "y")])).source
    1.0
    """
    n, m, size = network.source_count, network.target_count, len(network.nodes)
    if network.mode == "two-mode":
        return _by_set(network, degree(network).values, (m > 0, n > 0))
    return Whole(value=_gap(row_sums(joined(network)), (size - 1) * (size - 2)) if size > 2 else None)


@measure(
    "betweenness-centralisation",
    kind="network",
    label=Text(fr="Centralisation d’intermédiarité", en="Betweenness centralisation"),
    definition=Text(
        fr="À quel point les plus courts chemins passent par un seul nœud : somme des écarts à la plus haute "
        "intermédiarité, rapportée à la plus grande possible. Deux ensembles : une valeur pour chacun.",
        en="How far the shortest paths run through one node: sum of the gaps to the highest betweenness, "
        "over the largest possible. Two sets: a value for each.",
    ),
    formula="Σ (b* − b) / ((n − 1) b_max(n, m)); one-mode: Σ (b* − b) / ((V − 1)²(V − 2)/2)",
    modes=("two-mode", "one-mode"),
    references=(FREEMAN, BORGATTI_EVERETT),
    complexity="O(V·E·h), h levels",
    oracle="manynet (R) on Southern Women (where n > m it divides by 2(n − 1)(m − 1), which can be less than "
    "the largest betweenness there is); networkx.betweenness_centrality; all small networks (the largest sum "
    "is reached, never passed)",
    unconfirmed=Text(
        fr="les valeurs que Wasserman & Faust (1994) impriment pour les familles florentines "
        "(0,267 pour le degré, 0,383 pour l’intermédiarité, 0,322 pour la proximité) n’ont "
        "pas pu être relues dans le livre ; la formule de Freeman appliquée aux valeurs de "
        "networkx les redonne.",
        en="the values that Wasserman & Faust (1994) print for the Florentine families (0.267 "
        "for degree, 0.383 for betweenness, 0.322 for closeness) could not be read again in "
        "the book; Freeman’s formula applied to networkx’s values gives them.",
    ),
    tested_by=(
        "measures/test_published.py::test_two_mode_centralisation_of_southern_women_is_that_of_manynet",
        "measures/test_whole.py::test_florentine_families_as_published",
    ),
)
def betweenness_centralisation(network: Network) -> Whole:
    """Betweenness centralisation, by set where there are two (None where nothing can lie between).

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> ties = [("a", "b"), ("a", "c")]
    >>> net = network_from_rows("n", [("a", ""), ("b", ""), ("c", "")], ties, mode="one-mode")
    >>> betweenness_centralisation(net).value
    1.0
    """
    n, m, size = network.source_count, network.target_count, len(network.nodes)
    values = betweenness(network).values
    if network.mode == "two-mode":
        possible = (n > 0 and most_betweenness(n, m) > 0, m > 0 and most_betweenness(m, n) > 0)
        return _by_set(network, values, possible)
    return Whole(value=_gap(values, size - 1) if size > 2 else None)


@measure(
    "closeness-centralisation",
    kind="network",
    label=Text(fr="Centralisation de proximité", en="Closeness centralisation"),
    definition=Text(
        fr="À quel point un seul nœud est plus proche de tous que les autres ; non définie si le réseau est "
        "en plusieurs morceaux.",
        en="How far one node is closer to all than the others are; not defined for a network in several "
        "pieces.",
    ),
    formula="Σ (c* − c) / ((V − 1)(V − 2)/(2V − 3))",
    modes=("one-mode",),
    references=(FREEMAN,),
    complexity="O(V·E·h), h levels",
    oracle="networkx.closeness_centrality; all small connected networks (the largest sum is reached, never "
    "passed)",
    unconfirmed=Text(
        fr="les valeurs que Wasserman & Faust (1994) impriment pour les familles florentines "
        "(0,267 pour le degré, 0,383 pour l’intermédiarité, 0,322 pour la proximité) n’ont "
        "pas pu être relues dans le livre ; la formule de Freeman appliquée aux valeurs de "
        "networkx les redonne.",
        en="the values that Wasserman & Faust (1994) print for the Florentine families (0.267 "
        "for degree, 0.383 for betweenness, 0.322 for closeness) could not be read again in "
        "the book; Freeman’s formula applied to networkx’s values gives them.",
    ),
    tested_by=(
        "measures/test_published.py::test_one_mode_centralisation_is_the_sum_of_gaps_of_networkx",
        "measures/test_whole.py::test_florentine_families_as_published",
    ),
)
def closeness_centralisation(network: Network) -> Whole:
    """Freeman's closeness centralisation of a connected one-mode network (None otherwise).

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> ties = [("a", "b"), ("a", "c")]
    >>> net = network_from_rows("n", [("a", ""), ("b", ""), ("c", "")], ties, mode="one-mode")
    >>> round(closeness_centralisation(net).value, 12)
    1.0
    """
    size = len(network.nodes)
    if size < 3 or not is_connected(network):
        return Whole()
    return Whole(value=_gap(closeness(network).values, (size - 1) * (size - 2) / (2 * size - 3)))


@measure(
    "nestedness",
    kind="network",
    label=Text(fr="Emboîtement (NODF)", en="Nestedness (NODF)"),
    definition=Text(
        fr="À quel point les plus courtes listes sont contenues dans les plus longues : moyenne, sur toutes "
        "les paires d’un ensemble, de la part des voisins du moins lié que l’autre a aussi, 0 pour deux "
        "degrés égaux, en pour cent. Pour les sources, pour les cibles et pour toutes les paires. Les nœuds "
        "isolés comptent (d’autres programmes les retirent d’abord).",
        en="How far the shorter lists are contained in the longer ones: mean, over all pairs of a set, of "
        "the share of the less joined node’s neighbours that the other has too, 0 for two equal degrees, in "
        "per cent. For the sources, the targets, and all pairs. Isolates count (other programs drop them "
        "first).",
    ),
    formula="100 · Σ |N(a) ∩ N(b)| / d(b) over d(a) > d(b) > 0, / (n(n − 1)/2 + m(m − 1)/2)",
    modes=("two-mode",),
    references=(
        Reference(
            text="Almeida-Neto, M., Guimarães, P., Guimarães, P. R., Loyola, R. D. & Ulrich, W. (2008). "
            "A consistent metric for nestedness analysis in ecological systems: reconciling concept and "
            "measurement. Oikos 117(8), 1227–1239.",
            doi="10.1111/j.0030-1299.2008.16644.x",
        ),
    ),
    complexity="O(Σ d²)",
    oracle="the worked example of the article; brute force over pairs",
    tested_by=("measures/test_whole.py::test_nestedness_of_the_worked_example",),
    value_range=(0.0, 100.0),
)
def nestedness(network: Network) -> Whole:
    """NODF of both sets together, and of each (None where a set has no pair).

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target"), ("y", "target")]
    >>> nestedness(network_from_rows("n", nodes, [("a", "x"), ("a", "y"), ("b", "x")])).value
    100.0
    """
    matrix = network.biadjacency()
    rows, columns = _contained(matrix), _contained(matrix.T.tocsr())
    n, m = network.source_count, network.target_count
    left, right = n * (n - 1) / 2, m * (m - 1) / 2
    return Whole(
        value=100 * (rows + columns) / (left + right) if left + right else None,
        source=100 * rows / left if left else None,
        target=100 * columns / right if right else None,
    )


def _contained(matrix: Any) -> float:
    degrees = row_sums(matrix)
    shared = (matrix @ matrix.T).tocoo()
    longer, shorter = shared.coords
    nested = degrees[longer] > degrees[shorter]
    return float((shared.data[nested] / degrees[shorter[nested]]).sum())
