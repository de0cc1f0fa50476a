"""Lists of what the site holds: plain in any browser, narrowed by facets and names where scripts run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pyoxigraph import Literal, NamedNode

from rte_graph.describe.reading import IndexReading
from rte_graph.namespaces import DCTERMS, ORG, RTE, SKOS, VOCABULARY_BASE
from rte_graph.network.wording import NBSP, Text, whole
from rte_graph.publish.graph import reading_of
from rte_graph.publish.kinds import BROWSED, kind_labels
from rte_graph.publish.model import Page, Resource, Site, relative
from rte_graph.publish.shell import html, render
from rte_graph.sparql.collation import collation_key, fold
from rte_graph.sparql.terms import last_segment
from rte_graph.sparql.wording import colon, one_line

MOST_WITH_TEXT = 600
"""Longer lists show names only, so that a list of ten thousand still opens at once."""
MOST_VALUES = 40
LONGEST_TEXT = 220
CHALLENGE = f"{VOCABULARY_BASE}challenge"

TEXTS: dict[str, Text] = {
    "title": Text(fr="Parcourir", en="Browse"),
    "filter": Text(fr="Filtrer par nom", en="Filter by name"),
    "reset": Text(fr="Tout montrer", en="Show all"),
    "one": Text(fr="1 résultat", en="1 result"),
    "many": Text(fr="{count} résultats", en="{count} results"),
    "formerly": Text(fr="anciennement", en="formerly"),
    "facets": Text(fr="Filtres", en="Filters"),
    "steps": Text(fr="étapes", en="steps"),
    "sources": Text(fr="passages", en="passages"),
}


@dataclass(frozen=True, slots=True)
class Facet:
    """A property whose values narrow a list; a path of two goes through what points to the resource."""

    name: str
    label: Text
    predicate: str
    inverse: str = ""
    wider: str = ""


KIND = Facet("kind", Text(fr="Genre", en="Kind"), RTE("kind"))
TERRITORY = Facet("territory", Text(fr="Territoire", en="Territory"), RTE("territory"), wider=RTE("within"))
THEME = Facet("theme", Text(fr="Thème", en="Theme"), RTE("theme"))


@dataclass(frozen=True, slots=True)
class List:
    """A page of the browser: which kinds it lists, with which facets."""

    stem: str
    kinds: tuple[str, ...]
    label: Text
    facets: tuple[Facet, ...] = ()
    letters: bool = False


LISTS: tuple[List, ...] = (
    List(
        "browse/alliances",
        ("alliance",),
        Text(fr="Alliances", en="Alliances"),
        (
            Facet("form", Text(fr="Forme", en="Form"), RTE("form")),
            Facet("level", Text(fr="Niveau", en="Level"), RTE("level")),
            TERRITORY,
            THEME,
        ),
    ),
    List(
        "browse/initiatives",
        ("initiative",),
        Text(fr="Initiatives", en="Initiatives"),
        (
            Facet("domain", Text(fr="Domaine d’action", en="Action domain"), RTE("actionDomain")),
            TERRITORY,
            Facet(
                "dimension",
                Text(fr="Dimension de la grille", en="Dimension of the grid"),
                RTE("dimension"),
                inverse=RTE("initiative"),
            ),
            KIND,
            Facet("state", Text(fr="État", en="State"), RTE("state")),
        ),
    ),
    List(
        "browse/organisations",
        ("organisation",),
        Text(fr="Organisations", en="Organisations"),
        (KIND, Facet("family", Text(fr="Famille", en="Family"), RTE("inFamily")), TERRITORY),
    ),
    List("browse/persons", ("person",), Text(fr="Personnes", en="Persons"), letters=True),
    List("browse/events", ("event",), Text(fr="Événements", en="Events"), (KIND, TERRITORY)),
    List("browse/territories", ("territory",), Text(fr="Territoires", en="Territories"), (KIND,)),
    List("browse/documents", ("document", "dataset"), Text(fr="Sources", en="Sources")),
)
CHALLENGES = List("browse/challenges", (), Text(fr="Enjeux", en="Challenges"))
NAMES_ONLY = ("territory",)


def pages(site: Site) -> Iterator[Page]:
    """Yield the lists in each language."""
    reading = reading_of(site)
    held = {each.category for each in site.resources.values()}
    shown = [each for each in LISTS if each is LISTS[0] or held & set(each.kinds)]
    if _has_challenges(site, reading):
        shown.append(CHALLENGES)
    for lang in site.config.languages:
        for each in shown:
            make = _list_page if each.kinds else _challenges_page
            yield make(site, reading, each, shown, lang)


def _has_challenges(site: Site, reading: IndexReading) -> bool:
    """Whether the sources say anything of the challenges of alliances."""
    inside = [iri for iri, predicate in reading.inward(CHALLENGE) if predicate == SKOS("inScheme")]
    return any(
        v.value in site.resources for iri in inside for p, v in reading.outward(iri) if p == RTE("evidence")
    )


def _tabs(site: Site, shown: Sequence[List], path: str, lang: str) -> list[dict[str, Any]]:
    counts = Counter(BROWSED.get(each.category, "") for each in site.resources.values())
    return [
        {
            "href": relative(site.named(each.stem, lang), path),
            "label": each.label.in_language(lang),
            "count": whole(counts[each.stem], lang) if each.kinds else "",
            "here": site.named(each.stem, lang) == path,
        }
        for each in shown
    ]


def _list_page(site: Site, reading: IndexReading, of: List, shown: Sequence[List], lang: str) -> Page:
    path = site.named(of.stem, lang)
    resources = [each for each in site.resources.values() if each.category in of.kinds]
    resources.sort(
        key=lambda each: (
            of.kinds.index(each.category),
            collation_key(each.label.in_language(lang)),
            each.iri,
        )
    )
    maker = _Maker(site, reading, of, lang, path, brief=len(resources) > MOST_WITH_TEXT)
    entries = _told_apart([maker.entry(each) for each in resources])
    body = render(
        "browse.html",
        words=_words(lang),
        title=of.label.in_language(lang),
        tabs=_tabs(site, shown, path, lang),
        groups=_groups(of, entries, lang),
        facets=maker.facets(),
        names_only=maker.brief or of.kinds[0] in NAMES_ONLY,
        total=whole(len(entries), lang),
        count=len(entries),
    )
    title = of.label.in_language(lang)
    return Page(path=path, content=html(site, path=path, lang=lang, title=title, body=body, section="browse"))


def _told_apart(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave the kind beside names that several have, and beside no other where a list shows names only."""
    met = Counter(entry["label"] for entry in entries)
    for entry in entries:
        entry["beside"] = entry["sort"] if met[entry["label"]] > 1 else ""
    return entries


