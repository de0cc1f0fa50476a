"""JSON of the W3C's SPARQL 1.1 results.

References
----------
SPARQL 1.1 Query Results JSON Format, W3C Recommendation, 21 March 2013,
https://www.w3.org/TR/sparql11-results-json/
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from pyoxigraph import BlankNode, Literal, NamedNode

from rte_graph.namespaces import XSD
from rte_graph.sparql.formats.characters import write_texts
from rte_graph.sparql.results import Row
from rte_graph.store.base import Term

_STRING = str(XSD("string"))


def write_json(columns: Sequence[str], rows: Iterable[Row], out: BinaryIO) -> int:
    """Write JSON, one row a line; a name that is unbound is left out of its row."""
    out.write(f'{{"head": {{"vars": {_text(list(columns))}}}, "results": {{"bindings": ['.encode())
    count = write_texts(_lines(columns, rows), out)
    out.write(b"\n]}}\n" if count else b"]}}\n")
    return count


def boolean_json(value: bool) -> str:
    """Return yes or no as JSON."""
    return _text({"head": {}, "boolean": value}) + "\n"


def _lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    between = "\n"
    for row in rows:
        bound = {name: _term(term) for name, term in zip(columns, row, strict=True) if term is not None}
        yield between + _text(bound)
        between = ",\n"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _term(term: Term) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Literal):
        return _literal(term)
    return {  # a triple term, which only RDF 1.2 has
        "type": "triple",
        "value": {part: _term(getattr(term, part)) for part in ("subject", "predicate", "object")},
    }


def _literal(term: Literal) -> dict[str, Any]:
    result = {"type": "literal", "value": term.value}
    if term.language:
        result["xml:lang"] = term.language
        if term.direction:
            result["its:dir"] = term.direction.value
    elif term.datatype.value != _STRING:
        result["datatype"] = term.datatype.value
    return result
