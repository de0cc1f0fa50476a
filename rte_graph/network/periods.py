"""Dates as sources print them (a year, a month, a day), and whether a tie holds at one."""

from __future__ import annotations

import calendar
import re
from typing import Literal

from rte_graph.errors import InvalidParameter

Holds = Literal["yes", "no", "undated"]
Period = tuple[str, str]
DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:Z|[+-]\d{2}:\d{2})?")


def period_of(text: str) -> Period | None:
    """Return the first and the last day of a year, month or day, or None if the text is none of these.

    Examples
    --------
    >>> period_of("2020"), period_of("2020-02"), period_of("June")
    (('2020-01-01', '2020-12-31'), ('2020-02-01', '2020-02-29'), None)
    """
    found = DATE.fullmatch(text.strip())
    if not found:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    if year < 1 or not 0 <= month <= 12 or (found.group(2) and not month):
        return None
    if not month:
        return f"{year:04}-01-01", f"{year:04}-12-31"
    last = calendar.monthrange(year, month)[1]
    if found.group(3):
        return (f"{year:04}-{month:02}-{day:02}",) * 2 if 1 <= day <= last else None
    return f"{year:04}-{month:02}-01", f"{year:04}-{month:02}-{last:02}"


def asked_period(text: str) -> Period:
    """Return the days that ``--on`` asks about.

    Raises
    ------
    InvalidParameter
        If the text is no date.
    """
    found = period_of(text)
    if found is None:
        raise InvalidParameter(
            fr=f"--on vaut « {text} » : donnez une année (2021), un mois (2021-06) ou un jour (2021-06-15).",
            en=f"--on is “{text}”: give a year (2021), a month (2021-06) or a day (2021-06-15).",
        )
    return found


def holds(start: str, end: str, asked: Period) -> Holds:
    """Say whether a tie with these printed dates holds on some day of the period asked about.

    A tie whose start is printed and whose end is not holds from then on. Where the dates are missing, or
    too coarse to tell, the answer is "undated".

    Examples
    --------
    >>> days = ("2020-03-01", "2020-03-31")
    >>> holds("2019", "", days), holds("2020-06", "", days), holds("", "", days), holds("2020", "", days)
    ('yes', 'no', 'undated', 'undated')
    """
    first, last = period_of(start), period_of(end)
    if (first and first[0] > asked[1]) or (last and last[1] < asked[0]):
        return "no"
    begun = first is not None and first[1] <= asked[1]
    going_on = not end or (last is not None and last[0] >= asked[0])
    return "yes" if begun and going_on else "undated"
