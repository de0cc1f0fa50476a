"""What a saved query may not be: too long, too deep, or reaching out of the store.

The engine has no switch for any of this: ``SERVICE`` fetches from any address, and text nested a few thousand
times ends the process. So the text is looked at before the engine sees it.
"""

from __future__ import annotations

from collections.abc import Sequence

from rte_graph.errors import LimitReached, RefusedQuery
from rte_graph.settings import max_query_characters, max_query_nesting
from rte_graph.sparql.tokens import Token, line_and_column
from rte_graph.sparql.wording import number

REFUSED = ("SERVICE", "LOAD", "FROM")
"""Words that fetch, or that read files where another engine runs the query."""

_OPENING = ("{", "(", "[", "<<")
_CLOSING = ("}", ")", "]", ">>")
_PREFIXES = ("!", "-", "+", "^")
_JOINING = ("||", "&&", "*", "/", "|", "+", "-", ".", ";")
_CHAINS = ("UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "VALUES", "SELECT")


def check_length(where: str, text: str) -> None:
    """Refuse a text that is too long to be looked at.

    Raises
    ------
    LimitReached
        Naming the limit and its setting.
    """
    limit = max_query_characters()
    if len(text) > limit:
        size, most = number(str(len(text)), "fr"), number(str(limit), "fr")
        raise LimitReached(
            fr=f"{where} : ce texte a {size} caractères, {most} au plus sont lus ; raccourcissez-le, ou "
            "relevez la limite avec RTE_GRAPH_MAX_QUERY_CHARACTERS.",
            en=f"{where}: this text has {number(str(len(text)), 'en')} characters, at most "
            f"{number(str(limit), 'en')} are read; shorten it, or raise the limit with "
            "RTE_GRAPH_MAX_QUERY_CHARACTERS.",
        )


def check_tokens(where: str, text: str, tokens: Sequence[Token]) -> None:
    """Refuse what is nested too deeply and what would fetch.

    Raises
    ------
    LimitReached
        If brackets, or signs before a value, are nested more deeply than the setting allows, or if more than
        ten times as many patterns or terms of an expression stand in a chain: engines nest these too.
    RefusedQuery
        If the text says ``SERVICE``, ``LOAD`` or ``FROM``.
    """
    limit = max_query_nesting()
    depth = signs = 0
    for index, token in enumerate(tokens):
        if any(token.is_word(word) for word in REFUSED):
            raise _refused(where, text, token)
        depth += _step(token)
        signs = signs + 1 if _is_sign(token) else 0
        if depth > limit or signs > limit:
            raise _too_deep(where, text, tokens[index], limit)
    _check_chains(where, text, tokens, limit * 10)


def _step(token: Token) -> int:
    return any(token.is_punctuation(mark) for mark in _OPENING) - any(
        token.is_punctuation(mark) for mark in _CLOSING
    )


def _is_sign(token: Token) -> bool:
    return any(token.is_punctuation(mark) for mark in _PREFIXES)


def _check_chains(where: str, text: str, tokens: Sequence[Token], limit: int) -> None:
    linked = 0
    for token in tokens:
        linked += any(token.is_punctuation(mark) for mark in _JOINING)
        linked += any(token.is_word(word) for word in _CHAINS)
        if linked > limit:
            raise _too_deep(where, text, token, limit)


def _too_deep(where: str, text: str, token: Token, limit: int) -> LimitReached:
    line, _ = line_and_column(text, token.start)
    return LimitReached(
        fr=f"{where}, ligne {line} : le texte est trop imbriqué ({number(str(limit), 'fr')} au plus) ; "
        "simplifiez-le, ou relevez la limite avec RTE_GRAPH_MAX_QUERY_NESTING.",
        en=f"{where}, line {line}: the text is nested too deeply (at most {number(str(limit), 'en')}); "
        "simplify it, or raise the limit with RTE_GRAPH_MAX_QUERY_NESTING.",
    )


def _refused(where: str, text: str, token: Token) -> RefusedQuery:
    line, _ = line_and_column(text, token.start)
    word = token.text.upper()
    return RefusedQuery(
        fr=f"{where}, ligne {line} : « {word} » irait lire ailleurs que dans les données chargées, ce qu’une "
        "requête enregistrée ne peut pas ; retirez-le et chargez d’abord ces données avec --store.",
        en=f"{where}, line {line}: “{word}” would read elsewhere than in the loaded data, which a saved "
        "query may not; remove it, and load such data first with --store.",
    )
