"""``rte-graph validate``: do data conform, and if not, where and how to repair them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rte_graph.cli.common import FilePath, Session, argument, command, option, output_option, text

if TYPE_CHECKING:
    from rte_graph.validation import Report


@command(
    "validate",
    help=text(
        fr="Dire si des données sont conformes, et sinon où et comment les réparer. "
        "Des fichiers seuls sont validés avec l’ontologie ; avec --store, joints à ce qu’il nomme ; "
        "sans fichier, c’est la base nommée (ou les données livrées) qui est validée. "
        "Code de sortie 1 s’il y a une violation.",
        en="Say whether data conform, and if not, where and how to repair them. "
        "Files alone are validated with the ontology; with --store, joined to what it names; "
        "without files, the store named (or the packaged data) is validated. "
        "Exit code 1 when there is a violation.",
    ),
    example=text(
        fr="rte-graph validate mes-donnees/\nrte-graph validate ajouts.ttl --store mes-donnees/",
        en="rte-graph validate my-data/\nrte-graph validate additions.ttl --store my-data/",
    ),
)
@argument("files", nargs=-1, metavar=text(fr="[FICHIERS…]", en="[FILES…]"), type=FilePath())
@option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "turtle"]),
    default="text",
    show_default=True,
    help=text(fr="Texte, JSON, ou rapport W3C en Turtle.", en="Text, JSON, or W3C report in Turtle."),
)
@output_option
def validate(session: Session, files: tuple[Path, ...], form: str, output: Path | None) -> int:
    """Validate and report."""
    from rte_graph.loading import examine, examine_store, place_of

    # The files behind the store, where there are some, so that the report can cite their lines.
    inside = () if files else place_of(session.store_spec).files
    if files or inside:
        report = examine(files or inside, store=session.store if files and session.store_spec else None)
    else:
        examined = examine_store(session.store)
        report = examined.report
        if session.store.kind == "disk" and not examined.by_files:
            session.say(
                fr="Les fichiers chargés ne disent plus tout ce que contient la base : ses triplets mêmes "
                "sont validés, sans lignes à citer.",
                en="The files loaded no longer say all that the store holds: its own triples are validated, "
                "without lines to cite.",
            )
    _give(session, report, form, output)
    return 0 if report.conforms else 1


def _give(session: Session, report: Report, form: str, output: Path | None) -> None:
    from rte_graph.validation import print_text, to_json, to_turtle

    if form == "json":
        session.emit(to_json(report, session.lang), output)
    elif form == "turtle":
        session.emit(to_turtle(report), output)
    elif output is None:
        print_text(report, session.console(), session.lang)
    else:
        session.emit(_as_text(report, session.lang), output)


def _as_text(report: Report, lang: str) -> str:
    import io

    from rich.console import Console

    from rte_graph.validation import print_text

    page = io.StringIO()
    print_text(report, Console(file=page, width=100, highlight=False, emoji=False), lang)
    return page.getvalue()
