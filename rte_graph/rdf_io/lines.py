"""On which line of a Turtle file a statement stands.

The parser gives no positions, so the text is read a second time, tolerantly: what is not understood is
skipped to the next full stop, and a statement without a line is cited by its subject's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

from pyoxigraph import Literal, NamedNode

from rte_graph.namespaces import RDF, XSD
from rte_graph.rdf_io.reader import read_text
from rte_graph.rdf_io.terms import Term
from rte_graph.rdf_io.tokens import Token, tokens

_TYPE = NamedNode(RDF("type"))
_ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLines:
    """Where the statements of one file stand (lines count from 1)."""

    statements: dict[tuple[Term, Term, Term], int] = field(default_factory=dict)
    predicates: dict[tuple[Term, Term], int] = field(default_factory=dict)
    subjects: dict[Term, int] = field(default_factory=dict)

    def line(self, subject: Term, predicate: Term | None = None, value: Term | None = None) -> int | None:
        """Return the line of a statement; else of its predicate; else of its subject; else None."""
        if predicate is not None and value is not None:
            exact = self.statements.get((subject, predicate, value))
            if exact is not None:
                return exact
        if predicate is not None and (subject, predicate) in self.predicates:
            return self.predicates[subject, predicate]
        return self.subjects.get(subject)


def statement_lines(path: Path | str) -> StatementLines:
    """Return where each statement between named terms stands in a Turtle or N-Triples file.

    Files of other formats give an empty index. Linear in the text.
    """
    path = Path(path)
    if path.suffix.lower() not in (".ttl", ".nt"):
        return StatementLines()
    return _Reader(read_text(path)).read()


class _Reader:
    """A tolerant reader of Turtle: remembers prefixes, follows subjects, predicates and values."""

    def __init__(self, text: str) -> None:
        self._tokens: Iterator[Token] = tokens(text)
        self._token: Token | None = None
        self._prefixes: dict[str, str] = {}
        self._base = ""
        self._found = StatementLines()

    def read(self) -> StatementLines:
        self._next()
        while self._token is not None:
            if not self._directive():
                self._block()
        return self._found

    def _next(self) -> None:
        self._token = next(self._tokens, None)

    def _at(self, mark: str) -> bool:
        return self._token is not None and self._token.kind == "mark" and self._token.text == mark

    def _directive(self) -> bool:
        """Read ``@prefix``, ``@base``, ``PREFIX`` or ``BASE``; False when something else stands here."""
        token = self._token
        if token is None or token.kind not in ("directive", "name"):
            return False
        word = token.text.lower().lstrip("@")
        if word not in ("prefix", "base") or (token.kind == "name" and ":" in token.text):
            return False
        self._next()
        name = ""
        if word == "prefix" and self._token is not None:
            name = self._token.text.rstrip(":")
            self._next()
        if self._token is not None and self._token.kind == "iri":
            iri = self._iri(self._token.text)
            if word == "prefix":
                self._prefixes[name] = iri
            else:
                self._base = iri
            self._next()
        if self._at("."):
            self._next()
        return True

    def _block(self) -> None:
        """Read one subject with its predicates and values, up to and with the full stop."""
        if self._token is None:
            return
        line = self._token.line
        subject = self._term()
        if subject is not None:
            self._found.subjects.setdefault(subject, line)
        while self._token is not None and not self._at("."):
            if self._at(";"):
                self._next()
            else:
                self._predicate(subject)
        self._next()

    def _predicate(self, subject: Term | None) -> None:
        assert self._token is not None
        line = self._token.line
        predicate = self._term(verb=True)
        if subject is not None and predicate is not None:
            self._found.predicates.setdefault((subject, predicate), line)
        while self._token is not None and not (self._at(";") or self._at(".")):
            if self._at(","):
                self._next()
                continue
            line = self._token.line
            value = self._term()
            if subject is not None and predicate is not None and value is not None:
                self._found.statements.setdefault((subject, predicate, value), line)

    def _term(self, *, verb: bool = False) -> Term | None:
        """Read one term; None for blank nodes, lists and what is not understood."""
        token = self._token
        assert token is not None
        if token.kind == "open":
            self._skip_brackets()
            return None
        self._next()
        if token.kind == "iri":
            return self._named(self._iri(token.text))
        if token.kind == "string":
            return self._literal(token.text)
        if token.kind == "number":
            return Literal(token.text, datatype=NamedNode(XSD(_number_type(token.text))))
        if token.kind == "name":
            return self._name(token.text, verb=verb)
        return None

    def _skip_brackets(self) -> None:
        depth = 0
        while self._token is not None:
            depth += {"open": 1, "close": -1}.get(self._token.kind, 0)
            self._next()
            if depth <= 0:
                return

    def _name(self, text: str, *, verb: bool) -> Term | None:
        if text == "a" and verb:
            return _TYPE
        if text in ("true", "false"):
            return Literal(text, datatype=NamedNode(XSD("boolean")))
        prefix, colon, local = text.partition(":")
        if not colon or prefix not in self._prefixes:  # also _:blank
            return None
        return self._named(self._prefixes[prefix] + re.sub(r"\\(.)", r"\1", local))

    def _literal(self, text: str) -> Term | None:
        fence = 3 if len(text) >= 6 and text[:3] in ('"""', "'''") else 1
        value = _unescaped(text[fence:-fence])
        token = self._token
        if token is not None and token.kind == "language":
            self._next()
            return _made(value, language=token.text[1:].lower())  # the parser lower-cases them too
        if token is not None and token.kind == "datatype":
            self._next()
            datatype = self._term() if self._token is not None else None
            return _made(value, datatype=datatype) if isinstance(datatype, NamedNode) else None
        return _made(value)

    def _iri(self, text: str) -> str:
        iri = _unescaped(text[1:-1])
        try:
            return urljoin(self._base, iri) if self._base else iri
        except ValueError:  # « [ » in it, which urljoin takes for the beginning of an IPv6 address
            return iri

    @staticmethod
    def _named(iri: str) -> NamedNode | None:
        try:
            return NamedNode(iri)
        except ValueError:
            return None


def _made(value: str, *, language: str | None = None, datatype: NamedNode | None = None) -> Literal | None:
    """Return a literal, or None where the parser would refuse it (language tags, lone surrogates)."""
    try:
        return Literal(value, datatype=datatype, language=language)
    except ValueError:
        return None


def _number_type(text: str) -> str:
    if "e" in text.lower():
        return "double"
    return "decimal" if "." in text else "integer"


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text

    def replace(match: re.Match[str]) -> str:
        short, long, letter = match.groups()
        if letter is not None:
            return _ESCAPES.get(letter, letter)
        code = int(short or long, 16)
        return chr(code) if code <= 0x10FFFF else "\ufffd"

    return _ESCAPE.sub(replace, text)
