"""About the site: where the data come from, under which licence, how to cite them, how the site was made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rte_graph.describe.reading import IndexReading
from rte_graph.namespaces import DCTERMS
from rte_graph.network.wording import Text, whole
from rte_graph.publish.absent import absent_page
from rte_graph.publish.graph import reading_of
from rte_graph.publish.model import Page, Site
from rte_graph.publish.shell import cite, edition, html, render
from rte_graph.sparql.wording import colon, one_line

TEXTS: dict[str, Text] = {
    "title": Text(fr="À propos", en="About"),
    "sources": Text(fr="D’où viennent les données", en="Where the data come from"),
    "licence": Text(fr="Licence", en="Licence"),
    "licence_text": Text(
        fr="Les données de ce site sont publiées sous :", en="The data of this site are published under:"
    ),
    "no_licence": Text(fr="Les données ne disent pas leur licence.", en="The data do not state a licence."),
    "cite": Text(fr="Pour citer", en="How to cite"),
    "made": Text(fr="Comment ce site est fait", en="How this site is made"),
    "made_text": Text(
        fr="Chaque page vient d’un graphe RDF, décrit par une ontologie et vérifié par des formes SHACL ; "
        "rien n’y "
        "est écrit à la main. Chaque énoncé cite le passage qui le dit. {count} ressources ont leur page, "
        "leur "
        "Turtle et leur JSON-LD.",
        en="Each page comes from an RDF graph, described by an ontology and checked by SHACL shapes; "
        "nothing is "
        "written by hand. Each statement cites the passage that says it. {count} resources have their page, "
        "their Turtle and their JSON-LD.",
    ),
    "edition": Text(fr="Édition", en="Edition"),
    "hash": Text(fr="Empreinte des données", en="Hash of the data"),
    "software": Text(fr="Logiciel", en="Software"),
    "base": Text(fr="Début des identifiants", en="Beginning of the identifiers"),
    "contact": Text(fr="Contact", en="Contact"),
}


def pages(site: Site) -> Iterator[Page]:
    """Yield the page of each language, and ``404.html`` in all of them."""
    reading = reading_of(site)
    for lang in site.config.languages:
        yield _about(site, reading, lang)
    yield absent_page(site)


def _about(site: Site, reading: IndexReading, lang: str) -> Page:
    from rte_graph.network.lineage import SOFTWARE

    path = site.named("about", lang)
    said = {name: text.in_language(lang) for name, text in TEXTS.items()}
    body = render(
        "about.html",
        words=said,
        datasets=[
            _dataset(site, reading, each.iri, path, lang)
            for each in site.resources.values()
            if each.category == "dataset"
        ],
        licences=site.licences,
        cite=cite(site, lang),
        colon=colon(lang),
        made=said["made_text"].format(count=whole(len(site.resources), lang)),
        facts=[
            (said["edition"], edition(site, lang)),
            (said["hash"], site.data_hash),
            (said["base"], site.config.base),
            (said["software"], SOFTWARE),
        ],
        contact=site.config.contact,
    )
    return Page(
        path=path,
        content=html(site, path=path, lang=lang, title=said["title"], body=body, section="about"),
    )


def _dataset(site: Site, reading: IndexReading, iri: str, path: str, lang: str) -> dict[str, Any]:
    from rte_graph.publish.browse import chosen
    from rte_graph.publish.void import licences_of
    from rte_graph.views.page_texts import licence_name

    own = list(reading.outward(iri))
    return {
        "label": one_line(site.resources[iri].label.in_language(lang)),
        "href": site.link(iri, at=path, lang=lang),
        "text": one_line(chosen(own, DCTERMS("description"), lang)),
        "rights": one_line(chosen(own, DCTERMS("rights"), lang)),
        "licences": [(licence_name(each), each) for each in licences_of(site, iri)],
    }
