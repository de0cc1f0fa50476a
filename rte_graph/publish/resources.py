"""A page for each resource in each language, with its twins in Turtle and JSON-LD, from one description."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rte_graph.describe.describe import describe_around
from rte_graph.describe.neighbourhood import gather
from rte_graph.describe.reading import IndexReading
from rte_graph.describe.turtle import triples_about
from rte_graph.publish.graph import reading_of
from rte_graph.publish.model import Page, Resource, Site, relative
from rte_graph.publish.namesakes import namesakes
from rte_graph.publish.places import place_book, places_of
from rte_graph.publish.resource_page import Subject, page_values, words
from rte_graph.publish.shell import HeadLink, html, render
from rte_graph.publish.standings import Standings, read_standings
from rte_graph.publish.twins import jsonld_twin, schema_jsonld, turtle_twin
from rte_graph.sparql.wording import colon, one_line

LONGEST_DESCRIPTION = 300


@dataclass(frozen=True, slots=True)
class Desk:
    """What is read once for all resources."""

    site: Site
    reading: IndexReading
    standings: Standings


def pages(site: Site) -> Iterator[Page]:
    """Yield the files of every resource, one resource after the other."""
    desk = Desk(site, reading_of(site), read_standings(site))
    for resource in site.resources.values():
        yield from resource_pages(desk, resource)


def write_parallel(
    site: Site, folder: Path, jobs: int, tell: Callable[[str, int], None]
) -> Iterator[tuple[str, int]]:
    """Write the files of every resource by several processes; yield paths and sizes."""
    from rte_graph.publish.parallel import write_in_processes

    yield from write_in_processes(site, read_standings(site), folder, jobs, tell)


def resource_pages(desk: Desk, resource: Resource) -> Iterator[Page]:
    """Yield the files of one resource: its pages, its Turtle, its JSON-LD."""
    site = desk.site
    around = gather(desk.reading, resource.iri, site.first)
    places = places_of(desk.reading, place_book(site), resource)
    for lang in site.config.languages:
        there = around if lang == site.first else around.in_language(lang, desk.reading)
        subject = Subject(
            site=site,
            resource=resource,
            description=describe_around(there),
            standings=desk.standings,
            places=places,
            namesakes=namesakes(site, desk.reading, lang),
        )
        yield Page(path=subject.path, content=_page(subject))
    triples = triples_about(around)
    yield Page(path=f"{resource.stem}.ttl", content=turtle_twin(site, resource, triples))
    yield Page(path=f"{resource.stem}.jsonld", content=jsonld_twin(site, resource, triples))


def _page(of: Subject) -> bytes:
    site, resource, lang = of.site, of.resource, of.lang
    body = render("resource.html", of=page_values(of), words=words(lang), colon=colon(lang), lang=lang)
    return html(
        site,
        path=of.path,
        lang=lang,
        title=of.named(of.title, resource.iri),
        description=_described(of),
        body=body,
        section="browse",
        alternates={each: resource.page(each, site.first) for each in site.config.languages},
        head=_head(of),
        jsonld=schema_jsonld(site, resource, of.description, lang),
    )


def _head(of: Subject) -> list[HeadLink]:
    stem = of.resource.stem
    twins = (
        HeadLink(rel="alternate", type="text/turtle", href=relative(f"{stem}.ttl", of.path), title="Turtle"),
        HeadLink(
            rel="alternate",
            type="application/ld+json",
            href=relative(f"{stem}.jsonld", of.path),
            title="JSON-LD",
        ),
        HeadLink(rel="describedby", type="text/turtle", href=relative(f"{stem}.ttl", of.path)),
    )
    return list(twins)


def _described(of: Subject) -> str:
    """Return a description for search engines: the text, else what it is."""
    about = of.description
    text = one_line(about.text) or ", ".join(
        [of.title, *dict.fromkeys(one_line(t.label) for t in about.types)]
    )
    return text if len(text) <= LONGEST_DESCRIPTION else f"{text[: LONGEST_DESCRIPTION - 1].rstrip()}…"
