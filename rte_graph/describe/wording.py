"""How statements are put into words, in French and English."""

from __future__ import annotations

from dataclasses import dataclass

from rte_graph.namespaces import DCAT, DCTERMS, FOAF, ORG, RDF, RDFS, RTE, SKOS
from rte_graph.sparql.model import Text
from rte_graph.sparql.wording import colon, quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class Nary:
    """How an n-ary class is read: who, in which role, with what.

    ``subject_group`` heads the list on the side of `right` (an alliance's members), ``object_group`` the list
    on the side of `left` (an organisation's alliances).
    """

    class_iri: str
    left: tuple[str, ...]
    role: str
    right: tuple[str, ...]
    left_group: Text
    right_group: Text
    sentence: Text


def _parties(stem: str) -> tuple[str, ...]:
    return (RTE(stem), RTE(f"{stem}Family"), RTE(f"{stem}Category"))


NARY: tuple[Nary, ...] = (
    Nary(
        class_iri=RTE("Membership"),
        left=(ORG("member"),),
        role=ORG("role"),
        right=(ORG("organization"),),
        left_group=Text(fr="Membre de, fonctions et mandats", en="Member of, functions and seats"),
        right_group=Text(fr="Membres", en="Members"),
        sentence=Text(fr="{left}, {role} de {right}", en="{left}, {role} of {right}"),
    ),
    Nary(
        class_iri=RTE("StakeholderRelation"),
        left=_parties("party"),
        role=RTE("kind"),
        right=(RTE("towards"),),
        left_group=Text(fr="Partie prenante de", en="Stakeholder of"),
        right_group=Text(fr="Parties prenantes", en="Stakeholders"),
        sentence=Text(fr="{left}, {role}\u00a0: {right}", en="{left}, {role}: {right}"),
    ),
    Nary(
        class_iri=RTE("Interaction"),
        left=_parties("party"),
        role=RTE("channel"),
        right=(RTE("towards"),),
        left_group=Text(fr="Interactions", en="Interactions"),
        right_group=Text(fr="Interactions", en="Interactions"),
        sentence=Text(fr="{left}, {role}\u00a0: {right}", en="{left}, {role}: {right}"),
    ),
    Nary(
        class_iri=RTE("Participation"),
        left=_parties("participant"),
        role=RTE("role"),
        right=(RTE("initiative"), RTE("event")),
        left_group=Text(fr="Projets et événements", en="Projects and events"),
        right_group=Text(fr="Participants", en="Participants"),
        sentence=Text(fr="{left}, {role}\u00a0: {right}", en="{left}, {role}: {right}"),
    ),
    Nary(
        class_iri=RTE("Funding"),
        left=_parties("funder"),
        role=RTE("resourceKind"),
        right=(RTE("funded"),),
        left_group=Text(fr="Finance", en="Funds"),
        right_group=Text(fr="Financeurs", en="Funders"),
        sentence=Text(fr="{left}, financeur ({role}) de {right}", en="{left}, funder ({role}) of {right}"),
    ),
    Nary(
        class_iri=RTE("Characterisation"),
        left=(RTE("initiative"),),
        role=RTE("aspect"),
        right=(RTE("dimension"),),
        left_group=Text(fr="Codage selon la grille", en="Coding by the grid"),
        right_group=Text(fr="Initiatives codées", en="Initiatives coded"),
        sentence=Text(fr="{left}, {role}\u00a0: {right}", en="{left}, {role}: {right}"),
    ),
)

PERSONS = Text(fr="Personnes", en="Persons")
FIGURES = Text(fr="Chiffres", en="Figures")
TERRITORIAL = Text(fr="Déclinaisons territoriales", en="Territorial branches")
BACKED = Text(fr="Énoncés qui s’appuient sur ce passage", en="Statements that rest on this passage")

LINE = Text(fr="ligne", en="line")
LINES = Text(fr="lignes", en="lines")

INVERSE: dict[str, Text] = {
    RTE("commonProjectOf"): Text(fr="Projets communs", en="Common projects"),
    RTE("arisesFrom"): Text(fr="Coopérations nées à côté", en="Cooperation born beside"),
    RTE("gathersMembersOf"): Text(fr="Ses membres se retrouvent dans", en="Its members are gathered in"),
    RTE("partOf"): Text(fr="Parties", en="Parts"),
    RTE("editionOf"): Text(fr="Éditions", en="Editions"),
    RTE("territory"): Text(fr="Ce qui s’y passe", en="What happens there"),
    RTE("within"): Text(fr="Territoires compris", en="Territories within"),
    RTE("document"): Text(fr="Passages cités", en="Passages cited"),
    RTE("evidence"): BACKED,
    RTE("figure"): Text(fr="Chiffre de", en="Figure of"),
    RTE("inFamily"): Text(fr="Membres de la famille", en="Members of the family"),
    ORG("subOrganizationOf"): Text(fr="Ce qui en dépend", en="What is part of it"),
    SKOS("broader"): Text(fr="Concepts plus précis", en="Narrower concepts"),
    SKOS("inScheme"): Text(fr="Concepts", en="Concepts"),
    RDF("type"): Text(fr="Exemplaires", en="Instances"),
    RDFS("subClassOf"): Text(fr="Classes plus précises", en="Narrower classes"),
    DCTERMS("source"): Text(fr="Jeux de données tirés de là", en="Datasets taken from it"),
    DCTERMS("creator"): Text(fr="Œuvres", en="Works"),
}
"""Headings of what points to the subject; others are « label of the property » de."""

