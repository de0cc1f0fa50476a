"""What an open store holds, told as a load of it would tell it."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from rte_graph.loading.examine import examine_triples, recorded
from rte_graph.loading.incoming import ONTOLOGY_DATASET
from rte_graph.loading.load import not_conforming, read_in
from rte_graph.loading.recorded import is_validated
from rte_graph.loading.report import LoadedDataset, LoadReport, entities, load_report, name_of, names_in
from rte_graph.store import DiskStore, Store
from rte_graph.validation import Ontology, Report, packaged_ontology


def report_on(store: Store, lang: str = "fr", *, ontology: Ontology | None = None) -> LoadReport:
    """Say what a store holds.

    The shapes are asked again where they were asked at loading; a store on disk whose files are as they were
    is told by its files, so that the report is that of loading them. Nothing is asked of a store loaded
    without the shapes, nor of an endpoint: the report then says so.

    Raises
    ------
    NotConforming
        With the report.
    """
    ontology = packaged_ontology() if ontology is None else ontology
    if not is_validated(store):
        return _told(store, lang, Report(results=()), validated=False)
    files = recorded(store) if isinstance(store, DiskStore) else None
    if files is not None:
        return load_report(store, read_in(files, None, ontology, shapes=True), lang, shapes=True)
    report = examine_triples(store, ontology=ontology)
    if not report.conforms:
        raise not_conforming(report)
    return _told(store, lang, report, validated=True)


def _told(store: Store, lang: str, report: Report, *, validated: bool) -> LoadReport:
    sizes = _sizes(store)
    names = names_in(store, sizes)
    datasets = tuple(
        LoadedDataset(iri=dataset.value, label=name_of(dataset, names, lang), files=(), triples=size)
        for dataset, size in sizes.items()
    )
    if not datasets:  # an endpoint of others may have no named graph at all
        place = store.location or store.kind
        datasets = (LoadedDataset(iri=place, label=place, files=(), triples=store.size()),)
    return LoadReport(
        datasets=datasets,
        entities=entities(store, tuple(sizes), lang),
        validation=report,
        validated=validated,
    )


def _sizes(store: Store) -> dict[NamedNode, int]:
    rows = store.select(
        "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
    ).rows
    return {
        graph: int(count.value)
        for graph, count in rows
        if isinstance(graph, NamedNode) and isinstance(count, Literal) and graph != ONTOLOGY_DATASET
    }
