"""What a result is: the facts that travel with a table once it has left the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rte_graph.sparql.model import ANY, SavedQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a table answers.

    Attributes
    ----------
    name : str
        Name of the saved query; empty for text of the user's own.
    summary, description : str
        What it asks, in the language of the table.
    parameters : tuple of (str, str)
        Label and value of each parameter in force.
    text : str
        Text of a query that has no name.
    """

    name: str = ""
    summary: str = ""
    description: str = ""
    parameters: tuple[tuple[str, str], ...] = ()
    text: str = ""


def about_query(query: SavedQuery, values: Mapping[str, str], lang: str) -> About:
    """Return what a saved query answers, with the values that its parameters were given."""
    free = "all values" if lang == "en" else "toutes les valeurs"
    parameters = []
    for parameter in query.parameters:
        value = values.get(parameter.name, parameter.default)
        shown = free if value is None or (value == ANY and parameter.optional) else value
        parameters.append((f"{parameter.label.in_language(lang)} (-p {parameter.name})", shown))
    return About(
        name=query.name,
        summary=query.summary.in_language(lang),
        description=query.description.in_language(lang),
        parameters=tuple(parameters),
    )


def no_truncation() -> None:
    """All rows are there."""
    return
