"""French alphabetical order and the comparison of names: « É » sorts with « E », « œ » as « oe »."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
_COMBINING = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
_NOT_OF_WORDS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"\d+")


def without_accents(text: str) -> str:
    """Lower-case text without accents, ligatures spelt out.

    Examples
    --------
    >>> without_accents("Cœur d’Été")
    'coeur d’ete'
    """
    if text.isascii():
        return text.lower()
    # Decomposed twice: mathematical capitals become letters first, then small ones.
    folded = unicodedata.normalize("NFKD", text).casefold().translate(_LIGATURES)
    return _COMBINING.sub("", unicodedata.normalize("NFKD", folded).casefold())


def fold(text: str) -> str:
    """Words of a name in lower case, without accents or punctuation, separated by single spaces.

    Two spellings of one name (accents, case, apostrophes, hyphens, quotes, spaces) fold to the same text.

    Examples
    --------
    >>> fold("L’Outil  en Main"), fold("l'outil en-main")
    ('l outil en main', 'l outil en main')
    """
    return _NOT_OF_WORDS.sub(" ", without_accents(text)).strip()


@lru_cache(maxsize=100_000)
def collation_key(text: str) -> tuple[str, str, str]:
    """Sort key of a label in French order.

    Letters first, blind to accents, case and punctuation, numbers by value; then accents from the end of
    the word as French dictionaries do (« cote », « côte », « coté », « côté »); then the text itself.

    Examples
    --------
    >>> sorted(["Zèbre", "Écologie", "Emploi", "coté", "côte"], key=collation_key)
    ['côte', 'coté', 'Écologie', 'Emploi', 'Zèbre']
    >>> sorted(["10-12", "9-9"], key=collation_key)
    ['9-9', '10-12']
    """
    numbered = _DIGITS.sub(lambda match: match.group().zfill(12), fold(text))
    if text.isascii():
        return numbered, "", text
    letters = unicodedata.normalize("NFD", text)
    accents = "".join(c if unicodedata.combining(c) else "\x00" for c in letters)
    return numbered, accents[::-1].rstrip("\x00"), text
