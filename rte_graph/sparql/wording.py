"""Numbers and dates in the words and typography of French and English."""

from __future__ import annotations

import re

from rte_graph.typography import printable

NBSP = "\u00a0"
THIN = "\u202f"
_FRENCH_MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_ENGLISH_MONTHS = "January February March April May June July August September October November December"
_MONTHS = {"fr": _FRENCH_MONTHS.split(), "en": _ENGLISH_MONTHS.split()}


def number(value: str, lang: str) -> str:
    """Write a plain number with groups of thousands and the decimal mark of the language.

    Examples
    --------
    >>> number("120000", "fr"), number("1234.5", "en")
    ('120\\u202f000', '1,234.5')
    """
    match = re.fullmatch(r"([+-]?)([0-9]+)(?:\.([0-9]+))?", value)
    if match is None:
        return value
    sign, whole, fraction = match.groups()
    separator, mark = (",", ".") if lang == "en" else (THIN, ",")
    # By hand: Python refuses to read whole numbers of thousands of digits.
    digits = whole.lstrip("0") or "0"
    head = len(digits) % 3 or 3
    grouped = separator.join([digits[:head], *(digits[at : at + 3] for at in range(head, len(digits), 3))])
    return f"{sign}{grouped}{mark}{fraction}" if fraction else f"{sign}{grouped}"


def date_in_words(value: str, lang: str) -> str:
    """Write a year, a month or a day, with the precision that it has.

    Examples
    --------
    >>> date_in_words("2020-02-06", "fr"), date_in_words("2019-11", "en"), date_in_words("2020", "fr")
    ('6 février 2020', 'November 2019', '2020')
    """
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", value)
    if match is None or not (match.group(2) and 1 <= int(match.group(2)) <= 12):
        return value
    year, month, day = match.groups()
    name = _MONTHS["en" if lang == "en" else "fr"][int(month) - 1]
    if day is None:
        return f"{name} {year}"
    first = "1er" if lang != "en" and int(day) == 1 else str(int(day))
    return f"{first} {name} {year}"


def one_line(text: str) -> str:
    """Return a text from data as people read it: on one line, without characters that command a terminal.

    Examples
    --------
    >>> one_line("Siel\\n  Bleu\\x1b[2J")
    'Siel Bleu[2J'
    """
    # Plain spaces and line ends only: no-break spaces keep « words » together.
    return printable(re.sub("[ \t\r\n\v\f\x85\u2028\u2029]+", " ", text))


def quoted(name: str, lang: str) -> str:
    """Put a name between the quotation marks of the language."""
    return f"“{name}”" if lang == "en" else f"«{NBSP}{name}{NBSP}»"


def colon(lang: str) -> str:
    """Return the colon with the space that French wants before it."""
    return ":" if lang == "en" else f"{NBSP}:"
