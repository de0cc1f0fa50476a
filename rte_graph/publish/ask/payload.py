"""What the query page knows beside the data: saved queries with their forms, prefixes, terms to complete."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rte_graph.errors import AmbiguousName, UnknownName
from rte_graph.namespaces import OWL, PREFIXES, RDF, RDFS, RTE, SCHEMES, SKOS, VOCABULARY_BASE, shorten
from rte_graph.publish.shell import script_json
from rte_graph.settings import max_query_characters, max_query_nesting

if TYPE_CHECKING:
    from rte_graph.publish.model import Site
    from rte_graph.sparql.model import Parameter, SavedQuery
    from rte_graph.sparql.names import Named

MOST_NAMES = 5_000
"""Names of things that completion and the longest list of a form offer."""
NAMED = ("alliance", "organisation", "person", "initiative", "event", "territory", "document", "dataset")
_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
_SLUG = re.compile(r"[a-z0-9][a-z0-9._~-]*\Z")


def payload_script(site: Site, lang: str) -> str:
    """Return the script that sets ``RTE_ASK``, in one language."""
    return f"globalThis.RTE_ASK={script_json(payload(site, lang))};\n"


def payload(site: Site, lang: str) -> dict[str, Any]:
    """Return what assets/ask reads as ``RTE_ASK``.

    ``scopes`` are lists of choices, which parameters name by their place; ``terms`` are rows of
    (name, kind, label, definition), where the name is ``prefix:local`` or a whole IRI.
    """
    from rte_graph.publish.ask.map_base import territory_iris

    scopes = _Scopes(site, lang)
    topics = site.library.by_topic()
    return {
        "lang": lang,
        "queries": [_query(site, query, scopes, lang) for queries in topics.values() for query in queries],
        "topics": [
            {
                "name": name,
                "title": site.library.topics[name].in_language(lang) if name in site.library.topics else name,
            }
            for name in topics
        ],
        "scopes": scopes.lists,
        "prefixes": dict(PREFIXES),
        "terms": terms(site, lang),
        "territories": list(territory_iris(site.store)),
        "limits": {"characters": max_query_characters(), "nesting": max_query_nesting()},
        "links": links(site, lang),
    }


def links(site: Site, lang: str) -> dict[str, Any]:
    """Return how the page of an IRI is found: by rule, or by name where the rule does not hold."""
    end = ".html" if lang == site.first else f".{lang}.html"
    apart = {
        iri: each.page(lang, site.first)
        for iri, each in site.resources.items()
        if not _by_rule(site, iri, each.page(lang, site.first), end)
    }
    return {
        "base": site.config.base,
        "end": end,
        "apart": apart,
        "ontology": [RTE, site.named("ontology/index", lang)],
        "vocabulary": VOCABULARY_BASE,
        "schemes": list(SCHEMES),
    }


def _by_rule(site: Site, iri: str, page: str, end: str) -> bool:
    path = iri[len(site.config.base) :]
    return all(_SLUG.match(part) for part in path.split("/")) and page == f"id/{path}{end}"


class _Scopes:
    """Lists of choices, each held once."""

    def __init__(self, site: Site, lang: str) -> None:
        self._site, self._lang = site, lang
        self.lists: list[list[dict[str, str]]] = []
        self._places: dict[tuple[str | None, str | None], int] = {}
        self._notations = _values(site, SKOS("notation"))

    def place(self, parameter: Parameter) -> int | None:
        """Return the place of a parameter's choices, None where it has none to choose from."""
        if parameter.type not in ("entity", "concept"):
            return None
        key = (parameter.class_name, parameter.scheme)
        if key not in self._places:
            self._places[key] = len(self.lists)
            self.lists.append([self._choice(each.iri, each.label) for each in self._named(parameter)])
        return self._places[key]

    def _named(self, parameter: Parameter) -> Iterable[Named]:
        from rte_graph.sparql.names import labelled
        from rte_graph.sparql.possible import values_of

        if parameter.class_name or parameter.scheme:
            return values_of(self._site.store, parameter, self._lang)
        held = [iri for iri, each in self._site.resources.items() if each.category in NAMED]
        return labelled(self._site.store, held[:MOST_NAMES], self._lang)

    def _choice(self, iri: str, label: str) -> dict[str, str]:
        notation = self._notations.get(iri, "")
        return {"iri": iri, "label": label} | ({"notation": notation} if notation else {})


def _query(site: Site, query: SavedQuery, scopes: _Scopes, lang: str) -> dict[str, Any]:
    from rte_graph.sparql.possible import fitting_values

    values = fitting_values(site.store, query, lang)
    resolved = {name: _resolved(site, query, name, value, lang) for name, value in (values or {}).items()}
    return {
        "name": query.name,
        "topic": query.topic,
        "summary": query.summary.in_language(lang),
        "description": query.description.in_language(lang),
        "text": query.body.rstrip("\n") + "\n",
        "expect": query.expect,
        "order": [{"column": key.column, "descending": key.descending} for key in query.order],
        "columns": {name: site.library.title(name, query.columns, lang) for name in query.columns},
        "network": query.network.mode if query.network else None,
        "params": [_parameter(site, query, each, scopes, resolved, lang) for each in query.parameters],
        "values": resolved,
    }


