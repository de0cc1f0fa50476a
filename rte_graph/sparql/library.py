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

from rte_graph.errors import RteError, UnreadableQuery
from rte_graph.resources import queries_folder
from rte_graph.sparql.guard import check_length, check_tokens
from rte_graph.sparql.header import HeaderReader
from rte_graph.sparql.model import Library, SavedQuery, Text
from rte_graph.sparql.parameters import value_blocks
from rte_graph.sparql.tokens import Kind, Token, line_and_column, select_columns, tokenize
from rte_graph.sparql.yaml_text import BrokenYaml, read_yaml

TOPICS = "topics.yaml"
HEADINGS = "columns.yaml"
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""What a query may be called: it is a word of the command line, a file name and part of an IRI."""


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
        self._topics: dict[str, Text] = {}
        self._headings: dict[str, Text] = {}
        self._problems: list[RteError] = []

    def add(self, folder: Path, *, tolerant: bool = False) -> None:
        """Add a folder; with `tolerant`, its faulty files are left out and noted."""
        for path in query_files(folder):
            with self._noting(tolerant):
                query = load_query(path)
                if tolerant:
                    # Here, so that the packaged library is listed without loading the engine.
                    from rte_graph.sparql.engine import check_syntax

                    check_syntax(query)
                _refuse_clash(self._queries.get(query.name), query)
                self._queries.setdefault(query.name, query)
        for name, texts in ((TOPICS, self._topics), (HEADINGS, self._headings)):
            with self._noting(tolerant):
                texts.update(read_texts(folder / name))
        for query in list(self._queries.values()):
            with self._noting(tolerant):
                check_nodes_query(query, self._queries)
                continue
            del self._queries[query.name]

    def library(self) -> Library:
        """What was read."""
        return Library(
            queries=self._queries,
            topics=self._topics,
            headings=self._headings,
            problems=tuple(self._problems),
        )

    @contextmanager
    def _noting(self, tolerant: bool) -> Iterator[None]:
        try:
            yield
        except RteError as error:
            if not tolerant:
                raise
            self._problems.append(error)


def query_files(folder: Path) -> tuple[Path, ...]:
    """Files of saved queries in a folder of topics, sorted."""
    return tuple(sorted(folder.glob("*/*.rq")))


def load_query(path: Path) -> SavedQuery:
    """Read one saved query and check it.

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
        topic=path.parent.name,
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
    _check_prefixes(path, text, tokens)
    _check_form(header, query, tokens)
    _check_parameters(header, query, tokens)
    _check_columns(header, query)
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


def _check_prefixes(path: Path, text: str, tokens: tuple[Token, ...]) -> None:
    names = [token for token in tokens if token.kind is Kind.PREFIXED_NAME]
    declared = {tokens[index + 1].text for index, token in enumerate(tokens[:-1]) if token.is_word("PREFIX")}
    for token in names:
        prefix = f"{token.text.partition(':')[0]}:"
        if prefix not in declared:
            line, _ = line_and_column(text, token.start)
            raise UnreadableQuery(
                fr=f"{path}, ligne {line} : préfixe {prefix} non déclaré ; ajoutez « PREFIX {prefix} <…> ».",
                en=f"{path}, line {line}: prefix {prefix} not declared; add `PREFIX {prefix} <…>`.",
            )


def _check_form(header: HeaderReader, query: SavedQuery, tokens: tuple[Token, ...]) -> None:
    forms = {"table": ("SELECT",), "graph": ("CONSTRUCT", "DESCRIBE"), "boolean": ("ASK",)}[query.expect]
    words = ("SELECT", "CONSTRUCT", "DESCRIBE", "ASK", "INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE")
    form = next((token.text.upper() for token in tokens if token.text.upper() in words), "")
    if form not in forms:
        wanted = forms[0]
        header.fail(
            "expect",
            f"« {query.expect} » veut une requête {wanted}, pas {form or 'un texte vide'}",
            f"“{query.expect}” wants a {wanted} query, not {form or 'an empty text'}",
        )


def _check_parameters(header: HeaderReader, query: SavedQuery, tokens: tuple[Token, ...]) -> None:
    used = {block.name for block in value_blocks(tokens)}
    declared = {parameter.name for parameter in query.parameters}
    for name in sorted(declared - used):
        header.fail(
            f"params.{name}",
            f"la requête n’a pas de bloc VALUES ?{name} {{ … }}, ajoutez-le",
            f"the query has no VALUES ?{name} {{ … }} block, add it",
        )
    if "lang" not in used and _compares_language(tokens):
        header.fail(
            "",
            'la requête compare à ?lang sans le définir, ajoutez VALUES ?lang { "fr" }',
            'the query compares with ?lang, which nothing binds, add VALUES ?lang { "fr" }',
        )
    for name in sorted(used - declared - {"lang"}):
        header.fail(
            f"params.{name}",
            f"déclarez ce paramètre, ou écrivez la constante VALUES (?{name}) {{ (…) }}",
            f"declare this parameter, or write the constant VALUES (?{name}) {{ (…) }}",
        )


def _compares_language(tokens: tuple[Token, ...]) -> bool:
    return any(
        token.variable == "lang"
        and (tokens[index - 1].is_punctuation("=") or tokens[index - 1].is_punctuation(","))
        for index, token in enumerate(tokens)
    )


def _check_columns(header: HeaderReader, query: SavedQuery) -> None:
    if query.expect != "table":
        return
    if not query.columns:
        header.fail(
            "",
            "énumérez les colonnes après SELECT (SELECT * les donne dans le désordre)",
            "list the columns after SELECT (SELECT * gives them in no order)",
        )
    if not query.order:
        header.fail(
            "order",
            "donnez les colonnes qui trient le tableau : [colonne, -colonne]",
            "give the columns that sort the table: [column, -column]",
        )
    known = ", ".join(query.columns)
    for key in query.order:
        if key.column not in query.columns:
            header.fail(
                "order",
                f"« {key.column} » n’est pas une colonne, choisissez parmi {known}",
                f"“{key.column}” is not a column, choose among {known}",
            )
    if query.network is not None and not {"source", "target"} <= set(query.columns):
        header.fail(
            "network",
            "un réseau a au moins les colonnes ?source et ?target",
            "a network has at least the columns ?source and ?target",
        )


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
    if nodes is None or not list(query.path.parent.parent.glob(f"*/{nodes}.rq")):
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
    """``queries/`` of the working folder, unless there is none or it is the packaged one."""
    own = Path.cwd() / "queries"
    return own if own.is_dir() and own.resolve() != queries_folder().resolve() else None


def working_library() -> Library:
    """Read the packaged queries and those of ``queries/`` in the working folder, if there is one.

    A faulty file of the working folder is left out and named in ``problems``: the other queries still run.
    """
    reader = _LibraryReader()
    reader.add(queries_folder())
    own = own_folder()
    if own is not None:
        reader.add(own, tolerant=True)
    return reader.library()
