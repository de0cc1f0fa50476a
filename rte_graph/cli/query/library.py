"""``rte-graph query list|show|new|check|export``: look into the library and add to it."""

from __future__ import annotations

from pathlib import Path

import click

from rte_graph.cli.common import Session, argument, command, option, output_option, text, write_file
from rte_graph.cli.forms import form_of
from rte_graph.cli.query.group import query


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
