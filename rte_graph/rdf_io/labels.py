"""Label blank nodes after the file that holds them, in its order.

The parser's own labels are random, which would show in reports, or the file's, which would make one node of
two when files are put together.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from functools import cached_property

from pyoxigraph import BlankNode, Triple

from rte_graph.rdf_io.source import Source

# Where blank nodes stand in the engine's N-Triples: at the beginning of a line, or before the full stop at
# its end with no quotation mark between, so not in the text of a literal.
_BLANK = re.compile(rb'_:(?:(?<![^\n]_:)|(?<= _:)(?=[^\s"]+ \.\n))([^\s"]+)')


class Labels(dict[bytes, bytes]):
    """Our label for each of the parser's, in the order in which they are asked for."""

    def __init__(self, source: Source) -> None:
        super().__init__()
        self._source = source

    @cached_property
    def _seed(self) -> bytes:
        """A name for the file: what it is called and what it says. Most large files never need it."""
        digest = hashlib.sha256(os.fsencode(self._source.path.name) + b"\0")
        with memoryview(self._source.content) as view, view[self._source.start :] as text:
            digest.update(text)
        return digest.hexdigest()[:12].encode()

    def __missing__(self, label: bytes) -> bytes:
        own = self[label] = b"f%bn%d" % (self._seed, len(self))
        return own

    def in_text(self, lines: bytes) -> bytes:
        """Return N-Triples, as the engine writes them, with our labels."""
        if b"_:" not in lines:
            return lines
        parts = _BLANK.split(lines)
        parts[1::2] = [b"_:" + self[label] for label in parts[1::2]]
        return b"".join(parts)

    def in_triples(self, triples: Iterable[Triple]) -> list[Triple]:
        """Return triples with our labels."""

        def own(term: object) -> object:
            return BlankNode(self[term.value.encode()].decode()) if isinstance(term, BlankNode) else term

        return [Triple(own(t.subject), t.predicate, own(t.object)) for t in triples]  # type: ignore[arg-type]
