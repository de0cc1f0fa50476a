"""``rte-graph query list|show|new|check|export``: look into the library and add to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rte_graph.cli.common import Session, argument, command, option, output_option, text, write_file
from rte_graph.cli.forms import form_of
from rte_graph.cli.query.group import query

if TYPE_CHECKING:
    from rte_graph.sparql.model import SavedQuery
    from rte_graph.sparql.names import Named


@command(
    "list",
    parent=query,
    help=text(
        fr="Lister les requêtes, ou en chercher par des mots. Un début de mot suffit, dans l’une ou l’autre "
        "langue, sans égard aux accents ; tous les mots doivent s’y trouver.",
        en="List the queries, or search them by words. The beginning of a word is enough, in either "
        "language, with or without accents; all words must be found.",
    ),
    example=text(
        fr="rte-graph query list\nrte-graph query list membres communs\n"
        "rte-graph query list --topic personnes",
        en="rte-graph query list\nrte-graph query list shared members\nrte-graph query list --topic people",
    ),
)
@argument("words", nargs=-1, metavar=text(fr="[MOTS…]", en="[WORDS…]"))
@option(
    "--topic",
    metavar=text(fr="SUJET", en="TOPIC"),
    help=text(fr="Seulement les requêtes de ce sujet.", en="Only the queries of this topic."),
)
@option(
    "--format",
    "form",
    type=click.Choice(("table", "json")),
    default="table",
    help=text(fr="Forme de la liste.", en="Form of the list."),
)
def list_queries(session: Session, words: tuple[str, ...], topic: str | None, form: str) -> None:
    """Write the list, or what a search found."""
    from rte_graph.sparql.help import found_text, library_as_json, list_text
    from rte_graph.sparql.search import nothing_found, search, topic_named

    library = session.library
    topic = topic_named(library, topic) if topic is not None else None
    found = search(library, words, topic)
    if not found:
        sentence = nothing_found(library, words, topic)
        session.say(fr=sentence.fr, en=sentence.en)
    if form == "json":
        listed = found if words else sorted(found, key=lambda each: each.name)
        session.emit(library_as_json(library, listed, session.lang))
    elif found:
        shown = found_text if words else list_text
        session.emit(shown(library, found, session.lang))


@command(
    "show",
    parent=query,
    help=text(
        fr="Expliquer une requête : ce qu’elle donne, ses paramètres, son texte. Les valeurs des paramètres "
        "sont celles des données.",
        en="Explain a query: what it gives, its parameters, its text. The values of parameters are those of "
        "the data.",
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
    from rte_graph.sparql.help import body_text, show_text

    library = session.library
    saved = library.get(name)
    values = _possible_values(session, saved)
    session.emit(show_text(library, saved, values, session.lang, all_values=all_values))
    session.emit(_coloured(session, body_text(saved)))


def _possible_values(session: Session, saved: SavedQuery) -> dict[str, tuple[Named, ...]]:
    """What each parameter can be in the store; a store that cannot be read does not hide the explanation."""
    from rte_graph.errors import RteError
    from rte_graph.sparql.possible import values_of

    listed = [each for each in saved.parameters if each.class_name or each.scheme]
    try:
        return {each.name: values_of(session.store, each, session.lang) for each in listed}
    except RteError as error:
        session.say(
            fr=f"Valeurs des paramètres non lues : {error.message('fr')}",
            en=f"Values of the parameters not read: {error.message('en')}",
        )
        return {}


def _coloured(session: Session, body: str) -> str:
    """Query text in colours on a terminal, as it is elsewhere."""
    import os
    import sys

    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return body
    from rte_graph.sparql.highlight import highlighted

    console = session.console()
    with console.capture() as capture:
        console.print(highlighted(body), soft_wrap=True, end="")
    return capture.get()


@command(
    "new",
    parent=query,
    help=text(
        fr="Écrire le début d’une nouvelle requête, qui marche déjà. Il va dans votre dossier de requêtes : "
        "celui que rte.toml nomme (clé « queries »), sinon queries/ du dossier de travail.",
        en="Write the start of a new query, which works already. It goes to your folder of queries: the one "
        "that rte.toml names (key “queries”), else queries/ of the working folder.",
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
    from rte_graph.sparql.library import OWN_FOLDER, own_folder
    from rte_graph.sparql.skeleton import skeleton

    path = (own_folder() or OWN_FOLDER) / topic / f"{name}.rq"
    _check_names(name, topic)
    _check_free(session, name, path)
    _make_folder(path.parent)
    write_file(path, skeleton(session.lang))
    session.emit(
        session.text(
            fr=f"{path} est écrit. Changez son résumé, ses paramètres et son texte, puis essayez :\n"
            f"  rte-graph query check {path}\n  rte-graph query run {name}\n",
            en=f"{path} is written. Change its summary, its parameters and its text, then try:\n"
            f"  rte-graph query check {path}\n  rte-graph query run {name}\n",
        )
    )


def _check_names(*words: str) -> None:
    from rte_graph.errors import UsageError
    from rte_graph.sparql.library import NAME

    for word in words:
        if not NAME.fullmatch(word):
            raise UsageError(
                fr=f"« {word} » ne peut pas nommer un fichier de requête : écrivez des minuscules et des "
                "traits d’union, comme projets-par-ville.",
                en=f"“{word}” cannot name a query file: write lower-case letters and hyphens, "
                "such as projects-by-town.",
            )


def _check_free(session: Session, name: str, path: Path) -> None:
    from rte_graph.errors import UsageError

    known = session.library.queries.get(name)
    if known is not None:
        raise UsageError(
            fr=f"La requête « {name} » existe déjà ({known.path}) : prenez un autre nom.",
            en=f"The query “{name}” already exists ({known.path}): take another name.",
            keep=(known.path,),
        )
    if path.exists():  # a faulty file, which the library has left out
        raise UsageError(
            fr=f"{path} existe déjà : réparez-le (« rte-graph query check {path} » dit où), ou prenez un "
            "autre nom.",
            en=f"{path} exists already: repair it (`rte-graph query check {path}` says where), or take "
            "another name.",
            keep=(path,),
        )


def _make_folder(folder: Path) -> None:
    from rte_graph.errors import UsageError, reason

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            fr=f"Le dossier {folder} ne peut pas être créé ici ({reason(error, 'fr')}) : changez de dossier, "
            "ou nommez-en un autre dans rte.toml (clé « queries »).",
            en=f"The folder {folder} cannot be made here ({reason(error, 'en')}): work in another folder, or "
            "name another one in rte.toml (key “queries”).",
            keep=(folder,),
        ) from error


@command(
    "check",
    parent=query,
    help=text(
        fr="Vérifier des requêtes : l’en-tête, le texte, les paramètres, et une exécution par défaut. "
        "Sans fichier ni dossier, toutes celles de la bibliothèque et les vôtres.",
        en="Check queries: the header, the text, the parameters, and a run with the defaults. "
        "Without a file or folder, all those of the library and your own.",
    ),
    example="rte-graph query check\nrte-graph query check queries/local/schools.rq",
)
@argument("files", nargs=-1, metavar=text(fr="[FICHIERS…]", en="[FILES…]"), type=click.Path(path_type=Path))
def check(session: Session, files: tuple[Path, ...]) -> int:
    """Check each file and return the worst exit code."""
    from rte_graph.errors import RteError
    from rte_graph.resources import queries_folder
    from rte_graph.sparql.check import check_query
    from rte_graph.sparql.library import check_beside, load_query, read_texts, working_library

    packaged, library = queries_folder().resolve(), working_library()
    worst = _check_own_folder(session) if not files else 0
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
            session.emit(_good(session, path, count))
    return worst


def _good(session: Session, path: Path, count: int) -> str:
    if count:
        return session.text(fr=f"Bon : {path} ({count})", en=f"Good: {path} ({count})")
    return session.text(
        fr=f"Bon : {path} (0 : rien dans ces données)", en=f"Good: {path} (0: nothing in these data)"
    )


def _check_own_folder(session: Session) -> int:
    from rte_graph.sparql.library import missing_folder, own_folder

    own = own_folder()
    problem = missing_folder(own) if own is not None else None
    if problem is None:
        return 0
    session.emit(session.text(fr="À réparer : ", en="To repair: ") + problem.message(session.lang))
    return problem.exit_code


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
        fr="Donner la bibliothèque en RDF, pour d’autres outils. Ce sont des sh:SPARQLExecutable, à la "
        "manière des « sparql-examples » du SIB. Le nom du fichier dit la forme : .ttl, .jsonld ou .nt.",
        en="Give the library as RDF, for other tools. They are sh:SPARQLExecutable, in the manner of SIB’s "
        "“sparql-examples”. The file’s name says the form: .ttl, .jsonld or .nt.",
    ),
    example="rte-graph query export -o queries.ttl\n"
    "rte-graph query export --endpoint https://example.org/sparql -o queries.jsonld",
)
@option(
    "--endpoint",
    metavar="URL",
    help=text(
        fr="Point d’accès SPARQL où ces requêtes s’exécutent (schema:target) ; les outils du SIB "
        "en veulent un.",
        en="SPARQL endpoint where these queries run (schema:target); SIB’s tools want one.",
    ),
)
@output_option
def export(session: Session, endpoint: str | None, output: Path | None) -> None:
    """Write the library as a graph."""
    from io import BytesIO

    from rte_graph.sparql.formats import write_graph
    from rte_graph.sparql.rdf import library_triples

    form = form_of(output, _GRAPH_SUFFIXES, named=False) or "turtle"
    content = BytesIO()
    write_graph(form, library_triples(session.library, endpoint), content)
    session.emit(content.getvalue().decode(), output)


_GRAPH_SUFFIXES = {".ttl": "turtle", ".jsonld": "jsonld", ".nt": "ntriples"}
