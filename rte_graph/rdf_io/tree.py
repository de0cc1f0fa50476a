"""Which blank nodes can be written inside the statement that points to them, and which need a label."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, NamedNode, Triple

from rte_graph.namespaces import RDF
from rte_graph.rdf_io.terms import Term

_FIRST = NamedNode(RDF("first"))
_REST = NamedNode(RDF("rest"))
_NIL = NamedNode(RDF("nil"))
_TYPE = NamedNode(RDF("type"))

Subject = NamedNode | BlankNode


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """Triples by subject and predicate, and how each blank node can be written.

    Attributes
    ----------
    nested : frozenset of BlankNode
        Those that hang on exactly one statement: written inside it.
    loose : frozenset of BlankNode
        Those that nothing points to: written ``[]``.
    """

    statements: dict[Subject, dict[NamedNode, list[Term]]]
    nested: frozenset[BlankNode]
    loose: frozenset[BlankNode]

    @classmethod
    def of(cls, triples: Iterable[Triple]) -> Forest:
        """Sort triples by subject and predicate; a triple stated twice counts once."""
        statements: dict[Subject, dict[NamedNode, dict[Term, None]]] = {}
        parents: dict[BlankNode, list[Subject]] = {}
        for subject, predicate, value in dict.fromkeys((t.subject, t.predicate, t.object) for t in triples):
            if isinstance(subject, Triple) or isinstance(value, Triple):
                raise TypeError("triple terms are not written")
            statements.setdefault(subject, {}).setdefault(predicate, {})[value] = None
            if isinstance(value, BlankNode):
                parents.setdefault(value, []).append(subject)
        single = {node: above[0] for node, above in parents.items() if len(above) == 1}
        return cls(
            statements={s: {p: list(v) for p, v in rows.items()} for s, rows in statements.items()},
            nested=frozenset(_reachable(single)),
            loose=frozenset(s for s in statements if isinstance(s, BlankNode) and s not in parents),
        )

    def values(self, subject: Subject, predicate: NamedNode) -> list[Term]:
        """Return the values of one predicate, unsorted."""
        return self.statements.get(subject, {}).get(predicate, [])

    def roots(self) -> list[Subject]:
        """Return the subjects that get a block of their own: IRIs sorted, then blank nodes by label."""
        own = [s for s in self.statements if s not in self.nested]
        return sorted(own, key=lambda s: (isinstance(s, BlankNode), s.value))

    def labelled(self) -> list[BlankNode]:
        """Return the blank nodes that cannot be written without a label, ``c14n2`` before ``c14n10``."""
        blank = {s for s in self.statements if isinstance(s, BlankNode)}
        blank.update(
            value
            for rows in self.statements.values()
            for values in rows.values()
            for value in values
            if isinstance(value, BlankNode)
        )
        return sorted(blank - self.nested - self.loose, key=lambda node: (len(node.value), node.value))

    def list_items(self, node: Term) -> list[Term] | None:
        """Return the members of a well-formed list that can be written ``( … )``, else None."""
        items: list[Term] = []
        while node != _NIL:
            if not isinstance(node, BlankNode) or node not in self.nested:
                return None
            rows = self.statements.get(node, {})
            first, rest = rows.get(_FIRST, []), rows.get(_REST, [])
            if len(rows) != 2 or len(first) != 1 or len(rest) != 1:
                return None
            items.append(first[0])
            node = rest[0]
        return items


def _reachable(single: dict[BlankNode, Subject]) -> set[BlankNode]:
    """Return the singly referenced blank nodes that hang, step by step, on something with a name.

    Blank nodes that only point at each other in a circle hang on nothing: they need labels.
    """
    good: set[BlankNode] = set()
    for node in single:
        path: list[BlankNode] = []
        seen: set[BlankNode] = set()
        current: Subject = node
        while isinstance(current, BlankNode) and current in single and current not in good:
            if current in seen:
                break
            seen.add(current)
            path.append(current)
            current = single[current]
        else:
            # Reached an IRI, a blank node with a block of its own, or something known good.
            good.update(path)
    return good
