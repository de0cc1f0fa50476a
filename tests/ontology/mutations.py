"""For each shape with a target, ways to spoil the valid example that must be refused by that very shape.

A row is ``shape -> ((example, SPARQL update), …)``. The helpers write the updates that recur.
Rows that concern no single property stand in ``mutation_rules``.
"""

from __future__ import annotations

from collections.abc import Iterable

Row = tuple[str, str]
MUTATIONS: dict[str, list[Row]] = {}

# The node that each example is about.
FOCUS = {
    "Organisation": "organisation:atelier-du-pont",
    "Person": "person:jeanne-martin",
    "Alliance": "alliance:alliance-du-pont",
    "MetaCoalition": "alliance:coalition-du-fleuve",
    "Membership": "membership:atelier-du-pont--alliance-du-pont",
    "StakeholderRelation": "relation:federation-du-pont--alliance-du-pont--coordinator",
    "Initiative": "initiative:cafe-des-reparations",
    "Event": "event:fete-du-pont-2025",
    "Participation": "participation:atelier-du-pont--cafe-des-reparations--pilot",
    "Funding": "funding:federation-du-pont--cafe-des-reparations",
    "Territory": "territory:commune-63113",
    "Figure": "figure:alliance-du-pont--members",
    "Characterisation": "characterisation:cafe-des-reparations--environmental-impact--lever",
    "Claim": "claim:alliance-du-pont--start--2019",
    "Citation": "citation:exemple-0010-0012",
    "Document": "document:rapport-exemple",
    "Dataset": "dataset:exemple",
    "Measurement": "measurement:adhesions-0123456789ab--degree--alliance-du-pont",
    "Computation": "computation:adhesions-0123456789ab",
    "Concept": "<https://w3id.org/rte/vocab/exemple/chene>",
    "ConceptScheme": "scheme:exemple",
}
EXAMPLE_OF = {"ConceptScheme": "Concept"}


def refuse(shape: str, example: str, *updates: str) -> None:
    """Add rows: ``shape`` must refuse the example after each update."""
    MUTATIONS.setdefault(shape, []).extend((example, update) for update in updates)


def drop(thing: str, predicate: str) -> str:
    return f"DELETE WHERE {{ {thing} {predicate} ?value }}"


def add(thing: str, predicate: str, value: str) -> str:
    return f"INSERT DATA {{ {thing} {predicate} {value} }}"


def swap(thing: str, predicate: str, value: str) -> str:
    return f"{drop(thing, predicate)} ; {add(thing, predicate, value)}"


def on(
    kind: str, suffix: str, predicate: str, *, values: Iterable[str] = (), also: Iterable[str] = ()
) -> None:
    """Refuse each value put in place of the valid one, and each further update."""
    thing, example = FOCUS[kind], EXAMPLE_OF.get(kind, kind)
    refuse(f"{kind}Shape-{suffix}", example, *(swap(thing, predicate, value) for value in values), *also)


# A concept of another scheme; something that is no concept; text where an IRI must stand.
NO_SUCH_CONCEPT = ("unit:person", "document:rapport-exemple", '"association"')
OTHER_UNIT = ("rank:preferred", '"person"')
# A thing of a class that fits nowhere; text where an IRI must stand.
NO_SUCH_THING = ("unit:person", '"Atelier du Pont"')

CONCEPTS = {
    "Organisation": ("kind", "inFamily", "competence", "priority", "partnerStake"),
    "Person": ("competence",),
    "Alliance": (
        *("form", "level", "theme", "public", "competence", "territoryCategory"),
        *("economicModel", "governance", "partnerStake"),
    ),
    "MetaCoalition": ("declaredCoverage",),
    "Membership": (),
    "StakeholderRelation": ("kind",),
    "Initiative": (
        *("kind", "territoryCategory", "state", "perspective", "actionDomain", "need", "public", "theme"),
        *("economicModel", "fundingSource", "presentedAs", "spreadToKind"),
    ),
    "Event": ("kind",),
    "Participation": ("role",),
    "Funding": ("resourceKind",),
    "Territory": ("kind",),
    "Figure": ("counts", "qualifier"),
    "Characterisation": ("aspect", "dimension"),
    "Claim": ("rank",),
}
for _kind, _names in CONCEPTS.items():
    for _name in _names:
        on(_kind, _name, f"rte:{_name}", values=NO_SUCH_CONCEPT[: 3 if _name == "kind" else 1])
