"""``-p NAME=VALUE``: the values of a saved query's parameters, as they are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rte_graph.sparql.model import SavedQuery


def values_of_pairs(saved: SavedQuery, pairs: tuple[str, ...]) -> dict[str, str]:
    """Return the values of the parameters by name.

    Raises
    ------
    InvalidParameter
        If a pair has no name or no value, or a parameter is given twice.
    """
    from rte_graph.errors import InvalidParameter

    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            known = saved.parameters[0].name if saved.parameters else "name"
            raise InvalidParameter(
                fr=f"« {pair} » n’a pas la forme NOM=VALEUR : écrivez par exemple -p {known}=…",
                en=f"“{pair}” is not of the form NAME=VALUE: write for example -p {known}=…",
            )
        if name in values:
            raise InvalidParameter(
                fr=f"Le paramètre « {name} » est donné deux fois : gardez une valeur.",
                en=f"The parameter “{name}” is given twice: keep one value.",
            )
        values[name] = value
    return values
