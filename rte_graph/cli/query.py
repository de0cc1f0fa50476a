"""``rte-graph query``: list, explain, run, write, check and export saved queries."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rte_graph.cli.common import (
    Session,
    argument,
    command,
    format_option,
    group,
    option,
    output_option,
    text,
    write_file,
)
from rte_graph.cli.language import LANGUAGES, set_language

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


@group(
    "query",
    help=text(
        fr="Lister, expliquer, exécuter, écrire et vérifier les requêtes enregistrées.",
        en="List, explain, run, write and check the saved queries.",
    ),
    example='rte-graph query list\nrte-graph query run members-of-alliance -p alliance="Coalition Solidaire"',
)
def query(session: Session) -> None:
    """Answer with one of the verbs."""


@command(
    "list",
    parent=query,
    help=text(fr="Lister les requêtes par sujet.", en="List the queries by topic."),
    example="rte-graph query list\nrte-graph query list --format json",
)
@option(
    "--format",
    "form",
    type=click.Choice(("table", "json")),
    default="table",
    help=text(fr="Forme de la liste.", en="Form of the list."),
)
def list_queries(session: Session, form: str) -> None:
    """Write the list."""
    from rte_graph.sparql.help import library_as_json, list_text

    library = session.library
    if form == "json":
        session.emit(library_as_json(library, session.lang))
    else:
        session.emit(list_text(library, session.lang))


@command(
    "show",
    parent=query,
    help=text(
        fr="Expliquer une requête : ce qu’elle donne, ses paramètres et leurs valeurs, son texte.",
        en="Explain a query: what it gives, its parameters and their values, its text.",
    ),
    example="rte-graph query show members-of-alliance",
)
@argument("name", metavar=text(fr="NOM", en="NAME"))
@option(
    "--values",
    "all_values",
    is_flag=True,
    help=text(
        fr="Donner toutes les valeurs possibles des paramètres.", en="Give all possible values of parameters."
    ),
)
def show(session: Session, name: str, all_values: bool) -> None:
    """Write the explanation."""
    from rte_graph.sparql.help import show_text
    from rte_graph.sparql.possible import values_of

    library = session.library
    saved = library.get(name)
    values = {each.name: values_of(session.store, each, session.lang) for each in saved.parameters}
    session.emit(show_text(library, saved, values, session.lang, all_values=all_values))


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


def form_of(output: Path | None, suffixes: Mapping[str, str], *, named: bool = True) -> str | None:
    """Form that the name of a file asks for; None for the screen. `named`: --format can say it instead.

    Raises
    ------
    UsageError
        The name ends in something that cannot be given here.
    """
    from rte_graph.errors import UsageError

    if output is None or str(output) == "-" or not output.suffix:
        return None
    form = suffixes.get(output.suffix.lower())
    if form is None:
        listed = ", ".join(sorted(suffixes))
        raise UsageError(
            fr=f"L’extension « {output.suffix} » n’est pas possible ici : donnez à {output.name} l’une de "
            f"celles-ci : {listed}{', ou dites la forme avec --format' if named else ''}.",
            en=f"The extension “{output.suffix}” is not possible here: give {output.name} one of these: "
            f"{listed}{', or name the form with --format' if named else ''}.",
        )
    return form


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


@command(
    "new",
    parent=query,
    help=text(
        fr="Écrire le début d’une nouvelle requête dans queries/ du dossier de travail.",
        en="Write the start of a new query in queries/ of the working folder.",
    ),
    example="rte-graph query new schools --topic organisations",
)
@argument("name", metavar=text(fr="NOM", en="NAME"))
@option(
    "--topic",
    default="local",
    metavar=text(fr="SUJET", en="TOPIC"),
    help=text(fr="Dossier où la ranger.", en="Folder to put it in."),
)
def new(session: Session, name: str, topic: str) -> None:
    """Write the skeleton."""
    from rte_graph.errors import UsageError
    from rte_graph.sparql.library import NAME
    from rte_graph.sparql.skeleton import skeleton

    for word in (name, topic):
        if not NAME.fullmatch(word):
            raise UsageError(
                fr=f"« {word} » ne peut pas nommer un fichier de requête : écrivez des minuscules et des "
                "traits d’union, comme projets-par-ville.",
                en=f"“{word}” cannot name a query file: write lower-case letters and hyphens, "
                "such as projects-by-town.",
            )
    known = session.library.queries.get(name)
    if known is not None:
        raise UsageError(
            fr=f"La requête « {name} » existe déjà ({known.path}) : prenez un autre nom.",
            en=f"The query “{name}” already exists ({known.path}): take another name.",
        )
    path = Path("queries") / topic / f"{name}.rq"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            fr=f"Le dossier {path.parent} ne peut pas être créé ici : un fichier porte ce nom, ou l’écriture "
            "est interdite ; changez de dossier.",
            en=f"The folder {path.parent} cannot be made here: a file has that name, or writing is "
            "forbidden; work in another folder.",
        ) from error
    write_file(path, skeleton(session.lang))
    session.emit(
        session.text(
            fr=f"{path} est écrit. Changez son résumé, ses paramètres et son texte, puis essayez :\n"
            f"  rte-graph query check {path}\n  rte-graph query run {name}\n",
            en=f"{path} is written. Change its summary, its parameters and its text, then try:\n"
            f"  rte-graph query check {path}\n  rte-graph query run {name}\n",
        )
    )


@command(
    "check",
    parent=query,
    help=text(
        fr="Vérifier des requêtes : l’en-tête, le texte, les paramètres, et une exécution par défaut. "
        "Sans fichier, toutes celles de la bibliothèque.",
        en="Check queries: the header, the text, the parameters, and a run with the defaults. "
        "Without a file, all those of the library.",
    ),
    example="rte-graph query check\nrte-graph query check queries/local/schools.rq",
)
@argument("files", nargs=-1, metavar=text(fr="[FICHIERS…]", en="[FILES…]"), type=click.Path(path_type=Path))
def check(session: Session, files: tuple[Path, ...]) -> int:
    """Check each file and return the worst exit code."""
    from rte_graph.errors import RteError
    from rte_graph.resources import queries_folder
    from rte_graph.sparql.check import check_query
    from rte_graph.sparql.library import check_beside, load_query, read_texts

    packaged, library = queries_folder().resolve(), session.packaged_library
    worst = 0
    for path in _to_check(files):
        try:
            if path.suffix == ".yaml":
                read_texts(path)
                continue
            saved = load_query(path)
            check_beside(saved, library)
            ours = packaged in path.resolve().parents
            count = check_query(session.store, saved, session.lang, packaged=ours)
        except RteError as error:
            worst = max(worst, error.exit_code)
            session.emit(session.text(fr="À réparer : ", en="To repair: ") + error.message(session.lang))
        else:
            session.emit(session.text(fr=f"Bon : {path} ({count})", en=f"Good: {path} ({count})"))
    return worst


def _to_check(files: tuple[Path, ...]) -> tuple[Path, ...]:
    from rte_graph.errors import UsageError
    from rte_graph.resources import queries_folder
    from rte_graph.sparql.library import own_folder, query_files

    if not files:
        own = own_folder()
        mine = (*query_files(own), *sorted(own.glob("*.yaml"))) if own else ()
        return (*query_files(queries_folder()), *mine)
    found: list[Path] = []
    for path in files:
        inside = sorted(path.rglob("*.rq")) if path.is_dir() else [path]
        if not inside or not path.exists():
            raise UsageError(
                fr=f"{path} n’existe pas, ou ne contient aucun fichier .rq : donnez un fichier ou un dossier "
                "de requêtes.",
                en=f"{path} does not exist, or holds no .rq file: give a file or a folder of queries.",
            )
        found += inside
    return tuple(found)


@command(
    "export",
    parent=query,
    help=text(
        fr="Donner la bibliothèque en RDF (sh:select), pour d’autres outils.",
        en="Give the library as RDF (sh:select), for other tools.",
    ),
    example="rte-graph query export -o queries.ttl",
)
@output_option
def export(session: Session, output: Path | None) -> None:
    """Write the library as Turtle."""
    from rte_graph.rdf_io import format_turtle
    from rte_graph.sparql.rdf import library_graph

    form_of(output, {".ttl": "turtle"}, named=False)
    session.emit(format_turtle(library_graph(session.library)), output)
