"""Run a saved query: values become terms, rows become a table with labels, in one order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from pyoxigraph import Triple

from rte_graph.errors import InternalError, InvalidParameter, MissingParameter, UnreadableQuery
from rte_graph.sparql.completing import fill_labels, sort_lists
from rte_graph.sparql.grid import Grid, Rows, without_collector
from rte_graph.sparql.model import ANY, Parameter, SavedQuery, Text
from rte_graph.sparql.names import possible_values, resolve, scope_of
from rte_graph.sparql.ordering import order_of
from rte_graph.sparql.parameters import UNDEF, bind, term_text
from rte_graph.sparql.results import Table
from rte_graph.sparql.syntax import syntax_error
from rte_graph.sparql.terms import echoed, literal_text
from rte_graph.store.base import Solutions, Store

LANGUAGES = ("fr", "en")


def run_query(
    store: Store, query: SavedQuery, values: Mapping[str, str], lang: str = "fr", *, ordered: bool = True
) -> Table:
    """Run a saved query that gives a table.

    Parameters
    ----------
    store
        What to ask.
    query
        A query of the library.
    values
        Values of its parameters as a user types them; ``*`` leaves an optional one free.
    lang
        Language of the labels, ``fr`` or ``en``.
    ordered
        Sort the rows by the header's ``order`` and give labels to what has none. Networks, which sort nodes
        themselves, do without.

    Returns
    -------
    Table
        Rows in the header's order; rows that it leaves equal are ordered by all their columns.

    Raises
    ------
    MissingParameter, InvalidParameter, UnknownName, AmbiguousName
        If a value cannot become a term.
    UnreadableQuery
        If the text is not SPARQL, naming the file.
    """
    values, lang = with_language(values, lang)
    solutions = _select(store, query, bound_text(store, query, values, lang))
    with without_collector():
        grid = Grid.of(solutions)
        if not ordered:
            return Table(columns=grid.variables, rows=Rows(grid), lang=lang)
        fill_labels(store, grid, lang)
        sort_lists(grid)
        return Table(columns=grid.variables, rows=Rows(grid, order_of(grid, query.order)), lang=lang)


def select_query(store: Store, query: SavedQuery, values: Mapping[str, str], lang: str = "fr") -> Solutions:
    """Run a saved query that gives a table and return its rows as the store gives them.

    Raises
    ------
    MissingParameter, InvalidParameter, UnknownName, AmbiguousName, UnreadableQuery
        As `run_query` does.
    """
    return _select(store, query, bound_text(store, query, values, lang))


def ask_query(store: Store, query: SavedQuery, values: Mapping[str, str], lang: str = "fr") -> bool:
    """Run a saved query that gives yes or no."""
    text = bound_text(store, query, values, lang)
    with _named(query, text):
        return store.ask(text)


def construct_query(
    store: Store, query: SavedQuery, values: Mapping[str, str], lang: str = "fr"
) -> Iterator[Triple]:
    """Run a saved query that gives a graph."""
    text = bound_text(store, query, values, lang)
    with _named(query, text):
        return store.construct(text)


def bound_text(store: Store, query: SavedQuery, values: Mapping[str, str], lang: str) -> str:
    """Text of the query with its parameters bound: what is sent to the store."""
    values, lang = with_language(values, lang)
    if lang not in LANGUAGES:
        raise InvalidParameter(
            fr=f"La langue « {echoed(lang)} » n’existe pas ici : choisissez fr ou en.",
            en=f"There is no language “{echoed(lang)}” here: choose fr or en.",
        )
    known = {parameter.name for parameter in query.parameters}
    for name in values:
        if name not in known:
            raise _unknown_parameter(query, name)
    terms = {parameter.name: _term(store, query, parameter, values, lang) for parameter in query.parameters}
    return bind(query.text, {**terms, "lang": literal_text(lang)})


def with_language(values: Mapping[str, str], lang: str) -> tuple[dict[str, str], str]:
    """Take the reserved parameter ``lang`` out of the values: it may be given like any other.

    Examples
    --------
    >>> with_language({"lang": "en", "x": "1"}, "fr")
    ({'x': '1'}, 'en')
    """
    rest = dict(values)
    return rest, rest.pop("lang", lang)


def check_syntax(query: SavedQuery) -> None:
    """Let the engine read a query, on no data.

    Raises
    ------
    UnreadableQuery
        Naming the file, line and column.
    """
    from rte_graph.store import EmbeddedStore

    with _named(query, query.text):
        store = EmbeddedStore.in_memory()
        {"table": store.select, "graph": store.construct, "boolean": store.ask}[query.expect](query.text)


def default_values(query: SavedQuery) -> dict[str, str]:
    """Values that run a query « with its defaults »: the examples of its required parameters."""
    return {parameter.name: parameter.example for parameter in query.parameters if not parameter.optional}


def _select(store: Store, query: SavedQuery, text: str) -> Solutions:
    if query.expect != "table":
        raise InternalError(
            fr=f"« {query.name} » ne donne pas un tableau.", en=f"“{query.name}” does not give a table."
        )
    with _named(query, text):
        return store.select(text)


@contextmanager
def _named(query: SavedQuery, text: str) -> Iterator[None]:
    """Say in our words, with the file, what an engine says of a text that it cannot read."""
    try:
        yield
    except UnreadableQuery as error:
        located = syntax_error(text, str(error.__cause__), fr=str(query.path), en=str(query.path))
        if located is None:
            located = UnreadableQuery(fr=f"{query.path} : {error.fr}", en=f"{query.path}: {error.en}")
        raise located from error


def _term(store: Store, query: SavedQuery, parameter: Parameter, values: Mapping[str, str], lang: str) -> str:
    value = values.get(parameter.name, parameter.default)
    if value is None and not parameter.optional:
        raise _missing(store, query, parameter, lang)
    if value is None or (value == ANY and parameter.optional):
        return UNDEF
    if parameter.type in ("entity", "concept"):
        value = resolve(store, value, scope=scope_of(parameter), lang=lang, hint=_how_to_list(query))
    return term_text(parameter, value)


def _how_to_list(query: SavedQuery) -> Text:
    return Text(
        fr=f"« rte-graph query show {query.name} » énumère les valeurs possibles.",
        en=f"`rte-graph query show {query.name}` lists the possible values.",
    )


def _missing(store: Store, query: SavedQuery, parameter: Parameter, lang: str) -> MissingParameter:
    scope = scope_of(parameter)
    held = possible_values(store, scope, lang) if scope.class_iri or scope.scheme else ()
    names = [each.label for each in held]
    value = parameter.example if parameter.example in names or not names else names[0]
    others = ", ".join(name for name in names[:4] if name != value)
    example = f'rte-graph query run {query.name} -p {parameter.name}="{value}"'
    fr = f" (d’autres valeurs : {others}…)" if others else ""
    en = f" (other values: {others}…)" if others else ""
    return MissingParameter(
        fr=f"Donnez le paramètre « {parameter.name} » ({parameter.label.fr}), par exemple : {example}{fr}",
        en=f"Give the parameter “{parameter.name}” ({parameter.label.en}), for example: {example}{en}",
    )


def _unknown_parameter(query: SavedQuery, name: str) -> InvalidParameter:
    known = ", ".join(parameter.name for parameter in query.parameters)
    fr = f"ses paramètres sont : {known}" if known else "elle n’en a aucun"
    en = f"its parameters are: {known}" if known else "it has none"
    return InvalidParameter(
        fr=f"« {query.name} » n’a pas de paramètre « {echoed(name)} » ; {fr}.",
        en=f"“{query.name}” has no parameter “{echoed(name)}”; {en}.",
    )
