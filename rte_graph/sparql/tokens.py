"""Cut SPARQL text into tokens by the grammar of SPARQL 1.1 (§19.8).

Everything that looks into query text goes through here: binding a parameter, reading the columns of a
query, and refusing what an untrusted query may not do. A regular expression over the raw text would find
``VALUES`` in a comment, ``SERVICE`` in a string or ``}`` in an IRI; a token cannot be mistaken for another.

The grammar wants the longest token everywhere, so that ``?a<?b&&?c>?d`` would hold an IRI; Oxigraph, which
reads characters by what may stand there, sees two comparisons. Both are read as Oxigraph does, and what
engines could read in two ways that differ further on is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from rte_graph.errors import UnreadableQuery
from rte_graph.namespaces import PREFIXES


class Kind(Enum):
    """What a token is."""

    COMMENT = "comment"
    IRI = "iri"
    STRING = "string"
    NUMBER = "number"
    BLANK_NODE = "blank node"
    PREFIXED_NAME = "prefixed name"
    VARIABLE = "variable"
    LANGUAGE_TAG = "language tag"
    WORD = "word"
    PUNCTUATION = "punctuation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A piece of query text and where it stands (``text == query[start:end]``)."""

    kind: Kind
    text: str
    start: int
    end: int

    def is_word(self, word: str) -> bool:
        """Whether this is the keyword `word`, in upper or lower case."""
        return self.kind is Kind.WORD and self.text.upper() == word

    def is_punctuation(self, text: str) -> bool:
        """Whether this is the punctuation `text`."""
        return self.kind is Kind.PUNCTUATION and self.text == text

    @property
    def variable(self) -> str | None:
        """Name of the variable without its mark (``?x`` and ``$x`` are the same), else None."""
        return self.text[1:] if self.kind is Kind.VARIABLE else None


# PN_CHARS_BASE, PN_CHARS_U and PN_CHARS of the grammar.
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_WORD_START = _BASE + "_"
_CHARS = _WORD_START + "\\-0-9\u00b7\u0300-\u036f\u203f-\u2040"
# Of a length that can be looked for at each word without taking the square of a long text's time.
_PREFIX = f"[{_BASE}][{_CHARS}]{{0,99}}+(?:\\.{{1,9}}+[{_CHARS}]{{1,99}}+){{0,9}}+"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = f"(?:[{_WORD_START}0-9:]|{_ESCAPED})(?:(?:[{_CHARS}.:]|{_ESCAPED})*(?:[{_CHARS}:]|{_ESCAPED}))?"
_EXPONENT = r"[eE][+-]?[0-9]+"
_ESCAPE = r"\\[tbnrf\\\"']|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"

