"""Write one subject's block of canonical Turtle."""

from __future__ import annotations

import re

from pyoxigraph import BlankNode, Literal, NamedNode

from rte_graph.namespaces import RDF, XSD, split_iri
from rte_graph.rdf_io.order import language_key, predicate_key
from rte_graph.rdf_io.terms import Term
from rte_graph.rdf_io.tree import Forest, Subject

_INDENT = "    "
_TYPE = RDF("type")
_NIL = NamedNode(RDF("nil"))

# A part of what Turtle allows: a local name outside this is written as a full IRI, never escaped.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_SHORT_FORMS: dict[str, re.Pattern[str]] = {
    XSD("integer"): re.compile(r"[+-]?[0-9]+"),
    XSD("decimal"): re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD("boolean"): re.compile(r"true|false"),
}
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
# What has an escape, control characters, and separators that editors hide or break lines at.
_ODD = re.compile('[\\\\"\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufeff]')


class BlockWriter:
    """Writes blocks and remembers the prefixes that they use."""

    def __init__(self, forest: Forest) -> None:
        self._forest = forest
        self.prefixes_used: set[str] = set()

    def block(self, subject: Subject) -> str:
        """Return a subject with all its statements, ending with a newline."""
        return f"{self._term(subject, 0)}\n{self._statements(subject, 1)} .\n"

    def _statements(self, subject: Subject, depth: int) -> str:
        rows = self._forest.statements.get(subject, {})
        ordered = sorted(rows.items(), key=lambda row: predicate_key(row[0].value))
        return " ;\n".join(
            f"{_INDENT * depth}{self._verb(predicate)}{self._values(values, depth)}"
            for predicate, values in ordered
        )

    def _verb(self, predicate: NamedNode) -> str:
        return "a" if predicate.value == _TYPE else self._iri(predicate.value)

    def _values(self, values: list[Term], depth: int) -> str:
        if len(values) == 1:
            return f" {self._term(values[0], depth)}"
        written = [(self._value_key(value), self._term(value, depth + 1)) for value in values]
        lines = [f"\n{_INDENT * (depth + 1)}{text}" for _, text in sorted(written)]
        return " ,".join(lines)

    @staticmethod
    def _value_key(value: Term) -> tuple[int, int, str, str]:
        """Sort IRIs by IRI, then literals by language and text, then blank nodes by what they hold."""
        if isinstance(value, NamedNode):
            return 0, 0, "", value.value
        if isinstance(value, Literal):
            rank, tag = language_key(value.language)
            return 1, rank, tag, value.value
        return 2, 0, "", ""

    def _term(self, term: Term, depth: int) -> str:
        if isinstance(term, NamedNode):
            return "()" if term == _NIL else self._iri(term.value)
        if isinstance(term, Literal):
            return self._literal(term)
        if term in self._forest.loose:
            return "[]"
        if term not in self._forest.nested:
            return f"_:{term.value}"
        items = self._forest.list_items(term)
        if items is not None:
            return self._list(items, depth)
        return self._nested(term, depth)

    def _nested(self, node: BlankNode, depth: int) -> str:
        if node not in self._forest.statements:
            return "[]"
        return f"[\n{self._statements(node, depth + 1)}\n{_INDENT * depth}]"

    def _list(self, items: list[Term], depth: int) -> str:
        inner = _INDENT * (depth + 1)
        lines = "".join(f"{inner}{self._term(item, depth + 1)}\n" for item in items)
        return f"(\n{lines}{_INDENT * depth})"

    def _iri(self, iri: str) -> str:
        parts = split_iri(iri)
        if parts is not None and _LOCAL.fullmatch(parts[1]):
            self.prefixes_used.add(parts[0])
            return f"{parts[0]}:{parts[1]}"
        return f"<{iri}>"

    def _literal(self, literal: Literal) -> str:
        if literal.language:
            return f"{_quoted(literal.value)}@{literal.language}"
        datatype = literal.datatype.value
        short = _SHORT_FORMS.get(datatype)
        if short is not None and short.fullmatch(literal.value):
            return literal.value
        if datatype == XSD("string"):
            return _quoted(literal.value)
        return f"{_quoted(literal.value)}^^{self._iri(datatype)}"


def _quoted(text: str) -> str:
    """Quote a text; several lines get the long form, which stays readable and diffs line by line."""
    if "\n" not in text:
        return f'"{_ODD.sub(_escaped, text)}"'
    inner = "\n".join(_ODD.sub(_escaped, line) for line in text.split("\n"))
    return f'"""{inner}"""'


def _escaped(found: re.Match[str]) -> str:
    character = found[0]
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"
