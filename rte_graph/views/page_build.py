"""From a network to what a page shows: the one module of this room that knows the rooms below."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from rte_graph.network.wording import Text
from rte_graph.typography import french
from rte_graph.views.page_facets import Facets, map_of, partition_of, read_boundary, read_facets
from rte_graph.views.page_model import (
    Making,
    PageCategory,
    PageEdge,
    PageFact,
    PageMeasure,
    PageNetwork,
    PageNode,
    same,
    shown,
    shown_text,
)
from rte_graph.views.page_texts import (
    Texts,
    data_version,
    licence_name,
    read_classes,
    read_sources,
    read_texts,
)

if TYPE_CHECKING:
    from rte_graph.network.hubs import HubRow
    from rte_graph.network.model import Edge, Network, Node, SetName
    from rte_graph.sparql.model import Library, SavedQuery
    from rte_graph.store.base import Store

RTE = "https://w3id.org/rte/ontology#"
META = RTE + "MetaCoalition"
ALLIANCE = RTE + "Alliance"
UNTYPED = RTE + "untyped"
UNTYPED_LABEL = Text(fr="type non précisé", en="type not stated")
NO_ROLE = RTE + "role"
NO_ROLE_LABEL = Text(fr="lien", en="tie")
# What one node's describe gives: facts whose sources are citations' IRIs.
Cited = tuple[PageFact, Sequence[str]]
FactReader = Callable[[str], Sequence[Cited]]


def page_network(
    store: Store,
    library: Library,
    name: str,
    *,
    facts: bool = True,
    values: Mapping[str, str] | None = None,
) -> PageNetwork:
    """Read a network with its measures, sources and texts in both languages.

    Parameters
    ----------
    store, library
        Where the data and the saved queries are.
    name : str
        Name of the network's saved query.
    facts : bool
        Whether to read what the sources say of each node; exports do without.
    values : mapping of str to str, optional
        Values of the query's parameters.

    Raises
    ------
    UnknownQuery
        If there is no such network.
    """
    from rte_graph.network.build import build_network

    return page_from_network(store, library, build_network(store, library, name, values=values), facts=facts)


def page_from_network(store: Store, library: Library, network: Network, *, facts: bool = True) -> PageNetwork:
    """Do the same for a network read before (and perhaps narrowed by the caller)."""
    from rte_graph.network.declared import read_declared
    from rte_graph.network.hubs import hubs
    from rte_graph.network.sentences import headline, leading

    saved = library.get(network.name)
    meta = read_declared(store).meta
    types = _types(store, network, meta)
    roles = [edge.role_iri or NO_ROLE for edge in network.edges]
    facets = read_facets(store, [node.iri for node in network.nodes])
    domains = [domain for facet in facets.values() for domain in facet.domains]
    texts = read_texts(store, {*types, *roles, *domains, *(node.iri for node in network.nodes)})
    told = _told(store, network, set(roles)) if facts else [[] for _ in network.nodes]
    sources = read_sources(store, _cited(network, told))
    number = {source.iri: i for i, source in enumerate(sources)}
    rows = hubs(network, _ranked_by(network))
    return PageNetwork(
        name=network.name,
        title=_titled(network, saved),
        description=Text(fr=french(saved.description.fr), en=saved.description.en),
        sides=(network.source, network.target),
        two_mode=network.mode == "two-mode",
        # A tie without a role is a pair, written once with its ends in no order of meaning.
        directed=network.mode != "two-mode" and any(edge.role_iri or edge.role for edge in network.edges),
        nodes=tuple(_nodes(network, types, texts, told, number, facets)),
        edges=tuple(_edge(edge, role, number) for edge, role in zip(network.edges, roles, strict=True)),
        types=_categories(types, texts, {n: node.type for n, node in zip(types, network.nodes, strict=True)}),
        roles=_categories(roles, texts, {r: e.role for r, e in zip(roles, network.edges, strict=True)}),
        measures=_measures(network, rows),
        domains=_categories(domains, texts, {}),
        partition=partition_of(network) if facts else None,
        sources=sources,
        findings=_findings(network, rows),
        headline=shown_text(headline(network, rows)),
        hub=leading(network, rows),
        map=map_of(store, library, network) if facts and not _is_large(network) else None,
        making=_making(store, library, network),
    )


def _is_large(network: Network) -> bool:
    from rte_graph.settings import large_network_nodes

    return len(network.nodes) > large_network_nodes()


def _ranked_by(network: Network) -> list[str] | None:
    """Return what to rank by: all the usual measures, or in a large network those that walk no paths."""
    from rte_graph.network.hubs import DEFAULT_MEASURES
    from rte_graph.network.measures import measure_named

    if not _is_large(network):
        return None
    walked = ("betweenness", "closeness")
    return [m for m in DEFAULT_MEASURES if m not in walked and network.mode in measure_named(m).modes]


def _told(store: Store, network: Network, roles: set[str]) -> list[list[Cited]]:
    """Read what the sources say of each node."""
    from rte_graph.views.page_facts import fact_reader

    reader = fact_reader(store, [node.iri for node in network.nodes], roles)
    return [list(reader(node.iri)) for node in network.nodes]


def _cited(network: Network, told: Iterable[Iterable[Cited]]) -> list[str]:
    """Return the IRIs of the citations of links and facts."""
    cited = [iri for edge in network.edges for iri in _iris(edge.evidence)]
    return cited + [iri for each in told for _, iris in each for iri in iris]


def _titled(network: Network, saved: SavedQuery) -> Text:
    """Return the title; what the network was asked with stands in it, where that is not the default."""
    defaults = {parameter.name: parameter.default for parameter in saved.parameters}
    asked = [f"{name} = {value}" for name, value in network.parameters if value != defaults.get(name)]
    if not asked:
        return network.title
    tail = f" ({', '.join(asked)})"
    return Text(fr=network.title.fr + tail, en=network.title.en + tail)


def _edge(edge: Edge, role: str, number: Mapping[str, int]) -> PageEdge:
    return PageEdge(
        source=edge.source,
        target=edge.target,
        role=role,
        start=edge.start,
        end=edge.end,
        weight=edge.weight,
        sources=_numbers(_iris(edge.evidence), number),
    )


def _types(store: Store, network: Network, meta: Mapping[str, str]) -> list[str]:
    """Keys of the types: a declared meta-coalition, else what the query says, else the node's class."""
    untold = [node.iri for node in network.nodes if not node.type_iris and not node.type]
    classes = read_classes(store, untold)
    return [
        META
        if node.iri in meta
        else (node.type_iris[0] if node.type_iris else node.type or classes.get(node.iri, UNTYPED))
        for node in network.nodes
    ]


