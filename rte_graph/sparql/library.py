"""The library of saved queries: one ``.rq`` file a query, in folders that are its topics.

A library is read once and checked as it is read: a header with an unknown key, a text in one language
only, a parameter that the query does not use, or a ``VALUES`` block that no parameter feeds is refused with
the name of the file and what to write there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rte_graph.errors import RteError, UnreadableQuery, UsageError
from rte_graph.project import PROJECT_FILE, read_project
from rte_graph.resources import queries_folder
from rte_graph.sparql.coherence import check_coherence
from rte_graph.sparql.guard import check_length, check_tokens
from rte_graph.sparql.header import HeaderReader
from rte_graph.sparql.model import Library, SavedQuery, Text
from rte_graph.sparql.tokens import Token, select_columns, tokenize
from rte_graph.sparql.yaml_text import BrokenYaml, read_yaml

TOPICS = "topics.yaml"
HEADINGS = "columns.yaml"
LOCAL = "local"
"""Topic of a file that stands in no folder of its own."""

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""What a query may be called: it is a word of the command line, a file name and part of an IRI."""

OWN_FOLDER = Path("queries")
"""Where the user's own queries are, unless ``rte.toml`` says otherwise."""


def load_library(*folders: Path) -> Library:
    """Read all saved queries of the folders.

    Parameters
    ----------
    folders
        Folders with ``<topic>/<name>.rq``, and optionally ``topics.yaml`` (titles of topics) and
        ``columns.yaml`` (headings of columns), in both languages. A later folder adds to the earlier ones.

    Raises
    ------
    UnreadableQuery
        If a file is wrong, or two different files have one name.

    Notes
    -----
    Two files with one name and the same text are one query, so that the packaged library and a working copy
    of it do not quarrel.
    """
    reader = _LibraryReader()
    for folder in folders:
        reader.add(folder)
    return reader.library()


class _LibraryReader:
    """Collects queries folder by folder; what is wrong is raised, or noted where folders may be faulty."""

    def __init__(self) -> None:
        self._queries: dict[str, SavedQuery] = {}
        self._own: set[str] = set()
        self._topics: dict[str, Text] = {}
        self._headings: dict[str, Text] = {}
        self._problems: list[RteError] = []

    def add(self, folder: Path) -> None:
        """Add a folder; what is wrong in it is raised."""
        for path in query_files(folder):
            query = load_query(path, folder)
            _refuse_clash(self._queries.get(query.name), query)
            self._queries.setdefault(query.name, query)
        for name, texts in ((TOPICS, self._topics), (HEADINGS, self._headings)):
            texts.update(read_texts(folder / name))
        for query in self._queries.values():
            check_nodes_query(query, self._queries)

    def add_own(self, folder: Path, *, syntax: bool) -> None:
        """Add a folder of the user's; its faulty files are left out and noted."""
        for path in query_files(folder):
            with self._noting():
                query = load_query(path, folder)
                if syntax:
                    # Here, so that the packaged library is listed without loading the engine.
                    from rte_graph.sparql.engine import check_syntax

                    check_syntax(query)
                _refuse_clash(self._queries.get(query.name), query)
                if query.name not in self._queries:
                    self._queries[query.name] = query
                    self._own.add(query.name)
        for name, texts in ((TOPICS, self._topics), (HEADINGS, self._headings)):
            with self._noting():
                texts.update(read_texts(folder / name))
        for name in sorted(self._own):
            with self._noting():
                check_nodes_query(self._queries[name], self._queries)
                continue
            del self._queries[name]
            self._own.discard(name)

    def note(self, problem: RteError) -> None:
        """Note what was left out."""
        self._problems.append(problem)

    def library(self) -> Library:
        """What was read."""
        return Library(
            queries=self._queries,
            topics=self._topics,
            headings=self._headings,
            own=frozenset(self._own),
            problems=tuple(self._problems),
        )

    @contextmanager
    def _noting(self) -> Iterator[None]:
        try:
            yield
        except RteError as error:
            self.note(error)


def query_files(folder: Path) -> tuple[Path, ...]:
    """Files of saved queries of a folder, those in its topics first, sorted."""
    return (*sorted(folder.glob("*/*.rq")), *sorted(folder.glob("*.rq")))


def load_query(path: Path, folder: Path | None = None) -> SavedQuery:
    """Read one saved query and check it.

    Parameters
    ----------
    path
        The file; the folder that it stands in is its topic.
    folder
        The folder of topics: a file right in it is of the topic `LOCAL`.

    Raises
    ------
    UnreadableQuery
        Naming the file, what is wrong and the repair.
    """
    text = _read(path)
    check_length(str(path), text)
    header = HeaderReader(path, text)
    _check_name(header, path)
    tokens = _tokens(path, text)
    check_tokens(str(path), text, tokens)
    query = SavedQuery(
        name=path.stem,
        topic=LOCAL if path.parent == folder else path.parent.name,
        summary=header.summary(),
        description=header.description(),
        tags=header.tags(),
        parameters=header.parameters(),
        expect=header.expect(),
        network=header.network(),
        order=header.order(),
        columns=select_columns(tokens) or (),
        text=text,
        path=path,
    )
    check_coherence(header, query, tokens)
    return query


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableQuery(
            fr=f"{path} : ce fichier ne peut pas être lu ; donnez un fichier de texte en UTF-8.",
            en=f"{path}: this file cannot be read; give a text file in UTF-8.",
        ) from error


