"""The fixed orders of canonical Turtle: sections, predicates, values.

Changing a line here rewrites files: run ``python -m rte_graph.rdf_io --write`` on all of them after it.
"""

from __future__ import annotations

from rte_graph.namespaces import DCAT, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, RTE, SH, SKOS, VANN, VS

# (banner, classes); a subject stands in the first section one of its classes belongs to.
SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Ontology", (OWL("Ontology"),)),
    ("Classes", (OWL("Class"), RDFS("Class"))),
    ("Object properties", (OWL("ObjectProperty"),)),
    ("Datatype properties", (OWL("DatatypeProperty"),)),
    ("Annotation properties", (OWL("AnnotationProperty"),)),
    ("Properties", (RDF("Property"),)),
    ("Node shapes", (SH("NodeShape"),)),
    ("Property shapes", (SH("PropertyShape"),)),
    ("SPARQL constraints", (SH("SPARQLConstraint"),)),
    ("Prefixes", (SH("PrefixDeclaration"),)),
    ("Saved queries", (SH("SPARQLExecutable"),)),
    ("Parameters", (SH("Parameter"),)),
    ("Schemes", (SKOS("ConceptScheme"),)),
    ("Concepts", (SKOS("Concept"),)),
    ("Datasets", (DCAT("Dataset"), DCAT("Catalog"))),
    ("Documents", (RTE("Document"),)),
    ("Alliances", (RTE("Alliance"), RTE("MetaCoalition"))),
    ("Organisations", (RTE("Organisation"),)),
    ("Persons", (RTE("Person"),)),
    ("Actors", (RTE("Actor"),)),
    ("Memberships", (RTE("Membership"),)),
    ("Stakeholder relations", (RTE("StakeholderRelation"),)),
    ("Interactions", (RTE("Interaction"),)),
    ("Initiatives", (RTE("Initiative"),)),
    ("Events", (RTE("Event"),)),
    ("Participations", (RTE("Participation"),)),
    ("Fundings", (RTE("Funding"),)),
    ("Territories", (RTE("Territory"),)),
    ("Figures", (RTE("Figure"),)),
    ("Characterisations", (RTE("Characterisation"),)),
    ("Claims", (RTE("Claim"),)),
    ("Citations", (RTE("Citation"),)),
    ("Computations", (RTE("Computation"),)),
    ("Measurements", (RTE("Measurement"),)),
)
OTHER = "Others"

