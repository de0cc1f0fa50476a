"""What the query page needs to put a result on the map: outlines, the component, where each territory lies.

The page loads this script only when a reader opens the map of a result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rte_graph.store.base import Store

TERRITORIES = """PREFIX rte: <https://w3id.org/rte/ontology#>
SELECT DISTINCT ?item WHERE { ?item a rte:Territory }"""
SCRIPTS = ("page/dom.js", "map/words.js", "map/component.js")


def territory_iris(store: Store) -> tuple[str, ...]:
    """Return the IRIs of all territories in the data, sorted: a column that holds one can go on the map."""
    from rte_graph.sparql.results import is_iri, text

    return tuple(sorted({text(row[0]) for row in store.select(TERRITORIES).rows if is_iri(row[0])}))


def map_base(store: Store) -> dict[str, Any]:
    """Return the base map and the places: by IRI, as ``mountMap`` takes them.

    Parameters
    ----------
    store : Store
        Where the territories are, with their kinds, codes and hierarchy.

    Returns
    -------
    dict
        ``base`` (outlines, names, colours: `rte_graph.views.map_payload.base_payload`), ``places`` (a list;
        each says its IRI, key, label, kind, level, département, région, group) and ``css`` of the component.
    """
    from rte_graph.views.map_page import component_css
    from rte_graph.views.map_payload import base_payload, place_payload
    from rte_graph.views.map_places import UNPLACED, read_places

    places = (*read_places(store, territory_iris(store)), UNPLACED)
    listed = [
        each | {"level": place.level} for each, place in zip(place_payload(places), places, strict=True)
    ]
    return {"base": base_payload(), "places": listed, "css": component_css()}


def map_script(store: Store) -> str:
    """Return ``assets/ask/map.js``: the component and the base map, as ``window.rteMapBase``.

    The same data give the same text.
    """
    from rte_graph.views.map_page import asset
    from rte_graph.views.page_data import script_json

    parts = "\n".join(asset(name) for name in SCRIPTS)
    data = script_json(map_base(store))
    text = f'(() => {{\n"use strict";\n{parts}\nwindow.rteMapBase = {{ ...{data}, mountMap }};\n}})();\n'
    assert "</script" not in text.lower()
    return text
