"""Find the node that a name means: by label, former name or IRI, blind to accents and case."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rte_graph.errors import AmbiguousName, UnknownName
from rte_graph.namespaces import shorten
from rte_graph.network.model import Network, Node
from rte_graph.sparql.collation import fold

if TYPE_CHECKING:
    from rte_graph.store.base import Store

SHOWN = 5


def find_node(network: Network, name: str, store: Store | None = None, lang: str = "fr") -> Node:
    """Return the node of a network that ``name`` means.

    Parameters
    ----------
    network : Network
        Where to look.
    name : str
        Label, former name or IRI; part of a label will do if it fits one node only.
    store : Store, optional
        Where other names (alternative labels, former names) are looked up if no label fits.
    lang : {"fr", "en"}
        Language of the store's messages.

    Raises
    ------
    AmbiguousName
        If several nodes fit; they are listed.
    UnknownName
        If none fits; the nearest labels are given.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> net = network_from_rows("n", [("i:1", "source", "Chênelet"), ("i:2", "target", "Emploi")], [])
    >>> find_node(net, "chenelet").iri
    'i:1'
    """
    found = _fitting(network, name)
    if not found and store is not None:
        found = _through_store(network, name, store, lang)
    if len(found) == 1:
        return found[0]
    if found:
        shown = [f"{node.label} ({shorten(node.iri)})" for node in found[:SHOWN]]
        raise AmbiguousName(
            fr=f"« {name} » peut désigner {len(found)} nœuds de « {network.name} », précisez : "
            f"{' ; '.join(shown)}.",
            en=f"“{name}” can mean {len(found)} nodes of “{network.name}”, be more precise: "
            f"{'; '.join(shown)}.",
        )
    raise _unknown(network, name)


def _fitting(network: Network, name: str) -> list[Node]:
    wanted = fold(name)
    by_iri = [node for node in network.nodes if name.strip("<>") in (node.iri, shorten(node.iri))]
    exact = [node for node in network.nodes if wanted in map(fold, (node.label, *node.former_names))]
    part = [node for node in network.nodes if len(wanted) > 1 and wanted in fold(node.label)]
    return by_iri or exact or part


def _through_store(network: Network, name: str, store: Store, lang: str) -> list[Node]:
    from rte_graph.sparql.names import Scope, resolve

    try:
        iri = resolve(store, name, scope=Scope(), lang=lang)
    except (UnknownName, AmbiguousName):
        return []
    return [node for node in network.nodes if node.iri == iri]


def _unknown(network: Network, name: str) -> UnknownName:
    near = _nearest((node.label for node in network.nodes), name)
    fr = f" ; les plus proches : {', '.join(near)}" if near else " : « rte-graph hubs » montre ses nœuds"
    en = f"; the nearest: {', '.join(near)}" if near else ": `rte-graph hubs` shows its nodes"
    return UnknownName(
        fr=f"« {name} » n’est pas un nœud de « {network.name} »{fr}.",
        en=f"“{name}” is not a node of “{network.name}”{en}.",
    )


def _nearest(labels: Iterable[str], name: str) -> list[str]:
    by_fold = {fold(label): label for label in labels}
    return [by_fold[key] for key in difflib.get_close_matches(fold(name), by_fold, n=3, cutoff=0.5)]
