"""``rte-graph map``: where things take place, as one page that works offline, or as an SVG."""

from __future__ import annotations

from pathlib import Path

from rte_graph.cli.common import Session, argument, command, option, output_option, say_unvalidated, text


@command(
    "map",
    help=text(
        fr="Dessiner une carte de France : les initiatives par département et par région, ou toute requête "
        "enregistrée qui donne des territoires. Une page HTML autonome, ou une image SVG.",
        en="Draw a map of France: initiatives by département and région, or any saved query that gives "
        "territories. One HTML page that works offline, or an SVG picture.",
    ),
    example="rte-graph map -o map.html\nrte-graph map initiatives -p source=mgen -o map.svg\n"
    "rte-graph map territory-actors -o actors.html",
)
@argument("name", metavar=text(fr="[REQUÊTE]", en="[QUERY]"), required=False)
@option(
    "-p",
    "--param",
    "pairs",
    multiple=True,
    metavar=text(fr="NOM=VALEUR", en="NAME=VALUE"),
    help=text(
        fr="Valeur d’un paramètre, répétable : un nom, un ancien nom ou un IRI.",
        en="Value of a parameter, repeatable: a name, a former name or an IRI.",
    ),
)
@option(
    "--level",
    metavar="departement|region",
    help=text(
        fr="Échelle de l’image SVG, et celle où s’ouvre la page (departement par défaut).",
        en="Scale of the SVG picture, and that at which the page opens (departement by default).",
    ),
)
@option(
    "--value",
    metavar=text(fr="COLONNE", en="COLUMN"),
    help=text(
        fr="Montrer cette colonne de nombres au lieu de compter ; un taux (…Rate, …Share) est montré en "
        "couleurs.",
        en="Show this column of numbers instead of counting; a rate (…Rate, …Share) is shown in colours.",
    ),
)
@output_option
def draw_map(
    session: Session,
    name: str | None,
    pairs: tuple[str, ...],
    level: str | None,
    value: str | None,
    output: Path | None,
) -> None:
    """Write the page or the picture."""
    from rte_graph.cli.query.parameters import values_of_pairs
    from rte_graph.views.map_build import DEFAULT_QUERY, build_map
    from rte_graph.views.map_draw import at_level, check_map_name, draw_map

    target = output or Path(f"{name or 'map'}.html")
    check_map_name(target)
    say_unvalidated(session)
    saved = session.library.get(name or DEFAULT_QUERY)
    data = build_map(session.store, session.library, saved.name, values_of_pairs(saved, pairs), value=value)
    session.emit(draw_map(at_level(data, level), target, lang=session.lang), target)