def _check_name(header: HeaderReader, path: Path) -> None:
    if not NAME.fullmatch(path.stem):
        header.fail(
            "",
            "nommez le fichier en minuscules sans accent et traits d’union, comme projets-par-ville.rq",
            "name the file in lower-case letters and hyphens, such as projects-by-town.rq",
        )


def _tokens(path: Path, text: str) -> tuple[Token, ...]:
    try:
        return tokenize(text)
    except UnreadableQuery as error:
        raise UnreadableQuery(fr=f"{path} : {error.fr}", en=f"{path}: {error.en}") from None


def check_nodes_query(query: SavedQuery, queries: Mapping[str, SavedQuery]) -> None:
    """Refuse a network whose nodes query is not among `queries`."""
    nodes = query.network.nodes if query.network else None
    if nodes is not None and nodes not in queries:
        raise UnreadableQuery(
            fr=f"{query.path}, clé « network.nodes » : aucune requête ne s’appelle « {nodes} ».",
            en=f"{query.path}, key “network.nodes”: no query is called “{nodes}”.",
        )


def check_beside(query: SavedQuery, library: Library) -> None:
    """Refuse a query that cannot stand beside those of a library, or whose nodes query is nowhere.

    Raises
    ------
    UnreadableQuery
        If another text has its name, or the nodes query of a network is neither there nor beside it.
    """
    _refuse_clash(library.queries.get(query.name), query)
    nodes = query.network.nodes if query.network else None
    here = query.path.parent
    if nodes is None or not [*here.glob(f"{nodes}.rq"), *here.parent.glob(f"*/{nodes}.rq")]:
        check_nodes_query(query, library.queries)


def _refuse_clash(known: SavedQuery | None, query: SavedQuery) -> None:
    if known is not None and known.text != query.text:
        raise UnreadableQuery(
            fr=f"{query.path} : {known.path} s’appelle déjà « {query.name} », renommez l’un des deux.",
            en=f"{query.path}: {known.path} is already called “{query.name}”, rename one of them.",
        )


def read_texts(path: Path) -> dict[str, Text]:
    """Read ``topics.yaml`` or ``columns.yaml``: a text in both languages for each name.

    Raises
    ------
    UnreadableQuery
        Naming the file, the line and the form that is wanted.
    """
    if not path.is_file():
        return {}
    try:
        values = read_yaml(_read(path)) or {}
        return {str(name): Text(fr=str(texts["fr"]), en=str(texts["en"])) for name, texts in values.items()}
    except BrokenYaml as error:
        raise UnreadableQuery(fr=f"{path}, {error.fr}.", en=f"{path}, {error.en}.") from error
    except (AttributeError, KeyError, TypeError) as error:
        raise UnreadableQuery(
            fr=f"{path} : écrivez une ligne par nom, « nom: {{fr: …, en: …}} ».",
            en=f"{path}: write one line a name, `name: {{fr: …, en: …}}`.",
        ) from error


def own_folder() -> Path | None:
    """Folder of the user's own queries: the one that ``rte.toml`` names, else ``queries/``.

    It may be missing. None where that is the folder of the packaged queries, as in a copy of the project.
    """
    named = read_project().queries
    own = OWN_FOLDER if named is None else Path(named).expanduser()
    return None if own.resolve() == queries_folder().resolve() else own


def working_library(*, syntax: bool = True) -> Library:
    """Read the packaged queries and those of the user's own folder, if there is one.

    A faulty file of the user's is left out and named in ``problems``: the other queries still run.

    Parameters
    ----------
    syntax
        Whether the engine reads the user's texts too; without, a text that is not SPARQL passes.
    """
    reader = _LibraryReader()
    reader.add(queries_folder())
    own = own_folder()
    if own is not None and own.is_dir():
        reader.add_own(own, syntax=syntax)
    elif own is not None and (problem := missing_folder(own)) is not None:
        reader.note(problem)
    return reader.library()


def missing_folder(own: Path) -> UsageError | None:
    """Say that there is no folder where ``rte.toml`` says that the user's own queries are."""
    if own.is_dir() or read_project().queries is None:
        return None
    return UsageError(
        fr=f"{PROJECT_FILE}, clé « queries » : le dossier {own} n’existe pas ; créez-le (« rte-graph query "
        "new » le fait aussi), ou corrigez ce nom.",
        en=f"{PROJECT_FILE}, key “queries”: there is no folder {own}; make it (`rte-graph query new` does "
        "so too), or correct that name.",
        keep=(own,),
    )