def _iris(evidence: Iterable[str]) -> list[str]:
    """Citations come one by one or joined by spaces (GROUP_CONCAT)."""
    return sorted({iri for text in evidence for iri in text.split()})


def _numbers(iris: Iterable[str], number: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(sorted(number[iri] for iri in iris if iri in number))


def _nodes(
    network: Network,
    types: Sequence[str],
    texts: Mapping[str, Texts],
    told: Sequence[Sequence[Cited]],
    number: Mapping[str, int],
    facets: Mapping[str, Facets],
) -> Iterator[PageNode]:
    for node, kind, facts in zip(network.nodes, types, told, strict=True):
        yield _node(node, kind, texts, facts, number, facets.get(node.iri, Facets()))


def _node(
    node: Node,
    kind: str,
    texts: Mapping[str, Texts],
    facts: Sequence[tuple[PageFact, Sequence[str]]],
    number: Mapping[str, int],
    facet: Facets,
) -> PageNode:
    from dataclasses import replace

    known, former = texts.get(node.iri), tuple(shown(name) for name in node.former_names)
    return PageNode(
        iri=node.iri,
        label=shown_text(known.label if known and known.label.fr else same(node.label)),
        type=kind,
        side=node.set,
        former_names=former,
        other_names=tuple(name for name in known.other_names if name not in former) if known else (),
        facts=tuple(replace(fact, sources=_numbers(iris, number)) for fact, iris in facts),
        domains=facet.domains,
        start=facet.start,
        end=facet.end,
    )


def _categories(
    keys: Sequence[str], texts: Mapping[str, Texts], words: Mapping[str, str]
) -> tuple[PageCategory, ...]:
    """Return the categories in use: meta-coalitions first, then by how many, then by key."""
    used = sorted(set(keys), key=lambda key: (key != META, _rank_of(key), -keys.count(key), key))
    found = []
    for key in used:
        known = texts.get(key)
        word = words.get(key) or key.rstrip("/").replace("#", "/").rsplit("/", 1)[-1]
        plain = {UNTYPED: UNTYPED_LABEL, NO_ROLE: NO_ROLE_LABEL}.get(key, same(word))
        label = known.label if known and known.label.fr and key != NO_ROLE else plain
        found.append(
            PageCategory(
                key=key,
                label=Text(fr=_capital(label.fr), en=_capital(label.en)) if "role" not in key else label,
                definition=known.definition if known else same(""),
            )
        )
    return tuple(found)


def _rank_of(key: str) -> int:
    return 0 if "alliance-form" in key or key == ALLIANCE else 1


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _measures(network: Network, rows: Sequence[HubRow]) -> tuple[PageMeasure, ...]:
    from rte_graph.network.measures import measure_named

    place = {node.iri: i for i, node in enumerate(network.nodes)}
    found = []
    for name in dict.fromkeys(row.measure for row in rows):
        values: list[float | None] = [None] * len(network.nodes)
        ranks: list[int | None] = [None] * len(network.nodes)
        raw: list[float | None] = [None] * len(network.nodes)
        for row in rows:
            if row.measure == name:
                values[place[row.iri]], ranks[place[row.iri]] = row.value, row.rank
                raw[place[row.iri]] = row.raw
        known = measure_named(name)
        label = Text(fr=_capital(known.label.fr), en=_capital(known.label.en))
        found.append(
            PageMeasure(
                name=name,
                label=label,
                definition=for_readers(known.definition),
                values=tuple(values),
                ranks=tuple(ranks),
                raw=tuple(raw) if any(value is not None for value in raw) else (),
            )
        )
    return tuple(found)


def for_readers(definition: Text) -> Text:
    """Leave out of a definition what names software: that is told in the documentation of the measures."""
    aside = re.compile(r"\s*\((?:networkx|scipy)[^)]*\)")
    return Text(fr=aside.sub("", definition.fr), en=aside.sub("", definition.en))


def _findings(network: Network, rows: Sequence[HubRow]) -> tuple[Text, ...]:
    """Say why the leading node is the hub, in the words of the hub tables; then the first target."""
    from rte_graph.network.sentences import leading, why_sentence

    if network.mode != "two-mode" or not network.edges:
        return ()
    first = leading(network, rows)
    names: list[SetName] = ["target"]
    if first is not None and first < network.source_count:
        names.insert(0, "source")
    said = (
        Text(fr=why_sentence(network, rows, name, "fr"), en=why_sentence(network, rows, name, "en"))
        for name in names
    )
    return tuple(shown_text(text) for text in said if text.fr)


def _making(store: Store, library: Library, network: Network) -> Making:
    from rte_graph.network.lineage import SOFTWARE, data_hash, query_text

    version, licences = data_version(store)
    digest = data_hash(store)
    data = f"{version} ({digest[:12]})".strip()
    cite_fr = f"RTE, réseau «\u00a0{network.full_name}\u00a0», données {data}, {SOFTWARE}"
    cite_en = f"RTE, network “{network.full_name}”, data {data}, {SOFTWARE}"
    left_out = ", ".join(network.excluded)
    return Making(
        query=query_text(library, network.name),
        parameters=(*network.parameters, *((("exclude", left_out),) if left_out else ())),
        data_version=version,
        data_hash=digest,
        software=SOFTWARE,
        licences=tuple((licence_name(address), address) for address in licences),
        cite=Text(fr=cite_fr, en=cite_en),
        scope=Text(
            fr="Seul ce que nomment les sources est compté\u00a0; ce qu’elles taisent reste inconnu.",
            en="Only what the sources name is counted; what they do not say is unknown, not absent.",
        ),
        boundary=read_boundary(store),
    )
