"""Text as it is shown: the no-break spaces of French, and no character that commands a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NO_BREAK = "\u00a0"
_BEFORE = re.compile(r"(?<=\S) (?=[:;!?](?:\s|$)|»)")
_AFTER = re.compile(r"(?<=«) (?=\S)")
# C0 (but line feed and tab), DEL and C1 control a terminal; the others turn the direction of writing around.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def french(text: str, *, keep: Iterable[str] = ()) -> str:
    """Return a French text with no-break spaces before ``: ; ! ? »`` and after ``«``.

    Sources are written with ordinary spaces, which an editor shows; texts pass here when they are shown.

    Parameters
    ----------
    text : str
        The text as it was typed.
    keep : iterable of str
        Parts that stay as they are: a path must remain one that can be pasted.

    Examples
    --------
    >>> french("Il manque « nom » : donnez-le.").replace("\\u00a0", "~")
    'Il manque «~nom~»~: donnez-le.'
    >>> french("Il manque vite ! .ttl : voyez.", keep=["vite ! .ttl"]).replace("\\u00a0", "~")
    'Il manque vite ! .ttl~: voyez.'
    """
    held = [found.span() for part in keep if part for found in re.finditer(re.escape(part), text)]

    def space(found: re.Match[str]) -> str:
        return " " if any(start <= found.start() < end for start, end in held) else _NO_BREAK

    # One character for one, so that the places held stay the same.
    return _AFTER.sub(space, _BEFORE.sub(space, text))


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
