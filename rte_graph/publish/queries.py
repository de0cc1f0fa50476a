"""The saved queries: a page each with text, parameters, the result with the defaults, and files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any

from rte_graph.errors import AmbiguousName, UnknownName
from rte_graph.network.wording import Text, whole
from rte_graph.publish.ask.data import fits
from rte_graph.publish.ask.page import POLICY as ASK_POLICY
from rte_graph.publish.graph import reading_of
from rte_graph.publish.model import Page, Site, relative
from rte_graph.publish.passages import Passages, cited_column, with_queries
from rte_graph.publish.shell import POLICY, HeadLink, html, render, titled
from rte_graph.typography import french

if TYPE_CHECKING:
    from rte_graph.sparql.model import Parameter, SavedQuery
    from rte_graph.sparql.results import Table

MOST_ROWS = 300
TYPES: dict[str, Text] = {
    "entity": Text(fr="un nom", en="a name"),
    "concept": Text(fr="un concept", en="a concept"),
    "string": Text(fr="un texte", en="a text"),
    "integer": Text(fr="un nombre entier", en="a whole number"),
    "decimal": Text(fr="un nombre", en="a number"),
    "boolean": Text(fr="oui ou non", en="yes or no"),
    "date": Text(fr="une date", en="a date"),
}
TEXTS: dict[str, Text] = {
    "title": Text(fr="Questions", en="Questions"),
    "one": Text(fr="Question", en="Question"),
    "lead": Text(
        fr="Ce que l’on peut demander au graphe, avec la réponse. Chaque question est une requête SPARQL "
        "enregistrée ; « rte-graph query run » la pose avec d’autres valeurs.",
        en="What can be asked of the graph, with the answer. Each question is a saved SPARQL query; "
        "“rte-graph query run” asks it with other values.",
    ),
    "parameters": Text(fr="Paramètres", en="Parameters"),
    "parameter": Text(fr="Paramètre", en="Parameter"),
    "what": Text(fr="Ce que c’est", en="What it is"),
    "used": Text(fr="Valeur ici", en="Value here"),
    "free": Text(fr="toutes", en="all"),
    "result": Text(fr="Réponse", en="Answer"),
    "text": Text(fr="Texte de la requête", en="Text of the query"),
    "run": Text(fr="À poser soi-même", en="Ask it yourself"),
    "files": Text(fr="Fichiers", en="Files"),
    "live": Text(fr="Essayer ici avec d’autres valeurs", en="Try it here with other values"),
    "live_plain": Text(fr="Poser la question ici", en="Ask it here"),
    "live_lead": Text(
        fr="La question est posée dans cette page, sans rien envoyer.",
        en="The question is asked in this page; nothing is sent.",
    ),
    "live_wait": Text(fr="Chargement…", en="Loading…"),
    "live_failed": Text(
        fr="La page n’a pas pu charger de quoi chercher : rechargez-la, ou lisez la réponse ci-dessous.",
        en="The page could not load what it searches with: reload it, or read the answer below.",
    ),
    "change": Text(fr="Changer la requête", en="Change the query"),
    "ask": Text(fr="Poser sa propre question", en="Ask a question of your own"),
    "row": Text(fr="1 ligne", en="1 row"),
    "rows": Text(fr="{count} lignes", en="{count} rows"),
    "first": Text(
        fr="Les {shown} premières lignes sur {count} ; les fichiers les ont toutes.",
        en="The first {shown} rows of {count}; the files have them all.",
    ),
    "none": Text(
        fr="Ces données n’ont pas de réponse à cette question.", en="These data have no answer to this."
    ),
    "unanswered": Text(fr="Sans réponse dans ces données", en="No answer in these data"),
    "unanswered_lead": Text(
        fr="Ce que les sources ne nomment pas peut exister : ces questions attendent des données.",
        en="What the sources do not name may exist: these questions wait for data.",
    ),
    "unanswered_all": Text(fr="Voir ces questions", en="See these questions"),
    "triples": Text(
        fr="{count} triplets, dans le fichier Turtle.", en="{count} triples, in the Turtle file."
    ),
    "yes": Text(fr="Oui", en="Yes"),
    "no": Text(fr="Non", en="No"),
}


def pages(site: Site) -> Iterator[Page]:
    """Yield the index and the page and files of each query, in each language."""
    live = fits(site.store)
    for lang in site.config.languages:
        counts: dict[str, str | None] = {}
        for query in site.library.queries.values():
            counts[query.name], made = _query_pages(site, query, live, lang)
            yield from made
        yield _index(site, counts, lang)


def words(lang: str) -> dict[str, str]:
    """Return the words of these pages in a language."""
    return {name: text.in_language(lang) for name, text in TEXTS.items()}


def file_path(site: Site, name: str, lang: str, suffix: str) -> str:
    """Return the path of a query's file; labels in it are in the language."""
    return f"queries/{name}.{suffix}" if lang == site.first else f"queries/{name}.{lang}.{suffix}"


