"""A sheet as SVG: text stays text, sizes are millimetres, the same sheet gives the same bytes."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from rte_graph.views import style
from rte_graph.views.figures.metrics import FAMILY
from rte_graph.views.figures.sheet import MM, Area, Item, Line, Mark, Sheet, Words
from rte_graph.views.gexf import xml_text


def to_svg(sheet: Sheet) -> str:
    """Write the sheet; one unit of its drawing is one point."""
    family = f"'{FAMILY}', {style.FONT}"
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {sheet.width:.2f} {sheet.height:.2f}" '
        f'width="{sheet.width / MM:.2f}mm" height="{sheet.height / MM:.2f}mm" role="img" '
        f'aria-labelledby="t d" font-family={quoteattr(family)}>',
        f'<title id="t">{_text(sheet.title)}</title>',
        f'<desc id="d">{_text(sheet.description)}</desc>',
        f'<rect width="100%" height="100%" fill="{style.PAPER}"/>',
        *(_item(item) for item in sheet.items),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    return escape(xml_text(text))


def _item(item: Item) -> str:
    if isinstance(item, Line):
        return _line(item)
    if isinstance(item, Mark):
        return _mark(item)
    if isinstance(item, Area):
        return _area(item)
    return _words(item)


def _line(line: Line) -> str:
    (x, y), *rest = line.points
    if line.bend is not None:
        end = line.points[-1]
        path = f"M{x:.2f} {y:.2f}Q{line.bend[0]:.2f} {line.bend[1]:.2f} {end[0]:.2f} {end[1]:.2f}"
    else:
        path = f"M{x:.2f} {y:.2f}" + "".join(f"L{a:.2f} {b:.2f}" for a, b in rest)
    dash = f' stroke-dasharray="{" ".join(f"{d:g}" for d in line.dash)}"' if line.dash else ""
    opacity = f' stroke-opacity="{line.opacity:g}"' if line.opacity < 1 else ""
    look = f'stroke="{line.colour}" stroke-width="{line.width:.3g}"{dash}{opacity}'
    return f'<path d="{path}" fill="none" {look}/>'


def _mark(mark: Mark) -> str:
    fill, edge = (style.PAPER, mark.colour) if mark.hollow else (mark.colour, style.PAPER)
    place = f"translate({mark.at[0]:.2f} {mark.at[1]:.2f}) scale({mark.radius:.3g})"
    tip = f"<title>{_text(mark.name)}</title>" if mark.name else ""
    drawn = (
        f'<path d="{style.SHAPES[mark.shape]}" transform="{place}" fill="{fill}" fill-rule="evenodd" '
        f'stroke="{edge}" stroke-width="{mark.edge / mark.radius:.3g}">{tip}</path>'
    )
    if style.REACH[mark.shape] <= 1.5 or mark.hollow:
        return drawn
    # No line may show through the gap of a ringed shape.
    return f'<path d="{style.SHAPES[mark.shape]}" transform="{place}" fill="{style.PAPER}"/>{drawn}'


def _area(area: Area) -> str:
    left, top, right, bottom = area.box
    opacity = f' fill-opacity="{area.opacity:g}"' if area.opacity < 1 else ""
    return (
        f'<rect x="{left:.2f}" y="{top:.2f}" width="{right - left:.2f}" height="{bottom - top:.2f}" '
        f'fill="{area.colour}"{opacity}/>'
    )


def _words(words: Words) -> str:
    x, y = words.at
    anchor = f' text-anchor="{words.anchor}"' if words.anchor != "start" else ""
    bold = ' font-weight="700"' if words.bold else ""
    turn = f' transform="rotate({words.turn:g} {x:.2f} {y:.2f})"' if words.turn else ""
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-size="{words.size:g}"{anchor}{bold} fill="{words.colour}"{turn}>'
        f"{_text(words.text)}</text>"
    )