PREDICATES: dict[str, Text] = {
    FOAF("homepage"): Text(fr="site", en="website"),
    ORG("subOrganizationOf"): Text(fr="dépend de", en="part of"),
    SKOS("definition"): Text(fr="définition", en="definition"),
    SKOS("example"): Text(fr="exemple", en="example"),
    SKOS("broader"): Text(fr="concept plus large", en="broader concept"),
    SKOS("inScheme"): Text(fr="vocabulaire", en="vocabulary"),
    SKOS("notation"): Text(fr="notation", en="notation"),
    DCTERMS("title"): Text(fr="titre", en="title"),
    DCTERMS("creator"): Text(fr="auteur", en="author"),
    DCTERMS("publisher"): Text(fr="éditeur", en="publisher"),
    DCTERMS("language"): Text(fr="langue", en="language"),
    DCTERMS("license"): Text(fr="licence", en="licence"),
    DCTERMS("source"): Text(fr="source", en="source"),
    DCTERMS("issued"): Text(fr="date de publication", en="date of publication"),
    DCAT("version"): Text(fr="version", en="version"),
    ORG("member"): Text(fr="membre", en="member"),
    ORG("organization"): Text(fr="organisation", en="organisation"),
    ORG("role"): Text(fr="rôle", en="role"),
    RDF("subject"): Text(fr="sujet", en="subject"),
    RDF("predicate"): Text(fr="propriété", en="property"),
    RDF("object"): Text(fr="valeur", en="value"),
    RDFS("subClassOf"): Text(fr="classe plus large", en="broader class"),
}
"""Labels of properties that are not ours; our own have theirs in the ontology."""

CLASSES: dict[str, Text] = {
    DCAT("Dataset"): Text(fr="jeu de données", en="dataset"),
    FOAF("Document"): Text(fr="document", en="document"),
}
"""Labels of classes that are not ours, where they say what a resource is."""

ORDER = (
    SKOS("definition"),
    RTE("document"),
    RTE("heading"),
    RTE("firstLine"),
    RTE("lastLine"),
    ORG("member"),
    ORG("role"),
    ORG("organization"),
    RDF("subject"),
    RDF("predicate"),
    RDF("object"),
    RTE("form"),
    RTE("level"),
    RTE("kind"),
    RTE("purpose"),
    RTE("origin"),
    RTE("date"),
    RTE("start"),
    RTE("end"),
    ORG("subOrganizationOf"),
    RTE("commonProjectOf"),
    RTE("arisesFrom"),
    RTE("gathersMembersOf"),
    RTE("declaredCoverage"),
    RTE("state"),
    RTE("theme"),
    RTE("competence"),
    RTE("public"),
    RTE("territory"),
    RTE("territoryCategory"),
)
"""Facts in the order in which a reader wants them; others follow by label."""

HIDDEN = frozenset(
    {
        RDF("type"),
        SKOS("prefLabel"),
        SKOS("altLabel"),
        SKOS("note"),
        SKOS("topConceptOf"),
        RDFS("label"),
        RDFS("isDefinedBy"),
        DCTERMS("description"),
        RTE("formerName"),
        RTE("evidence"),
        RTE("figure"),
        RTE("earliest"),
        RTE("latest"),
        RTE("textHash"),
        RTE("sha256"),
    }
)
"""Properties that are shown elsewhere, or are for machines."""

TEXTS = frozenset(
    {RTE("purpose"), RTE("origin"), RTE("leverText"), RTE("impactText"), SKOS("definition"), SKOS("example")}
    | {DCTERMS("title"), RTE("reason")}
)
"""Properties whose values are one text in several languages."""


def plain_sentence(left: str, predicate: str, right: str, lang: str) -> str:
    """A plain triple in words: « left — predicate : right »."""
    return f"{left} — {predicate}{colon(lang)} {right}"


def nary_sentence(nary: Nary, left: str, role: str, right: str, lang: str) -> str:
    """An n-ary node in words.

    Examples
    --------
    >>> nary_sentence(NARY[0], "Siel Bleu", "member", "Coalition Solidaire", "en")
    'Siel Bleu, member of “Coalition Solidaire”'
    """
    template = nary.sentence.in_language(lang)
    return template.format(left=left, role=role, right=quoted(right, lang))