on("Figure", "unit", "rte:unit", values=OTHER_UNIT, also=[drop(FOCUS["Figure"], "rte:unit")])
on("Membership", "role", "org:role", values=NO_SUCH_CONCEPT)

REQUIRED_ONCE = {
    "Alliance": {"form": "alliance-form:coalition", "level": "alliance-level:territorial"},
    "StakeholderRelation": {
        "kind": "stakeholder-kind:animator",
        "towards": "organisation:federation-du-pont",
    },
    "Participation": {"role": "participation-role:host"},
    "Territory": {"kind": "territory-kind:region"},
    "Figure": {"counts": "counted-thing:persons"},
    "Characterisation": {
        "aspect": "grid-aspect:impact",
        "codebook": "document:another",
        "dimension": "grid-dimension:local-cooperation",
        "initiative": "initiative:another",
    },
    "Claim": {"rank": "rank:preferred"},
    "Citation": {"document": "document:another"},
}
for _kind, _seconds in REQUIRED_ONCE.items():
    for _name, _second in _seconds.items():
        refuse(
            f"{_kind}Shape-{_name}",
            _kind,
            drop(FOCUS[_kind], f"rte:{_name}"),
            add(FOCUS[_kind], f"rte:{_name}", _second),
        )

THINGS = {
    "Organisation": ("territory", "figure", "arisesFrom"),
    "Alliance": ("territory", "figure"),
    "MetaCoalition": ("gathersMembersOf",),
    "StakeholderRelation": ("party", "towards"),
    "Initiative": ("commonProjectOf", "arisesFrom", "partOf", "territory", "spreadTo", "figure"),
    "Event": ("territory", "editionOf", "figure"),
    "Participation": ("initiative", "participant"),
    "Funding": ("funder", "funded", "figure"),
    "Territory": ("within", "overlaps"),
    "Characterisation": ("codebook", "initiative"),
    "Claim": ("alternativeTo",),
}
for _kind, _names in THINGS.items():
    for _name in _names:
        on(_kind, _name, f"rte:{_name}", values=NO_SUCH_THING)
on("Citation", "document", "rte:document", values=NO_SUCH_THING)
on("Organisation", "subOrganizationOf", "org:subOrganizationOf", values=NO_SUCH_THING)
on("Alliance", "subOrganizationOf", "org:subOrganizationOf", values=NO_SUCH_THING)
on("Alliance", "arisesFrom", "rte:arisesFrom", values=NO_SUCH_THING)
for _name in ("member", "organization"):
    _also = [
        drop(FOCUS["Membership"], f"org:{_name}"),
        add(FOCUS["Membership"], f"org:{_name}", "organisation:b"),
    ]
    on("Membership", _name, f"org:{_name}", values=NO_SUCH_THING, also=_also)
on("Participation", "event", "rte:event", values=NO_SUCH_THING)
refuse("FundingShape-funded", "Funding", drop(FOCUS["Funding"], "rte:funded"))
refuse("FundingShape-resourceKind", "Funding", drop(FOCUS["Funding"], "rte:resourceKind"))

for _kind in (
    *("Organisation", "Person", "Alliance", "Membership", "StakeholderRelation", "Initiative", "Event"),
    *("Participation", "Funding", "Figure", "Characterisation", "Claim"),
):
    _also = [drop(FOCUS[_kind], "rte:evidence")]
    on(_kind, "evidence", "rte:evidence", values=["document:rapport-exemple", '"page 3"'], also=_also)

# ---- names and texts

for _kind in (
    *("Organisation", "Person", "Alliance", "Initiative", "Event", "Territory", "Concept", "ConceptScheme"),
):
    _thing = FOCUS[_kind]
    _also = [drop(_thing, "skos:prefLabel"), add(_thing, "skos:prefLabel", '"Autre"@fr, "Encore"@fr')]
    on(_kind, "prefLabel", "skos:prefLabel", values=['"sans langue"'], also=_also)
    on(_kind, "altLabel", "skos:altLabel", values=['"sans langue"', "unit:person"])
for _kind in ("Organisation", "Person", "Alliance"):
    on(_kind, "formerName", "rte:formerName", values=['"sans langue"'])
for _kind in ("Organisation", "Alliance", "Initiative", "Event"):
    _twice = add(FOCUS[_kind], "dcterms:description", '"Une autre."@fr')
    on(_kind, "description", "dcterms:description", values=['"sans langue"'], also=[_twice])
    on(_kind, "descriptionFr", "dcterms:description", values=['"In English."@en'])
    on(_kind, "descriptionEn", "dcterms:description", values=['"En français."@fr'])
