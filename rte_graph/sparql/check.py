"""Whether a saved query is fit for use: what loading it cannot see, asked of a store."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from rte_graph.errors import RteError, UnreadableQuery
from rte_graph.namespaces import RTE, VOCABULARY_BASE, shorten
from rte_graph.sparql.coherence import declared_prefixes
from rte_graph.sparql.collation import collation_key
from rte_graph.sparql.engine import ask_query, bound_text, construct_query, default_values, run_query
from rte_graph.sparql.model import Parameter, SavedQuery
from rte_graph.sparql.possible import fitting_values, values_of, values_with_rows
from rte_graph.sparql.terms import iri_text, literal_text
from rte_graph.sparql.tokens import Kind, Token, line_and_column, tokenize
from rte_graph.store.base import Store


def check_query(store: Store, query: SavedQuery, lang: str, *, packaged: bool = False) -> int:
    """Check a query against a store and return how many rows, triples or answers its defaults give.

    Parameters
    ----------
    store
        The data that the query is meant for.
    query
        A query that was read.
    lang
        Language of the labels.
    packaged
        Whether the query came with the package: then its examples need not be in these data, which may be
        others than those that it was written for.

    Raises
    ------
    RteError
        Saying what is wrong and the repair: a class or scheme that does not exist, an example that is
        unknown or gives no rows, a text that the engine cannot read.
    """
    if packaged:
        values = fitting_values(store, query, lang)
        return 0 if values is None else _count(store, query, values, lang)
    _check_terms(store, query)
    defaults = default_values(query)
    for parameter in query.parameters:
        _check_range(store, query, parameter)
        _check_default(store, query, parameter, defaults, lang)
        _check_example(store, query, parameter, {**defaults, parameter.name: parameter.example}, lang)
    return _count(store, query, defaults, lang)


def _count(store: Store, query: SavedQuery, values: dict[str, str], lang: str) -> int:
    if query.expect == "table":
        return len(run_query(store, query, values, lang).rows)
    if query.expect == "boolean":
        ask_query(store, query, values, lang)
        return 1
    return sum(1 for _ in construct_query(store, query, values, lang))


def _check_terms(store: Store, query: SavedQuery) -> None:
    """Refuse a name of our own vocabularies that stands nowhere in the data: it is mistyped."""
    tokens = tokenize(query.text)
    prefixes = declared_prefixes(tokens)
    for token in tokens:
        prefix, _, local = token.text.partition(":")
        iri = prefixes.get(prefix, "") + local
        named = token.kind is Kind.PREFIXED_NAME and local
        if named and iri.startswith((RTE, VOCABULARY_BASE)) and not _stands_somewhere(store, iri_text(iri)):
            raise _unknown_term(store, query, token, iri)


def _unknown_term(store: Store, query: SavedQuery, token: Token, iri: str) -> UnreadableQuery:
    line, _ = line_and_column(query.text, token.start)
    near = _nearest_term(store, iri, token.text.partition(":")[0])
    fr, en = (f" ; essayez {near}", f"; try {near}") if near else (", corrigez ce nom", ", correct that name")
    return UnreadableQuery(
        fr=f"{query.path}, ligne {line} : {token.text} n’existe ni dans l’ontologie ni dans les données{fr}.",
        en=f"{query.path}, line {line}: {token.text} exists neither in the ontology nor in the data{en}.",
    )


def _stands_somewhere(store: Store, node: str) -> bool:
    return store.ask(f"ASK {{ {{ {node} ?p ?o }} UNION {{ ?s {node} ?o }} UNION {{ ?s ?p {node} }} }}")


def _nearest_term(store: Store, iri: str, prefix: str) -> str:
    namespace = iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]
    rows = store.select(
        f"SELECT DISTINCT ?s WHERE {{ ?s ?p ?o . FILTER(STRSTARTS(STR(?s), {literal_text(namespace)})) }}"
    ).rows
    names = {str(getattr(row[0], "value", "")).removeprefix(namespace) for row in rows}
    near = difflib.get_close_matches(iri.removeprefix(namespace), names, n=1)
    return f"{prefix}:{near[0]}" if near else ""


def _check_range(store: Store, query: SavedQuery, parameter: Parameter) -> None:
    if parameter.class_name:
        node = iri_text(parameter.class_name)
        if not store.ask(f"ASK {{ {{ {node} ?p ?o }} UNION {{ ?s a {node} }} }}"):
            name = shorten(parameter.class_name)
            raise _wrong(
                query,
                f"params.{parameter.name}.class",
                f"la classe {name} n’existe ni dans l’ontologie ni dans les données, corrigez-la",
                f"the class {name} exists neither in the ontology nor in the data, correct it",
            )
    if parameter.scheme:
        schemes = sorted(_schemes(store), key=collation_key)
        if parameter.scheme not in schemes:
            known = ", ".join(schemes)
            raise _wrong(
                query,
                f"params.{parameter.name}.scheme",
                f"le schéma « {parameter.scheme} » n’existe pas, choisissez parmi {known}",
                f"there is no scheme “{parameter.scheme}”, choose among {known}",
            )


def _schemes(store: Store) -> Iterator[str]:
    in_scheme = "<http://www.w3.org/2004/02/skos/core#inScheme>"
    for row in store.select(f"SELECT DISTINCT ?scheme WHERE {{ ?concept {in_scheme} ?scheme }}").rows:
        iri = str(getattr(row[0], "value", ""))
        if iri.startswith(VOCABULARY_BASE):
            yield iri.removeprefix(VOCABULARY_BASE)


def _check_default(
    store: Store, query: SavedQuery, parameter: Parameter, values: dict[str, str], lang: str
) -> None:
    if parameter.default is not None:
        key = f"params.{parameter.name}.default"
        _bind(store, query, key, {**values, parameter.name: parameter.default}, lang)


def _bind(store: Store, query: SavedQuery, key: str, values: dict[str, str], lang: str) -> None:
    try:
        bound_text(store, query, values, lang)
    except RteError as error:
        raise _wrong(query, key, error.fr.rstrip("."), error.en.rstrip(".")) from error


def _check_example(
    store: Store, query: SavedQuery, parameter: Parameter, values: dict[str, str], lang: str
) -> None:
    key = f"params.{parameter.name}.example"
    _bind(store, query, key, values, lang)
    if not _count(store, query, values, lang):
        better = _giving_rows(store, query, parameter, values, lang)
        fr = f"choisissez par exemple « {better} »" if better else "choisissez-en un qui en donne"
        en = f"choose for example “{better}”" if better else "choose one that gives some"
        raise _wrong(
            query,
            key,
            f"l’exemple « {parameter.example} » ne donne aucune ligne, {fr}",
            f"the example “{parameter.example}” gives no rows, {en}",
        )


_TRIED = 500
"""How many values are tried in search of one that gives rows."""


def _giving_rows(
    store: Store, query: SavedQuery, parameter: Parameter, values: dict[str, str], lang: str
) -> str:
    """Label of a value of the parameter that gives rows, if one is found soon; else nothing."""
    found = values_with_rows(store, query, parameter, values, lang) if query.expect == "table" else ()
    possible = values_of(store, parameter, lang)[:_TRIED] if not found else ()
    giving = (each for each in possible if _count(store, query, {**values, parameter.name: each.iri}, lang))
    return next((each.label for each in (*found, *giving)), "")


def _wrong(query: SavedQuery, key: str, fr: str, en: str) -> UnreadableQuery:
    return UnreadableQuery(fr=f"{query.path}, clé « {key} » : {fr}.", en=f"{query.path}, key “{key}”: {en}.")
