"""What could have been asked: values of a parameter, and why a table is empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rte_graph.errors import AmbiguousName, UnknownName
from rte_graph.sparql.engine import bound_text, default_values, run_query, with_language
from rte_graph.sparql.model import ANY, Parameter, SavedQuery
from rte_graph.sparql.names import SHOWN, Named, labelled, possible_values, scope_of
from rte_graph.sparql.results import is_iri, text
from rte_graph.sparql.terms import echoed
from rte_graph.sparql.wording import quoted
from rte_graph.store.base import Store
from rte_graph.typography import french


def values_of(store: Store, parameter: Parameter, lang: str) -> tuple[Named, ...]:
    """Everything that an entity or concept parameter can be; nothing for other types or for any entity."""
    scope = scope_of(parameter)
    if scope.class_iri is None and scope.scheme is None:
        return ()
    return possible_values(store, scope, lang)


def values_with_rows(
    store: Store, query: SavedQuery, parameter: Parameter, values: Mapping[str, str], lang: str
) -> tuple[Named, ...]:
    """Values of one parameter that give rows, the other parameters staying as they are.

    The query is run with this parameter free; it must show the parameter as a column, or its IRI beside
    its label.
    """
    column = f"{parameter.name}Iri" if f"{parameter.name}Iri" in query.columns else parameter.name
    if column not in query.columns or parameter.type not in ("entity", "concept"):
        return ()
    freed = replace(
        query,
        parameters=tuple(
            replace(each, optional=True) if each.name == parameter.name else each for each in query.parameters
        ),
    )
    table = run_query(store, freed, {**values, parameter.name: ANY}, lang, ordered=False)
    return labelled(store, {text(term) for term in table.column(column) if is_iri(term)}, lang)


def fitting_values(store: Store, query: SavedQuery, lang: str) -> dict[str, str] | None:
    """Values that run a query on any data: its examples, or where the data lack one, the first that fits.

    Returns
    -------
    dict or None
        None when a required parameter can be nothing in these data.
    """
    values = default_values(query)
    for parameter in query.parameters:
        if parameter.name not in values:
            continue
        try:
            bound_text(store, query, values, lang)
        except (UnknownName, AmbiguousName):
            found = values_with_rows(store, query, parameter, values, lang) or values_of(
                store, parameter, lang
            )
            if not found:
                return None
            values[parameter.name] = found[0].iri
    return values


def explain_empty(store: Store, query: SavedQuery, values: Mapping[str, str], lang: str) -> str:
    """Say in a few sentences that there is nothing, and which values would give something."""
    values, lang = with_language(values, lang)
    sentences = [_nothing(query, values, lang)]
    sentences += [
        _in_force(parameter, lang)
        for parameter in query.parameters
        if parameter.default is not None and parameter.name not in values
    ]
    for parameter in query.parameters:
        if values.get(parameter.name, ANY if parameter.optional else "") == ANY and not parameter.default:
            continue
        found = values_with_rows(store, query, parameter, values, lang)
        if found:
            sentences.append(_would_give(parameter, found, lang))
    return "\n".join(sentences) if lang == "en" else french("\n".join(sentences))


def _nothing(query: SavedQuery, values: Mapping[str, str], lang: str) -> str:
    if not values:
        if lang == "en":
            return "No rows: the data hold nothing that this query looks for."
        return "Aucune ligne : les données ne contiennent rien de ce que cette requête cherche."
    given = ", ".join(f"{name} = {quoted(echoed(value), lang)}" for name, value in values.items())
    return f"No rows for {given}." if lang == "en" else f"Aucune ligne pour {given}."


def _in_force(parameter: Parameter, lang: str) -> str:
    name, value = quoted(parameter.name, lang), quoted(str(parameter.default), lang)
    if lang == "en":
        return f"{name} is {value} by default; -p {parameter.name}={ANY} takes all values."
    return f"{name} vaut {value} par défaut ; -p {parameter.name}={ANY} prend toutes les valeurs."


def _would_give(parameter: Parameter, found: tuple[Named, ...], lang: str) -> str:
    listed = ", ".join(each.label for each in found[:SHOWN]) + (", …" if len(found) > SHOWN else "")
    if lang == "en":
        return f"Values of “{parameter.name}” that give rows: {listed}."
    return f"Valeurs de « {parameter.name} » qui donnent des lignes : {listed}."
