"""``rte-graph query run``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rte_graph.cli.common import Session, argument, command, format_option, option, output_option, text
from rte_graph.cli.forms import form_of
from rte_graph.cli.language import LANGUAGES, set_language
from rte_graph.cli.query.group import query

if TYPE_CHECKING:
    from rte_graph.sparql.model import SavedQuery

FORMATS = ("table", "csv", "tsv", "json", "markdown", "turtle")
_SUFFIXES = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".md": "markdown",
    ".ttl": "turtle",
    ".txt": "table",
}


@command(
    "run",
    parent=query,
    help=text(
        fr="Exécuter une requête. Un paramètre facultatif vaut « * » pour toutes les valeurs ; "
        "avec -v, les colonnes d’IRI sont montrées aussi.",
        en="Run a query. An optional parameter takes “*” for all values; "
        "with -v, the columns of IRIs are shown too.",
    ),
    example='rte-graph query run members-of-alliance -p alliance="Coalition Solidaire"\n'
    "rte-graph query run figures -o figures.csv",
)
@argument("name", metavar=text(fr="NOM", en="NAME"))
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
@format_option(*FORMATS)
@output_option
def run(session: Session, name: str, pairs: tuple[str, ...], form: str | None, output: Path | None) -> None:
    """Write the result."""
    form = form or form_of(output, _SUFFIXES)
    saved = session.library.get(name)
    values = _values(saved, pairs)
    if values.get("lang") in LANGUAGES:
        set_language(values.pop("lang"))
    if saved.expect == "table":
        content = _table(session, saved, values, form or "table")
    else:
        content = _other(session, saved, values, form)
    session.emit(content, output)


def _values(saved: SavedQuery, pairs: tuple[str, ...]) -> dict[str, str]:
    from rte_graph.errors import InvalidParameter

    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            known = saved.parameters[0].name if saved.parameters else "name"
            raise InvalidParameter(
                fr=f"« {pair} » n’a pas la forme NOM=VALEUR : écrivez par exemple -p {known}=…",
                en=f"“{pair}” is not of the form NAME=VALUE: write for example -p {known}=…",
            )
        if name in values:
            raise InvalidParameter(
                fr=f"Le paramètre « {name} » est donné deux fois : gardez une valeur.",
                en=f"The parameter “{name}” is given twice: keep one value.",
            )
        values[name] = value
    return values


def _table(session: Session, saved: SavedQuery, values: dict[str, str], form: str) -> str:
    from rte_graph.sparql.engine import run_query
    from rte_graph.sparql.possible import explain_empty
    from rte_graph.sparql.present import format_table, to_markdown
    from rte_graph.sparql.results import MACHINE_FORMATS

    _check_form(saved, form, (*MACHINE_FORMATS, "table", "markdown"))
    table = run_query(session.store, saved, values, session.lang)
    if form in MACHINE_FORMATS:
        if not table.rows:
            reason = explain_empty(session.store, saved, values, session.lang)
            session.say(fr=reason, en=reason)
        return MACHINE_FORMATS[form](table)
    if not table.rows:
        return explain_empty(session.store, saved, values, session.lang) + "\n"
    iris = session.verbosity > 0
    if form == "markdown":
        return to_markdown(table, session.library, iris=iris)
    return format_table(table, session.library, iris=iris) + _count(session, len(table.rows))


def _count(session: Session, rows: int) -> str:
    if session.verbosity < 0:
        return ""
    if session.lang == "en":
        return f"{rows} row{'' if rows == 1 else 's'}\n"
    return f"{rows} ligne{'s' if rows > 1 else ''}\n"


def _other(session: Session, saved: SavedQuery, values: dict[str, str], form: str | None) -> str:
    import json

    from rte_graph.sparql.engine import ask_query, construct_query

    if saved.expect == "boolean":
        _check_form(saved, form or "table", ("table", "json"))
        answer = ask_query(session.store, saved, values, session.lang)
        if form == "json":
            return json.dumps({"head": {}, "boolean": answer}) + "\n"
        words = {True: text(fr="oui", en="yes"), False: text(fr="non", en="no")}
        return f"{words[answer]}\n"
    from rdflib import Graph

    from rte_graph.rdf_io import format_turtle, to_rdflib

    _check_form(saved, form or "turtle", ("turtle",))
    graph: Graph = to_rdflib(construct_query(session.store, saved, values, session.lang))
    return format_turtle(graph)


def _check_form(saved: SavedQuery, form: str, allowed: tuple[str, ...]) -> None:
    from rte_graph.errors import UsageError

    if form not in allowed:
        listed = ", ".join(sorted(allowed))
        raise UsageError(
            fr=f"« {saved.name} » ne se donne pas en {form} : choisissez parmi {listed}.",
            en=f"“{saved.name}” cannot be given as {form}: choose among {listed}.",
        )
