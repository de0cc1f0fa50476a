"""Keep the ties of a network that hold at a date, have a role, or stand in one source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rte_graph.errors import InvalidParameter, UnknownName
from rte_graph.network.documents import (
    document_labels,
    document_of_citations,
    documents_of,
    documents_of_nodes,
    find_document,
)
from rte_graph.network.model import Edge, Network
from rte_graph.network.periods import asked_period, holds
from rte_graph.network.wording import Text, whole
from rte_graph.sparql.collation import collation_key, fold
from rte_graph.sparql.terms import last_segment

if TYPE_CHECKING:
    from rte_graph.store.base import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which ties are wanted: at a date, with one of these roles, from one source ("" and () want all)."""

    on: str = ""
    roles: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filtered:
    """A network with the ties that passed, and a sentence for each filter."""

    network: Network
    notes: tuple[Text, ...] = field(default=())


def filtered(network: Network, wanted: Filters, store: Store, lang: str = "fr") -> Filtered:
    """Keep the ties that pass all the filters.

    Parameters
    ----------
    network : Network
    wanted : Filters
    store : Store
        Where the sources are named.
    lang : {"fr", "en"}
        Language of the sources' names.

    Returns
    -------
    Filtered
        The network's parameters name the filters. With ``source``, nodes that only another source ties or
        names are left out; otherwise all nodes stay, isolated if need be.

    Raises
    ------
    InvalidParameter, UnknownName, AmbiguousName
        If the date, a role or the source cannot be read or found.
    """
    notes: list[Text] = []
    if wanted.source:
        network, note = in_source(network, wanted.source, store, lang)
        notes.append(note)
    if wanted.roles:
        network, note = with_roles(network, wanted.roles)
        notes.append(note)
    if wanted.on:
        network, note = on_date(network, wanted.on)
        notes.append(note)
    return Filtered(network=network, notes=tuple(notes))


def on_date(network: Network, on: str) -> tuple[Network, Text]:
    """Leave out the ties that certainly do not hold at a date; undated ones stay, and are counted.

    Examples
    --------
    >>> from rte_graph.network import network_from_rows
    >>> ties = [{"source": "a", "target": "x", "start": "2020"}, {"source": "b", "target": "x"}]
    >>> net = network_from_rows("n", [("a", "source"), ("b", "source"), ("x", "target")], ties)
    >>> kept, note = on_date(net, "2019")
    >>> len(kept.edges), note.en
    (1, 'On 2019: yes 0 ties, no 1, undated 1; those that do not hold are left out, undated ones stay.')
    """
    asked = asked_period(on)
    answers = [holds(edge.start, edge.end, asked) for edge in network.edges]
    count = Counter(answers)
    kept = [edge for edge, answer in zip(network.edges, answers, strict=True) if answer != "no"]
    yes, no, undated = (count[name] for name in ("yes", "no", "undated"))
    note = Text(
        fr=f"À la date {on} : oui {_ties(yes, 'fr')}, non {no}, sans date {undated} ; ceux qui ne tiennent "
        "pas sont retirés, ceux sans date restent.",
        en=f"On {on}: yes {_ties(yes, 'en')}, no {no}, undated {undated}; those that do not hold are left "
        "out, undated ones stay.",
    )
    return _with_edges(network, kept, ("on", on)), note


def with_roles(network: Network, roles: Sequence[str]) -> tuple[Network, Text]:
    """Keep the ties whose role is one of these: label, or last part of the role's IRI.

    Raises
    ------
    InvalidParameter
        If the network's ties have no role.
    UnknownName
        If no tie has the role; the roles that there are are listed.
    """
    known = {edge.role_iri or edge.role: edge.role for edge in network.edges if edge.role or edge.role_iri}
    if not known:
        raise InvalidParameter(
            fr=f"Les liens de « {network.name} » n’ont pas de rôle : retirez --role.",
            en=f"The ties of “{network.name}” have no role: leave out --role.",
        )
    wanted = {iri for role in roles for iri in _meant(role, known)}
    kept = [edge for edge in network.edges if (edge.role_iri or edge.role) in wanted]
    names = ", ".join(dict.fromkeys(known[iri] for iri in sorted(wanted)))
    total = len(network.edges)
    note = Text(
        fr=f"Rôle : {names} ; {_ties(len(kept), 'fr')} sur {whole(total, 'fr')}.",
        en=f"Role: {names}; {_ties(len(kept), 'en')} of {whole(total, 'en')}.",
    )
    return _with_edges(network, kept, ("role", names)), note


def _meant(role: str, known: Mapping[str, str]) -> list[str]:
    wanted = fold(role)
    found = [iri for iri, label in known.items() if wanted in (fold(label), fold(last_segment(iri)), iri)]
    if not found:
        names = ", ".join(sorted(set(known.values()), key=collation_key))
        raise UnknownName(
            fr=f"Aucun lien n’a le rôle « {role} » ; rôles possibles : {names}.",
            en=f"No tie has the role “{role}”; roles that there are: {names}.",
        )
    return found


def in_source(network: Network, name: str, store: Store, lang: str = "fr") -> tuple[Network, Text]:
    """Keep the ties that one source states, and the nodes that another source alone ties not."""
    labels, cited = document_labels(store, lang), document_of_citations(store)
    document = find_document(labels, name)
    kept = [
        replace(edge, evidence=tuple(each for each in edge.evidence if cited.get(each) == document))
        for edge in network.edges
        if document in documents_of(edge, cited)
    ]
    tied, stay = _ends(network.edges), _ends(kept)
    naming = documents_of_nodes(store)
    gone = [
        node.iri
        for place, node in enumerate(network.nodes)
        if place not in stay and (place in tied or document not in naming.get(node.iri, {document}))
    ]
    label, total = labels[document], len(network.edges)
    note = Text(
        fr=f"Source : {label} ; {_ties(len(kept), 'fr')} sur {whole(total, 'fr')}, sans les nœuds que seule "
        f"une autre source lie ou nomme ({len(gone)}).",
        en=f"Source: {label}; {_ties(len(kept), 'en')} of {whole(total, 'en')}, without the nodes that only "
        f"another source ties or names ({len(gone)}).",
    )
    smaller = _with_edges(network, kept, ("source", label))
    return replace(smaller.without(gone), excluded=network.excluded), note


def _ends(edges: Iterable[Edge]) -> frozenset[int]:
    return frozenset(end for edge in edges for end in (edge.source, edge.target))


def _with_edges(network: Network, edges: Iterable[Edge], parameter: tuple[str, str]) -> Network:
    return replace(network, edges=tuple(edges), parameters=(*network.parameters, parameter))


def _ties(count: int, lang: str) -> str:
    if lang == "en":
        return f"{whole(count, lang)} tie{'s' * (count != 1)}"
    return f"{whole(count, lang)} lien{'s' * (count > 1)}"
