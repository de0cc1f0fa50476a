"""Mapping rules: CONSTRUCT queries with a ``#+`` header, in ``ontology/align/<vocabulary>/{from,to}``.

A rule is plain SPARQL that any engine runs. Which source triples it *takes* is read off its text: all the
triple patterns of its WHERE clause but those that only set a condition (in FILTER) or that look into our own
graphs (in GRAPH). So the account of what is lost is measured, not declared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from rte_graph.errors import InternalError
from rte_graph.resources import ontology_folder
from rte_graph.sparql.model import Text
from rte_graph.sparql.tokens import Kind, Token, tokenize
from rte_graph.sparql.yaml_text import BrokenYaml, read_yaml

Way = Literal["from", "to"]
_KEYS = {"summary", "theirs", "ours", "loss"}
_CLOSING = {"{": "}", "(": ")"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One mapping.

    Attributes
    ----------
    name : str
        ``<vocabulary>/<way>/<file>``, without suffix.
    summary : Text
    theirs, ours : tuple of str
        Prefixed names of the terms on either side.
    loss : Text or None
        What does not survive, if anything.
    construct : str
        The query.
    takes : str
        The query that gives the triples which the rule takes.
    """

    name: str
    summary: Text
    theirs: tuple[str, ...]
    ours: tuple[str, ...]
    loss: Text | None
    construct: str
    takes: str

    def ours_or_theirs(self, outward: bool) -> tuple[str, ...]:
        """Return the names of what the rule makes: theirs when our data go out, ours when theirs come in."""
        return self.theirs if outward else self.ours


@lru_cache(maxsize=16)
def rules(folders: tuple[str, ...], way: Way) -> tuple[Rule, ...]:
    """Return the rules of some folders of ``ontology/align``, in order."""
    base = ontology_folder() / "align"
    return tuple(read_rule(path) for folder in folders for path in sorted((base / folder / way).glob("*.rq")))


def read_rule(path: Path) -> Rule:
    """Read one file of ours.

    Raises
    ------
    InternalError
        The file is not as it should be.
    """
    text = path.read_text(encoding="utf-8")
    lines = [line.removeprefix("#+").removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
    try:
        header = read_yaml("\n".join(lines))
        if not set(header) <= _KEYS:
            raise KeyError(*(set(header) - _KEYS))
        return Rule(
            name=f"{path.parent.parent.name}/{path.parent.name}/{path.stem}",
            summary=Text(**header["summary"]),
            theirs=tuple(header["theirs"]),
            ours=tuple(header["ours"]),
            loss=Text(**header["loss"]) if "loss" in header else None,
            construct=text,
            takes=takes(text),
        )
    except (BrokenYaml, KeyError, TypeError, ValueError) as error:
        raise InternalError(
            fr=f"La règle {path} est illisible ({error}) : réinstallez le paquet.",
            en=f"The rule {path} cannot be read ({error}): reinstall the package.",
        ) from error


def takes(query: str) -> str:
    """Return the query that gives the triples which a CONSTRUCT query takes from its source.

    Examples
    --------
    >>> takes('CONSTRUCT { ?s <http://b> ?o } WHERE { ?s <http://a> ?o FILTER(?o > 1) }')
    'CONSTRUCT { ?s <http://a> ?o }\\nWHERE { ?s <http://a> ?o FILTER(?o > 1) }'
    """
    tokens = tokenize(query)
    start = next(i for i, token in enumerate(tokens) if token.is_word("CONSTRUCT"))
    where = next(i for i, token in enumerate(tokens) if token.is_word("WHERE"))
    inner = tokens[where + 2 : _end(tokens, where + 1)]
    kept = " ".join(token.text for token in _patterns(inner))
    return f"{query[: tokens[start].start]}CONSTRUCT {{ {kept} }}\n{query[tokens[where].start :]}"


def _patterns(tokens: tuple[Token, ...]) -> Iterator[Token]:
    """Yield the tokens that are triple patterns."""
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token.is_word("FILTER") or token.is_word("BIND") or token.is_word("VALUES"):
            position = _after(tokens, position + 1, braces=token.is_word("VALUES"))
        elif token.is_word("GRAPH"):
            position = _after(tokens, position + 1, braces=True)
        else:
            yield token
            position += 1


def _after(tokens: tuple[Token, ...], position: int, *, braces: bool) -> int:
    """Return where a clause ends: after its braces, or its parentheses (FILTER EXISTS has braces too)."""
    while not any(tokens[position].is_punctuation(each) for each in _CLOSING):
        braces = braces or tokens[position].is_word("EXISTS")
        position += 1
    while braces and not tokens[position].is_punctuation("{"):
        position += 1
    return _end(tokens, position) + 1


def _end(tokens: tuple[Token, ...], opening: int) -> int:
    """Return where the bracket that opens at a place is closed."""
    left, right = tokens[opening].text, _CLOSING[tokens[opening].text]
    depth = 0
    for position in range(opening, len(tokens)):
        if tokens[position].kind is Kind.PUNCTUATION:
            depth += (tokens[position].text == left) - (tokens[position].text == right)
            if depth == 0:
                return position
    raise ValueError("a bracket is not closed")


def named(chosen: Iterable[Rule], name: str) -> Rule:
    """Return the rule of this name."""
    return next(rule for rule in chosen if rule.name == name)
