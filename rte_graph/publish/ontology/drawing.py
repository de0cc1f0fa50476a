"""The class diagram as SVG, with its text alternative."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rte_graph.namespaces import SH
from rte_graph.publish.ontology.diagram import (
    HEAD,
    STEP,
    Branch,
    Bus,
    Diagram,
    DiagramClass,
    DiagramGroup,
    lay_out,
)
from rte_graph.publish.ontology.links import Linker
from rte_graph.publish.ontology.shapes import links_between, owners
from rte_graph.publish.ontology.words import GROUPS, OTHERS, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from rte_graph.publish.ontology.reading import Ontology

COMMON = 0.5
"""A link to one class that more than this share of the classes have is named once, not drawn."""
COLOURS = 8


ClassInWords = tuple[DiagramClass, list[DiagramClass], list[tuple[str, list[DiagramClass]]]]
"""A class, the superclasses drawn, and for each property the classes of its values."""


def groups_of(ontology: Ontology) -> list[tuple[str, str, int, list[str]]]:
    """Return the groups of classes: titles in French and English, column, IRIs; unknown classes come last."""
    left = set(ontology.classes())
    found = []
    for title, column, locals_ in GROUPS:
        here = [ontology.namespace + each for each in locals_ if ontology.namespace + each in left]
        left -= set(here)
        if here:
            found.append((title.fr, title.en, column, here))
    if left:
        sizes = [sum(len(here) for _, _, column, here in found if column == at) for at in (0, 1)]
        found.append((OTHERS.fr, OTHERS.en, int(sizes[1] < sizes[0]), sorted(left)))
    return found


def diagram_of(linker: Linker) -> tuple[list[DiagramGroup], list[tuple[str, str, int]]]:
    """Return the groups to draw, and what too many classes have: property, class of values, how many."""
    ontology, lang = linker.ontology, linker.lang
    links = links_between(ontology)
    everybody = {(path, value) for _, path, values in links for value in values}
    many = {
        (path, value): sum(path == other and value in values for _, other, values in links)
        for path, value in everybody
    }
    total = max(len(ontology.classes()), 4)
    common = {pair: count for pair, count in many.items() if count > COMMON * total}
    groups = []
    for fr, en, column, iris in groups_of(ontology):
        classes = tuple(_class(linker, iri, links, set(common)) for iri in iris)
        groups.append(DiagramGroup(title=en if lang == "en" else fr, column=column, classes=classes))
    return groups, [(path, value, count) for (path, value), count in sorted(common.items())]


def _class(
    linker: Linker, iri: str, links: Sequence[tuple[str, str, tuple[str, ...]]], common: set[tuple[str, str]]
) -> DiagramClass:
    from rte_graph.namespaces import RDFS

    link = linker.to(iri)
    own = []
    for source, path, values in links:
        drawn = tuple(value for value in values if (path, value) not in common)
        if source == iri and drawn:
            own.append((linker.to(path, path_label(linker, path, iri)).label, drawn))
    return DiagramClass(
        iri=iri,
        label=link.label,
        code=link.code or linker.ontology.local(iri),
        href=link.href,
        parents=tuple(linker.ontology.values(linker.ontology.terms, iri, RDFS("subClassOf"))),
        links=tuple(sorted(own)),
    )


def path_label(linker: Linker, path: str, owner: str = "") -> str:
    """Return the label of a property: its own, or for one of another vocabulary what the shapes call it.

    ``owner`` is the class whose shapes are asked first: org:subOrganizationOf has not one name for all.
    """
    if linker.ontology.is_own(path):
        return linker.label(path)
    names = shape_names(linker.ontology, linker.lang)
    return names.get((owner, path)) or names.get(("", path), "")


@lru_cache(maxsize=4)
def shape_names(ontology: Ontology, lang: str) -> dict[tuple[str, str], str]:
    """Return what the shapes call each property, by class and ("") anywhere: the shortest of several."""
    found: dict[tuple[str, str], set[str]] = {}
    for shape, owner in owners(ontology).items():
        for rule in ontology.nodes(ontology.shapes, shape, SH("property")):
            name = ontology.text(ontology.shapes, rule, (SH("name"),), lang)
            for path in ontology.values(ontology.shapes, rule, SH("path")):
                for key in ((owner, path), ("", path)):
                    found.setdefault(key, set()).add(name)
    return {
        key: min(names - {""}, key=lambda each: (len(each), each), default="") for key, names in found.items()
    }


def draw(linker: Linker, groups: Sequence[DiagramGroup]) -> Markup:
    """Return the diagram as an ``<svg>`` element, coloured by classes of the site's sheet."""
    from markupsafe import Markup

    diagram, said = lay_out(groups), words(linker.lang)
    title = Markup('<text class="grp" x="{}" y="{}">{}</text>')
    titles = [title.format(_n(x), _n(y), text) for text, x, y in diagram.titles]
    colours = _colours(diagram)
    lines = [_bus(bus, colours[bus.target]) for bus in diagram.buses]
    parts = [*_stems(diagram), *lines, *titles, *_boxes(diagram, colours)]
    return Markup(
        '<svg class="classes" role="group" aria-labelledby="_diagram-title" aria-describedby="_diagram-desc" '
        'viewBox="0 0 {0} {1}" width="{0}" height="{1}" xmlns="http://www.w3.org/2000/svg">\n'
        '<title id="_diagram-title">{2}</title>\n<desc id="_diagram-desc">{3}</desc>\n{4}\n</svg>'
    ).format(
        _n(diagram.width), _n(diagram.height), said["diagram"], said["diagram_desc"], Markup("\n").join(parts)
    )


