"""Figures for papers: what a reader can read at print size, and what a caption says of the rest."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from picture_sample import sample_network

from rte_graph.errors import UsageError
from rte_graph.network import network_from_rows
from rte_graph.network.robustness import robustness
from rte_graph.network.robustness_values import value_intervals
from rte_graph.network.wording import Text
from rte_graph.views import style
from rte_graph.views.figures.coverage import coverage_figure
from rte_graph.views.figures.frame import Figure, compose, width_in_points
from rte_graph.views.figures.grid import Grid, grid_figure
from rte_graph.views.figures.hubs import hubs_figure
from rte_graph.views.figures.matrix import matrix_figure
from rte_graph.views.figures.metrics import width_of
from rte_graph.views.figures.network import network_figure
from rte_graph.views.figures.sheet import MM, SMALL, Area, Line, Mark, Sheet, Words
from rte_graph.views.figures.vector import to_svg
from rte_graph.views.page_model import PageEdge, PageNetwork, PageNode, same

COLUMN, PAGE = 85 * MM, 170 * MM
HOSTILE = "<script>alert(1)</script> $x^2$ \x07& Co"
SVG = "{http://www.w3.org/2000/svg}"


def crowd(actors: int = 120, events: int = 80) -> PageNetwork:
    """A network too large for a column: a hub with two ties of three, leaves, and nodes without ties."""
    sample = sample_network()
    kinds = [t.key for t in sample.types]
    nodes = [
        PageNode(iri=f"a{i}", label=same(f"Acteur numéro {i}"), type=kinds[2], side="source")
        for i in range(actors)
    ]
    nodes += [
        PageNode(iri=f"e{i}", label=same(f"Initiative locale numéro {i}"), type=kinds[1], side="target")
        for i in range(events)
    ]
    pairs = [(0, actors + i) for i in range(events - 5)]
    pairs += [(1 + i % 30, actors + i) for i in range(0, events - 5, 2)]
    pairs += [(31 + i, actors + i % 10) for i in range(60)]
    role = sample.roles[0].key
    edges = tuple(PageEdge(source=a, target=b, role=role) for a, b in sorted(set(pairs)))
    return replace(sample, nodes=tuple(nodes), edges=edges, measures=(), hub=None)


def intervals():  # type: ignore[no-untyped-def]
    nodes = [(name, "source") for name in "abcdef"] + [(name, "target") for name in "xyz"]
    ties = [*((name, "x") for name in "abcde"), ("a", "y"), ("b", "y"), ("f", "z")]
    return value_intervals(network_from_rows("n", nodes, ties), draws=50)


GRID = Grid(
    title=Text(fr="Domaines et dimensions", en="Domains and dimensions"),
    description=Text(fr="Combien d’initiatives.", en="How many initiatives."),
    rows=("prévention santé coopérative", "solidarités locales"),
    columns=("réponse aux besoins", "impact environnemental", "action publique territoriale"),
    counts={(0, 0): 11, (0, 1): 0, (0, 2): 3, (1, 0): 1200, (1, 1): 1, (1, 2): 2},
    credits_=Text(fr="RTE.", en="RTE."),
)


def every_figure(width: float, lang: str) -> dict[str, Figure]:
    network, large = sample_network(), crowd()
    return {
        "network": network_figure(network, width, lang=lang),
        "crowd": network_figure(large, width, lang=lang),
        "matrix": matrix_figure(network, width, lang=lang, nestedness=55.25),
        "crowded matrix": matrix_figure(large, width, lang=lang),
        "hubs": hubs_figure(network, intervals(), width, lang=lang),
        "coverage": coverage_figure(network, width, lang=lang, coverage={network.nodes[-1].iri: 0.5}),
        "crowded coverage": coverage_figure(large, width, lang=lang),
        "grid": grid_figure(GRID, width, lang=lang),
    }


def sheets(width: float, lang: str = "fr") -> dict[str, Sheet]:
    return {name: compose(figure, width, lang=lang) for name, figure in every_figure(width, lang).items()}


def words(sheet: Sheet) -> list[Words]:
    return [item for item in sheet.items if isinstance(item, Words)]


def extent(item: Words) -> tuple[float, float]:
    wide = width_of(item.text, item.size, item.bold)
    left = item.at[0] - {"start": 0.0, "middle": wide / 2, "end": wide}[item.anchor]
    return left, left + wide


@pytest.mark.parametrize("width", [COLUMN, PAGE])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_text_is_large_enough_and_stays_on_the_sheet(width: float, lang: str) -> None:
    for name, sheet in sheets(width, lang).items():
        for item in words(sheet):
            assert item.size >= SMALL, (name, item)
            assert 0 <= item.at[1] <= sheet.height, (name, item)
            if not item.turn:
                left, right = extent(item)
                assert left >= -0.5, (name, item)
                assert right <= width + 0.5, (name, item)


@pytest.mark.parametrize("width", [COLUMN, PAGE])
def test_no_two_texts_cover_each_other(width: float) -> None:
    for name, sheet in sheets(width).items():
        boxes = [
            (*extent(item), item.at[1] - 0.7 * item.size, item.at[1], item.text)
            for item in words(sheet)
            if not item.turn
        ]
        for a, b in combinations(boxes, 2):
            apart = a[1] <= b[0] + 0.6 or b[1] <= a[0] + 0.6 or a[3] <= b[2] + 0.1 or b[3] <= a[2] + 0.1
            assert apart, (name, a[4], b[4])


def test_a_figure_is_as_wide_as_the_column_in_millimetres() -> None:
    for sheet in sheets(COLUMN).values():
        root = ElementTree.fromstring(to_svg(sheet))
        assert root.attrib["width"] == "85.00mm"
        assert sheet.height < 270 * MM
        title = root.find(f"{SVG}title")
        assert title is not None
        assert title.text


def test_the_text_of_an_svg_is_text() -> None:
    root = ElementTree.fromstring(to_svg(sheets(COLUMN)["network"]))
    written = " ".join(element.text or "" for element in root.iter(f"{SVG}text"))
    for name in ("Siel Bleu", "Chênelet", "membre (26)", "Non", "CC BY 4.0"):
        assert name in written or name == "Non"
    assert "image" not in {element.tag.removeprefix(SVG) for element in root.iter()}


def test_the_same_figure_has_the_same_bytes() -> None:
    first, second = sheets(COLUMN), sheets(COLUMN)
    assert {n: to_svg(s) for n, s in first.items()} == {n: to_svg(s) for n, s in second.items()}


def test_colours_come_from_the_table_of_styles_only() -> None:
    network = sample_network()
    known = {style.INK, style.MUTED, style.PAPER, style.FAINT, *style.CHART_COLOURS}
    known |= {style.OTHER_LOOK.colour, style.PLAIN_STROKE.colour}
    known |= {look.colour for look in style.node_looks([t.key for t in network.types]).values()}
    known |= {stroke.colour for stroke in style.edge_strokes([r.key for r in network.roles]).values()}
    for name, sheet in sheets(COLUMN).items():
        assert set(re.findall(r'"(#[0-9a-f]{6})"', to_svg(sheet))) <= known, name


def test_names_of_a_network_cover_neither_each_other_nor_more_than_is_said() -> None:
    network = crowd()
    figure = network_figure(network, COLUMN, lang="fr")
    boxes = [item.box for item in figure.plot.items if isinstance(item, Area)]
    for a, b in combinations(boxes, 2):
        assert a[2] <= b[0] + 0.01 or b[2] <= a[0] + 0.01 or a[3] <= b[1] + 0.01 or b[3] <= a[1] + 0.01
    marks = [item for item in figure.plot.items if isinstance(item, Mark)]
    lost = len(marks) - len(boxes)
    assert lost > 0
    assert f"{lost}\u00a0noms non écrits faute de place." in figure.caption.text
    assert boxes


def test_of_many_types_the_rarer_ones_share_a_look_of_their_own() -> None:
    network = crowd()
    kinds = [replace(network.types[2], key=f"https://example.org/kind-{i}") for i in range(12)]
    nodes = [
        replace(node, type=kinds[0 if i == 0 else 1 + i % 11].key) if node.side == "source" else node
        for i, node in enumerate(network.nodes)
    ]
    figure = network_figure(
        replace(network, nodes=tuple(nodes), types=(network.types[1], *kinds)), PAGE, lang="en"
    )
    looks = [
        (mark.shape, mark.colour)
        for entry in figure.legend
        for mark in entry.sample
        if isinstance(mark, Mark)
    ]
    assert len(set(looks)) == len(looks) == 6
    assert "other types" in figure.legend[-2].text
    hub = next(m for m in figure.plot.items if isinstance(m, Mark) and m.name == "Acteur numéro 0")
    assert (hub.shape, hub.colour) != (style.OTHER_LOOK.shape, style.OTHER_LOOK.colour)


def test_names_stand_over_the_lines() -> None:
    items = network_figure(sample_network(), COLUMN).plot.items
    last_line = max(i for i, item in enumerate(items) if isinstance(item, Line))
    first_name = min(i for i, item in enumerate(items) if isinstance(item, Words))
    assert last_line < first_name


def test_what_does_not_fit_a_column_is_left_out_and_counted() -> None:
    network = crowd()
    degrees = network.degrees()
    figure = network_figure(network, COLUMN, lang="en")
    drawn = sum(isinstance(item, Mark) for item in figure.plot.items)
    text = figure.caption.text
    assert f"{drawn} nodes" in text
    isolates, leaves = degrees.count(0), degrees.count(1)
    assert f"{isolates} nodes without ties, {leaves} nodes with a single tie" in text
    alone = len(degrees) - isolates - leaves - drawn
    assert alone == 0 or f"{alone} node" in text
    # A page has room for more.
    page = network_figure(network, PAGE, lang="en")
    assert sum(isinstance(item, Mark) for item in page.plot.items) > drawn


def test_parallel_ties_of_few_roles_are_two_curves_and_in_the_legend() -> None:
    figure = network_figure(sample_network(), COLUMN)
    lines = [item for item in figure.plot.items if isinstance(item, Line) and item.opacity < 1]
    assert len(lines) == 27
    assert sum(line.bend is not None for line in lines) == 2
    assert [entry.text for entry in figure.legend][-2:] == ["membre (26)", "fondateur (1)"]


def test_a_nested_network_fills_the_upper_left_corner() -> None:
    sample = sample_network()
    nodes = [
        PageNode(iri=f"s{i}", label=same(f"s{i}"), type=sample.types[2].key, side="source") for i in range(5)
    ]
    nodes += [
        PageNode(iri=f"t{i}", label=same(f"t{i}"), type=sample.types[1].key, side="target") for i in range(4)
    ]
    # The least joined first, so that the order of the figure is not that of the data.
    ties = {(0, 8), (1, 8), (1, 7), (2, 8), (2, 7), (3, 8), (3, 7), (3, 6), (4, 8), (4, 7), (4, 6), (4, 5)}
    role = sample.roles[0].key
    edges = tuple(PageEdge(source=a, target=b, role=role) for a, b in sorted(ties))
    network = replace(sample, nodes=tuple(nodes), edges=edges, measures=())
    figure = matrix_figure(network, COLUMN)
    cells = sorted(item.box for item in figure.plot.items if isinstance(item, Area))
    rows = sorted({round(box[1], 2) for box in cells})
    columns = sorted({round(box[0], 2) for box in cells})
    filled = {(rows.index(round(box[1], 2)), columns.index(round(box[0], 2))) for box in cells}
    assert filled == {(r, c) for r, many in enumerate([4, 3, 2, 2, 1]) for c in range(many)}


def test_a_matrix_of_a_one_mode_network_is_refused() -> None:
    for draw in (matrix_figure, coverage_figure):
        with pytest.raises(UsageError) as caught:
            draw(replace(sample_network(), two_mode=False), COLUMN)
        assert "--figure network" in caught.value.en


@pytest.mark.parametrize("count", [16, 40, 70, 74, 300])
def test_the_names_of_a_matrix_stand_beside_their_lines_or_are_counted(count: int) -> None:
    sample = sample_network()
    kinds = [t.key for t in sample.types]
    nodes = [
        PageNode(iri=f"s{i}", label=same(f"Membre {i}"), type=kinds[2], side="source") for i in range(count)
    ]
    nodes += [PageNode(iri=f"t{i}", label=same(f"Cible {i}"), type=kinds[1], side="target") for i in range(3)]
    role = sample.roles[0].key
    edges = tuple(PageEdge(source=i, target=count + i % 3, role=role) for i in range(count))
    network = replace(sample, nodes=tuple(nodes), edges=edges, measures=())
    figure = matrix_figure(network, COLUMN)
    names = {w.text: w.at[1] for w in figure.plot.items if isinstance(w, Words) and "Membre" in w.text}
    assert all(y <= figure.plot.height for y in names.values())
    heights = sorted(names.values())
    assert all(b - a >= SMALL for a, b in pairwise(heights))
    cells = sorted((item.box[1] + item.box[3]) / 2 for item in figure.plot.items if isinstance(item, Area))
    if len(names) == count:
        assert heights == pytest.approx([cell + SMALL * 0.36 for cell in cells])
    else:
        assert f"{count - len(names)}\u00a0noms non écrits" in figure.caption.text


def test_a_matrix_draws_each_joined_pair_and_each_role() -> None:
    network = sample_network()
    figure = matrix_figure(network, COLUMN)
    assert sum(isinstance(item, Mark) for item in figure.plot.items) == len(network.edges)
    assert "26\u00a0paires liées" in figure.caption.text


def test_the_intervals_come_from_the_draws_of_the_robustness_card() -> None:
    found = intervals()
    for name in ("target", "source"):
        found = value_intervals(found.network, "degree", name, share=0.3, draws=50, seed=7)
        card = robustness(found.network, "degree", shares=[0.3], draws=50, seed=7)
        stays = {row.label: row.stays[0] for row in card.staying if row.set == name}
        assert stays
        assert {row.label: row.stays for row in found.rows if row.label in stays} == stays
        assert any(row.low < row.value for row in found.rows)
        for row in found.rows:
            assert row.low <= row.high <= row.value


def test_the_hub_chart_puts_each_dot_at_its_value() -> None:
    found = intervals()
    figure = hubs_figure(sample_network(), found, COLUMN, lang="en")
    dots = [item.at[0] for item in figure.plot.items if isinstance(item, Mark)]
    axis = {item.text: item.at[0] for item in figure.plot.items if isinstance(item, Words)}
    zero, one = axis["0"], axis["1"]
    values = [(x - zero) / (one - zero) for x in dots]
    assert values == pytest.approx([row.value for row in found.rows])
    assert "50 draws, seed 1" in figure.caption.text
    assert found.measure.definition.en in figure.caption.text


def test_the_combinations_of_the_coverage_chart_are_those_of_the_members() -> None:
    network = sample_network()
    of_member: dict[int, set[int]] = {}
    for edge in network.edges:
        of_member.setdefault(edge.source, set()).add(edge.target)
    expected = Counter(frozenset(sets) for sets in of_member.values())
    figure = coverage_figure(network, PAGE)
    bars = [item for item in figure.plot.items if isinstance(item, Area) and item.colour != style.FAINT]
    counts = [
        int(item.text)
        for item in figure.plot.items
        if isinstance(item, Words) and item.anchor == "middle" and item.text.isdigit()
    ]
    assert len(bars) == len(counts) == len(expected)
    assert sorted(counts) == sorted(expected.values())
    assert sum(counts) == len(of_member)


def test_the_grid_writes_each_number_and_its_disc_has_that_area() -> None:
    figure = grid_figure(GRID, PAGE, lang="fr")
    texts = [item.text for item in figure.plot.items if isinstance(item, Words)]
    assert "1\u202f200" in texts or "1\u00a0200" in texts
    assert texts.count("0") == 1
    discs = sorted(item.radius for item in figure.plot.items if isinstance(item, Mark))
    assert len(discs) == 5
    assert (discs[-1] / 13.0) == pytest.approx(1.0)


def test_a_grid_that_no_page_bears_is_refused() -> None:
    names = tuple(f"colonne {i}" for i in range(40))
    wide = replace(GRID, columns=names, counts={(0, i): i for i in range(40)})
    with pytest.raises(UsageError) as caught:
        grid_figure(wide, COLUMN)
    assert "--width" in caught.value.fr


def test_names_from_strangers_do_nothing_in_a_figure() -> None:
    network = sample_network()
    nodes = (replace(network.nodes[0], label=same(HOSTILE)), *network.nodes[1:])
    for draw in (network_figure, matrix_figure):
        text = to_svg(compose(draw(replace(network, nodes=nodes), PAGE), PAGE, lang="fr"))
        root = ElementTree.fromstring(text)
        assert "script" not in {element.tag.removeprefix(SVG) for element in root.iter()}
        assert "\x07" not in text


def test_an_empty_network_is_a_figure_too() -> None:
    empty = replace(sample_network(), nodes=(), edges=(), measures=(), hub=None)
    for figure in (
        network_figure(empty, COLUMN),
        matrix_figure(empty, COLUMN),
        coverage_figure(empty, COLUMN),
    ):
        ElementTree.fromstring(to_svg(compose(figure, COLUMN, lang="fr")))


def test_without_caption_its_words_are_in_the_description_only() -> None:
    figure = network_figure(sample_network(), COLUMN)
    bare = compose(figure, COLUMN, lang="fr", captioned=False)
    assert figure.caption.sentences[0] in bare.description
    assert not any("dessinés" in item.text for item in words(bare))


@pytest.mark.parametrize("text", ["5mm", "wide", "", "nan", "1e9"])
def test_a_width_that_no_page_has_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        width_in_points(text)
