"""Load files into a store: stage, validate, commit; all or nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from rte_graph.errors import NotConforming
from rte_graph.loading.staging import Staged, stage
from rte_graph.namespaces import ONTOLOGY_IRI, RDF, RTE
from rte_graph.rdf_io import closure
from rte_graph.store import Store
from rte_graph.validation import Ontology, Report, check, choose, labels, packaged_ontology, validate

ONTOLOGY_DATASET = NamedNode(ONTOLOGY_IRI)
_TYPE = NamedNode(RDF("type"))


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
        Warnings, if there are any; empty when the shapes were not asked.
    """

    datasets: tuple[LoadedDataset, ...]
    entities: tuple[tuple[str, str, int], ...]
    validation: Report

    @property
    def triples(self) -> int:
        """Triples stated by the files, over all datasets."""
        return sum(dataset.triples for dataset in self.datasets)


def load(
    store: Store,
    paths: Sequence[Path | str],
    *,
    shapes: bool = True,
    lang: str = "fr",
    ontology: Ontology | None = None,
) -> LoadReport:
    """Load files into a store: all of them, or none.

    Parameters
    ----------
    store : Store
        Where to; each dataset of the files replaces the one of the same IRI.
    paths : sequence of path
        Files and folders. The files of one dataset are given together.
    shapes : bool
        Whether the shapes are asked. Undeclared terms are always refused.
    lang : str
        Language of the labels in the report.
    ontology : Ontology, optional
        By default the packaged one.

    Raises
    ------
    NotConforming
        With the report; the store is then as it was.
    UnreadableData, UnknownName, LimitReached
        A file cannot be read.
    """
    ontology = packaged_ontology() if ontology is None else ontology
    staged = stage(paths)
    report = _validated(staged, store, ontology) if shapes else check(staged.files, ontology)
    if not report.conforms:
        raise not_conforming(report)
    closed = {
        dataset: list(closure(chain.from_iterable(file.triples for file in files), ontology.triples))
        for dataset, files in staged.by_dataset().items()
    }
    commits: dict[NamedNode, Iterable[Triple]] = dict(closed)
    if ONTOLOGY_DATASET not in store.datasets():
        commits[ONTOLOGY_DATASET] = ontology.triples
    store.replace_datasets(commits)
    return _load_report(staged, closed, ontology, report, lang)


def examine(
    paths: Sequence[Path | str], *, store: Store | None = None, ontology: Ontology | None = None
) -> Report:
    """Validate files, joined to a store when one is given, and load nothing.

    Raises
    ------
    UnreadableData, UnknownName, LimitReached
        A file cannot be read.
    """
    ontology = packaged_ontology() if ontology is None else ontology
    return _validated(stage(paths), store, ontology)


def not_conforming(report: Report) -> NotConforming:
    """Return the error that carries a report with violations."""
    count = len(report.violations)
    first = report.violations[0]
    place = first.place()
    fr_place, en_place = (f"{place} : ", f"{place}: ") if place else ("", "")
    return NotConforming(
        fr=f"Rien n’a été chargé, {count} violation{'s' if count > 1 else ''} ; la première : {fr_place}"
        f"{first.message('fr')} Voyez-les toutes avec « rte-graph validate ».",
        en=f"Nothing was loaded, {count} violation{'s' if count > 1 else ''}; the first: {en_place}"
        f"{first.message('en')} See them all with “rte-graph validate”.",
        keep=(place,),
        report=report,
    )


def _validated(staged: Staged, store: Store | None, ontology: Ontology) -> Report:
    """Validate staged ∪ store ∪ ontology; datasets about to be replaced do not count."""
    replaced = {*staged.datasets.values(), ONTOLOGY_DATASET}
    kept = [d for d in store.datasets() if d not in replaced] if store is not None else []
    context = [triple for dataset in kept if store is not None for triple in store.triples(dataset)]
    data = closure(chain(staged.triples(), context, ontology.triples), ontology.triples)
    return validate(staged.files, data, ontology, context=context)


def _load_report(
    staged: Staged,
    closed: dict[NamedNode, list[Triple]],
    ontology: Ontology,
    validation: Report,
    lang: str,
) -> LoadReport:
    everything = list(dict.fromkeys(chain.from_iterable(closed.values())))
    names = labels([*everything, *ontology.triples])

    def name(iri: str) -> str:
        return choose(names.get(iri, {}), lang) or re.split(r"[#/]", iri)[-1]

    datasets = tuple(
        LoadedDataset(
            iri=dataset.value,
            label=name(dataset.value),
            files=tuple(file.path for file in files),
            triples=len({triple for file in files for triple in file.triples}),
        )
        for dataset, files in staged.by_dataset().items()
    )
    counted = Counter(
        triple.object.value
        for triple in everything
        if triple.predicate == _TYPE
        and isinstance(triple.object, NamedNode)
        and triple.object.value.startswith(RTE)
    )
    entities = tuple((iri, name(iri), n) for iri, n in sorted(counted.items(), key=lambda i: (-i[1], i[0])))
    return LoadReport(datasets=datasets, entities=entities, validation=validation)
