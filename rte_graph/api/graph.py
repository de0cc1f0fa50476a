"""The graph: a store and the saved queries to ask it."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike, fspath
from typing import Any

from rte_graph.api.answers import Answer
from rte_graph.api.networks import NetworkView
from rte_graph.errors import InvalidParameter
from rte_graph.loading import store_from
from rte_graph.sparql.engine import LANGUAGES, run_query
from rte_graph.sparql.library import working_library


class Graph:
    """A store opened for reading; see ``rte_graph.open``.

    Attributes
    ----------
    store : Store
        Where the data are.
    library : Library
        The packaged saved queries and those of the working folder's ``rte.toml``.
    lang : str
        Language of texts where none is given, ``fr`` or ``en``.
    """

    def __init__(self, path_or_url: str | PathLike[str] | None = None, *, lang: str = "fr") -> None:
        self.lang = _language(lang)
        self.library = working_library()
        self.store = store_from(None if path_or_url is None else fspath(path_or_url))

    def __repr__(self) -> str:
        return f"<Graph {self.store.location or self.store.kind}>"

    def __enter__(self) -> Graph:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the store; the graph cannot be asked afterwards."""
        self.store.close()

    @property
    def queries(self) -> tuple[str, ...]:
        """Names of the saved queries that give a table."""
        return tuple(sorted(name for name, each in self.library.queries.items() if each.expect == "table"))

    @property
    def networks(self) -> tuple[str, ...]:
        """Names of the networks."""
        return tuple(sorted(each.name for each in self.library.networks()))

    def query(self, name: str, /, lang: str | None = None, **params: Any) -> Answer:
        """Run a saved query that gives a table.

        Parameters
        ----------
        name : str
            One of `queries`.
        lang : {"fr", "en"}, optional
            Language of the labels; that of the graph by default.
        **params
            Values of the query's parameters, as a person writes them: a label, a former name, a number.

        Raises
        ------
        UnknownQuery, MissingParameter, InvalidParameter, UnknownName, AmbiguousName
            In one sentence that says what to do.
        """
        language = self.lang if lang is None else _language(lang)
        saved = self.library.get(name)
        if saved.expect != "table":
            raise InvalidParameter(
                fr=f"« {name} » ne donne pas de tableau : lancez-la par « rte-graph query run {name} ».",
                en=f"“{name}” does not give a table: run it with “rte-graph query run {name}”.",
            )
        table = run_query(self.store, saved, _texts(params), language)
        return Answer(query=saved, table=table, library=self.library)

    def network(
        self,
        name: str,
        /,
        *,
        level: str | None = None,
        on: str = "",
        roles: Sequence[str] = (),
        source: str = "",
        lang: str | None = None,
        **params: Any,
    ) -> NetworkView:
        """Read a network.

        Parameters
        ----------
        name : str
            One of `networks`.
        level : {"instance", "family"}, optional
            Whether organisations of one family are a node each or one together, where the network has levels.
        on, roles, source
            Only the ties that hold at a date (undated ones stay), of one of these roles, or that one source
            states; the view's ``notes`` say what was left out.
        lang : {"fr", "en"}, optional
            Language of the labels; that of the graph by default.
        **params
            Values of the query's other parameters.
        """
        from rte_graph.network.build import build_network
        from rte_graph.network.filters import Filters, filtered

        language = self.lang if lang is None else _language(lang)
        given = _texts(params if level is None else {"level": level, **params})
        network = build_network(self.store, self.library, name, language, given)
        kept = (roles,) if isinstance(roles, str) else tuple(roles)
        found = filtered(network, Filters(on=on, roles=kept, source=source), self.store, language)
        notes = tuple(note.in_language(language) for note in found.notes)
        return NetworkView(self, found.network, language, notes)

    def _repr_html_(self) -> str:
        from rte_graph.api.frames import html_table

        english = self.lang == "en"
        place = self.store.location or self.store.kind
        rows = [
            ("Store" if english else "Base", place),
            ("Triples" if english else "Triplets", str(self.store.size())),
            ("Saved queries" if english else "Requêtes enregistrées", str(len(self.queries))),
            ("Networks" if english else "Réseaux", ", ".join(self.networks)),
        ]
        return html_table((), rows, lang=self.lang)


def _language(lang: str) -> str:
    if lang not in LANGUAGES:
        raise InvalidParameter(
            fr=f"La langue « {lang} » n’existe pas ici : choisissez fr ou en.",
            en=f"There is no language “{lang}” here: choose fr or en.",
        )
    return lang


def _texts(params: dict[str, Any]) -> dict[str, str]:
    """Return values as a person would type them; None leaves a parameter to its default."""
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in params.items()
        if value is not None
    }
