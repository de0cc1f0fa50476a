"""Which version of the ontology a store holds, and whether another is newer."""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

from rte_graph.namespaces import ONTOLOGY_IRI, OWL
from rte_graph.store import DiskStore, Store
from rte_graph.validation import Ontology

_VERSION = NamedNode(OWL("versionInfo"))


def version_of(ontology: Ontology) -> str:
    """Return the version that an ontology states of itself; empty when it states none."""
    for triple in ontology.triples:
        if triple.predicate == _VERSION and getattr(triple.subject, "value", "") == ONTOLOGY_IRI:
            return str(getattr(triple.object, "value", ""))
    return ""


def version_in(store: Store) -> str | None:
    """Return the version of the ontology that a store holds, empty when unknown; None without ontology."""
    if NamedNode(ONTOLOGY_IRI) not in store.datasets():
        return None
    if isinstance(store, DiskStore):
        return store.manifest.ontology_version
    rows = store.select(f"SELECT ?v WHERE {{ <{ONTOLOGY_IRI}> {_VERSION} ?v }} ORDER BY ?v LIMIT 1").rows
    found = next(rows, (None,))[0]
    return found.value if found is not None else ""


def is_newer(version: str, other: str) -> bool:
    """Tell whether a version comes after another; numbers count as numbers, no version comes first.

    Examples
    --------
    >>> is_newer("0.10.0", "0.9.1")
    True
    """
    return _parts(version) > _parts(other)


def _parts(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]