for _kind in ("Organisation", "Person", "Alliance", "Initiative", "Event"):
    on(_kind, "homepage", "foaf:homepage", values=['"https://example.org/"', "<javascript:alert(1)>"])
for _name in ("purpose", "origin"):
    _twice = add(FOCUS["Alliance"], f"rte:{_name}", '"Un autre."@fr')
    on("Alliance", _name, f"rte:{_name}", values=['"sans langue"'], also=[_twice])
for _kind in ("Concept", "ConceptScheme"):
    on(_kind, "prefLabelFr", "skos:prefLabel", values=['"oak"@en'])
    on(_kind, "prefLabelEn", "skos:prefLabel", values=['"chêne"@fr'])
on("Membership", "printedRole", "rte:printedRole", values=['"membre"'])
on("Figure", "printedValue", "rte:printedValue", values=['"une quinzaine"'])
on("Claim", "reason", "rte:reason", values=['"sans langue"'])
on("Event", "venue", "rte:venue", values=["territory:commune-63113", "12"])

# ---- actors

on("Organisation", "kindPresent", "rte:kind", also=[drop(FOCUS["Organisation"], "rte:kind")])
on("Initiative", "kindPresent", "rte:kind", also=[drop(FOCUS["Initiative"], "rte:kind")])
_contacts = ('"Écrire à jeanne.martin@example.org"@fr', '"Tél. 04 73 00 00 00"@fr', '"+33 473000000"@fr')
on("Person", "nameWithoutContact", "skos:prefLabel", values=_contacts)
on("Person", "altLabelWithoutContact", "skos:altLabel", values=_contacts)
on("Person", "descriptionWithoutContact", "dcterms:description", values=_contacts)
on("Person", "noteWithoutContact", "skos:note", values=_contacts)
on("Person", "mbox", "foaf:mbox", values=["<mailto:j@example.org>"])
on("Person", "phone", "foaf:phone", values=["<tel:+33473000000>"])
on("Person", "email", "schema:email", values=['"j@example.org"'])
on("Person", "telephone", "schema:telephone", values=['"0473000000"'])
for _name in ("absenceMeaning", "caseSelection"):
    _twice = add(FOCUS["Dataset"], f"rte:{_name}", '"Un autre."@fr')
    on("Dataset", _name, f"rte:{_name}", values=['"sans langue"', '"anders"@de'], also=[_twice])
on("Alliance", "hasCommonProject", "rte:hasCommonProject", values=['"oui"', "true, false"])
refuse(
    "AllianceShape-territorialHasNational",
    "Alliance",
    drop("alliance:alliance-du-pont-clermont", "org:subOrganizationOf"),
    swap("alliance:alliance-du-pont", "rte:level", "alliance-level:territorial"),
)
_second_coverage = add(FOCUS["MetaCoalition"], "rte:declaredCoverage", "coverage:members-among-others")
refuse("MetaCoalitionShape-declaredCoverage", "MetaCoalition", _second_coverage)
on("Membership", "notItself", "org:member", values=["alliance:alliance-du-pont"])

# ---- relations with exactly one party, participant or funder

_participation = FOCUS["Participation"]
on("StakeholderRelation", "notTowardsItself", "rte:party", values=["alliance:alliance-du-pont"])
# (class, property, the node of the example that names a family, the one that names a category)
_WAYS = (
    (
        *("StakeholderRelation", "party"),
        "relation:societales--alliance-du-pont--local-relay",
        "relation:companies--alliance-du-pont--local-partner",
    ),
    (
        *("Participation", "participant"),
        "participation:cpam--fete-du-pont-2025--partner",
        "participation:companies--fete-du-pont-2025--partner",
    ),
    (
        *("Funding", "funder"),
        "funding:conseil-departemental--cafe-des-reparations",
        "funding:foundations--cafe-des-reparations",
    ),
)
for _kind, _name, _of_family, _of_category in _WAYS:
    _thing = FOCUS[_kind]
    refuse(
        f"{_kind}Shape-one{_name.capitalize()}",
        _kind,
        drop(_thing, f"rte:{_name}"),
        drop(_of_family, f"rte:{_name}Family"),
        drop(_of_category, f"rte:{_name}Category"),
        add(_thing, f"rte:{_name}Family", "organisation-family:ars"),
        add(_of_category, f"rte:{_name}", "organisation:atelier-du-pont"),
    )
    refuse(f"{_kind}Shape-{_name}", _kind, add(_thing, f"rte:{_name}", "organisation:another"))
    refuse(
        f"{_kind}Shape-{_name}Family",
        _kind,
        swap(_of_family, f"rte:{_name}Family", "organisation-kind:association"),
        add(_of_family, f"rte:{_name}Family", "organisation-family:ars"),
    )
    refuse(
        f"{_kind}Shape-{_name}Category",
        _kind,
        swap(_of_category, f"rte:{_name}Category", "organisation-family:ars"),
        add(_of_category, f"rte:{_name}Category", "actor-category:neighbours"),
    )
