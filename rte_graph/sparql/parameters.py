"""Typed values for saved queries, bound as rows of their ``VALUES`` blocks.

A parameter stands in the query text as ``VALUES ?name { … }`` with an example as its row. Binding replaces
what is between those braces, found by tokens, with one term that was made from a typed value, so that a value
can never become anything but that term: no quoting by hand, no text pasted into a query.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from rte_graph.errors import InvalidParameter
from rte_graph.namespaces import XSD
from rte_graph.sparql.model import Parameter
from rte_graph.sparql.terms import echoed, iri_text, literal_text
from rte_graph.sparql.tokens import Token, tokenize

UNDEF = "UNDEF"
_TRUE = ("true", "1", "oui", "vrai", "yes")
_FALSE = ("false", "0", "non", "faux", "no")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A ``VALUES ?name { … }`` block: its rows are ``query[start:end]``."""

    name: str
    start: int
    end: int


def value_blocks(tokens: tuple[Token, ...]) -> Iterator[Block]:
    """Find the blocks of one variable, in order.

    ``VALUES (?name) { (…) }`` is a constant of the query, not a parameter.
    """
    for index, token in enumerate(tokens[:-2]):
        name, brace = tokens[index + 1].variable, tokens[index + 2]
        if token.is_word("VALUES") and name is not None and brace.is_punctuation("{"):
            close = next((other for other in tokens[index + 3 :] if other.is_punctuation("}")), None)
            if close is not None:
                yield Block(name=name, start=brace.end, end=close.start)


def bind(text: str, terms: Mapping[str, str]) -> str:
    """Replace the rows of the blocks named in `terms`.

    Parameters
    ----------
    text
        Text of the query.
    terms
        For each parameter, a term as SPARQL text (made by `term_text`, `iri_text` or `literal_text`) or
        ``UNDEF``. Blocks of other names keep their rows.

    Examples
    --------
    >>> bind('SELECT ?x { VALUES ?x { "old" } } # VALUES ?x { }', {"x": '"new"'})
    'SELECT ?x { VALUES ?x { "new" } } # VALUES ?x { }'
    """
    pieces: list[str] = []
    position = 0
    for block in value_blocks(tokenize(text)):
        if block.name in terms:
            pieces += [text[position : block.start], f" {terms[block.name]} "]
            position = block.end
    return "".join([*pieces, text[position:]])


def term_text(parameter: Parameter, value: str) -> str:
    """Return a value given as text as the term of the parameter's type.

    Entities and concepts are given here by their IRI; `rte_graph.sparql.names` finds it from a name.

    Raises
    ------
    InvalidParameter
        Saying which form the type has, with the parameter's example.
    """
    if parameter.type in ("entity", "concept"):
        return iri_text(value)
    if parameter.type == "string":
        return literal_text(_word(parameter, value))
    canonical = _CANONICAL[parameter.type](value.strip())
    if canonical is None:
        raise _wrong_form(parameter, value)
    return literal_text(canonical, datatype=f"{XSD}{parameter.type}")


def _word(parameter: Parameter, value: str) -> str:
    """The value, or the one of the words allowed that it writes."""
    if not parameter.values:
        return value
    found = next((word for word in parameter.values if word.casefold() == value.strip().casefold()), None)
    if found is None:
        known = ", ".join(parameter.values)
        raise InvalidParameter(
            fr=f"Le paramètre « {parameter.name} » ne connaît pas « {echoed(value)} » : "
            f"écrivez l’un de {known}.",
            en=f"The parameter “{parameter.name}” does not know “{echoed(value)}”: write one of {known}.",
        )
    return found


def _integer(value: str) -> str | None:
    # Read by hand: int() accepts « 1_000 » and other scripts' digits; spaces group thousands in French.
    digits = re.sub(r"[ \u00a0\u202f]", "", value)
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", digits):
        return None
    return str(int(digits))


def _decimal(value: str) -> str | None:
    text = re.sub(r"[ \u00a0\u202f]", "", value).replace(",", ".")
    if not re.fullmatch(r"[+-]?([0-9]{1,15}(\.[0-9]{0,15})?|\.[0-9]{1,15})", text):
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    plain = format(number, "f")
    return plain.rstrip("0").rstrip(".") or "0" if "." in plain else plain


def _boolean(value: str) -> str | None:
    if value.casefold() in _TRUE:
        return "true"
    return "false" if value.casefold() in _FALSE else None


def _date(value: str) -> str | None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        return None


_CANONICAL = {"integer": _integer, "decimal": _decimal, "boolean": _boolean, "date": _date}
_FORMS = {
    "integer": ("un nombre entier", "a whole number"),
    "decimal": ("un nombre", "a number"),
    "boolean": ("oui ou non", "true or false"),
    "date": ("une date AAAA-MM-JJ", "a date YYYY-MM-DD"),
}


def _wrong_form(parameter: Parameter, value: str) -> InvalidParameter:
    fr, en = _FORMS[parameter.type]
    return InvalidParameter(
        fr=f"Le paramètre « {parameter.name} » attend {fr} ({parameter.example}), pas « {echoed(value)} ».",
        en=f"The parameter “{parameter.name}” wants {en} ({parameter.example}), not “{echoed(value)}”.",
    )
