"""Which figure is asked for: ``--figure``, ``--width``, ``--set``, ``--top``, ``--caption``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rte_graph.cli.asked import Asked
from rte_graph.cli.common import Session, option, text

if TYPE_CHECKING:
    from rte_graph.network.model import SetName
    from rte_graph.sparql.model import SavedQuery

_Function = TypeVar("_Function", bound=Callable[..., Any])
_KINDS = ("network", "matrix", "hubs", "coverage", "grid")


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChoice:
    """What the options say about the figure; all None: no figure is asked for, but by the file's name."""

    kind: str | None = None
    width: str | None = None
    side: SetName | None = None
    top: int | None = None
    caption: bool | None = None

    def is_meant(self, target: Path) -> bool:
        """Tell whether a figure is meant, not the page or the large picture."""
        options = (self.kind, self.width, self.side, self.top, self.caption)
        return any(value is not None for value in options) or target.suffix.lower() in (".pdf", ".png")

    def write(
        self,
        session: Session,
        name: str,
        query: SavedQuery | None,
        asked: Asked,
        target: Path,
        *,
        measure: str | None,
        seed: int,
    ) -> None:
        """Write the figure, and say its caption where the figure does not hold it."""
        from rte_graph.views.figures.drawn import Wish, check_form, figure_of, query_figure, written
        from rte_graph.views.figures.frame import width_in_points

        check_form(target.suffix)
        wish = Wish(
            kind=self.kind or ("grid" if query else "network"),
            width=width_in_points(self.width or "column"),
            lang=session.lang,
            measure=measure,
            side=self.side,
            top=self.top or 10,
            seed=seed,
            captioned=self.caption is not False,
        )
        if query is None:
            found = asked.read(session, name, lang="fr")
            notes = tuple(note.in_language(session.lang) for note in found.notes)
            figure = figure_of(session.store, session.library, found.network, wish).noted(notes)
        else:
            figure = query_figure(session.store, query, wish)
        session.emit(written(figure, wish, target.suffix), target)
        if not wish.captioned:
            session.say(fr=figure.caption.text, en=figure.caption.text)


def figure_options(function: _Function) -> Callable[..., Any]:
    """Add the options, given to the function as ``chosen: FigureChoice``."""

    @wraps(function)
    def run(
        session: Session,
        *arguments: Any,
        figure: str | None,
        width: str | None,
        side: SetName | None,
        top: int | None,
        caption: bool | None,
        **options: Any,
    ) -> Any:
        chosen = FigureChoice(kind=figure, width=width, side=side, top=top, caption=caption)
        return function(session, *arguments, chosen=chosen, **options)

    return _figure(_width(_set(_top(_caption(run)))))


_figure = option(
    "--figure",
    type=click.Choice(_KINDS),
    help=text(
        fr="Figure pour l’impression (svg, pdf, png) : le réseau (network, par défaut), sa matrice ordonnée "
        "(matrix), ses pivots avec intervalles (hubs), les recouvrements (coverage) ; pour une requête à "
        "deux libellés et un nombre, la grille (grid).",
        en="Figure for print (svg, pdf, png): the network (network, the default), its ordered matrix "
        "(matrix), its hubs with intervals (hubs), the overlaps (coverage); for a query with two labels and "
        "a count, the grid (grid).",
    ),
)
_width = option(
    "--width",
    metavar=text(fr="LARGEUR", en="WIDTH"),
    help=text(
        fr="Largeur de la figure : column (85 mm, par défaut), page (170 mm), ou par exemple 120mm.",
        en="Width of the figure: column (85 mm, the default), page (170 mm), or for example 120mm.",
    ),
)
_set = option(
    "--set",
    "side",
    type=click.Choice(("target", "source")),
    help=text(
        fr="Ensemble que montrent hubs et coverage (target par défaut).",
        en="Set that hubs and coverage show (target by default).",
    ),
)
_top = option(
    "--top",
    type=click.IntRange(min=1),
    metavar="N",
    help=text(fr="Avec hubs : les N premiers (10 par défaut).", en="With hubs: the first N (10 by default)."),
)
_caption = option(
    "--caption/--no-caption",
    default=None,
    help=text(
        fr="Écrire la légende rédigée dans la figure (par défaut), ou seulement sur la sortie d’erreur.",
        en="Write the caption into the figure (the default), or only on the error output.",
    ),
)