def _colours(diagram: Diagram) -> dict[str, str]:
    """Return a colour class for each class that lines lead to: another for each track of a gutter."""
    gutters: dict[str, set[int]] = {}
    for bus in diagram.buses:
        gutters.setdefault(bus.target, set()).add(bus.gutter)
    taken: dict[int, list[int]] = {0: [], 1: [], 2: []}
    found = {}
    for box in diagram.boxes:
        here = gutters.get(box.of.iri)
        if here:
            uses = [sum(taken[gutter].count(colour) for gutter in here) for colour in range(COLOURS)]
            total = [sum(each.count(colour) for each in taken.values()) for colour in range(COLOURS)]
            best = min(range(COLOURS), key=lambda colour: (uses[colour], total[colour], colour))
            found[box.of.iri] = f"c{best}"
            for gutter in here:
                taken[gutter].append(best)
    return found


def _bus(bus: Bus, colour: str) -> Markup:
    from markupsafe import Markup

    top, bottom = bus.span
    arrow = 7 if bus.door_x > bus.x else -7
    path = f"M{_n(bus.x)} {_n(top)}V{_n(bottom)}M{_n(bus.x)} {_n(bus.door_y)}H{_n(bus.door_x - arrow)}"
    path += "".join(f"M{_n(each.x)} {_n(each.y)}H{_n(bus.x)}" for each in bus.branches)
    head = f"M{_n(bus.door_x)} {_n(bus.door_y)}l{-arrow} -4.5v9z"
    joints = Markup("").join(_joint(bus, each) for each in bus.branches)
    return Markup('<g class="bus {}"><path d="{}"/><path class="head" d="{}"/>{}</g>').format(
        colour, path, head, joints
    )


def _joint(bus: Bus, branch: Branch) -> Markup:
    from markupsafe import Markup

    return Markup('<circle cx="{}" cy="{}" r="2.6"/>').format(_n(bus.x), _n(branch.y))


def _stems(diagram: Diagram) -> list[Markup]:
    from markupsafe import Markup

    found = []
    for stem in diagram.stems:
        bottom = max(y for _, y in stem.children)
        path = f"M{_n(stem.x)} {_n(stem.top + 8)}V{_n(bottom)}"
        path += "".join(f"M{_n(stem.x)} {_n(y)}H{_n(x)}" for x, y in stem.children)
        head = f"M{_n(stem.x)} {_n(stem.top)}l5.5 9h-11z"
        shape = Markup('<g class="stem"><path d="{}"/><path class="tip" d="{}"/></g>')
        found.append(shape.format(path, head))
    return found


def _boxes(diagram: Diagram, colours: dict[str, str]) -> list[Markup]:
    from markupsafe import Markup

    found = []
    for box in diagram.boxes:
        rows = Markup("").join(
            Markup('<text x="{}" y="{}">{}</text>').format(_n(box.x + 14), _n(y + 4.5), label)
            for (label, _), y in zip(box.of.links, box.rows, strict=True)
        )
        rule = (
            Markup('<path class="rule" d="M{} {}h{}"/>').format(_n(box.x), _n(box.y + HEAD), _n(box.width))
            if box.of.links
            else ""
        )
        found.append(
            Markup(
                '<g class="box {}"><rect x="{}" y="{}" width="{}" height="{}" rx="3"/>{}'
                '<a href="{}"><text class="name" x="{}" y="{}">{}</text>'
                '<text class="code" x="{}" y="{}">{}</text></a>'
                "{}</g>"
            ).format(
                colours.get(box.of.iri, ""), _n(box.x), _n(box.y), _n(box.width), _n(box.height), rule,
                box.of.href, _n(box.x + 14), _n(box.y + STEP - 2), box.of.label, _n(box.x + 14),
                _n(box.y + HEAD - 5.5), box.of.code, rows,
            )
        )  # fmt: skip
    return found


def in_words(groups: Sequence[DiagramGroup]) -> list[ClassInWords]:
    """Return the diagram as a list."""
    known = {cls.iri: cls for group in groups for cls in group.classes}
    return [
        (
            cls,
            [known[each] for each in cls.parents if each in known],
            [(label, [known[each] for each in targets if each in known]) for label, targets in cls.links],
        )
        for group in groups
        for cls in group.classes
    ]


def _n(value: float) -> str:
    """Write a coordinate."""
    return f"{value:.1f}".removesuffix(".0")
