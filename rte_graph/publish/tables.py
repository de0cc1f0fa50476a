"""One CSV table a shape: a row for each thing that the shape is about, a column for each property."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from rte_graph.namespaces import RDF, SH, shorten
from rte_graph.network.wording import Text
from rte_graph.publish.model import safe_name
from rte_graph.sparql.terms import last_segment

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from rte_graph.publish.model import Site
    from rte_graph.publish.statements import Statements
    from rte_graph.store.base import Term

SEPARATOR = " | "
"""Between several values of one cell."""
_TYPE = RDF("type")
_BATCH = 500


@dataclass(slots=True, kw_only=True)
class Shape:
    """What the shapes say of one class: its name, and the properties that they look at."""

    target: str
    name: Text
    paths: set[str] = field(default_factory=set)

    @property
    def stem(self) -> str:
        """Name of the file: ``MetaCoalition`` gives ``meta-coalition``."""
        return safe_name(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", last_segment(self.target)).lower())


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: a property, in one language where its values have one; ``labels`` of what IRIs mean."""

    path: str
    language: str = ""
    labels: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeTable:
    """A table that was written: its shape, its number of rows, its bytes."""

    shape: Shape
    rows: int
    content: bytes


def read_shapes() -> dict[str, Shape]:
    """Return the classes that the packaged shapes target, by IRI, sorted."""
    from pyoxigraph import BlankNode, NamedNode

    from rte_graph.rdf_io import parse_triples
    from rte_graph.resources import shape_files

    held: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for path in shape_files():
        for triple in parse_triples(path):
            if not isinstance(triple.subject, BlankNode):
                held[triple.subject.value][triple.predicate.value].append(triple.object)  # type: ignore[union-attr, arg-type]
    found: dict[str, Shape] = {}
    for iri in sorted(held):
        for target in held[iri][SH("targetClass")]:
            shape = found.setdefault(target.value, Shape(target=target.value, name=_plain_name(target.value)))
            if last_segment(iri) == f"{last_segment(target.value)}Shape":
                shape.name = _name(held[iri], target.value)
            for one in held[iri][SH("property")]:
                paths = held[one.value][SH("path")]
                shape.paths |= {each.value for each in paths if isinstance(each, NamedNode)}
    return dict(sorted(found.items()))


def _plain_name(target: str) -> Text:
    return Text(fr=last_segment(target), en=last_segment(target))


def _name(shape: Mapping[str, list[Term]], target: str) -> Text:
    names = {getattr(each, "language", ""): each.value for each in shape.get(SH("name"), [])}
    plain = last_segment(target)
    return Text(fr=names.get("fr", plain), en=names.get("en", names.get("fr", plain)))


def shape_tables(site: Site, statements: Statements) -> Iterator[ShapeTable]:
    """Yield one table a class that has shapes and instances, sorted by file name.

    Notes
    -----
    One pass over the statements for the columns of all tables, and one a table: memory holds one table.
    """
    shapes = read_shapes()
    used = _columns(statements, shapes)
    for iri in sorted(used, key=lambda each: shapes[each].stem):
        yield _table(site, statements, shapes[iri], used[iri])


def _columns(statements: Statements, shapes: Mapping[str, Shape]) -> dict[str, set[Column]]:
    found: dict[str, set[Column]] = {}
    for triples in statements.by_subject():
        for each in _classes(triples) & shapes.keys():
            found.setdefault(each, set()).update(filter(None, map(_column, triples)))
    for iri, columns in found.items():
        known = {column.path for column in columns}
        columns |= {Column(path=path) for path in shapes[iri].paths - known}
    return found


def _classes(triples: Iterable[Triple]) -> set[str]:
    from pyoxigraph import NamedNode

    types = (triple.object for triple in triples if triple.predicate.value == _TYPE)
    return {each.value for each in types if isinstance(each, NamedNode)}


def _column(triple: Triple) -> Column:
    from pyoxigraph import Literal

    value = triple.object
    language = (value.language or "") if isinstance(value, Literal) else ""
    return Column(path=triple.predicate.value, language=language)


