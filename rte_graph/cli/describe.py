"""``rte-graph describe``: all that is known of a name, with evidence."""

from __future__ import annotations

from pathlib import Path

from rte_graph.cli.common import (
    Session,
    argument,
    command,
    format_option,
    output_option,
    say_unvalidated,
    text,
)
from rte_graph.cli.forms import form_of

FORMATS = ("text", "json", "turtle", "markdown")
_SUFFIXES = {".json": "json", ".ttl": "turtle", ".md": "markdown", ".txt": "text"}


@command(
    "describe",
    help=text(
        fr="Tout ce que l’on sait d’un nom ou d’un IRI, chaque énoncé avec ses sources numérotées.",
        en="All that is known of a name or IRI, each statement with its numbered sources.",
    ),
    example='rte-graph describe "Coalition Solidaire"\nrte-graph describe "Tous Repreneurs" -o fiche.md',
)
@argument("name", metavar=text(fr="NOM-OU-IRI", en="NAME-OR-IRI"))
@format_option(*FORMATS)
@output_option
def describe(session: Session, name: str, form: str | None, output: Path | None) -> None:
    """Write the description."""
    import os
    import shutil
    import sys

    from rte_graph.describe import describe as description_of
    from rte_graph.describe import find, to_json, to_markdown, to_text, to_turtle

    form = form or form_of(output, _SUFFIXES) or "text"
    say_unvalidated(session)
    iri = find(session.store, name, session.lang)
    if form == "turtle":
        session.emit(to_turtle(session.store, iri), output)
        return
    description = description_of(session.store, iri, session.lang)
    if form == "text":
        styled = output is None and sys.stdout.isatty() and "NO_COLOR" not in os.environ
        width = shutil.get_terminal_size((100, 24)).columns
        session.emit(to_text(description, width=width, styled=styled), output)
    else:
        session.emit({"json": to_json, "markdown": to_markdown}[form](description), output)
