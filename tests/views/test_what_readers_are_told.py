"""Licences, sources, numbers and names as readers see them: nothing invented, nothing disguised."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from picture_sample import sample_network

from rte_graph.loading import store_from
from rte_graph.network.wording import Text, decimal
from rte_graph.resources import queries_folder
from rte_graph.sparql.library import load_library
from rte_graph.views.labels import LabelRequest, place_labels, wrap
from rte_graph.views.layout import compute_layout, problem_of, text_width
from rte_graph.views.network_page import draw_page
from rte_graph.views.page_build import page_network
from rte_graph.views.page_data import page_data
from rte_graph.views.page_model import PageMeasure, PageNetwork, PageNode, same
from rte_graph.views.picture import _Picture, draw_svg
from rte_graph.views.report import unbroken
from rte_graph.views.rings import ring_layout

SVG = "{http://www.w3.org/2000/svg}"
HEAD = """
@prefix rte: <https://w3id.org/rte/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix : <https://w3id.org/rte/id/> .
"""
ONE = """
:a a rte:Alliance ; skos:prefLabel "Seule"@fr ;
  rte:level <https://w3id.org/rte/vocab/alliance-level/national> .
:o a rte:Organisation ; skos:prefLabel "Nom \u202edéguisé"@fr .
:m a rte:Membership ; org:member :o ; org:organization :a ;
  org:role <https://w3id.org/rte/vocab/membership-role/member> .