def _parameter(
    site: Site,
    query: SavedQuery,
    parameter: Parameter,
    scopes: _Scopes,
    values: Mapping[str, str],
    lang: str,
) -> dict[str, Any]:
    default = parameter.default
    if default is not None:
        default = _resolved(site, query, parameter.name, default, lang)
    entity = parameter.type in ("entity", "concept")
    example = _resolved(site, query, parameter.name, parameter.example, lang) if entity else ""
    return {
        "name": parameter.name,
        "type": parameter.type,
        "label": parameter.label.in_language(lang),
        "description": parameter.description.in_language(lang),
        "optional": parameter.optional,
        "default": default,
        "example": parameter.example,
        "exampleIri": values.get(parameter.name, example) if entity else "",
        "scope": scopes.place(parameter),
        "words": list(parameter.values),
    }


def _resolved(site: Site, query: SavedQuery, name: str, value: str, lang: str) -> str:
    """Return the IRI of what a value names, or the value where it names nothing."""
    from rte_graph.sparql.names import resolve, scope_of

    parameter = next(each for each in query.parameters if each.name == name)
    if parameter.type not in ("entity", "concept") or value == "*":
        return value
    try:
        return resolve(site.store, value, scope=scope_of(parameter), lang=lang)
    except (UnknownName, AmbiguousName):
        return value


def terms(site: Site, lang: str) -> list[list[str]]:
    """Return what completion offers: classes and properties with definitions, concepts, named things."""
    from rte_graph.sparql.names import labels

    classes = _iris(site, f"{{ ?s a <{OWL('Class')}> }} UNION {{ ?x a ?s }}")
    properties = _iris(
        site,
        " UNION ".join(
            f"{{ ?s a <{each}> }}"
            for each in (OWL("ObjectProperty"), OWL("DatatypeProperty"), OWL("AnnotationProperty"))
        )
        + " UNION { ?x ?s ?y }",
    )
    concepts = _iris(site, f"?s a <{SKOS('Concept')}>")
    known = classes | properties | concepts
    named = {
        iri: each.label.in_language(lang)
        for iri, each in site.resources.items()
        if each.category in NAMED and iri not in known
    }
    notes = _definitions(site, lang)
    label = labels(site.store, sorted(known), lang)
    kinds = {"class": classes, "property": properties - classes, "concept": concepts - classes - properties}
    rows = [
        [_name(iri), kind, label.get(iri, ""), notes.get(iri, "") if kind != "concept" else ""]
        for kind, iris in kinds.items()
        for iri in sorted(iris)
    ]
    rows += [[_name(iri), "entity", said, ""] for iri, said in list(named.items())[:MOST_NAMES]]
    return rows


def _name(iri: str) -> str:
    short = shorten(iri)
    return short if short != iri and _LOCAL.match(short.partition(":")[2]) else iri


def _iris(site: Site, pattern: str) -> set[str]:
    from rte_graph.sparql.results import is_iri, text
    from rte_graph.sparql.terms import is_absolute

    rows = site.store.select(f"SELECT DISTINCT ?s WHERE {{ {pattern} }}").rows
    return {text(row[0]) for row in rows if is_iri(row[0]) and is_absolute(text(row[0]))}


def _values(site: Site, *properties: str) -> dict[str, str]:
    from rte_graph.sparql.results import text

    wanted = ", ".join(f"<{each}>" for each in properties)
    rows = site.store.select(f"SELECT ?s ?o WHERE {{ ?s ?p ?o . FILTER(?p IN ({wanted})) }}").rows
    return dict(sorted((text(row[0]), text(row[1])) for row in rows))


def _definitions(site: Site, lang: str) -> dict[str, str]:
    from rte_graph.sparql.results import text
    from rte_graph.sparql.wording import one_line

    kinds = (OWL("Class"), OWL("ObjectProperty"), OWL("DatatypeProperty"), OWL("AnnotationProperty"))
    query = (
        f"SELECT ?s ?o WHERE {{ ?s <{RDF('type')}> ?kind ; ?p ?o . "
        f"FILTER(?kind IN ({', '.join(f'<{each}>' for each in kinds)})) "
        f"FILTER(?p IN (<{SKOS('definition')}>, <{RDFS('comment')}>)) }}"
    )
    ranked = sorted(
        (text(row[0]), {lang: 0, "fr": 1, "en": 2}.get(str(getattr(row[1], "language", "")), 3), text(row[1]))
        for row in site.store.select(query).rows
    )
    found: dict[str, str] = {}
    for subject, _, said in ranked:
        found.setdefault(subject, one_line(said))
    return found
