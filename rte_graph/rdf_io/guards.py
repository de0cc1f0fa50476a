"""What is looked at before the parser sees a file: how deep it nests, and contexts that stand elsewhere.

One pass each, linear in the file, without copying it: every step of a pattern is possessive and consumes
at least one byte or ends.
"""

from __future__ import annotations

import json
import re

from pyoxigraph import RdfFormat

from rte_graph.rdf_io import refusals
from rte_graph.rdf_io.source import Content, Source

# Everything up to the next bracket: strings, IRIs, comments and escapes first, then what is left.
_TURTLE_BRACKET = re.compile(
    rb"""
    (?: [^"'<\#\\\[\](){}>]++
      | \"\"\"(?:[^"\\]++|\\.|\"(?!\"\"))*+\"\"\" | '''(?:[^'\\]++|\\.|'(?!''))*+'''
      | \"(?:[^"\\\r\n]++|\\.)*+\" | '(?:[^'\\\r\n]++|\\.)*+'
      | <[^<>"{}|^`\s]*+>
      | \#[^\r\n]*+
      | \\. | <(?!<) | >(?!>) | ["'\\]
    )*+
    (?: (?P<open><<\(?|[\[({]) | (?P<close>\)?>>|[\])}]) | \Z )
    """,
    re.VERBOSE | re.DOTALL,
)
_JSON_BRACKET = re.compile(
    rb"""
    (?: [^"\[\]{}]++ | \"(?:[^"\\]++|\\.)*+\" | \" )*+
    (?: (?P<open>[\[{]) | (?P<close>[\]}]) | \Z )
    """,
    re.VERBOSE | re.DOTALL,
)


def _spelled(word: str) -> str:
    r"""Return a pattern for a JSON string's content in any spelling: ``@`` may be ``\u0040``."""
    return "".join(rf"(?:{re.escape(c)}|\\u(?i:{ord(c):04x}))" for c in word)


_STRING = r'"(?:[^"\\]++|\\.)*+"'
_KEY = re.compile(
    rf'"(?:(?P<context>{_spelled("@context")})|{_spelled("@import")})"\s*+:\s*+(?:(?P<named>{_STRING})|(?P<list>\[))'.encode(),
    re.DOTALL,
)
_IN_LIST = re.compile(
    rf"[^\"\[\]{{}}]++|(?P<named>{_STRING})|(?P<open>[\[{{])|(?P<close>[\]}}])|\"".encode(), re.DOTALL
)


def check_nesting(source: Source, limit: int) -> None:
    """Raise when brackets nest deeper than ``limit``: it can kill the parser."""
    if source.form == RdfFormat.N_TRIPLES and not nests(source.content):
        return
    position = too_deep(source.content, limit, json_ld=source.form == RdfFormat.JSON_LD)
    if position is not None:
        raise refusals.too_deep(source.path, source.line_at(position), limit)


def nests(content: Content) -> bool:
    """Tell whether N-Triples may hold the one thing that nests in it, a triple as a value."""
    return content.find(b"(") >= 0 and content.find(b"<<(") >= 0


def too_deep(content: Content, limit: int, *, json_ld: bool) -> int | None:
    """Return where brackets first nest deeper than ``limit``, or None."""
    pattern = _JSON_BRACKET if json_ld else _TURTLE_BRACKET
    opening = pattern.groupindex["open"]
    depth = 0
    for found in pattern.finditer(content):
        if found.lastindex == opening:
            depth += 1
            if depth > limit:
                return found.start(opening)
        elif depth:
            depth -= 1  # one that closes nothing makes no room for others
    return None


def check_contexts(source: Source) -> None:
    """Raise when JSON-LD names a context by its address, wherever it does."""
    content = source.content
    for found in _KEY.finditer(content):
        named = found["named"]
        if named is None and found["context"] is not None:
            named = _named_in_list(content, found.end())
        if named is not None:
            raise refusals.context_elsewhere(source.path, _unquoted(named))


def _named_in_list(content: Content, position: int) -> bytes | None:
    """Return the first text that stands directly in a list, which begins before ``position``."""
    depth = 1
    while depth and (found := _IN_LIST.match(content, position)):
        position = found.end()
        if found["named"] and depth == 1:
            return found["named"]
        depth += bool(found["open"]) - bool(found["close"])
    return None


def _unquoted(named: bytes) -> str:
    text = named.decode(errors="replace")
    try:
        return str(json.loads(text))
    except ValueError:
        return text.strip('"')
