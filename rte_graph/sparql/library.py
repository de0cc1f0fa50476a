"""The library of saved queries: one ``.rq`` file a query, in folders that are its topics.

A library is read once and checked as it is read: a header with an unknown key, a text in one language
only, a parameter that the query does not use, or a ``VALUES`` block that no parameter feeds is refused with
the name of the file and what to write there.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from rte_graph.errors import UnreadableQuery
from rte_graph.resources import queries_folder
from rte_graph.sparql.header import HeaderReader
from rte_graph.sparql.model import Library, SavedQuery, Text
from rte_graph.sparql.parameters import value_blocks
from rte_graph.sparql.tokens import Token, select_columns, tokenize

TOPICS = "topics.yaml"
HEADINGS = "columns.yaml"


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
    queries: dict[str, SavedQuery] = {}
    topics: dict[str, Text] = {}
    headings: dict[str, Text] = {}
    for folder in folders:
        for path in sorted(folder.glob("*/*.rq")):
            query = load_query(path)
            _refuse_clash(queries.get(query.name), query)
            queries.setdefault(query.name, query)
        topics.update(_texts(folder / TOPICS))
        headings.update(_texts(folder / HEADINGS))
    for query in queries.values():
        _check_nodes_query(query, queries)
    return Library(queries=queries, topics=topics, headings=headings)


def load_query(path: Path) -> SavedQuery:
    """Read one saved query and check it.

    Raises
    ------
    UnreadableQuery
        Naming the file, what is wrong and the repair.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableQuery(
            fr=f"{path} : ce fichier ne peut pas être lu ({error}) ; donnez un fichier de texte en UTF-8.",
            en=f"{path}: this file cannot be read ({error}); give a text file in UTF-8.",
        ) from error
    header = HeaderReader(path, text)
    tokens = _tokens(path, text)
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
    _check_form(header, query, tokens)
    _check_parameters(header, query, tokens)
    _check_columns(header, query)
    return query


def _tokens(path: Path, text: str) -> tuple[Token, ...]:
    try:
        return tokenize(text)
    except UnreadableQuery as error:
        raise UnreadableQuery(fr=f"{path} : {error.fr}", en=f"{path}: {error.en}") from None


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
    for name in sorted(used - declared - {"lang"}):
        header.fail(
            f"params.{name}",
            f"déclarez ce paramètre, ou écrivez la constante VALUES (?{name}) {{ (…) }}",
            f"declare this parameter, or write the constant VALUES (?{name}) {{ (…) }}",
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


def _check_nodes_query(query: SavedQuery, queries: Mapping[str, SavedQuery]) -> None:
    nodes = query.network.nodes if query.network else None
    if nodes is not None and nodes not in queries:
        raise UnreadableQuery(
            fr=f"{query.path}, clé « network.nodes » : aucune requête ne s’appelle « {nodes} ».",
            en=f"{query.path}, key “network.nodes”: no query is called “{nodes}”.",
        )


def _refuse_clash(known: SavedQuery | None, query: SavedQuery) -> None:
    if known is not None and known.text != query.text:
        raise UnreadableQuery(
            fr=f"{query.path} : {known.path} s’appelle déjà « {query.name} », renommez l’un des deux.",
            en=f"{query.path}: {known.path} is already called “{query.name}”, rename one of them.",
        )


def _texts(path: Path) -> dict[str, Text]:
    if not path.is_file():
        return {}
    values = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    try:
        return {name: Text(fr=str(texts["fr"]), en=str(texts["en"])) for name, texts in values.items()}
    except (AttributeError, KeyError, TypeError) as error:
        raise UnreadableQuery(
            fr=f"{path} : écrivez une ligne par nom, « nom: {{fr: …, en: …}} ».",
            en=f"{path}: write one line a name, `name: {{fr: …, en: …}}`.",
        ) from error


def working_library() -> Library:
    """Read the packaged queries and those of ``queries/`` in the working folder, if there is one."""
    own = Path.cwd() / "queries"
    packaged = queries_folder()
    if own.is_dir() and own.resolve() != packaged.resolve():
        return load_library(packaged, own)
    return load_library(packaged)
