"""Where a resource lies stands on its page: on an outline that all pages share, in words, and as a link."""

from __future__ import annotations

import re
from functools import cache

import pytest
from observatory import hostile_site, observatory
from sites import packaged_site

from rte_graph.describe.reading import IndexReading
from rte_graph.loading import packaged_store
from rte_graph.publish import assets
from rte_graph.publish.map import pages as map_pages
from rte_graph.publish.place_map import OUTLINE
from rte_graph.publish.places import place_book
from rte_graph.publish.resources import Desk, resource_pages
from rte_graph.publish.shell import html
from rte_graph.publish.standings import Standings
from rte_graph.views.map_outline import contains, frames_at

ID = "https://w3id.org/rte/id/"


@cache
def page(name: str, lang: str = "fr") -> str:
    site = packaged_site()
    desk = Desk(site, IndexReading(packaged_store()), Standings())
    resource = site.resources[ID + name]
    made = {each.path: each.content for each in resource_pages(desk, resource)}
    return made[resource.page(lang, site.first)].decode()


def drawing(name: str, lang: str = "fr") -> str:
    found = re.search(r'<svg class="place".*?</svg>', page(name, lang), re.DOTALL)
    return found[0] if found else ""


def test_a_departement_is_filled_and_its_dot_lies_within_it() -> None:
    drawn = drawing("territory/departement-46")
    path = re.findall(r'<path class="area" d="([^"]*)"', drawn)
    dots = [tuple(map(int, each)) for each in re.findall(r'<circle cx="(\d+)" cy="(\d+)"', drawn)]
    assert len(path) == len(dots) == 1
    assert contains(ring(path[0]), dots[0])


def ring(path: str) -> tuple[tuple[int, int], ...]:
    """The first ring of a path of relative steps."""
    numbers = [int(each) for each in re.findall(r"-?\d+", path.partition("z")[0])]
    x = y = 0
    points = []
    for step in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + step[0], y + step[1]
        points.append((x, y))
    return tuple(points)


def test_a_region_is_filled_without_a_dot_for_nobody_says_where_in_it() -> None:
    drawn = drawing("territory/region-76")
    assert drawn.count('class="area"') == 13
    assert "<circle" not in drawn


def test_what_lies_overseas_has_its_inset_with_its_name() -> None:
    drawn = drawing("territory/departement-974", "en")
    assert drawn.count('class="land"') == 1
    assert "La Réunion</text>" in drawn
    _, _, width, height = re.search(r'viewBox="(\d+) (\d+) (\d+) (\d+)"', drawn).groups()  # type: ignore[union-attr]
    spots = [(int(x), int(y)) for x, y in re.findall(r'<circle cx="(\d+)" cy="(\d+)"', drawn)]
    assert [0 <= x <= int(width) and 560 < y < int(height) for x, y in spots] == [True]


def test_an_organisation_stands_where_its_initiatives_are_with_their_number() -> None:
    shown = page("organisation/siel-bleu")
    assert re.search(r'<a href="../../map.html#at=departement-67">Strasbourg</a> <small>1</small>', shown)
    assert "Carte\u00a0: Strasbourg, Mulhouse" in drawing("organisation/siel-bleu")
    assert "Map: Strasbourg, Mulhouse" in drawing("organisation/siel-bleu", "en")
    assert 'href="../../map.en.html#at=departement-67"' in page("organisation/siel-bleu", "en")


def test_the_map_opens_at_the_circle_of_a_place_or_at_its_entry_beside_the_map() -> None:
    book = place_book(packaged_site())
    assert book.address(f"{ID}territory/commune-68224") == "at=departement-68"
    assert book.address(f"{ID}territory/academie-toulouse") == "at=academie-toulouse"
    unlisted = next(
        iri for iri, place in book.places.items() if iri not in book.keys and place.level == "region"
    )
    assert book.address(unlisted).startswith("level=region&at=region-")


@pytest.mark.parametrize("name", ["territory/country-fr", "dataset/mgen", "person/jean-michel-ricard"])
def test_what_has_no_place_has_no_map(name: str) -> None:
    assert drawing(name) == ""


def test_the_outline_is_one_small_file_that_follows_light_and_dark() -> None:
    files = {each.path: each.content for each in assets.pages(packaged_site())}
    outline = files[OUTLINE].decode()
    assert len(outline) < 80_000
    assert "prefers-color-scheme:dark" in outline
    assert outline.count("z") >= len(frames_at(1.0)[0].departements)


def test_the_map_is_in_the_navigation_where_there_is_one_and_nowhere_else() -> None:
    from markupsafe import Markup

    for site, there in ((packaged_site(), True), (observatory(), False), (hostile_site(), False)):
        made = html(site, path="about.html", lang="fr", title="x", body=Markup("<h1>x</h1>")).decode()
        assert ('href="map.html"' in made) is there
        assert bool(list(map_pages(site))) is there


def test_entries_and_areas_of_the_map_lead_to_their_pages() -> None:
    made = {each.path: each.content.decode() for each in map_pages(packaged_site())}
    assert '"href":"id/initiative/labhidouille.en.html"' in made["map.en.html"]
    assert '"departement-46":"id/territory/departement-46.html"' in made["map.html"]
    assert '<a href="id/initiative/labhidouille.html"><bdi>' in made["map.html"]
    assert '<a href="index.html">' in made["map.html"]
