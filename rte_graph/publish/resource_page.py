"""From a description to what the template of a resource's page sets; links are relative to the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, groupby
from typing import Any
from urllib.parse import quote

from rte_graph.describe import Claim, Description, Fact, Link, Relation, Source
from rte_graph.namespaces import RTE
from rte_graph.network.wording import NBSP, decimal, whole
from rte_graph.publish.ego import Ego, EgoNode, draw_ego
from rte_graph.publish.kinds import BROWSED, kind_label
from rte_graph.publish.model import Resource, Site, relative
from rte_graph.publish.place_map import OUTLINE, WIDTH, draw_place_map
from rte_graph.publish.places import place_book
from rte_graph.publish.resource_words import WORDS
from rte_graph.publish.standings import NetworkStanding, Standings
from rte_graph.sparql.wording import one_line, quoted

MOST_TIES = 95
"""So many ties stand on a page, with `LEAST_TIES` of each group at least; the Turtle file has them all."""
LEAST_TIES = 10
KINDS = (RTE("kind"), RTE("form"))
MOST_PLACES = 8
MOST_REPORTS = 60
"""Beyond so many ties each leads to its statement's page only, where errors are reported."""


@lru_cache(maxsize=2)
def words(lang: str) -> dict[str, str]:
    """Return the words of the page in a language."""
    return {name: text.in_language(lang) for name, text in WORDS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A resource about to be set on a page."""

    site: Site
    resource: Resource
    description: Description
    standings: Standings
    places: Mapping[str, int] = field(default_factory=dict)
    namesakes: Mapping[str, str] = field(default_factory=dict)
    """What tells those apart that have a name in common, by IRI."""

    @property
    def lang(self) -> str:
        """Language of the page."""
        return self.description.lang

    @property
    def path(self) -> str:
        """Path of the page."""
        return self.resource.page(self.lang, self.site.first)

    @property
    def title(self) -> str:
        """What the page is called: the label, or for a passage where it stands."""
        source = self.description.sources[0] if self.description.sources else None
        if source is not None and self.is_passage:
            parts = (
                source.document,
                quoted(source.heading, self.lang) if source.heading else "",
                self.place(source),
            )
            return one_line(", ".join(part for part in parts if part))
        return one_line(self.description.label)

    @property
    def is_passage(self) -> bool:
        """Whether the page is that of a passage: what stands on it rests on the passage itself."""
        sources = self.description.sources
        return self.resource.category == "citation" and {each.iri for each in sources} == {self.resource.iri}

    def named(self, label: str, iri: str) -> str:
        """Return a label, with what tells the thing apart from others of its name: Paris (commune)."""
        beside = self.namesakes.get(iri, "")
        return f"{label} ({beside})" if beside else label

    def cited(self, numbers: Sequence[int]) -> Sequence[int]:
        """Return the numbers of sources that a reader is led to; none on a passage's own page."""
        return () if self.is_passage else numbers

    def link(self, link: Link) -> dict[str, Any]:
        """Return a link of the description as the page has it."""
        label = self.named(one_line(link.label), link.iri)
        href = self.site.link(link.iri, at=self.path, lang=self.lang) if link.iri else ""
        return {"label": label, "href": href, "outside": href.startswith(("http:", "https:"))}

    def to(self, iri: str) -> str:
        """Return the link to an IRI."""
        return self.site.link(iri, at=self.path, lang=self.lang) if iri else ""

    def place(self, source: Source) -> str:
        """Return where a passage stands: its lines, and its page where that is printed."""
        first, last = source.first_line, source.last_line
        word = words(self.lang)["line" if first == last else "lines"]
        lines = f"{word}{NBSP}{first if first == last else f'{first}–{last}'}" if first else ""
        page = f"p.{NBSP}{source.page}" if source.page else ""
        return ", ".join(part for part in (lines, page) if part) or one_line(source.iri)

    def report(self, iri: str) -> str:
        """Return the link by which an error in a statement is reported; "" where none is configured."""
        return report_link(self.site, iri, self.lang) if iri else ""


def report_link(site: Site, iri: str, lang: str) -> str:
    """Return the mailto or issue link with an IRI in it; "" where the publisher gives neither."""
    target = site.config.report or site.config.contact
    if not target:
        return ""
    subject = quote(f"{words(lang)['subject']}", safe="")
    body = quote(site.published(iri), safe="")
    fields = (
        f"subject={subject}&body={body}" if target.startswith("mailto:") else f"title={subject}&body={body}"
    )
    return f"{target}{'&' if '?' in target else '?'}{fields}"


def page_values(of: Subject) -> dict[str, Any]:
    """Return all that the template reads."""
    site, resource, about, lang = of.site, of.resource, of.description, of.lang
    listed = BROWSED.get(resource.category, "")
    ego = _ego(of)
    values: dict[str, Any] = {
        "kind": kind_label(resource.category, lang),
        "kind_href": relative(site.named(listed, lang), of.path) if listed else "",
        "label": of.title,
        "types": _types(of),
        "names": _names(of),
        "text": one_line(about.text),
        "introduction": of.cited(about.introduction),
        "facts": list(_facts(of)),
        "notes": [one_line(note) for note in about.notes],
        "groups": list(_groups(of)),
        "claims": [_claim(of, claim) for claim in about.claims],
        "places": [_network(of, each) for each in of.standings.places.get(resource.iri, [])],
        "map": _map(of),
        "ego": ego,
        "ego_title": words(lang)["network_of"].format(name=of.title),
        "ego_more": words(lang)["more"].format(count=whole(ego.more, lang)) if ego and ego.more else "",
        "turtle": relative(f"{resource.stem}.ttl", of.path),
        "jsonld": relative(f"{resource.stem}.jsonld", of.path),
        "iri": site.published(resource.iri),
        "report_page": of.report(resource.iri),
        "report_here": of.report(resource.iri) if resource.category not in BROWSED else "",
    }
    shown = _shown(values) if len(about.relations) > MOST_TIES else {each.number for each in about.sources}
    cited = [each for each in about.sources if each.number in of.cited(sorted(shown))]
    values["documents"] = list(_documents(of, cited))
    more = 0 if of.is_passage else len(about.sources) - len(shown)
    said = words(lang)["more_in_file"].format(count=whole(more, lang), file="Turtle")
    values["more_sources"] = said if more else ""
    return values


def _types(of: Subject) -> list[dict[str, Any]]:
    """Return kind or form, then classes; what the page says elsewhere already is left out."""
    said = kind_label(of.resource.category, of.lang).casefold()
    backed = {each.value.iri for each in of.description.facts if each.predicate.iri in KINDS and each.sources}
    found: dict[str, dict[str, Any]] = {}
    for link in of.description.types:
        known = of.link(link)
        if known["label"].casefold() != said and link.iri not in backed:
            found.setdefault(known["label"], known)
    return list(found.values())


def _names(of: Subject) -> list[tuple[str, list[str]]]:
    about, said = of.description, words(of.lang)
    pairs = ((said["formerly"], about.former_names), (said["also"], about.other_names))
    return [(word, [one_line(name) for name in names]) for word, names in pairs if names]


def _facts(of: Subject) -> Iterator[dict[str, Any]]:
    def label(fact: Fact) -> str:
        return one_line(fact.predicate.label)

    for name, facts in groupby(of.description.facts, key=label):
        values = [
            {"link": of.link(fact.value), "sources": of.cited(fact.sources)}
            for fact in facts
            if not _is_said(fact)
        ]
        if values:
            yield {"name": _capital(name), "values": values}


def _is_said(fact: Fact) -> bool:
    """Whether a fact stands above already, with the name: kind and form, where no claim backs them."""
    return fact.predicate.iri in KINDS and not fact.sources


def _groups(of: Subject) -> Iterator[dict[str, Any]]:
    reports, room = len(of.description.relations) <= MOST_REPORTS, MOST_TIES
    for title, each in groupby(of.description.relations, key=lambda relation: relation.group):
        rows = _by_other(each)
        shown = _fitting(rows, max(room, LEAST_TIES))
        room, more = room - sum(map(len, shown)), len(rows) - len(shown)
        said = words(of.lang)["more_in_file"]
        yield {
            "title": one_line(title),
            "count": whole(len(rows), of.lang),
            "ties": [_tie(of, row, reports) for row in shown],
            "more": said.format(count=whole(more, of.lang), file="Turtle") if more > 0 else "",
        }


def _by_other(relations: Iterable[Relation]) -> list[list[Relation]]:
    """Bring together the ties to one and the same thing, in the order in which it comes first."""
    rows: dict[str, list[Relation]] = {}
    for place, relation in enumerate(relations):
        rows.setdefault(relation.other.iri or f" {place}", []).append(relation)
    return list(rows.values())


def _fitting(rows: Sequence[list[Relation]], room: int) -> list[list[Relation]]:
    """Return the first rows that have so many ties together."""
    counts = accumulate(len(row) for row in rows)
    return [row for row, count in zip(rows, counts, strict=True) if count <= room]


def _tie(of: Subject, row: Sequence[Relation], reports: bool) -> dict[str, Any]:
    roles = [_role(of, relation, reports) for relation in row]
    telling = [role for role in roles if any(role.values())]
    return {"other": of.link(row[0].other), "roles": telling or roles[:1]}


def _role(of: Subject, relation: Relation, reports: bool) -> dict[str, Any]:
    statement = of.to(relation.node) if relation.node and relation.node != relation.other.iri else ""
    return {
        "detail": one_line(relation.detail),
        "note": one_line(relation.note),
        "sources": of.cited(relation.sources),
        "statement": statement,
        "report": of.report(relation.node) if reports and relation.node else "",
    }


def _claim(of: Subject, claim: Claim) -> dict[str, Any]:
    return {
        "about": of.link(claim.subject) if claim.subject.iri != of.resource.iri else None,
        "name": one_line(claim.predicate.label),
        "value": of.link(claim.value),
        "rank": one_line(claim.rank.label),
        "preferred": claim.preferred,
        "reason": one_line(claim.reason),
        "sources": of.cited(claim.sources),
        "statement": of.to(claim.node),
        "report": of.report(claim.node),
    }


def _network(of: Subject, standing: NetworkStanding) -> dict[str, Any]:
    lang, said = of.lang, words(of.lang)
    rows = []
    for each in standing.standings:
        rank = said["of"].format(rank=whole(each.rank, lang), among=whole(each.among, lang))
        count = each.raw is not None and float(each.raw).is_integer()
        rows.append(
            {
                "measure": _capital(each.measure.in_language(lang)),
                "value": decimal(each.value, lang, 3) + (f" ({whole(int(each.raw or 0), lang)})" * count),
                "rank": rank + f", {said['tied']}" * (each.tied > 1),
            }
        )
    path = of.site.named(f"networks/{standing.network}", lang)
    return {
        "title": standing.title.in_language(lang),
        "set": standing.set_label.in_language(lang).lower(),
        "href": relative(path, of.path),
        "rows": rows,
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _shown(values: dict[str, Any]) -> set[int]:
    """Return the numbers of the sources that the page refers to."""
    cited = [values["introduction"], *(claim["sources"] for claim in values["claims"])]
    cited += [value["sources"] for fact in values["facts"] for value in fact["values"]]
    roles = [role for group in values["groups"] for tie in group["ties"] for role in tie["roles"]]
    cited += [role["sources"] for role in roles]
    return {number for numbers in cited for number in numbers}


def _documents(of: Subject, sources: Sequence[Source]) -> Iterator[dict[str, Any]]:
    """Group passages by document, then by heading, as they come."""

    def document(source: Source) -> tuple[str, str]:
        return source.document, source.document_iri

    for (label, iri), passages in groupby(sources, key=document):
        headings = groupby(passages, key=lambda source: source.heading)
        yield {
            "link": of.link(Link(label=label, iri=iri)),
            "headings": [
                {
                    "title": quoted(one_line(heading), of.lang) if heading else "",
                    "sources": [
                        {"number": each.number, "place": of.place(each), "href": of.to(each.iri)}
                        for each in group
                    ],
                }
                for heading, group in headings
            ],
        }


def _map(of: Subject) -> dict[str, Any] | None:
    """Return the small map of the places that the resource stands at, with their names as links."""
    book, lang = place_book(of.site), of.lang
    drawn = draw_place_map(book, of.places)
    if drawn is None:
        return None
    said, there = words(lang), relative(of.site.named("map", lang), of.path)
    names = [one_line(book.places[iri].label.in_language(lang)) for iri in of.places]
    listed = [
        {
            "label": name,
            "href": f"{there}#{book.address(iri)}" if book.has_map and book.address(iri) else "",
            "count": whole(count, lang) if count else "",
        }
        for (iri, count), name in zip(of.places.items(), names, strict=True)
    ]
    kept = listed[:MOST_PLACES]
    return {
        "drawn": drawn,
        "width": WIDTH,
        "outline": relative(OUTLINE, of.path),
        "title": said["map_of"].format(places=", ".join(names[:MOST_PLACES])),
        "places": kept,
        "more": said["more"].format(count=whole(len(listed) - len(kept), lang))
        if listed[len(kept) :]
        else "",
        "note": said["map_note"] if any(of.places.values()) else "",
    }


def _ego(of: Subject) -> Ego | None:
    """Draw the ties that the network of cooperation has around the resource."""
    iri, ties = of.resource.iri, of.standings.ties
    found = [of.site.resources[each] for each in ties.get(iri, ()) if each in of.site.resources]
    found.sort(key=lambda each: (-len(ties[each.iri]), each.category, each.slug))
    others = [_ego_node(of, each) for each in found]
    subject = EgoNode(iri=iri, label=of.title, kind=of.resource.category)
    return draw_ego(subject, others, of.standings.between([*(each.iri for each in others[:30])]))


def _ego_node(of: Subject, resource: Resource) -> EgoNode:
    label = one_line(resource.label.in_language(of.lang))
    return EgoNode(iri=resource.iri, label=label, kind=resource.category, href=of.to(resource.iri))


def described_by(of: Subject) -> Sequence[str]:
    """Return the IRIs of the classes that say what the resource is."""
    return [each for each in of.resource.types if each.startswith(RTE)]