def _index(site: Site, counts: dict[str, str | None], lang: str) -> Page:
    """Make the list of questions by topic; those without an answer (no count) stand apart, at the end."""
    path, said = site.named("queries/index", lang), words(lang)
    topics: list[dict[str, Any]] = [
        {
            "title": site.library.topics[topic].in_language(lang) if topic in site.library.topics else topic,
            "queries": [
                {
                    "href": relative(site.named(f"queries/{query.name}", lang), path),
                    "summary": query.summary.in_language(lang),
                    "name": query.name,
                    "count": counts[query.name],
                }
                for query in queries
            ],
        }
        for topic, queries in site.library.by_topic().items()
    ]
    unanswered = [each for topic in topics for each in topic["queries"] if each["count"] is None]
    for topic in topics:
        topic["queries"] = [each for each in topic["queries"] if each["count"] is not None]
    ask = relative(site.named("ask", lang), path)
    body = render("queries.html", words=said, topics=topics, unanswered=unanswered, ask=ask)
    return Page(
        path=path, content=html(site, path=path, lang=lang, title=said["title"], body=body, section="queries")
    )


def _query_pages(site: Site, query: SavedQuery, live: bool, lang: str) -> tuple[str | None, list[Page]]:
    """Return how many rows there are, in words (nothing where there is no answer), and the pages."""
    from rte_graph.sparql.possible import fitting_values

    values = fitting_values(site.store, query, lang)
    answer: dict[str, Any] = {"count": "", "table": None, "note": words(lang)["none"], "files": []}
    files: list[Page] = []
    if values is not None:
        # Data that no shapes were asked about may hold names that fit and things that do not.
        with suppress(UnknownName, AmbiguousName):
            answer, files = _answer(site, query, values, lang)
    count = None if answer["note"] == words(lang)["none"] else answer["count"]
    return count, [_page(site, query, values or {}, answer, live, lang), *files]


def _answer(
    site: Site, query: SavedQuery, values: dict[str, str], lang: str
) -> tuple[dict[str, Any], list[Page]]:
    from rte_graph.sparql.engine import ask_query, construct_query, run_query
    from rte_graph.sparql.formats import write_graph

    said, path = words(lang), site.named(f"queries/{query.name}", lang)
    if query.expect == "boolean":
        note = said["yes" if ask_query(site.store, query, values, lang) else "no"]
        return {"count": "", "table": None, "note": note, "files": []}, []
    if query.expect == "graph":
        triples, out = list(construct_query(site.store, query, values, lang)), BytesIO()
        write_graph("turtle", triples, out)
        page = Page(path=file_path(site, query.name, lang, "ttl"), content=out.getvalue())
        note = said["triples"].format(count=whole(len(triples), lang))
        return {"count": "", "table": None, "note": note, "files": [(relative(page.path, path), "Turtle")]}, [
            page
        ]
    table = run_query(site.store, query, values, lang)
    files = _table_files(site, query, table, lang)
    listed = [(relative(each.path, path), each.path.rpartition(".")[2].upper()) for each in files]
    return _table_answer(site, table, path, lang) | {"files": listed}, files


def _table_files(site: Site, query: SavedQuery, table: Table, lang: str) -> list[Page]:
    from rte_graph.sparql.formats import to_text

    return [
        Page(
            path=file_path(site, query.name, lang, form),
            content=to_text(form, table, safe=form == "csv").encode(),
        )
        for form in ("csv", "json")
    ]


