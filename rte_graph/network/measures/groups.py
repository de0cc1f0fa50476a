"""Groups of nodes: ties within and between them, brokers between them, the centrality of a group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rte_graph.errors import InvalidParameter, UnknownName
from rte_graph.namespaces import VOCABULARY_BASE
from rte_graph.network.measures.arrays import joined, normalised, row_sums
from rte_graph.network.measures.clustering import closed
from rte_graph.network.measures.paths import searches, spread
from rte_graph.network.measures.references import EVERETT_BORGATTI, Reference
from rte_graph.network.measures.register import measure
from rte_graph.network.measures.results import Scores, Whole
from rte_graph.network.model import Network
from rte_graph.network.wording import Text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

NOT_STATED = f"{VOCABULARY_BASE}organisation-kind/not-stated"
"""The type of an organisation whose kind no source states: a gap, not a group."""


def stated_types(network: Network) -> list[str]:
    """Return each node's type, nothing where the source does not state one."""
    return ["" if NOT_STATED in node.type_iris else node.type for node in network.nodes]


def group_numbers(network: Network, groups: Sequence[str] | None) -> IntArray:
    """Number the groups from 0 in the order of their names, -1 for a node without one.

    Without ``groups`` they are the nodes' types.
    """
    import numpy as np

    names = stated_types(network) if groups is None else list(groups)
    if len(names) != len(network.nodes):
        raise InvalidParameter(
            fr=f"{len(names)} groupes pour {len(network.nodes)} nœuds : donnez-en un par nœud, dans "
            "leur ordre.",
            en=f"{len(names)} groups for {len(network.nodes)} nodes: give one per node, in their order.",
        )
    number = {name: place for place, name in enumerate(sorted(set(names) - {""}))}
    return np.array([number.get(name, -1) for name in names], dtype=np.int64)


