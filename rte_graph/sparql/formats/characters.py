"""Characters that a form cannot carry, and how rows become bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import IO

_FORMULA = re.compile("[=+\\-@\t\r＝＋－＠]")
"""What OWASP names as the beginnings of a formula, and their full-width forms, which Excel reads alike."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BATCH = 1 << 16
"""Characters that are gathered before they are written: a call for each row would cost more than the row."""


def is_formula(text: str) -> bool:
    """Whether a spreadsheet could run a text as a formula.

    Examples
    --------
    >>> is_formula("=1+1"), is_formula("1+1")
    (True, False)
    """
    return _FORMULA.match(text) is not None


def xml_characters(text: str) -> str:
    """Put U+FFFD in place of what XML 1.0 forbids, even escaped: most control characters, halves of pairs.

    Examples
    --------
    >>> xml_characters("a\\x00b\\tc")
    'a\ufffdb\\tc'
    """
    return _NOT_XML.sub("\ufffd", text)


def write_texts(texts: Iterable[str], out: IO[bytes]) -> int:
    """Write texts in UTF-8, many at a time; return how many there were."""
    gathered: list[str] = []
    size = count = 0
    for text in texts:
        gathered.append(text)
        size += len(text)
        count += 1
        if size > _BATCH:
            out.write("".join(gathered).encode())
            gathered.clear()
            size = 0
    out.write("".join(gathered).encode())
    return count
