"""XML of the W3C's SPARQL results.

References
----------
SPARQL Query Results XML Format (Second Edition), W3C Recommendation, 21 March 2013,
https://www.w3.org/TR/rdf-sparql-XMLres/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode

from rte_graph.namespaces import XSD
from rte_graph.sparql.formats.characters import write_texts, xml_characters
from rte_graph.sparql.results import Row
from rte_graph.store.base import Term

_STRING = str(XSD("string"))
_TOP = '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
_ITS = ' xmlns:its="http://www.w3.org/2005/11/its" its:version="2.0"'


def write_xml(columns: Sequence[str], rows: Iterable[Row], out: BinaryIO) -> int:
    """Write XML, one row a line.

    Notes
    -----
    XML 1.0 has no way to write most control characters: U+FFFD stands in their place.
    """
    variables = "".join(f"<variable name={_attribute(column)}/>" for column in columns)
    out.write(f"{_TOP}<head>{variables}</head>\n<results>\n".encode())
    count = write_texts(_lines(columns, rows), out)
    out.write(b"</results>\n</sparql>\n")
    return count


def boolean_xml(value: bool) -> str:
    """Return yes or no as XML."""
    return f"{_TOP}<head/>\n<boolean>{'true' if value else 'false'}</boolean>\n</sparql>\n"


def _lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    starts = [f"<binding name={_attribute(column)}>" for column in columns]
    for row in rows:
        bindings = [
            f"{start}{_term(term)}</binding>"
            for start, term in zip(starts, row, strict=True)
            if term is not None
        ]
        yield f"<result>{''.join(bindings)}</result>\n"


def _term(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f"<uri>{_text(term.value)}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{_text(term.value)}</bnode>"
    if isinstance(term, Literal):
        return f"<literal{_kind(term)}>{_text(term.value)}</literal>"
    parts = ("subject", "predicate", "object")  # a triple term, which only RDF 1.2 has
    return f"<triple>{''.join(f'<{part}>{_term(getattr(term, part))}</{part}>' for part in parts)}</triple>"


def _kind(term: Literal) -> str:
    if term.language:
        direction = f' its:dir="{term.direction.value}"{_ITS}' if term.direction else ""
        return f" xml:lang={_attribute(term.language)}{direction}"
    datatype = term.datatype.value
    return "" if datatype == _STRING else f" datatype={_attribute(datatype)}"


def _text(value: str) -> str:
    # A reader makes a line feed of a carriage return that is not escaped.
    return escape(xml_characters(value), {"\r": "&#13;"})


def _attribute(value: str) -> str:
    return quoteattr(xml_characters(value))
