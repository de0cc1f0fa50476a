"""The first of two readings of files too large for memory: what they describe, and undeclared terms.

Nothing is kept but names: the second reading, which writes, streams too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeGuard

from pyoxigraph import NamedNode, Triple

from rte_graph.loading.staging import DATASET, TYPE
from rte_graph.namespaces import RTE, VOCABULARY_BASE
from rte_graph.rdf_io import iter_pieces, triples_in
from rte_graph.store import Store
from rte_graph.validation import Ontology, Report, SourceFile
from rte_graph.validation.checks import check_terms
from rte_graph.validation.report import sorted_results
from rte_graph.validation.sources import SourceIndex

# More would not help anybody to repair a file, and they are kept in memory.
_MOST_NAMES, _MOST_USES = 1000, 20
_DATASET_TEXT = str(DATASET).encode()

# In N-Triples, where an IRI stands between angle brackets and nothing is shortened.
_OURS = re.compile(f"<((?:{re.escape(RTE)}|{re.escape(VOCABULARY_BASE)})[^>]*)>".encode())
_ESCAPED_IRI = re.compile(rb'<[^<>"\\]*\\')


@dataclass(slots=True)
class Surveyor:
    """Reads files one after the other and remembers what is undeclared in them."""

    ontology: Ontology
    _known: set[NamedNode] = field(init=False)
    _known_text: set[bytes] = field(init=False)
    _declared: set[NamedNode] = field(default_factory=set)
    _uses: dict[NamedNode, list[tuple[Path, Triple]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._known = set(map(NamedNode, self.ontology.terms() | self.ontology.concepts()))
        self._known_text = {node.value.encode() for node in self._known}

    def read(self, path: Path) -> frozenset[NamedNode]:
        """Read one file; return the datasets that it describes."""
        described: set[NamedNode] = set()
        for piece in iter_pieces(path):
            # Triples are made only where the text has something to tell; a look at it costs far less.
            if self._is_worth_reading(piece):
                self._read(path, triples_in(piece), described)
        return frozenset(described)

    def _is_worth_reading(self, piece: bytes) -> bool:
        """Whether a piece may describe a dataset or name something of ours that is not declared.

        What merely looks so, in a literal, is read for nothing.
        """
        if _DATASET_TEXT in piece or not self._known_text.issuperset(_OURS.findall(piece)):
            return True
        return b"\\" in piece and _ESCAPED_IRI.search(piece) is not None

    def _read(self, path: Path, triples: Iterable[Triple], described: set[NamedNode]) -> None:
        for triple in triples:
            subject, predicate, value = triple.subject, triple.predicate, triple.object
            if value == DATASET and predicate == TYPE and isinstance(subject, NamedNode):
                described.add(subject)
            for term in filter(self._is_undeclared, (predicate, value)):
                self._remember(term, path, triple)
            if self._is_undeclared(subject):
                if subject.value.startswith(VOCABULARY_BASE):
                    self._declared.add(subject)
                else:
                    self._remember(subject, path, triple)

    def _is_undeclared(self, term: object) -> TypeGuard[NamedNode]:
        if not isinstance(term, NamedNode) or term in self._known:
            return False
        return term.value.startswith((RTE, VOCABULARY_BASE))

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


def survey(
    paths: Iterable[Path], ontology: Ontology, store: Store | None
) -> tuple[dict[Path, frozenset[NamedNode]], Report]:
    """Read files once; return the datasets each describes, and a violation for each undeclared term."""
    surveyor = Surveyor(ontology)
    described = {path: surveyor.read(path) for path in paths}
    return described, surveyor.report(store)
