"""SHACL shapes as rows of a table: path, cardinality, values and message, in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from rte_graph.namespaces import RDF, SH, SKOS
from rte_graph.publish.ontology.constraints import Constraints
from rte_graph.publish.ontology.links import Linker, joined, markup
from rte_graph.publish.ontology.reading import Ontology
from rte_graph.publish.ontology.words import words
from rte_graph.sparql.collation import collation_key

if TYPE_CHECKING:
    from markupsafe import Markup
    from rdflib.term import Node

TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One rule: ``local`` is the anchor of its shape, ``path`` is "" where it is about the whole."""

    local: str
    name: str
    path: Markup | str
    count: str
    values: Markup
    message: str
    severity: str
    query: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A node shape with its rules, or several that look at the same."""

    local: str
    name: str
    targets: Markup
    rows: tuple[Row, ...]


class Shapes:
    """The shapes of an ontology, set for one page."""

    def __init__(self, linker: Linker) -> None:
        self.linker, self.ontology = linker, linker.ontology
        self.graph = linker.ontology.shapes
        self.constraints = Constraints(linker)
        self.words = words(linker.lang)

    def of_class(self, iri: str) -> Table | None:
        """Return the rules for a class: its node shape's properties, then the rules on the whole."""
        shapes = [each for each, owner in owners(self.ontology).items() if owner == iri]
        return self._table(shapes) if shapes else None

    def common(self) -> list[Table]:
        """Return the shapes with a target that are no class's, sorted."""
        owned = owners(self.ontology)
        groups: dict[str, list[str]] = {}
        for shape in node_shapes(self.ontology):
            if shape not in owned and has_target(self.ontology, shape):
                groups.setdefault(shape.partition("Shape-")[0], []).append(shape)
        return [self._table(sorted(shapes, key=len)) for _, shapes in sorted(groups.items())]

    def values_on(self, owner: str, path: str) -> Markup:
        """Return what the values of a property are on a class, in words: as the rule named after it says."""
        of = self.ontology
        rules = [
            rule
            for shape, each in owners(of).items()
            if each == owner
            for rule in of.nodes(self.graph, shape, SH("property"))
            if of.value(self.graph, rule, SH("path")) == path
        ]
        rules.sort(key=lambda rule: not str(rule).endswith(f"-{of.local(path)}"))
        return self.constraints.says(rules[0]) if rules else joined([])

    def helpers(self) -> list[tuple[str, Markup]]:
        """Return the shapes without target that others use: their anchor and what they say."""
        return [
            (self.ontology.local(shape), self.constraints.says(_node(shape), depth=1))
            for shape in node_shapes(self.ontology)
            if not has_target(self.ontology, shape)
        ]

    def _table(self, shapes: list[str]) -> Table:
        rows = []
        for shape in shapes:
            rows += [self._row(each) for each in self.ontology.nodes(self.graph, shape, SH("property"))]
        rows.sort(key=lambda row: collation_key(row.name))
        for shape in shapes:
            if self.constraints.is_constrained(_node(shape)):
                row = self._row(_node(shape), whole=True)
                rows.append(row if shape != shapes[0] else replace(row, local=""))  # the table has its anchor
        return Table(
            local=self.ontology.local(shapes[0]),
            name=self.ontology.text(self.graph, shapes[0], (SH("name"),), self.linker.lang),
            targets=self._targets(shapes[0]),
            rows=tuple(rows),
        )

    def _row(self, shape: Node, *, whole: bool = False) -> Row:
        of, graph, lang = self.ontology, self.graph, self.linker.lang
        severity = of.value(graph, shape, SH("severity")).removeprefix(SH(""))
        path = next(iter(of.nodes(graph, shape, SH("path"))), None)
        queries = [of.value(graph, each, SH("select")) for each in of.nodes(graph, shape, SH("sparql"))]
        return Row(
            local=of.local(str(shape)) if of.is_own(str(shape)) else "",
            name=of.text(graph, shape, (SH("name"),), lang),
            path=self.constraints.path(path) if path is not None and not whole else "",
            count=self._count(shape) if not whole else "",
            values=self.constraints.says(shape),
            message=of.text(graph, shape, (SH("message"),), lang),
            severity={"Warning": "warning", "Info": "info"}.get(severity, ""),
            query="\n".join(queries),
        )

    def _count(self, shape: Node) -> str:
        least = self.ontology.value(self.graph, shape, SH("minCount")) or "0"
        most = self.ontology.value(self.graph, shape, SH("maxCount")) or "*"
        return least if least == most else f"{least}..{most}"

    def _targets(self, shape: str) -> Markup:
        said = {
            "targetClass": "{path}",
            "targetSubjectsOf": self.words["subjects_of"],
            "targetObjectsOf": self.words["objects_of"],
            "targetNode": self.words["all_data"],
        }
        parts = []
        for target in TARGETS:
            values = self.ontology.values(self.graph, shape, SH(target))
            if values:
                links = [markup(self.linker.to(each)) for each in values]
                parts.append(_filled(said[target], joined(links)))
        return joined(parts, " · ")


