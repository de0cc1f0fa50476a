"""What can stand where the cursor is: names of queries, networks, topics and measures, parameters, labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from rte_graph.cli.common import Session
from rte_graph.cli.completion.fitting import growing, squeezed
from rte_graph.cli.language import LANGUAGES, current_language

if TYPE_CHECKING:
    from rte_graph.sparql.model import Library, Parameter, SavedQuery
    from rte_graph.store import Store

MOST_BYTES = 5_000_000
"""Turtle files beyond this are not read while somebody waits at the keyboard."""

Items = list[CompletionItem[str]]


def candidates(parameter: click.Parameter, ctx: click.Context, typed: str) -> Items | None:
    """Return what a parameter of a command can be; None where click knows it (choices, files)."""
    verb = ctx.command_path.partition(" ")[2]
    find = COMPLETED.get((verb, parameter.name or ""))
    return None if find is None else find(ctx, typed)


def _library(*, syntax: bool = False) -> Library:
    from rte_graph.sparql.library import working_library

    return working_library(syntax=syntax)


def _beginning(pairs: Iterable[tuple[str, str]], typed: str) -> Items:
    """Names that begin as typed, each with a few words about it."""
    return [
        CompletionItem(name, help=about)
        for name, about in pairs
        if name.casefold().startswith(typed.casefold())
    ]


def _queries(ctx: click.Context, typed: str) -> Items:
    lang = current_language()
    queries = _library().queries
    return _beginning(((name, queries[name].summary.in_language(lang)) for name in sorted(queries)), typed)


def _networks(ctx: click.Context, typed: str) -> Items:
    lang = current_language()
    return _beginning(((each.name, each.summary.in_language(lang)) for each in _library().networks()), typed)


def _topics(ctx: click.Context, typed: str) -> Items:
    lang, library = current_language(), _library()
    titles = {topic: text.in_language(lang) for topic, text in library.topics.items()}
    return _beginning(((each, titles.get(each, "")) for each in [*library.by_topic()]), typed)


def _all_topics(ctx: click.Context, typed: str) -> Items:
    lang, library = current_language(), _library()
    titles = {topic: text.in_language(lang) for topic, text in library.topics.items()}
    return _beginning(((each, titles.get(each, "")) for each in {**titles, **library.by_topic()}), typed)


def _measures(ctx: click.Context, typed: str) -> Items:
    from rte_graph.network.measures import measures

    lang = current_language()
    return _beginning(((each.name, each.label.in_language(lang)) for each in measures("node")), typed)


def _parameters(ctx: click.Context, typed: str) -> Items:
    """Parameters of the query that was named, then the values of the one that was."""
    query = _named_query(ctx)
    if query is None:
        return []
    name, equals, value = typed.partition("=")
    if not equals:
        return _parameter_names(
            query, {each.partition("=")[0] for each in ctx.params.get("pairs") or ()}, typed
        )
    if name == "lang":
        return [CompletionItem(f"lang={each}") for each in LANGUAGES if each.startswith(value)]
    parameter = next((each for each in query.parameters if each.name == name), None)
    values = [] if parameter is None else _values(ctx, parameter, value)
    return [CompletionItem(f"{name}={each}") for each in values]


def _named_query(ctx: click.Context) -> SavedQuery | None:
    # Where an option still lacks its value, click has not yet given the words their places.
    name = ctx.params.get("name") or next(iter(ctx.args), None)
    # One file, not the library: somebody waits.
    from rte_graph.resources import queries_folder
    from rte_graph.sparql.library import load_query, own_folder, query_files

    folders = (queries_folder(), own_folder())
    files = [(path, folder) for folder in folders if folder is not None for path in query_files(folder)]
    return next((load_query(path, folder) for path, folder in files if path.stem == name), None)


def _parameter_names(query: SavedQuery, given: set[str], typed: str) -> Items:
    lang = current_language()
    names = {each.name: each.label.in_language(lang) for each in query.parameters}
    if typed:
        # Of every query, but seldom wanted: not where it would stand between somebody and the only other.
        names["lang"] = "fr, en"
    return [
        CompletionItem(f"{name}=", help=about, partial=True)
        for name, about in names.items()
        if name.casefold().startswith(typed.casefold()) and name not in given
    ]


def _values(ctx: click.Context, parameter: Parameter, typed: str) -> list[str]:
    from rte_graph.sparql.model import ANY
    from rte_graph.sparql.names import names_beginning, scope_of

    found: Iterable[str]
    if parameter.type in ("entity", "concept"):
        store = _store(ctx)
        found = (
            () if store is None else names_beginning(store, scope_of(parameter), typed, current_language())
        )
    elif parameter.type == "boolean":
        found = _alike(("yes", "no") if current_language() == "en" else ("oui", "non"), typed)
    else:
        likely = parameter.values or dict.fromkeys(filter(None, (parameter.default, parameter.example)))
        found = _alike(likely, typed)
    anything = [ANY] if parameter.optional and typed in ("", ANY) else []
    return [*anything, *growing(list(found), typed)]


def _alike(names: Iterable[str], typed: str) -> Iterator[str]:
    return (name for name in names if squeezed(name).startswith(squeezed(typed)))


def _labels(ctx: click.Context, typed: str) -> Items:
    """Labels of everything that has a name."""
    from rte_graph.sparql.names import Scope, names_beginning

    store = _store(ctx)
    found = () if store is None else names_beginning(store, Scope(), typed, current_language())
    return [CompletionItem(name) for name in growing(found, typed)]


def _nodes(ctx: click.Context, typed: str) -> Items:
    """Labels of the nodes of the network that was named."""
    from rte_graph.sparql.collation import collation_key
    from rte_graph.sparql.engine import default_values, run_query
    from rte_graph.sparql.results import text

    library, store = _library(), _store(ctx)
    query = library.queries.get(ctx.params.get("name") or next(iter(ctx.args), ""))
    nodes = library.queries.get(query.network.nodes or "") if query and query.network else None
    if store is None or nodes is None:
        return []
    table = run_query(store, nodes, default_values(nodes), current_language())
    found = sorted({text(term) for term in table.column("nodeLabel")}, key=collation_key)
    return [CompletionItem(name) for name in growing(list(_alike(found, typed)), typed)]


def _roles(ctx: click.Context, typed: str) -> Items:
    """Roles of the ties of the network that was named."""
    from rte_graph.sparql.collation import collation_key
    from rte_graph.sparql.engine import default_values, run_query
    from rte_graph.sparql.results import text

    library, store = _library(), _store(ctx)
    query = library.queries.get(ctx.params.get("name") or next(iter(ctx.args), ""))
    if store is None or query is None or query.network is None:
        return []
    table = run_query(store, query, default_values(query), current_language())
    terms = table.column("role") if "role" in table.columns else ()
    found = sorted({text(term) for term in terms if term is not None}, key=collation_key)
    return [CompletionItem(name) for name in growing(list(_alike(found, typed)), typed)]


def _sources(ctx: click.Context, typed: str) -> Items:
    """Names of the documents that the data rest on."""
    from rte_graph.network.documents import document_labels

    store = _store(ctx)
    found = [] if store is None else list(document_labels(store, current_language()).values())
    return [CompletionItem(name) for name in growing(list(_alike(found, typed)), typed)]


def _store(ctx: click.Context) -> Store | None:
    """The store that the command would read, unless it would be slow to ask: an endpoint, large files."""
    from rte_graph.loading import chosen_store

    session = ctx.ensure_object(Session)
    chosen = chosen_store(session.store_spec)
    if chosen is not None and ("://" in chosen or _size(Path(chosen).expanduser()) > MOST_BYTES):
        return None
    return session.store


def _size(path: Path) -> int:
    """Bytes of the Turtle files that would be read; a store on disk has none."""
    files = path.rglob("*.ttl") if path.is_dir() else [path]
    return sum(each.stat().st_size for each in files if each.is_file())


SPLIT = ("project", "communities", "brokerage")
"""Verbs that take a network apart by what its nodes share or how they group."""

RANKED = (
    *("hubs", "overlap", "backbone", "robustness", "compare", "network show", "draw", "export"),
    *SPLIT,
)
"""Verbs that read a network and can keep some of its ties."""

COMPLETED: dict[tuple[str, str], Callable[[click.Context, str], Items]] = {
    ("query show", "name"): _queries,
    ("query run", "name"): _queries,
    ("query run", "pairs"): _parameters,
    ("query list", "topic"): _topics,
    ("query new", "topic"): _all_topics,
    ("network show", "name"): _networks,
    ("hubs", "name"): _networks,
    ("hubs", "by"): _measures,
    ("hubs", "exclude"): _nodes,
    ("overlap", "name"): _networks,
    ("draw", "name"): _networks,
    ("draw", "size_by"): _measures,
    ("map", "name"): _queries,
    ("map", "pairs"): _parameters,
    ("export", "name"): _networks,
    ("describe", "name"): _labels,
    ("backbone", "name"): _networks,
    ("backbone", "exclude"): _nodes,
    ("robustness", "name"): _networks,
    ("robustness", "by"): _measures,
    ("robustness", "exclude"): _nodes,
    ("compare", "name"): _networks,
    ("compare", "other"): _networks,
    ("compare", "by"): _measures,
    ("overlap", "expand"): _measures,
    **{(verb, "name"): _networks for verb in SPLIT},
    **{(verb, "exclude"): _nodes for verb in SPLIT},
    **{(verb, "role"): _roles for verb in RANKED},
    **{(verb, "source"): _sources for verb in RANKED},
}
"""Verb and parameter → what it can be."""
