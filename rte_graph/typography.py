"""Text as it is shown: the no-break spaces of French, and no character that commands a terminal."""

from __future__ import annotations

import re

_NO_BREAK = "\u00a0"
_BEFORE = re.compile(r"(?<=\S) (?=[:;!?](?:\s|$)|»)")
_AFTER = re.compile(r"(?<=«) (?=\S)")
# C0 (but line feed and tab), DEL and C1 control a terminal; the others turn the direction of writing around.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def french(text: str) -> str:
    """Return a French text with no-break spaces before ``: ; ! ? »`` and after ``«``.

    Sources are written with ordinary spaces, which an editor shows; texts pass here when they are shown.

    Examples
    --------
    >>> french("Il manque « nom » : donnez-le.").replace("\\u00a0", "~")
    'Il manque «~nom~»~: donnez-le.'
    """
    return _AFTER.sub(_NO_BREAK, _BEFORE.sub(_NO_BREAK, text))


def printable(text: str) -> str:
    """Return a text without the characters that would command the terminal or hide what it says.

    Names come from data that others wrote: an escape sequence in one could clear the screen or write to
    the clipboard. Files for programs (JSON, CSV, RDF) keep names as they are; what people read passes here.

    Examples
    --------
    >>> printable("Siel\\x1b[2J Bleu\\u202e")
    'Siel[2J Bleu'
    """
    return _UNPRINTABLE.sub("", text)
