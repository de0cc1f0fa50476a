"""Read a file of others, with the limits that hold for strangers, and see what reading would hide."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Triple

from rte_graph.errors import RteError
from rte_graph.rdf_io import parse_triples
from rte_graph.rdf_io.reader import read_text

_JSON = (".json", ".jsonld")
# The parser writes tags in lower case, so they are looked for in the text.
_TAG = re.compile(r"(?<!\\)\"@([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)")
_JSON_TAG = re.compile(r"\"@language\"\s*:\s*\"([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\"")
_SCHEMA_CONTEXT = re.compile(
    r"(\"@context\"\s*:\s*(?:\[\s*)?)\"(https?://(?:www\.)?schema\.org(?:/|/docs/jsonldcontext\.json(?:ld)?)?)\""
)
# What of schema.org's own context matters here: which properties hold addresses.
_INLINE = (
    '{"@vocab":"https://schema.org/","id":"@id","type":"@type",'
    '"url":{"@id":"https://schema.org/url","@type":"@id"},'
    '"sameAs":{"@id":"https://schema.org/sameAs","@type":"@id"}}'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """A file that was read.

    Attributes
    ----------
    path : Path
    triples : tuple of Triple
    tags : mapping
        Language tags written with a capital letter, and how often.
    context : str
        Address of the context of schema.org that stands in the file and was not fetched; or empty.
    """

    path: Path
    triples: tuple[Triple, ...]
    tags: Counter[str]
    context: str


def read_foreign(path: Path) -> Foreign:
    """Read a Turtle, N-Triples or JSON-LD file that others wrote.

    Nothing is fetched; where a JSON-LD file names the context of schema.org, the part of it that matters
    stands in for it.

    Raises
    ------
    UnknownName, UnreadableData, LimitReached
        As :func:`rte_graph.rdf_io.parse_triples`.
    """
    if path.suffix.lower() not in _JSON:
        triples = parse_triples(path)
        return Foreign(path=path, triples=tuple(triples), tags=_capitals(_TAG, read_text(path)), context="")
    text = read_text(path)
    named = _SCHEMA_CONTEXT.search(text)
    triples = _with_context(path, text) if named else parse_triples(path)
    tags = _capitals(_JSON_TAG, text)
    return Foreign(path=path, triples=tuple(triples), tags=tags, context=named[2] if named else "")


def _capitals(pattern: re.Pattern[str], text: str) -> Counter[str]:
    """Count the tags whose language, not only its country, is in capitals."""
    tags = (found[1] for found in pattern.finditer(text))
    return Counter(tag for tag in tags if tag.partition("-")[0] != tag.partition("-")[0].lower())


def _with_context(path: Path, text: str) -> list[Triple]:
    with tempfile.TemporaryDirectory(prefix="rte-graph-") as folder:
        # Of the same name: labels of blank nodes depend on it.
        copy = Path(folder) / path.name
        copy.write_text(_SCHEMA_CONTEXT.sub(lambda found: found[1] + _INLINE, text), encoding="utf-8")
        try:
            return parse_triples(copy)
        except RteError as error:
            fr, en = (told.replace(str(copy), str(path)) for told in (error.fr, error.en))
            raise type(error)(fr=fr, en=en, keep=(path,)) from None
