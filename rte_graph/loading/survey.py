"""The first of two readings of files too large for memory: what they describe, and undeclared terms.

Nothing is kept but names: the second reading, which writes, streams too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from rte_graph.loading.staging import DATASET, TYPE
from rte_graph.namespaces import RTE, VOCABULARY_BASE
from rte_graph.rdf_io import iter_triples
from rte_graph.store import Store
from rte_graph.validation import Ontology, Report, SourceFile
from rte_graph.validation.checks import check_terms
from rte_graph.validation.report import sorted_results
from rte_graph.validation.sources import SourceIndex

# More would not help anybody to repair a file, and they are kept in memory.
_MOST_NAMES, _MOST_USES = 1000, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What one file holds."""

    path: Path
    triples: int
    described: frozenset[NamedNode]


@dataclass(slots=True)
class Surveyor:
    """Reads files one after the other and remembers what is undeclared in them."""

    ontology: Ontology
    _known: set[NamedNode] = field(init=False)
    _declared: set[NamedNode] = field(default_factory=set)
    _uses: dict[NamedNode, list[tuple[Path, Triple]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._known = set(map(NamedNode, self.ontology.terms() | self.ontology.concepts()))

    def read(self, path: Path) -> Survey:
        """Read one file."""
        known, declared, ours = self._known, self._declared, (RTE, VOCABULARY_BASE)
        described: set[NamedNode] = set()
        count = 0
        # A million times round: local names, and no test that most triples do not need.
        for triple in iter_triples(path):
            count += 1
            subject, predicate, value = triple.subject, triple.predicate, triple.object
            if predicate not in known and predicate.value.startswith(ours):
                self._remember(predicate, path, triple)
            if isinstance(value, NamedNode) and value not in known:
                if value.value.startswith(ours):
                    self._remember(value, path, triple)
                elif value == DATASET and predicate == TYPE and isinstance(subject, NamedNode):
                    described.add(subject)
            if isinstance(subject, NamedNode) and subject.value.startswith(ours) and subject not in known:
                if subject.value.startswith(VOCABULARY_BASE):
                    declared.add(subject)
                else:
                    self._remember(subject, path, triple)
        return Survey(path=path, triples=count, described=frozenset(described))

    def report(self, store: Store | None) -> Report:
        """Return a violation for each use of what neither the files nor a store nor the ontology declare."""
        loose: dict[Path, dict[Triple, None]] = {}
        declared = {*self._declared, *(name for name in self._uses if _declares(store, name))}
        for name, uses in self._uses.items():
            for path, triple in uses if name not in declared else ():
                loose.setdefault(path, {})[triple] = None
        files = [SourceFile(path=path, triples=tuple(triples)) for path, triples in loose.items()]
        also = [Triple(name, TYPE, name) for name in declared]
        return Report(
            results=sorted_results(check_terms(files, self.ontology, SourceIndex(files), also=also))
        )

    def _remember(self, name: NamedNode, path: Path, triple: Triple) -> None:
        uses = self._uses.get(name)
        if uses is None:
            if len(self._uses) >= _MOST_NAMES:
                return
            uses = self._uses[name] = []
        if len(uses) < _MOST_USES:
            uses.append((path, triple))


def _declares(store: Store | None, name: NamedNode) -> bool:
    """Whether a store describes a concept; terms are declared by the ontology alone."""
    concept = name.value.startswith(VOCABULARY_BASE)
    return concept and store is not None and store.ask(f"ASK {{ {name} ?p ?o }}")


def survey(paths: Iterable[Path], ontology: Ontology, store: Store | None) -> tuple[list[Survey], Report]:
    """Read files once; return what each holds, and a violation for each undeclared term."""
    surveyor = Surveyor(ontology)
    found = [surveyor.read(path) for path in paths]
    return found, surveyor.report(store)
