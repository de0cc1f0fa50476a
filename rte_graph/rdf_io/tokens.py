"""Cut Turtle text into tokens, for citing lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rte_graph.rdf_io import guards

# A prefixed name is anything up to a delimiter; a dot belongs to it only when a name character follows.
# Every alternative is possessive or linear: no input makes it backtrack over more than one token.
_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<comment>\#[^\r\n]*)
    | (?P<string>\"\"\"(?:[^"\\]|\\.|\"(?!\"\"))*+\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*+'''
               | \"(?:[^"\\\r\n]|\\.)*+\" | '(?:[^'\\\r\n]|\\.)*+')
    | (?P<iri><[^<>"{}|^`\s]*>)
    | (?P<directive>@prefix\b|@base\b)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9-]+)*)
    | (?P<datatype>\^\^)
    | (?P<open><<\(?|[\[({])
    | (?P<close>\)?>>|[\])}])
    | (?P<mark>[;,]|\.(?![0-9]))
    | (?P<number>[+-]?(?:[0-9]+\.[0-9]*[eE][+-]?[0-9]+|\.?[0-9]+[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+)
               (?![\w:]))
    | (?P<name>(?:[^\s\#"'<>\[\](){};,.@^\\]|\\.|\.(?=[^\s\#"'<>\[\](){};,.@^]))+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One token: its kind (a group name of the pattern), its text, and the line on which it begins."""

    kind: str
    text: str
    line: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of Turtle text, without blanks and comments. Linear in the text."""
    line = 1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "other"
        piece = match.group()
        if kind not in ("space", "comment"):
            yield Token(kind=kind, text=piece, line=line)
        if kind in ("space", "string", "other"):
            line += piece.count("\n")


def too_deep(text: str, limit: int) -> int | None:
    """Return the line on which brackets of Turtle text nest deeper than ``limit``, or None."""
    raw = text.encode(errors="surrogatepass")
    position = guards.too_deep(raw, limit, json_ld=False)
    return None if position is None else raw.count(b"\n", 0, position) + 1
