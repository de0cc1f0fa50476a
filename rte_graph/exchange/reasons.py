"""Why some things of others have no place with us, and some of ours none with them."""

from __future__ import annotations

from rte_graph.namespaces import DCTERMS, ESSGLOBAL, FOAF, ORG, OWL, PAIR, RDF, RTE, SCHEMA, SKOS, Namespace
from rte_graph.sparql.model import Text

_VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_WGS = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
_GR = Namespace("http://purl.org/goodrelations/v1#")

PRIVATE = Text(fr="donnée personnelle, jamais reprise", en="personal data, never taken over")
ADDRESS = Text(
    fr="adresse ou coordonnées : nous situons par territoire (rte:territory, code INSEE)",
    en="address or coordinates: we place by territory (rte:territory, INSEE code)",
)
TRADE = Text(fr="commerce et production : hors de notre sujet", en="trade and production: not our subject")
PICTURE = Text(fr="image ou média : nous n’en gardons pas", en="picture or medium: we keep none")
LINK = Text(
    fr="lien vers d’autres descriptions : gardez-le dans votre fichier",
    en="link to other descriptions: keep it in your file",
)
STAFF = Text(
    fr="effectifs : un chiffre demande ici son passage (rte:Figure)",
    en="head counts: a figure needs its passage here (rte:Figure)",
)
TECHNICAL = Text(fr="tenue du fichier ou du serveur", en="upkeep of the file or server")
NO_PLACE = Text(
    fr="sans place dans une organisation : une personne n’est reprise que pour sa fonction",
    en="without a place in an organisation: a person is taken over for a function only",
)
CONCEPTS = Text(
    fr="concept : voyez la partie des concepts",
    en="concept: see the part on concepts",
)
ELSEWHERE = Text(
    fr="porté par une ressource qui ne passe pas", en="stands on a resource that does not come across"
)
NOTHING = Text(fr="aucun équivalent chez nous", en="nothing of ours corresponds")
NOTHING_THERE = Text(fr="aucun équivalent chez eux", en="nothing of theirs corresponds")
CONDITION = Text(
    fr="la valeur n’est pas de celles qui se traduisent", en="the value is not one that can be translated"
)
EVIDENCE = Text(
    fr="les preuves (passages cités) n’ont pas d’équivalent", en="evidence (cited passages) has no equivalent"
)
CODING = Text(fr="le codage n’a pas d’équivalent", en="coding has no equivalent")
SECTOR = Text(
    fr="les organisations n’ont pas de secteur chez nous, les réseaux si (rte:theme)",
    en="organisations have no sector with us, networks do (rte:theme)",
)

