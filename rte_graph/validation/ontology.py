"""The ontology and its shapes, as validation and loading need them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import rdflib
from pyoxigraph import NamedNode, Triple

from rte_graph import resources
from rte_graph.namespaces import DCTERMS, RDFS, RTE, SH, SKOS, VOCABULARY_BASE
from rte_graph.rdf_io import parse_triples, read_graphs

_LABELS = (SKOS("prefLabel"), RDFS("label"), DCTERMS("title"), SH("name"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """Classes, properties, concepts, and the shapes that data must fit.

    Attributes
    ----------
    triples : tuple of Triple
        ``rte.ttl`` and the concept schemes.
    shapes : tuple of Path
        Files of SHACL shapes.
    """

    triples: tuple[Triple, ...]
    shapes: tuple[Path, ...]

    def terms(self) -> frozenset[str]:
        """Return the ``rte:`` terms that are declared."""
        return self._subjects(RTE)

    def concepts(self) -> frozenset[str]:
        """Return the concepts and schemes that are declared."""
        return self._subjects(VOCABULARY_BASE)

    def shapes_graph(self) -> rdflib.Graph:
        """Return the shapes as one graph."""
        return read_graphs(self.shapes)

    def _subjects(self, namespace: str) -> frozenset[str]:
        return frozenset(
            triple.subject.value
            for triple in self.triples
            if isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(namespace)
        )


def read_ontology(files: Iterable[Path], shapes: Iterable[Path]) -> Ontology:
    """Read an ontology from its files."""
    triples = tuple(triple for path in files for triple in parse_triples(path))
    return Ontology(triples=triples, shapes=tuple(shapes))


@lru_cache(maxsize=1)
def packaged_ontology() -> Ontology:
    """Return the ontology that comes with the package, read once."""
    return read_ontology(resources.ontology_files(), resources.shape_files())


def labels(triples: Iterable[Triple]) -> dict[str, dict[str, str]]:
    """Return the labels by IRI and language (``""`` for none); the first of several wins, sorted."""
    found: dict[str, dict[str, list[tuple[int, str]]]] = {}
    for triple in triples:
        predicate = triple.predicate.value
        if predicate in _LABELS and isinstance(triple.subject, NamedNode):
            language = getattr(triple.object, "language", None) or ""
            ranked = (_LABELS.index(predicate), getattr(triple.object, "value", ""))
            found.setdefault(triple.subject.value, {}).setdefault(language, []).append(ranked)
    return {iri: {lang: min(ranked)[1] for lang, ranked in by.items()} for iri, by in found.items()}


def choose(by_language: Mapping[str, str], lang: str) -> str | None:
    """Return the text in a language, else in French, English, or any."""
    for candidate in (lang, "fr", "en", *sorted(by_language)):
        if candidate in by_language:
            return by_language[candidate]
    return None
