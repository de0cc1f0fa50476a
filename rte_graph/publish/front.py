"""The front page: what the graph holds and what it says, as the report of ``rte-graph run`` does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rte_graph.namespaces import RTE
from rte_graph.network.wording import Text, whole
from rte_graph.publish.kinds import BROWSED
from rte_graph.publish.model import Page, Site, relative
from rte_graph.publish.networks import Drawn, ranking_tables, read_network, svg_path
from rte_graph.publish.networks import words as network_words
from rte_graph.publish.shell import html, render

if TYPE_CHECKING:
    from rte_graph.network.tables import ReaderTable

NETWORK = "alliance-memberships"
TOP = 10
COUNTED: tuple[tuple[str, str, Text, Text], ...] = (
    ("Alliance", "alliance", Text(fr="alliance", en="alliance"), Text(fr="alliances", en="alliances")),
    ("Organisation", "organisation", Text(fr="organisation", en="organisation"),
     Text(fr="organisations", en="organisations")),
    ("Person", "person", Text(fr="personne", en="person"), Text(fr="personnes", en="persons")),
    ("Initiative", "initiative", Text(fr="initiative", en="initiative"),
     Text(fr="initiatives", en="initiatives")),
    ("Event", "event", Text(fr="événement", en="event"), Text(fr="événements", en="events")),
    ("Territory", "territory", Text(fr="territoire", en="territory"),
     Text(fr="territoires", en="territories")),
    ("Membership", "", Text(fr="adhésion", en="membership"), Text(fr="adhésions", en="memberships")),
    ("Participation", "", Text(fr="participation", en="participation"),
     Text(fr="participations", en="participations")),
    ("StakeholderRelation", "", Text(fr="relation de partie prenante", en="stakeholder relation"),
     Text(fr="relations de partie prenante", en="stakeholder relations")),
    ("Funding", "", Text(fr="financement", en="funding"), Text(fr="financements", en="fundings")),
    ("Claim", "", Text(fr="affirmation", en="claim"),
     Text(fr="affirmations", en="claims")),
    ("Citation", "", Text(fr="passage cité", en="passage cited"),
     Text(fr="passages cités", en="passages cited")),
)  # fmt: skip
TEXTS: dict[str, Text] = {
    "kicker": Text(fr="Données liées", en="Linked data"),
    "standfirst": Text(
        fr="Qui coopère avec qui, dans quelle alliance, et d’après quelles lignes : ce que disent les "
        "sources, "
        "et rien d’autre.",
        en="Who cooperates with whom, in which alliance, and on the word of which lines: what the sources "
        "say, "
        "and nothing else.",
    ),
    "counts": Text(fr="Ce que contient le graphe", en="What is in the graph"),
    "hubs": Text(fr="Qui réunit le plus", en="Who gathers most"),
    "picture": Text(fr="Le réseau", en="The network"),
    "open": Text(fr="Voir ce réseau", en="See this network"),
    "boundaries": Text(fr="Jusqu’où vont les sources", en="How far the sources reach"),
    "boundaries_lead": Text(
        fr="Ce qu’une source ne dit pas peut exister : voici ce que chacune a choisi de montrer.",
        en="What a source does not say may exist: this is what each chose to show.",
    ),
    "overlap": Text(fr="Membres partagés", en="Shared members"),
    "questions": Text(fr="Ce que l’on peut demander", en="What can be asked"),
    "all_questions": Text(fr="Toutes les questions", en="All questions"),
    "validation": Text(fr="Conformité", en="Conformance"),
    "conforms": Text(fr="Les données sont conformes aux formes.", en="The data conform to the shapes."),
    "contents": Text(fr="Sur cette page", en="On this page"),
}


def pages(site: Site) -> Iterator[Page]:
    """Yield the front page of each language, and the page that says that there is none at an address."""
    drawn = read_network(site, NETWORK) if NETWORK in site.library.queries else None
    for lang in site.config.languages:
        yield _front(site, drawn, lang)


def _front(site: Site, drawn: Drawn | None, lang: str) -> Page:
    path = site.named("index", lang)
    said = {name: text.in_language(lang) for name, text in TEXTS.items()}
    description = site.config.description.in_language(lang) or said["standfirst"]
    shown = drawn if drawn and drawn.network.edges else None
    body = render(
        "front.html",
        words=said | {"name": network_words(lang)["name"], "note": network_words(lang)["note"]},
        title=site.config.title.in_language(lang),
        standfirst=description,
        counts=_counts(site, path, lang),
        validation=_validation(site, lang),
        network=_network(site, shown, path, lang) if shown else None,
        boundaries=[_table(table) for table in _boundaries(site, lang)],
        overlap=[_table(table) for table in _overlaps(site, shown, lang)] if shown else [],
        topics=_topics(site, path, lang),
        questions=relative(site.named("queries/index", lang), path),
    )
    title = site.config.title.in_language(lang)
    return Page(
        path=path,
        content=html(
            site, path=path, lang=lang, title=title, description=description, body=body, section="front"
        ),
    )


def _counts(site: Site, path: str, lang: str) -> list[dict[str, str]]:
    """Return how many there are of each class, with where they are listed."""
    held: dict[str, int] = {}
    for resource in site.resources.values():
        for each in resource.types:
            held[each] = held.get(each, 0) + 1
    return [
        {
            "label": (one if held[RTE(name)] == 1 else many).in_language(lang),
            "count": whole(held[RTE(name)], lang),
            "href": relative(site.named(BROWSED[kind], lang), path) if kind else "",
        }
        for name, kind, one, many in COUNTED
        if held.get(RTE(name))
    ]


def _validation(site: Site, lang: str) -> dict[str, Any] | None:
    """Return the sentence of the validation, where the shapes were asked."""
    from rte_graph.typography import french
    from rte_graph.validation import summary

    if site.loaded is None or not site.loaded.validated:
        return None
    report = site.loaded.validation
    return {
        "conforms": report.conforms,
        "sentence": french(summary(report, lang)) if lang == "fr" else summary(report, lang),
    }


def _network(site: Site, drawn: Drawn, path: str, lang: str) -> dict[str, Any]:
    from rte_graph.network.sentences import why_sentence

    network = drawn.network
    return {
        "title": network.title.in_language(lang),
        "why": why_sentence(network, drawn.rows, "target", lang),
        "href": relative(site.named(f"networks/{NETWORK}", lang), path),
        "svg": relative(svg_path(site, NETWORK, lang), path),
        "tables": ranking_tables(site, drawn, path, lang, sets=("target",), top=TOP),
    }


def _boundaries(site: Site, lang: str) -> tuple[ReaderTable, ...]:
    from rte_graph.network.boundary import read_boundaries
    from rte_graph.network.boundary_card import boundary_tables

    return boundary_tables(read_boundaries(site.store, lang), lang)


def _overlaps(site: Site, drawn: Drawn, lang: str) -> tuple[ReaderTable, ...]:
    from rte_graph.network.declared import read_declared
    from rte_graph.network.overlap import overlap
    from rte_graph.network.present import overlap_tables

    declared = read_declared(site.store, lang)
    tables = overlap_tables(overlap(drawn.network, declared.claimed, declared), lang)
    return tuple(tables) if len(tables) > 1 else ()


def _table(table: ReaderTable) -> dict[str, Any]:
    return {
        "title": table.title,
        "above": table.above,
        "below": table.below,
        "columns": table.columns,
        "rows": table.rows,
        "numeric": sorted(table.numeric),
    }


def _topics(site: Site, path: str, lang: str) -> list[dict[str, Any]]:
    """Return some questions of each topic, those that need no value first."""
    found = []
    for topic, queries in site.library.by_topic().items():
        ordered = sorted(
            queries, key=lambda query: (any(not p.optional for p in query.parameters), query.name)
        )
        title = site.library.topics[topic].in_language(lang) if topic in site.library.topics else topic
        asked = [
            (relative(site.named(f"queries/{each.name}", lang), path), each.summary.in_language(lang))
            for each in ordered[:3]
        ]
        found.append({"title": title, "queries": asked})
    return found