refuse(
    "ParticipationShape-oneObject",
    "Participation",
    drop(_participation, "rte:initiative"),
    add(_participation, "rte:event", "event:fete-du-pont-2025"),
)
refuse(
    "ParticipationShape-initiative", "Participation", add(_participation, "rte:initiative", "initiative:b")
)
refuse("ParticipationShape-event", "Participation", add(_participation, "rte:event", "event:a, event:b"))

# ---- places, quantities, proof

on("Territory", "inseeCode", "rte:inseeCode", values=['"6311"', '"99"', '"2C004"', "63113", '"63", "64"'])
on("Territory", "isoCode", "rte:isoCode", values=['"fr"', '"FRA"', '"FR", "BE"'])
on("Territory", "cogEdition", "rte:cogEdition", values=['"2026"', '"2025"^^xsd:gYear, "2026"^^xsd:gYear'])
refuse("TerritoryShape-codeHasEdition", "Territory", drop(FOCUS["Territory"], "rte:cogEdition"))
on("Territory", "withinOrOverlaps", "rte:within", values=["territory:bassin-de-la-dore"])
on("Figure", "value", "rte:value", values=['"quinze"@fr', '"15"', "1.5e1", "15, 16"])
refuse("FigureShape-value", "Figure", drop(FOCUS["Figure"], "rte:value"))
refuse("FigureShape-attached", "Figure", drop("alliance:alliance-du-pont", "rte:figure"))
on(
    "Characterisation",
    "coder",
    "rte:coder",
    values=['"coder A"@en', '" "', "person:jeanne-martin"],
    also=[drop(FOCUS["Characterisation"], "rte:coder")],
)
on("Claim", "subject", "rdf:subject", values=['"Alliance"', "alliance:a, alliance:b"])
on("Claim", "predicate", "rdf:predicate", values=['"start"', "rte:start, rte:end"])
on("Claim", "object", "rdf:object", values=['"2019"^^xsd:gYear, "2018"^^xsd:gYear', "[]"])
for _name in ("subject", "predicate", "object"):
    refuse(f"ClaimShape-{_name}", "Claim", drop(FOCUS["Claim"], f"rdf:{_name}"))
_preferred = "claim:alliance-du-pont--start--2020-06"
refuse("ClaimShape-alternativeTo", "Claim", add(FOCUS["Claim"], "rte:alternativeTo", "claim:b"))
on("Claim", "notItsOwnAlternative", "rte:alternativeTo", values=[FOCUS["Claim"]])
refuse("ClaimShape-alternativeHasPreferred", "Claim", drop(FOCUS["Claim"], "rte:alternativeTo"))
refuse("ClaimShape-preferredStandsAlone", "Claim", add(_preferred, "rte:alternativeTo", FOCUS["Claim"]))
refuse("ClaimShape-alternativeHasReason", "Claim", drop(FOCUS["Claim"], "rte:reason"))
refuse("ClaimShape-preferredIsAsserted", "Claim", drop("alliance:alliance-du-pont", "rte:start"))
_asserted = add("alliance:alliance-du-pont", "rte:start", '"2019"^^xsd:gYear')
refuse("ClaimShape-alternativeIsNotAsserted", "Claim", _asserted)

# ---- published results