_BY_IRI: dict[str, Text] = {
    **dict.fromkeys(
        (
            *(FOAF("mbox"), FOAF("phone"), FOAF("account"), FOAF("OnlineAccount"), FOAF("accountName")),
            *(SCHEMA("email"), SCHEMA("telephone"), SCHEMA("contactPoint"), SCHEMA("ContactPoint")),
            *(SCHEMA("faxNumber"), SCHEMA("employee"), SCHEMA("givenName"), SCHEMA("familyName")),
            *(SCHEMA("birthDate"), PAIR("e-mail"), PAIR("phone"), PAIR("firstName"), PAIR("lastName")),
            *(_VCARD("hasTelephone"), _VCARD("hasEmail"), _VCARD("value")),
            *(FOAF("givenName"), FOAF("familyName"), FOAF("accountServiceHomepage"), SCHEMA("gender")),
        ),
        PRIVATE,
    ),
    **dict.fromkeys(
        (
            *(ESSGLOBAL("hasAddress"), ESSGLOBAL("Address"), ESSGLOBAL("state"), SCHEMA("address")),
            *(SCHEMA("PostalAddress"), SCHEMA("geo"), SCHEMA("GeoCoordinates"), SCHEMA("latitude")),
            *(SCHEMA("longitude"), PAIR("hasPostalAddress"), PAIR("PostalAddress"), PAIR("latitude")),
            *(PAIR("longitude"), PAIR("address"), PAIR("addressCountry"), PAIR("addressLocality")),
            *(PAIR("addressStreet"), PAIR("addressZipCode"), ORG("hasSite"), ORG("Site"), ORG("siteAddress")),
            *(SCHEMA("streetAddress"), SCHEMA("postalCode"), SCHEMA("addressLocality")),
            *(SCHEMA("addressRegion"), SCHEMA("addressCountry"), _WGS("lat"), _WGS("long")),
        ),
        ADDRESS,
    ),
    **dict.fromkeys((SCHEMA("logo"), SCHEMA("image"), FOAF("depiction"), FOAF("img"), FOAF("logo")), PICTURE),
    **dict.fromkeys((OWL("sameAs"), SCHEMA("sameAs"), "http://www.w3.org/2000/01/rdf-schema#seeAlso"), LINK),
    **dict.fromkeys(
        (
            *(ESSGLOBAL("totalOfMembers"), ESSGLOBAL("totalWomen"), ESSGLOBAL("totalMen")),
            *(SCHEMA("numberOfEmployees"), SCHEMA("QuantitativeValue")),
        ),
        STAFF,
    ),
    **dict.fromkeys(
        (ESSGLOBAL("legalForm"), ESSGLOBAL("organisationalStructure"), ESSGLOBAL("qualifier")), CONCEPTS
    ),
    ESSGLOBAL("baseMembershipType"): CONCEPTS,
    **dict.fromkeys((FOAF("Person"), SCHEMA("Person"), PAIR("Person")), NO_PLACE),
    **dict.fromkeys((DCTERMS("created"), DCTERMS("modified"), DCTERMS("creator")), TECHNICAL),
    ESSGLOBAL("primarySector"): CONCEPTS,
    **dict.fromkeys((ESSGLOBAL("economicSector"), ESSGLOBAL("additionalSectors")), SECTOR),
    **dict.fromkeys((SKOS("Concept"), SKOS("ConceptScheme"), SKOS("inScheme"), SKOS("broader")), CONCEPTS),
    **dict.fromkeys(
        (
            *(RTE("evidence"), RTE("Citation"), RTE("Claim"), RTE("Document"), RTE("textHash")),
            *(RTE("firstLine"), RTE("lastLine"), RTE("heading"), RTE("document"), RTE("page")),
            *(RTE("rank"), RTE("reason"), RTE("alternativeTo"), RDF("subject"), RDF("predicate")),
            *(RDF("object"), RTE("sha256"), RTE("fileName")),
        ),
        EVIDENCE,
    ),
    **dict.fromkeys(
        (RTE("Characterisation"), RTE("codebook"), RTE("coder"), RTE("dimension"), RTE("aspect")), CODING
    ),
}
_BY_SPACE: tuple[tuple[str, Text], ...] = (
    (_VCARD, ADDRESS),
    (_WGS, ADDRESS),
    ("http://data.ordnancesurvey.co.uk/", ADDRESS),
    (_GR, TRADE),
    ("http://semapps.org/", TECHNICAL),
    ("http://www.w3.org/ns/ldp#", TECHNICAL),
    ("http://www.w3.org/ns/auth/acl#", TECHNICAL),
    ("https://w3id.org/security", TECHNICAL),
    ("https://www.w3.org/ns/activitystreams#", TECHNICAL),
)
_TRADE_NAMES = ("Cost", "Sale", "Product", "Input", "Labour", "isAvailable", "delivery", "unit", "quantity")


def reason_of(iri: str) -> Text | None:
    """Return why a class or property has no equivalent, where it is known."""
    if iri in _BY_IRI:
        return _BY_IRI[iri]
    if iri.startswith(ESSGLOBAL) and any(part in iri for part in _TRADE_NAMES):
        return TRADE
    return next((text for space, text in _BY_SPACE if iri.startswith(space)), None)
