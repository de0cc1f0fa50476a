"""``rte-graph query run``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rte_graph.cli.common import (
    Session,
    argument,
    command,
    format_option,
    option,
    output_option,
    safe_csv_option,
    text,
)
from rte_graph.cli.forms import RESULT_FORMS, result_form
from rte_graph.cli.language import LANGUAGES, set_language
from rte_graph.cli.query.group import query
from rte_graph.cli.query.parameters import values_of_pairs

if TYPE_CHECKING:
    from rte_graph.sparql.model import SavedQuery


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
    "rte-graph query run figures -o figures.xlsx",
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
@format_option(*RESULT_FORMS)
@output_option
@safe_csv_option
def run(
    session: Session, name: str, pairs: tuple[str, ...], form: str | None, output: Path | None, safe: bool
) -> None:
    """Write the result."""
    saved = session.library.get(name)
    form = result_form(saved.expect, form, output, safe=safe)
    values = values_of_pairs(saved, pairs)
    if values.get("lang") in LANGUAGES:
        set_language(values.pop("lang"))
    {"table": _table, "graph": _graph, "boolean": _boolean}[saved.expect](
        session, saved, values, _Target(form=form, output=output, safe=safe)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    """Where a result goes, and as what."""

    form: str
    output: Path | None
    safe: bool


def _table(session: Session, saved: SavedQuery, values: dict[str, str], target: _Target) -> None:
    from rte_graph.sparql.engine import run_query
    from rte_graph.sparql.formats import about_query, write_table
    from rte_graph.sparql.possible import explain_empty

    table = run_query(session.store, saved, values, session.lang)
    if not table.rows:
        reason = explain_empty(session.store, saved, values, session.lang)
        if target.form in ("table", "markdown"):
            session.emit(reason + "\n", target.output)
            return
        session.say(fr=reason, en=reason)
    with session.writing(target.output) as out:
        rows = write_table(
            target.form,
            table.columns,
            table.rows,
            out,
            lang=table.lang,
            library=session.library,
            iris=session.verbosity > 0,
            safe=target.safe,
            about=about_query(saved, values, table.lang),
        )
        if target.form == "table":
            out.write(_count(session, rows).encode())


def _count(session: Session, rows: int) -> str:
    if session.verbosity < 0:
        return ""
    if session.lang == "en":
        return f"{rows} row{'' if rows == 1 else 's'}\n"
    return f"{rows} ligne{'s' if rows > 1 else ''}\n"


def _graph(session: Session, saved: SavedQuery, values: dict[str, str], target: _Target) -> None:
    from rte_graph.sparql.engine import construct_query
    from rte_graph.sparql.formats import write_graph

    triples = construct_query(session.store, saved, values, session.lang)
    with session.writing(target.output) as out:
        write_graph(target.form, triples, out)


def _boolean(session: Session, saved: SavedQuery, values: dict[str, str], target: _Target) -> None:
    from rte_graph.sparql.engine import ask_query
    from rte_graph.sparql.formats import write_boolean

    answer = ask_query(session.store, saved, values, session.lang)
    with session.writing(target.output) as out:
        write_boolean(target.form, answer, out, lang=session.lang)
