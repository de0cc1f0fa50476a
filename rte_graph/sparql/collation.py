"""French alphabetical order and the comparison of names: « É » sorts with « E », « œ » as « oe »."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})


def without_accents(text: str) -> str:
    """Lower-case text without accents, ligatures spelt out.

    Examples
    --------
    >>> without_accents("Cœur d’Été")
    'coeur d’ete'
    """
    # Decomposed twice: mathematical capitals become letters first, then small ones.
    folded = unicodedata.normalize("NFKD", text).casefold().translate(_LIGATURES)
    decomposed = unicodedata.normalize("NFKD", folded).casefold()
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def fold(text: str) -> str:
    """Words of a name in lower case, without accents or punctuation, separated by single spaces.

    Two spellings of one name (accents, case, apostrophes, hyphens, quotes, spaces) fold to the same text.

    Examples
    --------
    >>> fold("L’Outil  en Main"), fold("l'outil en-main")
    ('l outil en main', 'l outil en main')
    """
    plain = without_accents(text)
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


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
    accents = "".join(c if unicodedata.combining(c) else "\x00" for c in unicodedata.normalize("NFD", text))
    numbered = re.sub(r"\d+", lambda match: match.group().zfill(12), fold(text))
    return numbered, accents[::-1], text
