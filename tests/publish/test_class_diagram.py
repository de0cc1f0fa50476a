"""The class diagram: nothing lies on anything else, and it says in words what it draws."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ontology_sample import small_site

from rte_graph.publish.ontology.diagram import Box, Bus, Diagram, DiagramClass, DiagramGroup, lay_out
from rte_graph.publish.ontology.drawing import diagram_of, draw, in_words
from rte_graph.publish.ontology.links import Linker
from rte_graph.publish.ontology.reading import packaged

Segment = tuple[float, float, float, float]


def linker(lang: str = "fr") -> Linker:
    path = "ontology/index.html"
    return Linker(site=small_site(), ontology=packaged(), path=path, reference=path, lang=lang)


def segments(bus: Bus) -> list[Segment]:
    """Return the lines of a bus as x, y, x, y, the smaller first."""
    top, bottom = bus.span
    flat = [(each.x, each.y) for each in bus.branches] + [(bus.door_x, bus.door_y)]
    return [(bus.x, top, bus.x, bottom)] + [(min(x, bus.x), y, max(x, bus.x), y) for x, y in flat]


def crosses(line: Segment, box: Box) -> bool:
    return (
        line[0] < box.x + box.width and line[2] > box.x and line[1] < box.y + box.height and line[3] > box.y
    )


def lie_on_each_other(a: Segment, b: Segment) -> bool:
    """Tell whether two lines run along each other, not merely across."""
    if a[0] == a[2] == b[0] == b[2]:
        return min(a[3], b[3]) > max(a[1], b[1])
    if a[1] == a[3] == b[1] == b[3]:
        return min(a[2], b[2]) > max(a[0], b[0])
    return False


def check(diagram: Diagram) -> None:
    for a, b in combinations(diagram.boxes, 2):
        assert a.x + a.width <= b.x or b.x + b.width <= a.x or a.y + a.height <= b.y or b.y + b.height <= a.y
    for bus in diagram.buses:
        for line in segments(bus):
            assert 0 <= line[0] <= line[2] <= diagram.width
            assert 0 <= line[1] <= line[3] <= diagram.height
            assert not [box.of.iri for box in diagram.boxes if crosses(line, box)]
    for one, two in combinations(diagram.buses, 2):
        rows = {(each.source, each.y) for each in one.branches} & {
            (each.source, each.y) for each in two.branches
        }
        shared = {y for _, y in rows}  # one row that leads to two classes
        for a in segments(one):
            for b in segments(two):
                assert not lie_on_each_other(a, b) or a[1] in shared, (one.target, two.target)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_box_or_line_of_the_ontology_lies_on_another(lang: str) -> None:
    groups, _ = diagram_of(linker(lang))
    diagram = lay_out(groups)
    assert len(diagram.boxes) == len(packaged().classes())
    assert len(diagram.buses) > 10
    check(diagram)


NAMES = [f"c{n}" for n in range(7)]
CLASSES = st.lists(
    st.tuples(
        st.lists(st.sampled_from(NAMES), max_size=2),
        st.lists(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True), max_size=4),
        st.integers(0, 1),
    ),
    min_size=1,
    max_size=7,
)


@settings(max_examples=60, deadline=None)
@given(CLASSES)
def test_no_box_or_line_of_any_ontology_lies_on_another(
    made: list[tuple[list[str], list[list[str]], int]],
) -> None:
    groups = []
    for column in (0, 1):
        classes = tuple(
            DiagramClass(
                iri=NAMES[n],
                label="x" * n,
                code=NAMES[n],
                href="",
                parents=tuple(parents),
                links=tuple((f"p{at}", tuple(targets)) for at, targets in enumerate(links)),
            )
            for n, (parents, links, where) in enumerate(made)
            if where == column
        )
        groups.append(DiagramGroup(title=str(column), column=column, classes=classes))
    diagram = lay_out(groups)
    assert len(diagram.boxes) == len(made)
    check(diagram)


def test_a_subclass_stands_under_its_class_and_is_joined_to_it() -> None:
    groups, _ = diagram_of(linker())
    diagram = lay_out(groups)
    boxes = {box.of.iri.partition("#")[2]: box for box in diagram.boxes}
    assert boxes["MetaCoalition"].x > boxes["Alliance"].x > boxes["Actor"].x
    stems = {stem.parent.partition("#")[2]: len(stem.children) for stem in diagram.stems}
    assert stems == {"Actor": 3, "Alliance": 1}


@pytest.mark.parametrize(("lang", "member"), [("fr", "membre"), ("en", "member")])
def test_the_picture_is_xml_with_title_description_and_links(lang: str, member: str) -> None:
    link = linker(lang)
    groups, _ = diagram_of(link)
    svg = ElementTree.fromstring(str(draw(link, groups)))
    space = "{http://www.w3.org/2000/svg}"
    named = [svg.get("aria-labelledby"), svg.get("aria-describedby")]
    texts = {each.get("id"): each.text for each in svg.iter() if each.get("id")}
    assert all(texts[name] for name in named)
    labels = {each.text for each in svg.iter(f"{space}text")}
    assert member in labels
    hrefs = {each.get("href") for each in svg.iter(f"{space}a")}
    assert hrefs == {f"#{iri.partition('#')[2]}" for iri in packaged().classes()}


def test_labels_fit_into_their_boxes() -> None:
    groups, _ = diagram_of(linker())
    for box in lay_out(groups).boxes:
        for label, _targets in box.of.links:
            assert len(label) * 8 < box.width


def test_the_words_say_every_line_that_is_drawn() -> None:
    groups, common = diagram_of(linker("en"))
    said = {
        (cls.code, label, target.code) for cls, _, links in in_words(groups) for label, targets in links
        for target in targets
    }  # fmt: skip
    assert ("rte:Membership", "member", "rte:Actor") in said
    drawn = sum(len(bus.branches) for bus in lay_out(groups).buses)
    assert drawn == len(said)
    assert [re.sub(".*#", "", value) for _, value, _ in common] == ["Citation"]