def _table_answer(site: Site, table: Table, path: str, lang: str) -> dict[str, Any]:
    from rte_graph.sparql.present import caption, heading, iri_column_of, shown_columns
    from rte_graph.sparql.results import Table as Rows
    from rte_graph.sparql.results import is_number

    said, total = words(lang), len(table.rows)
    kept = Rows(columns=table.columns, rows=[table.rows[i] for i in range(min(total, MOST_ROWS))], lang=lang)
    columns = shown_columns(kept, iris=False)
    beside = [iri_column_of(kept.columns, column) for column in columns]
    numeric = [
        place
        for place, name in enumerate(columns)
        if kept.rows and all(is_number(term) for term in kept.column(name) if term is not None)
    ]
    count = said["row"] if total == 1 else said["rows"].format(count=whole(total, lang))
    cut = (
        said["first"].format(shown=whole(MOST_ROWS, lang), count=whole(total, lang))
        if total > MOST_ROWS
        else ""
    )
    return {
        "count": count,
        "table": {
            "columns": [heading(site.library, column, lang) for column in columns],
            "rows": _linked_rows(site, kept, beside, path, lang),
            "numeric": numeric,
        }
        if total
        else None,
        "note": " ".join(part for part in (caption(kept), cut) if part) if total else said["none"],
    }


def _linked_rows(
    site: Site, table: Table, beside: Sequence[str | None], path: str, lang: str
) -> list[list[dict[str, Any]]]:
    """Return cells with the address of what they name, where it has a page; lines lead to passages."""
    from rte_graph.sparql.present import shown_cells, shown_columns
    from rte_graph.sparql.results import text

    evidence = [cited_column(table.columns, name) for name in shown_columns(table, iris=False)]
    places = [table.columns.index(name) if name else None for name in beside]
    cited = [table.columns.index(name) if name else None for name in evidence]
    passages, found = Passages(site, reading_of(site)), []
    for row, cells in zip(table.rows, shown_cells(table), strict=True):
        made: list[dict[str, Any]] = []
        for cell, place, under in zip(cells, places, cited, strict=True):
            iri = "" if place is None else text(row[place])
            href = site.link(iri, at=path, lang=lang) if iri in site.resources else ""
            parts = [] if under is None else passages.parts(cell, text(row[under]).split(), path, lang)
            made.append({"text": french(cell) if lang == "fr" else cell, "href": href, "parts": parts})
        found.append(made)
    return found


def _page(
    site: Site, query: SavedQuery, values: dict[str, str], answer: dict[str, Any], live: bool, lang: str
) -> Page:
    path, said = site.named(f"queries/{query.name}", lang), words(lang)
    topic = site.library.topics.get(query.topic)
    title = query.summary.in_language(lang)
    about = with_queries(site, query.description.in_language(lang), path, lang)
    given = "".join(f' -p {name}="{value}"' for name, value in sorted(values.items()) if value)
    spoken = "" if lang == "fr" else f" --lang {lang}"
    body = render(
        "query.html",
        words=said,
        topic=topic.in_language(lang) if topic else query.topic,
        index=relative(site.named("queries/index", lang), path),
        title=title,
        name=query.name,
        text=about,
        parameters=[_parameter(each, values, lang) for each in query.parameters],
        answer=answer,
        command=f"rte-graph query run {query.name}{given}{spoken}",
        body=query.body,
        live=_live(site, query, path, lang) if live else None,
    )
    return Page(
        path=path,
        content=html(
            site,
            path=path,
            lang=lang,
            title=titled(said["one"], title, lang),
            description=about.striptags(),
            body=body,
            section="queries",
            policy=ASK_POLICY if live else POLICY,
            head=[HeadLink(rel="describedby", type="text/turtle", href=relative("dumps/queries.ttl", path))],
        ),
    )


def _live(site: Site, query: SavedQuery, path: str, lang: str) -> dict[str, str]:
    """Return what the live form needs: its script, which is small, and the query page."""
    return {
        "title": words(lang)["live" if query.parameters else "live_plain"],
        "script": relative("assets/ask/try.js", path),
        "change": relative(site.named("ask", lang), path),
    }


def _parameter(parameter: Parameter, values: dict[str, str], lang: str) -> dict[str, str]:
    return {
        "name": parameter.name,
        "label": parameter.label.in_language(lang),
        "text": parameter.description.in_language(lang),
        "type": TYPES[parameter.type].in_language(lang),
        "value": values.get(parameter.name) or parameter.default or words(lang)["free"],
    }