"""


def _read(tmp_path: Path, dataset: str) -> PageNetwork:
    path = tmp_path / "data.ttl"
    path.write_text(HEAD + dataset + ONE, encoding="utf-8")
    return page_network(store_from(str(path)), load_library(queries_folder()), "alliance-memberships")


@pytest.fixture(scope="module")
def packaged() -> PageNetwork:
    return page_network(store_from(None), load_library(queries_folder()), "alliance-memberships")


def test_no_licence_is_invented(tmp_path: Path) -> None:
    network = _read(
        tmp_path, ':d a dcat:Dataset ; dcat:version "7" ; dcterms:license <javascript:alert(1)> .'
    )
    assert network.making.licences == ()
    assert "licence non indiquée" in draw_page(network)
    assert "licence not stated" in draw_page(network, lang="en")
    svg = draw_svg(network, compute_layout(problem_of(network)))
    lines = [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]
    assert "licence non indiquée" in " ".join(lines)
    assert "CC BY" not in svg + draw_page(network)


def test_the_licence_is_the_one_that_the_data_state(tmp_path: Path) -> None:
    network = _read(
        tmp_path, ":d a dcat:Dataset ; dcterms:license <https://creativecommons.org/licenses/by-sa/4.0/> ."
    )
    assert network.making.licence_in("fr") == "CC BY-SA 4.0"


def test_names_lose_the_characters_that_turn_their_direction(tmp_path: Path) -> None:
    network = _read(tmp_path, "")
    assert "Nom déguisé" in {node.label.fr for node in network.nodes}
    assert "\u202e" not in draw_page(network)


def test_alone_in_its_set_a_node_is_no_hub(tmp_path: Path) -> None:
    network = _read(tmp_path, "")
    assert network.findings == ()
    assert network.hub is None
    assert network.headline.fr == ""


def test_purpose_and_origin_cite_what_the_node_cites(packaged: PageNetwork) -> None:
    hub = next(n for n in packaged.nodes if n.label.fr == "Coalition Solidaire")
    facts = [fact for fact in hub.facts if fact.name.en in ("Purpose", "Origin")]
    assert len(facts) == 2
    assert all(fact.sources for fact in facts)


def test_the_headline_is_computed_and_stands_for_the_hub(packaged: PageNetwork) -> None:
    assert packaged.hub is not None
    assert packaged.nodes[packaged.hub].label.fr == "Coalition Solidaire"
    assert (
        packaged.headline.fr
        == "Coalition Solidaire réunit 15 organisations sur 16 et touche les 4 autres alliances"
    )
    assert packaged.headline.en.endswith(
        "gathers 15 of the 16 organisations and touches all 4 other alliances"
    )


def test_a_former_name_is_not_told_again_as_another_spelling(packaged: PageNetwork) -> None:
    for node in packaged.nodes:
        assert not set(node.former_names) & set(node.other_names)


def test_definitions_for_readers_name_no_software(packaged: PageNetwork) -> None:
    assert "networkx" not in " ".join(m.definition.fr + m.definition.en for m in packaged.measures)


def test_page_and_terminal_round_alike() -> None:
    network = sample_network()
    values = (0.0625, 0.1875, 0.9375, *[0.5] * (len(network.nodes) - 3))
    measure = PageMeasure(
        name="x", label=same("X"), definition=same(""), values=values, ranks=tuple([1] * len(values))
    )
    data = page_data(replace(network, measures=(measure,)), compute_layout(problem_of(network)), "fr")
    assert data["measures"][0]["texts"] == [decimal(value, "en") for value in values]


def test_long_names_are_shortened_and_letters_stay_whole() -> None:
    assert wrap("x" * 190) == ("x" * 41 + "…",)
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    (line,) = wrap("a" * 39 + family + "b" * 20)
    assert line == "a" * 39 + "…"


def test_a_name_that_must_be_written_is_written_over_what_matters_least() -> None:
    crowd = [
        (40.0 * i - 600, 40.0 * j - 600, 40.0 * i - 570, 40.0 * j - 570) for i in range(30) for j in range(30)
    ]
    request = LabelRequest(at=(0.0, 0.0), reach=8.0, lines=("Alliance nationale",), must=True)
    assert place_labels([replace(request, must=False)], crowd, []) == [None]
    assert place_labels([request], crowd, [])[0] is not None


def test_in_a_crowd_the_targets_are_named_first() -> None:
    base = sample_network()
    leaf, target = base.nodes[0], next(n for n in base.nodes if n.side == "target")
    leaves = [
        replace(leaf, iri=f"https://example.org/o{i}", label=same(f"Association du Lien {i}"))
        for i in range(150)
    ]
    targets = [
        replace(target, iri=f"https://example.org/a{i}", label=same(f"Alliance nationale {i}"))
        for i in range(12)
    ]
    edges = [replace(base.edges[0], source=i, target=150 + (i * k) % 12) for i in range(150) for k in (1, 5)]
    network = replace(base, nodes=(*leaves, *targets), edges=tuple(edges), measures=(), hub=None)
    picture = _Picture(network, compute_layout(problem_of(network)), "fr", None, True, 13.0)
    assert all(picture.labels[i] for i in range(150, 162))
    assert not all(picture.labels)


def test_the_ring_leaves_a_gap_for_the_name_of_the_hub() -> None:
    network = sample_network()
    problem = problem_of(network)
    places = ring_layout(problem, seed=1)
    hub = next(i for i, n in enumerate(network.nodes) if n.label.fr == "Coalition Solidaire")
    for near in problem.neighbours()[hub]:
        x, y = places[near] - places[hub]
        # No link leaves the hub flat to the side where its name stands.
        assert x < 0 or abs(y) > 0.25 * x


def test_what_stands_below_the_title_is_folded_and_complete() -> None:
    network = replace(sample_network(), description=Text(fr="Un mot. " * 80, en="A word. " * 80))
    root = ElementTree.fromstring(draw_svg(network, compute_layout(problem_of(network))))
    width = float(root.attrib["width"])
    texts = [
        element.text or "" for element in root.iter(f"{SVG}text") if element.attrib.get("font-size") == "12"
    ]
    assert "21 nœuds, 27 liens." in " ".join(texts)
    assert network.making.cite.fr in " ".join(texts)
    assert all(text_width(text, 12) < width - 40 for text in texts)


def test_without_scripts_one_line_is_a_line_and_dates_and_former_names_are_told() -> None:
    network = sample_network()
    network = replace(
        network, sources=(*network.sources[:3], replace(network.sources[3], first_line=325, last_line=325))
    )
    html = draw_page(network)
    plain = html[html.index("<noscript>") : html.index("</noscript>")]
    assert "ligne 325" in plain
    assert "325–325" not in plain
    assert "anciennement <bdi>Tous Repreneurs</bdi>" in plain
    assert "<td>2020</td>" in plain
    assert "Part du degré" in plain


def test_ranges_of_lines_are_not_broken_and_dates_are_left_alone() -> None:
    assert str(unbroken("973-975")) == '<span class="range">973–975</span>'
    assert str(unbroken("2020-03-01 <b>")) == "2020-03-01 &lt;b&gt;"


def test_what_xml_cannot_hold_is_left_out_of_the_picture() -> None:
    node = PageNode(
        iri="https://example.org/x",
        label=same("Bruit\x00\x0b"),
        type="https://w3id.org/rte/vocab/organisation-kind/company",
        side="source",
    )
    network = sample_network(extra=(node,))
    ElementTree.fromstring(draw_svg(network, compute_layout(problem_of(network))))
