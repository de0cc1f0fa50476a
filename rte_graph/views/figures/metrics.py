"""Widths of text in DejaVu Sans, the font that matplotlib brings along: PDF and PNG are set in it.

Most fonts that stand in for it on a reader's screen are narrower, so what fits here fits there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

FAMILY = "DejaVu Sans"
# Advance widths in thousandths of the size, read from the font's table (version 2.37).
_WIDTHS = {
    275: "'", 278: "ijlı", 284: "ł", 295: "IJ", 318: " ,.’‘·", 337: "/:;\\|", 352: "f", 361: "-",
    390: "()[]", 392: "t", 401: "!²³¹", 411: "r", 460: '"', 500: "*_`–°§", 518: "“”„", 521: "s", 525: "z",
    531: "?", 550: "c", 557: "L", 562: "Ł", 575: "F", 579: "k", 590: "•", 592: "vxy", 603: "P", 605: "Þ",
    611: "TY", 612: "o«»øð", 613: "a", 615: "e", 630: "ß", 632: "E", 634: "hnu", 635: "Sbdgpqđþ",
    636: "$0123456789{}€µ", 656: "K", 684: "AV", 685: "XZ", 686: "B", 695: "R", 698: "C", 732: "U",
    748: "N", 752: "H", 770: "D", 775: "GÐ", 780: "&", 787: "OQØ", 818: "w", 838: "#+<=>^~×±→←≥≤−",
    863: "M", 950: "%", 969: "¼½¾", 974: "mÆ", 982: "æ", 989: "W", 1000: "@—…©®", 1023: "œ", 1070: "Œ",
}  # fmt: skip
_WIDTH = {char: width for width, chars in _WIDTHS.items() for char in chars}
# Bold letters are wider by a tenth on average.
_BOLD = 1.11
_OTHER = 640


def _advance(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn"):
        return 0
    if char in "\u00a0\u202f":
        return _WIDTH[" "]
    if unicodedata.east_asian_width(char) in "WF":
        return 1000
    # An accent does not widen its letter.
    return _WIDTH.get(char) or _WIDTH.get(unicodedata.normalize("NFD", char)[0], _OTHER)


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a text in the unit of its size.

    >>> round(width_of("Été", 10), 2), width_of("", 10)
    (16.39, 0.0)
    """
    return sum(map(_advance, text)) * size / 1000 * (_BOLD if bold else 1.0)


def fold(text: str, room: float, size: float, bold: bool = False) -> list[str]:
    """Break a text into lines no wider than the room; a word that is wider stands alone.

    >>> fold("un deux trois", 45, 10)
    ['un deux', 'trois']
    """
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold) <= room:
            lines[-1] = longer
        elif word:
            lines.append(word)
    return lines


def cut(text: str, room: float, size: float, bold: bool = False) -> str:
    """Shorten a text with « … » to the room.

    >>> cut("Anticonstitutionnellement", 50, 10)
    'Anticon…'
    """
    from rte_graph.views.labels import shorten

    if width_of(text, size, bold) <= room:
        return text
    length = len(text)
    while length > 2 and width_of(shorten(text, length), size, bold) > room:
        length -= 1
    return shorten(text, length)


def fitted(text: str, room: float, size: float, lines: int = 2) -> Sequence[str]:
    """Fold a name into at most so many lines, the last one shortened to the room.

    >>> fitted("Alliance pour l’activité", 50, 10)
    ['Alliance', 'pour l’a…']
    """
    folded = fold(text, room, size)
    kept = folded[: lines - 1] + ([" ".join(folded[lines - 1 :])] if len(folded) >= lines else [])
    return [cut(line, room, size) for line in kept]
