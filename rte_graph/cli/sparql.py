"""``rte-graph sparql``: run a query that somebody types."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from rte_graph.cli.common import (
    FilePath,
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

if TYPE_CHECKING:
    from rte_graph.sparql.confined import FreeResult
    from rte_graph.sparql.guard import FreeText
    from rte_graph.store import DiskStore, UpdateReport

_EXAMPLE = 'rte-graph sparql "SELECT ?label { ?a a rte:Alliance ; skos:prefLabel ?label }"'
_CUT = 75


@command(
    "sparql",
    help=text(
        fr="Exécuter une requête SPARQL que vous écrivez : sur la ligne, dans un fichier (-f), ou sur "
        "l’entrée standard (-). Les préfixes du projet (rte:, skos:, …) n’ont pas à être déclarés. "
        "La requête tourne à part, sans réseau, avec des limites de temps, de mémoire et de taille "
        "(RTE_GRAPH_MAX_QUERY_… et RTE_GRAPH_MAX_RESULT_…). Un résultat tronqué le dit, et le code de "
        "sortie est alors 75.",
        en="Run a SPARQL query that you write: on the line, in a file (-f), or on standard input (-). "
        "Prefixes of the project (rte:, skos:, …) need not be declared. The query runs apart, without a "
        "network, with limits of time, memory and size (RTE_GRAPH_MAX_QUERY_… and RTE_GRAPH_MAX_RESULT_…). "
        "A result that is cut says so, and the exit code is then 75.",
    ),
    example=f"{_EXAMPLE}\nrte-graph sparql -f query.rq -o result.csv",
)
@argument("query", required=False, metavar=text(fr="[REQUÊTE]", en="[QUERY]"))
@option(
    "-f",
    "--file",
    "file",
    type=FilePath(),
    metavar=text(fr="FICHIER", en="FILE"),
    help=text(fr="Lire la requête dans ce fichier.", en="Read the query from this file."),
)
@format_option(*RESULT_FORMS)
@output_option
@safe_csv_option
@option(
    "--allow-update",
    is_flag=True,
    help=text(
        fr="Accepter une requête qui change les données d’une base sur disque ou distante. Les fichiers "
        "Turtle ne changent pas : « rte-graph rebuild » y revient.",
        en="Accept a query that changes the data of a store on disk or of an endpoint. The Turtle files do "
        "not change: “rte-graph rebuild” returns to them.",
    ),
)
def sparql(
    session: Session,
    query: str | None,
    file: Path | None,
    form: str | None,
    output: Path | None,
    safe: bool,
    allow_update: bool,
) -> int:
    """Run the query and write its result."""
    from rte_graph.sparql.guard import check_free_query

    typed = _typed(query, file)
    free = check_free_query(typed, datasets=lambda: session.store.datasets(), update=allow_update)
    if free.update:
        _update(session, free)
        return 0
    kind = {"ASK": "boolean", "CONSTRUCT": "graph", "DESCRIBE": "graph"}.get(free.form, "table")
    form = result_form(kind, form, output, safe=safe)
    return _run(session, free, _Target(form=form, output=output, safe=safe))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    """Where a result goes, and as what."""

    form: str
    output: Path | None
    safe: bool


def _typed(query: str | None, file: Path | None) -> str:
    """Return the text of the query, wherever it stands."""
    from rte_graph.errors import UsageError

    if query is not None and file is not None:
        raise UsageError(
            fr="Une requête sur la ligne et -f s’excluent : gardez l’une des deux.",
            en="A query on the line and -f exclude each other: keep one of them.",
        )
    if file is not None and str(file) != "-":
        return _from_file(file)
    if query is not None and query != "-":
        _check_no_file(query)
        return query
    if query is None and file is None and sys.stdin.isatty():
        raise UsageError(
            fr=f"Écrivez une requête, par exemple : {_EXAMPLE}",
            en=f"Write a query, for example: {_EXAMPLE}",
            keep=(_EXAMPLE,),
        )
    typed = _decoded(_some(sys.stdin.buffer), "l’entrée standard", "standard input")
    if not typed.strip():
        raise UsageError(
            fr=f"L’entrée standard est vide : écrivez une requête, par exemple : {_EXAMPLE}",
            en=f"Standard input is empty: write a query, for example: {_EXAMPLE}",
            keep=(_EXAMPLE,),
        )
    return typed


def _from_file(file: Path) -> str:
    from rte_graph.errors import UsageError, reason

    try:
        with file.open("rb") as handle:
            raw = _some(handle)
    except OSError as error:
        raise UsageError(
            fr=f"{file} ne peut pas être lu ({reason(error, 'fr')}) : donnez un fichier de requête avec -f.",
            en=f"{file} cannot be read ({reason(error, 'en')}): give a query file with -f.",
            keep=(file,),
        ) from error
    return _decoded(raw, str(file), str(file))


def _some(source: BinaryIO) -> bytes:
    """Read as much as the longest query can take, and a little more, so that the guard can say it."""
    from rte_graph.settings import max_query_characters

    return source.read(4 * max_query_characters() + 4)


def _decoded(raw: bytes, fr: str, en: str) -> str:
    from rte_graph.errors import UnreadableQuery
    from rte_graph.settings import max_query_characters

    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if len(raw) > 4 * max_query_characters():  # too long anyhow, and perhaps cut within a character
            return raw.decode("utf-8", errors="replace")
        raise UnreadableQuery(
            fr=f"La requête dans {fr} n’est pas du texte en UTF-8 : enregistrez-la ainsi.",
            en=f"The query in {en} is not text in UTF-8: save it so.",
            keep=(fr, en),
        ) from error


def _check_no_file(query: str) -> None:
    from rte_graph.errors import UsageError

    if query.endswith((".rq", ".sparql")) and not set(query) & set("{}?\n"):
        raise UsageError(
            fr=f"« {query} » est un nom de fichier : écrivez -f {query}.",
            en=f"“{query}” is the name of a file: write -f {query}.",
            keep=(query,),
        )


def _run(session: Session, free: FreeText, target: _Target) -> int:
    from rte_graph.sparql.confined import Limits, run_checked

    limits = Limits.in_force()
    with run_checked(session.store, free, limits) as result:
        with session.writing(target.output) as out:
            _write(session, result, target, out)
        if result.truncated is None:
            return 0
        # With -q too: a result that lacks something is no result to be taken for whole.
        name = text(fr="rte-graph : ", en="rte-graph: ")
        click.echo(f"{name}{result.truncated.message(session.lang)}", err=True)
    return _CUT


def _write(session: Session, result: FreeResult, target: _Target, out: BinaryIO) -> None:
    from rte_graph.sparql.formats import write_boolean, write_graph, write_table

    def cut() -> str | None:
        return result.truncated.message(session.lang) if result.truncated else None

    if result.kind == "boolean":
        write_boolean(target.form, result.value, out, lang=session.lang)
    elif result.kind == "graph":
        write_graph(target.form, result.triples, out)
        if cut() and target.form == "turtle":
            out.write(f"\n# {cut()}\n".encode())
    else:
        rows = write_table(
            target.form,
            result.columns,
            result.rows,
            out,
            lang=session.lang,
            iris=True,
            safe=target.safe,
            truncated=cut,
        )
        if target.form == "table" and session.verbosity >= 0:
            out.write(_count(session, rows).encode())
        if cut() and target.form in ("table", "markdown"):
            out.write(f"\n{cut()}\n".encode())


def _count(session: Session, rows: int) -> str:
    if session.lang == "en":
        return f"{rows} row{'' if rows == 1 else 's'}\n"
    return f"{rows} ligne{'s' if rows > 1 else ''}\n"


def _update(session: Session, free: FreeText) -> None:
    """Change the data, and say by how much and how to come back."""
    from rte_graph.errors import RefusedQuery
    from rte_graph.store import DiskStore, RemoteStore

    store = session.store
    if isinstance(store, RemoteStore):
        store.update(free.complete)
        session.say(
            fr="Le point d’accès a fait la mise à jour ; les fichiers Turtle ne changent pas.",
            en="The endpoint carried out the update; the Turtle files do not change.",
        )
        return
    if not isinstance(store, DiskStore):
        raise RefusedQuery(
            fr="Ces données ne sont en mémoire que le temps de la commande, rien ne resterait de ce "
            "changement : chargez-les d’abord dans une base avec « rte-graph load … --store rte-store ».",
            en="These data are in memory for this command only, nothing would remain of this change: "
            "load them into a store first with “rte-graph load … --store rte-store”.",
        )
    report = _update_on_disk(store, free)
    came, went = str(report.added), str(report.removed)
    session.say(
        fr=f"{came} triplet{'s' * (report.added > 1)} de plus, {went} de moins. Les fichiers Turtle ne "
        "changent pas : « rte-graph rebuild » y revient.",
        en=f"{came} triple{'s' * (report.added != 1)} more, {went} fewer. The Turtle files do not change: "
        "“rte-graph rebuild” returns to them.",
    )


def _update_on_disk(store: DiskStore, free: FreeText) -> UpdateReport:
    from rte_graph.errors import UnreadableQuery
    from rte_graph.sparql.syntax import syntax_error

    folder = store.folder
    store.close()  # a reader would keep the state before from being removed
    writer = type(store).open(folder, write=True)
    try:
        return writer.update(free.complete)
    except UnreadableQuery as error:
        detail = str(error.__cause__ or error)
        ahead = len(free.complete) - len(free.text)
        raise syntax_error(free.complete, detail, fr="Requête", en="Query", ahead=ahead) or error from error
    finally:
        writer.close()
