"""Ways to spoil the valid examples that concern no single property: names, structure, dates, references."""

from __future__ import annotations

from .mutations import FOCUS, MUTATIONS, add, drop, on, refuse, swap

__all__ = ["MUTATIONS"]

# ---- names

# Blank to the eye: nothing, a space, a no-break space, a zero-width space.
_blank = ('""@fr', '"  "@fr', '"\u00a0"@fr', '"\u200b"@fr')
refuse(
    "NameShape-notBlank", "Organisation", *(swap(FOCUS["Organisation"], "skos:prefLabel", v) for v in _blank)
)
refuse("OtherNameShape-altLabel", "Organisation", swap(FOCUS["Organisation"], "skos:altLabel", '" "@fr'))
refuse("OtherNameShape-formerName", "Organisation", swap(FOCUS["Organisation"], "rte:formerName", '""@fr'))
_controls = (f'"Pont{character}"@fr' for character in (r"\n", r"\u0007", r"\u007F", r"\u202E", r"\u2069"))
refuse(
    "NameShape-noControlCharacter",
    "Organisation",
    *(swap(FOCUS["Organisation"], "skos:prefLabel", value) for value in _controls),
    swap(FOCUS["Organisation"], "skos:altLabel", r'"a\tb"@fr'),
    swap(FOCUS["Organisation"], "rte:formerName", r'"\u202Dab"@fr'),
)

# ---- structure and repetition

refuse(
    "ActorShape-uniqueName",
    "Membership",
    add("alliance:x", "a rte:Alliance ; skos:prefLabel", '"Atelier du Pont"@fr'),
)
refuse(
    "AllianceShape-nationalStandsAlone",
    "Alliance",
    add(FOCUS["Alliance"], "org:subOrganizationOf", "alliance:alliance-du-pont-clermont"),
    swap("alliance:alliance-du-pont-clermont", "rte:level", "alliance-level:national"),
)
_member = FOCUS["Organisation"]
refuse(
    "OrganisationShape-notPartOfItself",
    "Organisation",
    swap(_member, "org:subOrganizationOf", _member),
    swap(_member, "org:subOrganizationOf", "organisation:b")
    + f" ; INSERT DATA {{ organisation:b org:subOrganizationOf {_member} }}",
)
_meta = FOCUS["MetaCoalition"]
refuse("MetaCoalitionShape-notItself", "MetaCoalition", add(_meta, "rte:gathersMembersOf", _meta))
refuse("MetaCoalitionShape-onlyItGathers", "MetaCoalition", swap(_meta, "a", "rte:Alliance"))
refuse(
    "MembershipShape-once",
    "Membership",
    f"INSERT {{ membership:again ?p ?o }} WHERE {{ {FOCUS['Membership']} ?p ?o }}",
)
refuse(
    "CharacterisationShape-once",
    "Characterisation",
    f"INSERT {{ characterisation:again ?p ?o }} WHERE {{ {FOCUS['Characterisation']} ?p ?o }}",
)
_town = FOCUS["Territory"]
on("Territory", "notWithinItself", "rte:within", values=[_town])
refuse("TerritoryShape-notWithinItself", "Territory", swap("territory:departement-63", "rte:within", _town))
on("Territory", "codeFitsKind", "rte:inseeCode", values=['"63"', '"974"'])
for _kind_of in ("departement", "region"):
    refuse("TerritoryShape-codeFitsKind", "Territory", swap(_town, "rte:kind", f"territory-kind:{_kind_of}"))
on("Figure", "countNotNegative", "rte:value", values=["-1", '"-0.5"^^xsd:decimal'])

# ---- datasets

_data = FOCUS["Dataset"]
on("Dataset", "license", "dcterms:license", values=['"CC BY 4.0"', "<urn:licence:libre>"])
refuse("DatasetShape-licensePresent", "Dataset", drop(_data, "dcterms:license"))
refuse(
    "DatasetShape-title", "Dataset", drop(_data, "dcterms:title"), swap(_data, "dcterms:title", '"Titel"@de')
)
_issued = swap(_data, "dcterms:issued", '"hier"')
refuse("DatasetShape-issued", "Dataset", drop(_data, "dcterms:issued"), _issued)

# ---- dates and references, whatever the class


def _day(text: str) -> str:
    return f'"{text}"^^xsd:date'


_event, _dates = (
    FOCUS["Event"],
    ('"le 17 mai"', '"17/05/2025"', '"2025-13"^^xsd:gYearMonth', '"25"^^xsd:gYear'),
)
for _name in ("start", "end", "date"):
    _twice = swap(_event, f"rte:{_name}", '"2025"^^xsd:gYear, "2026"^^xsd:gYear')
    refuse(f"DatedShape-{_name}", "Event", *(swap(_event, f"rte:{_name}", value) for value in _dates), _twice)
for _name in ("earliest", "latest"):
    _days = ('"2025"^^xsd:gYear', '"2025-02-30"^^xsd:date', '"2025-05-17"^^xsd:date, "2025-05-18"^^xsd:date')
    refuse(f"DatedShape-{_name}", "Event", *(swap(_event, f"rte:{_name}", value) for value in _days))
refuse("DatedShape-dayOrder", "Event", swap(_event, "rte:earliest", '"2025-05-18"^^xsd:date'))
_founded = FOCUS["Organisation"]
refuse("DatedShape-startHasEarliest", "Organisation", drop(_founded, "rte:earliest"))
refuse(
    "DatedShape-earliestFitsStart",
    "Organisation",
    swap(_founded, "rte:start", '"2022"^^xsd:gYear')
    + f" ; {swap(_founded, 'rte:earliest', _day('1999-01-01'))}",
    swap(_founded, "rte:start", '"2022-06"^^xsd:gYearMonth')
    + f" ; {swap(_founded, 'rte:earliest', _day('2022-07-01'))}",
)
refuse(
    "DatedShape-latestFitsEnd",
    "Organisation",
    add(_founded, "rte:end", f'"2022"^^xsd:gYear ; rte:latest {_day("2023-01-01")}'),
)
refuse(
    "DatedShape-startBeforeEnd",
    "Organisation",
    add(_founded, "rte:end", '"1804"^^xsd:gYear'),
    swap(_founded, "rte:start", '"2022-06"^^xsd:gYearMonth')
    + f" ; {add(_founded, 'rte:end', _day('2022-05-31'))}",
)
refuse(
    "ThingShape",
    "Participation",
    "INSERT DATA { organisation:atelier-du-pont a rte:Person }",
    "INSERT DATA { organisation:atelier-du-pont a rte:Alliance }",
    "INSERT DATA { initiative:cafe-des-reparations a rte:Event }",
)
for _name in ("earliest", "latest"):
    refuse("EventShape-dateHasEarliest", "Event", drop(_event, f"rte:{_name}"))
refuse(
    "ReferenceShape-described",
    "Membership",
    swap(FOCUS["Membership"], "org:member", "organisation:misspelt"),
    swap(FOCUS["Membership"], "rte:evidence", "citation:elsewhere"),
)
