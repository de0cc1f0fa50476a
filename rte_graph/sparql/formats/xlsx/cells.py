"""What a term becomes in a cell: a number, a day, yes or no, a link, or text that is never a formula."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import isfinite
from typing import TypeAlias
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from rte_graph.namespaces import XSD
from rte_graph.sparql.formats.characters import is_formula, xml_characters
from rte_graph.sparql.formats.separated import csv_value
from rte_graph.store.base import Term

MOST_CHARACTERS = 32_767
"""UTF-16 units that a cell holds, https://support.microsoft.com/office (Excel specifications and limits)."""

_FIRST = datetime(1899, 12, 30)
"""Day 0: spreadsheets count a 29 February 1900, so that it is right from March 1900 on."""

_LONGEST_LINK = 2_079
_WHOLE_NUMBERS = (
    "integer long int short byte unsignedLong unsignedInt unsignedShort unsignedByte nonNegativeInteger "
    "positiveInteger nonPositiveInteger negativeInteger"
)
_LINK = re.compile(
    r"https?://[A-Za-z0-9.-]+(:[0-9]+)?([/?#](%[0-9A-Fa-f]{2}|[A-Za-z0-9._~!$&'()*+,;=:@/?#-])*)?"
)
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")

Kind: TypeAlias = str
"""``text``, ``formula`` (text that looks like one), ``integer``, ``number``, ``year``, ``date``, ``time``,
``boolean``."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Content of a cell: its kind, what stands in the file, and how wide it is shown."""

    kind: Kind
    value: str
    width: int


def cell_of(term: Term) -> Cell:
    """Return the cell of a term.

    A value that a spreadsheet would change stays text: whole numbers of more than 15 digits, days before
    March 1900, times with a zone, infinity, and what only says that it is a number.
    """
    if isinstance(term, Literal) and (make := _TYPED.get(term.datatype.value)) is not None:
        made = make(term.value.strip())
        if made is not None:
            return made
    return text_cell(csv_value(term))


def text_cell(value: str) -> Cell:
    """Return text as a cell; what looks like a formula is marked, so that editing it makes it none."""
    # A carriage return would show as a sign of its own.
    shown = xml_characters(value.replace("\r\n", "\n").replace("\r", "\n"))
    width = max(map(len, shown.split("\n"))) if "\n" in shown else len(shown)
    return Cell("formula" if is_formula(shown) else "text", shown, width)


def escaped(value: str) -> str:
    """Return text as it stands in the file's XML; ``_x0041_``, which would be read as a letter, stays so.

    Examples
    --------
    >>> escaped("a_x0041_ & b")
    'a_x005F_x0041_ &amp; b'
    """
    text = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _ESCAPE.sub("_x005F_", text) if "_x" in text else text


def is_too_long(value: str) -> bool:
    """Whether a cell cannot hold a text."""
    return len(value) > MOST_CHARACTERS // 2 and len(value.encode("utf-16-le")) // 2 > MOST_CHARACTERS


def link_of(term: Term | None) -> str | None:
    """Return the address that a spreadsheet can open for an IRI: http and https only.

    Examples
    --------
    >>> from pyoxigraph import NamedNode
    >>> link_of(NamedNode("https://example.org/é")), link_of(NamedNode("javascript:alert(1)"))
    ('https://example.org/%C3%A9', None)
    """
    if not isinstance(term, NamedNode):
        return None
    address = quote(term.value, safe="%!$&'()*+,;=:@/?#~")
    # An address that is not right to the letter makes a spreadsheet call the whole file damaged.
    return address if len(address) <= _LONGEST_LINK and _LINK.fullmatch(address) else None


def lines_of(text: str, width: int) -> int:
    """Return about how many lines a text takes that is wrapped at a width."""
    # Words are not broken, so that a line is a little shorter than the column.
    return sum(1 + int(len(line) / (width * 0.95)) for line in text.split("\n"))


def height_of(lines: int) -> int:
    """Return the height of a row in points; spreadsheets allow 409."""
    return min(15 * lines, 405)


def _integer(value: str) -> Cell | None:
    if not re.fullmatch(r"[+-]?[0-9]{1,15}", value):
        return None
    digits = str(int(value))
    return Cell("integer", digits, len(digits) + len(digits) // 3)


def _number(value: str) -> Cell | None:
    if not re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", value):
        return None
    number = float(value)
    return Cell("number", repr(number), min(len(repr(number)), 12)) if isfinite(number) else None


def _year(value: str) -> Cell | None:
    return Cell("year", value, 4) if re.fullmatch(r"[1-9][0-9]{3}", value) else None


def _boolean(value: str) -> Cell | None:
    known = {"true": "1", "1": "1", "false": "0", "0": "0"}.get(value)
    return Cell("boolean", known, 6) if known else None


@lru_cache(maxsize=4096)
def _day(value: str) -> Cell | None:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) or value < "1900-03-01":
        return None  # spreadsheets disagree on the days before
    try:
        return Cell("date", str((date.fromisoformat(value) - _FIRST.date()).days), 10)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _time(value: str) -> Cell | None:
    if (
        not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}(\.[0-9]{1,3})?", value)
        or value < "1900-03-01"
    ):
        return None
    try:
        return Cell("time", repr((datetime.fromisoformat(value) - _FIRST) / timedelta(days=1)), 19)
    except ValueError:
        return None


_TYPED: dict[str, Callable[[str], Cell | None]] = {
    **{str(XSD(name)): _integer for name in _WHOLE_NUMBERS.split()},
    **{str(XSD(name)): _number for name in ("decimal", "double", "float")},
    str(XSD("boolean")): _boolean,
    str(XSD("gYear")): _year,
    str(XSD("date")): _day,
    str(XSD("dateTime")): _time,
}
