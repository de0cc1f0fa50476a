"""From a statement back to the file and line in which it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from rte_graph.rdf_io import StatementLines, statement_lines
from rte_graph.rdf_io.terms import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file that was read, and what it states."""

    path: Path
    triples: tuple[Triple, ...]


class SourceIndex:
    """Finds statements in files; a file's lines are read only when something in it is cited."""

    def __init__(self, files: Sequence[SourceFile]) -> None:
        self._by_subject: dict[Term, list[Path]] = {}
        for file in files:
            for subject in dict.fromkeys(triple.subject for triple in file.triples):
                if isinstance(subject, NamedNode):
                    self._by_subject.setdefault(subject, []).append(file.path)
        self._files = files
        self._mentions: dict[Term, tuple[Path, Triple]] | None = None
        self._values: dict[tuple[object, object], dict[Term, None]] | None = None
        self._lines: dict[Path, StatementLines] = {}

    def place(
        self, subject: Term, predicate: Term | None = None, value: Term | None = None
    ) -> tuple[Path | None, int | None]:
        """Return the file and line of a statement.

        Where the statement stands nowhere: of its subject; where no file describes the subject: of the
        first statement that points to it.
        """
        paths = self._by_subject.get(subject, [])
        if predicate is not None:
            for path in paths:
                lines = self._of(path)
                if value is not None and (subject, predicate, value) in lines.statements:
                    return path, lines.statements[subject, predicate, value]
            for path in paths:
                lines = self._of(path)
                if (subject, predicate) in lines.predicates:
                    return path, lines.predicates[subject, predicate]
        for path in paths:
            return path, self._of(path).line(subject)
        return self._mention(subject)

    def values(self, subject: Term | None, predicate: Term | None) -> tuple[Term, ...]:
        """Return the values that the files give to a property of a subject, in their order, each once."""
        if self._values is None:
            self._values = {}
            for triple in (triple for file in self._files for triple in file.triples):
                if not isinstance(triple.object, Triple):
                    self._values.setdefault((triple.subject, triple.predicate), {})[triple.object] = None
        return tuple(self._values.get((subject, predicate), ()))

    def _mention(self, node: Term) -> tuple[Path | None, int | None]:
        if self._mentions is None:
            self._mentions = {}
            for file in self._files:
                for triple in file.triples:
                    if not isinstance(triple.object, Triple):
                        self._mentions.setdefault(triple.object, (file.path, triple))
        if node not in self._mentions:
            return None, None
        path, found = self._mentions[node]
        assert not isinstance(found.subject, Triple)
        assert not isinstance(found.object, Triple)
        return path, self._of(path).line(found.subject, found.predicate, found.object)

    def _of(self, path: Path) -> StatementLines:
        if path not in self._lines:
            self._lines[path] = statement_lines(path)
        return self._lines[path]