_measurement = FOCUS["Measurement"]
on("Measurement", "measure", "rte:measure", values=["rank:preferred", '"degree"'])
on("Measurement", "measuredRank", "rte:measuredRank", values=["0", '"1"', "1.5", "1, 2"])
on("Measurement", "measuredValue", "rte:measuredValue", values=['"0.5"', "5e-1", "1", "0.5, 0.6"])
on("Measurement", "nodeSet", "rte:nodeSet", values=['"both"', '"target"@en', '"source", "target"'])
on("Measurement", "ofNode", "rte:ofNode", values=['"Alliance du Pont"', "alliance:a, alliance:b"])
on("Measurement", "onNetwork", "rte:onNetwork", values=['"adhesions"', "network:a, network:b"])
on(
    "Measurement",
    "pValue",
    "rte:pValue",
    values=["0.0", "1.1", '"-0.1"^^xsd:decimal', '"0.01"', "1e-2", "0.1, 0.2"],
)
on(
    "Measurement",
    "qValue",
    "rte:qValue",
    values=["0.0", "1.1", '"-0.1"^^xsd:decimal', '"0.04"', "4e-2", "0.1, 0.2"],
)
on("Measurement", "effectSize", "rte:effectSize", values=['"2.1"', "2", "2e0", "2.0, 3.0"])
on("Measurement", "rawValue", "rte:rawValue", values=['"8"', "8", "8e0", "8.0, 9.0"])
on("Measurement", "wasGeneratedBy", "prov:wasGeneratedBy", values=["network:adhesions", '"rte-graph"'])
for _name in ("rte:measure", "rte:measuredValue", "rte:onNetwork", "prov:wasGeneratedBy"):
    refuse(f"MeasurementShape-{_name.partition(':')[2]}", "Measurement", drop(_measurement, _name))
_computations = add(_measurement, "prov:wasGeneratedBy", "computation:another")
refuse("MeasurementShape-wasGeneratedBy", "Measurement", _computations)
refuse("MeasurementShape-measure", "Measurement", add(_measurement, "rte:measure", "measure:core"))
for _name in ("dataHash", "queryHash"):
    _hashes = ('"abc"', f'"{"A" * 64}"', f'"{"0" * 64}"@fr', f'"{"0" * 64}", "{"1" * 64}"')
    on("Computation", _name, f"rte:{_name}", values=_hashes)
on("Computation", "parameters", "rte:parameters", values=['"level=family"', '"{}"@en', '"{}", "{ }"'])
for _name in ("queryText", "softwareVersion"):
    on("Computation", _name, f"rte:{_name}", values=['" "', '"x"@en', '"x", "y"'])
for _name in ("dataHash", "queryHash", "parameters", "queryText", "softwareVersion"):
    refuse(f"ComputationShape-{_name}", "Computation", drop(FOCUS["Computation"], f"rte:{_name}"))
on("Computation", "seed", "rte:seed", values=['"1"', "1.5", "1, 2"])
_times = ['"2026-11-20"', '"2026-11-20"^^xsd:date', '"hier"^^xsd:dateTime']
on("Computation", "endedAtTime", "prov:endedAtTime", values=_times)
on("Computation", "used", "prov:used", values=['"adhesions"'])

# ---- citations, documents, concepts

on("Citation", "heading", "rte:heading", values=['"sans langue"', '"Un"@fr, "Deux"@fr'])
for _name in ("firstLine", "lastLine"):
    on("Citation", _name, f"rte:{_name}", values=['"12"', "0", "11, 12", "12.5"])
for _name in ("heading", "firstLine", "lastLine", "textHash"):
    refuse(f"CitationShape-{_name}", "Citation", drop(FOCUS["Citation"], f"rte:{_name}"))
on("Citation", "lineOrder", "rte:firstLine", values=["13"])
on("Citation", "lineCount", "rte:lastLine", values=["25"])
on("Citation", "textHash", "rte:textHash", values=['"abc"', f'"{"A" * 64}"', f'"{"0" * 64}"@fr'])
on("Citation", "page", "rte:page", values=['"3"', "0", "3, 4"])
on(
    "Document",
    "title",
    "dcterms:title",
    values=["12", '"Un"@fr, "Deux"@fr'],
    also=[drop(FOCUS["Document"], "dcterms:title")],
)
refuse("DocumentShape-language", "Document", drop(FOCUS["Document"], "dcterms:language"))
on("Document", "sha256", "rte:sha256", values=['"abc"', f'"{"0" * 64}", "{"1" * 64}"'])
refuse("DocumentShape-sha256Present", "Document", drop(FOCUS["Document"], "rte:sha256"))
on("Document", "fileName", "rte:fileName", values=['"/tmp/rapport.txt"', '"a.txt", "b.txt"'])
on(
    "Concept",
    "inScheme",
    "skos:inScheme",
    values=['"exemple"'],
    also=[drop(FOCUS["Concept"], "skos:inScheme")],
)
on("Concept", "broader", "skos:broader", values=['"arbre"', "scheme:exemple"])
on("Concept", "definition", "skos:definition", values=['"sans langue"', '"Un"@fr, "Deux"@fr'])
on("Concept", "notation", "skos:notation", values=['"a", "b"'])
