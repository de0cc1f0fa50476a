"""Make a network: from the rows of a saved query, or from plain rows."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from rte_graph.errors import InvalidParameter, UnknownQuery, UnreadableQuery
from rte_graph.network.elements import distinct
from rte_graph.network.figures import number_of
from rte_graph.network.model import Mode, Network, Node, SetName
from rte_graph.network.naming import Row, labelled, told_apart
from rte_graph.network.wording import Text
from rte_graph.sparql.collation import collation_key

if TYPE_CHECKING:
    from rte_graph.network.snapshot import Snapshot
    from rte_graph.sparql.model import Library, NetworkHeader, SavedQuery
    from rte_graph.store.base import Store

SETS = ("source", "target")
MODES = ("two-mode", "one-mode", "multi")


def network_from_rows(
    name: str,
    nodes: Iterable[Row | Sequence[str]],
    edges: Iterable[Row | Sequence[str]],
    *,
    mode: Mode = "two-mode",
    source: Text | None = None,
    target: Text | None = None,
    title: Text | None = None,
    parameters: Iterable[tuple[str, str]] = (),
) -> Network:
    """Make a network from plain rows.

    Parameters
    ----------
    name : str
        Name of the network.
    nodes : iterable of mapping or sequence
        Mappings with the nodes query's columns (``node``, ``nodeLabel``, ``nodeType``,
        ``nodeTypeIri``, ``set``, ``formerName``, ``instances``), or sequences ``(iri, set, label)``.
        Several rows about one node (two types, two former names) are one node.
    edges : iterable of mapping or sequence
        Mappings with the network query's columns, or pairs ``(source, target)``.
    mode, source, target, title
        As in the header of the saved query.
    parameters : iterable of (str, str)
        What the rows were asked with.

    Raises
    ------
    UnreadableQuery
        If an edge ends at a node that the nodes do not name or that stands in the wrong set, if a
        node stands in two sets or in none, or if the mode is not known.

    Examples
    --------
    >>> net = network_from_rows("clubs", [("ann", "source"), ("chess", "target")], [("ann", "chess")])
    >>> net.source_count, net.target_count, len(net.edges)
    (1, 1, 1)
    """
    from rte_graph.network.reading import Rows
    from rte_graph.network.ties import ties_of

    check_mode(name, mode)
    ordered = ordered_nodes(name, (_node_row(row) for row in nodes), mode)
    ties = ties_of(name, Rows.of_records(_edge_row(row) for row in edges), ordered, mode)
    return Network(
        name=name,
        mode=mode,
        source=source or Text(fr="Sources", en="Sources"),
        target=target or Text(fr="Cibles", en="Targets"),
        nodes=tuple(ordered),
        edges=ties,
        title=title or Text(fr=name, en=name),
        parameters=tuple(parameters),
    )


def check_mode(name: str, mode: str) -> None:
    """Refuse a mode that there is not.

    Raises
    ------
    UnreadableQuery
        Naming the modes.
    """
    if mode not in MODES:
        raise UnreadableQuery(
            fr=f"Le réseau « {name} » a pour mode « {mode} » : écrivez {', '.join(MODES)}.",
            en=f"The network “{name}” has the mode “{mode}”: write one of {', '.join(MODES)}.",
        )


def ordered_nodes(name: str, rows: Iterable[Row], mode: Mode) -> list[Node]:
    """Merge the rows about each node; sources first, then targets, each by label, then IRI."""
    merged = told_apart(_merged_nodes(name, rows, mode))
    return sorted(merged, key=lambda node: (SETS.index(node.set), collation_key(node.label), node.iri))


def build_network(
    store: Store, library: Library, name: str, lang: str = "fr", values: Mapping[str, str] | None = None
) -> Network:
    """Read the network that the saved query ``name`` describes.

    Parameters
    ----------
    store : Store
        Where the data are.
    library : Library
        The saved queries; the query must have a ``network`` header.
    name : str
        Name of the saved query.
    lang : {"fr", "en"}
        Language of the labels.
    values : mapping of str to str, optional
        Values of the query's parameters, for its nodes query too where that has the same ones.

    Raises
    ------
    UnknownQuery
        If there is no such query, or it is not a network.
    InvalidParameter
        If the query does not have one of the parameters.
    UnreadableQuery
        If its rows do not fit together (see `network_from_rows`).
    """
    from rte_graph.network.snapshot import kept
    from rte_graph.sparql.engine import bound_text, default_values

    saved, header = _network_query(library, name)
    given = dict(values or {})
    _check_parameters(library, saved, given)
    check_mode(name, header.mode)
    asked = [_Asked(saved, default_values(saved) | given)]
    if header.nodes is not None:
        query = library.get(header.nodes)
        shared = {parameter.name for parameter in query.parameters} & given.keys()
        asked.append(_Asked(query, default_values(query) | {each: given[each] for each in sorted(shared)}))
    texts = [bound_text(store, each.query, each.values, lang) for each in asked]
    found = kept(store, (header.mode, lang, *texts), lambda: _read(store, name, header.mode, lang, asked))
    return Network(
        name=name,
        mode=header.mode,
        source=header.source,
        target=header.target,
        nodes=found.nodes,
        edges=found.ties,
        title=header.label,
        parameters=tuple(_in_force(saved, asked[0].values)),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query with the values of its parameters."""

    query: SavedQuery
    values: Mapping[str, str]