def _words(lang: str) -> dict[str, str]:
    return {name: text.in_language(lang) for name, text in TEXTS.items()}


def _groups(of: List, entries: Sequence[dict[str, Any]], lang: str) -> list[tuple[str, list[dict[str, Any]]]]:
    """Group by letter, or by kind where a page lists several."""
    if of.letters:
        return [(key, list(each)) for key, each in groupby(entries, key=lambda entry: entry["letter"])]
    if len(of.kinds) > 1:
        return [
            (kind_labels(key, lang), list(each))
            for key, each in groupby(entries, key=lambda entry: entry["kind"])
        ]
    return [("", list(entries))]


class _Maker:
    """Makes the entries of one list, and counts the values of its facets meanwhile."""

    def __init__(
        self, site: Site, reading: IndexReading, of: List, lang: str, path: str, *, brief: bool
    ) -> None:
        self.site, self.reading, self.of, self.lang, self.path, self.brief = (
            site,
            reading,
            of,
            lang,
            path,
            brief,
        )
        self._counts: dict[str, Counter[str]] = {facet.name: Counter() for facet in of.facets}

    def entry(self, resource: Resource) -> dict[str, Any]:
        """Return one entry: name, link, text, and the values of its facets."""
        label = one_line(resource.label.in_language(self.lang))
        own = list(self.reading.outward(resource.iri))
        tokens = {}
        for facet in self.of.facets:
            values = self._values(resource.iri, own, facet)
            self._counts[facet.name].update(values)
            tokens[facet.name] = " ".join(sorted(_token(each) for each in values))
        return {
            "label": label,
            "href": self.site.link(resource.iri, at=self.path, lang=self.lang),
            "letter": fold(label)[:1].upper(),
            "kind": resource.category,
            "former": ", ".join(resource.former_names),
            "names": " ".join([label, *resource.former_names, *resource.other_names]),
            "text": "" if self.brief else self._text(own),
            "meta": "" if self.brief else self._meta(resource.iri, own),
            "sort": self._sort([value.value for p, value in own if p == RTE("kind")]),
            "tokens": tokens,
        }

    def _values(self, iri: str, own: Sequence[tuple[str, Any]], facet: Facet) -> set[str]:
        if facet.inverse:
            nodes = [subject for subject, predicate in self.reading.inward(iri) if predicate == facet.inverse]
            found = {v.value for n in nodes for p, v in self.reading.outward(n) if p == facet.predicate}
        else:
            found = {value.value for p, value in own if p == facet.predicate and isinstance(value, NamedNode)}
        todo = list(found) if facet.wider else []
        while todo:
            above = {v.value for p, v in self.reading.outward(todo.pop()) if p == facet.wider} - found
            found |= above
            todo += sorted(above)
        return found

    def _text(self, own: Sequence[tuple[str, Any]]) -> str:
        text = one_line(chosen(own, DCTERMS("description"), self.lang))
        return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT].rpartition(' ')[0]}{NBSP}…"

    def _meta(self, iri: str, own: Sequence[tuple[str, Any]]) -> str:
        """Return kind and place in a few words; for persons where they have a function."""
        wanted = (RTE("form"), RTE("kind"), RTE("territory"))
        iris = [v.value for name in wanted for p, v in own if p == name and isinstance(v, NamedNode)]
        if self.of.letters:
            seats = sorted(
                subject for subject, predicate in self.reading.inward(iri) if predicate == ORG("member")
            )
            iris = [v.value for n in seats for p, v in self.reading.outward(n) if p == ORG("organization")]
        known = self.reading.labels(iris, self.lang)
        return " · ".join(dict.fromkeys(one_line(known.get(each) or last_segment(each)) for each in iris))

    def _sort(self, kinds: Sequence[str]) -> str:
        """Return the kinds of a thing in words."""
        known = self.reading.labels(kinds, self.lang)
        return ", ".join(sorted(one_line(known.get(each) or last_segment(each)) for each in kinds))

    def _apart(self, iris: Sequence[str], labels: dict[str, str]) -> dict[str, str]:
        """Return labels with the kind of the thing where several have the same."""
        met = Counter(labels.values())
        kinds = {
            iri: self._sort([v.value for p, v in self.reading.outward(iri) if p == RTE("kind")])
            for iri in iris
            if met[labels.get(iri, "")] > 1
        }
        return labels | {iri: f"{labels[iri]} ({kind})" for iri, kind in kinds.items() if kind}

    def facets(self) -> list[dict[str, Any]]:
        """Return the facets that tell entries apart, the values with most entries first."""
        found = []
        for facet in self.of.facets:
            counts = self._counts[facet.name]
            if len(counts) < 2:
                continue
            labels = self._apart(sorted(counts), self.reading.labels(sorted(counts), self.lang))
            named = [(one_line(labels.get(iri) or last_segment(iri)), iri, n) for iri, n in counts.items()]
            named.sort(key=lambda each: (-each[2], collation_key(each[0]), each[1]))
            values = [
                {"label": label, "token": _token(iri), "count": n} for label, iri, n in named[:MOST_VALUES]
            ]
            found.append({"name": facet.name, "label": facet.label.in_language(self.lang), "values": values})
        return found


