"""The bodies of answers: read as they come, whole or with an error, and guarded before they are parsed.

A parser written in Rust stands behind: triple terms nested some thousand deep in a JSON or N-Triples answer
end the process (Oxigraph 0.5.13), so that nesting is measured first.
"""

from __future__ import annotations

import http.client
import io
import re
from collections.abc import Callable
from typing import Protocol

from rte_graph.errors import RteError
from rte_graph.store.remote import failures
from rte_graph.store.remote.network import Allowance

_BLOCK = 65_536
_COMPLAINT = 4_000
_LONGEST_TERM = 16_000_000  # the parser's own limit is 2**24
_DEEPEST = 64
"""Results nest five deep, with triple terms a few more: they leave ample room."""


class Answer:
    """The body of an answer: all of it, or an error.

    Parameters
    ----------
    response : http.client.HTTPResponse
        Its headers have been read.
    allowance : Allowance
        Seconds and bytes.
    clean : callable
        Takes our credentials out of a text, should the endpoint repeat them.
    """

    def __init__(
        self, response: http.client.HTTPResponse, allowance: Allowance, clean: Callable[[str], str]
    ) -> None:
        self.status = response.status
        self.headers = response.headers
        self._response = response
        self._allowance = allowance
        self._missing = response.length
        self._clean = clean
        self._chunked = bool(response.chunked)
        self._taken = 0
        self._ended = False

    @property
    def url(self) -> str:
        """The endpoint as messages name it."""
        return self._allowance.url

    @property
    def media_type(self) -> str:
        """Media type in lower case without parameters; nothing when there is none."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    @property
    def is_empty(self) -> bool:
        """Whether it has announced that it says nothing, or has ended without having said anything."""
        return self._taken == 0 and (self._missing == 0 or self._ended)

    @property
    def marks_its_end(self) -> bool:
        """Whether a cut would be seen: by Content-Length or chunks, not by the mere end of the connection."""
        return self._chunked or self._missing is not None

    def read(self, size: int = _BLOCK) -> bytes:
        """Return what has come, at most ``size`` bytes; nothing at the end.

        Raises
        ------
        EndpointError
            The connection broke, or ended before the end.
        TimeLimit, SizeLimit
            The allowance is spent.
        """
        if self._missing is not None:
            size = min(size, self._missing)
        if size <= 0 or self._ended:
            return b""
        try:
            with self._allowance:
                self._allowance.seconds_left()
                found = self._response.read1(size)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            raise failures.broken_off(self.url, error) from None  # it may cite what the endpoint sent
        except RteError:
            self.close()
            raise
        self._taken += len(found)
        self._ended = not found
        if self._missing is not None:
            self._missing -= len(found)
            if not found:
                self.close()
                raise failures.broken_off(self.url)
        return found

    def complaint(self) -> str:
        """Return the beginning of what an error answer says, as far as it can be had, fit to be shown."""
        found = b""
        try:
            while len(found) < _COMPLAINT and (block := self.read(_COMPLAINT - len(found))):
                found += block
        except RteError:
            pass  # the status says enough
        return self.shown(found.decode("utf-8", errors="replace"))

    def shown(self, text: str) -> str:
        """Return some words that came from the endpoint, fit to be shown."""
        return self._clean(failures.excerpt(text))

    def drain(self) -> None:
        """Read to the end: only then is it known that nothing is missing."""
        while self.read():
            pass

    def close(self) -> None:
        """Close the connection."""
        self._response.close()


class Guarded(Protocol):
    """What a parser reads from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most ``size`` bytes; nothing at the end."""
        ...


class _Stream:
    """Blocks of an answer after a guard has seen them, in pieces of the size that the parser asks for."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self._held: list[bytes] = []
        self._held_bytes = 0
        self._ready = io.BytesIO()
        self._ended = False

    def read(self, size: int = -1, /) -> bytes:
        # Never more than asked: the parser's buffer would overflow and end the process.
        found = self._ready.read(size)
        while not found and not self._ended:
            block = self.answer.read()
            self._ended = not block
            self._ready = io.BytesIO(self._seen(block))
            found = self._ready.read(size)
        return found

    def _seen(self, block: bytes) -> bytes:
        """Return what may go on to the parser."""
        raise NotImplementedError

    def _whole(self, block: bytes, mark: bytes, *, last: bool) -> bytes:
        """Return what is complete up to the last ``mark``; the rest is kept for the next block."""
        cut = len(block) if last else block.rfind(mark) + 1
        complete = last or cut > 0
        text = b"".join((*self._held, block[:cut])) if complete else b""
        self._held = [block[cut:]] if complete else [*self._held, block]
        self._held_bytes = len(block) - cut if complete else self._held_bytes + len(block)
        if self._held_bytes > _LONGEST_TERM:
            raise failures.value_too_large(self.answer.url, _LONGEST_TERM)
        return text


