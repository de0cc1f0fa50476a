"""Every figure, date and name of a statement stands in the lines that the statement cites.

The texts are not part of the project: RTE_GRAPH_SOURCES names the folder that holds them.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import ORG, SKOS, XSD

RTE = Namespace("https://w3id.org/rte/ontology#")
COUNTRY = URIRef("https://w3id.org/rte/id/territory/country-fr")
DATA = Path(__file__).resolve().parents[2] / "data" / "turtle"
ENTITIES = {RTE.Alliance, RTE.Organisation, RTE.Person, RTE.Initiative, RTE.Event, RTE.Territory}
NAMED_BY = (
    ORG.member,
    ORG.organization,
    RTE.party,
    RTE.towards,
    RTE.participant,
    RTE.initiative,
    RTE.event,
    RTE.funder,
    RTE.funded,
    RDF.subject,
    RDF.object,
)
# The whole country is named by an adjective in places: « appel à candidatures national ».
PRINTED_FORMS_OF_THE_COUNTRY = ("France", "national", "nationaux", "nationales", "tous les départements")
# Some pages print the title of their section below its first texts.
LINES_TO_A_TITLE_BELOW = 55
FRENCH_NUMBERS = {
    2: ("deux",),
    3: ("trois",),
    4: ("quatre",),
    5: ("cinq",),
    6: ("six",),
    7: ("sept",),
    10: ("dix", "dizaine"),
    15: ("quinze", "quinzaine"),
    18: ("dix-huit",),
    20: ("vingt", "vingtaine"),
    30: ("trente", "trentaine"),
}
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def sources() -> Path:
    folder = os.environ.get("RTE_GRAPH_SOURCES")
    if not folder:
        pytest.skip("RTE_GRAPH_SOURCES does not name the folder of the source texts")
    return Path(folder)


def folded(text: str) -> str:
    """Lower case, without accents, with words broken at a line's end put together again."""
    text = text.replace("’", "'").replace("œ", "oe").replace("\u202f", " ").replace("\u00a0", " ")
    text = re.sub(r"-[ \t]*\n\s*", "-", text)
    text = unicodedata.normalize("NFD", text).lower()
    text = "".join(char for char in text if not unicodedata.combining(char))
    return re.sub(r"\s+", " ", text).strip()


@cache
def graph() -> Graph:
    result = Graph()
    for path in sorted(DATA.rglob("*.ttl")):
        result.parse(path, format="turtle")
    return result


@cache
def lines_of(document: URIRef) -> list[str]:
    name = str(graph().value(document, RTE.fileName))
    return (sources() / name).read_text(encoding="utf-8").split("\n")


def raw_citation(citation: URIRef) -> str:
    g = graph()
    lines = lines_of(g.value(citation, RTE.document))
    first, last = (int(g.value(citation, p)) for p in (RTE.firstLine, RTE.lastLine))
    return "\n".join(lines[first - 1 : last])


def cited_text(node: URIRef) -> str:
    found = sorted(graph().objects(node, RTE.evidence))
    return " … ".join(folded(raw_citation(citation)) for citation in found)


def printed_forms(entity: URIRef) -> list[str] | None:
    """Names to look for; None where the name is our own description (it has an English form)."""
    g = graph()
    labels = list(g.objects(entity, SKOS.prefLabel))
    forms = [*g.objects(entity, SKOS.altLabel), *g.objects(entity, RTE.formerName)]
    if all(label.language != "en" for label in labels):
        forms += labels
    if entity == COUNTRY:
        forms += [Literal(form) for form in PRINTED_FORMS_OF_THE_COUNTRY]
    return [folded(str(form)) for form in forms] or None


def is_named(entity: URIRef, text: str) -> bool:
    forms = printed_forms(entity)
    return forms is None or any(form in text for form in forms)