def _read(store: Store, name: str, mode: Mode, lang: str, asked: Sequence[_Asked]) -> Snapshot:
    """Ask the store for the ties, then for the nodes (those at their ends where no query gives any)."""
    from rte_graph.network.reading import read_rows
    from rte_graph.network.snapshot import Snapshot
    from rte_graph.network.ties import ties_of
    from rte_graph.sparql.engine import select_query

    # The engine sorts and labels what it returns in order; ties and nodes are sorted here.
    rows, *others = (read_rows(select_query(store, each.query, each.values, lang)) for each in asked)
    records = others[0].records() if others else _nodes_of_edges(rows.records())
    nodes = ordered_nodes(name, labelled(store, list(records), lang), mode)

    def label(end: Row) -> Row:
        return labelled(store, [end], lang)[0]

    return Snapshot(nodes=tuple(nodes), ties=ties_of(name, rows, nodes, mode, label))


def _in_force(query: SavedQuery, values: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give each parameter of the query that has a value, with that value."""
    for parameter in query.parameters:
        value = values.get(parameter.name, parameter.default)
        if value is not None:
            yield parameter.name, value


def _check_parameters(library: Library, query: SavedQuery, values: Iterable[str]) -> None:
    """Refuse a parameter that the network does not have, and name the networks that have it."""
    known = {parameter.name for parameter in query.parameters}
    for name in values:
        if name in known:
            continue
        having = ", ".join(
            other.name for other in library.networks() if name in {each.name for each in other.parameters}
        )
        fr = f" ; ces réseaux l’ont : {having}" if having else ""
        en = f"; these networks have it: {having}" if having else ""
        raise InvalidParameter(
            fr=f"Le réseau « {query.name} » n’a pas de paramètre « {name} » : retirez-le{fr}.",
            en=f"The network “{query.name}” has no parameter “{name}”: leave it out{en}.",
        )


def _network_query(library: Library, name: str) -> tuple[SavedQuery, NetworkHeader]:
    saved = library.queries.get(name)
    if saved is not None and saved.network is not None:
        return saved, saved.network
    names = [query.name for query in library.networks()]
    near = difflib.get_close_matches(name.lower(), names, n=3, cutoff=0.4) or names
    what_fr = "est une requête, pas un réseau" if saved else "n’est pas un réseau connu"
    what_en = "is a query, not a network" if saved else "is not a known network"
    if not near:
        raise UnknownQuery(
            fr=f"« {name} » {what_fr}, et la bibliothèque n’en contient aucun : ajoutez une requête "
            "dont l’en-tête porte « network ».",
            en=f"“{name}” {what_en}, and the library holds none: add a query with a “network” header.",
        )
    raise UnknownQuery(
        fr=f"« {name} » {what_fr} ; réseaux possibles : {', '.join(near)}.",
        en=f"“{name}” {what_en}; networks you can ask for: {', '.join(near)}.",
    )


def _nodes_of_edges(rows: Iterable[Row]) -> Iterator[Row]:
    """Nodes as the edges know them, for a network whose header names no nodes query."""
    for row in rows:
        for end in SETS:
            yield {
                "node": row.get(end),
                "set": end,
                "nodeLabel": row.get(f"{end}Label"),
                "nodeType": row.get(f"{end}Type"),
                "nodeTypeIri": row.get(f"{end}TypeIri"),
            }


def _node_row(row: Row | Sequence[str]) -> Row:
    if isinstance(row, Mapping):
        return row
    return {"node": row[0], "set": row[1], "nodeLabel": row[2] if len(row) > 2 else row[0]}


def _edge_row(row: Row | Sequence[str]) -> Row:
    return row if isinstance(row, Mapping) else {"source": row[0], "target": row[1]}


def _merged_nodes(name: str, rows: Iterable[Row], mode: Mode) -> list[Node]:
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row.get("node") or "", []).append(row)
    return [_node(name, iri, about, mode) for iri, about in grouped.items()]


def _node(name: str, iri: str, rows: list[Row], mode: Mode) -> Node:
    # Only a two-mode network has two sets; elsewhere all nodes stand in the first.
    sets = {row.get("set") for row in rows} if mode == "two-mode" else {"source"}
    label = min((row["nodeLabel"] for row in rows if row.get("nodeLabel")), key=str, default=iri)
    if len(sets) != 1 or not sets <= set(SETS) or not iri:
        raise UnreadableQuery(
            fr=f"Dans les nœuds du réseau « {name} », « {label} » doit se trouver dans un ensemble et un "
            "seul : donnez à la colonne ?set la valeur source ou target.",
            en=f"Among the nodes of the network “{name}”, “{label}” must stand in exactly one set: give the "
            "column ?set the value source or target.",
        )
    return Node(
        iri=iri,
        label=str(label),
        set=cast(SetName, sets.pop()),
        type=next((value for row in rows if (value := row.get("nodeType"))), ""),
        type_iris=distinct(row.get("nodeTypeIri") for row in rows),
        former_names=distinct(row.get("formerName") for row in rows),
        instances=max(int(number_of(row.get("instances")) or 1) for row in rows),
    )
