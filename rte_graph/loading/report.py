"""What a load brought, asked of the store that now holds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from rte_graph.loading.incoming import Incoming
from rte_graph.loading.staging import TYPE
from rte_graph.namespaces import RTE
from rte_graph.store import Store
from rte_graph.validation import Report, choose, labels


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedDataset:
    """One dataset that was loaded: its IRI, its files, and how many triples they state."""

    iri: str
    label: str
    files: tuple[Path, ...]
    triples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """What a load brought.

    Attributes
    ----------
    datasets : tuple of LoadedDataset
        Sorted by IRI.
    entities : tuple of (class IRI, label, count)
        Entities by ``rte:`` class, most numerous first; subclasses count in their superclass too.
    validation : Report
        Warnings, if there are any.
    validated : bool
        Whether the shapes were asked; without them the report says nothing of conformance.
    replaced_ontology : str or None
        Version of the ontology that a newer one replaced; empty when it stated none.
    """

    datasets: tuple[LoadedDataset, ...]
    entities: tuple[tuple[str, str, int], ...]
    validation: Report
    validated: bool
    replaced_ontology: str | None = None

    @property
    def triples(self) -> int:
        """Triples stated by the files, over all datasets."""
        return sum(dataset.triples for dataset in self.datasets)


def load_report(
    store: Store, incoming: Incoming, lang: str, *, shapes: bool, replaced_ontology: str | None = None
) -> LoadReport:
    """Return what a load brought."""
    names = names_in(store, incoming.members)
    datasets = tuple(
        LoadedDataset(
            iri=dataset.value,
            label=name_of(dataset, names, lang),
            files=paths,
            triples=incoming.stated(dataset),
        )
        for dataset, paths in incoming.members.items()
    )
    return LoadReport(
        datasets=datasets,
        entities=entities(store, tuple(incoming.members), lang),
        validation=incoming.validation,
        validated=shapes,
        replaced_ontology=replaced_ontology,
    )


def entities(store: Store, datasets: Sequence[NamedNode], lang: str) -> tuple[tuple[str, str, int], ...]:
    """Count what some datasets of a store (or, without any, all of it) describe; see :class:`LoadReport`."""
    counted = {
        NamedNode(kind.value): int(count.value)
        for kind, count in store.select(_count_by_class(datasets)).rows
        if isinstance(kind, NamedNode) and isinstance(count, Literal) and kind.value.startswith(RTE)
    }
    names = names_in(store, counted)
    rows = [(kind.value, name_of(kind, names, lang), count) for kind, count in counted.items()]
    return tuple(sorted(rows, key=lambda row: (-row[2], row[0])))


def names_in(store: Store, nodes: Iterable[NamedNode]) -> Mapping[str, Mapping[str, str]]:
    """Return the labels that a store gives to some nodes, by IRI and language."""
    listed = " ".join(map(str, nodes))
    query = "CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?s { %s } ?s ?p ?o FILTER(isLiteral(?o)) }"
    return labels(store.construct(query % listed))


def name_of(node: NamedNode, names: Mapping[str, Mapping[str, str]], lang: str) -> str:
    """Return the label of a node, else the end of its IRI."""
    return choose(names.get(node.value, {}), lang) or re.split(r"[#/]", node.value)[-1]


def _count_by_class(datasets: Sequence[NamedNode]) -> str:
    if not datasets:
        where = f"?s {TYPE} ?class"
    elif len(datasets) == 1:
        where = f"GRAPH {datasets[0]} {{ ?s {TYPE} ?class }}"
    else:
        # What two datasets describe counts once; a FILTER needs no memory, as DISTINCT would.
        listed = " ".join(map(str, datasets))
        stated = f"VALUES ?dataset {{ {listed} }} GRAPH ?dataset {{ ?s {TYPE} ?class }}"
        where = f"?s {TYPE} ?class FILTER EXISTS {{ {stated} }}"
    return f"SELECT ?class (COUNT(*) AS ?n) WHERE {{ {where} }} GROUP BY ?class"
