"""What validation found, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import BlankNode, Literal, Triple

from rte_graph.namespaces import shorten
from rte_graph.rdf_io.terms import Term
from rte_graph.validation.ontology import choose

SEVERITIES = ("violation", "warning", "info")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One thing found in the data.

    Attributes
    ----------
    shape : str
        IRI of the rule (a shape, or one of our own checks); empty when it has no name.
    component : str
        IRI of the kind of constraint.
    severity : str
        ``violation``, ``warning`` or ``info``.
    focus, value : Term or None
        The node that was looked at, and the value at fault if one is.
    subject : Term or None
        What is to be repaired: the focus, by default; where a shape looks at a set (its focus a property or
        a concept), the member of the set that it found at fault.
    values : tuple of Term
        All values of the property, where there are too many.
    path : str
        The property, as an IRI, or a property path as text; empty when there is none.
    messages : mapping
        Language → what is wrong and how to repair it.
    file, line : where the statement stands, when known.
    """

    shape: str
    component: str
    severity: str
    focus: Term | None
    path: str
    value: Term | None
    messages: Mapping[str, str]
    file: Path | None = None
    line: int | None = None
    subject: Term | None = None
    values: tuple[Term, ...] = ()

    def __post_init__(self) -> None:
        if self.subject is None:
            object.__setattr__(self, "subject", self.focus)

    def message(self, lang: str) -> str:
        """Return what is wrong and how to repair it."""
        return choose(self.messages, lang) or ""

    def place(self) -> str:
        """Return ``file:line``, ``file`` or nothing; a file below the working folder by its short path."""
        if self.file is None:
            return ""
        here = Path.cwd()
        path = self.file.relative_to(here) if self.file.is_relative_to(here) else self.file
        return f"{path}:{self.line}" if self.line else str(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All results, sorted: violations first, then by shape, place and subject.

    Attributes
    ----------
    results : tuple of Result
    graph : tuple of Triple
        The same as a W3C validation report.
    labels : mapping
        IRI → language → label, for what the results name.
    triples, shapes : int
        How many triples and node shapes were looked at.
    """

    results: tuple[Result, ...]
    graph: tuple[Triple, ...] = ()
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    triples: int = 0
    shapes: int = 0

    @property
    def violations(self) -> tuple[Result, ...]:
        """What must be repaired."""
        return tuple(result for result in self.results if result.severity == "violation")

    @property
    def warnings(self) -> tuple[Result, ...]:
        """What should be looked at."""
        return tuple(result for result in self.results if result.severity != "violation")

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings do not count."""
        return not self.violations

    def groups(self) -> list[tuple[str, str, list[Result]]]:
        """Return (severity, shape, results) in the order of the report."""
        grouped: dict[tuple[str, str], list[Result]] = {}
        for result in self.results:
            grouped.setdefault((result.severity, result.shape), []).append(result)
        return [(severity, shape, results) for (severity, shape), results in grouped.items()]

    def label(self, term: Term | None, lang: str) -> str:
        """Return a term for people: its label if it has one, else a short form."""
        if term is None:
            return ""
        if isinstance(term, Literal):
            return term.value
        if isinstance(term, BlankNode):
            return "blank node" if lang == "en" else "nœud anonyme"
        return choose(self.labels.get(term.value, {}), lang) or shorten(term.value)


def sorted_results(results: Iterable[Result]) -> tuple[Result, ...]:
    """Return results in the order of a report, each once."""
    by_key = {_key(result): result for result in results}
    return tuple(by_key[key] for key in sorted(by_key))


def _key(result: Result) -> tuple[int, str, str, int, str, str, str, str]:
    return (
        SEVERITIES.index(result.severity),
        result.shape,
        str(result.file or ""),
        result.line or 0,
        str(result.subject or ""),
        result.path,
        str(result.value or ""),
        result.component,
    )