_HEAD: tuple[str, ...] = (
    RDF("type"),
    SKOS("prefLabel"),
    RDFS("label"),
    SKOS("altLabel"),
    SKOS("hiddenLabel"),
    RTE("formerName"),
    DCTERMS("title"),
    SKOS("notation"),
    SKOS("definition"),
    DCTERMS("description"),
    SKOS("example"),
    VANN("preferredNamespacePrefix"),
    VANN("preferredNamespaceUri"),
    RDFS("subClassOf"),
    RDFS("subPropertyOf"),
    RDFS("domain"),
    RDFS("range"),
    OWL("inverseOf"),
    OWL("disjointWith"),
    SKOS("inScheme"),
    SKOS("topConceptOf"),
    SKOS("broader"),
    SKOS("related"),
    SKOS("exactMatch"),
    SKOS("closeMatch"),
    SKOS("broadMatch"),
    SKOS("narrowMatch"),
    RTE("stepKind"),
    RTE("order"),
    # shapes
    SH("targetClass"),
    SH("targetSubjectsOf"),
    SH("targetObjectsOf"),
    SH("name"),
    SH("path"),
    SH("property"),
    SH("class"),
    SH("datatype"),
    SH("nodeKind"),
    SH("minCount"),
    SH("maxCount"),
    # actors
    RTE("kind"),
    RTE("form"),
    RTE("level"),
    RTE("inFamily"),
    RTE("purpose"),
    RTE("origin"),
    # n-ary nodes: who, to what, as what
    RDF("subject"),
    RDF("predicate"),
    RDF("object"),
    ORG("member"),
    ORG("organization"),
    ORG("role"),
    RTE("printedRole"),
    RTE("party"),
    RTE("partyFamily"),
    RTE("partyCategory"),
    RTE("towards"),
    RTE("funder"),
    RTE("funderFamily"),
    RTE("funderCategory"),
    RTE("funded"),
    RTE("resourceKind"),
    RTE("participant"),
    RTE("participantFamily"),
    RTE("participantCategory"),
    RTE("initiative"),
    RTE("event"),
    RTE("role"),
    RTE("commonProjectOf"),
    RTE("arisesFrom"),
    RTE("presentedAs"),
    RTE("partOf"),
    RTE("editionOf"),
    ORG("subOrganizationOf"),
    RTE("gathersMembersOf"),
    # figures
    RTE("value"),
    RTE("unit"),
    RTE("counts"),
    RTE("qualifier"),
    RTE("printedValue"),
    # citations and documents
    RTE("document"),
    RTE("heading"),
    RTE("firstLine"),
    RTE("lastLine"),
    RTE("page"),
    RTE("textHash"),
    DCTERMS("creator"),
    DCTERMS("publisher"),
    DCTERMS("language"),
    DCTERMS("license"),
    # published results: what of what, then how
    RTE("onNetwork"),
    RTE("measure"),
    RTE("nodeSet"),
    RTE("ofNode"),
    RTE("measuredRank"),
    RTE("measuredValue"),
    RTE("rawValue"),
    RTE("pValue"),
    RTE("qValue"),
    RTE("effectSize"),
    RTE("softwareVersion"),
    RTE("dataHash"),
    RTE("queryHash"),
    RTE("parameters"),
    RTE("seed"),
    RTE("queryText"),
    # claims
    RTE("rank"),
    RTE("alternativeTo"),
    RTE("reason"),
    # time and place
    RTE("date"),
    RTE("start"),
    RTE("end"),
    RTE("earliest"),
    RTE("latest"),
    RTE("territory"),
    RTE("territoryCategory"),
    RTE("spreadTo"),
    RTE("spreadToKind"),
    RTE("within"),
    RTE("overlaps"),
)

_TAIL: tuple[str, ...] = (
    RTE("figure"),
    SH("severity"),
    SH("message"),
    SKOS("note"),
    SKOS("scopeNote"),
    SKOS("historyNote"),
    RDFS("comment"),
    FOAF("homepage"),
    PROV("wasDerivedFrom"),
    RDFS("seeAlso"),
    RDFS("isDefinedBy"),
    VS("term_status"),
    OWL("deprecated"),
    DCTERMS("isReplacedBy"),
    RTE("evidence"),
)

_HEAD_RANK = {iri: rank for rank, iri in enumerate(_HEAD)}
_TAIL_RANK = {iri: rank for rank, iri in enumerate(_TAIL)}
_SECTION_RANK = {iri: rank for rank, (_, classes) in enumerate(SECTIONS) for iri in classes}
_LANGUAGE_RANK = {"fr": 0, "en": 1}


def predicate_key(iri: str) -> tuple[int, int, str]:
    """Return the sort key of a predicate: the named ones first, others by IRI, notes and evidence last."""
    if iri in _HEAD_RANK:
        return 0, _HEAD_RANK[iri], iri
    if iri in _TAIL_RANK:
        return 2, _TAIL_RANK[iri], iri
    return 1, 0, iri


def section_of(classes: list[str]) -> int:
    """Return the rank of a subject's section; the rank after the last one when no class is known."""
    return min((_SECTION_RANK.get(iri, len(SECTIONS)) for iri in classes), default=len(SECTIONS))


def banner(section: int) -> str:
    """Return the comment line that opens a section."""
    title = SECTIONS[section][0] if section < len(SECTIONS) else OTHER
    return f"# ---- {title} ----"


def language_key(language: str | None) -> tuple[int, str]:
    """Return the sort key of a language: French, English, then the others by tag."""
    return _LANGUAGE_RANK.get(language or "", 2), language or ""
