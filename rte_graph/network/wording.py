"""Words and figures for readers, in French and in English."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from rte_graph.sparql.model import Text
from rte_graph.sparql.wording import NBSP, number

__all__ = ["NBSP", "Text", "decimal", "listed", "lowered", "percent", "whole"]


def decimal(value: float, lang: str, digits: int = 3) -> str:
    """Return ``value`` with a fixed number of decimals, in the language's typography.

    Examples
    --------
    >>> decimal(0.0625, "fr"), decimal(0.9375, "en", 2)
    ('0,063', '0.94')
    """
    return number(str(_half_up(value, digits)), lang)


def _half_up(value: float, digits: int) -> Decimal:
    """Round as one learns at school, and as the network's page does: 0.0625 is 0.063."""
    # repr: the decimal that people see (0.145), not the binary number a hair below it.
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def whole(value: int, lang: str) -> str:
    """Return a whole number with the language's thousands separator.

    Examples
    --------
    >>> whole(120000, "en")
    '120,000'
    """
    return number(str(value), lang)


def percent(share: float, lang: str) -> str:
    """Return a share as a percentage; what is not all or nothing never reads 100 % or 0 %.

    Examples
    --------
    >>> percent(8 / 9, "en"), percent(0.625, "en"), percent(0.9999, "en"), percent(0.001, "en")
    ('89%', '63%', '> 99%', '< 1%')
    """
    sign = "%" if lang == "en" else f"{NBSP}%"
    rounded = int(_half_up(share * 100, 0))
    if rounded == 100 and share < 1:
        return f">{NBSP if lang == 'fr' else ' '}99{sign}"
    if rounded == 0 and share > 0:
        return f"<{NBSP if lang == 'fr' else ' '}1{sign}"
    return f"{rounded}{sign}"


def listed(names: Sequence[str], lang: str, at_most: int = 6) -> str:
    """Join names with commas and « et »/"and"; a long list ends with how many are left.

    Examples
    --------
    >>> listed(["Astrée", "Kawaa", "Simplon"], "en")
    'Astrée, Kawaa and Simplon'
    >>> listed(["a", "b", "c", "d"], "en", at_most=2)
    'a, b and 2 more'
    """
    last = "and" if lang == "en" else "et"
    if len(names) > at_most:
        more = "more" if lang == "en" else "de plus"
        return f"{', '.join(names[:at_most])} {last} {len(names) - at_most} {more}"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def lowered(name: str) -> str:
    """Return a common noun as it stands inside a sentence (acronyms are left alone).

    Examples
    --------
    >>> lowered("Organisations"), lowered("SCIC")
    ('organisations', 'SCIC')
    """
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
