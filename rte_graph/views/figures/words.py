"""Sentences that several figures say, in French and English."""

from __future__ import annotations

import re

from rte_graph.network.wording import decimal, lowered, whole
from rte_graph.typography import french
from rte_graph.views.page_model import PageNetwork


def said(lang: str, fr: str, en: str) -> str:
    """Return the text of the language, with the no-break spaces of French."""
    return en if lang == "en" else french(fr)


def many(count: int, lang: str, fr: str, en: str) -> str:
    r"""Return a count with its noun, which gets an « s » where there are several.

    French has the plural from two on, English for all but one.

    >>> many(1, "fr", "nœud", "node"), many(0, "en", "nœud", "node"), many(1500, "en", "nœud", "node")
    ('1\xa0nœud', '0 nodes', '1,500 nodes')
    """
    noun = (en + "s" * (count != 1)) if lang == "en" else " ".join(w + "s" * (count > 1) for w in fr.split())
    return f"{whole(count, lang)}\u00a0{noun}" if lang == "fr" else f"{whole(count, lang)} {noun}"


def one_line(text: str) -> str:
    r"""Return a name on one line; no-break spaces stay.

    >>> one_line("a\n b\u00a0!")
    'a b\xa0!'
    """
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def names_left_out(count: int, lang: str) -> str:
    """Say how many names are not written; nothing where all are."""
    if not count:
        return ""
    return said(
        lang,
        f"{many(count, 'fr', 'nom', '')} non écrit{'s' * (count > 1)} faute de place.",
        f"{many(count, 'en', '', 'name')} left out for want of room.",
    )


def credits_of(network: PageNetwork, lang: str) -> str:
    """Return the citation and the licence of the data."""
    making = network.making
    parts = (making.cite.in_language(lang).rstrip("."), making.licence_in(lang))
    return " · ".join(part for part in parts if part) + "."


def short_number(value: float, lang: str) -> str:
    """Write a number with as many decimals as it needs, three at most.

    >>> short_number(0.25, "fr"), short_number(3.0, "en")
    ('0,25', '3')
    """
    for digits in range(4):
        if abs(round(value, digits) - value) < 1e-9 or digits == 3:
            return decimal(value, lang, digits)
    return decimal(value, lang, 3)


def in_a_sentence(label: str) -> str:
    """Return a label as it stands inside a sentence: « Degré » is « degré », « SCIC » stays."""
    return lowered(label)