def holds_number(value: int, text: str) -> bool:
    digits = re.sub(r"(?<=\d)[ .](?=\d{3})", "", text)
    if re.search(rf"(?<!\d){value}(?!\d)", digits):
        return True
    millions = f"{value / 1_000_000:g}".replace(".", ",")
    if value >= 100_000 and re.search(rf"(?<![\d,]){millions} (millions?|m€)", digits):
        return True
    return any(re.search(rf"\b{word}\b", text) for word in FRENCH_NUMBERS.get(value, ()))


def holds_date(date: Literal, text: str) -> bool:
    parts = str(date).split("-")
    if parts[0] not in text:
        return False
    if len(parts) == 1:
        return True
    month = folded(MONTHS[int(parts[1]) - 1])
    if len(parts) == 2:
        return month in text
    day = int(parts[2])
    return f"{parts[2]}/{parts[1]}/{parts[0]}" in text or bool(re.search(rf"\b0?{day} {month}", text))


def statements() -> list[URIRef]:
    return sorted(set(graph().subjects(RTE.evidence)))


def test_citations_quote_the_text_they_name() -> None:
    g = graph()
    wrong = []
    for citation in g.subjects(RDF.type, RTE.Citation):
        raw = raw_citation(citation)
        if hashlib.sha256(raw.encode()).hexdigest() != str(g.value(citation, RTE.textHash)):
            wrong.append(str(citation))
    assert wrong == []


def test_documents_are_the_files_that_were_read() -> None:
    g = graph()
    for document in g.subjects(RDF.type, RTE.Document):
        content = (sources() / str(g.value(document, RTE.fileName))).read_bytes()
        assert hashlib.sha256(content).hexdigest() == str(g.value(document, RTE.sha256))


def test_headings_stand_in_the_document_before_the_cited_lines_or_just_below() -> None:
    g = graph()
    wrong = []
    for citation in g.subjects(RDF.type, RTE.Citation):
        lines = lines_of(g.value(citation, RTE.document))
        before = folded("\n".join(lines[: int(g.value(citation, RTE.firstLine)) + LINES_TO_A_TITLE_BELOW]))
        if folded(str(g.value(citation, RTE.heading))) not in before:
            wrong.append(f"{citation}: {g.value(citation, RTE.heading)}")
    assert wrong == []


def test_every_name_in_a_statement_stands_in_its_cited_lines() -> None:
    g = graph()
    missing = []
    for node in statements():
        text = cited_text(node)
        named = [node] if ENTITIES & set(g.objects(node, RDF.type)) else []
        named += [o for p in NAMED_BY for o in g.objects(node, p) if ENTITIES & set(g.objects(o, RDF.type))]
        if RTE.Figure in g.objects(node, RDF.type):
            named += [s for s in g.subjects(RTE.figure, node) if ENTITIES & set(g.objects(s, RDF.type))]
        missing += [f"{node}: {name}" for name in named if not is_named(name, text)]
    assert missing == []


def test_every_figure_stands_in_its_cited_lines() -> None:
    g = graph()
    missing = []
    for figure in g.subjects(RDF.type, RTE.Figure):
        text = cited_text(figure)
        if not holds_number(int(g.value(figure, RTE.value)), text):
            missing.append(f"{figure}: {g.value(figure, RTE.value)}")
        printed = g.value(figure, RTE.printedValue)
        if printed is not None and folded(str(printed)) not in text:
            missing.append(f"{figure}: {printed}")
    assert missing == []


def test_every_dated_claim_and_printed_role_stands_in_its_cited_lines() -> None:
    g = graph()
    missing = []
    for node in statements():
        text = cited_text(node)
        for value in g.objects(node, RDF.object):
            is_date = isinstance(value, Literal) and value.datatype in {XSD.gYear, XSD.gYearMonth, XSD.date}
            if is_date and not holds_date(value, text):
                missing.append(f"{node}: {value}")
        for role in g.objects(node, RTE.printedRole):
            if folded(str(role)) not in text:
                missing.append(f"{node}: {role}")
        for name in (v for v in g.objects(node, RDF.object) if getattr(v, "language", None) == "fr"):
            if folded(str(name)) not in text:
                missing.append(f"{node}: {name}")
    assert missing == []