class JsonStream(_Stream):
    """SPARQL results in JSON as the parser takes them.

    Nesting is limited, labels of blank nodes are made ones that RDF allows, and what some endpoints add after
    the rows (Comunica: « metadata ») is left out.
    """

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer)
        self._depth = 0
        self._in_string = False
        self._escape = b""
        self._unfinished = b""
        self._word = b""
        self._key = b""
        self._has_head = False
        self._over = False

    def _seen(self, block: bytes) -> bytes:
        depth, begun = self._depth, self._unfinished
        least = self._measure(block)
        self._unfinished = b'"' + self._escape if self._in_string else b""
        if self._over:
            block = b""
        elif least <= 1:
            block = self._without_additions(begun, block, depth)
        if self._ended and self._over and self._depth > 0:
            raise failures.broken_off(self.answer.url)
        text = self._whole(block, b"}", last=self._ended)  # a term is complete at its brace
        return _BLANK_NODE.sub(_relabelled, text) if b'"bnode"' in text else text

    def _measure(self, block: bytes) -> int:
        """Follow the depth of brackets outside strings and return the least; all steps are linear, in C."""
        text = _ESCAPED.sub(b"", self._escape + block)
        self._escape = b"\\" if text.endswith(b"\\") else b""
        pieces = text.split(b'"')
        brackets = b"".join(pieces[int(self._in_string) :: 2]).translate(_BRACKETS, _NO_BRACKETS)
        self._in_string ^= len(pieces) % 2 == 0
        inner = 0
        while b"{}" in brackets:
            brackets = brackets.replace(b"{}", b"")
            inner += 1
            if inner > _DEEPEST:
                raise self._too_deep()
        # What is left closes first and opens then.
        opened = brackets.count(b"{")
        closed = len(brackets) - opened
        # An upper bound: what this block closes first is not taken off.
        if self._depth + opened + inner > _DEEPEST:
            raise self._too_deep()
        least = self._depth - closed
        self._depth = max(least + opened, 0)
        return least

    def _without_additions(self, begun: bytes, block: bytes, depth: int) -> bytes:
        """Follow the members of the outermost object one by one; after the rows, close it."""
        text = begun + block
        for token in _TOKEN.finditer(text):
            found = token.group()
            if found[:1] == b'"':
                self._word = found
                if self._in_string and token.end() == len(text) and depth <= 1 and len(found) < 100:
                    self._unfinished = found  # a key that is cut in two
            elif found == b":":
                if depth == 1:
                    self._key = self._word
                    self._has_head |= self._key == b'"head"'
            else:
                depth += 1 if found in b"{[" else -1
                if depth == 1 and self._has_head and self._key == b'"results"':
                    self._over = True
                    return text[len(begun) : token.end()] + b"}"
        return block

    def _too_deep(self) -> RteError:
        return failures.not_an_answer(
            self.answer.url, f"plus de {_DEEPEST} niveaux de JSON", f"more than {_DEEPEST} levels of JSON"
        )


class NTriplesStream(_Stream):
    """N-Triples, a whole number of lines at a time, without triple terms."""

    def _seen(self, block: bytes) -> bytes:
        text = self._whole(block, b"\n", last=self._ended)
        if b"<<" in text and b"<<" in _QUOTED.sub(b"", text):
            raise triple_terms(self.answer.url)
        return text


def triple_terms(url: str) -> RteError:
    """Return the error for RDF 1.2 triple terms, which no part of this program reads."""
    return failures.not_an_answer(
        url, "triplets dans des triplets (RDF 1.2), qui ne sont pas lus", "triple terms (RDF 1.2), not read"
    )


_ESCAPED = re.compile(rb"\\.", re.DOTALL)
_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[][{}:]', re.DOTALL)
_QUOTED = re.compile(rb'"(?:[^"\\\n]|\\.)*+"')
_BRACKETS = bytes.maketrans(b"[]", b"{}")
_NO_BRACKETS = bytes(sorted(set(range(256)) - set(b"{}[]")))

# Virtuoso labels blank nodes « nodeID://b10000 », which is no label. Within a JSON string quotation marks are
# escaped, so that this cannot match inside a literal.
_BLANK_NODE = re.compile(
    rb'(?P<start>"type"\s*:\s*"bnode"\s*,\s*"value"\s*:\s*")(?P<label>[^"\\]*)(?=")'
    rb'|(?P<first>"value"\s*:\s*")(?P<other>[^"\\]*)(?="\s*,\s*"type"\s*:\s*"bnode")'
)
_LABEL = re.compile(rb"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")


def _relabelled(match: re.Match[bytes]) -> bytes:
    start = match["start"] or match["first"]
    label = match["label"] if match["start"] else match["other"]
    return start + (label if _LABEL.fullmatch(label) else b"x" + label.hex().encode())
