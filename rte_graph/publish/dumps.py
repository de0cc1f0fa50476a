"""All the data in one file, in several forms, and what goes with them: tables, queries, measurements."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO, TYPE_CHECKING, BinaryIO

from rte_graph.network.wording import Text
from rte_graph.publish.model import Page, safe_name
from rte_graph.publish.statements import Statements, own_datasets
from rte_graph.publish.twins import published_triples
from rte_graph.sparql.terms import last_segment

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from rte_graph.publish.model import Site
    from rte_graph.store.base import Store

TURTLE, NTRIPLES, JSONLD, CSV = "text/turtle", "application/n-triples", "application/ld+json", "text/csv"
DATA = Text(fr="Toutes les données", en="All data")
_LEVEL = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """One file to download.

    Attributes
    ----------
    media : str
        Media type of the content, once decompressed.
    zipped : bool
        Whether it is compressed by gzip.
    dataset : str
        IRI of the one dataset that it holds; "" for all of them.
    rows : int
        Rows of a table, triples of a graph; 0 where nobody counted.
    group : str
        ``data``, ``dataset``, ``table``, ``queries`` or ``measurements``.
    """

    path: str
    title: Text
    media: str
    size: int
    sha256: str
    group: str
    zipped: bool = False
    dataset: str = ""
    rows: int = 0


def dump_pages(site: Site, statements: Statements) -> Iterator[tuple[Dump, Page]]:
    """Yield every file to download with what the catalogue says of it."""
    yield from _graphs(site, statements, "dumps/data", DATA, "")
    yield from _by_dataset(site)
    yield from _tables(site, statements)
    yield from _queries(site)
    yield from _measurements(site)


def published_data(site: Site, dataset: object = None) -> Statements:
    """Return the statements of all datasets, or of one, with the IRIs that the site publishes."""
    from rte_graph.publish.statements import data_triples

    store: Store = site.store
    triples = data_triples(store) if dataset is None else store.triples(dataset)  # type: ignore[arg-type]
    return Statements(_published(site, triples))


def _published(site: Site, triples: Iterable[Triple]) -> Iterator[Triple]:
    if not site.config.mint:
        yield from triples
    else:
        for triple in triples:
            yield from published_triples(site, [triple])


def gzipped(write: Callable[[BinaryIO], object]) -> bytes:
    """Return what a function writes, compressed, without a time or a file name: the same bytes each time.

    Examples
    --------
    >>> gzipped(lambda out: out.write(b"x")) == gzipped(lambda out: out.write(b"x"))
    True
    """
    held = BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=held, mtime=0) as out:
        write(out)  # type: ignore[arg-type]
    return held.getvalue()


def write_turtle(statements: Statements, out: BinaryIO) -> None:
    """Write statements as Turtle, subject by subject, with the prefixes that are used at the top."""
    from rte_graph.namespaces import PREFIXES
    from rte_graph.rdf_io import format_turtle
    from rte_graph.rdf_io.blocks import BlockWriter
    from rte_graph.rdf_io.tree import Forest

    if statements.blank:  # they may hang on several subjects: only the whole graph tells
        out.write(format_turtle(statements.triples()).encode())
        return
    used: set[str] = set()
    with _spool() as body:
        for triples in statements.by_subject():
            writer = BlockWriter(Forest.of(triples))
            body.write(f"\n{writer.block(triples[0].subject)}".encode())  # type: ignore[arg-type]
            used |= writer.prefixes_used
        for prefix, namespace in PREFIXES.items():
            if prefix in used:
                out.write(f"@prefix {prefix}: <{namespace}> .\n".encode())
        body.seek(0)
        shutil.copyfileobj(body, out)


def write_jsonld(statements: Statements, out: BinaryIO) -> None:
    """Write statements as JSON-LD, one node a line."""
    from pyoxigraph import Literal, NamedNode

    from rte_graph.sparql.formats.jsonld import write_jsonld_by_subject

    schemes: set[str] = set()
    for triple in statements.triples():
        for term in (triple.subject, triple.predicate, triple.object):
            iri = term.datatype if isinstance(term, Literal) else term
            if isinstance(iri, NamedNode):
                schemes.add(iri.value.partition(":")[0])
    write_jsonld_by_subject(statements.by_subject(), schemes, out)


def _spool() -> IO[bytes]:
    return tempfile.SpooledTemporaryFile(max_size=1 << 22)


def _graphs(
    site: Site, statements: Statements, stem: str, title: Text, dataset: str
) -> Iterator[tuple[Dump, Page]]:
    forms: list[tuple[str, str, Callable[[BinaryIO], object]]] = [
        ("ttl", TURTLE, lambda out: write_turtle(statements, out)),
        ("nt", NTRIPLES, lambda out: out.writelines(statements.lines())),
        ("jsonld", JSONLD, lambda out: write_jsonld(statements, out)),
    ]
    for suffix, media, write in forms:
        yield _file(
            f"{stem}.{suffix}.gz",
            gzipped(write),
            title=title,
            media=media,
            group="dataset" if dataset else "data",
            zipped=True,
            dataset=dataset,
            rows=statements.count,
        )


def _by_dataset(site: Site) -> Iterator[tuple[Dump, Page]]:
    """Each dataset apart: their licences differ."""
    for dataset, stem in dataset_stems(site).items():
        from pyoxigraph import NamedNode

        found = site.resources.get(dataset)
        title = found.label if found else Text(fr=last_segment(dataset), en=last_segment(dataset))
        with published_data(site, NamedNode(dataset)) as statements:
            yield from _graphs(site, statements, f"dumps/{stem}", title, dataset)


def dataset_stems(site: Site) -> dict[str, str]:
    """Return the name of the files of each dataset, by its IRI: ``dataset-`` and the end of the IRI.

    A dataset that stands alone is the whole: it has no files of its own.
    """
    found: dict[str, str] = {}
    datasets = own_datasets(site.store)
    for dataset in datasets if len(datasets) > 1 else ():
        stem = f"dataset-{safe_name(last_segment(dataset.value))}"
        if stem in found.values():
            stem += f"-{hashlib.sha256(dataset.value.encode()).hexdigest()[:8]}"
        found[dataset.value] = stem
    return found


def _tables(site: Site, statements: Statements) -> Iterator[tuple[Dump, Page]]:
    """One table a shape, read from the store: labels are found whatever IRIs are published."""
    from rte_graph.publish.statements import data_triples

    if not site.config.mint:
        yield from _table_files(site, statements)
        return
    with Statements(data_triples(site.store)) as stated:
        yield from _table_files(site, stated)


def _table_files(site: Site, statements: Statements) -> Iterator[tuple[Dump, Page]]:
    from rte_graph.publish.tables import shape_tables

    for table in shape_tables(site, statements):
        path = f"dumps/csv/{table.shape.stem}.csv"
        yield _file(path, table.content, title=table.shape.name, media=CSV, group="table", rows=table.rows)


def _queries(site: Site) -> Iterator[tuple[Dump, Page]]:
    from rte_graph.publish.apart import queries_apart
    from rte_graph.sparql.rdf import library_triples

    title = Text(fr="Requêtes enregistrées", en="Saved queries")
    triples = queries_apart(site, library_triples(site.library))
    yield from _two_forms("dumps/queries", triples, title, "queries", len(site.library.queries))


def _measurements(site: Site) -> Iterator[tuple[Dump, Page]]:
    from rte_graph.publish.apart import measurement_statements

    title = Text(fr="Mesures des réseaux", en="Measurements of the networks")
    with Statements(measurement_statements(site)) as statements:
        for suffix, media, write in (("ttl", TURTLE, write_turtle), ("jsonld", JSONLD, write_jsonld)):
            out = BytesIO()
            write(statements, out)
            path, rows = f"measurements.{suffix}", statements.count
            yield _file(path, out.getvalue(), title=title, media=media, group="measurements", rows=rows)


def _two_forms(
    stem: str, triples: list[Triple], title: Text, group: str, rows: int
) -> Iterator[tuple[Dump, Page]]:
    from rte_graph.sparql.formats import write_graph

    for suffix, form, media in (("ttl", "turtle", TURTLE), ("jsonld", "jsonld", JSONLD)):
        out = BytesIO()
        write_graph(form, triples, out)
        yield _file(f"{stem}.{suffix}", out.getvalue(), title=title, media=media, group=group, rows=rows)


def _file(path: str, content: bytes, **told: object) -> tuple[Dump, Page]:
    digest = hashlib.sha256(content).hexdigest()
    dump = Dump(path=path, size=len(content), sha256=digest, **told)  # type: ignore[arg-type]
    return dump, Page(path=path, content=content)