@measure(
    "ei-index",
    kind="network",
    label=Text(fr="Indice E-I", en="E-I index"),
    definition=Text(
        fr="Paires liées d’un groupe à un autre moins paires liées au sein d’un groupe, sur toutes : −1 si "
        "tout se passe dans les groupes, 1 si tout se passe entre eux. Les groupes sont les types des "
        "nœuds, ou ceux que l’on donne ; les nœuds sans groupe, ou d’un type que la source ne dit pas, n’y "
        "entrent pas. Dépend de la taille des "
        "groupes.",
        en="Pairs joined from one group to another less pairs joined within a group, over all of them: −1 if "
        "everything happens within groups, 1 if everything happens between them. The groups are the nodes’ "
        "types, or those given; nodes without a group, or of a type that the source does not state, do not "
        "enter. Depends on the sizes of the groups.",
    ),
    formula="(E_ext − E_int) / (E_ext + E_int)",
    modes=("one-mode", "multi"),
    references=(
        Reference(
            text="Krackhardt, D. & Stern, R. N. (1988). Informal networks and organizational crises: an "
            "experimental simulation. Social Psychology Quarterly 51(2), 123–140.",
            doi="10.2307/2786835",
        ),
    ),
    complexity="O(E)",
    oracle="networkx.attribute_mixing_matrix; brute force over pairs",
    tested_by=("measures/test_published.py::test_ei_index_is_what_the_mixing_matrix_of_networkx_gives",),
    value_range=(-1.0, 1.0),
)
def ei_index(network: Network, groups: Sequence[str] | None = None) -> Whole:
    """E-I index of Krackhardt and Stern (None without a tie between nodes that have groups).

    Parameters
    ----------
    groups : sequence of str, optional
        Each node's group in the order of the nodes, empty for none; by default their types.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> ties = [("a", "b"), ("b", "c")]
    >>> net = network_from_rows("n", [("a", ""), ("b", ""), ("c", "")], ties, mode="one-mode")
    >>> ei_index(net, ["red", "red", "blue"]).value
    0.0
    """
    numbers = group_numbers(network, groups)
    row, column = joined(network).tocoo().coords
    known = (numbers[row] >= 0) & (numbers[column] >= 0)
    total = int(known.sum())
    outside = int((numbers[row][known] != numbers[column][known]).sum())
    return Whole(value=(2 * outside - total) / total if total else None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Brokerage:
    """Pairs of neighbours that a node joins and that are not tied to each other, by where the three stand.

    ``coordinator``: all in one group; ``gatekeeper``: one of the two in the broker's group (gatekeeper and
    representative, which only the direction of a tie tells apart); ``itinerant``: both in one other group;
    ``liaison``: in two other groups.
    """

    coordinator: FloatArray
    gatekeeper: FloatArray
    itinerant: FloatArray
    liaison: FloatArray

    def total(self) -> FloatArray:
        """Return the number of pairs that each node joins."""
        return self.coordinator + self.gatekeeper + self.itinerant + self.liaison


def brokerage_roles(network: Network, groups: Sequence[str] | None = None) -> Brokerage:
    """Count the pairs that each node joins, by Gould and Fernandez's roles.

    Parameters
    ----------
    groups : sequence of str, optional
        Each node's group in the order of the nodes; by default their types. Nodes without one are a group.

    References
    ----------
    Gould & Fernandez (1989), doi:10.2307/270949.
    """
    import numpy as np
    from scipy.sparse import coo_array, csr_array

    matrix, numbers = joined(network), group_numbers(network, groups) + 1
    found, size = matrix.tocoo(), len(network.nodes)
    row, column = found.coords
    same = numbers[row] == numbers[column]

    def part(chosen: Any) -> csr_array[Any, Any]:
        ends = (row[chosen], column[chosen])
        return coo_array((found.data[chosen], ends), shape=(size, size)).tocsr()

    within, across = part(same), part(~same)
    held = csr_array(
        (np.ones(size), (np.arange(size), numbers)), shape=(size, int(numbers.max(initial=0)) + 1)
    )
    own, other = row_sums(within), row_sums(across)
    in_groups = (across @ held).tocsr()
    paired = row_sums(in_groups * in_groups - in_groups) / 2
    return Brokerage(
        coordinator=own * (own - 1) / 2 - closed(within, within, within) / 2,
        gatekeeper=own * other - closed(within, across, across),
        itinerant=paired - closed(across, within, across) / 2,
        liaison=other * (other - 1) / 2 - paired - closed(across, across, across) / 2,
    )


@measure(
    "brokerage",
    label=Text(fr="Courtage", en="Brokerage"),
    definition=Text(
        fr="Paires de voisins du nœud qui ne sont pas liées entre elles, sur toutes les paires d’autres "
        "nœuds. Selon les groupes des trois (types des nœuds), brokerage_roles les partage en coordination "
        "(un seul groupe), garde ou représentation (un des deux dans le groupe du nœud ; sans direction des "
        "liens, un seul rôle), itinérance (les deux dans un autre groupe) et liaison (trois groupes).",
        en="Pairs of the node’s neighbours that are not joined to each other, over all pairs of other "
        "nodes. By the groups of the three (the nodes’ types), brokerage_roles splits them into "
        "coordination (one group), gatekeeping or representation (one of the two in the node’s group; one "
        "role, as ties have no direction), itinerant brokerage (both in one other group) and liaison (three "
        "groups).",
    ),
    formula="|{ {a,b} ⊆ N(v) : a, b not joined }| / ((V − 1)(V − 2)/2)",
    raw=Text(fr="nombre de paires", en="number of pairs"),
    modes=("one-mode", "multi"),
    references=(
        Reference(
            text="Gould, R. V. & Fernandez, R. M. (1989). Structures of mediation: a formal approach to "
            "brokerage in transaction networks. Sociological Methodology 19, 89–126.",
            doi="10.2307/270949",
        ),
    ),
    complexity="O(Σ d²)",
    oracle="networkx.triadic_census and that of R's sna; brute force over triples",
    unconfirmed=Text(
        fr="aucun tableau imprimé de rôles dans un réseau sans direction n’a été trouvé ; ceux "
        "de l’article, orientés, n’ont pas pu être consultés.",
        en="no printed table of roles in a network without direction was found; those of the "
        "article, which has directed ones, could not be consulted.",
    ),
    tested_by=(
        "measures/test_published.py::test_brokerage_adds_up_to_the_triad_census_of_the_florentine_families",
        "measures/test_published.py::test_coordinators_are_the_open_triples_of_each_group",
    ),
)
def brokerage(network: Network) -> Scores:
    """Pairs that the node joins, over all pairs of other nodes (0 where there are none).

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> ties = [("a", "b"), ("a", "c")]
    >>> net = network_from_rows("n", [("a", ""), ("b", ""), ("c", "")], ties, mode="one-mode")
    >>> brokerage(net).raw.tolist()
    [1.0, 0.0, 0.0]
    """
    import numpy as np

    raw = brokerage_roles(network).total()
    others = len(raw) - 1
    return normalised(raw, np.full(len(raw), max(others * (others - 1) / 2, 0.0)))


# ---- Centrality of a group (Everett & Borgatti 1999) ----


def _members(network: Network, iris: Iterable[str]) -> IntArray:
    """Positions of the group's nodes, sorted; in a two-mode network they must stand in one set."""
    import numpy as np

    place = {node.iri: position for position, node in enumerate(network.nodes)}
    found = sorted({place.get(iri, -1) for iri in iris})
    if not found or found[0] < 0:
        raise UnknownName(
            fr=f"Le groupe est vide ou nomme un nœud que « {network.name} » n’a pas : donnez des "
            "IRI de ses nœuds.",
            en=f"The group is empty or names a node that “{network.name}” does not have: give IRIs of its "
            "nodes.",
        )
    if len({network.nodes[position].set for position in found}) > 1:
        raise InvalidParameter(
            fr="Un groupe se prend dans un seul des deux ensembles : donnez des sources ou des cibles.",
            en="A group is taken from one of the two sets: give sources or targets.",
        )
    return np.array(found, dtype=np.int64)


@measure(
    "group-degree",
    kind="group",
    label=Text(fr="Degré d’un groupe", en="Group degree"),
    definition=Text(
        fr="Part des nœuds hors du groupe (de l’autre ensemble, s’il y en a deux) auxquels un membre au "
        "moins est lié : ce que le groupe touche à lui tout seul. Non défini s’il n’y a personne hors du "
        "groupe.",
        en="Share of the nodes outside the group (of the other set, where there are two) that at least one "
        "member is joined to: what the group reaches by itself. Not defined where nobody is outside.",
    ),
    formula="|∪ N(c) ∖ C| / (V − |C|), c ∈ C; two-mode: / m",
    modes=("one-mode", "two-mode", "multi"),
    references=(EVERETT_BORGATTI,),
    complexity="O(E)",
    oracle="networkx.group_degree_centrality",
    unconfirmed=Text(
        fr="les exemples chiffrés de l’article n’ont pas pu être consultés.",
        en="the article’s worked examples could not be consulted.",
    ),
    tested_by=("measures/test_groups.py::test_group_centralities_are_those_of_networkx",),
)
def group_degree(network: Network, iris: Iterable[str]) -> float | None:
    """Share of the others that the group is joined to.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> nodes = [("a", "source"), ("b", "source"), ("x", "target"), ("y", "target")]
    >>> group_degree(network_from_rows("n", nodes, [("a", "x"), ("b", "x")]), ["a", "b"])
    0.5
    """
    import numpy as np

    group = _members(network, iris)
    reached = np.setdiff1d(joined(network)[group].tocoo().coords[1], group)
    side = network.nodes[int(group[0])].set
    outside = len(network.nodes) - len(group)
    if network.mode == "two-mode":
        outside = len(network.positions("target" if side == "source" else "source"))
    return len(reached) / outside if outside else None


@measure(
    "group-closeness",
    kind="group",
    label=Text(fr="Proximité d’un groupe", en="Group closeness"),
    definition=Text(
        fr="Nombre de nœuds hors du groupe sur la somme de leurs distances au membre le plus proche ; non "
        "définie si l’un d’eux est hors d’atteinte (networkx compte alors 0) ou s’il n’y en a pas.",
        en="Number of nodes outside the group over the sum of their distances to the nearest member; not "
        "defined where one of them is out of reach (networkx counts 0 then) or there are none.",
    ),
    formula="(V − |C|) / Σ min_c d(c,v), v ∉ C",
    modes=("one-mode",),
    references=(EVERETT_BORGATTI,),
    complexity="O(|C|·E·h), h levels",
    oracle="networkx.group_closeness_centrality",
    unconfirmed=Text(
        fr="les exemples chiffrés de l’article n’ont pas pu être consultés.",
        en="the article’s worked examples could not be consulted.",
    ),
    tested_by=("measures/test_groups.py::test_group_centralities_are_those_of_networkx",),
)
def group_closeness(network: Network, iris: Iterable[str]) -> float | None:
    """Nodes outside over the sum of their distances to the group (None where one is out of reach).

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> ties = [("a", "b"), ("b", "c")]
    >>> net = network_from_rows("n", [("a", ""), ("b", ""), ("c", "")], ties, mode="one-mode")
    >>> group_closeness(net, ["a"]), group_closeness(net, ["a", "c"])
    (0.6666666666666666, 1.0)
    """
    import numpy as np

    group = _members(network, iris)
    nearest = np.full(len(network.nodes), np.inf)
    for _, distances, _ in searches(joined(network), group):
        nearest = np.minimum(nearest, distances.min(axis=1))
    total = float(nearest.sum())
    outside = len(nearest) - len(group)
    return outside / total if outside and np.isfinite(total) else None


@measure(
    "group-betweenness",
    kind="group",
    label=Text(fr="Intermédiarité d’un groupe", en="Group betweenness"),
    definition=Text(
        fr="Part des plus courts chemins entre les nœuds hors du groupe qui passent par un membre au moins, "
        "sur toutes les paires de ces nœuds ; non définie s’ils sont moins de deux.",
        en="Share of the shortest paths between the nodes outside the group that run through at least one "
        "member, over all pairs of these nodes; not defined where they are fewer than two.",
    ),
    formula="Σ (1 − σ_C̄(s,t)/σ(s,t)) / (u(u − 1)/2), s, t ∉ C, u = V − |C|, σ_C̄: shortest paths that avoid C",
    modes=("one-mode",),
    references=(EVERETT_BORGATTI,),
    complexity="O(V·E·h), h levels",
    oracle="networkx.group_betweenness_centrality",
    unconfirmed=Text(
        fr="les exemples chiffrés de l’article n’ont pas pu être consultés.",
        en="the article’s worked examples could not be consulted.",
    ),
    tested_by=("measures/test_groups.py::test_group_centralities_are_those_of_networkx",),
)
def group_betweenness(network: Network, iris: Iterable[str]) -> float | None:
    """Share of the shortest paths between others that run through the group.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> ties = [("a", "b"), ("b", "c")]
    >>> net = network_from_rows("n", [("a", ""), ("b", ""), ("c", "")], ties, mode="one-mode")
    >>> group_betweenness(net, ["b"])
    1.0
    """
    import numpy as np

    matrix, group = joined(network), _members(network, iris)
    outside = np.setdiff1d(np.arange(len(network.nodes)), group)
    if len(outside) < 2:
        return None
    rest, through = matrix[outside][:, outside].tocsr(), 0.0
    for starts, distances, counts in searches(matrix, outside):
        # Of the shortest paths between two others, those that are left when the group is away.
        around, left = spread(rest, np.searchsorted(outside, starts))
        distances, counts = distances[outside], counts[outside]
        avoiding = np.where(around == distances, left, 0.0)
        through += float((1 - avoiding[counts > 0] / counts[counts > 0]).sum())
    return through / (len(outside) * (len(outside) - 1))
