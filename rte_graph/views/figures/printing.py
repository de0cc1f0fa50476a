"""A sheet as PDF or PNG, by matplotlib: fonts embedded as TrueType, no date, the same bytes each time."""

from __future__ import annotations

import io
import math
import re
import warnings
from typing import TYPE_CHECKING, Any

from rte_graph.errors import UsageError
from rte_graph.views import style
from rte_graph.views.figures.metrics import FAMILY
from rte_graph.views.figures.sheet import Area, Line, Mark, Sheet, Words
from rte_graph.views.gexf import xml_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.path import Path as Outline

# Dots per inch of a PNG: what journals ask of pictures with lines and text in print.
DPI = 300
_SETTINGS: Any = {
    # Names come from data: a dollar sign in one is no formula.
    "text.parse_math": False,
    "text.usetex": False,
    "font.family": [FAMILY],
    # TrueType, which journals and editors of PDF accept, in place of Type 3.
    "pdf.fonttype": 42,
    "pdf.compression": 9,
    "path.simplify": False,
    # Letters as wide as the font says, or lines outgrow what was reckoned for them.
    "text.hinting": "no_hinting",
    "savefig.pad_inches": 0.0,
}


def check_matplotlib() -> None:
    """Refuse PDF and PNG where matplotlib is not installed."""
    try:
        import matplotlib  # noqa: F401
    except ImportError as missing:
        raise UsageError(
            fr="Le PDF et le PNG demandent matplotlib, qui n’est pas installé : installez-le "
            '(pip install "rte-graph[figures]"), ou donnez un nom en .svg.',
            en="PDF and PNG need matplotlib, which is not installed: install it "
            '(pip install "rte-graph[figures]"), or give a name in .svg.',
        ) from missing


def to_print(sheet: Sheet, form: str) -> bytes:
    """Return the sheet as ``pdf`` or ``png``, at its size in print.

    Raises
    ------
    UsageError
        If matplotlib is not installed.
    """
    check_matplotlib()
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    out = io.BytesIO()
    with matplotlib.rc_context(), warnings.catch_warnings():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_SETTINGS)
        # A sign that the font has not is drawn as a box.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        figure = Figure(figsize=(sheet.width / 72, sheet.height / 72), facecolor=style.PAPER)
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1), xlim=(0, sheet.width), ylim=(sheet.height, 0))
        axes.set_axis_off()
        for place, item in enumerate(sheet.items):
            _draw(axes, item, place + 1)
        figure.savefig(out, format=form, dpi=DPI, metadata=_metadata(sheet, form))
    return out.getvalue()


def _metadata(sheet: Sheet, form: str) -> dict[str, Any]:
    if form == "png":
        return {"Software": "rte-graph", "Title": _latin(sheet.title)}
    told = {"Title": xml_text(sheet.title), "Subject": xml_text(sheet.description)}
    return told | {"Creator": "rte-graph", "Producer": "matplotlib", "CreationDate": None, "ModDate": None}


def _latin(text: str) -> str:
    """Return a text in the only characters that a PNG's notes hold."""
    return text.encode("latin-1", "replace").decode("latin-1")


def _draw(axes: Axes, item: Line | Mark | Area | Words, order: int) -> None:
    if isinstance(item, Words):
        _words(axes, item, order)
    elif isinstance(item, Mark):
        _mark(axes, item, order)
    elif isinstance(item, Area):
        from matplotlib.patches import Rectangle

        left, top, right, bottom = item.box
        axes.add_patch(
            Rectangle(
                (left, top), right - left, bottom - top, facecolor=item.colour, edgecolor="none",
                linewidth=0, alpha=item.opacity, zorder=order,
            )
        )  # fmt: skip
    else:
        _line(axes, item, order)


def _line(axes: Axes, line: Line, order: int) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Outline

    if line.bend is not None:
        path = Outline([line.points[0], line.bend, line.points[-1]], [1, 3, 3])
    else:
        path = Outline(list(line.points))
    dashes: Any = (0, line.dash) if line.dash else "solid"
    axes.add_patch(
        PathPatch(
            path, fill=False, edgecolor=line.colour, linewidth=line.width, linestyle=dashes,
            alpha=line.opacity, capstyle="butt", zorder=order,
        )
    )  # fmt: skip


def _mark(axes: Axes, mark: Mark, order: int) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.transforms import Affine2D

    fill, edge = (style.PAPER, mark.colour) if mark.hollow else (mark.colour, style.PAPER)
    place = Affine2D().scale(mark.radius).translate(*mark.at)
    whole, backing = outline(mark.shape)
    if backing is not None and not mark.hollow:
        back = PathPatch(place.transform_path(backing), facecolor=style.PAPER, linewidth=0, zorder=order)
        axes.add_patch(back)
    axes.add_patch(
        PathPatch(
            place.transform_path(whole), facecolor=fill, edgecolor=edge, linewidth=mark.edge, zorder=order
        )
    )


def outline(shape: str) -> tuple[Outline, Outline | None]:
    """Return the path of one of the style's shapes, and of the whole of a ringed one, to put behind it.

    A ring is drawn by turning every second contour round: matplotlib fills by the winding rule.
    """
    from matplotlib.path import Path as Outline

    drawn = style.SHAPES[shape]
    if "A" in drawn:
        return Outline.unit_circle(), None
    contours = [_corners(part) for part in drawn.split("Z") if part.strip()]
    turned = [list(reversed(part)) if place % 2 else part for place, part in enumerate(contours)]
    paths = [Outline([*part, part[0]], closed=True) for part in turned]
    whole = Outline.make_compound_path(*paths)
    return whole, paths[0] if style.REACH[shape] > 1.5 else None


def _corners(path: str) -> list[tuple[float, float]]:
    """Read the corners of a path of straight lines (M, L, H, V)."""
    x = y = 0.0
    corners = []
    for command, numbers in re.findall(r"([MLHV])\s*([^MLHV]*)", path):
        values = [float(value) for value in re.findall(r"-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?", numbers)]
        if command == "H":
            x = values[0]
        elif command == "V":
            y = values[0]
        else:
            x, y = values
        corners.append((x, y))
    return corners


def _words(axes: Axes, words: Words, order: int) -> None:
    side = {"start": "left", "middle": "center", "end": "right"}[words.anchor]
    axes.text(
        *words.at, xml_text(words.text).replace("\n", " "), fontsize=words.size, color=words.colour,
        ha=side, va="baseline", rotation=math.fmod(-words.turn, 360), rotation_mode="anchor",
        fontweight="bold" if words.bold else "normal", zorder=order, clip_on=False,
    )  # fmt: skip
