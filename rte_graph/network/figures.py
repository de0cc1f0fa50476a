"""Numbers out of texts that may not be any: data reach a store without the shapes having looked at them."""

from __future__ import annotations

import math


def number_of(text: str | None) -> float | None:
    """Return the number that a literal writes, or None where it writes none (infinite ones included).

    Examples
    --------
    >>> number_of("12.5"), number_of("une douzaine"), number_of("INF"), number_of(None)
    (12.5, None, None, None)
    """
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) else None
