"""Which column of a saved query names territories, which one what is counted, and which one a number."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rte_graph.errors import UnknownName, UsageError
from rte_graph.sparql.engine import run_query
from rte_graph.sparql.results import is_iri, is_number, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rte_graph.sparql.model import Library, SavedQuery
    from rte_graph.sparql.results import Table
    from rte_graph.store.base import Store

# A column so named holds a rate, which a choropleth may show; any other number is a count.
RATE = re.compile(r"(?:^|[a-z0-9])(?:[Rr]ate|[Ss]hare|[Pp]ercentage|[Dd]ensity|[Tt]aux|[Pp]art)$")
TERRITORY_NAMES = ("territory", "department", "region", "commune", "place")
TERRITORIES = """PREFIX rte: <https://w3id.org/rte/ontology#>
SELECT DISTINCT ?item WHERE { VALUES ?item { %s } ?item a rte:Territory }"""
OWN = """PREFIX rte: <https://w3id.org/rte/ontology#>
SELECT DISTINCT ?item ?place WHERE { VALUES ?item { %s } ?item rte:territory ?place }"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row as the map needs it: what is counted, where (empty: not stated), its citations, its number."""

    entity: str
    territory: str
    evidence: tuple[str, ...] = ()
    value: float | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a query gives for a map; ``value`` names its column of numbers, if rows are not counted."""

    rows: tuple[Row, ...]
    territories: frozenset[str]
    value: str = ""


def read_found(
    store: Store, library: Library, saved: SavedQuery, values: Mapping[str, str], value: str | None = None
) -> Found:
    """Run a query and find its columns.

    Raises
    ------
    UsageError
        If nothing that it gives has a territory.
    UnknownName
        If ``value`` is not one of its columns of numbers.
    """
    if saved.expect != "table":
        raise UsageError(
            fr=f"« {saved.name} » ne donne pas de tableau : choisissez une autre requête.",
            en=f"“{saved.name}” does not give a table: choose another query.",
        )
    table = run_query(store, saved, values)
    held = {name: {text(t) for t in table.column(name) if is_iri(t)} for name in table.columns}
    known = _territories(store, set().union(*held.values()))
    place = _place_column(held, known)
    if value is not None:
        _check_value(table, value)
    if place is None:
        return _by_own_territory(store, library, saved, values, held)
    entity = None if value else _entity_column(saved, table.columns, held, place)
    if entity is None:
        return _by_row(table, place, known, value)
    rows = (
        Row(
            entity=each[entity],
            territory=each.get(place, "") if each.get(place) in known else "",
            evidence=tuple(each.get("evidence", "").split()),
        )
        for each in table.records()
        if entity in each
    )
    return Found(rows=tuple(dict.fromkeys(rows)), territories=frozenset(held[place] & known))


def _territories(store: Store, iris: Collection[str]) -> set[str]:
    return {text(row[0]) for row in store.select(TERRITORIES % _terms(iris)).rows} if iris else set()


def _terms(iris: Collection[str]) -> str:
    from rte_graph.views.page_texts import terms

    return terms(iris)


def _place_column(held: Mapping[str, set[str]], known: set[str]) -> str | None:
    """Return the column of territories: by its name, else the one in which most are."""
    found = [name for name, iris in held.items() if iris & known]
    named = [name for name in TERRITORY_NAMES if name in found]
    most = named or sorted(found, key=lambda name: -len(held[name] & known))
    return most[0] if most else None


def _entity_column(
    saved: SavedQuery, columns: Sequence[str], held: Mapping[str, set[str]], place: str
) -> str | None:
    """Return the column of what is counted: in a network the other end, else the first named thing."""
    if saved.network:
        return next(name for name in ("source", "target") if name != place)
    named = [name for name in columns if f"{name}Label" in columns and held[name] and name != place]
    return named[0] if named else None


def _check_value(table: Table, value: str) -> None:
    numbers = [name for name in table.columns if any(is_number(term) for term in table.column(name))]
    if value not in numbers:
        listed = ", ".join(numbers)
        raise UnknownName(
            fr=f"« {value} » n’est pas une colonne de nombres de cette requête : "
            + (f"choisissez {listed}." if numbers else "elle n’en a pas, laissez --value."),
            en=f"“{value}” is not a column of numbers of this query: "
            + (f"choose {listed}." if numbers else "it has none, leave out --value."),
        )


def _by_row(table: Table, place: str, known: set[str], value: str | None) -> Found:
    """Rows that speak of territories alone: their number is shown, else the territories are counted."""
    numbers = [
        name
        for name in table.columns
        if all(is_number(term) or term is None for term in table.column(name))
        and any(term is not None for term in table.column(name))
    ]
    counts = [name for name in numbers if name == "count" or name.endswith("Count") or RATE.search(name)]
    column = value or (counts[0] if counts else "")
    lists = [name for name in table.columns if name in ("initiatives", "actors", "organisations", "members")]
    rows = []
    for each in table.records():
        if each.get(place) in known and (not column or column in each):
            rows.append(
                Row(
                    entity=each[place],
                    territory=each[place],
                    evidence=tuple(each.get("evidence", "").split()),
                    value=float(each[column]) if column else None,
                    detail=each.get(lists[0], "") if lists else "",
                )
            )
    if column:
        _refuse_twice(rows, column)
    return Found(
        rows=tuple(dict.fromkeys(rows)),
        territories=frozenset(row.territory for row in rows),
        value=column,
    )


def _refuse_twice(rows: Sequence[Row], column: str) -> None:
    seen: set[str] = set()
    for row in rows:
        if row.territory in seen:
            raise UsageError(
                fr=f"La requête donne plusieurs « {column} » pour un même territoire, et rien ne dit comment "
                "les réunir : donnez-lui des paramètres (-p) qui en laissent un.",
                en=f"The query gives several “{column}” for one territory, and nothing says how to join "
                "them: give it parameters (-p) that leave one.",
            )
        seen.add(row.territory)


def _by_own_territory(
    store: Store,
    library: Library,
    saved: SavedQuery,
    values: Mapping[str, str],
    held: Mapping[str, set[str]],
) -> Found:
    """Place what a query without territories names where the data say that it is."""
    entities: set[str] = set()
    if saved.network:
        entities = held["source"] | held["target"]
        if saved.network.nodes:
            nodes = library.get(saved.network.nodes)
            names = {parameter.name for parameter in nodes.parameters}
            asked = {name: each for name, each in values.items() if name in names}
            entities |= {text(t) for t in run_query(store, nodes, asked).column("node") if is_iri(t)}
    else:
        named = [name for name in held if f"{name}Label" in held and held[name]]
        entities = held[named[0]] if named else set()
    pairs = {
        (text(row[0]), text(row[1]))
        for row in (store.select(OWN % _terms(entities)).rows if entities else ())
    }
    if not pairs:
        raise UsageError(
            fr=f"Rien de ce que donne « {saved.name} » n’a de territoire : choisissez une requête qui a une "
            "colonne de territoires, comme initiatives ou territory-actors.",
            en=f"Nothing that “{saved.name}” gives has a territory: choose a query with a column of "
            "territories, such as initiatives or territory-actors.",
        )
    placed = {entity for entity, _ in pairs}
    rows = sorted(pairs) + sorted((entity, "") for entity in entities - placed)
    return Found(
        rows=tuple(Row(entity=entity, territory=place) for entity, place in rows),
        territories=frozenset(place for _, place in pairs),
    )
