"""What our shapes still ask of data that came from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from rte_graph.namespaces import SH
from rte_graph.rdf_io import closure
from rte_graph.sparql.model import Text
from rte_graph.validation import Ontology, Report, SourceFile, validate

_MISSING = SH("MinCountConstraintComponent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One rule that does not hold.

    Attributes
    ----------
    shape : str
        IRI of the rule.
    path : str
        The property at issue, as an IRI; or empty.
    missing : bool
        Whether something is only missing: the source does not say it, so its owner has to add it.
    count : int
        How many resources.
    message : Text
        The repair.
    example : str
        One of the resources.
    """

    shape: str
    path: str
    missing: bool
    count: int
    message: Text
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """All rules that do not hold, what is only missing first; and the number of warnings."""

    gaps: tuple[Gap, ...]
    warnings: int

    def of(self, *, missing: bool) -> tuple[Gap, ...]:
        """Return what is missing, or what is wrong."""
        return tuple(gap for gap in self.gaps if gap.missing is missing)


def find_gaps(triples: Iterable[Triple], ontology: Ontology) -> Gaps:
    """Validate triples that stand in no file, and gather the violations by rule."""
    mapped = tuple(sorted(triples, key=str))
    if not mapped:
        return Gaps(gaps=(), warnings=0)
    data = closure(chain(mapped, ontology.triples), ontology.triples)
    report = validate([SourceFile(path=Path(), triples=mapped)], data, ontology)
    return Gaps(gaps=tuple(_gaps(report)), warnings=len(report.warnings))


def _gaps(report: Report) -> list[Gap]:
    found = []
    for severity, shape, results in report.groups():
        if severity != "violation":
            continue
        first = results[0]
        subjects = sorted({r.subject.value for r in results if isinstance(r.subject, NamedNode)})
        found.append(
            Gap(
                shape=shape,
                path=first.path if "://" in first.path else "",
                missing=all(result.component == _MISSING for result in results),
                count=len(subjects) or len(results),
                message=Text(fr=first.message("fr"), en=first.message("en")),
                example=subjects[0] if subjects else "",
            )
        )
    return sorted(found, key=lambda gap: (not gap.missing, -gap.count, gap.shape))
