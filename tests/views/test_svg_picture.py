from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

from picture_sample import sample_network

from rte_graph.views.layout import compute_layout, problem_of
from rte_graph.views.page_model import PageNode, same
from rte_graph.views.picture import draw_svg

SVG = "{http://www.w3.org/2000/svg}"


def test_the_picture_has_title_description_legend_and_every_name() -> None:
    network = sample_network()
    root = ElementTree.fromstring(draw_svg(network, compute_layout(problem_of(network))))
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text == "Qui est membre de quelle alliance"
    texts = "\n".join(element.text or "" for element in root.iter(f"{SVG}text"))
    for node in network.nodes:
        assert node.label.fr.split(" ")[0] in texts
    legend = root.find(f"{SVG}g[@class='legend']")
    assert legend is not None
    entries = [element.text for element in legend.iter(f"{SVG}text")]
    assert "Association (12)" in entries
    assert "fondateur (1)" in entries
    assert "CC BY 4.0" in texts


def test_names_do_not_overlap_each_other() -> None:
    from rte_graph.views.picture import _Picture

    network = sample_network()
    picture = _Picture(network, compute_layout(problem_of(network)), "fr", None, True, 13.0)
    boxes = [label.box for label in picture.labels if label]
    assert len(boxes) == len(network.nodes)
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_two_roles_of_one_pair_are_two_curves() -> None:
    network = sample_network()
    root = ElementTree.fromstring(draw_svg(network, compute_layout(problem_of(network))))
    curves = [p.attrib["d"] for p in root.iter(f"{SVG}path") if "Q" in p.attrib["d"]]
    assert len(curves) == len(set(curves)) == 2


def test_hostile_names_are_escaped_and_the_same_input_gives_the_same_bytes() -> None:
    stranger = PageNode(
        iri="https://example.org/x",
        label=same("<script>alert(1)</script>&"),
        type="https://w3id.org/rte/vocab/organisation-kind/company",
        side="source",
    )
    network = sample_network(extra=(stranger,))
    layout = compute_layout(problem_of(network))
    text = draw_svg(network, layout)
    assert "<script" not in text
    ElementTree.fromstring(text)
    assert draw_svg(network, layout) == text


def test_an_empty_network_still_gives_a_picture() -> None:
    empty = replace(sample_network(), nodes=(), edges=(), measures=())
    ElementTree.fromstring(draw_svg(empty, compute_layout(problem_of(empty)), lang="en"))
