"""Read what is to be loaded, check it, and keep it ready to be written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from rte_graph.errors import SizeLimit
from rte_graph.loading.recorded import demand_unchanged, digests
from rte_graph.loading.staging import Members, Staged, Wanted, stage
from rte_graph.loading.survey import survey
from rte_graph.namespaces import ONTOLOGY_IRI
from rte_graph.rdf_io import closure, iter_triples
from rte_graph.settings import max_triples
from rte_graph.store import Store
from rte_graph.validation import Ontology, Report, validate

ONTOLOGY_DATASET = NamedNode(ONTOLOGY_IRI)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """Files that were read and checked.

    Attributes
    ----------
    members : mapping
        The files of each dataset, sorted by IRI.
    digests : mapping
        The SHA-256 of each file.
    stated : callable
        How many triples the files of a dataset state, known once they have been read to be written.
    validation : Report
        What the shapes found, or, when they were not asked, which terms are declared nowhere.
    read : callable
        Gives the triples of a file, from memory or by reading it again.
    """

    members: Members
    digests: Mapping[Path, str]
    stated: Callable[[NamedNode], int]
    validation: Report
    read: Callable[[Path], Iterable[Triple]]

    def closed(self, ontology: Ontology) -> dict[NamedNode, Iterable[Triple]]:
        """Return what each dataset will hold, to be read once: its files with the closure."""
        return {
            dataset: closure(chain.from_iterable(map(self.read, paths)), ontology.triples)
            for dataset, paths in self.members.items()
        }


def read_and_validate(wanted: Wanted, store: Store | None, ontology: Ontology) -> Incoming:
    """Read files into memory and ask the shapes about them, joined to what a store holds."""
    hashes = digests(wanted.files)
    staged = stage(wanted)
    for path, before in hashes.items():
        demand_unchanged(path, before)
    triples = {file.path: file.triples for file in staged.files}
    counts = {
        dataset: len({triple for file in files for triple in file.triples})
        for dataset, files in staged.by_dataset().items()
    }
    return Incoming(
        members=staged.members,
        digests=hashes,
        stated=counts.__getitem__,
        validation=validated(staged, store, ontology),
        read=triples.__getitem__,
    )


def read_twice(wanted: Wanted, store: Store | None, ontology: Ontology) -> Incoming:
    """Read files without keeping them: now for their names, and again when they are written."""
    hashes = digests(wanted.files)
    described, report = survey(wanted.files, ontology, store)
    members = wanted.members(described)
    counts: dict[Path, int] = {}

    def again(path: Path) -> Iterator[Triple]:
        count = 0
        for count, triple in enumerate(iter_triples(path), start=1):  # noqa: B007 - told below
            yield triple
        # What was checked is what is written: raising here, before the commit, undoes it.
        demand_unchanged(path, hashes[path])
        counts[path] = count

    return Incoming(
        members=members,
        digests=hashes,
        stated=lambda dataset: sum(map(counts.__getitem__, members[dataset])),
        validation=report,
        read=again,
    )


def validated(staged: Staged, store: Store | None, ontology: Ontology) -> Report:
    """Validate staged ∪ store ∪ ontology; datasets about to be replaced do not count."""
    context = held(store, without={*staged.members, ONTOLOGY_DATASET}) if store is not None else []
    data = closure(chain(staged.triples(), context, ontology.triples), ontology.triples)
    return validate(staged.files, data, ontology, context=context)


def held(store: Store, *, without: Set[NamedNode] = frozenset()) -> list[Triple]:
    """Return what a store holds but for some datasets, for validation; triples may come twice.

    Raises
    ------
    SizeLimit
        There are more than `max_triples` of them.
    """
    limit = max_triples()
    datasets = store.datasets()
    # An endpoint of others may have no named graph at all.
    graphs = map(store.triples, (d for d in datasets if d not in without)) if datasets else [store.triples()]
    found = list(islice(chain.from_iterable(graphs), limit + 1))
    if len(found) > limit:
        raise SizeLimit(
            fr=f"La base contient plus de {limit} triplets, trop pour être validés ensemble : relevez "
            "RTE_GRAPH_MAX_TRIPLES, ou chargez sans les formes (--no-shapes).",
            en=f"The store holds more than {limit} triples, too many to be validated together: raise "
            "RTE_GRAPH_MAX_TRIPLES, or load without the shapes (--no-shapes).",
        )
    return found