@lru_cache(maxsize=2)
def node_shapes(ontology: Ontology) -> list[str]:
    """Return the named node shapes, sorted."""
    return ontology.subjects(ontology.shapes, RDF("type"), SH("NodeShape"))


@lru_cache(maxsize=1024)
def has_target(ontology: Ontology, shape: str) -> bool:
    """Tell whether a shape looks at data by itself."""
    return any(ontology.nodes(ontology.shapes, shape, SH(target)) for target in TARGETS)


@lru_cache(maxsize=2)
def owners(ontology: Ontology) -> dict[str, str]:
    """Return the class that each node shape is about, the class's main shape first.

    A shape is about the one class that it targets, or whose name its own begins with
    (``MembershipShape-once`` looks at the whole graph, and is about memberships).
    """
    classes = {ontology.local(each): each for each in ontology.classes()}
    found = {}
    for shape in sorted(node_shapes(ontology), key=lambda each: ("Shape-" in each, each)):
        if not has_target(ontology, shape):
            continue
        targets = ontology.values(ontology.shapes, shape, SH("targetClass"))
        name = ontology.local(shape).partition("Shape")[0]
        if name in classes:
            found[shape] = classes[name]
        elif len(targets) == 1 and targets[0] in classes.values():
            found[shape] = targets[0]
    return found


@lru_cache(maxsize=2)
def links_between(ontology: Ontology) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return class, property and classes of its values, as the shapes (else domain and range) say; sorted."""
    from rte_graph.publish.ontology.constraints import classes_of

    own = set(ontology.classes())
    found: dict[tuple[str, str], set[str]] = {}
    for shape, owner in owners(ontology).items():
        for rule in ontology.nodes(ontology.shapes, shape, SH("property")):
            path = ontology.value(ontology.shapes, rule, SH("path"))
            values = classes_of(ontology, rule) & own
            if values:
                found.setdefault((owner, path), set()).update(values)
    for source, path, value in _declared(ontology):
        if (source, path) not in found and source in own and value in own:
            found[source, path] = {value}
    return [(source, path, tuple(sorted(values))) for (source, path), values in sorted(found.items())]


def _declared(ontology: Ontology) -> list[tuple[str, str, str]]:
    from rte_graph.namespaces import RDFS

    return [
        (source, path, value)
        for path in ontology.properties()
        for source in ontology.values(ontology.terms, path, RDFS("domain"))
        for value in ontology.values(ontology.terms, path, RDFS("range"))
    ]


@lru_cache(maxsize=2)
def schemes_of(ontology: Ontology) -> dict[str, list[tuple[str, str]]]:
    """Return, by scheme, the classes and properties whose values the shapes want from it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for shape, owner in owners(ontology).items():
        for rule in ontology.nodes(ontology.shapes, shape, SH("property")):
            path = ontology.value(ontology.shapes, rule, SH("path"))
            for each in ontology.nodes(ontology.shapes, rule, SH("node")):
                for inner in ontology.nodes(ontology.shapes, each, SH("property")):
                    if ontology.value(ontology.shapes, inner, SH("path")) == SKOS("inScheme"):
                        for scheme in ontology.values(ontology.shapes, inner, SH("hasValue")):
                            found.setdefault(scheme, []).append((owner, path))
    return {scheme: sorted(set(pairs)) for scheme, pairs in found.items()}


def _node(iri: str) -> Node:
    from rdflib import URIRef

    return URIRef(iri)


def _filled(template: str, path: Markup) -> Markup:
    from markupsafe import Markup, escape

    before, _, after = template.partition("{path}")
    return Markup("{}{}{}").format(escape(before), path, escape(after))
