"""What our shapes still ask of data that came from elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from rte_graph.namespaces import RDF, SH
from rte_graph.rdf_io import closure
from rte_graph.sparql.model import Text
from rte_graph.validation import Ontology, Report, SourceFile, validate

MOST = 15_000
PER_CLASS = 300
_MISSING = SH("MinCountConstraintComponent")
_TYPE = RDF("type")


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
    """All rules that do not hold, what is only missing first.

    Attributes
    ----------
    gaps : tuple of Gap
    warnings : int
    looked_at, resources : int
        How many resources the shapes looked at, of how many: of large files, the first of each class.
    """

    gaps: tuple[Gap, ...]
    warnings: int
    looked_at: int = 0
    resources: int = 0

    def of(self, *, missing: bool) -> tuple[Gap, ...]:
        """Return what is missing, or what is wrong."""
        return tuple(gap for gap in self.gaps if gap.missing is missing)


def find_gaps(triples: Iterable[Triple], ontology: Ontology) -> Gaps:
    """Validate triples that stand in no file, and gather the violations by rule.

    The shapes take a minute for some 30 000 triples. What they would say of a large file, they say of the
    first resources of each class as well: above `MOST` triples, they look at those only.
    """
    mapped = tuple(sorted(triples, key=str))
    if not mapped:
        return Gaps(gaps=(), warnings=0)
    resources = {triple.subject for triple in mapped}
    chosen, about = (resources, mapped) if len(mapped) <= MOST else _sample(mapped)
    data = closure(chain(about, ontology.triples), ontology.triples)
    report = validate([SourceFile(path=Path(), triples=about)], data, ontology)
    return Gaps(
        gaps=tuple(_gaps(report, chosen)),
        warnings=len(report.warnings),
        looked_at=len(chosen),
        resources=len(resources),
    )


def _sample(mapped: Sequence[Triple]) -> tuple[Set[object], tuple[Triple, ...]]:
    """Return the first resources of each class, and their triples.

    What they point to is left out: the shapes take what is not described for what it should be.
    """
    seen: Counter[object] = Counter()
    chosen = set[object]()
    for triple in mapped:
        if triple.predicate.value == _TYPE:
            seen[triple.object] += 1
            if seen[triple.object] <= PER_CLASS:
                chosen.add(triple.subject)
    return chosen, tuple(triple for triple in mapped if triple.subject in chosen)


def _gaps(report: Report, chosen: Set[object]) -> list[Gap]:
    found = []
    for severity, shape, results in report.groups():
        results = [result for result in results if result.subject in chosen]
        if severity != "violation" or not results:
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
