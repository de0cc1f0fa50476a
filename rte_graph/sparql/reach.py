"""Find where a query would reach out of its store, however that is written.

Oxigraph reads characters by what may stand there: it needs no space after a keyword, so that
``SERVICESILENT<…>``, ``trueSERVICEe:x`` and ``SERVICE:x`` call a service although their tokens are a word
that does not exist and prefixed names. Other engines read ``\\u0053`` as « S » before they look for keywords.
So a word counts as said wherever some engine could find it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from rte_graph.namespaces import PREFIXES
from rte_graph.sparql.terms import is_absolute
from rte_graph.sparql.tokens import Kind, Token

FETCHING = ("SERVICE", "LOAD", "DEFINE")
"""Words that fetch; ``DEFINE`` is Virtuoso's, and can make that server fetch graphs."""

CHANGING = ("INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")
"""Words that change data; none of them is part of another word of SPARQL."""

SOURCES = ("FROM", "NAMED")
"""Words before the graphs that a query reads in place of the default graph."""

TARGETS = (*SOURCES, "USING", "WITH", "GRAPH", "TO", "SILENT", "ADD", "MOVE", "COPY")
"""Words before the graphs that an update reads and changes."""

_BETWEEN = re.compile("(?:SILENT|NAMED|GRAPH|DATA|WHERE)*", re.IGNORECASE)
_ESCAPE = re.compile(r"\\+(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_IN_STRINGS = frozenset("\"'\\\n\r")
_IN_IRIS = _IN_STRINGS | frozenset("<>{}|^`" + "".join(map(chr, range(0x21))))


class Prefixes:
    """What the prefixes of a text stand for: its own declarations, else those of the project.

    Attributes
    ----------
    declared : dict
        Namespace of each prefix that the text declares.
    anew : list of Token
        Prefixes where they are declared once more, for another namespace.
    """

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.declared: dict[str, str] = {}
        self.anew: list[Token] = []
        self._places: set[int] = set()
        for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False):
            if word.is_word("PREFIX") and name.kind is Kind.PREFIXED_NAME and iri.kind is Kind.IRI:
                self._places.add(name.start)
                namespace = unescaped(iri.text[1:-1])
                if self.declared.setdefault(name.text[:-1], namespace) != namespace:
                    self.anew.append(name)

    def are_known(self, name: str) -> bool:
        """Whether a text may use this prefix."""
        return name in self.declared or name in PREFIXES

    def iri(self, token: Token) -> str | None:
        """Return the IRI that a prefixed name stands for."""
        prefix, _, local = token.text.partition(":")
        base = self.declared.get(prefix) or PREFIXES.get(prefix)
        return None if base is None else base + local.replace("\\", "")

    def uses(self, tokens: Iterable[Token]) -> Iterator[Token]:
        """Yield the prefixed names, without those that are being declared."""
        for token in tokens:
            if token.kind is Kind.PREFIXED_NAME and token.start not in self._places:
                yield token


def said(words: Collection[str], tokens: Sequence[Token], prefixes: Prefixes) -> Iterator[tuple[str, Token]]:
    """Yield each of the words that an engine could read in the tokens, with the token."""
    for token in tokens:
        if token.kind is Kind.WORD:
            found = [word for word in words if word in token.text.upper()]
        elif token.kind is Kind.PREFIXED_NAME:
            found = [word for word in words if _hidden(word, token, prefixes)]
        else:
            continue
        for word in found:
            yield word, token


def _hidden(word: str, token: Token, prefixes: Prefixes) -> bool:
    """Whether an engine could read a keyword in a prefixed name, and a shorter name or none after it."""
    prefix, _, local = token.text.partition(":")
    for found in re.finditer(word, prefix, re.IGNORECASE):
        rest = prefix[found.end() :]
        silent = _BETWEEN.match(rest)
        if prefixes.are_known(rest) or (silent and prefixes.are_known(rest[silent.end() :])):
            return True
    if word not in local.upper():
        return False
    # Oxigraph ends a name at its second dot, and before a local part that gives no valid IRI.
    after_dots = local.split(".", 2)[2:]
    iri = prefixes.iri(token)
    return any(word in part.upper() for part in after_dots) or iri is None or not is_absolute(iri)


def graphs_named(
    words: Sequence[str], tokens: Sequence[Token], prefixes: Prefixes
) -> Iterator[tuple[str, Token]]:
    """Yield the IRIs of the graphs that stand after one of the words, each with its token."""
    for word, name in pairwise(tokens):
        if word.kind is not Kind.WORD or not word.text.upper().endswith(tuple(words)):
            continue
        if name.kind is Kind.IRI:
            yield unescaped(name.text[1:-1]), name
        elif name.kind is Kind.PREFIXED_NAME:
            yield prefixes.iri(name) or name.text, name


def variable_targets(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the variables that name a graph into which an update inserts."""
    inside = 0
    for before, token, following in zip([None, *tokens], tokens, tokens[1:], strict=False):
        if token.is_punctuation("{") and (inside or (before is not None and _inserts(before))):
            inside += 1
        elif token.is_punctuation("}") and inside:
            inside -= 1
        elif inside and token.is_word("GRAPH") and following.kind is Kind.VARIABLE:
            yield following


def _inserts(token: Token) -> bool:
    return token.kind is Kind.WORD and token.text.upper().endswith(("INSERT", "INSERTDATA", "DATA"))


def escapes_that_mislead(text: str, tokens: Sequence[Token]) -> Iterator[int]:
    """Yield where a code point escape stands that some engine would read as a sign of the grammar.

    Parameters
    ----------
    text
        The query.
    tokens
        Its tokens, comments among them.
    """
    ends = iter([*tokens])
    token = next(ends, None)
    for escape in _ESCAPE.finditer(text):
        while token is not None and token.end <= escape.start():
            token = next(ends, None)
        signs = _IN_IRIS if token is not None and token.kind is Kind.IRI else _IN_STRINGS
        character = _character(escape)
        if character is None or character in signs:
            yield escape.start()


def unescaped(iri: str) -> str:
    """Return an IRI with its code point escapes resolved."""
    return _ESCAPE.sub(lambda escape: _character(escape) or escape.group(), iri)


def _character(escape: re.Match[str]) -> str | None:
    code = int(escape.group(1) or escape.group(2), 16)
    return chr(code) if code < 0xD800 or 0xE000 <= code <= 0x10FFFF else None


def declarations(names: Mapping[str, str]) -> str:
    """Return declarations of prefixes to stand before a text, on its first line: lines keep their numbers.

    Examples
    --------
    >>> declarations({"e": "http://e.org/"})
    'PREFIX e: <http://e.org/> '
    """
    return "".join(f"PREFIX {name}: <{iri}> " for name, iri in names.items())