def _table(site: Site, statements: Statements, shape: Shape, used: set[Column]) -> ShapeTable:
    from rte_graph.sparql.formats.separated import write_csv

    columns = _with_labels(site, statements, shape, used)
    rows = 0

    def all_rows() -> Iterator[tuple[Term | None, ...]]:
        nonlocal rows
        for batch in _batches(statements, shape.target):
            labels = _labels(site, batch)
            for triples in batch:
                rows += 1
                yield _row(site, triples, columns, labels)

    out = BytesIO()
    write_csv(["iri", *_headings(columns)], all_rows(), out, safe=True)
    return ShapeTable(shape=shape, rows=rows, content=out.getvalue())


def _with_labels(site: Site, statements: Statements, shape: Shape, used: set[Column]) -> list[Column]:
    """Return the columns in their order, those of things that have names followed by one of names."""
    from rte_graph.rdf_io.order import language_key, predicate_key

    named = _paths_to_names(site, statements, shape.target)
    ordered = sorted(used, key=lambda each: (predicate_key(each.path), language_key(each.language)))
    found = []
    for column in ordered:
        found.append(column)
        if column.path in named and not column.language:
            found.append(Column(path=column.path, labels=True))
    return found


def _paths_to_names(site: Site, statements: Statements, target: str) -> set[str]:
    from pyoxigraph import NamedNode

    named: set[str] = set()
    for batch in _batches(statements, target):
        labels = _labels(site, batch)
        named |= {
            triple.predicate.value
            for triples in batch
            for triple in triples
            if isinstance(triple.object, NamedNode) and triple.object.value in labels
        }
    return named - {_TYPE}


def _batches(statements: Statements, target: str) -> Iterator[list[list[Triple]]]:
    batch: list[list[Triple]] = []
    for triples in statements.by_subject():
        if target in _classes(triples):
            batch.append(triples)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _labels(site: Site, batch: Iterable[list[Triple]]) -> dict[str, str]:
    from pyoxigraph import NamedNode

    from rte_graph.sparql.names import labels

    met = {t.object.value for triples in batch for t in triples if isinstance(t.object, NamedNode)}
    return labels(site.store, sorted(met), site.first)


def _headings(columns: list[Column]) -> list[str]:
    often = Counter(last_segment(path) for path in {column.path for column in columns})
    found = []
    for column in columns:
        plain = last_segment(column.path)
        name = plain if often[plain] == 1 and plain != "iri" else shorten(column.path)
        found.append(
            f"{name}@{column.language}" if column.language else f"{name}Label" if column.labels else name
        )
    return found


def _row(
    site: Site, triples: list[Triple], columns: Iterable[Column], labels: Mapping[str, str]
) -> tuple[Term | None, ...]:
    cells: dict[Column, list[Term]] = {}
    for triple in triples:
        cells.setdefault(_column(triple), []).append(triple.object)  # type: ignore[arg-type]
    row: list[Term | None] = [_published(site, triples[0].subject)]  # type: ignore[arg-type]
    for column in columns:
        held = cells.get(Column(path=column.path, language=column.language), [])
        row.append(
            _names(held, labels) if column.labels else _cell([_published(site, each) for each in held])
        )
    return tuple(row)


def _published(site: Site, term: Term) -> Term:
    from pyoxigraph import NamedNode

    return NamedNode(site.published(term.value)) if isinstance(term, NamedNode) else term


def _names(terms: Iterable[Term], labels: Mapping[str, str]) -> Term | None:
    from pyoxigraph import Literal, NamedNode

    found = [
        labels.get(term.value, last_segment(term.value)) for term in terms if isinstance(term, NamedNode)
    ]
    return Literal(SEPARATOR.join(found)) if found else None


def _cell(terms: list[Term]) -> Term | None:
    """One value as it is, several joined as text."""
    from pyoxigraph import Literal

    from rte_graph.sparql.formats.separated import csv_value

    if len(terms) <= 1:
        return terms[0] if terms else None
    return Literal(SEPARATOR.join(csv_value(term) for term in terms))
