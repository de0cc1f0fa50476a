"""French typography: the no-break spaces that a keyboard does not have."""

from __future__ import annotations

import re

_NO_BREAK = "\u00a0"
_BEFORE = re.compile(r"(?<=\S) (?=[:;!?](?:\s|$)|»)")
_AFTER = re.compile(r"(?<=«) (?=\S)")


def french(text: str) -> str:
    """Return a French text with no-break spaces before ``: ; ! ? »`` and after ``«``.

    Sources are written with ordinary spaces, which an editor shows; texts pass here when they are shown.

    Examples
    --------
    >>> french("Il manque « nom » : donnez-le.").replace("\\u00a0", "~")
    'Il manque «~nom~»~: donnez-le.'
    """
    return _AFTER.sub(_NO_BREAK, _BEFORE.sub(_NO_BREAK, text))
