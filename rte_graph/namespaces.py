"""Every namespace that rte-graph writes, and the fixed prefix table of canonical Turtle.

Plain strings only: this floor loads no RDF library.
"""

from __future__ import annotations


class Namespace(str):
    """An IRI prefix; calling it gives the IRI of a local name.

    Examples
    --------
    >>> RTE("Alliance")
    'https://w3id.org/rte/ontology#Alliance'
    """

    __slots__ = ()

    def __call__(self, local: str) -> str:
        """Return the IRI of ``local`` in this namespace."""
        return f"{self}{local}"


ONTOLOGY_IRI = "https://w3id.org/rte/ontology"
VOCABULARY_BASE = "https://w3id.org/rte/vocab/"
DATA_BASE = "https://w3id.org/rte/id/"

RTE = Namespace("https://w3id.org/rte/ontology#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
SH = Namespace("http://www.w3.org/ns/shacl#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
DCTERMS = Namespace("http://purl.org/dc/terms/")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
ORG = Namespace("http://www.w3.org/ns/org#")
PROV = Namespace("http://www.w3.org/ns/prov#")
VOID = Namespace("http://rdfs.org/ns/void#")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")
SCHEMA = Namespace("https://schema.org/")
VS = Namespace("http://www.w3.org/2003/06/sw-vocab-status/ns#")
VANN = Namespace("http://purl.org/vocab/vann/")
CC = Namespace("http://creativecommons.org/ns#")
TIME = Namespace("http://www.w3.org/2006/time#")
IGEO = Namespace("http://rdf.insee.fr/def/geo#")
ESSGLOBAL = Namespace("http://purl.org/essglobal/vocab/")
PAIR = Namespace("http://virtual-assembly.org/ontologies/pair#")
WD = Namespace("http://www.wikidata.org/entity/")
WDT = Namespace("http://www.wikidata.org/prop/direct/")

# Kinds of data IRIs, in the order in which a reader meets them.
DATA_KINDS: tuple[str, ...] = (
    "dataset",
    "document",
    "alliance",
    "organisation",
    "person",
    "membership",
    "relation",
    "interaction",
    "initiative",
    "event",
    "participation",
    "funding",
    "territory",
    "figure",
    "characterisation",
    "claim",
    "citation",
    "network",
    "computation",
    "measurement",
)

# Concept schemes; a scheme's name is its prefix.
SCHEMES: tuple[str, ...] = (
    "action-domain",
    "actor-category",
    "alliance-form",
    "alliance-level",
    "challenge",
    "competence",
    "counted-thing",
    "coverage",
    "difficulty",
    "economic-model",
    "event-kind",
    "funding-source",
    "governance",
    "grid-aspect",
    "grid-dimension",
    "initiative-kind",
    "initiative-state",
    "line-of-force",
    "measure",
    "membership-role",
    "need",
    "organisation-family",
    "organisation-kind",
    "participation-role",
    "partner-stake",
    "perspective",
    "public",
    "qualifier",
    "rank",
    "report-form",
    "research-step",
    "resource-kind",
    "rse-pillar",
    "spread-target",
    "stakeholder-kind",
    "stakeholder-tool",
    "step-kind",
    "territory-category",
    "territory-kind",
    "theme",
    "unit",
)


def scheme_namespace(scheme: str) -> Namespace:
    """Return the namespace of a scheme's concepts."""
    return Namespace(f"{VOCABULARY_BASE}{scheme}/")


def data_namespace(kind: str) -> Namespace:
    """Return the namespace of the data of one kind."""
    return Namespace(f"{DATA_BASE}{kind}/")


# The order is the order of the @prefix lines in every canonical file.
PREFIXES: dict[str, Namespace] = {
    "rte": RTE,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "sh": SH,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "dcat": DCAT,
    "foaf": FOAF,
    "org": ORG,
    "prov": PROV,
    "void": VOID,
    "geo": GEO,
    "schema": SCHEMA,
    "vs": VS,
    "vann": VANN,
    "cc": CC,
    "time": TIME,
    "igeo": IGEO,
    "essglobal": ESSGLOBAL,
    "pair": PAIR,
    "wd": WD,
    "wdt": WDT,
    **{kind: data_namespace(kind) for kind in DATA_KINDS},
    "scheme": Namespace(VOCABULARY_BASE),
    **{scheme: scheme_namespace(scheme) for scheme in SCHEMES},
}

# Longest namespace first, so that a concept is never written with the prefix of its scheme's folder.
_LONGEST_FIRST: tuple[tuple[str, Namespace], ...] = tuple(
    sorted(PREFIXES.items(), key=lambda item: -len(item[1]))
)


def split_iri(iri: str) -> tuple[str, str] | None:
    """Return the (prefix, local name) of an IRI, or None when no prefix of the table fits.

    Examples
    --------
    >>> split_iri("https://w3id.org/rte/vocab/alliance-form/coalition")
    ('alliance-form', 'coalition')
    """
    for prefix, namespace in _LONGEST_FIRST:
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return prefix, iri[len(namespace) :]
    return None


def shorten(iri: str) -> str:
    """Return ``prefix:local`` for people to read, or the IRI itself when no prefix fits."""
    parts = split_iri(iri)
    if parts is None or "/" in parts[1]:
        return iri
    return f"{parts[0]}:{parts[1]}"
