"""Build the site from a store: what has a page, under which names, and which edition it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rte_graph.errors import UsageError
from rte_graph.namespaces import DCTERMS, RDF, RDFS, RTE, SKOS
from rte_graph.network.wording import Text
from rte_graph.publish.model import CATEGORIES, LINKABLE, Resource, Site, SiteConfig
from rte_graph.sparql.terms import is_absolute
from rte_graph.sparql.wording import one_line

if TYPE_CHECKING:
    from rte_graph.loading.report import LoadReport
    from rte_graph.sparql.model import Library
    from rte_graph.store.base import Store

# The first that a thing has is its label; what comes after stands in only where those before are missing.
LABELS = (SKOS("prefLabel"), RDFS("label"), DCTERMS("title"))
NAMES = """
SELECT ?s ?p ?o WHERE {
  ?s ?p ?o . FILTER(?p IN (%s))
  FILTER(STRSTARTS(STR(?s), "%s"))
}
"""
SUBJECTS = """
SELECT DISTINCT ?s WHERE { ?s ?p ?o . FILTER(ISIRI(?s) && STRSTARTS(STR(?s), "%s")) }
"""
EDITION = f"""
SELECT ?issued WHERE {{
  ?dataset a <http://www.w3.org/ns/dcat#Dataset> ; <{DCTERMS("issued")}> ?issued .
}}
"""


def build_site(
    store: Store,
    library: Library,
    config: SiteConfig,
    loaded: LoadReport | None = None,
) -> Site:
    """Read from the store all that the sections share.

    Raises
    ------
    UsageError
        The data hold nothing under the base IRI.

    Notes
    -----
    A few queries, each a pass over the store; what stays in memory is the names of the resources.
    """
    from rte_graph.network.lineage import data_hash
    from rte_graph.views.page_texts import data_version, licence_name

    version, licences = data_version(store)
    # What a lenient engine let in may be no IRI at all: it can be neither linked nor written.
    stated = [each for each in licences if is_absolute(each)] or [config.licence] * bool(config.licence)
    resources = read_resources(store, config.base)
    if not resources:
        likely = _likely_base(store) or "https://…/"
        raise UsageError(
            fr=f"Aucune donnée ne commence par {config.base} : écrivez dans [publish] de rte.toml la base "
            f'des IRI de vos données (base = "{likely}").',
            en=f"No data begin with {config.base}: write in [publish] of rte.toml the base of your data’s "
            f'IRIs (base = "{likely}").',
            keep=(config.base, likely),
        )
    return Site(
        config=config,
        store=store,
        library=library,
        resources=resources,
        data_version=version,
        data_hash=data_hash(store),
        issued=_issued(store),
        licences=tuple((licence_name(address), address) for address in stated),
        loaded=loaded,
    )


def _likely_base(store: Store) -> str:
    """Return what stands before ``kind/slug`` in the first IRI of a thing of ours; "" where there is none."""
    things = " ".join(f"<{each}>" for each in CATEGORIES if each.startswith(RTE))
    query = f"SELECT (MIN(STR(?s)) AS ?first) WHERE {{ VALUES ?class {{ {things} }} ?s a ?class }}"
    for (first,) in _rows(store, query):
        head, _, _ = first[0].rpartition("/")[0].rpartition("/")
        if LINKABLE.match(head) and is_absolute(head):
            return f"{head}/"
    return ""


def read_resources(store: Store, base: str) -> dict[str, Resource]:
    """Return everything that stands under the base IRI, sorted by kind and slug."""
    names = _names(store, base)
    found = []
    for (subject,) in _rows(store, SUBJECTS % _escaped(base)):
        iri = subject[0]
        if not is_absolute(iri):
            continue
        kind, mark, slug = iri[len(base) :].partition("/")
        if mark and kind and slug:
            found.append(_resource(iri, kind, slug, names.get(iri, {})))
        elif kind and not mark:
            found.append(_resource(iri, "", kind, names.get(iri, {})))
    found.sort(key=lambda each: (each.kind, each.slug))
    return {each.iri: each for each in found}


def _resource(iri: str, kind: str, slug: str, names: dict[str, list[tuple[str, str]]]) -> Resource:
    return Resource(
        iri=iri,
        kind=kind,
        slug=slug,
        label=Text(fr=_label(names, "fr") or slug, en=_label(names, "en") or slug),
        types=tuple(sorted(each for each, _ in names.get(RDF("type"), []))),
        former_names=tuple(sorted({one_line(each) for each, _ in names.get(RTE("formerName"), [])})),
        other_names=tuple(sorted({one_line(each) for each, _ in names.get(SKOS("altLabel"), [])})),
    )


def _label(names: dict[str, list[tuple[str, str]]], lang: str) -> str:
    """Return the label in a language, else in French, English, or any other."""
    order = {"fr": 1, "en": 2, "": 3, lang: 0}
    ranked = [
        (order.get(language, 4), place, text)
        for place, predicate in enumerate(LABELS)
        for text, language in names.get(predicate, [])
    ]
    return one_line(min(ranked)[2]) if ranked else ""


def _names(store: Store, base: str) -> dict[str, dict[str, list[tuple[str, str]]]]:
    wanted = (*LABELS, SKOS("altLabel"), RTE("formerName"), RDF("type"))
    found: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for subject, predicate, value in _rows(
        store, NAMES % (", ".join(f"<{each}>" for each in wanted), _escaped(base))
    ):
        found.setdefault(subject[0], {}).setdefault(predicate[0], []).append(value)
    return found


def _escaped(base: str) -> str:
    return base.replace("\\", "\\\\").replace('"', '\\"')


def _issued(store: Store) -> str:
    """Return the date of the edition: the one that SOURCE_DATE_EPOCH names, else the latest of the data."""
    from rte_graph.network.lineage import named_moment

    moment = named_moment()
    if moment is not None:
        return moment.date().isoformat()
    return max((value[0] for (value,) in _rows(store, EDITION)), default="")


def _rows(store: Store, query: str) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yield rows of (text, language)."""
    for row in store.select(query).rows:
        yield tuple(_pair(row))


def _pair(row: Iterable[object]) -> Iterator[tuple[str, str]]:
    for term in row:
        yield str(getattr(term, "value", "")), str(getattr(term, "language", None) or "")