def _token(iri: str) -> str:
    """Return a word for an IRI: its end where that is plain, else a digest."""
    end = last_segment(iri)
    if end.replace("-", "").isalnum() and end.isascii():
        return end
    from hashlib import sha256

    return sha256(iri.encode()).hexdigest()[:12]


def chosen(own: Sequence[tuple[str, Any]], predicate: str, lang: str) -> str:
    """Return one text of a resource: in the language, else French, English, any; "" where there is none."""
    order = {"fr": 1, "en": 2, None: 3, lang: 0}
    texts = [(order.get(v.language, 4), v.value) for p, v in own if p == predicate and isinstance(v, Literal)]
    return str(min(texts)[1]) if texts else ""


def _challenges_page(site: Site, reading: IndexReading, of: List, shown: Sequence[List], lang: str) -> Page:
    """List the challenges of alliances with their steps; concepts, so each leads to the vocabulary."""
    path = site.named(of.stem, lang)
    inside = [iri for iri, predicate in reading.inward(CHALLENGE) if predicate == SKOS("inScheme")]
    above = {iri: [v.value for p, v in reading.outward(iri) if p == SKOS("broader")] for iri in inside}
    tops = sorted(iri for iri in inside if not above[iri])
    challenges = []
    for top in sorted(tops, key=lambda iri: (_notation(reading, iri), iri)):
        steps = sorted(
            (iri for iri in inside if top in above[iri]), key=lambda iri: (_notation(reading, iri), iri)
        )
        concept = _concept(site, reading, top, lang, path)
        challenges.append(concept | {"steps": [_concept(site, reading, each, lang, path) for each in steps]})
    title = of.label.in_language(lang)
    body = render(
        "challenges.html",
        words=_words(lang),
        title=title,
        tabs=_tabs(site, shown, path, lang),
        challenges=challenges,
        colon=colon(lang),
    )
    return Page(path=path, content=html(site, path=path, lang=lang, title=title, body=body, section="browse"))


def _notation(reading: IndexReading, iri: str) -> str:
    return min((v.value for p, v in reading.outward(iri) if p == SKOS("notation")), default="~")


def _concept(site: Site, reading: IndexReading, iri: str, lang: str, path: str) -> dict[str, Any]:
    own = list(reading.outward(iri))
    cited = sorted(v.value for p, v in own if p == RTE("evidence"))
    label = one_line(chosen(own, SKOS("prefLabel"), lang) or last_segment(iri))
    return {
        "label": label[:1].upper() + label[1:],
        "href": site.link(iri, at=path, lang=lang),
        "definition": one_line(chosen(own, SKOS("definition"), lang)),
        "cited": [site.link(each, at=path, lang=lang) for each in cited if each in site.resources],
    }
