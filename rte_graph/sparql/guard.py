"""What the text of a query may not be: too long, too deep, or reaching out of the store.

The engine has no switch for any of this: ``SERVICE`` fetches from any address, and text nested a few thousand
times ends the process. So the text is looked at before the engine sees it, by one of two doors: saved
queries (`check_tokens`) and text that somebody typed (`check_free_query`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from rte_graph.errors import NestingLimit, RefusedQuery, SizeLimit, UnreadableQuery
from rte_graph.namespaces import PREFIXES
from rte_graph.settings import max_path_length, max_query_characters, max_query_nesting
from rte_graph.sparql import reach
from rte_graph.sparql.reach import Prefixes
from rte_graph.sparql.tokens import Kind, Token, line_and_column, tokenize
from rte_graph.sparql.wording import number

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

REFUSED = (*reach.FETCHING, "FROM")
"""Words that fetch, or that read files where another engine runs the query."""

_OPENING = frozenset(("{", "(", "[", "<<"))
_CLOSING = frozenset(("}", ")", "]", ">>"))
_SIGNS = frozenset(("!", "-", "+", "^"))
_JOINING = frozenset(("||", "&&", "*", "/", "|", "+", "-", ".", ";"))
_CHAINS = frozenset(("UNION", "OPTIONAL", "MINUS", "FILTER", "BIND", "VALUES", "SELECT"))
_STEPS = frozenset(("/", "|", "^", "*", "+", "?", "!"))
_SHOWN = 5


class _Where(NamedTuple):
    """What a sentence calls the text."""

    fr: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeText:
    """A query that somebody typed, looked at.

    Attributes
    ----------
    text : str
        As it was typed.
    form : str
        ``SELECT``, ``ASK``, ``CONSTRUCT``, ``DESCRIBE``, or a word that changes data.
    update : bool
        Whether it changes data.
    prefixes : dict
        Prefixes of the project that it uses without declaring them, with their namespaces.
    """

    text: str
    form: str
    update: bool = False
    prefixes: dict[str, str] = field(default_factory=dict)

    @property
    def complete(self) -> str:
        """The text with its prefixes declared, for an engine that does not know them."""
        return reach.declarations(self.prefixes) + self.text


def check_length(where: str, text: str) -> None:
    """Refuse a text that is too long to be looked at.

    Raises
    ------
    SizeLimit
        Naming the limit and its setting.
    """
    _check_length(_Where(where, where), text)


def check_tokens(where: str, text: str, tokens: Sequence[Token]) -> None:
    """Refuse in a saved query what is nested too deeply and what would fetch.

    Raises
    ------
    NestingLimit
        If brackets, or signs before a value, are nested more deeply than the setting allows, if a property
        path has more steps, or if more than ten times as many patterns or terms of an expression stand in a
        chain: engines nest these too.
    RefusedQuery
        If an engine could read ``SERVICE``, ``LOAD`` or ``FROM`` in the text.
    UnreadableQuery
        If engines could read the text in two ways.
    """
    place = _Where(where, where)
    prefixes = Prefixes(tokens)
    _check_readings(place, text, tokens, prefixes)
    for word, token in reach.said(REFUSED, tokens, prefixes):
        raise _refused(place, text, token, word)
    _check_shape(place, text, tokens)


def check_free_query(
    text: str, *, datasets: Callable[[], Iterable[NamedNode]] | Iterable[NamedNode], update: bool = False
) -> FreeText:
    """Refuse a typed query that is too long, too deep, fetches, or names graphs that the store has not.

    Parameters
    ----------
    text
        What was typed.
    datasets
        The datasets of the store, or what gives them; asked only when the text names a graph.
    update
        Whether the text may change data.

    Raises
    ------
    SizeLimit, NestingLimit
        As in `check_length` and `check_tokens`.
    RefusedQuery
        If an engine could read a word that fetches, a word that changes data (unless `update`), or a graph
        that is no dataset of the store.
    UnreadableQuery
        If the text is not SPARQL, uses an unknown prefix, or could be read in two ways.
    """
    where = _Where("Requête", "Query")
    _check_length(where, text)
    tokens = tokenize(text)
    prefixes = Prefixes(tokens)
    _check_readings(where, text, tokens, prefixes)
    for word, token in reach.said(reach.FETCHING, tokens, prefixes):
        raise _refused(where, text, token, word)
    for token in prefixes.uses(tokens):
        if not prefixes.are_known(token.text.partition(":")[0]):
            raise _unknown_prefix(where, text, token)
    changing = [token for token in tokens if _changes(token)]
    if changing and not update:
        raise _changes_data(where, text, changing[0])
    _check_graphs(where, text, tokens, prefixes, datasets, bool(changing))
    _check_shape(where, text, tokens)
    form = _form(tokens)
    if not form:
        raise UnreadableQuery(
            fr="La requête doit commencer par SELECT, ASK, CONSTRUCT ou DESCRIBE (après ses lignes PREFIX) : "
            "corrigez-la.",
            en="The query must begin with SELECT, ASK, CONSTRUCT or DESCRIBE (after its PREFIX lines): "
            "correct it.",
        )
    used = {token.text.partition(":")[0] for token in prefixes.uses(tokens)} - prefixes.declared.keys()
    return FreeText(
        text=text,
        update=bool(changing),
        form=form,
        prefixes={name: str(PREFIXES[name]) for name in sorted(used)},
    )


def _form(tokens: Sequence[Token]) -> str:
    forms = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE", *reach.CHANGING)
    words = (token.text.upper() for token in tokens if token.kind is Kind.WORD)
    return next((form for word in words for form in forms if word.startswith(form)), "")


def _changes(token: Token) -> bool:
    return token.kind is Kind.WORD and any(word in token.text.upper() for word in reach.CHANGING)


def _check_length(where: _Where, text: str) -> None:
    limit = max_query_characters()
    if len(text) > limit:
        size, most = number(str(len(text)), "fr"), number(str(limit), "fr")
        raise SizeLimit(
            fr=f"{where.fr} : ce texte a {size} caractères, {most} au plus sont lus ; raccourcissez-le, ou "
            "relevez la limite avec RTE_GRAPH_MAX_QUERY_CHARACTERS.",
            en=f"{where.en}: this text has {number(str(len(text)), 'en')} characters, at most "
            f"{number(str(limit), 'en')} are read; shorten it, or raise the limit with "
            "RTE_GRAPH_MAX_QUERY_CHARACTERS.",
        )


def _check_readings(where: _Where, text: str, tokens: Sequence[Token], prefixes: Prefixes) -> None:
    """Refuse what engines could cut into tokens in another way than we do."""
    for token in tokens:
        if token.is_punctuation("<<") or token.is_word("TRIPLE"):
            raise _unreadable(
                where,
                text,
                token.start,
                "les triplets pris comme termes ne sont pas admis ; pour comparer avec un IRI, mettez une "
                "espace après « < »",
                "triples as terms are not accepted; to compare with an IRI, put a space after “<”",
            )
    for token in prefixes.uses(tokens):
        if token.text.upper().startswith("PREFIX"):
            raise _unreadable(
                where, text, token.start, "mettez une espace après PREFIX", "put a space after PREFIX"
            )
    for token in prefixes.anew:
        raise _unreadable(
            where,
            text,
            token.start,
            f"le préfixe « {token.text} » est déclaré deux fois ; gardez une des deux lignes",
            f"the prefix “{token.text}” is declared twice; keep one of the two lines",
        )
    with_comments = tokenize(text, comments=True) if "\\" in text else ()
    for position in reach.escapes_that_mislead(text, with_comments):
        written = text[position : position + 12].split()[0]
        raise _unreadable(
            where,
            text,
            position,
            f'« {written} » se lit de deux façons ; écrivez le caractère lui-même (\\" ou \\n dans un texte)',
            f"“{written}” can be read in two ways; write the character itself (or \\n for a line end)",
        )


def _check_graphs(
    where: _Where,
    text: str,
    tokens: Sequence[Token],
    prefixes: Prefixes,
    datasets: Callable[[], Iterable[NamedNode]] | Iterable[NamedNode],
    update: bool,
) -> None:
    """Refuse graphs that are no datasets of the store, where a query reads or changes them by name."""
    words = reach.TARGETS if update else reach.SOURCES
    for _, token in reach.said(words, list(prefixes.uses(tokens)), prefixes):
        raise _unreadable(
            where, text, token.start, "mettez une espace après le mot-clé", "put a space after the keyword"
        )
    for token in reach.variable_targets(tokens) if update else ():
        raise _refused_graph(where, text, token, ())
    named = list(reach.graphs_named(words, tokens, prefixes))
    if named:
        held = sorted(graph.value for graph in (datasets() if callable(datasets) else datasets))
        for iri, token in named:
            if iri not in held:
                raise _refused_graph(where, text, token, held)


def _check_shape(where: _Where, text: str, tokens: Sequence[Token]) -> None:
    """Refuse what is nested too deeply, and chains that engines nest."""
    limit = max_query_nesting()
    depth = signs = 0
    for token in tokens:
        depth += _step(token)
        signs = signs + 1 if _is_mark(token, _SIGNS) else 0
        if depth > limit or signs > limit:
            raise _too_deep(where, text, token, limit)
    _check_paths(where, text, tokens)
    _check_chains(where, text, tokens, limit * 10)


def _step(token: Token) -> int:
    return _is_mark(token, _OPENING) - _is_mark(token, _CLOSING)


def _is_mark(token: Token, marks: frozenset[str]) -> bool:
    return token.kind is Kind.PUNCTUATION and token.text in marks


def _check_chains(where: _Where, text: str, tokens: Sequence[Token], limit: int) -> None:
    linked = depth = 0
    data = False  # the triples of INSERT DATA are joined with nothing
    for before, token in zip((None, *tokens), tokens, strict=False):
        depth += token.is_punctuation("{") - token.is_punctuation("}")
        if token.is_punctuation("{") and before is not None and before.text.upper().endswith("DATA"):
            data = before.kind is Kind.WORD
        data = data and depth > 0
        if not data:
            linked += _is_mark(token, _JOINING)
            linked += token.kind is Kind.WORD and token.text.upper() in _CHAINS
        if linked > limit:
            raise _too_deep(where, text, token, limit)


def _check_paths(where: _Where, text: str, tokens: Sequence[Token]) -> None:
    """Count the steps of property paths: an engine plans each as a join."""
    limit = max_path_length()
    steps = 0
    for token in tokens:
        if _is_mark(token, _STEPS):
            steps += 1
        elif not (token.kind in (Kind.IRI, Kind.PREFIXED_NAME) or token.text in ("a", "(", ")")):
            steps = 0
        if steps >= limit:
            raise NestingLimit(
                fr=f"{_at(where, text, token.start).fr} : ce chemin de propriétés a plus de "
                f"{number(str(limit), 'fr')} pas ; raccourcissez-le, ou relevez la limite avec "
                "RTE_GRAPH_MAX_PATH_LENGTH.",
                en=f"{_at(where, text, token.start).en}: this property path has more than "
                f"{number(str(limit), 'en')} steps; shorten it, or raise the limit with "
                "RTE_GRAPH_MAX_PATH_LENGTH.",
            )


def _at(where: _Where, text: str, position: int) -> _Where:
    line, _ = line_and_column(text, position)
    return _Where(f"{where.fr}, ligne {line}", f"{where.en}, line {line}")


def _too_deep(where: _Where, text: str, token: Token, limit: int) -> NestingLimit:
    place = _at(where, text, token.start)
    return NestingLimit(
        fr=f"{place.fr} : le texte est trop imbriqué ({number(str(limit), 'fr')} au plus) ; "
        "simplifiez-le, ou relevez la limite avec RTE_GRAPH_MAX_QUERY_NESTING.",
        en=f"{place.en}: the text is nested too deeply (at most {number(str(limit), 'en')}); "
        "simplify it, or raise the limit with RTE_GRAPH_MAX_QUERY_NESTING.",
    )


def _refused(where: _Where, text: str, token: Token, word: str) -> RefusedQuery:
    place = _at(where, text, token.start)
    return RefusedQuery(
        fr=f"{place.fr} : « {word} » irait lire ailleurs que dans les données chargées, ce qu’une "
        "requête ne peut pas ici ; retirez-le et chargez d’abord ces données avec « rte-graph load ».",
        en=f"{place.en}: “{word}” would read elsewhere than in the loaded data, which a query may not here; "
        "remove it, and load such data first with “rte-graph load”.",
    )


def _changes_data(where: _Where, text: str, token: Token) -> RefusedQuery:
    place = _at(where, text, token.start)
    return RefusedQuery(
        fr=f"{place.fr} : « {token.text} » change les données ; ajoutez --allow-update si c’est voulu.",
        en=f"{place.en}: “{token.text}” changes the data; add --allow-update if you mean it.",
    )


def _refused_graph(where: _Where, text: str, token: Token, held: Sequence[str]) -> RefusedQuery:
    place = _at(where, text, token.start)
    listed = ", ".join(held[:_SHOWN]) + (" …" if len(held) > _SHOWN else "")
    fr = f"nommez l’un de ceux-ci : {listed}" if held else "nommez un jeu de données chargé"
    en = f"name one of these: {listed}" if held else "name a dataset that is loaded"
    return RefusedQuery(
        fr=f"{place.fr} : « {token.text} » n’est pas un jeu de données de cette base ; {fr}.",
        en=f"{place.en}: “{token.text}” is no dataset of this store; {en}.",
        keep=(token.text, *held),
    )


def _unknown_prefix(where: _Where, text: str, token: Token) -> UnreadableQuery:
    prefix = token.text.partition(":")[0]
    return _unreadable(
        where,
        text,
        token.start,
        f"le préfixe « {prefix}: » n’est pas déclaré ; ajoutez une ligne PREFIX {prefix}: <…>",
        f"the prefix “{prefix}:” is not declared; add a line PREFIX {prefix}: <…>",
    )


def _unreadable(where: _Where, text: str, position: int, fr: str, en: str) -> UnreadableQuery:
    place = _at(where, text, position)
    return UnreadableQuery(fr=f"{place.fr} : {fr}.", en=f"{place.en}: {en}.")
