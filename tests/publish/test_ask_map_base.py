"""What the query page loads to put a result on the map."""

from __future__ import annotations

import json
import re

from rte_graph.loading import store_from
from rte_graph.publish.ask.map_base import map_base, map_script, territory_iris
from rte_graph.views.map_build import build_map


def test_every_territory_of_the_data_has_its_place() -> None:
    store = store_from(None)
    places = {place["iri"]: place for place in map_base(store)["places"]}
    assert set(places) == {*territory_iris(store), ""}
    lot = places["https://w3id.org/rte/id/territory/departement-46"]
    assert (lot["departement"], lot["region"], lot["level"]) == ("46", "76", "departement")
    assert lot["label"] == {"fr": "Lot", "en": "Lot"}


def test_places_lie_where_the_map_of_the_site_has_them() -> None:
    from rte_graph.sparql.library import working_library
    from rte_graph.views.map_payload import map_payload

    store = store_from(None)
    places = {place["iri"]: place for place in map_base(store)["places"]}
    for place in map_payload(build_map(store, working_library()))["places"]:
        known = places[place["iri"]]
        assert {key: known[key] for key in place if key != "key"} == {
            key: value for key, value in place.items() if key != "key"
        }


def test_the_script_is_the_same_twice_and_ends_no_script_element() -> None:
    first = map_script(store_from(None))
    assert first == map_script(store_from(None))
    assert "</script" not in first.lower()
    data = re.search(r"window\.rteMapBase = \{ \.\.\.(.*), mountMap \};", first)
    assert data is not None
    assert set(json.loads(data.group(1))) == {"base", "css", "places"}