_PATTERNS = (
    (Kind.COMMENT, r"\#[^\n\r]*"),
    (Kind.IRI, r'<(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>'),
    (Kind.STRING, rf'"""(?:"{{0,2}}(?:[^"\\]|{_ESCAPE}))*"""'),
    (Kind.STRING, rf"'''(?:'{{0,2}}(?:[^'\\]|{_ESCAPE}))*'''"),
    (Kind.STRING, rf'"(?:[^"\\\n\r]|{_ESCAPE})*"'),
    (Kind.STRING, rf"'(?:[^'\\\n\r]|{_ESCAPE})*'"),
    (Kind.BLANK_NODE, f"_:[{_WORD_START}0-9](?:[{_CHARS}.]*[{_CHARS}])?"),
    (Kind.PREFIXED_NAME, f"(?:{_PREFIX})?:(?:{_LOCAL})?"),
    (Kind.VARIABLE, f"[?$][{_WORD_START}0-9][{_WORD_START}0-9\u00b7\u0300-\u036f\u203f-\u2040]*"),
    (Kind.LANGUAGE_TAG, r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*"),
    (Kind.NUMBER, rf"(?:[0-9]+\.[0-9]*{_EXPONENT}|\.[0-9]+{_EXPONENT}|[0-9]+{_EXPONENT})"),
    (Kind.NUMBER, r"(?:[0-9]*\.[0-9]+|[0-9]+)"),
    (Kind.WORD, "[A-Za-z_][A-Za-z0-9_]*"),
    (Kind.PUNCTUATION, r"\^\^|&&|\|\||!=|<=|>=|<<|>>|[{}()\[\].,;*/|^+?!=<>-]"),
)
_TOKEN = re.compile("|".join(f"(?P<p{index}>{pattern})" for index, (_, pattern) in enumerate(_PATTERNS)))
_KINDS = {f"p{index}": kind for index, (kind, _) in enumerate(_PATTERNS)}
_IRI = "p1"
_SPACE = re.compile(r"[ \t\r\n]*")


def tokenize(text: str, *, comments: bool = False) -> tuple[Token, ...]:
    """Cut query text into tokens, in order.

    Parameters
    ----------
    text
        A SPARQL query or update.
    comments
        Keep the comments, which are left out otherwise.

    Raises
    ------
    UnreadableQuery
        Where the text cannot be cut by the grammar (an unclosed string, a control character …).

    Examples
    --------
    >>> [token.text for token in tokenize('SELECT ?x { ?x a "#no comment" } # a comment')]
    ['SELECT', '?x', '{', '?x', 'a', '"#no comment"', '}']
    """
    return tuple(_tokens(text, comments))


def _tokens(text: str, comments: bool) -> Iterator[Token]:
    reader = _Reader(text)
    position = _end_of_space(text, 0)
    while position < len(text):
        match = reader.match(position)
        if match is None:
            raise _unreadable(text, position)
        kind = _KINDS[str(match.lastgroup)]
        token = Token(kind=kind, text=match.group(), start=position, end=match.end())
        if kind is not Kind.COMMENT:
            reader.pass_over(token)
            yield token
        elif comments:
            yield token
        position = _end_of_space(text, match.end())


class _Reader:
    """What tells a comparison from an IRI: the brackets that are open, and the token before."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._open: list[str] = []
        self._before: Token | None = None
        # The prefixes of the project may be used without being declared.
        self._prefixes = set(PREFIXES)

    def match(self, position: int) -> re.Match[str] | None:
        """Match the token at a position."""
        found = _TOKEN.match(self._text, position)
        if found is None or found.lastgroup != _IRI or not self._may_compare():
            return found
        if self._open[-1] == _EXPRESSION and self._is_value():
            return _PUNCTUATION.match(self._text, position)
        iri = found.group()[1:-1]
        scheme = _SCHEME.match(iri)
        if scheme and (scheme.group(2) or scheme.group(1) not in self._prefixes):
            return found  # no expression begins like this
        if not _ends_within(iri):
            raise _two_readings(self._text, position)
        return _PUNCTUATION.match(self._text, position)

    def _may_compare(self) -> bool:
        """Whether a value may have ended here, within an expression: these stand in parentheses."""
        before = self._before
        if before is None or not self._open or self._open[-1] not in ("(", _EXPRESSION):
            return False
        return before.kind is not Kind.PUNCTUATION or before.text in _CLOSING

    def _is_value(self) -> bool:
        """Whether what stands before is a value, and not a keyword before one (``DISTINCT``)."""
        before = self._before
        return before is not None and (before.kind is not Kind.WORD or before.text in ("true", "false"))

    def pass_over(self, token: Token) -> None:
        """Take note of a token."""
        if token.kind is Kind.PUNCTUATION:
            if token.text in _OPENING:
                self._open.append(_EXPRESSION if self._begins_expression(token) else token.text)
            elif token.text in _CLOSING and self._open:
                self._open.pop()
        elif token.kind is Kind.PREFIXED_NAME and self._before is not None and self._before.is_word("PREFIX"):
            self._prefixes.add(token.text[:-1])
        self._before = token

    def _begins_expression(self, token: Token) -> bool:
        """Whether this is the parenthesis of an expression, and not of a list, a row or a path."""
        before = self._before
        if token.text != "(" or before is None:
            return False
        inside = bool(self._open) and self._open[-1] == _EXPRESSION
        return inside or (before.kind is Kind.WORD and before.text.upper() in _BEFORE_EXPRESSIONS)


_EXPRESSION = "(…)"
_BEFORE_EXPRESSIONS = ("FILTER", "HAVING", "BIND", "BY", "SELECT", "DISTINCT", "REDUCED", "ASC", "DESC", "IN")
_OPENING = ("(", "[", "{")
_CLOSING = (")", "]", "}")
_PUNCTUATION = re.compile(f"(?P<p{len(_PATTERNS) - 1}>{_PATTERNS[-1][1]})")
_SCHEME = re.compile("([A-Za-z][A-Za-z0-9]*):(//)?")


def _ends_within(iri: str) -> bool:
    """Whether the signs between ``<`` and ``>``, read as tokens, leave what follows as it is read anyway.

    A string or a comment that began there could end further on, and a bracket would change what is open.
    """
    if "'" in iri or "#" in iri:
        return False
    open_brackets: list[str] = []
    for sign in iri:
        if sign in "([":
            open_brackets.append(sign)
        elif sign in ")]" and (not open_brackets or open_brackets.pop() != {")": "(", "]": "["}[sign]):
            return False
    return not open_brackets


def _end_of_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _unreadable(text: str, position: int) -> UnreadableQuery:
    line, column = line_and_column(text, position)
    found = text[position : position + 12].split("\n")[0]
    return UnreadableQuery(
        fr=f"La requête ne peut pas être lue à la ligne {line}, colonne {column} : corrigez « {found} ».",
        en=f"The query cannot be read at line {line}, column {column}: correct “{found}”.",
    )


def _two_readings(text: str, position: int) -> UnreadableQuery:
    line, column = line_and_column(text, position)
    return UnreadableQuery(
        fr=f"Ligne {line}, colonne {column} de la requête, « < » peut ouvrir un IRI ou comparer : "
        "mettez une espace après, ou écrivez l’IRI en entier.",
        en=f"At line {line}, column {column} of the query, “<” may open an IRI or compare: "
        "put a space after it, or write the whole IRI.",
    )


def line_and_column(text: str, position: int) -> tuple[int, int]:
    """Line and column, counted from 1, of a position in a text."""
    line = text.count("\n", 0, position) + 1
    return line, position - text.rfind("\n", 0, position)


def select_columns(tokens: tuple[Token, ...]) -> tuple[str, ...] | None:
    """Names of the columns of a ``SELECT`` query, in order; None for another form or ``SELECT *``.

    Examples
    --------
    >>> select_columns(tokenize("SELECT ?a (COUNT(?b) AS ?n) WHERE { ?a ?p ?b } GROUP BY ?a"))
    ('a', 'n')
    """
    start = next((index for index, token in enumerate(tokens) if token.is_word("SELECT")), None)
    if start is None or any(token.is_punctuation("{") for token in tokens[:start]):
        return None
    columns: list[str] = []
    depth = 0
    for index in range(start + 1, len(tokens)):
        token = tokens[index]
        if token.is_punctuation("{") or token.is_word("WHERE") or token.is_word("FROM"):
            break
        depth += token.is_punctuation("(") - token.is_punctuation(")")
        named = depth == 0 or tokens[index - 1].is_word("AS")
        if token.variable is not None and named:
            columns.append(token.variable)
    return tuple(columns) or None
